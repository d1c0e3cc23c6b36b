"""The explorer of Equations (11) and (12): a term for each pair of a loss and a use of W_hh."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, integer
from . import figure
from .networks import NETWORKS, TEXT, Problem, T, carried, problem

__all__ = ["TriangleExplorer"]

SUMS = ("cell", "row", "column", "diagonal", "all")
CUTS = ("band", "windows")


class TriangleExplorer(Explorer):
    """The triangle of the terms C^(t,k) of ∂L/∂W_hh, Equations (11) and (12), to add up and to cut.

    A network of 6 units reads nine letters, before or after it was trained (see
    `rnn_widgets.triangle.networks.problem`). The browser computes the terms from its states
    and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    network : {"untrained", "trained"}
        Which network.
    t, k : int
        The chosen entry, in 1..9: the step of the loss, and that at which W_hh is used. For k > t it is zero.
    sum : {"cell", "row", "column", "diagonal", "all"}
        What is added up: the entry, all of its row, column or diagonal, or everything.
    tau : int
        τ, in 1..9.
    cut : {"band", "windows"}
        What a cut keeps: the lags t − k below τ; or the pairs in the same of the windows of τ steps, as
        `rnn_core.truncated_bptt` does.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "triangle"
    SETTINGS = ("network", "t", "k", "sum", "tau", "cut")
    QUESTION = "Which step is to blame for which loss?"
    INSTRUCTION = "Choose a term, add up a row or a column, and cut terms away."

    network = traitlets.Enum(NETWORKS, "untrained").tag(sync=True)
    t = integer(8, 1, T)
    k = integer(3, 1, T)
    sum = traitlets.Enum(SUMS, "cell").tag(sync=True)
    tau = integer(T, 1, T)
    cut = traitlets.Enum(CUTS, "band").tag(sync=True)
    networks: Any = traitlets.Dict(read_only=True).tag(sync=True)
    text = traitlets.Unicode(TEXT, read_only=True).tag(sync=True)

    def __init__(self, *, name: str | None = None, **traits: Any) -> None:
        self.set_trait("networks", {each: carried(problem(each)) for each in NETWORKS})
        super().__init__(name=name, **traits)

    @property
    def problem(self) -> Problem:
        """The network with its inputs, targets and initial state."""
        return problem(self.network)

    @property
    def terms(self) -> np.ndarray:
        """The entries C^(t,k) by `rnn_core.lag_contributions`: (T, T, m, m)."""
        return rnn_core.lag_contributions(*self.problem)

    @property
    def gradient(self) -> np.ndarray:
        """∂L/∂W_hh by `rnn_core.bptt`: (m, m)."""
        return rnn_core.bptt(*self.problem)[1].W_hh

    @property
    def kept(self) -> np.ndarray:
        """Which entries the cut keeps: (T, T) of bool, with [t−1, k−1] for C^(t,k)."""
        t, k = np.mgrid[1 : T + 1, 1 : T + 1]
        if self.cut == "band":
            near: np.ndarray = (k <= t) & (t - k < self.tau)
            return near
        together: np.ndarray = (k <= t) & ((t - 1) // self.tau == (k - 1) // self.tau)
        return together

    @property
    def cut_gradient(self) -> np.ndarray:
        """The sum of the entries that the cut keeps: (m, m)."""
        total: np.ndarray = self.terms[self.kept].sum(axis=0)
        return total

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
