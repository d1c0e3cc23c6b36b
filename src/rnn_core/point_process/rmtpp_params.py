"""The parameters of the neural point process, ways to draw and check them, and the inputs of its network."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, float_array, positive_int
from ..losses import int_array
from ..params import RNNParams, init_params, read_params
from ._checks import plain

__all__ = ["RMTPPParams", "init_rmtpp", "rmtpp_features"]

HAZARDS = ("exponential", "constant")


class RMTPPParams(NamedTuple):
    """The parameters of the neural point process. A gradient is one of these too.

    Attributes
    ----------
    rnn : RNNParams
        The network, with n = k = 1 + K for K kinds of marks (K may be 0).
    w : (1,) array or None
        Growth of the log-hazard between events, of any sign; None fixes it at 0: a constant hazard.
    time_scale : (1,) array or None
        The unit of time in which the network reads gaps and w is measured, > 0; None is the unit of the gaps
        themselves. It is not trained: its gradient is 0. Whatever it is, gaps are given and drawn, and
        likelihoods and intensities measured, in the caller's unit.
    """

    rnn: RNNParams
    w: Array | None
    time_scale: Array | None = None


def init_rmtpp(
    K: int,
    m: int,
    *,
    hazard: str = "exponential",
    gaps: Array | None = None,
    rho: float = 0.9,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> RMTPPParams:
    """Draw the network with `init_params`, and start with w = 0.

    Parameters
    ----------
    K : int
        Kinds of marks; 0 if events differ in their times alone.
    m : int
        Hidden units.
    hazard : {"exponential", "constant"}
        Whether w is a parameter, or fixed at 0.
    gaps : array, optional
        Gaps of the training data, of any shape. If given, `time_scale` is the power of 16 nearest to their
        mean (None if that is 1), W_hx and b_h are changed so that the network sees log Δ less its mean,
        divided by its standard deviation, and b_y starts at the logarithm of the mean rate.
    rho : float
        ‖W_hh‖₂ of the orthogonal recurrent matrix.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of all arrays.

    Returns
    -------
    RMTPPParams
        With n = k = 1 + K.

    Raises
    ------
    TypeError, ValueError
        As `init_params` does; if the hazard is neither of the two, or the gaps are not positive numbers that
        differ.
    """
    K = positive_int("K", K, least=0)
    if not isinstance(hazard, str) or hazard not in HAZARDS:
        raise ValueError(f"hazard must be one of {', '.join(HAZARDS)}, got {hazard!r}")
    rnn = init_params(1 + K, m, 1 + K, rho=rho, rng=rng, dtype=dtype)
    scale = None
    if gaps is not None:
        gaps = positive_array("gaps", float_array("gaps", plain("gaps", gaps).ravel(), ("N",)))
        power = round(math.log(float(gaps.mean(dtype=np.float64)), 16.0))
        if power != 0:
            scale = np.array([16.0**power], dtype)
        inside = gaps / 16.0**power  # a power of 2 changes no digit of a gap
        logs = np.log(inside)
        if logs.min() == logs.max():
            raise ValueError(f"gaps must differ from one another to be standardised, got {gaps[0]} alone")
        mean, sd = float(logs.mean()), float(logs.std())
        rnn.W_hx[:, 0] /= sd
        rnn.b_h[:] = -mean * rnn.W_hx[:, 0]
        rnn.b_y[0] = -math.log(inside.mean())
    return RMTPPParams(rnn, np.zeros(1, dtype) if hazard == "exponential" else None, scale)


def rmtpp_features(gaps: Array, marks: Array | None = None, K: int = 0) -> Array:
    """The inputs of the network: x^(j) = (log Δ_j, one-hot mark of event j).

    Parameters
    ----------
    gaps : (N,) or (N, B) array
        Δ_j > 0, time first, in units of the parameters' `time_scale`.
    marks : array of int of that shape, optional
        In [0, K); wanted if K > 0.
    K : int
        Kinds of marks.

    Returns
    -------
    (N, 1 + K) or (N, B, 1 + K) array
        Of the dtype of `gaps`.

    Raises
    ------
    TypeError, ValueError
        If an argument is not of that kind.
    """
    K, gaps = positive_int("K", K, least=0), plain("gaps", gaps)
    gaps = positive_array("gaps", float_array("gaps", gaps, ("N",) if gaps.ndim == 1 else ("N", "B")))
    return features(gaps, check_marks(marks, gaps.shape, K, None), K)


def features(gaps: Array, marks: Array | None, K: int) -> Array:
    """Do what `rmtpp_features` does, for arguments that have been checked."""
    x = np.zeros((*gaps.shape, 1 + K), gaps.dtype)
    np.log(gaps, out=x[..., 0])
    if marks is not None:
        np.put_along_axis(x[..., 1:], marks[..., None], 1.0, axis=-1)
    return x


def read_rmtpp(params: RMTPPParams) -> tuple[RMTPPParams, int, np.dtype[Any]]:
    """Return the parameters as arrays, K and their dtype, or say what is wrong with them."""
    if not isinstance(params, RMTPPParams):
        raise TypeError(f"params must be an RMTPPParams, got {type(params).__name__}")
    rnn, (n, _, k, dtype) = read_params(params.rnn, "params.rnn")
    w, time_scale = params.w, params.time_scale
    if n != k:
        raise ValueError(f"params.rnn must have n = k = 1 + K inputs and outputs, got n = {n}, k = {k}")
    if w is not None:
        w = float_array("params.w", w, (1,), dtype)
    if time_scale is not None:
        time_scale = float_array("params.time_scale", time_scale, (1,), dtype)
        positive_array("params.time_scale", time_scale)
    return RMTPPParams(rnn, w, time_scale), k - 1, dtype


def scale_of(params: RMTPPParams) -> float:
    """The unit of time inside the model, in the caller's."""
    return 1.0 if params.time_scale is None else float(params.time_scale[0])


def check_marks(marks: Array | None, shape: tuple[int, ...], K: int, inside: Array | None) -> Array | None:
    """Return marks that index safely, or say what is wrong with them."""
    if (marks is None) != (K == 0):
        raise ValueError(f"marks must be given if and only if K > 0, got K = {K}")
    if marks is None:
        return None
    marks = int_array("marks", plain("marks", marks), shape)
    marks = marks if inside is None else np.where(inside, marks, 0)
    if marks.size and (marks.min() < 0 or marks.max() >= K):
        wrong = marks[(marks < 0) | (marks >= K)][0]
        raise ValueError(f"marks must be in [0, K) with K = {K}, got {wrong}")
    return marks


def positive_array(name: str, array: Array) -> Array:
    """Return an array of numbers > 0, or say what is wrong with it."""
    if (array <= 0).any():
        where = tuple(int(i) for i in np.argwhere(array <= 0)[0])
        zero = (
            "; an event at the begin of the record, or at the time of another, has no gap"
            if name == "gaps"
            else ""
        )
        raise ValueError(f"{name} must be > 0, got {array[where]} at index {where}{zero}")
    return array
