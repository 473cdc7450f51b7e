# Brobygger on this machine. It needs make and Python 3.11 or newer; everything else is fetched.
# PORT and DATA may be chosen: make up PORT=8081 DATA=.local/other

PORT ?= 8080
SUBJECT ?= case
# Some tests mostly wait: three workers keep two cores busy.
WORKERS ?= 3
PYTHON ?= $(firstword $(foreach found,python3.11 python3.12 python3.13 python3,$(shell command -v $(found) 2>/dev/null)))

.DEFAULT_GOAL := help
.PHONY: help up demo dev check quick one test journeys compose-test bench schemas architecture release-data

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

up: .venv/ready ## start everything on this machine, at http://127.0.0.1:8080
	@.venv/bin/python -m local up --empty --port $(PORT)$(if $(DATA), --data $(DATA))

demo: .venv/ready ## the same with a year in the life of a fictional association, in a data directory of its own
	@.venv/bin/python -m local demo --port $(PORT)$(if $(DATA), --data $(DATA))

dev: .venv/ready ## a little data about one SUBJECT (case, observation, …), started again whenever the code changes
	@.venv/bin/python -m local dev $(SUBJECT) --port $(PORT)$(if $(DATA), --data $(DATA))

check: .venv/ready ## form, types and boundaries
	@.venv/bin/ruff format --check . && .venv/bin/ruff check . && .venv/bin/mypy && .venv/bin/lint-imports

quick: .venv/ready ## the tests that stand on no server: rules, contracts and whatever else is pure, in seconds
	@BROBYGGER_TEST_EXAMPLES=10 .venv/bin/pytest -m quick --numprocesses 2

one: .venv/ready ## what you name: make one T=tests/shared/test_relay.py::test_what_is_written_is_heard_in_order
	@.venv/bin/pytest $(T)

test: .venv/ready ## form, types, boundaries and all tests, on the most real PostgreSQL and Kafka this machine has
	@failed=0; $(MAKE) --no-print-directory check || failed=1; \
	  .venv/bin/pytest --numprocesses $(WORKERS) --dist loadgroup --no-loadscope-reorder || failed=1; exit $$failed

# Tests start Python some hundred times: what was compiled once is kept.
quick one test journeys: export PYTHONDONTWRITEBYTECODE =

journeys: .venv/ready ## only the stories of domain.md that run through everything
	@.venv/bin/pytest tests/journeys

compose-test: .venv/ready ## the one-server setup in containers, with faults and a restore; needs Docker and its images, takes minutes
	@BROBYGGER_COMPOSE_TEST=1 .venv/bin/pytest tests/containers

bench: .venv/ready ## measure against the floors of design.md; writes bench/results.md
	@.venv/bin/python -m bench

schemas: .venv/ready ## write the schemas of everything said between services into contracts
	@.venv/bin/python -m services.contract

architecture: .venv/ready ## draw the pictures in docs/architecture.md from what the services say they are made of
	@.venv/bin/python -m local.architecture

release-data: .venv/ready ## play a short story and keep the data it leaves, for the releases after the one in pyproject.toml
	@.venv/bin/python -m tests.support.release

# Made anew when the locked versions change; what is half made is not kept.
.venv/ready: requirements.lock
	@if [ -z "$(PYTHON)" ] || ! "$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then \
	  echo 'Brobygger kræver Python 3.11 eller nyere. Installér det (Debian: apt-get install python3 python3-venv), eller peg på det: make up PYTHON=/sti/til/python3.11'; \
	  echo '(Brobygger needs Python 3.11 or newer.)'; exit 1; fi
	@if ! "$(PYTHON)" -c 'import venv, ensurepip' 2>/dev/null; then \
	  echo 'Python mangler modulet venv. Debian: apt-get install python3-venv'; echo '(Python lacks the venv module.)'; exit 1; fi
	@echo 'Henter det, Brobygger bygger på …'
	@[ -x .venv/bin/python ] || "$(PYTHON)" -m venv .venv
	@.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements.lock
	@touch $@
