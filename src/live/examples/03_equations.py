# Equations (1) to (10) as they stand in the report, and the engine beside them
import numpy as np

from rnn_core import bptt, init_params
from rnn_core import equations as eq

rng = np.random.default_rng(2)
params = init_params(2, 3, 2, rng=rng)
x, targets, h0 = rng.normal(size=(6, 2)), rng.integers(2, size=6), np.zeros(3)

print("loss    ", eq.network_loss(params, x, targets, h0), bptt(params, x, targets, h0)[0])
grads, _ = eq.network_gradients(params, x, targets, h0)
difference = np.abs(grads.W_hh - bptt(params, x, targets, h0)[1].W_hh).max()
print("largest difference of an entry of the gradient for W_hh:", difference)
