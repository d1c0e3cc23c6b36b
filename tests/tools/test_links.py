"""The check of outside links finds the addresses that an author wrote, and tells gone from refused."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))

import links


class Host(BaseHTTPRequestHandler):
    asked: list[str] = []  # noqa: RUF012

    def do_GET(self):
        self.asked.append(self.path)
        code = 503 if self.path == "/late" and self.asked.count("/late") < 2 else 0
        self.send_response(code or {"/gone": 404, "/shy": 403}.get(self.path, 200))
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture
def host(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(links, "EXAMPLES", links.re.compile("never"))
    Host.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_addresses_are_found_as_an_author_writes_them():
    text = """See [here](https://a.org/x_(y)), <https://b.org/z#part>, (https://c.org/q?r=1&s=2). Also
    `https://d.org`; **https://e.org/f**, [https://g.org](https://g.org/h/(1)). Not https://books.example/rnn/."""
    assert links.addresses(text) == {
        "https://a.org/x_(y)", "https://b.org/z", "https://c.org/q?r=1&s=2", "https://d.org", "https://e.org/f",
        "https://g.org", "https://g.org/h/(1)",
    }  # fmt: skip


def test_of_a_notebook_only_the_text_counts(tmp_path):
    path = tmp_path / "a.ipynb"
    cells = [
        {"cell_type": "markdown", "source": ["https://a.org\n", "more"]},
        {"cell_type": "code", "source": ["'https://b.org'"]},
    ]
    path.write_text(json.dumps({"cells": cells}))
    assert links.addresses(links.text_of(path)) == {"https://a.org"}


def test_gone_refused_late_and_there(host, tmp_path, capsys):
    page = tmp_path / "page.md"
    page.write_text(" ".join(f"<{host}/{name}>" for name in ("gone", "shy", "late", "there")))
    assert links.check([page], tries=2, wait=0.0) == [f"{host}/gone"]
    said = capsys.readouterr().out
    assert "/gone (page.md): 404" in said
    assert "/shy (page.md): ? 403" in said
    assert "4 addresses, 1 of them gone" in said


def test_a_host_that_does_not_answer_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(links, "EXAMPLES", links.re.compile("never"))
    page = tmp_path / "page.md"
    page.write_text("<http://127.0.0.1:9/>")
    assert links.check([page], tries=1, wait=0.0) == ["http://127.0.0.1:9/"]


def test_the_book_has_links_to_check():
    found = set().union(*(links.addresses(links.text_of(path)) for path in links.sources()))
    assert len(found) > 40
    assert any(address.startswith("https://doi.org/10.") for address in found)
