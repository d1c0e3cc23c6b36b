"""Cases for the Jacobian explorer's JavaScript, computed by rnn_core: `make_vectors(seed)`. −inf is null."""

import numpy as np

import rnn_core
from rnn_widgets import JacobianExplorer
from rnn_widgets.jacobian.draws import FAMILIES
from rnn_widgets.jacobian.explorer import ACTIVATIONS

RANDOM_CASES = 144
SHOWN = (0, 1, 2, 4, 8, 16)  # lags at which the image of the ball is drawn
ULP = np.finfo(float).eps


def reference(explorer):
    """States and log-norms by rnn_core, from the settings and draws alone."""
    draw, m = explorer.draws[explorer.draw], explorer.m
    params = rnn_core.RNNParams(np.eye(m), explorer.W_hh, np.zeros((1, m)), np.zeros(m), np.zeros(1))
    x = explorer.input_scale * np.reshape(draw["drive"], (explorer.T, m))
    trace = rnn_core.forward(
        params, x, np.array(draw["h0"]), ACTIVATIONS[explorer.activation](explorer.gamma)
    )
    return trace.h, rnn_core.product_log_norms(rnn_core.step_jacobians(params, trace), start=0)


def flatness(explorer):
    """The second singular value over the first, of the product of the first t Jacobians, for the t shown."""
    params, trace = explorer._run()
    product, found = np.eye(explorer.m), []
    for t, J in enumerate([np.eye(explorer.m), *rnn_core.step_jacobians(params, trace)]):
        product = J @ product
        largest = np.abs(product).max()
        product = product / (largest or 1.0)
        if t in SHOWN:
            values = np.linalg.svd(product, compute_uv=False)
            found.append([t, float(values[1] / values[0]) if explorer.m > 1 and values[0] else 0.0])
    return found


def sensitivity(explorer, log_norms, rng):
    """How far the log-norms move when W, each state and each Jacobian is off in its last bits.

    A chaotic network multiplies rounding errors at each step, so two correct programs may disagree there.
    """
    activation = ACTIVATIONS[explorer.activation](explorer.gamma)
    draw, m, T = explorer.draws[explorer.draw], explorer.m, explorer.T
    u = explorer.input_scale * np.reshape(draw["drive"], (T, m))
    W = explorer.W_hh * (1 + 4 * ULP * rng.standard_normal((m, m)))
    h, jacobians = np.array(draw["h0"]), []
    for t in range(T):
        h = np.asarray(activation.value(W @ h + u[t])) * (1 + 2 * ULP * rng.standard_normal(m))
        slope = np.asarray(activation.slope(h))
        jacobians.append(slope[:, None] * W * (1 + 2 * ULP * rng.standard_normal((m, m))))
    moved = rnn_core.product_log_norms(np.array(jacobians), start=0)
    finite = np.isfinite(log_norms)
    if (finite != np.isfinite(moved)).any():
        return np.inf
    return float(np.abs(moved[finite] - log_norms[finite]).max())


def case(explorer, rng):
    h, log_norms = reference(explorer)
    return {
        "draws": explorer.draws,
        "settings": explorer.settings,
        "W": explorer.W_hh.ravel().tolist(),
        "radius": explorer.spectral_radius,
        "h": h.tolist(),
        "log_norms": [value if np.isfinite(value) else None for value in log_norms.tolist()],
        "flatness": flatness(explorer),
        "rate": rnn_core.decay_rate(log_norms),
        "lag_below": rnn_core.lag_below(log_norms, 0.01),
        # Three trials: one may by chance move little.
        "sensitivity": max(sensitivity(explorer, log_norms, rng) for _ in range(3)),
    }


def random_case(i, rng):
    m, T = int(rng.integers(2, 18)), int(rng.integers(7, 61))
    return case(
        JacobianExplorer(
            m=m,
            T=T,
            draws=2,
            rng=rng,
            gamma=rng.uniform(0.1, 2.0),
            rho=rng.uniform(0.1, 2.0),
            family=FAMILIES[i % 4],
            activation=tuple(ACTIVATIONS)[i // 4 % 3],
            strength=rng.uniform(0.0, 4.0),
            input_scale=rng.uniform(0.0, 2.0),
            draw=i % 2,
        ),
        rng,
    )


def edge_cases(rng):
    """Settings at the ends of their ranges, and the smallest sizes."""
    common = {"m": 5, "T": 9, "draws": 1, "rng": rng}
    yield case(JacobianExplorer(rng=rng), rng)
    for activation in ACTIVATIONS:
        yield case(JacobianExplorer(**common, activation=activation, gamma=0.0), rng)
        yield case(JacobianExplorer(**common, activation=activation, rho=0.0), rng)
        yield case(JacobianExplorer(**common, activation=activation, input_scale=0.0), rng)
        for strength in (0.0, 4.0):
            settings = {"family": "nonnormal", "strength": strength, "activation": activation, "rho": 1.5}
            yield case(JacobianExplorer(**common, **settings), rng)
    yield case(JacobianExplorer(m=4, T=1, draws=1, rng=rng), rng)
    yield case(JacobianExplorer(m=1, T=8, draws=1, rng=rng, family="gaussian"), rng)
    yield case(JacobianExplorer(m=16, T=400, draws=1, rng=rng, activation="linear", gamma=2.0, rho=2.0), rng)


def norm_case(A):
    return {"m": len(A), "A": A.ravel().tolist(), "norm": float(np.linalg.svd(A, compute_uv=False)[0])}


def norm_cases(rng):
    """Matrices on which a careless norm goes wrong: tied and nearly tied singular values, extreme scales."""
    for m in (1, 2, 3, 7, 16, 20):
        A = rng.standard_normal((m, m))
        U, _, Vt = np.linalg.svd(A)
        yield norm_case(A)
        yield norm_case(1e150 * A)
        yield norm_case(1e-150 * A)
        yield norm_case(U @ Vt)
        yield norm_case(U @ np.diag(1 - 1e-7 * np.arange(m)) @ Vt)
        yield norm_case(U @ np.diag(10.0 ** -np.arange(0.0, 2 * m, 2)) @ Vt)
        yield norm_case(np.outer(U[0], Vt[0]))
        yield norm_case(np.triu(A, 1))
        yield norm_case(np.eye(m))
    yield norm_case(np.zeros((4, 4)))


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    return {
        "norms": list(norm_cases(rng)),
        "cases": [*edge_cases(rng), *(random_case(i, rng) for i in range(RANDOM_CASES))],
    }
