"""The layout in which the gated cells compute: a state is (m, B), so the gates of a step are blocks of rows.

With the batch last, each gate of a step is contiguous, and so are neighbouring gates. NumPy works on such
blocks at full speed, and W h is a quicker product than h Wᵀ with the batch first. What callers see has
the batch before the units.

What a pass fills lies in one array, as far as it can: the C library then keeps its memory for the next call,
where several arrays make it go back to the system, which has to clear it each time.
"""

from typing import Any

import numpy as np

from .._checks import Array, float_array, sequences
from ..losses import Loss, output_loss, with_mask, within_lengths

# Steps times sequences that backpropagation works through at a time: small steps share a NumPy call, large
# ones leave their local derivatives in the processor's cache, and weight gradients are added up seldom.
BLOCK = 512


def rows(array: Array, shape: tuple[int, ...]) -> Array:
    """View (..., m, B) as (..., B, m), or as (..., m) if `shape`, that of x, has no batch."""
    return array.swapaxes(-1, -2) if len(shape) == 3 else array[..., 0]


def features(array: Array) -> Array:
    """Bring (T, m, B) into the form (m, T·B), for products over all steps at once."""
    return array.swapaxes(0, 1).reshape(array.shape[1], -1)


def four_blocks(array: Array) -> Array:
    """View (T, 4m, B) as four arrays (T, m, B)."""
    T, height, B = array.shape
    return array.reshape(T, 4, height // 4, B).swapaxes(0, 1)


def check_inputs(x: Any, n: int, dtype: np.dtype[Any]) -> tuple[Array, int, int]:
    """Return x as an array with T and B."""
    x = sequences("x", x, n, dtype)
    return x, len(x), x.shape[1] if x.ndim == 3 else 1


def start(name: str, state: Array | None, shape: tuple[int, ...], place: Array) -> None:
    """Check an initial state and put it, or zero, in its place (m, B)."""
    m = len(place)
    if state is None:
        place[...] = 0.0
    else:
        place[...] = float_array(name, state, (*shape[1:-1], m), place.dtype).reshape(-1, m).T


def counted_steps(
    shape: tuple[int, ...], lengths: Array | None, mask: Array | None
) -> tuple[Array | None, Array | None]:
    """Return the steps within the sequences and the steps that have a loss; None: all."""
    inside = within_lengths(lengths, shape[:-1])
    return inside, with_mask(inside, mask, shape[:-1])


def loss_of_states(
    params: Any,
    shape: tuple[int, ...],
    h_features: Array,
    targets: Any,
    valid: Array | None,
    loss: Loss,
    grad_h: Array,
) -> tuple[float, Array]:
    """Return the loss of h^(1) to h^(T), which are features, and ∂L/∂o as rows; fill grad_h[1:] from it."""
    h_rows = h_features.T.reshape(*shape[:-1], -1)
    value, grad_o = output_loss(params.W_yh, params.b_y, h_rows, targets, valid, loss)
    T, _, B = grad_h[1:].shape
    np.matmul(params.W_yh.T, grad_o.reshape(T, B, -1).swapaxes(1, 2), out=grad_h[1:])
    return value, grad_o


def blocks_of_steps(T: int, B: int) -> list[slice]:
    """Cut the steps 0..T−1 into blocks for backpropagation, the last block first."""
    steps = min(T, -(-BLOCK // B))
    return [slice(start, min(T, start + steps)) for start in range(0, T, steps)][::-1]
