"""The parts of a fit by themselves: window, hills that fail, edges in words, standard errors."""

import importlib

import numpy as np
import pytest

from .oracles import complex_step
from .oracles_point_process import error_of
from .spoilt import defaults
from .test_hawkes import flat, window_log_likelihood


@pytest.fixture(name="fit")
def _fit(core):
    return importlib.import_module(f"{core.__name__}.point_process.fit")


def data_of(fit, start=0.0, end=50.0, number=20):
    return fit.Data(np.linspace(1.0, 49.0, number), start, end)


def test_the_begin_that_is_asked_for(core):
    """Where the first half of (0, end] is empty; an event at its middle is in it."""
    pp, times = core.point_process, np.array([6.0, 7.0, 7.5, 9.0])
    assert error_of(lambda: pp.fit_hawkes(times, 11.5)) == (
        "ValueError: start must be given: nothing happens in the first half of (0, end], up to 6 of 11.5. "
        "Say when watching began: start=times[0] takes the first event for history, start=0.0 says that the "
        "silence was watched"
    )
    few = "ValueError: times must hold more than the {} parameters, got {} events to explain"
    for end, rest, message in [
        (12.0, {"kernels": 2}, few.format(5, 4)),
        (12.0, {"initial": pp.Hawkes(1.0, (0.1, 0.2, 0.1), (1.0, 2.0, 3.0))}, few.format(7, 4)),
        (11.5, {"start": 6.0}, few.format(3, 3)),
        (11.5, {"start": 0.0, "kernels": 2}, few.format(5, 4)),
    ]:
        assert error_of(lambda e=end, r=rest: pp.fit_hawkes(times, e, **r)) == message
    assert error_of(lambda: pp.fit_hawkes([], 5.0)) == few.format(3, 0)


def test_what_a_fit_is_not_begun_at(core):
    pp, times = core.point_process, np.array([6.0, 7.0, 7.5, 9.0])
    for initial in (pp.Hawkes(1.0, (0.1, 0.0), (2.0, 3.0)), pp.Poisson(2.0), "here"):
        expected = f"ValueError: initial must be a Hawkes process with every alpha > 0, got {initial!r}"
        assert error_of(lambda i=initial: pp.fit_hawkes(times, 12.0, initial=i)) == expected
    for name, wrong in (("tolerance", 0.0), ("max_iterations", 0), ("kernels", 0)):
        text = error_of(lambda n=name, w=wrong: pp.fit_hawkes(times, 12.0, **{n: w}))
        assert text.startswith(f"ValueError: {name} must be ")


def test_parameters_in_a_row(core, fit):
    process = core.point_process.Hawkes(0.3, (0.1, 0.2, 0.4), (5.0, 0.5, 2.0))
    theta = fit.vector(process)
    assert theta.tolist() == [0.3, 0.1, 0.2, 0.4, 5.0, 0.5, 2.0]
    assert fit.process_of(theta) == process
    assert fit._by_decay(theta).tolist() == [0.3, 0.2, 0.4, 0.1, 0.5, 2.0, 5.0]


def test_kernels_of_one_decay_keep_their_order(fit):
    alpha = np.random.default_rng(503).permutation(40) / 100.0
    theta = np.concatenate([[0.3], alpha, np.tile([2.0, 0.5], 20)])
    expected = np.concatenate([[0.3], alpha[1::2], alpha[::2], [0.5] * 20, [2.0] * 20])
    np.testing.assert_array_equal(fit._by_decay(theta), expected)


def test_the_top_of_a_hill(core, fit):
    """Its gain is that over the Poisson process of the same number of events, and its slope is small."""
    pp = core.point_process
    times = pp.simulate(pp.Hawkes(0.5, 0.5, 1.5), 80.0, rng=np.random.default_rng(501))
    data = fit.Data(times, 10.0, 80.0)
    climb = fit._Climb(data, 1e-7, 60)
    top = climb.top(np.array([0.4, 0.4, 2.0]))
    process = fit.process_of(top.theta)
    value, slope = pp.hawkes_gradient(process, times, 80.0, 10.0)
    rate = (times > 10.0).sum() / 70.0
    assert top.gain == pytest.approx(
        value - pp.log_likelihood(pp.Poisson(rate), times, 80.0, 10.0), abs=1e-10
    )
    assert np.abs(flat(slope) * top.theta).max() <= 1e-7
    assert 0 < top.iterations < 60
    text = error_of(lambda: fit._Climb(data, 1e-7, 1).top(np.array([0.4, 0.4, 2.0])))
    assert text.startswith("RuntimeError: the fit did not converge in 1 steps")
    # The whole fit is that climb, to a millionth of the number of events.
    whole = pp.fit_hawkes(times, 80.0, start=10.0, initial=pp.Hawkes(0.4, 0.4, 2.0))
    np.testing.assert_allclose(fit.vector(whole.process), top.theta, rtol=1e-4)
    assert whole.log_likelihood == pytest.approx(value, abs=1e-6)
    assert 0 < whole.iterations <= top.iterations
    errors = fit._standard_errors(fit.vector(whole.process), data)
    np.testing.assert_allclose(fit.vector(whole.standard_errors), fit.vector(errors), rtol=1e-12)


def test_what_a_climb_is_asked_for(core, fit, monkeypatch):
    """A slope of `tolerance` for each of the events that are scored, and no more than `max_iterations`."""
    assert defaults(core.point_process.fit_hawkes) == {
        "start": None, "kernels": 1, "initial": None, "tolerance": 1e-6, "max_iterations": 500,
    }  # fmt: skip
    asked = []

    def bfgs(function, x, tolerance, max_iterations):
        asked.append((np.exp(x).tolist(), tolerance, max_iterations))
        raise RuntimeError("enough")

    monkeypatch.setattr(fit, "bfgs", bfgs)
    initial = core.point_process.Hawkes(0.5, 0.25, 2.0)
    for rest, tolerance, steps in [({}, 16e-6, 500), ({"tolerance": 1e-3, "max_iterations": 7}, 16e-3, 7)]:
        text = error_of(
            lambda r=rest: core.point_process.fit_hawkes(
                np.arange(1.0, 20.0), 20.0, start=3.0, initial=initial, **r
            )
        )
        assert text == "RuntimeError: enough"
        assert asked.pop() == (pytest.approx([0.5, 0.25, 2.0]), pytest.approx(tolerance), steps)


def test_events_like_clockwork_are_no_hawkes_process(core):
    """Nor is what the search finds of them called the end of a climb from a place of the caller's."""
    text = error_of(lambda: core.point_process.fit_hawkes(1.0 + 2.5 * np.arange(20), 50.0))
    assert text == LARGEST + ZERO


def tops(fit, monkeypatch, gains, edge=0.25):
    """Let hills be these: of a number the climb reaches it, of None it fails, from a place of that gain."""
    asked = []
    Hill = importlib.import_module("._hawkes_search", fit.__package__).Hill

    def hills(data, given=()):
        assert (data.number, data.span) == (20, 50.0)
        asked.append(given)
        return edge, [Hill(from_, np.array([k, from_, 1.0 + k])) for k, (from_, _) in enumerate(gains)]

    def top(self, place):
        reached = gains[int(place[0])][1]
        if reached is None:
            raise RuntimeError(f"lost from place {place[0]:g}")
        return fit._Top(reached, place, 7)

    monkeypatch.setattr(fit, "hills", hills)
    monkeypatch.setattr(fit._Climb, "top", top)
    return asked


@pytest.mark.parametrize(
    ("gains", "best"),
    [
        ([(5.0, 6.0), (4.0, 8.0), (3.0, 7.0)], 1),
        ([(5.0, None), (4.0, 8.0)], 1),
        ([(5.0, 6.0), (4.0, None)], 0),
        ([(8.0, None), (4.0, 8.0)], 1),
        ([(4.0, 6.0), (5.0, 6.0)], 0),
        ([(5.0, None), (4.0, 4.5)], "lost from place 0"),
        ([(4.0, None), (5.0, None), (3.0, None)], "lost from place 1"),
        ([(5.0, None), (5.0, None)], "lost from place 0"),
        ([], None),
    ],
)
def test_the_highest_top(fit, monkeypatch, gains, best):
    """A climb that fails matters if it began above all tops; of equals the first counts."""
    tops(fit, monkeypatch, gains)
    climb = fit._Climb(data_of(fit), 1e-6, 60)
    if isinstance(best, str):
        assert error_of(lambda: climb.highest(1)) == f"RuntimeError: {best}"
        return
    top, edge = climb.highest(1)
    assert edge == 0.25
    assert top.gain == (0.0 if best is None else gains[best][1])
    assert top.theta.tolist() == ([] if best is None else [best, gains[best][0], 1.0 + best])
    assert top.iterations == (0 if best is None else 7)


def test_a_further_kernel_is_sought_next_to_those_that_were_found(fit, monkeypatch):
    """The edge is then the top of one kernel fewer; without one, decades of the mean rate stand for it."""
    asked = tops(fit, monkeypatch, [(5.0, 6.0), (4.0, 8.0)])
    climb = fit._Climb(data_of(fit), 1e-6, 60)
    _, edge = climb.highest(2)
    assert (asked, edge) == ([(), (2.0,)], 8.0)
    asked = tops(fit, monkeypatch, [])
    top, edge = climb.highest(3)
    rate = 20 / 50.0
    assert (top.gain, edge) == (0.0, 0.0)
    assert [list(given) for given in asked] == [[], [rate], pytest.approx([rate, 10.0 * rate])]


POISSON = "the Poisson process of rate 0.4"
LARGEST = "RuntimeError: the likelihood has its largest value at an edge, not at a Hawkes process, namely at "
CLIMB = "RuntimeError: the climb from initial ends at an edge, not at a Hawkes process, namely at "
ZERO = f"α = 0: the events excite each other no more than those of {POISSON}"
SLOW = "β → 0 with αβ fixed, where every event raises λ for ever: {} nats better than " + POISSON
FEWER = "an α of 0: fewer kernels explain as much, {} nats better than " + POISSON
INSIDE = "; the best maximum inside gains {}: Hawkes(mu=0.25, alpha=(0.5,), beta=(2.0,))"
SLOW_INSIDE = INSIDE.format("2").replace("2.0", "0.00019")
ONE, TWO = [0.25, 0.5, 2.0], [0.25, 0.25, 0.5, 2.0, 3.0]
# 1e-2 over the window's length of 50 is where a decay is too slow.
EDGE_CASES = [
    (2.0, ONE, 1.0, None),
    (2.0, ONE, None, None),
    (2.0, ONE, -3.0, None),
    (2.0, [1e-4, 1e-4, 2.0], 1.0, None),
    (2.0, [1e-4, 1e-4, 0.5, 2.0, 3.0], 1.0, None),
    (2.0, [0.25, 0.5, 2.0e-4], 1.0, None),
    (2.0, [0.25, 0.5, 1.9e-4], 1.0, LARGEST + SLOW.format("2")),
    (2.0, [0.25, 0.25, 0.5, 3.0, 1.9e-4], 1.0, LARGEST + SLOW.format("2")),
    (2.0, [0.25, 0.5, 1.9e-4], None, CLIMB + SLOW.format("2")),
    (
        2.0,
        [0.25, 0.5, 1.9e-4],
        2.5,
        LARGEST + SLOW.format("2.5") + INSIDE.format("2").replace("2.0", "0.00019"),
    ),
    (1e-6, ONE, -1.0, LARGEST + ZERO),
    (1.5e-6, ONE, 0.0, None),
    (0.0, [], 0.0, LARGEST + ZERO),
    (-1.0, ONE, None, CLIMB + ZERO),
    (0.0, [], 3.14159, LARGEST + SLOW.format("3.14")),
    (1.0, ONE, 3.0, LARGEST + SLOW.format("3") + INSIDE.format("1")),
    (1.23456, ONE, 3.0, LARGEST + SLOW.format("3") + INSIDE.format("1.23")),
    (3.0, ONE, 3.0, LARGEST + SLOW.format("3")),
    (3.0, ONE, 3.0 + 5e-7, LARGEST + SLOW.format("3")),
    (1e-6, ONE, 3.0, LARGEST + SLOW.format("3")),
    (3.0, TWO, 3.0, LARGEST + FEWER.format("3")),
    (0.0, [], 1e-6, LARGEST + ZERO),
]


@pytest.mark.parametrize(("gain", "theta", "edge", "said"), EDGE_CASES)
def test_a_maximum_is_inside_or_its_edge_is_said(fit, gain, theta, edge, said):
    text = error_of(lambda: fit._expect_inside(fit._Top(gain, np.array(theta), 3), data_of(fit), edge))
    assert text == (said or "no error, but None")


FIRST = [2.0, 5.0, 9.5, 14.0, 16.0, 21.0, 25.5, 28.0]
CLUSTERS = sorted(t + d for k, t in enumerate(FIRST) for d in (0.0, 0.3, 0.4, 0.9, 1.0)[: 1 + k % 5])


def of_two_scales():
    """Forty gaps: bursts within clusters."""
    rng = np.random.default_rng(512)
    return np.cumsum(rng.exponential(1.0, 40) * rng.choice([0.03, 0.5, 3.0], 40)).tolist()


@pytest.mark.parametrize("start", [0.0, 5.2])
@pytest.mark.parametrize(
    ("times", "end", "theta"),
    [(CLUSTERS, 30.0, [0.3, 0.6, 2.0]), (of_two_scales(), 38.0, [0.32, 0.38, 0.34, 1.0, 31.4])],
)
def test_standard_errors(fit, start, times, end, theta):
    """By the inverse of the oracle's second derivatives, next to a maximum of clustered events."""
    theta, J = np.array(theta), len(theta) // 2

    def slope(v):
        return complex_step(lambda u: window_log_likelihood(u, times, start, end), v)

    rows = [(slope(theta + d) - slope(theta - d)) / 2e-5 for d in np.eye(len(theta)) * 1e-5]
    expected = np.sqrt(np.diag(np.linalg.inv(-(np.array(rows) + np.array(rows).T) / 2)))
    found = fit._standard_errors(theta, fit.Data(np.array(times), start, end))
    assert type(found.mu) is float
    assert (found.alpha.shape, found.beta.shape) == ((J,), (J,))
    np.testing.assert_allclose(flat(found), expected, rtol=1e-5)


SINGULAR = (
    "RuntimeError: the likelihood has no maximum inside: the information is singular at θ = {}; "
    "an alpha near 0 says that the events do not excite each other through that kernel"
)


@pytest.mark.parametrize(
    ("curvatures", "is_one"),
    [
        ((4.0, 50.0, 3e8), True),
        ((50.0, 3e8, 4.0), True),
        ((4.0, 50.0, 1e9), False),
        ((1e9, 4.0, 50.0), False),
        ((4.0, 1e9, 1e9), False),
        ((-4.0, 50.0, 70.0), False),
        ((0.0, 0.0, 0.0), False),
    ],
)
def test_the_least_curvature_next_to_the_largest(fit, monkeypatch, curvatures, is_one):
    """Of a likelihood that is a parabola in each logarithm: it is a maximum if none is below 1e-8 of them."""
    theta, curvatures = np.array([0.5, 0.25, 2.0]), np.array(curvatures)

    def gradient(process, times, start, end):
        slope = curvatures * (theta - fit.vector(process)) / theta**2
        return 0.0, fit.HawkesGradient(slope[0], slope[1:2], slope[2:])

    monkeypatch.setattr(fit, "gradient", gradient)
    if is_one:
        errors = fit.vector(fit._standard_errors(theta, data_of(fit)))
        np.testing.assert_allclose(errors, theta / np.sqrt(curvatures), rtol=1e-9)
    else:
        assert error_of(lambda: fit._standard_errors(theta, data_of(fit))) == SINGULAR.format(theta)


def test_an_information_that_is_singular(fit):
    theta = np.array([0.4, 1e-12, 30.0])
    text = error_of(lambda: fit._standard_errors(theta, data_of(fit)))
    assert text == SINGULAR.format(theta)
