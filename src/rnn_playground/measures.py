"""What the page looks at beside the loss, by rnn_core: for the probe, one sequence that never changes."""

from typing import Any

import numpy as np

from rnn_core import Batch, product_log_norms, spectral_norm, step_jacobians
from rnn_core import backpropagate as plain_backpropagate
from rnn_core import forward as plain_forward
from rnn_core.gated import (
    gru_backpropagate,
    gru_forward,
    gru_step_jacobians,
    lstm_backpropagate,
    lstm_forward,
    lstm_step_jacobians,
)
from rnn_core.residual import stack_backpropagate

from .gradient import ACTIVATIONS, PLAIN, gate_deltas, gated_stack
from .random import Generator
from .setup import Setup
from .start import layer_params, layers_of
from .tasks import make_task

__all__ = ["lag_shares", "log_bound", "log_norms", "probe"]

Array = np.ndarray[Any, np.dtype[Any]]


def probe(setup: Setup, text: str = "") -> Batch:
    """Return the sequence that the page looks at, a batch of one without padding."""
    batch = make_task(setup, text).draw(1, Generator(setup.seed, 2))
    return batch._replace(lengths=None)


def lag_shares(setup: Setup, params: Any, batch: Batch, text: str = "") -> list[Array]:
    """For each layer the share of ∂L/∂W_hh by lag: what Equation (12) adds up, taken apart by t − k.

    Parameters
    ----------
    setup, params, text
        The network.
    batch : Batch
        One sequence, such as `probe` gives.

    Returns
    -------
    list of (T,) arrays
        Entry l is the norm of all that goes from a loss at step t to the weights at step t − l, over the sum
        of these norms. What a window of truncation cuts off is not there.
    """
    T = len(batch.x)
    loss = make_task(setup, text).loss
    counted = np.ones((T, 1), bool) if batch.mask is None else np.asarray(batch.mask)
    states = [trace.h[:-1, 0] for trace in traces(setup, params, batch.x)]
    parts: list[Any] = [[0.0] * T for _ in states]
    for t in np.flatnonzero(counted[:, 0]):
        only = np.zeros((T, 1), bool)
        only[t] = True
        first = t // setup.window * setup.window if setup.window else 0
        for layer, delta in enumerate(_deltas(setup, loss, params, batch._replace(mask=only))):
            for k in range(first, t + 1):
                part = np.outer(delta[k, 0], states[layer][k])
                parts[layer][t - k] = parts[layer][t - k] + part
    norms = [np.array([float(np.linalg.norm(part)) for part in layer]) for layer in parts]
    return [norm / total if (total := norm.sum()) > 0 else norm for norm in norms]


def _deltas(setup: Setup, loss: Any, params: Any, batch: Batch) -> list[Array]:
    """δ by which each layer's W_hh meets h^(t−1), (T, 1, rows)."""
    x, targets, _, _, mask = batch
    asked = {"lengths": None, "mask": mask}
    if setup.cell in PLAIN:
        activation = ACTIVATIONS[setup.cell]
        if setup.layers == 2:
            stack = stack_backpropagate(
                params, x, targets, activation=activation, skip=False, mask=mask, loss=loss
            )
            return list(stack.delta)
        return [plain_backpropagate(params, x, targets, activation=activation, mask=mask, loss=loss).delta]
    passed: tuple[Any, ...]
    if setup.layers == 2:
        passed = gated_stack(setup.cell, loss, params, x, targets, None, asked)[2:]
    else:
        backpropagate: Any = lstm_backpropagate if setup.cell == "lstm" else gru_backpropagate
        passed = (backpropagate(params, x, targets, mask=mask, loss=loss),)
    found = zip(layer_models(setup, params), traces(setup, params, x), passed, strict=True)
    return [gate_deltas(setup.cell, model, trace, one, hidden=True) for model, trace, one in found]


def layer_models(setup: Setup, params: Any) -> list[Any]:
    """Each layer as a network of its own; that of a lower layer gives out its state."""
    layers, m = layers_of(params), setup.m
    outs = [(np.eye(m), np.zeros(m))] * (setup.layers - 1) + [(params.W_yh, params.b_y)]
    return [layer_params(setup.cell, layer, *out) for layer, out in zip(layers, outs, strict=True)]


def traces(setup: Setup, params: Any, x: Array) -> list[Any]:
    """What the forward pass of each layer computed."""
    found: list[Any] = []
    for model in layer_models(setup, params):
        if setup.cell in PLAIN:
            trace: Any = plain_forward(model, x, activation=ACTIVATIONS[setup.cell])
        else:
            trace = lstm_forward(model, x) if setup.cell == "lstm" else gru_forward(model, x)
        found.append(trace)
        x = trace.h[1:]
    return found


def log_norms(setup: Setup, params: Any, batch: Batch) -> list[Array]:
    """For each layer log‖J_t⋯J_1‖₂, t = 0..T, of its own Jacobians; the state of an LSTM is (h, c)."""
    jacobians: Any = {"lstm": lstm_step_jacobians, "gru": gru_step_jacobians}.get(setup.cell, step_jacobians)
    pairs = zip(layer_models(setup, params), traces(setup, params, batch.x), strict=True)
    return [product_log_norms(jacobians(model, trace), start=0)[:, 0] for model, trace in pairs]


def log_bound(setup: Setup, params: Any, T: int) -> list[Array] | None:
    """For each layer lag · log(γρ), lag = 0..T, with γ = 1; None for gated cells, which (20) is not about."""
    if setup.cell not in PLAIN:
        return None
    lags = np.arange(T + 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return [
            np.where(lags == 0, 0.0, lags * np.log(spectral_norm(layer.W_hh))) for layer in layers_of(params)
        ]
