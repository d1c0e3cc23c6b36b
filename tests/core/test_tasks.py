"""Adding, copy memory and temporal order: what each sequence holds, the exact baselines, and the checkers."""

import math
from fractions import Fraction

import numpy as np
import pytest

from .oracles import assert_close
from .samples import uniform_counts, within_standard_errors
from .spoilt import raises

LARGE = 200_000


def only_last_step(batch):
    """Assert that the mask chooses the last step alone, and that nothing is asked for before."""
    assert batch.mask.dtype == bool
    assert batch.mask.shape == batch.x.shape[:2]
    assert batch.mask[-1].all()
    assert not batch.mask[:-1].any()
    assert not batch.targets[:-1].any()


def constant_model(core, n, b_y):
    """A network that answers b_y at every step, whatever comes in."""
    k = len(b_y)
    return core.RNNParams(
        np.zeros((3, n)), np.zeros((3, 3)), np.zeros((k, 3)), np.zeros(3), np.asarray(b_y, dtype=float)
    )


def test_adding_asks_for_the_sum_of_the_two_marked_numbers(core):
    T, B = 9, 3000
    batch = core.tasks.adding(T, B, rng=np.random.default_rng(1))
    only_last_step(batch)
    for b in range(B):
        marked = [t for t in range(T) if batch.x[t, b, 1] == 1.0]
        assert len(marked) == 2
        assert [batch.x[t, b, 1] for t in range(T) if t not in marked] == [0.0] * (T - 2)
        assert batch.targets[-1, b, 0] == batch.x[marked[0], b, 0] + batch.x[marked[1], b, 0]
    steps = np.sort(np.argwhere(batch.x[..., 1].T == 1.0)[:, 1].reshape(B, 2), axis=1)
    uniform_counts(steps[:, 0], range(4))
    uniform_counts(steps[:, 1], range(4, 9))
    uniform_counts(5 * steps[:, 1] + steps[:, 0], [5 * j + i for i in range(4) for j in range(4, 9)])


def test_numbers_to_add_are_uniform(core):
    numbers = core.tasks.adding(7, 20_000, rng=np.random.default_rng(2)).x[..., 0].reshape(-1)
    assert numbers.min() >= 0.0
    assert numbers.max() < 1.0
    for power in (1, 2, 3):
        within_standard_errors(numbers**power, 1 / (power + 1))


def test_adding_baseline(core):
    """The answer 1 costs 1/6: by quadrature, in a sample and as a network's loss; other answers cost more."""
    assert core.tasks.adding_baseline() == 1 / 6
    node, weight = np.polynomial.legendre.leggauss(5)
    u, w = (node + 1) / 2, weight / 2
    assert w @ (u[:, None] + u - 1) ** 2 @ w == pytest.approx(core.tasks.adding_baseline(), rel=1e-14)
    batch = core.tasks.adding(2, LARGE, rng=np.random.default_rng(3))
    sums = batch.targets[-1, :, 0]
    within_standard_errors((sums - 1.0) ** 2, core.tasks.adding_baseline())

    def cost(answer):
        model = constant_model(core, 2, [answer])
        return core.bptt(model, batch.x, batch.targets, mask=batch.mask, loss=core.losses.squared_error)[0]

    assert cost(1.0) == pytest.approx(np.mean((sums - 1.0) ** 2), rel=1e-12)
    assert cost(0.9) > cost(1.0) < cost(1.1)


def test_adding_errors(core):
    """Only the last step counts, and the bound of 0.08 is H&S's 0.04 for half the sum."""
    rng = np.random.default_rng(4)
    batch = core.tasks.adding(7, 40, rng=rng)
    o = rng.normal(size=batch.targets.shape)
    offset = np.repeat([0.079, -0.079, 0.081, -0.081, 0.3], 8)[:, None]
    o[-1] = batch.targets[-1] + offset
    assert core.tasks.adding_errors(o, batch) == pytest.approx(24 / 40)
    assert core.tasks.adding_errors(o, batch, tolerance=0.2) == pytest.approx(8 / 40)
    assert core.tasks.adding_errors(batch.targets, batch) == 0.0


def test_copy_memory_asks_for_the_symbols_in_order(core):
    delay, B, symbols, length = 5, 400, 6, 4
    batch = core.tasks.copy_memory(delay, B, symbols, length, rng=np.random.default_rng(5))
    assert batch.x.shape == (delay + 2 * length, B, symbols + 2)
    assert batch.mask is None
    assert batch.lengths is None
    assert set(np.unique(batch.x)) == {0.0, 1.0}
    np.testing.assert_array_equal(batch.x.sum(axis=-1), 1.0)
    for b, codes in enumerate(batch.x.argmax(axis=-1).T.tolist()):
        said = codes[:length]
        assert max(said) < symbols
        assert codes[length:] == [symbols] * (delay - 1) + [symbols + 1] + [symbols] * length
        assert batch.targets[:, b].tolist() == [symbols] * (delay + length) + said
    for step in batch.targets[-length:]:
        uniform_counts(step, range(symbols))
    uniform_counts(batch.targets[-2] * symbols + batch.targets[-1], range(symbols**2))


@pytest.mark.parametrize(("delay", "symbols", "length"), [(5, 6, 4), (100, 8, 10)])
def test_copy_baseline(core, delay, symbols, length):
    """Certain of every blank and uniform over the symbols: this model loses the baseline in any sample."""
    batch = core.tasks.copy_memory(delay, 7, symbols, length, rng=np.random.default_rng(6))
    o = np.full((delay + 2 * length, 7, symbols + 1), 0.0)
    o[:-length, :, symbols], o[-length:, :, symbols] = 1000.0, -1000.0
    losses, _ = core.losses.cross_entropy(o, batch.targets)
    baseline = core.tasks.copy_baseline(delay, symbols, length)
    assert losses.sum(axis=0).mean() == pytest.approx(baseline, rel=1e-13)


def test_copy_baseline_is_that_of_the_paper(core):
    for T in (1, 100, 500):
        assert core.tasks.copy_baseline(T) == pytest.approx(20.794415416798, rel=1e-12)


def test_copy_errors(core):
    """Only the steps that recall a symbol count."""
    rng = np.random.default_rng(7)
    batch = core.tasks.copy_memory(5, 6, 7, 4, rng=rng)
    o = rng.normal(size=(13, 6, 8))
    o[-4:] = np.eye(8)[batch.targets[-4:]] + 0.9 * rng.random((4, 6, 8))
    assert core.tasks.copy_errors(o, batch) == 0.0
    o[-4, 2, (batch.targets[-4, 2] + 1) % 8] = 3.0
    o[-1, 5, 7] = 3.0
    o[-1, 1, (batch.targets[-1, 1] + 3) % 8] = 3.0
    assert core.tasks.copy_errors(o, batch) == pytest.approx(3 / 24)
    assert core.tasks.copy_errors(np.eye(8)[np.full((13, 6), 7)], batch) == 1.0


@pytest.mark.parametrize("T", [10, 11, 13, 20, 57])
def test_temporal_order_places_and_classes(core, T):
    B = 4000
    batch = core.tasks.temporal_order(T, B, rng=np.random.default_rng(8))
    only_last_step(batch)
    np.testing.assert_array_equal(np.sort(batch.x, axis=-1), np.broadcast_to([0, 0, 0, 0, 0, 1], (T, B, 6)))
    codes = batch.x.argmax(axis=-1)
    np.testing.assert_array_equal(np.sum(codes < 2, axis=0), 2)
    relevant = np.argwhere(codes.T < 2)[:, 1].reshape(B, 2)  # rows 0, …, T−1 in order
    for place, (low, high) in zip(relevant.T, ((1, 2), (4, 5)), strict=True):
        allowed = [t for t in range(1, T + 1) if low <= Fraction(10 * t, T) <= high]
        uniform_counts(place + 1, allowed)
    names = {"AA": 0, "AB": 1, "BA": 2, "BB": 3}
    for b in range(B):
        order = "".join("AB"[codes[t, b]] for t in relevant[b])
        assert batch.targets[-1, b] == names[order]
    uniform_counts(batch.targets[-1], range(4))
    uniform_counts(codes[codes > 1], range(2, 6))


def test_temporal_order_baseline(core):
    batch = core.tasks.temporal_order(20, LARGE // 20, rng=np.random.default_rng(9))
    value, _ = core.bptt(constant_model(core, 6, np.full(4, 0.3)), batch.x, batch.targets, mask=batch.mask)
    assert value == pytest.approx(core.tasks.temporal_order_baseline(), rel=1e-12)
    assert core.tasks.temporal_order_baseline() == pytest.approx(1.3862943611199, rel=1e-12)
    # No constant does better by more than chance: the counts of the classes decide.
    counts = np.bincount(batch.targets[-1], minlength=4) / batch.x.shape[1]
    assert -(counts @ np.log(counts)) == pytest.approx(math.log(4), abs=1e-3)


def test_temporal_order_errors(core):
    rng = np.random.default_rng(10)
    batch = core.tasks.temporal_order(10, 8, rng=rng)
    o = rng.normal(size=(10, 8, 4))
    o[-1] = np.eye(4)[batch.targets[-1]]
    assert core.tasks.temporal_order_errors(o, batch) == 0.0
    for b in (1, 4, 6):
        o[-1, b, batch.targets[-1, b] - 1] = 2.0
    assert core.tasks.temporal_order_errors(o, batch) == pytest.approx(3 / 8)


GENERATORS = {
    "adding": lambda tasks, **k: tasks.adding(11, 5, **k),
    "copy_memory": lambda tasks, **k: tasks.copy_memory(3, 5, **k),
    "temporal_order": lambda tasks, **k: tasks.temporal_order(11, 5, **k),
    "embedded_reber": lambda tasks, **k: tasks.embedded_reber(5, **k),
}


@pytest.mark.parametrize("name", GENERATORS)
def test_a_generator_decides_the_sequences_and_dtype_only_rounds(core, name):
    draw = GENERATORS[name]
    one, same = (draw(core.tasks, rng=np.random.default_rng(11)) for _ in range(2))
    other = draw(core.tasks, rng=np.random.default_rng(12))
    single = draw(core.tasks, rng=np.random.default_rng(11), dtype=np.float32)
    np.testing.assert_array_equal(one.x, same.x)
    np.testing.assert_array_equal(one.targets, same.targets)
    assert one.x.shape != other.x.shape or not np.array_equal(one.x, other.x)
    assert (one.x.dtype, single.x.dtype) == (np.float64, np.float32)
    assert_close(single.x, one.x, 1e-7)
    assert_close(single.targets, one.targets, 1e-7)
    assert single.targets.dtype == (np.float32 if name == "adding" else np.int64)


BAD = [
    (lambda t, r: t.adding(1, 5, rng=r), ValueError, r"T must be at least 2, got 1"),
    (lambda t, r: t.adding(7.0, 5, rng=r), TypeError, r"T must be an integer, got 7\.0"),
    (lambda t, r: t.adding(7, 0, rng=r), ValueError, r"B must be at least 1, got 0"),
    (lambda t, r: t.adding(7, 5, rng=11), TypeError, r"rng must be a numpy.random.Generator .* got 11"),
    (lambda t, r: t.adding(7, 5, rng=r, dtype=int), TypeError, r"dtype must be float64 or .* got int64"),
    (lambda t, r: t.copy_memory(0, 5, rng=r), ValueError, r"delay must be at least 1, got 0"),
    (lambda t, r: t.copy_memory(3, 0, rng=r), ValueError, r"B must be at least 1, got 0"),
    (lambda t, r: t.copy_memory(3, 5, 0, rng=r), ValueError, r"symbols must be at least 1, got 0"),
    (lambda t, r: t.copy_memory(3, 5, 8, 0, rng=r), ValueError, r"length must be at least 1, got 0"),
    (lambda t, r: t.copy_memory(3, 5, rng=None), TypeError, r"rng must .* got None"),
    (lambda t, r: t.copy_memory(3, 5, rng=r, dtype=np.float16), TypeError, r"dtype must .* got float16"),
    (lambda t, r: t.copy_baseline(0), ValueError, r"delay must be at least 1, got 0"),
    (lambda t, r: t.copy_baseline(3, 0), ValueError, r"symbols must be at least 1, got 0"),
    (lambda t, r: t.copy_baseline(3, 8, 0), ValueError, r"length must be at least 1, got 0"),
    (lambda t, r: t.temporal_order(9, 5, rng=r), ValueError, r"T must be at least 10, got 9"),
    (lambda t, r: t.temporal_order(10, 0, rng=r), ValueError, r"B must be at least 1, got 0"),
    (lambda t, r: t.temporal_order(10, 5, rng=0), TypeError, r"rng must .* got 0"),
    (lambda t, r: t.temporal_order(10, 5, rng=r, dtype=int), TypeError, r"dtype must .* got int64"),
]


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_of_the_tasks(core, call, error, message):
    raises(error, message, lambda: call(core.tasks, np.random.default_rng(0)))


@pytest.mark.parametrize("name", ["adding", "copy", "temporal_order"])
def test_bad_input_of_the_checkers(core, name):
    tasks, rng = core.tasks, np.random.default_rng(13)
    batch, k = {
        "adding": lambda: (tasks.adding(11, 5, rng=rng), 1),
        "copy": lambda: (tasks.copy_memory(3, 5, 4, 4, rng=rng), 5),
        "temporal_order": lambda: (tasks.temporal_order(11, 5, rng=rng), 4),
    }[name]()
    errors = getattr(tasks, f"{name}_errors")
    o = rng.normal(size=(11, 5, k))
    errors(o, batch)
    raises(
        ValueError, rf"o must have shape \(11, 5, {k}\), got \(10, 5, {k}\)", lambda: errors(o[:-1], batch)
    )
    raises(ValueError, r"o must have shape .* got \(11, 5\)", lambda: errors(o[..., 0], batch))
    raises(ValueError, r"o must be finite, got nan", lambda: errors(o * np.nan, batch))
    raises(TypeError, r"batch must be a Batch, what .* returns, got tuple", lambda: errors(o, tuple(batch)))
    if name == "adding":
        raises(ValueError, r"tolerance must be .* > 0, got 0", lambda: errors(o, batch, tolerance=0.0))
