"""mutmut, with one difference: pytest collects the tests once, and each change is tried in a fork of that.

Usage: python mutants_forked.py [CHANGE ...], where mutmut's settings are. By itself mutmut starts pytest anew
for each change, which collects the tests again.
"""

import sys
from collections.abc import Collection, Iterable

from _pytest.config import Config, _prepareconfig  # as the workers of pytest-xdist do
from _pytest.main import Session
from mutmut.__main__ import cli
from mutmut.configuration import config
from mutmut.runners.harness import PytestRunner
from mutmut.utils.file_utils import change_cwd
from mutmut.workers.isolation import ForkRunner, run_in_fork


def collected() -> Session:
    """Collect the tests and return the session, ready to run them."""
    settings = config()
    arguments = [*settings.pytest_add_cli_args, *settings.pytest_add_cli_args_test_selection]
    with change_cwd("mutants"):
        prepared: Config = _prepareconfig(["--rootdir=.", "--tb=native", "-q", "-s", *arguments])
        prepared._do_configure()
        session = Session.from_config(prepared)
        prepared.hook.pytest_sessionstart(session=session)
        prepared.hook.pytest_collection(session=session)
    return session


def run_until_one_fails(session: Session, tests: Collection[str]) -> int:
    """Run these tests, or all, in the order in which they were collected; return 1 as soon as one fails."""
    items = [item for item in session.items if not tests or item.nodeid in tests]
    with change_cwd("mutants"):
        for item, following in zip(items, [*items[1:], None], strict=True):
            try:
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            except BaseException:  # what stops pytest itself is noticed, too
                return 1
            if session.testsfailed:
                return 1
    return 0


def run_clean_tests(runner: ForkRunner, tests: Iterable[str]) -> int:
    """Collect the tests, have all that follow run in forks of this, and run them without a change."""
    session = collected()

    def run_tests(_: PytestRunner, *, mutant_name: str | None, tests: Iterable[str]) -> int:
        chosen = set(tests)
        if mutant_name is None:  # else this is a fork already
            return int(run_in_fork(run_until_one_fails, session, chosen))
        return run_until_one_fails(session, chosen)

    PytestRunner.run_tests = run_tests
    return int(runner.test_runner.run_tests(mutant_name=None, tests=tests))


if __name__ == "__main__":
    ForkRunner.run_clean_tests = run_clean_tests
    cli(["run", *sys.argv[1:]])
