"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "the same curvature for both": ("valley/model", "1 - eta * kappa]", "1 - eta]"),
    "the curvature's root": ("valley/model", "1 - eta * kappa]", "1 - eta * Math.sqrt(kappa)]"),
    "up, not down": ("valley/model", "[1 - eta, ", "[1 + eta, "),
    "the factors exchanged": ("valley/model", "value * factors[i]", "value * factors[1 - i]"),
    "a step too few": ("valley/model", "t < STEPS", "t < STEPS - 1"),
    "from the start at each step": ("valley/model", "path[t].map", "path[0].map"),
    "a loss without the half": ("valley/model", "0.5 * (a * a", "(a * a"),
    "a loss without κ": ("valley/model", "kappa * (b * b)", "b * b"),
    "the flatter direction's Λ": ("valley/model", "Math.max(1, kappa)", "Math.min(1, kappa)"),
    "Λ = κ always": ("valley/model", "Math.max(1, kappa)", "kappa"),
    "the highest loss": ("valley/model", "Math.min(...losses)", "Math.max(...losses)"),
}

MUTANTS = {
    "the edge at 1/Λ": (
        "valley/words",
        "2 / Math.max(1, kappa)",
        "1 / Math.max(1, kappa)",
    ),
    "the edge of κ": ("valley/words", "2 / Math.max(1, kappa)", "2 / kappa"),
    "nearly 2 taken for 2": ("valley/words", "if (product === 2) return", "if (near(product, 2)) return"),
    "nearly 1 taken for 1": ("valley/words", "product === 1 ?", "near(product, 1) ?"),
    "written 2 beside 2": ("valley/words", "if (product === edge) return", "if (near(product, edge)) return"),
    "digits that do not tell": ("valley/words", "![1, 2].includes(Number(each))", "Number(each) > 0"),
    "grows below 2": ("valley/words", 'product < 2 ? "shrink"', 'product < 1.9 ? "shrink"'),
    "jumps below 1": ("valley/words", "if (product < 1) return `keep", "if (product < 0.9) return `keep"),
    "v is always steep": ("valley/words", 'kappa > 1 ? "v" : "u"', 'kappa > 0 ? "v" : "u"'),
    "one steep direction at κ = 1": ("valley/words", 'kappa === 1 ? "uv"', 'kappa === 1 ? "v"'),
    "moves where it is at the bottom": ("valley/words", "(value === 0 ? [] :", "(value === 5 ? [] :"),
    "all must be level": (
        "valley/words",
        "sizes.every((size) => size === 1)",
        "sizes.some((size) => size === 1)",
    ),
    "falls for ever, though one step is enough": ("valley/words", "if (most === 0)", "if (most === -1)"),
    "falls to 0, though it is level": ("valley/words", "if (most < 1)", "if (most <= 1)"),
    "the smaller factor decides": ("valley/words", "Math.max(...sizes)", "Math.min(...sizes)"),
    "the edge known beyond nine digits": (
        "valley/words",
        "if (near(most, 1) && most !== 1) return",
        "if (most === 5) return",
    ),
    "rises from the start": ("valley/words", "if (lowest === 0)", "if (lowest < 3)"),
    "rises before it does": ("valley/words", "if (lowest === STEPS)", "if (lowest > STEPS)"),
    "near, when it is not": ("valley/words", "< Math.log10(2) ?", "< Math.log10(20) ?"),
    "high for low": ("valley/words", 'off > 0 ? "high"', 'off < 0 ? "high"'),
    "a wide valley": ("valley/tasks", "const NARROW = 8;", "const NARROW = 7;"),
    "a start on an axis": ("valley/tasks", "Math.abs(v) >= FAR", "Math.abs(v) >= 0"),
    "not fast enough": ("valley/tasks", "const FAST = 1e-4;", "const FAST = 1e-3;"),
    "level in one direction": ("valley/tasks", "all.every(", "all.some("),
    "level at the minimum": ("valley/tasks", "all.length > 0 &&", ""),
    "spared below the edge": ("valley/tasks", "measured.product > 2", "measured.product > 1.9"),
    "the wrong coordinate spared": ("valley/tasks", 'kappa > 1 ? "v" : "u"', 'kappa < 1 ? "v" : "u"'),
}
