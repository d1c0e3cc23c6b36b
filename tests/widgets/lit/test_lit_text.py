"""The lit text's numbers in Python: against differences of the loss; what the welcome page says of them."""

import re
from pathlib import Path

import numpy as np
import pytest

import rnn_core
from rnn_widgets import LitTextExplorer
from rnn_widgets.lit.text import ALPHABET, READ, UNREAD, letter

WELCOME = (Path(__file__).parents[3] / "book" / "welcome.md").read_text(encoding="utf-8")
ONE_HOT = np.eye(len(ALPHABET))[[ALPHABET.index(one) for one in READ]]


def loss_from(params, state, back):
    """The loss at the next letter when the state that many letters before the last is set."""
    rest = ONE_HOT[len(READ) - back :]
    last = rnn_core.forward(params, rest, h0=state).h[-1] if back else state
    logits = params.W_yh @ last
    return np.log(np.exp(logits).sum()) - logits[ALPHABET.index(UNREAD[0])]


@pytest.mark.parametrize("rho", [0.6, 0.9, 1.3])
@pytest.mark.parametrize("draw", [0, 1, 2])
def test_the_light_is_the_gradient_of_the_loss(rho, draw):
    """By central differences, each the size of its loss."""
    explorer = LitTextExplorer(rho=rho, draw=draw)
    params, h = explorer.params, rnn_core.forward(explorer.params, ONE_HOT).h
    step = 1e-5

    def length(back):
        state = h[len(READ) - back]
        pairs = [(state + step * unit, state - step * unit) for unit in np.eye(len(state))]
        gradient = [
            (loss_from(params, up, back) - loss_from(params, down, back)) / (2 * step) for up, down in pairs
        ]
        return np.linalg.norm(gradient)

    for back in (1, 3, 10):
        assert length(back) / length(0) == pytest.approx(explorer.light[back], rel=1e-5)


@pytest.mark.parametrize("rho", [0.3, 1.0, 1.6])
def test_the_recurrent_matrix_has_the_norm_that_is_set(rho):
    for draw in range(3):
        explorer = LitTextExplorer(rho=rho, draw=draw)
        assert rnn_core.spectral_norm(explorer.params.W_hh) == pytest.approx(rho, rel=1e-12)
        bound = rnn_core.norm_bound(rnn_core.TANH.gamma, rho, np.arange(len(READ)))
        assert np.all(explorer.light <= bound * (1 + 1e-12))


def test_the_welcome_page_says_what_is_seen_at_first():
    explorer = LitTextExplorer()
    assert (explorer.rho, explorer.reach, len(READ)) == (0.9, 22, 60)
    assert np.all(explorer.light[22:] < 0.01)
    assert "nine tenths at the most, all is dark from 22 letters back" in WELCOME
    keys = [len(READ) - 1 - i for i in range(*explorer.text["word"])]
    assert [letter(back) for back in keys] == [f"the {one} of “keys”" for one in "keys"]
    assert max(explorer.light[keys]) < 1e-5
    assert re.search(r"less than a\s+hundred-thousandth", WELCOME)
    assert min(keys) > 50
    assert re.search(r"over fifty letters", WELCOME)


def test_letters_are_called_by_their_words():
    assert (letter(0), letter(1), letter(59)) == (
        "the space after “hall”",
        "the l of “hall”",
        "the T of “The”",
    )


def test_the_same_generator_gives_the_same_networks():
    assert LitTextExplorer().networks == LitTextExplorer().networks
    one, other = (LitTextExplorer(rng=np.random.default_rng(5)) for _ in range(2))
    assert one.networks == other.networks != LitTextExplorer().networks


def test_it_says_in_words_what_is_drawn():
    assert "the d of “old”, 22 letters back" in LitTextExplorer().alt_text
    assert "No letter gets less than a hundredth" in LitTextExplorer(rho=1.4).alt_text
    assert len(LitTextExplorer().figure().axes) == 2
