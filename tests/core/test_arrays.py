"""What may not matter: dtype, memory layout, read-only arrays, and how often one asks."""

import numpy as np
import pytest

from .oracles import PHIS, assert_close, problem


def _results(core, params, x, targets, h0, activation, lengths):
    """Every array the engine returns for one problem."""
    trace = core.forward(params, x, h0, activation)
    back = core.backpropagate(params, x, targets, h0, activation, lengths=lengths)
    arrays = [
        *trace[:4],
        *back.grads,
        back.delta,
        back.grad_o,
        back.grad_h0,
        core.step_jacobians(params, trace),
    ]
    arrays += core.truncated_bptt(params, x, targets, 3, h0, activation)[1]
    return [*arrays, np.array(back.loss)]


def _inputs(core, p, change=lambda array: array, float_change=None):
    params = core.RNNParams(*map(float_change or change, p.params(core)))
    h0, x = (float_change or change)(p.theta["h0"]), (float_change or change)(p.x)
    return params, x, change(p.targets), h0


LENGTHS = np.array([7, 2, 5, 1, 3, 6])


@pytest.mark.parametrize("phi", PHIS)
@pytest.mark.parametrize("B", [None, 6])
def test_float32_is_kept_and_near_float64(core, phi, B):
    p = problem(191, B=B)
    activation, lengths = PHIS[phi].make(core), None if B is None else LENGTHS
    params, x, targets, h0 = _inputs(core, p)
    double = _results(core, params, x, targets, h0, activation, lengths)
    params, x, _, h0 = _inputs(core, p, float_change=lambda array: array.astype(np.float32))
    single = _results(core, params, x, targets, h0, activation, lengths)
    for one, other in zip(single[:-1], double[:-1], strict=True):
        assert (one.dtype, other.dtype) == (np.float32, np.float64)
        assert_close(one, other, 2e-5)
    assert single[-1] == pytest.approx(double[-1], rel=1e-6)


def test_float32_terms_by_lag(core):
    p = problem(192, dtype=np.float32)
    terms = core.lag_contributions(p.params(core), p.x, p.targets, p.theta["h0"])
    assert terms.dtype == np.float32
    assert_close(
        terms.sum(axis=(0, 1)), core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])[1].W_hh, 1e-5
    )


def _strided(array):
    """The same numbers with gaps between them."""
    room = np.full([2 * size for size in array.shape], -77, array.dtype)
    view = room[tuple(slice(None, None, 2) for _ in array.shape)]
    view[...] = array
    return view


def _reversed_axes(array):
    """The same numbers, last axis slowest and running backwards in memory."""
    return np.asfortranarray(array[::-1])[::-1]


@pytest.mark.parametrize("layout", [np.asfortranarray, _strided, _reversed_axes])
@pytest.mark.parametrize("B", [None, 6])
def test_memory_layout_does_not_matter(core, layout, B):
    p = problem(193, B=B)
    lengths = None if B is None else LENGTHS
    plain = _results(core, *_inputs(core, p), core.TANH, lengths)
    laid_out = _results(core, *_inputs(core, p, layout), core.TANH, lengths)
    for one, other in zip(laid_out, plain, strict=True):
        assert_close(one, other, 1e-13)


def _read_only(array):
    array = array.copy()
    array.flags.writeable = False
    return array


def test_arguments_are_not_changed(core):
    """Read-only arrays are accepted, so nothing can have been written into them."""
    p = problem(194, B=6)
    params, x, targets, h0 = _inputs(core, p, _read_only)
    plain = _results(core, *_inputs(core, p), core.SIGMOID, LENGTHS)
    locked = _results(core, params, x, targets, h0, core.SIGMOID, _read_only(LENGTHS))
    for one, other in zip(locked, plain, strict=True):
        np.testing.assert_array_equal(one, other)
    grads = core.RNNParams(*map(_read_only, params))
    core.sgd_step(params, grads, 0.1)
    clipped, _ = core.clip_by_global_norm(grads, 1e-3)
    assert clipped.W_hh.flags.writeable
    J = _read_only(core.step_jacobians(params, core.forward(params, x, h0)))
    core.product_log_norms(J)
    core.lyapunov_exponents(J[:, 0])
    core.train(params, [core.Batch(x, targets, h0, _read_only(LENGTHS))], learning_rate=0.1)


def test_results_do_not_share_memory_with_the_arguments(core):
    p = problem(195, B=6)
    params, x, targets, h0 = _inputs(core, p)
    for result in _results(core, params, x, targets, h0, core.IDENTITY, LENGTHS):
        for argument in (*params, x, h0):
            assert not np.shares_memory(result, argument)


def test_the_same_call_gives_the_same_bits(core):
    p = problem(196, B=6)
    one, two = (_results(core, *_inputs(core, p), core.TANH, LENGTHS) for _ in range(2))
    for first, second in zip(one, two, strict=True):
        np.testing.assert_array_equal(first, second)


@pytest.mark.parametrize("dtype", [np.int8, np.uint8, np.int32, np.uint64])
def test_any_integer_type_indexes(core, dtype):
    p = problem(197, B=6)
    arguments = (p.params(core), p.x)
    keywords = {"h0": p.theta["h0"]}
    one = core.bptt(*arguments, p.targets.astype(dtype), **keywords, lengths=LENGTHS.astype(dtype))
    two = core.bptt(*arguments, p.targets, **keywords, lengths=LENGTHS)
    assert one[0] == two[0]
    np.testing.assert_array_equal(one[1].W_hh, two[1].W_hh)


def test_the_losses_of_float32_are_summed_in_double_precision(core):
    p = problem(198, T=31, B=6, dtype=np.float32)
    trace = core.forward(p.params(core), p.x, p.theta["h0"])
    losses, _ = core.cross_entropy(trace.o.copy(), p.targets)
    expected = losses.astype(np.float64).sum() / 6
    assert float(losses.sum()) / 6 != expected
    assert core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])[0] == pytest.approx(expected, rel=1e-12)
