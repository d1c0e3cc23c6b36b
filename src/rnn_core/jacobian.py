"""Products of the Jacobians J_j = ∂h^(j)/∂h^(j−1): their norms, the bound, eigenvalues and exponents.

Norms are carried as logarithms. Each product is rescaled by a power of two at every step, which is exact
in floating point, so a product over 10 000 steps neither underflows nor overflows.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from ._checks import Array, as_array, finite_number, float_array, positive_int, real_array, sequences, shown
from .activations import TANH, Activation, read_activation
from .params import RNNParams, read_params
from .rnn import Trace, backpropagate, forward

__all__ = [
    "decay_rate",
    "lag_below",
    "lag_contributions",
    "log_norm_bound",
    "lyapunov_exponents",
    "norm_bound",
    "product_log_norms",
    "spectral_norm",
    "spectral_radius",
    "step_jacobians",
]


def step_jacobians(params: RNNParams, trace: Trace) -> Array:
    """J_j = diag(φ'(a_j)) W_hh for every step: Equation (18).

    Parameters
    ----------
    params : RNNParams
        The parameters that made the trace.
    trace : Trace
        What `forward` returned; it knows its activation.

    Returns
    -------
    (T, m, m) or (T, B, m, m) array
        ``J[j-1]`` is J_j.

    Raises
    ------
    TypeError
        If `trace` is not a Trace.
    ValueError
        If its hidden states are not of the parameters' size m.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import forward, init_params, norm_bound, product_log_norms, step_jacobians
    >>> rng = np.random.default_rng(0)
    >>> params = init_params(n=5, m=7, k=6, rho=0.9, rng=rng)
    >>> J = step_jacobians(params, forward(params, rng.standard_normal((20, 5))))
    >>> J.shape
    (20, 7, 7)
    >>> measured = np.exp(product_log_norms(J, start=0))
    >>> bool((measured <= norm_bound(1.0, 0.9, np.arange(21)) * (1 + 1e-12)).all())  # Equation (20)
    True
    """
    params, (_, m, _, dtype) = read_params(params)
    if not isinstance(trace, Trace):
        raise TypeError(f"trace must be what forward returns, got {type(trace).__name__}")
    h = states("trace.h", trace.h, m, dtype)
    slope = read_activation(trace.activation, "trace.activation").slope(h[1:])
    jacobians: Array = slope[..., :, None] * params.W_hh
    return jacobians


def product_log_norms(J: Array, start: int | None = None) -> Array:
    """log‖J_t ⋯ J_{i+1}‖₂ for the products of Equation (19), in nats.

    Parameters
    ----------
    J : (T, m, m) or (T, B, m, m) array
        ``J[j-1]`` is J_j.
    start : int, optional
        One i in 0..T. Left out, every i is taken, at a cost that grows with T² instead of T.

    Returns
    -------
    (T+1,) or (T+1, T+1) array, followed by B if J has a batch
        With `start`, entry t is the log-norm of J_t⋯J_{start+1}; without it, entry [t, i] is that of
        J_t⋯J_{i+1}. The empty product (t = i) gives 0, a zero product −inf, and t < i, where there is no
        product, NaN.

    Raises
    ------
    ValueError
        If J is not a stack of square matrices, has an entry that is not finite, or `start` is outside 0..T.

    Examples
    --------
    >>> import numpy as np
    >>> from rnn_core import product_log_norms
    >>> J = np.tile(0.5 * np.eye(3), (10_000, 1, 1))
    >>> log_norm = product_log_norms(J, start=0)
    >>> bool(np.isclose(log_norm[-1], 10_000 * np.log(0.5)))  # the norm itself would be zero
    True
    """
    J = _square_stack("J", J)
    T = len(J)
    if start is not None:
        start = positive_int("start", start, least=0)
        if start > T:
            raise ValueError(f"start must be between 0 and T = {T}, got {start}")
    starts = range(T + 1) if start is None else range(start, start + 1)
    log_norm = np.full((T + 1, len(starts), *J.shape[1:-2]), np.nan)
    identity = np.broadcast_to(np.eye(J.shape[-1]), (1, *J.shape[1:]))
    # One entry for every i under way: products · 2**exponents is J_t ⋯ J_{i+1}.
    products, exponents = np.empty((0, *J.shape[1:])), np.empty((0, *J.shape[1:-2]))
    for t in range(starts[0], T + 1):
        if len(products):
            products = J[t - 1] @ products
            exponents += _rescale(products)
            log_norm[t, : len(products)] = _log_spectral_norm(products) + exponents * np.log(2.0)
        if t in starts:
            log_norm[t, len(products)] = 0.0
            products = np.concatenate([products, identity])
            exponents = np.concatenate([exponents, np.zeros((1, *exponents.shape[1:]))])
    return log_norm if start is None else log_norm[:, 0]


def norm_bound(gamma: float, rho: float, lag: ArrayLike) -> Any:
    """(γρ)^lag, the bound of Equation (20) on ‖J_t⋯J_{i+1}‖₂ with lag = t − i.

    Parameters
    ----------
    gamma : float
        γ ≥ 0, an upper bound of |φ'|: `Activation.gamma`.
    rho : float
        ρ = ‖W_hh‖₂ ≥ 0, the spectral norm (`spectral_norm`); with the spectral radius (20) is false.
    lag : int or array of int
        Number of factors, ≥ 0.

    Returns
    -------
    float or array of float
        Infinite where it exceeds the largest float; `log_norm_bound` stays finite.

    Examples
    --------
    >>> from rnn_core import norm_bound
    >>> print([round(float(bound), 4) for bound in norm_bound(1.0, 0.9, [0, 1, 10, 100])])
    [1.0, 0.9, 0.3487, 0.0]
    """
    gamma, rho = _gamma_and_rho(gamma, rho)
    with np.errstate(over="ignore"):
        return np.float64(gamma * rho) ** _lag(lag)


def log_norm_bound(gamma: float, rho: float, lag: ArrayLike) -> Any:
    """Logarithm lag · log(γρ) of `norm_bound` in nats; −inf where γρ = 0 and lag > 0."""
    gamma, rho = _gamma_and_rho(gamma, rho)
    lag = _lag(lag)
    if gamma > 0.0 and rho > 0.0:
        return lag * (np.log(gamma) + np.log(rho))  # the product itself could overflow or underflow
    return np.where(lag == 0, 0.0, -np.inf)[()]


def spectral_norm(W: Array) -> float:
    """‖W‖₂, the largest singular value: the ρ of Equation (20) when W is W_hh.

    Parameters
    ----------
    W : (m, m) array
        A finite square matrix.
    """
    return float(np.linalg.norm(_square("W", W), 2))


def spectral_radius(W: Array) -> float:
    """The largest |eigenvalue| of W: at most ‖W‖₂, and equal to it when W is normal (WᵀW = WWᵀ).

    Parameters
    ----------
    W : (m, m) array
        A finite square matrix.
    """
    return float(np.abs(np.linalg.eigvals(_square("W", W))).max())


def lyapunov_exponents(J: Array, discard: int = 0) -> Array:
    """Growth rates of the Jacobian product along its m directions, by repeated QR factorisation.

    Parameters
    ----------
    J : (T, m, m) array
        ``J[j-1]`` is J_j.
    discard : int
        Number of first steps, below T, that turn the directions but are left out of the averages.

    Returns
    -------
    (m,) array
        Nats per step, largest first: means of the logarithms of the diagonal entries of R. For a direction
        that a factor sends to zero the true exponent is −inf. It comes out as such if the arithmetic meets
        the zero exactly, as in a factor of zeros; if rounding leaves some 10⁻¹⁶ in its place, that factor
        adds a logarithm near −37 to the mean instead.

    Raises
    ------
    ValueError
        If J is not a stack of square matrices or `discard` is not in 0..T−1.

    References
    ----------
    Benettin, Galgani, Giorgilli, Strelcyn (1980), Meccanica 15, 9–30.
    """
    J = _square_stack("J", J)
    if J.ndim != 3:
        raise ValueError(f"J must have shape (T, m, m), got {J.shape}")
    discard = positive_int("discard", discard, least=0)
    if discard >= len(J):
        raise ValueError(f"discard must be below T = {len(J)}, got {discard}")
    Q = np.eye(J.shape[-1])
    total = np.zeros(J.shape[-1])
    for j, J_j in enumerate(J):
        Q, R = np.linalg.qr(J_j @ Q)
        if j >= discard:
            with np.errstate(divide="ignore"):
                total += np.log(np.abs(np.diag(R)))
    return np.sort(total / (len(J) - discard))[::-1]


def decay_rate(log_norm: Array) -> float:
    """Factor per step: the geometric mean exp(log_norm[T] / T) of the growth of a product of T Jacobians.

    Parameters
    ----------
    log_norm : (T+1,) array
        Log-norms against lag, starting with 0 at lag 0, as ``product_log_norms(J, start=0)`` gives them.
    """
    log_norm = _log_norms(log_norm)
    return float(np.exp(log_norm[-1] / (len(log_norm) - 1)))


def lag_below(log_norm: Array, fraction: float = 0.01) -> int | None:
    """The first lag at which the norm is below `fraction`, or None if it never is.

    Parameters
    ----------
    log_norm : (T+1,) array
        Log-norms against lag, starting with 0 at lag 0.
    fraction : float
        A number in (0, 1].
    """
    log_norm = _log_norms(log_norm)
    fraction = finite_number("fraction", fraction)
    if not 0.0 < fraction <= 1.0:
        raise ValueError(f"fraction must be in (0, 1], got {fraction!r}")
    below = np.flatnonzero(log_norm < np.log(fraction))
    return int(below[0]) if len(below) else None


def lag_contributions(
    params: RNNParams, x: Array, targets: Array, h0: Array | None = None, activation: Activation = TANH
) -> Array:
    """∂L/∂W_hh taken apart by the step of the loss and the step of the weight: Equations (11) and (12).

    Parameters
    ----------
    params, x, targets, h0, activation
        As for `bptt`, for one sequence: x is (T, n).

    Returns
    -------
    (T, T, m, m) array
        Entry [t−1, k−1] is ∂L^(t)/∂h^(t) · J_t⋯J_{k+1} · ∂⁺h^(k)/∂W_hh for k ≤ t, and zero for k > t. Summed
        over k it is ∂L^(t)/∂W_hh, over both it is what `bptt` returns. It holds T²m² numbers.

    Raises
    ------
    ValueError, TypeError
        As `bptt` does, and if x has a batch axis.
    """
    x = as_array("x", x)
    if x.ndim != 2:
        raise ValueError(f"x must have shape (T, n): one sequence, no batch axis; got {x.shape}")
    params, (n, _, _, dtype) = read_params(params)
    x = sequences("x", x, n, dtype)
    h = forward(params, x, h0, activation).h
    grad_o = backpropagate(params, x, targets, h0, activation).grad_o
    slope = activation.slope(h[1:])
    T, m = slope.shape
    terms = np.zeros((T, T, m, m), h.dtype)
    # Row t−1 is ∂L^(t)/∂h^(k) as k runs back from T to 1; all t ≥ k are carried together.
    grad_h = grad_o @ params.W_yh
    for k in range(T, 0, -1):
        delta = grad_h[k - 1 :] * slope[k - 1]
        terms[k - 1 :, k - 1] = delta[:, :, None] * h[k - 1]
        grad_h[k - 1 :] = delta @ params.W_hh
    return terms


def _rescale(products: Array) -> Array:
    """Divide each matrix by a power of two that brings its largest entry near one; return the exponents."""
    exponent: Array = np.frexp(np.abs(products).max(axis=(-2, -1)))[1]
    np.ldexp(products, -exponent[..., None, None], out=products)
    return exponent


def _log_spectral_norm(matrices: Array) -> Array:
    # The largest eigenvalue of PᵀP is accurate to rounding and much cheaper than an SVD.
    gram = np.swapaxes(matrices, -1, -2) @ matrices
    with np.errstate(divide="ignore"):
        log_norms: Array = 0.5 * np.log(np.maximum(np.linalg.eigvalsh(gram)[..., -1], 0.0))
    return log_norms


def states(name: str, value: Any, m: int, dtype: np.dtype[Any]) -> Array:
    """Return the states h^(0), …, h^(T) of a trace as a finite array (T+1, m) or (T+1, B, m)."""
    array = as_array(name, value)
    if array.ndim in (2, 3) and array.shape[-1] != m:
        raise ValueError(f"{name} must have {m} hidden units, like the parameters, got {array.shape[-1]}")
    array = float_array(name, value, ("T+1", m) if array.ndim == 2 else ("T+1", "B", m), dtype)
    if len(array) < 2:
        raise ValueError(f"{name} must hold the states of at least one step, got shape {array.shape}")
    return array


def _square_stack(name: str, value: Array) -> Array:
    array = real_array(name, value)
    if array.ndim not in (3, 4) or array.shape[-1] != array.shape[-2] or 0 in array.shape:
        raise ValueError(f"{name} must have shape (T, m, m) or (T, B, m, m), got {array.shape}")
    return array


def _square(name: str, value: Array) -> Array:
    array = real_array(name, value)
    if array.ndim != 2 or array.shape[0] != array.shape[1] or 0 in array.shape:
        raise ValueError(f"{name} must be a square matrix, got shape {array.shape}")
    return array


def _log_norms(value: Array) -> Array:
    array = as_array("log_norm", value)
    if array.dtype.kind not in "iuf":
        raise TypeError(f"log_norm must hold real numbers, got dtype {array.dtype}")
    if array.ndim != 1 or len(array) < 2 or array[0] != 0.0 or not (array < np.inf).all():
        raise ValueError(
            f"log_norm must be (T+1,) with T ≥ 1, start with 0 and hold numbers or −inf, no NaN, "
            f"got {shown(value)}"
        )
    return array


def _gamma_and_rho(gamma: float, rho: float) -> tuple[float, float]:
    return finite_number("gamma", gamma, least=0.0), finite_number("rho", rho, least=0.0)


def _lag(lag: Any) -> Any:
    array = as_array("lag", lag)
    if array.dtype.kind not in "iu":
        raise TypeError(f"lag must hold integers, got dtype {array.dtype}")
    if (array < 0).any():
        raise ValueError(f"lag must hold integers ≥ 0, got {shown(lag)}")
    return array
