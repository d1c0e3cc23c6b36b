"""The memory cell as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import HoldExplorer

__all__ = ["describe", "draw"]


def describe(explorer: HoldExplorer) -> str:
    """Say what `draw` shows."""
    t, trace = explorer.step, explorer.trace
    written = "1" if explorer.bit == "plus" else "−1"
    f = trace.gates[:, 1]
    gates = f"{f[1]:.4f} at every step" if f.min() == f.max() else f"between {f.min():.4f} and {f.max():.4f}"
    return (
        f"Three panels over forty steps. Above, the forget gate, which is {gates}. In the middle, the cell, "
        f"into which step 1 writes {written}; at step {t} it holds {trace.c[t, 0]:.3f}. Below, the "
        f"derivative of this by the cell at each step before, a product of forget gates; by that of step 1 "
        f"it is {explorer.gradient[0]:.3g}."
    )


def draw(explorer: HoldExplorer) -> Figure:
    """Draw the forget gate, the cell and the gradient over the steps."""
    shape = Figure(figsize=(9, 5.4), layout="constrained")
    FigureCanvasAgg(shape)
    gate, cell, gradient = shape.subplots(3, 1, sharex=True, height_ratios=(0.8, 1.1, 0.9))
    t, trace = explorer.step, explorer.trace
    steps = np.arange(1, len(trace.h))
    gate.step(steps, explorer.arguments[:, 1], where="mid", color=COLOURS["blue"], linewidth=3)
    shown = np.array([0.1, 0.5, 0.9, 0.99, 0.999])
    gate.set_yticks(np.log(shown / (1 - shown)), [f"{f:g}" for f in shown])
    gate.set(ylim=(-4.3, 8.3), ylabel="forget gate f")
    cell.axhline(0, color="black", linewidth=0.8)
    cell.bar(steps[:t], trace.c[1 : t + 1, 0], width=0.7, color=COLOURS["blue"], label="cell c")
    hidden = trace.h[1 : t + 1, 0]
    cell.plot(
        steps[:t], hidden, "o", color=COLOURS["vermillion"], mfc="white", markersize=4, label="h = q tanh(c)"
    )
    cell.set(ylabel="cell c and state h")
    cell.legend(loc="best")
    gradient.bar(steps[:t], explorer.gradient, width=0.7, color=COLOURS["green"])
    gradient.set(ylim=(0, 1.05), xlim=(0.4, len(steps) + 0.6), ylabel=f"∂c$_{{{t}}}$ / ∂c$_k$", xlabel="step")
    gradient.set_xticks([1, 10, 20, 30, 40])
    return shape
