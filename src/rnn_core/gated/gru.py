"""The GRU and its gradient, fast: forward pass and full backpropagation through time.

With σ the logistic sigmoid and ∘ the product by entries, one step is::

    r, z = σ(W x^(t) + U h^(t−1) + b), each with its own rows
    n = tanh(W_n x^(t) + b_n + r ∘ (U_n h^(t−1) + b_hn))         reset "after" the product
    n = tanh(W_n x^(t) + b_n + U_n (r ∘ h^(t−1)))                reset "before" the product
    h^(t) = (1 − z) ∘ n + z ∘ h^(t−1)

with z on h^(t−1), as Cho et al. (2014), PyTorch and Keras have it. Chung et al. (2014) have z and 1 − z the
other way round: that is −a in the place of a, so the rows of z change their sign.
"""

from typing import NamedTuple

import numpy as np

from .._checks import Array
from ..losses import Loss, cross_entropy, outputs
from ._gru import prepare, recur, recur_back
from ._layout import counted_steps, features, loss_of_states, rows
from .params import GRUParams, read_gru

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

    @property
    def grad_h0(self) -> Array:
        """∂L/∂h^(0), (m,) or (B, m)."""
        start: Array = self.grad_h[0]
        return start


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
    Cho et al. (2014), Conference on Empirical Methods in Natural Language Processing, 1724–1734; with z and
    1 − z exchanged: Chung et al. (2014), arXiv:1412.3555.
    """
    params, (n, m, _, dtype) = read_gru(params)
    shape, inputs, (h,), blocks = prepare(x, n, m, dtype, h0, count=1)
    recur(params, inputs, blocks, h)
    h = rows(h, shape).copy()
    return GRUTrace(
        np.roll(rows(blocks[:, : 3 * m], shape), -m, axis=-1), h, *outputs(params.W_yh, params.b_y, h[1:])
    )


def gru_bptt(
    params: GRUParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    *,
    lengths: Array | None = None,
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
    return _backpropagate(params, x, targets, h0, lengths, mask, loss)[1:3]


def gru_backpropagate(
    params: GRUParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    *,
    lengths: Array | None = None,
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
    shape, value, grads, grad_h, grad_o = _backpropagate(params, x, targets, h0, lengths, mask, loss)
    return GRUBackpropagation(value, grads, rows(grad_h, shape).copy(), grad_o.reshape(*shape[:-1], -1))


def _backpropagate(
    params: GRUParams,
    x: Array,
    targets: Array,
    h0: Array | None,
    lengths: Array | None,
    mask: Array | None,
    loss: Loss,
) -> tuple[tuple[int, ...], float, GRUParams, Array, Array]:
    """Return the shape of x, the loss, the gradients, ∂L/∂h in columns, and ∂L/∂o as rows."""
    params, (n, m, _, dtype) = read_gru(params)
    shape, inputs, (h, grad_h), blocks = prepare(x, n, m, dtype, h0, count=2)
    inside, valid = counted_steps(shape, lengths, mask)
    recur(params, inputs, blocks, h)
    if inside is not None:  # what the padding led to may not meet a zero gradient: it could be NaN
        for array in (blocks, h[1:]):
            rows(array, shape)[~inside] = 0.0
    h_features = features(h)
    after = h_features[:, h.shape[2] :]
    value, grad_o = loss_of_states(params, shape, after, targets, valid, loss, grad_h)
    by_input, by_state, by_bias = recur_back(params, inputs, blocks, h, h_features, grad_h)
    grads = GRUParams(
        W_hx=by_input[:, :-1].copy(),
        W_hh=by_state,
        W_yh=grad_o.T @ after.T,
        b_h=by_input[:, -1].copy(),
        b_y=np.add.reduce(grad_o),
        b_hn=None if params.b_hn is None else by_bias,
    )
    return shape, value, grads, grad_h, grad_o
