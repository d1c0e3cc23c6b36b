"""The tables of studies compare like with like: pairs differ in one respect, and every run has its twin."""

import csv
import importlib
import sys
from collections import Counter

import numpy as np
import pytest
from tiny_study import EXPERIMENTS

sys.path.insert(0, str(EXPERIMENTS))
learnability, trial = (importlib.import_module(name) for name in ("learnability", "trial"))

PAIRS = [
    ("tanh", "tanh small inputs", "W_hx"),
    ("IRNN", "IRNN small inputs", "W_hx"),
    ("LSTM bias 1", "LSTM bias 3", "b_h"),
    ("GRU bias 0", "GRU bias 3", "b_h"),
]


def rows(name):
    with (EXPERIMENTS / name).open(newline="") as file:
        return list(csv.DictReader(file))


def starts(study, model):
    """The parameters that a model starts with, in this study."""
    rng = np.random.default_rng(0)
    return study.start(model, 6, 4, rng) if study is learnability else study.start(model, rng)


@pytest.mark.parametrize("study", [learnability, trial], ids=["learnability", "trial"])
@pytest.mark.parametrize(("one", "other", "name"), PAIRS)
def test_the_models_of_a_pair_differ_in_one_array(study, one, other, name):
    first, second = starts(study, one), starts(study, other)
    differ = [
        field
        for field, a, b in zip(first._fields, first, second, strict=True)
        if a is not None and not np.array_equal(a, b)
    ]
    assert differ == [name]


def test_learnability_runs_every_model_with_and_without_clipping_on_the_same_seeds():
    table = rows("learnability.csv")
    arguments = [
        tuple(row[key] for key in ("task", "T", "optimizer", "rate", "model", "seed")) for row in table
    ]
    assert set(Counter(arguments).values()) == {2}
    assert {(*key, clip) for key in arguments for clip in "01"} == {
        (*key, row["clipped"]) for key, row in zip(arguments, table, strict=True)
    }
    settings = Counter((row["task"], row["T"], row["optimizer"]) for row in table)
    models = len({row["model"] for row in table})
    assert models == len(learnability.MODELS)
    seeds = {setting: count // (2 * models) for setting, count in settings.items()}
    assert seeds == {
        ("temporal order", "20", "Adam"): 5,
        ("temporal order", "20", "SGD"): 5,
        ("temporal order", "40", "Adam"): 20,
        ("temporal order", "40", "SGD"): 20,
        ("adding", "30", "SGD"): 20,
        ("adding", "30", "Adam"): 10,
    }
    assert [row["solved"] == "1" for row in table] == [
        row["error"] != "" and float(row["error"]) < 0.01 for row in table
    ]


def test_the_windows_of_the_trial_divide_its_length():
    table = rows("trial.csv")
    cut = [row for row in table if row["window"] != "0"]
    assert cut
    assert all((int(row["delay"]) + 1) % int(row["window"]) == 0 for row in cut)
    assert set(Counter((row["model"], row["delay"], row["window"]) for row in table).values()) == {20}


def test_a_row_of_the_trial_comes_out_again():
    """A short one, so that the script and its table stay together."""
    noted = next(r for r in rows("trial.csv") if (r["model"], r["delay"]) == ("tanh small inputs", "20"))
    result = trial.run("tanh small inputs", 20, 0, int(noted["seed"]))
    assert result["passed"] == int(noted["passed"]) == 1
    assert result["updates"] == pytest.approx(int(noted["updates"]), abs=2)
    assert result["left_before"] == pytest.approx(float(noted["left_before"]), rel=1e-4)
