"""The random draws that the Jacobian explorer carries as plain lists, and matrices made from them."""

from typing import Any

import numpy as np

import rnn_core

__all__ = ["FAMILIES", "matrix_of", "random_draw"]

FAMILIES = ("orthogonal", "gaussian", "symmetric", "nonnormal")
INPUTS = 5  # n, the size of x_t


def random_draw(m: int, T: int, *, rng: np.random.Generator) -> dict[str, Any]:
    """Draw one matrix of each family, the inputs and the initial state.

    Parameters
    ----------
    m, T : int
        Number of hidden units and of steps.
    rng : numpy.random.Generator
        Source of randomness.

    Returns
    -------
    dict
        Only lists and numbers, so that it can be sent as JSON; matrices are flat, row after row.
        ``h0`` (m) is h^(0), ``drive`` (T·m) is W_hx x_t for t = 1..T; ``orthogonal``, ``gaussian`` and
        ``symmetric`` (m·m) are matrices of spectral norm 1; ``nonnormal`` holds the parts ``normal`` and
        ``nilpotent`` of `rnn_core.nonnormal_parts`; ``radius`` gives each family's spectral radius.
    """
    matrices = {family: rnn_core.recurrent_matrix(family, m, 1.0, rng=rng) for family in FAMILIES[:3]}
    normal, nilpotent = rnn_core.nonnormal_parts(m, rng=rng)
    W_hx = rng.standard_normal((m, INPUTS)) / np.sqrt(INPUTS)
    drive = rng.standard_normal((T, INPUTS)) @ W_hx.T
    radius = {family: rnn_core.spectral_radius(W) for family, W in matrices.items()}
    return {
        # Three decimals keep the page small, and any inputs will do.
        "h0": (0.5 * rng.standard_normal(m)).round(3).tolist(),
        "drive": drive.ravel().round(3).tolist(),
        **{family: W.ravel().tolist() for family, W in matrices.items()},
        "nonnormal": {"normal": normal.ravel().tolist(), "nilpotent": nilpotent.ravel().tolist()},
        # Computed eigenvalues of a far from normal matrix are inaccurate; by construction its radius is 1.
        "radius": {**radius, "nonnormal": 1.0},
    }


def matrix_of(
    draw: dict[str, Any], family: str, rho: float, strength: float, *, scaled: bool = True
) -> np.ndarray:
    """The recurrent matrix of a draw.

    Parameters
    ----------
    draw : dict
        From `random_draw`.
    family : str
        One of `FAMILIES`.
    rho : float
        Spectral norm ρ.
    strength : float
        Non-normality s: the matrix is proportional to Q (D + s·U) Qᵀ. Other families ignore it.
    scaled : bool
        If false, leave the matrix as it was drawn.

    Returns
    -------
    (m, m) array
        With ‖W‖₂ = ρ, if scaled.
    """
    if family == "nonnormal":
        parts = draw["nonnormal"]
        flat = np.array(parts["normal"]) + strength * np.array(parts["nilpotent"])
    else:
        flat = np.array(draw[family])
    m = len(draw["h0"])
    base: np.ndarray = flat.reshape(m, m)
    return base * (rho / rnn_core.spectral_norm(base)) if scaled else base
