"""The one-unit network: loss, gradient and descent against scalar code, the engine and a closed form."""

import cmath
import inspect
import math
import re

import numpy as np
import pytest

from rnn_core import cliff

from .oracles import STEP
from .spoilt import raises

SIGMA_HALF = 1 / (1 + math.exp(-0.5))
# Both sides of the cliff, the foot of it, a negative weight, and a flat place; T, h0 and target all differ.
PLACES = (
    (5.0, -2.0, 50, SIGMA_HALF, 0.7),
    (4.6, -2.8, 50, SIGMA_HALF, 0.7),
    (4.5, -2.299, 31, SIGMA_HALF, 0.7),
    (-2.3, 0.8, 9, 0.31, 0.45),
    (9.0, 4.0, 7, 0.83, 0.2),
    (0.4, -0.3, 1, 0.52, 0.9),
)


def loss_of_scalars(w, b, T, h0, target):
    """The same loss for complex numbers, written out."""
    h = h0
    for _ in range(T):
        h = 1 / (1 + cmath.exp(-(w * h + b)))
    return (h - target) ** 2


@pytest.mark.parametrize(("w", "b", "T", "h0", "target"), PLACES)
def test_loss(core, w, b, T, h0, target):
    expected = loss_of_scalars(w, b, T, h0, target).real
    assert core.cliff.cliff_loss(w, b, T, h0=h0, target=target) == pytest.approx(expected, rel=1e-11, abs=0)


@pytest.mark.parametrize(("w", "b", "T", "h0", "target"), PLACES)
def test_gradient_by_the_complex_step(core, w, b, T, h0, target):
    expected = [
        loss_of_scalars(w + 1j * STEP, b, T, h0, target).imag / STEP,
        loss_of_scalars(w, b + 1j * STEP, T, h0, target).imag / STEP,
    ]
    gradient = core.cliff.cliff_gradient(w, b, T, h0=h0, target=target)
    np.testing.assert_allclose(gradient, expected, rtol=1e-10, atol=0)


@pytest.mark.parametrize(("w", "b", "T", "h0", "target"), PLACES[:4])
def test_gradient_by_central_differences(core, w, b, T, h0, target):
    def difference(dw, db):
        up, down = (core.cliff.cliff_loss(w + s * dw, b + s * db, T, h0=h0, target=target) for s in (1, -1))
        return (up - down) / (2 * (dw + db))

    gradient = core.cliff.cliff_gradient(w, b, T, h0=h0, target=target)
    np.testing.assert_allclose(gradient, [difference(1e-6, 0), difference(0, 1e-6)], rtol=1e-5, atol=1e-9)


def test_defaults_are_those_of_figure_6(core):
    expected = loss_of_scalars(5.0, -2.55, 50, SIGMA_HALF, 0.7).real
    assert core.cliff.cliff_loss(5.0, -2.55) == pytest.approx(expected, rel=1e-11)
    step = 1j * STEP
    expected = [
        loss_of_scalars(5.0 + dw, -2.55 + db, 50, SIGMA_HALF, 0.7).imag for dw, db in ((step, 0), (0, step))
    ]
    np.testing.assert_allclose(core.cliff.cliff_gradient(5.0, -2.55), np.array(expected) / STEP, rtol=1e-10)
    # Their recurrence: x_t = w σ(x_{t−1}) + b from x_0 = 1/2, and the loss (σ(x_50) − 0.7)².
    x = 0.5
    for _ in range(50):
        x = 5.0 / (1 + math.exp(-x)) - 2.55
    assert core.cliff.cliff_loss(5.0, -2.55) == pytest.approx((1 / (1 + math.exp(-x)) - 0.7) ** 2, rel=1e-11)


def test_the_engine_says_the_same(core):
    """`bptt` for a network with one unit, whose output is its state and whose loss counts at the end only."""
    w, b, T = 4.7, -2.2, 23
    one, zero = np.ones((1, 1)), np.zeros(1)
    params = core.RNNParams(one, np.array([[w]]), one, np.array([b]), zero)
    loss, grads = core.bptt(
        params,
        np.zeros((T, 1)),
        np.full((T, 1), 0.7),
        np.array([SIGMA_HALF]),
        core.SIGMOID,
        mask=np.arange(T) == T - 1,
        loss=core.squared_error,
    )
    assert core.cliff.cliff_loss(w, b, T) == pytest.approx(loss, rel=1e-12)
    gradient = core.cliff.cliff_gradient(w, b, T)
    np.testing.assert_allclose(gradient, [grads.W_hh[0, 0], grads.b_h[0]], rtol=1e-11)


def test_arrays_are_the_numbers_one_by_one(core):
    w, b = np.linspace(3.0, 6.0, 5)[:, None], np.linspace(-3.5, -1.0, 7)
    loss, gradient = core.cliff.cliff_loss(w, b, 20), core.cliff.cliff_gradient(w, b, 20)
    assert loss.shape == gradient[0].shape == gradient[1].shape == (5, 7)
    for i in range(5):
        for j in range(7):
            one = core.cliff.cliff_loss(w[i, 0], b[j], 20), *core.cliff.cliff_gradient(w[i, 0], b[j], 20)
            np.testing.assert_allclose([loss[i, j], gradient[0][i, j], gradient[1][i, j]], one, rtol=1e-12)


def test_gradient_on_the_edge_is_a_geometric_series(core):
    """Where h^(0) is a fixed point every Jacobian is λ = w h0 (1 − h0): the gradient has a closed form."""
    w, T, h0, target = 4.8, 17, 0.61, 0.7
    slope = h0 * (1 - h0)
    rate = w * slope
    edge = core.cliff.cliff_edge(w, h0=h0)
    grad_w, grad_b = core.cliff.cliff_gradient(w, edge, T, h0=h0, target=target)
    expected = 2 * (h0 - target) * slope * (rate**T - 1) / (rate - 1)
    assert grad_b == pytest.approx(expected, rel=1e-10)
    assert grad_w == pytest.approx(h0 * expected, rel=1e-10)
    np.testing.assert_allclose(core.cliff.cliff_edge(np.array([w, 5.2]), h0=h0), [edge, edge - 0.4 * h0])


def test_the_edge_parts_the_plane(core):
    for w in (4.5, 5.0, 5.9):
        edge = core.cliff.cliff_edge(w)
        assert core.cliff.cliff_loss(w, edge - 0.02, 400) > 0.2
        assert core.cliff.cliff_loss(w, edge + 0.02, 400) < 0.09


@pytest.mark.parametrize(("T", "h0", "target"), [(50, SIGMA_HALF, 0.7), (13, 0.58, 0.66)])
@pytest.mark.parametrize("clip", [None, 0.2])
def test_descent(core, clip, T, h0, target):
    """Each step of the path, from the place before it."""
    path = core.cliff.cliff_descent(
        5.0, -2.4, learning_rate=0.4, clip=clip, updates=30, T=T, h0=h0, target=target
    )
    assert len(path.w) == len(path.b) == len(path.loss) == len(path.grad_norm) == 31
    assert (path.w[0], path.b[0]) == (5.0, -2.4)
    assert path.grad_norm.max() > 0.3
    for i in range(31):
        w, b = float(path.w[i]), float(path.b[i])
        assert path.loss[i] == pytest.approx(loss_of_scalars(w, b, T, h0, target).real, rel=1e-8)
        grad_w = loss_of_scalars(w + 1j * STEP, b, T, h0, target).imag / STEP
        grad_b = loss_of_scalars(w, b + 1j * STEP, T, h0, target).imag / STEP
        norm = math.hypot(grad_w, grad_b)
        assert path.grad_norm[i] == pytest.approx(norm, rel=1e-7)
        if i < 30:
            scale = 1.0 if clip is None else min(1.0, clip / norm)
            assert path.w[i + 1] - w == pytest.approx(-0.4 * scale * grad_w, rel=1e-7, abs=1e-12)
            assert path.b[i + 1] - b == pytest.approx(-0.4 * scale * grad_b, rel=1e-7, abs=1e-12)


def test_thrown_off_without_clipping_and_not_with_it(core):
    """The figure's story: the same start and learning rate, with and without clipping."""
    settings = {"learning_rate": 0.4, "updates": 100}
    without = core.cliff.cliff_descent(5.0, -2.0, **settings)
    clipped = core.cliff.cliff_descent(5.0, -2.0, clip=0.2, **settings)
    assert without.grad_norm.max() > 20
    assert without.w[-1] > 8
    assert without.loss[-1] == pytest.approx(0.09, rel=1e-6)  # h^(50) ≈ 1: the surface is flat there
    assert clipped.grad_norm.max() > 20
    assert np.abs(np.diff(clipped.w)).max() <= 0.4 * 0.2
    assert clipped.loss[-1] < 0.001


@pytest.mark.parametrize(
    ("call", "error", "message"),
    [
        (lambda c: c.cliff_loss("5", -2.0), TypeError, "w must hold real numbers"),
        (lambda c: c.cliff_loss(5.0, np.nan), ValueError, "b must be finite, got nan"),
        (lambda c: c.cliff_loss(np.ones(3), np.ones(4)), ValueError, r"w and b must broadcast.* \(3,\) and"),
        (lambda c: c.cliff_loss(5.0, -2.0, 0), ValueError, "T must be at least 1, got 0"),
        (lambda c: c.cliff_loss(5.0, -2.0, 2.5), TypeError, "T must be an integer, got 2.5"),
        (lambda c: c.cliff_loss(5.0, -2.0, h0=1.0), ValueError, "h0 must be between 0 and 1, got 1.0"),
        (lambda c: c.cliff_edge(5.0, h0=0.0), ValueError, "h0 must be between 0 and 1, got 0.0"),
        (lambda c: c.cliff_edge(np.inf), ValueError, "w must be finite, got inf"),
        (lambda c: c.cliff_gradient(5.0, -2.0, target=np.inf), ValueError, "target must be a finite number"),
        (
            lambda c: c.cliff_gradient(1e6, c.cliff_edge(1e6, h0=0.5), 60, h0=0.5),
            FloatingPointError,
            "T = 60 steps exceeds the largest float",
        ),
        (
            lambda c: c.cliff_descent(np.ones(2), -2.0, learning_rate=0.1, updates=3),
            TypeError,
            "w must be a number",
        ),
        (lambda c: c.cliff_descent(5.0, -2.0, learning_rate=0.0, updates=3), ValueError, "learning_rate"),
        (lambda c: c.cliff_descent(5.0, -2.0, learning_rate=0.1, updates=0), ValueError, "updates must"),
        (
            lambda c: c.cliff_descent(5.0, -2.0, learning_rate=0.1, updates=3, clip=-1.0),
            ValueError,
            "clip must",
        ),
        (
            lambda c: c.cliff_descent(4.5, c.cliff_edge(4.5), learning_rate=1e308, updates=9),
            FloatingPointError,
            "diverged at update",
        ),
    ],
)
def test_bad_input(call, error, message):
    raises(error, message, lambda: call(cliff))


def test_either_gradient_may_exceed_the_largest_float():
    """On the edge w ∂h/∂b grows as (w/4)^(T−1) for h0 = 1/2, and ∂h/∂w is half of ∂h/∂b."""
    T = 60
    w = 4 * 10 ** (308 / (T - 1))
    grad_w, grad_b = cliff.cliff_gradient(w, -w / 2, T, h0=0.5)
    assert grad_b == 2 * grad_w == pytest.approx(-1e307, rel=1e-4)
    steep = 4 * 10 ** (308.4 / (T - 1))  # 2.5e308 is no float, its half is one
    for place, target in ((steep, 0.7), (steep, 0.5), (w, -1e4), (4.0, 1.7e308)):
        raises(
            FloatingPointError,
            "^the gradient after T = 60 steps exceeds the largest float$",
            lambda w=place, target=target: cliff.cliff_gradient(w, -w / 2, T, h0=0.5, target=target),
        )
    raises(  # before anything is computed
        ValueError,
        "^learning_rate must be a finite number > 0, got 0.0$",
        lambda: cliff.cliff_descent(steep, -steep / 2, learning_rate=0.0, updates=3, T=T, h0=0.5),
    )


def test_narrow_floats_and_integers_are_computed_in_double_precision():
    w, b = np.array([5, 4, 3]), np.array([-2.5, -2.0, -1.5])
    expected = cliff.cliff_loss(w * 1.0, b, 9)
    gradient = cliff.cliff_gradient(w * 1.0, b, 9)
    for kind in (np.float32, np.int16):
        loss = cliff.cliff_loss(w.astype(kind), b.astype(np.float32), 9)
        assert loss.dtype == np.float64
        np.testing.assert_array_equal(loss, expected)
        np.testing.assert_array_equal(cliff.cliff_gradient(w.astype(kind), b.astype(np.float32), 9), gradient)


def test_the_update_that_diverges_is_told():
    """A place on the edge, where the gradient is as in the closed form and the step too long for a float."""
    w = 40.0
    sentence = "^descent diverged at update 1: the parameters overflowed$"
    settings = {"learning_rate": 1e300, "T": 50, "h0": 0.5}
    raises(FloatingPointError, sentence, lambda: cliff.cliff_descent(w, -w / 2, updates=4, **settings))
    tame = cliff.cliff_descent(w, -w / 2, updates=4, **settings, clip=1.0)
    assert np.isfinite(tame).all()


def test_one_update_is_two_places(core):
    path = core.cliff.cliff_descent(5, -2, learning_rate=0.5, updates=1, T=9)
    assert [len(values) for values in path] == [2, 2, 2, 2]
    gradient = core.cliff.cliff_gradient(5.0, -2.0, 9)
    assert (path.w[1], path.b[1]) == (5.0 - 0.5 * gradient[0], -2.0 - 0.5 * gradient[1])


def test_defaults():
    for function in (cliff.cliff_loss, cliff.cliff_gradient, cliff.cliff_descent, cliff.cliff_edge):
        default = {name: p.default for name, p in inspect.signature(function).parameters.items()}
        assert default["h0"] == SIGMA_HALF
        if function is not cliff.cliff_edge:
            assert (default["T"], default["target"]) == (50, 0.7)
    assert default.keys() == {"w", "h0"}


BOTH = (cliff.cliff_loss, cliff.cliff_gradient)
DESCENT = {"learning_rate": 0.1, "updates": 3}


@pytest.mark.parametrize(
    ("functions", "arguments", "error", "sentence"),
    [
        (BOTH, {"w": "5"}, TypeError, "w must hold real numbers, got dtype <U1"),
        (BOTH, {"b": np.inf}, ValueError, "b must be finite, got inf at index ()"),
        (
            BOTH,
            {"w": np.ones(3), "b": np.ones((2, 4))},
            ValueError,
            "w and b must broadcast, got shapes (3,) and (2, 4)",
        ),
        (BOTH, {"T": 0}, ValueError, "T must be at least 1, got 0"),
        (BOTH, {"T": 2.5}, TypeError, "T must be an integer, got 2.5"),
        (BOTH, {"h0": 0.0}, ValueError, "h0 must be between 0 and 1, got 0.0"),
        (BOTH, {"h0": 1.0}, ValueError, "h0 must be between 0 and 1, got 1.0"),
        (BOTH, {"h0": "a"}, TypeError, "h0 must be a number, got 'a'"),
        (BOTH, {"target": np.inf}, ValueError, "target must be a finite number, got inf"),
        ((cliff.cliff_edge,), {"w": 1j}, TypeError, "w must hold real numbers, got dtype complex128"),
        ((cliff.cliff_edge,), {"h0": 1.5}, ValueError, "h0 must be between 0 and 1, got 1.5"),
        (
            (cliff.cliff_descent,),
            DESCENT | {"learning_rate": 0.0},
            ValueError,
            "learning_rate must be a finite number > 0, got 0.0",
        ),
        ((cliff.cliff_descent,), DESCENT | {"updates": 0}, ValueError, "updates must be at least 1, got 0"),
        (
            (cliff.cliff_descent,),
            DESCENT | {"clip": 0.0},
            ValueError,
            "clip must be a finite number > 0, got 0.0",
        ),
        (
            (cliff.cliff_descent,),
            DESCENT | {"clip": 1e-300},
            ValueError,
            "clip must be at least 1.0e-292 for float64, got 1e-300",
        ),
        ((cliff.cliff_descent,), DESCENT | {"w": "5"}, TypeError, "w must be a number, got '5'"),
        ((cliff.cliff_descent,), DESCENT | {"b": None}, TypeError, "b must be a number, got None"),
    ],
)
def test_bad_arguments_are_refused_word_for_word(functions, arguments, error, sentence):
    for function in functions:
        right = {"w": 5.0} if function is cliff.cliff_edge else {"w": 5.0, "b": -2.0}
        raises(error, f"^{re.escape(sentence)}$", lambda f=function, a=right | arguments: f(**a))
