# An LSTM and its gradient
import numpy as np

from rnn_core.gated import init_lstm, lstm_bptt

rng = np.random.default_rng(9)
params = init_lstm(3, 6, 3, rng=rng)
x, targets = rng.normal(size=(30, 3)), rng.integers(3, size=30)
loss, grads = lstm_bptt(params, x, targets)
for name in ("W_hx", "W_hh", "W_yh", "b_h", "b_y"):
    gradient = getattr(grads, name)
    print(f"{name:6} {gradient.shape}  norm {np.linalg.norm(gradient):.4f}")
