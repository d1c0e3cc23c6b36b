"""Ten questions of students: from the welcome page each is answered after three clicks at most.

On the way nobody has to go down more than two screens: not to a link, nor to what it leads to.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

import pytest
from reader import DESKTOP, Reader

pytestmark = pytest.mark.browser


class Way(NamedTuple):
    """What is asked, the links that are followed from the welcome page, and where they lead."""

    question: str
    links: tuple[str, ...]  # how each link's address ends
    heading: str


QUESTIONS, NETWORK, EVENTS = "questions.html", "#questions-network", "#questions-events"
WAYS = (
    Way("Why does my gradient vanish?", (QUESTIONS, "#thm-norm-bound"), "The norm bound"),
    Way("Norm or radius?", (QUESTIONS, "#thm-gelfand"), "Gelfand’s formula"),
    Way("Does clipping help?", (QUESTIONS, "#prop-clip-lags"), "Clipping and the lags"),
    Way("What does the forget gate do?", (QUESTIONS, "#thm-cell-path"), "The cell path of the LSTM"),
    Way(
        "Is a long memory the same as a long gradient?", (QUESTIONS, "#prop-3-one-unit"), "One unit is enough"
    ),
    Way(
        "Why tanh?",
        (QUESTIONS, NETWORK, "#prop-linear-rnn"),
        "Without a nonlinearity there is one affine map",
    ),
    Way(
        "How do I check a gradient that I have written?",
        (QUESTIONS, NETWORK, "#prop-6-central"),
        "Error of a central difference",
    ),
    Way("How large may a step be?", (QUESTIONS, NETWORK, "#thm-8-descent"), "Descent lemma"),
    Way(
        "How is a likelihood of events written?",
        (QUESTIONS, EVENTS, "#thm-10-likelihood"),
        "Likelihood of a point process",
    ),
    Way(
        "How do I see whether a model of events fits?",
        (QUESTIONS, EVENTS, "#thm-10-rescaling"),
        "Time rescaling",
    ),
)
# How far below the upper edge of the window an element begins.
BELOW = "(element) => element.getBoundingClientRect().top"
TWO_SCREENS = 2 * DESKTOP["height"]


@pytest.fixture(scope="module")
def reader(browser: Any) -> Iterator[Reader]:
    """Return one window for all ways, so that what pages share is fetched once."""
    with Reader(browser, DESKTOP) as window:
        yield window


@pytest.mark.parametrize("way", WAYS, ids=[way.question for way in WAYS])
def test_a_question_is_answered_within_three_clicks_and_two_screens(
    reader: Reader, server: str, way: Way
) -> None:
    assert len(way.links) <= 3
    page = reader.page
    page.goto(f"{server}/book/welcome.html", wait_until="domcontentloaded")
    for link in way.links[:-1]:
        follow(page, page.locator(f'article a[href$="{link}"]').first, link)
    answer = page.locator("article p").filter(has=page.get_by_text(way.question, exact=True))
    assert answer.evaluate(BELOW) <= TWO_SCREENS
    follow(page, answer.locator(f'a[href$="{way.links[-1]}"]'), way.links[-1])
    target = page.locator(way.links[-1])
    assert way.heading in target.locator(".admonition-title").first.inner_text()
    assert -1 <= target.evaluate(BELOW) <= TWO_SCREENS
    assert reader.troubles == []


def follow(page: Any, link: Any, address: str) -> None:
    """Click a link that is at most two screens below, and wait until its page is there."""
    assert link.evaluate(BELOW) <= TWO_SCREENS
    link.click()
    page.wait_for_url(f"**{address}", wait_until="load")
