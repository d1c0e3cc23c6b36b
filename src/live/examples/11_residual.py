# A stack of layers, with and without skip connections
import numpy as np

from rnn_core import global_norm
from rnn_core.residual import init_stack, stack_bptt

rng = np.random.default_rng(10)
params = init_stack(4, 8, 4, 6, rng=rng)
x, targets = rng.normal(size=(25, 4)), rng.integers(4, size=25)
for skip in (True, False):
    loss, grads = stack_bptt(params, x, targets, skip=skip)
    print(f"skip={skip}: the gradient of the first layer has norm {global_norm(grads.layers[0]):.5f}")
