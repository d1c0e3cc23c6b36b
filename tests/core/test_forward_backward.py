"""The engine's forward pass and gradient, against scalar loops, the complex step and central differences."""

import numpy as np
import pytest

from .oracles import (
    PARAMETERS,
    PHIS,
    assert_close,
    central_difference,
    complex_step,
    gradient_of,
    loss,
    problem,
    run,
)


def _each_sequence(p):
    """The batch taken apart into problems without a batch axis."""
    for b in range(p.x.shape[1]):
        yield p._replace(theta=p.theta | {"h0": p.theta["h0"][b]}, x=p.x[:, b], targets=p.targets[:, b])


@pytest.mark.equation(1, 2, 3, 4)
@pytest.mark.parametrize("phi", PHIS)
def test_forward(core, phi):
    p = problem(41)
    trace = core.forward(p.params(core), p.x, p.theta["h0"], PHIS[phi].make(core))
    a, h, o = (np.real(values) for values in run(p.theta, p.x, PHIS[phi].value))
    assert_close(trace.a, a, 1e-13)
    assert_close(trace.h, h, 1e-13)
    assert_close(trace.o, o, 1e-13)
    assert_close(trace.y, np.exp(o) / np.exp(o).sum(axis=-1, keepdims=True), 1e-13)


def test_forward_of_a_batch_is_each_sequence_alone(core):
    p = problem(42, B=6)
    trace = core.forward(p.params(core), p.x, p.theta["h0"])
    for b, alone in enumerate(_each_sequence(p)):
        a, h, o = (np.real(values) for values in run(alone.theta, alone.x))
        assert_close(trace.a[:, b], a)
        assert_close(trace.h[:, b], h)
        assert_close(trace.o[:, b], o)
        assert_close(trace.y[:, b], np.exp(o) / np.exp(o).sum(axis=-1, keepdims=True))


@pytest.mark.equation(5, 6, 7, 8, 9, 10)
@pytest.mark.parametrize("phi", PHIS)
def test_gradients(core, phi):
    p = problem(43)
    value = PHIS[phi].value
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"], PHIS[phi].make(core))
    assert result.loss == pytest.approx(loss(p.theta, p.x, p.targets, value).real, rel=1e-13)
    for name, actual in zip((*PARAMETERS, "h0"), (*result.grads, result.grad_h0), strict=True):
        assert_close(actual, gradient_of(p, name, phi=value))
        assert_close(actual, gradient_of(p, name, phi=value, differentiate=central_difference), 1e-7)


def test_gradients_of_a_batch(core):
    p = problem(44, B=6)
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"])
    assert result.loss == pytest.approx(loss(p.theta, p.x, p.targets).real, rel=1e-13)
    for name, actual in zip((*PARAMETERS, "h0"), (*result.grads, result.grad_h0), strict=True):
        assert_close(actual, gradient_of(p, name))


@pytest.mark.equation(6, 9)
@pytest.mark.parametrize("B", [None, 6])
def test_delta_and_grad_o(core, B):
    p = problem(45, B=B)
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"])
    sequences = [p] if B is None else _each_sequence(p)
    for b, alone in enumerate(sequences):
        here, share = (..., 1) if B is None else (np.s_[:, b], B)
        for actual, added, width in ((result.delta, "add_a", 5), (result.grad_o, "add_o", 4)):
            expected = complex_step(
                lambda e, alone=alone, added=added: loss(alone.theta, alone.x, alone.targets, **{added: e}),
                np.zeros((7, width)),
            )
            assert_close(actual[here], expected / share)


def test_bptt_is_backpropagate_without_the_rest(core):
    p = problem(46, B=6)
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"])
    assert value == result.loss
    for one, other in zip(grads, result.grads, strict=True):
        np.testing.assert_array_equal(one, other)


@pytest.mark.parametrize("B", [None, 6])
def test_h0_is_zero_unless_given(core, B):
    p = problem(47, B=B)
    zero = p._replace(theta=p.theta | {"h0": np.zeros_like(p.theta["h0"])})
    value, grads = core.bptt(p.params(core), p.x, p.targets)
    assert value == pytest.approx(loss(zero.theta, p.x, p.targets).real, rel=1e-13)
    assert_close(grads.W_hh, gradient_of(zero, "W_hh"))
    np.testing.assert_array_equal(core.forward(p.params(core), p.x).h[0], zero.theta["h0"])


def test_a_batch_of_one_is_the_sequence(core):
    p = problem(48)
    one = core.backpropagate(p.params(core), p.x[:, None], p.targets[:, None], p.theta["h0"][None])
    alone = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"])
    assert one.loss == pytest.approx(alone.loss, rel=1e-14)
    assert_close(one.delta[:, 0], alone.delta)
    assert_close(one.grad_h0[0], alone.grad_h0)
    for actual, expected in zip(one.grads, alone.grads, strict=True):
        assert_close(actual, expected)


def test_the_engine_equals_the_specification(core):
    p = problem(49, T=11)
    value, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    spec_grads, _ = core.equations.network_gradients(p.params(core), p.x, p.targets, p.theta["h0"])
    assert value == pytest.approx(
        core.equations.network_loss(p.params(core), p.x, p.targets, p.theta["h0"]), rel=1e-14
    )
    for actual, expected in zip(grads, spec_grads, strict=True):
        assert_close(actual, expected)


def test_one_step(core):
    p = problem(50, T=1)
    _, grads = core.bptt(p.params(core), p.x, p.targets, p.theta["h0"])
    for name, actual in zip(PARAMETERS, grads, strict=True):
        assert_close(actual, gradient_of(p, name))


@pytest.mark.parametrize("sign", [1, -1])
def test_extreme_logits_stay_finite(core, sign):
    """Logits of ±1000: no overflow, and a loss that is linear in them."""
    p = problem(51, B=6)
    theta = p.theta | {"b_y": sign * np.array([1000.0, -1000.0, 0.0, 500.0]), "W_yh": 1e-3 * p.theta["W_yh"]}
    p = p._replace(theta=theta)
    result = core.backpropagate(p.params(core), p.x, p.targets, p.theta["h0"])
    b_y = theta["b_y"]
    expected = np.mean(np.sum(b_y.max() - b_y[p.targets], axis=0))
    assert expected > 1000
    assert result.loss == pytest.approx(expected, rel=1e-4)
    assert all(np.isfinite(grad).all() for grad in result.grads)
    y = core.forward(p.params(core), p.x, p.theta["h0"]).y
    np.testing.assert_allclose(y.sum(axis=-1), 1.0, rtol=1e-14)
    assert (y[..., np.argmax(b_y)] == 1.0).all()
