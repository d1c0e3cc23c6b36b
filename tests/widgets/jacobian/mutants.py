"""Untrue conditions: a module, what stands there, what to put in its place. test_words.py finds each."""

MUTANTS = {
    "the radius as a cause for any φ": (
        "jacobian/words",
        'if (activation === "linear") {',
        "if (radius < 0.99) {",
    ),
    "the radius as a cause if it is below the bound": (
        "jacobian/words",
        'if (activation === "linear") {',
        "if (radius / measured.bound < meanSlope / gamma) {",
    ),
    "γρ = 1.00 < 1": ("kit/format", 'if (isOne(value) || value.toFixed(2) !== "1.00") return', "return"),
    "nearly 1 taken for 1": ("kit/format", "Math.abs(value - 1) < 1e-9", "Math.abs(value - 1) < 0.002"),
    "1 taken for less": ("kit/format", "Math.abs(value - 1) < 1e-9", "Math.abs(value - 1) < 0"),
    "below where it is above": ("kit/format", 'value < 1 ? "<" : ">"', 'value > 1 ? "<" : ">"'),
    "just below where it is above": ("kit/format", 'value < 1 ? "just below', 'value > 1 ? "just below'),
    "must for may": (
        "jacobian/words",
        'return bound < 1 ? "must" : "may"',
        'return bound < 1.2 ? "must" : "may"',
    ),
    "vanished at another size": (
        "jacobian/words",
        "if (last < Math.log(FALLEN)) return",
        "if (last < Math.log(2 * FALLEN)) return",
    ),
    "vanished once, not at the end": (
        "jacobian/words",
        "const last = logNorms[T];",
        "const last = Math.min(...logNorms);",
    ),
    "explodes when it grows": ("jacobian/words", "last > -Math.log(FALLEN)", "last > 0"),
    "it does, always": (
        "jacobian/words",
        'if (result !== "fallen") return `${must}',
        "if (false) return `${must}",
    ),
    "zero unsaid": ("jacobian/words", "const first = logNorms.indexOf(-Infinity);", "const first = -1;"),
    "zero too late": (
        "jacobian/words",
        "exactly 0 from lag ${first} on",
        "exactly 0 from lag ${first + 1} on",
    ),
    "share of the active units": ("jacobian/words", "percent(1 - share)", "percent(share)"),
    "slope not of γ": ("jacobian/words", "const share = meanSlope / gamma;", "const share = meanSlope;"),
    "slopes of 0 for tanh": ("jacobian/words", 'activation === "relu" && ', ""),
    "100 % that is less": ("kit/format", "if (rounded === 100 && !isOne(share))", "if (false)"),
    "as it was, when it changed": ("jacobian/words", "return isOne(rate) ?", "return rate > 0.99 ?"),
    "a limit from what is seen": (
        "jacobian/words",
        'radius < 1 ? "vanish"',
        'outcome(measured) !== "grown" ? "vanish"',
    ),
    "a radius of 1 decides": ("jacobian/words", 'if (isOne(radius)) return "";', ""),
    "the bound for the radius": (
        "jacobian/words",
        'radius < 1 ? "vanish"',
        'measured.bound < 1.2 ? "vanish"',
    ),
    "more for less": ("jacobian/words", 'if (result === "grown") return', 'if (result !== "fallen") return'),
    "for good": ("jacobian/words", "value >= Math.log(FALLEN)", "value >= 0"),
    "the radius always a bound": ("jacobian/words", "radius >= bound * (1 - 1e-9)", "radius >= 0"),
    "the radius never a bound": ("jacobian/words", "radius >= bound * (1 - 1e-9)", "radius > bound * 1.1"),
    "a bound nearly": ("jacobian/words", "radius >= bound * (1 - 1e-9)", "radius >= bound * 0.995"),
}
