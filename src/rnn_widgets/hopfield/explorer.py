"""The explorer of Hopfield's network: what a formula stores, and how much damage it mends."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

from ..kit.explorer import Explorer, integer, text
from . import figure
from .pictures import NAMES, ORDER, PICTURES, UNITS

__all__ = ["HopfieldExplorer"]

STEPS = 5 * UNITS  # each unit is updated five times, row by row
HEX = "0123456789abcdef"
BITS = 4  # units to a hexadecimal digit


def pack(units: np.ndarray) -> str:
    """Write which units are flipped, row by row, as 25 hexadecimal digits."""
    marks = "".join("1" if flipped else "0" for flipped in units)
    return "".join(HEX[int(marks[i : i + BITS], 2)] for i in range(0, UNITS, BITS))


def unpack(digits: str) -> np.ndarray:
    """Read which units are flipped; those of digits that are missing are not: (100,), bool."""
    marks = "".join(f"{HEX.index(digit):04b}" for digit in digits).ljust(UNITS, "0")
    return np.array([mark == "1" for mark in marks])


FIRST = pack(np.isin(np.arange(UNITS), ORDER[:20]))


class HopfieldExplorer(Explorer):
    """A hundred units, +1 or −1, updated one at a time, row by row, to the sign of their field.

    The weights are W_ij = (1/100) Σ p_i p_j, summed over the stored pictures p, with zeros on the diagonal. A
    unit whose field is zero stays as it is. All is counted in hundredths, which are integers here, so that a
    field of zero is one. The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    patterns : int
        How many pictures are stored, the first ones of 16.
    picture : int
        The picture that was damaged, from 1 to 16; it need not be stored.
    flipped : str
        Which of its units were flipped, row by row, as up to 25 hexadecimal digits, four units to each.
    step : int
        How many units were updated since then, from 0 to 500.
    unit : int
        The unit whose field is written out, from 1 to 100.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "hopfield"
    SETTINGS = ("patterns", "picture", "flipped", "step", "unit")
    QUESTION = "Can a network mend a damaged picture?"
    INSTRUCTION = "Press units to flip them, play, and store more pictures."

    patterns = integer(3, 1, len(PICTURES))
    picture = integer(1, 1, len(PICTURES))
    flipped = text(FIRST, HEX, UNITS // BITS)
    step = integer(0, 0, STEPS)
    unit = integer(ORDER[0] + 1, 1, UNITS)
    pictures: Any = traitlets.List(read_only=True).tag(sync=True)
    names: Any = traitlets.List(read_only=True).tag(sync=True)
    order: Any = traitlets.List(read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        rows = ["".join("1" if unit > 0 else "0" for unit in picture) for picture in PICTURES]
        self.set_trait("pictures", rows)
        self.set_trait("names", list(NAMES))
        self.set_trait("order", list(ORDER))
        super().__init__(**traits)

    @property
    def _hundredfold(self) -> np.ndarray:
        stored = PICTURES[: self.patterns]
        products: np.ndarray = stored.T @ stored
        np.fill_diagonal(products, 0)
        return products

    @property
    def weights(self) -> np.ndarray:
        """The weights W: (100, 100)."""
        return self._hundredfold / UNITS

    @property
    def states(self) -> np.ndarray:
        """The states after 0, 1, …, `step` units were updated: (step + 1, 100)."""
        weights = self._hundredfold
        state = np.where(unpack(self.flipped), -1, 1) * PICTURES[self.picture - 1]
        states = [state]
        for asked in range(self.step):
            unit = asked % UNITS
            field = weights[unit] @ state
            if field != 0:
                state = state.copy()
                state[unit] = np.sign(field)
            states.append(state)
        return np.array(states)

    @property
    def energies(self) -> np.ndarray:
        """The energy −½ sᵀWs of each of these states: (step + 1,)."""
        states = self.states
        energies: np.ndarray = -0.5 * np.einsum("ti,ij,tj->t", states, self._hundredfold, states) / UNITS
        return energies

    @property
    def fields(self) -> np.ndarray:
        """The fields Ws of the present state: (100,)."""
        fields: np.ndarray = self._hundredfold @ self.states[-1] / UNITS
        return fields

    @property
    def wrong(self) -> int:
        """How many units of the present state differ from the picture that was damaged."""
        return int(np.sum(self.states[-1] != PICTURES[self.picture - 1]))

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
