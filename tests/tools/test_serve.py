"""The site is served, and a port that cannot be had is told in one sentence."""

import importlib
import mimetypes
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

SERVE = Path(__file__).resolve().parents[2] / "tools" / "serve.py"


def test_the_site_is_served_until_it_is_interrupted(tmp_path):
    (tmp_path / "_build" / "html").mkdir(parents=True)
    (tmp_path / "_build" / "html" / "index.html").write_text("the book")
    command = [sys.executable, str(SERVE), "0"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        address = server.stdout.readline().decode().split()[4]
        with urllib.request.urlopen(f"{address}/index.html", timeout=10) as answer:
            assert answer.read() == b"the book"
        server.send_signal(2)
        assert server.wait(timeout=10) == 0


@pytest.mark.parametrize(
    ("ending", "kind"), [("js", "text/plain"), ("wasm", "application/octet-stream"), ("bin", "text/html")]
)
def test_what_a_machine_has_on_record_does_not_change_what_is_sent(monkeypatch, ending, kind):
    """Windows keeps such records; with a wrong one a browser takes no script."""
    monkeypatch.syspath_prepend(str(SERVE.parent))
    serve = importlib.import_module("serve")
    monkeypatch.setitem(mimetypes.types_map, f".{ending}", kind)
    handler = serve.Handler.__new__(serve.Handler)
    assert handler.guess_type(f"file.{ending}") != kind


def test_a_port_in_use_is_told_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        ended = subprocess.run([sys.executable, str(SERVE), str(port)], capture_output=True, text=True)
    assert ended.returncode == 1
    assert ended.stderr == f"Port {port} is in use. Choose another one: make serve PORT=8001\n"


@pytest.mark.parametrize("port", ["x", "70000", "-1"])
def test_what_is_no_port_is_told(port):
    ended = subprocess.run([sys.executable, str(SERVE), port], capture_output=True, text=True)
    assert ended.returncode == 2
    assert "from 0 to 65535" in ended.stderr
