"""What the explorers say, in all their settings: every sentence is held against what is true there.

The settings are a grid over all controls and 10 000 more at random. The truth is computed in truth_*.py, the
sentences are those of the explorers' JavaScript, and the Python side must say the same.
"""

import importlib
import json
import shutil
from typing import Any, NamedTuple

import numpy as np
import pytest
from javascript import FRONTEND, HERE, run_node
from truth import UntrueError

EXPLORERS = ("jacobian", "cliff", "hawkes")
AT_RANDOM = 10_000
# How many settings rounding may decide, of those where a network or a descent multiplies it at each step.
OTHERWISE = {"jacobian": 0.01, "cliff": 0.12, "hawkes": 0.0}


class Sweep(NamedTuple):
    """All settings of an explorer, what is true there, and the folder in which sweep.mjs finds them."""

    truth: Any
    settings: list
    facts: list
    measured: list
    folder: Any


def run_sweep(task, explorer, folder, modules=FRONTEND):
    result = run_node(str(HERE / "sweep.mjs"), task, explorer, str(folder), RNN_FRONTEND=str(modules))
    assert result.returncode == 0, result.stdout + result.stderr


def read(folder, name):
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=EXPLORERS)
def explorer(request):
    return request.param


@pytest.fixture(scope="module")
def sweeps(tmp_path_factory):
    """Return a function: the name of an explorer -> its sweep."""
    known = {}

    def sweep(explorer):
        if explorer not in known:
            known[explorer] = make_sweep(explorer, tmp_path_factory.mktemp(explorer))
        return known[explorer]

    return sweep


def make_sweep(explorer, folder):
    truth = importlib.import_module(f"truth_{explorer}")
    settings, carried = truth.settings(AT_RANDOM, np.random.default_rng(3)), truth.carried()
    (folder / "settings.json").write_text(
        json.dumps({"settings": settings, "carried": carried}), encoding="utf-8"
    )
    run_sweep("measure", explorer, folder)
    measured = read(folder, "measured")
    facts = list(truth.facts(settings, carried, *([measured] if explorer == "hawkes" else [])))
    otherwise = [i for i, numbers in enumerate(measured) if not truth.agrees(facts[i], numbers)]
    assert len(otherwise) <= OTHERWISE[explorer] * len(settings), f"{len(otherwise)} of {len(settings)}"
    truth.assert_sensitive([settings[i] for i in otherwise], [facts[i] for i in otherwise], carried)
    for i in otherwise:
        facts[i] = truth.as_measured(facts[i], measured[i])
    return Sweep(truth, settings, facts, measured, folder)


def assert_true(sweep, said):
    for each, fact, words in zip(sweep.settings, sweep.facts, said, strict=True):
        try:
            sweep.truth.check(each, fact, words)
        except UntrueError as error:
            raise UntrueError(f"{error}\n  at {each}\n  it says: {words}\n  it is: {fact}") from None
        except (AttributeError, TypeError, ValueError) as error:
            raise AssertionError(f"not understood at {each}: {words}") from error


def test_every_sentence_is_true(explorer, sweeps):
    sweep = sweeps(explorer)
    run_sweep("say", explorer, sweep.folder)
    assert_true(sweep, read(sweep.folder, "said"))


def test_python_says_the_same(explorer, sweeps):
    sweep = sweeps(explorer)
    run_sweep("say", explorer, sweep.folder)
    for each, numbers, said in zip(sweep.settings, sweep.measured, read(sweep.folder, "said"), strict=True):
        mine = sweep.truth.python_words(each, numbers)
        assert mine == {name: said[name] for name in mine}, each


# An untrue condition: the explorer's modules, what stands there, and what to put in its place.
MUTANTS = {
    "jacobian": {
        "the radius as a cause for any φ": (
            "words",
            'if (activation === "linear") {',
            "if (radius < 0.99) {",
        ),
        "the radius as a cause if it is below the bound": (
            "words",
            'if (activation === "linear") {',
            "if (radius / measured.bound < meanSlope / gamma) {",
        ),
        "γρ = 1.00 < 1": ("format", 'if (isOne(value) || value.toFixed(2) !== "1.00") return', "return"),
        "nearly 1 taken for 1": ("format", "Math.abs(value - 1) < 1e-9", "Math.abs(value - 1) < 0.002"),
        "1 taken for less": ("format", "Math.abs(value - 1) < 1e-9", "Math.abs(value - 1) < 0"),
        "below where it is above": ("format", 'value < 1 ? "<" : ">"', 'value > 1 ? "<" : ">"'),
        "just below where it is above": ("format", 'value < 1 ? "just below', 'value > 1 ? "just below'),
        "must for may": ("words", 'return bound < 1 ? "must" : "may"', 'return bound < 1.2 ? "must" : "may"'),
        "vanished at another size": (
            "words",
            "if (last < Math.log(FALLEN)) return",
            "if (last < Math.log(2 * FALLEN)) return",
        ),
        "vanished once, not at the end": (
            "words",
            "const last = logNorms[T];",
            "const last = Math.min(...logNorms);",
        ),
        "explodes when it grows": ("words", "last > -Math.log(FALLEN)", "last > 0"),
        "it does, always": (
            "words",
            'if (result !== "fallen") return `${must}',
            "if (false) return `${must}",
        ),
        "zero unsaid": ("words", "const first = logNorms.indexOf(-Infinity);", "const first = -1;"),
        "zero too late": ("words", "exactly 0 from lag ${first} on", "exactly 0 from lag ${first + 1} on"),
        "share of the active units": ("words", "percent(1 - share)", "percent(share)"),
        "slope not of γ": ("words", "const share = meanSlope / gamma;", "const share = meanSlope;"),
        "slopes of 0 for tanh": ("words", 'activation === "relu" && ', ""),
        "100 % that is less": ("format", "if (rounded === 100 && !isOne(share))", "if (false)"),
        "as it was, when it changed": ("words", "return isOne(rate) ?", "return rate > 0.99 ?"),
        "a limit from what is seen": (
            "words",
            'radius < 1 ? "vanish"',
            'outcome(measured) !== "grown" ? "vanish"',
        ),
        "a radius of 1 decides": ("words", 'if (isOne(radius)) return "";', ""),
        "the bound for the radius": ("words", 'radius < 1 ? "vanish"', 'measured.bound < 1.2 ? "vanish"'),
        "more for less": ("words", 'if (result === "grown") return', 'if (result !== "fallen") return'),
        "for good": ("words", "value >= Math.log(FALLEN)", "value >= 0"),
        "the radius always a bound": ("words", "radius >= bound * (1 - 1e-9)", "radius >= 0"),
        "the radius never a bound": ("words", "radius >= bound * (1 - 1e-9)", "radius > bound * 1.1"),
        "a bound nearly": ("words", "radius >= bound * (1 - 1e-9)", "radius >= bound * 0.995"),
    },
    "cliff": {
        "never acts, by the first gradient": (
            "words",
            "clipped.shortened === 0",
            "clipped.used <= 1.2 * clip",
        ),
        "acts, by the last gradient": ("words", "clipped.shortened === 0", "without.largest <= clip"),
        "lower or higher when equal": ("words", "if (plain === cut) return", "if (false) return"),
        "equal when they are near": (
            "words",
            "if (plain === cut) return",
            "if (Math.abs(without.loss - clipped.loss) < 1e-4) return",
        ),
        "higher for lower": ("words", "clipped.loss < without.loss ?", "clipped.loss > without.loss ?"),
        "the other's loss": (
            "words",
            "it ends at ${lossText(clipped.loss)}",
            "it ends at ${lossText(without.loss)}",
        ),
        "the longest of the other path": (
            "words",
            "const longest = digits(used);",
            "const longest = digits(2 * used);",
        ),
        "not longer, in the digits shown": (
            "words",
            "Number(longest) > Number(clip.toFixed(2))",
            "used > clip",
        ),
        "one gradient, the longest": ("words", 'count === 1 ? "" :', 'count === 0 ? "" :'),
        "stays though it leaves": (
            "words",
            "if (clipped.leaves !== null) return `${gone}",
            "if (false) return `${gone}",
        ),
        "leaves where the other does": (
            "words",
            "the descent leaves it too, at update ${clipped.leaves}",
            "the descent leaves it too, at update ${without.leaves}",
        ),
        "stays, by the first update": ("words", "without.leaves === null ?", "without.leaves !== 1 ?"),
        "all updates but one": ("words", 'counted(updates, "update")', 'counted(updates - 1, "update")'),
        "zero told apart": ("words", "const LEAST = 1e-12;", "const LEAST = 1e-9;"),
        "two significant digits": ("words", "toPrecision(3)", "toPrecision(2)"),
        "ηc without η": ("words", "learning_rate * clip", "clip"),
    },
    "hawkes": {
        "rejected at another limit": (
            "words",
            "distance !== null && distance > limit",
            "distance !== null && distance > 0.9 * limit",
        ),
        "clusters, though the level is wrong": ("words", "if (distance <= limit) {", "if (false) {"),
        "the limit of a known rate": ("model", "0.2 / n + 1.094", "0.2 / n + 1.35"),
        "the level, though it is right": (
            "words",
            "Math.abs(events.length - atEnd) > 1.96 * Math.sqrt(atEnd)",
            "true",
        ),
        "the level of one side": ("words", "Math.abs(events.length - atEnd) >", "events.length - atEnd >"),
        "by chance, above the ceiling": ("words", "if (ceilingReached) {", "if (false) {"),
        "true though it is wrong": ("words", "if (alpha === 0) return", "if (alpha < 0.02) return"),
        "wrong though it is true": ("words", "if (alpha === 0) return", "if (alpha < 0) return"),
        "β near 1": ("words", "isOne(beta)", "Math.abs(beta - 1) < 0.06"),
        "too little for too much": ("words", "beta > 1 ?", "beta < 1 ?"),
        "the truth not asked": ("words", "measured.truthRejected ?", "false ?"),
        "the level of the process": (
            "words",
            "model.atEnd.toFixed(1)} events",
            "(1.1 * model.atEnd).toFixed(1)} events",
        ),
        "above for below": ("words", 'lost > 0 ? "below"', 'lost < 0 ? "below"'),
        "0.0 nats below": ("words", 'if (shown === "0.0") return', "if (false) return"),
        "equal in the digits shown": ("format", "while (places < 6 && ", "while (places < 3 && "),
        "passes though it is rejected": (
            "words",
            "if (!rejected(measured)) return `${same}",
            "if (true) return `${same}",
        ),
    },
}
CASES = [(explorer, name) for explorer, faults in MUTANTS.items() for name in faults]


@pytest.mark.parametrize(("name", "fault"), CASES, ids=[f"{name}: {fault}" for name, fault in CASES])
def test_untrue_condition_is_found(name, fault, sweeps, tmp_path):
    sweep = sweeps(name)
    module, original, replacement = MUTANTS[name][fault]
    for path in (
        *FRONTEND.glob(f"{name}_words.js"),
        *FRONTEND.glob(f"{name}_model.js"),
        FRONTEND / "format.js",
        FRONTEND / "linalg.js",
    ):
        shutil.copy(path, tmp_path)
    (tmp_path / "package.json").write_text('{"type": "module"}')
    path = tmp_path / (f"{name}_{module}.js" if module != "format" else "format.js")
    source = path.read_text(encoding="utf-8")
    assert source.count(original) == 1
    path.write_text(source.replace(original, replacement), encoding="utf-8")
    for data in ("settings.json", "measured.json"):
        (tmp_path / data).symlink_to(sweep.folder / data)
    run_sweep("say", name, tmp_path, tmp_path)
    with pytest.raises(UntrueError):
        assert_true(sweep, read(tmp_path, "said"))
