"""Checks of what the caller passed: each error names the argument, what was expected and what came."""

import math
import numbers
import operator
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

FLOATS = (np.dtype(np.float64), np.dtype(np.float32))


def float_array(
    name: str, value: Any, shape: tuple[int | str, ...], dtype: np.dtype[Any] | None = None
) -> Array:
    """Return `value` as a finite float array of that shape; a string in `shape` stands for any size ≥ 1."""
    array = np.asarray(value)
    if array.dtype not in FLOATS:
        raise TypeError(f"{name} must have dtype float64 or float32, got {array.dtype}")
    if dtype is not None and array.dtype != dtype:
        raise TypeError(f"{name} must have dtype {dtype}, like the parameters, got {array.dtype}")
    expect_shape(name, array, shape)
    expect_finite(name, array)
    return array


def sequences(name: str, value: Any, size: int, dtype: np.dtype[Any]) -> Array:
    """Return `value` as a finite array (T, size) of one sequence, or (T, B, size) of a batch."""
    value = np.asarray(value)
    return float_array(name, value, ("T", size) if value.ndim == 2 else ("T", "B", size), dtype)


def expect_shape(name: str, array: Array, shape: tuple[int | str, ...]) -> None:
    """Raise a ValueError unless the shape agrees; a string stands for any size of at least one."""
    if array.shape == shape:
        return
    if len(array.shape) != len(shape) or any(
        have < 1 if isinstance(want, str) else have != want
        for have, want in zip(array.shape, shape, strict=False)
    ):
        sizes = ", ".join(map(str, shape)) + ("," if len(shape) == 1 else "")
        least = ", each size at least 1" if any(isinstance(want, str) for want in shape) else ""
        raise ValueError(f"{name} must have shape ({sizes}){least}, got {array.shape}")


def expect_finite(name: str, array: Array) -> None:
    """Raise a ValueError if any entry is NaN or infinite."""
    # A sum of squares is finite only if every term is, and costs a fraction of what isfinite().all() does;
    # a finite array whose squares overflow takes the slow road.
    if not math.isfinite(np.vdot(array, array)) and not np.isfinite(array).all():
        where = tuple(int(i) for i in np.argwhere(~np.isfinite(array))[0])
        raise ValueError(f"{name} must be finite, got {array[where]} at index {where}")


def real_array(name: str, value: Any) -> Array:
    """Return `value` as an array of finite real numbers, integers as float64."""
    array = np.asarray(value)
    if array.dtype.kind in "iu":
        array = array.astype(np.float64)
    if array.dtype not in FLOATS:
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}")
    expect_finite(name, array)
    return array


def positive_int(name: str, value: Any, least: int = 1) -> int:
    """Return `value` as an int of at least `least`."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {value!r}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    return number


def finite_number(name: str, value: Any, *, above: float = -math.inf, least: float = -math.inf) -> float:
    """Return `value` as a finite float, larger than `above` and at least `least`."""
    if not isinstance(value, numbers.Real | np.ndarray):  # float() would also read a string
        raise TypeError(f"{name} must be a number, got {value!r}")
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a number, got {value!r}") from None
    if not math.isfinite(number) or number <= above or number < least:
        expected = f" > {above:g}" if above > -math.inf else f" ≥ {least:g}" if least > -math.inf else ""
        raise ValueError(f"{name} must be a finite number{expected}, got {value!r}")
    return number


def generator(rng: Any) -> np.random.Generator:
    """Return `rng` if it is a NumPy generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(f"rng must be a numpy.random.Generator (np.random.default_rng(seed)), got {rng!r}")
    return rng
