"""Unrolled as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS
from .passes import ORDER, STEPS

if TYPE_CHECKING:
    from .explorer import UnrolledExplorer

__all__ = ["describe", "draw"]

_ROWS = {"x": 0.0, "a": 1.0, "h": 2.1, "o": 3.1, "y": 4.0, "L": 4.8}
_SMALL = "₀₁₂₃"
_JUDGED = {
    "dh1": "∂h₁",
    "dh2": "∂h₂",
    "dh3": "∂h₃",
    "dW_hx": "$∂W_{hx}$",
    "dW_hh": "$∂W_{hh}$",
    "dw": "∂w",
}
_ERRORS = {
    "none": "without an error",
    "direct": "with the direct term left out",
    "twice": "with the slope applied twice",
    "late": "with each slope taken one step late",
    "printed": "by the printed (10)",
}


def _known(explorer: UnrolledExplorer) -> dict[str, float]:
    """Return the numbers computed so far, by name; the inputs are given."""
    there = {"x1", "x2", "x3", *ORDER[: explorer.step + 1]}
    return {name: value for name, value in explorer.values.items() if name in there}


def _written(value: float) -> str:
    return f"{value:.3f}".replace("-", "−")


def describe(explorer: UnrolledExplorer) -> str:
    """Say what `draw` shows."""
    known, right = _known(explorer), explorer.right_gradients
    text = (
        "Left: a network of one unit unrolled over three steps, in each column input x, pre-activation a, "
        f"state h, logit o, probability y and loss L, {explorer.step} of {len(ORDER) - 1} numbers computed, "
        f"with the gradients below the values, {_ERRORS[explorer.error]}. W_hh is {explorer.W_hh:.2f}."
    )
    gradients = [name for name in ("dh3", "dh2", "dh1") if name in known]
    if not gradients:
        return text + " No gradient of a state is known yet."
    said = [
        f"∂L/∂h{_SMALL[int(name[2])]} is {_written(known[name])} (right: {_written(right[name])})"
        for name in gradients
    ]
    return text + f" Right: the gradients as bars beside what is right. {', '.join(said)}."


def draw(explorer: UnrolledExplorer) -> Figure:
    """Draw the graph and the gradients beside what is right."""
    shape = Figure(figsize=(9, 5), layout="constrained")
    FigureCanvasAgg(shape)
    left, right = shape.subplots(1, 2, width_ratios=(1.5, 1))
    known = _known(explorer)
    _draw_graph(left, known)
    _draw_gradients(right, known, explorer.right_gradients)
    return shape


def _draw_graph(axes: Axes, known: dict[str, float]) -> None:
    _box(axes, 0, _ROWS["h"], [("h₀", known["h0"], "blue")])
    for t in STEPS:
        for name, row in _ROWS.items():
            lines = [(f"{name}{_SMALL[t]}", known.get(f"{name}{t}"), "blue")]
            if name in "aho":
                symbol = f"δ{_SMALL[t]}" if name == "a" else f"∂{name}{_SMALL[t]}"
                lines.append((symbol, known.get(f"d{name}{t}"), "vermillion"))
            _box(axes, t, row, lines)
        for low, high in zip(list(_ROWS)[:-1], list(_ROWS)[1:], strict=True):
            axes.plot([t, t], [_ROWS[low], _ROWS[high]], color="0.6", linewidth=1, zorder=1)
        axes.plot([t - 1, t], [_ROWS["h"], _ROWS["a"]], color="0.6", linewidth=1, zorder=1)
    axes.set(xlim=(-0.3, 3.5), ylim=(-0.4, 5.2))
    axes.axis("off")


def _box(axes: Axes, x: float, y: float, lines: list[tuple[str, float | None, str]]) -> None:
    """Draw a box with a line for each number; a number that is not known is only named."""
    for i, (symbol, value, colour) in enumerate(lines):
        text = symbol if value is None else f"{symbol}  {_written(value)}"
        height = y + 0.19 * (len(lines) - 1) - 0.38 * i
        look = {"boxstyle": "square,pad=0.25", "fc": "white", "ec": "0.6", "linewidth": 0.8}
        axes.text(
            x, height, text, color=COLOURS[colour], ha="center", va="center", fontsize=10, bbox=look, zorder=2
        )


def _draw_gradients(axes: Axes, known: dict[str, float], right: dict[str, float]) -> None:
    names = [name for name in _JUDGED if name in known]
    places = [list(_JUDGED).index(name) for name in names]
    axes.axhline(0, color="black", linewidth=0.8)
    axes.bar(places, [known[name] for name in names], width=0.4, color=COLOURS["vermillion"])
    look: dict[str, Any] = {"marker": "_", "s": 500, "color": COLOURS["green"], "linewidth": 2.5, "zorder": 3}
    axes.scatter(places, [right[name] for name in names], **look)
    axes.set_xticks(range(len(_JUDGED)), list(_JUDGED.values()))
    axes.set(xlim=(-0.6, len(_JUDGED) - 0.4), ylabel="gradient of L: backward pass (bar), right (line)")
