"""Loss and gradient of every set-up by rnn_core's own backpropagation.

`rnn_core` cuts the way back at each window for the plain network alone, and has no stack of gated layers.
Both are put together here from what it has:

- A truncated gradient is the sum of the gradients of the pieces between the cuts, each of which begins with
  the state that the piece before it ended with.
- In a stack of two gated layers the upper one is a network whose inputs are the states of the lower one. Its
  δ give ∂L/∂x; the lower one is then a network whose "outputs" are its states, with a loss of that gradient.
"""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from rnn_core import RELU, TANH, Batch, bptt, forward, truncated_bptt
from rnn_core.gated import (
    gru_backpropagate,
    gru_forward,
    lstm_backpropagate,
    lstm_forward,
)
from rnn_core.residual import stack_bptt, stack_forward

from .random import Generator
from .setup import Setup
from .start import GatedLayer, GatedStack, layer_params
from .tasks import make_task

__all__ = ["batches", "gradient_of", "outputs"]

Array = np.ndarray[Any, np.dtype[Any]]
ACTIVATIONS = {"tanh": TANH, "relu": RELU}
PLAIN = tuple(ACTIVATIONS)


def batches(
    setup: Setup, updates: int | None = None, text: str = "", rng: Generator | None = None
) -> Iterator[Batch]:
    """Yield the batches of a run: one for each update, without end if their number is left out.

    `rng` is the generator of a run that is under way; a new run has ``Generator(setup.seed, 1)``.
    """
    task, rng = make_task(setup, text), rng or Generator(setup.seed, 1)
    done = 0
    while updates is None or done < updates:
        yield task.draw(setup.batch, rng)
        done += 1


def gradient_of(setup: Setup, text: str = "") -> Callable[[Any, Batch], tuple[float, Any]]:
    """Return the function that `rnn_core.train` takes as `gradient`: (params, batch) -> (loss, grads)."""
    return partial(_gradient, setup, make_task(setup, text).loss)


def outputs(setup: Setup, params: Any, x: Array) -> Array:
    """Return the logits (T, B, k), or the numbers, of the network."""
    o: Array = _forward(setup, params, x, None).o
    return o


class _Pass(NamedTuple):
    """The logits, and for each layer the last states, which the next piece begins with."""

    o: Array
    ends: Any


def _gradient(setup: Setup, loss: Any, params: Any, batch: Batch) -> tuple[float, Any]:
    x, targets, _, lengths, mask = batch
    T = len(x)
    if setup.window == 0 or setup.window >= T:
        return _piece(setup, loss, params, x, targets, None, {"lengths": lengths, "mask": mask})
    if setup.cell in PLAIN and setup.layers == 1:
        return truncated_bptt(
            params,
            x,
            targets,
            setup.window,
            activation=ACTIVATIONS[setup.cell],
            lengths=lengths,
            mask=mask,
            loss=loss,
        )
    if lengths is not None:
        mask = np.arange(T)[:, None] < lengths
    if mask is None:
        mask = np.ones(x.shape[:2], bool)
    value, grads, state = 0.0, zeros_like(params), None
    for first in range(0, T, setup.window):
        piece = slice(first, first + setup.window)
        if mask[piece].any():
            given = {"lengths": None, "mask": mask[piece]}
            more, by = _piece(setup, loss, params, x[piece], targets[piece], state, given)
            value, grads = value + more, added(grads, by)
        state = _forward(setup, params, x[piece], state).ends
    return value, grads


def _piece(
    setup: Setup, loss: Any, params: Any, x: Array, targets: Array, state: Any, asked: dict[str, Any]
) -> tuple[float, Any]:
    """Full backpropagation through one piece that begins with these states."""
    if setup.cell in PLAIN:
        activation = ACTIVATIONS[setup.cell]
        if setup.layers == 2:
            return stack_bptt(params, x, targets, state, activation, skip=False, loss=loss, **asked)
        return bptt(params, x, targets, state, activation, loss=loss, **asked)
    backpropagate = lstm_backpropagate if setup.cell == "lstm" else gru_backpropagate
    if setup.layers == 1:
        passed: Any = backpropagate(params, x, targets, *(state or ()), loss=loss, **asked)
        return passed.loss, passed.grads
    value, grads, _, _ = gated_stack(setup.cell, loss, params, x, targets, state, asked)
    return value, grads


def gated_stack(
    cell: str, loss: Any, params: GatedStack, x: Array, targets: Array, state: Any, asked: dict[str, Any]
) -> tuple[float, GatedStack, Any, Any]:
    """Loss and gradient of two gated layers, and what rnn_core passed back in the lower and the upper one."""
    run = lstm_forward if cell == "lstm" else gru_forward
    backpropagate: Any = lstm_backpropagate if cell == "lstm" else gru_backpropagate
    low_state, high_state = state or ((), ())
    m = params.W_yh.shape[1]
    low = layer_params(cell, params.layers[0], np.eye(m), np.zeros(m))
    high = layer_params(cell, params.layers[1], params.W_yh, params.b_y)
    between = run(low, x, *low_state).h[1:]
    inside = None
    if asked.get("lengths") is not None:
        inside = np.arange(len(x))[:, None] < asked["lengths"]
        between[~inside] = 0.0  # padding, as rnn_core has it
    above = backpropagate(high, between, targets, *high_state, loss=loss, **asked)
    trace = run(high, between, *high_state)
    delta = gate_deltas(cell, high, trace, above)
    B = x.shape[1]
    by_states = (delta @ high.W_hx) * B  # the average over the batch is taken once more below

    def passed_down(o: Array, targets: Array, valid: Array | None) -> tuple[Array, Array]:
        return np.zeros(o.shape[:-1]), targets

    below = backpropagate(low, x, by_states, *low_state, lengths=asked.get("lengths"), loss=passed_down)
    parts = (below.grads, above.grads)
    layers = tuple(GatedLayer(p.W_hx, p.W_hh, p.b_h, getattr(p, "b_hn", None)) for p in parts)
    return above.loss, GatedStack(layers, above.grads.W_yh, above.grads.b_y), below, above


def gate_deltas(cell: str, params: Any, trace: Any, passed: Any, *, hidden: bool = False) -> Array:
    """δ = ∂L/∂a of the gates, (T, B, blocks · m), from ∂L/∂h and ∂L/∂c by every path.

    With `hidden` those by which W_hh meets h^(t−1): in the GRU the reset gate stands between.
    """
    by_h = passed.grad_h[1:]
    if cell == "lstm":
        i, f, g, o = np.split(trace.gates, 4, axis=-1)
        tanh_c, by_c = np.tanh(trace.c[1:]), passed.grad_c[1:]
        parts = [
            by_c * g * i * (1 - i),
            by_c * trace.c[:-1] * f * (1 - f),
            by_c * i * (1 - g * g),
            by_h * tanh_c * o * (1 - o),
        ]
        return np.concatenate(parts, axis=-1)
    r, z, n = np.split(trace.gates, 3, axis=-1)
    before = trace.h[:-1]
    m = before.shape[-1]
    q = before @ params.W_hh[2 * m :].T + params.b_hn
    by_n = by_h * (1 - z) * (1 - n * n)
    parts = [by_n * q * r * (1 - r), by_h * (before - n) * z * (1 - z), by_n * r if hidden else by_n]
    return np.concatenate(parts, axis=-1)


def _forward(setup: Setup, params: Any, x: Array, state: Any) -> _Pass:
    if setup.cell in PLAIN:
        activation = ACTIVATIONS[setup.cell]
        if setup.layers == 2:
            stack = stack_forward(params, x, state, activation, skip=False)
            return _Pass(stack.o, np.stack([h[-1] for h in stack.h]))
        plain = forward(params, x, state, activation)
        return _Pass(plain.o, plain.h[-1])
    run: Any = lstm_forward if setup.cell == "lstm" else gru_forward

    def end(trace: Any) -> tuple[Array, ...]:
        return (trace.h[-1], trace.c[-1]) if setup.cell == "lstm" else (trace.h[-1],)

    if setup.layers == 1:
        trace = run(params, x, *(state or ()))
        return _Pass(trace.o, end(trace))
    low_state, high_state = state or ((), ())
    m = params.W_yh.shape[1]
    low = run(layer_params(setup.cell, params.layers[0], np.eye(m), np.zeros(m)), x, *low_state)
    high = run(layer_params(setup.cell, params.layers[1], params.W_yh, params.b_y), low.h[1:], *high_state)
    return _Pass(high.o, (end(low), end(high)))


def zeros_like(tree: Any) -> Any:
    """Return a tree of zeros."""
    return mapped(np.zeros_like, tree)


def added(one: Any, other: Any) -> Any:
    """Return the sum of two trees, array by array."""
    return mapped(np.add, one, other)


def mapped(function: Any, tree: Any, *others: Any) -> Any:
    """Return function(array, …) for the arrays in the same place of every tree."""
    if tree is None:
        return None
    if isinstance(tree, tuple):
        parts = [mapped(function, *group) for group in zip(tree, *others, strict=True)]
        return type(tree)(*parts) if hasattr(tree, "_fields") else tuple(parts)
    return function(tree, *others)
