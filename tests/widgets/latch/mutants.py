"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "w dropped": ("latch/model", "w * h + INPUT", "h + INPUT"),
    "b puts in what a does": ("latch/model", "b: -1", "b: 1"),
    "d puts in something": ("latch/model", "d: 0", "d: 0.1"),
    "a linear unit": ("latch/model", "Math.tanh(w * h + INPUT[letter])", "(w * h + INPUT[letter])"),
    "an initial state": ("latch/model", "const h = [0];", "const h = [0.1];"),
    "the last marker taken for the first": ("latch/model", "markers[0] ??", "markers.at(-1) ??"),
    "one letter too many": ("latch/model", "letters.length - 1 - lastMarker", "letters.length - lastMarker"),
    "rest at w = 1": ("latch/model", "if (w <= 1) return 0;", "if (w < 0.9) return 0;"),
    "rest too coarse": ("latch/model", "i < 100", "i < 20"),
}

MUTANTS = {
    "above 1 at 1": ("latch/words", "if (w > 1 && !isOne(w)) return", "if (w >= 1) return"),
    "the other trap": ("latch/words", 'const own = end > 0 ? "a" : "b";', 'const own = end < 0 ? "a" : "b";'),
    "something is left": ("latch/words", "Math.abs(end) < 0.01", "Math.abs(end) < 0.001"),
    "nothing is left": ("latch/words", "Math.abs(end) < 0.01", "Math.abs(end) < 0.02"),
    "shown as zero": ("latch/words", "Math.abs(h) < 0.0005 ?", "Math.abs(h) < 0 ?"),
    "just now, always": ("latch/words", 'since === 0 ? "just now"', 'since >= 0 ? "just now"'),
    "solved by a small state": ("latch/tasks", "const HELD = 0.5;", "const HELD = 0.1;"),
    "solved too early": ("latch/tasks", "since >= 40", "since >= 4"),
    "solved without an a": ("latch/tasks", '.includes("a")', '.includes("")'),
    "near, when it is not": ("latch/words", "off < 0.05", "off < 0.5"),
    "held below 1": ("latch/words", "w > 1 && !isOne(w)\n", "w > 0.5\n"),
}
