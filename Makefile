# Every target sets up what it needs: a virtual environment in .venv with citekit, its extras and its tools.
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PYWB := .venv-pywb
DOCUMENTS := $(sort $(wildcard references/*/document.*))
DEMO_STORE := demo/references.db
DEMO_BIB := demo/references.bib

.PHONY: help demo test lint docs bench conformance clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "citekit needs Python 3.11 or later as $(PYTHON); install it (Debian, Ubuntu: apt install python3 python3-venv) or run: make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "citekit needs Python 3.11 or later, $(PYTHON) is $$($(PYTHON) -V 2>&1); run: make PYTHON=/path/to/python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) cannot make virtual environments; install them (Debian, Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	extras=$$($(BIN)/python .ci/extras); \
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[$$extras]"
	@touch $@

demo: $(READY) ## run the main job on the worked examples in references/
	@mkdir -p demo
	@rm -f $(DEMO_STORE) $(DEMO_STORE)-wal $(DEMO_STORE)-shm
	$(BIN)/citekit extract $(DOCUMENTS)
	$(BIN)/citekit add $(DOCUMENTS) --store $(DEMO_STORE)
	$(BIN)/citekit works --store $(DEMO_STORE)
	$(BIN)/citekit export --format biblatex --store $(DEMO_STORE) --output $(DEMO_BIB)
	@echo "store: $(DEMO_STORE), bibliography: $(DEMO_BIB)"

test: $(READY) ## run the tests
	$(BIN)/python -m pytest -n 2 --dist loadgroup

lint: $(READY) ## check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(READY) ## build the documentation in site/
	NO_MKDOCS_2_WARNING=true $(BIN)/mkdocs build --quiet --strict --config-file .ci/mkdocs.yml

bench: $(READY) ## measure speed, also of a store and of finding duplicates
	$(BIN)/python -m benchmarks.speed
	$(BIN)/python -m benchmarks.link_speed
	$(BIN)/python -m benchmarks.folder_speed
	$(BIN)/python -m benchmarks.pdf_speed
	$(BIN)/python -m benchmarks.format_speed
	$(BIN)/python -m benchmarks.styles
	$(BIN)/python -m benchmarks.store_scale
	$(BIN)/python -m benchmarks.dedupe

$(PYWB)/.ready:
	$(PYTHON) -m venv $(PYWB)
	$(PYWB)/bin/python -m pip install --quiet --disable-pip-version-check 'pywb>=2.8'
	@touch $@

conformance: $(READY) $(PYWB)/.ready ## measure accuracy on the gold documents, read 20,000 odd strings and 1,363 .bib files, damage documents, injure stores at 200 points, show captures in pywb
	$(BIN)/python -m benchmarks.accuracy
	$(BIN)/python -m benchmarks.any_text
	$(BIN)/python -m benchmarks.link_verdicts
	$(BIN)/python -m benchmarks.memento_verdicts
	$(BIN)/python -m benchmarks.bibtex_corpus
	$(BIN)/python -m benchmarks.bib_conformance
	CITEKIT_PYWB=$(CURDIR)/$(PYWB)/bin $(BIN)/python -m pytest tests/archive/test_pywb.py
	CITEKIT_DAMAGED=200 $(BIN)/python -m pytest tests/readers/test_damaged.py
	CITEKIT_FAULTS=200 CITEKIT_SIDE_BY_SIDE=60 $(BIN)/python -m pytest tests/store/test_injected_faults.py

clean: ## remove the virtual environment, caches and the demo's output
	rm -rf $(VENV) $(PYWB) demo site build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
