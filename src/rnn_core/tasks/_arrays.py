"""What the tasks share: one-hot inputs, the last step as a mask, and the checks of outputs and dtype."""

from typing import Any

import numpy as np

from .._checks import FLOATS, Array, expect_shape, real_array
from ..descent import Batch


def float_type(dtype: Any) -> np.dtype[Any]:
    """Return `dtype` if it is one of the two float types."""
    kind: np.dtype[Any] = np.dtype(dtype)
    if kind not in FLOATS:
        raise TypeError(f"dtype must be float64 or float32, got {kind}")
    return kind


def one_hot_rows(codes: Array, k: int, dtype: np.dtype[Any]) -> Array:
    """Codes of any shape as one-hot vectors along a new last axis."""
    vectors: Array = np.eye(k, dtype=dtype)[codes]
    return vectors


def last_step(T: int, B: int) -> Array:
    """The (T, B) mask of a task whose only loss is that of step T."""
    mask = np.zeros((T, B), dtype=bool)
    mask[-1] = True
    return mask


def expect_batch(batch: Any) -> None:
    """Raise a TypeError unless this is a `Batch`."""
    if not isinstance(batch, Batch):
        raise TypeError(f"batch must be a Batch, got {type(batch).__name__}")


def outputs_for(batch: Batch, o: Any, k: int) -> Array:
    """Return the outputs o if they are finite and have shape (T, B, k), with T and B those of the batch."""
    expect_batch(batch)
    outputs = real_array("o", o)
    expect_shape("o", outputs, (*batch.x.shape[:2], k))
    return outputs
