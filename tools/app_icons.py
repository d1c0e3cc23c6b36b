"""Draw the icons of the installed book from the logo; needs Chromium.

Usage: python tools/app_icons.py
"""

import base64
import io
import sys
from pathlib import Path
from typing import Any

import chromium
from PIL import Image

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "book" / "_static"
# Size, and how much of it the logo takes: a system may cut a circle out of a maskable icon.
ICONS = {"icon-192.png": (192, 0.9), "icon-512.png": (512, 0.9), "icon-maskable-512.png": (512, 0.56)}
PAGE = """<body style="margin: 0; display: grid; place-items: center; height: 100vh; background: white">
<img alt="" src="data:image/svg+xml;base64,{logo}" style="width: {part}%">"""


def draw(browser: Any, name: str) -> bytes:
    """Return an icon as PNG, with as few colours as it needs."""
    size, part = ICONS[name]
    page = browser.new_page(viewport={"width": size, "height": size})
    logo = base64.b64encode((STATIC / "logo.svg").read_bytes()).decode()
    page.set_content(PAGE.format(logo=logo, part=100 * part))
    page.locator("img").evaluate("image => image.decode()")
    whole = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.close()
    made = io.BytesIO()
    whole.quantize(64).save(made, "PNG", optimize=True)
    return made.getvalue()


def main() -> int:
    """Write the icons; return the exit code."""
    from playwright.sync_api import sync_playwright

    executable = chromium.find()
    if executable is None:
        print(chromium.MISSING, file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        for name in ICONS:
            (STATIC / name).write_bytes(draw(browser, name))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
