"""Windows, initialisation and training of the neural point process."""

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_rmtpp import api, events, loss


def test_features(core):
    e = events(341, K=3, B=4)
    x = api(core).rmtpp_features(e.gaps, e.marks, 3)
    assert x.shape == (7, 4, 4)
    for j, b in np.ndindex(7, 4):
        expected = [np.log(e.gaps[j, b]), *(float(e.marks[j, b] == i) for i in range(3))]
        np.testing.assert_array_equal(x[j, b], expected)
    np.testing.assert_array_equal(api(core).rmtpp_features(e.gaps), np.log(e.gaps)[..., None])


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


def test_the_start_sees_standardised_log_gaps(core):
    """The network that was drawn then sees log-gaps of mean 0 and standard deviation 1, in any unit."""
    a = api(core)
    gaps = np.random.default_rng(344).lognormal(5.0, 1.7, 500)
    plain = a.init_rmtpp(2, 6, rng=np.random.default_rng(345))
    fitted = a.init_rmtpp(2, 6, rng=np.random.default_rng(345), gaps=gaps)
    assert not plain.rnn.b_y.any()
    assert fitted.time_scale.tolist() == [256.0]  # of the powers of 16 the nearest to the mean, which is 600
    assert_close(fitted.rnn.b_y, [-np.log(gaps.mean() / 256), 0.0, 0.0])
    log_gaps = np.log(gaps / 256)
    z = (log_gaps - log_gaps.mean()) / log_gaps.std()
    drive = np.outer(log_gaps, fitted.rnn.W_hx[:, 0]) + fitted.rnn.b_h
    assert_close(drive, np.outer(z, plain.rnn.W_hx[:, 0]), 1e-12)
    np.testing.assert_array_equal(fitted.rnn.W_hx[:, 1:], plain.rnn.W_hx[:, 1:])
    for name in ("W_hh", "W_yh"):
        np.testing.assert_array_equal(getattr(fitted.rnn, name), getattr(plain.rnn, name))
    np.testing.assert_array_equal(plain.w, [0.0])
    assert a.init_rmtpp(0, 6, hazard="constant", rng=np.random.default_rng(345)).w is None


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
