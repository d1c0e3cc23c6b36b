"""The stack and its gradient: forward pass, and backpropagation down the layers and back in time.

Each layer runs on the loops of the plain network; a skip connection is an addition on the way up, and another
on the way down.
"""

from typing import Any, NamedTuple

import numpy as np

from .._checks import Array, flag, float_array, sequences
from ..activations import TANH, Activation, read_activation
from ..losses import Loss, cross_entropy, output_loss, outputs, with_mask, within_lengths
from ..params import RNNParams
from ..rnn import _drive, _recur, _recur_back, _rows
from .params import StackLayer, StackParams, read_stack

__all__ = ["StackBackpropagation", "StackTrace", "stack_backpropagate", "stack_bptt", "stack_forward"]


class StackTrace(NamedTuple):
    """What the forward pass computed.

    Attributes
    ----------
    z : tuple of D+1 (T, m) or (T, B, m) arrays
        ``z[l][t-1]`` is z_ℓ^(t); ``z[0]`` has width n if there is no W_in.
    h : tuple of D (T+1, m) or (T+1, B, m) arrays
        ``h[l-1][t]`` is h_ℓ^(t).
    o, y : (T, k) or (T, B, k) array
        Logits and probabilities.
    activation : Activation
        The φ of the pass.
    """

    z: tuple[Array, ...]
    h: tuple[Array, ...]
    o: Array
    y: Array
    activation: Activation


class StackBackpropagation(NamedTuple):
    """What `stack_backpropagate` computed.

    Attributes
    ----------
    loss : float
        L: summed over time, averaged over the batch.
    grads : StackParams
        The gradient of L with respect to each parameter.
    grad_z : tuple of D+1 arrays, like `StackTrace.z`
        ``grad_z[l][t-1]`` is ∂L/∂z_ℓ^(t), by what the layers above and the output make of it.
    delta : tuple of D (T, m) or (T, B, m) arrays
        ``delta[l-1][t-1]`` is the derivative of L with respect to the argument of φ in h_ℓ^(t).
    grad_o : (T, k) or (T, B, k) array
        ∂L/∂o^(t).
    grad_h0 : (D, m) or (D, B, m) array
        ``grad_h0[l-1]`` is ∂L/∂h_ℓ^(0).
    """

    loss: float
    grads: StackParams
    grad_z: tuple[Array, ...]
    delta: tuple[Array, ...]
    grad_o: Array
    grad_h0: Array


def stack_forward(
    params: StackParams,
    x: Array,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    skip: bool = True,
) -> StackTrace:
    """Run the stack for t = 1..T.

    Parameters
    ----------
    params : StackParams
        Parameters, all float64 or all float32.
    x : (T, n) or (T, B, n) array
        Inputs of one sequence or of B sequences, time first; dtype as the parameters.
    h0 : (D, m) or (D, B, m) array, optional
        ``h0[l-1]`` is h_ℓ^(0); zero if left out.
    activation : Activation
        φ.
    skip : bool
        Whether z_ℓ is z_{ℓ−1} + h_ℓ or h_ℓ alone.

    Returns
    -------
    StackTrace
        States of all layers, logits and probabilities.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, or a number is NaN or infinite.

    References
    ----------
    He, Zhang, Ren and Sun (2016), CVPR, 770–778. Between recurrent layers: Wu et al. (2016),
    arXiv:1609.08144.
    """
    params, x, h = _prepare(params, x, h0, activation, skip)
    z = _run(params, x, h, activation, skip)
    return StackTrace(z, tuple(h), *outputs(params.W_yh, params.b_y, z[-1]), activation)


def stack_bptt(
    params: StackParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    lengths: Array | None = None,
    skip: bool = True,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> tuple[float, StackParams]:
    """Loss and gradient by full backpropagation, down the layers and back in time.

    Parameters
    ----------
    params, x, h0, activation, skip
        As for `stack_forward`.
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
    grads : StackParams
        Its gradient with respect to each parameter.

    Raises
    ------
    TypeError
        If an argument has the wrong type or dtype.
    ValueError
        If a shape does not fit, T or B is zero, a number is NaN or infinite, a target is outside [0, k),
        a length outside 1..T, or no step has a loss.
    """
    return stack_backpropagate(
        params, x, targets, h0, activation, lengths=lengths, skip=skip, mask=mask, loss=loss
    )[:2]


def stack_backpropagate(
    params: StackParams,
    x: Array,
    targets: Array,
    h0: Array | None = None,
    activation: Activation = TANH,
    *,
    lengths: Array | None = None,
    skip: bool = True,
    mask: Array | None = None,
    loss: Loss = cross_entropy,
) -> StackBackpropagation:
    """Do what `stack_bptt` does, and keep ∂L/∂z_ℓ^(t) of every layer and step, and what else was passed back.

    Parameters and errors are those of `stack_bptt`. With a mask that chooses the last step alone, the norm of
    ``grad_z[l][t-1]`` shows what is left of the gradient D − ℓ layers down and T − t steps back.

    Returns
    -------
    StackBackpropagation
        Loss, gradients, and what was passed down and back.
    """
    params, x, h = _prepare(params, x, h0, activation, skip)
    inside = within_lengths(lengths, x.shape[:-1])
    valid = with_mask(inside, mask, x.shape[:-1])
    z = _run(params, x, h, activation, skip, inside)
    value, grad_o = output_loss(params.W_yh, params.b_y, z[-1], targets, valid, loss)

    grad = (grad_o @ params.W_yh).reshape(z[-1].shape)
    grad_z, deltas, layers, grad_h0 = [grad], [], [], []
    for layer, z_below, h_l in zip(params.layers[::-1], z[-2::-1], h[::-1], strict=True):
        delta = grad.copy()  # ∂L/∂h_ℓ^(t) through z_ℓ^(t) alone, to begin with
        grad_h0.append(_recur_back(_network(params, layer), delta, activation.slope(h_l[1:])))
        rows = _rows(delta)
        layers.append(StackLayer(rows.T @ _rows(z_below), rows.T @ _rows(h_l[:-1]), np.add.reduce(rows)))
        through_layer = (rows @ layer.W_hx).reshape(z_below.shape)
        grad = through_layer + grad if skip else through_layer
        grad_z.append(grad)
        deltas.append(delta)
    grads = StackParams(
        W_in=None if params.W_in is None else _rows(grad).T @ _rows(x),
        layers=tuple(layers[::-1]),
        W_yh=grad_o.T @ _rows(z[-1]),
        b_y=np.add.reduce(grad_o),
    )
    return StackBackpropagation(
        value,
        grads,
        tuple(grad_z[::-1]),
        tuple(deltas[::-1]),
        grad_o.reshape((*x.shape[:-1], -1)),
        np.stack(grad_h0[::-1]),
    )


def _run(
    params: StackParams,
    x: Array,
    h: list[Array],
    activation: Activation,
    skip: bool,
    inside: Array | None = None,
) -> tuple[Array, ...]:
    """Fill h[l][1:] of every layer and return z_0 to z_D; states outside the sequences are set to zero."""
    z = [x if params.W_in is None else x @ params.W_in.T]
    # A state that overflows in the padding would meet a zero gradient: NaN.
    if inside is not None and params.W_in is not None:
        z[0][~inside] = 0.0
    for layer, h_l in zip(params.layers, h, strict=True):
        network = _network(params, layer)
        _recur(network, _drive(network, z[-1], h_l[1:]), h_l, activation)
        if inside is not None:
            h_l[1:][~inside] = 0.0
        z.append(z[-1] + h_l[1:] if skip else h_l[1:])
    return tuple(z)


def _network(params: StackParams, layer: StackLayer) -> RNNParams:
    """One layer with the output of the stack, in the form that the loops of `rnn` take."""
    return RNNParams(layer.W_hx, layer.W_hh, params.W_yh, layer.b_h, params.b_y)


def _prepare(
    params: StackParams, x: Array, h0: Array | None, activation: Activation, skip: bool
) -> tuple[StackParams, Array, list[Array]]:
    """Check the arguments; return params, x, and for each layer h of T+1 rows, the first being h_ℓ^(0)."""
    params, (n, m, dtype) = read_stack(params, flag("skip", skip))
    read_activation(activation)
    x = sequences("x", x, n, dtype)
    start: Any = np.zeros(len(params.layers))
    if h0 is not None:
        start = float_array("h0", h0, (len(params.layers), *x.shape[1:-1], m), dtype)
    h = [np.empty((len(x) + 1, *x.shape[1:-1], m), dtype) for _ in params.layers]
    for h_l, start_l in zip(h, start, strict=True):
        h_l[0] = start_l
    return params, x, h
