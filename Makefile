# The whole house in a few words; `make help` lists them. Needs Python 3.11 or later and make, nothing else.

PYTHON ?= python3
PORT ?= 5000
WORKERS ?= 2
ARGS ?=
UV ?= uv
VENV_PYTHON := .venv/bin/python
BOOTSTRAP := $(PYTHON) devstack/bootstrap.py

export PORT

.DEFAULT_GOAL := help
.PHONY: help setup setup-dev run test check accessibility bench bench-data soak tour lock

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: ## what `make run` needs: .venv, locked packages, compiled catalogs
	@$(BOOTSTRAP) devstack

setup-dev: ## what tests and checks need on top
	@$(BOOTSTRAP) dev

run: setup ## the portal with everything it needs, on http://127.0.0.1:$(PORT); PORT=5001 for another port
	@exec $(VENV_PYTHON) -m devstack

test: setup-dev ## every test; REQUIRE_ALL=1 makes a skip a failure; ARGS="-k receipt" for some
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

check: setup-dev ## format, lint, types, import contracts, catalogs, migrations
	$(VENV_PYTHON) -m ruff format --check .
	$(VENV_PYTHON) -m ruff check .
	$(VENV_PYTHON) -m mypy
	.venv/bin/lint-imports

accessibility: setup-dev ## look at every page with axe, and write the figures of the accessibility statement
	@$(VENV_PYTHON) -m pytest -n $(WORKERS) --dist worksteal -p tests.browser.looked_at tests/browser/test_every_page.py -k test_page $(ARGS)

bench: setup-dev ## filing against a bare Flask route, side by side
	@$(VENV_PYTHON) -m bench $(ARGS)

bench-data: setup-dev ## 100,000 dossiers, 400,000 papers, 1,000,000 audit events in the database of `make run`
	@$(VENV_PYTHON) -m bench.data $(ARGS)

soak: setup-dev ## the crash, history and load tests at full count
	@$(VENV_PYTHON) -m tests.soak $(ARGS)

tour: setup-dev ## screenshots of the main pages, into var/tour/
	@$(VENV_PYTHON) -m tests.tour $(ARGS)

# dev.txt first: the smaller files take its versions, so that one environment serves all of them.
LOCK := $(UV) pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet
lock: ## regenerate requirements/*.txt from pyproject.toml (needs uv; ARGS=--upgrade for newer versions)
	$(LOCK) $(ARGS) --extra devstack --extra dev --output-file requirements/dev.txt
	$(LOCK) --constraint requirements/dev.txt --extra devstack --output-file requirements/devstack.txt
	$(LOCK) --constraint requirements/dev.txt --output-file requirements/run.txt
