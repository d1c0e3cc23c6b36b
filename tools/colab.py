"""Make the copies of the notebooks that Colab opens: no outputs, and a first cell that installs the book.

Usage: python tools/colab.py

The cell names the `repository` of ``_config.yml``. Without one on GitHub, the one code host that Colab reads,
there are no copies, and those of an earlier time are deleted.
"""

import copy
import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "colab"
KNOWN = re.compile(r"https://(?:www\.)?github\.com/[^/]+/[^/]+$")
FIRST = """\
# In Colab this installs the book's code and lets its explorers run; elsewhere it does nothing.
import sys

if "google.colab" in sys.modules:
    import subprocess

    from google.colab import output

    package = "rnn-book[widgets] @ git+{repository}"
    subprocess.run([sys.executable, "-m", "pip", "install", "--quiet", package], check=True)
    output.enable_custom_widget_manager()
"""


def repository(root: Path) -> str:
    """Return the setting, without a slash at its end."""
    settings = yaml.safe_load((root / "_config.yml").read_text(encoding="utf-8"))
    return str(settings["sphinx"]["config"]["repository"]).rstrip("/")


def for_colab(notebook: dict[str, Any], address: str) -> dict[str, Any]:
    """Return the copy of a notebook."""
    made = copy.deepcopy(notebook)
    source = FIRST.format(repository=address).splitlines(keepends=True)
    first = {"cell_type": "code", "id": "colab", "metadata": {}, "source": source}
    made["cells"].insert(0, first)
    for cell in made["cells"]:
        if cell["cell_type"] == "code":
            cell |= {"execution_count": None, "outputs": []}
    return made


def copies(root: Path) -> dict[str, str]:
    """Return the text of each copy by its name; none without a repository that Colab can read."""
    address = repository(root)
    if not KNOWN.match(address):
        return {}
    found = {}
    for path in sorted((root / "notebooks").glob("*.ipynb")):
        made = for_colab(json.loads(path.read_text(encoding="utf-8")), address)
        found[path.name] = json.dumps(made, indent=1, ensure_ascii=False) + "\n"
    return found


def main(root: Path = ROOT) -> int:
    """Write the copies; return the exit code."""
    folder, made = root / FOLDER, copies(root)
    shutil.rmtree(folder, ignore_errors=True)
    if not made:
        print("No copies for Colab: `repository` in _config.yml names no repository on GitHub.")
        return 0
    folder.mkdir()
    for name, text in made.items():
        (folder / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} copies for Colab are in {FOLDER}/. Commit them.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
