"""The examples in docstrings run and print what they say; what a reader begins with has one."""

import doctest
import importlib
import pkgutil

import pytest

import rnn_core

MODULES = sorted(found.name for found in pkgutil.walk_packages(rnn_core.__path__, "rnn_core."))

# Where a reader begins: what the readme and the first chapters call.
FIRST = [
    "Vocabulary", "bptt", "clip_by_global_norm", "cross_entropy", "fit_markov", "forward", "init_params",
    "next_symbol_pair", "norm_bound", "one_hot", "product_log_norms", "save_checkpoint", "step_jacobians",
    "train",
]  # fmt: skip


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_print_what_they_say(name):
    failed, _ = doctest.testmod(importlib.import_module(name), report=True)
    assert failed == 0


@pytest.mark.parametrize("name", FIRST)
def test_what_a_reader_begins_with_has_an_example(name):
    (test,) = doctest.DocTestFinder(recurse=False).find(getattr(rnn_core, name))
    assert len(test.examples) >= 2
    assert any(example.want for example in test.examples)


def test_an_example_that_does_not_hold_fails():
    wrong = doctest.DocTestParser().get_doctest(">>> 1 + 1\n3\n", {}, "wrong", None, None)
    assert doctest.DocTestRunner().run(wrong, out=lambda text: None).failed == 1
