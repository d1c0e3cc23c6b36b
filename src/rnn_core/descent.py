"""Gradient descent: the update of Equations (13) to (15), Adam, clipping, and the training loop.

All of it works for the parameters of any model of the package: NamedTuples of arrays, which may hold further
tuples of arrays.
"""

import math
from collections.abc import Callable, Iterable
from numbers import Real
from typing import Any, Generic, NamedTuple, TypeVar, cast

import numpy as np

from ._checks import (
    Array,
    as_array,
    bool_array,
    choice,
    expect_function,
    finite_number,
    flag,
    positive_int,
    real_array,
    shown,
)
from ._tree import leaves, read_like, read_tree, tree_map
from .activations import TANH, Activation, read_activation
from .losses import Loss, cross_entropy
from .params import RNNParams, read_params
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

# The other numbers of Adam.
BETA1, BETA2, EPSILON = 0.9, 0.999, 1e-8


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
    params, _ = _read("params", params)
    return _sgd(params, read_like("grads", grads, params), eta)


def _sgd(params: Params, grads: Params, eta: float) -> Params:
    """`sgd_step` of arguments that have been read."""
    return tree_map(lambda theta, grad: theta - eta * grad, params, grads)


def adam_init(params: Params) -> AdamState[Params]:
    """Return the state of Adam before its first step: zero means."""
    params, _ = _read("params", params)
    zero = tree_map(np.zeros_like, params)
    return AdamState(0, zero, zero)


def adam_step(
    params: Params,
    grads: Params,
    state: AdamState[Params],
    learning_rate: float = LEARNING_RATES["adam"],
    beta1: float = BETA1,
    beta2: float = BETA2,
    epsilon: float = EPSILON,
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
    FloatingPointError
        If the square of a gradient exceeds the largest float: about 1e154 in float64, and 1e19 in float32.

    References
    ----------
    Kingma and Ba (2015), ICLR, algorithm 1; arXiv:1412.6980.
    """
    # Python floats, which leave the type of an array as it is: np.float64(0.9) would make float32 float64.
    eta = finite_number("learning_rate", learning_rate, above=0.0)
    epsilon = finite_number("epsilon", epsilon, above=0.0)
    beta1, beta2 = (_forgetting(name, beta) for name, beta in (("beta1", beta1), ("beta2", beta2)))
    params, dtype = _read("params", params)
    grads = read_like("grads", grads, params)
    state = read_state("state", state, params)
    if dtype.type(epsilon) == 0:
        raise ValueError(f"epsilon must not vanish in {dtype}, got {epsilon!r}")
    return _adam(params, grads, state, eta, beta1, beta2, epsilon)


def _adam(
    params: Params,
    grads: Params,
    state: AdamState[Params],
    eta: float,
    beta1: float = BETA1,
    beta2: float = BETA2,
    epsilon: float = EPSILON,
) -> tuple[Params, AdamState[Params]]:
    """`adam_step` of arguments that have been read."""
    step = state.step + 1
    with np.errstate(over="ignore"):
        mean = tree_map(lambda m, g: beta1 * m + (1 - beta1) * g, state.mean, grads)
        square = tree_map(lambda v, g: beta2 * v + (1 - beta2) * (g * g), state.square, grads)
    for (field, g), (_, v) in zip(leaves(grads, "grads"), leaves(square), strict=True):
        if not math.isfinite(v.max()):
            raise FloatingPointError(
                f"the square of {field} overflows {g.dtype}: its largest entry is {np.abs(g).max():.3g}; "
                "clip the gradient, or compute in a wider type"
            )
    # Both means started at zero: divided by these they are averages, with weights that sum to one.
    weight1, weight2 = 1 - beta1**step, 1 - beta2**step

    def moved(theta: Array, m: Array, v: Array) -> Array:
        new: Array = theta - (eta / weight1) * m / (np.sqrt(v / weight2) + epsilon)
        return new

    return tree_map(moved, params, mean, square), AdamState(step, mean, square)


def _forgetting(name: str, value: Any) -> float:
    beta = finite_number(name, value)
    if not 0.0 <= beta < 1.0:
        raise ValueError(f"{name} must be in [0, 1), got {beta!r}")
    return beta


def read_state(name: str, state: Any, params: Params) -> AdamState[Params]:
    """Return a state of Adam that fits the parameters, which have been read, or say what is wrong with it."""
    if not isinstance(state, AdamState):
        raise TypeError(f"{name} must be an AdamState, got {type(state).__name__}")
    step = positive_int(f"{name}.step", state.step, least=0)
    mean = read_like(f"{name}.mean", state.mean, params)
    square = read_like(f"{name}.square", state.square, params)
    for field, array in leaves(square, f"{name}.square"):
        if array.min() < 0:
            raise ValueError(f"{field} must be ≥ 0, got {array.min()}")
    return AdamState(step, mean, square)


def global_norm(grads: Any) -> float:
    """The 2-norm of all entries of all arrays taken as one vector.

    It is accurate to rounding also where squares overflow or underflow.

    Parameters
    ----------
    grads : RNNParams, or the gradient of another model
        A NamedTuple of arrays.

    Returns
    -------
    float
        Infinite where the norm exceeds the largest float or an entry is infinite; NaN if an entry is NaN.
    """
    return _norm(read_tree("grads", grads, finite=False)[0])


def _norm(tree: Any) -> float:
    """`global_norm` of a tree that has been read."""
    arrays = [array.astype(np.float64, copy=False) for _, array in leaves(tree)]
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

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import RNNParams, clip_by_global_norm, global_norm
    >>> grads = RNNParams(*(np.zeros(shape) for shape in [(1, 1), (1, 1), (2, 1), 1]), np.array([3.0, 4.0]))
    >>> clipped, norm = clip_by_global_norm(grads, max_norm=1.0)
    >>> print(norm, round(global_norm(clipped), 12))
    5.0 1.0
    """
    max_norm = finite_number("max_norm", max_norm, above=0.0)
    return clip_gradient("max_norm", _read("grads", grads)[0], max_norm)


def clip_gradient(name: str, grads: Params, max_norm: float) -> tuple[Params, float]:
    """`clip_by_global_norm` of a gradient that has been read; `name` is what the caller calls max_norm."""
    dtype = next(leaves(grads))[1].dtype
    # Python floats: a NumPy float of the narrow type would round what it is compared with.
    tiny, eps = float(np.finfo(dtype).tiny), float(np.finfo(dtype).eps)
    if max_norm < tiny / eps:
        # Below that the entries of a gradient of this length lose their digits, and at last all become zero.
        raise ValueError(f"{name} must be at least {tiny / eps:.1e} for {dtype}, got {max_norm!r}")
    norm = _norm(grads)
    if norm > max_norm:
        factor = max_norm / norm
        if factor >= tiny:
            grads = tree_map(lambda g: g * factor, grads)
        else:  # the factor would underflow, though the result does not
            largest = max(float(np.abs(g).max()) for _, g in leaves(grads))
            unit = tree_map(lambda g: g.astype(np.float64) / largest, grads)
            stretch = max_norm / _norm(unit)
            grads = tree_map(lambda u: (u * stretch).astype(dtype), unit)
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
        What an earlier call recorded: this one goes on from there. Adam takes over its state, or starts anew
        if there is none, and the new records follow the old ones.
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

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import Vocabulary, example_corpus, init_params, next_symbol_batches, train
    >>> rng, text = np.random.default_rng(0), example_corpus()[:5000]
    >>> vocabulary = Vocabulary.of(text)
    >>> codes, k = vocabulary.encode(text), len(vocabulary)
    >>> params = init_params(n=k, m=16, k=k, rng=rng)
    >>> batches = next_symbol_batches(codes, k, T=10, B=8, updates=60, rng=rng)
    >>> params, history = train(params, batches, learning_rate=0.05, clip=1.0)
    >>> len(history.loss), bool(history.loss[-10:].mean() < history.loss[:10].mean())
    (60, True)
    """
    choice("optimizer", optimizer, tuple(LEARNING_RATES))
    if learning_rate is None:
        learning_rate = LEARNING_RATES[optimizer]
    learning_rate = finite_number("learning_rate", learning_rate, above=0.0)
    clip = None if clip is None else finite_number("clip", clip, above=0.0)
    read_activation(activation)
    expect_function("loss", loss)
    if gradient is None:
        gradient = _gradient_of_the_network(params, activation, loss)
    expect_function("gradient", gradient)
    params, _ = _read("params", params)
    losses, norms, clipped, state = _go_on(history, params, optimizer)
    if (
        not isinstance(batches, Iterable)
        or isinstance(batches, str | bytes | dict)
        or getattr(batches, "shape", None) == ()
    ):
        raise TypeError(f"batches must be an iterable of Batch or of (x, targets), got {shown(batches)}")
    if flag("progress", progress):
        from tqdm import tqdm

        batches = tqdm(batches, unit=" updates")
    done = len(losses)
    for update, batch in enumerate(batches, start=done + 1):
        with np.errstate(over="ignore", invalid="ignore"):
            value, grads = _value_and_gradient(gradient(params, batch), params)
            norm = _norm(grads)
            if not (math.isfinite(value) and math.isfinite(norm)):
                raise FloatingPointError(
                    f"training diverged at update {update}: loss {value}, gradient norm {norm}; "
                    "a smaller learning_rate or a clip helps"
                )
            clipped.append(clip is not None and norm > clip)
            if clip is not None:
                grads, _ = clip_gradient("clip", grads, clip)
            if state is None:
                params = _sgd(params, grads, learning_rate)
            else:
                try:
                    params, state = _adam(params, grads, state, learning_rate)
                except FloatingPointError as error:
                    raise FloatingPointError(f"training diverged at update {update}: {error}") from None
            if not math.isfinite(_norm(params)):
                raise FloatingPointError(f"training diverged at update {update}: the parameters overflowed")
        losses.append(value)
        norms.append(norm)
    if len(losses) == done:
        raise ValueError("batches must hold at least one batch, got none")
    return params, History(np.array(losses), np.array(norms), np.array(clipped), state)


def read_history(name: str, history: Any, params: Any) -> History:
    """Return a history of these parameters, which have been read, or say what is wrong with it."""
    if not isinstance(history, History):
        raise TypeError(f"{name} must be a History, what train returned, got {type(history).__name__}")
    loss, grad_norm = (
        real_array(f"{name}.{field}", getattr(history, field)).astype(np.float64, copy=False)
        for field in ("loss", "grad_norm")
    )
    clipped = as_array(f"{name}.clipped", history.clipped)
    clipped = bool_array(f"{name}.clipped", clipped, clipped.shape)
    if len({loss.shape, grad_norm.shape, clipped.shape}) > 1 or loss.ndim != 1:
        raise ValueError(
            f"{name} must hold one loss, one norm and one bool for each update, "
            f"got shapes {loss.shape}, {grad_norm.shape} and {clipped.shape}"
        )
    state = history.optimizer_state
    if state is not None:
        state = read_state(f"{name}.optimizer_state", state, params)
    return History(loss, grad_norm, clipped, state)


def _go_on(
    history: Any, params: Params, optimizer: str
) -> tuple[list[float], list[float], list[bool], AdamState[Params] | None]:
    """The three records so far, as lists, and the state of the optimizer to start with."""
    start = adam_init(params) if optimizer == "adam" else None
    if history is None:
        return [], [], [], start
    *records, state = read_history("history", history, params)
    if state is not None and optimizer != "adam":
        raise ValueError(f"history must be of a run with optimizer {optimizer!r}, got one with Adam's state")
    losses, norms, clipped = (record.tolist() for record in records)
    return losses, norms, clipped, start if state is None else state


def _value_and_gradient(result: Any, params: Params) -> tuple[float, Params]:
    """What `gradient` returned: a loss and a gradient like the parameters, finite or not."""
    if not (isinstance(result, tuple) and len(result) == 2):
        raise TypeError(f"gradient must return a loss and a gradient, got {shown(result)}")
    value, grads = result
    if not isinstance(value, Real) and not (isinstance(value, np.ndarray) and value.shape == ()):
        raise TypeError(f"gradient must return a number as its loss, got {shown(value)}")
    return float(value), read_like("what gradient returns", grads, params, finite=False)


def _gradient_of_the_network(params: Any, activation: Activation, loss: Loss) -> Callable[[Any, Any], Any]:
    if not isinstance(params, RNNParams):
        raise TypeError(
            f"gradient must be given unless params is an RNNParams, got params of type "
            f"{type(params).__name__}"
        )

    def gradient(params: RNNParams, batch: Any) -> tuple[float, RNNParams]:
        if not isinstance(batch, tuple | list) or not 2 <= len(batch) <= len(Batch._fields):
            raise TypeError(f"batches must hold Batch or (x, targets), got {shown(batch)}")
        x, targets, h0, lengths, mask = Batch(*batch)
        return bptt(params, x, targets, h0, activation, lengths=lengths, mask=mask, loss=loss)

    return gradient


def _read(name: str, params: Params) -> tuple[Params, np.dtype[Any]]:
    """Return parameters as finite arrays, with their dtype; those of the plain network must fit together."""
    if isinstance(params, RNNParams):
        network, sizes = read_params(params, name)
        return cast(Params, network), sizes[-1]
    return read_tree(name, params)
