"""The engine against rnn_core: the same numbers for the same set-up, and something sensible for others."""

import base64
import json
import math
from dataclasses import asdict

import cases
import numpy as np
import pytest
from engines import ENGINE, WORDS, ask, assert_close, flat, run_program

from rnn_core import Batch, lag_contributions, load_checkpoint
from rnn_core.gated import init_gru, init_lstm
from rnn_core.params import init_params
from rnn_core.tasks import reber_critical_errors
from rnn_playground import Generator, Setup, gradient_of, make_task, run, start
from rnn_playground import setup as fields
from rnn_playground.measures import lag_shares
from rnn_playground.start import assembled, layers_of


@pytest.fixture
def answers(tmp_path):
    """Return a function: cases that are asked -> the engine's answers."""
    return lambda asked: ask(asked, tmp_path)[0]


@pytest.mark.parametrize(
    "kind",
    ["random", "draw", "accuracy", "start", "gradient", "measure", "norm", "prediction", "change"],
)
def test_the_engine_has_the_numbers_of_rnn_core(kind, answers):
    given = list(getattr(cases, f"{kind}_cases")())
    assert len(given) >= 3
    for i, (case, answer) in enumerate(zip(given, answers([c.asked for c in given]), strict=True)):
        assert_close(answer, case.expected, case.tolerance, f"{kind} {i} {json.dumps(case.asked)[:300]}")


def test_gradients_are_the_same_where_there_is_no_webassembly(tmp_path):
    given = [*cases.gradient_cases(), *cases.measure_cases()]
    for i, (case, answer) in enumerate(
        zip(given, ask([c.asked for c in given], tmp_path, plain=True)[0], strict=True)
    ):
        assert_close(answer, case.expected, case.tolerance, f"{i} {json.dumps(case.asked)[:300]}")


def test_fifty_updates_are_those_of_rnn_core(answers):
    given = list(cases.training_cases(50))
    setups = list(cases.training_setups())
    for name in ("cell", "task", "layers", "optimizer"):
        assert len({getattr(setup, name) for setup in setups}) == len(
            {"layers": (1, 2)}.get(name, fields.WORDS.get(name, ()))
        )
    assert any(case.expected["clipped"].any() for case in given)
    for i, (case, answer) in enumerate(zip(given, answers([c.asked for c in given]), strict=True)):
        assert_close(answer, case.expected, case.tolerance, f"training {i} {json.dumps(case.asked)[:300]}")


def test_norms_and_clipping_survive_the_ends_of_the_range(answers):
    given = list(cases.odd_numbers())
    for case, answer in zip(given, answers([c.asked for c in given]), strict=True):
        assert_close(answer, case.expected, case.tolerance, str(case.asked))


def test_spectra_are_those_of_numpy(answers):
    given = list(cases.matrices())
    asked = [{"do": "spectra", "matrix": A.ravel().tolist(), "m": len(A)} for A in given]
    for A, answer in zip(given, answers(asked), strict=True):
        scale = max(float(np.abs(A).max()), 1e-300)
        assert_close(
            [v / scale for v in answer["singular"]],
            np.linalg.svd(A, compute_uv=False) / scale,
            1e-12,
            str(A.shape),
        )
        found = (np.array(answer["re"]) + 1j * np.array(answer["im"])) / scale
        for value in np.linalg.eigvals(A / scale):
            nearest = np.abs(found - value).argmin()
            assert abs(found[nearest] - value) < 2e-11 * len(A), A.shape
            found = np.delete(found, nearest)


def test_spectra_of_what_is_not_finite_or_defective(answers):
    jordan = np.eye(4) + np.eye(4, k=1)
    bad, defective = answers(
        [
            {"do": "spectra", "matrix": [1e308, 1e308, 1e308, 1e308], "m": 2},
            {"do": "spectra", "matrix": jordan.ravel().tolist(), "m": 4},
        ]
    )
    assert len(bad["re"]) == 2
    assert defective["re"] == pytest.approx([1.0] * 4, abs=1e-3)  # of a root of order four no more is known


def test_the_starts_are_those_of_rnn_core_where_it_has_them():
    for cell, init in [("tanh", init_params), ("lstm", init_lstm), ("gru", init_gru)]:
        setup = Setup(cell=cell, m=5, forget_bias=0.0 if cell == "gru" else 1.5, rho=0.8)
        more = {"forget_bias": 1.5} if cell == "lstm" else {}
        expected = init(4, 5, 2, rho=0.8, rng=Generator(0, 0), **more)
        for ours, theirs in zip(start(setup), expected, strict=True):
            assert ours is theirs is None or np.array_equal(ours, theirs)


def test_the_lag_shares_are_those_of_equation_12():
    setup = Setup(task="agreement", T=9, m=5)
    params, batch = start(setup), make_task(setup).draw(1, Generator(0, 2))
    terms = lag_contributions(params, batch.x[:, 0], batch.targets[:, 0])
    norms = np.array([np.linalg.norm(sum(terms[t, t - lag] for t in range(lag, 9))) for lag in range(9)])
    assert lag_shares(setup, params, batch)[0] == pytest.approx(norms / norms.sum(), rel=1e-12)


@pytest.mark.parametrize(
    ("cell", "layers", "task"), [("lstm", 2, "reber"), ("gru", 2, "text"), ("gru", 2, "adding")]
)
@pytest.mark.parametrize("window", [0, 4])
def test_the_gradient_of_gated_stacks_is_that_of_differences(cell, layers, task, window):
    """rnn_core has no such stack: what is put together of its parts is held against differences."""
    setup = Setup(task=task, T=9, cell=cell, layers=layers, m=3, batch=2, seed=5, window=window)
    params, made = start(setup, cases.TEXT), make_task(setup, cases.TEXT)
    batch = made.draw(2, Generator(5, 1))
    gradient, whole = gradient_of(setup, cases.TEXT), gradient_of(cases.replace(setup, window=0), cases.TEXT)
    loss, grads = gradient(params, batch)
    assert loss == pytest.approx(whole(params, batch)[0], rel=1e-12)
    if window:
        assert not np.allclose(flat(grads), flat(whole(params, batch)[1]))
        return
    layer, step = layers_of(params)[0], 1e-6
    for name, place in [("W_hh", (4, 1)), ("W_hx", (2, 0)), ("b_h", (5,))]:
        losses = []
        for sign in (1, -1):
            moved = getattr(layer, name).copy()
            moved[place] += sign * step
            below = layer._replace(**{name: moved})
            changed = assembled(setup, [below, *layers_of(params)[1:]], params.W_yh, params.b_y)
            losses.append(whole(changed, batch)[0])
        by = getattr(layers_of(grads)[0], name)[place]
        assert by == pytest.approx((losses[0] - losses[1]) / (2 * step), abs=1e-7)


def test_the_bits_are_those_of_xoshiro():
    """What the authors' own program, version 1.1, gives for the state 1, 2, 3, 4."""
    rng = Generator(0)
    rng.words = [1, 2, 3, 4]
    assert [rng.word() for _ in range(6)] == [11520, 0, 5927040, 70819200, 2031721883, 1637235492]


def test_the_generator_is_uniform_and_normal():
    rng = Generator(7, 1)
    uniform, normal, dice = rng.random(20000), rng.standard_normal(20000), rng.integers(0, 6, 12000)
    assert abs(uniform.mean() - 0.5) < 0.01
    assert abs(uniform.var() - 1 / 12) < 0.003
    assert abs(normal.mean()) < 0.03
    assert abs(normal.var() - 1) < 0.04
    assert abs((normal**4).mean() - 3) < 0.2
    assert np.bincount(dice).min() > 1800
    assert not np.isin(Generator(7, 0).random(100), uniform).any()
    assert [Generator(3).integers(5), Generator(3).integers(0, 4, endpoint=True)] == [
        Generator(3).integers(0, 5)
    ] * 2


def test_accuracy_of_reber_is_that_of_its_checker():
    setup = Setup(task="reber", batch=50)
    made, rng = make_task(setup), np.random.default_rng(0)
    batch = made.draw(50, Generator(0, 1))
    o = rng.random((*batch.x.shape[:2], 7)) + 0.3 * np.eye(7)[batch.targets]
    o[batch.lengths[0] - 2, 0] = 1.0  # a tie
    assert made.accuracy(o, batch) == pytest.approx(1 - reber_critical_errors(o, batch))
    assert (
        make_task(Setup(task="agreement", T=2)).accuracy(
            np.zeros((2, 1, 14)), Batch(o, np.zeros((2, 1), int))
        )
        is None
    )


def test_the_floor_of_the_grammar_tends_to_its_entropy_rate():
    from rnn_core import agreement_grammar, entropy_rate

    near, far = make_task(Setup(task="agreement", T=100)), make_task(Setup(task="agreement", T=200))
    assert (far.floor - near.floor) / 100 == pytest.approx(entropy_rate(agreement_grammar()), rel=2e-3)
    assert far.chance > far.floor


ODD = {
    "m=1": {"m": 1, "layers": 2, "cell": "lstm"},
    "T=1": {"T": 1},
    "T=1 of a grammar": {"T": 1, "task": "agreement"},
    "T=1 of a text": {"T": 1, "task": "text"},
    "rate 0": {"rate": 0, "cell": "gru"},
    "rate 0 by descent": {"rate": 0, "optimizer": "sgd"},
    "rho 0": {"rho": 0},
    "no inputs": {"input_scale": 0, "optimizer": "sgd"},  # Adam would make steps of the rounding
    "a batch of one": {"batch": 1, "task": "reber"},
    "window 1": {"window": 1, "cell": "lstm", "task": "parity"},
    "window beyond the end": {"window": 200, "cell": "gru"},
    "the largest seed": {"seed": 4294967295},
}


@pytest.mark.parametrize("name", ODD)
def test_odd_settings_run_alike(name, answers):
    setup = Setup(**{"m": 4, "T": 5, "batch": 2, **ODD[name]})
    records = list(run(setup, 6, cases.TEXT))
    expected = {"theta": flat(records[-1].params), "loss": np.array([record.loss for record in records])}
    trained, state = answers(
        [cases.asking("train", setup, updates=6), cases.asking("state", setup, updates=6)]
    )
    assert_close(trained, expected, 1e-9, name)
    assert state["detail"]["T"] >= 1
    if setup.rate == 0:
        assert_close(trained, {"theta": flat(start(setup))}, 1e-12, name)


@pytest.mark.parametrize("text", ["a", "👍", "👍🏽é👍", "\n", "ab" * 40, '"""\\"', "\ufeffx\u2028"])
def test_odd_texts_run_alike(text, answers):
    setup = Setup(task="text", T=4, m=3, batch=2)
    records = list(run(setup, 5, text))
    asked = [
        {"setup": asdict(setup), "text": text, "updates": 5, "do": do}
        for do in ("train", "exported", "state")
    ]
    trained, exported, state = answers(asked)
    assert_close(trained, {"theta": flat(records[-1].params)}, 1e-9, text)
    assert run_program(exported["program"]) == pytest.approx(records[-1].loss, rel=1e-8, abs=1e-12)
    if len(set(text)) == 1:
        assert state["loss"] == 0.0
        assert state["chance"] == 0.0


def test_a_text_is_needed(answers):
    [answer] = answers([{"do": "train", "setup": {"task": "text"}, "text": "", "updates": 1}])
    assert answer["expected"]
    assert "character" in answer["error"]
    with pytest.raises(ValueError, match="character"):
        make_task(Setup(task="text"), "")


EXPLODING = [
    {"cell": "relu", "rho": 10, "T": 200, "family": "identity", "clip": 0, "task": "parity"},
    {
        "cell": "relu",
        "rho": 10,
        "T": 160,
        "family": "identity",
        "optimizer": "sgd",
        "clip": 0,
        "task": "agreement",
    },
    {
        "cell": "relu",
        "rho": 9,
        "T": 80,
        "layers": 2,
        "optimizer": "sgd",
        "clip": 0,
        "rate": 1,
        "task": "adding",
    },
    {"cell": "relu", "rho": 10, "T": 30, "optimizer": "sgd", "clip": 0, "rate": 1e6, "task": "adding"},
    {"cell": "relu", "rho": 10, "T": 85, "family": "identity", "task": "adding", "clip": 0},
]


@pytest.mark.parametrize("given", EXPLODING, ids=lambda given: f"{given['task']} {given['T']}")
def test_an_explosion_is_said_and_not_thrown(given, answers):
    setup = Setup(**{"m": 4, "batch": 2, **given})
    asked = [cases.asking(do, setup, updates=40) for do in ("train", "state", "exported")]
    trained, state, exported = answers(asked)
    assert trained["diverged"]["what"] in ("loss", "gradient", "square", "parameters")
    assert trained["diverged"]["update"] == trained["done"] + 1 <= 40
    assert len(list(run(setup, 40))) == trained["done"]
    assert np.isfinite([WORDS.get(v, v) for v in trained["theta"]]).all()
    assert state["diverged"] == trained["diverged"]
    assert "error" not in exported


@pytest.mark.parametrize("cell", ["tanh", "relu", "lstm", "gru"])
@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
def test_a_rate_of_a_million_is_survived(cell, optimizer, answers):
    setup = Setup(cell=cell, optimizer=optimizer, rate=1e6, m=4, T=6)
    trained, state = answers([cases.asking(do, setup, updates=30) for do in ("train", "state")])
    assert trained["done"] == 30 or trained["diverged"]["update"] == trained["done"] + 1
    assert math.isfinite(state["loss"]) or state["update"] == 0
    assert "error" not in state


@pytest.mark.parametrize(
    "setup", list(cases.training_setups())[::5], ids=lambda s: f"{s.cell} {s.task} {s.layers}"
)
def test_files_and_programs_repeat_the_run(setup, answers, tmp_path):
    updates = 12
    [exported] = answers([cases.asking("exported", setup, updates=updates)])
    params = [record.params for record in run(setup, updates, cases.TEXT)][-1]
    assert run_program(exported["program"]) == pytest.approx(exported["loss"][-1], rel=1e-8)
    opened = []
    for file in exported["files"]:
        path = tmp_path / file["name"]
        path.write_bytes(base64.b64decode(file["bytes"]))
        opened.append(load_checkpoint(path))
    gated_stack = setup.layers == 2 and setup.cell in ("lstm", "gru")
    assert len(opened) == (2 if gated_stack else 1)
    for checkpoint in opened:
        assert_close(checkpoint.history.loss.tolist(), np.array(exported["loss"]), 0.0, "loss")
        state = checkpoint.history.optimizer_state
        assert (state is not None) == (setup.optimizer == "adam")
        assert state is None or state.step == updates
        assert state is None or all(
            np.abs(array).max() > 0 for array in flat_arrays(state.square, gated_stack)
        )
    if gated_stack:
        low, high = opened
        assert np.array_equal(low.params.W_yh, np.eye(setup.m))
        found = assembled(
            setup, [*layers_of(low.params), *layers_of(high.params)], high.params.W_yh, high.params.b_y
        )
    else:
        assert type(opened[0].params) is type(params)
        found = opened[0].params
    assert_close(exported["theta"], flat(found), 0.0, "theta")
    assert len(exported["csv"].splitlines()) == updates + 1


def flat_arrays(tree, gated_stack):
    """Yield the arrays of one model; the lower of two gated layers has no output that moves."""
    for layer in layers_of(tree):
        yield layer.W_hx
    if not gated_stack:
        yield tree.W_yh


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("cell", fields.CELLS)
@pytest.mark.parametrize("layers", [1, 2])
def test_programs_repeat_what_was_done_in_the_course_of_a_run(optimizer, cell, layers, answers):
    setup = {"task": "parity", "T": 6, "m": 4, "batch": 2, "cell": cell, "layers": layers}
    deeds = [
        {"zero": [1, 0], "before": 0},
        {"change": {"rate": 0, "clip": 0}},
        {"change": {"rate": 0.05, "window": 2}},
        {"zero": [2, layers - 1]},
        {"change": {"T": 9}, "before": 0},
    ]
    [given] = answers(
        [{"do": "exported", "setup": {**setup, "optimizer": optimizer}, "updates": 5, "deeds": deeds}]
    )
    assert len(given["loss"]) == 20
    assert run_program(given["program"]) == pytest.approx(given["loss"][-1], rel=1e-8)


def test_a_program_of_a_run_that_does_not_move(answers):
    setup = {"m": 4, "T": 5, "rate": 0}
    [given] = answers([{"do": "exported", "setup": setup, "updates": 3}])
    assert run_program(given["program"]) == pytest.approx(given["loss"][-1], rel=1e-12)


def test_a_long_text_is_a_file_beside_the_program(answers, tmp_path, monkeypatch):
    text = "a\r\nb — 👍c" * 500
    setup = {"task": "text", "m": 3, "T": 4}
    [given] = answers([{"do": "exported", "setup": setup, "text": text, "updates": 2}])
    assert text[:5] not in given["program"]
    [_, file] = given["files"]
    monkeypatch.chdir(tmp_path)
    (tmp_path / file["name"]).write_bytes(base64.b64decode(file["bytes"]))
    assert run_program(given["program"]) == pytest.approx(given["loss"][-1], rel=1e-8)


def test_a_unit_that_was_zeroed_stays_silent(answers):
    asked = [
        {
            "do": "broken",
            "setup": {"cell": cell, "layers": 2, "m": 5},
            "unit": 3,
            "layer": layer,
            "updates": 7,
        }
        for cell in fields.CELLS
        for layer in (0, 1)
    ]
    for case, answer in zip(asked, answers(asked), strict=True):
        h = np.array(answer["state"]).reshape(-1, 5)
        assert (h[:, 3] == 0).all(), case
        assert (np.delete(h, 3, axis=1) != 0).any()
        before, after = np.array(answer["before"]), np.array(answer["after"])
        silent = before == 0
        assert silent.sum() >= 11
        assert ((after == 0) == silent).mean() > 0.9
        assert (after != before).any()
        assert answer["events"] == [{"update": 7, "zero": {"unit": 3, "layer": case["layer"]}}]
    refused = answers(
        [
            {"do": "broken", "setup": {}, "unit": unit, "layer": layer, "updates": 1}
            for unit, layer in ((16, 0), (-1, 0), (0.5, 0), (0, 1))
        ]
    )
    assert all(answer["expected"] for answer in refused)


@pytest.mark.parametrize("optimizer", ["sgd", "adam"])
@pytest.mark.parametrize("task", ["reber", "adding", "text"])
def test_from_a_checkpoint_the_run_goes_on_as_it_did(optimizer, task, answers):
    setup = Setup(task=task, T=8, m=5, batch=2, optimizer=optimizer, cell="lstm")
    [answer] = answers([cases.asking("restored", setup, updates=8, others={"rate": 0.5, "T": 12})])
    assert answer["back"] == 8
    assert answer["rate"] == setup.rate
    assert answer["again"] == answer["whole"] == answer["fresh"]


def test_set_ups_and_their_texts_are_the_same_in_both(answers):
    [found] = answers([{"do": "fields"}])
    assert found["USUAL"] == asdict(Setup())
    assert found["LIMITS"] == {name: list(rule) for name, rule in fields.LIMITS.items()}
    assert found["WORDS"] == {name: list(words) for name, words in fields.WORDS.items()}
    assert found["LEAST_T"] == fields.LEAST_T
    setups = [
        Setup(),
        Setup(rate=1e-7, rho=0.1 + 0.2, clip=1e6, seed=4294967295),
        Setup(rate=0.00001, forget_bias=-2.5, task="text", cell="relu"),
        Setup(rate=0.0, input_scale=1.0000000000000002, family="nonnormal", window=3),
        *cases.training_setups(),
    ]
    texts = [setup.to_text() for setup in setups]
    assert texts[0] == ""
    assert answers([{"do": "text", "setup": asdict(setup)} for setup in setups]) == texts
    assert answers([{"do": "setup", "text": text} for text in texts]) == [asdict(setup) for setup in setups]
    assert [Setup.from_text(text) for text in texts] == setups


BAD = ["T=0", "T=201", "T=1.5", "m=0", "m=x", "layers=3", "rho=-1", "rho=nan", "rate=1e7", "rate=", "seed=-1"]
BAD += [
    "cell=rnn",
    "task=",
    "what=1",
    "seed=4294967296",
    "clip=inf",
    "T=9&task=order",
    "T=1&task=adding",
    "rho=0x1",
]


def test_bad_set_ups_are_refused_in_both(answers):
    for text, answer in zip(BAD, answers([{"do": "setup", "text": text} for text in BAD]), strict=True):
        assert answer.get("expected"), text
        name = text.split("=")[0]
        assert name in answer["error"]
        with pytest.raises(ValueError, match=name):
            Setup.from_text(text)


def test_no_dom_and_nothing_from_elsewhere():
    for path in ENGINE.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        assert "document." not in source, path.name
        code = [line for line in source.splitlines() if not line.startswith("//")]
        assert not any("http" in line or "fetch(" in line for line in code), path.name
        assert len(source.splitlines()) <= 260, path.name
