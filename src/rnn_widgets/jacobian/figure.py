"""The Jacobian explorer as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS
from ..kit.wording import factor
from . import words

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .explorer import JacobianExplorer

__all__ = ["describe", "draw"]

BLUE, VERMILLION, GREEN = (COLOURS[name] for name in ("blue", "vermillion", "green"))
DECADES = (-8, 4)  # as in the browser: the axis does not follow the curves
VANISH_PLACES, EXPLODE_PLACES = ((0.5, 0.3), (1.4, 0.3)), ((1.5, 1.65), (1.5, 1.1))  # of the regions' names


def describe(explorer: JacobianExplorer) -> str:
    """Say what `draw` shows: the setting, what the bound allows and what was measured."""
    measured = explorer.measured
    radius = "which here is the bound too" if words.radius_label(measured) == "the bound too" else "no bound"
    return (
        f"Left: the plane of γ and ρ with the curve γρ = 1 and a point at γ = {explorer.gamma:.2f}, "
        f"ρ = {explorer.rho:.2f}. Right: norms of Jacobian products against lag on a log scale: measured, "
        f"the bound (γρ)^lag, and (γ·radius)^lag, {radius}; "
        f"the matrix is {explorer.family}, the activation {explorer.activation}. "
        f"{words.verdict(measured, explorer.gamma, explorer.activation)} {words.lag_text(measured)}."
    )


def draw(explorer: JacobianExplorer) -> Figure:
    """Draw both panels of the explorer in its present state."""
    figure = Figure(figsize=(9, 3.9), layout="constrained")
    FigureCanvasAgg(figure)
    plane, decay = figure.subplots(1, 2, width_ratios=(1, 1.35))
    _draw_plane(plane, explorer.gamma, explorer.rho)
    _draw_decay(decay, explorer)
    return figure


def _draw_plane(axes: Axes, gamma: float, rho: float) -> None:
    border = np.linspace(0.5, 2.0, 100)
    axes.fill_between([0, *border], [2, *(1 / border)], color=BLUE, alpha=0.16, linewidth=0)
    axes.plot(border, 1 / border, color="black", linewidth=1.5)
    axes.plot([0, gamma, gamma], [rho, rho, 0], color="black", alpha=0.5, linestyle=":")
    axes.plot(gamma, rho, "o", color=BLUE, markersize=10, clip_on=False)
    # The point's label stays inside the frame and off the curve, and the regions' names keep clear of it.
    widest, highest = (0.6, 0.25) if gamma * rho < 1 else (1.35, 1.7)
    right, up = (1 if gamma < widest else -1), (1 if rho < highest else -1)
    axes.annotate(
        f"γρ = {factor(gamma * rho)}",
        (gamma, rho),
        (8 * right, 8 * up),
        textcoords="offset points",
        ha="left" if right > 0 else "right",
        va="bottom" if up > 0 else "top",
        weight="bold",
        bbox={"facecolor": "white", "alpha": 0.75, "linewidth": 0, "pad": 1},
    )
    label = (gamma + 0.35 * right, rho + 0.14 * up)
    for name, places in (("γρ < 1\nmust vanish", VANISH_PLACES), ("γρ > 1\nmay explode", EXPLODE_PLACES)):
        place = max(places, key=lambda place: _clearance(place, (gamma, rho), label))
        axes.text(*place, name, ha="center", va="center", style="italic")
    axes.set(
        xlim=(0, 2), ylim=(0, 2), xlabel="γ, the largest slope of φ", ylabel="ρ = ‖W‖₂, the spectral norm"
    )
    axes.set_aspect("equal")


def _clearance(place: tuple[float, float], *taken: tuple[float, float]) -> float:
    """Return the distance of a region's name from the nearest of some places, in sizes of a text."""
    return min(max(abs(place[0] - x) / 0.6, abs(place[1] - y) / 0.2) for x, y in taken)


def _draw_decay(axes: Axes, explorer: JacobianExplorer) -> None:
    lag, radius = np.arange(explorer.T + 1), words.radius_label(explorer.measured)
    curves = (
        (explorer.log_norms, "measured", BLUE, "-", 3),
        (explorer.log_bound, r"bound (γρ)$^{\mathrm{lag}}$", VERMILLION, "--", 2),
        (explorer.log_radius, rf"(γ·radius)$^{{\mathrm{{lag}}}}$: {radius}", GREEN, ":", 2.5),
    )
    for values, label, colour, style, width in curves:
        # A product that is zero has the logarithm −∞: drawn as a fall out of the frame.
        decades = np.maximum(values / np.log(10), 10 * DECADES[0])
        axes.plot(lag, decades, color=colour, linestyle=style, linewidth=width, label=label)
    axes.axhline(-2, color="black", linewidth=0.8)
    axes.text(explorer.T, -2, "1 %", ha="right", va="bottom")
    axes.set(xlim=(0, explorer.T), ylim=DECADES, xlabel="lag t, in steps", ylabel="‖J$_t$⋯J$_1$‖₂")
    ticks = range(DECADES[0], DECADES[1] + 1, 2)
    axes.set_yticks(ticks, ["1" if tick == 0 else f"$10^{{{tick}}}$" for tick in ticks])
    axes.grid(alpha=0.3)
    axes.legend(loc="lower left", frameon=True)
