"""The Poisson processes number by number: intensity, its bound, and the wait from a draw that is known."""

import math

import numpy as np
import pytest

from .oracles_point_process import error_of
from .samples import Draws

INF = math.inf
CHANGES = (0.5, 2.3, 4.0, 5.1)
RATES = (0.4, 1.7, 0.0, 1.0, 0.9)
STATES = [0.0, 0.3, 0.5, 1.1, 2.3, 3.7, 4.0, 5.1, 9.6]
EXPONENTIALS = [0.1, 0.2, 0.9, 1.5, 3.26, 4.1, 7.0]


def test_one_rate_for_all_times(core):
    process = core.point_process.Poisson(1.6)
    assert process.wait(process.begin(), Draws([0.8])) == 0.5
    assert process.hazard(None, 3.0) == 1.6
    assert process.ceiling(None, 3.0) == (1.6, INF)


def walked(state, exponential, rates):
    """The wait of a process of steps: from change to change, until the hazards passed add up to the draw."""
    begin, left = state, exponential
    for end, rate in zip((*CHANGES, INF), rates, strict=True):
        if end > begin and rate > 0.0:
            if left <= rate * (end - begin):
                return begin + left / rate - state
            left -= rate * (end - begin)
        begin = max(begin, end)
    return INF


@pytest.mark.parametrize("last", [0.9, 0.0])
@pytest.mark.parametrize("exponential", EXPONENTIALS)
def test_the_wait_for_a_process_of_steps(core, exponential, last):
    rates = (*RATES[:-1], last)
    process = core.point_process.PiecewisePoisson(CHANGES, rates)
    for state in STATES:
        expected = walked(state, exponential, rates)
        assert (expected < INF) or last == 0.0
        assert process.wait(state, Draws([exponential])) == pytest.approx(expected, rel=1e-12)


def test_a_draw_that_ends_at_a_step(core):
    """There the event comes: after it there may be none for a while."""
    process = core.point_process.PiecewisePoisson((2.0, 4.0), (0.5, 0.0, 1.0))
    assert process.wait(process.begin(), Draws([1.0])) == 2.0


def test_a_draw_of_zero_is_no_wait(core):
    """Among the first steps, too, whatever the last ones are."""
    pp = core.point_process
    for process in (
        pp.Poisson(1.6),
        pp.PiecewisePoisson(CHANGES, RATES),
        pp.InhomogeneousPoisson(lambda t: 2 * t, lambda t: t**2, 1.0),
    ):
        assert 0.0 <= process.wait(process.begin(), Draws([0.0])) < 1e-300


def test_the_rate_and_its_bound_step_by_step(core):
    """At a change the rate is still the one before; the bound holds from there to the next change."""
    process = core.point_process.PiecewisePoisson(CHANGES, RATES)
    assert process.begin() == 0.0
    for state in STATES:
        for tau in (0.0, 0.5, 1.8, 2.9):
            t = process.after(state, tau)
            assert t == state + tau
            assert process.hazard(state, tau) == RATES[sum(change < t for change in CHANGES)]
            passed = sum(change <= t for change in CHANGES)
            assert process.ceiling(state, tau) == (RATES[passed], [*CHANGES, INF][passed] - t)


@pytest.mark.parametrize("bound", [0.04, 1.0, 60.0])
@pytest.mark.parametrize("exponential", [1e-6, 0.2, 1.5, 40.0])
def test_the_wait_inverts_the_integral_of_the_rate(core, exponential, bound):
    """λ = 2t, so that Λ = t²; the bound says where to begin to look, and no more."""
    process = core.point_process.InhomogeneousPoisson(lambda t: 2 * t, lambda t: t**2, bound)
    for state in (0.0, 0.3, 2.0, 7.5):
        expected = exponential / (math.sqrt(state**2 + exponential) + state)
        assert process.wait(state, Draws([exponential])) == pytest.approx(expected, rel=1e-8)
    assert process.wait(process.begin(), Draws([exponential])) == pytest.approx(math.sqrt(exponential))


def fading(core):
    """λ = 3 e^(−t): at most three events are expected, for ever."""
    return core.point_process.InhomogeneousPoisson(
        lambda t: 3 * np.exp(-t), lambda t: -3 * np.expm1(-t), np.int16(3)
    )


def test_a_wait_without_end(core):
    """From t on there are 3 e^(−t) events to come; a draw above that is never reached."""
    process = fading(core)
    for state in (0.0, 0.7, 2.0):
        rest = 3 * math.exp(-state)
        for share in (0.1, 0.5, 0.999):
            wait = process.wait(state, Draws([share * rest]))
            assert wait == pytest.approx(-math.log1p(-share), rel=1e-9)
        assert process.wait(state, Draws([1.001 * rest])) == INF


def test_a_draw_of_all_that_can_come(core):
    """Λ reaches 6 when the rate is cut off, and stays there: that is when the event comes."""
    process = core.point_process.InhomogeneousPoisson(
        lambda t: 3.0 * (t < 2.0), lambda t: 3.0 * np.minimum(t, 2.0), 3.0
    )
    assert process.wait(process.begin(), Draws([6.0])) == 2.0
    assert process.wait(0.5, Draws([4.5])) == 1.5
    assert process.wait(0.5, Draws([math.nextafter(4.5, INF)])) == INF


def test_the_bound_until_nothing_can_come(core):
    """After some twenty proposals it is looked at; by t = 40 the last digit of Λ is reached."""
    process = fading(core)
    assert process.after(0.5, 1.25) == 1.75
    for state, tau in [(0.0, 0.0), (0.0, 6.0), (0.0, 12.0), (5.0, 12.0), (1.0, 21.0)]:
        assert process.ceiling(state, tau) == (3.0, INF)
        assert process.hazard(state, tau) == 3 * np.exp(-(state + tau))
    for state, tau in [(0.0, 40.0), (30.0, 10.0), (2.0, 900.0)]:
        assert process.ceiling(state, tau) == (0.0, INF)


def test_a_fall_by_rounding_is_none(core):
    """Λ may fall by one part in a billion, and has then not grown; by more it must not."""

    def process(fall):
        return core.point_process.InhomogeneousPoisson(
            lambda t: 1.0 + 0.0 * t, lambda t: 7.0 * (1.0 - fall * (np.asarray(t) > 2.0)), 1.0
        )

    events, at = np.array([0.5, 1.5]), np.array([0.25, 1.0, 3.0])
    _, increase = process(9e-10).evaluate(events, at)
    assert increase.tolist() == [0.0, 0.0, 0.0]
    text = error_of(lambda: process(2e-9).evaluate(events, at))
    assert text == "ValueError: cumulative must not decrease, it falls by 1.4e-08 after an event"
