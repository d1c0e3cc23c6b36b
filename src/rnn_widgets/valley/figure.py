"""The valley as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import ValleyExplorer

__all__ = ["describe", "draw"]

FLOOR, CEILING = 1e-4, 1e4  # of the losses that are drawn


def describe(explorer: ValleyExplorer) -> str:
    """Say what `draw` shows."""
    t, losses = explorer.step, explorer.losses
    return (
        f"Left: contours of one half of u² + {explorer.kappa:.2f} v², and the path of gradient descent from "
        f"u = {explorer.u:.2f}, v = {explorer.v:.2f} with learning rate {explorer.eta:.2f}, {t} steps long. "
        f"Right: the loss at each step on a log scale: {losses[0]:.3g} at the start and {losses[t]:.3g} "
        f"after {t} steps."
    )


def draw(explorer: ValleyExplorer) -> Figure:
    """Draw the path on the contours, and the loss."""
    shape = Figure(figsize=(9, 3.4), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2, width_ratios=(1.5, 1))
    u, v = np.meshgrid(np.linspace(-4.5, 4.5, 181), np.linspace(-2.25, 2.25, 91))
    loss = 0.5 * (u**2 + explorer.kappa * v**2)
    left.contour(u, v, loss, levels=0.125 * np.arange(1, 13) ** 2, colors="0.7", linewidths=0.8)
    # What lies far outside is not drawn; the line leads there all the same.
    path = np.clip(explorer.path[: explorer.step + 1], -1e3, 1e3)
    left.plot(*path.T, "-o", color=COLOURS["blue"], markersize=4)
    left.plot(0, 0, "+", color=COLOURS["green"], markersize=12, markeredgewidth=2)
    left.set(xlim=(-4.5, 4.5), ylim=(-2.25, 2.25), aspect="equal", xlabel="u", ylabel="v")
    right.semilogy(np.clip(explorer.losses, 1e-30, 1e30), "-o", color=COLOURS["blue"], markersize=3)
    right.axvline(explorer.step, color="black", linewidth=0.8, linestyle=":")
    right.set(ylim=(FLOOR, CEILING), xlabel="step", ylabel="loss")
    return shape
