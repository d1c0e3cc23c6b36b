"""The explorer of softmax and the loss: only differences of logits count, and the gradient is y − e_c."""

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, Numbers
from . import figure

__all__ = ["SoftmaxExplorer"]

WORDS = ("is", "are", "was")
MOST = 5.0  # of a logit's size


class SoftmaxExplorer(Explorer):
    """Three logits to drag: their softmax, Equation (4), the loss of what happened, (5), and its gradient.

    The classes are three words that may follow "The keys to the cabinet". The browser computes everything
    anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    logits : list of float
        The logits of "is", "are" and "was", each in [−5, 5].
    happened : {"are", "is", "was"}
        The class that is correct.
    together : bool
        Whether dragging one logit moves all three, which adds a constant to them.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "softmax"
    SETTINGS = ("logits", "happened", "together")
    QUESTION = "What does it cost to be sure, and wrong?"
    INSTRUCTION = "A network has read “The keys to the cabinet” and scores three next words. Drag the scores."

    logits = Numbers([2.0, 1.0, 0.0], -MOST, MOST)
    happened = traitlets.Enum(WORDS, "are").tag(sync=True)
    together = traitlets.Bool(False).tag(sync=True)

    def _cross_entropy(self) -> tuple[float, np.ndarray]:
        """Return the loss and its gradient by the engine, which works from the logits."""
        loss, gradient = rnn_core.cross_entropy(
            np.array([self.logits]), np.array([WORDS.index(self.happened)])
        )
        return float(loss[0]), gradient[0]

    @property
    def loss(self) -> float:
        """The loss of the step, −log y_c, Equation (5), in nats."""
        return self._cross_entropy()[0]

    @property
    def gradient(self) -> np.ndarray:
        """The gradient of the loss with respect to the logits, y − e_c: (3,)."""
        return self._cross_entropy()[1]

    @property
    def probabilities(self) -> np.ndarray:
        """The probabilities y = softmax(o), Equation (4): (3,)."""
        y: np.ndarray = rnn_core.equations.softmax(np.array(self.logits))  # type: ignore[no-untyped-call]
        return y

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
