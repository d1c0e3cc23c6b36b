"""The two networks that the triangle shows: one that has learnt nothing, and the same after training."""

from functools import cache
from typing import Any, NamedTuple

import numpy as np

import rnn_core

__all__ = ["NETWORKS", "TEXT", "Problem", "T", "carried", "problem"]

NETWORKS = ("untrained", "trained")
LETTERS = "abcdefghijklmnopqrstuvwxyz "
WARM_UP = "so it biases "  # read before step 1, so that h^(0) is not zero
TEXT = "the gradie"  # nine letters that are read, each but the first also one to predict
T = len(TEXT) - 1
m = 6


class Problem(NamedTuple):
    """A network and what it reads: what `rnn_core.bptt` takes."""

    params: rnn_core.RNNParams
    x: np.ndarray
    targets: np.ndarray
    h0: np.ndarray


@cache
def _parameters() -> dict[str, rnn_core.RNNParams]:
    """Draw a network and train it to predict the next letter of the book's prose."""
    vocabulary = rnn_core.Vocabulary.of(LETTERS)
    kept = (letter if letter in LETTERS else " " for letter in rnn_core.example_corpus().lower())
    codes = vocabulary.encode(" ".join("".join(kept).split()))
    size, rng = len(vocabulary), np.random.default_rng(7)
    before = rnn_core.init_params(size, m, size, rho=0.9, rng=rng)  # 0.9 times an orthogonal matrix
    batches = rnn_core.next_symbol_batches(codes, size, T=20, B=8, updates=300, rng=rng)
    after, _ = rnn_core.train(before, batches, learning_rate=0.01, optimizer="adam")
    return {"untrained": before, "trained": after}


def problem(network: str) -> Problem:
    """One of the networks, and the letters that it reads.

    The network has 6 units and predicts the next of 27 symbols: the letters a to z and the space. Untrained,
    it is `rnn_core.init_params` with ‖W_hh‖₂ = 0.9. Trained, it has had 300 updates of Adam, η = 0.01, each
    on 8 random windows of 20 letters of `rnn_core.example_corpus`, in lower case and without its other signs.
    It reads "the gradi" after "so it biases ", whose last state is h^(0) and is held fixed.

    Parameters
    ----------
    network : {"untrained", "trained"}
        Which one.

    Returns
    -------
    Problem
        Parameters, inputs (9, 27), targets (9,) and the initial state (6,).
    """
    params = _parameters()[network]
    vocabulary = rnn_core.Vocabulary.of(LETTERS)
    codes = vocabulary.encode(WARM_UP + TEXT)
    x, targets = rnn_core.next_symbol_pair(codes, len(vocabulary))
    start = len(WARM_UP)
    h0 = rnn_core.forward(params, x[:start]).h[-1]
    return Problem(params, x[start:], targets[start:], h0)


def carried(given: Problem) -> dict[str, Any]:
    """What the browser needs of a network: its states, W_hh, and the rows ∂L^(t)/∂h^(t).

    Parameters
    ----------
    given : Problem
        A network and what it reads.

    Returns
    -------
    dict
        Flat lists, row after row: ``h`` ((T+1)·m), ``W`` (m·m) and ``rows`` (T·m).
    """
    passed = rnn_core.backpropagate(*given)
    rows = passed.grad_o @ given.params.W_yh
    states = rnn_core.forward(given.params, given.x, given.h0).h
    return {
        "h": states.ravel().tolist(),
        "W": given.params.W_hh.ravel().tolist(),
        "rows": rows.ravel().tolist(),
    }
