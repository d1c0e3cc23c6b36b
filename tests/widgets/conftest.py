"""Cases that rnn_core computes for the explorers' JavaScript."""

import json
import re
from functools import cache

import pytest
from javascript import room
from xdist.scheduler import LoadScopeScheduling

# Tests that share what takes long to compute: an explorer's sweep, or its cases.
TOGETHER = re.compile(r"test_words\.py::\w+\[\w+|test_models\.py::\w+\[\w+|\w+/test_\w+_model\.py")


class OneExplorerEach(LoadScopeScheduling):
    """Gives the tests that share something to one process, and all others one by one."""

    def _split_scope(self, nodeid):
        found = TOGETHER.search(nodeid)
        return re.sub(r"::\w+", "", found[0]) if found else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return OneExplorerEach(config, log)


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
