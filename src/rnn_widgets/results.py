"""How a chapter shows its results: a mark for a check that holds, a table in place of printed columns."""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from IPython.display import display

__all__ = ["agree", "check", "table"]

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def check(statement: str, holds: object) -> None:
    """Print a statement with a check mark, or raise an error if it does not hold.

    Parameters
    ----------
    statement : str
        A sentence without full stop, true if `holds` is.
    holds : bool
        Whether it holds.

    Raises
    ------
    AssertionError
        If it does not.
    TypeError
        If `holds` is not a truth value: an array of them, say, which could mean any or all.

    Examples
    --------
    >>> check("the probabilities sum to one", abs(0.25 * 4 - 1) < 1e-12)
    ✓ the probabilities sum to one
    """
    if not isinstance(holds, bool | np.bool_):
        raise TypeError(f"holds must be True or False, got {holds!r}")
    if not holds:
        raise AssertionError(f"it is not true that {statement}")
    print(f"✓ {statement}")


def agree(
    statement: str,
    value: Any,
    reference: Any,
    *,
    absolute: float | None = None,
    relative: float | None = None,
) -> None:
    """Print that two results agree, and how closely, or raise an error if they do not.

    Parameters
    ----------
    statement : str
        What is compared with what, without a verb: "Equation (10) and central differences".
    value, reference : array_like or tuple of array_like
        Two results of one shape, or two tuples of such, which are compared entry by entry.
    absolute : float, optional
        The largest difference allowed.
    relative : float, optional
        The same, as a fraction of the largest entry of `reference` by absolute value, array by array.
        Exactly one of the two is given.

    Raises
    ------
    AssertionError
        If an entry differs by more, is not finite, or if the shapes differ.
    TypeError
        If not exactly one of `absolute` and `relative` is given.

    Examples
    --------
    >>> agree("sine and its Taylor polynomial", math.sin(0.1), 0.1 - 0.1**3 / 6, absolute=1e-6)
    ✓ sine and its Taylor polynomial agree to 10⁻⁶
    """
    if (absolute is None) == (relative is None):
        raise TypeError("give exactly one of absolute and relative")
    _compare(statement, value, reference, absolute, relative)
    of_what = "" if relative is None else " of the largest entry"
    tolerance = absolute if absolute is not None else relative
    assert tolerance is not None
    print(f"✓ {statement} agree to {_power(tolerance)}{of_what}")


def table(head: Sequence[str], rows: Iterable[Sequence[Any]], formats: Sequence[str | None] = ()) -> None:
    """Show a table: on the page with rules and aligned columns, in a terminal as text.

    Parameters
    ----------
    head : sequence of str
        The columns' names.
    rows : iterable of sequence
        Their entries, each row as long as `head`.
    formats : sequence of str or None, optional
        For each column how Python's `format` writes a number, such as ".3f"; such a column is aligned to the
        right. None is for words. Without it every column is of words. True and False become yes and no.

    Raises
    ------
    ValueError
        If a row or `formats` is not as long as `head`, or if there is no row.

    Examples
    --------
    >>> table(["T", "bound"], [(10, 0.349), (100, 0.0000266)], ["d", ".1e"])  # doctest: +SKIP
      T    bound
     10  3.5e−01
    100  2.7e−05
    """
    head = list(head)
    formats = list(formats) or [None] * len(head)
    if len(formats) != len(head):
        raise ValueError(
            f"formats must have one entry for each of the {len(head)} columns, got {len(formats)}"
        )
    cells = []
    for row in rows:
        if len(row) != len(head):
            raise ValueError(f"each row must have {len(head)} entries, got {tuple(row)!r}")
        cells.append([_entry(value, how) for value, how in zip(row, formats, strict=True)])
    if not cells:
        raise ValueError("rows must hold at least one row")
    right = [how is not None for how in formats]
    bundle = {"text/markdown": _markdown(head, cells, right), "text/plain": _plain(head, cells, right)}
    display(bundle, raw=True)


def _compare(
    statement: str, value: Any, reference: Any, absolute: float | None, relative: float | None
) -> None:
    if isinstance(value, tuple) and isinstance(reference, tuple):
        if len(value) != len(reference):
            raise AssertionError(f"{statement}: {len(value)} results beside {len(reference)}")
        for one, other in zip(value, reference, strict=True):
            _compare(statement, one, other, absolute, relative)
        return
    one, other = np.asarray(value), np.asarray(reference)
    if one.shape != other.shape:
        raise AssertionError(f"{statement}: shapes {one.shape} and {other.shape}")
    if not (np.isfinite(one).all() and np.isfinite(other).all()):
        raise AssertionError(f"{statement}: not all entries are finite")
    largest = float(np.abs(one - other).max(initial=0.0))
    limit = absolute if relative is None else relative * float(np.abs(other).max(initial=0.0))
    assert limit is not None
    if largest > limit:
        raise AssertionError(f"{statement} differ by {largest:.3g}, more than {limit:.3g}")


def _power(number: float) -> str:
    exponent = math.floor(math.log10(number) + 1e-9)
    factor = number / 10.0**exponent
    power = "10" + str(exponent).translate(_SUPERSCRIPTS)
    return power if abs(factor - 1) < 1e-9 else f"{factor:.3g}·{power}"


def _entry(value: Any, how: str | None) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if how is None or isinstance(value, str):
        return str(value)
    return format(value, how).replace("-", "−")


def _markdown(head: list[str], cells: list[list[str]], right: list[bool]) -> str:
    def line(entries: list[str]) -> str:
        return "| " + " | ".join(entry.replace("|", r"\|") for entry in entries) + " |"

    rule = "|" + "|".join("---:" if to_right else "---" for to_right in right) + "|"
    return "\n".join([line(head), rule, *map(line, cells)])


def _plain(head: list[str], cells: list[list[str]], right: list[bool]) -> str:
    widths = [max(map(len, column)) for column in zip(head, *cells, strict=True)]

    def line(entries: list[str]) -> str:
        padded = (
            entry.rjust(width) if to_right else entry.ljust(width)
            for entry, width, to_right in zip(entries, widths, right, strict=True)
        )
        return "  ".join(padded).rstrip()

    return "\n".join(map(line, [head, *cells]))
