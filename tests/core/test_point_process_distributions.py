"""Distributions of gaps: survival against quadrature and closed forms, moments, samples."""

import math
from itertools import pairwise

import numpy as np
import pytest

from .oracles_point_process import error_of, gamma_density, log_normal_density, quadrature, weibull_density
from .samples import within_standard_errors

DENSITIES = {"LogNormal": log_normal_density, "Gamma": gamma_density, "Weibull": weibull_density}
SHAPES = [
    ("LogNormal", (-0.35, 0.9)),
    ("LogNormal", (1.2, 0.3)),
    ("Gamma", (0.3, 2.0)),
    ("Gamma", (1.0, 1.3)),
    ("Gamma", (2.7, 0.6)),
    ("Gamma", (17.3, 5.0)),
    ("Weibull", (0.8, 1.7)),
    ("Weibull", (3.1, 0.9)),
]


@pytest.mark.parametrize(("name", "parameters"), SHAPES)
def test_density_and_survival(core, name, parameters):
    """To 1e-12, the survival as 1 minus the integral of the density from 0 to x, or as that from x on."""
    distribution, density = getattr(core.point_process, name)(*parameters), DENSITIES[name]
    mean = distribution.mean
    x = mean * np.array([0.2, 0.7, 1.0, 1.2, 1.9])
    expected = [math.log(density(v, *parameters)) for v in x.tolist()]
    np.testing.assert_allclose(distribution.log_density(x), expected, rtol=1e-12, atol=1e-13)
    whole = [1.0 - quadrature(lambda s: density(s, *parameters), 0.0, v) for v in x.tolist()]
    np.testing.assert_allclose(np.exp(distribution.log_survival(x)), whole, rtol=0, atol=1e-12)
    far = 40 * mean  # the density beyond is below 1e-13 of the survival at 1.9 means, or the case is left out
    if density(far, *parameters) * far < 1e-16:
        tail = math.fsum(
            quadrature(lambda s: density(s, *parameters), a, b, power=1)
            for a, b in zip(np.linspace(x[-1], far, 11)[:-1], np.linspace(x[-1], far, 11)[1:], strict=True)
        )
        assert float(distribution.log_survival(x[-1])) == pytest.approx(math.log(tail), abs=1e-12)


@pytest.mark.parametrize("shape", [1, 2, 5, 30])
def test_gamma_of_whole_shape(core, shape):
    """Q(n, x) = e^(−x) Σ_{k<n} x^k/k!, also where it underflows; and 1 − Q where that is small."""
    x = np.array([1e-8, 0.01, 0.9, shape, shape + 0.999, shape + 1.001, 3.0 * shape, 90.0, 3000.0])
    logs = [-v + math.log(math.fsum(v**k / math.factorial(k) for k in range(shape))) for v in x.tolist()]
    actual = core.point_process.Gamma(shape, 1.0).log_survival(x)
    np.testing.assert_allclose(actual, logs, rtol=1e-12, atol=1e-12)
    small = [
        math.fsum(v**k * math.exp(-v) / math.factorial(k) for k in range(shape, shape + 40)) for v in x[:3]
    ]
    np.testing.assert_allclose(-np.expm1(actual[:3]), small, rtol=1e-12)


def test_gamma_of_shape_one_half(core):
    """Q(½, x) = erfc(√x)."""
    x = [0.001, 0.3, 1.4, 1.6, 20.0, 400.0]
    expected = [math.log(math.erfc(math.sqrt(v))) for v in x]
    actual = core.point_process.Gamma(0.5, 1.0).log_survival(np.array(x))
    np.testing.assert_allclose(actual, expected, rtol=1e-12)


def test_gamma_of_a_large_shape(core):
    """Far below the mean, 1 − Q = x^a e^(−x)/Γ(a) Σ x^n/(a ⋯ (a+n)): thousands of terms count."""
    a, x, n = 1e6, 1e6 - 2e4, 0
    terms = [1.0 / a]
    while terms[-1] > 1e-22 * terms[0]:
        n += 1
        terms.append(terms[-1] * x / (a + n))
    expected = math.exp(a * math.log(x) - x - math.lgamma(a)) * math.fsum(terms)
    actual = -float(core.point_process.Gamma(a, 1.0).log_survival(x))  # log(1 − P) is −P, some e^(−200)
    assert actual == pytest.approx(expected, rel=1e-8, abs=0.0)


def test_the_tail_of_ten_thousand_gaps_at_once(core):
    """Each comes to rest at a step of its own: where they are many, never all of them at one."""
    gap = core.point_process.Gamma(0.6, 0.8)
    x = np.geomspace(0.001, 22.0, 40_001)
    together = gap.log_survival(x)
    alone = [float(gap.log_survival(v)) for v in x[30_000::97].tolist()]
    np.testing.assert_allclose(together[30_000::97], alone, rtol=1e-14)


def test_a_shape_that_is_too_large_is_named(core):
    with pytest.raises(FloatingPointError, match=r"^the tail .* did not converge at shape 1e\+13$"):
        core.point_process.Gamma(1e13, 1.0).log_survival(1e13 + 2.0)


def test_log_normal_far_out(core):
    """S(z) = φ(z) ∫_0^∞ exp(−zs − s²/2) ds, far beyond where S itself underflows."""
    z = [0.5, 3.0, 20.0, 36.7, 36.9, 60.0, 1000.0]
    expected = []
    for v in z:
        mills = quadrature(lambda s, v=v: math.exp(-s - s * s / (2 * v * v)), 0.0, 45.0, power=3) / v
        expected.append(-v * v / 2 - math.log(2 * math.pi) / 2 + math.log(mills))
    distribution = core.point_process.LogNormal(0.0, 0.1)
    actual = distribution.log_survival(np.exp(0.1 * np.array(z)))
    np.testing.assert_allclose(actual, expected, rtol=1e-12)
    assert float(distribution.log_survival(math.exp(0.1 * 60.0))) == pytest.approx(expected[5], rel=1e-12)
    # On the other side the survival is 1 less the mirrored tail.
    mirrored = distribution.log_survival(np.exp(-0.1 * np.array(z[:4])))
    np.testing.assert_allclose(mirrored, [math.log1p(-math.exp(e)) for e in expected[:4]], rtol=1e-10)


@pytest.mark.parametrize(("name", "parameters"), SHAPES)
def test_moments_and_samples(core, name, parameters):
    distribution, density = getattr(core.point_process, name)(*parameters), DENSITIES[name]
    cuts = distribution.mean * np.array([0.0, *2.0 ** np.arange(-2, 15)])
    mean, second = (
        math.fsum(quadrature(lambda s, p=p: s**p * density(s, *parameters), *ends) for ends in pairwise(cuts))
        for p in (1, 2)
    )
    assert distribution.mean == pytest.approx(mean, rel=1e-9)
    assert distribution.sd == pytest.approx(math.sqrt(second - mean**2), rel=1e-9)
    sample = distribution.sample(20_000, rng=np.random.default_rng(340))
    within_standard_errors(sample, mean)
    within_standard_errors((sample - mean) ** 2, second - mean**2)
    # −log S of a sample is a unit exponential.
    assert core.point_process.kolmogorov_smirnov(-distribution.log_survival(sample)).p_value > 0.01


@pytest.mark.parametrize("make", ["lognormal_from_mean_sd", "gamma_from_mean_sd"])
def test_made_from_mean_and_sd(core, make):
    distribution = getattr(core.point_process, make)(1.7, 2.9)
    assert (distribution.mean, distribution.sd) == (pytest.approx(1.7), pytest.approx(2.9))


def test_at_zero(core):
    """A gap of 0 has survival 1 and the density that the formula tends to."""
    pp = core.point_process
    cases = [
        (pp.LogNormal(0.2, 0.8), -math.inf),
        (pp.Gamma(2.0, 1.5), -math.inf),
        (pp.Gamma(1.0, 1.5), math.log(1.5)),
        (pp.Gamma(0.5, 1.5), math.inf),
        (pp.Weibull(1.0, 0.5), math.log(2.0)),
        (pp.Weibull(2.0, 0.5), -math.inf),
    ]
    for distribution, log_density in cases:
        assert distribution.log_density(0.0) == log_density
        assert distribution.log_survival(0.0) == 0.0


def test_the_hazard_of_log_normal_gaps_has_a_tight_ceiling(core):
    pp = core.point_process
    assert pp.LogNormal(0.0, 0.1).hazard_ceiling(0.5, 2.0) == pytest.approx(35.3, abs=0.1)
    for sigma in (0.005, 0.05, 0.3, 1.0, 2.5):
        gap = pp.LogNormal(0.2, sigma)
        for low, high in [(0.5, 1.0), (0.9, 3.0), (3.0, 20.0), (1e-3, 1e3)]:
            x = np.geomspace(low, high, 4001)
            hazard = np.exp(gap.log_density(x) - gap.log_survival(x)).max()
            assert hazard <= gap.hazard_ceiling(low, high) * (1 + 1e-9)
            assert gap.hazard_ceiling(low, high) <= hazard * (1 + 1e-3)


@pytest.mark.parametrize("shape", [0.01, 0.5, 4.0, 150.0, 199.0, 201.0, 5e3, 1e6, 1e9])
def test_the_deviation_of_weibull_gaps(core, shape):
    """For large shapes the gap is scale·(1 + log E/shape), so that sd ≈ scale·π/(√6·shape)."""
    gap = core.point_process.Weibull(shape, 3.0)
    if shape > 1e3:
        assert gap.sd == pytest.approx(3.0 * math.pi / (math.sqrt(6.0) * shape), rel=3.0 / shape + 1e-9)
        assert gap.mean == pytest.approx(3.0 * (1 - 0.5772156649 / shape), rel=2.0 / shape**2 + 1e-12)
    elif shape > 1.0:
        power = {k: quadrature(lambda u, k=k: u ** (k / shape) * math.exp(-u), 0.0, 60.0) for k in (1, 2)}
        variance = power[2] - power[1] ** 2
        assert gap.sd == pytest.approx(3.0 * math.sqrt(variance), rel=1e-7)
    elif shape == 0.5:  # E x = 2·3, E x² = 24·9
        assert (gap.mean, gap.sd) == (pytest.approx(6.0), pytest.approx(math.sqrt(24 * 9 - 36)))
    else:  # Γ(201) is out of range, its root is not
        assert gap.mean == pytest.approx(3.0 * math.gamma(101.0))
        assert gap.sd == pytest.approx(3.0 * math.exp(math.lgamma(201.0) / 2), rel=1e-9)


def test_moments_beyond_the_range_of_floats_are_infinite(core):
    pp = core.point_process
    for gap in (pp.LogNormal(0.0, 60.0), pp.Weibull(0.002, 1.0)):
        assert gap.mean == math.inf
        assert gap.sd == math.inf
    assert pp.LogNormal(0.0, 1e-9).sd == pytest.approx(1e-9)


@pytest.mark.parametrize(("mean", "sd"), [(1.0, 1e-150), (1e-150, 1.0), (1e200, 1e180), (1e-200, 1e-190)])
def test_distributions_of_extreme_spread(core, mean, sd):
    pp = core.point_process
    gap = pp.lognormal_from_mean_sd(mean, sd)
    assert gap.mean == pytest.approx(mean, rel=1e-9)
    assert gap.sd == pytest.approx(sd, rel=1e-9)


@pytest.mark.parametrize(
    ("mean", "sd"), [(1e-140, 1e-200), (1e-200, 1e-190), (1e200, 1e180), (1e140, 1e219), (1e80, 1e188)]
)
def test_gamma_gaps_of_extreme_spread(core, mean, sd):
    """Means and deviations whose squares are out of range, while shape and rate are not."""
    gap = core.point_process.gamma_from_mean_sd(mean, sd)
    assert gap.shape == pytest.approx((mean / sd) ** 2, rel=1e-12)
    assert gap.mean == pytest.approx(mean, rel=1e-12)
    assert gap.sd == pytest.approx(sd, rel=1e-12)


def deviation(shape, scale):
    """Γ(1 + 2x)/Γ(1 + x)² = ∏ (1 + (x/n)²/(1 + 2x/n)) with x = 1/shape: a sum without cancellation."""
    x, N = 1.0 / shape, 20_000
    n = np.arange(1, N + 1)
    rest = x**2 * (1 / N - 1 / (2 * N**2) + 1 / (6 * N**3)) - x**3 * (1 / N**2 - 1 / N**3)
    log_ratio = math.fsum(np.log1p((x / n) ** 2 / (1 + 2 * x / n))) + rest
    return scale * math.gamma(1 + x) * math.sqrt(math.expm1(log_ratio))


@pytest.mark.parametrize("shape", [0.9, 3.0, 150.0, 199.9, 200.0, 200.1, 350.0, 2e4, 1e9])
def test_the_deviation_of_weibull_gaps_to_every_digit(core, shape):
    """By the product of Γ; where the difference of logarithms takes over, a few digits less."""
    tolerance = 1e-13 if shape >= 200.0 else 1e-10
    assert core.point_process.Weibull(shape, 2.5).sd == pytest.approx(deviation(shape, 2.5), rel=tolerance)


def test_moments_at_the_edges(core):
    """A shape so large that all gaps are one, and so small that the mean is out of range."""
    pp = core.point_process
    one = pp.Weibull(1e200, 2.5)
    assert (one.mean, one.sd) == (2.5, 0.0)
    for shape in (1e-300, 1e-301 * 10.5):
        wide = pp.Weibull(shape, 2.5)
        assert (wide.mean, wide.sd) == (math.inf, math.inf)
    # (sd/mean)² = e^(σ²) − 1, and e^(σ²) to the last digit from σ² = 40 on.
    for sigma in (0.3, 6.9, 7.0, 7.2):
        gap = pp.LogNormal(-5.0, sigma)
        assert gap.sd == pytest.approx(gap.mean * math.sqrt(math.expm1(sigma**2)), rel=1e-12)


DECADES = "sd must lie within some 150 decades of the mean "


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("LogNormal", (0.0, 2e100), "sigma must be at most 1e100, got 2e+100"),
        ("lognormal_from_mean_sd", (2.0, 1e-170), "sd must be at least 1e-161 times the mean 2, got 1e-170"),
        ("gamma_from_mean_sd", (2.0, 1e-160), DECADES + "2, got 1e-160"),
        ("gamma_from_mean_sd", (1e250, 1e-40), DECADES + "1e+250, got 1e-40"),
        # Rate and shape would be e^690.9; a shape of 1e320, though the rate is 1e220; a rate of 1e-304.
        ("gamma_from_mean_sd", (1.0, math.exp(-345.45)), f"{DECADES}1, got {math.exp(-345.45):g}"),
        ("gamma_from_mean_sd", (1e100, 1e-60), DECADES + "1e+100, got 1e-60"),
        ("gamma_from_mean_sd", (1e80, 1e192), DECADES + "1e+80, got 1e+192"),
        ("lognormal_from_mean_sd", (2.0, 0.0), "sd must be a finite number > 0, got 0.0"),
        ("gamma_from_mean_sd", (-2.0, 1.0), "mean must be a finite number > 0, got -2.0"),
    ],
)
def test_parameters_out_of_range(core, name, arguments, said):
    assert error_of(lambda: getattr(core.point_process, name)(*arguments)) == f"ValueError: {said}"


def test_parameters_at_the_edge_of_the_range(core):
    assert core.point_process.LogNormal(0.0, 1e100).sigma == 1e100


@pytest.mark.parametrize(("name", "parameters"), SHAPES)
def test_functions_of_a_gap_take_arrays_of_any_shape(core, name, parameters):
    """Of either type and none at all; a negative gap is none, and is shown."""
    gap = getattr(core.point_process, name)(*parameters)
    x = np.array([[0.25, 1.5, 0.0], [3.0, 0.125, 0.5]])
    for function in (gap.log_density, gap.log_survival):
        with np.errstate(divide="ignore"):
            expected = [[float(function(v)) for v in row] for row in x.tolist()]
        np.testing.assert_array_equal(function(x), expected)
        assert function(x.astype(np.float32)).dtype == np.float64
        np.testing.assert_array_equal(function(x.astype(np.float32)), expected)
        np.testing.assert_array_equal(function([3, 1]), function(np.array([3.0, 1.0])))
        assert function(np.empty((0, 2))).shape == (0, 2)
        assert error_of(lambda f=function: f([0.5, -0.25, -0.125])) == (
            "ValueError: x must be a gap ≥ 0, got -0.25"
        )
        hidden = np.ma.MaskedArray([1.0, 2.0], [False, True])
        assert error_of(lambda f=function, h=hidden: f(h)).startswith(
            "TypeError: x must not be a masked array"
        )


@pytest.mark.parametrize(("name", "parameters"), SHAPES)
def test_samples_of_any_size(core, name, parameters):
    gap = getattr(core.point_process, name)(*parameters)
    for size in (0, 1, 7):
        drawn = gap.sample(size, rng=np.random.default_rng(1))
        assert (drawn.shape, drawn.dtype) == ((size,), np.float64)
    assert error_of(lambda: gap.sample(-1, rng=np.random.default_rng(1))) == (
        "ValueError: size must be at least 0, got -1"
    )
    assert error_of(lambda: gap.sample(7, rng=7)).startswith(
        "TypeError: rng must be a numpy.random.Generator"
    )


CEILINGS = [
    ("Gamma", (1.5, 0.8)),
    ("Gamma", (0.6, 0.8)),
    ("Gamma", (1.0, 0.8)),
    ("Weibull", (1.5, 0.8)),
    ("Weibull", (0.6, 0.8)),
    ("Weibull", (1.0, 0.8)),
    ("LogNormal", (0.2, 0.7)),
    ("LogNormal", (-3.0, 2.5)),
    ("LogNormal", (0.2, 0.011)),
    ("LogNormal", (0.2, 0.009)),
]


@pytest.mark.parametrize(("name", "parameters"), CEILINGS)
def test_ceilings_are_the_highest_hazard(core, name, parameters):
    """On stretches before its highest place, around it and after it."""
    gap = getattr(core.point_process, name)(*parameters)
    grid = gap.mean * np.geomspace(1e-3, 30.0, 40_001)
    if name == "LogNormal" and parameters[1] < 0.1:
        grid = np.exp(parameters[0] + parameters[1] * np.linspace(-5.0, 200.0, 40_001))
    hazard = np.exp(gap.log_density(grid) - gap.log_survival(grid))
    top = int(np.argmax(hazard))
    middle = min(max(top, 2000), 38_000)
    for low, high in [(0, middle - 500), (middle - 1500, middle + 1500), (middle + 500, 40_000)]:
        ceiling = gap.hazard_ceiling(float(grid[low]), float(grid[high]))
        assert type(ceiling) is float
        assert ceiling == pytest.approx(hazard[low : high + 1].max(), rel=1e-6)


def test_the_constant_hazard_is_taken_where_it_has_all_its_digits(core):
    """Far out log f and log S are two large numbers that cancel."""
    for name, hazard in (("Gamma", 0.8), ("Weibull", 1.25)):
        gap = getattr(core.point_process, name)(1.0, 0.8)
        assert gap.hazard_ceiling(0.25, 1e12) == pytest.approx(hazard, rel=1e-12)


def test_nobody_is_warned_where_numbers_leave_the_range(core):
    """Not even one who has NumPy raise what it would pass over."""
    pp = core.point_process
    with np.errstate(divide="raise", over="raise", invalid="raise"):
        assert pp.LogNormal(0.0, 1e-200).log_density([1e-5, 7.0]).tolist() == [-math.inf, -math.inf]
        assert pp.LogNormal(0.0, 1e-300).log_survival([1e-300, 1e300]).tolist() == [0.0, -math.inf]
        assert pp.Weibull(200.0, 1.0).log_density(1e5) == -math.inf
        assert pp.Weibull(200.0, 1.0).log_survival([1e5, 0.0]).tolist() == [-math.inf, 0.0]
        assert pp.Gamma(2.0, 1.0).log_density([0.0]).tolist() == [-math.inf]
