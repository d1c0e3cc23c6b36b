"""What the checks of the point processes say, word for word, and what they let pass."""

import importlib
import math
import re

import numpy as np
import pytest

SPREAD = (
    "events of one time have no order; count them as one, or spread them within the precision of the record"
)


@pytest.fixture(name="checks")
def _checks(core):
    return importlib.import_module(f"{core.__name__}.point_process._checks")


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([0.5, 2.0, 1.5, 1.0], "got 2.0 then 1.5 at index 2: sort them"),
        ([0.5, 1.0, 3.0, 3.0], f"got 3.0 then 3.0 at index 3: {SPREAD}"),
        (
            [5, 2**53, 2**53 + 1, 2**60],
            "got 9007199254740992 then 9007199254740993 at index 2, which are one number in float64: "
            "subtract a whole number, such as when[0], first",
        ),
        ([2**53, 2**53 + 1, 7], "got 9007199254740993 then 7 at index 2: sort them"),
    ],
)
def test_times_that_do_not_increase(checks, times, said):
    expected = f"when must be strictly increasing, {said}"
    with pytest.raises(ValueError, match=f"^{re.escape(expected)}$"):
        checks.event_times(times, name="when")


@pytest.mark.parametrize("dtype", ["M8[D]", "m8[s]", object])
def test_times_that_are_no_numbers(checks, dtype):
    """With the way to make numbers of dates; none at all are none of any type, but dates."""
    expected = (
        f"times must hold real numbers, got dtype {np.dtype(dtype)}; of dates, "
        "(times - times[0]) / np.timedelta64(1, 'D') has the days since the first event"
    )
    said = f"^{re.escape(expected)}$"
    with pytest.raises(TypeError, match=said):
        checks.event_times(np.array([3, 5, 8]).astype(dtype))
    nothing = np.array([], dtype)
    if dtype == "M8[D]":
        with pytest.raises(TypeError, match=said):
            checks.event_times(nothing)
    else:
        assert (checks.event_times(nothing).shape, checks.event_times(nothing).dtype) == ((0,), np.float64)


def test_events_at_both_ends_are_within(checks):
    np.testing.assert_array_equal(checks.event_times([0, 1, 3], 3.0), [0.0, 1.0, 3.0])


@pytest.mark.parametrize(
    ("at", "start", "said"),
    [
        ([2.0, 0.3, 0.1], 0.4, "start = 0.4, got 0.1"),
        ([[3.0], [1.0]], 1.7, "start = 1.7, got 1.0"),
        (-0.5, 0.0, "0, where the clock begins, got -0.5"),
    ],
)
def test_times_before_the_start(checks, at, start, said):
    with pytest.raises(ValueError, match=f"^at must not lie before {re.escape(said)}$"):
        checks.times_from(at, start)


def test_a_time_at_the_start_is_none_before_it(checks):
    np.testing.assert_array_equal(checks.times_from([3, 2], 2.0), [3.0, 2.0])


def test_a_number_stays_one_and_an_array_keeps_its_type(checks):
    value = checks.real_values("x", 3)
    assert (type(value), value) == (float, 3.0)
    assert checks.real_values("x", np.float32([1.5, 2.5])).dtype == np.float32


def test_a_power_beyond_the_floats_is_infinite(checks):
    assert checks.exp_or_inf(709.9) == math.inf
    assert checks.exp_or_inf(-1.3) == math.exp(-1.3)


def test_a_positive_number_has_a_reciprocal(checks):
    assert checks.positive("rate", 1e-300) == 1e-300
    with pytest.raises(
        ValueError, match=r"^rate must be at least 1e-300, or another unit be chosen, got 9e-301$"
    ):
        checks.positive("rate", 9e-301)
