"""The explorer of one unit: what a recurrent weight above 1 can hold, and one below 1 cannot."""

import numpy as np
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, number, text
from . import figure

__all__ = ["LatchExplorer"]

LETTERS = "abcd"
INPUTS = (1.0, -1.0, 0.0, 0.0)  # what a letter puts in: a and b are markers, c and d put in nothing
MOST = 60  # letters


class LatchExplorer(Explorer):
    """One unit that reads letters: h_t = tanh(w h_{t−1} + x_t), Equation (2) with a single unit.

    The letters a and b put in 1 and −1, c and d nothing. The browser computes it anew at each movement and
    needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    w : float
        The recurrent weight, in [0, 4].
    letters : str
        What was read: at most 60 of a, b, c, d.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "latch"
    SETTINGS = ("w", "letters")
    QUESTION = "How long can one unit remember?"
    INSTRUCTION = "Move w, and press letters for it to read."

    w = number(0.9, 0.0, 4.0)
    letters = text("a" + 20 * "c", LETTERS, MOST)

    @property
    def states(self) -> np.ndarray:
        """h_0, …, h_T by `rnn_core.forward`, T being the number of letters: (T+1,)."""
        params = rnn_core.RNNParams(
            np.array([INPUTS]), np.array([[self.w]]), np.zeros((1, 1)), np.zeros(1), np.zeros(1)
        )
        x = np.eye(len(LETTERS))[[LETTERS.index(letter) for letter in self.letters]]
        h: np.ndarray = rnn_core.forward(params, x).h[:, 0] if len(x) else np.zeros(1)
        return h

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
