"""The triangle as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from ..kit.palette import COLOURS
from .networks import TEXT

if TYPE_CHECKING:
    from .explorer import TriangleExplorer

__all__ = ["describe", "draw"]

DECADES = (-2.5, 0.5)  # of the norms that are drawn smallest and largest, as in triangle.js


def describe(explorer: TriangleExplorer) -> str:
    """Say what `draw` shows."""
    terms, t, k = explorer.terms, explorer.t, explorer.k
    norm = np.linalg.norm(terms[t - 1, k - 1])
    T = len(terms)
    dropped = T * (T + 1) // 2 - int(explorer.kept.sum())
    return (
        f"The terms C(t,k) of the gradient of W_hh for a network, {explorer.network}, that reads nine "
        f"letters: a square for each loss t and each use k of the matrix up to it, the larger the longer. "
        f"The term ({t}, {k}) is {norm:.3g} long, the gradient, the sum of all {T * (T + 1) // 2}, "
        f"{np.linalg.norm(explorer.gradient):.3g}. The cut drops {dropped} terms."
    )


def draw(explorer: TriangleExplorer) -> Figure:
    """Draw the squares."""
    shape = Figure(figsize=(5.4, 5), layout="constrained")
    FigureCanvasAgg(shape)
    ax = shape.subplots()
    kept, norms = explorer.kept, np.linalg.norm(explorer.terms, axis=(2, 3))
    T = len(kept)
    low, high = DECADES
    for t in range(1, T + 1):
        for k in range(1, t + 1):
            norm = norms[t - 1, k - 1]
            share = 0.0 if norm == 0 else float(np.clip((np.log10(norm) - low) / (high - low), 0, 1))
            side = 0.12 + 0.78 * share
            square = Rectangle((k - side / 2, t - side / 2), side, side, facecolor="none")
            if kept[t - 1, k - 1]:
                square.set(facecolor=COLOURS["blue"], alpha=0.3 + 0.7 * share)
            else:
                square.set(edgecolor=COLOURS["vermillion"], linestyle="--")
            ax.add_patch(square)
    ax.add_patch(Rectangle((explorer.k - 0.5, explorer.t - 0.5), 1, 1, fill=False, linewidth=2))
    ax.text(T + 0.3, 1, "k > t: no path", ha="right", va="center")
    ax.set(
        xlim=(0.5, T + 0.5),
        ylim=(T + 0.5, 0.5),
        aspect="equal",
        xlabel="step k at which W_hh is used",
        ylabel="step t of the loss",
        title=f"{explorer.network}, reading “{TEXT[:-1]}”",
    )
    ax.set_xticks(range(1, T + 1))
    ax.set_yticks(range(1, T + 1))
    return shape
