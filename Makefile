# Everything installs into .venv; see README.md for the plain pip lines (Windows).
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint model bench clean

run: $(VENV)/.run
	@$(BIN)/markup-assistant suggest data/samples/*

test: $(VENV)/.test
	@$(BIN)/python -m pytest --cov --cov-report=term:skip-covered

lint: $(VENV)/.lint
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy && $(BIN)/lint-imports

# Trains the default model from data/ and kle_catalogue/; the same data give the same model.
model: $(VENV)/.test
	@$(BIN)/python -m markup_assistant.learning

bench: $(VENV)/.test
	@$(BIN)/python benchmarks/quality.py && $(BIN)/python benchmarks/budgets.py

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .coverage dist

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || (echo "Python 3.11 or newer is needed: make run PYTHON=python3.12" >&2; exit 1)
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.run: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(VENV)/.test: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@ $(VENV)/.run

$(VENV)/.lint: pyproject.toml | $(VENV)/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[lint]'
	@touch $@ $(VENV)/.test $(VENV)/.run
