"""The Python side of a session: run the page's cells in one namespace, until there are none."""

import __future__

import ast
import builtins
import linecache
import sys
import time
import traceback
from types import TracebackType
from typing import Any

import live_sources
from IPython.display import display
from live_channel import LIMIT, OutputLimit, Stream, receive, send

__all__ = ["serve"]

STREAMS = (Stream("stdout"), Stream("stderr"))
FUTURE = sum(getattr(__future__, name).compiler_flag for name in __future__.all_feature_names)

MEMORY = "That is more memory than Python on a page can have: at most 4 GB."
TOO_LARGE = ("array is too big", "Maximum allowed dimension", "index-sized integer")


def _no_input(prompt: object = "", /) -> str:
    raise EOFError("a cell on the page cannot ask for input: write the value into the cell")


class Session:
    """The cells' namespace, and what the compiler has been told by ``from __future__ import``."""

    def __init__(self) -> None:
        self.names: dict[str, Any] = {"__name__": "__main__", "__builtins__": builtins}
        self._flags = 0

    def run(self, code: str, name: str) -> None:
        """Run a cell as a notebook does: the value of its last line is displayed, then all figures."""
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        tree = ast.parse(code, name)
        last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
        self._execute(tree, name)
        if last is not None:
            value = self._evaluate(ast.Expression(last.value), name)
            if value is not None and not code.rstrip().endswith(";"):
                display(value)
        if "matplotlib.pyplot" in sys.modules:
            sys.modules["matplotlib.pyplot"].show()

    def _execute(self, tree: ast.Module, name: str) -> None:
        compiled = compile(tree, name, "exec", self._flags, dont_inherit=True)
        self._flags |= compiled.co_flags & FUTURE
        exec(compiled, self.names)

    def _evaluate(self, tree: ast.Expression, name: str) -> Any:
        return eval(compile(tree, name, "eval", self._flags, dont_inherit=True), self.names)


def _cells_part(trace: TracebackType | None) -> TracebackType | None:
    """Leave out the frames of this module, which come before those of the cell."""
    while trace is not None and trace.tb_frame.f_globals.get("__name__") == __name__:
        trace = trace.tb_next
    return trace


def _explain(error: BaseException) -> str:
    """Say in a sentence what the page can say better than Python."""
    match error:
        case SystemExit():
            return "The cell asked Python to end. The session goes on; what was computed is still there."
        case OutputLimit():
            return f"The cell printed more than {LIMIT:,} characters and was stopped."
        case ModuleNotFoundError():
            return (
                "On a page Python has its standard library without networks and threads, NumPy, Matplotlib "
                "and the book's own packages."
            )
        case MemoryError():
            return MEMORY
        case ValueError() | OverflowError() if any(words in str(error) for words in TOO_LARGE):
            return MEMORY
        case _:
            return ""


def _report(error: BaseException) -> None:
    """Send an error with its traceback; where a sentence says it all, without."""
    sentence = _explain(error)
    lines = traceback.format_exception(type(error), error, _cells_part(error.__traceback__))
    text = "" if isinstance(error, SystemExit | OutputLimit) else "".join(lines)
    send("error", name=type(error).__name__, text=text, sentence=sentence)


def serve() -> None:
    """Answer the page's commands until there are no more."""
    sys.stdin = None
    sys.stdout, sys.stderr = STREAMS
    builtins.input = _no_input
    session = Session()
    send("ready", version=sys.version.split()[0])
    while (command := receive()) is not None:
        Stream.sent = 0
        started = time.perf_counter()
        failed = True
        try:
            match command["do"]:
                case "run":
                    session.run(command["code"], command["name"])
                case "rewrite":
                    live_sources.rewrite(**command["change"], names=session.names)
                case "restore":
                    live_sources.restore(command["functions"], session.names)
            failed = False
        except BaseException as error:
            _close_figures()
            Stream.sent = 0
            _report(error)
        for stream in STREAMS:
            stream.flush()
        send("done", failed=failed, seconds=time.perf_counter() - started)


def _close_figures() -> None:
    """Forget the figures of a cell that failed: the next cell would show them."""
    if "matplotlib.pyplot" in sys.modules:
        sys.modules["matplotlib.pyplot"].close("all")
