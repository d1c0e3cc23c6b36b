"""Truncated backpropagation through time, in windows."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import slip, unrolled

__all__ = ["TRUNCATED"]

SOLUTION = """\
def truncated(W_hh, h, g, w):
    total, row = np.zeros_like(W_hh), 0
    for k in range(len(g), 0, -1):
        if k % w == 0:
            row = 0
        delta = (g[k - 1] + row) * (1 - h[k] ** 2)
        total += np.outer(delta, h[k - 1])
        row = delta @ W_hh
    return total
"""
CUT = "if k % w == 0:"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a matrix, states, rows and a window."""
    W_hh, h, g = unrolled.cases(rng)
    return W_hh, h, g, int(rng.choice([w for w in (2, 3, 4, 5) if w != len(W_hh)]))


TRUNCATED = Code(
    "Write `truncated`, with cuts after the steps $w, 2w, 3w, \\dots$ One way back is enough.",
    name="truncated",
    starter='''\
def truncated(W_hh, h, g, w):
    """The gradient for W_hh, cut into windows of w steps.

    W_hh (m, m)
    h (T+1, m): h[t] is the state of step t, h[0] the initial one
    g (T, m): g[t-1] is the row of step t, that of its loss by its state
    w: a whole number; the first window holds the steps 1 to w
    Returns the gradient, (m, m).
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "uncut": slip(
            SOLUTION,
            (CUT, "if False:"),
            reason="Nothing is cut: this is the whole gradient, [Equation (11)](#eq-11).",
        ),
        "band": slip(
            SOLUTION,
            ("total, row = np.zeros_like(W_hh), 0", "total = np.zeros_like(W_hh)"),
            ("range(len(g), 0, -1):", "range(len(g), 0, -1):\n        row = 0"),
            (CUT, "for t in range(min(len(g), k + w - 1), k, -1):"),
            (
                "    row = 0\n        delta",
                "    row = (g[t - 1] + row) * (1 - h[t] ** 2) @ W_hh\n        delta",
            ),
            ("        row = delta @ W_hh\n", ""),
            reason="This keeps every lag below $w$: a band of the triangle of [Equation (11)](#eq-11). Windows cut at "
            "fixed steps, so short lags that cross a cut go too.",
        ),
        "early": slip(
            SOLUTION,
            (CUT, "if (k + 1) % w == 0:"),
            reason="The cuts are one step too early: a window begins with step $w$. Of [Equation (11)](#eq-11) the terms "
            "with $k$ and $t$ in the same window stay, and the first window holds the steps 1 to $w$.",
        ),
        "late": slip(
            SOLUTION,
            (CUT, "if (k - 1) % w == 0:"),
            reason="The cuts are one step too late: a window ends with step $w + 1$. Of [Equation (11)](#eq-11) the terms "
            "with $k$ and $t$ in the same window stay, and the first window holds the steps 1 to $w$.",
        ),
        "from-the-end": slip(
            SOLUTION,
            (CUT, "if (len(g) - k) % w == 0:"),
            reason="The windows are counted from the last step. They are counted from the first: of "
            "[Equation (11)](#eq-11) the terms stay in which the two steps are in the same window.",
        ),
        "last-window": slip(
            SOLUTION,
            (CUT, "if k % w == 0 and k < len(g):"),
            ("row = 0\n        delta", "break\n        delta"),
            reason="Only the last window is here. The others have losses too: of the triangle of "
            "[Equation (11)](#eq-11) a small one for *each* window stays.",
        ),
        "losses-lost": slip(
            SOLUTION,
            ("(g[k - 1] + row)", "(g[k - 1] * (k % w != 0) + row)"),
            reason="At a cut the loss of the step is lost as well. What is cut is the message from later steps; the pair "
            "$t = k$ of [Equation (11)](#eq-11) stays.",
        ),
        "inside-out": slip(
            SOLUTION,
            (CUT, "if k % w != 0:"),
            reason="This cuts everywhere but at the ends of the windows. Of [Equation (11)](#eq-11) the terms *within* a "
            "window stay.",
        ),
        "late-state": slip(
            SOLUTION,
            ("h[k - 1]", "h[k]"),
            reason="The matrix meets the state *before* step $k$: $\\mathbf{h}^{(k-1)}$, as in [Equation (8)](#eq-8).",
        ),
        "transposed": slip(
            SOLUTION,
            ("delta @ W_hh", "W_hh @ delta"),
            reason="The way back takes the transpose: `W_hh.T @ delta`, as in [Equation (10)](#eq-10), or "
            "`delta @ W_hh`.",
        ),
        "no-slope": slip(
            SOLUTION,
            (" * (1 - h[k] ** 2)", ""),
            reason="The slope of tanh is missing: [Equation (6)](#eq-6) multiplies by it at every step.",
        ),
    },
)
