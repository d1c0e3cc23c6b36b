"""Right arguments for one of them to be spoilt, and the assertion that the error says so; defaults."""

import inspect
import re

import numpy as np

from .oracles import problem


class Good:
    """Arguments that are right, for one of them to be spoilt."""

    def __init__(self, core):
        p = problem(211, B=6)
        self.core = core
        self.params, self.x, self.targets, self.h0 = p.params(core), p.x, p.targets, p.theta["h0"]
        self.lengths = np.array([7, 2, 5, 1, 3, 6])
        self.rng = np.random.default_rng(211)
        self.trace = core.forward(self.params, self.x, self.h0)
        self.J = core.step_jacobians(self.params, self.trace)
        self.codes = np.arange(20) % 5
        self.log_norm = np.array([0.0, -1.0, -2.0])


def defaults(function):
    """The defaults of its arguments, by name."""
    parameters = inspect.signature(function).parameters.values()
    return {p.name: p.default for p in parameters if p.default is not p.empty}


def with_entry(array, value):
    spoilt = array.copy()
    spoilt[(0,) * array.ndim] = value
    return spoilt


def works(call):
    """What the call returns; that it raises is an AssertionError, so that a mutant is caught by it."""
    try:
        return call()
    except Exception as error:
        raise AssertionError(f"raised {type(error).__name__}: {error}") from error


def raises(error, message, call):
    """Assert that the call raises this type of error with a message that matches."""
    try:
        result = call()
    except error as raised:
        text = str(raised)
    except Exception as other:  # an AssertionError, so that a mutant without its check is caught by it
        raise AssertionError(f"expected {error}, got {type(other).__name__}: {other}") from other
    else:
        raise AssertionError(f"expected {error} with {message!r}, got {result!r}")
    assert re.search(message, text), f"{message!r} does not match {text!r}"
