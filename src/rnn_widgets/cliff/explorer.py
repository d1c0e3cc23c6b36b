"""The explorer of the cliff: descent on the loss of one unit, with and without clipping."""

import math
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import cliff
from rnn_core.cliff import CliffPath

from ..kit.explorer import Explorer, integer, number
from . import figure, words
from .words import Descent

__all__ = ["ClippingExplorer"]

W_RANGE, B_RANGE = (3.0, 6.0), (-3.5, -1.0)  # the map: the valley, the cliff and what lies on both sides
MOST_UPDATES = 300
PATHS = ("both", "unclipped", "clipped")


class ClippingExplorer(Explorer):
    """Descent on the loss of a one-unit network, with and without clipping, from a place to choose.

    The network is h_t = σ(w h_{t−1} + b), its loss (h_T − 0.7)²: with T = 50 the surface of figure 6 of
    Pascanu, Mikolov and Bengio (2013). The browser computes it anew at each movement and needs no kernel.
    The properties below are the same descents by `rnn_core.cliff`.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    w, b : float
        The start: recurrent weight in [3, 6] and bias in [−3.5, −1].
    learning_rate : float
        η in [0.01, 1].
    clip : float
        c in [0.05, 2]: the longest gradient that the clipped descent uses.
    updates : int
        Length of the descents, at most 300.
    T : int
        Number of steps of the network, at most 100.
    update : int
        How many updates are shown, from 0; more than there are means all of them.
    paths : {"both", "unclipped", "clipped"}
        Which descents are shown.
    problem : dict, read-only
        What does not move: ``h0``, ``target``, and the map's ``w_range`` and ``b_range``.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "cliff"
    SETTINGS = ("w", "b", "learning_rate", "clip", "updates", "T", "update", "paths")
    QUESTION = "Can one step ruin a descent?"
    INSTRUCTION = "Play the updates. Drag the start, move the threshold c, and play again."

    w = number(5.0, *W_RANGE)
    b = number(-2.0, *B_RANGE)
    learning_rate = number(0.4, 0.01, 1.0)
    clip = number(0.2, 0.05, 2.0)
    updates = integer(100, 1, MOST_UPDATES)
    T = integer(50, 1, 100)
    update = integer(MOST_UPDATES, 0, MOST_UPDATES)
    paths = traitlets.Enum(PATHS, "both").tag(sync=True)
    problem: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        fixed = {"h0": cliff.H0, "target": cliff.TARGET, "w_range": list(W_RANGE), "b_range": list(B_RANGE)}
        self.set_trait("problem", fixed)
        super().__init__(**traits)

    @property
    def without_clipping(self) -> CliffPath:
        """The descent that takes every gradient as it is, to its end."""
        return self._descent(None)

    @property
    def with_clipping(self) -> CliffPath:
        """The descent whose gradients are cut to length `clip`, to its end."""
        return self._descent(self.clip)

    @property
    def shown(self) -> tuple[CliffPath, CliffPath]:
        """Both descents, without and with clipping, as far as they are shown."""
        end = min(self.update, self.updates) + 1
        plain, clipped = self.without_clipping, self.with_clipping
        return CliffPath(*(part[:end] for part in plain)), CliffPath(*(part[:end] for part in clipped))

    @property
    def measured(self) -> tuple[Descent, Descent]:
        """What the explorer puts into words: the descents without and with clipping, as far as shown."""
        plain, clipped = self.shown
        return (
            words.measured(plain, math.inf, self.leaves_map(plain)),
            words.measured(clipped, self.clip, self.leaves_map(clipped)),
        )

    @staticmethod
    def leaves_map(path: CliffPath) -> int | None:
        """The first update after which a descent is off the map, or None if it stays.

        Parameters
        ----------
        path : CliffPath
            A descent.
        """
        inside = (path.w >= W_RANGE[0]) & (path.w <= W_RANGE[1])
        inside &= (path.b >= B_RANGE[0]) & (path.b <= B_RANGE[1])
        outside = np.flatnonzero(~inside)
        return int(outside[0]) if len(outside) else None

    def _descent(self, clip: float | None) -> CliffPath:
        return cliff.cliff_descent(
            self.w, self.b, learning_rate=self.learning_rate, clip=clip, updates=self.updates, T=self.T
        )

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
