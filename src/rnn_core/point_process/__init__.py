"""Temporal point processes: events in continuous time.

`process` says what a process is and gives its likelihood; `poisson`, `hawkes`, `self_correcting` and
`renewal` are the classical ones; `simulate` draws events, `rescaling` tests a fit, `fit` estimates a Hawkes
process. `rmtpp` and the files beside it are the neural process: `rnn_core.rnn` reads the history, and its
output is the hazard of the next event. Clocks begin at time 0. A window (start, end] may begin later; the
events up to `start` are history, which shapes the intensity and is not explained.
"""

from .coal import CoalMining, coal_mining_disasters
from .distributions import Gamma, LogNormal, Weibull, gamma_from_mean_sd, lognormal_from_mean_sd
from .event_windows import EventBatch, event_gaps, gap_windows, window_batches
from .exponential_hazard import cumulative_hazard, gap_at, log_hazard, mass_at_infinity
from .fit import HawkesFit, fit_hawkes
from .hawkes import Hawkes, HawkesGradient, hawkes_gradient
from .poisson import InhomogeneousPoisson, PiecewisePoisson, Poisson
from .process import Process, compensator, event_log_likelihoods, intensity, log_likelihood
from .renewal import Renewal
from .rescaling import KolmogorovSmirnov, exponential_qq, kolmogorov_smirnov, rescale
from .rmtpp import (
    rmtpp_bptt,
    rmtpp_event_log_likelihoods,
    rmtpp_gradient,
    rmtpp_log_likelihood,
    rmtpp_rescale,
)
from .rmtpp_params import RMTPPParams, init_rmtpp, rmtpp_features
from .rmtpp_sample import RMTPPProcess, rmtpp_intensity, rmtpp_sample, rmtpp_sample_next
from .self_correcting import SelfCorrecting
from .simulate import simulate, simulate_events

__all__ = [
    "CoalMining",
    "EventBatch",
    "Gamma",
    "Hawkes",
    "HawkesFit",
    "HawkesGradient",
    "InhomogeneousPoisson",
    "KolmogorovSmirnov",
    "LogNormal",
    "PiecewisePoisson",
    "Poisson",
    "Process",
    "RMTPPParams",
    "RMTPPProcess",
    "Renewal",
    "SelfCorrecting",
    "Weibull",
    "coal_mining_disasters",
    "compensator",
    "cumulative_hazard",
    "event_gaps",
    "event_log_likelihoods",
    "exponential_qq",
    "fit_hawkes",
    "gamma_from_mean_sd",
    "gap_at",
    "gap_windows",
    "hawkes_gradient",
    "init_rmtpp",
    "intensity",
    "kolmogorov_smirnov",
    "log_hazard",
    "log_likelihood",
    "lognormal_from_mean_sd",
    "mass_at_infinity",
    "rescale",
    "rmtpp_bptt",
    "rmtpp_event_log_likelihoods",
    "rmtpp_features",
    "rmtpp_gradient",
    "rmtpp_intensity",
    "rmtpp_log_likelihood",
    "rmtpp_rescale",
    "rmtpp_sample",
    "rmtpp_sample_next",
    "simulate",
    "simulate_events",
    "window_batches",
]
