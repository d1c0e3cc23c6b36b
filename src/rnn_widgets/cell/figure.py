"""The cell as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import CellExplorer

__all__ = ["describe", "draw"]

# Pale enough for black numbers on it.
SIGNS = LinearSegmentedColormap.from_list("signs", [COLOURS["vermillion"], "white", COLOURS["blue"]])
PALE = 0.45


def _listed(values: np.ndarray) -> str:
    *most, last = (f"{value:+.2f}".replace("-", "−") for value in values)
    return f"{', '.join(most)} and {last}"


def describe(explorer: CellExplorer) -> str:
    """Say what `draw` shows."""
    t = explorer.step
    return (
        f"Grids of numbers, coloured by sign, for step {t} of {len(explorer.pre_activations)}: the arrays "
        f"W_hx, W_hh, b_h, W_yh and b_y, the input and the state before. They make the pre-activation "
        f"{_listed(explorer.pre_activations[t - 1])}, whose tanh is the new state, and the output "
        f"{_listed(explorer.probabilities[t - 1])}. Below, all states from h⁽⁰⁾ on."
    )


def _grid(axes: Any, values: np.ndarray, name: str, most: float, form: str) -> None:
    axes.imshow(PALE * np.clip(values / most, -1, 1), cmap=SIGNS, vmin=-1, vmax=1, aspect="auto")
    for (i, j), value in np.ndenumerate(values):
        axes.text(j, i, format(value, form).replace("-", "−"), ha="center", va="center", fontsize=9)
    axes.set(xticks=[], yticks=[])
    axes.set_title(name, fontsize=11)


def draw(explorer: CellExplorer) -> Figure:
    """Draw the arrays and vectors of the present step, and the states of all."""
    shape = Figure(figsize=(9, 5.4), layout="constrained")
    FigureCanvasAgg(shape)
    arrays = {name: np.array(values) for name, values in explorer.arrays.items()}
    t, states = explorer.step, explorer.states
    a, y = explorer.pre_activations[t - 1], explorer.probabilities[t - 1]
    x = np.reshape(explorer.x, (len(states) - 1, -1))[t - 1]
    column = {**arrays, "x": x, "before": states[t - 1], "a": a, "h": np.tanh(a), "y": y, "states": states.T}
    rows = [
        [
            ("W_hx", "$W_{hx}$", 1.5, ".1f"),
            ("x", f"$x^{{({t})}}$", 2, ".1f"),
            ("W_hh", "$W_{hh}$", 1.5, ".1f"),
            ("before", f"$h^{{({t - 1})}}$", 1, ".2f"),
            ("b_h", "$b_h$", 1.5, ".1f"),
            ("a", f"$a^{{({t})}}$", 2, ".2f"),
            ("h", f"$h^{{({t})}}$", 1, ".2f"),
        ],
        [
            ("W_yh", "$W_{yh}$", 1.5, ".1f"),
            ("b_y", "$b_y$", 1.5, ".1f"),
            ("y", f"$y^{{({t})}}$", 1, ".2f"),
            ("states", "the states $h^{(0)}$ to $h^{(6)}$, a row for each unit", 1, ".2f"),
        ],
    ]
    parts: Any = shape.subfigures(2, 1)
    for part, row in zip(parts, rows, strict=True):
        grids = [column[name].reshape(len(column[name]), -1) for name, *_ in row]
        axes = part.subplots(1, len(row), width_ratios=[values.shape[1] for values in grids])
        for each, values, (_, title, most, form) in zip(axes, grids, row, strict=True):
            _grid(each, values, title, most, form)
    return shape
