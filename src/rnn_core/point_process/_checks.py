"""Checks shared by the point processes."""

import math
from typing import Any

import numpy as np

from .._checks import Array, finite_number, is_masked, real_array

_DATES = "(times - times[0]) / np.timedelta64(1, 'D') has the days since the first event"


def plain(name: str, value: Any) -> Array:
    """Return `value` as a plain array; a masked one is refused, for its hidden values would be used."""
    if is_masked(value):
        raise TypeError(f"{name} must not be a masked array; {name}.compressed() drops what is hidden")
    try:
        return np.asarray(value)
    except ValueError:
        raise ValueError(f"{name} must be an array, got rows of different lengths") from None


def real_values(name: str, value: Any) -> Any:
    """Return finite real numbers as an array, or as a float if `value` is a number: it widens no float32."""
    if isinstance(value, int | float):
        return finite_number(name, value)
    return real_array(name, plain(name, value))


def event_times(times: Any, end: float | None = None, name: str = "times") -> Array:
    """Return event times as float64, strictly increasing in [0, end]; none at all is allowed."""
    array = plain(name, times)
    if array.size == 0 and array.dtype.kind != "M":
        array = array.astype(np.float64)
    if array.dtype.kind in "mMO":
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}; of dates, {_DATES}")
    given, array = array, real_array(name, array).astype(np.float64, copy=False)
    if array.ndim != 1:
        raise ValueError(f"{name} must have shape (N,), got {array.shape}")
    if array.size == 0:
        return array
    if array[0] < 0.0:
        raise ValueError(f"{name} must not lie before 0, where the clock begins, got {array[0]} at index 0")
    if (array[1:] <= array[:-1]).any():
        raise ValueError(_not_increasing(name, given, array))
    if end is not None and array[-1] > end:
        raise ValueError(
            f"{name} must lie within the window (start, end] or before it, end = {end:g}, got {array[-1]}"
        )
    return array


def _not_increasing(name: str, given: Array, array: Array) -> str:
    """Say what is wrong; whole numbers are compared as such, since float64 rounds those above 2⁵³."""
    unsorted = given[1:] <= given[:-1]
    i = int(np.argmax(unsorted if unsorted.any() else array[1:] <= array[:-1])) + 1
    text = f"{name} must be strictly increasing, got {given[i - 1]} then {given[i]} at index {i}"
    if not unsorted.any():
        return f"{text}, which are one number in float64: subtract a whole number, such as {name}[0], first"
    if given[i] < given[i - 1]:
        return f"{text}: sort them"
    return (
        f"{text}: events of one time have no order; count them as one, or spread them within the precision "
        "of the record"
    )


def window(start: Any, end: Any) -> tuple[float, float]:
    """Return the window's begin and end, 0 ≤ start < end."""
    start, end = finite_number("start", start, least=0.0), finite_number("end", end, above=0.0)
    if end <= start:
        raise ValueError(f"end must lie after start = {start:g}, got {end}")
    return start, end


def times_from(at: Any, start: float) -> Array:
    """Return times of any shape, none before `start`."""
    array: Array = real_array("at", plain("at", at)).astype(np.float64, copy=False)
    if (array < start).any():
        begin = f"start = {start:g}" if start > 0.0 else "0, where the clock begins"
        raise ValueError(f"at must not lie before {begin}, got {array.min()}")
    return array


def positive(name: str, value: Any) -> float:
    """Return a finite number > 0 whose reciprocal is finite too."""
    number = finite_number(name, value, above=0.0)
    if number < 1e-300:
        raise ValueError(f"{name} must be at least 1e-300, or another unit be chosen, got {number}")
    return number


def positive_tuple(name: str, value: Any, *, least: float | None = None) -> tuple[float, ...]:
    """Return a number or a sequence of numbers as a tuple of floats > 0, or ≥ `least` if that is given."""
    array = np.atleast_1d(real_array(name, plain(name, value)))
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"{name} must be a number or have shape (J,) with J ≥ 1, got shape {array.shape}")
    if least is None:
        return tuple(positive(name, float(v)) for v in array)
    return tuple(finite_number(name, float(v), least=least) for v in array)


def since_last_event(times: Array, at: Array) -> tuple[Array, Array]:
    """Return the number of events strictly before each time, and the time since the last (or since 0)."""
    count = np.searchsorted(times, at, side="left")
    return count, at - np.concatenate([[0.0], times])[count]


def exp_or_inf(x: float) -> float:
    """e^x, infinite where it leaves the range of floats."""
    return math.exp(x) if x < 709.0 else math.inf
