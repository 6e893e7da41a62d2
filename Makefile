# make digest   sets everything up and builds an issue from sample/
# make test     sets everything up and passes the tests
# make preview  opens the sample's issue in the browser
# make check    lint, types and tests with coverage, as .ci/run does

PYTHON ?= python3
BIN := .venv/bin
# Debian keeps venv in a package of its own.
VENV_PACKAGE = { [ "$$(id -u)" = 0 ] && apt-get update -qq && apt-get install -y -qq python3-venv >/dev/null; } \
	|| { echo "Python has no venv here: apt-get install python3-venv"; exit 1; }

.PHONY: digest test preview check install

digest: .venv/ready
	@$(BIN)/digest build --config sample/digest.toml

test: .venv/ready
	@$(BIN)/python -m pytest

preview: .venv/ready
	@$(BIN)/digest preview --open --config sample/digest.toml

check: .venv/ready
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/python -m pytest --cov --cov-report=term

install: .venv/ready

.venv/ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "digest needs Python 3.11 or newer; name it with make PYTHON=python3.12 …"; exit 1; }
	@echo "Setting up .venv (once, about a minute) …"
	@$(PYTHON) -m venv .venv >/dev/null 2>&1 || $(VENV_PACKAGE) && $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[test]'
	@touch $@
