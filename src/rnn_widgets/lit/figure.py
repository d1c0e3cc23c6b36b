"""The lit text as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..kit.palette import COLOURS
from .text import READ, UNREAD, letter

if TYPE_CHECKING:
    from .explorer import LitTextExplorer

__all__ = ["describe", "draw"]

BREAK = READ.index("old oak")  # where the second line begins


def describe(explorer: LitTextExplorer) -> str:
    """Say what `draw` shows."""
    reach = explorer.reach
    found = "No letter gets less than a hundredth of the last one's."
    if reach is not None:
        place = f"{letter(reach)}, {reach} letters back"
        found = f"The first letter with less than a hundredth of the last one's is {place}."
    following = f"the {UNREAD[0]} of “{UNREAD.split()[0]}”"
    return (
        f"The text “{READ.strip()}”, each letter with a bar that shows its light: how much the error at the "
        f"next letter, {following}, depends on the state of an untrained network there. The spectral norm of "
        f"the recurrent matrix is {explorer.rho:.2f}. {found} Below, the light against the letters back, "
        f"with the most it can be."
    )


def draw(explorer: LitTextExplorer) -> Figure:
    """Draw the text with its bars, and the curve."""
    shape = Figure(figsize=(9, 4.4), layout="constrained")
    FigureCanvasAgg(shape)
    text, curve = shape.subplots(2, 1, height_ratios=(1, 1.2))
    light = np.where(np.arange(len(READ)) <= explorer.back, explorer.light, 0.0)
    _write(text, light)
    shown = np.arange(explorer.back + 1)
    curve.semilogy(
        explorer.rho**shown, color="black", linestyle="--", label="ρ multiplied by itself: the most it can be"
    )
    curve.semilogy(light[shown], color=COLOURS["blue"], linewidth=3, label="the light of each letter")
    curve.axhline(0.01, color=COLOURS["green"], linestyle=":", label="a hundredth")
    curve.set(
        xlim=(0, len(READ) - 1), ylim=(1e-6, 1e3), xlabel="letters back", ylabel="light (last letter = 1)"
    )
    curve.legend(loc="lower left")
    return shape


def _write(axes: Axes, light: np.ndarray) -> None:
    """Write the letters in two lines, each over its bar; the bar is gone at a hundredth."""
    axes.set(xlim=(-0.6, max(BREAK, len(READ + UNREAD) - BREAK)), ylim=(-2.1, 0.6))
    axes.axis("off")
    for i, sign in enumerate(READ + UNREAD):
        line, column = (0, i) if i < BREAK else (1, i - BREAK)
        style = "normal" if i < len(READ) else "italic"
        axes.text(column, -1.3 * line, sign, ha="center", family="monospace", fontsize=19, style=style)
        if i < len(READ) and (value := light[len(READ) - 1 - i]) > 0.01:
            height = 0.3 * min(2.0, 1 + np.log10(value) / 2)
            place = (column - 0.4, -1.3 * line - 0.1 - height)
            axes.add_patch(Rectangle(place, 0.8, height, color=COLOURS["vermillion"]))
