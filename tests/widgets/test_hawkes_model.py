"""The Hawkes explorer's JavaScript against rnn_core, and deliberate faults that this comparison must find."""

import json

import make_hawkes_vectors
import pytest
from test_jacobian_model import FRONTEND, run_node


@pytest.fixture(scope="module", params=[0, 1])
def vectors(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "vectors.json"
    path.write_text(json.dumps(make_hawkes_vectors.make_vectors(request.param)), encoding="utf-8")
    return path


def test_javascript_agrees_with_rnn_core(vectors):
    result = run_node(vectors, FRONTEND, "hawkes_model")
    assert result.returncode == 0, result.stdout + result.stderr


def test_javascript_says_what_follows_from_the_numbers(tmp_path):
    result = run_node(tmp_path, FRONTEND, "hawkes_words")
    assert result.returncode == 0, result.stdout + result.stderr


MUTANTS = {
    "proposals in other units": ("const TICKS = 10_000;", "const TICKS = 10_001;"),
    "heights at the lower edge": ("(level + 0.5)", "level"),
    "kernel without β when thinning": ("left + alpha * beta;", "left + alpha;"),
    "events forgotten when thinning": ("excited = left + alpha", "excited = alpha"),
    "no decay when thinning": ("excited * Math.exp(-beta * (times[i] - last))", "excited"),
    "proposals above λ kept": ("heights[i] >= mu + left", "heights[i] >= mu + left + alpha"),
    "window never ends": ("&& times[i] <= end", ""),
    "state that jumps before it decays": (" + 1));", ") + Math.exp(-beta * t));"),
    "state without jumps": ("?? 0))) + 1)", "?? 0))))"),
    "intensity without β": ("mu + alpha * beta * R *", "mu + alpha * R *"),
    "intensity grows": ("Math.exp(-beta * elapsed)", "Math.exp(beta * elapsed)"),
    "compensator without μ": ("mu * elapsed - alpha", "-alpha"),
    "compensator times β": ("elapsed - alpha * R", "elapsed - alpha * beta * R"),
    "event in its own intensity": ("rate(process, R[i], gap)", "rate(process, R[i + 1], 0)"),
    "state of the event itself": ("increase(process, R[i], gap)", "increase(process, R[i + 1], gap)"),
    "survival after the last event forgotten": (
        "total + increase(process, R.at(-1), end",
        "total + 0 * (end",
    ),
    "survival not subtracted": ("sumLog - atEnd }", "sumLog }"),
    "window not from the last event": ("end - (events.at(-1) ?? 0)", "end"),
    "Poisson of rate μ": ("mu: mu / (1 - alpha), alpha: 0", "mu, alpha: 0"),
    "β doubled": ("beta: beta / 2", "beta: beta * 2"),
    "β not forgotten": ("alpha: alpha / beta", "alpha"),
    "events and no order": ("[...values].sort((a, b) => a - b)", "[...values]"),
    "quantiles shifted": ("(i + 0.5) / n", "i / n"),
    "distance on one side": ("below - i / n", "0"),
    "distance on the other side": ("(i + 1) / n - below", "0"),
    "limit at 10 %": ("1.358", "1.224"),
    "expected number as if it had always run": (
        " + ((meanRate - mu) * Math.expm1(-speed * end)) / speed",
        "",
    ),
    "speed without α": ("const speed = beta * (1 - alpha);", "const speed = beta;"),
    "model in place of the truth": (
        "const truth = explain(process,",
        "const truth = explain(modelOf(settings),",
    ),
    "always the first draw": ("draws[draw]", "draws[0]"),
    "ceiling never reached": ("ceilingReached: peak > CEILING", "ceilingReached: false"),
    "peak before the jump": ("rate(process, R, 0)), mu)", "rate(process, R - 1, 0)), mu)"),
}


@pytest.fixture(scope="module")
def mutant_vectors(tmp_path_factory):
    path = tmp_path_factory.mktemp("vectors") / "vectors.json"
    path.write_text(json.dumps(make_hawkes_vectors.make_vectors(2)), encoding="utf-8")
    return path


@pytest.mark.parametrize(("original", "fault"), MUTANTS.values(), ids=MUTANTS)
def test_fault_is_found(original, fault, mutant_vectors, tmp_path):
    source = (FRONTEND / "hawkes_model.js").read_text(encoding="utf-8")
    assert source.count(original) == 1
    (tmp_path / "hawkes_model.js").write_text(source.replace(original, fault), encoding="utf-8")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    result = run_node(mutant_vectors, tmp_path, "hawkes_model")
    assert result.returncode != 0, "the fault was not found"
    # Found by a comparison, not because the faulty program would not start.
    assert "ERR_ASSERTION" in result.stdout
    assert "✔ there are enough cases" in result.stdout
