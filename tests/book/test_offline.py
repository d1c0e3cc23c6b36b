"""The book on the reader's device: kept when asked for, whole, and never shown older than the site is."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import offline
import pytest
from conftest import QuietHandler, served
from reader import Reader
from test_pages import AXE, RUN_AXE

pytestmark = pytest.mark.browser
PLACE = "some/repo"  # the site stands below the root of its host
WELCOME = "book/welcome.html"
CHAPTER = "notebooks/09_vanishing_gradients.html"
# What the tests of editions need; all of the site takes its time.
FEW = ("book/welcome.html", "book/notation.html", "404.html", "index.html", "sw.js", "_static")
STORES = "async () => (await caches.keys()).sort()"
WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).map((one) => one.scope)"
KEPT = """async () => {
  const name = (await caches.keys()).find((each) => each.startsWith('rnn-book-copy'));
  return (await (await caches.open(name)).keys()).length;
}"""


class Host(QuietHandler):
    """A host that can be cut off, or from one file on, and remembers what it was asked for."""

    is_down = False
    fails_at = "nothing"
    asked: list[str] = []  # noqa: RUF012 (shared by all requests)

    def do_GET(self) -> None:
        """Answer, unless nobody can be reached."""
        path = urlsplit(self.path).path.removeprefix(f"/{PLACE}/")
        if type(self).is_down or type(self).fails_at in path:
            self.close_connection = True
            self.connection.close()
            return
        type(self).asked.append(path)
        super().do_GET()


@pytest.fixture
def host() -> Iterator[type[Host]]:
    yield Host
    Host.is_down, Host.fails_at, Host.asked = False, "nothing", []


@pytest.fixture
def whole(site: Path, tmp_path: Path, host: type[Host]) -> Iterator[str]:
    """The address of the whole site on such a host."""
    (tmp_path / PLACE).parent.mkdir(parents=True)
    (tmp_path / PLACE).symlink_to(site, target_is_directory=True)
    with served(tmp_path, host) as address:
        yield f"{address}/{PLACE}"


@pytest.fixture
def few(site: Path, tmp_path: Path) -> Path:
    """Some pages of the site, which can be changed: an edition of their own."""
    folder = tmp_path / PLACE
    for name in FEW:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if (site / name).is_dir():
            unneeded = shutil.ignore_patterns("live", "explorers", "previews", "edition*")
            shutil.copytree(site / name, folder / name, ignore=unneeded)
        else:
            shutil.copy(site / name, folder / name)
    offline.write_edition(folder)
    return folder


@pytest.fixture
def small(few: Path, host: type[Host], tmp_path: Path) -> Iterator[str]:
    """The address of these pages."""
    with served(tmp_path, host) as address:
        yield f"{address}/{PLACE}"


def publish(site: Path, name: str, old: str, new: str) -> None:
    """Change a file and put the site in its new state on the host."""
    text = (site / name).read_text(encoding="utf-8")
    assert old in text
    (site / name).write_text(text.replace(old, new), encoding="utf-8")
    offline.write_edition(site)


def says(reader: Reader, words: str, where: str = ".offline-block") -> None:
    """Wait until a block says something."""
    reader.page.locator(where).get_by_text(words).wait_for(timeout=60_000)


def keep(reader: Reader, address: str) -> None:
    """Press the button and wait until the book is on the device."""
    reader.open(f"{address}/{WELCOME}")
    reader.page.locator(".offline-block button").click()
    says(reader, "Kept on this device")


def test_nothing_is_kept_before_the_reader_asks(browser: Any, whole: str, host: type[Host]) -> None:
    with Reader(browser) as reader:
        for page in (WELCOME, "book/notation.html", WELCOME):
            reader.open(f"{whole}/{page}")
        reader.page.locator(".offline-block button:enabled").wait_for()
        assert reader.page.evaluate(STORES) == reader.page.evaluate(WORKERS) == []
        assert not [path for path in host.asked if "edition" in path or path == "sw.js"]
        assert reader.troubles == []


def test_the_whole_book_is_read_without_a_network(browser: Any, whole: str, host: type[Host]) -> None:
    with Reader(browser) as reader:
        keep(reader, whole)
        host.is_down = True
        reader.context.set_offline(True)
        reader.requests.clear()
        for page in ("", WELCOME, CHAPTER, f"{CHAPTER}#eq-20", "book/api.html", "_modules/index.html"):
            answer = reader.page.goto(f"{whole}/{page}")
            assert answer is None or answer.from_service_worker, page
            if page == "":  # it sends on to the welcome page, and would interrupt what is opened next
                reader.page.wait_for_url(f"**/{WELCOME}")
        reader.open(f"{whole}/{CHAPTER}")
        reader.load_figures()
        reader.wake_explorers()
        assert reader.page.locator(".explorer-live").count() == reader.page.locator(".explorer").count() >= 2
        reader.page.goto(f"{whole}/search.html?q=spectral+norm")
        reader.page.locator("#search-results li a").first.click()
        reader.page.wait_for_url(re.compile("/(book|notebooks)/"))
        assert reader.troubles == []


def test_a_new_edition_is_shown_at_once_told_of_and_kept_when_asked(
    browser: Any, small: str, few: Path, host: type[Host]
) -> None:
    with Reader(browser) as reader:
        keep(reader, small)
        reader.open(f"{small}/book/notation.html")
        assert reader.page.evaluate("() => navigator.serviceWorker.controller !== null")
        assert reader.page.locator(".offline-news").count() == 0
        publish(few, "book/notation.html", "<h1>Notation", "<h1>Notation, second edition")
        reader.open(f"{small}/book/notation.html")
        assert "second edition" in reader.page.locator("h1").inner_text()
        says(reader, "A newer edition of this book is here", ".offline-news")
        reader.page.evaluate(AXE.read_text(encoding="utf-8"))
        assert reader.page.evaluate(RUN_AXE, {}) == []
        host.is_down = True  # the older one is still whole
        reader.page.goto(f"{small}/book/notation.html")
        assert "second" not in reader.page.locator("h1").inner_text()

        host.is_down = False
        reader.open(f"{small}/{WELCOME}")
        host.asked.clear()
        reader.page.get_by_role("button", name="Renew the copy, less than 1 MB").press("Enter")
        says(reader, "The copy is the newest edition", ".offline-news")
        fetched = {path for path in host.asked if "edition" not in path and path != "sw.js"}
        assert fetched == {"book/notation.html"}
        reader.page.get_by_role("button", name="Reload").click()
        reader.page.wait_for_load_state()
        assert len(reader.page.evaluate(STORES)) == 2  # this edition, and Python
        host.is_down = True
        reader.page.goto(f"{small}/book/notation.html")
        assert "second edition" in reader.page.locator("h1").inner_text()
        assert reader.page.locator(".offline-news").count() == 0


def test_a_reader_may_put_it_off_and_a_site_without_editions_is_shown_as_it_is(
    browser: Any, small: str, few: Path
) -> None:
    with Reader(browser) as reader:
        keep(reader, small)
        publish(few, "book/notation.html", "<h1>Notation", "<h1>Second")
        reader.open(f"{small}/book/notation.html")
        reader.page.get_by_role("button", name="Not now").click()
        reader.open(f"{small}/{WELCOME}")
        assert reader.page.evaluate("async () => (await fetch('../_static/offline/edition.json')).ok")
        assert reader.page.locator(".offline-news").count() == 0
        publish(few, "book/notation.html", "<h1>Second", "<h1>Third")
        (few / "_static/offline/edition.json").unlink()
        reader.open(f"{small}/book/notation.html")
        assert reader.page.locator("h1").inner_text().startswith("Third")


def test_what_breaks_off_is_told_and_goes_on_where_it_was(browser: Any, small: str, host: type[Host]) -> None:
    with Reader(browser) as reader:
        reader.open(f"{small}/{WELCOME}")
        host.fails_at = "book/welcome.html"
        button = reader.page.locator(".offline-block button")
        button.click()
        says(reader, "could not be fetched")
        assert reader.page.evaluate(WORKERS) == []
        reader.open(f"{small}/book/notation.html")  # not answered from half a copy
        host.fails_at = "nothing"
        reader.open(f"{small}/{WELCOME}")
        host.asked.clear()
        button.click()
        says(reader, "Kept on this device")
        again = [path for path in host.asked if "edition" not in path]
        assert "book/welcome.html" in again
        assert len(again) < reader.page.evaluate(KEPT)


def test_what_is_removed_is_gone_and_what_is_not_the_copy_s_stays(browser: Any, small: str) -> None:
    with Reader(browser) as reader:
        keep(reader, small)
        root = small.removesuffix(PLACE)
        others = [f"rnn-book-copy {root}another/ 0123", "rnn-book-live", "somebody's"]
        reader.page.evaluate(
            """async (names) => {
              for (const name of names) await (await caches.open(name)).put('/a', new Response('a'));
            }""",
            others,
        )
        assert reader.page.evaluate(WORKERS) == [f"{small}/"]
        reader.open(f"{small}/{WELCOME}")
        reader.page.get_by_role("button", name="Remove it from this device").click()
        says(reader, "Removed.")
        assert reader.page.evaluate(STORES) == sorted(others)
        assert reader.page.evaluate(WORKERS) == []
        assert (
            reader.page.evaluate("async () => (await (await caches.open('rnn-book-live')).keys()).length")
            == 1
        )
        reader.page.get_by_role("button", name="Keep this book on this device").click()
        says(reader, "Kept on this device")


def test_a_reader_stops_it(browser: Any, small: str) -> None:
    with Reader(browser) as reader:
        reader.page.add_init_script(
            "const ask = fetch;"
            "window.fetch = (...all) => new Promise((go) => setTimeout(go, 50)).then(() => ask(...all));"
        )
        reader.open(f"{small}/{WELCOME}")
        reader.page.locator(".offline-block button").click()
        bar = reader.page.get_by_role("progressbar", name="How much of the book has come")
        reader.page.wait_for_function("() => document.querySelector('.offline-block progress').value > 0")
        assert bar.is_visible()
        reader.page.get_by_role("button", name="Stop").click()
        says(reader, "Stopped.")
        assert not bar.is_visible()
        assert reader.page.evaluate(WORKERS) == []


def test_a_page_that_is_opened_as_a_file_says_why_it_need_not(browser: Any, site: Path) -> None:
    with Reader(browser) as reader:
        reader.open((site / WELCOME).as_uri())
        says(reader, "on this device already")
        assert not reader.page.locator(".offline-block button").is_enabled()
        assert reader.troubles == []
