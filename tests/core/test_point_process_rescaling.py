"""The Kolmogorov–Smirnov test against its known distribution, and the QQ plot."""

import math
from fractions import Fraction

import numpy as np
import pytest

from .oracles_point_process import error_of
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


def one_sided(n, D):
    """Birnbaum and Tingey's sum in exact fractions."""
    D = Fraction(D)
    terms = (
        math.comb(n, j) * (D + Fraction(j, n)) ** (j - 1) * (1 - D - Fraction(j, n)) ** (n - j)
        for j in range(math.floor(n * (1 - D)) + 1)
    )
    return float(D * sum(terms))


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


@pytest.mark.parametrize(
    ("n", "rate"), [(85, 1 / 2000), (86, 1 / 2000), (120, 1 / 2000), (191, 1 / 2000), (140, 0.1)]
)
def test_the_p_value_of_a_model_that_is_far_off(core, n, rate):
    """The first coal-mining disasters, by a rate far too small or too large: twice the exact one side."""
    pp = core.point_process
    test = pp.kolmogorov_smirnov(pp.rescale(pp.Poisson(rate), pp.coal_mining_disasters().times[:n]))
    assert test.p_value == pytest.approx(2 * one_sided(n, test.statistic), rel=1e-9, abs=0)
    assert 0 < test.p_value < 1e-40


def test_p_values_pass_from_one_law_to_the_other(core):
    """The far law takes over at n D² = 5 without a step, and no p-value is above 1 or below 0."""
    ks = core.point_process.kolmogorov_smirnov
    for n in (12, 60, 140):
        values = []
        for x in (4.999, 5.001):
            D = math.sqrt(x / n)
            values.append(ks(-np.log1p(-np.maximum(np.arange(1, n + 1) / n - D, 0.0))).p_value)
        # The law falls by e^(−2·0.002) or a bit more.
        assert values[1] / values[0] == pytest.approx(math.exp(-0.004), abs=0.01)
    for n in (1, 3, 30, 140, 141, 500):
        for D in np.linspace(0.5 / n, 1.0, 60):
            p = ks(-np.log1p(-np.clip(np.arange(1, n + 1) / n - D, 0.0, 1.0 - 1e-16))).p_value
            assert 0.0 <= p <= 1.0
    assert ks([1e-12]).p_value == pytest.approx(2e-12, rel=1e-3)  # 2 − 2D, to its last digits
    assert ks(np.full(50, 1e300)).p_value == 0.0
    assert ks(np.zeros(3)).p_value == 0.0


def test_p_values_are_exact_up_to_140_values(core):
    """There both sides are reached with a share of e^(−6nD²): p is twice the one side, or its limit law."""
    ks, D = core.point_process.kolmogorov_smirnov, math.sqrt(4.9 / 141)
    assert ks(with_distance(140, D)).p_value == pytest.approx(2 * one_sided(140, D), rel=1e-7)
    x = D * (math.sqrt(141) + 0.12 + 0.11 / math.sqrt(141))
    assert ks(with_distance(141, D)).p_value == pytest.approx(2 * math.exp(-2 * x * x), rel=1e-12)
    assert ks(with_distance(141, D)).p_value != pytest.approx(2 * one_sided(141, D), rel=1e-3)


@pytest.mark.parametrize(("zeros", "n"), [(7, 10), (6, 7), (8, 9), (1, 1)])
def test_p_values_of_values_that_are_zero_or_huge(core, zeros, n):
    """D = zeros/n: the last term, 0 if D is a fraction, is one of its rounding if D is a float."""
    test = core.point_process.kolmogorov_smirnov(np.repeat([0.0, 1e3], [zeros, n - zeros]))
    assert test.statistic == zeros / n
    assert test.p_value == pytest.approx(2 * one_sided(n, Fraction(zeros, n)), rel=1e-12)


def test_the_clock_begins_at_the_start(core):
    """Gaps of a rate of 0.5 up to 3, and of 2 from there on; events up to the start have none."""
    pp, times = core.point_process, [0.0, 0.8, 2.0, 2.5, 4.0, 7.0]
    process = pp.PiecewisePoisson(3.0, (0.5, 2.0))
    np.testing.assert_allclose(pp.rescale(process, times), [0.4, 0.6, 0.25, 2.25, 6.0], rtol=1e-14)
    np.testing.assert_allclose(pp.rescale(process, times, 0.0), [0.4, 0.6, 0.25, 2.25, 6.0], rtol=1e-14)
    np.testing.assert_allclose(pp.rescale(process, times, 2.0), [0.25, 2.25, 6.0], rtol=1e-14)
    np.testing.assert_allclose(pp.rescale(process, times, 1.6), [0.2, 0.25, 2.25, 6.0], rtol=1e-14)
    assert pp.rescale(process, times, 7.0).shape == (0,)
    assert error_of(lambda: pp.rescale(process, times, -0.5)) == (
        "ValueError: start must be a finite number ≥ 0, got -0.5"
    )


def test_what_are_no_values_is_said(core):
    pp, shape = core.point_process, "ValueError: values must have shape (N,) with N ≥ 1, got "
    for call in (pp.kolmogorov_smirnov, pp.exponential_qq):
        text = error_of(lambda c=call: c([0.2, -0.3, -0.7]))
        assert text == "ValueError: values must be at least 0, got -0.7"
        assert error_of(lambda c=call: c([])) == shape + "(0,)"
        assert error_of(lambda c=call: c([[0.5, 1.0]])) == shape + "(1, 2)"
        assert error_of(lambda c=call: c(["a"])) == "TypeError: values must hold real numbers, got dtype <U1"
        hidden = np.ma.MaskedArray([0.5, 1.0], [False, True])
        text = error_of(lambda c=call, h=hidden: c(h))
        assert text.startswith("TypeError: values must not be a masked array; values.compressed()")


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
