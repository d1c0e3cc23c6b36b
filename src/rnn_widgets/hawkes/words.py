"""What the Hawkes explorer says in words about a measurement, as ``words.js`` does."""

import math
from typing import NamedTuple

import numpy as np

from rnn_core.point_process import kolmogorov_smirnov

from ..kit.wording import apart, fixed, is_one
from .draws import CEILING

__all__ = ["Measured", "evened", "fitted_limit", "is_beyond", "ks_limit", "rejected", "verdict"]


class Measured(NamedTuple):
    """What the words are about.

    Attributes
    ----------
    events : int
        How many.
    distance : float or None
        Kolmogorov–Smirnov distance of the rescaled gaps from Exp(1); None if there are no events.
    limit : float
        What 5 % of all samples of unit exponentials exceed.
    truth_rejected : bool
        Whether the gaps that the process itself rescales are beyond the limit.
    evened : (distance, spread) or None
        The distance of the gaps with their mean brought to 1, and their standard deviation.
    at_end : float
        The model's Λ(end): how many events it expects.
    log_likelihood, log_likelihood_of_truth : float
        In nats.
    ceiling_reached : bool
        Whether λ exceeds the rate of the proposals.
    """

    events: int
    distance: float | None
    limit: float
    truth_rejected: bool
    evened: tuple[float, float] | None
    at_end: float
    log_likelihood: float
    log_likelihood_of_truth: float
    ceiling_reached: bool


def ks_limit(n: int) -> float:
    """The distance that n unit exponentials exceed in 5 % of all samples (Stephens 1970; exact for n = 1)."""
    if n == 1:
        return 0.975
    root = np.sqrt(n)
    return float(1.358 / (root + 0.12 + 0.11 / root))


def fitted_limit(n: int) -> float:
    """The same for gaps whose mean has been brought to 1: fitted gaps lie closer (Stephens 1974)."""
    root = math.sqrt(n)
    return 0.2 / n + 1.094 / (root + 0.26 + 0.5 / root)


def is_beyond(gaps: np.ndarray) -> bool:
    """Whether rescaled gaps are told apart from unit exponentials at the 5 % level."""
    return len(gaps) > 0 and kolmogorov_smirnov(gaps).statistic > ks_limit(len(gaps))


def evened(gaps: np.ndarray) -> tuple[float, float] | None:
    """Bring the mean to 1, as a Poisson process of whatever rate sees the gaps: distance and deviation."""
    if not len(gaps):
        return None
    scaled = gaps / gaps.mean()
    return kolmogorov_smirnov(scaled).statistic, float(scaled.std())


def rejected(measured: Measured) -> bool:
    """Whether the model's rescaled gaps are beyond the limit."""
    return measured.distance is not None and measured.distance > measured.limit


def verdict(measured: Measured, *, alpha: float, beta: float, evaluation: str) -> str:
    """Interpret the figure in a few sentences."""
    if measured.distance is None:
        return "No events in the window: no gaps to test."
    distance, limit = apart(measured.distance, measured.limit, 3)
    numbers = f"distance {distance}, limit {limit}."
    if measured.ceiling_reached:
        return (
            f"λ rose above {CEILING:g}, where no proposals are carried: events may be missing there, and no "
            f"model here is quite the one that made these. The {numbers}"
        )
    same = _why_true(alpha, beta, evaluation)
    if same is not None:
        if not rejected(measured):
            clock = f"{same} is, on its own clock Λ, a Poisson process of rate 1."
            return f"{clock} Its gaps pass the test: {numbers}"
        return (
            f"{same} is rejected although it is true: at the 5 % level a test does that to some samples. "
            f"The {numbers}"
        )
    fault = _fault(measured, beta, evaluation)
    return f"{fault} {_finding(measured, evaluation, numbers)} {_comparison(measured)}"


def _why_true(alpha: float, beta: float, evaluation: str) -> str | None:
    """Name the model if it is the true process."""
    if evaluation == "true":
        return "The true process"
    if alpha == 0.0:
        return "The model, for α = 0 the true process,"
    if evaluation == "no_beta" and is_one(beta):
        return "The model, for β = 1 the true process,"
    return None


def _fault(measured: Measured, beta: float, evaluation: str) -> str:
    """What is wrong with the model, whether or not the gaps show it."""
    if evaluation == "half_beta":
        return "With β halved an event is remembered for twice as long."
    if evaluation == "no_beta":
        amount = "little" if beta > 1.0 else "much"
        return f"Without its factor β the kernel integrates to α/β, too {amount}."
    return (
        f"A Poisson process of this rate knows of no clusters; it expects {fixed(measured.at_end, 1)} events "
        f"here, and {measured.events} came."
    )


def _finding(measured: Measured, evaluation: str, numbers: str) -> str:
    """What the test finds. Of a Poisson process it is said whether its level alone is at fault."""
    if not rejected(measured):
        return f"These gaps do not give it away: {numbers}"
    too = (
        "The gaps reject it, and the true process too" if measured.truth_rejected else "The gaps give it away"
    )
    found = f"{too}: {numbers}"
    return f"{found} {_level_or_clusters(measured)}" if evaluation == "poisson" else found


def _level_or_clusters(measured: Measured) -> str:
    """Why the gaps reject a Poisson process: with the right rate they would pass, or not even then."""
    assert measured.evened is not None
    distance, spread = measured.evened
    limit = fitted_limit(measured.events)
    value, most = apart(distance, limit, 3)
    shown = f"distance {value}, limit for a fitted rate {most}"
    if distance <= limit:
        level_is_off = abs(measured.events - measured.at_end) > 1.96 * math.sqrt(measured.at_end)
        start = "It is the level that does: brought" if level_is_off else "Brought"
        return f"{start} to mean 1 they would pass ({shown})."
    deviation = f"their standard deviation would be {fixed(spread, 2)}, and that of Exp(1) is 1"
    return f"Brought to mean 1 they would still fail ({shown}); {deviation}."


def _comparison(measured: Measured) -> str:
    """How far the model's log-likelihood lies from that of the process that made the events."""
    lost = measured.log_likelihood_of_truth - measured.log_likelihood
    shown = fixed(abs(lost), 1)
    if shown == "0.0":
        return "Its log-likelihood is the truth’s, to one decimal."
    return f"Its log-likelihood is {shown} nats {'below' if lost > 0 else 'above'} the truth’s."
