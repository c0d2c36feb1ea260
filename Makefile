# Two commands do it all: `make demo` and `make test`. Both set up first; Python 3.11+ is all that must be there.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo

.PHONY: demo test check format bench floors lock clean

demo: $(READY)
	@mkdir -p $(DEMO) && rm -f $(DEMO)/withdrawal.case*
	$(BIN)/dragoman read examples/withdrawal --case $(DEMO)/withdrawal.case
	@echo
	$(BIN)/dragoman timeline $(DEMO)/withdrawal.case
	@echo
	$(BIN)/dragoman report $(DEMO)/withdrawal.case -o $(DEMO)/report.html
	@echo "open $(DEMO)/report.html in a browser: click a fact to see its sentence"

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY)
	$(BIN)/ruff format --check src tests quality
	$(BIN)/ruff check src tests quality
	$(BIN)/mypy
	$(BIN)/python quality/check_floors.py

format: $(READY)
	$(BIN)/ruff format src tests quality
	$(BIN)/ruff check --fix src tests quality

docs/commands.md: $(READY) src/dragoman/cli/*.py
	$(BIN)/python quality/manual.py

bench: $(READY)
	$(BIN)/python quality/bench.py --write docs/quality.md

# Raise the floors to the figures reached now. Lowering one is done by hand, with a reason beside it.
floors: $(READY)
	$(BIN)/python quality/check_floors.py --raise

lock:
	uv pip compile --universal --generate-hashes --no-header --extra dev pyproject.toml -o requirements.lock

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dragoman needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

clean:
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis
