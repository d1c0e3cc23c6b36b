"""Sampling from the neural point process, and the process as one among the others."""

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_rmtpp import api, events, integrated_hazard, ks_distance, outputs

N_DRAWS = 4000
# A distance of 2/√N comes by chance once in some 1500 samples; the seeds are fixed.
NEAR = 2 / np.sqrt(N_DRAWS)


@pytest.mark.parametrize("open_gap", [0.0, 0.6])
@pytest.mark.parametrize("w", [0.0, 0.8, -0.7])
def test_the_next_gap_has_the_density(core, w, open_gap):
    """Against 1 − exp(−Λ) by quadrature, given that nothing came in the open gap."""
    e = events(321, K=0, w=w)
    a, rng = api(core), np.random.default_rng(321)
    drawn, marks = a.rmtpp_sample_next(e.params(core), N_DRAWS, e.gaps, open_gap=open_gap, rng=rng)
    assert marks is None
    o_0 = outputs(e.theta, e.gaps, None)[-1][0].real
    before = integrated_hazard(o_0, w, open_gap).real
    never = np.exp(before - np.exp(o_0) / 0.7) if w < 0 else 0.0
    assert np.isinf(drawn).mean() == pytest.approx(never, abs=NEAR)
    assert drawn.min() > open_gap
    finite = drawn[np.isfinite(drawn)]

    def cdf(tau):
        cumulative = np.array([integrated_hazard(o_0, w, t).real for t in tau])
        return -np.expm1(before - cumulative) / (1 - never)

    assert ks_distance(finite, cdf) < 2 / np.sqrt(len(finite))


def test_the_next_mark_is_drawn_from_the_softmax(core):
    e = events(322, K=4, w=-0.7)
    rng = np.random.default_rng(322)
    gaps, marks = api(core).rmtpp_sample_next(e.params(core), N_DRAWS, e.gaps, e.marks, rng=rng)
    np.testing.assert_array_equal(marks == -1, np.isinf(gaps))
    o = np.real(outputs(e.theta, e.gaps, e.marks)[-1][1:])
    expected = np.exp(o) / np.exp(o).sum()
    actual = np.bincount(marks[marks >= 0], minlength=4) / np.sum(marks >= 0)
    np.testing.assert_allclose(actual, expected, atol=2 / np.sqrt(N_DRAWS))


@pytest.mark.parametrize("K", [0, 3])
@pytest.mark.parametrize("history", [True, False])
def test_a_future_is_drawn_event_by_event_by_inversion(core, K, history):
    """Scored together with its history, the future gives back the exponentials that it was drawn from."""
    e = events(323, K=K, w=0.3)
    a, params = api(core), e.params(core)
    past = e.arguments() if history else {}
    gaps, marks = a.rmtpp_sample(params, 40, **past, rng=np.random.default_rng(323))
    uniform = np.random.default_rng(323).random(40 if K == 0 else 80)
    whole = [np.concatenate([e.gaps, gaps]), None if K == 0 else np.concatenate([e.marks, marks])]
    if not history:
        whole = [gaps, marks]
    assert_close(a.rmtpp_rescale(params, *whole)[-40:], -np.log1p(-uniform[:: 1 if K == 0 else 2]), 1e-9)
    if K:
        n = len(whole[0]) - 40
        for j in range(40):
            o = np.real(outputs(e.theta, whole[0][: n + j], whole[1][: n + j])[-1][1:])
            total = np.cumsum(np.exp(o)) / np.exp(o).sum()
            assert marks[j] == np.sum(uniform[2 * j + 1] >= total)


def test_where_a_future_ends(core):
    """It begins after the open gap and ends at the horizon, both from the last event; or no event comes."""
    e = events(324, K=0, w=0.3)
    a, params = api(core), e.params(core)
    whole, _ = a.rmtpp_sample(params, 40, e.gaps, open_gap=0.6, rng=np.random.default_rng(324))
    assert whole[0] > 0.6
    exponential = -np.log1p(-np.random.default_rng(324).random(40))
    exponential[0] += integrated_hazard(outputs(e.theta, e.gaps, None)[-1][0], 0.3, 0.6).real
    assert_close(a.rmtpp_rescale(params, np.concatenate([e.gaps, whole]))[-40:], exponential, 1e-9)
    for n in (1, 17):
        horizon = whole[:n].sum() + 1e-9
        part, _ = a.rmtpp_sample(
            params, 40, e.gaps, horizon=horizon, open_gap=0.6, rng=np.random.default_rng(324)
        )
        np.testing.assert_array_equal(part, whole[:n])
    dying = events(324, K=0, w=-5.0)
    gaps, _ = a.rmtpp_sample(dying.params(core), 1000, dying.gaps, rng=np.random.default_rng(325))
    assert len(gaps) < 1000
    assert np.isfinite(gaps).all()


def test_a_future_of_a_float32_network(core):
    e = events(325, w=0.3, dtype=np.float32)
    a, params = api(core), e.params(core)
    gaps, marks = a.rmtpp_sample(params, 30, e.gaps, e.marks, rng=np.random.default_rng(325))
    assert gaps.dtype == np.float32
    uniform = np.random.default_rng(325).random(60)
    whole = [np.concatenate([e.gaps, gaps]), np.concatenate([e.marks, marks])]
    assert_close(a.rmtpp_rescale(params, *whole)[-30:], -np.log1p(-uniform[::2]), 1e-4)


@pytest.mark.parametrize("w", [0.0, 0.5, -0.7])
def test_it_is_a_process_like_the_others(core, w):
    """The general functions give its likelihood and its rescaled times; the survival term is in."""
    e = events(326, K=0, w=w)
    a, pp, params = api(core), core.point_process, e.params(core)
    process, times = a.RMTPPProcess(params), np.cumsum(e.gaps)
    assert_close(pp.event_log_likelihoods(process, times), a.rmtpp_event_log_likelihoods(params, e.gaps))
    assert_close(pp.rescale(process, times), a.rmtpp_rescale(params, e.gaps))
    expected = a.rmtpp_log_likelihood(params, e.gaps, open_gap=1.7)
    assert pp.log_likelihood(process, times, times[-1] + 1.7) == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("K", [0, 3])
def test_intensity(core, K):
    """Left-continuous, exp(o + w τ) with the o of the events strictly before."""
    e = events(327, K=K)
    times = np.cumsum(e.gaps)
    at = np.concatenate([[0.0], times, times + 0.01, times - 0.01]).reshape(2, 11)
    actual = api(core).rmtpp_intensity(e.params(core), times, at, e.marks)
    o = [o_j[0].real for o_j in outputs(e.theta, e.gaps, e.marks)]
    expected = []
    for t in at.ravel():
        j = sum(1 for time in times if time < t)
        expected.append(np.exp(o[j] - 0.4 * (t - (times[j - 1] if j else 0.0))))
    assert_close(actual, np.reshape(expected, (2, 11)), 1e-12)


def test_intensity_without_events(core):
    e = events(328, K=0, w=0.5)
    actual = api(core).rmtpp_intensity(e.params(core), np.empty(0), np.array([0.0, 1.5]))
    assert_close(actual, np.exp(e.theta["b_y"][0] + 0.5 * np.array([0.0, 1.5])), 1e-13)


@pytest.mark.parametrize("w", [0.0, 0.8, -0.05])
def test_thinning_agrees_with_inversion(core, w):
    """Both by the general functions; each rescales to unit exponentials."""
    e = events(329, K=0, w=w)
    pp, process = core.point_process, api(core).RMTPPProcess(e.params(core))
    for method in ("inversion", "thinning"):
        times = pp.simulate_events(process, 1000, rng=np.random.default_rng(329), method=method)
        assert ks_distance(pp.rescale(process, times), lambda v: -np.expm1(-v)) < 2 / np.sqrt(1000)


@pytest.mark.parametrize("w", [0.0, 0.8, -0.7])
def test_the_ceiling_is_the_least_bound(core, w):
    e = events(330, K=0, w=w)
    process = api(core).RMTPPProcess(e.params(core))
    state = process.after(process.begin(), 0.4)
    bound, horizon = process.ceiling(state, 0.3)
    highest = max(process.hazard(state, 0.3 + s) for s in np.linspace(0, min(horizon, 50.0), 101))
    assert bound == pytest.approx(highest, rel=1e-12)
