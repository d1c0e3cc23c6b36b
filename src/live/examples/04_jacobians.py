# How fast the influence of a step is lost: norms of products of Jacobians
import matplotlib.pyplot as plt
import numpy as np

from rnn_core import forward, init_params, log_norm_bound, product_log_norms, step_jacobians

rng = np.random.default_rng(3)
lags = np.arange(41)
fig, ax = plt.subplots()
for rho in (0.7, 1.0, 1.3):
    params = init_params(4, 32, 4, rho=rho, rng=rng)
    trace = forward(params, 0.3 * rng.normal(size=(40, 4)))
    ax.semilogy(lags, np.exp(product_log_norms(step_jacobians(params, trace))), label=f"rho = {rho}")
    ax.semilogy(lags, np.exp(log_norm_bound(1.0, rho, lags)), "k:", linewidth=1)
ax.set(xlabel="lag", ylabel="norm of the product, dotted: its bound")
ax.legend()
plt.show()
