"""Checks of what the caller passed: each error names the argument, what was expected and what came.

One habit for arrays: whatever NumPy reads as one will do. A list or a tuple of numbers takes the type that is
wanted; an array must have it. An array of a subclass, such as a matrix, is read as the plain array it is; a
masked array is refused, since its hidden values would be used like the others.
"""

import math
import numbers
import operator
import sys
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

FLOATS = (np.dtype(np.float64), np.dtype(np.float32))

# No size, length or count is larger: NumPy could not make such an array.
LARGEST = 2**31 - 1


def shown(value: Any) -> str:
    """What came, for a message: its repr if that is one short line, else what kind of thing it is."""
    if isinstance(value, np.ndarray) and value.size > 8:
        return f"an array of shape {value.shape}"
    try:
        text = repr(value)
    except Exception:  # an integer of more than 4300 digits, or an object that cannot say what it is
        text = ""
    return (
        text
        if text and len(text) <= 100 and "\n" not in text
        else f"an object of type {type(value).__name__}"
    )


def is_masked(value: Any) -> bool:
    """Whether this is a masked array; numpy.ma is not imported to find out that there can be none."""
    ma = sys.modules.get("numpy.ma")
    return ma is not None and isinstance(value, ma.MaskedArray)


def as_array(name: str, value: Any) -> Array:
    """Return `value` as a plain array, or say that it is none."""
    if type(value) is np.ndarray:
        return value
    if is_masked(value) or (isinstance(value, list | tuple) and any(map(is_masked, value))):
        raise TypeError(
            f"{name} must not be masked, since its hidden values would count: pass its filled() values, "
            "and a mask where there is an argument for it"
        )
    try:
        return np.asarray(value)
    except Exception as error:  # whatever an object's __array__ raises
        kind = ValueError if isinstance(error, ValueError) else TypeError
        raise kind(f"{name} must be an array, or lists of equal length, got {shown(value)}") from None


def typed(name: str, value: Any, dtype: np.dtype[Any] | None) -> Array:
    """Return `value` as a plain array; lists and numbers become one of `dtype`, or of float64."""
    if type(value) is np.ndarray:
        return value
    array = as_array(name, value)
    if (
        array.dtype.kind in "iuf"
        and isinstance(value, list | tuple | int | float)
        and not isinstance(value, np.generic)
    ):
        array = array.astype(dtype or np.float64)
    return array


def float_array(
    name: str, value: Any, shape: tuple[int | str, ...], dtype: np.dtype[Any] | None = None
) -> Array:
    """Return `value` as a finite float array of that shape; a string in `shape` stands for any size ≥ 1."""
    array = typed(name, value, dtype)
    if array.dtype not in FLOATS:
        raise TypeError(f"{name} must have dtype float64 or float32, got {array.dtype}")
    if dtype is not None and array.dtype != dtype:
        raise TypeError(f"{name} must have dtype {dtype}, like the parameters, got {array.dtype}")
    expect_shape(name, array, shape)
    expect_finite(name, array)
    return array


def sequences(name: str, value: Any, size: int, dtype: np.dtype[Any]) -> Array:
    """Return `value` as a finite array (T, size) of one sequence, or (T, B, size) of a batch."""
    one = as_array(name, value).ndim == 2
    return float_array(name, value, ("T", size) if one else ("T", "B", size), dtype)


def bool_array(name: str, value: Any, shape: tuple[int, ...]) -> Array:
    """Return `value` as an array of booleans of that shape."""
    array = as_array(name, value)
    if array.dtype != np.bool_:
        raise TypeError(f"{name} must hold booleans, got dtype {array.dtype}")
    if array.shape != shape:
        raise ValueError(f"{name} must have shape {shape}, got {array.shape}")
    return array


def code_array(name: str, value: Any, k: int) -> Array:
    """Return `value` as an array of integers in [0, k), of whatever shape; none at all is allowed."""
    array = as_array(name, value)
    if array.size == 0 and isinstance(value, list | tuple):
        array = array.astype(np.int64)
    if array.dtype.kind not in "iu":
        raise TypeError(f"{name} must be integers, got dtype {array.dtype}")
    if array.size and (array.min() < 0 or array.max() >= k):
        raise ValueError(f"{name} must be in [0, k) with k = {k}, got {array.min()} to {array.max()}")
    return array


def expect_shape(name: str, array: Array, shape: tuple[int | str, ...]) -> None:
    """Raise a ValueError unless the shape agrees; a string stands for any size of at least one."""
    if array.shape == shape:
        return
    if len(array.shape) != len(shape) or any(
        have < 1 if isinstance(want, str) else have != want
        for have, want in zip(array.shape, shape, strict=True)
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
    array = as_array(name, value)
    if array.dtype.kind in "iu":
        array = array.astype(np.float64)
    if array.dtype not in FLOATS:
        if array.dtype.kind == "f":
            raise TypeError(f"{name} must have dtype float64 or float32, or hold integers, got {array.dtype}")
        raise TypeError(f"{name} must hold real numbers, got dtype {array.dtype}")
    expect_finite(name, array)
    return array


def positive_int(name: str, value: Any, least: int = 1, most: int = LARGEST) -> int:
    """Return `value` as an int of at least `least`, and at most `most`."""
    try:
        # Old versions of NumPy take their bool for an integer.
        if isinstance(value, bool | np.bool_) or is_masked(value):
            raise TypeError
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be an integer, got {shown(value)}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {shown(number)}")
    if number > most:
        raise ValueError(f"{name} must be at most {most}, got {shown(number)}")
    return number


def finite_number(
    name: str, value: Any, *, above: float = -math.inf, least: float = -math.inf, below: float = math.inf
) -> float:
    """Return `value` as a finite Python float > `above`, ≥ `least` and < `below`."""
    # float() would also read a string; an array of one element is a number only if it has no axes.
    axes_free = type(value) is np.ndarray and value.ndim == 0 and value.dtype.kind in "iuf"
    if isinstance(value, bool) or not (axes_free or isinstance(value, numbers.Real)):
        raise TypeError(f"{name} must be a number, got {shown(value)}")
    try:
        number = float(value)
    except OverflowError:  # an integer beyond the range of floats
        number = math.inf
    except (TypeError, ValueError):
        raise TypeError(f"{name} must be a number, got {shown(value)}") from None
    if not math.isfinite(number) or number <= above or number < least or number >= below:
        low = f" > {above:g}" if above > -math.inf else f" ≥ {least:g}" if least > -math.inf else ""
        high = f"{' and' if low else ''} < {below:g}" if below < math.inf else ""
        raise ValueError(f"{name} must be a finite number{low}{high}, got {shown(value)}")
    return number


def flag(name: str, value: Any) -> bool:
    """Return `value` if it is True or False."""
    if not isinstance(value, bool | np.bool_):
        raise TypeError(f"{name} must be True or False, got {shown(value)}")
    return bool(value)


def choice(name: str, value: Any, options: Sequence[str]) -> str:
    """Return `value` if it is one of these words."""
    if not isinstance(value, str):
        raise TypeError(f"{name} must be one of {', '.join(options)}, got {shown(value)}")
    if value not in options:
        raise ValueError(f"{name} must be one of {', '.join(options)}, got {shown(value)}")
    return value


def float_type(dtype: Any) -> np.dtype[Any]:
    """Return `dtype` as a dtype if it is one of the two float types."""
    try:
        kind: Any = None if dtype is None else np.dtype(dtype)  # NumPy reads None as float64
    except Exception:  # NumPy raises what it likes for what is no type
        kind = None
    if kind is None or kind not in FLOATS:  # in this order: NumPy holds that float64 equals None
        raise TypeError(f"dtype must be float64 or float32, got {shown(dtype) if kind is None else kind}")
    result: np.dtype[Any] = kind
    return result


def file_path(name: str, value: Any) -> Path:
    """Return `value` as a path."""
    if not isinstance(value, str | PathLike) or value == "":
        raise TypeError(f"{name} must be a path, got {shown(value)}")
    return Path(value)


def expect_function(name: str, value: Any) -> None:
    """Raise a TypeError unless this can be called."""
    if not callable(value):
        raise TypeError(f"{name} must be a function, got {shown(value)}")


def generator(rng: Any) -> np.random.Generator:
    """Return `rng` if it is a NumPy generator."""
    if not isinstance(rng, np.random.Generator):
        raise TypeError(
            f"rng must be a numpy.random.Generator (np.random.default_rng(seed)), got {shown(rng)}"
        )
    return rng
