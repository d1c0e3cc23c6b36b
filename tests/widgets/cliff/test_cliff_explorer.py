"""The clipping explorer as a Python object: its settings, its descents, and what a notebook stores of it."""

import numpy as np
import pytest
from javascript import measure

from rnn_core import cliff
from rnn_widgets import ClippingExplorer

GENERIC = {"w": 4.53, "b": -2.61, "learning_rate": 0.23, "clip": 0.37, "updates": 19, "T": 33}


@pytest.mark.parametrize("clipped", [False, True])
def test_descents_are_those_of_the_settings(clipped):
    explorer = ClippingExplorer(**GENERIC)
    path = explorer.with_clipping if clipped else explorer.without_clipping
    w, b = 4.53, -2.61
    for i in range(20):
        assert (path.w[i], path.b[i]) == pytest.approx((w, b), rel=1e-9)
        assert path.loss[i] == pytest.approx(cliff.cliff_loss(w, b, 33), rel=1e-7)
        grad = np.array(cliff.cliff_gradient(w, b, 33))
        norm = np.linalg.norm(grad)
        assert path.grad_norm[i] == pytest.approx(norm, rel=1e-7)
        step = 0.23 * grad * (min(1.0, 0.37 / norm) if clipped else 1.0)
        w, b = w - step[0], b - step[1]
    assert path.grad_norm.max() > 0.37  # so that clipping makes a difference


def test_leaves_map():
    path = cliff.CliffPath(
        np.array([5.0, 6.0, 6.01, 5.0]), np.array([-2.0, -1.0, -1.5, -4.0]), np.zeros(4), np.zeros(4)
    )
    assert ClippingExplorer.leaves_map(path) == 2
    assert ClippingExplorer.leaves_map(cliff.CliffPath(*(values[:2] for values in path))) is None
    for name, value in (("w", 2.9), ("b", -3.51), ("b", -0.9)):
        off = path._replace(**{name: np.array([getattr(path, name)[0], value, -2.0, -2.0])})
        assert ClippingExplorer.leaves_map(off) == 1


def test_the_defaults_tell_the_story():
    """Thrown off the map without clipping, and a small loss with it, although its gradients are as long."""
    explorer = ClippingExplorer()
    without, clipped = explorer.without_clipping, explorer.with_clipping
    assert explorer.leaves_map(without) is not None
    assert explorer.leaves_map(clipped) is None
    assert without.loss[-1] > 100 * clipped.loss[-1]
    assert clipped.grad_norm.max() > 20


def test_the_state_alone_is_enough_to_draw(tmp_path):
    """The JSON that a page stores, measured by the page's program, gives what Python measures."""
    explorer = ClippingExplorer(**GENERIC)
    explorer.set_state({"w": 4.41, "clip": 0.61})  # a change from the browser
    measured = measure(explorer, "cliff/model.js", "(name) => state[name], state", tmp_path)
    for name, path in (("without", explorer.without_clipping), ("clipped", explorer.with_clipping)):
        for key, values in (("w", path.w), ("b", path.b), ("loss", path.loss), ("norm", path.grad_norm)):
            np.testing.assert_allclose([place[key] for place in measured[name]["path"]], values, rtol=1e-7)
        assert measured[name]["leaves"] == explorer.leaves_map(path)
        assert measured[name]["largest"] == pytest.approx(path.grad_norm.max(), rel=1e-7)


def test_what_is_shown_ends_at_the_chosen_update():
    explorer = ClippingExplorer(**GENERIC, update=7)
    for shown, whole in zip(explorer.shown, (explorer.without_clipping, explorer.with_clipping), strict=True):
        for part, values in zip(shown, whole, strict=True):
            np.testing.assert_array_equal(part, values[:8])
    assert [len(path.w) for path in ClippingExplorer(**GENERIC, update=200).shown] == [20, 20]
    assert [len(path.w) for path in ClippingExplorer(update=0).shown] == [1, 1]
    assert "7 of 19 updates are shown. " in explorer.alt_text
    assert "1 of 19 updates is shown. " in ClippingExplorer(**GENERIC, update=1).alt_text
    assert "No update yet" in ClippingExplorer(update=0).alt_text


def test_one_descent_alone():
    for paths, label, other in (("unclipped", "without", "with"), ("clipped", "with", "without")):
        explorer = ClippingExplorer(**GENERIC, paths=paths)
        surface, norms = explorer.figure().axes
        labels = {line.get_label() for line in [*surface.lines, *norms.lines]}
        assert f"{label} clipping" in labels
        assert f"{other} clipping" not in labels
        assert "A descent starts" in explorer.alt_text
        assert explorer.alt_text.endswith(f" {label} clipping.")


def test_figure_shows_the_present_state():
    explorer = ClippingExplorer(**GENERIC)
    explorer.b = -2.57
    surface, norms = explorer.figure().axes
    paths = {line.get_label(): line for line in surface.lines}
    lengths = {line.get_label(): line for line in norms.lines}
    for label, path in (
        ("with clipping", explorer.with_clipping),
        ("without clipping", explorer.without_clipping),
    ):
        np.testing.assert_array_equal(paths[label].get_xydata(), np.transpose([path.w, path.b]))
        np.testing.assert_array_equal(lengths[label].get_ydata(), path.grad_norm)
    assert "b = -2.57" in explorer.alt_text
    assert f"on a log scale: at most {explorer.without_clipping.grad_norm.max():.3g}" in explorer.alt_text


def test_the_picture_in_words_has_a_cliff_where_there_is_one():
    w, b = np.linspace(3, 6, 151), np.linspace(-3.5, -1, 1251)
    for T in (*range(1, 13), 20, 50, 100):
        longest = np.hypot(*cliff.cliff_gradient(w[:, None], b, T)).max()
        words = ClippingExplorer(T=T, updates=1).alt_text
        assert ("ends in a cliff, with gradients longer than 10" in words) == (longest > 10), (T, longest)
        assert ("without a cliff, since no gradient on the map is longer than 10" in words) == (longest <= 10)
