"""The circle and its image as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from .explorer import CircleExplorer

__all__ = ["describe", "draw"]

DECADES = (-3, 3)  # as in the browser


def describe(explorer: CircleExplorer) -> str:
    """Say what `draw` shows."""
    (a, b), (c, d) = explorer.W
    after = f"{explorer.steps} step{'' if explorer.steps == 1 else 's'}"
    return (
        f"Left: the unit circle, its image after one step of the matrix W with the rows ({a:.2f}, {b:.2f}) "
        f"and ({c:.2f}, {d:.2f}), and its image after {after}; the longest half axis of that is "
        f"{explorer.norms[explorer.steps]:.3g}. Right: the longest half axis against the steps on a log "
        f"scale, between the powers of the spectral radius {explorer.spectral_radius:.3g} and those of the "
        f"norm {explorer.spectral_norm:.3g}; "
        f"after {len(explorer.norms) - 1} steps it is {explorer.norms[-1]:.3g}."
    )


def draw(explorer: CircleExplorer) -> Figure:
    """Draw the circle with its images, and the lengths."""
    shape = Figure(figsize=(9, 3.8), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2, width_ratios=(1, 1.4))
    _draw_circle(left, explorer)
    _draw_lengths(right, explorer)
    return shape


def _draw_circle(axes: Axes, explorer: CircleExplorer) -> None:
    angles = np.linspace(0, 2 * np.pi, 181)
    circle = np.array([np.cos(angles), np.sin(angles)])
    powers = {
        "unit circle": (np.eye(2), "black", ":"),
        "after 1 step": (explorer.W, COLOURS["vermillion"], "--"),
    }
    if explorer.steps > 1:
        power = np.linalg.matrix_power(explorer.W, explorer.steps)
        powers[f"after {explorer.steps} steps"] = (power, COLOURS["blue"], "-")
    for label, (power, colour, style) in powers.items():
        axes.plot(*(power @ circle), color=colour, linestyle=style, linewidth=2, label=label)
    axes.set_aspect("equal", adjustable="datalim")
    axes.legend(loc="upper left")


def _draw_lengths(axes: Axes, explorer: CircleExplorer) -> None:
    t = np.arange(len(explorer.norms))
    curves = (
        (explorer.norms, "longest half axis ‖Wᵗ‖₂", COLOURS["blue"], "o-"),
        (explorer.spectral_norm**t, "norm, to the power t", COLOURS["vermillion"], "--"),
        (explorer.spectral_radius**t, "spectral radius, to the power t", COLOURS["green"], ":"),
    )
    for values, label, colour, style in curves:
        # A length of zero falls out of the frame.
        axes.plot(t, np.maximum(values, 1e-30), style, color=colour, linewidth=2, label=label)
    axes.set(yscale="log", ylim=[10.0**decade for decade in DECADES], xlabel="step t", ylabel="length")
    axes.legend(loc="upper left")
