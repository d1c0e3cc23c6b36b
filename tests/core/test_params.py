"""Drawn parameters: the prescribed spectral norm, each family's defining property, and repeatability."""

import numpy as np
import pytest

KINDS = ("orthogonal", "gaussian", "symmetric", "identity", "nonnormal")


@pytest.mark.parametrize("rho", [0.0, 0.37, 1.0, 2.5])
@pytest.mark.parametrize("kind", KINDS)
def test_the_spectral_norm_is_rho(core, kind, rho):
    params = core.init_params(3, 7, 4, rho=rho, recurrent=kind, rng=np.random.default_rng(151))
    assert np.linalg.svd(params.W_hh, compute_uv=False)[0] == pytest.approx(rho, rel=1e-13)


def test_orthogonal(core):
    W = core.recurrent_matrix("orthogonal", 7, 1.3, rng=np.random.default_rng(152))
    np.testing.assert_allclose(W.T @ W, 1.69 * np.eye(7), atol=1e-13)


def test_orthogonal_is_haar_distributed(core):
    """Every entry has mean 0; QR without the correction of signs biases the diagonal far beyond the noise."""
    rng = np.random.default_rng(153)
    draws = np.array([core.recurrent_matrix("orthogonal", 3, 1.0, rng=rng) for _ in range(2000)])
    assert np.abs(draws.mean(axis=0)).max() < 5 * np.sqrt(1 / 3 / 2000)
    np.testing.assert_allclose((draws**2).mean(axis=0), np.full((3, 3), 1 / 3), atol=0.035)


def test_symmetric(core):
    W = core.recurrent_matrix("symmetric", 7, 1.3, rng=np.random.default_rng(154))
    np.testing.assert_array_equal(W, W.T)
    assert np.abs(np.linalg.eigvalsh(W)).max() == pytest.approx(1.3, rel=1e-13)


def test_identity(core):
    np.testing.assert_array_equal(
        core.recurrent_matrix("identity", 4, 0.7, rng=np.random.default_rng(155)), 0.7 * np.eye(4)
    )


def test_gaussian(core):
    """Scaled normal entries: by the circular law the radius tends to half of the norm as m grows."""
    W = core.recurrent_matrix("gaussian", 60, 1.0, rng=np.random.default_rng(156))
    assert np.abs(np.linalg.eigvals(W)).max() == pytest.approx(0.5, abs=0.1)
    assert W.std() * np.sqrt(60) == pytest.approx(0.5, abs=0.05)
    assert np.linalg.norm(W - W.T) > 0.1 * np.linalg.norm(W)


def test_nonnormal_parts(core):
    """For every strength the eigenvalues are the same, with radius 1, while the norm grows."""
    normal, triangular = core.nonnormal_parts(6, rng=np.random.default_rng(157))
    np.testing.assert_allclose(normal, normal.T, atol=1e-14)
    eigenvalues = np.sort(np.linalg.eigvalsh(normal))
    assert np.abs(eigenvalues).max() == pytest.approx(1.0, rel=1e-13)
    assert np.abs(eigenvalues).min() >= 0.5 - 1e-13
    np.testing.assert_allclose(np.linalg.matrix_power(triangular, 6), np.zeros((6, 6)), atol=1e-12)
    norms = []
    for s in (0.0, 1.0, 4.0, 16.0):
        matrix = normal + s * triangular
        np.testing.assert_allclose(np.sort(np.linalg.eigvals(matrix).real), eigenvalues, atol=1e-6)
        norms.append(np.linalg.norm(matrix, 2))
    assert norms[0] == pytest.approx(1.0, rel=1e-13)
    assert np.all(np.diff(norms) > 0.1)


def test_the_radius_of_a_nonnormal_matrix_falls_with_its_strength(core):
    radii = [
        core.spectral_radius(
            core.recurrent_matrix("nonnormal", 6, 1.2, rng=np.random.default_rng(158), strength=s)
        )
        for s in (0.0, 1.0, 5.0, 25.0)
    ]
    assert radii[0] == pytest.approx(1.2, rel=1e-12)
    assert np.all(np.diff(radii) < 0)


@pytest.mark.parametrize("kind", KINDS)
def test_the_generator_decides(core, kind):
    draw = [
        core.init_params(3, 7, 4, rho=1.1, recurrent=kind, rng=np.random.default_rng(seed))
        for seed in (1, 1, 2)
    ]
    for one, same in zip(draw[0], draw[1], strict=True):
        np.testing.assert_array_equal(one, same)
    assert not np.array_equal(draw[0].W_hx, draw[2].W_hx)
    assert kind == "identity" or not np.array_equal(draw[0].W_hh, draw[2].W_hh)


def test_input_and_output_weights(core):
    """Variances 1/n and 1/m, zero biases, the shapes of the notation table."""
    params = core.init_params(200, 150, 100, rho=1.0, recurrent="identity", rng=np.random.default_rng(159))
    assert params.W_hx.shape == (150, 200)
    assert params.W_yh.shape == (100, 150)
    assert params.W_hx.var() * 200 == pytest.approx(1.0, abs=0.04)
    assert params.W_yh.var() * 150 == pytest.approx(1.0, abs=0.06)
    assert not params.b_h.any()
    assert not params.b_y.any()
    assert params.b_h.shape == (150,)
    assert params.b_y.shape == (100,)


def test_float32_is_the_rounded_float64_draw(core):
    double = core.init_params(3, 7, 4, rng=np.random.default_rng(160))
    single = core.init_params(3, 7, 4, rng=np.random.default_rng(160), dtype=np.float32)
    for one, other in zip(double, single, strict=True):
        assert other.dtype == np.float32
        np.testing.assert_array_equal(one.astype(np.float32), other)
    assert np.linalg.norm(single.W_hh.astype(float), 2) == pytest.approx(0.9, rel=1e-6)


def test_the_parts_of_a_nonnormal_matrix_have_every_sign_and_every_superdiagonal(core):
    normal, triangular = core.nonnormal_parts(40, rng=np.random.default_rng(171))
    positive = np.sum(np.linalg.eigvalsh(normal) > 0)
    assert 10 <= positive <= 30  # of 40 fair coins: outside once in a thousand
    assert np.linalg.matrix_rank(triangular) == 39


@pytest.mark.parametrize("strength", [None, 1.0, 2.5])
def test_a_nonnormal_matrix_is_its_parts_added_and_scaled(core, strength):
    given = {} if strength is None else {"strength": strength}
    found = core.recurrent_matrix("nonnormal", 9, 1.3, rng=np.random.default_rng(172), **given)
    normal, triangular = core.nonnormal_parts(9, rng=np.random.default_rng(172))
    matrix = normal + (strength or 1.0) * triangular
    np.testing.assert_allclose(found, 1.3 * matrix / np.linalg.norm(matrix, 2), atol=1e-13)
    drawn = [
        core.init_params(3, 9, 4, recurrent="nonnormal", rng=np.random.default_rng(173), **more).W_hh
        for more in (given, {"strength": strength or 1.0})
    ]
    np.testing.assert_array_equal(*drawn)


def test_all_parameters_have_one_type(core):
    params = core.init_params(3, 5, 4, rng=np.random.default_rng(174))
    for field in params._fields[1:]:
        mixed = params._replace(**{field: getattr(params, field).astype(np.float32)})
        message = rf"^params\.{field} must have dtype float64, like the parameters, got float32$"
        with pytest.raises(TypeError, match=message):
            core.forward(mixed, np.zeros((7, 3)))
