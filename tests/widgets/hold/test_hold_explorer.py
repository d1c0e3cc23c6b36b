"""What the explorer of the memory cell refuses, and what its static figure says."""

import numpy as np
import pytest
from traitlets import TraitError

from rnn_widgets import HoldExplorer

BAD = [
    *(("bit", value) for value in ("both", 1)),
    *(("b", value) for value in (-4.1, 8.1, float("nan"))),
    *(("left", value) for value in (1, 41, 2.5)),
    ("right", 1),
    ("lift", 12.1),
    *(("i", value) for value in (-0.1, 1.1)),
    *(("step", value) for value in (0, 41)),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_setting(name, value):
    with pytest.raises(TraitError, match=name):
        HoldExplorer(**{name: value})


def test_a_bias_of_zero_halves_the_cell_and_its_gradient_at_each_step():
    explorer = HoldExplorer(b=0.0)
    powers = 0.5 ** np.arange(40)
    np.testing.assert_allclose(explorer.trace.c[1:, 0], powers, rtol=1e-12)
    np.testing.assert_allclose(explorer.gradient, powers[::-1], rtol=1e-12)


def test_the_input_gate_changes_the_cell_and_not_the_gradient():
    shut, open_ = HoldExplorer(i=0.0), HoldExplorer(i=1.0)
    assert not np.allclose(shut.trace.c, open_.trace.c)
    assert np.array_equal(shut.gradient, open_.gradient)


def test_the_words_have_the_numbers_of_the_figure():
    explorer = HoldExplorer(bit="minus")
    assert "0.9526 at every step" in explorer.alt_text
    assert f"it holds {explorer.trace.c[-1, 0]:.3f}" in explorer.alt_text
    assert "between" in HoldExplorer(lift=-3.0).alt_text


@pytest.mark.parametrize("settings", [{}, {"i": 1.0, "lift": -12.0, "step": 40}, {"step": 1, "late": True}])
def test_the_figure_is_drawn(settings):
    assert len(HoldExplorer(**settings).figure().axes) == 3
