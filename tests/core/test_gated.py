"""The gated cells' forward pass and gradients, against scalar loops, complex step and central differences."""

import contextlib

import numpy as np
import pytest

from .oracles import STEP, assert_close, relative_error
from .oracles_gated import (
    KINDS,
    alone,
    central_differences,
    complex_steps,
    function,
    gated_gradients,
    gated_loss,
    gated_problem,
    gradients,
    is_lstm,
    run_gated,
    squared_errors,
)

LENGTHS = np.array([7, 3, 1, 5, 7, 2])


@pytest.mark.parametrize("kind", KINDS)
def test_forward(core, kind):
    p = gated_problem(kind, 301)
    trace = function(core, kind, "forward")(p.params(core), p.x, **p.start())
    expected = {name: np.real(value) for name, value in run_gated(kind, p.theta, p.x).items()}
    for name, value in expected.items():
        assert_close(getattr(trace, name), value, 1e-13)
    o = expected["o"]
    assert_close(trace.y, np.exp(o) / np.exp(o).sum(axis=-1, keepdims=True), 1e-13)


@pytest.mark.parametrize("kind", KINDS)
def test_forward_of_a_batch_is_each_sequence_alone(core, kind):
    p = gated_problem(kind, 302, B=6)
    trace = function(core, kind, "forward")(p.params(core), p.x, **p.start())
    for b in range(6):
        one = alone(p, b)
        for name, value in run_gated(kind, one.theta, one.x).items():
            assert_close(getattr(trace, name)[:, b], np.real(value), 1e-13)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients(core, kind):
    p = gated_problem(kind, 303)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    assert result.loss == pytest.approx(gated_loss(p).real, rel=1e-13)
    exact, near = gated_gradients(p), gated_gradients(p, differentiate=central_differences)
    for name, actual in gradients(p, result).items():
        assert_close(actual, exact[name], 1e-12)
        assert_close(actual, near[name], 1e-7)


@pytest.mark.parametrize("kind", KINDS)
def test_gradients_of_a_batch(core, kind):
    p = gated_problem(kind, 304, B=6)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    assert result.loss == pytest.approx(gated_loss(p).real, rel=1e-13)
    expected = gated_gradients(p)
    for name, actual in gradients(p, result).items():
        assert_close(actual, expected[name], 1e-12)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("T", "B"), [(200, 7), (1100, None)])
def test_gradients_over_several_blocks_of_steps(core, kind, T, B):
    """Backpropagation cuts long sequences into blocks: derivatives along a random direction, to save time."""
    p = gated_problem(kind, 305, T=T, B=B, n=2, m=3, k=3)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    rng = np.random.default_rng(305)
    found = gradients(p, result)
    directions = {name: rng.normal(size=actual.shape) for name, actual in found.items()}
    own_step = dict(zip(found, 1j * STEP * np.eye(len(found)), strict=True))
    shifted = {
        name: p.theta[name][..., None] + np.multiply.outer(direction, own_step[name])
        for name, direction in directions.items()
    }
    expected = np.imag(gated_loss(p, theta=shifted)) / STEP
    for (name, actual), slope in zip(found.items(), expected, strict=True):
        assert np.sum(actual * directions[name]) == pytest.approx(slope, rel=1e-10)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_derivatives_by_states_and_logits(core, kind, B):
    p = gated_problem(kind, 306, B=B)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    wanted = {"grad_h": ("add_h", (8, 5)), "grad_o": ("add_o", (7, 4))}
    if is_lstm(kind):
        wanted["grad_c"] = ("add_c", (8, 5))
    for b, one in enumerate([p] if B is None else [alone(p, b) for b in range(B)]):
        here, share = (..., 1) if B is None else (np.s_[:, b], B)
        for name, (added, shape) in wanted.items():
            expected = complex_steps(
                lambda e, one=one, added=added: gated_loss(one, **{added: e}), np.zeros(shape)
            )
            assert_close(getattr(result, name)[here], expected / share)


@pytest.mark.parametrize("kind", KINDS)
def test_bptt_is_backpropagate_without_the_rest(core, kind):
    p = gated_problem(kind, 307, B=6)
    value, grads = function(core, kind, "bptt")(p.params(core), p.x, p.targets, **p.start())
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    assert value == result.loss
    assert type(grads) is type(p.params(core))
    for one, other in zip(grads, result.grads, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_the_initial_state_is_zero_unless_given(core, kind, B):
    p = gated_problem(kind, 308, B=B)
    zero = p._replace(theta=p.theta | {name: np.zeros_like(value) for name, value in p.start().items()})
    value, grads = function(core, kind, "bptt")(p.params(core), p.x, p.targets)
    assert value == pytest.approx(gated_loss(zero).real, rel=1e-13)
    assert_close(grads.W_hh, gated_gradients(zero)["W_hh"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_batch_of_one_is_the_sequence(core, kind):
    p = gated_problem(kind, 309)
    start = {name: value[None] for name, value in p.start().items()}
    call = function(core, kind, "backpropagate")
    one = call(p.params(core), p.x[:, None], p.targets[:, None], **start)
    single = call(p.params(core), p.x, p.targets, **p.start())
    assert one.loss == pytest.approx(single.loss, rel=1e-14)
    assert_close(one.grad_h[:, 0], single.grad_h)
    for name, actual in gradients(p, one).items():
        assert_close(actual[0] if name in p.start() else actual, gradients(p, single)[name])


@pytest.mark.parametrize("kind", KINDS)
def test_one_step(core, kind):
    p = gated_problem(kind, 310, T=1)
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
    expected = gated_gradients(p)
    for name, actual in gradients(p, result).items():
        assert_close(actual, expected[name])


@pytest.mark.parametrize("kind", KINDS)
def test_lengths_average_each_sequence_alone(core, kind):
    p = gated_problem(kind, 311, B=6)
    call = function(core, kind, "backpropagate")
    result = call(p.params(core), p.x, p.targets, **p.start(), lengths=LENGTHS)
    assert result.loss == pytest.approx(gated_loss(p, lengths=LENGTHS).real, rel=1e-13)
    expected = gated_gradients(p, lengths=LENGTHS)
    for name, actual in gradients(p, result).items():
        assert_close(actual, expected[name])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_mask_and_squared_error(core, kind, B):
    """Steps without a loss still carry the state on: here those before the loss, and in between."""
    p = gated_problem(kind, 312, B=B)
    rng = np.random.default_rng(312)
    p = p._replace(targets=rng.normal(size=(*p.x.shape[:-1], 4)))
    mask = rng.random(p.x.shape[:-1]) < 0.4
    mask[-2] = True
    lengths = 6 if B is None else np.array([7, 6, 7, 7, 6, 7])
    options = {"mask": mask, "lengths": lengths}
    call = function(core, kind, "backpropagate")
    result = call(p.params(core), p.x, p.targets, **p.start(), **options, loss=core.losses.squared_error)
    options["losses"] = squared_errors
    assert result.loss == pytest.approx(gated_loss(p, **options).real, rel=1e-13)
    expected = gated_gradients(p, **options)
    for name, actual in gradients(p, result).items():
        assert_close(actual, expected[name])


@contextlib.contextmanager
def poisoned(core, kind, padding):
    """Let the forward loop leave NaN wherever the padding is, as it does when a product there is ∞ − ∞.

    Whether such a product of real numbers comes out as NaN or as ∞ is up to the kernel of the BLAS library.
    """
    module = core.gated.lstm if is_lstm(kind) else core.gated.gru
    recur = module.recur

    def and_poison(params, inputs, gates, *states):
        recur(params, inputs, gates, *states)
        gates.swapaxes(1, 2)[padding] = np.nan
        for state in (*states, *([inputs[:, : states[0].shape[1]]] if is_lstm(kind) else [])):
            state[1:].swapaxes(1, 2)[padding] = np.nan

    module.recur = and_poison
    try:
        yield
    finally:
        module.recur = recur


@pytest.mark.parametrize("kind", KINDS)
def test_padding_changes_nothing(core, kind):
    """Garbage in the padding of x and targets leaves the result as it was, even if it overflows."""
    p = gated_problem(kind, 313, B=6)
    params = p.params(core)
    padding = np.arange(7)[:, None] >= LENGTHS
    x, targets = p.x.copy(), p.targets.copy()
    x[padding] = 1.7e308
    targets[padding] = np.random.default_rng(313).choice([-7, 99, 4], size=targets[padding].shape)
    call = function(core, kind, "backpropagate")
    clean = call(params, p.x, p.targets, **p.start(), lengths=LENGTHS)
    with np.errstate(all="ignore"), poisoned(core, kind, padding):
        assert np.isnan(function(core, kind, "forward")(params, x, **p.start()).h).any()
        dirty = call(params, x, targets, **p.start(), lengths=LENGTHS)
    assert dirty.loss == clean.loss
    for name, expected in gradients(p, clean).items():
        assert_close(gradients(p, dirty)[name], expected, 1e-15)
    assert not clean.grad_h[1:][padding].any()
    assert not clean.grad_o[padding].any()
    assert clean.grad_h[1:][~padding].all()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("scale", [0.01, 30.0])
def test_a_thousand_steps_stay_finite(core, kind, scale):
    """With tiny weights and with gates that are open or shut, in both precisions; no warning either."""
    for dtype in (np.float64, np.float32):
        p = gated_problem(kind, 314, T=1000, B=3, dtype=dtype)
        theta = p.theta | {name: p.theta[name] * dtype(scale) for name in ("W_hx", "W_hh")}
        p = p._replace(theta=theta)
        result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start())
        assert np.isfinite(result.loss)
        for actual in gradients(p, result).values():
            assert actual.dtype == dtype
            assert np.isfinite(actual).all()


@pytest.mark.parametrize("kind", KINDS)
def test_extreme_logits_stay_finite(core, kind):
    """Logits of ±1000: no overflow, and a loss that is linear in them."""
    p = gated_problem(kind, 318, B=6)
    b_y = np.array([1000.0, -1000.0, 0.0, 500.0])
    params = p.params(core)._replace(b_y=b_y, W_yh=1e-3 * p.theta["W_yh"])
    value, grads = function(core, kind, "bptt")(params, p.x, p.targets, **p.start())
    assert value == pytest.approx(np.mean(np.sum(b_y.max() - b_y[p.targets], axis=0)), rel=1e-4)
    assert all(grad is None or np.isfinite(grad).all() for grad in grads)
    y = function(core, kind, "forward")(params, p.x, **p.start()).y
    np.testing.assert_allclose(y.sum(axis=-1), 1.0, rtol=1e-14)
    assert (y[..., 0] == 1.0).all()


def test_lstm_without_gates_is_a_sum_of_inputs(core):
    """With i = f = o = 1 the cell adds g up, exactly: a closed form that no oracle of ours shares."""
    T, m = 9, 4
    rng = np.random.default_rng(315)
    params = core.gated.init_lstm(3, m, 2, rng=rng)
    open_gates = np.repeat([1e3, 1e3, 0.0, 1e3], m)
    params = params._replace(W_hh=np.zeros((4 * m, m)), W_hx=params.W_hx * (open_gates == 0)[:, None])
    x = rng.normal(size=(T, 3))
    trace = core.gated.lstm_forward(params._replace(b_h=open_gates), x)
    assert_close(trace.c[1:], np.cumsum(np.tanh(x @ params.W_hx[2 * m : 3 * m].T), axis=0), 1e-14)
    assert_close(trace.h[1:], np.tanh(trace.c[1:]), 1e-14)


def test_gru_with_an_open_update_gate_is_a_tanh_network(core):
    """With z = 0 and r = 1 both GRUs are the network of Equations (1) to (4)."""
    rng = np.random.default_rng(316)
    plain = core.init_params(3, 5, 4, rho=1.1, rng=rng)._replace(b_h=rng.normal(size=5))
    x = rng.normal(size=(9, 3))
    gates = np.zeros((10, 3)), np.zeros((10, 5)), np.repeat([1e3, -1e3], 5)
    stacked = [np.concatenate(pair) for pair in zip(gates, (plain.W_hx, plain.W_hh, plain.b_h), strict=True)]
    for b_hn in (None, np.zeros(5)):
        params = core.gated.GRUParams(stacked[0], stacked[1], plain.W_yh, stacked[2], plain.b_y, b_hn)
        assert_close(core.gated.gru_forward(params, x).o, core.forward(plain, x).o, 1e-14)


def test_where_the_reset_gate_stands_matters(core):
    """The two GRUs differ when r is neither 0 nor 1, and agree with a diagonal U_n and no b_hn."""
    p = gated_problem("before", 317)
    before = p.params(core)
    after = before._replace(b_hn=np.zeros(5))
    assert (before.reset, after.reset) == ("before", "after")
    forward = core.gated.gru_forward
    assert relative_error(forward(after, p.x).h, forward(before, p.x).h) > 1e-3
    W_hh = before.W_hh.copy()
    W_hh[10:] = np.diag([0.3, -0.9, 0.5, 1.2, -0.4])
    assert_close(forward(after._replace(W_hh=W_hh), p.x).h, forward(before._replace(W_hh=W_hh), p.x).h)
