"""What every test of the mathematics shares: the package under test, and repeatable property tests."""

import hypothesis
import pytest

import rnn_core

# The same examples in every run: a failure in CI is a failure at home.
hypothesis.settings.register_profile(
    "repeatable", derandomize=True, deadline=None, max_examples=50, database=None
)
hypothesis.settings.load_profile("repeatable")


@pytest.fixture(scope="session")
def core():
    """The package. Tests take it as an argument so that test_mutants can hand them a broken copy."""
    return rnn_core
