"""Windows, initialisation and training of the neural point process."""

import math

import numpy as np
import pytest

from .oracles_rmtpp import api, events, loss
from .test_rmtpp_units import SECONDS, long_gaps


def test_windows_hold_every_event_with_those_before_it(core):
    gaps = np.arange(1.0, 12.0)
    windows = api(core).gap_windows(gaps, 4)
    assert windows.shape == (5, 7)
    for i in range(7):
        np.testing.assert_array_equal(windows[:, i], gaps[i : i + 5])


def test_batches_are_windows_that_score_their_last_event(core):
    e = events(342, N=30)
    a, params = api(core), e.params(core)
    starts = set()
    for batch in a.window_batches(e.gaps, 6, B=5, updates=40, rng=np.random.default_rng(342), marks=e.marks):
        first = [int(np.argmax(e.gaps == gap)) for gap in batch.gaps[0]]
        starts.update(first)
        expected = 0.0
        for b, s in enumerate(first):
            np.testing.assert_array_equal(batch.gaps[:, b], e.gaps[s : s + 7])
            np.testing.assert_array_equal(batch.marks[:, b], e.marks[s : s + 7])
            expected += loss(e.theta, e.gaps[s : s + 7], e.marks[s : s + 7], mask=np.arange(7) == 6).real / 5
        if len(starts) < 12:
            assert a.rmtpp_gradient(params, batch)[0] == pytest.approx(expected, rel=1e-12)
    assert starts == set(range(24))


def test_a_batch_carries_every_argument(core):
    e = events(343, B=4)
    a, params = api(core), e.params(core)
    lengths, mask, open_gap = np.array([7, 3, 6, 5]), np.arange(28).reshape(7, 4) % 3 > 0, np.full(4, 0.7)
    batch = a.EventBatch(e.gaps, e.marks, lengths, mask, open_gap)
    expected = loss(e.theta, e.gaps, e.marks, lengths, mask, open_gap).real
    assert a.rmtpp_gradient(params, batch)[0] == pytest.approx(expected, rel=1e-12)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_training_finds_a_hazard_that_grows(core, dtype):
    """Gaps whose hazard is exp(w τ), drawn by inversion: training finds w, and the best possible loss."""
    a, rng = api(core), np.random.default_rng(346)
    true = 1.5
    exponential = rng.exponential(size=4000)
    gaps = (np.log1p(true * exponential) / true).astype(dtype)
    best = np.mean(exponential - true * gaps)  # Λ(Δ) is the exponential that the gap was drawn from
    flat = 1 + np.log(gaps.mean())
    assert flat - best > 0.1
    params = a.init_rmtpp(0, 4, gaps=gaps, rng=rng, dtype=dtype)
    batches = a.window_batches(gaps, 3, B=200, updates=500, rng=rng)
    params, history = core.train(params, batches, 0.02, gradient=a.rmtpp_gradient, optimizer="adam")
    reached = -a.rmtpp_event_log_likelihoods(params, a.gap_windows(gaps, 3))[-1].mean()
    assert abs(reached - best) < 0.02
    assert params.w[0] == pytest.approx(true, abs=0.25)
    assert params.w.dtype == dtype
    assert history.loss[0] - history.loss[-50:].mean() > 0.05


def test_a_hazard_that_overflows_stops_training(core):
    e = events(347, w=500.0, B=4)
    a, params = api(core), e.params(core)
    assert not np.isfinite(a.rmtpp_bptt(params, e.gaps, e.marks)[0])
    batches = [a.EventBatch(e.gaps, e.marks)]
    with pytest.raises(FloatingPointError, match="diverged at update 1"):
        core.train(params, batches, 0.01, gradient=a.rmtpp_gradient, optimizer="adam")
    for function in (a.rmtpp_log_likelihood, a.rmtpp_event_log_likelihoods, a.rmtpp_rescale):
        with pytest.raises(FloatingPointError, match=r"not finite: exp\(o_0 \+ w τ\) .* w = 500"):
            function(params, e.gaps, e.marks)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("rate", [1e-2, 1e-3])
def test_gaps_in_seconds_can_be_learnt(core, rate, dtype):
    """What diverged at the fourth update: now the losses fall, by as much as in a unit of one's own."""
    a = api(core)
    losses = []
    for unit in (1.0, SECONDS):
        gaps = long_gaps(dtype) / dtype(unit)
        rng = np.random.default_rng(424)
        params = a.init_rmtpp(0, 8, gaps=gaps, rng=rng, dtype=dtype)
        batches = a.window_batches(gaps, 5, B=32, updates=60, rng=rng)
        params, history = core.train(params, batches, rate, gradient=a.rmtpp_gradient, optimizer="adam")
        losses.append(history.loss)
        assert params.w.dtype == dtype
        if unit == 1.0:
            assert params.time_scale.tolist() == [SECONDS]
            assert params.w[0] != 0.0
        else:
            assert params.time_scale is None
    tolerance = 1e-9 if dtype is np.float64 else 1e-3
    np.testing.assert_allclose(losses[0], losses[1] + math.log(SECONDS), atol=tolerance)
    assert losses[0][-10:].mean() < losses[0][:10].mean() - 0.2 or rate < 1e-2
