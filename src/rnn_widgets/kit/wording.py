"""Numbers as a reader expects them, exactly as ``format.js`` writes them."""

from decimal import ROUND_HALF_UP, Decimal

__all__ = ["apart", "compared", "counted", "factor", "fixed", "is_one", "percent", "precise", "scientific"]

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def fixed(value: float, places: int) -> str:
    """Write a number ≥ 0 with so many decimals; halves are rounded up, as in JavaScript."""
    return f"{Decimal(value).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP):f}"


def _rounded(value: float, figures: int) -> Decimal:
    """Round a number > 0 to so many significant figures."""
    exact = Decimal(value)
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - figures + 1), ROUND_HALF_UP)


def precise(value: float, figures: int) -> str:
    """Write a number > 0 with at most so many significant figures."""
    text = f"{_rounded(value, figures):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def scientific(value: float) -> str:
    """Write a number > 0 with three significant figures and a power of ten."""
    rounded = _rounded(value, 3)
    exponent = rounded.adjusted()
    return f"{rounded.scaleb(-exponent):.2f} × 10{str(exponent).translate(_SUPERSCRIPT)}"


def is_one(value: float) -> bool:
    """Whether a number is 1, but for the rounding of a product or two."""
    return abs(value - 1.0) < 1e-9


def factor(value: float) -> str:
    """Write a factor ≥ 0 with as many digits as tell it from 0 and from 1."""
    if value == 0.0:
        return "0"
    if value < 1e-4:
        return scientific(value)
    if value < 0.1:
        return precise(value, 2)
    if is_one(value) or fixed(value, 2) != "1.00":
        return fixed(value, 2)
    if fixed(value, 4) != "1.0000":
        return fixed(value, 4)
    return "just below 1" if value < 1.0 else "just above 1"


def compared(name: str, value: float) -> str:
    """Say how a factor compares with 1: "γρ = 0.9975 < 1", "γρ = 1", "γρ is just above 1"."""
    if is_one(value):
        return f"{name} = 1"
    text = factor(value)
    if text.startswith("just"):
        return f"{name} is {text}"
    return f"{name} = {text} {'<' if value < 1.0 else '>'} 1"


def percent(share: float) -> str:
    """Write a share in percent; only 0 and 1 themselves are 0 % and 100 %."""
    rounded = int(100.0 * share + 0.5)
    if share > 0.0 and rounded == 0:
        return "less than 1 %"
    if rounded == 100 and not is_one(share):
        return "more than 99 %"
    return f"{rounded} %"


def apart(a: float, b: float, least: int) -> tuple[str, str]:
    """Write two numbers ≥ 0 with as many decimals, from `least` up, as tell them apart; six at most."""
    places = least
    while places < 6 and fixed(a, places) == fixed(b, places):
        places += 1
    return fixed(a, places), fixed(b, places)


def counted(count: int, noun: str) -> str:
    """Write "1 step", "3 steps"."""
    return f"{count} {noun}{'' if count == 1 else 's'}"
