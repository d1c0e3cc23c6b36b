"""The LSTM's recurrence and its backward pass, in the layout of `_layout`.

Since σ(a) = (1 + tanh(a/2))/2, one tanh does for all four gates, with the rows of i, f and o halved
beforehand. The gates have the order o, i, f, g here, the public order turned by one block: so the sigmoids
are neighbours, and so are the three that feed c.
"""

from typing import Any

import numpy as np

from .._checks import Array
from ._layout import blocks_of_steps, drive, features, four_blocks
from .params import LSTMParams


def recur(params: LSTMParams, inputs: Array, gates: Array, h: Array, c: Array, tanh_c: Array) -> None:
    """Fill h[1:], c[1:], tanh_c[1:] and the gates of every step from h[0], c[0] and [x, 1]."""
    add, multiply, tanh = np.add, np.multiply, np.tanh
    m = h.shape[1]
    half = np.array(0.5, h.dtype)  # an array: NumPy would make one of a Python number in every call
    scale = np.repeat(np.array([0.5, 0.5, 0.5, 1.0], h.dtype), m)
    W_hx, W_hh = (np.roll(W, m, axis=0) * scale[:, None] for W in (params.W_hx, params.W_hh))
    drive(W_hx, np.roll(params.b_h, m) * scale, inputs, gates)
    see: Any = None if params.peepholes is None else 0.5 * params.peepholes[:, :, None]
    early = gates if see is None else gates[:, m:]  # o has to wait for c^(t) if it sees that
    recurrent, product = np.empty_like(gates[0]), np.empty_like(h[0])
    h_previous, c_previous = h[0], c[0]
    for gates_t, early_t, sigmoids_t, o, i, f, g, c_t, tanh_c_t, h_t in zip(
        gates, early, early[:, :-m], *four_blocks(gates), c[1:], tanh_c[1:], h[1:], strict=True
    ):
        W_hh.dot(h_previous, recurrent)
        add(gates_t, recurrent, gates_t)
        if see is not None:
            add(i, see[0] * c_previous, i)
            add(f, see[1] * c_previous, f)
        tanh(early_t, early_t)
        multiply(sigmoids_t, half, sigmoids_t)
        add(sigmoids_t, half, sigmoids_t)
        multiply(f, c_previous, c_t)
        multiply(i, g, product)
        add(c_t, product, c_t)
        if see is not None:
            add(o, see[2] * c_t, o)
            tanh(o, o)
            add(multiply(o, half, o), half, o)
        tanh(c_t, tanh_c_t)
        multiply(o, tanh_c_t, h_t)
        h_previous, c_previous = h_t, c_t


def recur_back(
    params: LSTMParams,
    inputs: Array,
    gates: Array,
    c: Array,
    tanh_c: Array,
    h_features: Array,
    grad_h: Array,
    grad_c: Array,
) -> tuple[Array, Array, Array]:
    """Go backwards in time: complete ∂L/∂h, fill ∂L/∂c; return the gradients of [W_hx, b_h], W_hh, peepholes.

    grad_h[1:] holds W_yhᵀ ∂L/∂o^(t), which is ∂L/∂h^(t) through the logits of step t alone, to begin with.
    """
    add, multiply = np.add, np.multiply
    (T, m, B), n_1 = c[1:].shape, inputs.shape[2]
    W_hh_T = np.ascontiguousarray(np.roll(params.W_hh, m, axis=0).T)
    see: Any = None if params.peepholes is None else params.peepholes[:, :, None]
    blocks = blocks_of_steps(T, B)
    # Local derivatives of one block of steps, which become δ = ∂L/∂a of the gates; and of h by c.
    delta_room = np.empty((blocks[-1].stop, 4 * m, B), c.dtype)
    by_c_room = np.empty((blocks[-1].stop, m, B), c.dtype)
    by_input, by_state = np.zeros((4 * m, n_1), c.dtype), np.zeros((4 * m, m), c.dtype)
    by_cell = np.zeros((3, m), c.dtype)
    later_h, later_c = np.zeros_like(c[0]), np.zeros_like(c[0])
    for block in blocks:
        before, after = block, slice(block.start + 1, block.stop + 1)
        steps = block.stop - block.start
        delta, by_c = delta_room[:steps], by_c_room[:steps]
        _local_derivatives(gates[block], c[before], tanh_c[after], delta, by_c)
        four = delta.reshape(steps, 4, m, B)
        f = gates[block, 2 * m : 3 * m]
        parts = (grad_h[after], grad_c[after], delta, four[:, 0], four[:, 1:], by_c, f)
        backwards = (part[::-1] for part in parts)
        for grad_h_t, grad_c_t, delta_t, delta_o, delta_ifg, by_c_t, f_t in zip(*backwards, strict=True):
            add(grad_h_t, later_h, grad_h_t)
            multiply(grad_h_t, delta_o, delta_o)
            multiply(grad_h_t, by_c_t, grad_c_t)
            add(grad_c_t, later_c, grad_c_t)
            if see is not None:
                add(grad_c_t, see[2] * delta_o, grad_c_t)
            multiply(grad_c_t, f_t, later_c)
            multiply(grad_c_t, delta_ifg, delta_ifg)
            if see is not None:
                add(later_c, see[0] * delta_ifg[0] + see[1] * delta_ifg[1], later_c)
            W_hh_T.dot(delta_t, later_h)
        columns = features(delta)
        by_input += columns @ inputs[block].reshape(-1, n_1)
        by_state += columns @ h_features[:, block.start * B : block.stop * B].T
        if see is not None:
            by_cell[:2] += np.einsum("tgmb,tmb->gm", four[:, 1:3], c[before])
            by_cell[2] += np.einsum("tmb,tmb->m", four[:, 0], c[after])
    grad_h[0], grad_c[0] = later_h, later_c
    return np.roll(by_input, -m, axis=0), np.roll(by_state, -m, axis=0), by_cell


def _local_derivatives(gates: Array, c_before: Array, tanh_c: Array, by_gates: Array, by_c: Array) -> None:
    """Of h by a_o, of c by a_i, a_f and a_g, into `by_gates`, and of h by c."""
    m = tanh_c.shape[1]
    o, i, _, g = four_blocks(gates)
    by_o, by_i, by_f, by_g = four_blocks(by_gates)
    sigmoids, by_sigmoids = gates[:, : 3 * m], by_gates[:, : 3 * m]
    np.subtract(1.0, sigmoids, by_sigmoids)
    by_sigmoids *= sigmoids  # σ' = σ (1 − σ)
    by_o *= tanh_c
    by_i *= g
    by_f *= c_before
    np.multiply(g, g, by_g)
    np.subtract(1.0, by_g, by_g)
    by_g *= i
    np.multiply(tanh_c, tanh_c, by_c)
    np.subtract(1.0, by_c, by_c)
    by_c *= o
