"""From the gradients of the states to those of the parameters: Equations (6) to (9)."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["GRADIENTS"]

SOLUTION = """\
def gradients(grad_h, h, x, y, c):
    delta = grad_h * (1 - h[1:] ** 2)
    grad_o = y - np.eye(y.shape[1])[c]
    W_hx, W_hh, W_yh = delta.T @ x, delta.T @ h[:-1], grad_o.T @ h[1:]
    return W_hx, W_hh, W_yh, delta.sum(axis=0), grad_o.sum(axis=0)
"""


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw gradients of the states, states, inputs, probabilities and classes."""
    T, n, m, k = sizes(rng, 3)
    return (
        rng.standard_normal((T, m)),
        rng.uniform(-0.9, 0.9, (T + 1, m)),
        rng.standard_normal((T, n)),
        rng.dirichlet(np.ones(k), T),
        rng.integers(0, k, T),
    )


GRADIENTS = Code(
    "Write `gradients`. The gradients of the states are given; the next exercise finds them on its way.",
    name="gradients",
    starter='''\
def gradients(grad_h, h, x, y, c):
    """The gradients of the five parameters.

    grad_h (T, m): grad_h[t-1] is that of the state of step t
    h (T+1, m): h[t] is the state of step t, h[0] the initial one
    x (T, n), y (T, k), c (T,): inputs, probabilities, classes
    Returns those for W_hx (m, n), W_hh (m, m), W_yh (k, m),
    b_h (m,) and b_y (k,), in this order.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "no-slope": slip(
            SOLUTION,
            ("grad_h * (1 - h[1:] ** 2)", "grad_h"),
            reason="The slope of tanh is missing: [Equation (6)](#eq-6) leads from the state to the pre-activation.",
        ),
        "tanh-twice": slip(
            SOLUTION,
            ("h[1:] ** 2", "np.tanh(h[1:]) ** 2"),
            reason="Here tanh is applied to the state, which is $\\tanh(\\mathbf{a})$ already. So the slope in "
            "[Equation (6)](#eq-6) is $1 - \\mathbf{h}^2$.",
        ),
        "old-slope": slip(
            SOLUTION,
            ("h[1:] ** 2", "h[:-1] ** 2"),
            reason="The slope is that of the step before. [Equation (6)](#eq-6) takes it at $\\mathbf{a}^{(t)}$, which "
            "makes $\\mathbf{h}^{(t)}$.",
        ),
        "late": slip(
            SOLUTION,
            ("@ h[:-1]", "@ h[1:]"),
            reason="$\\mathbf{W}_{hh}$ meets the state *before* the step: [Equation (8)](#eq-8) has "
            "$\\mathbf{h}^{(t-1)}$, that is, `h[:-1]`.",
        ),
        "early": slip(
            SOLUTION,
            ("@ h[1:]", "@ h[:-1]"),
            reason="$\\mathbf{W}_{yh}$ meets the state *after* the step: [Equation (9)](#eq-9) has "
            "$\\mathbf{h}^{(t)}$, that is, `h[1:]`.",
        ),
        "transposed": slip(
            SOLUTION,
            ("delta.T @ h[:-1]", "h[:-1].T @ delta"),
            reason="The gradient for $\\mathbf{W}_{hh}$ is transposed. In [Equation (8)](#eq-8) what the matrix gives "
            "stands on the left, what it takes on the right.",
        ),
        "shapes": slip(
            SOLUTION,
            ("delta.T @ x", "x.T @ delta"),
            ("delta.T @ h[:-1]", "h[:-1].T @ delta"),
            ("grad_o.T @ h[1:]", "h[1:].T @ grad_o"),
            reason="All three matrices are transposed. In [Equation (7)](#eq-7) the column $\\delta^{(t)}$ stands on the "
            "left: a gradient has the shape of its matrix.",
        ),
        "no-target": slip(
            SOLUTION,
            (" - np.eye(y.shape[1])[c]", ""),
            reason="The gradient of the logits is what was predicted *minus what happened*, "
            "{prf:ref}`thm-softmax-gradient`. It stands in [Equation (9)](#eq-9).",
        ),
        "sign": slip(
            SOLUTION,
            ("y - np.eye(y.shape[1])[c]", "np.eye(y.shape[1])[c] - y"),
            reason="The gradient of the logits has the wrong sign: it is $\\mathbf{y} - \\mathbf{e}_c$, "
            "{prf:ref}`thm-softmax-gradient`. Then look at [Equation (9)](#eq-9).",
        ),
        "mean": slip(
            SOLUTION,
            ("grad_h * (", "grad_h / len(x) * ("),
            ("y - np.eye(y.shape[1])[c]", "(y - np.eye(y.shape[1])[c]) / len(x)"),
            reason="These are means over the steps. The loss is a sum, and so are [Equation (7)](#eq-7) and those after "
            "it.",
        ),
        "not-summed": slip(
            SOLUTION,
            ("delta.sum(axis=0), grad_o.sum(axis=0)", "delta, grad_o"),
            reason="A bias too is used at every step. Its gradient is a sum over time, {prf:ref}`prop-6-parameters`, as "
            "in [Equation (7)](#eq-7), with 1 for the input.",
        ),
    },
)
