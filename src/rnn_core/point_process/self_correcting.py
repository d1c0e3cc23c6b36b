"""The self-correcting process: tension builds up with time and each event releases some.

References
----------
Isham and Westcott (1979), A self-correcting point process, Stochastic Processes and their Applications 8,
335–347.
"""

import math
from dataclasses import dataclass

import numpy as np

from .._checks import Array
from ._checks import exp_or_inf, positive, since_last_event

__all__ = ["SelfCorrecting"]


@dataclass(frozen=True)
class SelfCorrecting:
    """λ(t) = exp(μ t − α N(t)), with N(t) the number of events before t.

    In the long run there are μ/α events per unit of time.

    Attributes
    ----------
    mu : float
        μ > 0, the growth rate of λ between events, per unit of time.
    alpha : float
        α > 0: an event divides λ by e^α.
    """

    mu: float
    alpha: float

    def __post_init__(self) -> None:
        object.__setattr__(self, "mu", positive("mu", self.mu))
        object.__setattr__(self, "alpha", positive("alpha", self.alpha))

    def evaluate(self, times: Array, at: Array) -> tuple[Array, Array]:
        """Return log λ and the increase of Λ since the last event."""
        count, elapsed = since_last_event(times, at)
        log_rate = self.mu * at - self.alpha * count
        # ∫_0^τ e^(c + μs) ds = e^(c + μτ) (1 − e^(−μτ)) / μ, with c + μτ the log-rate at the far end.
        with np.errstate(over="ignore"):  # far too long without an event: λ and Λ are then infinite
            return log_rate, np.exp(log_rate) * -np.expm1(-self.mu * elapsed) / self.mu

    def begin(self) -> float:
        """Return the state: log λ just after the last event."""
        return 0.0

    def after(self, state: float, tau: float) -> float:
        """Return the state after an event."""
        return state + self.mu * tau - self.alpha

    def hazard(self, state: float, tau: float) -> float:
        """Return λ."""
        return exp_or_inf(state + self.mu * tau)

    def ceiling(self, state: float, tau: float) -> tuple[float, float]:
        """Return the value that λ, which grows, has at the end of a horizon; and that horizon.

        Where λ is small the horizon is long, but at most one proposal or so is to be expected in it.
        """
        room = math.log(self.mu) - (state + self.mu * tau)
        horizon = max(0.5, room - math.log1p(max(room, 0.0))) / self.mu
        horizon = min(horizon, 1e300)  # a growth too slow for any float
        return exp_or_inf(state + self.mu * (tau + horizon)), horizon

    def wait(self, state: float, rng: np.random.Generator) -> float:
        """Draw the gap to the next event: Λ increases by a unit exponential, and is inverted."""
        grown = (
            math.log(self.mu) - state + math.log(rng.exponential() or 5e-324)
        )  # of e^(μτ) = 1 + μ E e^(−state)
        return (math.log1p(math.exp(grown)) if grown < 700.0 else grown) / self.mu
