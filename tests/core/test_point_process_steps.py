"""Simulation step by step: a process that does what it is told, and draws that are known."""

import importlib
import math

import numpy as np
import pytest

from .oracles_point_process import error_of
from .samples import Draws

INF = math.inf


class Scripted:
    """Its state counts the events; waits, bounds with their horizons, and intensities are told."""

    def __init__(self, waits=(), bound=lambda state, tau: (2.0, INF), hazard=lambda state, tau: 1.0):
        self.waits, self.bound, self.rate, self.gaps = waits, bound, hazard, []

    def evaluate(self, times, at):
        raise NotImplementedError

    def begin(self):
        return 0

    def after(self, state, tau):
        self.gaps.append(tau)
        return state + 1

    def hazard(self, state, tau):
        return self.rate(state, tau)

    def ceiling(self, state, tau):
        return self.bound(state, tau)

    def wait(self, state, rng):
        return self.waits[state]


def drawn(core, process, end=INF, number=1, exponentials=(), uniforms=(), method="thinning"):
    """The events up to an end, or the first of them; that all draws were used is seen to."""
    rng = Draws(exponentials, uniforms)
    if end < INF:
        times = core.point_process.simulate(process, end, rng=rng, method=method)
    else:
        times = core.point_process.simulate_events(process, number, rng=rng, method=method)
    assert (rng.exponentials, rng.uniforms) == ([], [])
    assert times.dtype == np.float64
    return times.tolist()


def test_events_are_sums_of_gaps(core):
    """Up to the end, an event there included; each gap changes the state once the next is asked for."""
    pp, rng = core.point_process, np.random.default_rng(1)
    waits = [0.5, 1.5, 1.0, 0.25, 0.125, INF]
    for end, expected in [(3.0, [0.5, 2.0, 3.0]), (3.2, [0.5, 2.0, 3.0]), (2.9, [0.5, 2.0]), (0.4, [])]:
        process = Scripted(waits)
        times = pp.simulate(process, end, rng=rng)
        assert (times.tolist(), times.dtype) == (expected, np.float64)
        assert process.gaps == waits[: len(expected)]
    assert pp.simulate(Scripted(waits), 99.0, rng=rng).tolist() == [0.5, 2.0, 3.0, 3.25, 3.375]
    assert pp.simulate_events(Scripted(waits), 4, rng=rng).tolist() == [0.5, 2.0, 3.0, 3.25]
    text = error_of(lambda: pp.simulate_events(Scripted(waits), 7, rng=rng))
    assert text == "RuntimeError: the process died out after 5 of number = 7 events"


def test_no_more_events_than_allowed(core):
    pp, rng = core.point_process, np.random.default_rng(1)
    waits = [0.5, 1.5, 1.0, 9.0]
    assert len(pp.simulate(Scripted(waits), 7.5, rng=rng, max_events=3)) == 3
    text = error_of(lambda: pp.simulate(Scripted(waits), 7.5, rng=rng, max_events=2))
    assert text == "RuntimeError: more than max_events = 2 events came before 3 of end = 7.5"


def test_a_million_events_are_allowed_and_no_more(core, monkeypatch):
    module = importlib.import_module(f"{core.__name__}.point_process.simulate")
    for number in (1_000_000, 1_000_001):
        monkeypatch.setattr(module, "_events", lambda *rest, n=number: iter(range(1, n + 1)))
        text = error_of(lambda: len(core.point_process.simulate(Scripted(), 2e6, rng=None)))
        expected = "RuntimeError: more than max_events = 1000000 events came before 1e+06 of end = 2e+06"
        assert text == (expected if number > 1_000_000 else "no error, but 1000000")


def test_gaps_that_are_lost_in_rounding(core):
    pp, rng = core.point_process, np.random.default_rng(1)
    text = error_of(lambda: pp.simulate(Scripted([1.0, 8e-17]), 7.5, rng=rng))  # 1 − 8e-17 would not be 1
    assert text == "FloatingPointError: a gap of 8e-17 after time 1 is lost in rounding"
    text = error_of(lambda: pp.simulate_events(Scripted([0.0]), 1, rng=rng))
    assert text == "FloatingPointError: a gap of 0 after time 0 is lost in rounding"


@pytest.mark.parametrize("method", ["exact", None, ["thinning"]])
def test_methods_that_there_are_not(core, method):
    pp, rng = core.point_process, np.random.default_rng(1)
    expected = f"ValueError: method must be one of inversion, thinning, got {method!r}"
    assert error_of(lambda: pp.simulate(Scripted(), 2.0, rng=rng, method=method)) == expected
    assert error_of(lambda: pp.simulate_events(Scripted(), 2, rng=rng, method=method)) == expected


def test_proposals_are_kept_as_often_as_the_intensity_is_of_the_bound(core):
    """Bound 2, intensity 1: a step is half an exponential, and is kept for a uniform number below a half."""
    process = Scripted()
    times = drawn(core, process, number=2, exponentials=[1.0, 0.5, 3.0], uniforms=[0.5, 0.4375, 0.0])
    assert times == [0.75, 2.25]
    assert process.gaps == [0.75]
    # Three quarters are below the share of the second state, and not below that of the first.
    process = Scripted(hazard=lambda state, tau: (1.0, 1.75)[state])
    assert drawn(core, process, number=2, exponentials=[1.0, 0.5], uniforms=[0.25, 0.75]) == [0.5, 0.75]
    # An event at the end is in the window.
    end = {"exponentials": [1.0, 0.5, 3.0, 0.25], "uniforms": [0.5, 0.4375, 0.0]}
    assert drawn(core, Scripted(), 2.25, **end) == [0.75, 2.25]
    assert drawn(core, Scripted(), 2.2, exponentials=[1.5, 3.0], uniforms=[0.25]) == [0.75]


def test_beyond_the_end_no_intensity_is_asked_for(core):
    def hazard(state, tau):
        assert tau <= 1.5, "asked for beyond the end"
        return 0.5

    process = Scripted(hazard=hazard)
    assert drawn(core, process, 1.5, exponentials=[1.0, 1.0, 1.5], uniforms=[0.9, 0.9]) == []


def test_a_bound_holds_up_to_its_horizon(core):
    """Bound 4 up to 0.25 after an event, the horizon included; none from there to 1; then 0.5."""

    def bound(state, tau):
        return (4.0, 0.25 - tau) if tau < 0.25 else (0.0, 1.0 - tau) if tau < 1.0 else (0.5, INF)

    def hazard(state, tau):
        return 0.5 if tau > 0.25 else 3.0

    process = Scripted(bound=bound, hazard=hazard)
    times = drawn(core, process, exponentials=[2.0, 0.75], uniforms=[0.9])
    assert times == [2.5]
    times = drawn(core, process, number=2, exponentials=[1.0, 0.5, 0.25], uniforms=[0.5, 0.8, 0.7])
    assert times == [0.25, 0.4375]
    # Beyond the end of the window nothing is drawn.
    assert drawn(core, process, 0.9, exponentials=[1.5]) == []


def test_a_bound_of_zero_for_ever_ends_it(core):
    pp = core.point_process
    process = Scripted(bound=lambda state, tau: ((2.0, INF), (0.0, INF))[state])
    assert drawn(core, process, 9.0, exponentials=[1.0], uniforms=[0.3]) == [0.5]
    text = error_of(lambda: pp.simulate_events(process, 3, rng=Draws([1.0], [0.3]), method="thinning"))
    assert text == "RuntimeError: the process died out after 1 of number = 3 events"


@pytest.mark.parametrize("wrong", [-0.5, INF, math.nan])
def test_a_bound_that_is_none(core, wrong):
    process = Scripted(bound=lambda state, tau: (wrong if tau > 0.5 else 2.0, 0.75))
    expected = f"ValueError: the bound must be a finite number ≥ 0, got {wrong} a time 0.75 after an event"
    assert error_of(lambda: drawn(core, process, exponentials=[5.0])) == expected


def test_steps_that_are_lost_in_rounding(core):
    process = Scripted(bound=lambda state, tau: (2.0 if tau < 1.0 else 2e20, INF))
    text = error_of(lambda: drawn(core, process, exponentials=[2.0, 16000.0], uniforms=[0.9]))
    assert text == (
        "FloatingPointError: the proposals accumulate: a step of 8e-17 a time 1 after the last event is lost "
        "in rounding, the bound is 2e+20"
    )


def test_an_intensity_is_above_its_bound_by_rounding_alone(core):
    """By one part in a billion; what is above that is refused."""
    highest = 2.0 * (1.0 + 1e-9)
    process = Scripted(hazard=lambda state, tau: highest)
    assert drawn(core, process, exponentials=[1.5], uniforms=[0.9375]) == [0.75]
    process = Scripted(hazard=lambda state, tau: math.nextafter(highest, INF))
    text = error_of(lambda: drawn(core, process, exponentials=[1.5], uniforms=[0.9375]))
    assert text == (
        "ValueError: the bound must be at least the intensity, got 2 where the intensity is 2, "
        "a time 0.75 after the last event"
    )


def test_patience_ends(core, monkeypatch):
    module = importlib.import_module(f"{core.__name__}.point_process.simulate")
    monkeypatch.setattr(module, "PATIENCE", 3)
    process, uniforms = Scripted(), [0.9, 0.9, 0.3]
    assert drawn(core, process, exponentials=[1.0, 2.0, 0.5], uniforms=uniforms) == [1.75]
    text = error_of(lambda: drawn(core, process, exponentials=[1.0, 2.0, 0.5], uniforms=[0.9, 0.9, 0.7]))
    assert text == (
        "RuntimeError: no proposal was kept in 3 steps, up to a time 1.75 after the last event: the bound, "
        "2, is far above the intensity, or the process has died out; method='inversion' needs none"
    )
