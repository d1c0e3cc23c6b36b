"""Distributions of gaps: survival against quadrature and closed forms, moments, samples."""

import math
from itertools import pairwise

import numpy as np
import pytest

from .oracles_point_process import gamma_density, log_normal_density, quadrature, weibull_density
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
