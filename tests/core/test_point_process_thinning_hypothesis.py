"""Thinning needs more than bounds above the intensity: its proposals must not accumulate.

The counterexample of chapter 10: λ ≡ 1 and the bound 4^k for proposal k. Then with probability
∏ (1 − 4^(−k)) no proposal is ever kept, and all of them come before a finite time.
"""

import math
from dataclasses import dataclass, field

import numpy as np
import pytest

from .oracles_point_process import CASES
from .samples import within_standard_errors

never_kept = math.prod(1 - 4.0**-k for k in range(1, 60))
THINNED = [name for name in CASES if name != "gamma gaps, falling hazard"]  # whose hazard is infinite at 0


class NoBoundLeftError(Exception):
    """Every bound was used, and no proposal was kept."""


@dataclass(frozen=True)
class Restless:
    """The Poisson process of rate 1 under bounds that change with each proposal, anew after each event."""

    bounds: tuple
    seen: list = field(default_factory=list)

    def evaluate(self, times, at):
        count = np.searchsorted(times, at, side="left")
        return np.zeros(np.shape(at)), at - np.concatenate([[0.0], times])[count]

    def begin(self):
        return self.after(None, 0.0)

    def after(self, state, tau):
        return iter(self.bounds)

    def hazard(self, state, tau):
        return 1.0

    def ceiling(self, state, tau):
        self.seen.append(tau)
        bound = next(state, None)
        if bound is None:
            raise NoBoundLeftError
        return bound, math.inf

    def wait(self, state, rng):
        raise AssertionError("thinning does not ask for it")


def test_the_product():
    assert never_kept == pytest.approx(0.68853754, abs=1e-8)
    # Euler's pentagonal number theorem, an independent way: Σ (−1)^j q^(j (3j − 1)/2) over all integers j.
    assert math.fsum((-1) ** j * 0.25 ** (j * (3 * j - 1) // 2) for j in range(-9, 10)) == pytest.approx(
        never_kept, rel=1e-14
    )


def test_with_bounds_that_grow_too_fast_no_event_may_ever_come(core):
    """Although λ = 1, so that one is sure to; `simulate` itself runs here, 15 proposals at most."""
    pp, rng, runs = core.point_process, np.random.default_rng(371), 3000
    none, last = np.zeros(runs), []
    for i in range(runs):
        process = Restless(tuple(4.0**k for k in range(1, 16)))
        try:
            pp.simulate_events(process, 1, rng=rng, method="thinning")
        except NoBoundLeftError:
            none[i] = 1.0
            last.append(process.seen[-1])
    within_standard_errors(none, never_kept)
    assert abs(none.mean() - math.exp(-1)) > 0.2
    # Gap k has the mean 4^(−k), whether proposals are kept or not: together 1/3.
    within_standard_errors(last, 1 / 3)
    assert max(last) < 5.0


@pytest.mark.parametrize("bounds", [(4.0, 16.0, 64.0) * 300, tuple(2.0 + k for k in range(200_000))])
def test_bounds_may_depend_on_the_proposals_if_these_do_not_accumulate(core, bounds):
    """The first stay below 64; the second grow without end, but Σ 1/(2 + k) is infinite."""
    pp, rng = core.point_process, np.random.default_rng(372)
    times = pp.simulate_events(Restless(bounds), 1500, rng=rng, method="thinning")
    gaps = np.diff(times, prepend=0.0)
    assert pp.kolmogorov_smirnov(gaps).p_value > 1e-3
    within_standard_errors(gaps, 1.0)


@pytest.mark.parametrize("name", THINNED)
def test_the_bounds_of_the_package_are_bounded_on_a_bounded_stretch(core, name):
    """However early the proposals come, and however often; and stretches without one do not accumulate."""
    process = CASES[name].make(core.point_process)
    state = process.begin()
    for gap in (0.33, 0.38, 1.19, 0.06):
        state = process.after(state, gap)
    end = 4.0
    bounds, horizons = zip(*(process.ceiling(state, tau) for tau in np.linspace(0.0, end, 2001)), strict=True)
    assert max(bounds) < 200.0
    tau, steps = 0.0, 0
    while tau < end:
        tau, steps = tau + process.ceiling(state, tau)[1], steps + 1
        assert steps < 1000
    assert min(horizons) > 0.0
