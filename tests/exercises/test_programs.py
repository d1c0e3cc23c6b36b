"""A right program is taken, a wrong one is told what is wrong with it, and no program stops the judge."""

import copy
import json
import random
import re
import sys
import time
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest
from mutated import mutants

from rnn_core import (
    TANH,
    RNNParams,
    Trace,
    backpropagate,
    bptt,
    clip_by_global_norm,
    equations,
    forward,
    norm_bound,
    product_log_norms,
    spectral_norm,
    truncated_bptt,
)
from rnn_core.gated import LSTMParams, lstm_forward
from rnn_core.losses import cross_entropy
from rnn_core.point_process import Hawkes, log_likelihood
from rnn_core.rnn import backpropagate_outputs
from rnn_exercises import all_exercises, judge
from rnn_exercises.judging import CASES
from rnn_exercises.kinds import Code

ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = {
    exercise.label: question
    for exercise in all_exercises()
    for question in exercise.questions
    if isinstance(question, Code)
}
MISTAKES = [(label, name) for label, question in PROGRAMS.items() for name in question.mistakes]
every_program = pytest.mark.parametrize("label", PROGRAMS)


def define(source, name):
    """Return the function that a text defines."""
    names = {"np": np}
    exec(source, names)
    return names[name]


def solution(label):
    """Return the book's function."""
    return define(PROGRAMS[label].solution, PROGRAMS[label].name)


def drawn(label, seed):
    """Draw the arguments of a call."""
    return PROGRAMS[label].cases(np.random.default_rng(seed))


def arrays_in(result):
    """Return a result as a list of arrays."""
    return [np.asarray(part) for part in (result if isinstance(result, tuple) else (result,))]


def test_ten_programs_lie_along_the_book():
    assert len(PROGRAMS) == 10
    assert len(MISTAKES) >= 60
    for question in PROGRAMS.values():
        assert len(question.mistakes) >= 6


# How many sizes the arrays have: T, n, m, k; T + 1 or 4m; the number of events.
SIZES = {
    "ex-05-code-forward": 4,
    "ex-05-code-loss": 2,
    "ex-06-code-gradients": 5,
    "ex-06-code-deltas": 4,
    "ex-07-code-unrolled": 3,
    "ex-07-code-truncated": 3,
    "ex-08-code-clip": 2,
    "ex-09-code-influence": 2,
    "ex-rem-code-lstm": 3,
    "ex-10-code-hawkes": 1,
}


@every_program
def test_the_inputs_are_generic_and_their_sizes_differ(label):
    seen = set()
    for seed in range(CASES):
        case = drawn(label, seed)
        assert all(isinstance(part, np.ndarray | int | float) for part in case)
        arrays = [part for part in case if isinstance(part, np.ndarray)]
        sizes = {size for array in arrays for size in array.shape}
        assert len(sizes) == SIZES[label]
        assert max(sizes) >= 7 or label == "ex-08-code-clip"
        assert label != "ex-07-code-truncated" or case[-1] not in sizes
        seen.add(tuple(array.shape for array in arrays))
        for array in arrays:
            if array.dtype.kind == "f":
                assert np.unique(array).size == array.size
    assert len(seen) > 2, "all inputs have the same sizes"


def test_both_sides_of_a_threshold_are_among_the_inputs():
    long = [
        np.sqrt(sum(np.sum(a**2) for a in arrays)) > c
        for *arrays, c in (drawn("ex-08-code-clip", seed) for seed in range(CASES))
    ]
    assert {True, False} == set(map(bool, long))
    large = [np.abs(drawn("ex-05-code-loss", seed)[0]).max() > 900 for seed in range(CASES)]
    assert {True, False} == set(map(bool, large))
    divides = [len(g) % w == 0 for _, _, g, w in (drawn("ex-07-code-truncated", s) for s in range(CASES))]
    assert {True, False} == set(divides)


# --- the right ones ----------------------------------------------------------------------------


@every_program
def test_the_solution_is_taken_as_text_and_as_a_function(label):
    for given in (PROGRAMS[label].solution, solution(label)):
        verdict = judge(label, given)
        assert (verdict.solved, verdict.mistake) == (True, None), verdict
    commented = f"# mine\nimport numpy as np\n\n\n{PROGRAMS[label].solution}\nprint('done')\n"
    assert judge(label, commented).solved


def engine_deltas(W_hh, W_yh, grad_o, h):
    """Return what the engine computes from any gradients of the logits and any states."""
    T, (k, m) = len(grad_o), W_yh.shape
    params = RNNParams(np.zeros((m, 1)), W_hh, W_yh, np.zeros(m), np.zeros(k))
    trace = Trace(np.arctanh(h[1:]), h, grad_o, grad_o, TANH)
    return backpropagate_outputs(params, np.zeros((T, 1)), trace, grad_o)


class Three(NamedTuple):
    """A gradient of three arrays."""

    G: np.ndarray
    H: np.ndarray
    b: np.ndarray


def by_forward(W_hx, W_hh, W_yh, b_h, b_y, x, h0):
    trace = forward(RNNParams(W_hx, W_hh, W_yh, b_h, b_y), x, h0)
    return trace.h, trace.y


def by_gradients(grad_h, h, x, y, c):
    delta = equations.local_gradient(grad_h, np.arctanh(h[1:]))
    grad_o = [equations.grad_logits(y_t, c_t) for y_t, c_t in zip(y, c, strict=True)]
    return (
        equations.grad_W_hx(delta, x),
        equations.grad_W_hh(delta, h),
        equations.grad_W_yh(grad_o, h),
        sum(delta),
        sum(grad_o),
    )


def by_unrolled(W_hh, h, g):
    params = RNNParams(np.zeros((len(W_hh), 1)), W_hh, np.eye(len(W_hh)), h[0], h[0])
    return equations.unrolled_grad_W_hh(params, np.arctanh(h[1:]), h, g)


def by_windows(W_hh, h, g, w):
    """Backpropagate each window by itself: its states are given."""
    starts = range(0, len(g), w)
    return sum(engine_deltas(W_hh, np.eye(len(W_hh)), g[s : s + w], h[s : s + w + 1])[0].W_hh for s in starts)


def by_influence(W_h, a, i):
    J = np.array([equations.jacobian(W_h, 1 - np.tanh(a_j) ** 2) for a_j in a])
    lags = np.arange(len(a) - i + 1)
    return np.exp(product_log_norms(J, start=i)[i:]), norm_bound(1.0, spectral_norm(W_h), lags)


def by_lstm(W, U, b, x, h, c):
    trace = lstm_forward(LSTMParams(W, U, np.ones((2, len(h))), b, np.zeros(2)), x[None], h, c)
    return trace.h[1], trace.c[1]


BY_THE_CORE = {
    "ex-05-code-forward": by_forward,
    "ex-05-code-loss": lambda o, c: cross_entropy(o.copy(), c)[0].sum(),
    "ex-06-code-gradients": by_gradients,
    "ex-06-code-deltas": lambda *given: engine_deltas(*given)[1],
    "ex-07-code-unrolled": by_unrolled,
    "ex-07-code-truncated": by_windows,
    "ex-08-code-clip": lambda *given: tuple(clip_by_global_norm(Three(*given[:3]), given[3])[0]),
    "ex-09-code-influence": by_influence,
    "ex-rem-code-lstm": by_lstm,
    "ex-10-code-hawkes": lambda times, T, mu, alpha, beta: log_likelihood(Hawkes(mu, alpha, beta), times, T),
}


@every_program
def test_the_solution_computes_what_the_core_does(label):
    for seed in range(20):
        case = drawn(label, seed)
        for ours, theirs in zip(
            arrays_in(solution(label)(*case)), arrays_in(BY_THE_CORE[label](*case)), strict=True
        ):
            assert ours.shape == theirs.shape
            np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-13)


def test_the_programs_of_chapters_5_to_7_make_one_training_step_of_the_engine():
    """From the inputs to the gradients, program by program, beside `bptt`."""
    rng = np.random.default_rng(5)
    T, n, m, k = 11, 3, 4, 5
    params = RNNParams(*(0.6 * rng.standard_normal(s) for s in ((m, n), (m, m), (k, m), (m,), (k,))))
    x, c, h0 = rng.standard_normal((T, n)), rng.integers(0, k, T), rng.uniform(-1, 1, m)
    value, grads = bptt(params, x, c, h0)
    h, y = solution("ex-05-code-forward")(*params, x, h0)
    o = h[1:] @ params.W_yh.T + params.b_y
    assert solution("ex-05-code-loss")(o, c) == pytest.approx(value, rel=1e-13)
    grad_o = y - np.eye(k)[c]
    delta = solution("ex-06-code-deltas")(params.W_hh, params.W_yh, grad_o, h)
    np.testing.assert_allclose(delta, backpropagate(params, x, c, h0).delta, rtol=1e-11)
    found = solution("ex-06-code-gradients")(delta / (1 - h[1:] ** 2), h, x, y, c)
    for ours, theirs in zip(found, grads, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-11, atol=1e-13)
    g = grad_o @ params.W_yh
    np.testing.assert_allclose(
        solution("ex-07-code-unrolled")(params.W_hh, h, g), grads.W_hh, rtol=1e-11, atol=1e-13
    )
    for w in range(1, T + 2):
        np.testing.assert_allclose(
            solution("ex-07-code-truncated")(params.W_hh, h, g, w),
            truncated_bptt(params, x, c, w, h0)[1].W_hh,
            rtol=1e-11,
            atol=1e-13,
        )


def test_a_gradient_of_zero_stays_zero_when_it_is_clipped():
    with np.errstate(divide="ignore"):
        clipped = solution("ex-08-code-clip")(np.zeros((3, 4)), np.zeros((3, 3)), np.zeros(3), 2.0)
    assert not any(array.any() for array in clipped)


# --- the wrong ones ----------------------------------------------------------------------------


@pytest.mark.parametrize(("label", "name"), MISTAKES)
def test_a_typical_mistake_is_told_by_its_own_reason(label, name):
    question = PROGRAMS[label]
    program = question.mistakes[name]
    for given in (program.source, define(program.source, question.name)):
        verdict = judge(label, given)
        assert (verdict.solved, verdict.mistake, verdict.words) == (False, name, program.reason)


def test_reasons_differ_and_lead_to_a_place_in_the_book():
    cells = [
        "".join(cell["source"])
        for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        if cell["cell_type"] == "markdown"
    ]
    text = "\n".join(cells)
    for label, question in PROGRAMS.items():
        reasons = [program.reason for program in question.mistakes.values()]
        assert len(set(reasons)) == len(reasons), label
        for reason in reasons:
            places = re.findall(r"\]\(#([\w-]+)\)|\{(?:prf:)?ref\}`([\w-]+)`", reason)
            assert places, reason
            for equation, theorem in places:
                assert f"({equation})=" in text if equation else f":label: {theorem}\n" in text, reason


def first_lines(label, lines):
    """Return the solution with lines in front of its own."""
    head, rest = PROGRAMS[label].solution.split("\n", 1)
    return "\n".join([head, *(f"    {line}" for line in lines), rest])


@every_program
def test_a_changed_argument_is_noticed_whichever_it_is(label):
    names = re.match(r"def \w+\(([^)]*)\)", PROGRAMS[label].solution)[1].split(", ")
    for name, value in zip(names, drawn(label, 0), strict=True):
        if isinstance(value, np.ndarray):
            program = first_lines(
                label, [f"kept = {name}.copy()", f"{name}[...] = kept[::-1]", f"{name} = kept"]
            )
            assert "in place" in judge(label, program).words
            assert f"`{name}`" in judge(label, program).words
            starred = f"{program}\nplain = {PROGRAMS[label].name}\n\n"
            starred += f"def {PROGRAMS[label].name}(*args):\n    return plain(*args)\n"
            assert f"`{name}`" in judge(label, starred).words


IN_PLACE = {
    "ex-06-code-gradients": ("y - np.eye(y.shape[1])[c]", "y; grad_o[np.arange(len(c)), c] -= 1"),
    "ex-08-code-clip": ("return", "G *= factor; H *= factor; b *= factor\n    return"),
    "ex-09-code-influence": ("for a_j", "a *= 1.5\n    for a_j"),
    "ex-rem-code-lstm": ("c = f * c + i * np.tanh(g)", "c *= f; c += i * np.tanh(g)"),
}


@pytest.mark.parametrize("label", IN_PLACE)
def test_what_is_written_in_place_by_habit_is_noticed(label):
    program = PROGRAMS[label].solution.replace(*IN_PLACE[label])
    assert "in place" in judge(label, program).words


# What stands in the place of the whole program, and words of what is said to it.
FAILURES = {
    "def {name}({args}):\n    while True: pass": "loops",
    "def {name}({args}):\n    while True:\n        try: {name}()\n        except Exception: pass": "loops",
    "def {name}({args}):\n    return sum(1 for _ in iter(int, 1))": "loops",
    "while True:\n    pass": "loops",
    "def {name}({args}):\n    return {name}({args})": "itself",
    "def {name}({args}:\n    return 1": "line 1: '(' was never closed",
    "def {name}({args}):\nreturn 1": "line 2: expected an indented block",
    "def {name}({args}):\n    ...": "`return`",
    "def {name}({args}):\n    return None": "`return`",
    "def another({args}):\n    return 1": "no function `{name}`",
    "{name} = 3": "no function `{name}`",
    "": "no function `{name}`",
    "def {name}():\n    return 1": "positional argument",
    "def {name}({args}):\n    raise KeyError('nobody')": "line 2: KeyError: 'nobody'.",
    "def {name}({args}):\n    return unknown": "line 2: NameError: name 'unknown' is not defined.",
    "def {name}({args}):\n    return np.ones(3) @ np.ones(4)": "transpose",
    "def {name}({args}):\n    return np.ones(3) + np.ones(4)": "transpose",
    "def {name}({args}):\n    return np.ones(3)[3]": "counted from 0",
    "def {name}({args}):\n    raise SystemExit": "to end",
    "def {name}({args}):\n    return 'text'": "no array",
    "def {name}({args}):\n    return (i for i in range(3))": "generator",
    "def {name}({args}):\n    return [[1, 2], [3]]": "no array",
    "def {name}({args}):\n    return 1j": "complex",
    "def {name}({args}):\n    return {{}}": "`dict`",
    "def {name}({args}):\n    return np.nan": "",
    "def {name}({args}):\n    return 10**400": "",
    "def {name}({args}):\n    return np.ones((2, 9, 8))": "",
    "def {name}({args}):\n    return 1, 2, 3, 4, 5, 6": "6 results",
    "nothing to see here": "line 1: invalid syntax",
    "x = 1 / 0": "line 1: ZeroDivisionError: division by zero.",
    "\0": "null bytes",
    "import scipy_or_whatever": "ModuleNotFoundError",
}


@every_program
def test_whatever_is_given_gets_a_sentence(label):
    question = PROGRAMS[label]
    args = re.match(r"def \w+\(([^)]*)\)", question.solution)[1]
    several = isinstance(solution(label)(*drawn(label, 0)), tuple)
    for program, words in FAILURES.items():
        started = time.process_time()
        verdict = judge(label, program.format(name=question.name, args=args))
        assert time.process_time() - started < 2
        assert not verdict.solved
        assert verdict.mistake is None
        assert verdict.words[0].isupper()
        assert verdict.words.endswith((".", "?"))
        if not (several and words in ("no array", "generator", "complex", "`dict`")):
            assert words.format(name=question.name) in verdict.words, (program, verdict)
    for nothing in (None, 3, "a text", np.tanh, print, object()):
        assert not judge(label, nothing).solved
    assert judge(label, question.starter).words == "It returns nothing: the last line needs `return`."


CHANGED_RESULTS = """
right = {name}

def {name}(*given):
    made = right(*given)
    return {changed}
"""


@every_program
def test_the_first_difference_is_told(label):
    result = solution(label)(*drawn(label, 0))

    def told(changed):
        words = CHANGED_RESULTS.format(name=PROGRAMS[label].name, changed=changed)
        return judge(label, PROGRAMS[label].solution + words).words

    count, last = len(arrays_in(result)), arrays_in(result)[-1]
    part, which = ("made[-1]", f"Result {count} of {count}") if count > 1 else ("made", "The result")
    whole = "*made[:-1], {}" if count > 1 else "{}"
    place = [*[0] * (last.ndim - 1), 2] if last.ndim else None
    where = f" at {place}" if place else ""
    once = f"(np.arange({part}.size) == 2).reshape({part}.shape)" if place else "1"
    words = told(whole.format(f"{part} + 1e-3 * {once}"))
    assert words.startswith(f"{which} first differs{where}: "), words
    assert re.search(r": (-?[\d.e+-]+), where (?!\1 )-?[\d.e+-]+ is right", words), words
    shape = f"an array of the shape {last.shape}" if place else "a single number"
    assert told(whole.format(f"np.array([{part}])")).endswith(f"; asked is {shape}.")
    if count > 1:
        assert told("made[0]") == f"It returns one result; asked are {count} results."
    else:
        assert told("made, made") == "It returns 2 results; asked is one result."


def test_a_list_is_as_good_as_an_array_and_rounding_is_no_difference():
    label = "ex-06-code-deltas"
    program = PROGRAMS[label].solution.replace("return delta", "return [row * (1 + 1e-12) for row in delta]")
    assert judge(label, program).solved
    label = "ex-08-code-clip"
    program = PROGRAMS[label].solution.replace("return", "return list(").rstrip() + ")"
    program = program.replace("list( ", "list((").replace("* b)", "* b))")
    assert judge(label, program).solved
    assert not judge(label, PROGRAMS[label].solution.replace("c / norm", "1.00001 * c / norm")).solved


def test_right_on_some_inputs_is_said():
    program = PROGRAMS["ex-08-code-clip"].solution.replace("c / norm", "0.9 * c / norm")
    assert judge("ex-08-code-clip", program).words.startswith("It is right on ")


def test_a_function_of_a_notebook_may_call_others_and_is_stopped_there_too():
    names = {"np": np, "__name__": "__main__"}
    exec("def wait():\n    while True:\n        pass\n\n\ndef clip(G, H, b, c):\n    return wait()\n", names)
    assert "loops" in judge("ex-08-code-clip", names["clip"]).words


def test_slow_lines_are_stopped_by_the_clock():
    started = time.monotonic()
    program = "def clip(G, H, b, c):\n    while True:\n        np.linalg.svd(np.ones((150, 150)))\n"
    assert "loops" in judge("ex-08-code-clip", program).words
    assert time.monotonic() - started < 10


def test_whoever_traces_goes_on_tracing():
    """Coverage and debuggers set a trace function of their own."""
    seen = []

    def trace(frame, event, argument):
        seen.append(event)

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        for program in ("def clip(G, H, b, c):\n    while True: pass", PROGRAMS["ex-08-code-clip"].solution):
            judge("ex-08-code-clip", program)
            assert sys.gettrace() is trace
    finally:
        sys.settrace(before)
    assert seen


def test_the_book_is_asked_politely():
    with pytest.raises(KeyError, match="no exercise"):
        judge("ex-05-code", "")
    with pytest.raises(ValueError, match="asks for a function"):
        judge("ex-09-lag", "")


# --- programs that nobody thought of ---------------------------------------------------------------


def computes_the_same(label, program):
    """Return whether a program agrees with the solution on inputs that the judge does not use."""
    given = define(program, PROGRAMS[label].name)
    for seed in range(1000, 1012):
        case = drawn(label, seed)
        ours = arrays_in(solution(label)(*copy.deepcopy(case)))
        theirs = arrays_in(given(*copy.deepcopy(case)))
        if len(ours) != len(theirs):
            return False
        for a, b in zip(ours, theirs, strict=True):
            if a.shape != b.shape or not np.allclose(a, b, rtol=1e-6, atol=1e-9):
                return False
    return True


@every_program
def test_no_program_with_something_changed_is_taken_if_it_computes_something_else(label):
    chosen = mutants(PROGRAMS[label].solution, random.Random(label), count=40)
    assert len(set(chosen)) == 40
    refused = 0
    for program in chosen:
        verdict = judge(label, program)
        assert verdict.words
        if verdict.solved:
            assert computes_the_same(label, program), program
        refused += not verdict.solved
    assert refused >= 25


# --- in the book -------------------------------------------------------------------------------


@every_program
def test_the_solution_in_the_book_is_the_program(label):
    pattern = re.compile(
        rf"```\{{answer\}} {label}\n```\n\n"
        rf"````\{{solution\}} {label}\n:class: dropdown\n\n```python\n(.*?)```\n````(?:\n|$)",
        re.DOTALL,
    )
    found = [
        program
        for path in (ROOT / "notebooks").glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for program in pattern.findall("".join(cell["source"]))
    ]
    assert found == [PROGRAMS[label].solution]


@every_program
def test_a_program_fits_into_the_page(label):
    question = PROGRAMS[label]
    signature = question.solution.split("\n", 1)[0]
    assert question.starter.startswith(signature + '\n    """')
    assert question.starter.endswith('    """\n    ...\n')
    for text in (question.starter, question.solution):
        assert max(map(len, text.splitlines())) <= 76
    assert len(question.solution.splitlines()) <= 10
