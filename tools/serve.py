"""Serve the built site on this machine.

Usage: python tools/serve.py [PORT]
"""

import errno
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

SITE = "_build/html"


class Handler(SimpleHTTPRequestHandler):
    """A request handler that names scripts and WebAssembly rightly, whatever this machine has on record."""

    extensions_map = {  # noqa: RUF012 (the base class has it so)
        **SimpleHTTPRequestHandler.extensions_map,
        ".js": "text/javascript",
        ".wasm": "application/wasm",
        ".bin": "application/octet-stream",
    }


def main(arguments: list[str]) -> int:
    """Serve until Ctrl-C; return the exit code."""
    text = arguments[0] if arguments else "8000"
    if not text.isdecimal() or not 0 <= int(text) < 65536:
        print(f"The port must be a number from 0 to 65535, got {text!r}.", file=sys.stderr)
        return 2
    try:
        server = ThreadingHTTPServer(("127.0.0.1", int(text)), partial(Handler, directory=SITE))
    except OSError as error:
        why = "is in use" if error.errno == errno.EADDRINUSE else f"cannot be opened ({error.strerror})"
        print(f"Port {text} {why}. Choose another one: make serve PORT=8001", file=sys.stderr)
        return 1
    print(f"The book is at http://127.0.0.1:{server.server_port} until you press Ctrl-C.", flush=True)
    with server:
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
