"""Text as sequences of symbols: vocabulary, encoding, and batches in which each symbol predicts the next."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from os import PathLike
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, DTypeLike

from ._checks import Array, as_array, code_array, file_path, float_type, generator, positive_int, shown
from ._files import byte_limit, kind_of, read_at_most
from .descent import Batch

__all__ = ["Vocabulary", "example_corpus", "next_symbol_batches", "next_symbol_pair", "one_hot", "read_text"]


@dataclass(frozen=True)
class Vocabulary:
    """An ordered set of symbols; the index of a symbol is its code.

    Attributes
    ----------
    symbols : tuple of str
        Distinct single characters, at least one. For words a list does as well: the code of a word is its
        place in it.

    Examples
    --------
    >>> from rnn_core import Vocabulary
    >>> vocabulary = Vocabulary.of("banana")
    >>> vocabulary.symbols
    ('a', 'b', 'n')
    >>> vocabulary.encode("ban").tolist()
    [1, 0, 2]
    >>> vocabulary.decode([2, 0, 1])
    'nab'
    """

    symbols: tuple[str, ...]
    _codes: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        symbols = self.symbols
        if not isinstance(symbols, tuple | list) or not all(isinstance(symbol, str) for symbol in symbols):
            raise TypeError(f"symbols must be a tuple of characters, got {shown(symbols)}")
        if any(len(symbol) != 1 for symbol in symbols):
            raise ValueError(
                f"symbols must be single characters, words are not supported; got {shown(symbols)}"
            )
        if not symbols or len(set(symbols)) != len(symbols):
            raise ValueError(f"symbols must be distinct and at least one, got {shown(symbols)}")
        object.__setattr__(self, "symbols", tuple(symbols))
        object.__setattr__(self, "_codes", {symbol: code for code, symbol in enumerate(self.symbols)})

    @classmethod
    def of(cls, text: str) -> "Vocabulary":
        """The characters of a text, sorted."""
        symbols = tuple(sorted(set(_text(text))))
        if not symbols:
            raise ValueError("text must hold at least one character, got ''")
        return cls(symbols)

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, text: str) -> Array:
        """Codes of a text, as (len(text),) int64.

        Raises
        ------
        TypeError, ValueError
            If this is no str, or a character is not in the vocabulary; the message names it and its position.
        """
        text = _text(text)
        try:
            return np.array([self._codes[symbol] for symbol in text], dtype=np.int64)
        except KeyError as error:
            unknown = error.args[0]
            raise ValueError(
                f"text must hold symbols of the vocabulary, got {unknown!r} at position {text.index(unknown)}"
            ) from None

    def decode(self, codes: Iterable[int]) -> str:
        """The text of a sequence of codes in [0, len(self))."""
        if isinstance(codes, Iterator):
            codes = list(codes)
        array = as_array("codes", codes)
        if array.ndim != 1:
            raise ValueError(f"codes must have shape (N,), got {array.shape}")
        if array.size and (array.dtype.kind not in "iu" or array.min() < 0 or array.max() >= len(self)):
            raise ValueError(f"codes must be integers in [0, {len(self)}), got {shown(array)}")
        return "".join(self.symbols[code] for code in array.tolist())


def _text(text: Any) -> str:
    if not isinstance(text, str):
        raise TypeError(
            f"text must be a str, whose characters are the symbols, got {shown(text)}; "
            "words have to be numbered by their place in a list"
        )
    return text


def read_text(path: str | PathLike[str], *, max_bytes: int = 2**30) -> str:
    """Read a UTF-8 text file that is not empty; a byte order mark at its beginning is dropped.

    A file is not trusted: an archive, a picture, a pickle or another binary file is refused by name, and no
    more is read of a file than `max_bytes`.

    Parameters
    ----------
    path : path-like
        The file. One in another encoding can be converted: ``iconv -f WINDOWS-1252 -t UTF-8 old.txt >
        new.txt``, or in Python ``new.write_text(old.read_text(encoding="cp1252"), encoding="utf-8")``.
    max_bytes : int
        The largest file that is read, in bytes.

    Returns
    -------
    str
        The text; whatever ends a line in the file is one newline character in it.

    Raises
    ------
    TypeError, ValueError
        If `path` is no path, or the file is empty, binary, larger than `max_bytes` or not UTF-8.
    OSError
        If it cannot be read.
    """
    path, limit = file_path("path", path), byte_limit(max_bytes)
    with path.open("rb") as file:
        data = read_at_most(file, path, limit)
    if kind := kind_of(data):
        raise ValueError(f"path must name a UTF-8 text file, got {str(path)!r}, which is {kind}")
    try:
        text = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8-sig").read()
    except UnicodeDecodeError as error:
        source = "UTF-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "WINDOWS-1252"
        raise ValueError(
            f"path must name a UTF-8 text file, got {str(path)!r}: {error}. If it is {source}, "
            f"convert it by: iconv -f {source} -t UTF-8 old.txt > new.txt"
        ) from None
    if "\0" in text:
        place = data.index(b"\0")
        raise ValueError(
            f"path must name a UTF-8 text file, got {str(path)!r}, which is binary: byte {place} is zero"
        )
    if not text:
        raise ValueError(f"path must name a text file that is not empty, got {str(path)!r}")
    return text


def example_corpus() -> str:
    """The text that comes with the package: a frozen snapshot of this book's own prose (CC BY 4.0)."""
    return (resources.files(__package__) / "data" / "book_prose.txt").read_text(encoding="utf-8")


def one_hot(codes: ArrayLike, k: int, *, dtype: DTypeLike = np.float64) -> Array:
    """Unit vectors e_c for an array of codes.

    Parameters
    ----------
    codes : (...) array of int
        Codes in [0, k).
    k : int
        Length of a vector.
    dtype : {numpy.float64, numpy.float32}
        Type of the result.

    Returns
    -------
    (..., k) array
        One 1 in each vector.

    Examples
    --------
    >>> from rnn_core import one_hot
    >>> one_hot([2, 0], 3).tolist()
    [[0.0, 0.0, 1.0], [1.0, 0.0, 0.0]]
    """
    codes, k, dtype = _check_codes(codes, k, dtype)
    vectors = np.zeros((*codes.shape, k), dtype)
    np.put_along_axis(vectors, codes[..., None], 1.0, axis=-1)
    return vectors


def next_symbol_pair(codes: ArrayLike, k: int, *, dtype: DTypeLike = np.float64) -> tuple[Array, Array]:
    """Inputs and targets for predicting each symbol from those before it: c^(t) is the code of x^(t+1).

    Parameters
    ----------
    codes : (T+1,) or (T+1, B) array of int
        A text, or B texts side by side.
    k : int
        Size of the vocabulary.
    dtype : {numpy.float64, numpy.float32}
        Type of x.

    Returns
    -------
    x : (T, k) or (T, B, k) array
        One-hot vectors of all but the last symbol.
    targets : (T,) or (T, B) array of int
        All but the first symbol.

    Examples
    --------
    >>> from rnn_core import next_symbol_pair
    >>> x, targets = next_symbol_pair([3, 1, 2, 0], k=4)
    >>> x.argmax(axis=-1).tolist(), targets.tolist()
    ([3, 1, 2], [1, 2, 0])
    """
    codes, k, dtype = _check_codes(codes, k, dtype)
    if codes.ndim not in (1, 2) or len(codes) < 2 or codes.size == 0:
        raise ValueError(f"codes must have shape (T+1,) or (T+1, B) with T, B ≥ 1, got {codes.shape}")
    vectors = one_hot(codes, k, dtype=dtype)
    return vectors[:-1], codes[1:]


def next_symbol_batches(
    codes: ArrayLike,
    k: int,
    *,
    T: int,
    B: int,
    updates: int,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> Iterator[Batch]:
    """Batches of B windows of a text, each starting at a random place, for `train`.

    Parameters
    ----------
    codes : (N,) array of int
        The encoded text, N > T.
    k : int
        Size of the vocabulary.
    T, B, updates : int
        Steps of a window, windows of a batch, and number of batches.
    rng : numpy.random.Generator
        Source of the starting places.
    dtype : {numpy.float64, numpy.float32}
        Type of the inputs.

    Yields
    ------
    Batch
        x is (T, B, k), targets (T, B).
    """
    T, B, updates = positive_int("T", T), positive_int("B", B), positive_int("updates", updates)
    rng = generator(rng)
    codes, k, dtype = _check_codes(codes, k, dtype)
    if codes.ndim != 1 or len(codes) <= T:
        raise ValueError(f"codes must have shape (N,) with N > T = {T}, got {codes.shape}")

    def batches() -> Iterator[Batch]:
        for _ in range(updates):
            starts = rng.integers(0, len(codes) - T, B)
            yield Batch(*next_symbol_pair(codes[starts + np.arange(T + 1)[:, None]], k, dtype=dtype))

    return batches()


def _check_codes(codes: Any, k: Any, dtype: Any) -> tuple[Array, int, np.dtype[Any]]:
    k = positive_int("k", k)
    return code_array("codes", codes, k).astype(np.int64, copy=False), k, float_type(dtype)
