"""A window that is used again has nothing in it of the reader before."""

from typing import Any

import pytest
from reader import PHONE, Reader

pytestmark = pytest.mark.browser

KEEP = "() => { localStorage.kept = sessionStorage.kept = 'yes'; document.cookie = 'kept=yes'; }"
KEPT = "() => [localStorage.kept, sessionStorage.kept, document.cookie, innerWidth]"


@pytest.fixture(params=["server", "disk"])
def address(request: Any, site: Any) -> str:
    """Return the address of a page, on a server and as a file."""
    page = "book/notation.html"
    return (
        f"{request.getfixturevalue('server')}/{page}" if request.param == "server" else (site / page).as_uri()
    )


def test_nothing_is_left_in_a_used_window(browser: Any, address: str) -> None:
    with Reader(browser, PHONE, "dark", used=True) as reader:
        reader.open(address)
        reader.page.evaluate(KEEP)
        reader.page.emulate_media(media="print", reduced_motion="no-preference")
        assert reader.page.evaluate(KEPT)[0] == "yes"
        window = reader.page
    with Reader(browser, used=True) as reader:
        assert reader.page is window
        reader.open(address)
        assert reader.page.evaluate(KEPT) == [None, None, "", 1280]
        for query in ("(prefers-color-scheme: light)", "(prefers-reduced-motion: reduce)", "screen"):
            assert reader.page.evaluate("(query) => matchMedia(query).matches", query), query
        assert reader.requests[0] == address


def test_troubles_are_told_to_the_reader_who_meets_them(browser: Any, server: str) -> None:
    with Reader(browser, used=True) as reader:
        reader.page.goto(f"{server}/no/such/page.html")
        assert len(reader.troubles) == 1
    with Reader(browser, used=True) as other:
        other.page.goto(f"{server}/no/such/other.html")
        assert len(other.troubles) == 1
        assert len(reader.troubles) == 1


def test_two_readers_at_a_time_have_two_windows_and_after_a_failure_one_is_closed(browser: Any) -> None:
    with Reader(browser, used=True) as reader, Reader(browser, used=True) as other:
        assert reader.context is not other.context
    with pytest.raises(ZeroDivisionError), Reader(browser, used=True) as reader:
        raise ZeroDivisionError
    assert reader.page.is_closed()
    with Reader(browser, used=True) as reader:
        assert reader.page is not None
        assert not reader.page.is_closed()


def test_who_skips_the_questions_has_a_window_of_that_kind(browser: Any, server: str) -> None:
    for skips in (True, False, True):
        with Reader(browser, used=True, skips=skips) as reader:
            reader.open(f"{server}/book/welcome.html")
            assert reader.page.locator(".rnn-explorer .prediction").is_visible() != skips
