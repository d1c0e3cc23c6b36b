"""Faults that must be found: a module, what stands there, what to put in its place.

Those of MODEL by test_models.py, against rnn_core; those of MUTANTS, untrue conditions, by test_words.py.
"""

MODEL = {
    "ρ dropped on the way back": ("lit/model", "rho * (1 - h[i] * h[i])", "(1 - h[i] * h[i])"),
    "ρ dropped on the way there": ("lit/model", "Math.tanh(rho * sum", "Math.tanh(sum"),
    "no slope": ("lit/model", "(1 - h[i] * h[i]) * gradient[i]", "gradient[i]"),
    "the slope of another step": ("lit/model", "rho, h[t], gradient", "rho, h[t - 1], gradient"),
    "not transposed": ("lit/model", "before[j] += W_hh[i * UNITS + j]", "before[j] += W_hh[j * UNITS + i]"),
    "the right letter forgotten": ("lit/model", "(c === right ? 1 : 0)", "0"),
    "another letter": ("lit/model", "alphabet.indexOf(unread[0])", "alphabet.indexOf(unread[1])"),
    "no softmax": ("lit/model", "Math.exp(logit - largest)", "(logit - largest)"),
    "a row for a column": ("lit/model", "W_hx[i * size + place]", "W_hx[place * UNITS + i]"),
    "a step too many": ("lit/model", "t > 0", "t >= 0"),
    "at a hundredth of another base": ("lit/model", "Math.log(0.01)", "Math.log10(0.01)"),
    "dark for good": ("lit/model", "!logs.slice(first).every(isDark)", "false"),
    "always the first network": ("lit/model", "[draw];", "[0];"),
}

MUTANTS = {
    "the first letter of the word": ("lit/words", "`the ${read[place]} of", "`the ${word[0]} of"),
    "lit in part is lit": ("lit/words", "if (lit === letters)", "if (lit > 0)"),
    "dark in part is dark": ("lit/words", "return lit > 0 ?", "return lit > 3 ?"),
    "dark, and lit again": ("lit/words", "if (again)", "if (!read)"),
    "always brighter": ("lit/words", "logs[back] > BRIGHTER", "logs[back] >= 0"),
    "never brighter": ("lit/words", "logs[back] > BRIGHTER", "logs[back] > 2 * BRIGHTER"),
    "the mean of the sum": ("lit/words", "logs[steps] / steps", "logs[steps] / logs.length"),
    "an average of one": ("lit/words", "back > 1 ?", "back > 0 ?"),
    "percent of percent": ("lit/words", "log > Math.LN2", "log > 2 * Math.LN2"),
    "the brightest for the dimmest": ("lit/words", "Math.min(...own)", "Math.max(...own)"),
    "the steps of the guess": ("lit/words", "here ${reach} did", "here ${guess} did"),
    "too far is too near": ("lit/words", "guess > reach", "guess < reach"),
    "one power too few": ("lit/words", "* Math.log(rho) >= DARK)", "* Math.log(rho) > 0)"),
    "solved with one letter": ("lit/tasks", "return lit === letters;", "return lit > 0;"),
    "solved at 1": ("lit/tasks", "rho > 1 && !isOne(rho)", "rho > 0.99"),
    "solved in part": ("lit/tasks", "ofWord(measured).lit === 0", "ofWord(measured).lit < 4"),
    "solved by another letter": (
        "lit/tasks",
        "solved: ({ logs }) => logs.at(-1) > 0.005",
        "solved: ({ logs }) => Math.max(...logs) > 0.005",
    ),
}
