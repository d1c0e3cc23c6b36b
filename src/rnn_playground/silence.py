"""A unit is silenced in the course of a run."""

from typing import Any

import numpy as np

from rnn_core import History

from .setup import Setup
from .start import assembled, layers_of

__all__ = ["silenced"]


def silenced(
    setup: Setup, params: Any, history: History | None, unit: int, layer: int = 0
) -> tuple[Any, History | None]:
    """Set all weights into and out of a unit to zero, and what Adam remembers of them.

    The gradient of these weights is then zero too, so that the unit stays silent.

    Parameters
    ----------
    setup : Setup
        That of the run.
    params, history
        What `rnn_core.train` returned; None before the first update.
    unit : int
        In 0..m − 1.
    layer : int
        In 0..layers − 1.

    Returns
    -------
    params, history
        For `rnn_core.train` to go on with.
    """
    state = None if history is None else history.optimizer_state
    if history is not None and state is not None:
        mean, square = (_without(setup, tree, unit, layer) for tree in (state.mean, state.square))
        history = history._replace(optimizer_state=state._replace(mean=mean, square=square))
    return _without(setup, params, unit, layer), history


def _without(setup: Setup, tree: Any, unit: int, layer: int) -> Any:
    layers = layers_of(tree)
    W_yh = tree.W_yh.copy()
    own: list[Any] = [None if array is None else array.copy() for array in layers[layer]]
    for array in own:
        if array is not None:
            array[np.arange(len(array)) % setup.m == unit] = 0.0
    layers[layer] = type(layers[layer])(*own)
    layers[layer].W_hh[:, unit] = 0.0
    if layer == setup.layers - 1:
        W_yh[:, unit] = 0.0
    else:
        W_hx = layers[layer + 1].W_hx.copy()
        W_hx[:, unit] = 0.0
        layers[layer + 1] = layers[layer + 1]._replace(W_hx=W_hx)
    return assembled(setup, layers, W_yh, tree.b_y)
