"""Softmax and surprise as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import SoftmaxExplorer

__all__ = ["describe", "draw"]

WORDS = ("is", "are", "was")
MOST_LOSS = 11.0


def _listed(values: list[float] | np.ndarray, form: str) -> str:
    first, second, third = (format(value, form).replace("-", "−") for value in values)
    return f"{first}, {second} and {third}"


def describe(explorer: SoftmaxExplorer) -> str:
    """Say what `draw` shows."""
    return (
        f"Bars for the words is, are and was. Their logits are {_listed(explorer.logits, '.1f')}, their "
        f"probabilities {_listed(explorer.probabilities, '.3f')}. The word {explorer.happened} happened: on "
        f"the curve of −log p the loss is {explorer.loss:.2f} nats. The gradient is "
        f"{_listed(explorer.gradient, '+.3f')}."
    )


def draw(explorer: SoftmaxExplorer) -> Figure:
    """Draw the logits, their probabilities, the loss on its curve, and the gradient."""
    shape = Figure(figsize=(9, 5.2), layout="constrained")
    FigureCanvasAgg(shape)
    (scores, shares), (slopes, cost) = shape.subplots(2, 2)
    y = explorer.probabilities
    scores.bar(WORDS, explorer.logits, color=COLOURS["blue"], width=0.5)
    scores.set(ylim=(-5.2, 5.2), title="logits $o$")
    shares.bar(WORDS, y, color=COLOURS["blue"], width=0.5)
    shares.bar(
        [explorer.happened],
        [1.0],
        fill=False,
        edgecolor=COLOURS["green"],
        linestyle="--",
        linewidth=2,
        width=0.6,
    )
    shares.set(ylim=(0, 1.05), title="$y$ = softmax($o$); dashed: what happened")
    signs = [COLOURS["vermillion"] if value > 0 else COLOURS["green"] for value in explorer.gradient]
    slopes.bar(WORDS, explorer.gradient, color=signs, width=0.5)
    slopes.set(ylim=(-1.05, 1.05), title="gradient $y - e_c$")
    p = np.exp(-np.linspace(0, MOST_LOSS, 300))
    cost.plot(p, -np.log(p), color=COLOURS["blue"])
    cost.plot([np.exp(-explorer.loss)], [explorer.loss], "o", color=COLOURS["vermillion"])
    cost.set(
        xlim=(-0.02, 1.02),
        ylim=(0, MOST_LOSS),
        xlabel="probability of what happened",
        title="loss $-\\log\\, y_c$",
    )
    for axes in (scores, slopes):
        axes.axhline(0, color=COLOURS["black"], linewidth=0.8)
    return shape
