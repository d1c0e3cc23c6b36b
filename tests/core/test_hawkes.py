"""Hawkes processes: linear time against the double sum, and the gradient."""

import math

import numpy as np
import pytest

from .oracles import central_difference, complex_step
from .oracles_point_process import END, TIMES, error_of, hawkes_intensity, hawkes_log_likelihood
from .samples import Draws

KERNELS = {
    1: (0.47, (0.63,), (1.9,)),
    2: (0.31, (0.26, 0.45), (0.8, 6.3)),
    3: (0.4, (0.1, 0.2, 0.3), (0.2, 2.0, 30.0)),
}


def split(theta):
    J = len(theta) // 2
    return theta[0], tuple(theta[1 : J + 1]), tuple(theta[J + 1 :])


def flat(parts):
    return np.array([parts[0], *parts[1], *parts[2]])


@pytest.mark.parametrize("J", KERNELS)
def test_linear_time_is_the_double_sum(core, J):
    pp, rng = core.point_process, np.random.default_rng(310 + J)
    mu, alpha, beta = KERNELS[J]
    process = pp.Hawkes(mu, alpha, beta)
    times = np.cumsum(rng.exponential(0.7, 400))
    end = times[-1] + 0.4
    expected = hawkes_log_likelihood(mu, alpha, beta, times.tolist(), end).real
    assert pp.log_likelihood(process, times, end) == pytest.approx(expected, rel=1e-12)
    assert pp.hawkes_gradient(process, times, end)[0] == pytest.approx(expected, rel=1e-12)
    rates = [hawkes_intensity(t, times[:i].tolist(), mu, alpha, beta).real for i, t in enumerate(times)]
    np.testing.assert_allclose(pp.intensity(process, times, times), rates, rtol=1e-12)


@pytest.mark.parametrize("J", KERNELS)
def test_gradient(core, J):
    pp, theta = core.point_process, flat(KERNELS[J])
    value, gradient = pp.hawkes_gradient(pp.Hawkes(*split(theta)), TIMES, END)
    exact = complex_step(lambda v: hawkes_log_likelihood(*split(v), TIMES, END), theta)
    np.testing.assert_allclose(flat(gradient), exact, rtol=1e-11, atol=1e-12)

    def own(v):
        return pp.log_likelihood(pp.Hawkes(*split(v)), TIMES, END)

    np.testing.assert_allclose(flat(gradient), central_difference(own, theta), rtol=1e-6, atol=1e-8)
    assert value == pytest.approx(own(theta), rel=1e-13)


def test_a_kernel_far_faster_than_the_gaps(core):
    """An event excites for half a thousandth of a unit, and no other comes in that time."""
    pp, theta = core.point_process, np.array([0.4, 0.3, 0.2, 2000.0, 1.7])
    expected = hawkes_log_likelihood(*split(theta), TIMES, END).real
    value, gradient = pp.hawkes_gradient(pp.Hawkes(*split(theta)), TIMES, END)
    assert value == pytest.approx(expected, rel=1e-12)
    assert pp.log_likelihood(pp.Hawkes(*split(theta)), TIMES, END) == pytest.approx(expected, rel=1e-12)
    exact = complex_step(lambda v: hawkes_log_likelihood(*split(v), TIMES, END), theta)
    np.testing.assert_allclose(flat(gradient), exact, rtol=1e-11, atol=1e-12)


def test_gradient_without_events(core):
    value, gradient = core.point_process.hawkes_gradient(core.point_process.Hawkes(0.4, 0.5, 2.0), [], 3.0)
    assert value == pytest.approx(-1.2)
    assert flat(gradient).tolist() == [-3.0, 0.0, 0.0]


def test_branching_ratio_and_mean_rate(core):
    process = core.point_process.Hawkes(0.3, (0.2, 0.45), (1.0, 5.0))
    assert process.branching_ratio == pytest.approx(0.65)
    assert process.mean_rate == pytest.approx(0.3 / 0.35)


def window_log_likelihood(theta, times, start, end):
    """Σ log λ over the events after `start`, less the integral: what each kernel has left, at both ends."""
    mu, alpha, beta = split(theta)
    total = sum(
        np.log(hawkes_intensity(t, [s for s in times if s < t], mu, alpha, beta)) for t in times if t > start
    )
    for s in times:
        for a, b in zip(alpha, beta, strict=True):
            total -= a * (np.exp(-b * max(start - s, 0.0)) - np.exp(-b * (end - s)))
    return total - mu * (end - start)


WINDOW_TIMES = [0.0, 0.33, 0.71, 1.9, 2.15, 3.02, 3.08, 4.6, 5.83, 6.4]


@pytest.mark.parametrize("start", [0.0, 0.2, 2.15, 3.05])
def test_gradient_of_a_window_with_a_history(core, start):
    """An event at the window's begin excites and is not scored, at 0 as elsewhere."""
    pp, theta = core.point_process, np.array([0.31, 0.26, 0.45, 0.8, 6.3])
    value, gradient = pp.hawkes_gradient(pp.Hawkes(*split(theta)), WINDOW_TIMES, 7.25, start)
    assert value == pytest.approx(window_log_likelihood(theta, WINDOW_TIMES, start, 7.25), rel=1e-12)
    assert value == pytest.approx(
        pp.log_likelihood(pp.Hawkes(*split(theta)), WINDOW_TIMES, 7.25, start), rel=1e-12
    )
    exact = complex_step(lambda v: window_log_likelihood(v, WINDOW_TIMES, start, 7.25), theta)
    np.testing.assert_allclose(flat(gradient), exact, rtol=1e-11, atol=1e-12)


def test_the_state_is_what_is_left_of_the_events_so_far(core):
    """Σ α β e^(−β(t − t_i)) for each kernel; with it λ is the double sum, and falls until the next event."""
    mu, alpha, beta = KERNELS[3]
    process = core.point_process.Hawkes(mu, alpha, beta)
    state, last = process.begin(), 0.0
    assert state == (0.0, 0.0, 0.0)
    for k, t in enumerate(TIMES):
        for tau in (0.3 * (t - last), t - last, 2.7):
            expected = hawkes_intensity(last + tau, TIMES[:k], mu, alpha, beta).real
            assert process.hazard(state, tau) == pytest.approx(expected, rel=1e-12)
            assert process.ceiling(state, tau) == (pytest.approx(expected, rel=1e-12), math.inf)
        state, last = process.after(state, t - last), t
        left = [
            math.fsum(a * b * math.exp(-b * (t - s)) for s in TIMES[: k + 1])
            for a, b in zip(alpha, beta, strict=True)
        ]
        assert state == pytest.approx(left, rel=1e-12)


def test_the_gap_is_that_of_the_part_that_is_first(core):
    """μ and each kernel have an exponential of their own; a kernel's share of Λ may never reach it."""
    mu, beta, state = 0.8, (1.3, 0.4, 2.5, 3.0), (0.7, 2.4, 0.0, 1.5)
    process = core.point_process.Hawkes(mu, (0.1, 0.2, 0.3, 0.2), beta)

    def drawn(*after):
        """The wait, if the parts reach their exponentials at these times; the third kernel draws none."""
        shares = [
            s * -math.expm1(-b * t) / b for s, b, t in zip(state, beta, after[1:], strict=True) if s > 0
        ]
        return process.wait(state, Draws([mu * after[0], *shares]))

    never = math.inf  # exactly the whole share, which is reached at no time
    for after in [(0.9, 1.1, 2.0, 0.0, 1.7), (3.0, 1.1, 0.6, 0.0, 1.7), (3.0, 1.1, 2.0, 0.0, 0.2)]:
        assert drawn(*after) == pytest.approx(min(t for t in after if t > 0.0), rel=1e-12)
        assert drawn(after[0], never, never, 0.0, never) == pytest.approx(after[0], rel=1e-12)
    assert process.wait((0.0,) * 4, Draws([0.44])) == pytest.approx(0.55)


def test_what_a_hawkes_process_refuses(core):
    pp = core.point_process
    assert error_of(lambda: pp.Hawkes(0.3, (0.1, 0.2, 0.4), (2.0, 1.0))) == (
        "ValueError: beta must have as many entries as alpha, 3, got 2"
    )
    grows = (
        "ValueError: alpha must sum to less than 1, else every event sets off at least one more on average "
        "and the rate grows without bound; got a branching ratio of "
    )
    assert error_of(pp.Hawkes(0.3, (0.75, 0.25), (2.0, 1.0)).begin) == grows + "1"
    assert error_of(lambda: pp.Hawkes(0.3, 1.375, 2.0).mean_rate) == grows + "1.375"
    text = error_of(lambda: pp.hawkes_gradient(pp.Poisson(0.5), TIMES, END))
    assert text == "TypeError: process must be a Hawkes process, got Poisson(rate=0.5)"
