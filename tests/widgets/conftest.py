"""Cases that rnn_core computes for the explorers' JavaScript."""

import json
from functools import cache

import pytest
from javascript import room


@pytest.fixture(scope="session")
def vectors(tmp_path_factory):
    """Return a function: the name of an explorer and a seed -> a file with its cases.

    Nothing is stored: they are written anew, so they cannot go stale.
    """

    @cache
    def write(explorer, seed):
        cases = room(explorer, "vectors").make_vectors(seed)
        path = tmp_path_factory.mktemp("vectors") / f"{explorer}_{seed}.json"
        path.write_text(json.dumps(cases), encoding="utf-8")
        return path

    return write
