# make run: a living demo paper. make test: everything that must hold. make help: the rest.
SHELL := /bin/bash
VENV := .venv
PY := $(VENV)/bin/python
BROADSHEET_DATA ?= $(CURDIR)/data
PORT ?= 8000
export BROADSHEET_DATA PORT
# What is run a second time on a real PostgreSQL, and what is so by `make test-all` alone.
ON_BOTH := tests/kernel tests/search tests/discussion tests/config/test_inspection_of_postgresql.py \
	$(addprefix tests/moderation/,actions queries handlers) $(wildcard tests/moderation/test_*.py) \
	$(addprefix tests/notifications/,actions queries handlers) $(wildcard tests/notifications/test_*.py) \
	$(addprefix tests/readers/,actions queries) $(wildcard tests/readers/test_*.py) \
	$(addprefix tests/newsroom/,actions queries) \
	$(addprefix tests/delivery/,queries actions handlers) tests/importing/test_at_once.py
ON_BOTH_TOO := tests/config tests/web/views $(addprefix tests/,moderation/views readers/views newsroom/views \
	notifications/views delivery/views newsroom/adapters) $(addprefix tests/importing/test_,bundle.py feed.py wordpress.py)
TESTS := $(PY) -m tools.tests -n 3 --dist loadfile --no-loadscope-reorder -q
BROWSER := $(subst -n 3,-n 2,$(TESTS))  # one Chromium keeps a processor busy; other tests wait for servers half of the time
COMPILE := $(VENV)/bin/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links --strip-extras

.PHONY: help setup dev packages run check test test-all docs pictures bench lock clean

help: ## What can be made
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 14

$(VENV)/.ready: requirements.lock pyproject.toml
	@tools/venv $(VENV) requirements.lock
	@touch $@

$(VENV)/.dev: $(VENV)/.ready requirements-dev.lock
	@$(PY) -m pip install -q --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

setup: $(VENV)/.ready ## .venv with the broadsheet command

dev: $(VENV)/.dev ## what tests and checks need, too

packages: ## the Debian packages that tests need
	@tools/packages

run: setup ## a living demo paper at http://localhost:PORT
	@$(VENV)/bin/broadsheet demo

check: dev ## style, types, order of packages, sizes, templates, generated pages
	@tools/check

test: dev packages check ## everything but the long ones
	@$(TESTS) -m "not slow" tests --ignore=tests/browser
	@$(BROWSER) -m "not slow" tests/browser
	@BROADSHEET_PROPERTIES=few $(PY) -m tests.postgresql $(TESTS) -m "not slow and not browser and not files" $(ON_BOTH)

test-all: export BROADSHEET_PROPERTIES := explore
test-all: dev packages check ## everything, with newly drawn cases
	@$(TESTS) tests --ignore=tests/browser
	@$(BROWSER) tests/browser
	@$(PY) -m tests.postgresql $(TESTS) -m "not browser and not files" $(ON_BOTH) $(ON_BOTH_TOO)

docs: dev ## write the generated reference pages
	@$(PY) -m tools.reference

pictures: dev ## write the screenshots of docs/pictures
	@$(PY) -m tools.screenshots

bench: dev packages ## measure, on a quiet machine
	@$(PY) -m bench

lock: dev ## pin versions and hashes anew
	@$(COMPILE) --extra paper -o requirements.lock pyproject.toml
	@$(COMPILE) --extra paper --extra dev --allow-unsafe -o requirements-dev.lock pyproject.toml
	@cp requirements.lock requirements-judge.lock  # the judge alone gets the paper's versions
	@$(COMPILE) -o requirements-judge.lock pyproject.toml

clean: ## remove what was built, never what was written
	rm -rf $(VENV) build dist src/*.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis .papers
