"""Functions of the book whose source the reader changes in place, as long as the session lasts."""

import ast
import inspect
import linecache
from types import CodeType, FunctionType
from typing import Any, NamedTuple

__all__ = ["restore", "rewrite"]


class Original(NamedTuple):
    """What a function was made of."""

    code: CodeType
    defaults: tuple[Any, ...] | None
    keyword_defaults: dict[str, Any] | None


ORIGINALS: dict[FunctionType, Original] = {}


def _functions(expressions: list[str], names: dict[str, Any]) -> list[FunctionType]:
    return [inspect.unwrap(eval(expression, names)) for expression in expressions]


def rewrite(functions: list[str], source: str, place: str, names: dict[str, Any]) -> None:
    """Give functions the bodies that a text defines.

    A function stays the object that it is, so that everything that refers to it (its module, the package's
    other names for it, tables of functions) uses the new body. What else the text defines becomes a name of
    the module.

    Parameters
    ----------
    functions : list of str
        The functions, as the cell names them.
    source : str
        The text; it must define each of them.
    place : str
        The text's name in tracebacks.
    names : dict
        The cells' namespace.

    Raises
    ------
    ValueError
        If the text does not define a function.
    """
    linecache.cache[place] = (len(source), None, source.splitlines(keepends=True), place)
    compiled = compile(ast.parse(source, place), place, "exec", dont_inherit=True)
    originals = _functions(functions, names)
    made: dict[int, dict[str, Any]] = {}  # what the text defines, for each module's names
    bodies = []
    for function in originals:
        home = function.__globals__
        if id(home) not in made:
            made[id(home)] = {}
            exec(compiled, home, made[id(home)])
        new = inspect.unwrap(made[id(home)].get(function.__name__, None))
        if not isinstance(new, FunctionType):
            raise ValueError(f"the text no longer defines {function.__name__}; the old one stays")
        if new.__code__.co_freevars != function.__code__.co_freevars:
            raise ValueError(f"{function.__name__} cannot become a function of this kind; the old one stays")
        bodies.append(Original(new.__code__, new.__defaults__, new.__kwdefaults__))
    for function, body in zip(originals, bodies, strict=True):
        old = Original(function.__code__, function.__defaults__, function.__kwdefaults__)
        ORIGINALS.setdefault(function, old)
        _become(function, body)
        for name, value in made[id(function.__globals__)].items():
            function.__globals__.setdefault(name, value)


def restore(expressions: list[str], names: dict[str, Any]) -> None:
    """Give functions the bodies that they have in the book."""
    for function in _functions(expressions, names):
        if function in ORIGINALS:
            _become(function, ORIGINALS.pop(function))


def _become(function: FunctionType, parts: Original) -> None:
    function.__code__, function.__defaults__, function.__kwdefaults__ = parts
