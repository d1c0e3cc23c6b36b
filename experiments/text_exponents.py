"""Measure the largest Lyapunov exponent of random tanh networks on text against ρ, for two input scales.

    python experiments/text_exponents.py

Networks of chapter 9 (32 tanh units, one-hot characters, zero bias) read the first 480 characters of the
example text; the exponent is the mean over the last 400 steps of log |R_11| in repeated QR factorisations, in
nats per step. `scale` is the standard deviation of the entries of W_hx, and so, as the inputs are one-hot, of
what a character adds to the pre-activation of a unit: 0.117 = 73^(-1/2) is what `init_params` draws, 1 is
"of order one". The same seed gives both scales and every ρ the same random numbers.

A row of text_exponents.csv: `exponent`; `slope`, the mean of 1 − h² over units and steps; `radius`, the
spectral radius of W_hh.

It takes about two minutes on one core.
"""

import sys

import numpy as np
import runner

from rnn_core import (
    Vocabulary,
    example_corpus,
    forward,
    init_params,
    lyapunov_exponents,
    next_symbol_pair,
    spectral_radius,
    step_jacobians,
)

M, STEPS, DISCARD = 32, 480, 80


def run(family: str, scale: float, rho: float, seed: int) -> dict[str, float]:
    """The exponent of one network."""
    text = example_corpus()
    vocabulary = Vocabulary.of(text)
    k = len(vocabulary)
    x, _ = next_symbol_pair(vocabulary.encode(text)[: STEPS + 1], k)
    params = init_params(k, M, k, rho=rho, recurrent=family, rng=np.random.default_rng(seed))
    params = params._replace(W_hx=params.W_hx * (scale * np.sqrt(k)))
    trace = forward(params, x)
    J = step_jacobians(params, trace)
    return {
        "exponent": lyapunov_exponents(J, discard=DISCARD)[0],
        "slope": float(np.mean(1 - trace.h[1 + DISCARD :] ** 2)),
        "radius": spectral_radius(params.W_hh),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Families, scales, ρ and seeds."""
    rhos = [0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0]
    families, scales, seeds = ("orthogonal", "symmetric", "gaussian"), (0.117, 1.0), range(20)
    if quick:
        rhos, families, scales, seeds = rhos[3:4], families[:1], scales[:1], seeds[:1]
    return [
        {"family": family, "scale": scale, "rho": rho, "seed": seed}
        for family in families
        for scale in scales
        for rho in rhos
        for seed in seeds
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
