"""Messages between Python and the page: lines of JSON out, commands in, and streams of text that end."""

import io
import json
import os
import time
from typing import Any

__all__ = ["OutputLimit", "Stream", "receive", "send"]

CHANNEL = int(os.environ["LIVE_CHANNEL"])
LIMIT = 200_000  # characters of one cell; a page with more is slow, and nobody reads it
PAUSE = 0.05  # seconds between two messages of text: printing a million short lines must not flood the page


class OutputLimit(BaseException):
    """A cell printed more than a page can show; no ``except Exception`` of the cell stops it."""


def send(kind: str, **content: Any) -> None:
    """Send one message to the page."""
    os.write(CHANNEL, (json.dumps({"kind": kind, **content}) + "\n").encode())


def receive() -> dict[str, Any] | None:
    """Wait for the next command; None says that there will be no more."""
    length = _read(10)
    command = _read(int(length)) if length else b""
    return json.loads(command) if command else None


def _read(size: int) -> bytes:
    content = b""
    while len(content) < size:
        part = os.read(CHANNEL, size - len(content))
        if not part:
            return b""
        content += part
    return content


class Stream(io.TextIOBase):
    """What a cell prints to; both streams of a cell share one count."""

    sent = 0

    def __init__(self, name: str) -> None:
        self.name = name
        self._text: list[str] = []
        self._last = 0.0

    encoding = "utf-8"  # type: ignore[assignment]

    def writable(self) -> bool:
        """Say that text can be written."""
        return True

    def write(self, text: str) -> int:
        """Keep a text until the next message, or stop the cell if it has printed too much."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        room = LIMIT - Stream.sent
        Stream.sent += len(text)
        self._text.append(text[: max(room, 0)])
        if Stream.sent > LIMIT:
            self.flush()
            raise OutputLimit
        if time.monotonic() - self._last > PAUSE:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is kept."""
        if self._text and any(self._text):
            send("stream", name=self.name, text="".join(self._text))
        self._text.clear()
        self._last = time.monotonic()
