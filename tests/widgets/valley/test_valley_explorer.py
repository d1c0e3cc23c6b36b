"""What the explorer of the valley refuses, and what its static figure says."""

import numpy as np
import pytest
from traitlets import TraitError

from rnn_widgets import ValleyExplorer

BAD = [
    *(("u", value) for value in (-4.1, 4.1, float("nan"))),
    ("v", 2.1),
    *(("eta", value) for value in (0.0, 2.3)),
    *(("kappa", value) for value in (0.4, 10.1)),
    *(("step", value) for value in (-1, 31, 0.5)),
]


@pytest.mark.parametrize(("name", "value"), BAD)
def test_bad_setting(name, value):
    with pytest.raises(TraitError, match=name):
        ValleyExplorer(**{name: value})


def test_the_question_has_the_losses_of_the_first_state():
    losses = ValleyExplorer().losses
    assert [f"{losses[t]:.2f}" for t in (0, 5)] == ["8.45", "1.92"]  # as view.js says
    assert losses.argmin() == 6
    assert losses[20] > losses[0]


def test_at_the_edge_the_steep_direction_jumps_for_ever():
    path = ValleyExplorer(eta=0.2, v=1.0).path
    np.testing.assert_allclose(path[:, 1], (-1.0) ** np.arange(31), rtol=1e-12)


@pytest.mark.parametrize(
    "settings", [{}, {"u": 0.0, "v": 0.0}, {"eta": 2.2, "step": 30}, {"eta": 1.0, "kappa": 1.0}]
)
def test_the_figure_is_drawn(settings):
    explorer = ValleyExplorer(**settings)
    shape = explorer.figure()
    shape.canvas.draw()
    assert len(shape.axes) == 2
    assert f"{explorer.losses[explorer.step]:.3g} after" in explorer.alt_text
