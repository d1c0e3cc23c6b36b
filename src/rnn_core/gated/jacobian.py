"""Jacobians of a step of the gated cells: of the whole state, and of the LSTM's cell path alone."""

from typing import Any

import numpy as np

from .._checks import Array, as_array, float_array
from ..jacobian import states
from .gru import GRUTrace
from .lstm import LSTMTrace
from .params import GRUParams, LSTMParams, read_gru, read_lstm

__all__ = ["gru_step_jacobians", "lstm_cell_path", "lstm_step_jacobians"]


def lstm_step_jacobians(params: LSTMParams, trace: LSTMTrace) -> Array:
    """∂s^(t)/∂s^(t−1) for the whole state s = (h, c) of an LSTM, at every step.

    Parameters
    ----------
    params : LSTMParams
        The parameters that made the trace.
    trace : LSTMTrace
        What `lstm_forward` returned.

    Returns
    -------
    (T, 2m, 2m) or (T, B, 2m, 2m) array
        Entry t−1 is [[∂h^(t)/∂h^(t−1), ∂h^(t)/∂c^(t−1)], [∂c^(t)/∂h^(t−1), ∂c^(t)/∂c^(t−1)]],
        by every path: the cell, the gates, and the peepholes if there are any. `product_log_norms` takes it.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If the trace's states are not of the parameters' size m.
    """
    params, (_, m, _, dtype) = read_lstm(params)
    _expect_trace(trace, LSTMTrace, "lstm_forward")
    c = states("trace.c", trace.c, m, dtype)
    gates = float_array("trace.gates", trace.gates, (*c[1:].shape[:-1], 4 * m), dtype)
    i, f, g, o = np.split(gates, 4, axis=-1)
    U_i, U_f, U_g, U_o = params.W_hh.reshape(4, m, m)
    tanh_c = np.tanh(c[1:])
    by_i, by_f, by_g = g * i * (1 - i), c[:-1] * f * (1 - f), i * (1 - g * g)  # of c by a
    by_o, by_c = tanh_c * o * (1 - o), o * (1 - tanh_c * tanh_c)  # of h by a_o, and by c
    cell = f
    if params.peepholes is not None:
        p_i, p_f, p_o = params.peepholes
        cell = f + by_i * p_i + by_f * p_f
        by_c = by_c + by_o * p_o
    c_by_h = _scaled(by_i, U_i) + _scaled(by_f, U_f) + _scaled(by_g, U_g)
    c_by_c = _scaled(cell, np.eye(m, dtype=f.dtype))
    h_by_h = _scaled(by_o, U_o) + _scaled(by_c, c_by_h)
    return np.block([[h_by_h, _scaled(by_c, c_by_c)], [c_by_h, c_by_c]])


def lstm_cell_path(trace: LSTMTrace) -> Array:
    """∂c^(t)/∂c^(t−1) with the gates held fixed, at every step: the forget gate f^(t).

    The derivative is diagonal, and so is the product of several. Along this path a gradient decays like
    f^(t) ⋯ f^(k+1), entry by entry, and cannot grow, since f < 1. What passes through gates and candidate
    comes on top and can grow; what passes through peepholes is a part of that. `lstm_step_jacobians` has all
    of it.

    Parameters
    ----------
    trace : LSTMTrace
        What `lstm_forward` returned.

    Returns
    -------
    (T, m) or (T, B, m) array
        Entry t−1 is the diagonal. ``f[..., None] * np.eye(m)`` is what `product_log_norms` takes.

    Raises
    ------
    TypeError
        If `trace` is not an LSTMTrace.
    """
    _expect_trace(trace, LSTMTrace, "lstm_forward")
    gates = as_array("trace.gates", trace.gates)
    if gates.ndim not in (2, 3) or gates.shape[-1] % 4:
        raise ValueError(f"trace.gates must have shape (T, 4m) or (T, B, 4m), got {gates.shape}")
    gates = float_array("trace.gates", gates, ("T", "4m") if gates.ndim == 2 else ("T", "B", "4m"))
    return np.split(gates, 4, axis=-1)[1].copy()


def gru_step_jacobians(params: GRUParams, trace: GRUTrace) -> Array:
    """∂h^(t)/∂h^(t−1) of a GRU at every step, by every path.

    Parameters
    ----------
    params : GRUParams
        The parameters that made the trace.
    trace : GRUTrace
        What `gru_forward` returned.

    Returns
    -------
    (T, m, m) or (T, B, m, m) array
        Entry t−1 is ∂h^(t)/∂h^(t−1). `product_log_norms` takes it.

    Raises
    ------
    TypeError
        If an argument has the wrong type.
    ValueError
        If the trace's states are not of the parameters' size m.
    """
    params, (_, m, _, dtype) = read_gru(params)
    _expect_trace(trace, GRUTrace, "gru_forward")
    h = states("trace.h", trace.h, m, dtype)
    gates = float_array("trace.gates", trace.gates, (*h[1:].shape[:-1], 3 * m), dtype)
    r, z, n = np.split(gates, 3, axis=-1)
    U_r, U_z, U_n = params.W_hh.reshape(3, m, m)
    h, by_r = h[:-1], r * (1 - r)
    if params.b_hn is None:
        inner = U_n * r[..., None, :] + U_n @ _scaled(h * by_r, U_r)
    else:
        inner = _scaled(r, U_n) + _scaled((h @ U_n.T + params.b_hn) * by_r, U_r)
    kept = _scaled(z, np.eye(m, dtype=z.dtype))
    return kept + _scaled((h - n) * z * (1 - z), U_z) + _scaled((1 - z) * (1 - n * n), inner)


def _scaled(diagonal: Array, matrix: Array) -> Array:
    """Return diag(diagonal) @ matrix."""
    product: Array = diagonal[..., :, None] * matrix
    return product


def _expect_trace(trace: Any, kind: type, maker: str) -> None:
    if not isinstance(trace, kind):
        raise TypeError(f"trace must be what {maker} returns, got {type(trace).__name__}")
