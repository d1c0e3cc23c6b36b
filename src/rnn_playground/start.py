"""The parameters that a run starts with, in rnn_core's own classes where it has them."""

from typing import Any, NamedTuple

import numpy as np

from rnn_core import RNNParams, recurrent_matrix
from rnn_core.gated import GRUParams, LSTMParams
from rnn_core.residual import StackLayer, StackParams

from .random import Generator
from .setup import Setup
from .tasks import make_task

__all__ = ["GatedLayer", "GatedStack", "start"]

Array = np.ndarray[Any, np.dtype[Any]]
BLOCKS = {"tanh": 1, "relu": 1, "lstm": 4, "gru": 3}


class GatedLayer(NamedTuple):
    """One layer of a `GatedStack`, with rows as in LSTMParams or GRUParams; b_hn is that of a GRU."""

    W_hx: Array
    W_hh: Array
    b_h: Array
    b_hn: Array | None = None


class GatedStack(NamedTuple):
    """Two gated layers with an output: `rnn_core` has no class for these."""

    layers: tuple[GatedLayer, ...]
    W_yh: Array
    b_y: Array


def start(setup: Setup, text: str = "") -> Any:
    """Draw the parameters of a set-up.

    The order is that of `rnn_core.init_params`: for each layer its W_hh, a block after the other, then its
    W_hx with variance 1/width; at last W_yh with variance 1/m. Biases are zero, but for the forget bias.

    Returns
    -------
    RNNParams, LSTMParams, GRUParams, StackParams (two plain layers) or GatedStack (two gated ones)
        All float64.
    """
    task, rng = make_task(setup, text), Generator(setup.seed, 0)
    m, blocks = setup.m, BLOCKS[setup.cell]
    layers = []
    for layer in range(setup.layers):
        width = m if layer else task.n
        W_hh = np.concatenate([recurrent_matrix(setup.family, m, setup.rho, rng=rng) for _ in range(blocks)])
        W_hx = rng.standard_normal((blocks * m, width)) / np.sqrt(width)
        if layer == 0:
            W_hx = W_hx * setup.input_scale
        b_h = np.zeros(blocks * m)
        if blocks > 1:
            b_h[m : 2 * m] = setup.forget_bias
        layers.append(GatedLayer(W_hx, W_hh, b_h, np.zeros(m) if setup.cell == "gru" else None))
    W_yh, b_y = rng.standard_normal((task.k, m)) / np.sqrt(m), np.zeros(task.k)
    return assembled(setup, layers, W_yh, b_y)


def assembled(setup: Setup, layers: list[GatedLayer], W_yh: Array, b_y: Array) -> Any:
    """Put the arrays of all layers and of the output into the class of this set-up."""
    if setup.layers == 2:
        if setup.cell in ("tanh", "relu"):
            return StackParams(None, tuple(StackLayer(*layer[:3]) for layer in layers), W_yh, b_y)
        return GatedStack(tuple(layers), W_yh, b_y)
    return layer_params(setup.cell, layers[0], W_yh, b_y)


def layer_params(cell: str, layer: Any, W_yh: Array, b_y: Array) -> Any:
    """Return one layer with an output as the class that rnn_core has for the cell."""
    if cell == "lstm":
        return LSTMParams(layer.W_hx, layer.W_hh, W_yh, layer.b_h, b_y)
    if cell == "gru":
        return GRUParams(layer.W_hx, layer.W_hh, W_yh, layer.b_h, b_y, layer.b_hn)
    return RNNParams(layer.W_hx, layer.W_hh, W_yh, layer.b_h, b_y)


def layers_of(params: Any) -> list[GatedLayer]:
    """Return the arrays of each layer, of whatever class the parameters are."""
    parts = params.layers if hasattr(params, "layers") else (params,)
    return [GatedLayer(p.W_hx, p.W_hh, p.b_h, getattr(p, "b_hn", None)) for p in parts]
