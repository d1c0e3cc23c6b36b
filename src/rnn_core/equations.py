"""The report's equations (1) to (21), each as a function that reads like the page.

This file is the *specification*. Everything here takes one sequence at a time, fuses no loop and
reuses no buffer; the other modules do the same work fast and are tested equal to it. Where the report
errs, the function is the corrected form and its docstring says what was printed.

Arrays follow one convention: ``x[t-1]`` is x^(t) and ``targets[t-1]`` is c^(t) for t = 1..T, while ``h``
has T+1 rows so that ``h[t]`` is h^(t) and ``h[0]`` is the initial state. Nothing is checked here, so that
the lines stay those of the page (and so that complex numbers pass, which the complex-step tests need).

Source: J. Khanna, *Recurrent Neural Networks: A Mathematical Overview* (MAT399 seminar report).
"""

import numpy as np

from .activations import TANH
from .params import RNNParams

# --- Section 5: the network -------------------------------------------------------------------


def pre_activation(params, x_t, h_previous):
    """Equation (1): a^(t) = W_hx x^(t) + W_hh h^(t-1) + b_h, of shape (m,)."""
    return params.W_hx @ x_t + params.W_hh @ h_previous + params.b_h


def hidden_state(a_t):
    """Equation (2): h^(t) = tanh(a^(t)), of shape (m,)."""
    return np.tanh(a_t)


def logits(params, h_t):
    """Equation (3): o^(t) = W_yh h^(t) + b_y, of shape (k,)."""
    return params.W_yh @ h_t + params.b_y


def softmax(o_t):
    """Equation (4): y^(t) = softmax(o^(t)), of shape (k,), positive and summing to one.

    Softmax does not change when one number is added to all logits, so the largest is subtracted first:
    no exponential can then overflow.
    """
    e = np.exp(o_t - np.max(o_t.real))
    return e / np.sum(e)


def cross_entropy(y, targets):
    """Equation (5): L = Σ_t L^(t) with L^(t) = −log y^(t)[c^(t)], in nats; y is (T, k).

    The report calls it binary cross-entropy; with k classes it is the categorical one.
    """
    return sum(-np.log(y_t[c_t]) for y_t, c_t in zip(y, targets, strict=True))


# --- Section 6: backpropagation through time ---------------------------------------------------


def local_gradient(grad_h_t, a_t):
    """Equation (6): δ^(t) = ∂L/∂a^(t) = ∂L/∂h^(t) ∘ (1 − tanh²(a^(t))), of shape (m,)."""
    return grad_h_t * (1 - np.tanh(a_t) ** 2)


def grad_W_hx(delta, x):
    """Equation (7): ∂L/∂W_hx = Σ_t δ^(t) x^(t)ᵀ, of shape (m, n)."""
    steps = zip(delta, x, strict=True)
    return sum(np.outer(delta_t, x_t) for delta_t, x_t in steps)


def grad_W_hh(delta, h):
    """Equation (8): ∂L/∂W_hh = Σ_t δ^(t) h^(t−1)ᵀ, of shape (m, m); the first term meets h^(0)."""
    steps = zip(delta, h[:-1], strict=True)
    return sum(np.outer(delta_t, h_previous) for delta_t, h_previous in steps)


def grad_W_yh(grad_o, h):
    """Equation (9): ∂L/∂W_yh = Σ_t ∂L/∂o^(t) h^(t)ᵀ, of shape (k, m)."""
    steps = zip(grad_o, h[1:], strict=True)
    return sum(np.outer(grad_o_t, h_t) for grad_o_t, h_t in steps)


def grad_logits(y_t, c_t):
    """The factor ∂L/∂o^(t) = y^(t) − e_{c^(t)} that (9) needs and the report does not give."""
    return y_t - np.eye(len(y_t))[c_t]


def grad_previous_state(params, delta_t, grad_o_previous):
    """Equation (10), corrected: ∂L/∂h^(t−1) = W_hhᵀ δ^(t) + W_yhᵀ ∂L/∂o^(t−1), of shape (m,).

    The report prints (W_hhᵀ δ^(t)) ∘ (1 − tanh²(a^(t−1))): it has the slope that (6) applies already in
    it, and has lost the direct term from the loss at step t−1. For t−1 = 0 there is no loss, and
    ``grad_o_previous`` is zero.
    """
    return params.W_hh.T @ delta_t + params.W_yh.T @ grad_o_previous


# --- Section 7: one gradient, taken apart by time -----------------------------------------------


def immediate_grad_W_hh(a_k, h_previous):
    """∂⁺h^(k)/∂W_hh with h^(k−1) held fixed, of shape (m, m, m): [i, p, q] = ∂h_i / ∂W_pq."""
    slope = 1 - np.tanh(a_k) ** 2
    return np.einsum("i,ip,q->ipq", slope, np.eye(len(a_k)), h_previous)


def unrolled_grad_W_hh(params, a, h, grad_o):
    """Equation (11), corrected: ∂L/∂W_hh = Σ_t Σ_{k≤t} ∂L^(t)/∂h^(t) · J_t⋯J_{k+1} · ∂⁺h^(k)/∂W_hh.

    The report omits ∂L^(t)/∂h^(t), writes the total where the immediate derivative ∂⁺ is meant, and
    leaves the order of the product open.
    """
    T = len(a)
    return sum(step_grad_W_hh(params, a, h, grad_o, t) for t in range(1, T + 1))


def step_grad_W_hh(params, a, h, grad_o, t):
    """Equation (12), corrected: ∂L^(t)/∂W_hh = ∂L^(t)/∂h^(t) Σ_{k≤t} ∂h^(t)/∂h^(k) ∂⁺h^(k)/∂W_hh."""
    J = [jacobian(params.W_hh, 1 - np.tanh(a_j) ** 2) for a_j in a]
    grad_h_t = params.W_yh.T @ grad_o[t - 1]
    total = np.zeros_like(params.W_hh)
    for k in range(1, t + 1):
        immediate = immediate_grad_W_hh(a[k - 1], h[k - 1])
        row = grad_h_t @ jacobian_product(J, t, k)
        total += np.einsum("i,ipq->pq", row, immediate)
    return total


# --- Section 8: gradient descent ----------------------------------------------------------------


def update_W_hx(params, grads, eta):
    """Equation (13): W_hx ← W_hx − η ∂L/∂W_hx."""
    return params.W_hx - eta * grads.W_hx


def update_W_hh(params, grads, eta):
    """Equation (14): W_hh ← W_hh − η ∂L/∂W_hh."""
    return params.W_hh - eta * grads.W_hh


def update_W_yh(params, grads, eta):
    """Equation (15): W_yh ← W_yh − η ∂L/∂W_yh."""
    return params.W_yh - eta * grads.W_yh


def update_biases(params, grads, eta):
    """The rule of (13)–(15) for b_h and b_y, which the report leaves out."""
    return params.b_h - eta * grads.b_h, params.b_y - eta * grads.b_y


# --- Section 9: products of Jacobians -----------------------------------------------------------


def mean_unrolled_grad(delta_rows, J, immediate):
    """Equation (16), read with its own symbols: (1/T) Σ_t δ_t Σ_{i≤t} J_t⋯J_{i+1} ∂⁺f(x_i, h_{i−1})/∂W_h.

    Here δ_t is the row ∂L_t/∂h_t, *not* the δ^(t) of (6), and the mean over T stands where (5) has a
    sum: T times the result is (11).

    Parameters
    ----------
    delta_rows : (T, m) array
        Row t−1 is ∂L_t/∂h_t.
    J : (T, m, m) array
        The Jacobians of (18).
    immediate : (T, m, m, m) array
        Entry i−1 is the immediate derivative of h_i with respect to W_h.
    """
    T = len(J)
    total = 0.0
    for t in range(1, T + 1):
        for i in range(1, t + 1):
            row = delta_rows[t - 1] @ jacobian_product(J, t, i)
            total += np.einsum("i,ipq->pq", row, immediate[i - 1])
    return total / T


def simple_recurrence(W_h, W_x, h_previous, x_t, activation=TANH):
    """Equation (17): h_t = φ(W_h h_{t−1} + W_x x_t), of shape (m,). W_h is W_hh, W_x is W_hx; no bias."""
    return activation.value(W_h @ h_previous + W_x @ x_t)


def jacobian(W_h, slope_j):
    """Equation (18): J_j = ∂h_j/∂h_{j−1} = diag(φ'(a_j)) W_h, of shape (m, m); slope_j is φ'(a_j)."""
    return np.diag(slope_j) @ W_h


def jacobian_product(J, t, i):
    """Equation (19): J_t J_{t−1} ⋯ J_{i+1} = ∂h_t/∂h_i, in this order; the identity when t = i.

    ``J[j-1]`` is J_j. The order matters, since matrices do not commute.
    """
    product = np.eye(len(J[0]))
    for j in range(i + 1, t + 1):
        product = J[j - 1] @ product
    return product


def jacobian_bound(gamma, rho, lag):
    """Equation (20): ‖J_t⋯J_{i+1}‖₂ ≤ (γρ)^(t−i), with γ ≥ sup|φ'| and ρ = ‖W_h‖₂, the spectral norm.

    The report asks for γ < 1, which leaves out tanh and ReLU; the bound holds for every γ. It does not
    hold with the spectral radius in the place of ρ.
    """
    return (gamma * rho) ** lag


def influence(J, i):
    """Equation (21): ‖∂h_t/∂h_i‖₂ for t = i, …, T, which tends to zero when γρ < 1."""
    products = [jacobian_product(J, t, i) for t in range(i, len(J) + 1)]
    return np.array([np.linalg.norm(product, 2) for product in products])


# --- The equations put to work: the reference that the engine is tested against ------------------


def network(params, x, h0):
    """Equations (1)–(4) for t = 1..T: the stacked a (T, m), h (T+1, m), o (T, k) and y (T, k)."""
    a, h, o, y = [], [h0], [], []
    for x_t in x:
        a.append(pre_activation(params, x_t, h[-1]))
        h.append(hidden_state(a[-1]))
        o.append(logits(params, h[-1]))
        y.append(softmax(o[-1]))
    return np.array(a), np.array(h), np.array(o), np.array(y)


def network_loss(params, x, targets, h0):
    """Equations (1)–(5): the summed loss L of one sequence, in nats."""
    return cross_entropy(network(params, x, h0)[3], targets)


def network_gradients(params, x, targets, h0):
    """Equations (6)–(10), from t = T down to 1: the gradient for all five parameters, and ∂L/∂h^(0)."""
    a, h, _, y = network(params, x, h0)
    steps = zip(y, targets, strict=True)
    grad_o = [grad_logits(y_t, c_t) for y_t, c_t in steps]
    grad_h = params.W_yh.T @ grad_o[-1]
    delta = []
    for t in range(len(x), 0, -1):
        delta.insert(0, local_gradient(grad_h, a[t - 1]))
        before = grad_o[t - 2] if t > 1 else np.zeros_like(grad_o[0])
        grad_h = grad_previous_state(params, delta[0], before)
    grads = RNNParams(
        W_hx=grad_W_hx(delta, x),
        W_hh=grad_W_hh(delta, h),
        W_yh=grad_W_yh(grad_o, h),
        b_h=sum(delta),
        b_y=sum(grad_o),
    )
    return grads, grad_h
