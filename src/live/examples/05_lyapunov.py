# Lyapunov exponents of a network that is fed noise
import numpy as np

from rnn_core import forward, init_params, lyapunov_exponents, step_jacobians

rng = np.random.default_rng(4)
for rho in (0.5, 1.0, 2.0):
    params = init_params(4, 16, 4, rho=rho, rng=rng)
    trace = forward(params, rng.normal(size=(500, 4)))
    exponents = lyapunov_exponents(step_jacobians(params, trace), discard=50)
    print(f"rho = {rho}: the largest exponent is {exponents[0]:.3f}")
