"""Untrue conditions: a module, what stands there, what to put in its place. test_words.py finds each."""

MUTANTS = {
    "rejected at another limit": (
        "hawkes/words",
        "distance !== null && distance > limit",
        "distance !== null && distance > 0.9 * limit",
    ),
    "clusters, though the level is wrong": ("hawkes/words", "if (distance <= limit) {", "if (false) {"),
    "the limit of a known rate": ("hawkes/model", "0.2 / n + 1.094", "0.2 / n + 1.35"),
    "the level, though it is right": (
        "hawkes/words",
        "Math.abs(events.length - atEnd) > 1.96 * Math.sqrt(atEnd)",
        "true",
    ),
    "the level of one side": ("hawkes/words", "Math.abs(events.length - atEnd) >", "events.length - atEnd >"),
    "by chance, above the ceiling": ("hawkes/words", "if (ceilingReached) {", "if (false) {"),
    "true though it is wrong": ("hawkes/words", "if (alpha === 0) return", "if (alpha < 0.02) return"),
    "wrong though it is true": ("hawkes/words", "if (alpha === 0) return", "if (alpha < 0) return"),
    "β near 1": ("hawkes/words", "isOne(beta)", "Math.abs(beta - 1) < 0.06"),
    "too little for too much": ("hawkes/words", "beta > 1 ?", "beta < 1 ?"),
    "the truth not asked": ("hawkes/words", "measured.truthRejected ?", "false ?"),
    "the level of the process": (
        "hawkes/words",
        "model.atEnd.toFixed(1)} events",
        "(1.1 * model.atEnd).toFixed(1)} events",
    ),
    "above for below": ("hawkes/words", 'lost > 0 ? "below"', 'lost < 0 ? "below"'),
    "0.0 nats below": ("hawkes/words", 'if (shown === "0.0") return', "if (false) return"),
    "equal in the digits shown": ("kit/format", "while (places < 6 && ", "while (places < 3 && "),
    "passes though it is rejected": (
        "hawkes/words",
        "if (!rejected(measured)) return `${same}",
        "if (true) return `${same}",
    ),
}
