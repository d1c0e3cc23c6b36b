"""The explorer of one intensity: each event lifts it, and what it lifted decays."""

import numpy as np
from matplotlib.figure import Figure

from rnn_core import point_process
from rnn_core.point_process import Hawkes

from ..kit.explorer import Explorer, Times, number
from . import figure

__all__ = ["END", "ExciteExplorer"]

END = 10.0  # of the window
MOST = 20  # events


class ExciteExplorer(Explorer):
    """The intensity of a Hawkes process under events that the reader makes: λ(t) = μ + Σ αβ e^(−β(t − t_i)).

    The sum runs over the events before t. The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    mu : float
        μ in [0.05, 1], the intensity without any event.
    alpha : float
        α in [0, 0.95], the branching ratio: how many events one event sets off directly, on average.
    beta : float
        β in [0.1, 3], the rate at which an event's effect decays, per unit of time.
    events : list of float
        The times of the events, increasing, in [0, 10]: at most 20.
    at : float
        The time in [0, 10] at which the intensity is read.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "excite"
    SETTINGS = ("mu", "alpha", "beta", "events", "at")
    QUESTION = "How long does an event echo?"
    INSTRUCTION = "Tap the picture to make an event there, and move α and β."

    mu = number(0.2, 0.05, 1.0)
    alpha = number(0.8, 0.0, 0.95)
    beta = number(1.0, 0.1, 3.0)
    events = Times([1.0, 2.0, 2.5], 0.0, END, MOST)
    at = number(5.0, 0.0, END)

    @property
    def process(self) -> Hawkes:
        """The process whose intensity is shown."""
        return Hawkes(self.mu, (self.alpha,), (self.beta,))

    @property
    def before(self) -> np.ndarray:
        """λ just before each event, by `rnn_core.point_process.intensity`: (N,)."""
        times = np.array(self.events)
        return point_process.intensity(self.process, times, times)

    @property
    def peak(self) -> float:
        """The highest λ in the window: μ, or λ just after an event."""
        return float(np.max(self.before + self.alpha * self.beta, initial=self.mu))

    @property
    def rate(self) -> float:
        """λ at the time `at`; an event at that very time does not count yet."""
        return float(point_process.intensity(self.process, np.array(self.events), np.array([self.at]))[0])

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
