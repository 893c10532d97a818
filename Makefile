# Every target that a person needs, each with its line of help. Everything runs in .venv, made on first use.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
LOCK := $(BIN)/pip-compile --quiet --strip-extras --generate-hashes --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --allow-unsafe --no-header
WORKERS ?= 2

.PHONY: help
help: ## show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.venv/made: requirements/build.txt requirements/runtime.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12 ...")'
	@echo "Making .venv from the pinned requirements, once; this takes about a minute." >&2
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(PIP) install --require-hashes -r requirements/build.txt
	@$(PIP) install --require-hashes -r requirements/runtime.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

.venv/made-charts: .venv/made requirements/charts.txt
	@$(PIP) install --require-hashes -r requirements/charts.txt
	@touch $@

.venv/made-dev: .venv/made requirements/dev.txt
	@$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

.venv/made-bench: .venv/made-dev requirements/bench.txt
	@$(PIP) install --require-hashes -r requirements/bench.txt
	@touch $@

.PHONY: setup
setup: .venv/made-dev ## make .venv with everything that the checks and tests need

.PHONY: demo
demo: .venv/made-charts ## run the whole job offline on real posts that ship with the project
	@$(BIN)/overheard demo

.PHONY: test
test: .venv/made-dev ## run all tests, on SQLite and (where it is installed) on PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup

.PHONY: coverage
coverage: .venv/made-dev ## run all tests and show which branches they miss; of scoring, none may be
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadgroup --cov --cov-report=term
	@$(BIN)/coverage report --include='scoring/*' --fail-under=100

.PHONY: format
format: .venv/made-dev ## write every file as the formatter wants it
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: lint
lint: .venv/made-dev ## formatting, lint, types, import contract
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

.PHONY: check
check: lint test ## everything that must hold before a change lands

.PHONY: zones
zones: .venv/made-dev ## count the digests of each local date in every time zone, 2000 to 2037
	OVERHEARD_ALL_ZONES=1 $(BIN)/python -m pytest -q -n $(WORKERS) -o timeout=0 tests/overheard/test_every_zone.py

.PHONY: drill
drill: .venv/made-dev ## kill it 200 times at random moments and count what is lost or doubled
	$(BIN)/python -m tests.drill --rounds 200

.PHONY: bench
bench: .venv/made-bench ## measure every figure that the project claims, against its named peer
	$(BIN)/python -m bench

.PHONY: languages
languages: .venv/made-dev ## bring the catalogs of translations up to date with the sentences of the code
	@$(BIN)/python -m docs.languages

.PHONY: golden
golden: .venv/made-dev ## write the golden files of the digest anew; read the difference before it is committed
	OVERHEARD_REFRESH_GOLDEN=1 $(BIN)/python -m pytest -q tests/notifier/test_golden.py

.PHONY: screenshots
screenshots: .venv/made-charts ## draw the pictures of the docs from the demo, and pages of five shapes into build/screenshots
	$(BIN)/python -m docs.screenshots

.PHONY: lock
lock: .venv/made-dev ## pin the newest versions, with hashes
	$(PIP) install pip-tools
	$(LOCK) --upgrade --output-file requirements/build.txt requirements/build.in
	$(LOCK) --upgrade --output-file requirements/runtime.txt pyproject.toml
	$(LOCK) --upgrade --output-file requirements/charts.txt requirements/charts.in
	$(LOCK) --upgrade --output-file requirements/dev.txt requirements/dev.in
	$(LOCK) --upgrade --output-file requirements/bench.txt requirements/bench.in

.PHONY: clean
clean: ## remove what the targets above have made
	rm -rf .venv build dist *.egg-info overheard-demo .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis
