"""The adding problem: add two numbers that are marked among many, long before the answer is due."""

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, finite_number, float_array, float_type, generator, positive_int
from ..descent import Batch
from ._arrays import expect_last_step, last_step, outputs_for, read_batch


def adding(T: int, B: int, *, rng: np.random.Generator, dtype: DTypeLike = np.float64) -> Batch:
    """Draw sequences of the adding problem.

    Each step brings a number, uniform on [0, 1), and a marker. Two steps have marker 1, all others 0: one is
    uniform on the steps 1 to ⌊T/2⌋, the other on the rest. The target at step T is the sum of the two marked
    numbers; no other step has a loss.

    Parameters
    ----------
    T : int
        Steps, at least 2.
    B : int
        Sequences.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of inputs and targets.

    Returns
    -------
    Batch
        x is (T, B, 2), number before marker; targets (T, B, 1), zero but in the last step; mask (T, B), true
        in the last step alone. To be used with the loss `squared_error`.

    Raises
    ------
    TypeError, ValueError
        If a size is no integer or too small, or `dtype` is not one of the two.

    References
    ----------
    Arjovsky, Shah and Bengio (2016), ICML, 1120–1128. Hochreiter and Schmidhuber (1997), Neural Computation
    9, 1735–1780, experiment 4, had numbers in [−1, 1], lengths that vary, both markers in the first half
    and the target 1/2 + sum/4.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core.tasks import adding
    >>> batch = adding(T=10, B=3, rng=np.random.default_rng(0))
    >>> batch.x.shape
    (10, 3, 2)
    >>> values, marks = batch.x[..., 0], batch.x[..., 1]
    >>> bool(np.allclose((values * marks).sum(axis=0), batch.targets[-1, :, 0]))
    True
    """
    T, B, rng = positive_int("T", T, least=2), positive_int("B", B), generator(rng)
    dtype = float_type(dtype)
    each = np.arange(B)
    first, second = rng.integers(0, T // 2, B), rng.integers(T // 2, T, B)
    x = np.zeros((T, B, 2), dtype)
    x[..., 0] = rng.random((T, B))
    x[first, each, 1] = 1.0
    x[second, each, 1] = 1.0
    targets = np.zeros((T, B, 1), dtype)
    targets[-1, :, 0] = x[first, each, 0] + x[second, each, 0]
    return Batch(x, targets, mask=last_step(T, B))


def adding_baseline() -> float:
    """The least mean squared error of a constant answer: 1/6, attained by the answer 1.

    The sum of two independent uniform numbers has mean 1 and variance 1/12 + 1/12, and the mean minimises
    E(sum − c)² over c.
    """
    return 1 / 6


def adding_errors(o: Array, batch: Batch, tolerance: float = 0.08) -> float:
    """Fraction of sequences whose answer at the last step is off by more than `tolerance`.

    Parameters
    ----------
    o : (T, B, 1) array
        Outputs of a model.
    batch : Batch
        What `adding` returned.
    tolerance : float
        Largest error allowed. 0.04 in Hochreiter and Schmidhuber (1997), whose target in terms of numbers on
        [0, 1] is half the sum: hence 0.08 for the sum itself.

    Returns
    -------
    float
        In [0, 1].
    """
    tolerance = finite_number("tolerance", tolerance, above=0.0)
    batch = read_batch(batch, "adding", 2)
    expect_last_step(batch, "adding")
    targets = float_array("batch.targets", batch.targets, (*batch.x.shape[:2], 1), batch.x.dtype)
    o = outputs_for(batch, o, 1)
    return float(np.mean(np.abs(o[-1] - targets[-1]) > tolerance))
