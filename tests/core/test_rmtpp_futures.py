"""Futures of the neural point process, number by number: from uniform numbers that are known."""

import importlib
import math

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_point_process import error_of
from .oracles_rmtpp import api, events, outputs


class Uniform(np.random.Generator):
    """A generator that gives these numbers, as many as are asked for."""

    def __init__(self, *values):
        super().__init__(np.random.PCG64(1))
        self.values = list(values)

    def random(self, size):
        taken, self.values = self.values[:size], self.values[size:]
        assert len(taken) == size
        return np.array(taken)


def reached(cumulative, o_0, w, after=0.0):
    """The time at which ∫ exp(o_0 + w s) ds from `after` on reaches a value; infinity if it does not."""
    if w == 0.0:
        return after + cumulative * math.exp(-o_0)
    inside = math.exp(w * after) + cumulative * w * math.exp(-o_0)
    return math.log(inside) / w if inside > 0.0 else math.inf


def first_mark(o, uniform):
    weights = [math.exp(v.real) for v in o[1:]]
    below, k = weights[0], 0
    while uniform * sum(weights) >= below:
        k += 1
        below += weights[k]
    return k


@pytest.mark.parametrize("w", [-0.7, 0.0, 0.8])
@pytest.mark.parametrize("open_gap", [0.0, 0.6])
@pytest.mark.parametrize("K", [0, 3])
def test_the_next_event(core, K, open_gap, w):
    """Gap and mark, each from a uniform number of its own; the gaps are drawn first."""
    e = events(471, K=K, w=w)
    o = outputs(e.theta, e.gaps, e.marks)[-1]
    uniform = [0.0625, 0.5, 0.875, 0.99, 0.25]
    rng = Uniform(*uniform, *(reversed(uniform) if K else ()))
    gaps, marks = api(core).rmtpp_sample_next(e.params(core), 5, **e.arguments(), open_gap=open_gap, rng=rng)
    assert rng.values == []
    expected = [reached(-math.log(1.0 - u), o[0].real, w, open_gap) for u in uniform]
    assert_close(
        np.where(np.isinf(gaps), -1.0, gaps), [-1.0 if math.isinf(t) else t for t in expected], 1e-12
    )
    assert (math.inf in expected) == (w < 0)
    if K == 0:
        assert marks is None
    else:
        drawn = [first_mark(o, u) for u in reversed(uniform)]
        assert marks.tolist() == [-1 if math.isinf(t) else k for t, k in zip(expected, drawn, strict=True)]
        assert marks.dtype.kind == "i"


@pytest.mark.parametrize("K", [0, 3])
@pytest.mark.parametrize("history", [True, False])
def test_a_future(core, K, history):
    """Each event is read before the next is drawn; the open gap is before the first alone."""
    e = events(472, K=K, w=0.3)
    a, params = api(core), e.params(core)
    uniform = np.random.default_rng(472).random(7 * (1 + (K > 0))).tolist()
    known = list(e.gaps) if history else []
    marks = None if K == 0 else list(e.marks) if history else []
    for j in range(7):
        row = uniform[j * (1 + (K > 0)) :]
        o = outputs(e.theta, np.array(known), marks)[-1]
        known.append(reached(-math.log(1.0 - row[0]), np.real(o[0]), 0.3, 0.4 if j == 0 else 0.0))
        if K:
            marks.append(first_mark([np.complex128(v) for v in o], row[1]))
    rng = Uniform(*uniform)
    past = e.arguments() if history else {}
    gaps, drawn = a.rmtpp_sample(params, 7, **past, open_gap=0.4, rng=rng)
    assert rng.values == []
    assert_close(gaps, known[-7:], 1e-10)
    assert drawn is None if K == 0 else drawn.tolist() == marks[-7:]
    # The horizon is counted from the last event of the history; an event at it is in it.
    for horizon, number in [
        (float(gaps[0]), 1),
        (float(gaps[0]) * (1 - 1e-9), 0),
        (gaps[:3].sum() + 1e-9, 3),
    ]:
        part, same = a.rmtpp_sample(params, 7, **past, horizon=horizon, open_gap=0.4, rng=Uniform(*uniform))
        np.testing.assert_array_equal(part, gaps[:number])
        assert (part.dtype, part.shape) == (np.float64, (number,))
        if K:
            assert same.tolist() == marks[-7:][:number]
            assert same.dtype.kind == "i"


def test_horizons_of_any_type(core):
    e = events(473, K=0, w=0.3)
    a, params = api(core), e.params(core)

    def drawn(**rest):
        return len(a.rmtpp_sample(params, 40, rng=np.random.default_rng(473), **rest)[0])

    few = drawn(horizon=3.0)
    assert 0 < few < 40
    assert drawn(horizon=3) == drawn(horizon=np.float32(3.0)) == few
    assert drawn() == drawn(horizon=math.inf) == drawn(horizon=np.float64(math.inf)) == 40
    assert drawn(horizon=0.9) < few
    for wrong, text in ((0.0, "0.0"), (-math.inf, "-inf"), (math.nan, "nan")):
        assert error_of(lambda h=wrong: drawn(horizon=h)) == (
            f"ValueError: horizon must be a finite number > 0, got {text}"
        )


def test_a_process_that_may_die_out(core):
    """No event comes after one whose exponential Λ never reaches, and none is drawn after that."""
    e = events(474, K=2, w=-5.0)
    gaps, marks = api(core).rmtpp_sample(e.params(core), 7, rng=Uniform(1.0 - 1e-12))
    assert (gaps.shape, gaps.dtype, marks.shape, marks.dtype.kind) == ((0,), np.float64, (0,), "i")


def test_the_intensity_between_marked_events(core):
    """In each interval the output of the events before it, marks and all; at its end, too."""
    e = events(486, K=3, w=0.3)
    o = [np.real(o_j[0]) for o_j in outputs(e.theta, e.gaps, e.marks)]
    times = np.cumsum(e.gaps)
    begins, ends, tau = np.array([0.0, *times]), np.array([*times, times[-1] + 2.0]), np.array([*e.gaps, 2.0])
    for at, since in ((begins + tau / 4, tau / 4), (ends, tau)):
        actual = api(core).rmtpp_intensity(e.params(core), times, at, e.marks)
        assert_close(actual, np.exp(o + 0.3 * since), 1e-12)


def test_what_is_remembered_at_the_begin(core):
    """The empty history: no hidden unit is active, and the output is its bias."""
    e = events(487, K=0)
    state = api(core).RMTPPProcess(e.params(core)).begin()
    assert state.h.tolist() == [0.0] * 5
    np.testing.assert_array_equal(state.o, e.theta["b_y"])


@pytest.mark.parametrize("scale", [None, 4.0])
@pytest.mark.parametrize("w", [-0.7, 0.0, 0.8])
def test_the_process_from_one_event_to_the_next(core, w, scale):
    """Intensity, its bound, and the wait, of the state after three events; times in units of the scale."""
    e, unit = events(475, K=0, w=w), scale or 1.0
    params = e.params(core)._replace(time_scale=None if scale is None else np.array([scale]))
    process = api(core).RMTPPProcess(params)
    state = process.begin()
    o = [np.real(o_j[0]) for o_j in outputs(e.theta, e.gaps[:3], None)]
    for j in range(4):
        for tau in (0.0, 0.3, 1.7):
            hazard = math.exp(o[j] + w * tau) / unit
            assert process.hazard(state, tau * unit) == pytest.approx(hazard, rel=1e-12)
            bound, horizon = process.ceiling(state, tau * unit)
            assert horizon == (pytest.approx(unit / w) if w > 0 else math.inf)
            assert bound == pytest.approx(hazard * (math.e if w > 0 else 1.0), rel=1e-12)
        rng = Uniform(0.4375)
        wait = unit * reached(-math.log(1.0 - 0.4375), o[j], w)
        actual = process.wait(state, rng)
        assert actual == pytest.approx(wait, rel=1e-12) or (math.isinf(wait) and math.isinf(actual))
        assert (type(actual), rng.values) == (float, [])
        if j < 3:
            state = process.after(state, e.gaps[j] * unit)
    times, at = unit * np.cumsum(e.gaps[:3]), unit * np.array([0.0, 0.01, 30.0])
    rates = [math.exp(o[0]), math.exp(o[0] + w * 0.01), math.exp(o[3] + w * (30.0 - times[-1] / unit))]
    assert_close(api(core).rmtpp_intensity(params, times, at), np.array(rates) / unit, 1e-12)


def test_a_process_keeps_its_parameters_as_arrays(core):
    e = events(476, K=0)
    params = e.params(core)
    lists = params._replace(
        rnn=type(params.rnn)(*(array.tolist() for array in params.rnn)), w=params.w.tolist()
    )
    kept = api(core).RMTPPProcess(lists).params
    for one, other in zip([*kept.rnn, kept.w], [*params.rnn, params.w], strict=True):
        assert type(one) is np.ndarray
        np.testing.assert_array_equal(one, other)
    text = error_of(lambda: api(core).RMTPPProcess(events(476, K=1).params(core)))
    assert text == "ValueError: params must have no marks (K = 0) to be a process of times alone, got K = 1"


def test_an_intensity_out_of_range_is_infinite(core):
    """And nobody is warned."""
    e = events(477, K=0, w=0.8)
    a, pp = api(core), core.point_process
    params, times = e.params(core), np.cumsum(e.gaps)
    at = np.array([times[-1] + 1e4])
    assert a.rmtpp_intensity(params, times, at).tolist() == [math.inf]
    process = a.RMTPPProcess(params)
    assert process.hazard(process.begin(), 1e4) == math.inf
    assert process.ceiling(process.begin(), 1e4)[0] == math.inf
    assert pp.compensator(process, times, at).tolist() == [math.inf]
    huge = params._replace(rnn=params.rnn._replace(b_y=np.array([800.0])))
    assert a.rmtpp_intensity(huge, [], [0.0, 1.0]).tolist() == [math.inf, math.inf]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_gaps_beyond_the_range_of_the_type_never_end(core, dtype):
    e = events(478, K=2, w=0.0, dtype=dtype)
    params = e.params(core)
    rare = params._replace(rnn=params.rnn._replace(b_y=dtype([-100.0, 0.5, 0.25])))
    gaps, marks = api(core).rmtpp_sample_next(rare, 3, rng=Uniform(0.5, 0.75, 0.875, 0.1, 0.9, 0.1))
    assert gaps.dtype == dtype
    if dtype is np.float32:
        assert gaps.tolist() == [math.inf] * 3
        assert marks.tolist() == [-1, -1, -1]
    else:
        assert_close(gaps, math.exp(100.0) * math.log(2.0) * np.array([1.0, 2.0, 3.0]), 1e-12)
        assert marks.tolist() == [0, 1, 0]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("uniform", [0.0, 0.5])
def test_a_mark_whose_probability_underflows_is_not_drawn(core, dtype, uniform):
    """Logits of any size: only their differences matter."""
    e = events(479, K=4, dtype=dtype)
    params = e.params(core)
    params = params._replace(rnn=params.rnn._replace(b_y=dtype([0.3, -900.0, 900.0, -900.0, 900.0])))
    _, marks = api(core).rmtpp_sample_next(params, 2, rng=Uniform(0.5, 0.5, uniform, 0.75))
    assert marks.tolist() == [1 if uniform == 0.0 else 3, 3]
    params = params._replace(rnn=params.rnn._replace(b_y=dtype([0.3, 900.0, -900.0, -900.0, -900.0])))
    _, marks = api(core).rmtpp_sample_next(params, 2, rng=Uniform(0.5, 0.5, uniform, 0.999))
    assert marks.tolist() == [0, 0]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("open_gap", [0.0, 1e-40, 0.1, 1e6])
def test_the_least_gap_is_the_next_number_after_the_open_one(core, open_gap, dtype):
    """Of those of full precision."""
    e = events(480, K=0, dtype=dtype)
    drawn, _ = api(core).rmtpp_sample_next(e.params(core), 1, open_gap=open_gap, rng=Uniform(0.0))
    near = np.nextafter(dtype(open_gap), dtype(math.inf))
    assert drawn.tolist() == [max(near, np.finfo(dtype).tiny)]


def test_what_a_history_is_not(core):
    e = events(481, K=2)
    a, params = api(core), e.params(core)

    def error(**rest):
        return error_of(lambda: a.rmtpp_sample_next(params, 3, rng=Uniform(*[0.5] * 6), **rest))

    assert error(gaps=e.gaps, marks=e.marks).startswith("no error")
    assert error(gaps=[], marks=[]).startswith("no error")
    nothing = "ValueError: marks must be left out when there are no gaps"
    assert error(marks=e.marks) == error(gaps=[], marks=e.marks) == nothing
    assert error(gaps=e.gaps) == "ValueError: marks must be given if and only if K > 0, got K = 2"
    assert error(gaps=e.gaps[None], marks=e.marks) == (
        "ValueError: gaps must have shape (N,), each size at least 1, got (1, 7)"
    )
    assert error(gaps=np.append(e.gaps[:6], -2.0), marks=e.marks).startswith(
        "ValueError: gaps must be > 0, got -2.0 at index (6,)"
    )
    hidden = np.ma.MaskedArray(e.gaps, np.arange(7) == 1)
    assert error(gaps=hidden, marks=e.marks).startswith("TypeError: gaps must not be a masked array")
    assert error(open_gap=-0.5) == "ValueError: open_gap must be a finite number ≥ 0, got -0.5"
    single = e.gaps.astype(np.float32)
    assert error(gaps=single, marks=e.marks) == (
        "TypeError: gaps must have dtype float64, like the parameters, got float32"
    )
    scaled = params._replace(time_scale=np.array([16.0]))
    text = error_of(
        lambda: a.rmtpp_sample_next(
            scaled, 3, np.append(e.gaps[:6], 5e-324), e.marks, rng=Uniform(*[0.5] * 6)
        )
    )
    assert text == "ValueError: gaps / params.time_scale must be > 0, got 0.0 at index (6,)"


def test_events_too_near_for_single_precision(core):
    e = events(482, K=0, dtype=np.float32)
    text = error_of(lambda: api(core).rmtpp_intensity(e.params(core), [0.5, 1.5, 1.5 + 1e-15], [2.0]))
    assert text.startswith("no error")
    text = error_of(lambda: api(core).rmtpp_intensity(e.params(core), [1e-60, 1.5], [2.0]))
    assert text == (
        "ValueError: gaps must be > 0, got 0.0 at index (0,); an event at the begin of the record, or at the "
        "time of another, has no gap"
    )


def test_a_gap_read_in_single_precision_is_never_zero(core):
    """A process asked to go on after a gap below the range of its type reads the least one there is."""
    e = events(483, K=0, dtype=np.float32)
    process = api(core).RMTPPProcess(e.params(core))
    least = float(np.finfo(np.float32).tiny)
    one, two = (process.after(process.begin(), gap) for gap in (1e-60, least))
    for array, other in zip(one, two, strict=True):
        assert array.dtype == np.float32
        np.testing.assert_array_equal(array, other)


def test_marks_of_a_known_softmax(core):
    """Between the sums of the weights, each mark at its own place; at a sum the next one."""
    module = importlib.import_module(f"{core.__name__}.point_process.rmtpp_sample")
    state = module._State(np.zeros(2), np.log([5.0, 1.0, 2.0, 1.0]))
    uniform = np.array([0.0, 0.2, 0.26, 0.74, 0.76, 0.999])
    assert module._draw_marks(state, uniform).tolist() == [0, 0, 1, 1, 2, 2]


def test_a_history_of_one_event(core):
    """It is read; and no gap is open unless it is said."""
    e = events(484, K=0, N=1, w=0.3)
    o = np.real(outputs(e.theta, e.gaps, None)[1][0])
    for draw in (api(core).rmtpp_sample, api(core).rmtpp_sample_next):
        gaps, _ = draw(e.params(core), 1, e.gaps, rng=Uniform(0.75))
        assert_close(gaps, [reached(math.log(4.0), o, 0.3)], 1e-12)


def test_marks_of_one_kind(core):
    """They are drawn and given like any others, from a uniform number of their own."""
    e = events(485, K=1, w=0.3)
    for draw in (api(core).rmtpp_sample, api(core).rmtpp_sample_next):
        rng = Uniform(0.75, 0.5, 0.25, 0.125)
        gaps, marks = draw(e.params(core), 2, **e.arguments(), rng=rng)
        assert (marks.tolist(), marks.dtype.kind, len(gaps), rng.values) == ([0, 0], "i", 2, [])
