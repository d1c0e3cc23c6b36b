"""The clipping explorer as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap, to_rgb
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


def _tint(colour: str, share: float) -> tuple[float, float, float]:
    """Mix a colour into white."""
    red, green, blue = (1 - share + share * part for part in to_rgb(COLOURS[colour]))
    return red, green, blue


MEADOW, ROCK = _tint("green", 0.26), _tint("vermillion", 0.55)


def describe(explorer: ClippingExplorer) -> str:
    """Say what `draw` shows: the surface, the start, and where both descents end."""
    without, clipped = explorer.measured
    k = min(explorer.update, explorer.updates)
    verdict = words.verdict(
        without,
        clipped,
        k=k,
        clip=explorer.clip,
        learning_rate=explorer.learning_rate,
        updates=explorer.updates,
        paths=explorer.paths,
    )
    longest = {
        "unclipped": f"{words.digits(without.largest)} without clipping",
        "clipped": f"{words.digits(clipped.largest)} with clipping",
    }
    each = list(longest.values()) if explorer.paths == "both" else [longest[explorer.paths]]
    who = "Two descents start" if explorer.paths == "both" else "A descent starts"
    return (
        f"Left: the loss of a one-unit network after {counted(explorer.T, 'step')} over its weight w and "
        f"bias b, from low in green to high in brown: {words.surface(explorer.T)}. {who} at "
        f"w = {explorer.w:.2f}, b = {explorer.b:.2f} with learning rate {explorer.learning_rate:.2f}; "
        f"{k} of {counted(explorer.updates, 'update')} {'is' if k == 1 else 'are'} shown. {verdict} "
        f"Right: the length of the gradient before clipping at every update, on a log scale: at most "
        f"{', '.join(each)}."
    )


def draw(explorer: ClippingExplorer) -> Figure:
    """Draw the surface with both descents, and beside it the lengths of their gradients."""
    figure = Figure(figsize=(9, 3.9), layout="constrained")
    FigureCanvasAgg(figure)
    surface, norms = figure.subplots(1, 2)
    _draw_surface(surface, explorer)
    plain, clipped = explorer.shown
    curves = [
        (clipped, "clipped", "with clipping", BLUE, "-"),
        (plain, "unclipped", "without clipping", VERMILLION, "--"),
    ]
    for path, name, label, colour, style in curves:
        if explorer.paths not in ("both", name):
            continue
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
    ground = LinearSegmentedColormap.from_list("ground", (MEADOW, ROCK))
    axes.contourf(w, b, loss, [*shades, 0.5], cmap=ground, vmin=0, vmax=0.49)
    lines = axes.contour(w, b, loss, LEVELS, colors="black", linewidths=0.4, alpha=0.6)
    axes.clabel(lines, [0.03, 0.06, 0.2, 0.32, 0.44], fmt="%.2f", fontsize=8)
    axes.set(xlim=w_range, ylim=b_range, xlabel="w, the recurrent weight", ylabel="b, the bias")
