"""The explorer of one step: the same five arrays at each, and a state that is handed on."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import RNNParams, Trace, forward

from ..kit.explorer import Explorer, Numbers, integer
from . import figure

__all__ = ["CellExplorer"]

# One decimal, so that a reader can follow row times column by hand; the sizes are all different.
PARAMS = RNNParams(
    W_hx=np.array([[1.3, 0.5, -0.4], [-1.1, -0.1, 0.4], [0.6, -1.2, 1.0], [-0.9, -0.2, 0.9]]),
    W_hh=np.array(
        [[0.5, 0.7, -0.4, -0.7], [0.6, -0.3, 0.8, -0.2], [0.6, -0.4, -0.6, 0.6], [-0.4, -0.5, 0.5, 1.3]]
    ),
    W_yh=np.array([[0.6, 0.9, 1.3, -0.8], [1.4, 0.7, -0.6, 1.5]]),
    b_h=np.array([0.3, -0.4, -0.1, 0.2]),
    b_y=np.array([0.5, -0.2]),
)
X = np.array(
    [
        [-0.5, 1.0, 1.5],
        [0.5, 0.5, 1.0],
        [1.0, 0.5, -1.0],
        [-0.5, 1.0, -0.5],
        [-1.0, -1.0, 1.0],
        [1.0, -1.0, -1.0],
    ]
)
T, N = X.shape
M = len(PARAMS.b_h)


class CellExplorer(Explorer):
    """A network of three inputs, four units and two classes, step by step: Equations (1) to (4).

    The state after one step can be replaced by another, which is handed on in its place; after step 0 this is
    the initial state h^(0). The browser computes everything anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    step : int
        The step t that is shown, from 1 to 6.
    unit : int
        The unit whose row times column is written out, from 1 to 4.
    entry : int
        The number that a reader may change: 0 to 2 is an entry of x^(t), 3 to 6 one of h^(t−1).
    x : list of float
        The 18 entries of x^(1), …, x^(6), each in [−2, 2].
    held_after : int
        The step after which the state is replaced, from 0 to 5.
    held : list of float
        What it is replaced by, four numbers in [−1, 1].

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "cell"
    SETTINGS = ("step", "unit", "entry", "x", "held_after", "held")
    QUESTION = "What changes from step to step?"
    INSTRUCTION = (
        "Step through six inputs. Choose a unit to see its sum, and a number of x or h to change it."
    )

    step = integer(1, 1, T)
    unit = integer(4, 1, M)
    entry = integer(0, 0, N + M - 1)
    x = Numbers(X.ravel().tolist(), -2.0, 2.0)
    held_after = integer(0, 0, T - 1)
    held = Numbers([0.0] * M, -1.0, 1.0)
    arrays: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self.set_trait("arrays", {name: array.tolist() for name, array in PARAMS._asdict().items()})
        super().__init__(**traits)

    def _traces(self) -> tuple[Trace | None, Trace]:
        """Return the steps up to the state that is replaced, if there are any, and those from it on."""
        x, held = np.reshape(self.x, (T, N)), np.array(self.held)
        before = forward(PARAMS, x[: self.held_after]) if self.held_after else None
        return before, forward(PARAMS, x[self.held_after :], h0=held)

    def _joined(self, name: str) -> np.ndarray:
        before, after = self._traces()
        parts = [getattr(trace, name) for trace in (before, after) if trace is not None]
        joined: np.ndarray = np.concatenate(parts)
        return joined

    @property
    def pre_activations(self) -> np.ndarray:
        """The pre-activations a of steps 1 to 6, Equation (1): (6, 4)."""
        return self._joined("a")

    @property
    def probabilities(self) -> np.ndarray:
        """The outputs y of steps 1 to 6, Equation (4): (6, 2)."""
        return self._joined("y")

    @property
    def states(self) -> np.ndarray:
        """The states that were handed on, h^(0) to h^(6), by `rnn_core.forward`: (7, 4)."""
        before, after = self._traces()
        states: np.ndarray = after.h if before is None else np.concatenate([before.h[:-1], after.h])
        return states

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
