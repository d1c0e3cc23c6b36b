"""How the parameters of the gated cells are drawn."""

import numpy as np
import pytest

from .oracles import assert_close


def _draw(core, make, **options):
    return getattr(core.gated, make)(7, 40, 3, rng=np.random.default_rng(351), **options)


@pytest.mark.parametrize("make", ["init_lstm", "init_gru"])
@pytest.mark.parametrize("rho", [0.9, 1.3])
def test_each_recurrent_matrix_is_rho_times_an_orthogonal_one(core, make, rho):
    blocks = _draw(core, make, rho=rho).W_hh.reshape(-1, 40, 40)
    assert len(blocks) == {"init_lstm": 4, "init_gru": 3}[make]
    for block in blocks:
        assert_close(block @ block.T, rho**2 * np.eye(40))
    assert np.abs(blocks[0] - blocks[1]).max() > 0.1


@pytest.mark.parametrize("make", ["init_lstm", "init_gru"])
def test_input_and_output_weights_have_variance_one_over_their_inputs(core, make):
    params = getattr(core.gated, make)(50, 60, 70, rng=np.random.default_rng(352))
    assert 50 * params.W_hx.var() == pytest.approx(1.0, abs=0.1)
    assert 60 * params.W_yh.var() == pytest.approx(1.0, abs=0.1)
    assert params.W_yh.shape == (70, 60)
    assert not params.b_y.any()


@pytest.mark.parametrize("forget_bias", [1.0, -2.0, 0.0])
def test_the_forget_bias_and_no_other(core, forget_bias):
    b_h = _draw(core, "init_lstm", forget_bias=forget_bias).b_h.reshape(4, 40)
    np.testing.assert_array_equal(b_h, np.outer([0, 1, 0, 0], np.full(40, forget_bias)))
    assert _draw(core, "init_lstm").b_h[40] == 1.0
    np.testing.assert_array_equal(_draw(core, "init_gru").b_h, np.zeros(120))


@pytest.mark.parametrize("make", ["init_lstm", "init_gru"])
def test_rho_is_nine_tenths_by_default(core, make):
    blocks = _draw(core, make).W_hh.reshape(-1, 40, 40)
    assert_close(np.linalg.norm(blocks, 2, axis=(1, 2)), np.full(len(blocks), 0.9))


def test_what_is_off_by_default(core):
    assert _draw(core, "init_lstm").peepholes is None
    np.testing.assert_array_equal(_draw(core, "init_lstm", peepholes=True).peepholes, np.zeros((3, 40)))
    assert _draw(core, "init_gru").reset == "after"
    np.testing.assert_array_equal(_draw(core, "init_gru").b_hn, np.zeros(40))
    before = _draw(core, "init_gru", reset="before")
    assert (before.b_hn, before.reset) == (None, "before")
    np.testing.assert_array_equal(before.W_hh, _draw(core, "init_gru").W_hh)


@pytest.mark.parametrize("make", ["init_lstm", "init_gru"])
def test_float32(core, make):
    options = {"peepholes": True} if make == "init_lstm" else {}
    single, double = (_draw(core, make, dtype=dtype, **options) for dtype in (np.float32, np.float64))
    for one, other in zip(single, double, strict=True):
        assert one.dtype == np.float32
        np.testing.assert_array_equal(one, other.astype(np.float32))
