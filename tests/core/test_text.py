"""Text as symbols: round trips, targets that are the next symbol, files by path, the corpus that ships."""

import inspect
import locale
import re

import numpy as np
import pytest

from .spoilt import raises

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


def says(error, sentence, call):
    """Assert that the call raises this error with exactly this sentence."""
    raises(error, f"^{re.escape(sentence)}$", call)


def test_what_can_be_no_vocabulary(core):
    for bad, text in (("ab", "'ab'"), (3, "3"), (("a", 3), "('a', 3)")):
        says(
            TypeError,
            f"symbols must be a tuple of characters, got {text}",
            lambda bad=bad: core.Vocabulary(bad),
        )
    for bad, text in ((["the", "dog"], "['the', 'dog']"), (("a", ""), "('a', '')")):
        says(
            ValueError,
            f"symbols must be single characters, words are not supported; got {text}",
            lambda bad=bad: core.Vocabulary(bad),
        )
    for bad, text in (((), "()"), (("a", "b", "a"), "('a', 'b', 'a')")):
        says(
            ValueError,
            f"symbols must be distinct and at least one, got {text}",
            lambda bad=bad: core.Vocabulary(bad),
        )
    assert core.Vocabulary(["b", "a"]).symbols == ("b", "a")
    says(ValueError, "text must hold at least one character, got ''", lambda: core.Vocabulary.of(""))


def test_a_text_is_a_str(core):
    vocabulary = core.Vocabulary.of("ab")
    for read in (core.Vocabulary.of, vocabulary.encode):
        says(
            TypeError,
            "text must be a str, whose characters are the symbols, got ['a', 'b']; "
            "words have to be numbered by their place in a list",
            lambda read=read: read(["a", "b"]),
        )
    assert vocabulary.encode("").dtype == vocabulary.encode("ba").dtype == np.int64
    says(
        ValueError,
        "text must hold symbols of the vocabulary, got 'z' at position 2",  # the first of two
        lambda: vocabulary.encode("abzbz"),
    )


def test_codes_that_are_no_text(core):
    vocabulary = core.Vocabulary.of("abc")
    assert vocabulary.decode([]) == ""
    assert vocabulary.decode(np.array([2, 0], np.uint8)) == "ca"
    says(ValueError, "codes must have shape (N,), got (1, 2)", lambda: vocabulary.decode([[0, 1]]))
    says(ValueError, "codes must have shape (N,), got ()", lambda: vocabulary.decode(2))
    says(
        ValueError,
        "codes must be an array, or lists of equal length, got [[1], []]",
        lambda: vocabulary.decode([[1], []]),
    )
    for bad in ([1.0, 0.0], [True, False], [0, 3], [1, -1]):
        says(
            ValueError,
            f"codes must be integers in [0, 3), got {np.array(bad)!r}",
            lambda bad=bad: vocabulary.decode(bad),
        )


def test_why_a_file_is_no_text(core, tmp_path):
    path = tmp_path / "a.txt"
    begin = f"path must name a UTF-8 text file, got {str(path)!r}"
    for encoding, source in (("latin-1", "WINDOWS-1252"), ("utf-16-le", "UTF-16"), ("utf-16-be", "UTF-16")):
        path.write_bytes(("\ufeffnaïve" if source == "UTF-16" else "naïve").encode(encoding))
        message = (
            rf"{re.escape(begin)}: 'utf-8' codec can't decode byte 0x.. in position \d: .*\. "
            rf"If it is {source}, convert it by: iconv -f {source} -t UTF-8 old\.txt > new\.txt"
        )
        raises(ValueError, f"^{message}$", lambda: core.read_text(path))
    path.write_bytes("∂h \0 and \0".encode())
    says(ValueError, f"{begin}, which is binary: byte 5 is zero", lambda: core.read_text(path))
    path.write_bytes(b"\x1f\x8b\x08")
    says(ValueError, f"{begin}, which is compressed by gzip", lambda: core.read_text(path))
    for nothing in (b"", b"\xef\xbb\xbf"):
        path.write_bytes(nothing)
        says(
            ValueError,
            f"path must name a text file that is not empty, got {str(path)!r}",
            lambda: core.read_text(path),
        )
    says(TypeError, "path must be a path, got 3", lambda: core.read_text(3))
    says(TypeError, "max_bytes must be an integer, got 2.5", lambda: core.read_text(path, max_bytes=2.5))


def test_how_much_is_read_of_a_file(core, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xef\xbb\xbf\xe2\x88\x82h\r\n\rand so on")
    assert core.read_text(path, max_bytes=19) == "∂h\n\nand so on"
    says(
        ValueError,
        f"path must name a file of at most max_bytes = 18 bytes, and {str(path)!r} has more",
        lambda: core.read_text(path, max_bytes=18),
    )
    assert inspect.signature(core.read_text).parameters["max_bytes"].default == 1024**3


def test_a_text_is_read_alike_in_every_locale(core, tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(TEXT.encode())
    before = locale.setlocale(locale.LC_CTYPE)
    try:
        locale.setlocale(locale.LC_CTYPE, "C")  # Python's own encoding is ASCII then
        assert core.read_text(path) == TEXT
    finally:
        locale.setlocale(locale.LC_CTYPE, before)


def _batches(core, **changed):
    """Batches of a text of ten symbols."""
    arguments = {"codes": np.arange(10) % 4, "k": 4, "T": 7, "B": 3, "updates": 2}
    return core.next_symbol_batches(**arguments | {"rng": np.random.default_rng(184)} | changed)


def test_codes_are_refused_by_name(core):
    for read in (core.one_hot, core.next_symbol_pair, lambda c, k, **d: _batches(core, codes=c, k=k, **d)):
        for (codes, k, dtype), error, sentence in (
            (([0, 4], 4, float), ValueError, "codes must be in [0, k) with k = 4, got 0 to 4"),
            (([0.0], 4, float), TypeError, "codes must be integers, got dtype float64"),
            (([0], 0, float), ValueError, "k must be at least 1, got 0"),
            (([0], 4, int), TypeError, f"dtype must be float64 or float32, got {np.dtype(int)}"),
        ):
            says(error, sentence, lambda r=read, c=codes, k=k, d=dtype: r(c, k, dtype=d))
    for codes, shape in (
        (2, "()"),
        ([3], "(1,)"),
        (np.zeros((5, 0), int), "(5, 0)"),
        ([[[1]], [[2]]], "(2, 1, 1)"),
    ):
        says(
            ValueError,
            f"codes must have shape (T+1,) or (T+1, B) with T, B ≥ 1, got {shape}",
            lambda codes=codes: core.next_symbol_pair(codes, 4),
        )
    for codes, shape in ((np.zeros((9, 2), int), "(9, 2)"), (np.zeros(7, int), "(7,)")):
        says(
            ValueError,
            f"codes must have shape (N,) with N > T = 7, got {shape}",
            lambda codes=codes: _batches(core, codes=codes),
        )
    for name in ("T", "B", "updates"):
        says(ValueError, f"{name} must be at least 1, got 0", lambda name=name: _batches(core, **{name: 0}))
    raises(TypeError, "^rng must be a numpy.random.Generator .* got 5$", lambda: _batches(core, rng=5))


def test_codes_that_have_the_type_already_are_not_copied(core):
    codes = np.arange(9) % np.int64(4)
    assert np.shares_memory(core.next_symbol_pair(codes, 4)[1], codes)


def test_the_shortest_texts(core):
    """Two symbols are one step; a text of T + 1 symbols has one window."""
    x, targets = core.next_symbol_pair(np.array([2, 1], np.int8), 4)
    assert (x.tolist(), targets.tolist(), targets.dtype) == ([[0, 0, 1, 0]], [1], np.int64)
    for batch in _batches(core, codes=np.arange(8) % 4):
        for b in range(3):
            assert batch.targets[:, b].tolist() == [1, 2, 3, 0, 1, 2, 3]


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_inputs_have_the_type_that_is_asked_for(core, dtype):
    assert core.next_symbol_pair([3, 0, 1], 4, dtype=dtype)[0].dtype == dtype
    assert {batch.x.dtype for batch in _batches(core, dtype=dtype)} == {np.dtype(dtype)}
    for function in (core.one_hot, core.next_symbol_pair, core.next_symbol_batches):
        assert inspect.signature(function).parameters["dtype"].default is np.float64
