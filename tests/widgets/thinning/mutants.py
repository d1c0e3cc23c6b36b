"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "proposals in other units": ("kit/hawkes", "const TICKS = 10_000;", "const TICKS = 10_001;"),
    "heights at the lower edge": ("kit/hawkes", "(level + 0.5)", "level"),
    "another wave": ("thinning/model", "SWING * Math.sin(t);", "SWING * Math.cos(t);"),
    "kept above the curve": ("thinning/model", "heights[i] < rates[i]", "heights[i] >= rates[i]"),
    "the first hit only": ("thinning/model", "R.push(R.at(-1) * Math.exp", "R.push(0 * Math.exp"),
    "no decay": ("thinning/model", "Math.exp(-HAWKES.beta * elapsed)", "1"),
    "since the beginning": ("thinning/model", "t - (events.at(-1) ?? 0)", "t"),
    "darts above the ceiling": ("thinning/model", "(i) => all.heights[i] < ceiling", "() => true"),
    "always the first draw": ("thinning/model", '("draws")[draw]', '("draws")[0]'),
    "all fallen": ("thinning/model", "Math.min(fallen, times.length)", "times.length"),
    "the crest not cut": ("thinning/model", "return whole - lost;", "return whole;"),
    "one crest cut": ("thinning/model", "turn <= Math.ceil(END / (2 * Math.PI))", "turn <= 0"),
    "cut beyond the window": (
        "thinning/model",
        "Math.min(END, Math.PI - rise",
        "Math.min(2 * END, Math.PI - rise",
    ),
    "the peak before the jump": ("thinning/model", "echo(R.at(-1), 0))", "echo(R.at(-1) - 1, 0))"),
}

MUTANTS = {
    "under for above": ("thinning/words", '${kept[i] ? "under" : "above"}', '${kept[i] ? "above" : "under"}'),
    "a chance of the height": (
        "thinning/words",
        "percent(rates[i] / ceiling)",
        "percent(heights[i] / ceiling)",
    ),
    "never certain": ("thinning/words", "rates[i] >= ceiling ?", "rates[i] > 2 * ceiling ?"),
    "the wrong dart": ("thinning/words", "const i = count - 1;", "const i = Math.max(0, count - 2);"),
    "all fallen, too early": (
        "thinning/words",
        "if (count < times.length) return `So",
        "if (count < 0) return `So",
    ),
    "expected of a curve that moves": ("thinning/words", 'if (share === null) return "";', ""),
    "the whole curve, though it is cut": (
        "thinning/words",
        "ceiling < CREST ? ",
        "false ? ",
    ),
    "not cut": ("thinning/words", "if (ceiling < CREST) return", "if (ceiling < CREST - 0.01) return"),
    "cut at the crest": ("thinning/words", "if (ceiling < CREST) return", "if (ceiling <= CREST) return"),
    "never above": ("thinning/words", "if (peak > ceiling) return", "if (peak > ceiling + 1) return"),
    "no dart, though there are": ("thinning/words", "if (!times.length)", "if (times.length < 9)"),
    "a dart too many": ("thinning/words", "(share * count).toFixed", "(share * (count + 1)).toFixed"),
    "it, when it is not": ("thinning/words", "off === 0 ?", "off < 2 ?"),
    "wasteful": ("thinning/tasks", "const SPARE = 0.1;", "const SPARE = 0.2;"),
    "cut, and yet solved": ("thinning/tasks", "ceiling >= CREST &&", "ceiling >= CREST - 0.1 &&"),
    "too low, though it is not": ("thinning/tasks", "peak > ceiling", "peak > ceiling - 0.5"),
    "too low under the wave": ("thinning/tasks", 'curve === "hawkes" &&', ""),
}
