"""A deliberate error: a file, the snippet that is replaced, by what, and the test that must fail."""

from typing import NamedTuple


class Mutant(NamedTuple):
    """One wrong version of one file, and the test (module.function) that must fail because of it."""

    name: str
    file: str
    right: str
    wrong: str
    test: str
    arguments: dict = {}  # noqa: RUF012 - read only


def mutants_of(file, *rows):
    """The mutants of one file, from rows (name, right, wrong, test) or (…, arguments of the test)."""
    return [Mutant(name, file, right, wrong, *rest) for name, right, wrong, *rest in rows]
