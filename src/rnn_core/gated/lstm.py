"""The LSTM and its gradient, fast: forward pass and full backpropagation through time.

With σ the logistic sigmoid and ∘ the product by entries, one step is

    i, f, o = σ(W x^(t) + U h^(t−1) + b), each with its own rows;  g = tanh(the same with the rows of g)
    c^(t) = f ∘ c^(t−1) + i ∘ g;  h^(t) = o ∘ tanh(c^(t))

Since σ(a) = (1 + tanh(a/2))/2, one tanh does for all four gates, with the rows of i, f and o halved
beforehand. Inside this module the gates have the order o, i, f, g, the public order turned by one: so the sigmoids
are neighbours, and so are the three that feed c.
"""

from typing import Any, NamedTuple

import numpy as np

from .._checks import Array
from ..losses import Loss, cross_entropy, output_loss, with_mask, within_lengths
from ._layout import (
    block_steps,
    check_inputs,
    drive,
    features,
    finish_sigmoid,
    rows,
    states,
    with_ones,
)
from .params import LSTMParams, check_lstm

__all__ = ["LSTMBackpropagation", "LSTMTrace", "lstm_backpropagate", "lstm_bptt", "lstm_forward"]


class LSTMTrace(NamedTuple):
    """What the forward pass of an LSTM computed.

    Attributes
    ----------
    gates : (T, 4m) or (T, B, 4m) array
        i, f, g and o of each step, after their σ or tanh.
    c, h : (T+1, m) or (T+1, B, m) array
        Cells and hidden states: ``c[t]`` is c^(t), ``h[t]`` is h^(t).
    o, y : (T, k) or (T, B, k) array
        Logits W_yh h + b_y, and their softmax.
    """

    gates: Array
    c: Array
    h: Array
    o: Array
    y: Array


class LSTMBackpropagation(NamedTuple):
    """What `lstm_backpropagate` computed.

    Attributes
    ----------
    loss : float
        L: summed over time, averaged over the batch.
    grads : LSTMParams
        The gradient of L with respect to each parameter.
    grad_h, grad_c : (T+1, m) or (T+1, B, m) array
        ``grad_h[t]`` is ∂L/∂h^(t) and ``grad_c[t]`` is ∂L/∂c^(t), by every path; t = 0 for the initial state.
    grad_o : (T, k) or (T, B, k) array
        ``grad_o[t-1]`` is ∂L/∂o^(t), of the logits.
    """

    loss: float
    grads: LSTMParams
    grad_h: Array
    grad_c: Array
    grad_o: Array


def lstm_forward(params: LSTMParams, x: Array, h0: Array | None = None, c0: Array | None = None) -> LSTMTrace:
    """Run the LSTM for t = 1..T.

    Parameters
    ----------
    params : LSTMParams
        Parameters, all float64 or all float32.
    x : (T, n) or (T, B, n) array
        Inputs of one sequence or of B sequences, time first; dtype as the parameters.
    h0, c0 : (m,) or (B, m) array, optional
        h^(0) and c^(0); zero if left out.

    Returns
    -------
    LSTMTrace
        Gates, cells, hidden states, logits and probabilities.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, or a number is NaN or infinite.

    References
    ----------
    Hochreiter and Schmidhuber (1997), Neural Computation 9, 1735–1780. The forget gate: Gers,
    Schmidhuber and Cummins (2000), Neural Computation 12, 2451–2471. Peepholes: Gers, Schraudolph and
    Schmidhuber (2002), Journal of Machine Learning Research 3, 115–143.
    """
    x, h, c = _prepare(params, x, h0, c0)
    gates, _ = _recur(params, x, h, c)
    batched, m = x.ndim == 3, h.shape[1]
    h, c = (np.ascontiguousarray(rows(state, batched)) for state in (h, c))
    o = h[1:] @ params.W_yh.T + params.b_y
    y = np.exp(o - o.max(axis=-1, keepdims=True))
    y /= y.sum(axis=-1, keepdims=True)
    return LSTMTrace(np.roll(rows(gates, batched), -m, axis=-1), c, h, o, y)


def lstm_bptt(
    params: LSTMParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    c0: Array | None = None,
    lengths: Array | None = None,
    *,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> tuple[float, LSTMParams]:
    """Loss and gradient by full backpropagation through time.

    Parameters
    ----------
    params, x, h0, c0
        As for `lstm_forward`.
    targets : array
        What `loss` compares with: (T,) or (T, B) integers in [0, k) for the cross-entropy.
    lengths : (B,) array of int, or int when x is (T, n), optional
        Steps of each sequence, in 1..T. What lies beyond is padding and changes nothing.
    mask : (T,) or (T, B) array of bool, optional
        The steps that have a loss; all if left out.
    loss : function
        `cross_entropy`, `squared_error` or one like them.

    Returns
    -------
    loss : float
        L: summed over time, averaged over the batch.
    grads : LSTMParams
        Its gradient with respect to each parameter.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, a number is NaN or infinite, a target is outside [0, k),
        a length outside 1..T, or no step has a loss.
    """
    return lstm_backpropagate(params, x, targets, h0, c0, lengths, mask=mask, loss=loss)[:2]


def lstm_backpropagate(
    params: LSTMParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    c0: Array | None = None,
    lengths: Array | None = None,
    *,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> LSTMBackpropagation:
    """Do what `lstm_bptt` does, and keep the derivatives by the states and the logits.

    Parameters and errors are those of `lstm_bptt`.

    Returns
    -------
    LSTMBackpropagation
        Loss, gradients, and what was passed back in time.
    """
    x, h, c = _prepare(params, x, h0, c0)
    inside = within_lengths(lengths, x.shape[:-1])
    valid = with_mask(inside, mask, x.shape[:-1])
    gates, tanh_c = _recur(params, x, h, c)
    batched, (T, m, B) = x.ndim == 3, tanh_c.shape
    if inside is not None:  # whatever the padding led to may not meet a zero gradient: it could be NaN
        for array in (gates, tanh_c, c[1:], h[1:]):
            rows(array, batched)[~inside] = 0.0

    h_features = features(h)
    h_after = h_features[:, B:].T
    value, grad_o = output_loss(
        params.W_yh, params.b_y, h_after.reshape(*x.shape[:-1], m), targets, valid, loss
    )
    grad_h, grad_c = np.empty_like(h), np.empty_like(c)
    np.matmul(params.W_yh.T, grad_o.reshape(T, B, -1).swapaxes(1, 2), out=grad_h[1:])
    _recur_back(params, gates, c, tanh_c, grad_h, grad_c)

    delta, delta_features = gates, features(gates)
    by_input = np.roll(delta_features @ with_ones(x).reshape(T * B, -1), -m, axis=0)
    grads = LSTMParams(
        W_hx=by_input[:, :-1].copy(),
        W_hh=np.roll(delta_features @ h_features[:, :-B].T, -m, axis=0),
        W_yh=grad_o.T @ h_after,
        b_h=by_input[:, -1].copy(),
        b_y=np.add.reduce(grad_o),
        peepholes=None if params.peepholes is None else _grad_peepholes(delta, c),
    )
    return LSTMBackpropagation(
        value, grads, rows(grad_h, batched), rows(grad_c, batched), grad_o.reshape((*x.shape[:-1], -1))
    )


def _prepare(params: LSTMParams, x: Array, h0: Array | None, c0: Array | None) -> tuple[Array, Array, Array]:
    """Check the arguments; return x with h and c in columns, of which the first are h^(0) and c^(0)."""
    n, m, _, dtype = check_lstm(params)
    x = check_inputs(x, n, dtype)
    return x, states("h0", h0, x, m), states("c0", c0, x, m)


def _recur(params: LSTMParams, x: Array, h: Array, c: Array) -> tuple[Array, Array]:
    """Fill h[1:] and c[1:]; return the gates (T, 4m, B), in the order o, i, f, g, and tanh(c[1:])."""
    add, multiply, tanh = np.add, np.multiply, np.tanh
    T, m, B = h[1:].shape
    half = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], x.dtype), m)  # tanh(a/2) for the sigmoids
    W_hx, W_hh = (np.roll(W, m, axis=0) * half[:, None] for W in (params.W_hx, params.W_hh))
    gates, tanh_c = np.empty((T, 4 * m, B), x.dtype), np.empty_like(h[1:])
    drive(W_hx, np.roll(params.b_h, m) * half, x, gates)
    see: Any = None if params.peepholes is None else 0.5 * params.peepholes[:, :, None]

    recurrent, product = np.empty_like(gates[0]), np.empty_like(h[0])
    h_previous, c_previous = h[0], c[0]
    for gates_t, c_t, tanh_c_t, h_t in zip(gates, c[1:], tanh_c, h[1:], strict=True):
        o, i, f, g = gates_t.reshape(4, m, B)
        W_hh.dot(h_previous, recurrent)
        add(gates_t, recurrent, gates_t)
        if see is None:
            tanh(gates_t, gates_t)
            finish_sigmoid(gates_t[: 3 * m])
        else:
            add(i, see[0] * c_previous, i)
            add(f, see[1] * c_previous, f)
            tanh(gates_t[m:], gates_t[m:])
            finish_sigmoid(gates_t[m : 3 * m])
        multiply(f, c_previous, c_t)
        multiply(i, g, product)
        add(c_t, product, c_t)
        if see is not None:
            add(o, see[2] * c_t, o)
            tanh(o, o)
            finish_sigmoid(o)
        tanh(c_t, tanh_c_t)
        multiply(o, tanh_c_t, h_t)
        h_previous, c_previous = h_t, c_t
    return gates, tanh_c


def _recur_back(
    params: LSTMParams, gates: Array, c: Array, tanh_c: Array, grad_h: Array, grad_c: Array
) -> None:
    """Go backwards in time: turn the gates into δ = ∂L/∂a of theirs, and complete ∂L/∂h and ∂L/∂c.

    grad_h[1:] holds W_yhᵀ ∂L/∂o^(t), which is ∂L/∂h^(t) through the logits of step t alone, to begin with.
    """
    add, multiply = np.add, np.multiply
    T, m, B = tanh_c.shape
    gates = gates.reshape(T, 4, m, B)
    W_hh_T = np.ascontiguousarray(np.roll(params.W_hh, m, axis=0).T)
    see: Any = None if params.peepholes is None else params.peepholes[:, :, None]
    steps = min(T, block_steps(gates[0]))
    slopes, through_h = np.empty((steps, 4, m, B), gates.dtype), np.empty((steps, m, B), gates.dtype)
    later_h, later_c = np.zeros_like(c[0]), np.zeros_like(c[0])
    for stop in range(T, 0, -steps):
        start = max(0, stop - steps)
        _slopes(gates[start:stop], c[start:stop], tanh_c[start:stop], slopes, through_h)
        for t in range(stop - 1, start - 1, -1):
            delta, slope = gates[t], slopes[t - start]
            grad_h_t, grad_c_t, f = grad_h[t + 1], grad_c[t + 1], gates[t, 2]
            add(grad_h_t, later_h, grad_h_t)
            multiply(grad_h_t, slope[0], delta[0])
            multiply(grad_h_t, through_h[t - start], grad_c_t)
            add(grad_c_t, later_c, grad_c_t)
            if see is not None:
                add(grad_c_t, see[2] * delta[0], grad_c_t)
            multiply(grad_c_t, f, later_c)
            multiply(grad_c_t, slope[1:], delta[1:])
            if see is not None:
                add(later_c, see[0] * delta[1] + see[1] * delta[2], later_c)
            W_hh_T.dot(delta.reshape(4 * m, B), later_h)
    grad_h[0], grad_c[0] = later_h, later_c


def _slopes(gates: Array, c_previous: Array, tanh_c: Array, slopes: Array, through_h: Array) -> None:
    """Local derivatives of some steps: of h by a_o, of c by a_i, a_f and a_g, and of h by c."""
    o, i, _, g = gates.swapaxes(0, 1)
    by_o, by_i, by_f, by_g = slopes[: len(gates)].swapaxes(0, 1)
    sigmoids = gates[:, :3]
    np.subtract(1.0, sigmoids, slopes[: len(gates), :3])
    slopes[: len(gates), :3] *= sigmoids  # σ' = σ (1 − σ)
    by_o *= tanh_c
    by_i *= g
    by_f *= c_previous
    np.multiply(g, g, by_g)
    np.subtract(1.0, by_g, by_g)
    by_g *= i
    by_c = through_h[: len(gates)]
    np.multiply(tanh_c, tanh_c, by_c)
    np.subtract(1.0, by_c, by_c)
    by_c *= o


def _grad_peepholes(delta: Array, c: Array) -> Array:
    """∂L/∂p of the peepholes of i, f and o."""
    T, m, B = c[1:].shape
    delta = delta.reshape(T, 4, m, B)
    by_before = np.einsum("tgmb,tmb->gm", delta[:, 1:3], c[:-1])
    by_after = np.einsum("tmb,tmb->m", delta[:, 0], c[1:])
    return np.concatenate([by_before, by_after[None]])
