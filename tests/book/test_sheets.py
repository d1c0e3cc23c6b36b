"""Problem sheets, their keys, and the copy for students."""

import re
from pathlib import Path
from typing import Any

import pytest
import sheet
from bs4 import BeautifulSoup
from sphinx.testing.util import SphinxTestApp

from rnn_exercises import find

PAGE = """# Title

```{exercise} One
:label: ex-09-lag

Do it.
```

```{answer} ex-09-lag
```

```{solution} ex-09-lag
:class: dropdown

Done.
```
"""


def words(path: Path) -> str:
    """Return what stands on a sheet."""
    return " ".join(BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser").get_text().split())


@pytest.mark.browser
def test_a_sheet_asks_and_its_key_answers(site: Path, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.setattr(sheet, "SITE", site)
    monkeypatch.setattr(sheet, "SHEETS", tmp_path / "sheets")
    problems, key = sheet.write(sheet.chapter_page("9"), 3)
    variant = find("ex-09-lag").variants()[3]
    asked = f"A tanh network has ρ = {variant.draw['rho']:g}."
    answers = [f"{variant.numbers[place][0]:g} steps" for place in (0, 1)]
    assert asked in words(problems)
    assert asked in words(key)
    assert not any(answer in words(problems) for answer in answers)
    assert all(answer in words(key) for answer in answers)
    assert "Solution" not in words(problems)
    assert words(key).count("Solution to Exercise") == words(key).count("Exercise 9.") / 2
    for path in (problems, key):
        soup = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        used = [tag["href"] for tag in soup.find_all("link")] + [tag["src"] for tag in soup.find_all("img")]
        assert used
        for address in used:
            assert (site / "notebooks" / re.split(r"[?#]", str(address))[0]).resolve().is_file(), address
        assert not soup.find_all(["script", "button", "input"])


@pytest.mark.browser
@pytest.mark.parametrize("arguments", [[], ["9"], ["99", "0"], ["9", "-1"], ["9", "x"]])
def test_nonsense_is_refused(site: Path, monkeypatch: Any, capsys: Any, arguments: list[str]) -> None:
    monkeypatch.setattr(sheet, "SITE", site)
    assert sheet.main(arguments) == 2
    assert re.search("CHAPTER|SEED", capsys.readouterr().err)


@pytest.mark.parametrize("student", [False, True])
def test_the_copy_for_students_has_no_solutions(tmp_path: Path, monkeypatch: Any, student: bool) -> None:
    if student:
        monkeypatch.setenv("RNN_BOOK_STUDENT", "1")
    else:
        monkeypatch.delenv("RNN_BOOK_STUDENT", raising=False)
    (tmp_path / "index.md").write_text(PAGE, encoding="utf-8")
    (tmp_path / "conf.py").write_text(
        "extensions = ['myst_parser', 'sphinx_proof', 'sphinx_exercise', 'folds', 'answers']\n"
        "myst_enable_extensions = ['dollarmath', 'colon_fence']\n"
    )
    app = SphinxTestApp("html", srcdir=tmp_path)
    app.build()
    app.cleanup()
    text = (Path(app.outdir) / "index.html").read_text(encoding="utf-8")
    soup = BeautifulSoup(text, "html.parser")
    assert (soup.find("details", class_="solution") is None) == student
    assert ("Done." in text) != student
    box = soup.find(id="ex-09-lag")
    assert box is not None
    answer = box.find("details", class_="answer")
    assert answer is not None, "the place to answer stands in the exercise's box"
    assert [each.get_text() for each in answer.find_all(class_="drawn")][:1] == ["0.95"]
