"""Hopfield's network as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import ListedColormap
from matplotlib.figure import Figure

from ..kit.palette import COLOURS
from ..kit.wording import counted
from .pictures import NAMES, PICTURES, SIDE, UNITS

if TYPE_CHECKING:
    from .explorer import HopfieldExplorer

__all__ = ["describe", "draw"]


def describe(explorer: HopfieldExplorer) -> str:
    """Say what `draw` shows."""
    energy = f"{explorer.energies[-1]:.2f}".replace("-", "−")
    return (
        f"Left: {NAMES[explorer.picture - 1]} on {SIDE} by {SIDE} units. Middle: the state after "
        f"{counted(explorer.step, 'unit')} updated, with {counted(explorer.patterns, 'picture')} stored; "
        f"{explorer.wrong} of {UNITS} units differ from the picture. Right: the energy against the units "
        f"updated; it is {energy} now."
    )


def _show(axes: Axes, units: np.ndarray, title: str) -> None:
    pair = ListedColormap(["white", COLOURS["blue"]])
    axes.imshow(units.reshape(SIDE, SIDE), cmap=pair, vmin=-1, vmax=1)
    axes.set_xticks(np.arange(SIDE + 1) - 0.5, [])
    axes.set_yticks(np.arange(SIDE + 1) - 0.5, [])
    axes.tick_params(length=0)
    axes.grid(color="0.8", linewidth=0.8)
    axes.set_title(title)


def draw(explorer: HopfieldExplorer) -> Figure:
    """Draw the picture, the state and the energy."""
    shape = Figure(figsize=(9, 3.4), layout="constrained")
    FigureCanvasAgg(shape)
    left, middle, right = shape.subplots(1, 3, width_ratios=(1, 1, 1.2))
    picture, state = PICTURES[explorer.picture - 1], explorer.states[-1]
    _show(left, picture, NAMES[explorer.picture - 1])
    _show(middle, state, f"{explorer.wrong} units wrong")
    row, column = np.divmod(np.flatnonzero(state != picture), SIDE)
    for colour, width in (("white", 5.0), (COLOURS["vermillion"], 2.5)):  # seen on both kinds of units
        middle.plot(column, row, "x", color=colour, markersize=9, markeredgewidth=width)
    asked = np.arange(explorer.step + 1)
    right.step(asked, explorer.energies, where="post", color=COLOURS["blue"], linewidth=2)
    right.plot(asked[-1], explorer.energies[-1], "o", color=COLOURS["blue"])
    right.set(xlim=(-10, 510), ylim=(-66, 10), xlabel="units updated", ylabel="energy E")
    return shape
