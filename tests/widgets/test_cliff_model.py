"""The clipping explorer's JavaScript against rnn_core, and deliberate faults that it must show."""

import json

import make_cliff_vectors
import pytest
from test_jacobian_model import FRONTEND, run_node

MODULE = "cliff_model.js"


@pytest.fixture(scope="module", params=[0, 1])
def vectors(request, tmp_path_factory):
    return write(tmp_path_factory, request.param)


def write(tmp_path_factory, seed):
    path = tmp_path_factory.mktemp("vectors") / "vectors.json"
    path.write_text(json.dumps(make_cliff_vectors.make_vectors(seed)), encoding="utf-8")
    return path


def test_javascript_agrees_with_rnn_core(vectors):
    result = run_node(vectors, FRONTEND, "cliff_model")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize("part", ["words", "route"])
def test_javascript_says_and_draws_what_follows_from_the_numbers(part, tmp_path):
    result = run_node(tmp_path, FRONTEND, f"cliff_{part}")
    assert result.returncode == 0, result.stdout + result.stderr


MUTANTS = {
    "sigmoid turned around": ("Math.exp(-a)", "Math.exp(a)"),
    "one step too few": ("let h_b = 0;\n  for (let t = 0;", "let h_b = 0;\n  for (let t = 1;"),
    "slope of the step before": ("const slope = next * (1 - next);", "const slope = h * (1 - h);"),
    "immediate derivative of the next state": (
        "h_w = slope * (h + w * h_w);",
        "h_w = slope * (next + w * h_w);",
    ),
    "recurrent path of the bias dropped": ("h_b = slope * (1 + w * h_b);", "h_b = slope;"),
    "loss without its square": ("loss: error * error", "loss: error"),
    "gradient without its factor 2": ("[2 * error * h_w, 2 * error * h_b]", "[error * h_w, error * h_b]"),
    "derivatives swapped": ("[2 * error * h_w, 2 * error * h_b]", "[2 * error * h_b, 2 * error * h_w]"),
    "each entry clipped": (
        "w: w - learning_rate * (grad_w * scale)",
        "w: w - learning_rate * Math.min(clip, Math.max(-clip, grad_w))",
    ),
    "clipped too late": ("norm > clip ?", "norm > 2 * clip ?"),
    "always clipped": ("norm > clip ? clip / norm : 1", "clip === Infinity ? 1 : clip / norm"),
    "uphill": ("b: b - learning_rate", "b: b + learning_rate"),
    "one update too few": ("i <= updates", "i < updates"),
    "last time on the map": ("path.findIndex(({ w, b }) =>", "path.findLastIndex(({ w, b }) =>"),
    "map's height ignored": (" || !inside(b, b_range)", ""),
    "largest of the start": ("Math.max(...path.map(({ norm }) => norm))", "path[0].norm"),
    "both descents clipped": (
        "descend(settings, Infinity, problem)",
        "descend(settings, settings.clip, problem)",
    ),
    "levels off the map at the wrong edge": (
        "level < value(bottom) ? bottom : top",
        "level < value(bottom) ? top : bottom",
    ),
    "bisection that loses its upper half": (
        "    locate(value, [middle, atMiddle], [high, atHigh], levels, crossings);\n",
        "",
    ),
    "no interpolation": ("low + ((high - low) * (level - atLow)) / (atHigh - atLow)", "low"),
    "surface that stops too soon": ("const SETTLED = 1e-12;", "const SETTLED = 1e-3;"),
    "surface of one step too few": (
        "let h = h0;\n  for (let t = 0; t < T; t++) {\n    const next = sigmoid(w * h + b);\n    if",
        "let h = h0;\n  for (let t = 1; t < T; t++) {\n    const next = sigmoid(w * h + b);\n    if",
    ),
}


@pytest.fixture(scope="module")
def mutant_vectors(tmp_path_factory):
    return write(tmp_path_factory, 2)


@pytest.mark.parametrize(("original", "fault"), MUTANTS.values(), ids=MUTANTS)
def test_fault_is_found(original, fault, mutant_vectors, tmp_path):
    (tmp_path / "package.json").write_text('{"type": "module"}')
    source = (FRONTEND / MODULE).read_text(encoding="utf-8")
    assert source.count(original) == 1
    (tmp_path / MODULE).write_text(source.replace(original, fault), encoding="utf-8")
    result = run_node(mutant_vectors, tmp_path, "cliff_model")
    assert result.returncode != 0, "the fault was not found"
    # Found by a comparison, not because the faulty program would not start.
    assert "ERR_ASSERTION" in result.stdout
    assert "✔ there are enough cases" in result.stdout
