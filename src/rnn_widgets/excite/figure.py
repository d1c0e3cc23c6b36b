"""Excite and decay as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnn_core import point_process

from ..kit.palette import COLOURS
from ..kit.wording import counted

if TYPE_CHECKING:
    from .explorer import ExciteExplorer

__all__ = ["describe", "draw"]


def describe(explorer: ExciteExplorer) -> str:
    """Say what `draw` shows."""
    return (
        f"The intensity of a Hawkes process with μ = {explorer.mu:.2f}, α = {explorer.alpha:.2f} and "
        f"β = {explorer.beta:.2f} over ten units of time with {counted(len(explorer.events), 'event')}. "
        f"Each lifts it by {explorer.alpha * explorer.beta:.2f}, and what was lifted decays. It reaches "
        f"{explorer.peak:.2f}; at time {explorer.at:.2f} it is {explorer.rate:.2f}."
    )


def draw(explorer: ExciteExplorer) -> Figure:
    """Draw the intensity and the events."""
    shape = Figure(figsize=(6.4, 3.2), layout="constrained")
    FigureCanvasAgg(shape)
    axes = shape.subplots()
    times = np.array(explorer.events)
    at = np.unique(np.concatenate([np.linspace(0.0, 10.0, 800), times, np.nextafter(times, np.inf)]))
    axes.plot(at, point_process.intensity(explorer.process, times, at), color=COLOURS["blue"], lw=2)
    if len(times):  # the layout fails over an empty line that may leave its frame
        axes.plot(times, np.zeros(len(times)), "|", color="black", markersize=16, clip_on=False)
    axes.plot([explorer.at], [explorer.rate], "o", color=COLOURS["blue"])
    axes.set(xlim=(0, 10), ylim=(0, None), xlabel="time t", ylabel="intensity λ(t)")
    return shape
