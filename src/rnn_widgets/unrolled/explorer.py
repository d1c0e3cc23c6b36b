"""The explorer of Equations (6) to (10): a gradient travels back through the unrolled graph."""

from itertools import product

import traitlets
from matplotlib.figure import Figure

from ..kit.explorer import Explorer, integer, number
from . import figure, passes

__all__ = ["UnrolledExplorer"]

_CLASSES = tuple("".join(classes) for classes in product("01", repeat=len(passes.STEPS)))


class UnrolledExplorer(Explorer):
    """A network of one unit over three steps, computed number by number, forward and back.

    It is the pencil network of chapter 6 with a third step: W_hx = 1, logits (w h, 0) with w = 2 ln 3, no
    biases and h_0 = 1. At W_hh = 2 every state after h_0 is ½. The browser computes it anew at each movement
    and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    step : int
        How many numbers are computed, from 0 to 27: 15 forward, then 9 gradients of nodes and 3 of weights.
    shown : str
        The number whose formula is shown, by its name: "x1", "a1", "h1", "o1", "y1", "L1", "do1" for ∂L/∂o_1,
        "dh1", "da1" for δ_1, and so on for the other steps, "h0", "dw", "dW_hx" or "dW_hh".
    error : {"none", "direct", "twice", "late", "printed"}
        What is wrong with the backward pass: nothing; the direct term is left out; the slope is applied
        twice; each δ_t takes the slope of step t+1; Equation (10) as printed, with the first two errors.
    W_hh : float
        The recurrent weight, in [−3, 3].
    targets : str
        The classes of the three steps, such as "100".

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "unrolled"
    SETTINGS = ("step", "shown", "error", "W_hh", "targets")
    QUESTION = "How does a gradient find its way back?"
    INSTRUCTION = "Play it forward and back, press any number for its formula, then put an error in."

    step = integer(len(passes.ORDER) - 1, 0, len(passes.ORDER) - 1)
    shown = traitlets.Enum((*passes.ORDER, "x1", "x2", "x3"), "dh1").tag(sync=True)
    error = traitlets.Enum(passes.ERRORS, "none").tag(sync=True)
    W_hh = number(2.0, -3.0, 3.0)
    targets = traitlets.Enum(_CLASSES, "100").tag(sync=True)

    @property
    def values(self) -> dict[str, float]:
        """All numbers by name, by `rnn_core`; the gradients with the error in them."""
        return passes.values(self.W_hh, self.targets, self.error)

    @property
    def right_gradients(self) -> dict[str, float]:
        """The gradients by `rnn_core`, by name, without an error."""
        return passes.gradients(self.W_hh, self.targets, "none")

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
