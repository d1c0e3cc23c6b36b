"""Every explorer that asks, in Firefox: random inputs break nothing, and their link leads to the same."""

from pathlib import Path
from typing import Any

import pytest
from conftest import missing
from explorer_page import write_explorer
from firefox import Firefox, executable
from test_kit import INPUTS, KINDS, SEEN

pytestmark = [pytest.mark.browser, pytest.mark.thorough]
READY = """(async () => {
  for (let i = 0; i < 300 && !document.querySelector('.rnn-explorer .question'); i++)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const skip = [...document.querySelectorAll('button')].find((each) => each.textContent === 'Skip');
  if (skip?.checkVisibility()) skip.click();
  return document.querySelector('.rnn-explorer .question').textContent;
})()"""
LATER = "new Promise((resolve) => setTimeout(() => resolve(location.href), 700))"


@pytest.mark.parametrize("kind", KINDS, ids=[kind.BUNDLE for kind in KINDS])
def test_random_inputs_and_the_link_to_where_they_lead(tmp_path: Path, kind: Any) -> None:
    if executable() is None:
        missing("no Firefox was found")
    with Firefox() as firefox:
        firefox.open(write_explorer(tmp_path, kind()))
        assert firefox.evaluate(READY) == kind.QUESTION
        for seed in (1, 2):
            assert firefox.evaluate(f"({INPUTS})([{seed}, 150])") is None
            link = firefox.evaluate(LATER)
            assert "#explorer=" in link
            seen = firefox.evaluate(f"({SEEN})()")
            with Firefox() as other:
                other.open(link)
                other.evaluate(READY)
                assert other.evaluate(f"({SEEN})()") == seen, link
