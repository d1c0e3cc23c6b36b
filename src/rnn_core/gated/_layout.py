"""The layout in which the gated cells compute: a state is (m, B), so the gates of a step are blocks of rows.

With the batch last, each gate of a step is contiguous, and so are neighbouring gates. NumPy works on such
blocks at full speed, and W h is a quicker product than h Wᵀ with the batch first. What callers see has
the batch before the units.
"""

from typing import Any

import numpy as np

from .._checks import Array, float_array

# Local derivatives are computed for some steps at a time: many small steps in one NumPy call, but few enough
# large ones to stay in the processor's cache until they are used.
BLOCK_BYTES = 1 << 18


def columns(array: Array, batched: bool) -> Array:
    """View (..., B, m) as (..., m, B), or (..., m) as (..., m, 1)."""
    return array.swapaxes(-1, -2) if batched else array[..., None]


def rows(array: Array, batched: bool) -> Array:
    """View (..., m, B) as (..., B, m), or (..., m, 1) as (..., m): the inverse of `columns`."""
    return array.swapaxes(-1, -2) if batched else array[..., 0]


def features(array: Array) -> Array:
    """Bring (T, m, B) into the form (m, T·B), for products over all steps at once."""
    return array.swapaxes(0, 1).reshape(array.shape[1], -1)


def check_inputs(x: Any, n: int, dtype: np.dtype[Any]) -> Array:
    """Return x if it is finite, (T, n) or (T, B, n), and of that dtype."""
    x = np.asarray(x)
    return float_array("x", x, ("T", n) if x.ndim == 2 else ("T", "B", n), dtype)


def states(name: str, initial: Array | None, x: Array, m: int) -> Array:
    """Return room for s^(0) to s^(T) in columns, (T+1, m, B), with s^(0) filled in: zero if not given."""
    batched = x.ndim == 3
    room = np.empty((len(x) + 1, m, x.shape[1] if batched else 1), x.dtype)
    if initial is None:
        room[0] = 0.0
    else:
        room[0] = columns(float_array(name, initial, (*x.shape[1:-1], m), x.dtype), batched)
    return room


def with_ones(x: Array) -> Array:
    """[x, 1], so that the product with [W, b] adds the bias, and that with δ gives its gradient too."""
    extended = np.empty((*x.shape[:-1], x.shape[-1] + 1), x.dtype)
    extended[..., :-1] = x
    extended[..., -1] = 1.0
    return extended


def drive(W: Array, b: Array, x: Array, out: Array) -> None:
    """W x^(t) + b for every t, into the (T, rows of W, B) array `out`."""
    np.matmul(np.concatenate([W, b[:, None]], axis=1), columns(with_ones(x), x.ndim == 3), out=out)


def block_steps(step: Array) -> int:
    """Return how many steps of this size make a block."""
    return max(1, BLOCK_BYTES // step.nbytes)


def finish_sigmoid(gates: Array) -> None:
    """Turn tanh(a/2) into σ(a) = (1 + tanh(a/2))/2, in place."""
    np.multiply(gates, 0.5, gates)
    np.add(gates, 0.5, gates)
