"""The LSTM and its gradient, fast: forward pass and full backpropagation through time.

With σ the logistic sigmoid and ∘ the product by entries, one step is::

    i, f, o = σ(W x^(t) + U h^(t−1) + b), each with its own rows;  g = tanh(the same with the rows of g)
    c^(t) = f ∘ c^(t−1) + i ∘ g;  h^(t) = o ∘ tanh(c^(t))
"""

from typing import NamedTuple

import numpy as np

from .._checks import Array
from ..losses import Loss, cross_entropy, outputs
from ._layout import counted_steps, features, loss_of_states, rows
from ._lstm import prepare, public_order, recur, recur_back
from .params import LSTMParams, read_lstm

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

    @property
    def grad_h0(self) -> Array:
        """∂L/∂h^(0), (m,) or (B, m)."""
        start: Array = self.grad_h[0]
        return start

    @property
    def grad_c0(self) -> Array:
        """∂L/∂c^(0), (m,) or (B, m)."""
        start: Array = self.grad_c[0]
        return start


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
    params, (n, m, _, dtype) = read_lstm(params)
    shape, joint, (c, tanh_c), gates = prepare(x, n, m, dtype, h0, c0, count=2)
    recur(params, joint, gates, c, tanh_c)
    h, c = (rows(state, shape).copy() for state in (joint[:, :m], c))
    return LSTMTrace(np.roll(rows(gates, shape), -m, axis=-1), c, h, *outputs(params.W_yh, params.b_y, h[1:]))


def lstm_bptt(
    params: LSTMParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    c0: Array | None = None,
    *,
    lengths: Array | None = None,
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

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core.gated import init_lstm, lstm_bptt
    >>> rng = np.random.default_rng(0)
    >>> params = init_lstm(n=5, m=7, k=6, rng=rng)
    >>> loss, grads = lstm_bptt(params, rng.standard_normal((20, 5)), rng.integers(0, 6, 20))
    >>> all(g is p is None or g.shape == p.shape for g, p in zip(grads, params))
    True
    """
    return _backpropagate(params, x, targets, h0, c0, lengths, mask, loss)[1:3]


def lstm_backpropagate(
    params: LSTMParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    c0: Array | None = None,
    *,
    lengths: Array | None = None,
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
    shape, value, grads, *states, grad_o = _backpropagate(params, x, targets, h0, c0, lengths, mask, loss)
    grad_h, grad_c = (rows(state, shape).copy() for state in states)
    return LSTMBackpropagation(value, grads, grad_h, grad_c, grad_o.reshape(*shape[:-1], -1))


def _backpropagate(
    params: LSTMParams,
    x: Array,
    targets: Array,
    h0: Array | None,
    c0: Array | None,
    lengths: Array | None,
    mask: Array | None,
    loss: Loss,
) -> tuple[tuple[int, ...], float, LSTMParams, Array, Array, Array]:
    """Return the shape of x, the loss, the gradients, ∂L/∂h and ∂L/∂c in columns, and ∂L/∂o as rows."""
    params, (n, m, _, dtype) = read_lstm(params)
    shape, joint, states, gates = prepare(x, n, m, dtype, h0, c0, count=4)
    h, (c, tanh_c, grad_h, grad_c) = joint[:, :m], states
    inside, valid = counted_steps(shape, lengths, mask)
    recur(params, joint, gates, c, tanh_c)
    if inside is not None:  # what the padding led to may not meet a zero gradient: it could be NaN
        for array in (gates, h[1:], c[1:], tanh_c[1:]):
            rows(array, shape)[~inside] = 0.0
    joint_features = features(joint)
    h_features = joint_features[:m, h.shape[2] :]
    value, grad_o = loss_of_states(params, shape, h_features, targets, valid, loss, grad_h)
    by_joint, by_cell = recur_back(params, joint_features, gates, c, tanh_c, grad_h, grad_c)
    grads = LSTMParams(
        W_hx=public_order(by_joint[:, m:-1]),
        W_hh=public_order(by_joint[:, :m]),
        W_yh=grad_o.T @ h_features.T,
        b_h=public_order(by_joint[:, -1]),
        b_y=np.add.reduce(grad_o),
        peepholes=None if params.peepholes is None else by_cell,
    )
    return shape, value, grads, grad_h, grad_c, grad_o
