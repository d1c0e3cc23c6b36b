"""Where the browser is that the tools drive, and how it is started."""

import os
import shutil

__all__ = ["ARGUMENTS", "MISSING", "find"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
MISSING = f"no Chromium was found; set CHROMIUM or install one of {', '.join(NAMES)}"


def find() -> str | None:
    """Return the path of Chromium or Chrome, or None if there is none."""
    return next((path for path in [os.environ.get("CHROMIUM"), *map(shutil.which, NAMES)] if path), None)
