"""The explorer of thinning: darts fall under a ceiling, and those under the curve are kept."""

import numpy as np
import traitlets
from matplotlib.figure import Figure

from rnn_core import point_process
from rnn_core.point_process import Hawkes, InhomogeneousPoisson

from ..kit.explorer import DrawsExplorer, check_positive_integer, integer, number
from ..kit.proposals import proposals, random_proposals, thinned
from . import figure

__all__ = ["CURVES", "END", "HIGHEST", "ThinningExplorer"]

END = 10.0  # of the window
HIGHEST = 6.0  # the highest ceiling
MOST = 120  # darts that are asked for; fewer fall
CURVES = ("wave", "hawkes")
LEVEL, SWING = 2.0, 1.5
WAVE = InhomogeneousPoisson(
    lambda t: LEVEL + SWING * np.sin(t), lambda t: LEVEL * t + SWING * (1.0 - np.cos(t)), LEVEL + SWING
)
HAWKES = Hawkes(0.8, (0.6,), (1.5,))


class ThinningExplorer(DrawsExplorer):
    """Proposals that fall under a ceiling, one by one from the left, and are kept if they lie under λ.

    The browser computes it anew at each movement and needs no kernel. All chance is carried: a lower ceiling
    throws the same darts, but for those above it.

    Parameters
    ----------
    draws : int
        How many draws of darts to carry.
    rng : numpy.random.Generator, optional
        Where they are drawn from; the same fixed draws each time if left out.
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    ceiling : float
        In [1, 6]: the rate at which darts fall, per unit of time.
    curve : {"wave", "hawkes"}
        The intensity: λ(t) = 2 + 1.5 sin t, or that of a Hawkes process with μ = 0.8, α = 0.6 and β = 1.5.
    fallen : int
        In [0, 120]: how many darts have fallen, or all that there are, if there are fewer.
    draw : int
        Which draw is shown, from 0.
    draws : list of dict, read-only
        What was drawn.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    TypeError
        If a setting is unknown.
    ValueError
        If `draws` is not a positive integer.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "thinning"
    SETTINGS = ("ceiling", "curve", "fallen", "draw")
    QUESTION = "How can blind darts hit the right rate?"
    INSTRUCTION = "Let the darts fall, and move the ceiling under which they fall."

    ceiling = number(5.0, 1.0, HIGHEST)
    curve = traitlets.Enum(CURVES, "wave").tag(sync=True)
    fallen = integer(MOST, 0, MOST)

    def __init__(self, *, draws: int = 3, rng: np.random.Generator | None = None, **traits: object) -> None:
        check_positive_integer("draws", draws)
        rng = np.random.default_rng(11) if rng is None else rng
        drawn = [random_proposals(ceiling=HIGHEST, length=END, rng=rng) for _ in range(draws)]
        super().__init__(drawn, **traits)

    @property
    def process(self) -> InhomogeneousPoisson | Hawkes:
        """The process whose intensity is the curve."""
        return WAVE if self.curve == "wave" else HAWKES

    @property
    def darts(self) -> tuple[np.ndarray, np.ndarray]:
        """Times and heights of all darts under the ceiling: two (n,) arrays."""
        times, heights = proposals(self.draws[self.draw])
        thrown = heights < self.ceiling
        return times[thrown], heights[thrown]

    @property
    def kept(self) -> np.ndarray:
        """Whether each of the darts that have fallen is kept: (f,)."""
        times, heights = self.darts
        return thinned(self.process, times[: self.fallen], heights[: self.fallen])

    @property
    def rates(self) -> np.ndarray:
        """λ at the darts that have fallen, by `rnn_core.point_process.intensity`: (f,)."""
        times = self.darts[0][: self.fallen]
        return point_process.intensity(self.process, times[self.kept], times)

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
