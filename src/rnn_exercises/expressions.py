"""Formulas in a line of text, such as ``(gamma*rho)^lag/(1 - gamma*rho)``: read and computed, never executed.

The page has a reader of its own, `page/expression.js`; a test holds the two to the same values.
"""

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping

__all__ = ["FUNCTIONS", "evaluate"]

FUNCTIONS: dict[str, Callable[..., float]] = {
    "abs": abs,
    "cos": math.cos,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "log10": math.log10,
    "log2": math.log2,
    "max": max,
    "min": min,
    "sin": math.sin,
    "sqrt": math.sqrt,
    "tanh": math.tanh,
}
CONSTANTS = {"e": math.e, "pi": math.pi}
BINARY: dict[type, Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}
UNARY: dict[type, Callable[[float], float]] = {ast.UAdd: operator.pos, ast.USub: operator.neg}


def evaluate(text: str, values: Mapping[str, float] | None = None) -> float:
    """Return the value of a formula.

    Parameters
    ----------
    text : str
        Numbers, names, ``+ - * / ^``, brackets and the functions in `FUNCTIONS`. ``**`` is ``^``.
    values : mapping of str to float, optional
        What the names stand for, besides ``e`` and ``pi``.

    Raises
    ------
    ValueError
        If something else stands in the text.
    """
    # Python has a use of its own for one Greek letter.
    names = {
        name.replace("lambda", "lambda_"): value for name, value in {**CONSTANTS, **(values or {})}.items()
    }

    def value(node: ast.expr) -> float:
        match node:
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return float(number)
            case ast.Name(id=name) if name in names:
                return float(names[name])
            case ast.BinOp(left=left, op=op, right=right) if type(op) in BINARY:
                return BINARY[type(op)](value(left), value(right))
            case ast.UnaryOp(op=sign, operand=operand) if type(sign) in UNARY:
                return UNARY[type(sign)](value(operand))
            case ast.Call(func=ast.Name(id=name), args=arguments, keywords=[]) if name in FUNCTIONS:
                return float(FUNCTIONS[name](*map(value, arguments)))
        raise ValueError(f"text must be a formula in {', '.join(sorted(names))}, got {text!r}")

    try:
        tree = ast.parse(re.sub(r"\blambda\b", "lambda_", text.strip()).replace("^", "**"), mode="eval")
    except SyntaxError as error:
        raise ValueError(f"text must be a formula, got {text!r}") from error
    return value(tree.body)
