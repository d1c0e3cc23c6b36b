"""Renewal processes: the gaps between events are independent and have one distribution.

References
----------
Cox (1962), Renewal Theory.
"""

import math
from dataclasses import dataclass

import numpy as np

from .._checks import Array
from ._checks import exp_or_inf, since_last_event
from .distributions import GapDistribution

__all__ = ["Renewal"]


@dataclass(frozen=True)
class Renewal:
    """λ(t) = f(τ)/S(τ), with τ the time since the last event, or since 0 before the first.

    Attributes
    ----------
    gap : LogNormal, Gamma or Weibull
        The distribution of the gaps: its density f and survival S.
    """

    gap: GapDistribution

    def __post_init__(self) -> None:
        if isinstance(self.gap, type) or not isinstance(self.gap, GapDistribution):
            raise TypeError(f"gap must be a distribution such as LogNormal(0.0, 1.0), got {self.gap!r}")

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        _, elapsed = since_last_event(times, at)
        log_S = self.gap.log_survival(elapsed)
        return self.gap.log_density(elapsed) - log_S, -log_S

    def begin(self) -> None:
        """Return the state: nothing is remembered."""

    def after(self, state: None, tau: float) -> None:
        """Return the state after an event."""

    def hazard(self, state: None, tau: float) -> float:
        """Return λ a time τ after the last event."""
        return exp_or_inf(float(self.gap.log_density(tau) - self.gap.log_survival(tau)))

    def ceiling(self, state: None, tau: float) -> tuple[float, float]:
        """Return the distribution's bound on a horizon so short that it is not far above λ.

        A ValueError if there is no bound.
        """
        mean = self.gap.mean if 0.0 < self.gap.mean < math.inf else 1.0
        horizon, near = mean + tau, 4.0 * max(1.0 / mean, self.hazard(state, tau))
        for _ in range(60):
            bound = self.gap.hazard_ceiling(tau, tau + horizon)
            if bound <= near:
                break
            horizon /= 2.0
        if not math.isfinite(bound):
            raise ValueError(
                f"gap must have a bounded hazard to be thinned, got {self.gap}: use method='inversion'"
            )
        return bound, horizon

    def wait(self, state: None, rng: np.random.Generator) -> float:
        """Draw the gap to the next event."""
        return float(self.gap.sample(1, rng=rng)[0])
