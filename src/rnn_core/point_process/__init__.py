"""Temporal point processes: events in continuous time.

`process` says what a process is and gives its likelihood; `poisson`, `hawkes`, `self_correcting` and
`renewal` are the classical ones; `simulate` draws events, `rescaling` tests a fit, `fit` estimates a Hawkes
process. Windows begin at time 0, where nothing has happened yet.
"""

from .distributions import Gamma, LogNormal, Weibull, gamma_from_mean_sd, lognormal_from_mean_sd
from .fit import HawkesFit, fit_hawkes
from .hawkes import Hawkes, HawkesGradient, hawkes_gradient
from .poisson import InhomogeneousPoisson, PiecewisePoisson, Poisson
from .process import Process, compensator, event_log_likelihoods, intensity, log_likelihood
from .renewal import Renewal
from .rescaling import KolmogorovSmirnov, exponential_qq, kolmogorov_smirnov, rescale
from .self_correcting import SelfCorrecting
from .simulate import simulate, simulate_events

__all__ = [
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
    "Renewal",
    "SelfCorrecting",
    "Weibull",
    "compensator",
    "event_log_likelihoods",
    "exponential_qq",
    "fit_hawkes",
    "gamma_from_mean_sd",
    "hawkes_gradient",
    "intensity",
    "kolmogorov_smirnov",
    "log_likelihood",
    "lognormal_from_mean_sd",
    "rescale",
    "simulate",
    "simulate_events",
]
