# Two commands for a fresh machine with Python 3.11+, pip and make:
#   make run    sets up and reads the documents in raw_docs/ into output/spendtrail.db
#   make test   sets up and passes the tests
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint types lock readme clean

run: $(VENV)/ready
	$(BIN)/spendtrail run

test: $(VENV)/ready
	$(BIN)/python -m pytest

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

$(VENV)/ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Spendtrail needs Python 3.11 or newer")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q extractors normalizers pipeline
	touch $@

# Puts what README.md takes from the code (views, commands, issue codes) in anew.
readme: $(VENV)/ready
	$(BIN)/python -m pipeline.manual

# Needs uv; writes no registry address.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --all-extras --generate-hashes \
	    --no-emit-index-url --no-header --no-annotate -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) output
