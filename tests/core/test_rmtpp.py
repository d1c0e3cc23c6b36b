"""The neural point process: likelihood and gradient against scalars, quadrature and the complex step."""

import numpy as np
import pytest

from .oracles import assert_close, central_difference
from .oracles_rmtpp import api, events, gradients, integrated_hazard, loss, outputs, scores

LENGTHS = np.array([7, 3, 1, 5])
OPEN = np.array([0.8, 0.0, 2.5, 1.1])
W = [0.0, 1e-9, -0.7, 0.6]


def _arrays(grads):
    return [*grads.rnn, grads.w]


@pytest.mark.parametrize("w", W)
@pytest.mark.parametrize("K", [0, 3])
def test_gradients(core, K, w):
    e = events(301, K=K, w=w)
    value, grads = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, open_gap=1.3)
    assert value == pytest.approx(loss(e.theta, e.gaps, e.marks, open_gap=1.3).real, rel=1e-13)
    exact, numerical = gradients(e, open_gap=1.3), gradients(e, central_difference, open_gap=1.3)
    for actual, expected, near in zip(_arrays(grads), exact, numerical, strict=True):
        assert_close(actual, expected, 1e-11)
        assert_close(actual, near, 1e-6)


@pytest.mark.parametrize("w", W)
@pytest.mark.parametrize("K", [0, 3])
def test_gradients_of_a_batch(core, K, w):
    """Sequences of different lengths, some events not scored, each with its own open gap."""
    e = events(302, K=K, w=w, B=4)
    mask = np.random.default_rng(302).random((7, 4)) < 0.7
    rest = {"lengths": LENGTHS, "mask": mask, "open_gap": OPEN}
    value, grads = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, **rest)
    assert value == pytest.approx(loss(e.theta, e.gaps, e.marks, **rest).real, rel=1e-13)
    for actual, expected in zip(_arrays(grads), gradients(e, **rest), strict=True):
        assert_close(actual, expected, 1e-11)


def test_the_last_event_alone(core):
    """The mask of a window: earlier events are read, not scored."""
    e = events(303, B=4)
    mask = np.arange(7)[:, None] == np.full(4, 6)
    value, grads = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, mask=mask)
    assert value == pytest.approx(loss(e.theta, e.gaps, e.marks, mask=mask).real, rel=1e-13)
    for actual, expected in zip(_arrays(grads), gradients(e, mask=mask), strict=True):
        assert_close(actual, expected, 1e-11)


def test_length_of_one_sequence(core):
    e = events(314)
    rest = {"lengths": 4, "open_gap": 1.3}
    value, grads = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, **rest)
    assert value == pytest.approx(loss(e.theta, e.gaps, e.marks, **rest).real, rel=1e-13)
    for actual, expected in zip(_arrays(grads), gradients(e, **rest), strict=True):
        assert_close(actual, expected, 1e-11)


def test_one_event(core):
    """With h^(0) = 0 the first event is scored by b_y and w alone."""
    e = events(304, N=1)
    value, grads = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks)
    assert value == pytest.approx(loss(e.theta, e.gaps, e.marks).real, rel=1e-13)
    for name, actual, expected in zip(grads.rnn._fields, grads.rnn, gradients(e), strict=False):
        if name == "b_y":
            assert_close(actual, expected, 1e-11)
        else:
            assert not np.any(actual)
            assert not np.any(expected)
    assert_close(grads.w, gradients(e)[-1], 1e-11)


def test_the_constant_hazard_is_w_zero(core):
    e = events(305, w=0.0, B=4)
    fixed = api(core).rmtpp_bptt(
        e.params(core, constant=True), e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN
    )
    free = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN)
    assert fixed[0] == pytest.approx(
        loss(e.theta, e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN).real, rel=1e-13
    )
    assert fixed[0] == pytest.approx(free[0], rel=1e-14)
    assert fixed[1].w is None
    for one, other in zip(fixed[1].rnn, free[1].rnn, strict=True):
        assert_close(one, other, 1e-13)


@pytest.mark.parametrize("K", [0, 3])
def test_log_likelihoods(core, K):
    e = events(306, K=K, B=4)
    a, params = api(core), e.params(core)
    each = [
        np.real(scores(e.theta, e.gaps[:n, b], None if K == 0 else e.marks[:n, b], OPEN[b]))
        for b, n in enumerate(LENGTHS)
    ]
    rest = {**e.arguments(), "lengths": LENGTHS}
    assert_close(a.rmtpp_log_likelihood(params, **rest, open_gap=OPEN), [v.sum() for v in each], 1e-12)
    actual = a.rmtpp_event_log_likelihoods(params, **rest)
    for b, n in enumerate(LENGTHS):
        assert_close(actual[:n, b], each[b][:-1], 1e-12)
        assert not actual[n:, b].any()
    one = {name: value[:, 0] for name, value in e.arguments().items()}
    assert type(a.rmtpp_log_likelihood(params, **one)) is float
    assert a.rmtpp_log_likelihood(params, **one, open_gap=0.8) == pytest.approx(each[0].sum(), rel=1e-12)


def test_rescaling_is_the_integrated_hazard(core):
    e = events(307, B=4)
    actual = api(core).rmtpp_rescale(e.params(core), e.gaps, e.marks, lengths=LENGTHS)
    for b, n in enumerate(LENGTHS):
        o = outputs(e.theta, e.gaps[:, b], e.marks[:, b])
        expected = [integrated_hazard(o[j][0], -0.4, e.gaps[j, b]).real for j in range(n)]
        assert_close(actual[:n, b], expected, 1e-12)
        assert np.isnan(actual[n:, b]).all()


@pytest.mark.parametrize("what", ["gap", "mark"])
@pytest.mark.parametrize("j", [1, 4, 7])
def test_no_event_is_known_before_it_comes(core, j, what):
    """Changing event j leaves the scores before it, and every intensity up to it, as they were: every bit."""
    e = events(308)
    a, params = api(core), e.params(core)
    gaps, marks = e.gaps.copy(), e.marks.copy()
    if what == "gap":
        gaps[j - 1] += 0.9
    else:
        marks[j - 1] = 1 - marks[j - 1]
    before = a.rmtpp_event_log_likelihoods(params, e.gaps, e.marks)
    after = a.rmtpp_event_log_likelihoods(params, gaps, marks)
    np.testing.assert_array_equal(after[: j - 1], before[: j - 1])
    assert (after[j - 1 :] != before[j - 1 :]).all()
    # Event j itself: the o_0 that scores its gap, and so the hazard until it comes, are as they were.
    rescaled = [a.rmtpp_rescale(params, *events_) for events_ in ((e.gaps, e.marks), (gaps, marks))]
    if what == "gap":
        o_0 = [
            score + r + 0.4 * g for score, r, g in zip((before, after), rescaled, (e.gaps, gaps), strict=True)
        ]
        assert_close(o_0[1][:j], o_0[0][:j], 1e-13)
    else:
        np.testing.assert_array_equal(rescaled[1][:j], rescaled[0][:j])
    times = np.cumsum(e.gaps)
    at = np.linspace(0.0, times[j - 1], 50)  # the changed event comes at its end or later
    np.testing.assert_array_equal(
        a.rmtpp_intensity(params, np.cumsum(gaps), at, marks), a.rmtpp_intensity(params, times, at, e.marks)
    )


@pytest.mark.parametrize("w", W)
def test_the_density_integrates_to_one(core, w):
    """Over the gap and the mark of event 7; for w < 0 what is missing is the mass at infinity."""
    e = events(309, K=3, w=w)
    a, params = api(core), e.params(core)
    nodes, weights = np.polynomial.legendre.leggauss(60)
    edges = np.concatenate([[0.0], np.geomspace(1e-2, 400.0 if w <= 0 else 40.0, 40)])
    half = np.diff(edges) / 2
    tau = (edges[:-1, None] + half[:, None] * (nodes + 1)).ravel()
    tau, weight = np.repeat(tau, 3), np.repeat((half[:, None] * weights).ravel(), 3)
    gaps = np.repeat(e.gaps[:, None], len(tau), axis=1)
    marks = np.repeat(e.marks[:, None], len(tau), axis=1)
    gaps[-1], marks[-1] = tau, np.arange(len(tau)) % 3
    with np.errstate(over="ignore"):
        density = np.exp(a.rmtpp_event_log_likelihoods(params, gaps, marks)[-1])
    o_0 = outputs(e.theta, e.gaps, e.marks)[6][0].real
    never = np.exp(-np.exp(o_0) / 0.7) if w == -0.7 else 0.0
    assert (never > 0.01) == (w == -0.7)
    assert np.sum(weight * density) + never == pytest.approx(1.0, abs=1e-9)
    assert a.mass_at_infinity(np.array(o_0), w) == pytest.approx(never, rel=1e-13)


def test_padding_changes_nothing(core):
    e = events(310, B=4)
    padding = np.arange(7)[:, None] >= LENGTHS
    gaps, marks = e.gaps.copy(), e.marks.copy()
    gaps[padding] = np.random.default_rng(310).choice([-3.0, 0.0, 1e9], size=padding.sum())
    marks[padding] = 99
    clean = api(core).rmtpp_bptt(e.params(core), e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN)
    dirty = api(core).rmtpp_bptt(e.params(core), gaps, marks, lengths=LENGTHS, open_gap=OPEN)
    assert dirty[0] == clean[0]
    for one, other in zip(_arrays(dirty[1]), _arrays(clean[1]), strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_mean_over_the_batch_is_that_of_separate_calls(core):
    e = events(311, B=4)
    a, params = api(core), e.params(core)
    value, grads = a.rmtpp_bptt(params, e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN)
    alone = [
        a.rmtpp_bptt(params, e.gaps[:n, b], e.marks[:n, b], open_gap=OPEN[b]) for b, n in enumerate(LENGTHS)
    ]
    assert value == pytest.approx(np.mean([v for v, _ in alone]), rel=1e-13)
    for i, actual in enumerate(_arrays(grads)):
        assert_close(actual, np.mean([_arrays(g)[i] for _, g in alone], axis=0))


def test_float32_stays_float32(core):
    wide, narrow = events(312, B=4), events(312, B=4, dtype=np.float32)
    a = api(core)
    value, grads = a.rmtpp_bptt(wide.params(core), wide.gaps, wide.marks, lengths=LENGTHS, open_gap=OPEN)
    value32, grads32 = a.rmtpp_bptt(
        narrow.params(core), narrow.gaps, narrow.marks, lengths=LENGTHS, open_gap=OPEN
    )
    assert value32 == pytest.approx(value, rel=1e-5)
    for one, other in zip(_arrays(grads32), _arrays(grads), strict=True):
        assert one.dtype == np.float32
        assert_close(one, other, 1e-4)
    assert a.rmtpp_event_log_likelihoods(narrow.params(core), narrow.gaps, narrow.marks).dtype == np.float32


def test_arguments_stay_as_they_are(core):
    e = events(313, B=4)
    copies = [array.copy() for array in (*e.theta.values(), e.gaps, e.marks)]
    params = e.params(core)
    api(core).rmtpp_bptt(params, e.gaps, e.marks, lengths=LENGTHS, open_gap=OPEN)
    api(core).rmtpp_rescale(params, e.gaps, e.marks, lengths=LENGTHS)
    for array, copy in zip((*e.theta.values(), e.gaps, e.marks), copies, strict=True):
        np.testing.assert_array_equal(array, copy)
