"""The change of clock as a Python object: its settings, its measurements, what a notebook stores of it."""

import gzip
import json
import math

import numpy as np
import pytest
from javascript import measure

from rnn_core import point_process
from rnn_core.point_process import Hawkes
from rnn_widgets import ClockExplorer
from rnn_widgets.clock.explorer import CEILING, END, EVALUATIONS
from rnn_widgets.clock.limits import fitted_limit, ks_limit
from rnn_widgets.kit.proposals import proposals, random_proposals, thinned

GENERIC = {"mu": 0.62, "alpha": 0.57, "beta": 1.3, "draw": 1}


def random_draw(rng):
    return random_proposals(ceiling=CEILING, length=END, rng=rng)


def events(process, draw, end=END):
    times, heights = proposals(draw)
    return times[thinned(process, times, heights) & (times <= end)]


def generic(**settings):
    return ClockExplorer(draws=3, rng=np.random.default_rng(5), **{**GENERIC, **settings})


def test_proposals_are_spread_evenly_under_the_ceiling():
    drawn = [proposals(random_draw(np.random.default_rng(seed))) for seed in range(40)]
    gaps = np.concatenate([np.diff(times, prepend=0.0) for times, _ in drawn])
    heights = np.concatenate([heights for _, heights in drawn])
    assert all(0.99 * END < times[-1] <= END for times, _ in drawn)
    assert (gaps > 0).all()
    # 100 000 values: a rate wrong by 1 % would be seen. A tick is 1/200 of a mean gap, too little to matter.
    assert len(gaps) == pytest.approx(40 * CEILING * END, rel=0.008)
    assert point_process.kolmogorov_smirnov(CEILING * gaps).statistic < 0.008
    # −log of a uniform number is a unit exponential.
    assert point_process.kolmogorov_smirnov(-np.log(heights / CEILING)).p_value > 0.01


class Replay(np.random.Generator):
    """A generator that gives the draw's own numbers: what is left until the next proposal, and its height."""

    def __init__(self, draw):
        super().__init__(np.random.PCG64(0))
        times, heights = proposals(draw)
        self.pairs = zip(CEILING * np.diff(times, prepend=0.0), heights / CEILING, strict=True)

    def exponential(self):
        gap, self.height = next(self.pairs, (math.inf, 1.0))
        return gap

    def random(self):
        return self.height


class UnderCeiling(Hawkes):
    """A Hawkes process that is thinned from one rate throughout."""

    def ceiling(self, state, tau):
        return CEILING, math.inf


@pytest.mark.parametrize("seed", range(5))
def test_events_are_those_of_rnn_core_thinning_the_same_proposals(seed):
    rng = np.random.default_rng(seed)
    mu, alpha, beta = rng.uniform([0.4, 0.1, 0.2], [1.0, 0.8, 3.0])
    draw = random_draw(rng)
    expected = point_process.simulate(
        UnderCeiling(mu, alpha, beta), 43.7, rng=Replay(draw), method="thinning"
    )
    assert len(expected) > 10
    np.testing.assert_allclose(events(Hawkes(mu, alpha, beta), draw, 43.7), expected, rtol=0, atol=1e-9)


def test_more_of_anything_keeps_the_events_that_were_there():
    few = generic(alpha=0.3).times
    assert set(few) < set(generic(alpha=0.5).times)
    assert set(few) < set(generic(alpha=0.3, mu=0.9).times)


def mean_number(mu, alpha, beta, end, steps=4000):
    """Integrate the mean of λ, which obeys m' = β(μ − (1 − α) m), by the midpoint rule."""
    m, total, h = mu, 0.0, end / steps
    for _ in range(steps):
        middle = m + h / 2 * beta * (mu - (1 - alpha) * m)
        m += h * beta * (mu - (1 - alpha) * middle)
        total += h * middle
    return total


def test_expected_number_of_events():
    for seed in range(4):
        rng = np.random.default_rng(seed)
        mu, alpha, beta = rng.uniform([0.1, 0.0, 0.1], [1, 0.95, 3])
        explorer = ClockExplorer(mu=mu, alpha=alpha, beta=beta)
        assert explorer.expected_number == pytest.approx(mean_number(mu, alpha, beta, END), rel=1e-5)
    rng, process = np.random.default_rng(0), generic().process
    counts = [len(events(process, random_draw(rng))) for _ in range(200)]
    error = np.std(counts) / np.sqrt(200)
    assert abs(np.mean(counts) - generic().expected_number) < 3 * error


def test_models():
    assert generic().model == generic().process == Hawkes(0.62, 0.57, 1.3)
    assert generic(evaluation="half_beta").model == Hawkes(0.62, 0.57, 0.65)
    assert generic(evaluation="no_beta").model == Hawkes(0.62, 0.57 / 1.3, 1.3)
    poisson, times = generic(evaluation="poisson"), generic().times
    assert poisson.log_likelihood == pytest.approx(
        point_process.log_likelihood(point_process.Poisson(0.62 / 0.43), times, END), rel=1e-12
    )
    assert poisson.log_likelihood_of_truth == generic().log_likelihood != poisson.log_likelihood


def test_log_likelihood_and_rescaled_gaps_written_out():
    explorer = generic(evaluation="half_beta")
    mu, alpha, beta, times = 0.62, 0.57, 0.65, explorer.times

    def rate(t):
        return mu + sum(alpha * beta * math.exp(-beta * (t - s)) for s in times if s < t)

    def total(t):
        return mu * t + sum(alpha * (1 - math.exp(-beta * (t - s))) for s in times if s < t)

    expected = sum(math.log(rate(t)) for t in times) - total(END)
    assert explorer.log_likelihood == pytest.approx(expected, rel=1e-11)
    gaps = np.diff([total(t) for t in times], prepend=0.0)
    np.testing.assert_allclose(explorer.rescaled_gaps, gaps, rtol=0, atol=1e-11)
    below = 1 - np.exp(-np.sort(gaps))
    n = len(times)
    steps = np.arange(n + 1) / n
    distance = max((steps[1:] - below).max(), (below - steps[:-1]).max())
    assert explorer.ks_distance == pytest.approx(distance, rel=1e-11)
    assert explorer.at_end == pytest.approx(total(END), rel=1e-12)
    for clock in (0.0, 0.3, 1.0):
        explorer.clock = clock
        mixed = [(1 - clock) * t * total(END) / END + clock * total(t) for t in times]
        np.testing.assert_allclose(explorer.readings, mixed, rtol=0, atol=1e-10)


@pytest.mark.parametrize("n", [1, 2, 3, 8, 30, 97, 140, 400, 2000])
def test_limit_is_that_of_the_five_percent_test(n):
    limit = ks_limit(n)
    # Values whose distribution function lies the limit below the steps, as far as it can.
    values = -np.log1p(-np.maximum(np.arange(1, n + 1) / n - limit, 1e-9))
    result = point_process.kolmogorov_smirnov(values)
    assert result.statistic == pytest.approx(limit, abs=1e-8)
    assert result.p_value == pytest.approx(0.05, abs=0.002)


def test_no_events():
    rng = np.random.default_rng(0)
    explorers = (ClockExplorer(draws=1, rng=rng, mu=0.05) for _ in range(50))
    empty = next(explorer for explorer in explorers if not len(explorer.times))
    for evaluation in EVALUATIONS:
        empty.evaluation = evaluation
        assert empty.ks_distance is None
        assert empty.log_likelihood == pytest.approx(-END * empty.model.mu)
        assert "0 events" in empty.alt_text
        assert "distance" not in empty.alt_text
        empty.figure().canvas.draw()


def test_ceiling():
    rng = np.random.default_rng(0)
    explorers = [ClockExplorer(draws=1, rng=rng, mu=1.0, alpha=alpha, beta=3.0) for alpha in (0.8, 0.9, 0.95)]
    peaks = [1.0 + explorer.alpha * 3.0 * max(states(explorer.times, 3.0)) for explorer in explorers]
    assert [explorer.ceiling_reached for explorer in explorers] == [peak > CEILING for peak in peaks]
    assert min(peaks) < CEILING < max(peaks)


def states(times, beta):
    R, last = 0.0, 0.0
    for t in times:
        R, last = R * math.exp(-beta * (t - last)) + 1.0, t
        yield R


@pytest.mark.parametrize("evaluation", EVALUATIONS)
def test_the_state_alone_is_enough_to_draw(evaluation, tmp_path):
    """The JSON that a page stores, measured by the page's program, gives what Python measures."""
    explorer = generic(evaluation=evaluation)
    explorer.set_state({"alpha": 0.81, "clock": 0.4})  # a change from the browser
    measured = measure(explorer, "clock/model.js", "(name) => state[name], state", tmp_path)
    assert measured["events"] == explorer.times.tolist()
    assert measured["model"]["logLikelihood"] == pytest.approx(explorer.log_likelihood, rel=1e-10)
    assert measured["truth"]["logLikelihood"] == pytest.approx(explorer.log_likelihood_of_truth, rel=1e-10)
    np.testing.assert_allclose(measured["model"]["rescaled"], explorer.rescaled_gaps, rtol=0, atol=1e-10)
    assert measured["distance"] == pytest.approx(explorer.ks_distance, rel=1e-10)
    assert measured["expectedNumber"] == pytest.approx(explorer.expected_number, rel=1e-10)


def test_what_the_chapter_may_say_of_the_default():
    """The true process passes on every carried draw, Poisson fails: chosen so, see the seed."""
    for draw in range(3):
        explorer = ClockExplorer(draw=draw)
        limit = ks_limit(len(explorer.times))
        assert explorer.ks_distance < limit
        explorer.evaluation = "poisson"
        assert explorer.ks_distance > limit


def test_figure_shows_the_present_state():
    explorer = generic(evaluation="half_beta", clock=1.0)
    explorer.alpha = 0.71
    times = explorer.times
    count, qq = explorer.figure().axes
    curves = {line.get_label(): line.get_xydata() for line in count.lines}
    at, values = curves["the model's Λ"].T
    np.testing.assert_allclose(at, values)  # on its own clock Λ is a straight line
    assert values[-1] == pytest.approx(explorer.at_end)
    assert curves["N, events so far"][-1].tolist() == [explorer.at_end, len(times)]
    points = qq.lines[-1].get_xydata().T
    np.testing.assert_allclose(points, point_process.exponential_qq(explorer.rescaled_gaps), atol=1e-12)
    for words in ("α = 0.71", f"{len(times)} events", f"{explorer.ks_distance:.3f}", "β halved", "clock Λ"):
        assert words in explorer.alt_text
    explorer.clock = 0.0
    assert "by the calendar" in explorer.alt_text
    count, qq = explorer.figure().axes
    at, values = {line.get_label(): line.get_xydata() for line in count.lines}["the model's Λ"].T
    expected = point_process.compensator(explorer.model, times, at * END / explorer.at_end)
    np.testing.assert_allclose(values, expected, atol=1e-9)
    assert not qq.collections  # no limits where there is no test


def test_data_are_small():
    assert len(gzip.compress(json.dumps(ClockExplorer().draws).encode())) <= 40_000


@pytest.mark.parametrize("n", [5, 23, 49, 250])
def test_the_limit_for_a_fitted_rate_is_exceeded_by_one_sample_in_twenty(n):
    gaps = np.random.default_rng(n).exponential(size=(20_000, n))
    gaps = np.sort(gaps / gaps.mean(axis=1, keepdims=True), axis=1)
    below, steps = -np.expm1(-gaps), np.arange(n + 1) / n
    distance = np.maximum((steps[1:] - below).max(axis=1), (below - steps[:-1]).max(axis=1))
    assert abs((distance > fitted_limit(n)).mean() - 0.05) < 0.006
    assert fitted_limit(n) < ks_limit(n)
