# Every target sets itself up. A fresh clone, make, and Python 3.11 or later with venv and pip are enough.
# Another Python: `make test PYTHON=python3.12`. Another place to install: `make test VENV=/somewhere`.

PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
export PYTHON

INSTALLED := $(VENV)/.installed
FOR_BENCHMARKS := $(VENV)/.installed-for-benchmarks
FOR_EDITORS := $(VENV)/.installed-for-editors

.PHONY: help demo test lint format types architecture docs docs-check wheel check bench clean

help:
	@echo "make demo          protocol check on an example case"
	@echo "make test          the tests"
	@echo "make check         all that has to pass: what .ci/run does"
	@echo "make lint          style; make format mends what can be mended"
	@echo "make types         strict types"
	@echo "make architecture  the stages import one way"
	@echo "make docs          write the generated files; make docs-check says whether they are current"
	@echo "make wheel         build the wheel, install it elsewhere and try it"
	@echo "make bench         the benchmarks"
	@echo "make clean         remove what was installed and built"

demo: $(INSTALLED)
	@echo "protocol check examples/referral.yaml"
	@$(BIN)/protocol check examples/referral.yaml || [ $$? -eq 1 ]  # 1: a gap, which is the answer

test: $(INSTALLED) $(FOR_EDITORS)
	$(BIN)/python -m pytest -q -n 2

lint: $(INSTALLED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(INSTALLED)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(INSTALLED)
	$(BIN)/python -m mypy

architecture: $(INSTALLED)
	$(BIN)/lint-imports

docs: $(INSTALLED)
	$(BIN)/python -m engine.load.build
	$(BIN)/python -m engine.cli.pages

docs-check: $(INSTALLED)
	$(BIN)/python -m engine.load.build --check
	$(BIN)/python -m engine.cli.pages --check

wheel: $(INSTALLED)
	.ci/try-wheel $(VENV)

check: lint architecture docs-check types demo test wheel

bench: $(FOR_BENCHMARKS)
	$(BIN)/python -m benchmarks

clean:
	rm -rf .venv build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis

$(INSTALLED): pyproject.toml .ci/install
	.ci/install $(VENV) dev -e .
	@touch $@

$(FOR_EDITORS): $(INSTALLED) .ci/install-editor .ci/editor/package-lock.json
	.ci/install-editor $(VENV)
	@touch $@

$(FOR_BENCHMARKS): $(INSTALLED)
	.ci/install $(VENV) benchmarks -e .
	@touch $@
