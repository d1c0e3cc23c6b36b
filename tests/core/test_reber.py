"""The embedded Reber grammar against its regular expression and its production rules, written anew here."""

import itertools
import math
import re

import numpy as np
import pytest

from .oracles import assert_close
from .samples import within_standard_errors
from .spoilt import raises

SYMBOLS = "BTSXPVE"

# After X or S of the upper branch: loops through the lower one, then out. The \1 is the memory.
UPPER, LOWER = "(?:XT*VP)*(?:S|XT*VV)", "(?:P(?:XT*VP)*(?:S|XT*VV)|V)"
LANGUAGE = re.compile(rf"B([TP])B(?:TS*X{UPPER}|PT*V{LOWER})E\1E")

# The inner grammar as production rules: nonterminal → (symbol, nonterminal), "" being the end.
RULES = {
    "start": [("B", "fork")],
    "fork": [("T", "s-loop"), ("P", "t-loop")],
    "s-loop": [("S", "s-loop"), ("X", "upper")],
    "t-loop": [("T", "t-loop"), ("V", "lower")],
    "upper": [("X", "t-loop"), ("S", "close")],
    "lower": [("P", "upper"), ("V", "close")],
    "close": [("E", "")],
}


def next_symbols(prefix):
    """What may follow a prefix of an embedded string: a list of symbols, one for each rule that applies."""
    if len(prefix) < 2:
        return [["B"], ["T", "P"]][len(prefix)]
    place = "start"
    for position, symbol in enumerate(prefix[2:], start=2):
        if place == "":
            return ["E"] if position == len(prefix) - 1 else []
        place = dict(RULES[place])[symbol]
    return [prefix[1]] if place == "" else [symbol for symbol, _ in RULES[place]]


def probability(string):
    """The product over the symbols of one over the number of choices."""
    return math.prod(1 / len(next_symbols(string[:t])) for t in range(len(string)))


def sample(core, B=20_000, seed=31):
    return core.tasks.sample_embedded_reber(B, rng=np.random.default_rng(seed))


def true_source(batch, core):
    """Probabilities of the source itself: uniform over the legal symbols; in the padding, over all."""
    legal = core.tasks.reber_legal(batch).astype(float)
    legal[~legal.any(axis=-1)] = 1.0
    return legal / legal.sum(axis=-1, keepdims=True)


def forgetful_source(batch, core):
    """The same, but T and P are equally likely where the second symbol comes again."""
    y = true_source(batch, core)
    for b, length in enumerate(batch.lengths):
        y[length - 2, b] = [0.0, 0.5, 0.0, 0.0, 0.5, 0.0, 0.0]
    return y


def string_losses(y, batch):
    """−log p of each string, without its first symbol."""
    steps = np.arange(len(batch.targets))[:, None]
    p = np.take_along_axis(y, batch.targets[..., None], axis=-1)[..., 0]
    return -np.where(steps < batch.lengths, np.log(p), 0.0).sum(axis=0)


def test_the_language_is_that_of_the_regular_expression(core):
    accepts = core.tasks.is_embedded_reber
    strings = set(sample(core, 300))
    assert len(strings) > 80
    assert {string[1] for string in strings} == {"T", "P"}
    wrong = right = 0
    for string in strings:
        assert LANGUAGE.fullmatch(string), string
        edits = {string[:i] + symbol + string[j:] for i in range(len(string) + 1) for symbol in ["", *SYMBOLS]
                 for j in (i, i + 1)}  # fmt: skip
        edits |= {string[:i] for i in range(len(string))} | {string + string, string.lower(), string + " "}
        for edit in edits:
            assert accepts(edit) == bool(LANGUAGE.fullmatch(edit)), edit
            right, wrong = right + accepts(edit), wrong + (not accepts(edit))
    assert right > 400
    assert wrong > 10_000


def test_every_short_word_is_judged_rightly(core):
    """All 7^5 middles of a string of nine symbols, between right and wrong ends."""
    accepted = 0
    for middle in itertools.product(SYMBOLS, repeat=5):
        for ends in ("TT", "PP", "TP", "PT"):
            word = "B" + ends[0] + "".join(middle) + ends[1] + "E"
            assert core.tasks.is_embedded_reber(word) == bool(LANGUAGE.fullmatch(word)), word
            accepted += core.tasks.is_embedded_reber(word)
    assert accepted == 4
    assert not core.tasks.is_embedded_reber("")


def test_samples_have_the_probabilities_of_the_walk(core):
    strings = sample(core)
    expected = {string: probability(string) for string in set(strings)}
    common = [string for string, p in expected.items() if p >= 1 / 512]
    assert len(common) > 30
    assert max(expected.values()) == 1 / 16
    for string in common:
        within_standard_errors([other == string for other in strings], expected[string])


def test_length_and_baselines(core):
    """Against the sum over time of the distribution of nonterminals, closed forms, and a large sample."""
    place, length, choices = {"start": 1.0}, 4.0, 1.0  # B, T or P, and at the end T or P, E; one choice
    while sum(place.values()) > 1e-18:
        after = {}
        for name, p in place.items():
            length += p
            choices += p * (len(RULES[name]) == 2)
            for _, target in RULES[name]:
                after[target] = after.get(target, 0.0) + p / len(RULES[name])
        place = {name: p for name, p in after.items() if name}
    tasks = core.tasks
    assert tasks.reber_length() == pytest.approx(length, rel=1e-13) == pytest.approx(12.0, rel=1e-13)
    assert tasks.reber_baseline() == pytest.approx(choices * math.log(2), rel=1e-13)
    assert tasks.reber_baseline() == pytest.approx(7 * math.log(2), rel=1e-13)
    assert tasks.reber_baseline(forgetful=True) == pytest.approx(8 * math.log(2), rel=1e-13)

    strings = sample(core, 5000)
    batch = tasks.reber_batch(strings)
    within_standard_errors([len(string) for string in strings], tasks.reber_length())
    losses = string_losses(true_source(batch, core), batch)
    assert_close(losses, [-math.log(probability(string)) for string in strings])
    within_standard_errors(losses, tasks.reber_baseline())
    forgetful = string_losses(forgetful_source(batch, core), batch)
    within_standard_errors(forgetful, tasks.reber_baseline(forgetful=True))
    assert_close(forgetful - losses, np.full(len(strings), math.log(2)), 1e-12)


def test_a_batch_holds_its_strings(core):
    strings = sample(core, 40)
    batch = core.tasks.reber_batch(strings)
    T = max(map(len, strings)) - 1
    assert batch.x.shape == (T, 40, 7)
    assert batch.targets.shape == (T, 40)
    for b, string in enumerate(strings):
        n = len(string) - 1
        assert batch.lengths[b] == n
        assert "".join(SYMBOLS[code] for code in batch.x[:n, b].argmax(axis=-1)) == string[:-1]
        assert "".join(SYMBOLS[code] for code in batch.targets[:n, b]) == string[1:]
        np.testing.assert_array_equal(batch.x[:n, b].sum(axis=-1), 1.0)
        assert not batch.x[n:, b].any()
    drawn = core.tasks.embedded_reber(40, rng=np.random.default_rng(31))
    for one, other in zip(drawn[:2], batch[:2], strict=True):
        np.testing.assert_array_equal(one, other)


def test_the_loss_of_a_network_on_a_batch(core):
    """A network without weights gives each of the seven symbols 1/7: it loses the mean length times log 7."""
    batch = core.tasks.embedded_reber(9, rng=np.random.default_rng(32))
    params = core.RNNParams(*(np.zeros(shape) for shape in ((4, 7), (4, 4), (7, 4), (4,), (7,))))
    value, _ = core.bptt(params, batch.x, batch.targets, lengths=batch.lengths)
    assert value == pytest.approx(np.mean(batch.lengths) * math.log(7), rel=1e-13)


def test_legal_symbols(core):
    strings = sample(core, 60)
    legal = core.tasks.reber_legal(core.tasks.reber_batch(strings))
    for b, string in enumerate(strings):
        for t in range(1, len(string)):
            allowed = {symbol for symbol, yes in zip(SYMBOLS, legal[t - 1, b], strict=True) if yes}
            assert allowed == set(next_symbols(string[:t]))
        assert not legal[len(string) - 1 :, b].any()


def test_errors_of_a_model(core):
    tasks = core.tasks
    strings = sample(core, 50)
    batch = tasks.reber_batch(strings)
    padding = np.arange(len(batch.x))[:, None] >= batch.lengths
    rng = np.random.default_rng(33)
    # Right to begin with: every legal symbol beats every illegal one, by little, and no symbol has its true
    # probability; in the padding, noise.
    o = tasks.reber_legal(batch) + 0.99 * rng.random(batch.x.shape)
    o[padding] = rng.normal(size=o[padding].shape)
    assert tasks.reber_errors(o, batch) == tasks.reber_critical_errors(o, batch) == 0.0
    assert tasks.reber_solved(o, batch)

    # One legal symbol of two falls behind, while the other is still the largest.
    spoilt = o.copy()
    for b, t in ((3, 0), (7, 2), (7, 3)):
        first = _CODE[next_symbols(strings[b][: t + 1])[0]]
        spoilt[t, b, first] = -1.0
    assert tasks.reber_errors(spoilt, batch) == pytest.approx(2 / 50)
    assert tasks.reber_critical_errors(spoilt, batch) == 0.0
    assert not tasks.reber_solved(spoilt, batch)

    # Always T at the critical step: wrong for every string whose second symbol is P, and for no other.
    always_T = o.copy()
    for b, length in enumerate(batch.lengths):
        always_T[length - 2, b] = np.eye(7)[1]
    share = np.mean([string[1] == "P" for string in strings])
    assert 0.2 < share < 0.8
    assert tasks.reber_critical_errors(always_T, batch) == pytest.approx(share)
    assert tasks.reber_errors(always_T, batch) == pytest.approx(share)

    # A tie is an error: the source that has forgotten never succeeds.
    forgetful = forgetful_source(batch, core)
    assert tasks.reber_errors(forgetful, batch) == tasks.reber_critical_errors(forgetful, batch) == 1.0
    assert tasks.reber_errors(true_source(batch, core), batch) == 0.0


_CODE = {symbol: code for code, symbol in enumerate(SYMBOLS)}


BAD = [
    (lambda g: g.tasks.sample_embedded_reber(0, rng=g.rng), ValueError, r"B must be at least 1, got 0"),
    (lambda g: g.tasks.embedded_reber(2.0, rng=g.rng), TypeError, r"B must be an integer, got 2\.0"),
    (lambda g: g.tasks.embedded_reber(2, rng=0), TypeError, r"rng must be a numpy.random.Generator .*got 0"),
    (lambda g: g.tasks.embedded_reber(2, rng=g.rng, dtype=int), TypeError, r"dtype must be float64 or float"),
    (lambda g: g.tasks.reber_batch([]), ValueError, r"strings must hold at least one string, got \[\]"),
    (lambda g: g.tasks.reber_batch("BTBTXSETE"), TypeError, r"strings must be a sequence of .* 'BTBTXSETE'"),
    (lambda g: g.tasks.reber_batch([7]), TypeError, r"strings must be a sequence of strings, got 7"),
    (lambda g: g.tasks.reber_batch(["BTBTXSEPE"]), ValueError, r"strings must be of the .*'BTBTXSEPE'"),
    (lambda g: g.tasks.reber_legal(tuple(g.batch)), TypeError, r"batch must be a Batch, what embedded_reber"),
    (lambda g: g.tasks.reber_legal(g.batch._replace(lengths=None)), ValueError, r"batch must have lengths"),
    (lambda g: g.tasks.reber_errors(g.o[1:], g.batch), ValueError, r"o must have shape .* got"),
    (lambda g: g.tasks.reber_critical_errors(g.o[..., :6], g.batch), ValueError, r"o must have shape .* got"),
    (lambda g: g.tasks.reber_solved(g.o * np.inf, g.batch), ValueError, r"o must be finite, got"),
]


class Given:
    """Right arguments, for one of them to be spoilt."""

    def __init__(self, core):
        self.tasks, self.rng = core.tasks, np.random.default_rng(34)
        self.batch = self.tasks.embedded_reber(5, rng=self.rng)
        self.o = self.rng.normal(size=self.batch.x.shape)


@pytest.mark.parametrize(("call", "error", "message"), BAD, ids=range(len(BAD)))
def test_bad_input_of_the_grammar(core, call, error, message):
    raises(error, message, lambda: call(Given(core)))
