"""The formulas of a page in MathML alone, in the form that reading devices draw.

Beside each drawn formula the site has its MathML, for screen readers. MathML Core, which browsers and most
reading devices follow, knows no letters by `mathvariant` but upright ones, and no numbered rows: the letters
become signs of their own, as 𝐖 for a bold W, and the number stands beside the formula.
"""

import unicodedata

from bs4 import BeautifulSoup, Tag

MATHML = "http://www.w3.org/1998/Math/MathML"
THIN = "0.167em"
PRIMES = ("′", "″", "‴")
NEW = BeautifulSoup("", "html.parser")


def styled(letter: str, variant: str) -> str | None:
    """Return the sign for a letter or a figure in a style such as `bold`, if there is one."""
    name = unicodedata.name(letter).removeprefix("LATIN ").removeprefix("GREEK ").replace("LETTER ", "")
    for prefix in ("MATHEMATICAL ", ""):  # some, such as ℒ and ℝ, were there before the others
        try:
            return unicodedata.lookup(f"{prefix}{variant.upper()} {name}")
        except KeyError:
            continue
    return None


def set_letters(math: Tag) -> None:
    """Replace letters in a style by their signs."""
    for element in math.find_all(mathvariant=True):
        variant = str(element["mathvariant"])
        signs = [styled(letter, variant) for letter in element.get_text()]
        if None in signs:
            continue
        del element["mathvariant"]
        element.string = "".join(filter(None, signs))


def set_primes(math: Tag) -> None:
    """Set primes beside their letters: high and small by themselves, as exponents they would be so twice."""
    for script in math.find_all(["msup", "msubsup"]):
        base, *_, mark = script.find_all(True, recursive=False)
        if mark.name != "mo" or mark.get_text() not in PRIMES:
            continue
        mark["lspace"] = mark["rspace"] = "0"
        if script.name == "msup":
            script.name = "mrow"
        else:
            script.name = "msub"
            base.wrap(NEW.new_tag("mrow")).append(mark.extract())


def space_functions(math: Tag) -> None:
    """Give the name of a function, as log, the thin spaces around it that TeX gives by kinds of signs."""
    for applied in math.find_all("mo", string="\u2061"):
        name, argument = applied.find_previous_sibling(), applied.find_next_sibling()
        assert name is not None
        before = name.find_previous_sibling()
        if before is not None and before.name not in ("mo", "mspace"):
            name.insert_before(NEW.new_tag("mspace", attrs={"width": THIN}))
        if argument is not None and argument.name not in ("mo", "mspace"):
            applied["rspace"] = THIN


def take_number(math: Tag) -> str:
    """Take the number out of a formula that has one, and return it."""
    row = math.find("mlabeledtr")
    if row is None:
        return ""
    label = row.find("mtd")
    assert label is not None
    row.name = "mtr"
    return label.extract().get_text()


def set_formulas(body: Tag) -> None:
    """Replace each formula of a page by its MathML."""
    for around in body.select("span.math"):
        around.unwrap()
    for wrapped in body.select("span.together:has(mjx-container.long)"):
        wrapped.unwrap()  # it may be wider than a page: its line may end after it
    for drawn in body.select("mjx-container"):
        math = drawn.find("math")
        assert math is not None
        math["xmlns"], math["alttext"] = MATHML, str(drawn["data-tex"])
        set_letters(math)
        set_primes(math)
        space_functions(math)
        number = take_number(math)
        drawn.replace_with(math.extract())
        if drawn.has_attr("display"):
            math["display"] = "block"
        if number:
            mark = NEW.new_tag("span", attrs={"class": "number"})
            mark.string = number
            math.insert_after(mark)
