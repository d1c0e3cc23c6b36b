"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "the subject one word nearer": (
        "window/model",
        "const back = FIXED + adjectives;",
        "const back = 3 + adjectives;",
    ),
    "the window one word wider": ("window/model", "back <= tau", "back <= tau + 1"),
    "the window one word narrower": ("window/model", "back <= tau", "back < tau"),
    "the other noun": ("window/model", 'noun === "cat" ? clue', 'noun === "cats" ? clue'),
    "a noun that tells nothing": (
        "window/model",
        "seen ? whole : [guess, 1 - guess]",
        "seen ? whole : [0.5, 0.5]",
    ),
    "numbers exchanged": ("window/model", "singular ? [1, 0] : [0, 1]", "singular ? [0, 1] : [1, 0]"),
    "one adjective more is needed": ("window/model", "q ** (losing(tau) - 1)", "q ** losing(tau)"),
    "short windows see something": ("window/model", "Math.max(1, tau - FIXED + 1)", "tau - FIXED + 1"),
    "a reader who guesses badly": ("window/model", "Math.min(clue, 1 - clue)", "(1 - clue)"),
    "the wrong verb": ("window/model", "window[singular ? 0 : 1]", "window[singular ? 1 : 0]"),
    "one length too few": ("window/model", "length <= LONGEST", "length < LONGEST"),
}

MUTANTS = {
    "a half that is none": ("window/words", "const EVEN = 1e-9;", "const EVEN = 1e-3;"),
    "shown as a half": ("window/words", 'if (!even(p) && p.toFixed(2) === "0.50")', "if (false)"),
    "the wrong side of a half": ("window/words", 'p < 0.5 ? "just below', 'p > 0.5 ? "just below'),
    "one of three, nearly": ("window/words", "value >= 0.01", "value >= 0.4"),
    "a millionth that is none": ("window/words", "value < 1e-6", "value < 1e-4"),
    "all verbs, but for some": ("window/words", "Number(text) < 100", "Number(text) <= 100"),
    "the less probable verb": ("window/words", "Math.max(...window)", "Math.min(...window)"),
    "right, always": ("window/words", "correct === more ?", "correct > 0 ?"),
    "a clue the other way round": ("window/words", "probability(clue)", "probability(1 - clue)"),
    "in every sentence, too early": ("window/words", "losing === 1", "losing <= 2"),
    "inside and outside": ("window/words", 'seen ? "inside" : "outside"', 'seen ? "outside" : "inside"'),
    "verbs of another length": (
        "window/words",
        "right[tau - SHORTEST]",
        "right[tau - SHORTEST - 1] ?? right[0]",
    ),
    "near, when it is not": ("window/words", "off < 0.05", "off < 0.5"),
    "defeated though it sees": ("window/tasks", "tau >= WIDE && !seen", "tau >= WIDE"),
    "a narrow window defeated": ("window/tasks", "const WIDE = 9;", "const WIDE = 8;"),
    "sure too early": ("window/tasks", "1 - correct >= SURE - 1e-9", "1 - correct >= 0.8"),
    "sure of the right verb": ("window/tasks", "1 - correct >= SURE", "correct >= SURE"),
    "too few verbs": ("window/tasks", "const GOAL = 0.99;", "const GOAL = 0.98;"),
    "with rare adjectives": ("window/tasks", "const OFTEN = 0.5;", "const OFTEN = 0.4;"),
}
