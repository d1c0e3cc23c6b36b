"""The loss of a sequence: Equation (5)."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["LOSS"]

SOLUTION = """\
def loss(o, c):
    top = o.max(axis=1)
    log_sums = top + np.log(np.exp(o - top[:, None]).sum(axis=1))
    return np.sum(log_sums - o[np.arange(len(c)), c])
"""
STEPS = "np.arange(len(c)), c"
SHIFTED = "y = np.exp(o - o.max(axis=1, keepdims=True))\n    y = y / y.sum(axis=1, keepdims=True)\n    "
FIRST = "top = o.max(axis=1)\n    "


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw logits and classes; every other time two classes have logits of 1000 and -1000."""
    T, k = sizes(rng, 1)
    o, c = 2 * rng.standard_normal((T, k)), rng.integers(0, k, T)
    if rng.random() < 0.5:
        o[[0, 1], c[:2]] = 1000, -1000
    return o, c


LOSS = Code(
    "Write `loss`, from the logits. It must hold out when some of them are as large as 1000, or as low as −1000.",
    name="loss",
    starter='''\
def loss(o, c):
    """The loss of one sequence, in nats.

    o (T, k): o[t-1] holds the logits of step t
    c (T,): c[t-1] is the class that came, counted from 0
    Returns a number.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "mean": slip(
            SOLUTION,
            ("np.sum(", "np.mean("),
            reason="This is the mean over the steps, the loss per symbol. [Equation (5)](#eq-5) is a sum.",
        ),
        "sign": slip(
            SOLUTION,
            ("np.sum(", "-np.sum("),
            reason="The sign is turned: this is the log-likelihood. In [Equation (5)](#eq-5) a *minus* stands before "
            "the logarithm.",
        ),
        "bits": slip(
            SOLUTION,
            ("np.sum(", "1 / np.log(2) * np.sum("),
            reason="This is in bits. The logarithm of [Equation (5)](#eq-5) is the natural one, and its unit the nat.",
        ),
        "last": slip(
            SOLUTION,
            (f"np.sum(log_sums - o[{STEPS}])", f"(log_sums - o[{STEPS}])[-1]"),
            reason="Only the last step counts here. [Equation (5)](#eq-5) adds up the losses of *all* steps.",
        ),
        "each": slip(
            SOLUTION,
            (f"np.sum(log_sums - o[{STEPS}])", f"log_sums - o[{STEPS}]"),
            reason="These are the losses of the steps. [Equation (5)](#eq-5) adds them up.",
        ),
        "grid": slip(
            SOLUTION,
            (f"log_sums - o[{STEPS}]", "log_sums[:, None] - o[:, c]"),
            reason="`o[:, c]` pairs every step with the classes of *all* steps. Each step has one: "
            "`o[np.arange(len(c)), c]`, the index $c^{(t)}$ of [Equation (5)](#eq-5).",
        ),
        "all-classes": slip(
            SOLUTION,
            (f"log_sums - o[{STEPS}]", "log_sums[:, None] - o"),
            reason="This adds up the logarithms of all classes. In [Equation (5)](#eq-5) only the class that came "
            "counts.",
        ),
        "over-time": slip(
            SOLUTION,
            ("o.max(axis=1)", "o.max(axis=0)"),
            ("top[:, None]", "top"),
            (").sum(axis=1)", ").sum(axis=0)"),
            ("log_sums - o[", "log_sums[c] - o["),
            reason="The sum of softmax runs over the steps. In [Equation (4)](#eq-4) it runs over the classes of one "
            "step.",
        ),
        "shifted": slip(
            SOLUTION,
            (f"log_sums - o[{STEPS}]", "log_sums[:-1] - o[np.arange(len(c) - 1), c[1:]]"),
            reason="Each step is judged by the class of the next one. In [Equation (5)](#eq-5) the class $c^{(t)}$ "
            "goes with the step $t$ already.",
        ),
        "overflow": slip(
            SOLUTION,
            (FIRST, "y = np.exp(o) / np.exp(o).sum(axis=1, keepdims=True)\n    " + FIRST),
            (f"log_sums - o[{STEPS}]", f"-np.log(y[{STEPS}])"),
            reason="For large logits the exponential overflows, and infinity by infinity is no number. Take off the "
            "largest logit first, {prf:ref}`prop-shift-invariance`; then work with $\\log\\sum_j e^{o_j} - o_c$, as in "
            "the proof of {prf:ref}`thm-softmax-gradient`.",
        ),
        "rounded": slip(
            SOLUTION,
            (FIRST, SHIFTED + FIRST),
            (f"log_sums - o[{STEPS}]", f"-np.log(y[{STEPS}])"),
            reason="For large logits this is infinite: an exponential overflows, or a small probability is rounded to "
            "zero before its logarithm is taken. Use $\\log\\sum_j e^{o_j} - o_c$, as in the proof of "
            "{prf:ref}`thm-softmax-gradient`, with the largest logit taken off first.",
        ),
    },
)
