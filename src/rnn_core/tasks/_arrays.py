"""What the tasks share: one-hot inputs, the last step as a mask, and the checks of a batch and of outputs."""

from typing import Any

import numpy as np

from .._checks import Array, bool_array, expect_shape, float_array, real_array
from ..descent import Batch
from ..losses import int_array


def one_hot_rows(codes: Array, k: int, dtype: np.dtype[Any]) -> Array:
    """Codes of any shape as one-hot vectors along a new last axis."""
    vectors: Array = np.eye(k, dtype=dtype)[codes]
    return vectors


def last_step(T: int, B: int) -> Array:
    """The (T, B) mask of a task whose only loss is that of step T."""
    mask = np.zeros((T, B), dtype=bool)
    mask[-1] = True
    return mask


def read_batch(batch: Any, maker: str, width: int | str) -> Batch:
    """Return a batch whose x is (T, B, width), or say that this function did not make it."""
    if not isinstance(batch, Batch):
        raise TypeError(f"batch must be a Batch, what {maker} returns, got {type(batch).__name__}")
    return batch._replace(x=float_array("batch.x", batch.x, ("T", "B", width)))


def read_codes(batch: Batch, k: int) -> Batch:
    """Return a batch, whose x has been read, with targets that are codes in [0, k)."""
    targets = int_array("batch.targets", batch.targets, batch.x.shape[:-1])
    if targets.min() < 0 or targets.max() >= k:
        raise ValueError(f"batch.targets must be in [0, {k}), got {targets.min()} to {targets.max()}")
    return batch._replace(targets=targets)


def expect_one_hot(batch: Batch, maker: str) -> None:
    """Raise a ValueError unless each row of x is one-hot."""
    x = batch.x
    if not (((x == 0) | (x == 1)).all() and (x.sum(axis=-1) == 1).all()):
        raise ValueError(f"batch.x must be one-hot, as {maker} returns it")


def expect_last_step(batch: Batch, maker: str) -> None:
    """Raise unless the mask chooses the last step alone."""
    if batch.mask is None or batch.lengths is not None:
        raise ValueError(f"batch must have a mask and no lengths, as {maker} returns it")
    T, B, _ = batch.x.shape
    mask = bool_array("batch.mask", batch.mask, (T, B))
    if not np.array_equal(mask, last_step(T, B)):
        raise ValueError(f"batch.mask must choose the last step alone, as {maker} returns it")


def outputs_for(batch: Batch, o: Any, k: int) -> Array:
    """Return the outputs o if they are finite and have shape (T, B, k), with T and B those of the batch."""
    outputs = real_array("o", o)
    expect_shape("o", outputs, (*batch.x.shape[:2], k))
    return outputs
