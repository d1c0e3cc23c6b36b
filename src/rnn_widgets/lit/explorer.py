"""The explorer of a text lit by its gradient: how far back the error at one letter reaches."""

from typing import Any

import numpy as np
import traitlets
from matplotlib.figure import Figure

import rnn_core

from ..kit.explorer import Explorer, integer, number
from . import figure
from .text import ALPHABET, READ, UNREAD, WORD

__all__ = ["LitTextExplorer"]

UNITS = 16
NETWORKS = 3
DARK = 0.01  # of the last letter's light: a letter with less is dark


class LitTextExplorer(Explorer):
    """A sentence whose letters glow with the gradient of one loss, that of guessing the next letter.

    An untrained network of Equations (1) to (4), with 16 units, reads the letters one-hot, from a state of
    zeros. The light of the letter k steps before the last is ‖∂L/∂h^(T−k)‖, divided by ‖∂L/∂h^(T)‖: at each
    step back the gradient is multiplied by the transposed Jacobian of Equation (18). W_hh is ρ times an
    orthogonal matrix, so a step makes it at most ρ times as long, and k steps at most ρ^k times: (20)
    with γ = 1.

    The browser computes it anew at each movement and needs no kernel.

    Parameters
    ----------
    rng : numpy.random.Generator, optional
        Source of the three networks. Left out, they are the same each time.
    name : str, optional
        What it is called in addresses.
    **traits
        Initial values of the attributes below.

    Attributes
    ----------
    rho : float
        ρ = ‖W_hh‖₂, in [0.3, 1.6].
    draw : int
        Which of the three networks reads.
    back : int
        How many letters before the last are lit, at most 59, which is all of them.

    Raises
    ------
    TraitError
        If a setting is out of its range or of the wrong type.
    FileNotFoundError
        If the JavaScript has not been built.
    """

    BUNDLE = "lit"
    SETTINGS = ("rho", "draw", "back")
    QUESTION = "How far back does a mistake reach?"
    INSTRUCTION = "Move ρ, the most that a step back leaves, and press play."

    rho = number(0.9, 0.3, 1.6)
    draw = integer(0, 0, NETWORKS - 1)
    back = integer(len(READ) - 1, 0, len(READ) - 1)
    networks: Any = traitlets.List(read_only=True).tag(sync=True)
    text: Any = traitlets.Dict(read_only=True).tag(sync=True)

    def __init__(self, *, rng: np.random.Generator | None = None, **traits: Any) -> None:
        rng = np.random.default_rng(0) if rng is None else rng
        size = len(ALPHABET)
        drawn = [rnn_core.init_params(size, UNITS, size, rho=1.0, rng=rng) for _ in range(NETWORKS)]
        matrices = ("W_hx", "W_hh", "W_yh")
        self.set_trait(
            "networks", [{key: getattr(params, key).ravel().tolist() for key in matrices} for params in drawn]
        )
        self.set_trait("text", {"read": READ, "unread": UNREAD, "alphabet": ALPHABET, "word": list(WORD)})
        super().__init__(**traits)

    @property
    def params(self) -> rnn_core.RNNParams:
        """The network that reads, its W_hh of spectral norm ρ."""
        network = {key: np.array(values) for key, values in self.networks[self.draw].items()}
        return rnn_core.RNNParams(
            W_hx=network["W_hx"].reshape(UNITS, -1),
            W_hh=self.rho * network["W_hh"].reshape(UNITS, UNITS),
            W_yh=network["W_yh"].reshape(-1, UNITS),
            b_h=np.zeros(UNITS),
            b_y=np.zeros(len(ALPHABET)),
        )

    @property
    def light(self) -> np.ndarray:
        """The light of each letter, the last one first, by `rnn_core`: (60,), beginning with 1."""
        params = self.params
        trace = rnn_core.forward(params, np.eye(len(ALPHABET))[[ALPHABET.index(one) for one in READ]])
        jacobians = rnn_core.step_jacobians(params, trace)
        error = trace.y[-1].copy()
        error[ALPHABET.index(UNREAD[0])] -= 1.0
        gradient = params.W_yh.T @ error
        lengths = [np.linalg.norm(gradient)]
        for jacobian in jacobians[:0:-1]:
            gradient = jacobian.T @ gradient
            lengths.append(np.linalg.norm(gradient))
        light: np.ndarray = np.array(lengths) / lengths[0]
        return light

    @property
    def reach(self) -> int | None:
        """How many letters back the first dark letter stands, or None if there is none."""
        return rnn_core.lag_below(np.log(self.light), DARK)

    @property
    def alt_text(self) -> str:
        """The present figure in words."""
        return figure.describe(self)

    def figure(self) -> Figure:
        """Draw the present state as a static figure, for print and for readers without JavaScript."""
        return figure.draw(self)
