"""Cases for the JavaScript of the network that writes, computed by rnn_core: `make_vectors(seed)`.

The explorer steps from character to character; here `rnn_core.forward` reads what was written as a whole.
"""

import numpy as np

import rnn_core
from rnn_widgets import WritesExplorer
from rnn_widgets.writes.network import CHECKPOINTS, NETWORK, TYPED, params_at

SYMBOLS = NETWORK["symbols"]
WORDS = set(NETWORK["words"].split())
WRITTEN, SHOWN = 150, 12


def logits(checkpoint, text):
    """The logits before each character of a text and after its last one: (len(text) + 1, 73)."""
    params = params_at(checkpoint)
    if not text:
        return params.b_y[None]
    h = rnn_core.forward(params, np.eye(len(SYMBOLS))[[SYMBOLS.index(one) for one in text]]).h
    return h @ params.W_yh.T + params.b_y


def shares(o, temperature):
    """Probabilities with a temperature, for any number of rows."""
    if temperature == 0:
        return np.eye(len(SYMBOLS))[o.argmax(axis=-1)]
    y = np.exp((o - o.max(axis=-1, keepdims=True)) / temperature)
    return y / y.sum(axis=-1, keepdims=True)


def count(text, written):
    """The runs of small letters within what is written, found letter by letter, and the words among them."""
    whole, runs, at = text + written, [], len(text)
    while at < len(whole):
        end = at
        while end < len(whole) and "a" <= whole[end] <= "z":
            end += 1
        alone = end < len(whole) and not whole[end].isalpha() and not (at and whole[at - 1].isalpha())
        if end - at >= 2 and alone:
            runs.append(whole[at:end])
        at = max(end, at + 1)
    return runs, [run for run in runs if run in WORDS]


def case(explorer, carried, **settings):
    for name, value in settings.items():
        setattr(explorer, name, value)
    checkpoint, text, temperature = (settings[name] for name in ("checkpoint", "text", "temperature"))
    written = explorer.written
    own = logits(checkpoint, text + written)
    y = shares(own[len(text)], temperature)
    np.testing.assert_allclose(explorer.probabilities, y, rtol=0, atol=1e-12)
    each = shares(own[len(text) :], temperature)
    codes = [SYMBOLS.index(one) for one in written]
    assert (each[np.arange(WRITTEN), codes] > 0).all()
    runs, words = count(text, written)
    assert (explorer.runs, explorer.words) == (runs, words)
    stages = []
    for i, stored in enumerate(CHECKPOINTS):
        plain = shares(logits(i, text)[-1], 1.0)
        stages.append(
            {
                "updates": stored["updates"],
                "loss": stored["loss"],
                "top": SYMBOLS[int(plain.argmax())],
                "share": float(plain.max()),
                "space": float(plain[SYMBOLS.index(" ")]),
            }
        )
    return {
        "carried": carried,
        "settings": settings,
        "expected": {
            "y": y.tolist(),
            "order": np.argsort(-shares(own[len(text)], 1.0), kind="stable")[:SHOWN].tolist(),
            "written": written,
            "spaces": written.count(" "),
            "runs": len(runs),
            "words": len(words),
            "different": len(set(words)),
            "stages": stages,
        },
    }


def beginning(rng):
    """A beginning: pieces of the training text, or any characters."""
    if rng.random() < 0.5:
        corpus = rnn_core.example_corpus().replace("\n", " ")
        start = int(rng.integers(len(corpus) - 40))
        return corpus[start : start + int(rng.integers(0, 41))]
    return "".join(rng.choice(list(TYPED), int(rng.integers(0, 41))))


def make_vectors(seed):
    rng = np.random.default_rng(seed)
    explorer = WritesExplorer()
    carried = {"network": explorer.network}
    cases = [
        case(explorer, carried, checkpoint=checkpoint, text=text, temperature=temperature, seed=seed)
        for checkpoint in range(len(CHECKPOINTS))
        for text, temperature in (("the", 1.0), ("", 0.0), ("q", 0.3), ("The network ", 1.5), ("a", 1e-9))
    ]
    return cases + [
        case(
            explorer,
            carried,
            checkpoint=int(rng.integers(len(CHECKPOINTS))),
            text=beginning(rng),
            temperature=float(rng.uniform(0, 1.5)) if i % 5 else 0.0,
            seed=int(rng.integers(1000)),
        )
        for i in range(75)
    ]
