"""What is timed: one loss with its five gradients, by four programs, and the bare matrix products.

A contender is a function of a `Problem` that prepares everything that does not belong to a training step
(parameters, inputs, compilation) and returns a `Contender`.
"""

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Any, NamedTuple

import jax
import jax.numpy as jnp
import numpy as np
import torch

from rnn_core import RNNParams, backpropagate, bptt, forward, init_params

# Arrays keep the dtype they are given; without this JAX would turn float64 into float32.
jax.config.update("jax_enable_x64", True)

UNROLL = 4


class Size(NamedTuple):
    """Steps, batch, and the sizes of input, hidden state and output."""

    T: int
    B: int
    n: int
    m: int
    k: int


class Problem(NamedTuple):
    """One batch: parameters, x (T, B, n) and targets (T, B)."""

    size: Size
    params: RNNParams
    x: np.ndarray
    targets: np.ndarray


class Contender(NamedTuple):
    """The call that is timed, and the call that gives (loss, gradients) for the comparison."""

    call: Callable[[], Any]
    result: Callable[[], tuple[float, RNNParams]] | None


def make_problem(size: Size, dtype: str, *, rng: np.random.Generator) -> Problem:
    """Draw a batch: normal inputs, orthogonal W_hh with ρ = 0.9, small biases, uniform targets."""
    T, B, n, m, k = size
    params = init_params(n, m, k, rho=0.9, rng=rng, dtype=dtype)
    params = params._replace(
        b_h=(0.1 * rng.standard_normal(m)).astype(dtype), b_y=(0.1 * rng.standard_normal(k)).astype(dtype)
    )
    return Problem(size, params, rng.standard_normal((T, B, n)).astype(dtype), rng.integers(k, size=(T, B)))


def with_rnn_core(problem: Problem) -> Contender:
    """`rnn_core.bptt`, its checks of the arguments included."""
    _, params, x, targets = problem

    def call() -> tuple[float, RNNParams]:
        return bptt(params, x, targets)

    return Contender(call, call)


def with_torch(problem: Problem) -> Contender:
    """PyTorch, eager: `nn.RNN` and `nn.Linear`, cross-entropy, `backward()`.

    `nn.RNN` has two biases, b_ih and b_hh; b_hh is zero here, and the gradients of both equal that of b_h.
    """
    (_, B, n, m, k), params, x, targets = problem
    dtype = getattr(torch, str(x.dtype))
    rnn, linear = torch.nn.RNN(n, m, dtype=dtype), torch.nn.Linear(m, k, dtype=dtype)
    parameters = [*rnn.parameters(), *linear.parameters()]
    values = (params.W_hx, params.W_hh, params.b_h, np.zeros_like(params.b_h), params.W_yh, params.b_y)
    with torch.no_grad():
        for parameter, value in zip(parameters, values, strict=True):
            parameter.copy_(torch.from_numpy(value))
    inputs, classes = torch.from_numpy(x), torch.from_numpy(targets).reshape(-1)

    def call() -> torch.Tensor:
        for parameter in parameters:
            parameter.grad = None
        h, _ = rnn(inputs)
        o = linear(h).reshape(-1, k)
        loss = torch.nn.functional.cross_entropy(o, classes, reduction="sum") / B
        loss.backward()
        return loss

    def result() -> tuple[float, RNNParams]:
        loss = call().item()
        W_hx, W_hh, b_h, _, W_yh, b_y = (parameter.grad.numpy() for parameter in parameters)
        return loss, RNNParams(W_hx, W_hh, W_yh, b_h, b_y)

    return Contender(call, result)


def with_jax(problem: Problem, unroll: int = 1) -> Contender:
    """JAX: `jit(value_and_grad(...))` of a `lax.scan`; the products with x and with W_yh stand outside it.

    Compiled before it is timed.
    """
    (_, B, _, m, _), params, x, targets = problem

    def loss_of(params, x, targets):
        def step(h, drive_t):
            h = jnp.tanh(drive_t + h @ params.W_hh.T)
            return h, h

        _, h = jax.lax.scan(step, jnp.zeros((B, m), x.dtype), x @ params.W_hx.T + params.b_h, unroll=unroll)
        log_y = jax.nn.log_softmax(h @ params.W_yh.T + params.b_y)
        return -jnp.take_along_axis(log_y, targets[..., None], axis=-1).sum() / B

    compiled = jax.jit(jax.value_and_grad(loss_of))
    arguments = (RNNParams(*map(jnp.asarray, params)), jnp.asarray(x), jnp.asarray(targets))

    def call() -> Any:
        return jax.block_until_ready(compiled(*arguments))

    def result() -> tuple[float, RNNParams]:
        loss, grads = call()
        return float(loss), RNNParams(*map(np.asarray, grads))

    return Contender(call, result)


def with_products(problem: Problem) -> Contender:
    """The matrix products of one step of training and nothing else, on the operands of the real pass.

    No bias, no tanh, no softmax, no memory allocated: what a program built on this BLAS can hope for. The
    products of the recurrence are written in each of the ways in which NumPy can call the BLAS, and
    the quickest for the shape is kept.
    """
    (T, B, n, m, k), params, x, targets = problem
    h = forward(params, x).h
    backward = backpropagate(params, x, targets)
    delta = backward.delta
    drive, o, passed_back = (
        np.empty((T * B, m), x.dtype),
        np.empty((T * B, k), x.dtype),
        np.empty((T * B, m), x.dtype),
    )
    grads = [np.empty_like(W) for W in params[:3]]
    x_rows, h_rows, previous_rows = x.reshape(-1, n), h[1:].reshape(-1, m), h[:-1].reshape(-1, m)
    delta_rows, grad_o = delta.reshape(-1, m), backward.grad_o.reshape(-1, k)
    W_hx_T, W_hh, W_hh_T, W_yh, W_yh_T = params.W_hx.T, params.W_hh, params.W_hh.T, params.W_yh, params.W_yh.T

    def as_rows(h_weight, delta_weight):  # h W_hhᵀ and δ W_hh, (B, m) each
        out = np.empty((B, m), x.dtype)
        h_steps, delta_steps = list(h[:-1]), list(delta[:0:-1])

        def recurrence():
            for h_t in h_steps:
                h_t.dot(h_weight, out)
            for delta_t in delta_steps:
                delta_t.dot(delta_weight, out)

        return recurrence

    def as_columns(h_weight, delta_weight):  # W_hh hᵀ and W_hhᵀ δᵀ, (m, B) each
        out = np.empty((m, B), x.dtype)
        h_steps = [np.ascontiguousarray(h_t.T) for h_t in h[:-1]]
        delta_steps = [np.ascontiguousarray(delta_t.T) for delta_t in delta[:0:-1]]

        def recurrence():
            for h_t in h_steps:
                h_weight.dot(h_t, out)
            for delta_t in delta_steps:
                delta_weight.dot(delta_t, out)

        return recurrence

    W_hh_T_copy = np.ascontiguousarray(W_hh_T)
    recurrence = _quickest(
        as_rows(W_hh_T, W_hh),
        as_rows(W_hh_T_copy, W_hh),
        as_rows(W_hh_T_copy, W_hh_T_copy.T),
        as_columns(W_hh, W_hh_T),
        as_columns(W_hh, W_hh_T_copy),
    )

    def call() -> None:
        x_rows.dot(W_hx_T, drive)
        recurrence()
        h_rows.dot(W_yh_T, o)
        grad_o.dot(W_yh, passed_back)
        delta_rows.T.dot(x_rows, grads[0])
        delta_rows.T.dot(previous_rows, grads[1])
        grad_o.T.dot(h_rows, grads[2])

    call()
    for product, gradient in zip(grads, backward.grads, strict=False):
        np.testing.assert_allclose(product, gradient, rtol=0, atol=1e-5 * np.abs(gradient).max())
    return Contender(call, None)


def with_matmul_products(problem: Problem) -> Contender:
    """Prepare the same products, each by ``np.matmul(..., out=)``: the documented call, dearer to make."""
    params, x, targets = problem.params, problem.x, problem.targets
    T, B, n, m, k = problem.size
    h = forward(params, x).h
    backward = backpropagate(params, x, targets)
    drive, o, passed_back = (np.empty((T * B, size), x.dtype) for size in (m, k, m))
    grads, out = [np.empty_like(W) for W in params[:3]], np.empty((B, m), x.dtype)
    x_rows, h_rows, previous_rows = x.reshape(-1, n), h[1:].reshape(-1, m), h[:-1].reshape(-1, m)
    delta_rows, grad_o = backward.delta.reshape(-1, m), backward.grad_o.reshape(-1, k)
    h_steps, delta_steps = list(h[:-1]), list(backward.delta[:0:-1])

    def call() -> None:
        np.matmul(x_rows, params.W_hx.T, out=drive)
        for h_t in h_steps:
            np.matmul(h_t, params.W_hh.T, out=out)
        np.matmul(h_rows, params.W_yh.T, out=o)
        np.matmul(grad_o, params.W_yh, out=passed_back)
        for delta_t in delta_steps:
            np.matmul(delta_t, params.W_hh, out=out)
        np.matmul(delta_rows.T, x_rows, out=grads[0])
        np.matmul(delta_rows.T, previous_rows, out=grads[1])
        np.matmul(grad_o.T, h_rows, out=grads[2])

    return Contender(call, None)


def _quickest(*candidates: Callable[[], None]) -> Callable[[], None]:
    """Return the candidate with the least time over some repetitions in turn."""
    least = dict.fromkeys(candidates, np.inf)
    for _ in range(7):
        for candidate in candidates:
            start = perf_counter()
            candidate()
            least[candidate] = min(least[candidate], perf_counter() - start)
    return min(least, key=least.get)


# Each prepares one contender; `rnn_core` first, since the others are compared with it.
BUILDERS: dict[str, Callable[[Problem], Contender]] = {
    "rnn_core": with_rnn_core,
    "torch": with_torch,
    "jax": with_jax,
    f"jax_unroll{UNROLL}": partial(with_jax, unroll=UNROLL),
    "matmul_products": with_matmul_products,
    "products": with_products,
}


def assert_equal_results(contenders: dict[str, Contender], bound: float) -> float:
    """Compare loss and gradients with those of `rnn_core`; return the largest relative difference.

    The difference of two arrays is the 2-norm of a − b over the 2-norm of b.

    Raises
    ------
    AssertionError
        If a difference exceeds the bound.
    """
    loss, grads = contenders["rnn_core"].result()
    worst = 0.0
    for name, contender in contenders.items():
        if contender.result is None:
            continue
        other_loss, other_grads = contender.result()
        pairs = {"loss": (other_loss, loss)}
        pairs.update({f: (getattr(other_grads, f), getattr(grads, f)) for f in RNNParams._fields})
        for what, (theirs, ours) in pairs.items():
            difference = float(np.linalg.norm(np.subtract(theirs, ours)) / np.linalg.norm(ours))
            if not difference <= bound:
                raise AssertionError(
                    f"{what} of {name} differs by {difference:.1e} relative, more than {bound:g}"
                )
            worst = max(worst, difference)
    return worst
