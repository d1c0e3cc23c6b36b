"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against the chapter's function; those of MUTANTS by test_words.py.
"""

MODEL = {
    "a diagonal": ("hopfield/model", "let sum = -stored.length * state[i];", "let sum = 0;"),
    "a unit without a field falls": (
        "hopfield/model",
        "side === 0 || side === state[i]",
        "side === state[i]",
    ),
    "the other side": ("hopfield/model", "state[i] = side;", "state[i] = -side;"),
    "overlaps half renewed": ("hopfield/model", "+= 2 * side", "+= side"),
    "the energy of the diagonal": ("hopfield/model", "- UNITS * stored.length) /", "- stored.length) /"),
    "the energy not halved": ("hopfield/model", "(2 * UNITS);", "UNITS;"),
    "at rest too soon": ("hopfield/model", "calm < UNITS; asked++", "calm < UNITS - 40; asked++"),
    "digits read from the right": ("hopfield/model", ">> (3 - (i & 3))", ">> (i & 3)"),
    "one picture too many": ("hopfield/model", "all.slice(0, patterns)", "all.slice(0, patterns + 1)"),
    "columns for rows": (
        "hopfield/model",
        "const i = asked % UNITS;",
        "const i = (asked * 10 + Math.floor(asked / 10)) % UNITS;",
    ),
    "damage that stays": (
        "hopfield/model",
        "const state = [...start];\n    run",
        "const state = start;\n    run",
    ),
    "change counted late": ("hopfield/model", "asked <= step).length", "asked < step).length"),
    "damage in another order": ("hopfield/model", "start[order[n - 1]] *= -1", "start[n - 1] *= -1"),
}

MUTANTS = {
    "stored, when it is not": ("hopfield/words", "return stored ? `Only", "return true ? `Only"),
    "among them, always": ("hopfield/words", "return stored ? `${patterns}", "return true ? `${patterns}"),
    "its negative too soon": ("hopfield/words", "wrong === UNITS) return", "wrong >= UNITS - 1) return"),
    "none differs, but one": ("hopfield/words", "wrong === 0) return", "wrong <= 1) return"),
    "the negative for the picture": (
        "hopfield/words",
        "the state is the negative of ${opposite}",
        "the state is ${opposite}",
    ),
    "at rest, but for one": ("hopfield/words", "if (willing > 0)", "if (willing > 1)"),
    "a rest that is always known": ("hopfield/words", "return known(measured) ?", "return true ?"),
    "negatives not known": ("hopfield/words", "same !== null || opposite !== null", "same !== null"),
    "fell, when it did not": ("hopfield/words", "fell === 0 ?", "fell < 0 ?"),
    "from and to": ("hopfield/words", "from ${hundredths(first)} to", "from ${hundredths(energy)} to"),
    "a unit at a tie becomes": ("hopfield/words", "field * is < 0 ?", "field * is <= 0 ?"),
    "rows counted from 0": ("hopfield/words", "Math.ceil(unit / SIDE)", "Math.floor(unit / SIDE)"),
    "near, when it is not": ("hopfield/words", "most < 5 ?", "most < 6 ?"),
    "one too many comes back": ("hopfield/words", "up to ${mended} flipped", "up to ${mended + 1} flipped"),
    "turned without being asked": (
        "hopfield/tasks",
        "wrong === UNITS && willing === 0 && fell > 0",
        "wrong === UNITS && willing === 0",
    ),
    "false, but known": (
        "hopfield/tasks",
        "measured.willing === 0 && !known(measured)",
        "measured.willing === 0",
    ),
    "full, though damaged": ("hopfield/tasks", "stored && flipped === 0 && fell > 0", "stored && fell > 0"),
}
