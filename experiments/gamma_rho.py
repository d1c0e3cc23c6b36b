"""Measure how Jacobian products grow or decay over the plane of γ and ρ, beside the bound of Equation (20).

    python experiments/gamma_rho.py

The network is h^(t) = tanh(γ (W_hh h^(t-1) + W_hx x^(t))) with m = 64 units, random inputs and W_hh from a
family with ‖W_hh‖₂ = ρ; it runs for 100 steps, which are left out, and T = 500 more. A row of gamma_rho.csv:

- `log_bound`: log(γρ), the bound on the growth per step, in nats;
- `log_rate`: log‖J_T ⋯ J_1‖₂ / T, what it is;
- `lyapunov`: the largest Lyapunov exponent, from QR factorisations and over the last 400 of these steps; for
  long T both have the same limit;
- `slope`: the mean of φ'(a)/γ over units and steps: 1 if no unit saturates;
- `radius`: the spectral radius of W_hh, which is at most ρ.

Families: orthogonal (every singular value ρ), gaussian, and nonnormal (radius well below ρ). It takes about
three minutes on one core.
"""

import sys

import numpy as np
import runner

from rnn_core import (
    RNNParams,
    decay_rate,
    forward,
    lyapunov_exponents,
    product_log_norms,
    recurrent_matrix,
    spectral_radius,
    step_jacobians,
    tanh_with_gain,
)

M, N, T, DISCARD = 64, 8, 500, 100
INPUT = 0.2  # standard deviation of W_hx x^(t) in each unit
STRENGTH = 2.0  # of the nonnormal family


def run(family: str, gamma: float, rho: float, seed: int) -> dict[str, float]:
    """Rates of one network, in nats per step."""
    rng = np.random.default_rng(seed)
    W_hh = recurrent_matrix(family, M, rho, rng=rng, strength=STRENGTH)
    W_hx = rng.standard_normal((M, N)) * (INPUT / np.sqrt(N))
    params = RNNParams(W_hx, W_hh, np.zeros((1, M)), np.zeros(M), np.zeros(1))
    x = rng.standard_normal((DISCARD + T, N))
    trace = forward(params, x, activation=tanh_with_gain(gamma))
    J = step_jacobians(params, trace)[DISCARD:]
    return {
        "log_bound": np.log(gamma * rho),
        "log_rate": np.log(decay_rate(product_log_norms(J, start=0))),
        "lyapunov": lyapunov_exponents(J, discard=DISCARD)[0],
        "slope": trace.activation.slope(trace.h[1 + DISCARD :]).mean() / gamma,
        "radius": spectral_radius(W_hh),
    }


def cells(quick: bool) -> list[runner.Cell]:
    """Families, γ and ρ from 0.25 to 4 on a logarithmic grid, seeds."""
    grid = [round(2 ** (step / 3), 4) for step in range(-6, 7)]
    families, seeds = ("orthogonal", "gaussian", "nonnormal"), range(3)
    if quick:
        grid, families, seeds = grid[::6], families[:1], seeds[:1]
    return [
        {"family": family, "gamma": gamma, "rho": rho, "seed": seed}
        for family in families
        for gamma in grid
        for rho in grid
        for seed in seeds
    ]


if __name__ == "__main__":
    sys.exit(runner.main(runner.Study(__file__, run, cells)))
