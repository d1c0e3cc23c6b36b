"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "a state without jumps": ("kit/hawkes", "?? 0))) + 1)", "?? 0))))"),
    "a state that jumps before it decays": ("kit/hawkes", " + 1));", ") + Math.exp(-beta * t));"),
    "no μ": ("kit/hawkes", "return mu + alpha * beta * R *", "return alpha * beta * R *"),
    "no β in the kernel": ("kit/hawkes", "mu + alpha * beta * R *", "mu + alpha * R *"),
    "it grows": ("kit/hawkes", "R * Math.exp(-beta * elapsed)", "R * Math.exp(beta * elapsed)"),
    "an event in its own intensity": ("excite/model", "(event) => event < t)", "(event) => event <= t)"),
    "read since the beginning": ("excite/model", "t - (events[count - 1] ?? 0)", "t"),
    "the peak before the jump": ("excite/model", "Math.max(mu, ...after)", "Math.max(mu, ...before)"),
    "a peak below μ": ("excite/model", "Math.max(mu, ...after)", "Math.max(0, ...after)"),
    "a time constant for a half-life": ("excite/model", "Math.LN2 / beta", "1 / beta"),
    "the first event for the last": ("excite/model", "(t) => t < at).at(-1)", "(t) => t < at).at(0)"),
}

MUTANTS = {
    "a lift of μ": ("excite/words", "αβ = ${amount(jump)}", "αβ = ${amount(jump + 0.01)}"),
    "lifted by α = 0": ("excite/words", "if (alpha === 0) return `With", "if (alpha < 0) return `With"),
    "α = 0, though it is not": (
        "excite/words",
        "if (alpha === 0) return `With",
        "if (alpha < 1e-3) return `With",
    ),
    "no event, though there is one": ("excite/words", "if (!events.length)", "if (events.length < 2)"),
    "just before, always": ("excite/words", "if (onEvent)", "if (last !== null)"),
    "not before the event": ("excite/words", "if (onEvent)", "if (false)"),
    "what is gone for what is left": (
        "excite/words",
        "100 * Math.exp(-beta * elapsed)",
        "100 * (1 - Math.exp(-beta * elapsed))",
    ),
    "shown as zero": ("excite/words", "value < 0.1 ? String", "value < 0 ? String"),
    "high too early": ("excite/tasks", "peak > HIGH - ROUNDING", "peak > HIGH - 0.01"),
    "high too late": ("excite/tasks", "peak > HIGH - ROUNDING", "peak > HIGH + ROUNDING"),
    "any β": ("excite/tasks", "const NEAR = 0.005;", "const NEAR = 0.05;"),
    "no β": ("excite/tasks", "const NEAR = 0.005;", "const NEAR = 0.003;"),
    "near, when it is not": ("excite/words", "off < 0.05 ?", "off < 0.5 ?"),
    "the whole has shrunk": ("excite/words", "Math.exp(-beta * (at - last))", "Math.exp(-beta * at)"),
}
