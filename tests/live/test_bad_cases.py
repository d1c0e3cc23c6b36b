"""What can go wrong in a cell ends in a clear sentence, and the page still works."""

from collections.abc import Iterator
from typing import Any

import pytest
from live_page import LivePage

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def trying(browser: Any, server: str) -> Iterator[LivePage]:
    with LivePage(browser, server, "book/try_it.html") as page:
        page.begin()
        yield page


CASES = {
    "sys.exit": ("import sys\nsys.exit(1)", "The session goes on"),
    "input": ("input('Your name?')", "cannot ask for input: write the value into the cell"),
    "10 GB": ("bytearray(10 * 10**9)", "more memory than Python on a page can have: at most 4 GB"),
    "10 GB in an array": ("import numpy\nnumpy.zeros(10**10)", "at most 4 GB"),
    "output without end": ("while True:\n    print('again')", "printed more than 200,000 characters"),
    "output without end, caught": (
        "while True:\n    try:\n        print('again')\n    except Exception:\n        pass",
        "printed more than 200,000 characters",
    ),
    "one endless line": ("while True:\n    print('again', end='')", "printed more than 200,000 characters"),
    "a deleted import": ("numpy_that_was_deleted.zeros(3)", "NameError"),
    "a package that is not there": ("import torch", "NumPy, Matplotlib and the book's own packages"),
    "a thread": ("import threading\nthreading.Thread(target=print).start()", "can't start new thread"),
    "text that is no Python": ("for x in", "SyntaxError"),
    "endless recursion": ("def f(n):\n    return f(n + 1)\nf(0)", "RecursionError"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_bad_cell_ends_in_a_sentence_and_the_session_goes_on(trying: LivePage, case: str) -> None:
    code, sentence = CASES[case]
    cell = trying.page.locator(".live-try")
    trying.type_into(cell, "kept = 'still here'")
    trying.run(cell)
    trying.type_into(cell, code)
    assert sentence in trying.run(cell)
    assert "failed" in trying.words
    trying.type_into(cell, "print(kept)")
    assert "still here" in trying.run(cell)
    assert trying.troubles == []


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import os\nos._exit(3)", "Python has come to its end, with the exit code 3"),
        ("import os\nos.abort()", "Python has come to its end"),
    ],
)
def test_when_python_ends_the_next_run_has_a_new_one(trying: LivePage, code: str, sentence: str) -> None:
    cell = trying.page.locator(".live-try")
    trying.type_into(cell, code)
    assert sentence in trying.run(cell)
    assert "gone" in trying.words
    trying.type_into(cell, "print(6 * 7)")
    assert "42" in trying.run(cell)


@pytest.mark.parametrize(
    "code",
    [
        "import socket\nsocket.create_connection(('127.0.0.1', 80))",
        "import urllib.request",
        "import os\nos.system('ls')",
        "import subprocess\nsubprocess.run(['ls'])",
        "open('/etc/passwd')",
        "open('../../etc/passwd')",
        "import js",
    ],
)
def test_python_has_no_network_no_processes_and_no_files_of_the_reader(trying: LivePage, code: str) -> None:
    cell = trying.page.locator(".live-try")
    before = len(trying.requests)
    trying.type_into(cell, code)
    assert "Error" in trying.run(cell)
    assert len(trying.requests) == before


def test_python_sees_its_own_files_alone(trying: LivePage) -> None:
    cell = trying.page.locator(".live-try")
    trying.type_into(cell, "import os\nprint(sorted(os.listdir('/')), dict(os.environ))")
    text = trying.run(cell)
    assert "['tmp', 'usr']" in text
    assert str(__file__).split("/")[1] not in text.replace("tmp", "").replace("usr", "")


def test_html_of_a_cell_runs_nothing_and_loads_nothing(trying: LivePage) -> None:
    html = (
        "<b onclick='window.ran = 1'>kept</b><script>window.ran=1</script><img src=x onerror='window.ran=1'>"
        "<a href='javascript:window.ran=1'>link</a><iframe srcdoc='<script>parent.ran=1</script>'></iframe>"
        "<svg><foreignObject><iframe src='data:text/html,x'></iframe></foreignObject><text>drawn</text>"
        "<animate onbegin='window.ran=1' attributeName=x dur=1s /></svg>"
        "<p style='background: url(/secret)'>styled</p><form action=/x><input name=y></form>"
    )
    cell = trying.page.locator(".live-try")
    before = len(trying.requests)
    trying.type_into(cell, f"from IPython.display import HTML\nHTML({html!r})")
    text = trying.run(cell)
    assert "kept" in text
    assert "styled" in text
    box = cell.locator(".live-output .text_html")
    box.locator("b").click()
    assert trying.page.evaluate("window.ran") is None
    assert not box.locator("script, img, iframe, form, input, foreignObject, animate").count()
    assert box.locator("a").first.get_attribute("href") is None
    assert box.locator("p").first.get_attribute("style") is None
    assert len(trying.requests) == before


def test_progress_of_training_is_shown_in_the_bar(trying: LivePage) -> None:
    cell = trying.page.locator(".live-try")
    trying.type_into(
        cell, "import time\nfrom tqdm.auto import tqdm\nfor _ in tqdm(range(40)):\n    time.sleep(0.05)"
    )
    cell.locator(".live-tools button").first.click()
    trying.page.wait_for_function(
        "() => { const { hidden, max } = document.querySelector('.live-progress');"
        " return !hidden && max === 40; }"
    )
    trying.wait()
    assert not trying.page.locator(".live-progress").is_visible()
