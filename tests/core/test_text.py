"""Text as symbols: round trips, targets that are the next symbol, files by path, the corpus that ships."""

import numpy as np
import pytest

TEXT = "the state h holds the past; ∂h/∂h is a matrix\nand so on"


def test_encode_and_decode(core):
    vocabulary = core.Vocabulary.of(TEXT)
    codes = vocabulary.encode(TEXT)
    assert vocabulary.symbols == tuple(sorted(set(TEXT)))
    assert [vocabulary.symbols[code] for code in codes] == list(TEXT)
    assert vocabulary.decode(codes) == vocabulary.decode(codes.tolist()) == TEXT
    assert vocabulary.decode(code for code in codes.tolist()) == TEXT
    assert len(vocabulary) == len(set(TEXT))
    assert vocabulary.decode(vocabulary.encode("")) == ""


def test_an_unknown_symbol_is_named_with_its_place(core):
    with pytest.raises(ValueError, match=r"text must .*'z' at position 3"):
        core.Vocabulary.of("abc").encode("abcz")


def test_a_vocabulary_keeps_the_order_given(core):
    vocabulary = core.Vocabulary(("c", "a", "b"))
    assert vocabulary.encode("abc").tolist() == [1, 2, 0]
    assert vocabulary == core.Vocabulary(("c", "a", "b"))
    assert vocabulary != core.Vocabulary(("a", "b", "c"))


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_one_hot(core, dtype):
    codes = np.array([[2, 0], [4, 1], [2, 3]])
    vectors = core.one_hot(codes, 5, dtype=dtype)
    expected = [[[float(c == j) for j in range(5)] for c in row] for row in codes.tolist()]
    np.testing.assert_array_equal(vectors, expected)
    assert vectors.dtype == dtype
    assert core.one_hot(3, 5).tolist() == [0, 0, 0, 1, 0]


@pytest.mark.parametrize("shape", [(8,), (8, 3)])
def test_the_target_is_the_next_symbol(core, shape):
    codes = np.random.default_rng(181).integers(0, 5, shape)
    x, targets = core.next_symbol_pair(codes, 5)
    np.testing.assert_array_equal(x.argmax(axis=-1), codes[:-1])
    np.testing.assert_array_equal(x.sum(axis=-1), np.ones(codes[:-1].shape))
    np.testing.assert_array_equal(targets, codes[1:])


def test_batches_are_windows_of_the_text(core):
    """Every window occurs in the text, targets lead inputs by one, and no starting place is left out."""
    codes = np.arange(13) ** 2 % 29  # no two places look alike
    assert len(set(codes.tolist())) == 13
    batches = list(core.next_symbol_batches(codes, 29, T=7, B=4, updates=40, rng=np.random.default_rng(182)))
    assert len(batches) == 40
    starts = set()
    for batch in batches:
        assert batch.x.shape == (7, 4, 29)
        for b in range(4):
            start = codes.tolist().index(batch.x[0, b].argmax())
            starts.add(start)
            np.testing.assert_array_equal(batch.x[:, b].argmax(axis=-1), codes[start : start + 7])
            np.testing.assert_array_equal(batch.targets[:, b], codes[start + 1 : start + 8])
    assert starts == set(range(6))


def test_batches_are_decided_by_the_generator(core):
    codes = np.random.default_rng(183).integers(0, 5, 60)

    def draw(seed):
        rng = np.random.default_rng(seed)
        return [b.targets for b in core.next_symbol_batches(codes, 5, T=8, B=3, updates=2, rng=rng)]

    np.testing.assert_array_equal(draw(1), draw(1))
    assert not np.array_equal(draw(1), draw(2))


def test_any_text_file_by_path(core, tmp_path):
    path = tmp_path / "some text.txt"
    path.write_text(TEXT, encoding="utf-8")
    assert core.read_text(path) == core.read_text(str(path)) == TEXT


def test_a_file_that_is_not_utf8_or_empty_is_refused(core, tmp_path):
    latin, empty = tmp_path / "latin.txt", tmp_path / "empty.txt"
    latin.write_bytes("naïve".encode("latin-1"))
    empty.write_bytes(b"")
    with pytest.raises(ValueError, match=r"path must name a UTF-8 text file, got .*latin\.txt"):
        core.read_text(latin)
    with pytest.raises(ValueError, match=r"not empty, got .*empty\.txt"):
        core.read_text(empty)
    with pytest.raises(FileNotFoundError, match="missing"):
        core.read_text(tmp_path / "missing.txt")


def test_the_corpus_ships_with_the_package(core):
    """Real English prose: long enough to train on, and far more predictable than its alphabet."""
    text = core.example_corpus()
    assert len(text) > 10_000
    words = text.lower().split()
    assert words.count("the") > 0.02 * len(words)
    vocabulary = core.Vocabulary.of(text)
    assert vocabulary.decode(vocabulary.encode(text)) == text
    share = np.bincount(vocabulary.encode(text)) / len(text)
    entropy = -np.sum(share * np.log(share))
    assert 2.5 < entropy < 3.5 < np.log(len(vocabulary))
