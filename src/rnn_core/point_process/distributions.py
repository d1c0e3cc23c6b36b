"""Distributions of the gap between two events, for renewal processes.

Each gives its log-density and log-survival, hence its hazard f/S, and draws samples.
"""

import math
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

import numpy as np

from .._checks import Array, finite_number, generator, real_array
from ._special import log_gamma_survival, log_normal_survival

__all__ = ["Gamma", "GapDistribution", "LogNormal", "Weibull", "gamma_from_mean_sd", "lognormal_from_mean_sd"]


@runtime_checkable
class GapDistribution(Protocol):
    """What a renewal process asks of the distribution of its gaps."""

    @property
    def mean(self) -> float:
        """The mean gap."""
        ...

    def log_density(self, x: Any) -> Array:
        """Return log f(x) for x ≥ 0."""
        ...

    def log_survival(self, x: Any) -> Array:
        """Return log S(x), the log-probability of a gap longer than x ≥ 0."""
        ...

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return an upper bound of the hazard f/S on (low, high]."""
        ...

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw independent gaps."""
        ...


@dataclass(frozen=True)
class LogNormal:
    """A gap whose logarithm is normal.

    Attributes
    ----------
    mu : float
        Mean of the logarithm of the gap.
    sigma : float
        Its standard deviation, > 0.
    """

    mu: float
    sigma: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", finite_number("mu", self.mu))
        object.__setattr__(self, "sigma", finite_number("sigma", self.sigma, above=0.0))

    @property
    def mean(self) -> float:
        """The mean gap, exp(μ + σ²/2)."""
        return math.exp(self.mu + self.sigma**2 / 2)

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        return self.mean * math.sqrt(math.expm1(self.sigma**2))

    def log_density(self, x: Any) -> Array:
        """Return log f(x) for x ≥ 0; −∞ at 0."""
        log_x = _log(x)
        # −(log x − μ)²/2σ² − log x with the square completed: at x = 0 the two terms would be −∞ and +∞.
        square = ((log_x - self.mu + self.sigma**2) / self.sigma) ** 2 / 2
        log_f: Array = self.sigma**2 / 2 - self.mu - square - math.log(self.sigma * math.sqrt(2 * math.pi))
        return log_f

    def log_survival(self, x: Any) -> Array:
        """Return log S(x) for x ≥ 0."""
        return log_normal_survival((_log(x) - self.mu) / self.sigma)

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return an upper bound of the hazard: the largest f over the smallest S."""
        mode = math.exp(self.mu - self.sigma**2)
        at = np.array([min(max(low, mode), high), high])
        return math.exp(self.log_density(at)[0] - self.log_survival(at)[1])

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        return generator(rng).lognormal(self.mu, self.sigma, size)


@dataclass(frozen=True)
class Gamma:
    """A gap of density rate^shape x^(shape − 1) e^(−rate·x) / Γ(shape). A shape of 1 is the exponential.

    Attributes
    ----------
    shape : float
        > 0, without unit.
    rate : float
        > 0, per unit of time.
    """

    shape: float
    rate: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", finite_number("shape", self.shape, above=0.0))
        object.__setattr__(self, "rate", finite_number("rate", self.rate, above=0.0))

    @property
    def mean(self) -> float:
        """The mean gap, shape/rate."""
        return self.shape / self.rate

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        return math.sqrt(self.shape) / self.rate

    def log_density(self, x: Any) -> Array:
        """Return log f(x) for x ≥ 0; at 0 it is −∞ or +∞ unless the shape is 1."""
        x = _gaps(x)
        front = self.shape * math.log(self.rate) - math.lgamma(self.shape)
        log_f: Array = front + _power(self.shape - 1.0, x) - self.rate * x
        return log_f

    def log_survival(self, x: Any) -> Array:
        """Return log S(x) for x ≥ 0."""
        x = np.atleast_1d(scaled := self.rate * _gaps(x))
        return log_gamma_survival(self.shape, x).reshape(scaled.shape)

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return the hazard at one end: it rises if the shape is above 1 and falls below."""
        return _hazard(self, high if self.shape > 1.0 else low)

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        return generator(rng).gamma(self.shape, 1.0 / self.rate, size)


@dataclass(frozen=True)
class Weibull:
    """A gap with S(x) = exp(−(x/scale)^shape). A shape of 1 is the exponential.

    Attributes
    ----------
    shape : float
        > 0, without unit.
    scale : float
        > 0, in units of time.
    """

    shape: float
    scale: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "shape", finite_number("shape", self.shape, above=0.0))
        object.__setattr__(self, "scale", finite_number("scale", self.scale, above=0.0))

    @property
    def mean(self) -> float:
        """The mean gap."""
        return self.scale * math.gamma(1.0 + 1.0 / self.shape)

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        return math.sqrt(self.scale**2 * math.gamma(1.0 + 2.0 / self.shape) - self.mean**2)

    def log_density(self, x: Any) -> Array:
        """Return log f(x) for x ≥ 0; at 0 it is −∞ or +∞ unless the shape is 1."""
        u = _gaps(x) / self.scale
        log_f: Array = math.log(self.shape / self.scale) + _power(self.shape - 1.0, u) - u**self.shape
        return log_f

    def log_survival(self, x: Any) -> Array:
        """Return log S(x) for x ≥ 0."""
        log_S: Array = -((_gaps(x) / self.scale) ** self.shape)
        return log_S

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return the hazard at one end: it rises if the shape is above 1 and falls below."""
        return _hazard(self, high if self.shape > 1.0 else low)

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        # S(x) is a uniform number: invert it.
        return self.scale * generator(rng).exponential(size=size) ** (1.0 / self.shape)


def lognormal_from_mean_sd(mean: float, sd: float) -> LogNormal:
    """Return the log-normal distribution of a given mean and standard deviation of the gap, both > 0."""
    mean, sd = finite_number("mean", mean, above=0.0), finite_number("sd", sd, above=0.0)
    variance = math.log1p((sd / mean) ** 2)
    return LogNormal(math.log(mean) - variance / 2, math.sqrt(variance))


def gamma_from_mean_sd(mean: float, sd: float) -> Gamma:
    """Return the gamma distribution of a given mean and standard deviation of the gap, both > 0."""
    mean, sd = finite_number("mean", mean, above=0.0), finite_number("sd", sd, above=0.0)
    return Gamma((mean / sd) ** 2, mean / sd**2)


def _gaps(x: Any) -> Array:
    gaps: Array = real_array("x", x).astype(np.float64, copy=False)
    if (gaps < 0.0).any():
        raise ValueError(f"x must be a gap ≥ 0, got {gaps.min()}")
    return gaps


def _log(x: Any) -> Array:
    with np.errstate(divide="ignore"):
        log_x: Array = np.log(_gaps(x))
    return log_x


def _power(exponent: float, x: Array) -> Array:
    """Log of x^exponent; 0 where the exponent is 0, also at x = 0."""
    return exponent * _log(x) if exponent else np.zeros_like(x)


def _hazard(distribution: GapDistribution, x: float) -> float:
    return math.exp(float(distribution.log_density(x) - distribution.log_survival(x)))
