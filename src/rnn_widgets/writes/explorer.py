"""The explorer of a network that learns to write: letters, spaces, words."""

import re
from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, integer, number, text
from . import figure
from .network import CHECKPOINTS, MOST_LETTERS, NETWORK, TYPED, params_at

__all__ = ["WritesExplorer"]

WRITTEN = 150  # characters
SEEDS = 1000
RUN = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")


class WritesExplorer(Explorer):
    """The network of chapter 1 at six moments of its training: what it expects next, and what it writes.

    A network of Equations (1) to (4) with 64 units was trained on this book's own prose by
    experiments/writes.py, which kept it after 0, 30, 100, 300, 1 000 and 10 000 updates. Its weights are
    rounded to 8 bits, so that the page can carry them. It reads the beginning, from a state of zeros, and
    then each character that it has written.

    The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    checkpoint : int
        Which of the six networks writes, 0 being the untrained one.
    text : str
        The beginning: at most 40 characters of the training text, no new line.
    temperature : float
        What the logits are divided by before the softmax, in [0, 1.5]; with 0 the most probable character is
        taken at each step.
    seed : int
        Which random numbers draw the characters, in 0..999.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "writes"
    SETTINGS = ("checkpoint", "text", "temperature", "seed")
    QUESTION = "When does it learn its letters, its spaces, its words?"
    INSTRUCTION = "Go through its training, give it a beginning, and read what it writes."

    checkpoint = integer(0, 0, len(CHECKPOINTS) - 1)
    text = text("the", TYPED, MOST_LETTERS)
    temperature = number(1.0, 0.0, 1.5)
    seed = integer(0, 0, SEEDS - 1)
    network: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, **traits: Any) -> None:
        self.set_trait("network", NETWORK)
        super().__init__(**traits)

    @property
    def params(self) -> rnn_core.RNNParams:
        """The network that writes, its weights rounded as in the browser."""
        return params_at(self.checkpoint)

    @property
    def loss(self) -> float:
        """Its loss in nats per character of the held-back text, as stored."""
        loss: float = CHECKPOINTS[self.checkpoint]["loss"]
        return loss

    def _read(self, read: str, h: np.ndarray) -> np.ndarray:
        """The state after more characters."""
        if not read:
            return h
        symbols = NETWORK["symbols"]
        x = rnn_core.one_hot([symbols.index(symbol) for symbol in read], len(symbols))
        after: np.ndarray = rnn_core.forward(self.params, x, h0=h).h[-1]
        return after

    def _expect(self, h: np.ndarray) -> np.ndarray:
        """The probabilities of the next character: Equations (3) and (4), with the temperature."""
        o = self.params.W_yh @ h + self.params.b_y
        if self.temperature == 0:
            return rnn_core.one_hot(int(o.argmax()), len(o))
        y: np.ndarray = np.exp((o - o.max()) / self.temperature)
        y /= y.sum()
        return y

    @property
    def probabilities(self) -> np.ndarray:
        """Those of each character after the beginning, in the order of the vocabulary: (73,)."""
        return self._expect(self._read(self.text, np.zeros(NETWORK["m"])))

    @property
    def written(self) -> str:
        """The 150 characters that follow the beginning."""
        written, random = "", _Random(self.seed)
        h = self._read(self.text, np.zeros(NETWORK["m"]))
        for _ in range(WRITTEN):
            total = np.cumsum(self._expect(h))
            drawn = min(int((total <= random()).sum()), len(total) - 1)
            written += NETWORK["symbols"][drawn]
            h = self._read(written[-1], h)
        return written

    @property
    def runs(self) -> list[str]:
        """All runs of two or more small letters that begin and end within what is written."""
        whole = self.text + self.written
        found = RUN.finditer(whole)
        return [run[0] for run in found if run.start() >= len(self.text) and run.end() < len(whole)]

    @property
    def words(self) -> list[str]:
        """Those of them that the training text has as well."""
        known = set(NETWORK["words"].split())
        return [run for run in self.runs if run in known]

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)


class _Random:
    """Numbers in [0, 1) by s ← 1664525 s + 1013904223 modulo 2³²: the browser must draw the same ones."""

    def __init__(self, seed: int) -> None:
        self.state = 2654435761 * (seed + 1) % 2**32

    def __call__(self) -> float:
        self.state = (1664525 * self.state + 1013904223) % 2**32
        return self.state / 2**32
