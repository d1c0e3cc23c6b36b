"""The neural point process scores what counts alone, in the type it was given; what it refuses, in words."""

import math

import numpy as np
import pytest

from .oracles import assert_close
from .oracles_point_process import error_of
from .oracles_rmtpp import api, events

LENGTHS = np.array([7, 3, 5])
FIX = (
    "in units of params.time_scale: let init_rmtpp(…, gaps=gaps) choose it, or divide the gaps by their mean"
)


def arrays(grads):
    return [array for array in (*grads.rnn, grads.w, grads.time_scale) if array is not None]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_sums_are_in_double_precision(core, dtype):
    """Of scores in single precision, too: the loss is their sum, and not one that was rounded on the way."""
    e = events(451, B=3, N=40, dtype=dtype)
    a, params = api(core), e.params(core)
    each = a.rmtpp_event_log_likelihoods(params, e.gaps, e.marks)
    assert each.dtype == dtype
    total = [math.fsum(column) for column in each.T.tolist()]
    whole = a.rmtpp_log_likelihood(params, e.gaps, e.marks)
    assert whole.dtype == np.float64
    np.testing.assert_allclose(whole, total, rtol=1e-14)
    loss, _ = a.rmtpp_bptt(params, e.gaps, e.marks)
    assert type(loss) is float
    assert loss == pytest.approx(-math.fsum(total) / 3, rel=1e-14)
    assert a.rmtpp_rescale(params, e.gaps, e.marks).dtype == dtype


def test_the_gradient_of_the_growth_is_summed_in_double_precision(core):
    """λ = 1 throughout: its terms are τ²/2 − τ, here 2²⁵ − 2¹³ and eight times −½, lost in float32."""
    e = events(463, K=0, w=0.0, N=9, dtype=np.float32)
    params = e.params(core)
    plain = params._replace(
        rnn=params.rnn._replace(W_yh=np.zeros_like(params.rnn.W_yh), b_y=np.zeros(1, np.float32))
    )
    _, grads = api(core).rmtpp_bptt(plain, np.float32([2.0**13, *[1.0] * 8]))
    assert grads.w.tolist() == [2.0**25 - 2.0**13 - 4.0]
    assert grads.w.dtype == np.float32


@pytest.mark.parametrize("constant", [True, False])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_the_gradient_has_the_form_of_the_parameters(core, dtype, constant):
    """Type and shapes; NaN in all of it where the loss is not finite."""
    e = events(452, B=3, dtype=dtype)
    a = api(core)
    params = e.params(core, constant)._replace(time_scale=np.array([4.0], dtype))
    wild = params._replace(rnn=params.rnn._replace(b_y=params.rnn.b_y + dtype(800)))
    for given in (params, wild):
        loss, grads = a.rmtpp_bptt(given, e.gaps, e.marks, lengths=LENGTHS, open_gap=0.7)
        assert math.isfinite(loss) == (given is params)
        assert (grads.w is None) == constant
        for gradient, array in zip(arrays(grads), arrays(given), strict=True):
            assert (gradient.dtype, gradient.shape) == (dtype, array.shape)
            assert np.isnan(gradient).all() == (given is wild)
    assert a.rmtpp_bptt(params, e.gaps, e.marks)[1].time_scale.tolist() == [0.0]
    plain = wild._replace(time_scale=None)
    assert a.rmtpp_bptt(plain, e.gaps, e.marks)[1].time_scale is None


def test_a_unit_of_two(core):
    """Gaps are halved before the network reads them, and densities are per unit of the caller's."""
    e = events(453, B=3)
    a, params = api(core), e.params(core)
    other = params._replace(time_scale=np.array([2.0]))
    rest = {"lengths": LENGTHS, "open_gap": np.array([0.3, 0.0, 1.2])}
    expected = a.rmtpp_log_likelihood(params, e.gaps, e.marks, **rest) - math.log(2.0) * LENGTHS
    later = rest | {"open_gap": 2.0 * rest["open_gap"]}
    np.testing.assert_allclose(a.rmtpp_log_likelihood(other, 2.0 * e.gaps, e.marks, **later), expected)


@pytest.mark.parametrize("w", [-0.4, 0.6])
def test_a_gap_that_nothing_follows_and_that_is_not_scored_may_be_any(core, w):
    """Its hazard would overflow: nothing of it is in the loss or its gradient, and nobody is warned."""
    e = events(454, B=3, w=w)
    a, params, mask = api(core), e.params(core), np.ones((7, 3), bool)
    mask[6, :2] = False
    gaps = e.gaps.copy()
    gaps[6, 0], gaps[6, 1] = 1e5, 1e200
    expected, slopes = a.rmtpp_bptt(params, e.gaps, e.marks, mask=mask)
    loss, grads = a.rmtpp_bptt(params, gaps, e.marks, mask=mask)
    assert loss == expected
    for one, other in zip(arrays(grads), arrays(slopes), strict=True):
        np.testing.assert_array_equal(one, other)
    scores = a.rmtpp_event_log_likelihoods(params, gaps, e.marks, mask=mask)
    assert scores[6, :2].tolist() == [0.0, 0.0]
    assert np.isnan(a.rmtpp_rescale(params, gaps, e.marks, mask=mask)[6]).tolist() == [True, True, False]


def test_a_batch_may_be_a_tuple_or_a_list(core):
    """Of the gaps alone, if there is nothing else."""
    e = events(455, K=0, B=3)
    a, params = api(core), e.params(core)
    loss, grads = a.rmtpp_bptt(params, e.gaps)
    for batch in ((e.gaps,), [e.gaps], [e.gaps, None, None, None, None]):
        value, slopes = a.rmtpp_gradient(params, batch)
        assert value == loss
        for one, other in zip(arrays(slopes), arrays(grads), strict=True):
            np.testing.assert_array_equal(one, other)
    for batch, kind in ((7, "int"), ((), "tuple"), ([1, 2, 3, 4, 5, 6], "list"), ({}, "dict")):
        text = error_of(lambda b=batch: a.rmtpp_gradient(params, b))
        assert text == f"TypeError: batch must be an EventBatch (gaps, marks, …), got {kind}"


def test_all_of_a_batch_is_used(core):
    """Marks, lengths, mask and open gaps, each of which changes the loss."""
    e = events(464, B=3)
    a, params = api(core), e.params(core)
    mask = np.random.default_rng(464).random((7, 3)) < 0.6
    rest = {"lengths": LENGTHS, "mask": mask, "open_gap": np.array([0.3, 0.0, 1.2])}
    loss, grads = a.rmtpp_gradient(params, a.EventBatch(e.gaps, e.marks, **rest))
    expected, slopes = a.rmtpp_bptt(params, e.gaps, e.marks, **rest)
    assert loss == expected
    for one, other in zip(arrays(grads), arrays(slopes), strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("name", ["gaps", "marks", "lengths", "mask", "open_gap"])
def test_hidden_values_are_not_used(core, name):
    e = events(456, B=3)
    good = {"lengths": LENGTHS, "mask": np.ones((7, 3), bool), "open_gap": np.ones(3), **e.arguments()}
    masked = np.ma.MaskedArray(good[name], np.zeros(good[name].shape, bool))
    text = error_of(lambda: api(core).rmtpp_bptt(e.params(core), **good | {name: masked}))
    assert text == f"TypeError: {name} must not be a masked array; {name}.compressed() drops what is hidden"


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"gaps": np.ones((2, 7, 3))}, "gaps must have shape (N, B), each size at least 1, got (2, 7, 3)"),
        ({"gaps": np.empty(0)}, "gaps must have shape (N,), each size at least 1, got (0,)"),
        ({"open_gap": np.ones(2)}, "open_gap must have shape (3,), got (2,)"),
        ({"open_gap": np.array([0.0, 1.0, -0.5])}, "open_gap must be a finite number ≥ 0, got -0.5"),
        ({"open_gap": -0.5}, "open_gap must be a finite number ≥ 0, got -0.5"),
    ],
)
def test_what_cannot_be_scored(core, changed, said):
    e = events(457, B=3)
    text = error_of(lambda: api(core).rmtpp_bptt(e.params(core), **e.arguments() | changed))
    assert text == f"ValueError: {said}"


def test_gaps_that_vanish_in_their_unit(core):
    e = events(458, K=0)
    gaps = e.gaps.copy()
    gaps[3] = 5e-324
    params = e.params(core)._replace(time_scale=np.array([16.0]))
    text = error_of(lambda: api(core).rmtpp_bptt(params, gaps))
    assert text == "ValueError: gaps / params.time_scale must be > 0, got 0.0 at index (3,)"


@pytest.mark.parametrize("open_gap", [None, 0.0, 0.3])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_a_hazard_out_of_range(core, dtype, open_gap):
    """Said in words, without a warning, though nothing may have come for no time at all."""
    e = events(459, K=0, w=0.25, dtype=dtype)
    a, params = api(core), e.params(core)
    wild = params._replace(rnn=params.rnn._replace(b_y=np.array([800.0], dtype)))
    rest = {} if open_gap is None else {"open_gap": open_gap}
    text = error_of(lambda: a.rmtpp_log_likelihood(wild, e.gaps, **rest))
    assert text == (
        "FloatingPointError: the log-likelihood is not finite: exp(o_0 + w τ) leaves the range of "
        f"{np.dtype(dtype)}, w = 0.25"
    )
    if open_gap is not None:
        each = np.full(3, open_gap)
        for gaps, after in ((e.gaps, np.array(open_gap)), (np.stack([e.gaps] * 3, axis=1), each)):
            text = error_of(lambda g=gaps, o=after: a.rmtpp_log_likelihood(wild, g, open_gap=o))
            assert text.endswith(f"leaves the range of {np.dtype(dtype)}, w = 0.25")
    loss, grads = a.rmtpp_bptt(wild, e.gaps, **rest)
    assert not math.isfinite(loss)
    assert all(np.isnan(array).all() for array in arrays(grads))


@pytest.mark.parametrize(
    ("gap", "shown"), [(0.01, "0.01"), (0.0101, None), (99.9, None), (100.0, "1e+02"), (100.5, "1e+02")]
)
def test_gaps_far_from_their_unit_are_blamed(core, gap, shown):
    """A hundred times longer or shorter than it; of nearer ones nothing is said."""
    e = events(460, K=0, N=8)
    a, params = api(core), e.params(core)
    wild = params._replace(rnn=params.rnn._replace(b_y=np.array([800.0])))
    gaps = np.full(8, gap)
    text = error_of(lambda: a.rmtpp_log_likelihood(wild, gaps))
    blame = f"; the gaps have a mean of {shown} {FIX}" if shown else ""
    assert text.endswith(f"leaves the range of float64, w = -0.4{blame}")
    text = error_of(lambda: a.rmtpp_bptt(wild, gaps))
    if shown is None:
        assert text.startswith("no error")
    else:
        assert (
            text == f"FloatingPointError: the loss is not finite, and the gaps have a mean of {shown} {FIX}"
        )


def test_the_mean_of_the_gaps_that_are_scored_is_shown(core):
    """Also where their sum is out of the range of their type."""
    e = events(461, K=0, dtype=np.float32)
    wild = e.params(core)._replace(w=np.float32([1.0]))
    mask = np.arange(7) > 1
    text = error_of(lambda: api(core).rmtpp_bptt(wild, np.float32([1.0, 2.0, *[3e38] * 5]), mask=mask))
    assert text == f"FloatingPointError: the loss is not finite, and the gaps have a mean of 3e+38 {FIX}"


def test_one_event_and_an_open_gap(core):
    """After it o^(1) counts, which has read it."""
    e = events(462, K=0, N=1, w=0.3)
    a, params = api(core), e.params(core)
    whole = a.rmtpp_log_likelihood(params, e.gaps, open_gap=0.9)
    first = a.rmtpp_log_likelihood(params, e.gaps)
    theta = e.theta
    h = np.tanh(theta["W_hx"][:, 0] * np.log(e.gaps[0]) + theta["b_h"])
    o = theta["W_yh"][0] @ h + theta["b_y"][0]
    assert_close(whole - first, -np.exp(o) * np.expm1(0.3 * 0.9) / 0.3, 1e-12)
