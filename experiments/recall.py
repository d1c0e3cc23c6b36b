"""The trial of the chapter on remedies with twenty seeds: recall one of two cues after a delay.

    python experiments/recall.py

A sequence is one of two cues, `delay` - 1 blanks and a question, after which the cue is to be named. Both
sequences are in every update. Each network has 16 units and is trained by Adam with rate 0.01, the global
norm clipped at 1, until the loss of an update is below 0.01 nats (it passes) or 1000 updates are done.
Models, in pairs that differ in one respect:

- `tanh`: orthogonal W_hh with ρ = 0.95, W_hx Gaussian with variance 1/n; `tanh rho 0.5` and `tanh rho 0.9`:
  the same with another ρ;
- `ReLU`: the same with ReLU and ρ = 1; `IRNN`: with ReLU and W_hh = I;
- `tanh small inputs`, `IRNN small inputs`: with W_hx multiplied by 0.1;
- `LSTM bias 0`, 1, 3: the forget bias to begin with; `GRU bias 0`, 3: that of the update gate, which keeps;
- `stack with skips`, `stack without`: two layers with ρ = 0.95, with skip connections and without.

`window` is that of truncated backpropagation, the way back being cut at each of its multiples; 0 stands for
the whole way. The windows that are run divide the 20 steps of a sequence with delay 19, whose only loss is at
the last step: so a window of w looks back w - 1 steps.

A row of recall.csv: whether it passed; the updates made and the last loss; the updates that were clipped; the
gradient left at the step of the cue, relative to where it starts, before training and, of those that passed,
after it (empty if the answers are so sure that it underflows); the spectral norm of W_hh after training
(plain networks); and whether a network that passed still answers both sequences rightly if the delay is 80,
200 and 1000, without further training. It takes about ten minutes on one core.
"""

import math
import sys
from typing import Any

import numpy as np
import runner

from rnn_core import (
    RELU,
    TANH,
    Batch,
    RNNParams,
    adam_init,
    adam_step,
    backpropagate,
    clip_by_global_norm,
    forward,
    init_params,
    one_hot,
    spectral_norm,
    truncated_bptt,
)
from rnn_core.gated import (
    gru_backpropagate,
    gru_forward,
    init_gru,
    init_lstm,
    lstm_backpropagate,
    lstm_cell_path,
    lstm_forward,
)
from rnn_core.residual import init_stack, stack_backpropagate, stack_forward

M, UPDATES, CLIP, RATE, PASSED = 16, 1_000, 1.0, 0.01, 0.01
LONGER = (80, 200, 1_000)


def recall(delay: int) -> Batch:
    """Both sequences: symbols 0 or 1 (cue), 2, …, 2 (blank), 3 (question)."""
    symbols = np.full((delay + 1, 2), 2)
    symbols[0], symbols[-1] = (0, 1), 3
    mask = np.zeros((delay + 1, 2), bool)
    mask[-1] = True
    return Batch(one_hot(symbols, 4), np.where(mask, symbols[0], 0), mask=mask)


def start(model: str, rng: np.random.Generator) -> Any:
    """Parameters to begin with."""
    kind, *setting = model.split(maxsplit=1)
    if kind == "LSTM":
        return init_lstm(4, M, 2, forget_bias=float(model[-1]), rng=rng)
    if kind == "GRU":
        return init_gru(4, M, 2, rng=rng)._replace(b_h=np.repeat([0.0, float(model[-1]), 0.0], M))
    if kind == "stack":
        return init_stack(4, M, 2, 2, rho=0.95, rng=rng)
    if kind == "IRNN":
        params = init_params(4, M, 2, rho=1.0, recurrent="identity", rng=rng)
    elif kind == "ReLU":
        params = init_params(4, M, 2, rho=1.0, rng=rng)
    else:
        rho = float(model[-3:]) if setting and setting[0].startswith("rho") else 0.95
        params = init_params(4, M, 2, rho=rho, rng=rng)
    return params._replace(W_hx=0.1 * params.W_hx) if setting == ["small inputs"] else params


def activation(model: str) -> Any:
    """The activation of a plain network."""
    return RELU if model.startswith(("ReLU", "IRNN")) else TANH


def whole(model: str, params: Any, batch: Batch) -> Any:
    """Full backpropagation, with all that it computes."""
    data = params, batch.x, batch.targets
    if model.startswith("LSTM"):
        return lstm_backpropagate(*data, mask=batch.mask)
    if model.startswith("GRU"):
        return gru_backpropagate(*data, mask=batch.mask)
    if model.startswith("stack"):
        return stack_backpropagate(*data, skip=model.endswith("skips"), mask=batch.mask)
    return backpropagate(*data, activation=activation(model), mask=batch.mask)


def outputs(model: str, params: Any, x: np.ndarray) -> np.ndarray:
    """What the network answers."""
    if model.startswith("LSTM"):
        return lstm_forward(params, x).o
    if model.startswith("GRU"):
        return gru_forward(params, x).o
    if model.startswith("stack"):
        return stack_forward(params, x, skip=model.endswith("skips")).o
    return forward(params, x, activation=activation(model)).o


def left(model: str, params: Any, batch: Batch) -> float | None:
    """The median norm of ∂L/∂s^(1), with s all that is carried to step 2, relative to ‖W_yhᵀ ∂L/∂o^(T)‖."""
    result = whole(model, params, batch)
    if model.startswith("LSTM"):
        keep = lstm_cell_path(lstm_forward(params, batch.x))[1]
        parts = [result.grad_h[1], keep * result.grad_c[2]]
    elif model.startswith("GRU"):
        parts = [result.grad_h[1]]
    elif model.startswith("stack"):
        layers = zip(params.layers, result.delta, strict=True)
        parts = [delta[1] @ layer.W_hh for layer, delta in layers]
    else:
        parts = [result.delta[1] @ params.W_hh]
    arrives = np.linalg.norm(result.grad_o[-1] @ params.W_yh, axis=-1)
    sure = arrives == 0.0  # an answer so sure that its gradient underflows
    norms = np.linalg.norm(np.concatenate(parts, axis=-1), axis=-1)
    return None if sure.all() else float(np.median(norms[~sure] / arrives[~sure]))


def run(model: str, delay: int, window: int, seed: int) -> dict[str, Any]:
    """Train one network until it passes or the budget is spent."""
    batch = recall(delay)
    params = start(model, np.random.default_rng(seed))
    state = adam_init(params)
    before, clipped, updates, value = left(model, params, batch), 0, 0, math.inf
    while True:
        if window:
            value, grads = truncated_bptt(params, batch.x, batch.targets, window, mask=batch.mask)
        else:
            value, grads = whole(model, params, batch)[:2]
        if value < PASSED or updates == UPDATES:
            break
        grads, norm = clip_by_global_norm(grads, CLIP)
        params, state = adam_step(params, grads, state, RATE)
        updates, clipped = updates + 1, clipped + (norm > CLIP)
    passed = value < PASSED
    right = {}
    for longer in LONGER:
        answers = outputs(model, params, recall(longer).x)[-1].argmax(axis=-1) if passed else None
        right[f"right_at_{longer}"] = int(np.array_equal(answers, [0, 1])) if passed else None
    return {
        "passed": int(passed),
        "updates": updates,
        "loss": float(value),
        "clipped": clipped,
        "left_before": before,
        "left_after": left(model, params, batch) if passed else None,
        "spectral_norm": spectral_norm(params.W_hh) if isinstance(params, RNNParams) else None,
        **right,
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Models, delays, windows, seeds."""
    models = (
        "tanh",
        "tanh small inputs",
        "ReLU",
        "IRNN",
        "IRNN small inputs",
        "LSTM bias 0",
        "LSTM bias 1",
        "LSTM bias 3",
        "GRU bias 0",
        "GRU bias 3",
        "stack with skips",
        "stack without",
    )
    whole_way = [(model, delay, 0) for delay in (20, 40, 80) for model in models]
    cut = [(f"tanh rho {rho}", 19, window) for rho in (0.5, 0.9) for window in (1, 2, 4, 5, 10, 20)]
    return [
        {"model": model, "delay": delay, "window": window, "seed": seed}
        for model, delay, window in (whole_way + cut)[: 2 if quick else None]
        for seed in range(1 if quick else 20)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
