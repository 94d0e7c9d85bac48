# Everything one needs: python3 (3.11 or newer) and make. Any target makes the environment first.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input

# The lock names every library there is, so none has to be looked for: one half of them is installed beside the other,
# and compiled afterwards with every processor, but for what is loaded in small parts or never.
LOCKED := $(PIP) install --quiet --no-compile --no-deps --require-hashes --requirement
LAZY := /(twilio/rest|phonenumbers|stripe|pip|mypy|mypyc|setuptools|pygments/lexers)/

# Compiled modules are kept: every process and every sandbox of a moment loads the same ones.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test matrix check fmt lock .venv

help: ## Show this list
	@grep -hE '^[a-z.]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z.]+):.*## (.*)/  make \1\t\2/' | expand -t 16

run: .venv ## Bring up everything on this machine, no accounts needed
	@$(BIN)/segue up

# One more than there are processors: a story waits as often as it computes.
RUNNERS := $(shell expr $$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2) + 1)

# Databases, browsers' profiles and logs of tests: in memory, where that has room for them.
test: export TMPDIR := $(or $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print "/dev/shm" }'),$(TMPDIR),/tmp)
test: .venv ## Run every test; none needs the internet or an account
	@$(BIN)/pytest -n $(RUNNERS) --dist loadfile --no-loadscope-reorder

matrix: .venv ## Play every moment over every switch of channel; writes matrix.html
	@$(BIN)/python -m tests.matrix.table

check: .venv ## Hold the code to its rules: lint, format, types, layers
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy --num-workers 2
	@$(BIN)/lint-imports --no-logo

fmt: .venv ## Format the code and mend what ruff can mend
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

lock: ## Work out requirements.lock anew from pyproject.toml
	@dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && $(PYTHON) -m venv "$$dir" \
	  && "$$dir/bin/pip" --disable-pip-version-check install --quiet uv \
	  && "$$dir/bin/uv" pip compile pyproject.toml --extra dev --python-version 3.11 --universal --generate-hashes \
	       --no-emit-index-url --no-header --no-annotate --quiet --output-file requirements.lock

.venv: .venv/.project ## Make the environment from requirements.lock

# Two stamps: the libraries follow the lock, the project's own entry follows pyproject.toml. A second run costs nothing.
.venv/.project: .venv/.locked pyproject.toml
	@$(PIP) install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.locked: requirements.lock | .venv/bin/pip
	@echo "Installing the libraries of requirements.lock; about a minute the first time."
	@awk '/^[^ #]/ { n++ } { print > (".venv/part" n % 2) }' requirements.lock
	@$(LOCKED) .venv/part0 & other=$$!; $(LOCKED) .venv/part1 && wait $$other
	@$(BIN)/python -m compileall -qq -j 0 -x '$(LAZY)' .venv/lib || true
	@touch $@

.venv/bin/pip:
	@command -v $(PYTHON) >/dev/null || { echo "Segue needs Python 3.11 or newer, and there is no $(PYTHON) here." \
	  "Install it, or name one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Segue needs Python 3.11 or newer," \
	  "and $(PYTHON) is $$($(PYTHON) --version 2>&1). Name a newer one: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "No environment could be made. On Debian: apt-get install python3-venv" >&2; exit 1; }
