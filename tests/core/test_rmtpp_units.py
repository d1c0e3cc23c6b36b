"""The neural point process in any unit of time, in single precision, and at the edges."""

import math

import numpy as np
import pytest

from .oracles_point_process import error_of
from .oracles_rmtpp import api, events, ks_distance
from .spoilt import defaults

SECONDS = 16.0**4  # a unit of time in which gaps of order one are some 65 536 long


def in_seconds(params):
    """The same process in another unit: the network reads what it read before."""
    return params._replace(time_scale=np.array([SECONDS], params.rnn.b_y.dtype))


@pytest.mark.parametrize("K", [0, 3])
def test_a_time_scale_changes_the_unit_alone(core, K):
    """Likelihoods move by the log of the unit for each event, hazards by the unit, gradients not at all."""
    e = events(420, K=K, w=-0.4, B=4)
    a, params = api(core), e.params(core)
    other, log_unit = in_seconds(params), math.log(SECONDS)
    rest = {"lengths": np.array([7, 3, 6, 5]), "open_gap": np.array([0.3, 0.0, 1.2, 2.0])}
    later = rest | {"open_gap": rest["open_gap"] * SECONDS}
    loss, grads = a.rmtpp_bptt(params, **e.arguments(), **rest)
    scaled = e.arguments() | {"gaps": e.gaps * SECONDS}
    value, slopes = a.rmtpp_bptt(other, **scaled, **later)
    assert value == pytest.approx(loss + log_unit * rest["lengths"].mean(), rel=1e-12)
    for one, two in zip([*slopes.rnn, slopes.w], [*grads.rnn, grads.w], strict=True):
        np.testing.assert_array_equal(one, two)
    assert slopes.time_scale.tolist() == [0.0]
    np.testing.assert_allclose(
        a.rmtpp_log_likelihood(other, **scaled, **later),
        a.rmtpp_log_likelihood(params, **e.arguments(), **rest) - log_unit * rest["lengths"],
        rtol=1e-12,
    )
    np.testing.assert_array_equal(
        a.rmtpp_rescale(other, **scaled, lengths=rest["lengths"]),
        a.rmtpp_rescale(params, **e.arguments(), lengths=rest["lengths"]),
    )


def test_simulation_and_intensity_in_another_unit(core):
    e = events(421, K=2, w=0.3)
    a, params = api(core), e.params(core)
    other = in_seconds(params)
    times, at = np.cumsum(e.gaps), np.array([0.0, 0.7, 2.0, 5.0])
    np.testing.assert_allclose(
        a.rmtpp_intensity(other, times * SECONDS, at * SECONDS, e.marks) * SECONDS,
        a.rmtpp_intensity(params, times, at, e.marks),
        rtol=1e-12,
    )
    for call, number in ((a.rmtpp_sample, 20), (a.rmtpp_sample_next, 200)):
        gaps, marks = call(params, number, e.gaps, e.marks, open_gap=0.4, rng=np.random.default_rng(421))
        longer, same = call(
            other, number, e.gaps * SECONDS, e.marks, open_gap=0.4 * SECONDS, rng=np.random.default_rng(421)
        )
        np.testing.assert_allclose(longer / SECONDS, gaps, rtol=1e-12)
        np.testing.assert_array_equal(same, marks)


@pytest.mark.parametrize("w", [-0.4, 0.8])
def test_the_process_in_another_unit(core, w):
    """Likelihood, rescaled gaps and both ways to simulate, by the functions for all processes."""
    e = events(422, K=0, w=w)
    a, pp = api(core), core.point_process
    plain, other = a.RMTPPProcess(e.params(core)), a.RMTPPProcess(in_seconds(e.params(core)))
    times = np.cumsum(e.gaps)
    end = times[-1] + 0.8
    np.testing.assert_allclose(pp.rescale(other, times * SECONDS), pp.rescale(plain, times), rtol=1e-12)
    moved = pp.log_likelihood(plain, times, end) - len(times) * math.log(SECONDS)
    assert pp.log_likelihood(other, times * SECONDS, end * SECONDS) == pytest.approx(moved, rel=1e-12)
    for method in ("inversion", "thinning"):
        one, two = (
            pp.simulate(process, 4.0 * unit, rng=np.random.default_rng(422), method=method)
            for process, unit in ((plain, 1.0), (other, SECONDS))
        )
        np.testing.assert_allclose(two / SECONDS, one, rtol=1e-12)
    state = other.after(other.begin(), 0.4 * SECONDS)
    bound, horizon = other.ceiling(state, 0.3 * SECONDS)
    reach = np.minimum(horizon, 50.0 * SECONDS) * np.linspace(0.0, 1.0, 101)
    highest = max(other.hazard(state, 0.3 * SECONDS + s) for s in reach.tolist())
    assert bound == pytest.approx(highest, rel=1e-12)


def long_gaps(dtype=np.float64):
    """Gaps in seconds, of minutes to months, as real records have them: up to some 9 million."""
    rng = np.random.default_rng(423)
    return np.minimum(rng.lognormal(10.5, 2.0, 600), 9e6).astype(dtype)


def test_without_a_scale_the_error_names_it(core):
    """The same start in seconds diverges as ever: training stops, and says what the gaps are measured in."""
    a, rng = api(core), np.random.default_rng(425)
    gaps = long_gaps()
    params = a.init_rmtpp(0, 8, gaps=gaps, rng=rng)
    rnn = params.rnn._replace(
        b_h=params.rnn.b_h - math.log(SECONDS) * params.rnn.W_hx[:, 0],
        b_y=params.rnn.b_y - math.log(SECONDS),
    )
    params = params._replace(rnn=rnn, time_scale=None)
    for rate in (1e-2, 1e-4):
        batches = a.window_batches(gaps, 5, B=32, updates=60, rng=rng)
        text = error_of(
            lambda b=batches, r=rate: core.train(params, b, r, gradient=a.rmtpp_gradient, optimizer="adam")
        )
        assert text.startswith("FloatingPointError: the loss is not finite, and the gaps have a mean of ")
        assert "e+05 in units of params.time_scale: let init_rmtpp(…, gaps=gaps) choose it" in text
    wild = params._replace(w=np.array([1.0]))
    text = error_of(lambda: a.rmtpp_log_likelihood(wild, gaps))
    assert "not finite: exp(o_0 + w τ) leaves the range" in text
    assert "let init_rmtpp(…, gaps=gaps) choose it" in text
    text = error_of(lambda: a.rmtpp_log_likelihood(params._replace(w=np.array([1e4])), gaps / gaps.mean()))
    assert "not finite" in text
    assert "init_rmtpp" not in text


@pytest.mark.parametrize("w", [0.0, 0.4, -0.4])
@pytest.mark.parametrize("open_gap", [0.0, 0.1, 3.3])
def test_gaps_drawn_in_single_precision_are_taken_by_the_same_model(core, w, open_gap):
    e = events(428, K=0, w=w, dtype=np.float32)
    a, params = api(core), e.params(core)
    drawn, _ = a.rmtpp_sample_next(params, 2000, e.gaps, open_gap=open_gap, rng=np.random.default_rng(428))
    assert drawn.dtype == np.float32
    assert (drawn.astype(np.float64) > open_gap).all()
    finite = drawn[np.isfinite(drawn)]
    whole = np.concatenate([np.repeat(e.gaps[:, None], len(finite), 1), finite[None]])
    values = a.rmtpp_rescale(params, whole)[-1]
    if open_gap == 0.0 and w >= 0.0:
        assert ks_distance(values.astype(float), lambda v: -np.expm1(-v)) < 2 / math.sqrt(len(values))
    gaps, _ = a.rmtpp_sample(params, 50, e.gaps, open_gap=open_gap, rng=np.random.default_rng(428))
    assert gaps.dtype == np.float32
    assert np.isfinite(a.rmtpp_event_log_likelihoods(params, np.concatenate([e.gaps, gaps]))).all()


class Zeros(np.random.Generator):
    """A generator whose uniform numbers are 0: the smallest exponential that can be drawn."""

    def __init__(self):
        super().__init__(np.random.PCG64(1))

    def random(self, size=None):
        return np.zeros(size)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("scale", [None, SECONDS, 1 / SECONDS])
@pytest.mark.parametrize("open_gap", [0.0, 0.1, 1e6])
def test_no_drawn_gap_is_zero_or_in_the_open_gap(core, open_gap, scale, dtype):
    e = events(429, K=0, dtype=dtype)
    a = api(core)
    params = e.params(core)._replace(time_scale=None if scale is None else np.array([scale], dtype))
    drawn, _ = a.rmtpp_sample_next(params, 3, open_gap=open_gap, rng=Zeros())
    assert (drawn.astype(np.float64) > open_gap).all()
    gaps, _ = a.rmtpp_sample(params, 4, open_gap=open_gap, rng=Zeros())
    assert len(gaps) == 4
    assert (gaps > 0.0).all()


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_denormal_growth_is_none(core, dtype):
    """The smallest numbers there are, of either sign: the hazard is constant, and nothing is NaN."""
    e = events(430, K=0, w=0.0, dtype=dtype)
    a, pp = api(core), core.point_process
    flat = e.params(core)
    tau = np.array([0.3, 1.0, 20.0])
    for w in (
        np.nextafter(dtype(0), dtype(1)),
        np.nextafter(dtype(0), dtype(-1)),
        dtype(np.finfo(dtype).tiny / 3),
    ):
        params = flat._replace(w=np.array([w], dtype))
        assert a.rmtpp_log_likelihood(params, e.gaps) == a.rmtpp_log_likelihood(flat, e.gaps)
        one, two = (
            a.rmtpp_sample_next(p, 50, e.gaps, rng=np.random.default_rng(430))[0] for p in (params, flat)
        )
        np.testing.assert_array_equal(one, two)
        process = a.RMTPPProcess(params)
        assert process.ceiling(process.begin(), 0.5) == a.RMTPPProcess(flat).ceiling(process.begin(), 0.5)
        times = pp.simulate(process, 5.0, rng=np.random.default_rng(430), method="thinning")
        assert np.isfinite(times).all()
    for w in (5e-324, -5e-324):
        np.testing.assert_array_equal(a.gap_at(0.3, w, tau), a.gap_at(0.3, 0.0, tau))
        np.testing.assert_array_equal(a.cumulative_hazard(0.3, w, tau), a.cumulative_hazard(0.3, 0.0, tau))
        assert a.mass_at_infinity(0.3, w) == 0.0


def test_hazards_far_out(core):
    """Beyond 1/|w| the integral of s exp(o_0 + w s) is e^{o_0}/w², also where τ² is out of range."""
    a = api(core)
    for tau in (1e3, 1e160, 1e300):
        assert float(a.cumulative_hazard_grad_w(0.2, -0.4, tau)) == pytest.approx(math.exp(0.2) / 0.16)
        assert float(a.cumulative_hazard(0.2, -0.4, tau)) == pytest.approx(math.exp(0.2) / 0.4)
    near = a.cumulative_hazard_grad_w(0.2, -0.4, np.array([99.9, 100.1]))
    assert near[0] == pytest.approx(near[1], rel=1e-12)


@pytest.mark.parametrize("K", [0, 2])
def test_an_event_at_the_begin_has_no_gap(core, K):
    """What follows it is what follows the begin; its mark is not read."""
    e = events(431, K=K)
    a, params = api(core), e.params(core)
    times, at = np.cumsum(e.gaps), np.array([0.0, 0.5, 3.0])
    marks = None if K == 0 else e.marks
    first = None if K == 0 else np.concatenate([[1], e.marks])
    text = error_of(lambda: a.rmtpp_intensity(params, np.concatenate([[0.0], times]), at, first))
    assert text.startswith("no error")
    np.testing.assert_array_equal(
        a.rmtpp_intensity(params, np.concatenate([[0.0], times]), at, first),
        a.rmtpp_intensity(params, times, at, marks),
    )
    if K == 0:
        pp, process = core.point_process, a.RMTPPProcess(params)
        whole = np.concatenate([[0.0], times])
        assert pp.log_likelihood(process, whole, 99.0) == pp.log_likelihood(process, times, 99.0)
        np.testing.assert_array_equal(pp.rescale(process, whole), pp.rescale(process, times))
        np.testing.assert_array_equal(pp.event_gaps(whole), pp.event_gaps(times))


@pytest.mark.parametrize("batch", [7, None, (), (1, 2, 3, 4, 5, 6), np.ones((2, 3))])
def test_what_is_no_batch(core, batch):
    e = events(432, K=0)
    text = error_of(lambda: api(core).rmtpp_gradient(e.params(core), batch))
    assert text.startswith("TypeError: batch must be an EventBatch (gaps, marks, …), got")


def test_a_trained_process_keeps_its_scale(core):
    """Plain descent and Adam leave the unit of time as it is, every bit, clipped or not."""
    e = events(433, K=0, B=4)
    a = api(core)
    params = e.params(core)._replace(time_scale=np.array([16.0]))
    for rule in ("sgd", "adam"):
        trained, _ = core.train(
            params, [a.EventBatch(e.gaps)] * 3, 0.01, 0.5, gradient=a.rmtpp_gradient, optimizer=rule
        )
        assert trained.time_scale.tolist() == [16.0]
        assert not np.array_equal(trained.w, params.w)


def test_the_defaults_of_futures(core):
    assert defaults(api(core).rmtpp_sample) == {
        "gaps": None,
        "marks": None,
        "horizon": math.inf,
        "open_gap": 0.0,
    }
    assert defaults(api(core).rmtpp_sample_next) == {"gaps": None, "marks": None, "open_gap": 0.0}
