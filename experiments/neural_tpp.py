"""How far a neural point process stays behind the true process, for two hazards and four processes.

    python experiments/neural_tpp.py

The setting is that of Omi, Ueda and Aihara (2019), Advances in Neural Information Processing Systems 32: of
100 000 events the last 20 000 are the test, each predicted from the 20 gaps before it by a plain RNN of 64
units (`rnn_core.point_process.rmtpp`), trained with Adam, learning rate 0.001, batches of 256 windows.
Processes:

- `hawkes1`: λ(t) = 0.2 + Σ 0.8 e^(−(t−t_i));
- `hawkes2`: λ(t) = 0.2 + Σ 0.4 e^(−(t−t_i)) + 0.4 · 20 e^(−20(t−t_i));
- `renewal`: independent log-normal gaps of mean 1 and standard deviation 6;
- `self-correcting`: λ(t) = exp(t − N(t)).

The hazard after an event is exp(o + w τ) (`exponential`, the RMTPP) or exp(o) (`constant`). After every 250
updates the last 16 000 events before the test judge the parameters; training ends after 40 such rounds, or,
from the 15th on, when five have brought nothing better, and the best parameters count. (The authors judge by
a random fifth of the windows before the test, by the end of an epoch, and their patience differs a little.)
Arithmetic of the network is float32. The chapter also quotes two models of theirs that are not run here.

A row of neural_tpp.csv: the mean negative log-likelihood of the test events, in nats; that of the true
process on the same events; their difference, the gap; w; the round that was best. A row is one simulation and
one training; the 24 rows of the table took 43 minutes of one core.
"""

import sys

import numpy as np
import runner

from rnn_core import train
from rnn_core.point_process import (
    Hawkes,
    Process,
    Renewal,
    SelfCorrecting,
    event_log_likelihoods,
    lognormal_from_mean_sd,
    simulate_events,
)
from rnn_core.point_process.event_windows import gap_windows, window_batches
from rnn_core.point_process.rmtpp import rmtpp_event_log_likelihoods, rmtpp_gradient
from rnn_core.point_process.rmtpp_params import RMTPPParams, init_rmtpp

EVENTS, TRAINING, VALIDATION = 100_000, 64_000, 16_000
WINDOW, M, B, RATE = 20, 64, 256, 0.001
ROUNDS, UPDATES, LEAST, PATIENCE = 40, 250, 15, 5
PROCESSES: dict[str, Process] = {
    "hawkes1": Hawkes(0.2, 0.8, 1.0),
    "hawkes2": Hawkes(0.2, (0.4, 0.4), (1.0, 20.0)),
    "renewal": Renewal(lognormal_from_mean_sd(1.0, 6.0)),
    "self-correcting": SelfCorrecting(1.0, 1.0),
}


def mean_nll(params: RMTPPParams, gaps: np.ndarray) -> float:
    """Mean negative log-likelihood of every event but the first `WINDOW`, in nats."""
    windows = gap_windows(gaps, WINDOW)
    parts = [
        rmtpp_event_log_likelihoods(params, windows[:, s : s + 2000])[-1]
        for s in range(0, windows.shape[1], 2000)
    ]
    return -float(np.concatenate(parts).mean(dtype=np.float64))


def run(process: str, hazard: str, seed: int) -> dict[str, float | int | None]:
    """Simulate, train, compare."""
    rng = np.random.default_rng(seed)
    times = simulate_events(PROCESSES[process], EVENTS, rng=rng)
    test = TRAINING + VALIDATION
    true_nll = -float(event_log_likelihoods(PROCESSES[process], times)[test:].mean())
    gaps = np.diff(times, prepend=0.0).astype(np.float32)
    training, validation = gaps[:TRAINING], gaps[TRAINING - WINDOW : test]

    params = init_rmtpp(0, M, hazard=hazard, gaps=training, rng=rng, dtype=np.float32)
    best, best_nll, best_round = params, np.inf, 0
    for current in range(1, ROUNDS + 1):
        batches = window_batches(training, WINDOW, B=B, updates=UPDATES, rng=rng)
        # Each round starts Adam's running means anew.
        params, _ = train(params, batches, RATE, None, gradient=rmtpp_gradient, optimizer="adam")
        nll = mean_nll(params, validation)
        if nll < best_nll:
            best, best_nll, best_round = params, nll, current
        if current >= LEAST and current - best_round >= PATIENCE:
            break
    test_nll = mean_nll(best, gaps[test - WINDOW :])
    return {
        "nll": test_nll,
        "true_nll": true_nll,
        "gap": test_nll - true_nll,
        "w": None if best.w is None else float(best.w[0]),
        "best_round": best_round,
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Seeds, processes, hazards."""
    return [
        {"process": process, "hazard": hazard, "seed": seed}
        for seed in range(1 if quick else 3)
        for process in (["renewal"] if quick else PROCESSES)
        for hazard in ("exponential", "constant")
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
