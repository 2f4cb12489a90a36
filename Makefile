# Everything a developer, a hook or CI runs, is a target of this file.
# Needs Python 3.11 or newer, git and make; the rest comes from requirements.lock into .venv.

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m
STAMP := .venv/.stamp
TOOLS := .tools/.stamp
ARGS ?=
EXIT ?=
DURATION ?= 60s
SEED ?=
REPORT ?=
# Hashes, generated records and packed data: nobody writes a secret there.
NO_SECRETS := requirements.lock deploy/kafka/SHA256SUMS docs/contracts tests/contracts/golden *.xz *.docx
# Tests have numbers and passwords that open nothing, the chart names of secrets; keys and tokens are looked for there, too.
IN_TESTS := HexHighEntropyString Base64HighEntropyString KeywordDetector BasicAuthDetector
CODE := services shared unionstream tests $(wildcard bench)

# Works in a folder whose name has spaces: every path here is relative.
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
SHELL := bash
.SHELLFLAGS := -o pipefail -c
.SUFFIXES:

.PHONY: help
help: ## List what can be made
	@awk 'BEGIN {FS = ":.*## "; print "make TARGET, where TARGET is one of:"} \
		/^[a-z-]+:.*## / {printf "  %-12s %s\n", $$1, $$2}' Makefile

.PHONY: demo
demo: $(STAMP) ## Start everything, load a province and ten summaries, check their figures (EXIT=1: stop after)
	@$(BIN)/unionstream demo $(if $(filter-out 0,$(EXIT)),--exit) $(ARGS)

.PHONY: test
test: $(STAMP) ## Run the tests (ARGS="-k dues -n0" goes to pytest; BROKER=kafka|embedded)
	@$(RUN) pytest $(ARGS)

.PHONY: lint
lint: $(STAMP) ## Check style and format with ruff
	@$(RUN) ruff check .
	@$(RUN) ruff format --check .

.PHONY: types
types: $(STAMP) ## Check types with strict mypy, tests included
	@$(RUN) mypy $(CODE)

.PHONY: arch
arch: $(STAMP) ## Check who may import whom
	@$(BIN)/lint-imports

.PHONY: scan
scan: $(STAMP) ## Look for insecure code with bandit, and for secrets in what git keeps
	@$(BIN)/bandit -q -c pyproject.toml -r services shared unionstream
	@git ls-files -z -- $(NO_SECRETS:%=':!%') ':!tests' ':!deploy' | xargs -0 $(BIN)/detect-secrets-hook
	@git ls-files -z -- tests deploy $(NO_SECRETS:%=':!%') | xargs -0 $(BIN)/detect-secrets-hook $(IN_TESTS:%=--disable-plugin %)

.PHONY: bench
bench: $(STAMP) ## Measure, and print the figures beside their yardsticks
	@$(RUN) bench $(ARGS)

.PHONY: faults
faults: $(STAMP) ## Let everything die under load and audit what is left (DURATION=10m SEED=7 REPORT=FILE)
	@$(RUN) tests.faults.harness --duration $(DURATION) $(if $(SEED),--seed $(SEED)) $(if $(REPORT),--report $(REPORT))

.PHONY: mutants
mutants: $(STAMP) ## Start broken builds, and see that the auditor catches each
	@BROKER=kafka $(RUN) pytest -n0 tests/faults/mutants/test_mutants.py $(ARGS)

.PHONY: up
up: $(STAMP) ## Start a standing stack in var/stack, its data kept between runs
	@$(BIN)/unionstream up $(ARGS)

.PHONY: down
down: $(STAMP) ## Stop that stack
	@$(BIN)/unionstream down $(ARGS)

.PHONY: fmt
fmt: $(STAMP) ## Format, and mend what ruff can mend
	@$(RUN) ruff format .
	@$(RUN) ruff check --fix .

.PHONY: docs
docs: $(STAMP) ## Write the generated pages of docs/ anew from the code
	@$(RUN) services.projection.catalogue.pages
	@$(RUN) shared.capabilities
	@$(RUN) unionstream.demo.pages
	@$(RUN) tests.contracts.published.measured
	@$(RUN) tests.contracts.published.boards

.PHONY: contracts
contracts: $(STAMP) ## Write docs/contracts anew from the code; refuse what breaks those who read released events
	@$(RUN) tests.contracts.published

.PHONY: deploy-check
deploy-check: $(STAMP) $(TOOLS) ## Check image, compose, chart, dashboards, alerts and contracts with the tools of each
	@UNIONSTREAM_TOOLS=$(CURDIR)/.tools $(RUN) pytest tests/deploy -n 2 --dist loadfile $(ARGS)

$(TOOLS): $(wildcard deploy/checks/*.lock) deploy/checks/package-lock.json deploy/checks/install
	@echo "Installing what checks the deployment into .tools; this happens once per lock file ..."
	@deploy/checks/install

.PHONY: lock
lock: $(STAMP) ## Write requirements.lock anew from pyproject.toml (hashes, no addresses)
	@$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --all-extras \
		--generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate \
		--quiet --output-file requirements.lock $(ARGS)
	@grep -c '^[a-z]' requirements.lock | xargs printf 'requirements.lock: %s packages\n'
	@cd deploy/checks && for each in tools checkov node; do \
		../../$(BIN)/uv pip compile $$each.in --universal --python-version 3.11 --generate-hashes --quiet \
			--no-emit-index-url --no-emit-find-links --no-header --no-annotate --output-file $$each.lock $(ARGS); done

.PHONY: setup
setup: $(STAMP) ## Make .venv from requirements.lock (done by itself where needed)

$(STAMP): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed; name one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Setting up .venv with $$($(PYTHON) --version); this happens once per lock file ..."
	@$(PYTHON) -m venv .venv || { \
		echo "Could not make .venv; on Debian and Ubuntu the package python3-venv is needed." >&2; exit 1; }
	@PYTHONUNBUFFERED=1 $(RUN) pip install --disable-pip-version-check --no-deps --require-hashes \
		-r requirements.lock | { grep -v -e '^Requirement already' -e '^Ignoring' || true; }
	@$(RUN) pip install --disable-pip-version-check --quiet --no-deps --no-build-isolation --no-index --editable .
	@touch $@
