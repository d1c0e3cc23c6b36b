"""Distributions of the gap between two events, for renewal processes.

Each gives its log-density and log-survival, hence its hazard f/S, and draws samples.
"""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

import numpy as np
from numpy.typing import ArrayLike

from .._checks import Array, finite_number, generator, positive_int, real_array
from ._checks import exp_or_inf, plain, positive
from ._special import log_gamma_survival, log_normal_survival

__all__ = ["Gamma", "GapDistribution", "LogNormal", "Weibull", "gamma_from_mean_sd", "lognormal_from_mean_sd"]


# ζ(2), …, ζ(7) of Riemann.
_ZETA = (
    math.pi**2 / 6,
    1.202056903159594,
    math.pi**4 / 90,
    1.03692775514337,
    math.pi**6 / 945,
    1.00834927738192,
)


@runtime_checkable
class GapDistribution(Protocol):
    """What a renewal process asks of the distribution of its gaps."""

    @property
    def mean(self) -> float:
        """The mean gap."""
        ...

    def log_density(self, x: ArrayLike) -> Array:
        """Return log f(x) for x ≥ 0."""
        ...

    def log_survival(self, x: ArrayLike) -> Array:
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
        object.__setattr__(self, "sigma", positive("sigma", self.sigma))
        if self.sigma > 1e100:
            raise ValueError(f"sigma must be at most 1e100, got {self.sigma:g}")

    @property
    def mean(self) -> float:
        """The mean gap, exp(μ + σ²/2)."""
        return exp_or_inf(self.mu + self.sigma**2 / 2)

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        return _sd(self.mu + self.sigma**2 / 2, self.sigma**2)

    def log_density(self, x: ArrayLike) -> Array:
        """Return log f(x) for x ≥ 0; −∞ at 0."""
        log_x = _log(x)
        # −(log x − μ)²/2σ² − log x with the square completed: at x = 0 the two terms would be −∞ and +∞.
        with np.errstate(over="ignore"):
            square = ((log_x - self.mu + self.sigma**2) / self.sigma) ** 2 / 2
        log_f: Array = self.sigma**2 / 2 - self.mu - square - math.log(self.sigma * math.sqrt(2 * math.pi))
        return log_f

    def log_survival(self, x: ArrayLike) -> Array:
        """Return log S(x) for x ≥ 0."""
        with np.errstate(over="ignore"):
            return log_normal_survival((_log(x) - self.mu) / self.sigma)

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return the largest hazard: it rises up to one place, and falls from there on."""
        return _hazard(self, min(max(low, self._highest), high))

    @cached_property
    def _highest(self) -> float:
        """Where the hazard is highest: at z = (log x − μ)/σ with φ(z)/S(z) = z + σ, by bisection."""
        low, high = -self.sigma, 1.0 / self.sigma
        if high > 100.0:  # φ(z)/S(z) = z + 1/z − 2/z³ + … for large z
            return exp_or_inf(self.mu + 1.0 - 2.0 * self.sigma**2)
        while low < (z := (low + high) / 2.0) < high:
            log_ratio = -z * z / 2 - math.log(2 * math.pi) / 2 - log_normal_survival(np.array([z]))[0]
            low, high = (z, high) if exp_or_inf(log_ratio) > z + self.sigma else (low, z)
        return exp_or_inf(self.mu + self.sigma * low)

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        return generator(rng).lognormal(self.mu, self.sigma, positive_int("size", size, least=0))


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
        object.__setattr__(self, "shape", positive("shape", self.shape))
        object.__setattr__(self, "rate", positive("rate", self.rate))

    @property
    def mean(self) -> float:
        """The mean gap, shape/rate."""
        return self.shape / self.rate

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        return math.sqrt(self.shape) / self.rate

    def log_density(self, x: ArrayLike) -> Array:
        """Return log f(x) for x ≥ 0; at 0 it is −∞ or +∞ unless the shape is 1."""
        x = _gaps(x)
        front = self.shape * math.log(self.rate) - math.lgamma(self.shape)
        log_f: Array = front + _power(self.shape - 1.0, x) - self.rate * x
        return log_f

    def log_survival(self, x: ArrayLike) -> Array:
        """Return log S(x) for x ≥ 0."""
        x = np.atleast_1d(scaled := self.rate * _gaps(x))
        return log_gamma_survival(self.shape, x).reshape(scaled.shape)

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return the hazard at one end: it rises if the shape is above 1 and falls below."""
        return _hazard(self, high if self.shape > 1.0 else low)

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        return generator(rng).gamma(self.shape, 1.0 / self.rate, positive_int("size", size, least=0))


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
        object.__setattr__(self, "shape", positive("shape", self.shape))
        object.__setattr__(self, "scale", positive("scale", self.scale))

    @property
    def mean(self) -> float:
        """The mean gap."""
        return exp_or_inf(self._log_mean)

    @property
    def _log_mean(self) -> float:
        return math.log(self.scale) + math.lgamma(1.0 + 1.0 / self.shape)

    @property
    def sd(self) -> float:
        """The standard deviation of the gap."""
        x = 1.0 / self.shape
        if x > 5e-3:
            return _sd(self._log_mean, math.lgamma(1.0 + 2.0 * x) - 2.0 * math.lgamma(1.0 + x))
        # The two cancel: their difference as a series, Σ ζ(k) (−1)^k (2^k − 2) x^k/k.
        terms = [(-1) ** k * zeta * (2**k - 2) * x**k / k for k, zeta in enumerate(_ZETA, start=2)]
        return _sd(self._log_mean, math.fsum(terms))

    def log_density(self, x: ArrayLike) -> Array:
        """Return log f(x) for x ≥ 0; at 0 it is −∞ or +∞ unless the shape is 1."""
        u = _gaps(x) / self.scale
        with np.errstate(over="ignore"):
            return self._log_hazard(u) - u**self.shape

    def log_survival(self, x: ArrayLike) -> Array:
        """Return log S(x) for x ≥ 0."""
        with np.errstate(over="ignore"):
            log_S: Array = -((_gaps(x) / self.scale) ** self.shape)
        return log_S

    def hazard_ceiling(self, low: float, high: float) -> float:
        """Return the hazard at one end: it rises if the shape is above 1 and falls below."""
        end = high if self.shape > 1.0 else low
        return exp_or_inf(float(self._log_hazard(np.array(end) / self.scale)))

    def _log_hazard(self, u: Array) -> Array:
        log_hazard: Array = math.log(self.shape) - math.log(self.scale) + _power(self.shape - 1.0, u)
        return log_hazard

    def sample(self, size: int, *, rng: np.random.Generator) -> Array:
        """Draw (size,) gaps."""
        # S(x) is a uniform number: invert it.
        size = positive_int("size", size, least=0)
        return self.scale * generator(rng).exponential(size=size) ** (1.0 / self.shape)


def lognormal_from_mean_sd(mean: float, sd: float) -> LogNormal:
    """Return the log-normal distribution of a given mean and standard deviation of the gap, both > 0."""
    mean, sd = positive("mean", mean), positive("sd", sd)
    variance = float(np.logaddexp(0.0, 2.0 * (math.log(sd) - math.log(mean))))  # log (1 + (sd/mean)²)
    if variance == 0.0:
        raise ValueError(f"sd must be at least 1e-161 times the mean {mean:g}, got {sd:g}")
    return LogNormal(math.log(mean) - variance / 2, math.sqrt(variance))


def gamma_from_mean_sd(mean: float, sd: float) -> Gamma:
    """Return the gamma distribution of a given mean and standard deviation of the gap, both > 0."""
    mean, sd = positive("mean", mean), positive("sd", sd)
    log_rate = math.log(mean) - 2.0 * math.log(sd)
    if not max(abs(log_rate), abs(log_rate + math.log(mean))) < 690.0:  # else not in `positive`'s range
        raise ValueError(f"sd must lie within some 150 decades of the mean {mean:g}, got {sd:g}")
    return Gamma(mean / sd * (mean / sd), mean / sd / sd)


def _gaps(x: Any) -> Array:
    gaps: Array = real_array("x", plain("x", x)).astype(np.float64, copy=False)
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
    return exp_or_inf(float(distribution.log_density(x) - distribution.log_survival(x)))


def _sd(log_mean: float, log_ratio: float) -> float:
    """The standard deviation, with `log_ratio` = log (1 + (sd/mean)²)."""
    if log_ratio == 0.0:
        return 0.0
    return exp_or_inf(log_mean + (math.log(math.expm1(log_ratio)) if log_ratio < 50.0 else log_ratio) / 2)
