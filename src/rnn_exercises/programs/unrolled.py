"""The gradient as a sum over the triangle: Equation (11)."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code, Program
from rnn_exercises.programs import sizes, slip

__all__ = ["UNROLLED", "cases"]

SOLUTION = """\
def unrolled(W_hh, h, g):
    total = np.zeros_like(W_hh)
    for t in range(1, len(h)):
        row = g[t - 1]
        for k in range(t, 0, -1):
            delta = row * (1 - h[k] ** 2)
            total += np.outer(delta, h[k - 1])
            row = delta @ W_hh
    return total
"""
ADD = "total += np.outer(delta, h[k - 1])"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a matrix, states, and rows."""
    T, m = sizes(rng, 1)
    return (
        0.7 * rng.standard_normal((m, m)),
        rng.uniform(-0.9, 0.9, (T + 1, m)),
        rng.standard_normal((T, m)),
    )


UNROLLED = Code(
    "Write `unrolled`, pair by pair.",
    name="unrolled",
    starter='''\
def unrolled(W_hh, h, g):
    """The gradient for W_hh, a sum over all pairs k <= t.

    W_hh (m, m)
    h (T+1, m): h[t] is the state of step t, h[0] the initial one
    g (T, m): g[t-1] is the row of step t, that of its loss by its state
    Returns the gradient, (m, m).
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "total": slip(
            SOLUTION,
            (ADD, "total += (t - k + 1) * np.outer(delta, h[k - 1])"),
            reason="The last factor is the total derivative. Then step $k$ is counted $t - k + 1$ times, "
            "{prf:ref}`prop-7-counts`; [Equation (11)](#eq-11) has the *immediate* one.",
        ),
        "last": slip(
            SOLUTION,
            ("range(1, len(h))", "range(len(h) - 1, len(h))"),
            reason="This is the gradient of the last loss alone, the last row of the triangle. "
            "[Equation (11)](#eq-11) adds up all rows.",
        ),
        "diagonal": slip(
            SOLUTION,
            ("range(t, 0, -1)", "range(t, t - 1, -1)"),
            reason="Only the pairs with $k = t$ are here: each loss sees no further back than its own step. "
            "[Equation (11)](#eq-11) sums over all $k \\le t$.",
        ),
        "first": slip(
            SOLUTION,
            (ADD, f"if k == 1:\n                {ADD}"),
            reason="Only the pairs with $k = 1$ are here, the paths from the first step. [Equation (11)](#eq-11) sums "
            "over all $k \\le t$.",
        ),
        "not-the-first": slip(
            SOLUTION,
            ("range(t, 0, -1)", "range(t, 1, -1)"),
            reason="The inner loop ends one step too early: $k = 1$, where the matrix meets $\\mathbf{h}^{(0)}$, belongs "
            "to [Equation (11)](#eq-11).",
        ),
        "order": Program(
            """\
def unrolled(W_hh, h, g):
    total = np.zeros_like(W_hh)
    for t in range(1, len(h)):
        for k in range(1, t + 1):
            row = g[t - 1]
            for j in range(k + 1, t + 1):
                row = (row * (1 - h[j] ** 2)) @ W_hh
            total += np.outer(row * (1 - h[k] ** 2), h[k - 1])
    return total
""",
            "The Jacobians stand in the wrong order. In [Equation (11)](#eq-11) the latest one stands on the left, next "
            "to the row of the loss.",
        ),
        "late-state": slip(
            SOLUTION,
            ("h[k - 1]", "h[k]"),
            reason="The matrix meets the state *before* step $k$. So the immediate derivative in "
            "[Equation (11)](#eq-11) holds $\\mathbf{h}^{(k-1)}$, {prf:ref}`def-7-immediate`.",
        ),
        "transposed": slip(
            SOLUTION,
            ("return total", "return total.T"),
            reason="The result is transposed: $\\delta$ goes with the rows, the state with the columns, "
            "{prf:ref}`lem-7-rank-one`.",
        ),
        "forth": slip(
            SOLUTION,
            ("delta @ W_hh", "W_hh @ delta"),
            reason="The row stands *before* the Jacobian in [Equation (11)](#eq-11): `row @ W_hh`, or with columns the "
            "transpose.",
        ),
        "no-slope": slip(
            SOLUTION,
            ("np.outer(delta,", "np.outer(row,"),
            reason="The Jacobians have their slopes, the immediate derivative has not. In [Equation (11)](#eq-11) it "
            "needs one too, {prf:ref}`lem-7-rank-one`.",
        ),
        "power": slip(
            SOLUTION,
            ("delta @ W_hh", "row @ W_hh"),
            reason="A power of the matrix stands for the product of Jacobians. Each $J_j$ of [Equation (11)](#eq-11) has "
            "slopes of its own.",
        ),
        "mean": slip(
            SOLUTION,
            ("return total", "return total / len(g)"),
            reason="This is the mean over the steps, the left side of [Equation (16)](#eq-16). [Equation (11)](#eq-11) "
            "is a sum.",
        ),
    },
)
