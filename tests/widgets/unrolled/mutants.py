"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "slope of the state before": ("unrolled/model", "Math.min(t + 1, T) : t)", "Math.min(t + 1, T) : t - 1)"),
    "own loss lost at the last step too": ("unrolled/model", "t < T && (error ===", "(error ==="),
    "own loss kept as printed": (
        "unrolled/model",
        '(error === "direct" || error === "printed")',
        '(error === "direct")',
    ),
    "slope once as printed": (
        "unrolled/model",
        'error === "twice" || error === "printed";',
        'error === "twice";',
    ),
    "the other slope twice": ("unrolled/model", "(twice ? slope(t) : 1)", "(twice ? slope(t + 1) : 1)"),
    "late at the last step": ("unrolled/model", "Math.min(t + 1, T) : t", "Math.min(t + 1, T - 1) : t"),
    "target forgotten": (
        "unrolled/model",
        '(targets[t - 1] === "0" ? 1 : 0)',
        '(targets[0] === "0" ? 1 : 0)',
    ),
    "the loss of the other class": ("unrolled/model", '=== "0" ? -o : o', '=== "0" ? o : -o'),
    "state after for the state before": ("unrolled/model", "values[`h${t - 1}`]);", "values[`h${t}`]);"),
    "weight left out": ("unrolled/model", "W * found[`do${t}`]", "found[`do${t}`]"),
    "a state nudged too late": (
        "unrolled/model",
        "h = plus(`dh${t}`, Math.tanh(a));",
        "h = Math.tanh(plus(`dh${t}`, a));",
    ),
    "another input": ("unrolled/model", "[2, 1, 1]", "[2, 1, 2]"),
}

MUTANTS = {
    "right, when it is not": ("unrolled/words", "const TOLERANCE = 1e-6;", "const TOLERANCE = 1e-2;"),
    "wrong, when it is right": ("unrolled/words", "const TOLERANCE = 1e-6;", "const TOLERANCE = 1e-12;"),
    "the sign of the other": (
        "unrolled/words",
        "values[name] > 0 !== central[name] > 0",
        "values[name] > 0 === central[name] > 0",
    ),
    "a gradient before its time": (
        "unrolled/words",
        "appears(name) <= step);",
        "appears(name) <= step + 1);",
    ),
    "arrows of another state": ("unrolled/words", 'step >= appears("dh1") ?', 'step > appears("dh1") ?'),
    "two arrows into the last": (
        "unrolled/words",
        'if (step < appears("dh2")) return',
        'if (step < appears("dh3")) return',
    ),
    "the first of many": ("unrolled/words", "if (seen.length === 1) return", "if (seen.length <= 2) return"),
    "all, when not all are there": (
        "unrolled/words",
        "step < ORDER.length - 1 ?",
        "step < ORDER.length - 2 ?",
    ),
    "near, when it is not": ("unrolled/words", "off < 0.1", "off < 0.5"),
    "its own loss mistaken": ("unrolled/words", "near(dh1.own)", "near(-dh1.own)"),
    "a number of too few digits": ("unrolled/names", "places < 8 &&", "places < 3 &&"),
    "shown as zero": ("unrolled/names", "size < 0.5 * 10", "size < 0 * 10"),
    "solved with the right sign": ("unrolled/tasks", '&& reversed(measured, "dh1")', ""),
    "unseen before the end": ("unrolled/tasks", "step === LAST && W_hh", "step > 16 && W_hh"),
    "unseen in another network": ("unrolled/tasks", "W_hh === PENCIL", "W_hh < 2"),
    "unseen without an error": ("unrolled/tasks", 'error !== "none" && step === LAST', "step === LAST"),
    "seen too early": ("unrolled/tasks", "const LEAST = 0.1;", "const LEAST = 0.01;"),
    "a term's bracket lost": ("unrolled/formula", "(1 − ${factor(h)}²)", "(1 − ${factor(h)})"),
    "the wrong slope in the formula": ("unrolled/formula", 'error === "late" ? Math.min(t + 1, T) : t', "t"),
    "the sum's sign": ("unrolled/formula", 'later < 0 ? "−" : "+"', 'later < 0 ? "+" : "−"'),
    "the class of the other": ("unrolled/formula", '"0" ? 1 : 0', '"0" ? 0 : 1'),
}
