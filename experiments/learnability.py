"""Who learns to remember: plain networks and gated ones, each with and without clipping, on two tasks.

    python experiments/learnability.py

Tasks: temporal order (solved: fewer than 1 % of the classes wrong) and adding (solved: mean squared error
below 0.01, where the constant answer has 1/6). Models, each with 20 units, in pairs that differ in one
respect:

- `tanh`: orthogonal W_hh with ρ = 0.95, W_hx Gaussian with variance 1/n;
- `IRNN`: ReLU with W_hh = I to begin with, the rest as for tanh (Le, Jaitly and Hinton 2015 start all
  weights but W_hh with standard deviation 0.001);
- `tanh small inputs`, `IRNN small inputs`: the same with W_hx multiplied by 0.1;
- `LSTM bias 1`, `LSTM bias 3`: the forget bias to begin with;
- `GRU bias 0`, `GRU bias 3`: the bias of the update gate, which keeps, to begin with; the reset gate acts
  after the recurrent product.

Each is trained twice: with its gradients as they are, and with the global norm clipped at 1. Rates are the
same for all: Adam with 0.001, SGD with 0.1. A model that does badly at both may do better at another. Every
run of a seed sees the same training sequences, batches of 20 new ones, and has the same budget of 3000
updates. There are 20 seeds; 10 for adding with Adam, 5 for temporal order over 20 steps.

Every 250 updates a model is tried on 500 other sequences; if that looks solved, and after the last update,
5000 others decide, and it stops. So *solved* is a first passage with up to 12 looks. Arithmetic is float32.
The study takes about twenty-five minutes on one core.

A row of learnability.csv: whether it was solved; the updates made; the error that the last judgement found,
in the measure of the task (empty after an overflow); the largest gradient norm on the way, before clipping;
the updates whose gradient was longer than 1, all of which a run with clipping cuts; whether training ended
in overflow.
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

M, B, UPDATES, EVERY, CLIP = 20, 20, 3_000, 250, 1.0
TRIED, JUDGED = 500, 5_000
DTYPE = np.float32
MODELS = (
    "tanh",
    "tanh small inputs",
    "IRNN",
    "IRNN small inputs",
    "LSTM bias 1",
    "LSTM bias 3",
    "GRU bias 0",
    "GRU bias 3",
)


def adding_mse(o: np.ndarray, batch: Batch) -> float:
    """Mean squared error of the answers at the last step."""
    return float(np.mean((o[-1] - batch.targets[-1]) ** 2))


# Generator, input and output size, loss, error, and the error below which the task is solved.
TASKS: dict[str, tuple[Any, ...]] = {
    "temporal order": (temporal_order, 6, 4, cross_entropy, temporal_order_errors, 0.01),
    "adding": (adding, 2, 1, squared_error, adding_mse, 0.01),
}


def start(model: str, n: int, k: int, rng: np.random.Generator) -> Any:
    """Parameters to begin with."""
    kind, *setting = model.split(maxsplit=1)
    if kind == "LSTM":
        return init_lstm(n, M, k, forget_bias=float(model[-1]), rng=rng, dtype=DTYPE)
    if kind == "GRU":
        keep = np.repeat([0.0, float(model[-1]), 0.0], M)  # rows of r, z, n
        return init_gru(n, M, k, rng=rng, dtype=DTYPE)._replace(b_h=keep.astype(DTYPE))
    if kind == "IRNN":
        params = init_params(n, M, k, rho=1.0, recurrent="identity", rng=rng, dtype=DTYPE)
    else:
        params = init_params(n, M, k, rho=0.95, rng=rng, dtype=DTYPE)
    return params._replace(W_hx=DTYPE(0.1) * params.W_hx) if setting else params


def gradient(model: str, params: Any, batch: Batch, loss: Any) -> tuple[float, Any]:
    """Loss of a batch and its gradient."""
    data, options = (batch.x, batch.targets), {"mask": batch.mask, "loss": loss}
    if model.startswith("LSTM"):
        return lstm_bptt(params, *data, **options)
    if model.startswith("GRU"):
        return gru_bptt(params, *data, **options)
    return bptt(params, *data, activation=RELU if model.startswith("IRNN") else TANH, **options)


def outputs(model: str, params: Any, x: np.ndarray) -> np.ndarray:
    """What the network answers."""
    if model.startswith("LSTM"):
        return lstm_forward(params, x).o
    if model.startswith("GRU"):
        return gru_forward(params, x).o
    return forward(params, x, activation=RELU if model.startswith("IRNN") else TANH).o


def run(
    task: str, T: int, optimizer: str, rate: float, model: str, clipped: int, seed: int
) -> dict[str, Any]:
    """Train one network until it has solved the task or the budget is spent."""
    draw, n, k, loss, error, threshold = TASKS[task]
    weights, training, testing = (np.random.default_rng([seed, part]) for part in range(3))
    params = start(model, n, k, weights)
    state = adam_init(params)

    def errors(count: int) -> float:
        """The mean error on fresh sequences."""
        parts = [draw(T, TRIED, rng=testing, dtype=DTYPE) for _ in range(count // TRIED)]
        return float(np.mean([error(outputs(model, params, batch.x), batch) for batch in parts]))

    largest, longer, last, overflow, update = 0.0, 0, math.nan, False, 0
    with np.errstate(over="ignore", invalid="ignore"):
        for update in range(1, UPDATES + 1):
            value, grads = gradient(model, params, draw(T, B, rng=training, dtype=DTYPE), loss)
            norm = global_norm(grads)
            if not (math.isfinite(value) and math.isfinite(norm)):
                overflow = True
                break
            largest, longer = max(largest, norm), longer + (norm > CLIP)
            if clipped:
                grads, _ = clip_by_global_norm(grads, CLIP)
            if optimizer == "SGD":
                params = sgd_step(params, grads, rate)
            else:
                params, state = adam_step(params, grads, state, rate)
            if not math.isfinite(global_norm(params)):
                overflow = True
                break
            if update % EVERY == 0 and (update == UPDATES or errors(TRIED) < threshold):
                last = errors(JUDGED)
                if last < threshold:
                    break
    return {
        "solved": int(not overflow and last < threshold),
        "updates": update,
        "error": last if not overflow and math.isfinite(last) else None,
        "largest_norm": largest,
        "longer_than_1": longer,
        "overflow": int(overflow),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Tasks and lengths, rules with their rates, models, clipping, seeds."""
    adam, sgd = ("Adam", 0.001), ("SGD", 0.1)
    short, order, add = ("temporal order", 20), ("temporal order", 40), ("adding", 30)
    blocks = [
        (short, adam, 5),
        (short, sgd, 5),
        (order, adam, 20),
        (order, sgd, 20),
        (add, sgd, 20),
        (add, adam, 10),
    ]
    return [
        {
            "task": task,
            "T": T,
            "optimizer": optimizer,
            "rate": rate,
            "model": model,
            "clipped": clipped,
            "seed": seed,
        }
        for (task, T), (optimizer, rate), seeds in blocks[: 1 if quick else None]
        for model in MODELS
        for clipped in (0, 1)
        for seed in range(1 if quick else seeds)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
