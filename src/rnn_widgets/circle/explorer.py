"""The explorer of a matrix of two columns: its norm acts now, its spectral radius in the long run."""

from typing import Any

import numpy as np
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, Numbers, integer
from . import figure

__all__ = ["CircleExplorer"]

STEPS = 12


def _column(upper: float, lower: float) -> Any:
    return Numbers([upper, lower], -1.5, 1.5)


class CircleExplorer(Explorer):
    """The image of the unit circle under the powers of a 2 × 2 matrix: Equation (19) for one fixed Jacobian.

    The longest half axis of the image after t steps is ‖Wᵗ‖₂. The browser computes it anew at each movement
    and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    first, second : list of float
        The two columns of W, each of two numbers in [−1.5, 1.5]: where (1, 0) and (0, 1) go.
    steps : int
        How often W acts, in 0..12.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "circle"
    SETTINGS = ("first", "second", "steps")
    QUESTION = "If every step does the same, does it grow or shrink?"
    INSTRUCTION = "Drag the two columns of the matrix W, and play: it acts on the circle again and again."

    first = _column(0.8, 0.0)
    second = _column(1.2, 0.6)
    steps = integer(1, 0, STEPS)

    @property
    def W(self) -> np.ndarray:
        """The matrix: (2, 2)."""
        return np.column_stack([self.first, self.second])

    @property
    def norms(self) -> np.ndarray:
        """‖Wᵗ‖₂ for t = 0..12, by `rnn_core.product_log_norms`: (13,)."""
        return np.exp(rnn_core.product_log_norms(np.repeat(self.W[np.newaxis], STEPS, axis=0), start=0))

    @property
    def spectral_radius(self) -> float:
        """The largest |eigenvalue| of W."""
        return rnn_core.spectral_radius(self.W)

    @property
    def spectral_norm(self) -> float:
        """‖W‖₂."""
        return rnn_core.spectral_norm(self.W)

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
