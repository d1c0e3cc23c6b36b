"""Jacobians of the gated cells' state maps, against the complex step of one step written with scalars."""

import numpy as np
import pytest

from .oracles import assert_close, complex_step
from .oracles_gated import KINDS, alone, function, gated_problem, gru_step, is_lstm, lstm_step
from .spoilt import raises


def _state_map(kind, theta, x_t):
    """The map of one step, of s = (h, c) for an LSTM and of h for a GRU."""
    theta = {name: np.asarray(value).tolist() for name, value in theta.items()}

    def step(state):
        if not is_lstm(kind):
            return np.array(gru_step(theta, x_t.tolist(), state.tolist(), kind)[1])
        h, c = np.split(state, 2)
        return np.concatenate(lstm_step(theta, x_t.tolist(), h.tolist(), c.tolist())[1:])

    return step


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("B", [None, 6])
def test_step_jacobians(core, kind, B):
    p = gated_problem(kind, 321, B=B)
    trace = function(core, kind, "forward")(p.params(core), p.x, **p.start())
    J = function(core, kind, "step_jacobians")(p.params(core), trace)
    state = np.concatenate([trace.h, trace.c], axis=-1) if is_lstm(kind) else trace.h
    size = state.shape[-1]
    assert J.shape == (*p.x.shape[:-1], size, size)
    for b, one in enumerate([p] if B is None else [alone(p, b) for b in range(B)]):
        for t in range(7):
            here = t if B is None else (t, b)
            assert_close(J[here], complex_step(_state_map(kind, p.theta, one.x[t]), state[here]))


@pytest.mark.parametrize("kind", KINDS)
def test_their_product_passes_the_gradient_back(core, kind):
    """∂L/∂s^(0) of a loss at the end alone is (∂s^(T)/∂s^(0))ᵀ (∂L/∂h^(T), 0), and log-norms are defined."""
    p = gated_problem(kind, 322)
    mask = np.arange(7) == 6
    result = function(core, kind, "backpropagate")(p.params(core), p.x, p.targets, **p.start(), mask=mask)
    J = function(core, kind, "step_jacobians")(
        p.params(core), function(core, kind, "forward")(p.params(core), p.x, **p.start())
    )
    last = p.theta["W_yh"].T @ result.grad_o[-1]
    if is_lstm(kind):
        last = np.concatenate([last, np.zeros(5)])
    first = np.linalg.multi_dot([last, *J[::-1]])
    expected = [result.grad_h[0], result.grad_c[0]] if is_lstm(kind) else [result.grad_h[0]]
    assert_close(first, np.concatenate(expected))
    log_norm = core.product_log_norms(J, start=0)
    assert log_norm[-1] == pytest.approx(np.log(np.linalg.norm(np.linalg.multi_dot(J[::-1]), 2)), rel=1e-12)


@pytest.mark.parametrize("kind", ["lstm", "peephole"])
@pytest.mark.parametrize(("B", "m"), [(None, 5), (6, 5), (None, 3)])
def test_cell_path(core, kind, B, m):
    """∂c^(t)/∂c^(t−1) of c^(t) = f ∘ c^(t−1) + i ∘ g with the gates of the trace held as they are."""
    p = gated_problem(kind, 323, B=B, m=m)
    trace = core.gated.lstm_forward(p.params(core), p.x, **p.start())
    i, f, g, _ = np.moveaxis(trace.gates.reshape(*p.x.shape[:-1], 4, m), -2, 0)
    path = core.gated.lstm_cell_path(trace)
    assert_close(path, np.imag(f * (trace.c[:-1] + 1e-30j) + i * g) / 1e-30)
    assert not np.shares_memory(path, trace.gates)


def test_the_cell_path_is_all_there_is_without_recurrent_weights(core):
    p = gated_problem("lstm", 324)
    params = p.params(core)._replace(W_hh=np.zeros((20, 5)))
    trace = core.gated.lstm_forward(params, p.x, **p.start())
    J = core.gated.lstm_step_jacobians(params, trace)
    path = core.gated.lstm_cell_path(trace)
    assert_close(J[:, 5:, 5:], path[..., None] * np.eye(5))
    assert not J[:, :, :5].any()


@pytest.mark.parametrize("kind", KINDS)
def test_float32_is_kept(core, kind):
    p = gated_problem(kind, 325, B=6, dtype=np.float32)
    trace = function(core, kind, "forward")(p.params(core), p.x, **p.start())
    J = function(core, kind, "step_jacobians")(p.params(core), trace)
    assert J.dtype == np.float32
    q = gated_problem(kind, 325, B=6)
    exact = function(core, kind, "forward")(q.params(core), q.x, **q.start())
    assert_close(J, function(core, kind, "step_jacobians")(q.params(core), exact), 1e-5)


def test_wrong_traces(core):
    lstm, gru = gated_problem("lstm", 326), gated_problem("after", 326)
    smaller = gated_problem("lstm", 326, m=4)
    of_lstm = core.gated.lstm_forward(lstm.params(core), lstm.x)
    of_gru = core.gated.gru_forward(gru.params(core), gru.x)
    message = r"trace must be what lstm_forward returns, got GRUTrace"
    raises(TypeError, message, lambda: core.gated.lstm_step_jacobians(lstm.params(core), of_gru))
    raises(TypeError, message, lambda: core.gated.lstm_cell_path(of_gru))
    message = r"trace must be what gru_forward returns, got LSTMTrace"
    raises(TypeError, message, lambda: core.gated.gru_step_jacobians(gru.params(core), of_lstm))
    message = r"params must be a GRUParams, got LSTMParams"
    raises(TypeError, message, lambda: core.gated.gru_step_jacobians(lstm.params(core), of_gru))
    message = r"trace\.c must have 4 hidden units, like the parameters, got 5"
    raises(ValueError, message, lambda: core.gated.lstm_step_jacobians(smaller.params(core), of_lstm))


@pytest.mark.parametrize("kind", KINDS)
def test_the_arrays_of_a_trace_fit_the_parameters(core, kind):
    p = gated_problem(kind, 327)
    trace = function(core, kind, "forward")(p.params(core), p.x)
    jacobians, width = function(core, kind, "step_jacobians"), 20 if is_lstm(kind) else 15
    for field in ("c" if is_lstm(kind) else "h", "gates"):
        single = trace._replace(**{field: getattr(trace, field).astype(np.float32)})
        message = rf"^trace\.{field} must have dtype float64, like the parameters, got float32$"
        raises(TypeError, message, lambda: jacobians(p.params(core), single))  # noqa: B023
    for cut, got in ((np.s_[:, 1:], f"7, {width - 1}"), (np.s_[1:], f"6, {width}")):
        spoilt = trace._replace(gates=trace.gates[cut])
        message = rf"^trace\.gates must have shape \(7, {width}\), got \({got}\)$"
        raises(ValueError, message, lambda: jacobians(p.params(core), spoilt))  # noqa: B023


def test_gates_that_have_no_cell_path(core):
    p = gated_problem("lstm", 328, B=6)
    trace = core.gated.lstm_forward(p.params(core), p.x)
    wanted = r"^trace\.gates must have shape \(T, 4m\) or \(T, B, 4m\), got "
    for change, error, message in [
        (lambda gates: gates[0, 0], ValueError, rf"{wanted}\(20,\)$"),
        (lambda gates: gates[None], ValueError, rf"{wanted}\(1, 7, 6, 20\)$"),
        (lambda gates: gates[..., 1:], ValueError, rf"{wanted}\(7, 6, 19\)$"),
        (lambda gates: gates[0, :, :18], ValueError, rf"{wanted}\(6, 18\)$"),
        (lambda gates: gates[:0, 0], ValueError, r"^trace\.gates .* \(T, 4m\), each .* got \(0, 20\)$"),
        (lambda gates: gates[:, :0], ValueError, r"^trace\.gates .* \(T, B, 4m\), each .* got \(7, 0, 20\)$"),
        (lambda gates: [[0.5], [0.5, 0.5]], ValueError, r"^trace\.gates must be an array, or lists of equal"),
    ]:
        spoilt = trace._replace(gates=change(trace.gates))
        raises(error, message, lambda: core.gated.lstm_cell_path(spoilt))  # noqa: B023
