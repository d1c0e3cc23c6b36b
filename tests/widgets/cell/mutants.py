"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "the first state at each step": ("cell/model", "times(W_hh, out.h[t - 1])", "times(W_hh, out.h[0])"),
    "no bias": ("cell/model", "value + state[i] + b_h[i]", "value + state[i]"),
    "no tanh": ("cell/model", "a.map(Math.tanh)", "a.map((value) => value)"),
    "the output of the state before": ("cell/model", "times(W_yh, made)", "times(W_yh, out.h[t - 1])"),
    "no bias of the output": ("cell/model", "value + b_y[i]", "value"),
    "not normalised": ("cell/model", "return e.map((value) => value / sum);", "return e;"),
    "the next input": (
        "cell/model",
        "x.slice(N * (t - 1), N * t)",
        "x.slice(N * (t % 6), N * ((t % 6) + 1))",
    ),
    "put in a step late": ("cell/model", "h: after === t ? held", "h: after === t - 1 ? held"),
    "an initial state for nothing": ("cell/model", "after === 0 ? held", "after >= 0 ? held"),
    "seen too late": ("cell/model", "SEEN = 0.01", "SEEN = 0.1"),
    "the unit that moved least": ("cell/model", "const by = Math.max", "const by = Math.min"),
    "nothing was put in": ("cell/model", "same(settings.held, first.held)", "true"),
}

MUTANTS = {
    "still, when it is not": ("cell/words", "const STILL = 0.005;", "const STILL = 0.5;"),
    "equal, nearly": ("cell/words", "const TIE = 1e-9;", "const TIE = 0.05;"),
    "the other class": ("cell/words", "now[0] > now[1] ? 1 : 2", "now[0] > now[1] ? 2 : 1"),
    "certain too early": ("cell/words", "more >= 0.995", "more >= 0.9"),
    "one of several units": ("cell/words", "if (units.length > 1)", "if (units.length > 4)"),
    "nothing was seen": ("cell/words", "seen === null", "seen === 3"),
    "always put in": ("cell/words", "if (after === 0) return first;", ""),
    "never put in": ("cell/words", "if (after === 0) return first;", "if (after >= 0) return first;"),
    "unchanged, with a change": ("cell/words", "!changed.length && !put", "!changed.length"),
    "a product's sign": ("cell/words", '`${weight < 0 ? " − "', '`${weight > 0 ? " − "'),
    "shown as zero": ("cell/words", 'size === "0.00" ? "…"', 'size === "0.00" ? ""'),
    "the smallest is the largest": (
        "cell/words",
        "now.indexOf(Math.max(...now))",
        "now.indexOf(Math.min(...now))",
    ),
    "right, whatever was chosen": ("cell/words", "now[guess - 1] === now[largest - 1]", "now[guess - 1] > 0"),
    "high too early": ("cell/tasks", "const HIGH = 0.9;", "const HIGH = 0.8;"),
    "by more than 1": ("cell/tasks", "<= 1 + ROUNDING", "<= 2 + ROUNDING"),
    "another unit turned": ("cell/tasks", "const TURNED = 1;", "const TURNED = 0;"),
    "a state as well": ("cell/tasks", "changed[0] < N && !put", "changed[0] < N"),
    "another step's input": ("cell/tasks", "changed[0] < N && !put", "changed[0] < 6 && !put"),
    "the same class": ("cell/tasks", "now !== was;", "now === was;"),
}
