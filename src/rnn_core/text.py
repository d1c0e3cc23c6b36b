"""Text as sequences of symbols: vocabulary, encoding, and batches in which each symbol predicts the next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib import resources
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np

from ._checks import FLOATS, Array, generator, positive_int
from .descent import Batch

__all__ = ["Vocabulary", "example_corpus", "next_symbol_batches", "next_symbol_pair", "one_hot", "read_text"]


@dataclass(frozen=True)
class Vocabulary:
    """An ordered set of symbols; the index of a symbol is its code.

    Attributes
    ----------
    symbols : tuple of str
        Distinct characters.
    """

    symbols: tuple[str, ...]
    _codes: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.symbols or len(set(self.symbols)) != len(self.symbols):
            raise ValueError(f"symbols must be distinct and at least one, got {self.symbols!r}")
        object.__setattr__(self, "_codes", {symbol: code for code, symbol in enumerate(self.symbols)})

    @classmethod
    def of(cls, text: str) -> "Vocabulary":
        """The characters of a text, sorted."""
        return cls(tuple(sorted(set(text))))

    def __len__(self) -> int:
        return len(self.symbols)

    def encode(self, text: str) -> Array:
        """Codes of a text, as (len(text),) int64.

        Raises
        ------
        ValueError
            If a character is not in the vocabulary; the message names it and its position.
        """
        try:
            return np.array([self._codes[symbol] for symbol in text], dtype=np.int64)
        except KeyError as error:
            unknown = error.args[0]
            raise ValueError(
                f"text must hold symbols of the vocabulary, got {unknown!r} at position {text.index(unknown)}"
            ) from None

    def decode(self, codes: Iterable[int]) -> str:
        """The text of a sequence of codes in [0, len(self))."""
        codes = np.asarray(codes if isinstance(codes, np.ndarray) else list(codes))
        if codes.ndim != 1:
            raise ValueError(f"codes must have shape (N,), got {codes.shape}")
        if codes.size and (codes.dtype.kind not in "iu" or codes.min() < 0 or codes.max() >= len(self)):
            raise ValueError(f"codes must be integers in [0, {len(self)}), got {codes!r}")
        return "".join(self.symbols[code] for code in codes)


def read_text(path: str | PathLike[str]) -> str:
    """Read a UTF-8 text file that is not empty."""
    try:
        text = Path(path).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"path must name a UTF-8 text file, got {str(path)!r}: {error}") from None
    if not text:
        raise ValueError(f"path must name a text file that is not empty, got {str(path)!r}")
    return text


def example_corpus() -> str:
    """The text that comes with the package: a frozen snapshot of this book's own prose (CC BY 4.0)."""
    return (resources.files(__package__) / "data" / "book_prose.txt").read_text(encoding="utf-8")


def one_hot(codes: Any, k: int, dtype: Any = np.float64) -> Array:
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
    """
    codes, k, dtype = _check_codes(codes, k, dtype)
    vectors = np.zeros((*codes.shape, k), dtype)
    np.put_along_axis(vectors, codes[..., None], 1.0, axis=-1)
    return vectors


def next_symbol_pair(codes: Any, k: int, dtype: Any = np.float64) -> tuple[Array, Array]:
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
    """
    codes = np.asarray(codes)
    if codes.ndim not in (1, 2) or len(codes) < 2:
        raise ValueError(f"codes must have shape (T+1,) or (T+1, B) with T ≥ 1, got {codes.shape}")
    vectors = one_hot(codes, k, dtype)
    return vectors[:-1], codes[1:]


def next_symbol_batches(
    codes: Any, k: int, *, T: int, B: int, updates: int, rng: np.random.Generator, dtype: Any = np.float64
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
            yield Batch(*next_symbol_pair(codes[starts + np.arange(T + 1)[:, None]], k, dtype))

    return batches()


def _check_codes(codes: Any, k: Any, dtype: Any) -> tuple[Array, int, np.dtype[Any]]:
    codes, k = np.asarray(codes), positive_int("k", k)
    if codes.dtype.kind not in "iu":
        raise TypeError(f"codes must be integers, got dtype {codes.dtype}")
    if codes.size and (codes.min() < 0 or codes.max() >= k):
        raise ValueError(f"codes must be in [0, k) with k = {k}, got {codes.min()} to {codes.max()}")
    if np.dtype(dtype) not in FLOATS:
        raise TypeError(f"dtype must be float64 or float32, got {np.dtype(dtype)}")
    return codes, k, np.dtype(dtype)
