"""The cliff of Pascanu, Mikolov and Bengio (2013): descent on the loss of a network with a single unit.

The network h^(t) = σ(w h^(t−1) + b), with σ the logistic sigmoid and no input, has two parameters, so that
its loss (h^(T) − target)² can be seen as a surface over (w, b). With T = 50, h^(0) = σ(1/2) and target 0.7 it
is the surface of their figure 6, whose x_t is the pre-activation a^(t) here and whose x_0 is 1/2.
"""

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from ._checks import Array, finite_number, positive_int, real_array
from .activations import SIGMOID
from .descent import clip_gradient, global_norm, sgd_step

__all__ = ["CliffPath", "cliff_descent", "cliff_edge", "cliff_gradient", "cliff_loss"]

H0 = float(SIGMOID.value(0.5))
TARGET = 0.7


class CliffPath(NamedTuple):
    """Where a descent has been: entry 0 is its start, entry i the place after update i.

    Attributes
    ----------
    w, b : (updates+1,) array
        The parameters.
    loss : (updates+1,) array
        The loss there.
    grad_norm : (updates+1,) array
        The norm of the gradient there, before clipping.
    """

    w: Array
    b: Array
    loss: Array
    grad_norm: Array


class _Weights(NamedTuple):
    """The two parameters, as arrays of one entry, for the functions of `descent`."""

    w: Array
    b: Array


def cliff_loss(w: ArrayLike, b: ArrayLike, T: int = 50, *, h0: float = H0, target: float = TARGET) -> Any:
    """(h^(T) − target)² for the one-unit network h^(t) = σ(w h^(t−1) + b).

    Parameters
    ----------
    w, b : float or array of float
        Recurrent weight and bias; arrays are broadcast against each other.
    T : int
        Number of steps, ≥ 1.
    h0 : float
        h^(0), between 0 and 1.
    target : float
        The value that h^(T) should take.

    Returns
    -------
    float or array of float
        Squared units of h.

    Raises
    ------
    TypeError, ValueError
        If an argument is not a finite real number, w and b do not broadcast, T is below 1, or h0 is outside
        (0, 1).

    References
    ----------
    Pascanu, Mikolov and Bengio (2013), ICML, figure 6; arXiv:1211.5063.

    Examples
    --------
    >>> from rnn_core.cliff import cliff_edge, cliff_loss
    >>> edge = float(cliff_edge(6.0))
    >>> print(round(float(cliff_loss(6.0, edge - 0.01)), 3), round(float(cliff_loss(6.0, edge + 0.01)), 3))
    0.423 0.038
    """
    h, _, _ = _last_state(w, b, T, h0)
    return (h - finite_number("target", target)) ** 2


def cliff_gradient(
    w: ArrayLike, b: ArrayLike, T: int = 50, *, h0: float = H0, target: float = TARGET
) -> tuple[Any, Any]:
    """∂L/∂w and ∂L/∂b of `cliff_loss`, exact.

    Two parameters are few enough to carry ∂h^(t)/∂w and ∂h^(t)/∂b forwards along with the state, where
    backpropagation would go backwards; each step multiplies both by the Jacobian w σ'(a^(t)).

    Parameters
    ----------
    w, b, T, h0, target
        As for `cliff_loss`.

    Returns
    -------
    grad_w, grad_b : float or array of float
        Of the shape of `cliff_loss`.

    Raises
    ------
    FloatingPointError
        If the surface is so steep somewhere that the gradient exceeds the largest float.
    TypeError, ValueError
        As `cliff_loss` does.
    """
    h, h_w, h_b = _last_state(w, b, T, h0)
    with np.errstate(over="ignore", invalid="ignore"):
        slope = 2.0 * (h - finite_number("target", target))
        grad_w, grad_b = slope * h_w, slope * h_b
    if not (np.isfinite(grad_w).all() and np.isfinite(grad_b).all()):
        raise FloatingPointError(f"the gradient after T = {T} steps exceeds the largest float")
    return grad_w, grad_b


def cliff_edge(w: ArrayLike, *, h0: float = H0) -> Any:
    """The b for which h^(0) is a fixed point: where w h0 (1 − h0) > 1 the cliff stands on this line.

    There every state equals h^(0) and every Jacobian λ = w h0 (1 − h0), so that ∂h^(T)/∂b is
    h0 (1 − h0) (λ^T − 1) / (λ − 1): for λ > 1 it grows exponentially with T. On one side of the line the
    state runs to the upper stable fixed point, on the other to the lower one.

    Parameters
    ----------
    w : float or array of float
        Recurrent weight.
    h0 : float
        h^(0), between 0 and 1.

    Returns
    -------
    float or array of float
        ln(h0 / (1 − h0)) − w h0.
    """
    h0 = _initial_state(h0)
    return np.log(h0 / (1.0 - h0)) - real_array("w", w) * h0


def cliff_descent(
    w: float,
    b: float,
    *,
    learning_rate: float,
    updates: int,
    clip: float | None = None,
    T: int = 50,
    h0: float = H0,
    target: float = TARGET,
) -> CliffPath:
    """Gradient descent on `cliff_loss` from (w, b), with `sgd_step` and `clip_by_global_norm`.

    Parameters
    ----------
    w, b : float
        Where to start.
    learning_rate : float
        η > 0.
    updates : int
        How many, ≥ 1.
    clip : float, optional
        The longest norm allowed for a gradient, > 0; left out, nothing is clipped.
    T, h0, target
        As for `cliff_loss`.

    Returns
    -------
    CliffPath
        ``w, b, loss, grad_norm``, each (updates+1,).

    Raises
    ------
    FloatingPointError
        If gradient or parameters exceed the largest float.
    TypeError, ValueError
        As `cliff_loss` does, or if η or `clip` is not a positive finite number.
    """
    learning_rate = finite_number("learning_rate", learning_rate, above=0.0)
    updates = positive_int("updates", updates)
    clip = None if clip is None else finite_number("clip", clip, above=0.0)
    weights = _Weights(*(np.array([finite_number(name, value)]) for name, value in (("w", w), ("b", b))))
    path: list[tuple[Any, ...]] = []
    while True:
        loss = cliff_loss(*weights, T, h0=h0, target=target)[0]
        grads = _Weights(*cliff_gradient(*weights, T, h0=h0, target=target))
        path.append((weights.w[0], weights.b[0], loss, global_norm(grads)))
        if len(path) > updates:
            return CliffPath(*np.array(path).T)
        if clip is not None:
            grads, _ = clip_gradient("clip", grads, clip)
        with np.errstate(over="ignore"):
            weights = sgd_step(weights, grads, learning_rate)
        if not np.isfinite(weights).all():
            raise FloatingPointError(f"descent diverged at update {len(path)}: the parameters overflowed")


def _last_state(w: Any, b: Any, T: int, h0: float) -> tuple[Any, Any, Any]:
    """h^(T) and its derivatives with respect to w and b."""
    w, b = real_array("w", w), real_array("b", b)
    try:
        w, b = np.broadcast_arrays(w, b)
    except ValueError:
        raise ValueError(f"w and b must broadcast, got shapes {w.shape} and {b.shape}") from None
    h = np.full(w.shape, _initial_state(h0))[()]
    h_w = h_b = np.zeros(w.shape)[()]
    with np.errstate(over="ignore"):
        for _ in range(positive_int("T", T)):
            h_next = SIGMOID.value(w * h + b)
            slope = SIGMOID.slope(h_next)
            h_w, h_b = slope * (h + w * h_w), slope * (1.0 + w * h_b)
            h = h_next
    return h, h_w, h_b


def _initial_state(h0: float) -> float:
    start = finite_number("h0", h0)
    if not 0.0 < start < 1.0:
        raise ValueError(f"h0 must be between 0 and 1, got {h0!r}")
    return start
