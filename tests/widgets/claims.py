"""Whether what an explorer says is true: every sentence is read and held against numbers computed here.

Nothing of the explorers' own programs is used but the settings, the draws and what is measured of them; the
sentences are taken apart by regular expressions, so that one that is not known here is an error as well.
"""

import re

SIGNS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
NUMBER = r"\d+(?:\.\d+)?(?: × 10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)?"
LEAST = "< 10⁻¹²"


class UntrueError(AssertionError):
    """A sentence that does not hold."""


def claim(holds, what):
    """Raise `UntrueError` if something that is said does not hold."""
    if not holds:
        raise UntrueError(what)


def value(text):
    """A number as it is written: its value, and half a unit of its last digit."""
    mantissa, _, power = text.partition(" × ")
    scale = 10.0 ** int(power[2:].translate(SIGNS)) if power else 1.0
    return float(mantissa) * scale, 0.5 * 10.0 ** -len(mantissa.partition(".")[2]) * scale


def claim_number(text, exact, what, figures=None):
    """A written number is the exact one, rounded to its last digit (or to significant figures)."""
    shown, half = value(text)
    if figures is not None and shown:
        half = max(half, 0.5 * 10.0 ** (len(str(int(shown))) - figures)) if shown >= 1 else half
    claim(abs(shown - exact) <= half * (1 + 1e-6) + 1e-9 * abs(exact), f"{what}: {text} is not {exact}")


def claim_percent(text, share, what):
    if text == "less than 1 %":
        claim(0 < share < 0.01, what)
    elif text == "more than 99 %":
        claim(0.99 < share < 1, what)
    else:
        shown = int(text.removesuffix(" %"))
        claim(abs(shown - 100 * share) <= 0.5 + 1e-6, f"{what}: {text} is not {share}")
        claim((shown == 0) <= (share < 1e-9) and (shown == 100) <= (share > 1 - 1e-9), f"{what}: {text}")


def claim_compared(match, exact, what):
    """A comparison with 1 holds, in the digits that are shown as well."""
    number, sign, just = match["number"], match["sign"], match["just"]
    if just:
        claim((exact < 1) if just == "below" else (exact > 1), what)
    elif sign is None:
        claim(number == "1" and abs(exact - 1) < 1e-8, f"{what}: {exact} is not 1")
    else:
        claim_number(number, exact, what)
        for side in (value(number)[0], exact):
            claim(side < 1 if sign == "<" else side > 1, f"{what}: {number} {sign} 1")


def compared(name):
    return rf"{name} (?:= (?P<number>{NUMBER})(?: (?P<sign>[<>]) 1)?|is just (?P<just>below|above) 1)"


def take(pattern, text):
    """Read the start of a text, or return None: the match and what is left."""
    match = re.match(pattern, text)
    return None if match is None else (match, text[match.end() :].lstrip())


def digits(text):
    """A number of the clipping explorer: value and half a unit, of at most three significant digits."""
    return 0.0 if text == LEAST else value(text)[0]


def claim_digits(text, exact, what):
    if text == LEAST or text is None:
        claim(exact < 1e-12, f"{what}: {exact} is not below 1e-12")
        return
    shown = digits(text)
    claim(exact >= 1e-12, f"{what}: {exact} is below 1e-12")
    claim(abs(shown - exact) <= 0.00501 * exact, f"{what}: {text} is not {exact}")
