"""The change of clock as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from rnn_core import point_process

from ..kit.palette import COLOURS
from ..kit.wording import counted
from .limits import ks_limit

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .explorer import ClockExplorer

__all__ = ["describe", "draw"]

MOST = 12.0  # of the QQ plot, as in the browser
BLUE, VERMILLION = COLOURS["blue"], COLOURS["vermillion"]
MODELS = {
    "true": "the process that made them",
    "poisson": "a Poisson process of rate μ/(1 − α)",
    "half_beta": "the Hawkes process with β halved",
    "no_beta": "a Hawkes process whose kernel lacks the factor β",
}


def describe(explorer: ClockExplorer) -> str:
    """Say what `draw` shows: the process, how many events it made, and how the model explains them."""
    distance, count = explorer.ks_distance, len(explorer.times)
    test = (
        ""
        if distance is None
        else f" Their distance from Exp(1) is {distance:.3f}, the limit {ks_limit(count):.3f}."
    )
    shown = {0.0: "by the calendar", 1.0: "on the model's clock Λ"}.get(
        explorer.clock, f"{100 * explorer.clock:.0f} % of the way from t to Λ(t)"
    )
    return (
        f"Events of a Hawkes process with μ = {explorer.mu:.2f}, α = {explorer.alpha:.2f}, "
        f"β = {explorer.beta:.2f} in a window of length 50: {counted(count, 'event')}, where "
        f"{explorer.expected_number:.1f} are expected, shown {shown}. Left: the number of events so far and "
        f"the compensator under {MODELS[explorer.evaluation]}, which expects {explorer.at_end:.1f}. Right: "
        f"QQ plot of the gaps on this clock against the unit exponential. On the model's clock there is "
        f"a test of them.{test}"
    )


def draw(explorer: ClockExplorer) -> Figure:
    """Draw the count and the QQ plot of the gaps on the present clock."""
    shape = Figure(figsize=(9, 4.0), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2)
    _draw_count(left, explorer)
    _draw_qq(right, explorer)
    return shape


def _draw_count(axes: Axes, explorer: ClockExplorer) -> None:
    times, end = explorer.times, explorer.at_end
    at = np.unique(np.concatenate([np.linspace(0.0, 50.0, 800), times]))
    total = point_process.compensator(explorer.model, times, at)
    reading = (1.0 - explorer.clock) * at * (end / 50.0) + explorer.clock * total
    steps = np.concatenate([[0.0], explorer.readings, [end]])
    axes.step(
        steps,
        [*range(len(times) + 1), len(times)],
        where="post",
        color=BLUE,
        lw=1.5,
        label="N, events so far",
    )
    axes.plot(reading, total, color=VERMILLION, ls="--", label="the model's Λ")
    if len(times):  # the layout fails over an empty line that may leave its frame
        axes.plot(explorer.readings, np.zeros(len(times)), "|", color="black", markersize=12, clip_on=False)
    axes.set(xlim=(0, end), ylim=(0, None), xlabel="clock, in events that the model expects", ylabel="events")
    axes.legend(loc="upper left")


def _draw_qq(axes: Axes, explorer: ClockExplorer) -> None:
    gaps = np.diff(explorer.readings, prepend=0.0)
    axes.plot((0, MOST), (0, MOST), color="black", lw=1)
    if len(gaps):
        expected, observed = point_process.exponential_qq(gaps)
        if explorer.clock == 1.0:
            # Outside this band the distribution functions are further apart than the limit.
            half = ks_limit(len(gaps)) - 0.5 / len(gaps)
            grid = np.linspace(0.0, np.sqrt(MOST), 300) ** 2
            below, above = (-np.expm1(-grid) + side * half for side in (-1, 1))
            low, high = (-np.log1p(-np.clip(edge, 0.0, 1.0 - 1e-12)) for edge in (below, above))
            axes.fill_between(grid, low, high, color="black", alpha=0.1, linewidth=0, label="5 % limits")
            axes.legend(loc="lower right")
        axes.plot(expected, observed, "o", color=BLUE, markersize=4)
        if beyond := int((observed > MOST).sum()):
            axes.text(0.1, 0.9 * MOST, f"{beyond} above the frame")
    for set_scale in (axes.set_xscale, axes.set_yscale):  # room for the many short gaps; a line stays a line
        set_scale("function", functions=(lambda v: np.sqrt(np.maximum(v, 0.0)), np.square))
    axes.set(xlim=(0, MOST), ylim=(0, MOST), xlabel="expected of Exp(1)", ylabel="gaps on this clock")
