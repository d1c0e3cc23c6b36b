"""Equations (1) to (10): the specification against index loops and the complex step."""

import math

import numpy as np
import pytest

from .oracles import (
    PARAMETERS,
    STEP,
    assert_close,
    central_difference,
    complex_step,
    gradient_of,
    loss,
    problem,
    run,
    step_losses,
)
from .spoilt import raises


def _totals(p):
    """δ^(t) = ∂L/∂a^(t), ∂L/∂o^(t) and ∂L/∂h^(t), each by disturbing that quantity alone."""
    T, m, k = len(p.x), len(p.theta["b_h"]), len(p.theta["b_y"])
    shapes = {"add_a": (T, m), "add_o": (T, k), "add_h": (T + 1, m)}
    return (
        complex_step(lambda e, name=name: loss(p.theta, p.x, p.targets, **{name: e}), np.zeros(shape))
        for name, shape in shapes.items()
    )


@pytest.mark.equation(1)
def test_pre_activation(core):
    p = problem(1)
    W_hx, W_hh, b_h, h0 = (p.theta[name] for name in ("W_hx", "W_hh", "b_h", "h0"))
    expected = [
        math.fsum(
            [b_h[i], *(W_hx[i, j] * p.x[0, j] for j in range(3)), *(W_hh[i, j] * h0[j] for j in range(5))]
        )
        for i in range(5)
    ]
    assert_close(core.equations.pre_activation(p.params(core), p.x[0], h0), expected, 1e-14)


@pytest.mark.equation(2)
def test_hidden_state(core):
    a = np.random.default_rng(2).normal(0, 2, 9)
    expected = [(math.exp(2 * u) - 1) / (math.exp(2 * u) + 1) for u in a]
    assert_close(core.equations.hidden_state(a), expected, 1e-14)


@pytest.mark.equation(3)
def test_logits(core):
    p = problem(3)
    W_yh, b_y, h = p.theta["W_yh"], p.theta["b_y"], p.theta["h0"]
    expected = [math.fsum([b_y[i], *(W_yh[i, j] * h[j] for j in range(5))]) for i in range(4)]
    assert_close(core.equations.logits(p.params(core), h), expected, 1e-14)


@pytest.mark.equation(4)
def test_softmax(core):
    o = np.random.default_rng(4).normal(0, 3, 6)
    softmax = core.equations.softmax
    assert_close(softmax(o), [math.exp(u) / math.fsum(math.exp(v) for v in o) for u in o], 1e-14)
    assert_close(softmax(o + 1234.5), softmax(o), 1e-12)
    np.testing.assert_array_equal(softmax(np.array([1000.0, -1000.0, 1000.0])), [0.5, 0.0, 0.5])


@pytest.mark.equation(5)
def test_cross_entropy(core):
    rng = np.random.default_rng(5)
    y = rng.dirichlet(np.ones(4), size=7)
    targets = rng.integers(0, 4, 7)
    likelihood = math.prod(y[t, targets[t]] for t in range(7))
    assert core.equations.cross_entropy(y, targets) == pytest.approx(-math.log(likelihood), rel=1e-13)
    assert core.equations.cross_entropy(np.full((7, 4), 0.25), targets) == pytest.approx(
        7 * math.log(4), rel=1e-14
    )


@pytest.mark.equation(6)
def test_local_gradient(core):
    rng = np.random.default_rng(6)
    g, a = rng.normal(size=5), rng.normal(size=5)
    expected = complex_step(lambda z: g @ np.tanh(z), a)
    assert_close(core.equations.local_gradient(g, a), expected)
    p = problem(6)
    delta, _, grad_h = _totals(p)
    a = np.real(run(p.theta, p.x)[0])
    for t in range(1, 8):
        assert_close(core.equations.local_gradient(grad_h[t], a[t - 1]), delta[t - 1])


@pytest.mark.equation(7)
def test_grad_W_hx(core):
    p = problem(7)
    delta, _, _ = _totals(p)
    assert_close(core.equations.grad_W_hx(delta, p.x), gradient_of(p, "W_hx"))


@pytest.mark.equation(8)
def test_grad_W_hh(core):
    p = problem(8)
    delta, _, _ = _totals(p)
    h = np.real(run(p.theta, p.x)[1])
    assert_close(core.equations.grad_W_hh(delta, h), gradient_of(p, "W_hh"))


@pytest.mark.equation(9)
def test_grad_W_yh(core):
    p = problem(9)
    _, grad_o, _ = _totals(p)
    h = np.real(run(p.theta, p.x)[1])
    assert_close(core.equations.grad_W_yh(grad_o, h), gradient_of(p, "W_yh"))


@pytest.mark.equation(9)
def test_grad_logits(core):
    o = np.random.default_rng(10).normal(0, 2, 6)
    for c in range(6):
        expected = complex_step(lambda z, c=c: step_losses([list(z)], [c])[0], o)
        y = np.exp(o) / np.exp(o).sum()
        assert_close(core.equations.grad_logits(y, c), expected)


@pytest.mark.equation(10)
def test_grad_previous_state(core):
    p = problem(10)
    delta, grad_o, grad_h = _totals(p)
    for t in range(1, 8):
        direct = grad_o[t - 2] if t > 1 else np.zeros(4)
        actual = core.equations.grad_previous_state(p.params(core), delta[t - 1], direct)
        assert_close(actual, grad_h[t - 1])


@pytest.mark.equation(1)
@pytest.mark.equation(2)
@pytest.mark.equation(3)
@pytest.mark.equation(4)
@pytest.mark.equation(5)
def test_network(core):
    p = problem(11, T=9)
    a, h, o, y = core.equations.network(p.params(core), p.x, p.theta["h0"])
    expected = run(p.theta, p.x)
    for actual, values in zip((a, h, o), expected, strict=True):
        assert_close(actual, np.real(values))
    assert_close(y, np.exp(o) / np.exp(o).sum(axis=1, keepdims=True))
    actual = core.equations.network_loss(p.params(core), p.x, p.targets, p.theta["h0"])
    assert actual == pytest.approx(loss(p.theta, p.x, p.targets).real, rel=1e-13)


@pytest.mark.equation(6)
@pytest.mark.equation(7)
@pytest.mark.equation(8)
@pytest.mark.equation(9)
@pytest.mark.equation(10)
def test_network_gradients(core):
    p = problem(12, T=9)
    grads, grad_h0 = core.equations.network_gradients(p.params(core), p.x, p.targets, p.theta["h0"])
    for name in PARAMETERS:
        assert_close(getattr(grads, name), gradient_of(p, name))
        assert_close(getattr(grads, name), gradient_of(p, name, differentiate=central_difference), 1e-7)
    assert_close(grad_h0, gradient_of(p, "h0"))


def test_a_sequence_may_have_one_step(core):
    p = problem(14, T=1)
    grads, grad_h0 = core.equations.network_gradients(p.params(core), p.x, p.targets, p.theta["h0"])
    for name in PARAMETERS:
        assert_close(getattr(grads, name), gradient_of(p, name))
    assert_close(grad_h0, gradient_of(p, "h0"))


@pytest.mark.parametrize("less", [0, 1])
def test_a_step_that_is_missing_is_not_passed_over(core, less):
    """Sums over steps need as many of the one as of the other, whichever has more."""
    p, e = problem(15), core.equations
    h, y = e.network(p.params(core), p.x, p.theta["h0"])[1::2]
    delta, grad_o = np.ones((8 - 2 * less, 5)), np.ones((8 - 2 * less, 4))
    for call in (
        lambda: e.cross_entropy(y[: 6 + less], p.targets[: 7 - less]),
        lambda: e.grad_W_hx(delta, p.x),
        lambda: e.grad_W_hh(delta, h),
        lambda: e.grad_W_yh(grad_o, h),
        lambda: e.network_gradients(p.params(core), p.x[: 6 + less], p.targets[: 7 - less], p.theta["h0"]),
    ):
        raises(ValueError, r"zip\(\) argument 2 is (shorter|longer) than argument 1", call)


def _falls_along_the_update(core, name):
    """Assert the step by index loops, and that along it the loss falls at the rate ‖∂L/∂θ‖²."""
    p = problem(13)
    gradient = gradient_of(p, name)
    grads = p.params(core)._replace(**{name: gradient})
    update = getattr(core.equations, f"update_{name}")
    new = update(p.params(core), grads, 0.3)
    for i, j in np.ndindex(*gradient.shape):
        assert new[i, j] == pytest.approx(p.theta[name][i, j] - 0.3 * gradient[i, j], rel=1e-14)
    moved = p.theta | {name: update(p.params(core), grads, 1j * STEP)}
    rate = loss(moved, p.x, p.targets).imag / STEP
    assert rate == pytest.approx(-np.sum(gradient**2), rel=1e-12)


@pytest.mark.equation(13)
def test_update_W_hx(core):
    _falls_along_the_update(core, "W_hx")


@pytest.mark.equation(14)
def test_update_W_hh(core):
    _falls_along_the_update(core, "W_hh")


@pytest.mark.equation(15)
def test_update_W_yh(core):
    _falls_along_the_update(core, "W_yh")


def test_bias_updates(core):
    p = problem(16)
    grads = p.params(core)._replace(b_h=gradient_of(p, "b_h"), b_y=gradient_of(p, "b_y"))
    b_h, b_y = core.equations.update_biases(p.params(core), grads, 1j * STEP)
    rate = loss(p.theta | {"b_h": b_h, "b_y": b_y}, p.x, p.targets).imag / STEP
    assert rate == pytest.approx(-np.sum(grads.b_h**2) - np.sum(grads.b_y**2), rel=1e-12)
