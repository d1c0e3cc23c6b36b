"""Gradient descent: the update of Equations (13) to (15), Adam, clipping, and the training loop.

All of it works for the parameters of any model of the package: NamedTuples of arrays, which may hold further
tuples of arrays.
"""

import math
from collections.abc import Callable, Iterable
from typing import Any, Generic, NamedTuple, TypeVar

import numpy as np

from ._checks import Array, finite_number, positive_int
from ._tree import check_like, check_tree, leaves, tree_map
from .activations import TANH, Activation
from .losses import Loss, cross_entropy
from .params import RNNParams, check_params
from .rnn import bptt

__all__ = [
    "AdamState",
    "Batch",
    "History",
    "adam_init",
    "adam_step",
    "clip_by_global_norm",
    "global_norm",
    "sgd_step",
    "train",
]

Params = TypeVar("Params")

# The default rate of each rule, for its step and for `train`.
LEARNING_RATES = {"sgd": 0.1, "adam": 1e-3}


class Batch(NamedTuple):
    """One batch for `train`: what `bptt` is given anew for each; a plain tuple (x, targets) will do.

    Attributes
    ----------
    x : (T, n) or (T, B, n) array
        Inputs.
    targets : (T,) or (T, B) array of int
        Indices of the correct classes.
    h0 : (m,) or (B, m) array, optional
        Initial state.
    lengths : (B,) array of int, optional
        Steps of each sequence.
    mask : (T,) or (T, B) array of bool, optional
        The steps that have a loss.
    """

    x: Array
    targets: Array
    h0: Array | None = None
    lengths: Array | None = None
    mask: Array | None = None


class AdamState(NamedTuple, Generic[Params]):
    """What Adam remembers between two steps.

    Attributes
    ----------
    step : int
        Updates done.
    mean, square : like the parameters
        Running means of the gradient and of its square, entry by entry, without the correction for their
        start at zero.
    """

    step: int
    mean: Params
    square: Params


class History(NamedTuple):
    """What `train` recorded, one entry per update.

    Attributes
    ----------
    loss : (updates,) array
        L of the batch before the update, in nats (summed over time, averaged over the batch).
    grad_norm : (updates,) array
        Global 2-norm of the gradient before clipping.
    clipped : (updates,) array of bool
        Whether the gradient was clipped; ``clipped.sum()`` counts the updates.
    optimizer_state : AdamState or None
        Adam's state after the last update, for `train` to go on with; None for plain descent.
    """

    loss: Array
    grad_norm: Array
    clipped: Array
    optimizer_state: AdamState[Any] | None = None


def sgd_step(params: Params, grads: Params, learning_rate: float = LEARNING_RATES["sgd"]) -> Params:
    """θ − η ∂L/∂θ for every parameter: Equations (13), (14), (15), and the same rule for the biases.

    Parameters
    ----------
    params, grads : RNNParams, or the parameters of another model
        Parameters and gradient, of the same type, shapes and dtype.
    learning_rate : float
        η > 0.

    Returns
    -------
    like `params`
        New parameters; the arguments stay as they are.

    Raises
    ------
    TypeError, ValueError
        If the two do not fit together, hold NaN or infinity, or η is not a positive finite number.
    """
    eta = finite_number("learning_rate", learning_rate, above=0.0)
    _check("params", params)
    check_like("grads", grads, params)
    return tree_map(lambda theta, grad: theta - eta * grad, params, grads)


def adam_init(params: Params) -> AdamState[Params]:
    """Return the state of Adam before its first step: zero means."""
    _check("params", params)
    zero = tree_map(np.zeros_like, params)
    return AdamState(0, zero, zero)


def adam_step(
    params: Params,
    grads: Params,
    state: AdamState[Params],
    learning_rate: float = LEARNING_RATES["adam"],
    beta1: float = 0.9,
    beta2: float = 0.999,
    epsilon: float = 1e-8,
) -> tuple[Params, AdamState[Params]]:
    """One step of Adam: θ − η m̂ / (√v̂ + ε), with m̂ and v̂ running means of gradient and squared gradient.

    Parameters
    ----------
    params, grads : RNNParams, or the parameters of another model
        Parameters and gradient, of the same type, shapes and dtype.
    state : AdamState
        From `adam_init`, or from the step before.
    learning_rate : float
        η > 0: about how far an entry moves in one step.
    beta1, beta2 : float
        Factors in [0, 1) by which the two running means forget.
    epsilon : float
        ε > 0.

    Returns
    -------
    params : like `params`
        New parameters.
    state : AdamState
        New state; the arguments stay as they are.

    Raises
    ------
    TypeError, ValueError
        If the arguments do not fit together, hold NaN or infinity, or a number is out of its range.

    References
    ----------
    Kingma and Ba (2015), ICLR, algorithm 1; arXiv:1412.6980.
    """
    eta = finite_number("learning_rate", learning_rate, above=0.0)
    epsilon = finite_number("epsilon", epsilon, above=0.0)
    for name, beta in (("beta1", beta1), ("beta2", beta2)):
        if not 0.0 <= finite_number(name, beta) < 1.0:
            raise ValueError(f"{name} must be in [0, 1), got {beta!r}")
    if not isinstance(state, AdamState):
        raise TypeError(f"state must be an AdamState, got {type(state).__name__}")
    _check("params", params)
    check_like("grads", grads, params)
    check_like("state.mean", state.mean, params)
    check_like("state.square", state.square, params)
    step = positive_int("state.step", state.step, least=0) + 1
    mean = tree_map(lambda m, g: beta1 * m + (1 - beta1) * g, state.mean, grads)
    square = tree_map(lambda v, g: beta2 * v + (1 - beta2) * (g * g), state.square, grads)
    # Both means started at zero: divided by these they are averages, with weights that sum to one.
    weight1, weight2 = 1 - beta1**step, 1 - beta2**step

    def moved(theta: Array, m: Array, v: Array) -> Array:
        new: Array = theta - (eta / weight1) * m / (np.sqrt(v / weight2) + epsilon)
        return new

    return tree_map(moved, params, mean, square), AdamState(step, mean, square)


def global_norm(grads: Any) -> float:
    """The 2-norm of all entries of all arrays taken as one vector; exact also where squares overflow."""
    arrays = [array.astype(np.float64, copy=False) for _, array in leaves(grads)]
    total = math.sqrt(sum(float(np.vdot(g, g)) for g in arrays))
    if math.isfinite(total) and total > 1e-100:
        return total
    largest = float(np.max([np.abs(g).max() for g in arrays]))
    if largest == 0.0 or not math.isfinite(largest):
        return largest
    return largest * math.sqrt(sum(float(np.sum((g / largest) ** 2)) for g in arrays))


def clip_by_global_norm(grads: Params, max_norm: float = 1.0) -> tuple[Params, float]:
    """Scale a gradient down to norm `max_norm` if it is longer; its direction stays.

    Parameters
    ----------
    grads : RNNParams, or the gradient of another model
        A gradient.
    max_norm : float
        The longest norm allowed, > 0.

    Returns
    -------
    grads : like `grads`
        The gradient, scaled by min(1, max_norm / norm).
    norm : float
        Its global norm *before* clipping.

    Raises
    ------
    TypeError, ValueError
        If `grads` is not a finite gradient or `max_norm` not a positive finite number.

    References
    ----------
    Pascanu, Mikolov and Bengio (2013), ICML, algorithm 1.
    """
    max_norm = finite_number("max_norm", max_norm, above=0.0)
    _check("grads", grads)
    norm = global_norm(grads)
    if norm > max_norm:
        grads = tree_map(lambda g: g * (max_norm / norm), grads)
    return grads, norm


def train(
    params: Params,
    batches: Iterable[Any],
    learning_rate: float | None = None,
    clip: float | None = None,
    *,
    activation: Activation = TANH,
    loss: Loss = cross_entropy,
    gradient: Callable[[Params, Batch], tuple[float, Params]] | None = None,
    optimizer: str = "sgd",
    history: History | None = None,
    progress: bool = False,
) -> tuple[Params, History]:
    """Stochastic gradient descent: one update for each batch.

    Parameters
    ----------
    params : RNNParams, or the parameters of another model
        Where to start.
    batches : iterable of Batch or of (x, targets)
        Each is used once. If `gradient` is given they may be anything that it takes.
    learning_rate : float, optional
        η > 0; if left out, the default of the optimizer's step: 0.1 of `sgd_step`, 0.001 of `adam_step`.
    clip : float, optional
        Largest global norm of a gradient, as in `clip_by_global_norm`; if left out, nothing is clipped.
    activation : Activation
        φ of the plain network.
    loss : function
        One of `losses`, for the plain network.
    gradient : function, optional
        ``gradient(params, batch) -> (loss, grads)`` of another model, such as
        ``lambda params, batch: lstm_bptt(params, batch.x, batch.targets)``; `bptt` if left out.
    optimizer : {"sgd", "adam"}
        The rule of the update: `sgd_step`, or `adam_step` with its usual factors.
    history : History, optional
        What an earlier call recorded: this one goes on from there. Adam takes over its state, and the new
        records follow the old ones.
    progress : bool
        Show a bar (this alone needs the package tqdm).

    Returns
    -------
    params : like `params`
        The trained parameters.
    history : History
        Loss and gradient norm of every update, which updates were clipped, and the state of the optimizer.

    Raises
    ------
    FloatingPointError
        If loss, gradient or parameters stop being finite; the message says at which update.
    TypeError, ValueError
        As `bptt`, `clip_by_global_norm` and `sgd_step` do.
    """
    if optimizer not in LEARNING_RATES:
        raise ValueError(f"optimizer must be one of {', '.join(LEARNING_RATES)}, got {optimizer!r}")
    if learning_rate is None:
        learning_rate = LEARNING_RATES[optimizer]
    learning_rate = finite_number("learning_rate", learning_rate, above=0.0)
    clip = None if clip is None else finite_number("clip", clip, above=0.0)
    if gradient is None:
        gradient = _gradient_of_the_network(params, activation, loss)
    _check("params", params)
    losses, norms, clipped, state = _go_on(history, params, optimizer)
    if progress:
        from tqdm import tqdm

        batches = tqdm(batches, unit=" updates")
    done = len(losses)
    for update, batch in enumerate(batches, start=done + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            value, grads = gradient(params, batch)
            norm = global_norm(grads)
            if not (math.isfinite(value) and math.isfinite(norm)):
                raise FloatingPointError(
                    f"training diverged at update {update}: loss {value}, gradient norm {norm}; "
                    "a smaller learning_rate or a clip helps"
                )
            clipped.append(clip is not None and norm > clip)
            if clip is not None:
                grads, _ = clip_by_global_norm(grads, clip)
            if state is None:
                params = sgd_step(params, grads, learning_rate)
            else:
                params, state = adam_step(params, grads, state, learning_rate)
            if not math.isfinite(global_norm(params)):
                raise FloatingPointError(f"training diverged at update {update}: the parameters overflowed")
        losses.append(value)
        norms.append(norm)
    if len(losses) == done:
        raise ValueError("batches must hold at least one batch, got none")
    return params, History(np.array(losses), np.array(norms), np.array(clipped), state)


def _go_on(
    history: Any, params: Params, optimizer: str
) -> tuple[list[float], list[float], list[bool], AdamState[Params] | None]:
    """The three records so far, as lists, and the state of the optimizer to start with."""
    start = adam_init(params) if optimizer == "adam" else None
    if history is None:
        return [], [], [], start
    if not isinstance(history, History):
        raise TypeError(f"history must be what train returned, got {type(history).__name__}")
    *records, state = history
    if state is not None and optimizer != "adam":
        raise ValueError(f"history must be of a run with optimizer {optimizer!r}, got one with Adam's state")
    losses, norms, clipped = (list(record) for record in records)
    return losses, norms, clipped, start if state is None else state


def _gradient_of_the_network(params: Any, activation: Activation, loss: Loss) -> Callable[[Any, Any], Any]:
    if not isinstance(params, RNNParams):
        raise TypeError(
            f"gradient must be given unless params is an RNNParams, got params of type "
            f"{type(params).__name__}"
        )

    def gradient(params: RNNParams, batch: Any) -> tuple[float, RNNParams]:
        x, targets, h0, lengths, mask = Batch(*batch)
        return bptt(params, x, targets, h0, activation, lengths=lengths, mask=mask, loss=loss)

    return gradient


def _check(name: str, params: Any) -> None:
    """Raise unless `params` holds finite arrays; for the plain network their shapes must fit together too."""
    if isinstance(params, RNNParams):
        check_params(params, name)
    else:
        check_tree(name, params)
