"""Where the browser is that the tools drive, and how it is started."""

import os
import shutil

__all__ = ["ARGUMENTS", "MISSING", "find"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# The same engine without the browser's own windows and menus: a page costs it less work.
SHELLS = ("chromium-headless-shell", "chrome-headless-shell")
MISSING = f"no Chromium was found; set CHROMIUM or install one of {', '.join(NAMES)}"


def find(shell: bool = False) -> str | None:
    """Return the path of Chromium or Chrome, or None if there is none; if asked for, first of a shell."""
    names = [*SHELLS, *NAMES] if shell else NAMES
    return next((path for path in [os.environ.get("CHROMIUM"), *map(shutil.which, names)] if path), None)
