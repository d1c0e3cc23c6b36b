"""The explorer of a change of clock: on the clock of a model events show whether it is the right one."""

import math
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import point_process
from rnn_core.point_process import Hawkes

from ..kit.explorer import DrawsExplorer, check_positive_integer, number
from ..kit.proposals import proposals, random_proposals, thinned
from . import figure

__all__ = ["CEILING", "END", "EVALUATIONS", "ClockExplorer"]

EVALUATIONS = ("true", "poisson", "half_beta", "no_beta")
END = 50.0  # of the window
CEILING = 50.0  # proposals per unit of time: an intensity above it cannot be simulated


def _hawkes(mu: float, alpha: float, beta: float) -> Hawkes:
    return Hawkes(mu, (alpha,), (beta,))


class ClockExplorer(DrawsExplorer):
    """Events of a Hawkes process in the window (0, 50], shown on a clock between t and a model's Λ(t).

    The events are made by thinning proposals that the explorer carries, so that moving a parameter keeps
    all chance as it was. They are then explained by a model: the process that made them, or a wrong one.
    The browser computes all of it anew at each movement and needs no kernel; the properties below are
    the same measurements by `rnn_core.point_process`.

    Parameters
    ----------
    draws : int
        How many draws of proposals to carry.
    rng : numpy.random.Generator, optional
        Where they are drawn from; the same fixed draws each time if left out.
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    clock : float
        In [0, 1]: 0 is the calendar's clock, t, and 1 the model's, Λ(t).
    mu : float
        μ in [0.05, 1], the rate of events that no event set off, per unit of time.
    alpha : float
        α in [0, 0.95], the branching ratio: how many events one event sets off directly, on average.
    beta : float
        β in [0.1, 3], the rate at which an event's effect decays, per unit of time.
    evaluation : {"true", "poisson", "half_beta", "no_beta"}
        The model that is held against the events: the process that made them; a Poisson process of rate
        μ/(1 − α); the Hawkes process with β halved; the one whose kernel is α e^(−βt), without the factor β.
    draw : int
        Which draw is shown, from 0.
    draws : list of dict, read-only
        What was drawn.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    TypeError
        If a setting is unknown.
    ValueError
        If `draws` is not a positive integer.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "clock"
    SETTINGS = ("clock", "mu", "alpha", "beta", "evaluation", "draw")
    QUESTION = "On which clock do bursts become even?"
    INSTRUCTION = "Carry the events from t to Λ(t), then try a wrong model’s clock."

    clock = number(0.0, 0.0, 1.0)
    mu = number(0.5, 0.05, 1.0)
    alpha = number(0.75, 0.0, 0.95)
    beta = number(2.0, 0.1, 3.0)
    evaluation = traitlets.Enum(EVALUATIONS, "true").tag(sync=True)

    def __init__(self, *, draws: int = 3, rng: np.random.Generator | None = None, **traits: Any) -> None:
        check_positive_integer("draws", draws)
        rng = np.random.default_rng(1) if rng is None else rng
        drawn = [random_proposals(ceiling=CEILING, length=END, rng=rng) for _ in range(draws)]
        super().__init__(drawn, **traits)

    @property
    def process(self) -> Hawkes:
        """The process that makes the events."""
        return _hawkes(self.mu, self.alpha, self.beta)

    @property
    def model(self) -> Hawkes:
        """The process that is held against the events; a Poisson process is one with α = 0."""
        return {
            "true": self.process,
            "poisson": _hawkes(self.mean_rate, 0.0, self.beta),
            "half_beta": _hawkes(self.mu, self.alpha, self.beta / 2.0),
            "no_beta": _hawkes(self.mu, self.alpha / self.beta, self.beta),
        }[self.evaluation]

    @property
    def times(self) -> np.ndarray:
        """The events in the window: (N,)."""
        times, heights = proposals(self.draws[self.draw])
        events: np.ndarray = times[thinned(self.process, times, heights)]
        return events

    @property
    def mean_rate(self) -> float:
        """μ/(1 − α), the events per unit of time in the long run."""
        return self.process.mean_rate

    @property
    def expected_number(self) -> float:
        """The mean number of events in the window, when nothing happened before 0.

        The mean of λ grows from μ to the mean rate, and what is missing shrinks as e^(−β(1 − α)t).
        """
        rate = self.beta * (1.0 - self.alpha)
        missing = (self.mean_rate - self.mu) * -math.expm1(-rate * END) / rate
        return float(self.mean_rate * END - missing)

    @property
    def log_likelihood(self) -> float:
        """The model's log-likelihood of the events in nats: Σ log λ(t_i) − Λ(50)."""
        return point_process.log_likelihood(self.model, self.times, END)

    @property
    def log_likelihood_of_truth(self) -> float:
        """The same for the process that made the events."""
        return point_process.log_likelihood(self.process, self.times, END)

    @property
    def at_end(self) -> float:
        """The model's Λ(50)."""
        return float(point_process.compensator(self.model, self.times, np.array([END]))[0])

    @property
    def rescaled_gaps(self) -> np.ndarray:
        """The model's Λ(t_i) − Λ(t_{i−1}): (N,), independent unit exponentials if the model is true."""
        return point_process.rescale(self.model, self.times)

    @property
    def readings(self) -> np.ndarray:
        """The events on the present clock: (N,), both clocks running from 0 to Λ(50)."""
        calendar, own = self.times * (self.at_end / END), np.cumsum(self.rescaled_gaps)
        readings: np.ndarray = (1.0 - self.clock) * calendar + self.clock * own
        return readings

    @property
    def ks_distance(self) -> float | None:
        """Kolmogorov–Smirnov distance of the rescaled gaps from Exp(1); None if there are no events."""
        gaps = self.rescaled_gaps
        return point_process.kolmogorov_smirnov(gaps).statistic if len(gaps) else None

    @property
    def ceiling_reached(self) -> bool:
        """Whether λ exceeds the rate of the proposals, so that events may be missing."""
        times, process = self.times, self.process
        # λ is at its highest just after an event.
        after = point_process.intensity(process, times, times) + self.alpha * self.beta
        return bool((after > CEILING).any())

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
