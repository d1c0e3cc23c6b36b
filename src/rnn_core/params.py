"""The five parameter arrays of the network, and ways to draw them.

The recurrent matrix is drawn with a prescribed spectral *norm* ρ = ‖W_hh‖₂, the quantity in the bound of
Equation (20). Its spectral *radius*, the largest |eigenvalue|, is another number and at most ρ.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from ._checks import Array, choice, finite_number, float_array, float_type, generator, positive_int

__all__ = ["RECURRENT_KINDS", "RNNParams", "init_params", "nonnormal_parts", "recurrent_matrix"]

RECURRENT_KINDS = ("orthogonal", "gaussian", "symmetric", "identity", "nonnormal")


class RNNParams(NamedTuple):
    """The parameters of the network of Equations (1) and (3). A gradient is one of these too.

    Attributes
    ----------
    W_hx : (m, n) array
        Input to hidden.
    W_hh : (m, m) array
        Hidden to hidden: the recurrent matrix.
    W_yh : (k, m) array
        Hidden to output.
    b_h : (m,) array
        Bias of the hidden state.
    b_y : (k,) array
        Bias of the output.
    """

    W_hx: Array
    W_hh: Array
    W_yh: Array
    b_h: Array
    b_y: Array


def read_params(
    params: RNNParams, name: str = "params"
) -> tuple[RNNParams, tuple[int, int, int, np.dtype[Any]]]:
    """Return the parameters as arrays, and their (n, m, k, dtype), or say what is wrong with them.

    Raises
    ------
    TypeError
        If `params` is not an RNNParams, or its arrays are not all float64 or all float32.
    ValueError
        If a shape does not fit the others, or an entry is not finite.
    """
    if not isinstance(params, RNNParams):
        raise TypeError(f"{name} must be an RNNParams, got {type(params).__name__}")
    W_hx = float_array(f"{name}.W_hx", params.W_hx, ("m", "n"))
    (m, n), dtype = W_hx.shape, W_hx.dtype
    W_hh = float_array(f"{name}.W_hh", params.W_hh, (m, m), dtype)
    W_yh = float_array(f"{name}.W_yh", params.W_yh, ("k", m), dtype)
    k = len(W_yh)
    b_h = float_array(f"{name}.b_h", params.b_h, (m,), dtype)
    b_y = float_array(f"{name}.b_y", params.b_y, (k,), dtype)
    return RNNParams(W_hx, W_hh, W_yh, b_h, b_y), (n, m, k, dtype)


def init_params(
    n: int,
    m: int,
    k: int,
    *,
    rho: float = 0.9,
    recurrent: str = "orthogonal",
    rng: np.random.Generator,
    strength: float = 1.0,
    dtype: DTypeLike = np.float64,
) -> RNNParams:
    """Draw parameters whose recurrent matrix has spectral norm ρ.

    Parameters
    ----------
    n, m, k : int
        Input, hidden and output sizes.
    rho : float
        ρ = ‖W_hh‖₂ ≥ 0, exact up to rounding.
    recurrent : {"orthogonal", "gaussian", "symmetric", "identity", "nonnormal"}
        The family of W_hh: see `recurrent_matrix`.
    rng : numpy.random.Generator
        Source of randomness.
    strength : float
        How far a "nonnormal" matrix is from a normal one; other families ignore it.
    dtype : {numpy.float64, numpy.float32}
        Type of all five arrays.

    Returns
    -------
    RNNParams
        W_hx and W_yh Gaussian with variances 1/n and 1/m; both biases zero. So an input x alone, before there
        is a state, gives pre-activations with standard deviation ‖x‖/√n: 1 if its n entries are of order one,
        and n^(−1/2) if it is one-hot. A state with entries of order one gives logits of order one.

    Raises
    ------
    ValueError, TypeError
        If a size is below one, ρ is negative, the family unknown or the dtype not a float type above.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import init_params, spectral_norm
    >>> params = init_params(n=5, m=7, k=6, rho=0.9, rng=np.random.default_rng(0))
    >>> [p.shape for p in params]
    [(7, 5), (7, 7), (6, 7), (7,), (6,)]
    >>> print(round(spectral_norm(params.W_hh), 6))
    0.9
    """
    n, m, k = positive_int("n", n), positive_int("m", m), positive_int("k", k)
    dtype, recurrent = float_type(dtype), choice("recurrent", recurrent, RECURRENT_KINDS)
    W_hh = recurrent_matrix(recurrent, m, rho, rng=rng, strength=strength)
    W_hx = rng.standard_normal((m, n)) / np.sqrt(n)
    W_yh = rng.standard_normal((k, m)) / np.sqrt(m)
    return RNNParams(*(array.astype(dtype) for array in (W_hx, W_hh, W_yh, np.zeros(m), np.zeros(k))))


def recurrent_matrix(
    kind: str, m: int, rho: float, *, rng: np.random.Generator, strength: float = 1.0
) -> Array:
    """Draw an (m, m) matrix of spectral norm ρ from a family.

    Parameters
    ----------
    kind : {"orthogonal", "gaussian", "symmetric", "identity", "nonnormal"}
        "orthogonal": ρ times a Haar-distributed orthogonal matrix, so every singular value is ρ.
        "gaussian": independent normal entries, scaled. "symmetric": (A + Aᵀ)/2 of those, scaled, so that the
        spectral radius equals ρ too. "identity": ρI. "nonnormal": Q (D + s·U) Qᵀ, scaled, from
        `nonnormal_parts`; its spectral radius falls below ρ as the strength s grows.
    m : int
        Size.
    rho : float
        ρ ≥ 0.
    rng : numpy.random.Generator
        Source of randomness.
    strength : float
        s ≥ 0, used by "nonnormal" alone.

    Returns
    -------
    (m, m) array
        float64.
    """
    kind, m, rng = choice("kind", kind, RECURRENT_KINDS), positive_int("m", m), generator(rng)
    rho, strength = finite_number("rho", rho, least=0.0), finite_number("strength", strength, least=0.0)
    if kind == "identity":
        return rho * np.eye(m)
    if kind == "nonnormal":
        normal, triangular = nonnormal_parts(m, rng=rng)
        matrix = normal + strength * triangular
    elif kind == "orthogonal":
        matrix = _orthogonal(m, rng)
    else:
        matrix = rng.standard_normal((m, m))
        if kind == "symmetric":
            matrix = (matrix + matrix.T) / 2
    return matrix * (rho / np.linalg.norm(matrix, 2))


def nonnormal_parts(m: int, *, rng: np.random.Generator) -> tuple[Array, Array]:
    """Draw the parts Q D Qᵀ and Q U Qᵀ of a non-normal matrix Q (D + s·U) Qᵀ.

    Q is orthogonal, D diagonal with entries of random sign and modulus in [1/2, 1], the largest being 1,
    and U strictly upper triangular with normal entries of variance 1/m. For every s the eigenvalues are
    those of D, hence the spectral radius is 1, while the norm grows with s.
    """
    m, rng = positive_int("m", m), generator(rng)
    Q = _orthogonal(m, rng)
    modulus = rng.uniform(0.5, 1.0, m)
    D = np.diag(rng.choice((-1.0, 1.0), m) * modulus / modulus.max())
    U = np.triu(rng.standard_normal((m, m)), 1) / np.sqrt(m)
    return Q @ D @ Q.T, Q @ U @ Q.T


def _orthogonal(m: int, rng: np.random.Generator) -> Array:
    Q, R = np.linalg.qr(rng.standard_normal((m, m)))
    # QR alone is not uniform: the signs of R's diagonal make it so (Mezzadri 2007).
    return Q * np.where(np.diag(R) < 0, -1.0, 1.0)
