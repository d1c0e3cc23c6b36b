"""Ask what stops a plain network from recalling a symbol over many steps: small gradients, or more than that.

    python experiments/recall.py

The task is that of chapter 9: one of two cues, blanks, a question; the network answers "blank" at every step
and names the cue at the last one. Both sequences are the batch, so there is no noise. A guess between the
cues costs ln 2 = 0.693 nats. The network has 16 tanh units and an orthogonal W_hh; its input weights are
those of `init_params` (standard deviation 1/2). Two rows differ in what they name and in nothing else:

- `delay`: steps from cue to question; `rho`: ‖W_hh‖₂ at the start; `seed`: of the network;
- `asked`: "all" steps, or the "answer" alone, where the loss of the blanks is left out;
- `rule`: "plain" is θ − 0.1 g with the gradient g; "clipped" the same with g clipped at norm 1; "length 0.1"
  and "length 0.01" are θ − 0.1 g/‖g‖ and θ − 0.01 g/‖g‖: however small the gradient, the step is not.

A run ends when the loss is below 0.1, or after 4 000 updates. A row of recall.csv:

- `updates`: how many it took, empty if the budget ran out; `clipped`: how many of the updates were clipped;
- `norm`, `signal`: before training, ‖g‖ and the mean over both sequences of ‖∂L_T/∂h_1‖₂, what the loss of
  the answer passes back to the step of the cue;
- `near_updates`, `near_norm`, `near_signal`: the same at the first update with a loss below 0.75, when all
  but the cue has been learned (empty if this never happens);
- `last_loss`, `last_norm`, `last_signal`: at the end.

It takes about ten minutes on one core.
"""

import math
import sys

import numpy as np
import runner

from rnn_core import (
    RNNParams,
    bptt,
    clip_by_global_norm,
    forward,
    global_norm,
    init_params,
    one_hot,
    sgd_step,
    step_jacobians,
)
from rnn_core.equations import grad_logits

M, UPDATES, CLIP = 16, 4_000, 1.0
SOLVED, NEAR = 0.1, 0.75  # nats
RATE = {"plain": 0.1, "clipped": 0.1, "length 0.1": 0.1, "length 0.01": 0.01}


def sequences(delay: int) -> tuple[np.ndarray, np.ndarray]:
    """Both sequences: symbols 0 or 1 (cue), 2, …, 2 (blank), 3 (question)."""
    symbols = np.full((delay + 1, 2), 2)
    symbols[0], symbols[-1] = (0, 1), 3
    answers = np.full((delay + 1, 2), 2)
    answers[-1] = 0, 1
    return one_hot(symbols, 4), answers


def cue_signal(params: RNNParams, x: np.ndarray, answers: np.ndarray) -> float:
    """‖∂L_T/∂h_1‖₂, mean over both sequences."""
    trace = forward(params, x)
    J = step_jacobians(params, trace)
    rows = np.array([grad_logits(y, c) for y, c in zip(trace.y[-1], answers[-1], strict=True)]) @ params.W_yh
    for J_j in J[:0:-1]:  # J_T, …, J_2
        rows = np.einsum("bi,bij->bj", rows, J_j)
    return float(np.linalg.norm(rows, axis=1).mean())


def run(delay: int, rho: float, asked: str, rule: str, seed: int) -> dict[str, float | None]:
    """Train one network until it has solved the task or the budget is spent."""
    x, answers = sequences(delay)
    mask = np.zeros(answers.shape, bool)
    mask[-1 if asked == "answer" else slice(None)] = True
    params = init_params(4, M, 3, rho=rho, rng=np.random.default_rng(seed))
    clipped, near, start = 0, (None, None, None), (math.nan, math.nan)
    for update in range(UPDATES + 1):
        loss, grads = bptt(params, x, answers, mask=mask)
        norm = global_norm(grads)
        if update == 0:
            start = norm, cue_signal(params, x, answers)
        if near[0] is None and loss < NEAR:
            near = update, norm, cue_signal(params, x, answers)
        if loss < SOLVED or update == UPDATES:
            break
        if rule.startswith("length"):
            grads = RNNParams(*(g / norm for g in grads))
        elif rule == "clipped":
            clipped += norm > CLIP
            grads, _ = clip_by_global_norm(grads, CLIP)
        params = sgd_step(params, grads, RATE[rule])
    return {
        "updates": update if loss < SOLVED else None,
        "clipped": clipped,
        "norm": start[0],
        "signal": start[1],
        "near_updates": near[0],
        "near_norm": near[1],
        "near_signal": near[2],
        "last_loss": float(loss),
        "last_norm": norm,
        "last_signal": cue_signal(params, x, answers),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Delays, ρ, rules, seeds; the loss of the answer alone with the clipped rule only."""
    kinds = [("all", rule) for rule in RATE] + [("answer", "clipped")]
    return [
        {"delay": delay, "rho": rho, "asked": asked, "rule": rule, "seed": seed}
        for delay in ((4,) if quick else (4, 8, 12, 16, 20))
        for rho in (0.5, 0.9)
        for asked, rule in kinds
        for seed in range(1 if quick else 20)
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
