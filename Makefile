# The peer challenge workbook. `make` alone prints what there is.
# Every target sets up what it needs: on a fresh machine each works from nothing.

SHELL := /bin/sh
.DEFAULT_GOAL := menu
.PHONY: menu setup pack test bench bench-soak bench-all bench-admission bench-torture check bench-intake bench-truth bench-trace bench-causes bench-site reference lock lab strip hooks clean

PYTHON ?= python3
BIN := .venv/bin
LOCKED := .venv/.locked
READY := .venv/.ready
VALIDATORS := .validators/.ready

PACKS := liverpool/2022-23-Q4 liverpool/2024-25-Q1 sefton/2010-11-Q1 sefton/2024-25-Q3 \
	northborough/2024-25-Q1
REAL ?= ../shared/real
REFERENCE := reports/liverpool/2024-25-Q1/v001
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input

menu: ## Print this menu
	@echo "The peer challenge workbook. Say: make TARGET"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | \
		while IFS='|' read -r name does; do printf '  %-16s%s\n' "$$name" "$$does"; done

setup: $(READY) ## Make .venv from requirements.lock; done once, and again when the lock changes

# The stamp is written last, so a .venv that was interrupted does not count; --clear begins anew.
$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "The workbook needs Python 3.11 or later; '$(PYTHON)' is" \
			"$$($(PYTHON) --version 2>&1 || echo 'not there')." >&2; \
		echo "Install one, or name it: make setup PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv from requirements.lock; the first time takes a minute or two." >&2
	@$(PYTHON) -m venv --clear .venv
	@$(PIP) --require-hashes -r requirements.lock
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(PIP) --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q lib
	@$(BIN)/python -m peerpack.kernels install >/dev/null
	@touch $@

# Tools that judge a pack as a stranger would. Apart from .venv: one of them holds back libraries.
$(VALIDATORS): tests/validators/requirements.lock tests/validators/package-lock.json | $(LOCKED)
	@$(PYTHON) -m venv --clear .validators
	@.validators/bin/python -m pip install --quiet --disable-pip-version-check --no-input \
		--require-hashes -r tests/validators/requirements.lock
	@cp tests/validators/package.json tests/validators/package-lock.json .validators
	@npm ci --prefix .validators --ignore-scripts --no-audit --no-fund --loglevel=error \
		--fetch-timeout=60000 --fetch-retries=1 >&2 || \
		echo "No HTML checker: npm is missing or could not fetch it. Its tests will be skipped." >&2
	@touch $@

pack: setup ## Build the packs of every council that ships, and print their paths
	@set -e; for pack in $(PACKS); do $(BIN)/peerpack build "$${pack%/*}" "$${pack#*/}"; done; \
	if [ -d "$(REAL)/trafford/2024-25-Q4" ]; then \
		$(BIN)/peerpack build trafford 2024-25-Q4 --data "$(REAL)"; \
	else \
		echo "trafford 2024-25-Q4 is not built: its real payments are not at $(REAL)" >&2; \
	fi

test: setup $(VALIDATORS) ## Run every test, then run the reference pack's notebooks again and compare
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder
	$(BIN)/python -m pytest --nbval --nbval-kernel-name peerpack $(REFERENCE)/notebooks

ROUNDS ?= 5
bench: setup ## Measure each figure of speed beside its baseline; wants a quiet machine
	$(BIN)/python tests/benchmarks/run.py --rounds $(ROUNDS) --write

BUILDS ?= 200
bench-soak: setup ## Build 200 packs, two at a time: no failed start, orphan or growth (BUILDS)
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	$(BIN)/python tests/benchmarks/soak.py $(BUILDS) >"$$new/soak.json"; \
	$(BIN)/python tests/benchmarks/run.py --add soak "$$new/soak.json"

BODIES ?= 30
bench-all: setup ## Build 30 invented councils; nothing of one is in another's pack (BODIES)
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	$(BIN)/python tests/benchmarks/all_councils.py $(BODIES) >"$$new/all.json"; \
	$(BIN)/python tests/benchmarks/run.py --add all_councils "$$new/all.json"

bench-admission: setup ## Measure what admitting costs, against bounds: time, memory and cache
	$(BIN)/python -m pytest -s tests/benchmarks/bench_admission.py

bench-torture: setup ## Read drawn tables and mutated files by the thousand: about half an hour
	PEERPACK_TORTURE=1 $(BIN)/python -m pytest -s tests/sources/test_mutations.py

check: setup ## Format, lint, types, import contracts, notebook shape: under a minute
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m peerpack.notebooks lint notebooks/*.ipynb

SEEDS ?= 20
QUARTERS ?= 8
SCALE ?= 0.1
bench-intake: setup ## Hold the intake against generated returns with known faults (SEEDS, SCALE)
	$(BIN)/python -m peerpack.demo.years.bench --seeds $(SEEDS) --quarters $(QUARTERS) --scale $(SCALE)

bench-truth: setup ## Build invented councils and hold every figure against the truth (SEEDS)
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; for s in $$(seq $(SEEDS)); do \
	$(BIN)/peerpack demo "$$new/$$s" --quarters $(QUARTERS) --seed $$s --scale $(SCALE) --no-faults; \
	for q in "$$new/$$s"/northborough/*-Q?; do $(BIN)/peerpack build northborough $$(basename $$q) \
	--data "$$new/$$s" --reports "$$new/r$$s"; done; \
	$(BIN)/python -m peerpack.demo.years.judge_pack "$$new/$$s/northborough" "$$new/r$$s"; done

SEED ?= 1
NUMBER ?= 200
bench-trace: setup ## Trace figures drawn from two packs and work each out from its raw lines alone
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	$(BIN)/peerpack build northborough 2024-25-Q1 --reports "$$new"; \
	$(BIN)/peerpack build trafford 2024-25-Q4 --data "$(REAL)" --reports "$$new"; \
	$(BIN)/python tests/recompute/draw.py --seed $(SEED) --number $(NUMBER) \
	"$$new/northborough/2024-25-Q1/v001=data" "$$new/trafford/2024-25-Q4/v001=$(REAL)"

bench-causes: setup ## Reproduce a pack elsewhere, then change one input of each kind and see it named
	$(BIN)/python tests/packs/eight_causes.py

COUNCIL ?= northborough
QUARTER ?= 2024-25-Q1
bench-site: setup ## Measure what the pages and each document of a pack cost (COUNCIL, QUARTER)
	$(BIN)/python tests/benchmarks/bench_site.py $(COUNCIL) $(QUARTER) --data $(REAL)

# The earlier quarter is built first, because a pack compares itself with the one before it: so
# `make pack` in a fresh clone finds that nothing changed since the reference pack.
reference: setup ## Build the committed reference pack anew and replace it whole
	@set -e; new=$$(mktemp -d); trap 'rm -rf "$$new"' EXIT; \
	$(BIN)/peerpack build liverpool 2022-23-Q4 --reports "$$new"; \
	$(BIN)/peerpack build liverpool 2024-25-Q1 --reports "$$new"; \
	$(BIN)/peerpack verify "$$new/liverpool/2024-25-Q1/v001"; \
	mkdir -p $(dir $(REFERENCE)); rm -rf $(REFERENCE); \
	cp -R "$$new/liverpool/2024-25-Q1/v001" $(REFERENCE); echo $(REFERENCE)

lock: ## Make requirements.lock from pyproject.toml (needs uv)
	@command -v uv >/dev/null || { echo "make lock needs uv; nothing else does." >&2; exit 1; }
	uv pip compile pyproject.toml --group dev --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header \
		--quiet --output-file requirements.lock
	uv pip compile tests/validators/requirements.in --universal --python-version 3.11 \
		--generate-hashes --no-emit-index-url --no-annotate --no-header \
		--quiet --output-file tests/validators/requirements.lock

lab: setup ## Open the notebooks in JupyterLab
	$(BIN)/jupyter lab notebooks

strip: setup ## Take outputs and counts out of the notebooks
	$(BIN)/python -m peerpack.notebooks strip notebooks/*.ipynb

hooks: setup ## Have git check every commit: no outputs, no faults, no personal data
	$(BIN)/pre-commit install

clean: ## Remove caches and what interrupted builds left; packs and .venv stay
	rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	rm -rf reports/.runs reports/.scratch reports/.locks reports/.admitted reports/.built reports/.ran \
		reports/.durations.json
	find lib tests -name __pycache__ -type d -prune -exec rm -rf {} +
