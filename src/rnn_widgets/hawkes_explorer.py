"""The explorer of a Hawkes process: its events, its intensity, and a test of the parameters."""

import base64
import math
from typing import Any

import anywidget
import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import point_process
from rnn_core.point_process import Hawkes

from . import bundle, hawkes_figure
from .hawkes_draws import CEILING, LONGEST, random_draw, thinned
from .jacobian_figure import png

__all__ = ["EVALUATIONS", "HawkesExplorer"]

EVALUATIONS = ("true", "poisson", "half_beta", "no_beta")
SETTINGS = ("mu", "alpha", "beta", "end", "evaluation", "draw")


def _number(initial: float, least: float, greatest: float) -> Any:
    return traitlets.Float(initial, min=least, max=greatest).tag(sync=True)


def _hawkes(mu: float, alpha: float, beta: float) -> Hawkes:
    return Hawkes(mu, (alpha,), (beta,))


class HawkesExplorer(anywidget.AnyWidget):
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

    mu = _number(0.5, 0.05, 1.0)
    alpha = _number(0.75, 0.0, 0.95)
    beta = _number(2.0, 0.1, 3.0)
    end = _number(LONGEST, 10.0, LONGEST)
    evaluation = traitlets.Enum(EVALUATIONS, "true").tag(sync=True)
    draw = traitlets.Int(0, min=0).tag(sync=True)
    draws: Any = traitlets.List(read_only=True).tag(sync=True)
    initial: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, *, draws: int = 3, rng: np.random.Generator | None = None, **traits: Any) -> None:
        unknown = set(traits) - set(SETTINGS)
        if unknown:
            raise TypeError(f"unknown setting {sorted(unknown)[0]!r}; the settings are {', '.join(SETTINGS)}")
        if not isinstance(draws, int) or isinstance(draws, bool) or draws < 1:
            raise ValueError(f"draws must be a positive integer, got {draws!r}")
        rng = np.random.default_rng(1) if rng is None else rng
        self._esm = bundle.read("hawkes_explorer.js")
        self._css = bundle.read("hawkes_explorer.css")
        self.set_trait("draws", [random_draw(rng=rng) for _ in range(draws)])
        super().__init__(**traits)
        self.set_trait("initial", self.settings)

    @traitlets.validate("mu", "alpha", "beta", "end")
    def _check_number(self, proposal: Any) -> float:
        value: float = proposal["value"]
        if np.isnan(value):  # it passes the range's own comparisons
            raise traitlets.TraitError(f"{proposal['trait'].name} must be a number, got NaN")
        return value

    @traitlets.validate("draw")
    def _check_draw(self, proposal: Any) -> int:
        value: int = proposal["value"]
        if not 0 <= value < len(self.draws):
            raise traitlets.TraitError(f"draw must be in 0..{len(self.draws) - 1}, got {value!r}")
        return value

    @property
    def settings(self) -> dict[str, Any]:
        """The present values of the settings, by name."""
        return {name: getattr(self, name) for name in SETTINGS}

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
        """Whether λ exceeds the rate of the proposals, so that events are missing."""
        times, process = self.times, self.process
        # λ is at its highest just after an event.
        after = point_process.intensity(process, times, times) + self.alpha * self.beta
        return bool((after > CEILING).any())

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return hawkes_figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return hawkes_figure.draw(self)

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        data, metadata = super()._repr_mimebundle_(**kwargs) or ({}, {})
        data["image/png"] = base64.b64encode(png(self.figure())).decode("ascii")
        data["text/plain"] = self.alt_text
        metadata["image/png"] = {"alt": self.alt_text}
        return data, metadata
