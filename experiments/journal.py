"""The results that a study has so far: one line of JSON for each, in a file that survives any kill."""

import ast
import errno
import fcntl
import hashlib
import importlib
import json
import os
import subprocess
import sys
from importlib.util import resolve_name
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np


class Journal:
    """An append-only file of results, which one process at a time may hold.

    Attributes
    ----------
    entries : dict
        Results by fingerprint: those with one of the given fingerprints, and those appended since.
    stale : int
        Results in the file that have another fingerprint.
    damaged : list of int
        Numbers of the lines that cannot be read: their cells count as not done.

    Raises
    ------
    BlockingIOError
        If another process holds it.
    OSError
        If the file cannot be opened, or its folder cannot be locked.
    """

    def __init__(self, path: Path, keys: list[str]) -> None:
        path.parent.mkdir(exist_ok=True)
        (path.parent / ".gitignore").write_text("*\n")
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o644)
        try:
            # The system drops the lock with the process, however that ends.
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(self._file)
            raise
        except OSError as error:  # some network drives
            os.close(self._file)
            raise OSError(
                error.errno,
                f"{path.parent} cannot be locked ({error.strerror}): two runs could mix their results; "
                "run the study in a copy of this folder on a local disk",
            ) from None
        content = path.read_bytes()
        whole = content.rfind(b"\n") + 1
        os.ftruncate(self._file, whole)  # a kill can tear the last line, but no other
        found, self.damaged = _read(content[:whole])
        self.entries = {key: found.pop(key) for key in keys if key in found}
        self.stale = len(found)
        self._path, self._keys = path, keys

    def append(self, key: str, entry: dict[str, Any]) -> None:
        """Write a result through to the disk, whole or not at all."""
        line = (json.dumps({"key": key, **entry}) + "\n").encode()
        size = os.fstat(self._file).st_size
        try:
            # One call for the whole line: a signal comes before or after it.
            if os.write(self._file, line) < len(line):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            os.fsync(self._file)
        except OSError:
            os.ftruncate(self._file, size)
            raise
        self.entries[key] = entry

    def kept(self) -> int:
        """Count the results on the disk: a signal can come when one is there, but not yet in `entries`."""
        found, _ = _read(self._path.read_bytes())
        return sum(key in found for key in self._keys)

    def __enter__(self) -> "Journal":
        return self

    def __exit__(self, *exception: object) -> None:
        os.close(self._file)


def _read(content: bytes) -> tuple[dict[str, dict[str, Any]], list[int]]:
    """Return the entries by key, and the numbers of the lines that cannot be read."""
    found, damaged = {}, []
    for number, line in enumerate(content.splitlines(), start=1):
        try:
            entry = json.loads(line)
            found[entry.pop("key")] = entry
        except (ValueError, AttributeError, KeyError):  # a disk that was full for a while can do that
            damaged.append(number)
    return found, damaged


def write_whole(path: Path, text: str) -> None:
    """Write a file at once, so that nobody ever reads half of it."""
    draft = path.with_name(path.name + ".draft")
    try:
        draft.write_text(text, encoding="utf-8")
        os.replace(draft, path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise


def fingerprints(script: Path, cells: list[dict[str, Any]]) -> list[str]:
    """A hash for each cell of all that its result depends on: the cell, the code, Python and NumPy.

    The code is the script and every module of rnn_core that it imports, directly or not, without comments and
    docstrings. The script's function `cells` does not count, so that a study can grow.
    """
    parts = [script.stem, sys.version.split()[0], np.__version__]
    for path in sorted(_sources(script)):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
                node.body[:1] = [] if len(node.body) > 1 else [ast.Pass()]
        if path == script:
            tree.body = [node for node in tree.body if getattr(node, "name", "") != "cells"]
        parts.append(ast.unparse(tree))
    code = hashlib.sha256("\0".join(parts).encode()).hexdigest()
    return [hashlib.sha256((code + json.dumps(cell)).encode()).hexdigest()[:24] for cell in cells]


def _sources(script: Path) -> set[Path]:
    """The script and the files of rnn_core that its imports lead to."""
    found, waiting = set(), [(script, "")]
    while waiting:
        path, package = waiting.pop()
        if path in found:
            continue
        found.add(path)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for module in _imported(node, package):
                if module.__name__.split(".")[0] == "rnn_core":
                    inside = (
                        module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
                    )
                    waiting.append((Path(str(module.__file__)), inside))
    return found


def _imported(node: ast.AST, package: str) -> list[ModuleType]:
    """The modules of rnn_core that a statement imports; a name that a package hands on leads to its home."""
    if isinstance(node, ast.Import):
        return [
            importlib.import_module(alias.name) for alias in node.names if alias.name.startswith("rnn_core")
        ]
    if not isinstance(node, ast.ImportFrom):
        return []
    name = resolve_name("." * node.level + (node.module or ""), package)
    if name.split(".")[0] != "rnn_core":
        return []
    module = importlib.import_module(name)
    if not hasattr(module, "__path__"):
        return [module]
    values = [getattr(module, alias.name) for alias in node.names]
    homes = [getattr(value, "__module__", name) for value in values]
    return [
        value if isinstance(value, ModuleType) else sys.modules.get(home, module)
        for value, home in zip(values, homes, strict=True)
    ]


def git_commit(script: Path) -> str:
    """The commit that is checked out, marked if the study or a module that it uses was changed since."""

    def git(*words: str) -> str:
        command = ["git", "-C", str(script.parent), *words]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()

    try:
        changed = git("status", "--porcelain", "--", *map(str, _sources(script)))
        return git("rev-parse", "--short=12", "HEAD") + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
