"""The missions on the playground's page: each is shown, done, explained and remembered."""

from typing import Any

import pytest
from playground_page import FIRST_STATE, SLOW, opened

pytestmark = pytest.mark.browser

CARD = ".pg-mission"
DONE = ".pg-mission-now.pg-done"
DONE_OR_HALF = (
    f"() => document.querySelector('{DONE}')"
    f" || document.querySelector('{CARD}').textContent.includes('Show me the second run')"
)


def test_every_mission_can_be_shown_is_recognised_and_remembered(browser: Any, server: str) -> None:
    with opened(browser, server) as playground:
        page = playground.page
        titles = page.locator(".pg-missions button").all_text_contents()
        assert len(titles) >= 6
        for number, title in enumerate(titles):
            playground.press(title)
            assert page.locator(".pg-missions [aria-pressed=true]").count() == 1
            assert not page.locator(".pg-mission-why").is_visible()
            playground.press("Set it up")
            playground.wait_for(FIRST_STATE)
            assert page.locator(DONE).count() == 0, title
            playground.press("Show me one")
            playground.wait_for(DONE_OR_HALF)
            if page.locator(DONE).count() == 0:
                playground.press("Show me the second run")
                page.locator(DONE).wait_for(timeout=2 * SLOW)
            assert f"Mission done: {title}." in playground.said()
            assert page.locator(".pg-mission-why").is_visible()
            assert page.locator(".pg-missions button").nth(number).text_content() == f"✓ {title}"
            playground.app("pause()")
        page.reload()
        playground.wait_for(FIRST_STATE)
        assert page.locator(".pg-missions button").all_text_contents() == [f"✓ {title}" for title in titles]
        assert page.locator(DONE).count() == 1
        assert page.get_by_text(f"{len(titles)} of {len(titles)} done.").is_visible()


def test_missions_lead_to_their_chapters(browser: Any, server: str) -> None:
    with opened(browser, server) as playground:
        page = playground.page
        titles = page.locator(".pg-missions button").all_text_contents()
        for title in titles:
            playground.press(title)
            address = page.locator(f"{CARD} a").evaluate("(link) => link.href")
            answer = page.request.get(address)
            assert answer.ok, address
            assert f'id="{address.partition("#")[2]}"' in answer.text(), address
