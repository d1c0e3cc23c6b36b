"""The example corpus: frozen, plain, and made of prose."""

import hashlib
import sys
from pathlib import Path

import pytest

from rnn_core import example_corpus

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import snapshot_corpus

SHA256 = "3f0fc23e6d1ce560a3077c32dc3ce0bccc702e1504033664122428691c6e6e4b"


def test_the_corpus_is_the_frozen_one():
    assert hashlib.sha256(example_corpus().encode()).hexdigest() == SHA256


def test_the_corpus_is_plain_text():
    text = example_corpus()
    assert text.isascii()
    assert not set(text) & set("$\\{}`|")
    assert len(text) > 15_000


@pytest.mark.parametrize(
    ("markdown", "prose"),
    [
        ("# A heading\n\nA state is what the network keeps from one step to the next.", 1),
        ("The bound is $(\\gamma\\rho)^k$ and nothing else, which is a formula.", 0),
        ("```{code-cell}\nprint('not prose at all, but long enough to count')\n```", 0),
        ("(eq-7)=\n$$\nx \\tag{7}\n$$", 0),
        ("A link to [the next chapter of the book](other.md) that shows how it goes on.", 1),
    ],
)
def test_markup_and_formulas_are_left_out(markdown, prose):
    kept = list(snapshot_corpus.paragraphs(markdown))
    assert len(kept) == prose
    assert not set("".join(kept)) & set("$\\{}`|#[]")
