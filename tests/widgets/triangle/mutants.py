"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "band one lag too wide": ("triangle/model", "return t - k < tau;", "return t - k <= tau;"),
    "windows from step 0": ("triangle/model", "Math.floor((t - 1) / tau) ===", "Math.floor(t / tau) ==="),
    "the slope forgotten": ("triangle/model", "value * slope[j][p]", "value"),
    "the matrix not transposed": ("triangle/model", "d * W[p * m + q]", "d * W[q * m + p]"),
    "the state after the use": ("triangle/model", "delta[t][k], h[k - 1]);", "delta[t][k], h[k]);"),
    "norms with the state after the use": ("triangle/model", "* hNorm[k - 1] : 0", "* hNorm[k] : 0"),
    "the earliest Jacobian on the left": (
        "triangle/model",
        "multiply(product, J[j], m)",
        "multiply(J[j], product, m)",
    ),
    "a Jacobian too many": ("triangle/model", "j > k; j--", "j >= k; j--"),
    "slopes of columns": (
        "triangle/model",
        "slope[j][Math.floor(i / m)] * w",
        "slope[j][i % m] * w",
    ),
    "a row for a column": ("triangle/model", "column: ([, column])", "column: ([column])"),
    "the diagonal of the lag below": (
        "triangle/model",
        "row - column === t - k",
        "row - column === t - k - 1",
    ),
    "the length of the sum, laid end to end": (
        "triangle/model",
        "total + norms[row - 1][column - 1], 0)",
        "Math.max(total, norms[row - 1][column - 1]), 0)",
    ),
    "the bound with a power too many": ("triangle/model", "rho ** lag", "rho ** (lag + 1)"),
    "lost beside what is kept": (
        "triangle/model",
        "length(sumOf(base, dropped)) / base.size",
        "length(sumOf(base, dropped)) / size",
    ),
    "the cosine without the gradient's length": (
        "triangle/model",
        "inner / size / base.size",
        "inner / size",
    ),
    "only the losses after a step are added": ("triangle/model", "length(steps(j, T)", "length(steps(T, T)"),
    "short lags counted from τ": ("triangle/model", "t - k < tau).length", "t - k <= tau).length"),
}

MUTANTS = {
    "the wrong one comes after": ("triangle/words", "`Step ${k} comes after", "`Step ${t} comes after"),
    "a Jacobian at its own step": ("triangle/words", "if (lag === 0) return", "if (lag === 0.5) return"),
    "the bound of one Jacobian": ("triangle/words", "long(rho ** lag)", "long(rho)"),
    "the gradient's length for the term's": (
        "triangle/words",
        "`the term is ${long(norms[t - 1][k - 1])} long",
        "`the term is ${long(size)} long",
    ),
    "products saved where none are": ("triangle/words", "single <= together", "single < together"),
    "the lengths for the length of the sum": (
        "triangle/words",
        "their sum${name} is ${long(total)}",
        "their sum${name} is ${long(ends)}",
    ),
    "an empty diagonal that is not": ("triangle/words", '"diagonal" && t < k', '"diagonal" && t <= k'),
    "nothing is cut, with a term": (
        "triangle/words",
        "if (dropped === 0) return",
        "if (dropped <= 1) return",
    ),
    "short ones, always": ("triangle/words", "shortDropped > 0 ?", "shortDropped >= 0 ?"),
    "shown as 1": ("triangle/words", "value > 0.9995", "value > 0.99999"),
    "a cosine's sign": ("triangle/words", 'value < 0 && text !== "0.000"', "value > 1"),
    "no gradient": ("triangle/words", "if (size === 0) return", "if (size < 0.5) return"),
    "a tenth": ("triangle/words", "export const LIMIT = 0.1;", "export const LIMIT = 0.2;"),
    "less than a tenth, always": ("triangle/words", "loses <= LIMIT ?", "loses <= 1 ?"),
    "the shortest, one too long": ("triangle/words", "=> 1 + lost.findIndex", "=> 2 + lost.findIndex"),
    "cancelled by two": ("triangle/tasks", "cells.length >= 3", "cells.length >= 2"),
    "a sum half as long": ("triangle/tasks", "const LEFT = 0.4;", "const LEFT = 0.5;"),
    "the shortest of windows": ("triangle/tasks", 'cut === "band" && size', "size"),
    "of either network": ("triangle/tasks", 'network === "trained" && ', ""),
    "three times": ("triangle/tasks", "const TIMES = 5;", "const TIMES = 3;"),
}
