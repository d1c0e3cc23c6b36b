"""The explorer as a Python object: its settings, its measurements, and what a notebook stores of it."""

import numpy as np
import pytest
from javascript import measure

import rnn_core
from rnn_widgets import JacobianExplorer
from rnn_widgets.jacobian.draws import FAMILIES
from rnn_widgets.jacobian.explorer import ACTIVATIONS

GENERIC = {"gamma": 1.17, "rho": 1.31, "strength": 1.7, "input_scale": 0.63, "draw": 1}


def generic(**settings):
    return JacobianExplorer(m=7, T=19, draws=3, rng=np.random.default_rng(5), **{**GENERIC, **settings})


def test_bad_sizes():
    for name in ("m", "T"):
        for value in (0, -2, 2.5, True):
            with pytest.raises(ValueError, match=rf"^{name} must be a positive integer, got {value}"):
                JacobianExplorer(**{name: value})
    with pytest.raises(ValueError, match="T must be at most 400, got 401"):
        JacobianExplorer(T=401)


def test_each_matrix_has_the_norm_it_should():
    for family in FAMILIES:
        for strength in (0.0, 1.3):
            W = generic(family=family, strength=strength).W_hh
            assert rnn_core.spectral_norm(W) == pytest.approx(1.31, rel=1e-13)
    assert not np.allclose(generic(draw=0).W_hh, generic(draw=1).W_hh)
    assert not np.allclose(generic(family="nonnormal").W_hh, generic(family="nonnormal", strength=0.4).W_hh)


@pytest.mark.parametrize("family", FAMILIES)
def test_spectral_radius(family):
    explorer = generic(family=family)
    assert explorer.spectral_radius == pytest.approx(rnn_core.spectral_radius(explorer.W_hh), rel=1e-8)


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_log_norms_are_those_of_the_written_out_recurrence(activation):
    explorer = generic(activation=activation, family="gaussian")
    gamma, W, draw = explorer.gamma, explorer.W_hh, explorer.draws[1]
    value = {
        "tanh": lambda a: np.tanh(gamma * a),
        "linear": lambda a: gamma * a,
        "relu": lambda a: gamma * np.maximum(a, 0.0),
    }[activation]
    slope = {
        "tanh": lambda a: gamma / np.cosh(gamma * a) ** 2,
        "linear": lambda a: gamma * np.ones_like(a),
        "relu": lambda a: gamma * (a > 0),
    }[activation]
    h, product, expected = np.array(draw["h0"]), np.eye(7), [0.0]
    for u in np.reshape(draw["drive"], (19, 7)):
        a = W @ h + 0.63 * u
        h, product = value(a), np.diag(slope(a)) @ W @ product
        expected.append(np.log(np.linalg.norm(product, 2)))
    np.testing.assert_allclose(explorer.log_norms, expected, rtol=0, atol=1e-10)
    assert explorer.decay_rate == pytest.approx(np.linalg.norm(product, 2) ** (1 / 19), rel=1e-10)
    below = [lag for lag, value in enumerate(expected) if value < np.log(0.01)]
    assert explorer.lag_below_one_percent == (below[0] if below else None)
    lag = np.arange(20)
    np.testing.assert_allclose(explorer.log_bound, lag * np.log(1.17 * 1.31), rtol=1e-13)
    np.testing.assert_allclose(explorer.log_radius, lag * np.log(1.17 * explorer.spectral_radius), rtol=1e-13)


@pytest.mark.parametrize("family", FAMILIES)
def test_the_state_alone_is_enough_to_draw(family, tmp_path):
    """The JSON that a page stores, measured by the page's program, gives what Python measures."""
    explorer = generic(family=family)
    explorer.set_state({"rho": 0.83, "activation": "relu"})  # a change from the browser
    measured = measure(explorer, "jacobian/model.js", "state.draws, state", tmp_path)
    np.testing.assert_allclose(measured["logNorms"], explorer.log_norms, rtol=0, atol=1e-10)
    assert measured["rate"] == pytest.approx(explorer.decay_rate, rel=1e-10)
    assert measured["lagBelow"] == explorer.lag_below_one_percent
    assert measured["bound"] == explorer.gamma * 0.83
    assert measured["radius"] == pytest.approx(explorer.gamma * explorer.spectral_radius, rel=1e-12)


def test_the_radius_is_called_a_bound_where_it_is_one():
    for family, strength, named in (
        ("orthogonal", 0.0, "the bound too"),
        ("symmetric", 0.0, "the bound too"),
        ("gaussian", 0.0, "not a bound"),
        ("nonnormal", 0.0, "the bound too"),
        ("nonnormal", 0.5, "not a bound"),
    ):
        explorer = generic(family=family, strength=strength)
        bounds = np.linalg.norm(explorer.W_hh, 2) <= explorer.spectral_radius * (1 + 1e-9)
        assert bounds == (named == "the bound too")
        labels = [line.get_label() for line in explorer.figure().axes[1].lines]
        assert any(label.endswith(named) for label in labels)
        assert ("which here is the bound too" in explorer.alt_text) == bounds


def test_figure_shows_the_present_state():
    explorer = generic()
    explorer.rho = 0.77
    plane, decay = explorer.figure().axes
    curves = {line.get_label(): line.get_ydata() for line in decay.lines}
    np.testing.assert_allclose(curves["measured"] * np.log(10), explorer.log_norms)
    point = plane.lines[-1]
    assert (point.get_xdata()[0], point.get_ydata()[0]) == (1.17, 0.77)
    assert "γρ = 0.90" in explorer.alt_text
    assert "γρ = 0.90 < 1: the influence must vanish in the end." in explorer.alt_text
    explorer.rho, explorer.gamma = 0.95, 1.05
    assert "γρ = 0.9975 < 1" in explorer.alt_text
    assert "γρ = 0.9975" in {text.get_text() for text in explorer.figure().axes[0].texts}
    explorer.gamma = 0.0  # a zero product has log-norm −inf
    explorer.figure().canvas.draw()
