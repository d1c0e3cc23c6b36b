"""The numbers on the page *Why gradients vanish, in twenty minutes*: each is computed here."""

import re
from pathlib import Path

import numpy as np
import pytest

from rnn_core import norm_bound, spectral_norm, spectral_radius
from rnn_widgets import (
    CircleExplorer,
    ClippingExplorer,
    JacobianExplorer,
    LatchExplorer,
    LitTextExplorer,
    UnrolledExplorer,
)

FILE = Path(__file__).resolve().parents[2] / "book" / "twenty_minutes.md"
PAGE = re.sub(r"\s+", " ", FILE.read_text(encoding="utf-8"))
NUMBER = r"(\d[\d.]*\d|\d)"


def said(pattern):
    """The numbers in the one sentence of the page that has this form."""
    (found,) = re.findall(pattern.replace("#", NUMBER), PAGE)
    return [float(number) for number in ([found] if isinstance(found, str) else found)]


def test_fifty_factors():
    assert "half a per cent is left" in PAGE
    (less,) = said(r"Multiply # by itself fifty times, and half a per cent is left\.")
    assert less**50 == pytest.approx(0.005, abs=2e-4)
    (more, many) = said(r"Multiply # by itself fifty times, and it is #\.")
    assert round(more**50) == many


def test_the_lit_text():
    rho, back, larger = said(r"With \$\\rho=#\$ all is dark from # letters back; \{state\}`with ρ = # <lit")
    assert LitTextExplorer().rho == rho
    assert LitTextExplorer().reach == back
    assert (LitTextExplorer(rho=larger).light >= 0.01).all()


def test_the_unit():
    w, left = said(r"With \$w=#\$ the unit forgets: after twenty letters \$c\$ its state is #\.")
    explorer = LatchExplorer()
    assert explorer.w == w
    assert explorer.letters == "a" + 20 * "c"
    assert explorer.states[-1] == pytest.approx(left, abs=5e-4)
    w, held = said(r"\{state\}`With w = # <latch: w=3>` it stays near # for as long")
    states = LatchExplorer(w=w, letters="a" + 59 * "c").states
    assert states[-1] == pytest.approx(held, abs=5e-4)
    assert said(r"\$#\\,\(1-0\.995\^2\)\$ is #\.") == [w, round(w * (1 - states[-1] ** 2), 2)]
    weak = np.prod(0.9 * (1 - explorer.states[2:] ** 2))
    firm = np.prod(w * (1 - LatchExplorer(w=w).states[2:] ** 2))
    assert firm < weak


def test_the_steps_back_of_the_pencil_network():
    explorer = UnrolledExplorer()
    (weight, factor) = said(
        r"The weight is #, and each slope is \$\\tfrac34\$: a step back multiplies by \$#\$"
    )
    slopes = [1 - explorer.values[f"h{t}"] ** 2 for t in (1, 2, 3)]
    assert explorer.W_hh == weight
    assert slopes == pytest.approx([0.75] * 3)
    assert weight * slopes[0] == pytest.approx(factor)


def test_the_circle():
    W = CircleExplorer().W
    once, many = said(
        r"One step makes the longest half axis # long; \{state\}`after twelve <circle: steps=12>` it is #\."
    )
    assert spectral_norm(W) == pytest.approx(once, abs=5e-3)
    assert spectral_norm(np.linalg.matrix_power(W, 12)) == pytest.approx(many, abs=5e-4)
    norm, radius = said(r"the \*norm\* of \$W\$, here #\. .* eigenvalue, here #, says")
    assert (norm, radius) == (once, pytest.approx(spectral_radius(W)))


def test_the_plane():
    (product,) = said(r"\{state\}`With γρ = # and larger inputs <jacobian: rho=1\.2, input_scale=1>`")
    assert JacobianExplorer().gamma * 1.2 == product
    assert "the bound has grown to 56 000 after sixty steps" in PAGE
    assert norm_bound(1.0, product, 60) == pytest.approx(56_000, rel=0.01)
    assert "fallen to three millionths" in PAGE
    larger = JacobianExplorer(rho=1.2, input_scale=1.0)
    assert np.exp(larger.log_norms[60]) == pytest.approx(3e-6, rel=0.05)
    assert larger.input_scale > JacobianExplorer().input_scale
    linear = JacobianExplorer(rho=1.2, activation="linear")
    np.testing.assert_allclose(linear.log_norms, linear.log_bound, atol=1e-9)
    np.testing.assert_allclose(linear.W_hh @ linear.W_hh.T, 1.44 * np.eye(linear.m), atol=1e-9)


def test_the_cliff():
    update, length = said(r"the update # meets a gradient of length # and is thrown off the map")
    explorer = ClippingExplorer()
    path = explorer.without_clipping
    assert explorer.leaves_map(path) == update
    assert path.grad_norm[int(update) - 1] == pytest.approx(length, abs=0.05)
    assert explorer.leaves_map(explorer.with_clipping) is None
