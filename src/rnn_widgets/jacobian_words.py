"""What the Jacobian explorer says in words about a measurement, as ``frontend/jacobian_words.js`` does."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from .wording import compared, counted, factor, is_one, percent

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
    last = measured.log_norms[measured.T]
    if last < FALLEN:
        return "vanishes"
    return "explodes" if last > -FALLEN else "between"


def radius_label(measured: Measured) -> str:
    """Say whether (γ·radius)^lag is a bound: only where the radius equals ρ."""
    return "the bound too" if measured.radius >= measured.bound * (1 - 1e-9) else "not a bound"


def verdict(measured: Measured, gamma: float, activation: str) -> str:
    """Interpret the figure in a few sentences."""
    product, after = compared("γρ", measured.bound), f"after {counted(measured.T, 'step')}"
    result, rate = _outcome(measured), f"by a mean factor {factor(measured.rate)} per step"
    zero = _zero_text(measured)
    if is_one(measured.bound):
        neither = f"{product}: the bound forbids growth and does not force decay."
        if result == "vanishes":
            return f"{neither} Here the influence vanishes. {_measured_cause(measured, gamma, activation)}"
        if is_one(measured.rate):
            return f"{neither} Here the influence is {after} what it was."
        return f"{neither} Here the influence changes {rate}."
    if measured.bound < 1.0:
        must = f"{product}: the influence must vanish in the end."
        if result != "vanishes":
            return f"{must} Not yet: {after} it is still 1 % or more."
        return f"{must} It does{f', {rate}' if zero is None else f': {zero}'}."
    may = f"{product}: the influence may grow."
    if result == "explodes":
        return f"{may} Here it explodes: {after} it is more than 100 times what it was."
    if result == "vanishes":
        return f"{may} Yet here it vanishes. {_measured_cause(measured, gamma, activation)}"
    return (
        f"{may} Here it neither vanishes nor explodes: {after} it lies between 1 % and 100 times what it was."
    )


def _zero_text(measured: Measured) -> str | None:
    """Say from where on the product is exactly zero."""
    first = next((lag for lag, value in enumerate(measured.log_norms) if value == -math.inf), None)
    return None if first is None else f"exactly 0 from lag {first} on"


def _measured_cause(measured: Measured, gamma: float, activation: str) -> str:
    """What goes with a product that shrinks although the bound does not force it.

    The spectral radius is a reason for a linear φ alone, whose product is (γW)^lag; of other φ no reason is
    given, only what was measured of the slopes.
    """
    share = measured.mean_slope / gamma  # γ > 0 here, since γρ ≥ 1
    if activation == "linear":
        if measured.radius > 1.0 or is_one(measured.radius):
            return ""
        return (
            f"For a linear φ it must in the end: {compared('γ times the spectral radius', measured.radius)}."
        )
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
