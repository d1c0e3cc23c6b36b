"""Activations: values and slopes against closed forms of one number, γ as a supremum, `out`, and types."""

import importlib
import re

import numpy as np
import pytest

from .oracles import PHIS, complex_step
from .spoilt import raises

A = np.concatenate([np.random.default_rng(141).normal(0, 2, 40), [-30.0, -1e-3, 1e-3, 30.0]])


@pytest.mark.parametrize("phi", PHIS)
def test_value_and_slope(core, phi):
    activation = PHIS[phi].make(core)
    h = activation.value(A)
    np.testing.assert_allclose(h, [np.real(PHIS[phi].value(a)) for a in A.tolist()], rtol=1e-13, atol=1e-16)
    slope = activation.slope(h)
    # 1 − tanh² and σ(1 − σ) lose digits where the unit saturates: an absolute tolerance of one rounding.
    np.testing.assert_allclose(slope, [PHIS[phi].slope(a) for a in A.tolist()], rtol=1e-12, atol=5e-16)
    moderate = A[:40]
    by_step = [complex_step(lambda z: PHIS[phi].value(z.item()), [a]).item() for a in moderate]
    np.testing.assert_allclose(activation.slope(activation.value(moderate)), by_step, rtol=1e-9, atol=1e-15)


@pytest.mark.parametrize("phi", PHIS)
def test_gamma_is_the_supremum_of_the_slope(core, phi):
    activation = PHIS[phi].make(core)
    assert activation.gamma == PHIS[phi].gamma
    a = np.linspace(-6, 6, 20_001)
    slopes = np.abs(activation.slope(activation.value(a)))
    assert slopes.max() <= activation.gamma
    assert slopes.max() == pytest.approx(activation.gamma, rel=1e-6)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
@pytest.mark.parametrize("phi", PHIS)
def test_out_may_be_the_argument(core, phi, dtype):
    activation = PHIS[phi].make(core)
    a = A.astype(dtype).reshape(4, 11)
    h = activation.value(a)
    slope = activation.slope(h)
    assert h.dtype == slope.dtype == dtype
    in_place = a.copy()
    assert activation.value(in_place, in_place) is in_place
    np.testing.assert_array_equal(in_place, h)
    assert activation.slope(in_place, in_place) is in_place
    np.testing.assert_array_equal(in_place, slope)
    np.testing.assert_array_equal(a, A.astype(dtype).reshape(4, 11))


@pytest.mark.parametrize("phi", PHIS)
def test_numbers_and_integers_are_taken_too(core, phi):
    activation = PHIS[phi].make(core)
    a = [-2, 1, 3]
    np.testing.assert_array_equal(activation.value(np.array(a)), activation.value(np.array(a, float)))
    for number in (-0.7, 0.4):
        h = activation.value(number)
        assert float(h) == pytest.approx(np.real(PHIS[phi].value(number)), rel=1e-14)
        assert float(activation.slope(float(h))) == pytest.approx(PHIS[phi].slope(number), rel=1e-12)


@pytest.mark.parametrize("factor", [1.0, 2.0, 3.5])
def test_gains_and_slopes_of_any_size_count(core, factor):
    a = np.array([-0.75, 0.25, 1.5])
    for activation, value, slope in (
        (core.tanh_with_gain(factor), np.tanh(factor * a), factor / np.cosh(factor * a) ** 2),
        (core.relu(factor), [0.0, factor * 0.25, factor * 1.5], [0.0, factor, factor]),
        (core.linear(factor), factor * a, [factor] * 3),
    ):
        h = activation.value(a)
        np.testing.assert_allclose(h, value, rtol=1e-14)
        np.testing.assert_allclose(activation.slope(h), slope, rtol=1e-12)


def test_relu_has_slope_zero_at_zero(core):
    assert core.RELU.slope(core.RELU.value(np.zeros(3))).tolist() == [0.0, 0.0, 0.0]


def test_at_its_kink_relu_gives_a_number_that_is_no_slope_of_the_loss(core):
    """Chapter 6: the logits (max(0, x) − max(0, −x), 0) are (x, 0), so the loss has the slope ½ at 0."""
    two = core.RNNParams(
        np.array([[1.0], [-1.0]]), np.zeros((2, 2)), np.array([[1.0, -1.0], [0.0, 0.0]]), np.zeros(2),
        np.zeros(2),
    )  # fmt: skip

    def run(x):
        return core.backpropagate(two, np.array([[x]]), np.array([1]), activation=core.RELU)

    at_zero = run(0.0)
    for step in (1e-6, -1e-6):
        assert (run(step).loss - at_zero.loss) / step == pytest.approx(0.5, abs=1e-6)
        assert (run(step).delta @ two.W_hx).item() == pytest.approx(0.5, abs=1e-6)
    assert (at_zero.delta @ two.W_hx).item() == 0.0


def test_sigmoid_of_large_arguments(core):
    np.testing.assert_array_equal(core.SIGMOID.value(np.array([-1e4, 0.0, 1e4])), [0.0, 0.5, 1.0])


def test_gamma_and_rho_act_through_their_product_alone(core):
    """Without input and bias tanh(g·Wh) depends on gW only: same Jacobian norms for (g, W) and (1, gW)."""
    rng = np.random.default_rng(142)
    params = core.init_params(2, 6, 3, rho=0.6, recurrent="gaussian", rng=rng)
    x, h0 = np.zeros((30, 2)), rng.uniform(-1, 1, 6)
    gained = core.forward(params, x, h0, core.tanh_with_gain(2.5))
    scaled = params._replace(W_hh=2.5 * params.W_hh)
    plain = core.forward(scaled, x, h0)
    np.testing.assert_allclose(gained.h, plain.h, rtol=1e-12)
    np.testing.assert_allclose(
        core.product_log_norms(core.step_jacobians(params, gained), start=0),
        core.product_log_norms(core.step_jacobians(scaled, plain), start=0),
        rtol=0,
        atol=1e-10,
    )


@pytest.mark.parametrize(
    ("maker", "argument", "name"),
    [
        ("tanh_with_gain", "gain", "tanh({}·a)"),
        ("linear", "slope", "{}·a"),
        ("relu", "slope", "{}·max(0, a)"),
    ],
)
def test_what_is_made_has_a_name_and_a_gamma(core, maker, argument, name):
    make = getattr(core, maker)
    for number, shown in ((2.5, "2.5"), (1, "1"), (0.0, "0"), (1 / 3, "0.333333")):
        activation = make(number)
        assert (activation.name, activation.gamma) == (name.format(shown), number)
    for bad in (-0.25, np.inf):
        message = re.escape(f"{argument} must be a finite number ≥ 0, got {bad}")
        raises(ValueError, f"^{message}$", lambda bad=bad: make(bad))


def test_each_part_of_an_activation_is_checked_by_its_name(core):
    good = {"name": "mine", "gamma": np.float32(0.5), "value": np.tanh, "slope": np.cos}
    mine = core.Activation(**good)
    assert (type(mine.gamma), mine.gamma) == (float, 0.5)
    assert core.Activation(**good | {"gamma": 0}).gamma == 0.0
    for change, error, message in (
        ({"name": 3}, TypeError, "name must be a str, got 3"),
        ({"gamma": -1.0}, ValueError, "gamma must be a finite number ≥ 0, got -1.0"),
        ({"value": "tanh"}, TypeError, "value must be a function, got 'tanh'"),
        ({"slope": None}, TypeError, "slope must be a function, got None"),
    ):
        raises(error, f"^{message}$", lambda change=change: core.Activation(**good | change))


def test_what_is_no_activation_is_refused_under_the_name_of_the_argument(core):
    read = importlib.import_module(f"{core.__name__}.activations").read_activation
    assert read(core.RELU) is core.RELU
    raises(TypeError, "^activation must be an Activation, got 'tanh'$", lambda: read("tanh"))
    raises(TypeError, "^trace.activation must be an Activation, got 3$", lambda: read(3, "trace.activation"))


@pytest.mark.parametrize("phi", ["sigmoid", "relu", "tanh_with_gain", "linear"])
def test_small_types_are_computed_in_single_precision_and_numbers_in_double(core, phi):
    activation = PHIS[phi].make(core)
    for kind, found in ((np.int8, np.float32), (np.float16, np.float32), (np.int64, np.float64)):
        assert activation.value(np.array([[-2], [1], [3]], kind)).dtype == found
    for number in (3, 0.25):
        h = activation.value(number)
        assert h.dtype == np.float64
        assert activation.slope(float(h)).dtype == np.float64
