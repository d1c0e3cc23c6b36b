# The gradient through time, beside a central difference
import numpy as np

from rnn_core import bptt, init_params

rng = np.random.default_rng(1)
params = init_params(3, 5, 3, rng=rng)
x, targets = rng.normal(size=(20, 3)), rng.integers(3, size=20)
loss, grads = bptt(params, x, targets)

step = 1e-6
losses = []
for sign in (1, -1):
    W_hh = params.W_hh.copy()
    W_hh[0, 1] += sign * step
    losses.append(bptt(params._replace(W_hh=W_hh), x, targets)[0])
print("bptt              ", grads.W_hh[0, 1])
print("central difference", (losses[0] - losses[1]) / (2 * step))
