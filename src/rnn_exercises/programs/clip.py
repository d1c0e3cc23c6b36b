"""Clipping by the norm."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["CLIP"]

SOLUTION = """\
def clip(G, H, b, c):
    norm = np.sqrt(np.sum(G**2) + np.sum(H**2) + np.sum(b**2))
    factor = min(1, c / norm)
    return factor * G, factor * H, factor * b
"""
NORM = "np.sqrt(np.sum(G**2) + np.sum(H**2) + np.sum(b**2))"
RETURN = "factor * G, factor * H, factor * b"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a gradient and a threshold, below its norm or above it."""
    n, m = sizes(rng, 2)[1:]
    arrays = rng.standard_normal((m, n)), rng.standard_normal((m, m)), rng.standard_normal(m)
    norm = sum(float(np.sum(array**2)) for array in arrays) ** 0.5
    return (*arrays, norm * rng.uniform(*rng.choice([(0.1, 0.5), (1.2, 2.0)])))


CLIP = Code(
    "Write `clip`. The three arrays together are one gradient. New arrays are asked: leave the given ones as they are.",
    name="clip",
    starter='''\
def clip(G, H, b, c):
    """A gradient, clipped by its norm.

    G (m, n), H (m, m), b (m,): the three arrays of one gradient
    c: the threshold, positive
    Returns three arrays of the same shapes.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "entries": slip(
            SOLUTION,
            (RETURN, "np.clip(G, -c, c), np.clip(H, -c, c), np.clip(b, -c, c)"),
            reason="This cuts each entry. So the direction turns, {prf:ref}`exa-8-clip-entries`.",
        ),
        "arrays": slip(
            SOLUTION,
            (RETURN, "tuple(min(1, c / np.sqrt(np.sum(A**2))) * A for A in (G, H, b))"),
            reason="This clips each array by its own norm. So a long one shrinks beside a short one, and the direction "
            "turns, {prf:ref}`exa-8-clip-entries`.",
        ),
        "always": slip(
            SOLUTION,
            ("min(1, c / norm)", "c / norm"),
            reason="This gives *every* gradient the length $c$. One that is shorter stays as it is: look at the minimum "
            "before {prf:ref}`prop-8-clipping`.",
        ),
        "max": slip(
            SOLUTION,
            ("min(1", "max(1"),
            reason="This makes short gradients longer and leaves the long ones: it is the minimum that bounds the length, "
            "{prf:ref}`prop-8-clipping`.",
        ),
        "unit": slip(
            SOLUTION,
            ("c / norm", "1 / norm"),
            reason="Here the threshold is 1, whatever $c$ is: {prf:ref}`prop-8-clipping` has $c$ over the norm.",
        ),
        "to-one": slip(
            SOLUTION,
            ("min(1, c / norm)", "1 if norm <= c else 1 / norm"),
            reason="A gradient that is too long gets the length 1. It is to get the length $c$, "
            "{prf:ref}`prop-8-clipping`.",
        ),
        "squared": slip(
            SOLUTION,
            (NORM, NORM.removeprefix("np.sqrt")),
            reason="The square root is missing: $c$ is compared with the *squared* norm. See {prf:ref}`prop-8-clipping`.",
        ),
        "added": slip(
            SOLUTION,
            (NORM, "sum(np.sqrt(np.sum(A**2)) for A in (G, H, b))"),
            reason="Norms do not add up; their squares do. {prf:ref}`prop-8-clipping` speaks of one vector with all "
            "entries.",
        ),
        "one-norm": slip(
            SOLUTION,
            (NORM, "sum(np.sum(np.abs(A)) for A in (G, H, b))"),
            reason="This is the sum of the absolute values. The length in {prf:ref}`prop-8-clipping` is the root of the "
            "sum of squares.",
        ),
        "largest": slip(
            SOLUTION,
            (NORM, "max(np.max(np.abs(A)) for A in (G, H, b))"),
            reason="This takes the largest entry for the length. In {prf:ref}`prop-8-clipping` it is the root of the sum "
            "of squares.",
        ),
        "first-alone": slip(
            SOLUTION,
            (NORM, "np.sqrt(np.sum(G**2))"),
            reason="Only the first array enters the norm. All three are one vector, {prf:ref}`prop-8-clipping`.",
        ),
        "spectral": slip(
            SOLUTION,
            (NORM, "np.sqrt(sum(np.linalg.norm(A, 2) ** 2 for A in (G, H, b)))"),
            reason="`np.linalg.norm(A, 2)` of a matrix is its largest singular value. The length of a gradient is the "
            "root of the sum of the squares of its entries, {prf:ref}`prop-8-clipping`.",
        ),
    },
)
