"""The search for the likelihood's hills, and the climb, each against its definition in scalars."""

import importlib
import math
from itertools import pairwise

import numpy as np
import pytest

from .oracles_point_process import error_of

TIMES = [0.2, 0.33, 0.71, 1.9, 2.15, 3.02, 3.08, 4.6, 5.83, 6.4]
WINDOWS = [(0.0, 7.25), (0.5, 7.25), (1.9, 6.4)]


@pytest.fixture(name="search")
def _search(core):
    return importlib.import_module(f"{core.__name__}.point_process._hawkes_search")


def inside(start):
    return [t for t in TIMES if t > start]


def mass(beta, start, end):
    """∫ Σ e^(−β (t − s)) dt over the window, or its length for each event where β is 0."""
    ends = [(max(start - t, 0.0), end - t) for t in TIMES]
    if beta == 0.0:
        return math.fsum(b - a for a, b in ends)
    return math.fsum((math.exp(-beta * a) - math.exp(-beta * b)) / beta for a, b in ends)


def ratios(beta, start, end):
    """T B_i/G of each event in the window."""
    before = [math.fsum(math.exp(-beta * (t - s)) for s in TIMES if s < t) for t in inside(start)]
    return np.array(before) * (end - start) / mass(beta, start, end)


def best_share(r):
    """Of one kernel, by bisection of the slope, which falls."""
    low, high = 0.0, 1.0
    for _ in range(80):
        p = (low + high) / 2
        low, high = (p, high) if math.fsum((r - 1) / (1 + p * (r - 1))) > 0 else (low, p)
    return low


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_the_window_and_its_events(search, start, end):
    data = search.Data(np.array(TIMES), start, end)
    assert data.span == end - start
    assert data.number == len(inside(start))
    assert type(data.number) is int


@pytest.mark.parametrize(("start", "end"), WINDOWS)
@pytest.mark.parametrize("beta", [0.0, 0.3, 2.0, 1500.0])
def test_masses_and_ratios(search, beta, start, end):
    data = search.Data(np.array(TIMES), start, end)
    assert search._kernel_mass(data, beta) == pytest.approx(mass(beta, start, end), rel=1e-13)
    np.testing.assert_allclose(search._ratios(data, beta), ratios(beta, start, end), rtol=1e-11, atol=1e-300)


@pytest.mark.parametrize(("start", "end"), [*WINDOWS, (0.0, 8.19)])  # thirty windows in a gap: 2¹² − 1
def test_scales_are_octaves(search, start, end):
    """From a tenth of the window's rate to three over the shortest gap, of the history too."""
    scales = search._scales(search.Data(np.array(TIMES), start, end))
    assert scales[0] == pytest.approx(0.1 / (end - start), rel=1e-14)
    np.testing.assert_allclose(scales[1:] / scales[:-1], 2.0, rtol=1e-14)
    shortest = min(b - a for a, b in pairwise(TIMES))
    assert scales[-2] < 3.0 / shortest <= scales[-1]


def test_the_share_of_one_kernel(search):
    rng = np.random.default_rng(491)
    for _ in range(30):
        r = rng.lognormal(0.0, 1.5, 40)
        p = float(search._share(r)[0])
        assert p == pytest.approx(best_share(r) if (r - 1).sum() > 0 else 0.0, rel=1e-10)
    assert search._share(np.array([1.0, 0.5, 1.5])).tolist() == [0.0]
    assert search._share(np.array([1.5, 2.5, 7.0]))[0] == pytest.approx(1.0, rel=1e-12)
    assert search._share(np.array([1e200, 1e-3, 0.2]))[0] == pytest.approx(
        best_share(np.array([1e200, 1e-3, 0.2]))
    )


class Summed(np.ndarray):
    """An array that counts its sums: the search for a share takes one for each step, and one before."""

    times = 0

    def sum(self, *args, **kwargs):
        Summed.times += 1
        return super().sum(*args, **kwargs)


def test_a_share_is_found_in_few_steps(search, monkeypatch):
    """Newton's each double the digits, where forty halvings would be needed."""
    rng = np.random.default_rng(497)
    for _ in range(30):
        r = rng.lognormal(0.0, 1.0, 40)
        monkeypatch.setattr(Summed, "times", 0)
        p = float(search._share(r.view(Summed))[0])
        assert p == pytest.approx(best_share(r) if (r - 1).sum() > 0 else 0.0, rel=1e-10)
        assert Summed.times == 1 if p == 0.0 else 2 < Summed.times <= 9


@pytest.mark.parametrize("c", [1.0 - 2.0**-26, 1.0 - 2.0**-20, 0.75, 0.01])
def test_a_share_of_any_size(search, c):
    """Of five r = 6/5 and 1 − c, where 1/(1 + p/5) = c/(1 − pc): p = (1 − c)/(6c/5), or an edge."""
    share = search._share(np.array([1.2] * 5 + [1.0 - c]))[0]
    assert share == pytest.approx(min((1.0 - c) / (1.2 * c), 1.0), rel=1e-6)


def test_the_shares_of_several_kernels(search):
    """Forty steps of EM from equal shares: responsibilities, and their means."""
    r = np.random.default_rng(492).lognormal(0.0, 1.0, (3, 25))
    shares = [0.25] * 4
    for _ in range(40):
        weights = [
            [shares[0], *(s * v for s, v in zip(shares[1:], column, strict=True))] for column in r.T.tolist()
        ]
        shares = [math.fsum(w[k] / math.fsum(w) for w in weights) / 25 for k in range(4)]
    np.testing.assert_allclose(search._shares(r), shares[1:], rtol=1e-12)


@pytest.mark.parametrize(("start", "end"), WINDOWS)
def test_parameters_of_given_shares(search, start, end):
    """Each kernel is expected to set off its share of the events, none 0; μ the rest, at least 1/1000."""
    data, number = search.Data(np.array(TIMES), start, end), len(inside(start))
    for shares in ([0.25, 0.5], [0.0, 0.375], [0.5, 0.5]):
        theta = search._theta(data, (0.7, 3.0), np.array(shares))
        assert theta[3:].tolist() == [0.7, 3.0]
        assert theta[0] * (end - start) == pytest.approx(max(1.0 - sum(shares), 1e-3) * number)
        for alpha, beta, share in zip(theta[1:3], (0.7, 3.0), shares, strict=True):
            assert alpha * beta * mass(beta, start, end) == pytest.approx(max(share, 1e-6) * number)


@pytest.mark.parametrize("seed", [4, 8, 18, 20, 5])
@pytest.mark.parametrize("late", [False, True])
def test_hills_of_one_kernel(core, search, seed, late):
    """Where the best gain over β is higher than next to it; their parameters have that likelihood."""
    pp = core.point_process
    times = np.cumsum(np.random.default_rng([1, seed]).exponential(size=60))
    start, end = (times[2] if late else 0.0), times[-1] + 0.5
    data = search.Data(times, start, end)
    gains = [
        math.fsum(np.log1p(best_share(r) * (r - 1.0)))
        for r in (search._ratios(data, beta) for beta in (0.0, *search._scales(data)))
    ]
    edge, hills = search.hills(data)
    assert edge == pytest.approx(gains[0], abs=1e-9)
    tops = [
        k
        for k in range(1, len(gains))
        if gains[k] > max(gains[k - 1], 0.0) and (k + 1 == len(gains) or gains[k] >= gains[k + 1])
    ]
    tops.sort(key=lambda k: -gains[k])
    assert [hill.theta[2] for hill in hills] == pytest.approx([search._scales(data)[k - 1] for k in tops[:4]])
    poisson = pp.log_likelihood(pp.Poisson(data.number / data.span), times, end, start)
    for hill, k in zip(hills, tops, strict=False):
        assert hill.gain == pytest.approx(gains[k], abs=1e-9)
        process = pp.Hawkes(hill.theta[0], hill.theta[1], hill.theta[2])
        assert pp.log_likelihood(process, times, end, start) == pytest.approx(poisson + hill.gain, abs=1e-8)


def test_hills_next_to_a_kernel_that_is_known(core, search):
    """The parameters have the likelihood of the mixture, of all kernels together."""
    pp = core.point_process
    times = pp.simulate(pp.Hawkes(0.4, (0.3, 0.3), (0.7, 20.0)), 150.0, rng=np.random.default_rng(493))
    data = search.Data(times, 0.0, 150.0)
    _, hills = search.hills(data, (0.7,))
    poisson = pp.log_likelihood(pp.Poisson(len(times) / 150.0), times, 150.0)
    assert hills
    assert [hill.gain for hill in hills] == sorted((hill.gain for hill in hills), reverse=True)
    for hill in hills:
        assert hill.theta[3] == 0.7
        process = pp.Hawkes(hill.theta[0], hill.theta[1:3], hill.theta[3:])
        assert pp.log_likelihood(process, times, 150.0) == pytest.approx(poisson + hill.gain, abs=1e-3)


def shown(search, monkeypatch, level, others=()):
    """The hills of given levels: of each β all ratios are one number, the first that of β = 0."""
    betas = np.arange(1.0, len(level))
    monkeypatch.setattr(search, "_scales", lambda data: betas)
    monkeypatch.setattr(
        search, "_ratios", lambda data, beta: np.full(7, dict(enumerate(level)).get(beta, 1.0))
    )
    edge, hills = search.hills(search.Data(np.arange(1.0, 8.0), 0.0, 8.0), others)
    return edge, [hill.gain for hill in hills], [hill.theta[-1] for hill in hills]


def test_hills_with_a_flat_top_and_at_the_end(search, monkeypatch):
    """Of a flat top the first is taken. A share of 1 is best, and each event gains log r."""
    edge, gains, betas = shown(search, monkeypatch, [1.25, 1.5, 3.0, 3.0, 1.5, 2.0, 2.0, 2.0, 1.5, 5.0])
    assert edge == pytest.approx(7 * math.log(1.25))
    assert gains == pytest.approx([7 * math.log(5.0), 7 * math.log(3.0), 7 * math.log(2.0)])
    assert betas == [9.0, 2.0, 5.0]


def test_of_hills_of_one_height_the_slowest_are_climbed(search, monkeypatch):
    heights = np.random.default_rng(498).permutation([2.0, 3.0] * 20)
    levels = np.stack([np.full(40, 1.25), heights], axis=1).ravel().tolist()
    betas = shown(search, monkeypatch, levels)[2]
    assert betas == [k for k, level in enumerate(levels) if level == 3.0][:4]


def test_what_gains_nothing_is_no_hill(search, monkeypatch):
    """Though next to it a kernel more does harm, for its share does not quite come to 0 in forty steps."""
    levels = [0.9, 0.9, 1.0, 0.9, 1.5, 0.9]
    assert shown(search, monkeypatch, levels, (0.7,))[2] == [4.0]


class Noted:
    """A function that notes where it was asked for."""

    def __init__(self, value, slope):
        self.value, self.slope, self.places = value, slope, []

    def __call__(self, x):
        self.places.append(x.tolist())
        return self.value(x), self.slope(x)


def test_the_first_step_is_the_slope_but_at_most_one(search):
    for steep, step in ((8.0, 1.0), (0.25, 0.25)):
        f = Noted(
            lambda x, s=steep: s * x.sum() + 0.01 * (x @ x),
            lambda x, s=steep: np.array([s, s / 2]) + 0.02 * x,
        )
        assert error_of(lambda f=f: search.bfgs(f, np.zeros(2), 1e-9, 1)).startswith("RuntimeError")
        assert f.places[1] == pytest.approx([-step, -step / 2])


def test_a_step_is_at_most_two(search):
    """In any coordinate; the curve has its minimum fifty away, and Newton would go there at once."""
    f = Noted(lambda x: float(-x[0] + 0.01 * x[0] ** 2), lambda x: -1.0 + 0.02 * x)
    x, steps = search.bfgs(f, np.zeros(1), 1e-9, 60)
    assert x[0] == pytest.approx(50.0, abs=1e-6)
    assert [place[0] for place in f.places[:4]] == pytest.approx([0.0, 1.0, 3.0, 5.0])
    assert steps == len(f.places) - 1


def test_a_step_too_far_is_halved(search):
    f = Noted(lambda x: float(np.cosh(5.0 * x[0])), lambda x: 5.0 * np.sinh(5.0 * x))
    x, steps = search.bfgs(f, np.array([0.3]), 1e-9, 60)
    assert [place[0] for place in f.places[:3]] == pytest.approx([0.3, -0.7, -0.2])
    assert abs(x[0]) < 1e-9
    assert steps < 9


@pytest.mark.parametrize(
    ("bend", "places"),
    [
        (1.0 + 5e-5, [0.0, 1.0, 0.5]),
        (1.0 - 5e-5, [0.0, 1.0, 0.5]),
        (1.0 - 2e-4, [0.0, 1.0]),
        (2.0 - 4e-4, [0.0, 1.0, 0.5]),
    ],
)
def test_a_step_must_gain_a_ten_thousandth_of_what_the_slope_promises(search, bend, places):
    """A step of s along −x + bend·x² gains s − bend·s², where the slope promises s."""
    f = Noted(lambda x: float(-x[0] + bend * x[0] ** 2), lambda x: -1.0 + 2.0 * bend * x)
    assert error_of(lambda: search.bfgs(f, np.zeros(1), 1e-9, 1)).startswith("RuntimeError")
    assert [place[0] for place in f.places] == places


def test_along_a_straight_line_nothing_is_learnt(search):
    f = Noted(lambda x: float(-x[0]), lambda x: np.array([-1.0]))
    text = error_of(lambda: search.bfgs(f, np.zeros(1), 1e-9, 4))
    assert text.startswith("RuntimeError: the fit did not converge in 4 steps")
    assert [place[0] for place in f.places] == [0.0, 1.0, 2.0, 3.0, 4.0]


@pytest.mark.parametrize(("cosine", "learnt"), [(4e-12, True), (2.5e-13, False)])
def test_a_curvature_of_rounding_is_not_believed(search, cosine, learnt):
    """Next to the lengths of the step, ⅛, and of the slope's change, 1000, it must be above 1e-12."""
    slopes = [np.array([-0.125, 0.0]), np.array([-0.125 + 1000.0 * cosine, 1000.0])]
    f = Noted(lambda x: float(-len(f.places)), lambda x: slopes[min(len(f.places) - 1, 1)])
    assert error_of(lambda: search.bfgs(f, np.zeros(2), 1e-9, 2)).startswith("RuntimeError")
    assert f.places[1] == [0.125, 0.0]
    # The first metric is the unit matrix; the one that is learnt has its long axis along the step.
    step = [2.0, 0.0] if learnt else [0.00025, -2.0]
    assert np.array(f.places[2]) - f.places[1] == pytest.approx(step, abs=1e-9)


def test_a_slope_whose_square_is_out_of_range(search):
    """Nothing is learnt from it, and nobody is warned."""
    f = Noted(lambda x: float(-x[0]), lambda x: np.array([-1.0 if x[0] < 0.5 else 1e200]))
    text = error_of(lambda: search.bfgs(f, np.zeros(1), 1e-9, 1))
    assert text.startswith("RuntimeError: the fit did not converge in 1 steps")


def test_the_climb_ends_where_the_slope_is_small_enough(search):
    f = Noted(lambda x: float(x @ x) / 2, lambda x: x)
    x, steps = search.bfgs(f, np.array([0.25, -0.125]), 0.25, 60)
    assert (x.tolist(), steps, len(f.places)) == ([0.25, -0.125], 0, 1)
    x, steps = search.bfgs(f, np.array([0.5, -0.125]), 0.25, 60)
    assert (x.tolist(), steps) == ([0.0, 0.0], 1)


def test_rounding_of_a_large_value_does_not_stop_the_climb(search):
    top, bends = np.array([1.0, 2.0]), np.array([1.0, 10.0])
    f = Noted(lambda x: float(1e8 + bends @ (x - top) ** 2 / 2), lambda x: (x - top) * bends)
    x, _ = search.bfgs(f, np.zeros(2), 1e-9, 60)
    np.testing.assert_allclose(x, [1.0, 2.0], rtol=1e-8)


def test_the_metric_is_learnt(search):
    """A valley ten thousand times as narrow as long: some steps for each axis, not one for each width."""
    bends = np.array([1.0, 37.0, 900.0, 1e4])
    f = Noted(lambda x: float(bends @ (x - 1.0) ** 2) / 2, lambda x: bends * (x - 1.0))
    x, steps = search.bfgs(f, np.array([0.9, 1.2, 0.8, 1.1]), 1e-8, 60)
    np.testing.assert_allclose(x, 1.0, rtol=1e-7)
    assert steps <= 25


def test_a_slope_that_misleads(search):
    """It says that the value falls where it rises: the step is halved until it is lost, and that is said."""
    f = Noted(lambda x: float(x[0]), lambda x: np.array([-1.0]))
    text = error_of(lambda: search.bfgs(f, np.array([math.log(3.0)]), 1e-9, 60))
    assert text == "RuntimeError: the fit stalled after 0 steps at θ = [3.]"
    assert len(f.places) == 1 + 34  # 2^(−34) is the first below 1e-10


def test_a_climb_that_is_cut_short(search):
    f = Noted(lambda x: float(-x[0] + 0.01 * x[0] ** 2), lambda x: -1.0 + 0.02 * x)
    text = error_of(lambda: search.bfgs(f, np.zeros(1), 1e-9, 2))
    assert (
        text == f"RuntimeError: the fit did not converge in 2 steps, it is at θ = {np.exp(np.array([3.0]))}"
    )
