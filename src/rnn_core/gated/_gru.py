"""The GRU's recurrence and its backward pass, in the layout of `_layout`.

One tanh does for r and z together, as σ(a) = (1 + tanh(a/2))/2. A step has four blocks n, r, z, q here: the
public order r, z, n turned by one, and q, which is U_n h^(t−1) + b_hn for reset "after" and r ∘ h^(t−1) for
"before". The input drives the first three; with reset "after", h^(t−1) drives the last three.
"""

from typing import Any

import numpy as np

from .._checks import Array
from ._layout import blocks_of_steps, check_inputs, features, four_blocks, start
from .params import GRUParams


def prepare(
    x: Any, n: int, m: int, dtype: np.dtype[Any], h0: Array | None, count: int
) -> tuple[tuple[int, ...], Array, Array, Array]:
    """Check x and h0; return the shape of x, [x, 1], room for states and room for the blocks.

    [x, 1] is (T, B, n+1): its product with [W, b] adds the bias, and that with δ is the gradient of both.
    The states are (count, T+1, m, B), the first of them h. The blocks are (T, 4m, B). States and blocks lie
    in one array, for the reason given in `_layout`.
    """
    x, T, B = check_inputs(x, n, dtype)
    room = np.empty((count + 4, T + 1, m, B), dtype)
    start("h0", h0, x.shape, room[0, 0])
    inputs = np.empty((T, B, n + 1), dtype)
    inputs[..., :n] = x.reshape(T, B, n)
    inputs[..., n] = 1.0
    blocks = room[count:].reshape(-1)[: 4 * T * m * B].reshape(T, 4 * m, B)
    return x.shape, inputs, room[:count], blocks


def recur(params: GRUParams, inputs: Array, blocks: Array, h: Array) -> None:
    """Fill h[1:] and the blocks n, r, z, q of every step from h[0] and [x, 1]."""
    add, multiply, subtract, tanh = np.add, np.multiply, np.subtract, np.tanh
    _, m, B = h.shape
    half = np.array(0.5, h.dtype)  # an array: NumPy would make one of a Python number in every call
    scale = np.repeat(np.array([0.5, 0.5, 1.0], h.dtype), m)
    W_hx, b_h = np.roll(params.W_hx * scale[:, None], m, axis=0), np.roll(params.b_h * scale, m)
    _drive(W_hx, b_h, inputs, blocks[:, : 3 * m])
    after = params.reset == "after"
    b_hn: Any = None if params.b_hn is None else np.repeat(params.b_hn[:, None], B, axis=1)
    split = (3 if after else 2) * m
    W_gates, W_n = np.split(params.W_hh * scale[:, None], [split])
    recurrent, product = np.empty((split, B), h.dtype), np.empty_like(h[0])
    to_gates, to_q = recurrent[: 2 * m], recurrent[2 * m :]
    h_previous = h[0]
    for gates, n, r, z, q, h_t in zip(blocks[:, m : 3 * m], *four_blocks(blocks), h[1:], strict=True):
        W_gates.dot(h_previous, recurrent)
        add(gates, to_gates, gates)
        tanh(gates, gates)
        multiply(gates, half, gates)
        add(gates, half, gates)
        if after:
            add(to_q, b_hn, q)
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


def recur_back(
    params: GRUParams, inputs: Array, blocks: Array, h: Array, h_features: Array, grad_h: Array
) -> tuple[Array, Array, Array]:
    """Go backwards in time: complete ∂L/∂h; return the gradients of [W_hx, b_h], W_hh and b_hn.

    grad_h[1:] holds W_yhᵀ ∂L/∂o^(t), which is ∂L/∂h^(t) through the logits of step t alone, to begin with.
    """
    add, multiply = np.add, np.multiply
    (T, m, B), n_1 = h[1:].shape, inputs.shape[2]
    after = params.reset == "after"
    split = (3 if after else 2) * m
    W_gates_T, W_n_T = (np.ascontiguousarray(W.T) for W in np.split(params.W_hh, [split]))
    cuts = blocks_of_steps(T, B)
    # Local derivatives of some steps, which become δ = ∂L/∂a of n, r and z; after them ∂L/∂q, or q itself.
    delta_room = np.empty((cuts[-1].stop, 4 * m, B), h.dtype)
    by_input, by_state = np.zeros((3 * m, n_1), h.dtype), np.zeros((3 * m, m), h.dtype)
    by_bias = np.zeros(m, h.dtype)
    later, kept, grad_q = np.zeros_like(h[0]), np.empty_like(h[0]), np.empty_like(h[0])
    for cut in cuts:
        steps, above = cut.stop - cut.start, slice(cut.start + 1, cut.stop + 1)
        delta = delta_room[:steps]
        _local_derivatives(blocks[cut], h[cut], delta, after)
        four = delta.reshape(steps, 4, m, B)
        _, r, z, _ = four_blocks(blocks[cut])
        to_state = delta[:, m : m + split]
        backwards = (part[::-1] for part in (grad_h[above], four, to_state, r, z))
        for grad_h_t, delta_t, to_state_t, r_t, z_t in zip(*backwards, strict=True):
            add(grad_h_t, later, grad_h_t)
            multiply(grad_h_t, z_t, kept)
            if after:
                multiply(grad_h_t, delta_t, delta_t)
            else:
                multiply(grad_h_t, delta_t[0], delta_t[0])
                multiply(grad_h_t, delta_t[2], delta_t[2])
                W_n_T.dot(delta_t[0], grad_q)
                multiply(grad_q, delta_t[1], delta_t[1])
                add(kept, multiply(grad_q, r_t, grad_q), kept)
            W_gates_T.dot(to_state_t, later)
            add(later, kept, later)
        columns = features(delta)
        h_before = h_features[:, cut.start * B : cut.stop * B].T
        by_input += columns[: 3 * m] @ inputs[cut].reshape(-1, n_1)
        by_state[:split] += columns[m : m + split] @ h_before
        if after:
            by_bias += np.add.reduce(columns[3 * m :], axis=1)
        else:
            by_state[split:] += columns[:m] @ columns[3 * m :].T
    grad_h[0] = later
    return np.roll(by_input, -m, axis=0), by_state, by_bias


def _local_derivatives(blocks: Array, h_before: Array, by_blocks: Array, after: bool) -> None:
    """Of h by a_n and a_z and, for reset "after", by a_r and q; for "before" of q by a_r, and q itself."""
    m = h_before.shape[1]
    n, r, z, q = four_blocks(blocks)
    by_n, by_r, by_z, by_q = four_blocks(by_blocks)
    np.subtract(1.0, blocks[:, m : 3 * m], by_blocks[:, m : 3 * m])
    np.multiply(n, n, by_n)
    np.subtract(1.0, by_n, by_n)
    by_n *= by_z  # (1 − z) (1 − n²)
    by_r *= r
    by_z *= z
    by_z *= h_before - n
    if after:
        np.multiply(by_n, r, by_q)
        by_r *= q
        by_r *= by_n
    else:
        by_r *= h_before
        by_q[...] = q


def _drive(W: Array, b: Array, inputs: Array, out: Array) -> None:
    """W x^(t) + b for every t, into the (T, rows of W, B) array `out`."""
    W = np.concatenate([W, b[:, None]], axis=1)
    if inputs.shape[1] == 1:  # one product in the place of T products with a vector
        np.matmul(inputs[:, 0], W.T, out=out[:, :, 0])
    else:
        np.matmul(W, inputs.swapaxes(1, 2), out=out)
