"""The log-likelihood of a Hawkes process."""

from typing import Any

import numpy as np

from rnn_exercises.kinds import Code
from rnn_exercises.programs import sizes, slip

__all__ = ["HAWKES"]

SOLUTION = """\
def log_likelihood(times, T, mu, alpha, beta):
    total = -mu * T
    for j, t in enumerate(times):
        past = np.exp(-beta * (t - times[:j])).sum()
        total += np.log(mu + alpha * beta * past)
        total -= alpha * (1 - np.exp(-beta * (T - t)))
    return total
"""
CHARGE = "        total -= alpha * (1 - np.exp(-beta * (T - t)))\n"


def cases(rng: np.random.Generator) -> tuple[Any, ...]:
    """Draw events in a window, and a process."""
    [events] = sizes(rng, 0)
    T = float(rng.uniform(5, 9))
    mu, alpha, beta = (float(rng.uniform(*ends)) for ends in ((0.2, 0.9), (0.3, 0.8), (1.2, 2.5)))
    return np.sort(rng.uniform(0, T, events)), T, mu, alpha, beta


HAWKES = Code(
    "Write `log_likelihood` for the Hawkes process of this chapter's beginning.",
    name="log_likelihood",
    starter='''\
def log_likelihood(times, T, mu, alpha, beta):
    """The log-likelihood of a Hawkes process, in nats.

    times (n,): the events in the window from 0 to T, in order
    T, mu, alpha, beta: numbers
    Returns a number.
    """
    ...
''',
    solution=SOLUTION,
    cases=cases,
    mistakes={
        "no-survival": slip(
            SOLUTION,
            ("-mu * T", "0"),
            (CHARGE, ""),
            reason="The survival term is missing: {prf:ref}`thm-10-likelihood` charges for intensity everywhere, by "
            "$-\\Lambda(T)$.",
        ),
        "no-kernel-charge": slip(
            SOLUTION,
            (CHARGE, ""),
            reason="The survival term holds $\\mu T$ alone. In {prf:ref}`thm-10-likelihood` $\\Lambda$ is the integral of "
            "the whole intensity, with what each event adds.",
        ),
        "no-rate-charge": slip(
            SOLUTION,
            ("-mu * T", "0"),
            reason="From $\\Lambda(T)$ the part $\\mu T$ is missing: {prf:ref}`thm-10-likelihood` charges for the rate "
            "without events as well.",
        ),
        "endless": slip(
            SOLUTION,
            ("alpha * (1 - np.exp(-beta * (T - t)))", "alpha"),
            reason="Each event is charged for all of its $\\alpha$, as if the window had no end. $\\Lambda(T)$ in "
            "{prf:ref}`thm-10-likelihood` stops at $T$.",
        ),
        "last-event": slip(
            SOLUTION,
            ("-mu * T", "-mu * times[-1]"),
            ("(T - t)", "(times[-1] - t)"),
            reason="The window ends at the last event here. That nothing came between it and $T$ counts too, "
            "{prf:ref}`thm-10-likelihood`.",
        ),
        "itself": slip(
            SOLUTION,
            ("times[:j]", "times[:j + 1]"),
            reason="An event lifts its own intensity here. At $t_j$ the event $j$ does not count yet, "
            "{prf:ref}`def-10-intensity`.",
        ),
        "one-lost": slip(
            SOLUTION,
            ("times[:j]", "times[:max(j - 1, 0)]"),
            reason="The event just before is left out of the past. All events *before* $t_j$ act, "
            "{prf:ref}`def-10-intensity`.",
        ),
        "only-the-last": slip(
            SOLUTION,
            ("times[:j]", "times[max(j - 1, 0):j]"),
            reason="Only the event just before acts here, as in a renewal process. In a Hawkes process *all* past events "
            "do, {prf:ref}`def-10-intensity`.",
        ),
        "no-beta": slip(
            SOLUTION,
            ("alpha * beta *", "alpha *"),
            reason="The factor β is missing from the intensity, and the survival term has it: see {ref}`ex-10-kernel`, and "
            "{prf:ref}`thm-10-likelihood` for what belongs together.",
        ),
        "other-kernel": slip(
            SOLUTION,
            ("alpha * beta *", "alpha *"),
            ("total -= alpha *", "total -= alpha / beta *"),
            reason="The kernel is $\\alpha e^{-\\beta t}$ here, {ref}`ex-10-kernel`. In this chapter it is "
            "$\\alpha\\beta e^{-\\beta t}$.",
        ),
        "no-logarithm": slip(
            SOLUTION,
            ("np.log(mu + alpha * beta * past)", "mu + alpha * beta * past"),
            reason="The intensities themselves are added. In {prf:ref}`thm-10-likelihood` they are multiplied, so their "
            "logarithms add up.",
        ),
        "one-logarithm": slip(
            SOLUTION,
            ("total = -mu * T", "total, rates = -mu * T, 0"),
            ("total += np.log(mu + alpha * beta * past)", "rates += mu + alpha * beta * past"),
            ("return total", "return total + np.log(rates)"),
            reason="This is the logarithm of the sum. {prf:ref}`thm-10-likelihood` has a product, whose logarithm is the sum "
            "of the logarithms.",
        ),
        "sign": slip(
            SOLUTION,
            ("return total", "return -total"),
            reason="This is the loss. The log-likelihood has the other sign, {prf:ref}`thm-10-likelihood`.",
        ),
    },
)
