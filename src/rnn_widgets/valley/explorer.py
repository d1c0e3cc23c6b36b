"""The explorer of gradient descent on a quadratic: 2/Λ is the edge, and the steep direction sets it."""

from typing import NamedTuple

import numpy as np
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, integer, number
from . import figure

__all__ = ["STEPS", "ValleyExplorer"]

STEPS = 30


class _Place(NamedTuple):
    """The two parameters, as `rnn_core.sgd_step` takes them."""

    theta: np.ndarray


class ValleyExplorer(Explorer):
    """Gradient descent on ½(u² + κv²) with learning rate η: the rule of Equations (13) to (15).

    The gradient has the Lipschitz constant Λ = max(1, κ). The browser computes the path anew at each movement
    and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    u, v : float
        The start: u in [−4, 4], v in [−2, 2].
    eta : float
        The learning rate η, in [0.01, 2.2].
    kappa : float
        The curvature κ along v, in [0.5, 10]; along u it is 1.
    step : int
        How many steps are taken, in 0..30.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "valley"
    SETTINGS = ("u", "v", "eta", "kappa", "step")
    QUESTION = "How large may a step be?"
    INSTRUCTION = "Drag the start, choose the learning rate η and how steep the valley is, and play."

    u = number(4.0, -4.0, 4.0)
    v = number(0.3, -2.0, 2.0)
    eta = number(0.21, 0.01, 2.2)
    kappa = number(10.0, 0.5, 10.0)
    step = integer(20, 0, STEPS)

    @property
    def path(self) -> np.ndarray:
        """The places before each step and after the last, by `rnn_core.sgd_step`: (31, 2)."""
        curvature = np.array([1.0, self.kappa])
        path = [_Place(np.array([self.u, self.v]))]
        for _ in range(STEPS):
            path.append(rnn_core.sgd_step(path[-1], _Place(curvature * path[-1].theta), self.eta))
        return np.array([place.theta for place in path])

    @property
    def losses(self) -> np.ndarray:
        """½(u² + κv²) at each place of the path: (31,)."""
        losses: np.ndarray = 0.5 * self.path**2 @ np.array([1.0, self.kappa])
        return losses

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
