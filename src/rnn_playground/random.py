"""One generator of random numbers, specified to the last operation, in Python and in JavaScript.

The page and Python are to make the same run from the same seed. NumPy's own numbers would need PCG64, whose
arithmetic of 128 bits JavaScript has not, and its distributions copied whole: the tables of its ziggurat, and
its ways to bounded integers, which differ with their range. So the generator is another one, small enough to
be written down twice, and the distributions are chosen so that both languages round alike:

- *bits*: xoshiro128** (Blackman and Vigna 2021), four words of 32 bits; JavaScript multiplies these exactly.
- *seed*: word i of stream s is mix(mix(seed + G) + (4 s + i + 1) G), modulo 2³², with G = 0x9E3779B9 and mix
  the last step of MurmurHash3, which maps the 2³² words one to one. So no two words of a state are equal.
- *uniform numbers* on [0, 1): from two words a, b the 53 bits (⌊a/32⌋ 2²⁶ + ⌊b/64⌋) / 2⁵³, which is exact.
- *integers* in [0, n): a word cut to the bits that n − 1 has, drawn again until it is below n.
- *normal numbers*: the ratio of uniforms with Leva's bounds (1992). The number itself is one division. A
  logarithm, in which languages differ by a last digit, only decides in 1.2 % of the draws whether it is
  taken: Box and Muller's method would have it in every number, and a cosine besides.

Arrays are filled in the order of their memory, C order.

`Generator` is a `numpy.random.Generator` in name, so that all that `rnn_core` draws can be drawn by it; it
has the five methods that are used there.

References
----------
Blackman and Vigna (2021), ACM Transactions on Mathematical Software 47(4), 36. Leva (1992), ACM Transactions
on Mathematical Software 18, 449–453.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

__all__ = ["Generator"]

WORD = 0xFFFFFFFF
GOLDEN = 0x9E3779B9

Size = int | Sequence[int] | None


class Generator(np.random.Generator):
    """The playground's generator.

    Parameters
    ----------
    seed : int
        0 ≤ seed < 2³².
    stream : int
        Streams of one seed are independent: 0 for the start of the network, 1 for the batches.
    """

    def __init__(self, seed: int, stream: int = 0) -> None:
        super().__init__(np.random.PCG64(0))  # never asked for anything
        if not 0 <= seed <= WORD:
            raise ValueError(f"seed must be in 0..2³² − 1, got {seed!r}")
        first = _mix((seed + GOLDEN) & WORD)
        self.words = [_mix((first + (4 * stream + i + 1) * GOLDEN) & WORD) for i in range(4)]

    def word(self) -> int:
        """Return the next 32 bits."""
        a, b, c, d = self.words
        result = (_turned((b * 5) & WORD, 7) * 9) & WORD
        c ^= a
        d ^= b
        self.words = [a ^ d, b ^ c, c ^ ((b << 9) & WORD), _turned(d, 11)]
        return result

    def _uniform(self) -> float:
        high, low = self.word() >> 5, self.word() >> 6
        return (high * 67108864 + low) / 9007199254740992

    def _below(self, n: int) -> int:
        if not 1 <= n <= WORD + 1:
            raise ValueError(f"integers must be drawn from 1 to 2³² numbers, got {n}")
        mask = (1 << (n - 1).bit_length()) - 1
        while True:
            number = self.word() & mask
            if number < n:
                return number

    def _normal(self) -> float:
        while True:
            u = 1.0 - self._uniform()
            v = 1.7156 * (self._uniform() - 0.5)
            x = u - 0.449871
            y = abs(v) + 0.386595
            q = x * x + y * (0.196 * y - 0.25472 * x)
            # Inside the inner curve: taken. Outside the outer one: not. Between them the logarithm decides.
            if q < 0.27597 or (q <= 0.27846 and v * v <= -4.0 * math.log(u) * u * u):
                return v / u

    def random(self, size: Size = None) -> Any:  # type: ignore[override]
        """Uniform numbers on [0, 1)."""
        return _filled(self._uniform, size, np.float64)

    def uniform(self, low: float = 0.0, high: float = 1.0, size: Size = None) -> Any:  # type: ignore[override]
        """Uniform numbers on [low, high)."""
        return low + (high - low) * self.random(size)

    def integers(  # type: ignore[override]
        self, low: int, high: int | None = None, size: Size = None, *, endpoint: bool = False
    ) -> Any:
        """Integers in [low, high), with `endpoint` in [low, high]; without `high` in [0, low)."""
        if high is None:
            low, high = 0, low
        n = int(high) - int(low) + (1 if endpoint else 0)
        return low + _filled(lambda: self._below(n), size, np.int64)

    def standard_normal(self, size: Size = None) -> Any:  # type: ignore[override]
        """Normal numbers with mean 0 and variance 1."""
        return _filled(self._normal, size, np.float64)

    def choice(self, a: Any, size: Size = None) -> Any:  # type: ignore[override]
        """Entries of a sequence, each as likely as the others."""
        return np.asarray(a)[self.integers(0, len(a), size)]


def _filled(draw: Callable[[], Any], size: Size, dtype: Any) -> Any:
    if size is None:
        return draw()
    count = int(np.prod(size))
    return np.array([draw() for _ in range(count)], dtype).reshape(size)


def _turned(word: int, by: int) -> int:
    return ((word << by) | (word >> (32 - by))) & WORD


def _mix(word: int) -> int:
    word = ((word ^ (word >> 16)) * 0x85EBCA6B) & WORD
    word = ((word ^ (word >> 13)) * 0xC2B2AE35) & WORD
    return word ^ (word >> 16)
