# `make run` and `make test` are all a newcomer needs: Python 3.11 or newer, make and a package index.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help run test check format lint types contracts smoke bench bench-judgement crashlab fuzz screenshots lock clean

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 18

$(VENV)/.run: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "digest needs Python 3.11 or newer; say make PYTHON=python3.12")'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	touch $@

run: $(VENV)/.run ## set up, then walk the whole line on the sample day
	$(BIN)/digest demo

# html-validate, which judges the mails in tests/browser; without npm those tests are skipped, and counted.
$(VENV)/.node: $(VENV)/.run tests/browser/package-lock.json
	mkdir -p $(VENV)/node && cp tests/browser/package.json tests/browser/package-lock.json $(VENV)/node/
	if npm ci --prefix $(VENV)/node --no-audit --no-fund --silent; then touch $@; else echo "html-validate is not installed: its tests are skipped"; fi

# First on every core (up to four, as each worker may start its browsers), then, one after another, the tests marked
# `alone`. Whatever fails, both are run, and coverage is counted over both.
AT_ONCE := -n auto --maxprocesses 4 --dist worksteal -m "not alone" --cov --cov-report=
ALONE := -m alone --cov --cov-append --cov-report=term:skip-covered --cov-report=json:$(VENV)/coverage.json

test: $(VENV)/.dev $(if $(shell command -v npm),$(VENV)/.node) ## set up, then run the tests
	failed=0; \
	$(BIN)/python -m pytest $(AT_ONCE) || failed=1; \
	$(BIN)/python -m pytest $(ALONE) || failed=1; \
	$(BIN)/python tests/coverage_floor.py $(VENV)/coverage.json || failed=1; \
	exit $$failed

check: $(VENV)/.dev format lint types contracts test ## everything CI checks, once

format: $(VENV)/.dev ## is everything formatted?
	$(BIN)/ruff format --check .

lint: $(VENV)/.dev ## does it follow the chosen rules?
	$(BIN)/ruff check .

types: $(VENV)/.dev ## do the types hold?
	$(BIN)/mypy

contracts: $(VENV)/.dev ## does every room import only what it may?
	$(BIN)/lint-imports

smoke: ## the sample day on another interpreter: make smoke PYTHON=python3.13
	$(PYTHON) -m venv $(VENV)-smoke
	$(VENV)-smoke/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(VENV)-smoke/bin/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	$(VENV)-smoke/bin/python -W error::DeprecationWarning:digest -m digest demo --folder $(VENV)-smoke/demo --fresh

$(VENV)/.bench: $(VENV)/.dev requirements-bench.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $@

bench: $(VENV)/.bench ## measure against the naive stack, in one run
	$(BIN)/python -m tests.bench $(BENCH)

bench-judgement: $(VENV)/.bench ## score grouping, ranking and relevance on labelled stories, beside a plain method
	$(BIN)/python -m tests.judgement $(JUDGEMENT)

ROUNDS ?= 2000
SEED ?= 1
RUSHES ?= 200

crashlab: $(VENV)/.dev ## kill senders at every boundary and see whose books are wrong: ROUNDS=, SEED=, RUSHES=
	$(BIN)/python -m tests.crashlab --rounds $(ROUNDS) --seed $(SEED) --rushes $(RUSHES)

fuzz: $(VENV)/.dev ## change feeds for ten minutes and see whether parsing keeps its laws
	$(BIN)/python -m tests.fuzz $(FUZZ)

screenshots: $(VENV)/.dev ## the letter as its readers meet it, as pictures in docs/pictures
	$(BIN)/python -m tests.browser.screenshots docs/pictures

RESOLVE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

lock: ## resolve the dependencies anew (needs uv on the path)
	$(RESOLVE) pyproject.toml --extra build -o requirements.lock
	$(RESOLVE) pyproject.toml --extra build --group dev -c requirements.lock -o requirements-dev.lock
	$(RESOLVE) --group bench -o requirements-bench.lock

clean: ## forget the environment and the sample day
	rm -rf $(VENV) $(VENV)-smoke var/demo
