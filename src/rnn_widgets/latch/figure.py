"""The latch as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import LatchExplorer

__all__ = ["describe", "draw"]


def describe(explorer: LatchExplorer) -> str:
    """Say what `draw` shows."""
    return (
        f"Left: the map from a state h to tanh(wh) for w = {explorer.w:.2f}, beside the diagonal on which a "
        f"state rests. Right: the states of the unit while it reads {explorer.letters}; the last is "
        f"{explorer.states[-1]:.3f}."
    )


def draw(explorer: LatchExplorer) -> Figure:
    """Draw the map and the states."""
    shape = Figure(figsize=(9, 3.6), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2, width_ratios=(1, 1.5))
    h = np.linspace(-1, 1, 201)
    left.plot(h, h, color="black", linewidth=1, linestyle=":", label="rest: the same again")
    left.plot(h, np.tanh(explorer.w * h), color=COLOURS["blue"], linewidth=3, label="nothing is put in")
    left.set(xlim=(-1, 1), ylim=(-1, 1), xlabel="state before", ylabel="state after")
    left.legend(loc="upper left")
    steps = np.arange(len(explorer.letters) + 1)
    right.axhline(0, color="black", linewidth=0.8)
    right.plot(steps, explorer.states, color=COLOURS["blue"], marker="o")
    right.set(ylim=(-1.05, 1.05), xlabel="letters read", ylabel="state h")
    right.set_xticks(steps[1:], list(explorer.letters))
    return shape
