"""Gradient descent: the update of Equations (13) to (15), clipping, and the training loop."""

import math
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from ._checks import Array, expect_shape, finite_number
from .activations import TANH, Activation
from .params import RNNParams, check_params
from .rnn import bptt

__all__ = ["Batch", "History", "clip_by_global_norm", "global_norm", "sgd_step", "train"]


class Batch(NamedTuple):
    """One batch for `train`: what `bptt` is given anew for each; a plain tuple (x, targets) will do.

    Attributes
    ----------
    x : (T, n) or (T, B, n) array
        Inputs.
    targets : (T,) or (T, B) array of int
        Indices of the correct classes.
    h0 : (m,) or (B, m) array, optional
        Initial state.
    lengths : (B,) array of int, optional
        Steps of each sequence.
    """

    x: Array
    targets: Array
    h0: Array | None = None
    lengths: Array | None = None


class History(NamedTuple):
    """What `train` recorded, one entry per update.

    Attributes
    ----------
    loss : (updates,) array
        L of the batch before the update, in nats (summed over time, averaged over the batch).
    grad_norm : (updates,) array
        Global 2-norm of the gradient before clipping.
    """

    loss: Array
    grad_norm: Array


def sgd_step(params: RNNParams, grads: RNNParams, learning_rate: float = 0.1) -> RNNParams:
    """θ − η ∂L/∂θ for all five parameters: Equations (13), (14), (15), and the same rule for the biases.

    Parameters
    ----------
    params, grads : RNNParams
        Parameters and gradient, of the same shapes and dtype.
    learning_rate : float
        η > 0.

    Returns
    -------
    RNNParams
        New parameters; the arguments stay as they are.

    Raises
    ------
    TypeError, ValueError
        If the two do not fit together, hold NaN or infinity, or η is not a positive finite number.
    """
    eta = finite_number("learning_rate", learning_rate, above=0.0)
    _, _, _, dtype = check_params(params)
    if check_params(grads, "grads")[3] != dtype:
        raise TypeError(f"grads must have dtype {dtype}, like the parameters, got {grads.W_hh.dtype}")
    for name, theta, grad in zip(RNNParams._fields, params, grads, strict=True):
        expect_shape(f"grads.{name}", grad, theta.shape)
    return RNNParams(*(theta - eta * grad for theta, grad in zip(params, grads, strict=True)))


def global_norm(grads: RNNParams) -> float:
    """The 2-norm of all entries of all five arrays taken as one vector; exact also where squares overflow."""
    grads = RNNParams(*(g.astype(np.float64, copy=False) for g in grads))
    total = math.sqrt(sum(float(np.vdot(g, g)) for g in grads))
    if math.isfinite(total) and total > 1e-100:
        return total
    largest = float(np.max([np.abs(g).max() for g in grads]))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * math.sqrt(sum(float(np.sum((g / largest) ** 2)) for g in grads))


def clip_by_global_norm(grads: RNNParams, max_norm: float = 1.0) -> tuple[RNNParams, float]:
    """Scale a gradient down to norm `max_norm` if it is longer; its direction stays.

    Parameters
    ----------
    grads : RNNParams
        A gradient.
    max_norm : float
        The longest norm allowed, > 0.

    Returns
    -------
    grads : RNNParams
        The gradient, scaled by min(1, max_norm / norm).
    norm : float
        Its global norm *before* clipping.

    Raises
    ------
    TypeError, ValueError
        If `grads` is not a finite gradient or `max_norm` not a positive finite number.

    References
    ----------
    Pascanu, Mikolov and Bengio (2013), ICML, algorithm 1.
    """
    max_norm = finite_number("max_norm", max_norm, above=0.0)
    check_params(grads, "grads")
    norm = global_norm(grads)
    if norm > max_norm:
        grads = RNNParams(*(g * (max_norm / norm) for g in grads))
    return grads, norm


def train(
    params: RNNParams,
    batches: Iterable[Any],
    learning_rate: float = 0.1,
    clip: float | None = 1.0,
    *,
    activation: Activation = TANH,
    progress: bool = False,
) -> tuple[RNNParams, History]:
    """Stochastic gradient descent: one update for each batch.

    Parameters
    ----------
    params : RNNParams
        Where to start.
    batches : iterable of Batch or of (x, targets)
        Each is used once.
    learning_rate : float
        η > 0.
    clip : float or None
        Largest global norm of a gradient; None does not clip.
    activation : Activation
        φ.
    progress : bool
        Show a bar (this alone needs the package tqdm).

    Returns
    -------
    params : RNNParams
        The trained parameters.
    history : History
        Loss and gradient norm of every update.

    Raises
    ------
    FloatingPointError
        If loss, gradient or parameters stop being finite; the message says at which update.
    TypeError, ValueError
        As `bptt`, `clip_by_global_norm` and `sgd_step` do.
    """
    learning_rate = finite_number("learning_rate", learning_rate, above=0.0)
    clip = None if clip is None else finite_number("clip", clip, above=0.0)
    if progress:
        from tqdm import tqdm

        batches = tqdm(batches, unit=" updates")
    losses, norms = [], []
    for update, batch in enumerate(batches, start=1):
        x, targets, h0, lengths = Batch(*batch)
        with np.errstate(over="ignore", invalid="ignore"):
            loss, grads = bptt(params, x, targets, h0, activation, lengths)
            norm = global_norm(grads)
            if not (math.isfinite(loss) and math.isfinite(norm)):
                raise FloatingPointError(
                    f"training diverged at update {update}: loss {loss}, gradient norm {norm}; "
                    "a smaller learning_rate or a clip helps"
                )
            if clip is not None:
                grads, norm = clip_by_global_norm(grads, clip)
            params = sgd_step(params, grads, learning_rate)
            if not math.isfinite(global_norm(params)):
                raise FloatingPointError(f"training diverged at update {update}: the parameters overflowed")
        losses.append(loss)
        norms.append(norm)
    if not losses:
        raise ValueError("batches must hold at least one batch, got none")
    return params, History(np.array(losses), np.array(norms))
