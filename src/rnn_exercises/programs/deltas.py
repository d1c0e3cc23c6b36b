"""The way back in time: Equations (6) and (10), the latter corrected."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["DELTAS"]

SOLUTION = """\
def deltas(W_hh, W_yh, grad_o, h):
    delta, from_later = np.zeros_like(h[1:]), 0
    for t in range(len(delta), 0, -1):
        grad_h = W_yh.T @ grad_o[t - 1] + from_later
        delta[t - 1] = grad_h * (1 - h[t] ** 2)
        from_later = W_hh.T @ delta[t - 1]
    return delta
"""
SLOPE = " * (1 - h[t - 1] ** 2)"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw two matrices, gradients of the logits, and states."""
    T, m, k = sizes(rng, 2)
    return (
        0.7 * rng.standard_normal((m, m)),
        rng.standard_normal((k, m)),
        rng.dirichlet(np.ones(k), T) - np.eye(k)[rng.integers(0, k, T)],
        rng.uniform(-0.9, 0.9, (T + 1, m)),
    )


DELTAS = Code(
    "Write `deltas`. Work from the last step to the first; the rows of the result stand in the order of time.",
    name="deltas",
    starter='''\
def deltas(W_hh, W_yh, grad_o, h):
    """The local gradients of all steps.

    W_hh (m, m), W_yh (k, m)
    grad_o (T, k): grad_o[t-1] is the gradient of the logits of step t
    h (T+1, m): h[t] is the state of step t, h[0] the initial one
    Returns delta (T, m): delta[t-1] is that of step t.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "printed": slip(
            SOLUTION,
            ("W_yh.T @ grad_o[t - 1] + from_later", "from_later if t < len(delta) else W_yh.T @ grad_o[-1]"),
            ("W_hh.T @ delta[t - 1]", f"(W_hh.T @ delta[t - 1]){SLOPE}"),
            reason="This is [Equation (10)](#eq-10) as the report prints it: the slope stands in it and in "
            "[Equation (6)](#eq-6), and the direct term is lost.",
        ),
        "no-direct": slip(
            SOLUTION,
            ("W_yh.T @ grad_o[t - 1] + from_later", "from_later if t < len(delta) else W_yh.T @ grad_o[-1]"),
            reason="Only the last loss comes in. The direct term of [Equation (10)](#eq-10) adds the step's own loss at "
            "*every* step.",
        ),
        "slope-twice": slip(
            SOLUTION,
            ("W_hh.T @ delta[t - 1]", f"(W_hh.T @ delta[t - 1]){SLOPE}"),
            reason="The slope is applied twice. It belongs to [Equation (6)](#eq-6); [Equation (10)](#eq-10) has none.",
        ),
        "transposed": slip(
            SOLUTION,
            ("W_hh.T @", "W_hh @"),
            reason="The way back takes the transpose: $\\mathbf{W}_{hh}^\\top$ in [Equation (10)](#eq-10). No shape "
            "shows it.",
        ),
        "late-loss": slip(
            SOLUTION,
            ("grad_o[t - 1]", "grad_o[min(t, len(delta) - 1)]"),
            reason="The direct term is that of the step after. In [Equation (10)](#eq-10) a state gets the loss of its "
            "*own* step.",
        ),
        "old-slope": slip(
            SOLUTION,
            ("h[t] ** 2", "h[t - 1] ** 2"),
            reason="The slope is that of the step before. [Equation (6)](#eq-6) takes it at step $t$, where it is "
            "$1 - \\mathbf{h}^2$ of the state $\\mathbf{h}^{(t)}$.",
        ),
        "no-slope": slip(
            SOLUTION,
            (" * (1 - h[t] ** 2)", ""),
            reason="The slope of tanh is missing: [Equation (6)](#eq-6) multiplies by it at every step.",
        ),
        "slope-lost": slip(
            SOLUTION,
            ("W_hh.T @ delta[t - 1]", "W_hh.T @ grad_h"),
            reason="What goes back through $\\mathbf{W}_{hh}^\\top$ is $\\delta^{(t)}$, with its slope, "
            "[Equation (10)](#eq-10), and not the gradient of the state.",
        ),
        "states": slip(
            SOLUTION,
            ("(1 - h[t] ** 2)", "1"),
            ("W_hh.T @ delta[t - 1]", "W_hh.T @ (grad_h * (1 - h[t] ** 2))"),
            reason="These are the gradients of the states. The local gradients are those of the pre-activations: "
            "[Equation (6)](#eq-6).",
        ),
        "forwards": slip(
            SOLUTION,
            ("range(len(delta), 0, -1)", "range(1, len(delta) + 1)"),
            reason="The loop runs forwards. [Equation (10)](#eq-10) leads from step $t$ to step $t - 1$: begin at the "
            "last.",
        ),
        "reversed": slip(
            SOLUTION,
            ("return delta", "return delta[::-1]"),
            reason="The rows are right and stand in the wrong order: the first row belongs to step 1, "
            "{prf:ref}`thm-6-bptt`. A list that was filled on the way back has to be turned round.",
        ),
        "alone": slip(
            SOLUTION,
            (" + from_later", ""),
            reason="Nothing comes from the later steps: the term $\\mathbf{W}_{hh}^\\top\\delta^{(t)}$ of "
            "[Equation (10)](#eq-10) is missing.",
        ),
    },
)
