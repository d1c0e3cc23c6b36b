"""The GRU and its gradient, fast: forward pass and full backpropagation through time.

With σ the logistic sigmoid and ∘ the product by entries, one step is

    r, z = σ(W x^(t) + U h^(t−1) + b), each with its own rows
    n = tanh(W_n x^(t) + b_n + r ∘ (U_n h^(t−1) + b_hn))         reset "after" the product
    n = tanh(W_n x^(t) + b_n + U_n (r ∘ h^(t−1)))                reset "before" the product
    h^(t) = (1 − z) ∘ n + z ∘ h^(t−1)

with z on h^(t−1), as Cho et al. (2014), PyTorch and Keras have it. Chung et al. (2014) have z and 1 − z the
other way round: that is −a in the place of a, so the rows of z change their sign.

One tanh does for r and z together, as in `lstm`. Inside this module a step has four blocks n, r, z, q: the
public order r, z, n turned by one, and q, which is U_n h^(t−1) + b_hn or r ∘ h^(t−1). The input drives the
first three; with reset "after", h^(t−1) drives the last three.
"""

from typing import Any, NamedTuple

import numpy as np

from .._checks import Array
from ..losses import Loss, cross_entropy, output_loss, with_mask, within_lengths
from ._layout import block_steps, check_inputs, drive, features, finish_sigmoid, rows, states, with_ones
from .params import GRUParams, check_gru

__all__ = ["GRUBackpropagation", "GRUTrace", "gru_backpropagate", "gru_bptt", "gru_forward"]


class GRUTrace(NamedTuple):
    """What the forward pass of a GRU computed.

    Attributes
    ----------
    gates : (T, 3m) or (T, B, 3m) array
        r, z and n of each step, after their σ or tanh.
    h : (T+1, m) or (T+1, B, m) array
        Hidden states: ``h[t]`` is h^(t).
    o, y : (T, k) or (T, B, k) array
        Logits W_yh h + b_y, and their softmax.
    """

    gates: Array
    h: Array
    o: Array
    y: Array


class GRUBackpropagation(NamedTuple):
    """What `gru_backpropagate` computed.

    Attributes
    ----------
    loss : float
        L: summed over time, averaged over the batch.
    grads : GRUParams
        The gradient of L with respect to each parameter.
    grad_h : (T+1, m) or (T+1, B, m) array
        ``grad_h[t]`` is ∂L/∂h^(t), by every path; t = 0 for the initial state.
    grad_o : (T, k) or (T, B, k) array
        ``grad_o[t-1]`` is ∂L/∂o^(t).
    """

    loss: float
    grads: GRUParams
    grad_h: Array
    grad_o: Array


def gru_forward(params: GRUParams, x: Array, h0: Array | None = None) -> GRUTrace:
    """Run the GRU for t = 1..T.

    Parameters
    ----------
    params : GRUParams
        Parameters, all float64 or all float32.
    x : (T, n) or (T, B, n) array
        Inputs of one sequence or of B sequences, time first; dtype as the parameters.
    h0 : (m,) or (B, m) array, optional
        h^(0); zero if left out.

    Returns
    -------
    GRUTrace
        Gates, hidden states, logits and probabilities.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, or a number is NaN or infinite.

    References
    ----------
    Cho et al. (2014), Conference on Empirical Methods in Natural Language Processing, 1724–1734.
    """
    x, h = _prepare(params, x, h0)
    blocks = _recur(params, x, h)
    batched, m = x.ndim == 3, h.shape[1]
    h = np.ascontiguousarray(rows(h, batched))
    o = h[1:] @ params.W_yh.T + params.b_y
    y = np.exp(o - o.max(axis=-1, keepdims=True))
    y /= y.sum(axis=-1, keepdims=True)
    return GRUTrace(np.roll(rows(blocks[:, : 3 * m], batched), -m, axis=-1), h, o, y)


def gru_bptt(
    params: GRUParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    lengths: Array | None = None,
    *,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> tuple[float, GRUParams]:
    """Loss and gradient by full backpropagation through time.

    Parameters
    ----------
    params, x, h0
        As for `gru_forward`.
    targets, lengths, mask, loss
        As for `lstm_bptt`.

    Returns
    -------
    loss : float
        L: summed over time, averaged over the batch.
    grads : GRUParams
        Its gradient with respect to each parameter.

    Raises
    ------
    TypeError, ValueError
        As `lstm_bptt` does.
    """
    return gru_backpropagate(params, x, targets, h0, lengths, mask=mask, loss=loss)[:2]


def gru_backpropagate(
    params: GRUParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    lengths: Array | None = None,
    *,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> GRUBackpropagation:
    """Do what `gru_bptt` does, and keep the derivatives by the states and the logits.

    Parameters and errors are those of `gru_bptt`.

    Returns
    -------
    GRUBackpropagation
        Loss, gradients, and what was passed back in time.
    """
    x, h = _prepare(params, x, h0)
    inside = within_lengths(lengths, x.shape[:-1])
    valid = with_mask(inside, mask, x.shape[:-1])
    blocks = _recur(params, x, h)
    batched, (T, m, B) = x.ndim == 3, h[1:].shape
    if inside is not None:  # whatever the padding led to may not meet a zero gradient: it could be NaN
        for array in (blocks, h[1:]):
            rows(array, batched)[~inside] = 0.0

    h_features = features(h)
    h_before, h_after = h_features[:, :-B].T, h_features[:, B:].T
    value, grad_o = output_loss(
        params.W_yh, params.b_y, h_after.reshape(*x.shape[:-1], m), targets, valid, loss
    )
    grad_h = np.empty_like(h)
    np.matmul(params.W_yh.T, grad_o.reshape(T, B, -1).swapaxes(1, 2), out=grad_h[1:])
    _recur_back(params, blocks, h, grad_h)

    delta = features(blocks)  # of n, r and z, and after them q or ∂L/∂q
    if params.reset == "after":
        W_hh, b_hn = delta[m:] @ h_before, np.add.reduce(delta[3 * m :], axis=1)
    else:
        W_hh, b_hn = np.concatenate([delta[m : 3 * m] @ h_before, delta[:m] @ delta[3 * m :].T]), None
    by_input = np.roll(delta[: 3 * m] @ with_ones(x).reshape(T * B, -1), -m, axis=0)
    grads = GRUParams(
        W_hx=by_input[:, :-1].copy(),
        W_hh=W_hh,
        W_yh=grad_o.T @ h_after,
        b_h=by_input[:, -1].copy(),
        b_y=np.add.reduce(grad_o),
        b_hn=b_hn,
    )
    return GRUBackpropagation(value, grads, rows(grad_h, batched), grad_o.reshape((*x.shape[:-1], -1)))


def _prepare(params: GRUParams, x: Array, h0: Array | None) -> tuple[Array, Array]:
    """Check the arguments; return x, and h in columns, of which the first is h^(0)."""
    n, m, _, dtype = check_gru(params)
    x = check_inputs(x, n, dtype)
    return x, states("h0", h0, x, m)


def _recur(params: GRUParams, x: Array, h: Array) -> Array:
    """Fill h[1:]; return the blocks n, r, z, q of every step, (T, 4m, B).

    q is U_n h^(t−1) + b_hn for reset "after", and r ∘ h^(t−1) for "before".
    """
    add, multiply, subtract, tanh = np.add, np.multiply, np.subtract, np.tanh
    T, m, B = h[1:].shape
    half = np.repeat(np.array([0.5, 0.5, 1.0], x.dtype), m)  # tanh(a/2) for the sigmoids
    W_hh = params.W_hh * half[:, None]
    blocks = np.empty((T, 4 * m, B), x.dtype)
    drive(
        np.roll(params.W_hx * half[:, None], m, axis=0), np.roll(params.b_h * half, m), x, blocks[:, : 3 * m]
    )
    after = params.b_hn is not None
    b_hn: Any = np.repeat(params.b_hn[:, None], B, axis=1) if params.b_hn is not None else None
    recurrent, product = np.empty((3 * m, B), x.dtype), np.empty_like(h[0])
    W_gates, W_n = (W_hh, None) if after else (W_hh[: 2 * m], W_hh[2 * m :])
    to_gates, to_n = recurrent[: 2 * m], recurrent[2 * m :]
    out = recurrent if after else to_gates
    h_previous = h[0]
    for blocks_t, h_t in zip(blocks, h[1:], strict=True):
        n, r, z, q = blocks_t.reshape(4, m, B)
        gates = blocks_t[m : 3 * m]
        W_gates.dot(h_previous, out)
        add(gates, to_gates, gates)
        tanh(gates, gates)
        finish_sigmoid(gates)
        if W_n is None:
            add(to_n, b_hn, q)
            multiply(r, q, product)
        else:
            multiply(r, h_previous, q)
            W_n.dot(q, product)
        add(n, product, n)
        tanh(n, n)
        subtract(h_previous, n, product)
        multiply(z, product, product)
        add(n, product, h_t)
        h_previous = h_t
    return blocks


def _recur_back(params: GRUParams, blocks: Array, h: Array, grad_h: Array) -> None:
    """Go backwards in time: turn n, r, z into δ, the ∂L/∂a of theirs, and complete ∂L/∂h.

    grad_h[1:] holds W_yhᵀ ∂L/∂o^(t), which is ∂L/∂h^(t) through the logits of step t alone, to begin with.
    For reset "after" q is turned into ∂L/∂q, which is δ for the weights of h^(t−1); for "before" it stays.
    """
    add, multiply = np.add, np.multiply
    T, m, B = h[1:].shape
    blocks = blocks.reshape(T, 4, m, B)
    after = params.reset == "after"
    split = (3 if after else 2) * m
    W_gates_T, W_n_T = (np.ascontiguousarray(W.T) for W in (params.W_hh[:split], params.W_hh[split:]))
    steps = min(T, block_steps(blocks[0]))
    slopes = np.empty((steps, 4, m, B), h.dtype)
    later, kept, grad_q = np.zeros_like(h[0]), np.empty_like(h[0]), np.empty_like(h[0])
    for stop in range(T, 0, -steps):
        start = max(0, stop - steps)
        _slopes(blocks[start:stop], h[start:stop], slopes, after)
        for t in range(stop - 1, start - 1, -1):
            delta, slope, grad_h_t = blocks[t], slopes[t - start], grad_h[t + 1]
            add(grad_h_t, later, grad_h_t)
            multiply(grad_h_t, delta[2], kept)  # what z keeps of h^(t−1)
            if after:
                multiply(grad_h_t, slope, delta)
            else:
                multiply(grad_h_t, slope[0], delta[0])
                multiply(grad_h_t, slope[2], delta[2])
                W_n_T.dot(delta[0], grad_q)
                add(kept, grad_q * delta[1], kept)
                multiply(grad_q, slope[1], delta[1])
            W_gates_T.dot(delta[1 : split // m + 1].reshape(split, B), later)
            add(later, kept, later)
    grad_h[0] = later


def _slopes(blocks: Array, h_previous: Array, slopes: Array, after: bool) -> None:
    """Local derivatives of some steps: of h by a_n, a_z, and by a_r and q if `after`; if not, of q by a_r."""
    n, r, z, q = blocks.swapaxes(0, 1)
    slopes = slopes[: len(blocks)]
    by_n, by_r, by_z, by_q = slopes.swapaxes(0, 1)
    np.subtract(1.0, blocks[:, 1:3], slopes[:, 1:3])
    np.multiply(n, n, by_n)
    np.subtract(1.0, by_n, by_n)
    by_n *= by_z  # (1 − z) (1 − n²)
    by_r *= r
    by_z *= z
    by_z *= h_previous - n
    if after:
        np.multiply(by_n, r, by_q)
        by_r *= q
        by_r *= by_n
    else:
        by_r *= h_previous
