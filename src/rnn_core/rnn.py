"""The network and its gradient, fast: forward pass and backpropagation through time.

Equal to the specification in `equations` (and tested so), but written for speed: W_hx x for all steps is one
matrix product; a step is one product into a buffer, one addition and one activation in place; slopes
come from h, so a is not kept; each weight gradient is one product after the loop.
"""

from typing import NamedTuple

import numpy as np

from ._checks import Array, float_array, positive_int, sequences
from .activations import TANH, Activation, read_activation
from .losses import Loss, cross_entropy, output_loss, outputs, with_mask, within_lengths
from .params import RNNParams, read_params

__all__ = [
    "Backpropagation",
    "Trace",
    "backpropagate",
    "backpropagate_outputs",
    "bptt",
    "forward",
    "truncated_bptt",
]


class Trace(NamedTuple):
    """What the forward pass of Equations (1)–(4) computed.

    Attributes
    ----------
    a : (T, m) or (T, B, m) array
        Pre-activations: ``a[t-1]`` is a^(t).
    h : (T+1, m) or (T+1, B, m) array
        Hidden states: ``h[t]`` is h^(t).
    o, y : (T, k) or (T, B, k) array
        Logits and probabilities: ``y[t-1]`` is y^(t).
    activation : Activation
        The φ of the pass.
    """

    a: Array
    h: Array
    o: Array
    y: Array
    activation: Activation


class Backpropagation(NamedTuple):
    """What `backpropagate` computed.

    Attributes
    ----------
    loss : float
        L in nats: summed over time, averaged over the batch.
    grads : RNNParams
        The gradient of L with respect to each parameter.
    delta : (T, m) or (T, B, m) array
        ``delta[t-1]`` is δ^(t) = ∂L/∂a^(t), Equation (6).
    grad_o : (T, k) or (T, B, k) array
        ``grad_o[t-1]`` is ∂L/∂o^(t).
    grad_h0 : (m,) or (B, m) array
        ∂L/∂h^(0).
    """

    loss: float
    grads: RNNParams
    delta: Array
    grad_o: Array
    grad_h0: Array


def forward(params: RNNParams, x: Array, h0: Array | None = None, activation: Activation = TANH) -> Trace:
    """Run the network: Equations (1) to (4) for t = 1..T.

    Parameters
    ----------
    params : RNNParams
        Parameters, all float64 or all float32.
    x : (T, n) or (T, B, n) array
        Inputs of one sequence or of B sequences, time first; dtype as the parameters.
    h0 : (m,) or (B, m) array, optional
        h^(0); zero if left out.
    activation : Activation
        φ; tanh in Equation (2).

    Returns
    -------
    Trace
        a, h, o, y and the activation.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, or a number is NaN or infinite.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import forward, init_params
    >>> rng = np.random.default_rng(0)
    >>> params = init_params(n=5, m=7, k=6, rng=rng)
    >>> trace = forward(params, rng.standard_normal((20, 5)))
    >>> trace.h.shape, trace.y.shape
    ((21, 7), (20, 6))
    >>> bool(np.allclose(trace.y.sum(axis=-1), 1.0))
    True
    """
    params, x, h = _prepare(params, x, h0, activation)
    a = _drive(params, x, np.empty((*x.shape[:-1], h.shape[-1]), h.dtype))
    _recur(params, a, h, activation)
    return Trace(a, h, *outputs(params.W_yh, params.b_y, h[1:]), activation)


def bptt(
    params: RNNParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> tuple[float, RNNParams]:
    """Loss and gradient by backpropagation through time: Equations (5) to (10), (10) corrected.

    Parameters
    ----------
    params : RNNParams
        Parameters, all float64 or all float32.
    x : (T, n) or (T, B, n) array
        Inputs, time first; dtype as the parameters. Must be finite in the padding too.
    targets : (T,) or (T, B) array of int
        ``targets[t-1]`` is c^(t) in [0, k). In the padding any integer will do.
    h0 : (m,) or (B, m) array, optional
        h^(0); zero if left out.
    activation : Activation
        φ.
    lengths : (B,) array of int, or int when x is (T, n), optional
        Steps of each sequence, in 1..T. What lies beyond is padding and changes nothing.
    mask : (T,) or (T, B) array of bool, optional
        The steps that have a loss; all within the sequence if left out.
    loss : function, optional
        Cross-entropy, Equation (5), or another loss of `losses`, such as `squared_error`, whose targets
        are floats like o.

    Returns
    -------
    loss : float
        L, in nats for the cross-entropy: summed over time, averaged over the batch.
    grads : RNNParams
        Its gradient with respect to each parameter.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, a number is NaN or infinite, a target is outside [0, k), a
        length outside 1..T, or the mask chooses no step.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import bptt, init_params
    >>> rng = np.random.default_rng(0)
    >>> params = init_params(n=5, m=7, k=6, rng=rng)
    >>> x, targets = rng.standard_normal((20, 3, 5)), rng.integers(0, 6, (20, 3))
    >>> loss, grads = bptt(params, x, targets)
    >>> grads.W_hh.shape == params.W_hh.shape
    True
    >>> nudged = params._replace(b_y=params.b_y + [1e-6, 0, 0, 0, 0, 0])  # the gradient says what that does
    >>> bool(np.isclose((bptt(nudged, x, targets)[0] - loss) / 1e-6, grads.b_y[0], rtol=1e-4))
    True
    """
    return backpropagate(params, x, targets, h0, activation, lengths=lengths, mask=mask, loss=loss)[:2]


def backpropagate(
    params: RNNParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> Backpropagation:
    """Do what `bptt` does, and keep δ^(t), ∂L/∂o^(t) and ∂L/∂h^(0).

    Parameters and errors are those of `bptt`.

    Returns
    -------
    Backpropagation
        Loss, gradients, and what was passed back in time.
    """
    params, x, h, value, grad_o = _forward_loss(params, x, targets, h0, activation, lengths, mask, loss)
    grads, delta, grad_h0 = _backward(params, x, h, grad_o, activation)
    return Backpropagation(value, grads, delta, grad_o.reshape((*x.shape[:-1], -1)), grad_h0)


def backpropagate_outputs(
    params: RNNParams, x: Array, trace: Trace, grad_o: Array
) -> tuple[RNNParams, Array, Array]:
    """Equations (6) to (10) for whatever loss: from ∂L/∂o^(t) of every step to the gradient.

    Parameters
    ----------
    params : RNNParams
        The parameters that made the trace.
    x : (T, n) or (T, B, n) array
        The inputs that made it.
    trace : Trace
        What `forward` returned.
    grad_o : (T, k) or (T, B, k) array
        ``grad_o[t-1]`` is ∂L/∂o^(t). Nothing is divided by B here.

    Returns
    -------
    grads : RNNParams
        The gradient with respect to each parameter.
    delta : (T, m) or (T, B, m) array
        δ^(t) = ∂L/∂a^(t).
    grad_h0 : (m,) or (B, m) array
        ∂L/∂h^(0).

    Raises
    ------
    TypeError, ValueError
        If an argument has the wrong type, dtype or shape, or a number is not finite.
    """
    if not isinstance(trace, Trace):
        raise TypeError(f"trace must be what forward returns, got {type(trace).__name__}")
    activation = read_activation(trace.activation, "trace.activation")
    params, x, room = _prepare(params, x, None, activation)
    h = float_array("trace.h", trace.h, room.shape, room.dtype)
    grad_o = float_array("grad_o", grad_o, (*x.shape[:-1], len(params.b_y)), h.dtype)
    return _backward(params, x, h, _rows(grad_o), activation)


def truncated_bptt(
    params: RNNParams,
    x: Array,
    targets: Array,
    window: int,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    lengths: Array | None = None,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> tuple[float, RNNParams]:
    """Backpropagation that is cut at every multiple of `window` steps, while h runs on.

    The loss is that of `bptt`; the gradient lacks every path that crosses a cut, so it is biased. With
    window ≥ T nothing is cut.

    Parameters
    ----------
    params, x, targets, h0, activation, lengths, mask, loss
        As for `bptt`.
    window : int
        Steps between cuts, at least 1.

    Returns
    -------
    loss : float
        L, as `bptt` has it.
    grads : RNNParams
        The truncated gradient.

    Raises
    ------
    TypeError, ValueError
        As `bptt` does, and if `window` is not a positive integer.

    References
    ----------
    Williams and Peng (1990), Neural Computation 2, 490–501.
    """
    window = positive_int("window", window)
    params, x, h, value, grad_o = _forward_loss(params, x, targets, h0, activation, lengths, mask, loss)
    return value, _backward(params, x, h, grad_o, activation, window)[0]


def _rows(array: Array) -> Array:
    """View (T, m) or (T, B, m) as (T, m) or (T·B, m)."""
    return array.reshape(-1, array.shape[-1])


def _prepare(
    params: RNNParams, x: Array, h0: Array | None, activation: Activation
) -> tuple[RNNParams, Array, Array]:
    """Check the arguments; return them with h of T+1 rows, of which the first is h^(0)."""
    params, (n, m, _, dtype) = read_params(params)
    read_activation(activation)
    x = sequences("x", x, n, dtype)
    h = np.empty((len(x) + 1, *x.shape[1:-1], m), dtype)
    h[0] = 0.0 if h0 is None else float_array("h0", h0, h.shape[1:], dtype)
    return params, x, h


def _forward_loss(
    params: RNNParams,
    x: Array,
    targets: Array,
    h0: Array | None,
    activation: Activation,
    lengths: Array | None,
    mask: Array | None,
    loss: Loss,
) -> tuple[RNNParams, Array, Array, float, Array]:
    """Equations (1) to (5): the parameters, x, h, the loss, and ∂L/∂o as rows."""
    params, x, h = _prepare(params, x, h0, activation)
    inside = within_lengths(lengths, x.shape[:-1])
    valid = with_mask(inside, mask, x.shape[:-1])
    _recur(params, _drive(params, x, h[1:]), h, activation)
    if inside is not None:
        h[1:][~inside] = 0.0  # else a state that overflows in the padding meets a zero gradient: NaN
    value, grad_o = output_loss(params.W_yh, params.b_y, h[1:], targets, valid, loss)
    return params, x, h, value, grad_o


def _drive(params: RNNParams, x: Array, out: Array) -> Array:
    """W_hx x^(t) + b_h for every t at once, into `out`."""
    np.dot(_rows(x), params.W_hx.T, _rows(out))
    out += params.b_h
    return out


def _recur(params: RNNParams, a: Array, h: Array, activation: Activation) -> None:
    """Equations (1) and (2): complete a, which holds the drive, and fill h[1:]; a may be h[1:] itself."""
    add, value = np.add, activation.value
    W_hh_T, recurrent = params.W_hh.T, np.empty_like(h[0])
    h_previous = h[0]
    for a_t, h_t in zip(a, h[1:], strict=True):
        h_previous.dot(W_hh_T, recurrent)
        add(a_t, recurrent, a_t)
        value(a_t, h_t)
        h_previous = h_t


def _recur_back(params: RNNParams, delta: Array, slope: Array) -> Array:
    """Equations (6) and (10), backwards: turn W_yhᵀ ∂L/∂o^(t) into δ^(t) in place; return ∂L/∂h^(0)."""
    add, multiply = np.add, np.multiply
    W_hh = params.W_hh
    from_later: Array = np.zeros_like(delta[0])
    for delta_t, slope_t in zip(delta[::-1], slope[::-1], strict=True):
        add(delta_t, from_later, delta_t)
        multiply(delta_t, slope_t, delta_t)
        delta_t.dot(W_hh, from_later)
    return from_later


def _backward(
    params: RNNParams, x: Array, h: Array, grad_o: Array, activation: Activation, window: int | None = None
) -> tuple[RNNParams, Array, Array]:
    """Equations (6) to (10): the gradients, δ and ∂L/∂h^(0) from ∂L/∂o as rows, cut at each window."""
    delta = (grad_o @ params.W_yh).reshape(h[1:].shape)  # ∂L/∂h^(t) through o^(t) alone, to begin with
    window = window or len(delta)
    for start in range((len(delta) - 1) // window * window, -1, -window):
        piece = slice(start, start + window)
        grad_h0 = _recur_back(params, delta[piece], activation.slope(h[1:][piece]))
    delta_rows = _rows(delta)
    grads = RNNParams(
        W_hx=delta_rows.T @ _rows(x),
        W_hh=delta_rows.T @ _rows(h[:-1]),
        W_yh=grad_o.T @ _rows(h[1:]),
        b_h=np.add.reduce(delta_rows),
        b_y=np.add.reduce(grad_o),
    )
    return grads, delta, grad_h0
