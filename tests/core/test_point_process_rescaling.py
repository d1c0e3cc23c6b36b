"""The Kolmogorov–Smirnov test against its known distribution, and the QQ plot."""

import math

import numpy as np
import pytest

from .samples import within_standard_errors


def with_distance(n, D):
    """Values whose empirical distribution is D above that of the unit exponential, for any D ≥ 1/2n."""
    return -np.log1p(-np.maximum(np.arange(1, n + 1) / n - D, 0.0))


def test_the_statistic(core):
    rng = np.random.default_rng(360)
    values = rng.exponential(1.3, 23)
    F = [1 - math.exp(-v) for v in sorted(values.tolist())]
    expected = max(max((i + 1) / 23 - f, f - i / 23) for i, f in enumerate(F))
    assert core.point_process.kolmogorov_smirnov(values).statistic == pytest.approx(expected, rel=1e-13)
    assert core.point_process.kolmogorov_smirnov([-math.log(0.8)]).statistic == pytest.approx(0.8)
    assert core.point_process.kolmogorov_smirnov([-math.log(0.3)]).statistic == pytest.approx(0.7)


def steck(n, D):
    """P(D_n < D): the i-th of n ordered uniform numbers lies in (i/n − D, (i−1)/n + D), a determinant."""
    a = np.maximum(np.arange(1, n + 1) / n - D, 0.0)
    b = np.minimum(np.arange(n) / n + D, 1.0)
    power = np.arange(n) - np.arange(n)[:, None] + 1
    room = np.maximum(b[:, None] - a, 0.0)
    factorial = [math.factorial(p) for p in range(n + 1)]
    entries = [
        [room[i, j] ** power[i, j] / factorial[power[i, j]] if power[i, j] >= 0 else 0.0 for j in range(n)]
        for i in range(n)
    ]
    return factorial[n] * np.linalg.det(entries)  # Steck (1971)


def test_exact_p_values(core):
    """One and two values by hand, more by a determinant, ten as Marsaglia, Tsang and Wang print it."""
    ks = core.point_process.kolmogorov_smirnov
    for D in (0.55, 0.8, 0.93):
        assert ks([-math.log(D)]).p_value == pytest.approx(2 - 2 * D, abs=1e-13)
    for D in (0.3, 0.45):
        assert ks(with_distance(2, D)).statistic == pytest.approx(D)
        assert ks(with_distance(2, D)).p_value == pytest.approx(1 - 8 * (D - 0.25) ** 2, abs=1e-13)
    for D in (0.6, 0.9):
        assert ks(with_distance(2, D)).p_value == pytest.approx(2 * (1 - D) ** 2, abs=1e-13)
    for n, D in [(5, 0.33), (10, 0.23), (13, 0.4)]:
        assert ks(with_distance(n, D)).p_value == pytest.approx(1 - steck(n, D), abs=1e-11)
    ten = ks(with_distance(10, 0.274))
    assert ten.statistic == pytest.approx(0.274)
    assert ten.p_value == pytest.approx(1 - 0.6284796154565, abs=1e-12)


def test_p_values_of_long_samples(core):
    """The limit law has P(√n D > 1.3581) = .05 and P(√n D > 1.6276) = .01; the exact law is near it."""
    ks, n = core.point_process.kolmogorov_smirnov, 1_000_000
    for x, p in [(1.2238, 0.1), (1.3581, 0.05), (1.6276, 0.01)]:
        assert ks(with_distance(n, x / math.sqrt(n))).p_value == pytest.approx(p, rel=3e-3)
    for D in (0.06, 0.09, 0.12):
        exact, limit = ks(with_distance(140, D)).p_value, ks(with_distance(141, D)).p_value
        assert exact == pytest.approx(limit, abs=0.01)
    assert ks(with_distance(50, 0.0101)).p_value == pytest.approx(1.0)
    assert ks(with_distance(500, 0.0011)).p_value == pytest.approx(1.0)


@pytest.mark.parametrize("n", [7, 60, 400])
def test_p_values_are_uniform_under_the_hypothesis(core, n):
    rng = np.random.default_rng(361)
    p = np.array([core.point_process.kolmogorov_smirnov(v).p_value for v in rng.exponential(size=(1500, n))])
    within_standard_errors(p, 0.5)
    within_standard_errors(p < 0.05, 0.05)


def test_the_wrong_process_is_found_out(core):
    """Hawkes data by a Poisson clock of the same rate, and by a Hawkes clock of half the branching."""
    pp, rng = core.point_process, np.random.default_rng(362)
    times = pp.simulate_events(pp.Hawkes(0.2, 0.8, 1.0), 3000, rng=rng)
    rate = len(times) / times[-1]
    for wrong in (pp.Poisson(rate), pp.Hawkes(rate * 0.6, 0.4, 1.0)):
        assert pp.kolmogorov_smirnov(pp.rescale(wrong, times)).p_value < 1e-6
    assert pp.kolmogorov_smirnov(pp.rescale(pp.Hawkes(0.2, 0.8, 1.0), times)).p_value > 0.05


def test_qq_points(core):
    expected, observed = core.point_process.exponential_qq([2.0, 0.1, 0.7, 1.1])
    assert observed.tolist() == [0.1, 0.7, 1.1, 2.0]
    np.testing.assert_allclose(np.exp(-expected), [7 / 8, 5 / 8, 3 / 8, 1 / 8], rtol=1e-14)
