"""Windows that begin late or with an event, and times as they come in files: ties, integers, dates."""

import math

import numpy as np
import pytest

from .oracles_point_process import CASES, END, TIMES, error_of, oracle_compensator, oracle_intensity
from .spoilt import defaults

AT_ZERO = [0.0, *TIMES]


STARTS = [(name, 0.5) for name in CASES] + [("hawkes", s) for s in (0.0, 2.15, 5.9)] + [("poisson", 2.15)]


@pytest.mark.parametrize(("name", "start"), STARTS)
def test_each_event_after_the_start(core, name, start):
    """The first gap is that from `start`, unless an event lies there: then it is that event's history."""
    pp, case = core.point_process, CASES[name]
    process, after = case.make(pp), [t for t in TIMES if t > start]
    whole = [oracle_compensator(case, TIMES, t) for t in [start, *after]]
    gaps = np.diff(whole)
    logs = [math.log(oracle_intensity(case, TIMES, t)) for t in after]
    np.testing.assert_allclose(pp.rescale(process, TIMES, start), gaps, atol=1e-9)
    terms = pp.event_log_likelihoods(process, TIMES, start)
    np.testing.assert_allclose(terms, logs - gaps, atol=1e-9)
    assert terms.sum() == pytest.approx(pp.log_likelihood(process, TIMES, TIMES[-1], start), abs=1e-9)
    at = np.array([start, start + 0.01, *after, END])
    expected = [oracle_compensator(case, TIMES, t) - whole[0] for t in at]
    np.testing.assert_allclose(pp.compensator(process, TIMES, at, start), expected, atol=1e-9)
    np.testing.assert_allclose(pp.event_gaps(TIMES, start), np.diff([start, *after]), rtol=1e-14)


@pytest.mark.parametrize("name", ["poisson", "piecewise", "inhomogeneous", "weibull gaps", "gamma gaps"])
def test_an_event_at_zero_is_history(core, name):
    """It has no term and no gap; a process that forgets, or begins with an event, does not see it."""
    pp = core.point_process
    process = CASES[name].make(pp)
    for call in (pp.rescale, pp.event_log_likelihoods):
        np.testing.assert_array_equal(call(process, AT_ZERO), call(process, TIMES))
    assert pp.log_likelihood(process, AT_ZERO, END) == pp.log_likelihood(process, TIMES, END)
    np.testing.assert_array_equal(pp.event_gaps(AT_ZERO), pp.event_gaps(TIMES))


def test_an_event_at_zero_shapes_what_follows(core):
    """It excites in a Hawkes process, and releases tension in a self-correcting one."""
    pp = core.point_process
    for name in ("hawkes", "self-correcting"):
        case = CASES[name]
        process = case.make(pp)
        rates = [oracle_intensity(case, AT_ZERO, t) for t in (0.2, 1.0)]
        np.testing.assert_allclose(pp.intensity(process, AT_ZERO, [0.2, 1.0]), rates, rtol=1e-12)
        value = pp.log_likelihood(process, AT_ZERO, END)
        logs = [math.log(oracle_intensity(case, AT_ZERO, t)) for t in TIMES]
        assert value == pytest.approx(sum(logs) - oracle_compensator(case, AT_ZERO, END), abs=1e-9)
        assert value != pytest.approx(pp.log_likelihood(process, TIMES, END), abs=1e-3)
        assert len(pp.rescale(process, AT_ZERO)) == len(TIMES)


def test_a_window_without_events(core):
    pp = core.point_process
    assert pp.log_likelihood(pp.Poisson(0.5), [1.0, 2.0], 7.0, 3.0) == pytest.approx(-2.0)
    assert pp.rescale(pp.Poisson(0.5), [1.0, 2.0], 3.0).shape == (0,)
    assert pp.event_gaps([1.0, 2.0], 3.0).shape == (0,)
    assert pp.event_gaps([]).shape == (0,)


def test_an_event_at_the_end_counts_once(core):
    pp = core.point_process
    process = pp.Hawkes(0.4, 0.5, 2.0)
    near = pp.log_likelihood(process, TIMES, TIMES[-1] + 1e-9)
    assert pp.log_likelihood(process, TIMES, TIMES[-1]) == pytest.approx(near, abs=1e-7)


BIG = 1_700_000_000_000_000_000


UNSORTED = "ValueError: times must be strictly increasing, got "
NOT_REAL = "TypeError: times must hold real numbers, got dtype "
DAYS = "of dates, (times - times[0]) / np.timedelta64(1, 'D') has the days"


@pytest.mark.parametrize(
    ("times", "message"),
    [
        ([1.0, 2.0, 2.0], UNSORTED + "2.0 then 2.0 at index 2: events of one time have no order"),
        ([1.0, 2.0, 1.5], UNSORTED + "2.0 then 1.5 at index 2: sort them"),
        (
            np.array([BIG, BIG + 100]),
            UNSORTED
            + f"{BIG} then {BIG + 100} at index 1, which are one number in float64: subtract a whole",
        ),
        (np.array([BIG + 100, BIG + 100]), UNSORTED + f"{BIG + 100} then {BIG + 100} at index 1: events of"),
        (np.array([-2, 3]), "ValueError: times must not lie before 0, where the clock begins, got -2.0"),
        (np.array(["2020-01-01", "2020-01-05"], "datetime64[s]"), NOT_REAL + f"datetime64[s]; {DAYS}"),
        (np.array([1, 3], "timedelta64[h]"), NOT_REAL + "timedelta64[h]"),
        ([object()], NOT_REAL + "object"),
        (np.ma.MaskedArray([1.0, 9.0], [False, True]), "TypeError: times must not be a masked array; times"),
        ([[1.0], [2.0, 3.0]], "ValueError: times must be an array, got rows of different lengths"),
    ],
)
def test_times_as_they_come(core, times, message):
    pp = core.point_process
    for call in (
        lambda: pp.log_likelihood(pp.Hawkes(0.4, 0.5, 2.0), times, 2.0 * BIG),
        lambda: pp.rescale(pp.Poisson(1.0), times),
        lambda: pp.event_gaps(times),
        lambda: pp.fit_hawkes(times, 2.0 * BIG, start=0.0),
    ):
        assert error_of(call).startswith(message)


def test_dates_by_the_advice_of_the_message(core):
    dates = np.array(["2020-01-01", "2020-01-05", "2020-01-06"], "datetime64[s]")
    assert core.point_process.event_gaps((dates - dates[0]) / np.timedelta64(1, "D")).tolist() == [4.0, 1.0]
    whole = np.array([BIG, BIG + 100, BIG + 300])
    assert core.point_process.event_gaps(whole - whole[0]).tolist() == [100.0, 200.0]


@pytest.mark.parametrize(
    "call",
    [
        lambda pp, h: pp.log_likelihood(h, [1.0], 3.0, 3.0),
        lambda pp, h: pp.hawkes_gradient(h, [1.0], 3.0, 3.5),
        lambda pp, h: pp.fit_hawkes([1.0], 3.0, start=4.0),
    ],
)
def test_a_window_ends_after_it_begins(core, call):
    pp = core.point_process
    assert error_of(lambda: call(pp, pp.Hawkes(0.4, 0.5, 2.0))).startswith(
        "ValueError: end must lie after start"
    )


def test_no_event_lies_after_the_end(core):
    pp = core.point_process
    for call in (pp.log_likelihood, pp.hawkes_gradient):
        text = error_of(lambda c=call: c(pp.Hawkes(0.4, 0.5, 2.0), [1.0, 3.5], 3.0))
        assert text.startswith(
            "ValueError: times must lie within the window (start, end] or before it, end = 3"
        )


def test_the_compensator_begins_at_start(core):
    pp = core.point_process
    text = error_of(lambda: pp.compensator(pp.Poisson(1.0), [1.0], [0.5], 0.7))
    assert text == "ValueError: at must not lie before start = 0.7, got 0.5"


def test_no_window_begins_before_the_clock(core):
    pp = core.point_process
    for call in (
        lambda: pp.compensator(pp.Poisson(1.0), [1.0], [2.0], -0.5),
        lambda: pp.event_log_likelihoods(pp.Poisson(1.0), [1.0], -0.5),
        lambda: pp.event_gaps([1.0], -0.5),
    ):
        assert error_of(call) == "ValueError: start must be a finite number ≥ 0, got -0.5"


def test_the_defaults_of_windows(core):
    """Every window begins at 0 unless it is told otherwise."""
    pp = core.point_process
    for function in (pp.log_likelihood, pp.hawkes_gradient, pp.compensator, pp.rescale, pp.event_gaps):
        assert defaults(function) == {"start": 0.0}
    assert defaults(pp.event_log_likelihoods) == {"start": 0.0}
