"""The clipping explorer as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnn_core import cliff

from ..kit.palette import COLOURS
from ..kit.wording import counted
from . import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .explorer import ClippingExplorer

__all__ = ["LEVELS", "describe", "draw"]

BLUE, VERMILLION = COLOURS["blue"], COLOURS["vermillion"]
LEVELS = (0.002, 0.01, 0.03, 0.06, 0.09, 0.14, 0.2, 0.26, 0.32, 0.38, 0.44)  # of the loss
NORMS = (1e-4, 1e4)


def describe(explorer: ClippingExplorer) -> str:
    """Say what `draw` shows: the surface, the start, and where both descents end."""
    without, clipped = explorer.measured
    verdict = words.verdict(
        without,
        clipped,
        clip=explorer.clip,
        learning_rate=explorer.learning_rate,
        updates=explorer.updates,
    )
    return (
        f"Left: the loss of a one-unit network after {counted(explorer.T, 'step')} over its weight w and "
        f"bias b, in shades of grey: {words.surface(explorer.T)}. Two descents of "
        f"{counted(explorer.updates, 'update')} start at w = {explorer.w:.2f}, b = {explorer.b:.2f} with "
        f"learning rate {explorer.learning_rate:.2f}. {verdict} Right: the length of the gradient before "
        f"clipping at every update, on a log scale: at most {words.digits(without.largest)} without "
        f"clipping, {words.digits(clipped.largest)} with it."
    )


def draw(explorer: ClippingExplorer) -> Figure:
    """Draw the surface with both descents, and beside it the lengths of their gradients."""
    figure = Figure(figsize=(9, 3.9), layout="constrained")
    FigureCanvasAgg(figure)
    surface, norms = figure.subplots(1, 2)
    _draw_surface(surface, explorer)
    curves = (
        (explorer.with_clipping, "with clipping", BLUE, "-"),
        (explorer.without_clipping, "without clipping", VERMILLION, "--"),
    )
    for path, label, colour, style in curves:
        surface.plot(path.w, path.b, color="white", linewidth=3.5, alpha=0.8)
        surface.plot(path.w, path.b, color=colour, linestyle=style, marker=".", markersize=4, label=label)
        norms.plot(np.maximum(path.grad_norm, NORMS[0] / 10), color=colour, linestyle=style, label=label)
    surface.plot(explorer.w, explorer.b, "o", color="black", markersize=9)
    surface.annotate("start", (explorer.w, explorer.b), (8, 6), textcoords="offset points", weight="bold")
    norms.axhline(explorer.clip, color="black", linewidth=0.8)
    norms.text(1.02, explorer.clip, "c", va="center", transform=norms.get_yaxis_transform())
    norms.set(
        yscale="log",
        xlim=(0, explorer.updates),
        ylim=NORMS,
        xlabel="update",
        ylabel="length of the gradient, before clipping",
    )
    norms.grid(alpha=0.3)
    norms.legend(loc="upper right")
    return figure


def _draw_surface(axes: Axes, explorer: ClippingExplorer) -> None:
    w_range, b_range = explorer.problem["w_range"], explorer.problem["b_range"]
    w = np.linspace(w_range[0], w_range[1], 241)
    b = np.linspace(b_range[0], b_range[1], 201)
    loss = cliff.cliff_loss(w, b[:, None], explorer.T)
    shades = np.append(0.0, LEVELS)
    axes.contourf(w, b, loss, [*shades, 0.5], cmap="Greys", vmin=0, vmax=1.0)
    lines = axes.contour(w, b, loss, LEVELS, colors="black", linewidths=0.4, alpha=0.6)
    axes.clabel(lines, [0.03, 0.06, 0.2, 0.32, 0.44], fmt="%.2f", fontsize=8)
    axes.set(xlim=w_range, ylim=b_range, xlabel="w, the recurrent weight", ylabel="b, the bias")
