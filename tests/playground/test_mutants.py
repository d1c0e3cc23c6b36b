"""The tests can fail: each deliberate fault of the engine is found by comparing its answers."""

import behaviour
import cases
import numpy as np
from engines import ENGINE, ask, assert_close, broken_copy
from mutants import MUTANTS


def comparisons():
    """Return a selection of the cases of the other tests, and all those of behaviour."""
    given = [
        *cases.random_cases(),
        *list(cases.draw_cases())[::5],
        *list(cases.draw_cases())[1::6],
        *cases.accuracy_cases(),
        *cases.start_cases(),
        *list(cases.gradient_cases())[::5],
        *list(cases.training_cases(6))[::5],
        *list(cases.measure_cases())[::3],
        *cases.norm_cases(),
        *cases.odd_numbers(),
        *list(cases.prediction_cases())[::2],
    ]
    yield from ((case.asked, comparing(case)) for case in given)
    for A in list(cases.matrices())[3:12]:
        asked = {"do": "spectra", "matrix": A.ravel().tolist(), "m": len(A)}
        yield asked, spectrum(A)
    yield from behaviour.behaviour()


def comparing(case):
    return lambda answer: assert_close(answer, case.expected, case.tolerance, "answer")


def spectrum(A):
    """The singular values; and of the eigenvalues what a wrong one would spoil, the sum of their squares."""

    def check(answer):
        assert_close(answer["singular"], np.linalg.svd(A, compute_uv=False), 1e-11, "singular")
        squares = (np.array(answer["re"], float) + 1j * np.array(answer["im"], float)) ** 2
        assert abs(squares.sum() - np.trace(A @ A)) < 1e-8 * (1 + np.abs(A).sum())

    return check


def faults_found(checks, answers):
    """Count the answers that do not pass their check."""
    found = 0
    for check, answer in zip(checks, answers, strict=True):
        try:
            check(answer)
        except AssertionError:
            found += 1
        except (KeyError, TypeError, IndexError, ValueError):
            # An answer of another form: an error in the place of numbers, or the reverse.
            found += 1
    return found


def started(answers):
    """Whether most cases had an answer other than an error."""
    return sum("error" in answer for answer in answers if isinstance(answer, dict)) < len(answers) / 2


def test_there_are_enough_mutants():
    assert len(MUTANTS) >= 40
    assert len(set(MUTANTS.values())) == len(MUTANTS)


def test_every_deliberate_fault_is_found(tmp_path):
    """All in two processes of Node, and so in one test."""
    asked, checks = zip(*comparisons(), strict=True)
    copies = {name: broken_copy(tmp_path / str(i), fault) for i, (name, fault) in enumerate(MUTANTS.items())}
    answers = {}
    for plain in (False, True):  # the products of JavaScript are used where there is no WebAssembly
        names = [name for name, (module, *_) in MUTANTS.items() if (module == "products") == plain]
        engines = [ENGINE, *(copies[name] for name in names)]
        own, *given = ask(asked, tmp_path, engines, plain=plain)
        for check, answer in zip(checks, own, strict=True):
            check(answer)  # the engine itself passes
        answers |= dict(zip(names, given, strict=True))
    missed = [name for name in MUTANTS if not faults_found(checks, answers[name])]
    assert not missed, f"not found: {missed}"
    # Found by a comparison, not because the faulty program would not start.
    lame = [name for name in MUTANTS if not started(answers[name])]
    assert not lame, f"these do not even run: {lame}"
