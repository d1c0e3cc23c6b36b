"""Untrue conditions: a module, what stands there, what to put in its place. test_words.py finds each."""

MUTANTS = {
    "never acts, by the first gradient": (
        "cliff/words",
        "clipped.shortened === 0",
        "clipped.used <= 1.2 * clip",
    ),
    "acts, by the last gradient": ("cliff/words", "clipped.shortened === 0", "without.largest <= clip"),
    "lower or higher when equal": ("cliff/words", "if (plain === cut) return", "if (false) return"),
    "equal when they are near": (
        "cliff/words",
        "if (plain === cut) return",
        "if (Math.abs(without.loss - clipped.loss) < 1e-4) return",
    ),
    "higher for lower": ("cliff/words", "clipped.loss < without.loss ?", "clipped.loss > without.loss ?"),
    "the other's loss": (
        "cliff/words",
        "it ends at ${lossText(clipped.loss)}",
        "it ends at ${lossText(without.loss)}",
    ),
    "the longest of the other path": (
        "cliff/words",
        "const longest = digits(used);",
        "const longest = digits(2 * used);",
    ),
    "not longer, in the digits shown": (
        "cliff/words",
        "Number(longest) > Number(clip.toFixed(2))",
        "used > clip",
    ),
    "one gradient, the longest": ("cliff/words", 'count === 1 ? "" :', 'count === 0 ? "" :'),
    "stays though it leaves": (
        "cliff/words",
        "if (clipped.leaves !== null) return `${gone}",
        "if (false) return `${gone}",
    ),
    "leaves where the other does": (
        "cliff/words",
        "the descent leaves it too, at update ${clipped.leaves}",
        "the descent leaves it too, at update ${without.leaves}",
    ),
    "stays, by the first update": ("cliff/words", "without.leaves === null ?", "without.leaves !== 1 ?"),
    "all updates but one": ("cliff/words", 'counted(updates, "update")', 'counted(updates - 1, "update")'),
    "zero told apart": ("cliff/words", "const LEAST = 1e-12;", "const LEAST = 1e-9;"),
    "two significant digits": ("cliff/words", "toPrecision(3)", "toPrecision(2)"),
    "ηc without η": ("cliff/words", "learning_rate * clip", "clip"),
}
