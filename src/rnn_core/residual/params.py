"""The parameters of a stack of recurrent layers, and a way to draw them."""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, choice, float_array, float_type, generator, positive_int, shown
from ..params import RECURRENT_KINDS, recurrent_matrix

__all__ = ["StackLayer", "StackParams", "init_stack"]


class StackLayer(NamedTuple):
    """The parameters of one layer.

    Attributes
    ----------
    W_hx : (m, m) array
        From the layer below; (m, n) in the first layer of a stack without W_in.
    W_hh : (m, m) array
        Hidden to hidden.
    b_h : (m,) array
        Bias.
    """

    W_hx: Array
    W_hh: Array
    b_h: Array


class StackParams(NamedTuple):
    """The parameters of a stack of D layers. A gradient is one of these too.

    Attributes
    ----------
    W_in : (m, n) array or None
        Input to z_0. None: z_0 is x itself, which skip connections allow only if n = m.
    layers : tuple of D StackLayer
        From the input to the output.
    W_yh : (k, m) array
        From the last layer to the output.
    b_y : (k,) array
        Bias of the output.
    """

    W_in: Array | None
    layers: tuple[StackLayer, ...]
    W_yh: Array
    b_y: Array


def read_stack(params: StackParams, skip: bool) -> tuple[StackParams, tuple[int, int, np.dtype[Any]]]:
    """Return the parameters as arrays, and their (n, m, dtype), or say what is wrong with them."""
    if not isinstance(params, StackParams):
        raise TypeError(f"params must be a StackParams, got {type(params).__name__}")
    layers = params.layers
    if not (isinstance(layers, tuple) and layers and all(isinstance(one, StackLayer) for one in layers)):
        raise TypeError(f"params.layers must be a tuple of at least one StackLayer, got {shown(layers)}")
    W_yh = float_array("params.W_yh", params.W_yh, ("k", "m"))
    (k, m), dtype = W_yh.shape, W_yh.dtype
    b_y = float_array("params.b_y", params.b_y, (k,), dtype)
    W_in = None
    if params.W_in is None:
        n = width = float_array("params.layers[0].W_hx", layers[0].W_hx, (m, "n"), dtype).shape[1]
        if skip and n != m:
            raise ValueError(f"params.W_in must be given for skip connections unless n = m, got {n} and {m}")
    else:
        W_in = float_array("params.W_in", params.W_in, (m, "n"), dtype)
        n, width = W_in.shape[1], m
    read = []
    for index, layer in enumerate(layers):
        name = f"params.layers[{index}]"
        W_hx = float_array(f"{name}.W_hx", layer.W_hx, (m, width), dtype)
        W_hh = float_array(f"{name}.W_hh", layer.W_hh, (m, m), dtype)
        read.append(StackLayer(W_hx, W_hh, float_array(f"{name}.b_h", layer.b_h, (m,), dtype)))
        width = m
    return StackParams(W_in, tuple(read), W_yh, b_y), (n, m, dtype)


def init_stack(
    n: int,
    m: int,
    k: int,
    depth: int,
    *,
    rho: float = 0.9,
    recurrent: str = "orthogonal",
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> StackParams:
    """Draw the parameters of a stack, which serve with skip connections and without.

    Parameters
    ----------
    n, m, k : int
        Input, hidden and output sizes.
    depth : int
        D, the number of layers.
    rho : float
        ρ ≥ 0, the spectral norm of the recurrent matrix of each layer.
    recurrent : str
        The family of the recurrent matrices: see `recurrent_matrix`.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of all arrays.

    Returns
    -------
    StackParams
        W_in Gaussian with variance 1/n, all W_hx and W_yh Gaussian with variance 1/m, biases zero.

    Raises
    ------
    ValueError, TypeError
        If a size is below one, ρ is negative, the family unknown or the dtype not a float type above.
    """
    n, m, k, depth = (
        positive_int(name, size) for name, size in (("n", n), ("m", m), ("k", k), ("depth", depth))
    )
    dtype, rng = float_type(dtype), generator(rng)
    choice("recurrent", recurrent, RECURRENT_KINDS)

    def gaussian(rows: int, columns: int) -> Array:
        matrix: Array = (rng.standard_normal((rows, columns)) / np.sqrt(columns)).astype(dtype)
        return matrix

    layers = tuple(
        StackLayer(
            gaussian(m, m), recurrent_matrix(recurrent, m, rho, rng=rng).astype(dtype), np.zeros(m, dtype)
        )
        for _ in range(depth)
    )
    return StackParams(gaussian(m, n), layers, gaussian(k, m), np.zeros(k, dtype))
