"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "rows for columns": (
        "circle/model",
        "[first[0], second[0], first[1], second[1]]",
        "[...first, ...second]",
    ),
    "half axis too short": ("circle/model", "long: Q + R", "long: Math.max(Q, R)"),
    "a difference for a sum": ("circle/model", "(c + b) / 2", "(c - b) / 2"),
    "complex eigenvalues by their real part": (
        "circle/model",
        "Math.sqrt(a * d - b * c)",
        "Math.abs(a + d) / 2",
    ),
    "the smaller eigenvalue": (
        "circle/model",
        "Math.abs(a + d) / 2 + Math.sqrt(quarter)",
        "Math.abs(Math.abs(a + d) / 2 - Math.sqrt(quarter))",
    ),
    "radius with its sign": ("circle/model", "Math.abs(a + d) / 2 +", "(a + d) / 2 +"),
    "a product transposed": ("circle/model", "a * f + b * h, c * e + d * g", "c * e + d * g, a * f + b * h"),
    "radius in hundredths": ("circle/model", "exact ? radius / SCALE : radius", "radius"),
    "equal eigenvalues not seen": ("circle/model", "eigen(exact ? hundredths : W)", "eigen(W)"),
    "one power too few": ("circle/model", "t <= STEPS", "t < STEPS"),
    "one power for all": ("circle/model", "multiply(W, powers[t - 1])", "multiply(W, powers[0])"),
    "norm of another power": ("circle/model", "norm: norms[1]", "norm: norms[2]"),
}

MUTANTS = {
    "1 decides": ("circle/words", "if (isOne(radius)) {", "if (radius === 0.5) {"),
    "nearly 1 taken for 1": ("circle/words", 'if (!exact) return "r = 1', 'if (false) return "r = 1'),
    "grows with two eigenvectors": ("circle/words", "return single\n", "return norm > 1\n"),
    "stays with one eigenvector": ("circle/words", "return single\n", "return single && norm < 1\n"),
    "the norm decides": ("circle/words", "if (radius > 1) return", "if (norm > 1) return"),
    "shrinks at each step": (
        "circle/words",
        "if (norm < 1) return `${shrinks}",
        "if (norm < 1.5) return `${shrinks}",
    ),
    "although it is 1": ("circle/words", "if (isOne(norm)) return `${shrinks}.`;", ""),
    "alike, nearly": ("circle/words", "norm - radius <= 1e-9 * norm", "norm - radius <= 0.1 * norm"),
    "the powers exchanged": (
        "circle/words",
        "at least rᵗ = ${length(radius ** t)}",
        "at least rᵗ = ${length(norm ** t)}",
    ),
    "longest at the end": ("circle/words", "norms.indexOf(Math.max(...norms))", "norms.length - 1"),
    "a point too soon": ("circle/words", "if (norms[t] === 0) return", "if (norms[t] < 0.001) return"),
    "near, when it is not": ("circle/words", "Math.abs(off) < FACTOR_2", "Math.abs(off) < 1"),
    "too short for too long": ("circle/words", 'off > 0 ? "long"', 'off < 0 ? "long"'),
    "solved by a smaller norm": ("circle/tasks", "norm >= STRETCH", "norm >= 1"),
    "solved before it is gone": ("circle/tasks", "norms[STEPS] < GONE", "norms[STEPS] < 0.1"),
    "solved by a reflection": ("circle/tasks", "image.keepsSide && ", ""),
    "solved without a turn": ("circle/tasks", "Math.abs(image.turn) >= TURNED", "true"),
    "solved by what shrinks": ("circle/tasks", "short >= 1 - KEPT", "short >= 0.5"),
}
