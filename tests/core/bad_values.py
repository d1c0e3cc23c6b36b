"""Values that are wrong for an argument, by what the argument is, and the outcomes that are right.

A table names a `Kind` for every argument of every function. A kind is three sets of changes to a right
value: what must be refused, what must give the very same result, and what may do either. Refused means a
TypeError or a ValueError whose text names the argument. Whatever is not refused may not end in NaN.
"""

import re
import types
import warnings
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np

with warnings.catch_warnings():
    warnings.simplefilter("ignore", PendingDeprecationWarning)
    _MATRIX = np.matrix([[1.0, 2.0]])

HUGE = 10**400  # an integer that no float holds

# What is no sensible value of almost any argument. Each is made anew, so that no call can change the next.
THINGS = {
    "a string": lambda: "nonsense",
    "an empty string": lambda: "",
    "a number in a string": lambda: "1",
    "bytes": lambda: b"1",
    "a complex number": lambda: 1 + 2j,
    "NaN": lambda: np.nan,
    "infinity": lambda: np.inf,
    "minus infinity": lambda: -np.inf,
    "minus one": lambda: -1,
    "zero": lambda: 0,
    "one half": lambda: 0.5,
    "a huge number": lambda: HUGE,
    "a bool": lambda: True,
    "a NumPy bool": lambda: np.True_,
    "None": lambda: None,
    "an empty list": list,
    "an empty array": lambda: np.empty(0),
    "a list": lambda: [1.5, 2.5],
    "a ragged list": lambda: [[1.0], [1.0, 2.0]],
    "a dict": lambda: {"a": 1.0},
    "a generator": lambda: (i for i in range(3)),
    "a function": lambda: len,
    "an object": object,
    "an object array": lambda: np.array([None, 1.0], dtype=object),
    "a matrix": lambda: _MATRIX.copy(),
    "a masked array": lambda: np.ma.array([1.0, 2.0], mask=[True, False]),
    "a masked number": lambda: np.ma.masked,
    "a time": lambda: np.datetime64("2020-01-01"),
}


def _thing(make):
    return lambda good: make()


@dataclass(frozen=True)
class Kind:
    """Changes to a right value, by label: {label: function(good) -> value}."""

    refused: dict
    same: dict
    free: dict

    def optional(self):
        """The same, and None will do."""
        refused = {label: change for label, change in self.refused.items() if label != "None"}
        return replace(self, refused=refused, free=self.free | {"None": lambda good: None})

    def but(self, *labels):
        """The same, with these labels free instead of refused or the same."""
        known = self.refused | self.same
        return Kind(
            {label: change for label, change in self.refused.items() if label not in labels},
            {label: change for label, change in self.same.items() if label not in labels},
            self.free | {label: known[label] for label in labels},
        )

    def without(self, *labels):
        """The same, but these labels are not tried."""
        parts = (self.refused, self.same, self.free)
        return Kind(*({k: v for k, v in part.items() if k not in labels} for part in parts))

    def also(self, **refused):
        """The same, and these values are refused too: label=value, or label=function(good)."""
        more = {
            label.replace("_", " "): value
            if isinstance(value, types.FunctionType)
            else (lambda g, v=value: v)
            for label, value in refused.items()
        }
        return replace(self, refused=self.refused | more)


def things(*free):
    """Whatever is in THINGS is refused, but what is named here."""
    changes = {label: _thing(make) for label, make in THINGS.items()}
    return Kind(changes, {}, {}).but(*free)


def count(least=1):
    """An integer of at least `least`."""
    return things(*(["zero"] if least == 0 else []))


def number(*, above=None, least=None, below=None):
    """A finite real number within these bounds."""
    floor = least if above is None else above
    free = {"one half"}
    if floor is None or floor < -1 or (floor == -1 and above is None):
        free.add("minus one")
    if floor is None or floor < 0 or (floor == 0 and above is None):
        free.add("zero")
    kind = things(*sorted(free))
    extremes = {"1e-300": lambda good: 1e-300}
    if below is None:
        extremes |= {"1e300": lambda good: 1e300}
    else:
        kind = kind.also(too_large=lambda good: below)
    same = {
        "a NumPy float": lambda good: np.float64(good),
        "an array without axes": lambda good: np.array(good, np.float64),
    }
    return Kind(kind.refused, same, kind.free | extremes)


def flag():
    """True or False."""
    return replace(things("a bool", "a NumPy bool"), same={"a NumPy bool": lambda good: np.bool_(good)})


def choice():
    """One word of a few."""
    return things()


def text():
    """A str, of whatever characters."""
    return things("a string", "an empty string", "a number in a string")


def rng():
    """A numpy.random.Generator."""
    return things().also(
        a_seed=7, the_old_generator=lambda good: np.random.RandomState(0), the_module=lambda good: np.random
    )


def dtype():
    """float64 or float32."""
    return replace(
        things().also(float16=np.float16, int64=np.int64, complex128="complex128", unknown="float65"),
        same={"a name": lambda good: np.dtype(good).name, "a dtype": lambda good: np.dtype(good)},
    )


def record(**fields):
    """A NamedTuple whose fields are of these kinds."""
    kind = things().also(
        a_plain_tuple=lambda good: tuple(good),
        a_list_of_its_fields=lambda good: list(good),
        another_NamedTuple=lambda good: _Other(1.0, np.zeros(2)),
    )

    def spoilt(field, change):
        return lambda good: good._replace(**{field: change(getattr(good, field))})

    parts = [kind.refused, {}, {}]
    for field, of in fields.items():
        for part, changes in zip(parts, (of.refused, of.same, of.free), strict=True):
            part |= {f"{field}: {label}": spoilt(field, change) for label, change in changes.items()}
    return Kind(*parts)


class _Other(NamedTuple):
    number: float
    array: np.ndarray


def function():
    """A function of the caller's."""
    return things().without("a function")


def _with_entry(good, value):
    array = np.array(good, copy=True)
    if np.result_type(array, value) != array.dtype:
        array = array.astype(np.result_type(array, value))
    array[(0,) * array.ndim] = value
    return array


def _matrix(good):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        return np.matrix(good)


class _Plain(np.ndarray):
    """A subclass that changes nothing."""


def _locked(good):
    array = np.array(good).view(_Plain)
    array.flags.writeable = False
    return array


def _same_arrays(ndim):
    same = {
        "as a list": lambda good: np.asarray(good).tolist(),
        "as a tuple": lambda good: tuple(np.asarray(good).tolist()),
        "of a subclass, read-only": _locked,
    }
    if ndim == 2:
        same["as a matrix"] = _matrix
    if ndim == 0:
        del same["as a tuple"]
    return same


def _array_changes(ndim, *, sized, list_free):
    """What is refused of any array; `sized`: its last axis has one right length."""
    changes = {label: _thing(make) for label, make in THINGS.items()}
    if ndim == 0:
        for label in ("zero", "one half", "minus one"):
            del changes[label]
    changes |= {
        "of objects": lambda good: np.asarray(good).astype(object),
        "of strings": lambda good: np.asarray(good).astype(str),
        "complex": lambda good: np.asarray(good) + 0j,
        "of times": lambda good: np.zeros(np.shape(good), "datetime64[s]"),
        "masked": lambda good: np.ma.array(good, mask=np.ones(np.shape(good), bool)),
        "masked nowhere": lambda good: np.ma.array(good),
    }
    if ndim:
        changes |= {
            "with two more axes": lambda good: np.asarray(good)[None, None],
            "with an axis of no length": lambda good: np.asarray(good)[..., :0],
        }
    if sized:
        changes["with its last axis cut"] = lambda good: np.asarray(good)[..., :-1]
    for label in list_free:
        changes.pop(label, None)
    return changes


def floats(ndim, *, sized=True, free=(), integers=False):
    """Finite real numbers with so many axes; `sized`: the last has one right length.

    With `integers` an array of integers is read as one of floats; otherwise it is refused.
    """
    changes = _array_changes(ndim, sized=sized, list_free=free) | {
        "with a NaN": lambda good: _with_entry(good, np.nan),
        "with an infinity": lambda good: _with_entry(good, -np.inf),
        "of bools": lambda good: np.asarray(good) > 0,
        "of float16": lambda good: np.asarray(good).astype(np.float16),
    }
    whole = {"of integers": lambda good: np.asarray(good).astype(np.int64)}
    loose = {
        "of zeros": lambda good: np.zeros_like(good),
        "with its sign turned": lambda good: -np.asarray(good),
        "with huge entries": lambda good: _with_entry(good, np.asarray(1e300, np.asarray(good).dtype)),
        "with tiny entries": lambda good: _with_entry(good, np.asarray(1e-300, np.asarray(good).dtype)),
    }
    for label in free:
        if label in THINGS:
            loose[label] = _thing(THINGS[label])
    if integers:
        loose |= whole
    else:
        changes |= whole
    for label in free:
        changes.pop(label, None)
    return Kind(changes, _same_arrays(ndim), loose)


def integers(ndim, *, sized=True, free=(), below=None):
    """Integers ≥ 0 with so many axes; `below`: none may reach that number."""
    changes = _array_changes(ndim, sized=sized, list_free=free) | {
        "as floats": lambda good: np.asarray(good).astype(np.float64),
        "one half": lambda good: np.full(np.shape(good), 0.5),
        "with a NaN": lambda good: _with_entry(good, np.nan),
        "with a minus one": lambda good: _with_entry(good, -1),
        "as bools": lambda good: np.asarray(good) > 0,
    }
    if below is not None:
        changes["with one too large"] = lambda good: _with_entry(good, below)
        changes["with a huge one"] = lambda good: _with_entry(good, 2**62)
    loose = {label: _thing(THINGS[label]) for label in free if label in THINGS}
    for label in free:
        changes.pop(label, None)
    same = _same_arrays(ndim) | {"as int8": lambda good: np.asarray(good).astype(np.int8)}
    return Kind(changes, same, loose)


def bools(ndim):
    """Booleans with so many axes."""
    changes = _array_changes(ndim, sized=True, list_free=()) | {
        "as integers": lambda good: np.asarray(good).astype(np.int64),
        "as floats": lambda good: np.asarray(good).astype(np.float64),
        "all false": lambda good: np.zeros_like(good),
    }
    return Kind(changes, _same_arrays(ndim), {})


class Entry(NamedTuple):
    """One function of the table: right arguments, made anew by a call, and what each of them is."""

    arguments: object
    kinds: dict
    may_be_nan: bool = False


def contents(result):
    """Whatever a function returned, as a flat list of arrays and plain values."""
    if isinstance(result, np.ndarray):
        return [result]
    if isinstance(result, dict):
        return [item for value in result.values() for item in contents(value)]
    if isinstance(result, tuple | list | types.GeneratorType):
        return [item for value in result for item in contents(value)]
    if isinstance(result, str | bytes | bool | int | float | complex | np.generic | type(None)):
        return [result]
    return [f"{type(result).__name__} {getattr(result, 'name', '')} {getattr(result, 'gamma', '')}"]


def check_argument(function, entry, argument):
    """Assert that every bad value of one argument has a right outcome; say all that have not."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore", RuntimeWarning)
        faults = list(_faults(function, entry, argument))
    assert not faults, f"{argument}:\n" + "\n".join(faults)


def _faults(function, entry, argument):
    expected = contents(function(**entry.arguments()))
    kind = entry.kinds[argument]
    for label, change, must in [
        *((label, change, "be refused") for label, change in kind.refused.items()),
        *((label, change, "change nothing") for label, change in kind.same.items()),
        *((label, change, None) for label, change in kind.free.items()),
    ]:
        arguments = entry.arguments()
        arguments[argument] = change(arguments[argument])
        try:
            found = contents(function(**arguments))
        except (TypeError, ValueError) as error:
            named = re.search(rf"\b{re.escape(argument)}\b", str(error))
            if must == "change nothing":
                yield f"  {label}: refused, {error}"
            elif not named:
                yield f"  {label}: not named, {type(error).__name__}: {error}"
            continue
        except (FloatingPointError, OSError) as error:  # a number or a file that cannot be had
            if must is not None:
                yield f"  {label}: {type(error).__name__}: {error}"
            continue
        except Exception as error:  # any other one is the fault that is looked for
            yield f"  {label}: {type(error).__name__}: {error}"
            continue
        if must == "be refused":
            yield f"  {label}: accepted"
        elif must == "change nothing" and not _alike(found, expected):
            yield f"  {label}: another result"
        elif not entry.may_be_nan and any(_has_nan(item) for item in found):
            yield f"  {label}: NaN"


def _alike(found, expected):
    return len(found) == len(expected) and all(
        _close(one, other) for one, other in zip(found, expected, strict=True)
    )


def _close(one, other):
    if not isinstance(other, np.ndarray | float | np.floating):
        return type(one) is type(other) and (one == other or repr(one) == repr(other))
    one, other = np.asarray(one), np.asarray(other)
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    if one.dtype.kind != "f":
        return np.array_equal(one, other)
    return np.allclose(one, other, rtol=1e-9, atol=1e-12, equal_nan=True)


def _has_nan(item):
    return isinstance(item, float | np.ndarray | np.floating) and (
        np.asarray(item).dtype.kind == "f" and bool(np.isnan(item).any())
    )
