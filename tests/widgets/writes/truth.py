"""The settings of the network that writes, what is true in each, and whether its sentences say that."""

import re
from typing import NamedTuple

import numpy as np
from claims import claim, claim_percent
from javascript import room

import rnn_core
from rnn_widgets import WritesExplorer
from rnn_widgets.writes.network import CHECKPOINTS, NETWORK, params_at

vectors = room("writes", "vectors")
SYMBOLS, WRITTEN = vectors.SYMBOLS, vectors.WRITTEN
OTHERWISE = 0.0  # the numbers agree everywhere
EXPLORER = WritesExplorer()
PERCENT = r"(?:less than 1 %|more than 99 %|\d+ %)"
SYMBOL = r"(?:a space|a new line|“.”)"


def settings(count, rng):
    """Return a grid of checkpoints, beginnings and temperatures, random ones, and guesses."""
    texts = ("", "the", "q", "actu", "the ", " ", "  ", "The network ", "phras", "hav", "x" * 40)
    temperatures = (0.0, 1e-300, 1e-9, 0.05, 0.1, 0.3, 1 - 1e-9, 1.0, 1 + 1e-9, 1.5)
    grid = [
        {"checkpoint": checkpoint, "text": text, "temperature": temperature, "seed": 0}
        for checkpoint in range(len(CHECKPOINTS))
        for text in texts
        for temperature in temperatures
    ]
    drawn = []
    for i in range(count):
        text = vectors.beginning(rng)
        if i % 4 == 0:
            text = text[:39] + " "
        if i % 3 == 0:
            temperature = float(rng.choice([0.0, 0.05, 0.1, 0.15, 0.2, 1.0]))
        else:
            temperature = float(rng.uniform(0, 1.5))
        checkpoint = int(rng.integers(len(CHECKPOINTS)))
        seed = int(rng.integers(1000))
        drawn.append({"checkpoint": checkpoint, "text": text, "temperature": temperature, "seed": seed})
    guesses = [{**EXPLORER.settings, "guess": guess} for guess in np.linspace(0, 5, 501).tolist()]
    return grid + drawn + guesses


def carried():
    """Return what the browser's program is given besides."""
    return {"network": EXPLORER.network}


class Fact(NamedTuple):
    """What is true of a setting."""

    y: np.ndarray
    plain: np.ndarray  # of all checkpoints, at temperature 1
    written: str
    runs: list
    words: list


def facts(all_settings, _carried, _measured):
    """Write all texts anew, those of one checkpoint at once, and read their runs letter by letter."""
    texts = [each["text"] for each in all_settings]
    known = {}
    for text in sorted(set(texts)):
        known[text] = np.array([vectors.logits(i, text)[-1] for i in range(len(CHECKPOINTS))])
    written = [""] * len(all_settings)
    for checkpoint in range(len(CHECKPOINTS)):
        own = [i for i, each in enumerate(all_settings) if each["checkpoint"] == checkpoint]
        for i, text in zip(own, write([all_settings[i] for i in own], params_at(checkpoint)), strict=True):
            written[i] = text
    for each, text, after in zip(all_settings, texts, written, strict=True):
        runs, words = vectors.count(text, after)
        y = vectors.shares(known[text][each["checkpoint"]], each["temperature"])
        yield Fact(y, vectors.shares(known[text], 1.0), after, runs, words)


def write(some, params):
    """What one network writes with each of some settings."""
    states = []
    for each in some:
        x = np.eye(len(SYMBOLS))[[SYMBOLS.index(one) for one in each["text"]]]
        states.append(rnn_core.forward(params, x).h[-1] if each["text"] else np.zeros(NETWORK["m"]))
    h = np.array(states)
    temperature = np.array([each["temperature"] for each in some])[:, None]
    random = [2654435761 * (each["seed"] + 1) for each in some]
    found = []
    for _ in range(WRITTEN):
        o = h @ params.W_yh.T + params.b_y
        y = np.exp((o - o.max(axis=1, keepdims=True)) / np.where(temperature == 0, 1.0, temperature))
        y = np.where(temperature == 0, np.eye(len(SYMBOLS))[o.argmax(axis=1)], y)
        ends = np.cumsum(y / y.sum(axis=1, keepdims=True), axis=1)
        random = [(1664525 * state + 1013904223) % 2**32 for state in random]
        drawn = np.minimum((ends <= np.array(random)[:, None] / 2**32).sum(axis=1), len(SYMBOLS) - 1)
        found.append(drawn)
        h = np.tanh(h @ params.W_hh.T + params.W_hx.T[drawn] + params.b_h)
    return ["".join(SYMBOLS[code] for code in codes) for codes in np.array(found).T]


def agrees(fact, measured):
    """Whether the browser's program measured what is true."""
    stages = [[stage["share"], stage["space"]] for stage in measured["stages"]]
    true = np.array([fact.plain.max(axis=1), fact.plain[:, SYMBOLS.index(" ")]]).T
    return (
        np.allclose(fact.y, measured["y"], rtol=0, atol=1e-10)
        and np.allclose(true, stages, rtol=0, atol=1e-10)
        and fact.written == measured["written"]
        and (len(fact.runs), len(fact.words)) == (measured["runs"], measured["words"])
    )


def assert_sensitive(chosen, found, carried):
    """Nothing here is."""
    assert not chosen


def as_measured(fact, measured):
    """Never needed."""
    return fact


def take(pattern, text):
    """Read the start of a text; return the match and what is left."""
    match = re.match(pattern, text, re.DOTALL)
    return (match, text[match.end() :].lstrip()) if match else (None, text)


def claim_updates(text, updates):
    """How long it was trained."""
    if text.lower() == "before training":
        return claim(updates == 0, "it was trained")
    found = re.fullmatch(r"[Aa]fter ([\d\u00a0]+) updates", text)
    return claim(int(found[1].replace("\u00a0", "")) == updates > 0, f"{text}: {updates}")


def claim_symbol(text, plain):
    """A character is the most probable one."""
    symbol = {"a space": " ", "a new line": "\n"}.get(text, text[1:2])
    claim(plain[SYMBOLS.index(symbol)] >= plain.max() - 1e-12, f"{text} is not the most probable")
    claim(symbol != " " or text == "a space", "a space has a name")


def claim_loss(text, loss):
    """A loss in two decimals."""
    claim(abs(float(text) - loss) <= 0.00501, f"{text} is not {loss}")


def check(each, fact, said):
    """Hold everything that is said against the facts."""
    stored = CHECKPOINTS[each["checkpoint"]]
    found, rest = take(
        r"(Before training|After [\d\u00a0]+ updates) it pays (\d\.\d\d) nats per character; "
        r"guessing costs (\d\.\d\d)\. ",
        said["verdict"],
    )
    claim_updates(found[1], stored["updates"])
    claim_loss(found[2], true_loss(each["checkpoint"]))
    claim_loss(found[3], np.log(73))
    check_writes(check_expects(rest, each, fact), fact)
    found, rest = take(r"(Before training|After [\d\u00a0]+ updates)\. ", said["summary"])
    claim_updates(found[1], stored["updates"])
    rest = check_expects(rest, each, fact)
    claim(rest == f"It writes: {fact.written[:40]}", "what is read out")
    check_tasks(said["tasks"], each, fact)
    if "guess" in each:
        check_gap(said["gap"], each["guess"])


def true_loss(checkpoint, known={}):  # noqa: B006
    """The loss on the held-back text, by rnn_core."""
    if checkpoint not in known:
        corpus = rnn_core.example_corpus()
        codes = rnn_core.Vocabulary.of(corpus).encode(corpus)[len(corpus) * 9 // 10 :]
        x, targets = rnn_core.next_symbol_pair(codes, len(SYMBOLS))
        y = rnn_core.forward(params_at(checkpoint), x).y
        known[checkpoint] = -np.log(y[np.arange(len(targets)), targets]).mean()
    return known[checkpoint]


def check_expects(text, each, fact):
    """What it expects after the beginning; gives what is said after that."""
    beginning, plain = each["text"], fact.plain[each["checkpoint"]]
    place = f"after “{beginning}”" if beginning else "at the beginning"
    greedy = f"At temperature 0 it takes the most probable character each time: {place} comes "
    claim(text.startswith(greedy) == (each["temperature"] == 0), "the temperature")
    if text.startswith(greedy):
        found, rest = take(rf"({SYMBOL})\. ", text.removeprefix(greedy))
        claim_symbol(found[1], plain)
        return rest
    drawn = f"{place[0].upper()}{place[1:]} its most probable next character is "
    claim(text.startswith(drawn), "the beginning")
    found, rest = take(rf"({SYMBOL}), with ({PERCENT})\. ", text.removeprefix(drawn))
    claim_symbol(found[1], plain)
    claim_percent(found[2], fact.y.max(), "its probability")
    return rest


def check_writes(text, fact):
    """How many spaces and words there are in what it writes."""
    found = re.fullmatch(
        r"Of its 150 characters (\d+) (is a space|are spaces); "
        r"(?:(it writes no run of small letters)|of its (\d+) runs? of small letters "
        r"(?:(none is a word)|(all are words)|(\d+) (?:is a word|are words)) of the training text)\.",
        text,
    )
    claim(int(found[1]) == fact.written.count(" "), "spaces")
    claim((found[2] == "is a space") == (found[1] == "1"), "one space")
    claim((found[3] is not None) == (not fact.runs), "no run")
    if found[3]:
        return
    claim(int(found[4]) == len(fact.runs), "runs")
    claim((found[5] is not None) == (not fact.words), "no word")
    claim((found[6] is not None) == (len(fact.words) == len(fact.runs) > 1), "all words")
    if found[7]:
        claim(int(found[7]) == len(fact.words), "words")


def check_tasks(said, each, fact):
    """A task is solved where it is, and what is said then is true."""
    space, sure, words = said
    checkpoint, plain = each["checkpoint"], fact.plain
    second = plain[:, SYMBOLS.index(" ")]
    first = bool(second[checkpoint] < 0.01 and (second[:checkpoint] >= 0.01).all())
    claim((space is not None) == (each["text"][-1:] == " " and first and checkpoint > 0), "task: space")
    if space:
        found = re.fullmatch(
            r"(After .*? updates) a space that follows a space has less than 1 %; (after .*? updates|"
            rf"before training) it still had ({PERCENT})\.",
            space,
        )
        claim_updates(found[1], CHECKPOINTS[checkpoint]["updates"])
        claim_updates(found[2], CHECKPOINTS[checkpoint - 1]["updates"])
        claim_percent(found[3], second[checkpoint - 1], "a second space")
    own = plain[checkpoint]
    claim((sure is not None) == (each["temperature"] == 1 and own.max() > 0.98), "task: sure")
    if sure:
        found = re.fullmatch(
            rf"After “{re.escape(each['text'])}” it gives ({SYMBOL}) ({PERCENT})\.", sure, re.DOTALL
        )
        claim_symbol(found[1], own)
        claim_percent(found[2], own.max(), "sure")
    claim((words is not None) == (len(fact.runs) >= 20 and len(fact.words) == len(fact.runs)), "task: words")
    if words:
        found = re.fullmatch(
            r"At temperature (\d\.\d\d) all (\d+) runs are words, and (\d+) of them are different\.", words
        )
        claim_loss(found[1], each["temperature"])
        claim(int(found[2]) == len(fact.runs) and int(found[3]) == len(set(fact.words)), "how many words")


def check_gap(text, guess):
    """What is said of a guess."""
    found = re.fullmatch(
        r"You put it at (\d\.\d\d) nats; after 10\u00a0000 updates it is (\d\.\d\d)\. "
        r"That is (?:(within 0\.05)|(\d\.\d\d) too (high|low))\. "
        r"(\d\.\d\d) nats is like guessing among (\d+\.\d) characters, not 73\.",
        text,
    )
    loss = true_loss(-1)
    claim_loss(found[1], guess)
    claim_loss(found[2], loss)
    off = round(abs(float(found[1]) - float(found[2])), 9)
    claim((found[3] is not None) == (off < 0.045), f"off by {off}")
    if found[4]:
        claim_loss(found[4], off)
        claim((found[5] == "high") == (guess > loss), "too high")
    claim(found[6] == found[2], "the loss, once more")
    claim(abs(float(found[7]) - np.exp(loss)) <= 0.0501, "so many characters")
