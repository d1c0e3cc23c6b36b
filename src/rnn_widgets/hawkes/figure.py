"""The Hawkes explorer as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnn_core import point_process

from ..kit.palette import COLOURS
from ..kit.wording import counted
from . import words
from .words import ks_limit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .explorer import HawkesExplorer

__all__ = ["describe", "draw"]

MOST, TICKS = 12.0, (0, 1, 2, 4, 6, 9, 12)  # of the QQ plot, as in the browser
BLUE, VERMILLION = COLOURS["blue"], COLOURS["vermillion"]
ABOVE: dict[str, Any] = {
    "loc": "lower left",
    "bbox_to_anchor": (0, 1),
    "ncols": 2,
    "frameon": False,
    "borderpad": 0.1,
}
MODELS = {
    "true": "the process that made them",
    "poisson": "a Poisson process of rate μ/(1 − α)",
    "half_beta": "the Hawkes process with β halved",
    "no_beta": "a Hawkes process whose kernel lacks the factor β",
}


def describe(explorer: HawkesExplorer) -> str:
    """Say what `draw` shows: the process, how many events it made, and how the model explains them."""
    measured, end = explorer.measured, explorer.end
    jumps = measured.events > 0 and explorer.alpha > 0.0
    course = "which jumps at each event and decays between them" if jumps else "which stays at μ"
    qq = (
        "QQ plot of the rescaled gaps against the unit exponential"
        if measured.events
        else "an empty QQ plot, since there are no events"
    )
    said = words.verdict(measured, alpha=explorer.alpha, beta=explorer.beta, evaluation=explorer.evaluation)
    return (
        f"Events of a Hawkes process with μ = {explorer.mu:.2f}, α = {explorer.alpha:.2f}, "
        f"β = {explorer.beta:.2f} in a window of length {end:g}: {counted(measured.events, 'event')}, where "
        f"{explorer.expected_number:.1f} are expected. Top: the intensity λ(t), {course}. Middle: the number "
        f"of events so far and the compensator Λ(t) under {MODELS[explorer.evaluation]}. Bottom: {qq}. {said}"
    )


def draw(explorer: HawkesExplorer) -> Figure:
    """Draw the events, their intensity, the compensator and the QQ plot in the present state."""
    figure = Figure(figsize=(6.4, 7.2), layout="constrained")
    FigureCanvasAgg(figure)
    panels = figure.subplot_mosaic([["rate"], ["count"], ["qq"]], height_ratios=(1.1, 0.9, 1.4))
    times = explorer.times
    at = np.unique(np.concatenate([np.linspace(0.0, explorer.end, 1500), times, np.nextafter(times, np.inf)]))
    _draw_intensity(panels["rate"], explorer, times, at)
    _draw_count(panels["count"], explorer, times, at)
    _draw_qq(panels["qq"], explorer)
    return figure


def _draw_intensity(axes: Axes, explorer: HawkesExplorer, times: np.ndarray, at: np.ndarray) -> None:
    axes.plot(at, point_process.intensity(explorer.process, times, at), color=BLUE, lw=1.5, label="λ(t)")
    if explorer.evaluation != "true":
        rate = point_process.intensity(explorer.model, times, at)
        axes.plot(at, rate, color=VERMILLION, ls="--", lw=1.3, label="as the model has it")
        axes.legend(**ABOVE)
    if len(times):  # the layout fails over an empty line that may leave its frame
        axes.plot(times, np.zeros(len(times)), "|", color="black", markersize=12, clip_on=False)
    axes.set(xlim=(0, explorer.end), ylim=(0, None), ylabel="intensity λ(t)")


def _draw_count(axes: Axes, explorer: HawkesExplorer, times: np.ndarray, at: np.ndarray) -> None:
    count = np.searchsorted(times, at, side="right")
    axes.step(at, count, where="post", color=BLUE, lw=1.5, label="events so far, N(t)")
    expected = point_process.compensator(explorer.model, times, at)
    axes.plot(at, expected, color=VERMILLION, ls="--", label="the model's Λ(t)")
    axes.set(xlim=(0, explorer.end), ylim=(0, None), xlabel="time t")
    axes.legend(**ABOVE)


def _draw_qq(axes: Axes, explorer: HawkesExplorer) -> None:
    gaps = explorer.rescaled_gaps
    axes.plot((0, MOST), (0, MOST), color="black", lw=1)
    if len(gaps):
        expected, observed = point_process.exponential_qq(gaps)
        # Outside this band the distribution functions are further apart than the limit.
        half = ks_limit(len(gaps)) - 0.5 / len(gaps)
        grid = np.linspace(0.0, np.sqrt(MOST), 300) ** 2
        below, above = (-np.expm1(-grid) + side * half for side in (-1, 1))
        low, high = (-np.log1p(-np.clip(edge, 0.0, 1.0 - 1e-12)) for edge in (below, above))
        axes.fill_between(grid, low, high, color="black", alpha=0.1, linewidth=0, label="5 % limits")
        axes.plot(expected, observed, "o", color=BLUE, markersize=4)
        axes.legend(loc="lower right")
        if beyond := int((observed > MOST).sum()):
            axes.text(0.1, 0.9 * MOST, f"{beyond} above the frame")
    for set_scale in (axes.set_xscale, axes.set_yscale):  # room for the many short gaps; a line stays a line
        set_scale("function", functions=(lambda v: np.sqrt(np.maximum(v, 0.0)), np.square))
    axes.set(xlim=(0, MOST), ylim=(0, MOST), xlabel="expected of Exp(1)", ylabel="rescaled gaps")
    axes.set(xticks=TICKS, yticks=TICKS)
    axes.set_box_aspect(1)
