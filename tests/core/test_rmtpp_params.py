"""The parameters of the neural point process: how they begin, what they may be, and the network's inputs."""

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_point_process import error_of
from .oracles_rmtpp import api, events
from .spoilt import defaults


def test_features(core):
    e = events(341, K=3, B=4)
    x = api(core).rmtpp_features(e.gaps, e.marks, 3)
    assert x.shape == (7, 4, 4)
    for j, b in np.ndindex(7, 4):
        expected = [np.log(e.gaps[j, b]), *(float(e.marks[j, b] == i) for i in range(3))]
        np.testing.assert_array_equal(x[j, b], expected)
    np.testing.assert_array_equal(api(core).rmtpp_features(e.gaps), np.log(e.gaps)[..., None])


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


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"marks": np.array([0, -1])}, "ValueError: marks must be in [0, K) with K = 2, got -1"),
        ({"marks": np.array([0, 2])}, "ValueError: marks must be in [0, K) with K = 2, got 2"),
        ({"marks": None}, "ValueError: marks must be given if and only if K > 0, got K = 2"),
        ({"K": 0}, "ValueError: marks must be given if and only if K > 0, got K = 0"),
        ({"K": -1}, "ValueError: K must be at least 0, got -1"),
        (
            {"gaps": np.array([1.0, 0.0])},
            "ValueError: gaps must be > 0, got 0.0 at index (1,); an event at the begin",
        ),
        ({"gaps": np.array([1.0, -2.0])}, "ValueError: gaps must be > 0, got -2.0"),
        ({"gaps": np.array([1.0, np.nan])}, "ValueError: gaps must be finite"),
        ({"gaps": np.ones((2, 1, 1))}, "ValueError: gaps must have shape"),
    ],
)
def test_features_of_what_is_no_event(core, arguments, message):
    good = {"gaps": np.array([1.0, 2.0]), "marks": np.array([0, 1]), "K": 2}
    assert error_of(lambda: api(core).rmtpp_features(**good | arguments)).startswith(message)


@pytest.mark.parametrize(
    ("mean", "scale"), [(1.0, None), (0.3, None), (3.9, None), (4.1, 16.0), (0.2, 1 / 16), (1e6, 16.0**5)]
)
def test_the_scale_that_is_chosen(core, mean, scale):
    """The power of 16 nearest to the mean gap; gaps of order one keep their own unit."""
    gaps = np.random.default_rng(426).exponential(size=500)
    gaps *= mean / gaps.mean()
    params = api(core).init_rmtpp(0, 4, gaps=gaps, rng=np.random.default_rng(426))
    assert (None if params.time_scale is None else params.time_scale.tolist()[0]) == scale


@pytest.mark.parametrize(
    ("scale", "message"),
    [
        (np.array([0.0]), "ValueError: params.time_scale must be > 0, got 0.0"),
        (np.array([-1.0]), "ValueError: params.time_scale must be > 0, got -1.0"),
        (np.array([np.nan]), "ValueError: params.time_scale must be finite"),
        (np.ones(2), "ValueError: params.time_scale must have shape (1,)"),
        (np.ones(1, np.float32), "TypeError: params.time_scale must have dtype float64"),
    ],
)
def test_a_scale_that_is_none(core, scale, message):
    e = events(427, K=0)
    text = error_of(lambda: api(core).rmtpp_bptt(e.params(core)._replace(time_scale=scale), e.gaps))
    assert text.startswith(message)


def test_the_defaults_of_the_start(core):
    assert defaults(api(core).init_rmtpp) == {
        "hazard": "exponential",
        "gaps": None,
        "rho": 0.9,
        "dtype": np.float64,
    }


def test_features_have_the_type_of_the_gaps(core):
    """Without marks the logarithms alone, of one sequence or of a batch."""
    a, gaps = api(core), np.array([0.5, 2.0, 4.0, 0.25, 3.0, 1.0, 7.0])
    for dtype in (np.float64, np.float32):
        x = a.rmtpp_features(gaps.astype(dtype), [2, 0, 1, 1, 2, 0, 2], 3)
        assert x.dtype == dtype
        assert_close(x[:, 0], np.log(gaps), np.finfo(dtype).eps)
        assert x[:, 1:].argmax(axis=1).tolist() == [2, 0, 1, 1, 2, 0, 2]
        assert x[:, 1:].sum() == 7.0
        assert_close(a.rmtpp_features(gaps.astype(dtype)), np.log(gaps)[:, None], np.finfo(dtype).eps)
        assert a.rmtpp_features(gaps.astype(dtype)).dtype == dtype


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"gaps": np.ones((2, 3, 1))}, "gaps must have shape (N, B), each size at least 1, got (2, 3, 1)"),
        ({"gaps": np.empty(0)}, "gaps must have shape (N,), each size at least 1, got (0,)"),
        ({"gaps": np.array([[1.0, 2.0], [0.5, -0.25]])}, "gaps must be > 0, got -0.25 at index (1, 1)"),
        ({"marks": np.array([1, 5, -2])}, "marks must be in [0, K) with K = 2, got 5"),
        ({"marks": np.array([1, -2, 5])}, "marks must be in [0, K) with K = 2, got -2"),
        ({"marks": np.array([1, 0])}, "marks must have shape (3,), got (2,)"),
    ],
)
def test_what_a_feature_is_not_made_of(core, arguments, said):
    good = {"gaps": np.array([1.0, 2.0, 0.5]), "marks": np.array([0, 1, 1]), "K": 2}
    if "gaps" in arguments and "index" in said:
        said += "; an event at the begin of the record, or at the time of another, has no gap"
    assert error_of(lambda: api(core).rmtpp_features(**good | arguments)) == f"ValueError: {said}"


def test_padding_is_no_mark_also_where_there_is_one_kind(core):
    e = events(442, K=1, B=3)
    a, params, lengths = api(core), e.params(core), np.array([7, 2, 5])
    padded = np.where(np.arange(7)[:, None] < lengths, e.marks, 4)
    rest = {"lengths": lengths, "open_gap": 0.7}
    expected = a.rmtpp_log_likelihood(params, e.gaps, e.marks, **rest)
    np.testing.assert_array_equal(a.rmtpp_log_likelihood(params, e.gaps, padded, **rest), expected)


def test_no_marks_of_no_events(core):
    """With marks as without, nothing has come yet: o_0 is b_y."""
    e = events(443, K=2, w=0.5)
    actual = api(core).rmtpp_intensity(e.params(core), [], np.array([0.0, 1.5]), np.empty(0, int))
    assert_close(actual, np.exp(e.theta["b_y"][0] + 0.5 * np.array([0.0, 1.5])), 1e-13)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_start_has_the_type_that_is_asked_for(core, dtype):
    """Gaps may be of either type, and of any shape."""
    a, gaps = api(core), np.random.default_rng(444).exponential(30.0, (5, 3))
    made = [
        a.init_rmtpp(1, 4, gaps=g, rho=0.4, rng=np.random.default_rng(445), dtype=dtype)
        for g in (gaps, gaps.ravel(), gaps.ravel().tolist(), gaps.astype(np.float32))
    ]
    expected = [*made[0].rnn, [0.0], [16.0]]
    for params in made:
        for array, first in zip([*params.rnn, params.w, params.time_scale], expected, strict=True):
            assert array.dtype == dtype
            np.testing.assert_allclose(array, first, rtol=1e-5)
        assert np.linalg.norm(params.rnn.W_hh, 2) == pytest.approx(0.4, rel=1e-6)


def test_gaps_near_the_end_of_single_precision(core):
    """Their sum is out of its range, their mean is not."""
    gaps = np.float32([5e37, 2e37, 9e37, 3e37, 7e37, 8e37, 6e37])
    params = api(core).init_rmtpp(0, 4, gaps=gaps, rng=np.random.default_rng(446))
    assert params.time_scale.tolist() == [16.0**31]
    assert_close(params.rnn.b_y, [-np.log(gaps.astype(float).mean() / 16.0**31)], 1e-6)


@pytest.mark.parametrize("value", [100.0, 0.3, 7e5])
@pytest.mark.parametrize("number", [1, 7, 12])
def test_gaps_that_are_all_the_same_have_no_deviation(core, value, number):
    """Though their mean may be rounded, and seem to deviate from them; the error shows what was given."""
    text = error_of(
        lambda: api(core).init_rmtpp(0, 4, gaps=np.full(number, value), rng=np.random.default_rng(447))
    )
    assert text == f"ValueError: gaps must differ from one another to be standardised, got {value} alone"


@pytest.mark.parametrize("hazard", ["linear", None, ["constant"]])
def test_hazards_that_there_are_not(core, hazard):
    text = error_of(lambda: api(core).init_rmtpp(0, 4, hazard=hazard, rng=np.random.default_rng(448)))
    assert text == f"ValueError: hazard must be one of exponential, constant, got {hazard!r}"


def test_what_are_no_parameters_is_said(core):
    e = events(449, K=2)
    a, params = api(core), e.params(core)

    def error(other):
        return error_of(lambda: a.rmtpp_log_likelihood(other, e.gaps, e.marks))

    assert error(params.rnn) == "TypeError: params must be an RMTPPParams, got RNNParams"
    wide = params._replace(rnn=params.rnn._replace(W_hx=np.ones((5, 4))))
    assert error(wide) == (
        "ValueError: params.rnn must have n = k = 1 + K inputs and outputs, got n = 4, k = 3"
    )
    flat = params._replace(rnn=params.rnn._replace(b_h=np.ones((5, 1))))
    assert error(flat).startswith("ValueError: params.rnn.b_h must have shape (5,)")
    assert error(params._replace(w=np.ones(2))) == "ValueError: params.w must have shape (1,), got (2,)"
    assert error(params._replace(time_scale=np.array([-3.0]))) == (
        "ValueError: params.time_scale must be > 0, got -3.0 at index (0,)"
    )
    text = error_of(lambda: a.rmtpp_log_likelihood(params, e.gaps))
    assert text == "ValueError: marks must be given if and only if K > 0, got K = 2"


def test_the_start_without_a_word(core):
    """A recurrent matrix of norm 0.9, a hazard that may grow, and the gaps' own unit; of float64."""
    params = api(core).init_rmtpp(2, 5, rng=np.random.default_rng(450))
    assert np.linalg.norm(params.rnn.W_hh, 2) == pytest.approx(0.9, rel=1e-12)
    assert (params.w.tolist(), params.w.dtype, params.time_scale) == ([0.0], np.float64, None)


def test_what_no_start_is_made_of(core):
    a, gaps = api(core), np.array([1.0, 2.0, 5.0, 9.0])

    def error(**changed):
        good = {"K": 1, "m": 4, "gaps": gaps, "rng": np.random.default_rng(450)}
        return error_of(lambda: a.init_rmtpp(**good | changed))

    assert error().startswith("no error")
    hidden = np.ma.MaskedArray(gaps, gaps == 2.0)
    assert error(gaps=hidden) == (
        "TypeError: gaps must not be a masked array; gaps.compressed() drops what is hidden"
    )
    assert error(gaps=[]) == "ValueError: gaps must have shape (N,), each size at least 1, got (0,)"
    assert error(gaps=np.arange(1, 5)) == "TypeError: gaps must have dtype float64 or float32, got int64"
    assert error(gaps=np.array([[1.0, 2.0], [0.0, 4.0]])).startswith(
        "ValueError: gaps must be > 0, got 0.0 at index (2,); an event at the begin of the record"
    )
    assert error(K=-1) == "ValueError: K must be at least 0, got -1"
    assert error(K=1.5) == "TypeError: K must be an integer, got 1.5"


@pytest.mark.parametrize("name", ["gaps", "marks"])
def test_features_of_hidden_values(core, name):
    good = {"gaps": np.array([1.0, 2.0, 0.5]), "marks": np.array([0, 1, 1])}
    masked = np.ma.MaskedArray(good[name], [False, True, False])
    text = error_of(lambda: api(core).rmtpp_features(**good | {name: masked}, K=2))
    assert text == f"TypeError: {name} must not be a masked array; {name}.compressed() drops what is hidden"
    text = error_of(lambda: api(core).rmtpp_features(**good, K=-1))
    assert text == "ValueError: K must be at least 0, got -1"


@pytest.mark.parametrize("hazard", ["exponential", "constant"])
def test_the_start_is_a_model(core, hazard):
    """Of events at rate 1 with marks of equal probability, before anything was read."""
    params = api(core).init_rmtpp(3, 5, hazard=hazard, rng=np.random.default_rng(451))
    gaps = np.array([0.7, 2.0, 0.3, 1.1, 0.2, 4.0, 0.9])
    scores = api(core).rmtpp_event_log_likelihoods(params, gaps, np.array([2, 0, 1, 1, 2, 0, 0]))
    assert scores[0] == pytest.approx(-0.7 - np.log(3.0), rel=1e-14)
