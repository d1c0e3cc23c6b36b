"""What the network expects and writes, as a static figure and in words."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from ..kit.palette import COLOURS
from .network import CHECKPOINTS, NETWORK

if TYPE_CHECKING:
    from .explorer import WritesExplorer

__all__ = ["describe", "draw"]

SHOWN = 12  # bars
NAMES = {" ": "a space", "\n": "a new line"}


def _updates(checkpoint: int) -> str:
    return f"{CHECKPOINTS[checkpoint]['updates']:,d}".replace(",", " ")


def describe(explorer: WritesExplorer) -> str:
    """Say what `draw` shows."""
    y = explorer.probabilities
    top = NETWORK["symbols"][int(y.argmax())]
    after = f"After “{explorer.text}”" if explorer.text else "At the beginning"
    start = f"A network after {_updates(explorer.checkpoint)} updates of its training"
    if explorer.checkpoint == 0:
        start = "An untrained network"
    return (
        f"{start}. {after} its most probable "
        f"next character is {NAMES.get(top, top)}, with {y.max():.3f}. Its loss on held-back text is "
        f"{explorer.loss:.2f} nats per character, on a curve that falls from {CHECKPOINTS[0]['loss']:.2f} to "
        f"{CHECKPOINTS[-1]['loss']:.2f}. Of {len(explorer.runs)} runs of small letters that it writes, "
        f"{len(explorer.words)} are words of the training text."
    )


def draw(explorer: WritesExplorer) -> Figure:
    """Draw the probabilities, the loss, and the text."""
    shape = Figure(figsize=(9, 4.6), layout="constrained")
    FigureCanvasAgg(shape)
    panels = shape.subplot_mosaic([["bars", "loss"], ["text", "text"]], height_ratios=(2, 1))
    bars, loss, text = panels["bars"], panels["loss"], panels["text"]
    y = explorer.probabilities
    top = np.argsort(-y, kind="stable")[:SHOWN]
    names = [{" ": "space", "\n": "line"}.get(NETWORK["symbols"][i], NETWORK["symbols"][i]) for i in top]
    places = np.arange(SHOWN + 1)
    bars.bar(places, [*y[top], max(0.0, 1 - y[top].sum())], color=COLOURS["blue"], width=0.7)
    bars.set_xticks(places, [*names, "rest"])
    bars.set(ylim=(0, 1), title=f"probability of what follows “{explorer.text}”")
    loss.plot([each["loss"] for each in CHECKPOINTS], "o-", color=COLOURS["blue"])
    loss.plot(explorer.checkpoint, explorer.loss, "o", color=COLOURS["vermillion"], markersize=11)
    loss.axhline(np.log(len(NETWORK["symbols"])), color=COLOURS["black"], linestyle="--")
    loss.text(len(CHECKPOINTS) - 1, np.log(len(NETWORK["symbols"])) + 0.08, "guessing", ha="right")
    loss.set_xticks(range(len(CHECKPOINTS)), [_updates(i) for i in range(len(CHECKPOINTS))])
    loss.set(ylim=(0, 5), xlabel="updates (not to scale)", title="loss, nats per character")
    text.axis("off")
    written = (explorer.text + explorer.written).replace("\n", "↵").replace("$", r"\$")
    text.text(0, 1, textwrap.fill(written, 84), va="top", family="monospace", fontsize=12)
    return shape
