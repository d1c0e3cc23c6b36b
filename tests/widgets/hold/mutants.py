"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "a gate that is its argument": (
        "hold/model",
        "1 / (1 + Math.exp(-argument))",
        "1 / (1 + Math.exp(argument))",
    ),
    "a lift without a bound": ("hold/model", "Math.min(HIGHEST, Math.max(LOWEST, b + lift))", "b + lift"),
    "a stretch one step short": ("hold/model", "t <= last ?", "t < last ?"),
    "a stretch from left to right only": ("hold/model", "Math.min(left, right), Math.max", "left, Math.max"),
    "a bit that is always 1": ("hold/model", 'bit === "plus" ? 1 : -1', 'bit === "plus" ? 1 : 1'),
    "distractors of the bit's sign": ("hold/model", "? i * sign : 0", "? -i * sign : 0"),
    "a distractor too few": ("hold/model", "[10, 20, 30]", "[10, 20]"),
    "nothing is forgotten of them": (
        "hold/model",
        "rest.push(f[t - 1] * rest[t - 1]",
        "rest.push(rest[t - 1]",
    ),
    "the gate of the step before": ("hold/model", "gradient[0] * f[k]", "gradient[0] * f[k - 1]"),
    "a gradient of the last step": ("hold/model", "let k = step - 1;", "let k = STEPS - 1;"),
    "a state without tanh": ("hold/model", "Math.tanh(value)", "value"),
    "always shown": ("hold/model", "late && t < STEPS", "late && t < 2"),
    "late to the last": ("hold/model", "late && t < STEPS", "late && t <= STEPS"),
}

MUTANTS = {
    "halved by any gate": ("hold/words", "outside === 0.5 ?", "outside <= 0.5 ?"),
    "at every step, though lifted": (
        "hold/words",
        "if (inside === outside)",
        "if (factor(inside) === factor(outside))",
    ),
    "more for less": ("hold/words", 'inside > outside ? "more"', 'inside < outside ? "more"'),
    "the other sign, always": ("hold/words", "now * sign > 0 ?", "now > 0 ?"),
    "kept out when nothing has come": ("hold/words", "step >= DISTRACTORS[0] ?", "step >= 1 ?"),
    "let in before they come": ("hold/words", "i > 0 && step >=", "i > 0 && step + 5 >="),
    "closed at the end too": ("hold/words", "late && step < STEPS ?", "late && step <= STEPS ?"),
    "closed when it is open": ("hold/words", "late && step < STEPS ?", "step < STEPS ?"),
    "shown as zero": ("hold/words", "size < 0.0005 ?", "size < 0 ?"),
    "near, when it is not": ("hold/words", "off < 0.05", "off < 0.5"),
    "one gate too many": ("hold/words", "${STEPS - 1} gates", "${STEPS} gates"),
    "held with too little": ("hold/tasks", "const ALMOST = 0.9;", "const ALMOST = 0.89;"),
    "held before the end": ("hold/tasks", "step === STEPS && i === 0", "step >= 7 && i === 0"),
    "held with an open gate": ("hold/tasks", "i === 0 && kept", "i < 2 && kept"),
    "lost with the sign of the bit": ("hold/tasks", "c[STEPS] * sign < 0", "c[STEPS] < 0"),
    "lost with its gradient": ("hold/tasks", "const ALIVE = 0.5;", "const ALIVE = 0.4;"),
    "forgotten slowly": ("hold/tasks", "const MOMENT = 3;", "const MOMENT = 4;"),
    "forgotten everywhere": ("hold/tasks", "const OPEN = 0.99;", "const OPEN = 0.98;"),
}
