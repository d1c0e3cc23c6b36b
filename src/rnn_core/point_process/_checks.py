"""Checks shared by the point processes."""

from typing import Any

import numpy as np

from .._checks import Array, finite_number, real_array


def event_times(times: Any, end: float | None = None, name: str = "times") -> Array:
    """Return event times as float64, strictly increasing in (0, end]; none at all is allowed."""
    array = np.asarray(times)
    if array.size == 0:
        array = array.astype(np.float64)
    array = real_array(name, array).astype(np.float64, copy=False)
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (N,), got {array.shape}")
    if array.size == 0:
        return array
    if array[0] <= 0.0:
        raise ValueError(f"{name} must lie after 0, where the window begins, got {array[0]} at index 0")
    if (array[1:] <= array[:-1]).any():
        i = int(np.argmax(array[1:] <= array[:-1])) + 1
        raise ValueError(
            f"{name} must be strictly increasing, got {array[i - 1]} then {array[i]} at index {i}"
        )
    if end is not None and array[-1] > end:
        raise ValueError(f"{name} must lie within the window (0, end] with end = {end:g}, got {array[-1]}")
    return array


def positive_tuple(name: str, value: Any, *, least: float | None = None) -> tuple[float, ...]:
    """Return a number or a sequence of numbers as a tuple of floats > 0, or ≥ `least` if that is given."""
    array = np.atleast_1d(real_array(name, value))
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} must be a number or have shape (J,) with J ≥ 1, got shape {array.shape}")
    if least is None:
        return tuple(finite_number(name, float(v), above=0.0) for v in array)
    return tuple(finite_number(name, float(v), least=least) for v in array)


def since_last_event(times: Array, at: Array) -> tuple[Array, Array]:
    """Return the number of events strictly before each time, and the time since the last (or since 0)."""
    count = np.searchsorted(times, at, side="left")
    return count, at - np.concatenate([[0.0], times])[count]
