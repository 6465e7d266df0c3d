# make run    convert the fixtures into out/ and print the table (sets up .venv by itself)
# make test   everything the tests need, then the tests
# make lint types golden gate docs wheel bench clean

SHELL := /bin/bash
VENV ?= .venv
BIN := $(VENV)/bin
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3; do \
  $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && command -v $$p && break; done)
CHECKED := build/types

.DEFAULT_GOAL := help
.PHONY: help run test lint types golden gate docs wheel bench clean

help:
	@sed -n '1,/^$$/s/^# //p' Makefile

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "No Python 3.11 or later was found. Install one, or name it: make PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); \
	  echo "$(PYTHON) cannot make a virtual environment. On Debian and Ubuntu: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[stores]'
	@touch $@

$(VENV)/.dev: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@ $(VENV)/.run

run: $(VENV)/.run
	$(BIN)/jihua convert fixtures -o out

test: $(VENV)/.dev
	$(BIN)/python -m pytest

lint: $(VENV)/.dev
	$(BIN)/ruff check .

# mypy is shown the package under its own name: a folder `jihua` of links to the rooms
types: $(VENV)/.dev
	@rm -rf $(CHECKED) && mkdir -p $(CHECKED)/jihua
	@for part in *.py py.typed $$(dirname */__init__.py); do ln -s "$(CURDIR)/$$part" $(CHECKED)/jihua/; done
	MYPYPATH=$(CHECKED) $(BIN)/mypy --package jihua

golden: $(VENV)/.dev
	$(BIN)/python tests/golden.py

gate: $(VENV)/.dev
	$(BIN)/python tests/gate.py

docs: $(VENV)/.dev
	$(BIN)/python docs/generate.py

# the wheel, tried in an environment of its own: the tests must pass without the source tree on the path
wheel: $(VENV)/.dev
	@rm -rf dist build/lib build/wheel
	$(BIN)/python -m build --quiet --wheel --outdir dist
	$(BIN)/python -m venv build/wheel
	build/wheel/bin/python -m pip install --quiet --disable-pip-version-check "$$(ls dist/*.whl)[dev]"
	build/wheel/bin/python -c 'import jihua; assert "site-packages" in jihua.__file__, jihua.__file__'
	build/wheel/bin/python -m pytest

build/peers/.made: bench/peers.txt | $(BIN)/python
	@$(PYTHON) -m venv build/peers && build/peers/bin/python -m pip install --quiet --upgrade pip
	build/peers/bin/python -m pip install --quiet --disable-pip-version-check -r bench/peers.txt
	@touch $@

bench: $(VENV)/.dev build/peers/.made
	$(BIN)/python bench/all.py --peers build/peers/bin/python

clean:
	rm -rf build dist out .pytest_cache .mypy_cache .ruff_cache
