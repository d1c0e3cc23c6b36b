"""Solutions, long proofs and what the report prints differently are folded; paper has the proofs."""

from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from docutils import nodes
from folds import take_first_word
from reader import Reader
from sphinx.testing.util import SphinxTestApp

PAGE = """# Title

```{admonition} The report prints this differently: (10)
:class: reading-report

It has $a$ where $b$ is right.
```

```{admonition} Kept
:class: tip

Open.
```

:::{prf:proof}
:class: fold

Let $x$ be given.

Then.
:::

:::{prf:proof}
:class: fold
$x = 1$ shows it.
:::

:::{prf:proof}
Short.
:::

```{exercise} One
:label: ex-1

Do it.
```

```{solution} ex-1
:class: dropdown

Done.
```
"""


def build(folder: Path, text: str) -> BeautifulSoup:
    """Build a page and return its article."""
    (folder / "index.md").write_text(text, encoding="utf-8")
    (folder / "conf.py").write_text(
        "extensions = ['myst_parser', 'sphinx_proof', 'sphinx_exercise', 'folds']\n"
        "myst_enable_extensions = ['dollarmath', 'colon_fence']\n"
    )
    app = SphinxTestApp("html", srcdir=folder)
    app.build()
    app.cleanup()
    return BeautifulSoup((Path(app.outdir) / "index.html").read_text(encoding="utf-8"), "html.parser")


def test_what_is_folded_has_its_title_for_a_summary(tmp_path: Path) -> None:
    folds = build(tmp_path, PAGE).find_all("details")
    assert [fold.summary.get_text() for fold in folds] == [
        "The report prints this differently: (10)",
        "Proof",
        "Proof",
        "Solution to Exercise 1 (One)",
    ]
    assert [fold.find(True, recursive=False).name for fold in folds] == ["summary"] * 4
    report, proof, other, solution = (" ".join(fold.get_text().split()) for fold in folds)
    assert report.endswith(r"It has \(a\) where \(b\) is right.")
    assert proof == r"Proof Let \(x\) be given. Then.", "its first word stands in the summary alone"
    assert other == r"Proof \(x = 1\) shows it."
    assert solution.endswith("Done.")
    assert not any("fold" in fold["class"] for fold in folds), "that is the class of folded cells"
    assert all("open" not in fold.attrs for fold in folds)


def test_what_does_not_ask_for_it_stays_open(tmp_path: Path) -> None:
    page = build(tmp_path, PAGE)
    opened = [" ".join(box.get_text().split()) for box in page.select("div.admonition")]
    assert "Kept Open." in opened
    assert "Proof. Short." in opened


def test_a_fold_without_a_title_is_refused() -> None:
    proof = nodes.admonition("", nodes.paragraph(text="Remark. It is no proof."), classes=["fold"])
    with pytest.raises(ValueError, match="it begins with 'Remark"):
        take_first_word(proof)


@pytest.mark.browser
def test_folds_are_printed_open_and_closed_again(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.open(f"{server}/notebooks/09_vanishing_gradients.html")
        folds = reader.page.locator("details.text-fold")
        assert folds.count() > 5
        assert reader.page.locator("details.text-fold[open]").count() == 0
        reader.page.evaluate("dispatchEvent(new Event('beforeprint'))")
        reader.page.emulate_media(media="print")
        assert reader.page.locator("details.text-fold[open]").count() == folds.count()
        assert folds.last.locator("p").last.is_visible()
        reader.page.evaluate("dispatchEvent(new Event('afterprint'))")
        assert reader.page.locator("details.text-fold[open]").count() == 0
