"""The parameters of the LSTM and of the GRU, and ways to draw them."""

from typing import Any, Literal, NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from .._checks import Array, choice, finite_number, flag, float_array, float_type, generator, positive_int
from ..params import recurrent_matrix

__all__ = ["GRUParams", "LSTMParams", "init_gru", "init_lstm"]


class LSTMParams(NamedTuple):
    """The parameters of an LSTM with a linear output. A gradient is one of these too.

    The rows of W_hx, W_hh and b_h are four blocks of m in the order of PyTorch and Keras: input gate i,
    forget gate f, candidate g, output gate o.

    Attributes
    ----------
    W_hx : (4m, n) array
        Input to gates.
    W_hh : (4m, m) array
        Hidden state to gates.
    W_yh : (k, m) array
        Hidden state to output.
    b_h : (4m,) array
        Bias of the gates. PyTorch has two, of which this is the sum.
    b_y : (k,) array
        Bias of the output.
    peepholes : (3, m) array or None
        How i and f see c^(t−1), and o sees c^(t): three diagonal matrices, as rows. None: they do not.
    """

    W_hx: Array
    W_hh: Array
    W_yh: Array
    b_h: Array
    b_y: Array
    peepholes: Array | None = None


class GRUParams(NamedTuple):
    """The parameters of a GRU with a linear output. A gradient is one of these too.

    The rows of W_hx, W_hh and b_h are three blocks of m in PyTorch's order: reset gate r, update gate z,
    candidate n. On which side of the recurrent product the reset gate stands is told by b_hn, see `reset`.

    Attributes
    ----------
    W_hx : (3m, n) array
        Input to gates and candidate.
    W_hh : (3m, m) array
        Hidden state to gates and candidate.
    W_yh : (k, m) array
        Hidden state to output.
    b_h : (3m,) array
        Bias of the gates and the candidate, outside the reset gate.
    b_y : (k,) array
        Bias of the output.
    b_hn : (m,) array or None
        Bias of the candidate's recurrent product, inside the reset gate: reset "after". None: reset "before".
    """

    W_hx: Array
    W_hh: Array
    W_yh: Array
    b_h: Array
    b_y: Array
    b_hn: Array | None = None

    @property
    def reset(self) -> Literal["after", "before"]:
        """Where the reset gate acts; U_n and b_n are the last m rows of W_hh and b_h, W_n those of W_hx.

        "after" the product, as in PyTorch and in Keras with ``reset_after=True``:
        n = tanh(W_n x + b_n + r ∘ (U_n h + b_hn)).
        "before" it, as in Cho et al. (2014): n = tanh(W_n x + b_n + U_n (r ∘ h)).
        """
        return "before" if self.b_hn is None else "after"


Sizes = tuple[int, int, int, np.dtype[Any]]


def read_lstm(params: LSTMParams) -> tuple[LSTMParams, Sizes]:
    """Return the parameters as arrays, and their (n, m, k, dtype), or say what is wrong with them."""
    arrays, sizes = _read(params, LSTMParams, 4, {"peepholes": lambda m: (3, m)})
    return LSTMParams(**arrays), sizes


def read_gru(params: GRUParams) -> tuple[GRUParams, Sizes]:
    """Return the parameters as arrays, and their (n, m, k, dtype), or say what is wrong with them."""
    arrays, sizes = _read(params, GRUParams, 3, {"b_hn": lambda m: (m,)})
    return GRUParams(**arrays), sizes


def _read(params: Any, kind: type, blocks: int, optional: Any) -> tuple[dict[str, Any], Sizes]:
    if not isinstance(params, kind):
        article = "an LSTMParams" if kind is LSTMParams else "a GRUParams"
        raise TypeError(f"params must be {article}, got {type(params).__name__}")
    named = params._asdict()  # type: ignore[attr-defined]
    W_hx = float_array("params.W_hx", named["W_hx"], (f"{blocks}m", "n"))
    height, n = W_hx.shape
    dtype = W_hx.dtype
    if height % blocks:
        raise ValueError(f"params.W_hx must have {blocks} blocks of m rows, got {height} rows")
    m = height // blocks
    W_hh = float_array("params.W_hh", named["W_hh"], (blocks * m, m), dtype)
    W_yh = float_array("params.W_yh", named["W_yh"], ("k", m), dtype)
    k = len(W_yh)
    b_h = float_array("params.b_h", named["b_h"], (blocks * m,), dtype)
    b_y = float_array("params.b_y", named["b_y"], (k,), dtype)
    arrays: dict[str, Any] = dict(W_hx=W_hx, W_hh=W_hh, W_yh=W_yh, b_h=b_h, b_y=b_y)
    for field, shape in optional.items():
        value = named[field]
        arrays[field] = None if value is None else float_array(f"params.{field}", value, shape(m), dtype)
    return arrays, (n, m, k, dtype)


def init_lstm(
    n: int,
    m: int,
    k: int,
    *,
    forget_bias: float = 1.0,
    rho: float = 0.9,
    peepholes: bool = False,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> LSTMParams:
    """Draw the parameters of an LSTM.

    Parameters
    ----------
    n, m, k : int
        Input, hidden and output sizes.
    forget_bias : float
        Bias of the forget gate. With 1 a cell keeps some 0.73 of its content per step to begin with; with 0 a
        half of it, so that the gradient along the cell is gone after some steps.
    rho : float
        ρ ≥ 0, the spectral norm of the recurrent matrix of each gate, which is ρ times an orthogonal one.
    peepholes : bool
        Whether the gates see the cell; if so, through zeros to begin with.
    rng : numpy.random.Generator
        Source of randomness.
    dtype : {numpy.float64, numpy.float32}
        Type of all arrays.

    Returns
    -------
    LSTMParams
        W_hx and W_yh Gaussian with variances 1/n and 1/m; all biases zero but that of the forget gate.

    Raises
    ------
    ValueError, TypeError
        If a size is below one, ρ is negative, a number not finite or the dtype not a float type above.

    References
    ----------
    Gers, Schmidhuber and Cummins (2000), Neural Computation 12, 2451–2471.
    """
    forget_bias, peepholes = finite_number("forget_bias", forget_bias), flag("peepholes", peepholes)
    W_hx, W_hh, W_yh, b_y = _draw(n, m, k, 4, rho, rng, dtype)
    b_h = np.zeros(4 * m, dtype)
    b_h[m : 2 * m] = forget_bias
    return LSTMParams(W_hx, W_hh, W_yh, b_h, b_y, np.zeros((3, m), dtype) if peepholes else None)


def init_gru(
    n: int,
    m: int,
    k: int,
    *,
    reset: Literal["after", "before"] = "after",
    rho: float = 0.9,
    rng: np.random.Generator,
    dtype: DTypeLike = np.float64,
) -> GRUParams:
    """Draw the parameters of a GRU.

    Parameters
    ----------
    n, m, k, rho, rng, dtype
        As for `init_lstm`.
    reset : {"after", "before"}
        On which side of the candidate's recurrent product the reset gate acts: `GRUParams.reset`.

    Returns
    -------
    GRUParams
        Weights drawn as `init_lstm` draws them; all biases zero.

    Raises
    ------
    ValueError, TypeError
        As `init_lstm`, and if `reset` is neither word.

    References
    ----------
    Cho et al. (2014), Conference on Empirical Methods in Natural Language Processing, 1724–1734.
    """
    choice("reset", reset, ("after", "before"))
    W_hx, W_hh, W_yh, b_y = _draw(n, m, k, 3, rho, rng, dtype)
    return GRUParams(
        W_hx, W_hh, W_yh, np.zeros(3 * m, dtype), b_y, np.zeros(m, dtype) if reset == "after" else None
    )


def _draw(
    n: int, m: int, k: int, blocks: int, rho: float, rng: np.random.Generator, dtype: Any
) -> list[Array]:
    """W_hx, W_hh, W_yh and b_y = 0."""
    n, m, k = positive_int("n", n), positive_int("m", m), positive_int("k", k)
    dtype, rng = float_type(dtype), generator(rng)
    W_hh = np.concatenate([recurrent_matrix("orthogonal", m, rho, rng=rng) for _ in range(blocks)])
    W_hx = rng.standard_normal((blocks * m, n)) / np.sqrt(n)
    W_yh = rng.standard_normal((k, m)) / np.sqrt(m)
    return [array.astype(dtype) for array in (W_hx, W_hh, W_yh, np.zeros(k))]
