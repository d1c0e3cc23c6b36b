"""Formulas are set when the site is built: each with its TeX and its MathML, in the fonts of the site."""

import re
from xml.etree import ElementTree

import formulas as ext
import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from fontTools.ttLib import TTFont
from parsed import soup
from reader import PHONE, Reader

CHAPTER = "notebooks/09_vanishing_gradients.html"


@pytest.fixture(scope="module")
def setter(tmp_path_factory):
    made = ext.Formulas()
    made.open(tmp_path_factory.mktemp("formulas"))
    yield made
    made.close()


def test_a_formula_is_drawn_and_told_and_keeps_its_tex(setter):
    html = BeautifulSoup(setter.set(r"\rho < \frac{1}{\gamma}", display=False), "html.parser")
    (formula,) = html.find_all("mjx-container")
    assert formula["data-tex"] == r"\rho < \frac{1}{\gamma}"
    assert not formula.has_attr("display")
    assert re.fullmatch(r"--w:2\.\d+em;--h:1\.\d+em;--d:0\.\d+em", formula["style"])
    drawn, told = formula.contents
    assert drawn["aria-hidden"] == "true"
    assert [c["class"] for c in drawn.select("mjx-mfrac mjx-c")] == [["mjx-c31"], ["mjx-c1D6FE", "TEX-I"]]
    assert told.math.mfrac.get_text() == "1γ"


def test_a_numbered_formula_has_its_number(setter):
    html = BeautifulSoup(setter.set(r"a = b \tag{7}", display=True), "html.parser")
    assert html.find("mjx-container")["display"] == "true"
    assert html.find("mlabeledtr").mtd.get_text() == "(7)"


def test_a_long_formula_in_a_line_has_a_box_that_scrolls_and_a_displayed_one_has_it_anyway(setter):
    short, long = "x^2", "+".join("abcdefghijklmn")
    assert 'class="MathJax long"' in setter.set(long, display=False)
    assert " long" not in setter.set(short, display=False) + setter.set(long, display=True)


@pytest.mark.parametrize(
    ("tex", "message"),
    [
        (r"\unknown", "Undefined control sequence"),
        (r"\frac{a}{b", "Missing close brace"),
        (r"\begin{aligned} a", "Missing \\\\end"),
        (r"\left( a", "missing .*right"),
        ("a^b^c", "Double exponent"),
    ],
)
def test_an_error_in_a_formula_is_told(setter, tex, message):
    with pytest.raises(ValueError, match=message):
        setter.set(tex, display=True)
    assert setter.set("a", display=False), "the next formula is set"


def test_no_formula_sees_the_commands_of_another(setter):
    setter.set(r"\boldsymbol{x}", display=False)
    with pytest.raises(ValueError, match="Undefined"):
        setter.set(r"\mine", display=False)


def test_formulas_are_kept_for_the_next_build(tmp_path, monkeypatch):
    first = ext.Formulas()
    first.open(tmp_path)
    made, sheet = first.set("a+b", display=False), first.full_sheet()
    first.close()
    monkeypatch.setattr(ext.Formulas, "_ask", lambda *_: pytest.fail("set again"))
    second = ext.Formulas()
    second.open(tmp_path)
    assert (second.set("a+b", display=False), second.full_sheet()) == (made, sheet)
    monkeypatch.setattr(ext, "fingerprint", lambda: "another MathJax")
    second.open(tmp_path)
    assert second.made == {}


def test_lines_are_aligned_unless_they_carry_a_tag():
    def text(tex, **options):
        return ext.displayed(nodes.math_block(tex, tex, **options))

    assert text("a = b") == "a = b"
    assert text(r"a &= b \\ c &= d") == r"\begin{split}a &= b \\ c &= d\end{split}"
    assert text("a\n\nb") == r"\begin{align}\begin{aligned}a\\b\end{aligned}\end{align}"
    assert text(r"a \\ b \tag{7}") == r"a \\ b \tag{7}"
    assert text(r"\begin{align} a \\ b \end{align}", nowrap=True) == r"\begin{align} a \\ b \end{align}"


SHEET = r"""
mjx-math { font-size: 100%; }
mjx-mfrac > mjx-num { a: b; }
.MJX-TEX { font-family: MJXZERO, MJXTEX; }
.TEX-I { font-family: MJXZERO, MJXTEX-I; }
mjx-stretchy-v mjx-c, mjx-stretchy-h mjx-c { font-family: MJXZERO, MJXTEX-S1 ! important; }
@font-face /* 0 */ { font-family: MJXZERO; src: url("/Zero.woff") format("woff"); }
@font-face /* 1 */ { font-family: MJXTEX; src: url("/Main.woff") format("woff"); }
@font-face /* 2 */ { font-family: MJXTEX-I; src: url("/Italic.woff") format("woff"); }
@font-face /* 3 */ { font-family: MJXTEX-S1; src: url("/Size.woff") format("woff"); }
mjx-c.mjx-c7B::before { padding: 0; content: "{"; }
mjx-c.mjx-c22::before { content: "\""; }
mjx-c.mjx-c41.TEX-I::before { content: "A"; }
mjx-c.mjx-c42.TEX-I::before { content: "B"; }
mjx-stretchy-v.mjx-c7B mjx-ext mjx-c::before { content: "\23AA"; }
"""


def test_the_style_sheet_and_the_fonts_are_cut_to_what_is_shown():
    page = '<mjx-math class="MJX-TEX"><mjx-c class="mjx-c41 TEX-I"></mjx-c><mjx-c class="mjx-c7B"></mjx-c>'
    sheet, signs = ext.cut(SHEET, ext.shown_elements([page]))
    assert signs == {
        "Main.woff": {ord("{")},
        "Italic.woff": {ord("A")},
        "Zero.woff": {ord("{"), ord("A")},
    }
    assert 'content: "{"' in sheet
    assert "mjx-math{font-size: 100%}" in sheet
    assert not re.search("mfrac|c22|c42|stretchy|Size", sheet)
    stretched = f'{page}<mjx-c class="mjx-c22"></mjx-c><mjx-stretchy-v class="mjx-c7B"><mjx-ext></mjx-ext>'
    signs = ext.cut(SHEET, ext.shown_elements([stretched]))[1]
    assert signs["Main.woff"] == {ord("{"), ord('"')}
    assert signs["Size.woff"] == {0x23AA}


def pages_with_formulas(site):
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if 'class="math' in text:
            yield path, text


def test_every_formula_of_the_site_is_set(site):
    count = 0
    for path, _ in pages_with_formulas(site):
        page = soup(path)
        for formula in page.select(".math"):
            count += 1
            assert len(formula.select("mjx-container[data-tex] > mjx-math")) == 1, (path, formula)
            assert len(formula.select("mjx-assistive-mml > math")) == 1
            assert "\\" not in formula.get_text(), formula.get_text()
        assert not page.select("mjx-merror, merror")
    assert count > 4000


# How many parts the elements of MathML have that need a certain number.
PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
TOLD = re.compile(r"<mjx-assistive-mml[^>]*>(<math.*?</math>)", re.S)


def without_a_part(mathml):
    """The elements that have more or fewer parts than they need."""
    elements = ElementTree.fromstring(mathml.replace("&nbsp;", " ")).iter()
    names = [(element.tag.rpartition("}")[2], len(element)) for element in elements]
    return [name for name, count in names if PARTS.get(name, count) != count]


def test_every_formula_is_told_in_whole_elements(site):
    told = {found for page in site.rglob("*.html") for found in TOLD.findall(page.read_text("utf-8"))}
    assert len(told) > 1000
    assert not [mathml for mathml in told if without_a_part(mathml)]


def test_a_fraction_with_one_part_is_found_out():
    assert without_a_part("<math><mfrac><mi>a</mi></mfrac></math>") == ["mfrac"]
    assert without_a_part("<math><msub><mi>a</mi><mi>b</mi><mi>c</mi></msub></math>") == ["msub"]
    assert without_a_part("<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>") == []


def test_nothing_of_mathjax_is_left_to_run_in_the_browser(site):
    for path, text in pages_with_formulas(site):
        scripts = re.findall(r"<script\b.*?</script>", text, re.S)
        assert not [one for one in scripts if "mathjax" in one.lower() and "vnd.jupyter" not in one], path
    assert not (site / "_static" / "mathjax").exists()
    assert not [path for path in (site / "_static").rglob("*.js") if "mathjax" in path.name.lower()]


def test_every_sign_that_is_shown_has_a_rule_and_a_font(site):
    static = site / "_static"
    sheet = (static / ext.SHEET).read_text(encoding="utf-8")
    rules = dict(re.findall(r'mjx-c((?:\.[\w-]+)+)::before\{[^"]*content: "((?:\\.|[^"\\])*)"', sheet))
    faces = dict(re.findall(r'font-family:(MJX[\w-]+);src:url\("([\w/-]+\.woff)\?v=\w+"\)', sheet))
    fonts = {family: TTFont(static / file).getBestCmap() for family, file in faces.items()}
    shown = {
        tuple(classes.split())
        for _, text in pages_with_formulas(site)
        for classes in re.findall(r'<mjx-c class="([^"]+)"', text)
    }
    assert len(shown) > 100
    for classes in shown:
        content = ext.unescape(rules["." + ".".join(classes)])
        family = f"MJX{classes[1]}" if len(classes) > 1 else "MJXTEX"
        assert content.isspace() or {*map(ord, content)} <= fonts[family].keys(), (classes, content)
    assert sum(path.stat().st_size for path in (static / "formulas").iterdir()) < 100_000
    for path, text in pages_with_formulas(site):
        assert re.search(rf"_static/{ext.SHEET}\?v=\w{{8}}\"", text), path


# Formulas of which the first or the last sign stands elsewhere, or the line is higher, than if the browser
# worked out their size itself.
MISPLACED = """() => {
  const style = document.createElement("style");
  style.textContent = `mjx-math { contain: none !important; content-visibility: visible !important;
    width: auto !important; height: auto !important; margin: 0 !important; padding: 1px 0 !important;
    vertical-align: baseline !important; }
    mjx-container[display] > mjx-math { padding: 0 !important; }
    mjx-math[width="full"] { width: 100% !important; }
    mjx-container.long { display: inline !important; overflow: visible !important; }`;
  const formulas = [...document.querySelectorAll(".bd-article mjx-container")]
    .filter((formula) => formula.checkVisibility());
  const places = () => formulas.map((formula) => {
    const block = formula.closest("p, li, dd, td, div.math").getBoundingClientRect();
    const signs = formula.querySelectorAll("mjx-c");
    return [signs[0], signs[signs.length - 1]].flatMap((sign) => {
      const { left, top } = sign.getBoundingClientRect();
      return [left - block.left, top - block.top];
    }).concat(block.height);
  });
  const boxed = places();
  document.head.append(style);
  const free = places();
  style.remove();
  return formulas.map((formula, i) => [Math.max(...free[i].map((x, k) => Math.abs(x - boxed[i][k]))),
    formula.dataset.tex]).filter(([far]) => far > 2); // parts of dots add up along a line
}"""


@pytest.mark.browser
def test_the_sizes_that_are_written_are_those_that_a_browser_finds(browser, server):
    with Reader(browser, used=True) as reader:
        for page in (
            CHAPTER,
            "notebooks/04_preliminaries.html",
            "notebooks/11_neural_point_processes.html",
        ):
            reader.open(f"{server}/{page}")
            assert reader.page.locator("mjx-container.long").count() > 3
            assert reader.page.evaluate(MISPLACED) == []


@pytest.mark.browser
def test_a_reader_without_scripts_sees_every_formula(browser, server):
    with Reader(browser, PHONE, java_script_enabled=False) as reader:
        reader.page.goto(f"{server}/{CHAPTER}")
        sizes = reader.page.evaluate(
            """() => [...document.querySelectorAll(".bd-article mjx-math")].map((formula) => {
              const { width, height } = formula.getBoundingClientRect();
              return [width, height, formula.closest("details:not([open])") !== null];
            })"""
        )
        assert len(sizes) > 400
        assert all(width > 3 and height > 3 for width, height, folded in sizes if not folded)
        assert reader.page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        fonts = [url for url in reader.requests if url.split("?")[0].endswith(".woff")]
        assert any("Math-Italic" in url for url in fonts)


COPY = """(selector) => {
  const [from, to] = selector.map((one) => document.querySelector(one));
  getSelection().setBaseAndExtent(from, 0, to, to.childNodes.length);
  const clipboardData = new DataTransfer();
  document.dispatchEvent(new ClipboardEvent("copy", { clipboardData, bubbles: true, cancelable: true }));
  return ["text/plain", "text/html"].map((type) => clipboardData.getData(type));
}"""


@pytest.mark.browser
def test_who_copies_a_formula_gets_its_tex(browser, server):
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        plain, html = reader.page.evaluate(COPY, ["#eq-17", "#eq-17 + p"])
        assert re.match(r"\$\$h_t=\\phi.*\\tag\{17\}\$\$\n+in which the activation \$\\phi\$ acts", plain)
        assert "mjx-" not in html
        # From inside of one formula to its end: the formula is copied whole.
        plain, _ = reader.page.evaluate(COPY, ["#eq-17 mjx-mi", "#eq-17 mjx-mo"])
        assert plain.startswith("$$h_t=")
        # Where no formula is copied, the browser does it.
        assert reader.page.evaluate(COPY, ["h1", "h1"]) == ["", ""]


@pytest.mark.browser
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_formula_has_the_colour_of_its_text(browser, server, theme):
    with Reader(browser, theme=theme, used=True) as reader:
        reader.open(f"{server}/{CHAPTER}")
        formula, text = reader.page.evaluate(
            "() => ['.bd-article p mjx-c', '.bd-article p'].map("
            "(name) => getComputedStyle(document.querySelector(name)).color)"
        )
        assert formula == text


def test_no_notebook_writes_formulas_that_only_a_script_would_set(site):
    for path in sorted((site / "notebooks").glob("*.html")):
        for output in soup(path).select(".cell_output"):
            assert not re.search(r"\\\(|\\\[|\$\$", output.get_text()), path
