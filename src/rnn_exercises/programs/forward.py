"""The forward pass: Equations (1) to (4)."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["FORWARD"]

SOLUTION = """\
def forward(W_hx, W_hh, W_yh, b_h, b_y, x, h0):
    h, y = [h0], []
    for x_t in x:
        a = W_hx @ x_t + W_hh @ h[-1] + b_h
        h.append(np.tanh(a))
        o = W_yh @ h[-1] + b_y
        e = np.exp(o - o.max())
        y.append(e / e.sum())
    return np.array(h), np.array(y)
"""


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw a network, inputs and an initial state."""
    T, n, m, k = sizes(rng, 3)
    shapes = ((m, n), (m, m), (k, m), (m,), (k,))
    return (
        *(0.7 * rng.standard_normal(s) for s in shapes),
        rng.standard_normal((T, n)),
        rng.uniform(-1, 1, m),
    )


FORWARD = Code(
    "Write `forward` for one sequence. Time comes first: `x[t-1]` is $\\mathbf{x}^{(t)}$, and `h[0]` is the initial "
    "state.",
    name="forward",
    starter='''\
def forward(W_hx, W_hh, W_yh, b_h, b_y, x, h0):
    """The states and the probabilities of one sequence.

    W_hx (m, n), W_hh (m, m), W_yh (k, m), b_h (m,), b_y (k,)
    x (T, n): x[t-1] is the input of step t
    h0 (m,): the state before the first step
    Returns h (T+1, m), where h[0] is h0, and y (T, k).
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "transposed": slip(
            SOLUTION,
            ("W_hh @ h[-1]", "W_hh.T @ h[-1]"),
            reason="$\\mathbf{W}_{hh}$ is transposed. In [Equation (1)](#eq-1) entry $i$ of the new state takes "
            "*row* $i$ of the matrix. No shape shows it, for the matrix is square.",
        ),
        "forgetful": slip(
            SOLUTION,
            ("W_hh @ h[-1]", "W_hh @ h0"),
            reason="Every step begins at `h0`. In [Equation (1)](#eq-1) stands the state of the step before: hand "
            "each new state on.",
        ),
        "shifted": slip(
            SOLUTION,
            ("W_yh @ h[-1]", "W_yh @ h[-2]"),
            reason="The logits are one step behind: in [Equation (3)](#eq-3) step $t$ reads the *new* state "
            "$\\mathbf{h}^{(t)}$, the one that has seen $\\mathbf{x}^{(t)}$.",
        ),
        "no-bias": slip(
            SOLUTION,
            (" + b_h", ""),
            reason="The hidden bias is missing from [Equation (1)](#eq-1).",
        ),
        "no-output-bias": slip(
            SOLUTION,
            (" + b_y", ""),
            reason="The states are right; the output bias is missing from [Equation (3)](#eq-3).",
        ),
        "linear": slip(
            SOLUTION,
            ("np.tanh(a)", "a"),
            reason="The state is the pre-activation itself: tanh of [Equation (2)](#eq-2) is missing. Without it "
            "every state is an affine function of all inputs, {prf:ref}`prop-linear-rnn`.",
        ),
        "logits": slip(
            SOLUTION,
            ("e / e.sum()", "o"),
            reason="These are the logits. [Equation (4)](#eq-4), softmax, makes probabilities of them.",
        ),
        "not-divided": slip(
            SOLUTION,
            ("e / e.sum()", "np.exp(o)"),
            reason="The exponentials are positive, but do not sum to one. [Equation (4)](#eq-4) divides by their sum.",
        ),
        "over-time": slip(
            SOLUTION,
            ("e / e.sum()", "np.exp(o)"),
            ("np.array(y)", "np.array(y) / np.sum(y, axis=0)"),
            reason="The sum of softmax runs over the steps. In [Equation (4)](#eq-4) it runs over the *classes*: "
            "each row of `y` must sum to one.",
        ),
        "over-all": slip(
            SOLUTION,
            ("e / e.sum()", "np.exp(o)"),
            ("np.array(y)", "np.array(y) / np.sum(y)"),
            reason="One sum for all steps: so all of `y` sums to one. In [Equation (4)](#eq-4) each step has a sum of "
            "its own.",
        ),
        "no-start": slip(
            SOLUTION,
            ("np.array(h),", "np.array(h[1:]),"),
            reason="`h[0]` is to be the initial state, so that `h[t]` is $\\mathbf{h}^{(t)}$: `h` has one row more than "
            "`x`. [Equation (1)](#eq-1) needs this row at the first step.",
        ),
    },
)
