"""Losses of the outputs, and which steps have one.

A loss is a function ``loss(o, targets, valid)`` of the logits o of all steps: it returns the loss of each
step and its derivative ∂L^(t)/∂o^(t). The models sum over the steps that count and average over the batch.
"""

from collections.abc import Callable
from typing import Any

import numpy as np

from ._checks import FLOATS, Array, as_array, bool_array, expect_function, shown, typed

__all__ = ["Loss", "cross_entropy", "squared_error"]

Loss = Callable[[Array, Any, Array | None], tuple[Array, Array]]


def cross_entropy(o: Array, targets: Array, valid: Array | None = None) -> tuple[Array, Array]:
    """−log softmax(o^(t))[c^(t)] of each step, and y^(t) − e_c: Equations (4), (5) and what (9) needs.

    Parameters
    ----------
    o : (T, k) or (T, B, k) array
        Logits; overwritten.
    targets : (T,) or (T, B) array of int
        c^(t) in [0, k). Where a step does not count any integer will do.
    valid : bool array of the shape of `targets`, optional
        The steps that count; all if left out.

    Returns
    -------
    losses : (T,) or (T, B) array
        In nats.
    grad_o : array like `o`
        ∂L^(t)/∂o^(t).

    Raises
    ------
    TypeError, ValueError
        If the targets are not integers of that shape, or one that counts is outside [0, k).

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import cross_entropy
    >>> loss, _ = cross_entropy(np.zeros((7, 4)), np.zeros(7, int))  # seven guesses among four
    >>> bool(np.isclose(loss.sum(), 7 * np.log(4)))
    True
    """
    o = _logits(o)
    k = o.shape[-1]
    targets = int_array("targets", targets, o.shape[:-1])
    if valid is not None:
        targets = np.where(bool_array("valid", valid, targets.shape), targets, 0)
    if targets.min() < 0 or targets.max() >= k:
        wrong = targets[(targets < 0) | (targets >= k)][0]
        raise ValueError(f"targets must be in [0, k) with k = {k}, got {wrong}")
    rows = o.reshape(-1, k)
    index, c = np.arange(len(rows)), targets.reshape(-1)
    rows -= np.maximum.reduce(rows, axis=1, keepdims=True)
    chosen = rows[index, c]
    np.exp(rows, rows)
    total = np.add.reduce(rows, axis=1, keepdims=True)
    losses = np.log(total[:, 0]) - chosen
    rows /= total
    rows[index, c] -= 1.0
    return losses.reshape(targets.shape), rows.reshape(o.shape)


def squared_error(o: Array, targets: Array, valid: Array | None = None) -> tuple[Array, Array]:
    """Σ_i (o_i − target_i)² of each step, and 2 (o − target): for targets that are numbers.

    Parameters
    ----------
    o : (T, k) or (T, B, k) array
        Outputs; overwritten.
    targets : array like `o`
        Floats; where a step does not count anything will do.
    valid : bool array of the shape of o without its last axis, optional
        The steps that count; all if left out.

    Returns
    -------
    losses : (T,) or (T, B) array
        In squared units of the target; there is no factor ½.
    grad_o : array like `o`
        ∂L^(t)/∂o^(t).

    Raises
    ------
    TypeError, ValueError
        If the targets are not floats of that shape, or one that counts is not finite.
    """
    o = _logits(o)
    targets = typed("targets", targets, o.dtype)
    if targets.dtype not in FLOATS:
        raise TypeError(f"targets must be floats for the squared error, got dtype {targets.dtype}")
    if targets.shape != o.shape:
        raise ValueError(f"targets must have shape {o.shape}, like the outputs, got {targets.shape}")
    if valid is not None:
        targets = np.where(bool_array("valid", valid, o.shape[:-1])[..., None], targets, 0.0)
    if not np.isfinite(targets).all():
        raise ValueError(f"targets must be finite, got {targets[~np.isfinite(targets)][0]}")
    np.subtract(o, targets, o, casting="same_kind")
    losses = np.einsum("...k,...k->...", o, o)
    o *= 2
    return losses, o


def within_lengths(lengths: Array | None, shape: tuple[int, ...]) -> Array | None:
    """Return the steps that lie within each sequence; None: all do."""
    if lengths is None:
        return None
    lengths = int_array("lengths", lengths, shape[1:])
    if (lengths < 1).any() or (lengths > shape[0]).any():
        raise ValueError(f"lengths must be in 1..T = {shape[0]}, got {lengths}")
    inside: Array = np.arange(shape[0]).reshape(-1, *(1,) * lengths.ndim) < lengths
    return inside


def with_mask(inside: Array | None, mask: Array | None, shape: tuple[int, ...]) -> Array | None:
    """Return the steps that have a loss: within the sequence and chosen by the mask; None: all have one."""
    if mask is None:
        return inside
    mask = bool_array("mask", mask, shape)
    valid: Array = mask if inside is None else mask & inside
    if not valid.any():
        raise ValueError("mask must choose at least one step within the sequences, got none")
    return valid


def outputs(W_yh: Array, b_y: Array, h: Array) -> tuple[Array, Array]:
    """Equations (3) and (4): the logits and probabilities of states h^(1), …, h^(T), (T, k) or (T, B, k)."""
    o = h.reshape(-1, h.shape[-1]) @ W_yh.T
    o += b_y
    y = o - o.max(axis=1, keepdims=True)
    np.exp(y, y)
    y /= y.sum(axis=1, keepdims=True)
    shape = (*h.shape[:-1], -1)
    return o.reshape(shape), y.reshape(shape)


def output_loss(
    W_yh: Array, b_y: Array, h: Array, targets: Any, valid: Array | None, loss: Loss
) -> tuple[float, Array]:
    """Equations (3) to (5): the loss of states h^(1), …, h^(T), and ∂L/∂o as rows, zero where not valid.

    Parameters
    ----------
    W_yh, b_y : (k, m) and (k,) array
        Output weights and bias.
    h : (T, m) or (T, B, m) array
        h^(1) to h^(T).
    targets, valid, loss
        As a `Loss` takes them, and the loss itself.

    Returns
    -------
    loss : float
        Summed over the valid steps, averaged over the batch.
    grad_o : (T, k) or (T·B, k) array
        Its derivative.
    """
    expect_function("loss", loss)
    m = h.shape[-1]
    batch = h[0].size // m
    o = h.reshape(-1, m) @ W_yh.T
    o += b_y
    o = o.reshape(*h.shape[:-1], -1)
    losses, grad_o = _returned(o, loss(o, targets, valid))
    rows = grad_o.reshape(-1, o.shape[-1])
    if valid is not None:
        losses = losses[valid]
    value = float(losses.sum(dtype=np.float64)) / batch  # before rows change: the two may be one memory
    if valid is not None:
        rows[~valid.reshape(-1)] = 0.0
    if batch > 1:
        rows /= batch
    return value, rows


def int_array(name: str, value: Any, shape: tuple[int, ...]) -> Array:
    """Return `value` as an array of integers of that shape."""
    array = as_array(name, value)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name} must be integers, got dtype {array.dtype}")
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def _logits(o: Any) -> Array:
    """Return the logits o if they are an array that a loss can overwrite; a list is copied."""
    array = typed("o", o, None)
    if array.dtype not in FLOATS:
        raise TypeError(f"o must have dtype float64 or float32, got {array.dtype}")
    if array.ndim not in (2, 3) or array.size == 0:
        raise ValueError(f"o must have shape (T, k) or (T, B, k), each size at least 1, got {array.shape}")
    return array if array.flags.writeable else array.copy()


def _returned(o: Array, result: Any) -> tuple[Array, Array]:
    """The losses and ∂L/∂o that a loss returned, the latter in the type of o and ours to overwrite."""
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError(f"loss must return the losses and their derivative by o, got {shown(result)}")
    losses, grad_o = (as_array("what loss returns", part) for part in result)
    if losses.dtype.kind not in "iuf" or grad_o.dtype.kind not in "iuf":
        raise TypeError(f"loss must return real numbers, got dtypes {losses.dtype} and {grad_o.dtype}")
    if losses.shape != o.shape[:-1] or grad_o.shape != o.shape:
        raise ValueError(
            f"loss must return arrays of shapes {o.shape[:-1]} and {o.shape}, "
            f"got {losses.shape} and {grad_o.shape}"
        )
    if grad_o.dtype != o.dtype or not np.may_share_memory(grad_o, o):
        grad_o = grad_o.astype(o.dtype)  # a copy: the caller may hold the other one
    return losses, grad_o
