"""Weights from PyTorch and Keras, and back: plain arrays in their layouts; neither library is needed here.

===============  ==============================  =======================================
What             rnn_core and PyTorch            Keras
===============  ==============================  =======================================
a product        W x, W is (blocks·m, n)         x K, the kernel K is (n, blocks·m)
LSTM, blocks     i, f, g, o                      i, f, c (our g), o
GRU, blocks      r, z, n                         z, r, h (our n)
GRU, biases      b_h and b_hn; PyTorch: two of   one of 3m; with ``reset_after=True`` two,
                 3m, added up for r and z        as rows, added up for z and r
===============  ==============================  =======================================

Both libraries have z on h^(t−1) and 1 − z on the candidate, as `gru` does. PyTorch's GRU and Keras's with
``reset_after=True``, its default, have reset "after"; Keras's with ``reset_after=False`` has reset "before".
Neither library has peepholes in these layers. Weights do not tell the activations: those of a layer must be
tanh and the logistic sigmoid, the defaults of both libraries. Files of Keras before 2.3 often have
``hard_sigmoid``, with which the outputs are others; give the layer's configuration to have that checked.
"""

from typing import Any, TypeVar

import numpy as np

from .._checks import Array, as_array, float_array, shown
from .._tree import tree_map
from .params import GRUParams, LSTMParams, read_gru, read_lstm

__all__ = [
    "gru_from_keras",
    "gru_from_torch",
    "gru_to_keras",
    "gru_to_torch",
    "lstm_from_keras",
    "lstm_from_torch",
    "lstm_to_keras",
    "lstm_to_torch",
]

Params = TypeVar("Params", LSTMParams, GRUParams)


# Shapes of the arguments, in their order. Sizes are learnt from the first array that has them.
TORCH_LSTM = {
    "weight_ih": ("4m", "n"),
    "weight_hh": ("4m", "m"),
    "bias_ih": ("4m",),
    "bias_hh": ("4m",),
    "linear_weight": ("k", "m"),
    "linear_bias": ("k",),
}
TORCH_GRU = {name: tuple(size.replace("4", "3") for size in shape) for name, shape in TORCH_LSTM.items()}
KERAS_LSTM = {
    "kernel": ("n", "4m"),
    "recurrent_kernel": ("m", "4m"),
    "bias": ("4m",),
    "dense_kernel": ("m", "k"),
    "dense_bias": ("k",),
}
KERAS_GRU = {name: tuple(size.replace("4", "3") for size in shape) for name, shape in KERAS_LSTM.items()}


def lstm_from_torch(
    weight_ih: Array,
    weight_hh: Array,
    bias_ih: Array,
    bias_hh: Array,
    linear_weight: Array,
    linear_bias: Array,
) -> LSTMParams:
    """Take over a one-layer ``torch.nn.LSTM(n, m)`` followed by ``torch.nn.Linear(m, k)``.

    Parameters
    ----------
    weight_ih : (4m, n) array
        ``weight_ih_l0`` of the LSTM.
    weight_hh : (4m, m) array
        ``weight_hh_l0``.
    bias_ih, bias_hh : (4m,) array
        ``bias_ih_l0`` and ``bias_hh_l0``: only their sum matters.
    linear_weight, linear_bias : (k, m) and (k,) array
        ``weight`` and ``bias`` of the linear layer.

    Returns
    -------
    LSTMParams
        Parameters with which `lstm_forward` gives the outputs of the two layers.

    Raises
    ------
    TypeError, ValueError
        If an array is not of floats, its dtype or shape does not fit the others or an entry is not finite.

    Examples
    --------
    In a program that has PyTorch, ``[*lstm.parameters(), *linear.parameters()]`` are tensors in the order of
    the arguments, each to be converted with ``detach().numpy()``. Here with random arrays, beside the first
    step as PyTorch's documentation writes it:

    >>> import numpy as np
    >>> from rnn_core.gated import lstm_forward, lstm_from_torch
    >>> rng = np.random.default_rng(0)
    >>> n, m, k = 3, 5, 2
    >>> shapes = [(4 * m, n), (4 * m, m), (4 * m,), (4 * m,), (k, m), (k,)]
    >>> weight_ih, weight_hh, bias_ih, bias_hh, weight, bias = (rng.normal(size=s) for s in shapes)
    >>> params = lstm_from_torch(weight_ih, weight_hh, bias_ih, bias_hh, weight, bias)
    >>> x, h0, c0 = rng.normal(size=(1, n)), rng.normal(size=m), rng.normal(size=m)
    >>> def sigmoid(a):
    ...     return 1 / (1 + np.exp(-a))
    >>> i, f, g, o = np.split(weight_ih @ x[0] + bias_ih + weight_hh @ h0 + bias_hh, 4)
    >>> c = sigmoid(f) * c0 + sigmoid(i) * np.tanh(g)
    >>> h = sigmoid(o) * np.tanh(c)
    >>> np.allclose(lstm_forward(params, x, h0, c0).o[0], weight @ h + bias)
    True
    """
    arrays, _ = _read(TORCH_LSTM, weight_ih, weight_hh, bias_ih, bias_hh, linear_weight, linear_bias)
    weight_ih, weight_hh, bias_ih, bias_hh, linear_weight, linear_bias = arrays
    return _own(LSTMParams(weight_ih, weight_hh, linear_weight, bias_ih + bias_hh, linear_bias))


def lstm_to_torch(params: LSTMParams) -> dict[str, Array]:
    """Return the arguments of `lstm_from_torch` that give these parameters; ``bias_hh`` is zero.

    Raises
    ------
    TypeError, ValueError
        If `params` is not an LSTMParams or has peepholes, which PyTorch's LSTM has not.
    """
    params = _without_peepholes(params, "PyTorch")
    return {
        "weight_ih": params.W_hx.copy(),
        "weight_hh": params.W_hh.copy(),
        "bias_ih": params.b_h.copy(),
        "bias_hh": np.zeros_like(params.b_h),
        "linear_weight": params.W_yh.copy(),
        "linear_bias": params.b_y.copy(),
    }


def gru_from_torch(
    weight_ih: Array,
    weight_hh: Array,
    bias_ih: Array,
    bias_hh: Array,
    linear_weight: Array,
    linear_bias: Array,
) -> GRUParams:
    """Take over a one-layer ``torch.nn.GRU(n, m)`` followed by ``torch.nn.Linear(m, k)``.

    Parameters
    ----------
    weight_ih, weight_hh : (3m, n) and (3m, m) array
        ``weight_ih_l0`` and ``weight_hh_l0`` of the GRU.
    bias_ih, bias_hh : (3m,) array
        ``bias_ih_l0`` and ``bias_hh_l0``: for r and z only their sum matters, for n the second is b_hn.
    linear_weight, linear_bias : (k, m) and (k,) array
        ``weight`` and ``bias`` of the linear layer.

    Returns
    -------
    GRUParams
        With reset "after".

    Raises
    ------
    TypeError, ValueError
        As `lstm_from_torch` does.
    """
    arrays, m = _read(TORCH_GRU, weight_ih, weight_hh, bias_ih, bias_hh, linear_weight, linear_bias)
    weight_ih, weight_hh, bias_ih, bias_hh, linear_weight, linear_bias = arrays
    b_h, b_hn = _merged(bias_ih, bias_hh, m)
    return _own(GRUParams(weight_ih, weight_hh, linear_weight, b_h, linear_bias, b_hn))


def gru_to_torch(params: GRUParams) -> dict[str, Array]:
    """Return the arguments of `gru_from_torch` that give these parameters.

    Raises
    ------
    TypeError, ValueError
        If `params` is not a GRUParams, or its reset is "before", which PyTorch's GRU cannot do.
    """
    params, (_, m, _, _) = read_gru(params)
    if params.b_hn is None:
        raise ValueError("params must have reset 'after', like PyTorch's GRU, got 'before'")
    return {
        "weight_ih": params.W_hx.copy(),
        "weight_hh": params.W_hh.copy(),
        "bias_ih": params.b_h.copy(),
        "bias_hh": np.concatenate([np.zeros(2 * m, params.b_h.dtype), params.b_hn]),
        "linear_weight": params.W_yh.copy(),
        "linear_bias": params.b_y.copy(),
    }


def lstm_from_keras(
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    dense_kernel: Array,
    dense_bias: Array,
    *,
    config: dict[str, Any] | None = None,
) -> LSTMParams:
    """Take over ``keras.layers.LSTM(m)`` followed by ``keras.layers.Dense(k)``.

    Parameters
    ----------
    kernel, recurrent_kernel, bias : (n, 4m), (m, 4m) and (4m,) array
        What ``get_weights()`` of the LSTM returns.
    dense_kernel, dense_bias : (m, k) and (k,) array
        What ``get_weights()`` of the dense layer returns; no activation, as our outputs are logits.
    config : dict, optional
        What ``get_config()`` of the LSTM returns. If it is given, a layer that computes something else is
        refused: one with other activations than tanh and sigmoid, such as the ``hard_sigmoid`` of old files,
        or one that goes backwards.

    Returns
    -------
    LSTMParams
        Parameters with which `lstm_forward` gives the outputs of the two layers.

    Raises
    ------
    TypeError, ValueError
        As `lstm_from_torch` does, and if `config` is that of a layer that computes something else.
    """
    arrays, _ = _read(KERAS_LSTM, kernel, recurrent_kernel, bias, dense_kernel, dense_bias)
    _expect_config(config, {})
    kernel, recurrent_kernel, bias, dense_kernel, dense_bias = arrays
    return _own(LSTMParams(kernel.T, recurrent_kernel.T, dense_kernel.T, bias, dense_bias))


def lstm_to_keras(params: LSTMParams) -> dict[str, Array]:
    """Return the arguments of `lstm_from_keras` that give these parameters.

    Raises
    ------
    TypeError, ValueError
        If `params` is not an LSTMParams or has peepholes, which Keras's LSTM has not.
    """
    params = _without_peepholes(params, "Keras")
    return {
        "kernel": params.W_hx.T.copy(),
        "recurrent_kernel": params.W_hh.T.copy(),
        "bias": params.b_h.copy(),
        "dense_kernel": params.W_yh.T.copy(),
        "dense_bias": params.b_y.copy(),
    }


def gru_from_keras(
    kernel: Array,
    recurrent_kernel: Array,
    bias: Array,
    dense_kernel: Array,
    dense_bias: Array,
    *,
    config: dict[str, Any] | None = None,
) -> GRUParams:
    """Take over ``keras.layers.GRU(m)`` followed by ``keras.layers.Dense(k)``.

    Parameters
    ----------
    kernel, recurrent_kernel : (n, 3m) and (m, 3m) array
        The first two of what ``get_weights()`` of the GRU returns.
    bias : (2, 3m) or (3m,) array
        The third: two rows with ``reset_after=True``, one with ``reset_after=False``.
    dense_kernel, dense_bias : (m, k) and (k,) array
        What ``get_weights()`` of the dense layer returns; no activation, as our outputs are logits.
    config : dict, optional
        What ``get_config()`` of the GRU returns. If it is given, a layer that computes something else is
        refused: one with other activations than tanh and sigmoid, such as the ``hard_sigmoid`` of old files,
        or one that goes backwards.

    Returns
    -------
    GRUParams
        With reset "after" if the bias has two rows, else "before".

    Raises
    ------
    TypeError, ValueError
        As `lstm_from_torch` does, and if `config` is that of a layer that computes something else.
    """
    one_row = as_array("bias", bias).ndim == 1
    shapes = KERAS_GRU if one_row else KERAS_GRU | {"bias": ("2", "3m")}
    arrays, m = _read(shapes, kernel, recurrent_kernel, bias, dense_kernel, dense_bias)
    _expect_config(config, {"reset_after": not one_row})
    kernel, recurrent_kernel, bias, dense_kernel, dense_bias = arrays
    W_hx, W_hh, biases = (_swapped(array.T, m) for array in (kernel, recurrent_kernel, bias))
    b_h, b_hn = (biases, None) if biases.ndim == 1 else _merged(biases[:, 0], biases[:, 1], m)
    return _own(GRUParams(W_hx, W_hh, dense_kernel.T, b_h, dense_bias, b_hn))


def gru_to_keras(params: GRUParams) -> dict[str, Array]:
    """Return the arguments of `gru_from_keras` that give these parameters; the bias tells ``reset_after``.

    Raises
    ------
    TypeError, ValueError
        If `params` is not a GRUParams.
    """
    params, (_, m, _, _) = read_gru(params)
    bias = params.b_h
    if params.b_hn is not None:
        bias = np.stack([bias, np.concatenate([np.zeros(2 * m, bias.dtype), params.b_hn])], axis=1)
    return {
        "kernel": _swapped(params.W_hx, m).T.copy(),
        "recurrent_kernel": _swapped(params.W_hh, m).T.copy(),
        "bias": _swapped(bias, m).T.copy(),
        "dense_kernel": params.W_yh.T.copy(),
        "dense_bias": params.b_y.copy(),
    }


def _read(shapes: dict[str, tuple[str, ...]], *arrays: Any) -> tuple[list[Array], int]:
    """Return the arrays of a layer, checked against their shapes, and m."""
    sizes: dict[str, int] = {"2": 2}
    dtype, read = None, []
    for (name, shape), value in zip(shapes.items(), arrays, strict=True):
        array = float_array(name, value, tuple(sizes.get(symbol, symbol) for symbol in shape), dtype)
        dtype = array.dtype
        read.append(array)
        sizes |= dict(zip(shape, array.shape, strict=True))
        for symbol, size in zip(shape, array.shape, strict=True):
            if symbol in ("3m", "4m"):
                sizes["m"], rest = divmod(size, int(symbol[0]))
                if rest:
                    raise ValueError(f"{name} must have shape ({', '.join(shape)}), got {array.shape}")
    return read, sizes["m"]


# What our cells compute, in the words of a Keras layer's configuration.
KERAS_CONFIG = {
    "activation": "tanh",
    "recurrent_activation": "sigmoid",
    "use_bias": True,
    "go_backwards": False,
}


def _expect_config(config: Any, more: dict[str, Any]) -> None:
    """Raise unless the configuration of a Keras layer, if there is one, is that of our cell."""
    if config is None:
        return
    if not isinstance(config, dict) or not config.keys() >= {"activation", "recurrent_activation"}:
        raise TypeError(f"config must be what get_config() of the layer returns, got {shown(config)}")
    for key, wanted in (KERAS_CONFIG | more).items():
        if config.get(key, wanted) != wanted:
            raise ValueError(f"config must have {key} = {wanted!r}, got {shown(config[key])}")


def _without_peepholes(params: LSTMParams, library: str) -> LSTMParams:
    params, _ = read_lstm(params)
    if params.peepholes is not None:
        raise ValueError(f"params must have no peepholes, like {library}'s LSTM")
    return params


def _merged(bias: Array, recurrent_bias: Array, m: int) -> tuple[Array, Array]:
    """b_h and b_hn from two biases of r, z, n (or z, r, h): the gates' add up, the candidate's stay apart."""
    return np.concatenate([(bias + recurrent_bias)[: 2 * m], bias[2 * m :]]), recurrent_bias[2 * m :]


def _swapped(array: Array, m: int) -> Array:
    """Exchange the first two of three blocks of rows: r, z, n and z, r, h."""
    return np.concatenate([array[m : 2 * m], array[:m], array[2 * m :]])


def _own(params: Params) -> Params:
    """Copy the arrays, so that they are contiguous and not shared with the caller."""
    return tree_map(lambda array: np.array(array, order="C"), params)
