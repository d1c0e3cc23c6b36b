"""The checks of arguments, one by one: what each lets pass, as what, and its sentence word for word."""

import importlib
import math
import numbers
import re
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from .spoilt import raises

SINGLE, DOUBLE = np.dtype(np.float32), np.dtype(np.float64)


@pytest.fixture(name="checks")
def _checks(core):
    return importlib.import_module(f"{core.__name__}._checks")


def says(error, sentence, call):
    """Assert that the call raises this error with exactly this sentence."""
    raises(error, f"^{re.escape(sentence)}$", call)


class Silent:
    """An object that cannot say what it is, or says nothing."""

    def __init__(self, text=None):
        self.text = text

    def __repr__(self):
        if self.text is None:
            raise RuntimeError("no words")
        return self.text


class Stubborn:
    """An object that refuses to become an array."""

    def __init__(self, error):
        self.error = error

    def __array__(self, dtype=None, copy=None):
        raise self.error

    def __repr__(self):
        return "<stubborn>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("no", "'no'"),
        (np.arange(8), "array([0, 1, 2, 3, 4, 5, 6, 7])"),
        (np.arange(9), "an array of shape (9,)"),
        (np.zeros((2, 3)), "an object of type ndarray"),  # a repr of two lines
        (list(range(9)), "[0, 1, 2, 3, 4, 5, 6, 7, 8]"),
        ("x" * 98, "'" + "x" * 98 + "'"),
        ("x" * 99, "an object of type str"),
        (10**5000, "an object of type int"),
        (Silent(), "an object of type Silent"),
        (Silent(""), "an object of type Silent"),
        (Silent("two\nlines"), "an object of type Silent"),
    ],
    ids=range(11),
)
def test_what_came_is_shown_in_one_short_line(checks, value, text):
    assert checks.shown(value) == text


def test_what_is_masked(checks, monkeypatch):
    masked = np.ma.array([1.0, 2.0])
    assert checks.is_masked(masked)
    assert checks.is_masked(np.ma.masked)
    assert not checks.is_masked(np.array([1.0, 2.0]))
    monkeypatch.delitem(sys.modules, "numpy.ma")  # as long as nobody has imported it
    assert not checks.is_masked([1.0, 2.0])


@pytest.mark.parametrize("wrap", [lambda a: a, lambda a: [a, a], lambda a: (0.5, a)])
def test_hidden_values_do_not_count(checks, wrap):
    says(
        TypeError,
        "x must not be masked, since its hidden values would count: pass its filled() values, "
        "and a mask where there is an argument for it",
        lambda: checks.as_array("x", wrap(np.ma.array([1.0, 2.0]))),
    )


def test_an_array_is_not_copied_and_a_subclass_is_made_plain(checks):
    array = np.arange(7.0)
    assert checks.as_array("x", array) is array
    assert checks.typed("x", array, SINGLE) is array
    plain = checks.as_array("x", np.array([[1.5, 2.5]]).view(np.matrix))
    assert type(plain) is np.ndarray
    assert plain.tolist() == [[1.5, 2.5]]
    assert checks.as_array("x", 2.5).shape == ()
    assert checks.as_array("x", [3, 5]).tolist() == [3, 5]


@pytest.mark.parametrize(
    ("value", "kind", "text"),
    [
        ([[1.0], []], ValueError, "[[1.0], []]"),
        (Stubborn(ValueError("no")), ValueError, "<stubborn>"),
        (Stubborn(RuntimeError("no")), TypeError, "<stubborn>"),
    ],
)
def test_what_is_no_array(checks, value, kind, text):
    sentence = f"x must be an array, or lists of equal length, got {text}"
    for read in (
        checks.as_array,
        checks.real_array,
        lambda name, value: checks.typed(name, value, None),
        lambda name, value: checks.float_array(name, value, ("T", 3)),
        lambda name, value: checks.sequences(name, value, 3, DOUBLE),
        lambda name, value: checks.bool_array(name, value, (3,)),
        lambda name, value: checks.code_array(name, value, 4),
    ):
        says(kind, sentence, lambda read=read: read("x", value))


@pytest.mark.parametrize(
    ("value", "dtype", "found"),
    [
        ([1, 2], SINGLE, SINGLE),
        ([1, 2], None, DOUBLE),
        ((1.5, 2.5), SINGLE, SINGLE),
        (3, SINGLE, SINGLE),
        (2.5, SINGLE, SINGLE),
        ([2**63], SINGLE, SINGLE),  # NumPy reads it as one without a sign
        ([True, False], SINGLE, np.dtype(bool)),
        (["1"], SINGLE, np.dtype("U1")),
        (np.float64(2.5), SINGLE, DOUBLE),  # Python holds it for a float
        (np.array([1, 2]), SINGLE, np.dtype(int)),
        (np.array([[1.0]]).view(np.matrix), SINGLE, DOUBLE),
    ],
    ids=range(11),
)
def test_lists_and_numbers_take_the_type_and_what_has_one_keeps_it(checks, value, dtype, found):
    array = checks.typed("x", value, dtype)
    assert array.dtype == found
    assert array.tolist() == np.asarray(value).tolist()


def test_arrays_of_floats(checks):
    array = np.arange(1.0, 9.0).reshape(4, 2)
    assert checks.float_array("x", array, ("T", 2)) is array
    assert checks.float_array("x", array, (4, 2), DOUBLE) is array
    assert checks.float_array("x", array.tolist(), (4, 2), SINGLE).dtype == SINGLE
    assert checks.float_array("x", array.astype(SINGLE), (4, 2)).dtype == SINGLE
    says(
        TypeError,
        "x must have dtype float64 or float32, got int64",
        lambda: checks.float_array("x", np.ones((4, 2), np.int64), (4, 2)),
    )
    says(
        TypeError,
        "x must have dtype float32, like the parameters, got float64",
        lambda: checks.float_array("x", array, (4, 2), SINGLE),
    )
    says(
        ValueError,
        "x must have shape (2, 4), got (4, 2)",
        lambda: checks.float_array("x", array, (2, 4)),
    )
    array[3, 1] = np.nan
    says(
        ValueError,
        "x must be finite, got nan at index (3, 1)",
        lambda: checks.float_array("x", array, (4, 2)),
    )


def test_one_sequence_or_a_batch(checks):
    one, batch = np.ones((7, 3)), np.ones((7, 6, 3))
    for x in (one, batch):
        assert checks.sequences("x", x, 3, DOUBLE) is x
        listed = checks.sequences("x", x.tolist(), 3, SINGLE)
        assert (listed.shape, listed.dtype) == (x.shape, SINGLE)
    says(
        ValueError,
        "x must have shape (T, 2), each size at least 1, got (7, 3)",
        lambda: checks.sequences("x", one, 2, DOUBLE),
    )
    says(
        ValueError,
        "x must have shape (T, B, 2), each size at least 1, got (7, 6, 3)",
        lambda: checks.sequences("x", batch, 2, DOUBLE),
    )
    says(
        TypeError,
        "x must have dtype float32, like the parameters, got float64",
        lambda: checks.sequences("x", one, 3, SINGLE),
    )


def test_arrays_of_booleans(checks):
    mask = np.array([[True, False, True]])
    assert checks.bool_array("mask", mask, (1, 3)) is mask
    assert checks.bool_array("mask", mask.tolist(), (1, 3)).dtype == bool
    says(
        TypeError,
        "mask must hold booleans, got dtype float64",
        lambda: checks.bool_array("mask", mask * 1.0, (1, 3)),
    )
    says(
        ValueError, "mask must have shape (3, 1), got (1, 3)", lambda: checks.bool_array("mask", mask, (3, 1))
    )


def test_codes(checks):
    codes = np.array([[2, 0], [3, 1]])
    assert checks.code_array("codes", codes, 4) is codes
    assert checks.code_array("codes", [3, 0], 4).tolist() == [3, 0]
    assert checks.code_array("codes", np.array([3, 0], np.uint8), 4).dtype == np.uint8
    for nothing in ([], (), [[], []]):
        found = checks.code_array("codes", nothing, 4)
        assert (found.shape, found.dtype) == (np.shape(nothing), np.int64)
    assert checks.code_array("codes", np.zeros((0, 3), int), 4).shape == (0, 3)
    for bad in (np.array([]), np.array([], bool), [2.0], 2.0, [True]):
        kind = np.asarray(bad).dtype
        says(
            TypeError,
            f"codes must be integers, got dtype {kind}",
            lambda bad=bad: checks.code_array("codes", bad, 4),
        )
    for bad, found in (([3, 4, 1], "1 to 4"), ([3, -1, 1], "-1 to 3")):
        says(
            ValueError,
            f"codes must be in [0, k) with k = 4, got {found}",
            lambda bad=bad: checks.code_array("codes", bad, 4),
        )


@pytest.mark.parametrize(
    ("found", "wanted", "sentence"),
    [
        ((), (), None),
        ((4, 2), (4, 2), None),
        ((0, 2), (0, 2), None),
        ((1, 2), ("T", 2), None),
        ((7, 1, 2), ("T", "B", 2), None),
        ((4, 2), (4, 3), "(4, 3), got (4, 2)"),
        ((3, 4), (2, 4), "(2, 4), got (3, 4)"),
        ((4,), (5,), "(5,), got (4,)"),
        ((4, 2), (4,), "(4,), got (4, 2)"),
        ((4,), (4, 2), "(4, 2), got (4,)"),
        ((4, 2), (), "(), got (4, 2)"),
        ((0, 2), ("T", 2), "(T, 2), each size at least 1, got (0, 2)"),
        ((5, 0), (5, "B"), "(5, B), each size at least 1, got (5, 0)"),
        ((0,), ("m",), "(m,), each size at least 1, got (0,)"),
        ((7, 3), ("T", "B", 3), "(T, B, 3), each size at least 1, got (7, 3)"),
    ],
)
def test_shapes(checks, found, wanted, sentence):
    def call():
        checks.expect_shape("x", np.zeros(found), wanted)

    if sentence is None:
        call()
    else:
        says(ValueError, f"x must have shape {sentence}", call)


@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_numbers_that_are_not_finite(checks, dtype):
    """The first of them is told; numbers whose squares overflow are finite."""
    array = np.full((2, 4), np.finfo(dtype).max / 4, dtype)
    checks.expect_finite("x", array)
    checks.expect_finite("x", array[:, :0])
    checks.expect_finite("x", array[0, 0, ...] / 3)
    for bad, text in ((np.nan, "nan"), (np.inf, "inf"), (-np.inf, "-inf")):
        spoilt = array.copy()
        spoilt[1, 2] = bad
        says(
            ValueError,
            f"x must be finite, got {text} at index (1, 2)",
            lambda spoilt=spoilt: checks.expect_finite("x", spoilt),
        )
    spoilt[0, 3] = np.nan
    says(ValueError, "x must be finite, got nan at index (0, 3)", lambda: checks.expect_finite("x", spoilt))


def test_real_numbers(checks):
    array = np.array([0.5, 1.5], np.float32)
    assert checks.real_array("w", array) is array
    for whole in ([3, 5], np.array([3, 5], np.uint8), np.array([3, 5], np.int32)):
        found = checks.real_array("w", whole)
        assert (found.dtype, found.tolist()) == (np.float64, [3.0, 5.0])
    for kind, said in (
        ("float16", "have dtype float64 or float32, or hold integers, got float16"),
        ("complex128", "hold real numbers, got dtype complex128"),
        ("bool", "hold real numbers, got dtype bool"),
        ("object", "hold real numbers, got dtype object"),
    ):
        says(TypeError, f"w must {said}", lambda kind=kind: checks.real_array("w", np.ones(3, kind)))
    says(ValueError, "w must be finite, got inf at index (1,)", lambda: checks.real_array("w", [1.0, np.inf]))


def test_whole_numbers(checks):
    for value in (1, 7, np.int8(7), np.array(7), 2**31 - 1):
        number = checks.positive_int("m", value)
        assert (type(number), number) == (int, int(value))
    assert checks.positive_int("m", 0, least=0) == 0
    assert checks.positive_int("m", 9, most=9) == 9
    for bad, text in (
        (True, "True"),
        (np.True_, repr(np.True_)),
        (np.ma.array(5), "an object of type MaskedArray"),  # Python would take it for 5
        (2.0, "2.0"),
        ("2", "'2'"),
        (None, "None"),
    ):
        says(
            TypeError,
            f"m must be an integer, got {text}",
            lambda bad=bad: checks.positive_int("m", bad),
        )
    says(ValueError, "m must be at least 1, got 0", lambda: checks.positive_int("m", 0))
    says(ValueError, "m must be at least 3, got 2", lambda: checks.positive_int("m", 2, least=3))
    says(
        ValueError,
        "m must be at least 1, got an object of type int",
        lambda: checks.positive_int("m", -(10**5000)),
    )
    says(ValueError, "m must be at most 9, got 10", lambda: checks.positive_int("m", 10, most=9))
    says(ValueError, "m must be at most 2147483647, got 2147483648", lambda: checks.positive_int("m", 2**31))
    says(
        ValueError,
        "m must be at most 9, got an object of type int",
        lambda: checks.positive_int("m", 10**5000, most=9),
    )


def test_numbers(checks):
    for value in (2, -3.5, Fraction(1, 4), np.float32(1.5), np.int8(7), np.array(7), np.array(0.25)):
        number = checks.finite_number("x", value)
        assert (type(number), number) == (float, float(value))

    class Odd:
        """It is said to be a real number, and is none."""

        def __init__(self, error):
            self.error = error

        def __float__(self):
            raise self.error

        def __repr__(self):
            return "<odd>"

    numbers.Real.register(Odd)
    for bad, text in (
        (True, "True"),
        (np.True_, repr(np.True_)),
        (np.array([1.0]), "array([1.])"),
        (np.array(True), "array(True)"),
        (np.array(1j), "array(0.+1.j)"),
        (np.ma.array(5.0), "an object of type MaskedArray"),
        ("1", "'1'"),
        (1j, "1j"),
        (None, "None"),
        (Odd(TypeError("no")), "<odd>"),
        (Odd(ValueError("no")), "<odd>"),
    ):
        says(TypeError, f"x must be a number, got {text}", lambda bad=bad: checks.finite_number("x", bad))


@pytest.mark.parametrize(
    ("limits", "good", "bad", "said"),
    [
        ({}, [-1e308, 1e308], [], ""),
        ({"above": 0.0}, [5e-324, 1.0], [0.0, -2.5], " > 0"),
        ({"least": 0.5}, [0.5, 7.0], [0.25, -7.0], " ≥ 0.5"),
        ({"below": 1.5}, [-7.0, 1.25], [1.5, 2.0], " < 1.5"),
        ({"above": 0.0, "below": 1.0}, [0.25, 0.75], [0.0, 1.0, 1.5], " > 0 and < 1"),
        ({"least": 0.0, "below": 1.0}, [0.0, 0.75], [-0.5, 1.0, 1.5], " ≥ 0 and < 1"),
        # The limits are a reader's numbers, not all digits of a float.
        ({"above": 1 / 3}, [0.5], [1 / 3, 0.25], " > 0.333333"),
        ({"least": 1 / 3}, [1 / 3], [0.25], " ≥ 0.333333"),
        ({"below": 1 / 3}, [0.25], [1 / 3], " < 0.333333"),
    ],
)
def test_numbers_within_limits(checks, limits, good, bad, said):
    for value in good:
        assert checks.finite_number("x", value, **limits) == value
    for value in (*bad, math.nan, math.inf, -math.inf):
        says(
            ValueError,
            f"x must be a finite number{said}, got {value!r}",
            lambda value=value: checks.finite_number("x", value, **limits),
        )
    for value in (10**400, -(10**400)):  # beyond the range of floats
        says(
            ValueError,
            f"x must be a finite number{said}, got an object of type int",
            lambda value=value: checks.finite_number("x", value, **limits),
        )


def test_flags_and_words(checks):
    for value in (True, False, np.True_, np.False_):
        found = checks.flag("skip", value)
        assert (type(found), found) == (bool, bool(value))
    for bad, text in ((1, "1"), ("no", "'no'"), (None, "None")):
        says(TypeError, f"skip must be True or False, got {text}", lambda bad=bad: checks.flag("skip", bad))
    options = ("up", "down")
    assert checks.choice("way", "down", options) == "down"
    says(
        ValueError,
        "way must be one of up, down, got 'left'",
        lambda: checks.choice("way", "left", options),
    )
    says(TypeError, "way must be one of up, down, got 3", lambda: checks.choice("way", 3, options))


def test_types_of_floats(checks):
    for good in (np.float32, "float32", "f4", np.dtype("f4")):
        assert checks.float_type(good) is SINGLE
    assert checks.float_type(float) is DOUBLE
    for bad, text in (
        (None, "None"),
        ("float65", "'float65'"),
        ({"a": 1.0}, "{'a': 1.0}"),
        (np.float16, "float16"),
        (np.int32, "int32"),
        (object, "object"),
    ):
        says(
            TypeError,
            f"dtype must be float64 or float32, got {text}",
            lambda bad=bad: checks.float_type(bad),
        )


def test_paths_functions_and_generators(checks):
    assert checks.file_path("path", "a/b") == checks.file_path("path", Path("a/b")) == Path("a/b")
    for bad, text in ((3, "3"), (b"name", "b'name'"), ("", "''"), (None, "None")):
        says(TypeError, f"path must be a path, got {text}", lambda bad=bad: checks.file_path("path", bad))
    checks.expect_function("loss", math.exp)
    says(TypeError, "loss must be a function, got 3", lambda: checks.expect_function("loss", 3))
    rng = np.random.default_rng(0)
    assert checks.generator(rng) is rng
    says(
        TypeError,
        "rng must be a numpy.random.Generator (np.random.default_rng(seed)), got 7",
        lambda: checks.generator(7),
    )
