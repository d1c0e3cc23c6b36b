# A Hawkes process: simulated, fitted, and checked
import numpy as np

from rnn_core.point_process import Hawkes, fit_hawkes, kolmogorov_smirnov, rescale, simulate

process = Hawkes(mu=0.5, alpha=(0.6,), beta=(1.0,))
times = simulate(process, 500.0, rng=np.random.default_rng(11))
fit = fit_hawkes(times, 500.0)
print(len(times), "events")
print(fit.process)
gaps = rescale(fit.process, times)
print("p-value of the rescaled gaps:", round(kolmogorov_smirnov(gaps).p_value, 3))
