"""The clipping explorer's JavaScript against rnn_core, and deliberate faults that it must show."""

import pytest
from javascript import assert_fault_is_found, assert_passes

MODULES = ("cliff/model.js",)


@pytest.mark.parametrize("seed", [1, pytest.param(0, marks=pytest.mark.thorough)])
def test_javascript_agrees_with_rnn_core(seed, vectors):
    assert_passes("cliff/model", vectors("cliff", seed))


@pytest.mark.parametrize("part", ["words", "route", "relief", "labels"])
def test_javascript_says_and_draws_what_follows_from_the_numbers(part):
    assert_passes(f"cliff/{part}")


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
    "largest of the start": ("largest: Math.max(...norms)", "largest: norms[0]"),
    "both descents clipped": ("[walk(Infinity), walk", "[walk(settings.clip), walk"),
    "all updates, whatever is chosen": ("updates: k }", "updates: settings.updates }"),
    "more updates than there are": ("Math.min(update, updates)", "update"),
    "apart one update later": ("? k : first", "? k : first + 1"),
    "apart from the start": ("first < 0 ? k : first", "0"),
    "the gradient before the last": ("norm: norms.at(-1)", "norm: norms.at(-2) ?? 0"),
    "the gradient at the last place counted as used": ("norms.slice(0, -1)", "norms"),
    "used ones for all": ("largest: Math.max(...norms)", "largest: Math.max(0, ...used)"),
    "shortened, where they are as long": ("norm > clip).length", "norm >= 0.5 * clip).length"),
    "shortened in the other descent": (
        "problem, clip);\n  const [without",
        "problem, settings.clip);\n  const [without",
    ),
    "the gradient after the map was left": ("norms[leaves - 1]", "norms[leaves]"),
    "a cliff too soon": ("T >= 9", "T >= 8"),
    "a cliff too late": ("T >= 9", "T >= 10"),
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


@pytest.mark.parametrize("fault", MUTANTS.values(), ids=MUTANTS)
def test_fault_is_found(fault, vectors, tmp_path):
    assert_fault_is_found("cliff/model", MODULES, (MODULES[0], *fault), vectors("cliff", 1), tmp_path)
