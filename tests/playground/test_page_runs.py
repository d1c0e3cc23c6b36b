"""Two runs beside each other and ten in a row: what is run, what is counted, and what is said of it."""

import math
from fractions import Fraction
from urllib.parse import unquote

import numpy as np
import pytest
from engines import WORDS, run_program
from pages import ask_page

RECALL = {"task": "recall", "T": 4, "m": 5, "batch": 3, "seed": 11}
EXPLODING = {"cell": "relu", "family": "identity", "rho": 10, "T": 85, "m": 4, "task": "adding", "clip": 0}


@pytest.fixture
def page(tmp_path):
    """Return a function: cases that are asked -> the answers of the page's pure parts."""
    return lambda asked: ask_page(asked, tmp_path)


def test_a_run_in_its_own_worker_is_that_of_the_engine(page):
    runs = [
        {"setup": RECALL, "updates": 37},
        {"setup": {**RECALL, "seed": 12, "cell": "lstm"}, "updates": 20},
        {"setup": {**EXPLODING, "batch": 2}, "updates": 40},
        {"setup": {"T": 0}, "updates": 5},
        {"setup": {"task": "text", "T": 5, "m": 3}, "text": "abcab", "updates": 1},
        {"setup": {**RECALL, "m": 2, "batch": 1}, "updates": 4500},
    ]
    [answers] = page([{"do": "runs", "runs": runs}])
    for run, answer in zip(runs, answers, strict=True):
        if run["setup"].get("T") == 0:
            assert "T must be" in answer["error"]
            continue
        assert answer["hasDetail"]
        assert answer["diverged"] == answer["wentWrong"]
        assert answer["done"] == (run["updates"] if not answer["diverged"] else len(answer["alone"]))
        if answer["done"] <= 2000:
            assert answer["loss"] == answer["alone"]
            assert answer["update"] == list(range(1, answer["done"] + 1))
    assert answers[2]["diverged"]["update"] < 40
    assert answers[0]["alone"] != answers[1]["alone"][:37]
    long = answers[-1]
    assert len(long["loss"]) <= 2000
    assert np.mean(long["loss"][:1000]) == pytest.approx(np.mean(long["alone"][:4000]), rel=1e-12)


def test_the_end_of_a_run_is_its_last_tenth(page):
    record = {
        "update": [*range(1, 12)],
        "per_step": [9, 8, 7, 6, 5, 4, 3, 2, 1, 0.5, 0.25],
        "accuracy": [0, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, None],
    }
    first, three = ({name: values[:n] for name, values in record.items()} for n in (1, 3))
    empty = {name: [] for name in record}
    asked = [{"do": "end", "record": one} for one in (record, first, empty)]
    [end, one, none, blown] = page([*asked, {"do": "end", "record": three, "diverged": {"update": 4}}])
    assert (end["updates"], end["loss"], end["accuracy"]) == (
        11,
        0.375,
        0.5,
    )  # the last two; once nothing was asked
    assert (one["updates"], one["loss"], one["accuracy"]) == (1, 9, 0)
    assert (none["updates"], none["loss"], none["accuracy"]) == (0, None, None)
    assert (blown["loss"], blown["updates"]) == ("Infinity", 3)


ENDS = [
    {"seed": 3, "updates": 50, "loss": 0.4, "accuracy": 0.96, "diverged": None},
    {"seed": 4, "updates": 50, "loss": 0.1, "accuracy": 0.95, "diverged": None},
    {"seed": 5, "updates": 50, "loss": 0.9, "accuracy": 0.5, "diverged": None},
    {"seed": 6, "updates": 12, "loss": 0.2, "accuracy": 1, "diverged": {"update": 13}},
    {"seed": 7, "updates": 50, "loss": 0.2, "accuracy": None, "diverged": None},
]


def test_the_spread_counts_what_reached_and_leaves_out_nothing(page):
    [odd, even] = page(
        [
            {"do": "spread", "ends": ENDS, "wanted": 0.95},
            {"do": "spread", "ends": ENDS[:2], "wanted": 0.96},
        ]
    )
    assert [odd[name] for name in ("count", "median", "least", "greatest", "reached", "diverged")] == [
        5, 0.4, 0.1, "Infinity", 2, 1,
    ]  # fmt: skip
    assert (even["median"], even["reached"]) == (0.25, 1)
    assert "2 of 5 runs reached 95 % right" in odd["words"]
    assert "median 0.4, least 0.1, greatest ∞. 1 diverged" in odd["words"]
    assert "diverged" not in even["words"]
    assert [row[-1] for row in odd["rows"]] == ["yes", "yes", "no", "no", "no"]
    assert odd["rows"][3][2] == "diverged"


def test_pairs_are_counted_by_their_seed(page):
    """A diverged run is above every other; equal ends are nobody's; a seed that only one has is no pair."""
    a = [(1, 0.5), (2, 0.4), (3, None), (4, 0.2), (5, None), (6, 0.0)]
    b = [(2, 0.3), (1, 0.6), (3, 9.0), (4, 0.2), (5, None)]
    [words] = page([{"do": "pairs", "a": a, "b": b}])
    assert words == "With the same seed, A ended with the lower loss in 1 of 5 pairs, B in 2."


def test_where_nothing_is_asked_nothing_is_counted(page):
    [found] = page([{"do": "spread", "ends": [ENDS[4]], "wanted": 0.95}])
    assert "1 runs, in which no answer can be counted as right. Loss" in found["words"]


def test_the_interval_is_clopper_and_pearsons(page):
    """At its ends what was seen, or more of it, has a probability of exactly 2.5 %."""
    counts = [(7, 10), (1, 10), (9, 10), (1, 1), (0, 10), (10, 10), (3, 20)]
    [found] = page([{"do": "intervals", "counts": counts}])
    for (k, n), (low, high) in zip(counts, found, strict=True):

        def probability(of, p, n=n):
            p = Fraction(p)
            return float(sum(math.comb(n, i) * p**i * (1 - p) ** (n - i) for i in of))

        assert (low == 0) if k == 0 else probability(range(k, n + 1), low) == pytest.approx(0.025, rel=1e-6)
        assert (high == 1) if k == n else probability(range(k + 1), high) == pytest.approx(0.025, rel=1e-6)


def test_ten_seeds_are_run_in_turns(page):
    [pairs, last] = page(
        [
            {"do": "turns", "names": ["A", "B"], "first": 5},
            {"do": "turns", "names": ["A"], "first": 2**32 - 2},
        ]
    )
    assert pairs == [[name, seed] for seed in range(5, 15) for name in "AB"]
    assert [seed for _, seed in last] == [2**32 - 2, 2**32 - 1, *range(8)]


DIFFERENT = [
    # set-up of B, more, rows, words that must stand there, words that must not
    ({}, {}, 0, ["the same set-up and the same seed"], ["differ"]),
    ({"seed": 2}, {}, 1, ["Only the seed differs"], ["Both have"]),
    ({"rho": 0.5}, {}, 1, ["One setting differs: Its norm ρ (A 0.95, B 0.5).", "the seed 11."], ["task"]),
    ({"rho": 0.5, "seed": 2}, {}, 2, ["One setting differs", "The seeds differ too (A 11, B 2)."], ["Both"]),
    ({"rho": 0.5, "clip": 2}, {}, 2, ["2 settings differ", "cannot tell"], ["One setting"]),
    ({"forget_bias": 3}, {}, 0, ["the same set-up"], []),  # a plain cell has none
    ({"cell": "lstm", "forget_bias": 3}, {}, 2, ["Forget bias (A –, B 3)"], []),
    ({"T": 9}, {}, 1, ["do not learn the same task"], []),
    ({"layers": 2}, {"changed": True}, 1, ["Layers (A one, B two)", "A was changed in its course"], ["task"]),
]  # fmt: skip


def test_what_differs_is_said_and_no_more(page):
    asked = [{"do": "differences", "a": RECALL, "b": {**RECALL, **b}, **more} for b, more, *_ in DIFFERENT]
    for (b, _, rows, there, not_there), answer in zip(DIFFERENT, page(asked), strict=True):
        assert len(answer["rows"]) == rows, b
        assert "One seed each proves nothing" in answer["words"]
        for words in there:
            assert words in answer["words"], answer["words"]
        for words in not_there:
            assert words not in answer["words"].replace("One seed each", ""), answer["words"]
    text = {"task": "text", "T": 5}
    asked = [{"do": "differences", "a": text, "b": text, "sameText": same} for same in (True, False)]
    same, other = page([*asked, {"do": "line", "setup": {"task": "reber", "cell": "gru", "clip": 0}}])[:2]
    assert "different texts" not in same["words"]
    assert "different texts" in other["words"]


def test_a_set_up_in_a_line_has_what_matters(page):
    lines = page(
        [
            {"do": "line", "setup": {"task": "reber", "cell": "gru", "clip": 0}},
            {"do": "line", "setup": {"forget_bias": 4}},
        ]
    )
    assert lines == [
        "embedded Reber grammar, GRU, Units m 16, Clip at (0: not) 0",
        "recall a cue after T blanks, Blanks T 10, plain, tanh, Units m 16",
    ]


def test_the_link_carries_the_program_that_gives_the_loss_of_the_page(page):
    setup = {
        "task": "parity",
        "T": 6,
        "m": 4,
        "cell": "gru",
        "layers": 2,
        "batch": 2,
        "rate": 1e-7,
        "clip": 0.5,
    }
    [made] = page([{"do": "link", "setup": setup, "updates": 9, "root": "../"}])
    page_address, _, code = made["link"].partition("#code=")
    assert page_address == "../book/try_it.html"
    assert set(code) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!~*'()%")
    assert unquote(code) == made["program"].rstrip()
    assert run_program(unquote(code)) == pytest.approx(WORDS.get(made["loss"], made["loss"]), rel=1e-8)
