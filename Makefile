# Everything a developer runs. Needs Python 3.11 or newer and, for the explorer's browser tests, Chromium.

PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin

.PHONY: help demo test lint docs check clean

help:
	@echo 'make demo   set up, build the graph of the guides in seeds/, say what was found'
	@echo 'make test   set up, run the tests'
	@echo 'make check  lint, types, tests and generated documentation'
	@echo 'make docs   write the generated documentation anew'
	@echo 'make clean  remove the environment and what tools left behind'

demo: $(VENV)/.installed
	$(BIN)/kg build seeds --out exports

test: $(VENV)/.installed-dev
	$(BIN)/python -m pytest

lint: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy docs/generate.py

docs: $(VENV)/.installed
	$(BIN)/python docs/generate.py

check: lint test
	$(BIN)/python docs/generate.py --check

clean:
	rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find kg tests benchmarks docs -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.installed: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

# Dependency groups came with pip 25.1; the pip of a new environment may be older.
$(VENV)/.installed-dev: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet --editable . --group dev
	touch $(VENV)/.installed $@
