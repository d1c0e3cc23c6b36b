"""Checks that print a mark or fail, and tables in Markdown and in plain text."""

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pytest

from rnn_widgets import results
from rnn_widgets.results import agree, check, table


class Pair(NamedTuple):
    W: np.ndarray
    b: np.ndarray


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Return the bundles that are displayed, instead of displaying them."""
    bundles: list[dict[str, str]] = []
    monkeypatch.setattr(results, "display", lambda bundle, raw: bundles.append(bundle))
    return bundles


def test_a_check_prints_its_mark_or_fails(capsys: pytest.CaptureFixture[str]) -> None:
    check("two is even", 2 % 2 == 0)
    check("so is NumPy's", np.bool_(True))
    assert capsys.readouterr().out == "✓ two is even\n✓ so is NumPy's\n"
    with pytest.raises(AssertionError, match="it is not true that three is even"):
        check("three is even", 3 % 2 == 0)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("holds", [np.array([True, True]), 1, "yes", None])
def test_a_check_takes_a_truth_value_only(holds: object) -> None:
    with pytest.raises(TypeError, match="holds must be True or False"):
        check("this is so", holds)


@pytest.mark.parametrize(
    ("tolerance", "words"),
    [
        ({"absolute": 1e-12}, "10⁻¹²"),
        ({"absolute": 1e-3}, "10⁻³"),
        ({"absolute": 2e-9}, "2·10⁻⁹"),
        ({"relative": 1e-7}, "10⁻⁷ of the largest entry"),
        ({"relative": 0.25}, "2.5·10⁻¹ of the largest entry"),
    ],
)
def test_agreement_says_how_close(
    tolerance: dict[str, float], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    agree("a and b", [1.0, 2.0], np.array([1.0, 2.0]), **tolerance)
    assert capsys.readouterr().out == f"✓ a and b agree to {words}\n"


def test_the_largest_difference_decides_and_the_scale_is_the_references() -> None:
    reference = np.array([100.0, 1e-3])
    agree(
        "a and b", reference + np.array([0.0, 0.9e-4]), reference, relative=1e-6
    )  # of 100, not of each entry
    with pytest.raises(AssertionError, match=r"a and b differ by 0\.00011, more than 0\.0001"):
        agree("a and b", reference - np.array([0.0, 1.1e-4]), reference, relative=1e-6)
    with pytest.raises(AssertionError, match="differ by"):
        agree("a and b", 2.0, 1.0, relative=0.9)  # the limit is 0.9 times the reference, not times the value
    with pytest.raises(AssertionError, match="differ by"):
        agree("a and b", 1 + 1e-3j, 1.0, absolute=1e-4)


def test_tuples_are_compared_array_by_array() -> None:
    reference = Pair(np.full((2, 3), 1e6), np.ones(2))
    agree("gradients", Pair(reference.W, reference.b + 1e-8), reference, relative=1e-7)
    with pytest.raises(AssertionError, match="differ by"):
        agree("gradients", Pair(reference.W, reference.b + 1e-3), reference, relative=1e-7)
    with pytest.raises(AssertionError, match="1 results beside 2"):
        agree("gradients", (reference.W,), tuple(reference), relative=1e-7)


@pytest.mark.parametrize(
    ("value", "reference", "message"),
    [
        ([1.0, 2.0], [[1.0, 2.0]], "shapes"),
        (1.0, [1.0, 1.0], "shapes"),  # nothing is broadcast
        ([np.nan], [np.nan], "finite"),
        ([np.inf], [np.inf], "finite"),
    ],
)
def test_nothing_is_stretched_and_nan_agrees_with_nothing(value: Any, reference: Any, message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        agree("a and b", value, reference, absolute=10.0)


@pytest.mark.parametrize("tolerance", [{}, {"absolute": 1.0, "relative": 1.0}])
def test_exactly_one_tolerance_is_given(tolerance: dict[str, float]) -> None:
    with pytest.raises(TypeError, match="exactly one of absolute and relative"):
        agree("a and b", 1.0, 1.0, **tolerance)


def test_a_table_is_markdown_for_the_page_and_text_for_a_terminal(shown: list[dict[str, str]]) -> None:
    rows = [("tanh", 10, -0.34868, True), ("ReLU|x", 1000, 2.66e-5, np.bool_(False))]
    table(["activation", "T", "bound", "holds"], rows, [None, ",d", ".1e", None])
    assert shown == [
        {
            "text/markdown": (
                "| activation | T | bound | holds |\n"
                "|---|---:|---:|---|\n"
                "| tanh | 10 | −3.5e−01 | yes |\n"
                "| ReLU\\|x | 1,000 | 2.7e−05 | no |"
            ),
            "text/plain": (
                "activation      T     bound  holds\n"
                "tanh           10  −3.5e−01  yes\n"
                "ReLU|x      1,000   2.7e−05  no"
            ),
        }
    ]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: table(["a", "b"], [(1, 2, 3)]), r"each row must have 2 entries, got \(1, 2, 3\)"),
        (lambda: table(["a"], []), "at least one row"),
        (lambda: table(["a", "b"], [(1, 2)], ["d"]), "one entry for each of the 2 columns, got 1"),
    ],
)
def test_a_table_with_a_gap_is_refused(call: Callable[[], None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
