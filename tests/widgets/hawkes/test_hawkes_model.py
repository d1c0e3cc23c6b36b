"""The Hawkes explorer's JavaScript against rnn_core, and deliberate faults that this comparison must find."""

import pytest
from javascript import assert_fault_is_found, assert_passes

MODULES = ("hawkes/model.js",)


@pytest.mark.parametrize("seed", [0, 1])
def test_javascript_agrees_with_rnn_core(seed, vectors):
    assert_passes("hawkes/model", vectors("hawkes", seed))


def test_javascript_says_what_follows_from_the_numbers():
    assert_passes("hawkes/words")


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
    "limit of one gap as of many": ("if (n === 1) return 0.975;", ""),
    "the model rejected in place of the truth": (
        "ksDistance(quantiles(truth.rescaled)",
        "ksDistance(quantiles(model.rescaled)",
    ),
    "mean not brought to 1": ("value / mean", "value"),
    "spread about 0": ("(value - 1) ** 2", "value ** 2"),
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


@pytest.mark.parametrize("fault", MUTANTS.values(), ids=MUTANTS)
def test_fault_is_found(fault, vectors, tmp_path):
    assert_fault_is_found("hawkes/model", MODULES, (MODULES[0], *fault), vectors("hawkes", 2), tmp_path)
