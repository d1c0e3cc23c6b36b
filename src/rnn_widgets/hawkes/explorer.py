"""The explorer of a Hawkes process: its events, its intensity, and a test of the parameters."""

import math
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import point_process
from rnn_core.point_process import Hawkes

from ..kit.explorer import DrawsExplorer, check_positive_integer, number
from . import figure
from .draws import CEILING, LONGEST, random_draw, thinned
from .words import Measured, evened, is_beyond, ks_limit

__all__ = ["EVALUATIONS", "HawkesExplorer"]

EVALUATIONS = ("true", "poisson", "half_beta", "no_beta")


def _hawkes(mu: float, alpha: float, beta: float) -> Hawkes:
    return Hawkes(mu, (alpha,), (beta,))


class HawkesExplorer(DrawsExplorer):
    """Events of a Hawkes process, λ(t) = μ + αβ R(t) with R(t) = Σ e^(−β(t − t_i)) over the events before t.

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
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    mu : float
        μ in [0.05, 1], the rate of events that no event set off, per unit of time.
    alpha : float
        α in [0, 0.95], the branching ratio: how many events one event sets off directly, on average.
    beta : float
        β in [0.1, 3], the rate at which an event's effect decays, per unit of time.
    end : float
        In [10, 50]: the window is (0, end].
    evaluation : {"true", "poisson", "half_beta", "no_beta"}
        The model that is held against the events: the process that made them; a Poisson process of rate
        μ/(1 − α); the Hawkes process with β halved; the one whose kernel is α e^(−βt), without the factor β.
    draw : int
        Which draw is shown, from 0.
    draws : list of dict, read-only
        What was drawn (see `rnn_widgets.hawkes_draws.random_draw`).

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

    BUNDLE = "hawkes"
    SETTINGS = ("mu", "alpha", "beta", "end", "evaluation", "draw")

    mu = number(0.5, 0.05, 1.0)
    alpha = number(0.75, 0.0, 0.95)
    beta = number(2.0, 0.1, 3.0)
    end = number(LONGEST, 10.0, LONGEST)
    evaluation = traitlets.Enum(EVALUATIONS, "true").tag(sync=True)

    def __init__(self, *, draws: int = 3, rng: np.random.Generator | None = None, **traits: Any) -> None:
        check_positive_integer("draws", draws)
        rng = np.random.default_rng(1) if rng is None else rng
        super().__init__([random_draw(rng=rng) for _ in range(draws)], **traits)

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
        """The events in (0, end]: (N,)."""
        return thinned(self.process, self.draws[self.draw], self.end)

    @property
    def mean_rate(self) -> float:
        """μ/(1 − α), the events per unit of time in the long run."""
        return self.process.mean_rate

    @property
    def expected_number(self) -> float:
        """The mean number of events in (0, end], when nothing happened before 0.

        The mean of λ grows from μ to the mean rate, and what is missing shrinks as e^(−β(1 − α)t).
        """
        rate = self.beta * (1.0 - self.alpha)
        missing = (self.mean_rate - self.mu) * -math.expm1(-rate * self.end) / rate
        return float(self.mean_rate * self.end - missing)

    @property
    def log_likelihood(self) -> float:
        """The model's log-likelihood of the events in nats: Σ log λ(t_i) − Λ(end)."""
        return point_process.log_likelihood(self.model, self.times, self.end)

    @property
    def log_likelihood_of_truth(self) -> float:
        """The same for the process that made the events."""
        return point_process.log_likelihood(self.process, self.times, self.end)

    @property
    def rescaled_gaps(self) -> np.ndarray:
        """The model's Λ(t_i) − Λ(t_{i−1}): (N,), independent unit exponentials if the model is true."""
        return point_process.rescale(self.model, self.times)

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
    def measured(self) -> Measured:
        """Everything that the explorer puts into words."""
        times, gaps = self.times, self.rescaled_gaps
        return Measured(
            events=len(times),
            distance=self.ks_distance,
            limit=ks_limit(len(times)) if len(times) else 0.0,
            truth_rejected=is_beyond(point_process.rescale(self.process, times)),
            evened=evened(gaps),
            at_end=float(point_process.compensator(self.model, times, np.array([self.end]))[0]),
            log_likelihood=self.log_likelihood,
            log_likelihood_of_truth=self.log_likelihood_of_truth,
            ceiling_reached=self.ceiling_reached,
        )

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
