"""Products of Jacobians and their bound: Equations (18) to (20)."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["INFLUENCE"]

SOLUTION = """\
def influence(W_h, a, i):
    rho, product = np.linalg.norm(W_h, 2), np.eye(len(W_h))
    norms, bounds = [1.0], [1.0]
    for a_j in a[i:]:
        product = np.diag(1 - np.tanh(a_j) ** 2) @ W_h @ product
        norms.append(np.linalg.norm(product, 2))
        bounds.append(bounds[-1] * rho)
    return np.array(norms), np.array(bounds)
"""
DIAGONAL = "np.diag(1 - np.tanh(a_j) ** 2)"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a matrix, pre-activations, and a step."""
    T, m = sizes(rng, 1)
    return 0.7 * rng.standard_normal((m, m)), rng.standard_normal((T, m)), int(rng.integers(1, 4))


INFLUENCE = Code(
    "Write `influence` for tanh, so that γ = 1.",
    name="influence",
    starter='''\
def influence(W_h, a, i):
    """How much the state of step i acts on later ones, and the bound.

    W_h (m, m)
    a (T, m): a[j-1] is the pre-activation of step j
    i: the step from which on, 0 <= i < T
    Returns two arrays of T-i+1 numbers, for t = i, ..., T:
    the norms of the products, and their bounds.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "frobenius": slip(
            SOLUTION,
            ("np.linalg.norm(product, 2)", "np.linalg.norm(product)"),
            reason="`np.linalg.norm` of a matrix is by default the root of the sum of squares. The norm in "
            "[Equation (20)](#eq-20) is the largest singular value, {prf:ref}`def-spectral-norm`.",
        ),
        "frobenius-rho": slip(
            SOLUTION,
            ("np.linalg.norm(W_h, 2)", "np.linalg.norm(W_h)"),
            reason="For ρ this takes the root of the sum of squares. In [Equation (20)](#eq-20) it is the largest singular "
            "value, {prf:ref}`def-spectral-norm`.",
        ),
        "radius": slip(
            SOLUTION,
            ("np.linalg.norm(W_h, 2)", "np.abs(np.linalg.eigvals(W_h)).max()"),
            reason="This ρ is the spectral *radius*. With it [Equation (20)](#eq-20) is false in general, "
            "{prf:ref}`ex-transient`: ρ is the largest singular value.",
        ),
        "order": slip(
            SOLUTION,
            (f"{DIAGONAL} @ W_h @ product", f"product @ {DIAGONAL} @ W_h"),
            reason="The product grows on the wrong side: in [Equation (19)](#eq-19) the latest step stands on the left.",
        ),
        "side": slip(
            SOLUTION,
            (f"{DIAGONAL} @ W_h", f"W_h @ {DIAGONAL}"),
            reason="The slopes multiply the *columns* of the matrix. In [Equation (18)](#eq-18) they stand on the left, one "
            "for each row: `slope[:, None] * W_h`.",
        ),
        "one-early": slip(
            SOLUTION,
            ("a[i:]", "a[i - 1:-1]"),
            reason="This begins with the Jacobian $J_i$. The first in [Equation (19)](#eq-19) is $J_{i+1}$, and its "
            "pre-activation is `a[i]`.",
        ),
        "single": slip(
            SOLUTION,
            (" @ W_h @ product", " @ W_h"),
            reason="These are the norms of single Jacobians. [Equation (19)](#eq-19) is their *product*.",
        ),
        "norms-multiplied": slip(
            SOLUTION,
            (" @ W_h @ product", " @ W_h"),
            ("np.linalg.norm(product, 2)", "norms[-1] * np.linalg.norm(product, 2)"),
            reason="This multiplies the norms of the Jacobians, which bounds the norm of [Equation (19)](#eq-19) from "
            "above and is not the same.",
        ),
        "no-empty": slip(
            SOLUTION,
            ("np.array(norms), np.array(bounds)", "np.array(norms[1:]), np.array(bounds[1:])"),
            reason="The entry for $t = i$ is missing: there the product of [Equation (19)](#eq-19) has no factor, and is "
            "the identity.",
        ),
        "not-squared": slip(
            SOLUTION,
            ("np.tanh(a_j) ** 2", "np.tanh(a_j)"),
            reason="The slope of tanh is $1 - \\tanh^2$, with a square: look at [Equation (18)](#eq-18).",
        ),
        "no-slope": slip(
            SOLUTION,
            (f"{DIAGONAL} @ W_h", "W_h"),
            reason="The slopes are missing from the Jacobians, [Equation (18)](#eq-18): these are powers of the matrix.",
        ),
        "measured-gamma": slip(
            SOLUTION,
            (
                "rho, product = np.linalg.norm(W_h, 2)",
                "rho, product = np.max(1 - np.tanh(a[i:]) ** 2) * np.linalg.norm(W_h, 2)",
            ),
            reason="This γ is the largest slope that occurs here. {prf:ref}`thm-norm-bound` allows it; asked is "
            "[Equation (20)](#eq-20) with γ = 1, the steepest slope of tanh.",
        ),
    },
)
