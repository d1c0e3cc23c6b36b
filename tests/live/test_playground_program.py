"""The program of a run on the playground's page, run by the page's own Python."""

from typing import Any

import pytest
from live_page import LivePage
from playground_page import PAGE, Playground
from reader import Reader

pytestmark = pytest.mark.browser


def test_a_run_is_repeated_by_python_in_the_page(browser: Any, server: str) -> None:
    with Reader(browser) as reader:
        playground = Playground(reader, f"{server}/{PAGE}")
        playground.steps(25, task="parity", T=6, m=5, cell="gru", layers=2, batch=3, seed=9)
        loss = playground.app("state.loss")
        fold = reader.page.locator(".pg-tool-export")
        fold.locator("summary").first.click()
        fold.get_by_role("button", name="Make the files").click()
        address = fold.get_by_role("link").evaluate("(link) => link.href")
    assert address.startswith(f"{server}/book/try_it.html#code=")
    with LivePage(browser, server, address.removeprefix(f"{server}/")) as page:
        cell = page.page.locator(".live-try")
        assert "from rnn_playground import" in cell.locator("pre").first.inner_text()
        page.begin()
        printed = page.run(cell).splitlines()[-1]
    assert float(printed) == pytest.approx(loss, rel=1e-8)
