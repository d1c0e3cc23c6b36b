"""The window on a sentence as a static figure, and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS

if TYPE_CHECKING:
    from .explorer import WindowExplorer

__all__ = ["describe", "draw"]


def describe(explorer: WindowExplorer) -> str:
    """Say what `draw` shows."""
    window, whole = explorer.window, explorer.whole
    right = explorer.right[explorer.tau - 2]
    return (
        f"Above, the words “{' '.join(explorer.words)}” before a verb, with a window around the last "
        f"{explorer.tau}. Lower left, bars: who sees the window gives a singular verb the probability "
        f"{window[0]:.3f} and a plural one {window[1]:.3f}; who saw all words, {whole[0]:.3f} and "
        f"{whole[1]:.3f}. Lower right, in which share of all sentences a window finds the number of the "
        f"verb, against its length; at {explorer.tau} words it is {right:.4f}."
    )


def draw(explorer: WindowExplorer) -> Figure:
    """Draw the sentence, both readers' probabilities, and the share of verbs that each window finds."""
    shape = Figure(figsize=(9, 4.6), layout="constrained")
    FigureCanvasAgg(shape)
    axes = shape.subplot_mosaic([["words", "words"], ["bars", "lengths"]], height_ratios=(0.3, 1))
    words, tau = explorer.words, explorer.tau
    line = axes["words"]
    for i, word in enumerate([*words, "?"]):
        inside = len(words) - tau <= i < len(words)
        box = {"boxstyle": "round", "edgecolor": COLOURS["blue"] if inside else "0.75"}
        box["facecolor"] = "#dfe3fa" if inside else "white"
        weight = "bold" if i == 1 else "normal"
        line.text(i, 0, word, ha="center", va="center", fontsize=9, weight=weight, bbox=box)
    line.set(xlim=(-0.7, len(words) + 0.7), ylim=(-1, 1))
    line.axis("off")
    bars = axes["bars"]
    places = np.array([0.0, 1.0, 2.5, 3.5])
    heights = [*explorer.window, *explorer.whole]
    bars.bar(places, heights, width=0.7, color=2 * [COLOURS["blue"], COLOURS["vermillion"]])
    for place, height in zip(places, heights, strict=True):
        bars.text(place, height + 0.02, f"{height:.2f}", ha="center")
    bars.set(ylim=(0, 1.12), ylabel="probability")
    readers = ("", f"\nseeing the last {tau} words", "", "\nseeing all words")
    bars.set_xticks(places, 2 * ["singular", "plural"])
    for place, reader in ((0.5, readers[1]), (3.0, readers[3])):
        bars.text(place, -0.12, reader.strip(), ha="center", va="top")
    lengths = axes["lengths"]
    taus = np.arange(2, 2 + len(explorer.right))
    lengths.axhline(1, color="black", linewidth=1, linestyle=":")
    lengths.plot(taus, explorer.right, color=COLOURS["green"], marker="o")
    lengths.plot(tau, explorer.right[tau - 2], "o", color="black", markersize=10, mfc="none")
    lengths.set(ylim=(0.48, 1.03), xlabel="words in the window", ylabel="verbs guessed right")
    return shape
