"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "without a sign": (
        "writes/model",
        "((bytes.charCodeAt(at + i) << 24) >> 24)",
        "bytes.charCodeAt(at + i)",
    ),
    "one unit for all": ("writes/model", "units[which] *", "units[0] *"),
    "a row for a column": ("writes/model", "W_hx[i * k + code]", "W_hx[code * m + i]"),
    "every fourth": ("writes/model", "W[start + j] * v[j]", "W[start] * v[j]"),
    "no bias of the state": ("writes/model", " + b_h[i]);", ");"),
    "no bias of the logits": ("writes/model", " + b_y[c];", ";"),
    "multiplied by the temperature": (
        "writes/model",
        "(o[c] - largest) / temperature",
        "(o[c] - largest) * temperature",
    ),
    "the temperature in the table": (
        "writes/model",
        "expect(network, states[i], 1)",
        "expect(network, states[i], temperature)",
    ),
    "other random numbers": ("writes/model", "seed + 1", "seed"),
    "a signed random number": ("writes/model", "1013904223) >>> 0", "1013904223) | 0"),
    "the character before is not read": ("writes/model", "    h = step(network, h, code);\n", ""),
    "always the last network": ("writes/model", "networks[checkpoint]", "networks.at(-1)"),
    "a run of one letter": ("writes/model", "[a-z]{2,}", "[a-z]+"),
    "a run that is cut off": ("writes/model", "index + run.length < whole.length", "true"),
    "the end of the beginning": ("writes/model", "index >= beginning.length && ", ""),
    "the least probable first": ("writes/model", "own[b] - own[a]", "own[a] - own[b]"),
}

MUTANTS = {
    "never before training": ("writes/words", "updates === 0 ?", "updates < 0 ?"),
    "another checkpoint's loss": (
        "writes/words",
        "const { updates, loss } = measured.stages[settings.checkpoint];",
        "const { updates } = measured.stages[settings.checkpoint];\n  const { loss } = measured.stages[0];",
    ),
    "the second most probable": ("writes/words", "named(symbols[order[0]])", "named(symbols[order[1]])"),
    "its probability": (
        "writes/words",
        "percent(measured.y[measured.order[0]])",
        "percent(measured.stages[0].share)",
    ),
    "a new line is a space": (
        "writes/words",
        'symbol === "\\n" ? "a new line"',
        'symbol === "\\n" ? "a space"',
    ),
    "greedy at low temperatures": ("writes/words", "temperature === 0", "temperature < 0.1"),
    "all but one": ("writes/words", "words === runs && runs > 1", "words >= runs - 1 && runs > 1"),
    "no run": ("writes/words", "if (runs === 0)", "if (runs <= 1)"),
    "none": ("writes/words", "if (words === 0)", "if (words <= 1)"),
    "one is many": ("writes/words", "spaces === 1 ?", "spaces < 1 ?"),
    "too high is too low": ("writes/words", "guess > loss", "guess < loss"),
    "within more": ("writes/words", "off < 0.045", "off < 0.145"),
    "bits for nats": ("writes/words", "Math.exp(loss)", "(2 ** loss)"),
    "any checkpoint": (
        "writes/tasks",
        "stages.findIndex(({ space }) => space < NONE) === checkpoint",
        "stages[checkpoint].space < NONE",
    ),
    "after anything": ("writes/tasks", 'text.endsWith(" ")', "text"),
    "two per cent": ("writes/tasks", "const NONE = 0.01", "const NONE = 0.02"),
    "sure at any temperature": ("writes/tasks", "temperature === 1", "temperature < 1"),
    "nearly sure": ("writes/tasks", "const SURE = 0.98", "const SURE = 0.97"),
    "nothing": ("writes/tasks", "runs >= MANY", "runs >= 0"),
    "most are words": ("writes/tasks", "words === runs", "words >= runs - 1"),
    "all are different": ("writes/tasks", "${different} of them", "${runs} of them"),
}
