"""Hopfield's network in Python, and what its chapter says of it."""

import json
import re

import numpy as np
import pytest
from javascript import room
from traitlets import TraitError

from rnn_widgets import HopfieldExplorer
from rnn_widgets.hopfield.explorer import STEPS, pack, unpack
from rnn_widgets.hopfield.pictures import ORDER, PICTURES, UNITS

vectors = room("hopfield", "vectors")
CELLS = json.loads(vectors.CHAPTER.read_text(encoding="utf-8"))["cells"]
TEXT = "\n".join("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")


def test_the_chapter_says_what_is_to_be_seen():
    form = (
        r"up to (\d+) flipped units of the T are all mended\. "
        r"From (\d+) on, the network ends at the negative, .*"
        r"With (\d+) pictures stored <hopfield: patterns=(\d+), flipped=0, step=(\d+)>` two units leave the T"
    )
    mended, turned, many, patterns, step = map(int, re.search(form, TEXT).groups())
    curve = vectors.curve_case(3, 1)
    assert not any(curve[: mended + 1])
    assert curve[mended + 1] > 0
    assert set(curve[turned:]) == {UNITS}
    assert curve[turned - 1] < UNITS
    between = [wrong for wrong in curve[mended + 1 : turned] if wrong in (0, UNITS)]
    assert len(between) < (turned - mended - 1) / 2, "mostly at neither"
    assert many == patterns
    assert HopfieldExplorer(patterns=patterns, flipped="0", step=step).wrong == 2


def test_the_first_state():
    explorer = HopfieldExplorer()
    assert explorer.wrong == 20
    assert HopfieldExplorer(step=STEPS).wrong == 0
    text = next("".join(cell["source"]) for cell in CELLS if cell["cell_type"] == "markdown")
    assert "Three pictures are stored, a T, a ring and an arrow, and twenty of the hundred units" in text
    (cell,) = [cell for cell in CELLS if cell["source"] == ["HopfieldExplorer()"]]
    assert f"minus {-explorer.energies[0]:.2f} at the start" in cell["metadata"]["mystnb"]["image"]["alt"]


def test_the_weights_and_the_energy():
    rng = np.random.default_rng(6)
    for _ in range(10):
        explorer = HopfieldExplorer(**vectors.drawn(rng))
        weights, state = explorer.weights, explorer.states[-1]
        assert np.array_equal(weights, weights.T)
        assert not weights.diagonal().any()
        np.testing.assert_allclose(
            weights, vectors.hundredfold(explorer.patterns) / UNITS, rtol=0, atol=1e-15
        )
        np.testing.assert_allclose(explorer.fields, weights @ state, rtol=0, atol=1e-12)
        assert explorer.energies[-1] == pytest.approx(-0.5 * state @ weights @ state)
        assert (np.diff(explorer.energies) <= 0).all()


def test_a_unit_without_a_field_stays():
    """At the unit that is asked next the field is zero, and the next state is the same."""
    rng = np.random.default_rng(8)
    ties = 0
    for _ in range(600):
        flipped = pack(rng.random(UNITS) < 0.5)
        explorer = HopfieldExplorer(patterns=int(rng.choice([4, 6])), flipped=flipped)
        if explorer.fields[0] == 0:
            ties += 1
            explorer.step = 1
            assert np.array_equal(explorer.states[0], explorer.states[1])
    assert ties >= 10


def test_the_pictures_are_told_apart():
    assert PICTURES.shape == (16, UNITS)
    assert set(np.unique(PICTURES)) == {-1, 1}
    overlaps = PICTURES @ PICTURES.T - UNITS * np.eye(16, dtype=int)
    assert np.abs(overlaps).max() < 40
    assert sorted(ORDER) == list(range(UNITS))


def test_damage_as_a_text():
    rng = np.random.default_rng(7)
    flipped = rng.random(UNITS) < 0.4
    assert np.array_equal(unpack(pack(flipped)), flipped)
    assert not unpack("").any()
    assert np.flatnonzero(unpack("8001")).tolist() == [0, 15]


@pytest.mark.parametrize(
    "wrong",
    [
        {"patterns": 0},
        {"patterns": 17},
        {"picture": 17},
        {"flipped": "g"},
        {"flipped": 26 * "0"},
        {"step": 501},
    ],
)
def test_settings_are_checked(wrong):
    with pytest.raises(TraitError):
        HopfieldExplorer(**wrong)


def test_the_words_of_the_figure():
    text = HopfieldExplorer(patterns=1, picture=2, flipped="f", step=1).alt_text
    assert text.startswith("Left: the ring on 10 by 10 units.")
    assert "after 1 unit updated, with 1 picture stored" in text
