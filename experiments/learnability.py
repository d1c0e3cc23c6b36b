"""Who learns to remember, over how many steps: plain networks and gated ones on two tasks.

    python experiments/learnability.py

Tasks: temporal order (solved: fewer than 1 % of the classes wrong) and adding (solved: mean squared error
below 0.01, where the constant answer has 1/6), both judged on 10 000 fresh sequences. Models, each with 50
units:

- `tanh`: orthogonal W_hh with ρ = 0.95, gradients as they are;
- `tanh clipped`: the same with the global norm clipped at 1, as in all models below;
- `IRNN`: ReLU with W_hh = I to begin with, input and output weights of standard deviation 0.001 (Le, Jaitly
  and Hinton 2015);
- `LSTM`: forget bias 1;
- `GRU`: reset gate after the recurrent product.

All get the same budget, at most 20 000 updates with batches of 20 new sequences, and both optimisers: SGD
with learning rate 0.01 (Pascanu, Mikolov and Bengio 2013, section 4.1) and Adam with 0.001; no rate was
chosen for a model. Every 500 updates a model is tried on 1 000 sequences; if that looks solved, 10 000 others
decide, and it stops. Arithmetic is float32. The study takes about 20 minutes on one core.

A row of learnability.csv: whether it was solved; the updates needed (empty: not within the budget); the last
error on 10 000 sequences, in the measure of the task; the largest gradient norm on the way, before clipping;
whether training ended in overflow.
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
    adam_init,
    adam_step,
    bptt,
    clip_by_global_norm,
    forward,
    global_norm,
    init_params,
    sgd_step,
)
from rnn_core.gated import gru_bptt, gru_forward, init_gru, init_lstm, lstm_bptt, lstm_forward
from rnn_core.losses import cross_entropy, squared_error
from rnn_core.tasks import adding, temporal_order, temporal_order_errors

M, B, UPDATES, EVERY, CLIP = 50, 20, 20_000, 500, 1.0
TRIED, JUDGED = 1_000, 10_000
RATE = {"SGD": 0.01, "Adam": 0.001}
DTYPE = np.float32


def adding_mse(o: np.ndarray, batch: Batch) -> float:
    """Mean squared error of the answers at the last step."""
    return float(np.mean((o[-1] - batch.targets[-1]) ** 2))


# Generator, input and output size, loss, error, and the error below which the task is solved.
TASKS: dict[str, tuple[Any, ...]] = {
    "temporal order": (temporal_order, 6, 4, cross_entropy, temporal_order_errors, 0.01),
    "adding": (adding, 2, 1, squared_error, adding_mse, 0.01),
}
ACTIVATION = {"tanh": TANH, "tanh clipped": TANH, "IRNN": RELU}


def start(model: str, n: int, k: int, rng: np.random.Generator) -> Any:
    """Parameters to begin with."""
    if model == "LSTM":
        return init_lstm(n, M, k, rng=rng, dtype=DTYPE)
    if model == "GRU":
        return init_gru(n, M, k, rng=rng, dtype=DTYPE)
    if model == "IRNN":
        params = init_params(n, M, k, rho=1.0, recurrent="identity", rng=rng, dtype=DTYPE)
        return params._replace(
            W_hx=params.W_hx * DTYPE(0.001 * n**0.5), W_yh=params.W_yh * DTYPE(0.001 * M**0.5)
        )
    return init_params(n, M, k, rho=0.95, rng=rng, dtype=DTYPE)


def gradient(model: str, params: Any, batch: Batch, loss: Any) -> tuple[float, Any]:
    """Loss of a batch and its gradient."""
    data, options = (batch.x, batch.targets), {"mask": batch.mask, "loss": loss}
    if model == "LSTM":
        return lstm_bptt(params, *data, **options)
    if model == "GRU":
        return gru_bptt(params, *data, **options)
    return bptt(params, *data, activation=ACTIVATION[model], **options)


def outputs(model: str, params: Any, x: np.ndarray) -> np.ndarray:
    """What the network answers."""
    if model == "LSTM":
        return lstm_forward(params, x).o
    if model == "GRU":
        return gru_forward(params, x).o
    return forward(params, x, activation=ACTIVATION[model]).o


def run(task: str, T: int, model: str, optimizer: str, seed: int) -> dict[str, Any]:
    """Train one network until it has solved the task or the budget is spent."""
    draw, n, k, loss, error, threshold = TASKS[task]
    rng = np.random.default_rng(seed)
    params = start(model, n, k, rng)
    state = adam_init(params)

    def errors(count: int) -> float:
        """The mean error on fresh sequences."""
        parts = [draw(T, TRIED, rng=rng, dtype=DTYPE) for _ in range(count // TRIED)]
        return float(np.mean([error(outputs(model, params, batch.x), batch) for batch in parts]))

    largest, last, update = 0.0, math.nan, 0
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(1, UPDATES + 1):
            value, grads = gradient(model, params, draw(T, B, rng=rng, dtype=DTYPE), loss)
            norm = global_norm(grads)
            if not (math.isfinite(value) and math.isfinite(norm)):
                break
            largest = max(largest, norm)
            if model != "tanh":
                grads, _ = clip_by_global_norm(grads, CLIP)
            if optimizer == "SGD":
                params = sgd_step(params, grads, RATE["SGD"])
            else:
                params, state = adam_step(params, grads, state, RATE["Adam"])
            if not math.isfinite(global_norm(params)):
                break
            if update % EVERY == 0 and (update == UPDATES or errors(TRIED) < threshold):
                last = errors(JUDGED)
                if last < threshold:
                    break
    solved = last < threshold
    return {
        "solved": int(solved),
        "updates": update if solved else None,
        "error": last if solved or update == UPDATES else None,
        "largest_norm": largest,
        "overflow": int(not solved and update < UPDATES),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Tasks and lengths, models, optimisers, seeds; the longest come last."""
    problems = [
        ("temporal order", 10),
        ("temporal order", 20),
        ("adding", 10),
        ("adding", 30),
        ("temporal order", 50),
    ]
    models = ("tanh", "tanh clipped", "IRNN", "LSTM", "GRU")
    return [
        {"task": task, "T": T, "model": model, "optimizer": optimizer, "seed": seed}
        for task, T in problems[: 1 if quick else None]
        for model in models
        for optimizer in RATE
        for seed in range(1 if quick else 5)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
