"""The network that writes: what was stored, and what its first state is."""

import re

import numpy as np
import pytest
from traitlets import TraitError

import rnn_core
from rnn_widgets import WritesExplorer
from rnn_widgets.writes.network import CHECKPOINTS, NETWORK, params_at

CORPUS = rnn_core.example_corpus()
CUT = len(CORPUS) * 9 // 10


def test_the_stored_losses_are_those_of_the_rounded_networks():
    codes = rnn_core.Vocabulary.of(CORPUS).encode(CORPUS)[CUT:]
    x, targets = rnn_core.next_symbol_pair(codes, len(NETWORK["symbols"]))
    for i, stored in enumerate(CHECKPOINTS):
        loss = rnn_core.bptt(params_at(i), x, targets)[0] / len(targets)
        assert loss == pytest.approx(stored["loss"], abs=1e-6)
    losses = [stored["loss"] for stored in CHECKPOINTS]
    assert losses == sorted(losses, reverse=True)


def test_the_first_network_is_the_untrained_one():
    """Rounded to 8 bits: off by half a unit at the most."""
    k, m = len(NETWORK["symbols"]), NETWORK["m"]
    drawn = rnn_core.init_params(k, m, k, rho=0.9, rng=np.random.default_rng(8))
    for array, stored, unit in zip(drawn, params_at(0), CHECKPOINTS[0]["units"], strict=True):
        np.testing.assert_allclose(array, stored, rtol=0, atol=0.501 * unit)


def test_symbols_and_words_are_those_of_the_text():
    assert "".join(rnn_core.Vocabulary.of(CORPUS).symbols) == NETWORK["symbols"]
    assert sorted(set(re.findall(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])", CORPUS[:CUT]))) == NETWORK[
        "words"
    ].split(" ")


def test_what_is_learnt_in_which_order():
    """Spaces after 30 updates, no two of them after 300, and after 10 000 that u follows q."""

    def most_probable(checkpoint, text):
        y = WritesExplorer(checkpoint=checkpoint, text=text).probabilities
        return NETWORK["symbols"][int(y.argmax())], y.max()

    assert [most_probable(i, "the")[0] == " " for i in range(6)] == [False, True, True, True, True, True]
    assert [most_probable(i, " ")[0] == " " for i in range(6)] == [False, True, False, False, False, False]
    assert most_probable(5, "q")[0] == "u"
    assert most_probable(5, "q")[1] > 0.98


def test_what_chapter_1_says_of_the_first_texts():
    """With the settings that the explorer opens with, but for the checkpoint."""
    counts = [(len(one.words), len(one.runs)) for one in (WritesExplorer(checkpoint=i) for i in range(6))]
    assert (counts[0], counts[-1]) == ((0, 5), (9, 20))
    space = NETWORK["symbols"].index(" ")
    second = [WritesExplorer(checkpoint=i, text=" ").probabilities[space] for i in range(6)]
    assert [share < 0.01 for share in second] == [False, False, False, True, True, True]
    u = NETWORK["symbols"].index("u")
    after_q = [WritesExplorer(checkpoint=i, text="q").probabilities[u] for i in range(6)]
    assert [round(float(share), 2) for share in after_q[-2:]] == [0.38, 0.99]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("checkpoint", 6),
        ("checkpoint", -1),
        ("text", "new\nline"),
        ("text", "é"),
        ("text", 41 * "x"),
        ("temperature", 1.51),
        ("temperature", -0.01),
        ("temperature", float("nan")),
        ("seed", 1000),
    ],
)
def test_a_bad_setting_is_refused(setting, value):
    with pytest.raises(TraitError):
        WritesExplorer(**{setting: value})


def test_it_says_in_words_what_is_drawn():
    assert "most probable next character is a space, with 0.730" in WritesExplorer(checkpoint=5).alt_text
    assert "At the beginning its most probable" in WritesExplorer(text="").alt_text
    assert len(WritesExplorer(checkpoint=5).figure().axes) == 3
