"""The LSTM's recurrence and its backward pass, in the layout of `_layout`.

[h^(t−1); x^(t); 1] of a step is one block, so that one product with [W_hh, W_hx, b_h] gives all
pre-activations, and one with δ the gradients of all three.

Since σ(a) = (1 + tanh(a/2))/2, one tanh does for all four gates, with the rows of i, f and o halved
beforehand. The gates have the order o, i, f, g here, the public order turned by one block: so the sigmoids
are neighbours, and so are the three that feed c.
"""

from typing import Any

import numpy as np

from .._checks import Array
from ._layout import blocks_of_steps, check_inputs, features, four_blocks, start
from .params import LSTMParams


def prepare(
    x: Any, n: int, m: int, dtype: np.dtype[Any], h0: Array | None, c0: Array | None, count: int
) -> tuple[tuple[int, ...], Array, Array, Array]:
    """Check x, h0 and c0; return the shape of x, [h; x; 1], room for states and room for gates.

    [h; x; 1] is (T+1, m+n+1, B), its row t holding h^(t) and x^(t+1); in the last row nobody reads x. The
    states are (count, T+1, m, B), the first of them c. The gates are (T, 4m, B). All lie in one array, for
    the reason given in `_layout`.
    """
    x, T, B = check_inputs(x, n, dtype)
    room = np.empty((m + n + 1 + (count + 4) * m, T + 1, B), dtype)
    joint, states, gates = np.split(room.reshape(-1), np.cumsum([m + n + 1, count * m]) * (T + 1) * B)
    joint, states = joint.reshape(T + 1, m + n + 1, B), states.reshape(count, T + 1, m, B)
    joint[:T, m:-1] = x.reshape(T, B, n).swapaxes(1, 2)
    joint[:, -1] = 1.0
    start("h0", h0, x.shape, joint[0, :m])
    start("c0", c0, x.shape, states[0, 0])
    return x.shape, joint, states, gates[: 4 * m * T * B].reshape(T, 4 * m, B)


def recur(params: LSTMParams, joint: Array, gates: Array, c: Array, tanh_c: Array) -> None:
    """Fill h^(1) to h^(T) within [h; x; 1], c[1:], tanh_c[1:] and the gates of every step."""
    add, multiply, tanh = np.add, np.multiply, np.tanh
    m = c.shape[1]
    half = np.array(0.5, c.dtype)  # an array: NumPy would make one of a Python number in every call
    W = np.empty((4 * m, joint.shape[1]), c.dtype)
    by_block = ((params.W_hh, W[:, :m]), (params.W_hx, W[:, m:-1]), (params.b_h[:, None], W[:, -1:]))
    for public, here in by_block:  # filled in place: large temporaries cost more than the products do
        multiply(public[3 * m :], half, here[:m])
        multiply(public[: 2 * m], half, here[m : 3 * m])
        here[3 * m :] = public[2 * m : 3 * m]
    see: Any = None if params.peepholes is None else 0.5 * params.peepholes[:, :, None]
    early = gates if see is None else gates[:, m:]  # o has to wait for c^(t) if it sees that
    product = np.empty_like(c[0])
    c_previous = c[0]
    for before, gates_t, early_t, sigmoids_t, o, i, f, g, c_t, tanh_c_t, h_t in zip(
        joint[:-1],
        gates,
        early,
        early[:, :-m],
        *four_blocks(gates),
        c[1:],
        tanh_c[1:],
        joint[1:, :m],
        strict=True,
    ):
        W.dot(before, gates_t)
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
        c_previous = c_t


def recur_back(
    params: LSTMParams,
    joint_features: Array,
    gates: Array,
    c: Array,
    tanh_c: Array,
    grad_h: Array,
    grad_c: Array,
) -> tuple[Array, Array]:
    """Go backwards in time: complete ∂L/∂h, fill ∂L/∂c; return the gradients of [W_hh, W_hx, b_h], peepholes.

    The former has the gates in the order of this module: `public_order` turns it back.

    grad_h[1:] holds W_yhᵀ ∂L/∂o^(t), which is ∂L/∂h^(t) through the logits of step t alone, to begin with.
    """
    add, multiply = np.add, np.multiply
    T, m, B = c[1:].shape
    W_hh_T = np.empty((m, 4 * m), c.dtype)
    W_hh_T[:, :m], W_hh_T[:, m:] = params.W_hh[3 * m :].T, params.W_hh[: 3 * m].T
    see: Any = None if params.peepholes is None else params.peepholes[:, :, None]
    blocks = blocks_of_steps(T, B)
    # Local derivatives of one block of steps, which become δ = ∂L/∂a of the gates; and of h by c.
    delta_room = np.empty((blocks[-1].stop, 4 * m, B), c.dtype)
    by_c_room = np.empty((blocks[-1].stop, m, B), c.dtype)
    by_joint: Any = None
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
        product = features(delta) @ joint_features[:, block.start * B : block.stop * B].T
        by_joint = product if by_joint is None else add(by_joint, product, by_joint)
        if see is not None:
            by_cell[:2] += np.einsum("tgmb,tmb->gm", four[:, 1:3], c[before])
            by_cell[2] += np.einsum("tmb,tmb->m", four[:, 0], c[after])
    grad_h[0], grad_c[0] = later_h, later_c
    return by_joint, by_cell


def public_order(gates: Array) -> Array:
    """Copy an array whose rows are o, i, f, g into the order i, f, g, o."""
    m = len(gates) // 4
    return np.concatenate([gates[m:], gates[:m]])


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
