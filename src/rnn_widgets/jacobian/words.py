"""What the Jacobian explorer says in words about a measurement, as ``words.js`` does."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from ..kit.wording import compared, counted, factor, is_one, percent

__all__ = ["Measured", "lag_text", "radius_label", "verdict"]

FALLEN = math.log(0.01)  # influence counts as lost below 1 %


class Measured(NamedTuple):
    """What the words are about.

    Attributes
    ----------
    T : int
        Number of steps.
    log_norms : (T+1,) sequence of float
        log‖J_t⋯J_1‖₂ for t = 0..T, in nats.
    bound, radius : float
        γρ, and γ times the spectral radius.
    rate : float
        ‖J_T⋯J_1‖^(1/T).
    lag_below : int or None
        First lag at which the norm is below 1 %.
    mean_slope : float
        Mean of φ' over units and steps.
    """

    T: int
    log_norms: Sequence[float]
    bound: float
    radius: float
    rate: float
    lag_below: int | None
    mean_slope: float


def _outcome(measured: Measured) -> str:
    """What was measured at the largest lag; what happens in the limit, no number of steps can tell."""
    last = measured.log_norms[measured.T]
    if last < FALLEN:
        return "fallen"
    return "grown" if last > -FALLEN else "between"


def radius_label(measured: Measured) -> str:
    """Say whether (γ·radius)^lag is a bound: only where the radius equals ρ."""
    return "the bound too" if measured.radius >= measured.bound * (1 - 1e-9) else "not a bound"


def verdict(measured: Measured, gamma: float, activation: str) -> str:
    """Interpret the figure in a few sentences."""
    product, steps = compared("γρ", measured.bound), counted(measured.T, "step")
    result, rate = _outcome(measured), f"by a mean factor {factor(measured.rate)} per step"
    if measured.bound < 1.0 and not is_one(measured.bound):
        zero = _zero_text(measured)
        must = f"{product}: the influence must vanish in the end."
        if result != "fallen":
            return f"{must} Not yet: after {steps} it is still 1 % or more."
        return f"{must} It does{f', {rate}' if zero is None else f': {zero}'}."
    if is_one(measured.bound):
        allowed = "the bound forbids growth and does not force decay."
        now = (
            f"Here it is, after {steps}, what it was."
            if is_one(measured.rate)
            else f"Here it changes {rate}."
        )
    else:
        allowed = "the influence may grow."
        now = f"After {steps} it lies between 1 % and 100 times what it was."
    if result == "fallen":
        now = f"Yet after {steps} it is below 1 % of what it was."
    elif result == "grown":
        now = f"After {steps} it is more than 100 times what it was."
    return f"{product}: {allowed} {now} {_reason(measured, gamma, activation)}".rstrip()


def _zero_text(measured: Measured) -> str | None:
    """Say from where on the product is exactly zero."""
    first = next((lag for lag, value in enumerate(measured.log_norms) if value == -math.inf), None)
    return None if first is None else f"exactly 0 from lag {first} on"


def _reason(measured: Measured, gamma: float, activation: str) -> str:
    """Say what decides in the end, or else what goes with a product that shrank and need not have.

    For a linear φ the product is (γW)^lag, so the spectral radius decides. For other φ no reason is given,
    only what was measured of the slopes.
    """
    if activation == "linear":
        if is_one(measured.radius):
            return ""
        ends = "vanish" if measured.radius < 1.0 else "explode"
        decides = compared("γ times the spectral radius", measured.radius)
        return f"For a linear φ it must {ends} in the end: {decides}."
    if _outcome(measured) != "fallen":
        return ""
    share = measured.mean_slope / gamma  # γ > 0 here, since γρ ≥ 1
    if activation == "relu" and not is_one(share):
        slopes = f"the slope is 0 for {percent(1.0 - share)} of the units and steps"
    else:
        slopes = f"the mean slope is {percent(share)} of γ"
    zero = _zero_text(measured)
    return f"Measured: {slopes}{'' if zero is None else f', and the product is {zero}'}."


def lag_text(measured: Measured) -> str:
    """Say where the influence is lost first, and whether for good as far as was measured."""
    if measured.lag_below is None:
        return f"Not below 1 % up to lag {measured.T}"
    back = any(value >= FALLEN for value in measured.log_norms[measured.lag_below :])
    return f"First below 1 % at lag {measured.lag_below}{', but not for good' if back else ''}"
