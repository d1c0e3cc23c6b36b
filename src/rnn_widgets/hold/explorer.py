"""The explorer of one memory cell: what its forget gates keep of a bit, and of a gradient."""

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import gated

from ..kit.explorer import Explorer, integer, number
from . import figure

__all__ = ["DISTRACTORS", "STEPS", "HoldExplorer"]

STEPS = 40
DISTRACTORS = (10, 20, 30)  # steps at which something else arrives
LOWEST, HIGHEST = -4.0, 8.0  # of a forget gate's argument
SHUT = 40.0  # arguments at which σ and tanh are 0, 1 or ±1 in every digit of a float


class HoldExplorer(Explorer):
    """One cell of an LSTM without recurrent weights: c_t = f_t c_(t−1) + i_t g_t and h_t = q_t tanh(c_t).

    At step 1 the input gate is open and the candidate is the bit, 1 or −1. At steps 10, 20 and 30 the
    candidate is its opposite. The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    bit : {"plus", "minus"}
        What is written at step 1: 1 or −1.
    b : float
        The bias of the forget gate, f = σ(b), in [−4, 8].
    left, right : int
        A stretch of steps, in 2..40, in which the forget gate's argument is another; either may be the first.
    lift : float
        How much larger it is there, in [−12, 12]; the argument itself stays in [−4, 8].
    i : float
        The input gate at steps 10, 20 and 30, in [0, 1].
    late : bool
        Whether the output gate opens at step 40 only.
    step : int
        The step up to which it has run, in 1..40.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "hold"
    SETTINGS = ("bit", "b", "left", "right", "lift", "i", "late", "step")
    QUESTION = "Can you hold one bit for forty steps?"
    INSTRUCTION = (
        "Move the forget gate: all of it by its bias, a stretch by its two points. Then open the input gate."
    )

    bit = traitlets.Enum(("plus", "minus"), "plus").tag(sync=True)
    b = number(3.0, LOWEST, HIGHEST)
    left = integer(15, 2, STEPS)
    right = integer(24, 2, STEPS)
    lift = number(0.0, LOWEST - HIGHEST, HIGHEST - LOWEST)
    i = number(0.0, 0.0, 1.0)
    late = traitlets.Bool(False).tag(sync=True)
    step = integer(STEPS, 1, STEPS)

    @property
    def arguments(self) -> np.ndarray:
        """What the gates i, f, g and q are the σ or tanh of, at each step: (40, 4)."""
        sign = 1.0 if self.bit == "plus" else -1.0
        steps = np.arange(1, STEPS + 1)
        inside = (steps >= min(self.left, self.right)) & (steps <= max(self.left, self.right))
        others = np.isin(steps, DISTRACTORS)
        with np.errstate(divide="ignore"):
            opened = np.clip(np.log(self.i) - np.log1p(-self.i), -SHUT, SHUT)
        x = np.empty((STEPS, 4))
        x[:, 0] = np.select([steps == 1, others], [SHUT, opened], -SHUT)
        x[:, 1] = np.where(inside, np.clip(self.b + self.lift, LOWEST, HIGHEST), self.b)
        x[:, 2] = np.select([steps == 1, others], [sign * SHUT, -sign * SHUT])
        x[:, 3] = np.where(self.late & (steps < STEPS), -SHUT, SHUT)
        return x

    @property
    def trace(self) -> gated.LSTMTrace:
        """Gates, cells and states by `rnn_core.gated.lstm_forward`, whose inputs are the arguments."""
        return gated.lstm_forward(_network(), self.arguments)

    @property
    def gradient(self) -> np.ndarray:
        """∂c_t/∂c_k for k = 1..t, t being `step`, by `rnn_core.gated.lstm_step_jacobians`: (t,)."""
        jacobians = gated.lstm_step_jacobians(_network(), self.trace)
        found, product = [1.0], np.eye(2)
        for k in range(self.step - 1, 0, -1):
            product = product @ jacobians[k]
            found.append(product[1, 1])
        return np.array(found[::-1])

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)


def _network() -> gated.LSTMParams:
    return gated.LSTMParams(np.eye(4), np.zeros((4, 1)), np.zeros((1, 1)), np.zeros(4), np.zeros(1))
