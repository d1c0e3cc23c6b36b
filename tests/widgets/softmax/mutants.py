"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "not normalised": ("softmax/model", "return e.map((value) => value / sum);", "return e;"),
    "shares of the logits": ("softmax/model", "Math.exp(value - largest));", "value - largest + 1);"),
    "the loss of another": ("softmax/model", "- o[c];", "- o[0];"),
    "the loss with its sign lost": (
        "softmax/model",
        "return largest + Math.log",
        "return -largest + Math.log",
    ),
    "event minus prediction": ("softmax/model", "(i === c ? -others : value)", "(i === c ? others : -value)"),
    "no event": ("softmax/model", "(i === c ? -others : value)", "value"),
    "a shift of one logit": ("softmax/model", "others.every", "others.some"),
    "a shift of nothing": ("softmax/model", "const MOVED = 0.05;", "const MOVED = 0;"),
}

MUTANTS = {
    "sure too early": ("softmax/words", "const SURE = 0.9;", "const SURE = 0.6;"),
    "sure too late": ("softmax/words", "const SURE = 0.9;", "const SURE = 0.99;"),
    "the most for one of two": ("softmax/words", "if (y[one] - y[two] < TIE)", "if (y[one] - y[two] < 0)"),
    "the least got the most": ("softmax/words", "y[j] - y[i]", "y[i] - y[j]"),
    "no tie with the event": (
        "softmax/words",
        "Math.abs(y[c] - y[one]) < TIE",
        "Math.abs(y[c] - y[one]) < 0",
    ),
    "more for less": (
        "softmax/words",
        'loss > GUESSING ? "more" : "less"',
        'loss > GUESSING ? "less" : "more"',
    ),
    "guessing, nearly": ("softmax/words", "if (off < TIE) return `Minus", "if (off < 0.1) return `Minus"),
    "a millionth": ("softmax/words", "off < 1e-6", "off < 1e-3"),
    "shown as nothing": ("softmax/words", "p < 0.01) return", "p < 0) return"),
    "shown as certain": ("softmax/words", "p > 0.9995 &&", "p > 1 &&"),
    "above for below": ("softmax/words", 'shift > 0 ? "above"', 'shift < 0 ? "above"'),
    "near, when it is not": ("softmax/words", "off < NEAR ?", "off < 0.2 ?"),
    "costly too early": ("softmax/tasks", "const COSTLY = 5;", "const COSTLY = 3;"),
    "solved by a gradient": ("softmax/tasks", "const STILL = 0.01;", "const STILL = 0.1;"),
    "solved by one entry": ("softmax/tasks", "gradient.every", "gradient.some"),
}
