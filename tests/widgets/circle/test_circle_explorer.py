"""The circle as a Python object: its settings and what it measures."""

import base64

import numpy as np
import pytest
from traitlets import TraitError

from rnn_widgets import CircleExplorer


def test_columns_and_norms():
    explorer = CircleExplorer(first=[0.7, -0.2], second=[1.3, 0.4], steps=5)
    np.testing.assert_array_equal(explorer.W, [[0.7, 1.3], [-0.2, 0.4]])
    expected = [np.linalg.norm(np.linalg.matrix_power(explorer.W, t), 2) for t in range(13)]
    np.testing.assert_allclose(explorer.norms, expected, rtol=1e-12)
    assert explorer.spectral_norm == pytest.approx(expected[1])
    assert explorer.spectral_radius == pytest.approx(np.abs(np.linalg.eigvals(explorer.W)).max())


@pytest.mark.parametrize(
    ("name", "value"),
    [("first", [1.6, 0.0]), ("second", [0.0]), ("first", [float("nan"), 0.0]), ("steps", 13), ("steps", 1.5)],
)
def test_bad_setting(name, value):
    explorer = CircleExplorer()
    before = explorer.settings
    with pytest.raises(TraitError):
        setattr(explorer, name, value)
    assert explorer.settings == before


def test_picture_and_words_are_of_the_present_state():
    explorer = CircleExplorer(steps=3)
    for first, longest in (([0.8, 0.0], "is 1.86"), ([0.0, 0.0], "is 0.483")):
        explorer.first = first
        data, _ = explorer._repr_mimebundle_()
        assert longest in data["text/plain"] == explorer.alt_text
        assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
        curves = [line.get_ydata() for line in explorer.figure().axes[1].lines]
        np.testing.assert_allclose(curves[0], explorer.norms)
