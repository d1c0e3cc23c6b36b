"""The game of darts as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnn_core import point_process

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import ThinningExplorer

__all__ = ["describe", "draw"]

CURVES = {"wave": "2 + 1.5 sin t", "hawkes": "that of a Hawkes process, which each kept dart lifts"}


def describe(explorer: ThinningExplorer) -> str:
    """Say what `draw` shows."""
    kept, count = explorer.kept, len(explorer.darts[0])
    return (
        f"Darts scattered over ten units of time under a ceiling at {explorer.ceiling:.2f}; "
        f"{len(kept)} of {count} have fallen. Of these {int(kept.sum())} lie under the curve of the "
        f"intensity, {CURVES[explorer.curve]}, and are kept; {int((~kept).sum())} lie above it and are "
        "dropped. Beside it: how many were kept so far."
    )


def draw(explorer: ThinningExplorer) -> Figure:
    """Draw the darts under the ceiling, and how many were kept."""
    shape = Figure(figsize=(9, 3.4), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2, width_ratios=(2, 1))
    kept = explorer.kept
    times, heights = (values[: len(kept)] for values in explorer.darts)
    events = times[kept]
    at = np.unique(np.concatenate([np.linspace(0.0, 10.0, 800), events, np.nextafter(events, np.inf)]))
    left.plot(at, point_process.intensity(explorer.process, events, at), color=COLOURS["blue"], lw=2)
    left.axhline(explorer.ceiling, color="black", linestyle="--", lw=1.2)
    if len(events):  # the layout fails over an empty line that may leave its frame
        left.plot(events, heights[kept], "o", color=COLOURS["green"], label="kept")
    if len(events) < len(times):
        left.plot(times[~kept], heights[~kept], "x", color=COLOURS["vermillion"], label="dropped")
    if len(times):
        left.legend(loc="upper right", ncols=2)
    left.set(xlim=(0, 10), ylim=(0, 6.5), xlabel="time t", ylabel="height")
    right.plot(np.arange(len(kept) + 1), np.concatenate([[0], np.cumsum(kept)]), color=COLOURS["green"])
    count = max(1, len(explorer.darts[0]))
    right.plot((0, count), (0, count), color="black", linestyle=":", lw=1)
    right.set(xlim=(0, count), ylim=(0, count), xlabel="darts fallen", ylabel="kept")
    return shape
