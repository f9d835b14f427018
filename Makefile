# Start with `make run` or `make test`; `make help` lists the rest. Nothing but Python 3.11 has to be there.
PYTHON ?= python3
WORKERS ?= 2
ARGS ?=
VENV := .venv
PY := $(VENV)/bin/python
RUNNER := $(PY)
INSTALL := $(PY) -m pip --disable-pip-version-check -qq install --require-hashes
LOCK := $(PY) -m piptools compile --quiet --generate-hashes --no-header --no-emit-index-url --no-emit-find-links \
	--no-emit-trusted-host --strip-extras --allow-unsafe --resolver backtracking
# What the linters need to import the project without touching anybody's data or .env file.
QUIET_ENV := ENV_FILE=/dev/null DATA_DIR=/nonexistent DATABASE_URL=sqlite://:memory: \
	SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')

.DEFAULT_GOAL := help
.PHONY: help run owner-password test coverage bench lint format lock

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## /  make \1 — /p' Makefile

run: $(VENV)/installed ## the whole site on 127.0.0.1:8000, content loaded (PORT=8123 make run: another port)
	@$(PY) -m sendguide.launcher

owner-password: $(VENV)/installed ## give the account "owner" a new password
	@MODE=local $(PY) manage.py owner_password

test: $(VENV)/installed-tests ## all tests on SQLite, then on DATABASE_URL if that is set (ARGS="-k search": some)
	env -u DATABASE_URL $(RUNNER) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS)
	@if [ -n "$$DATABASE_URL" ]; then \
		echo; echo "Once more, on the database that DATABASE_URL names"; \
		$(RUNNER) -m pytest -n $(WORKERS) --dist loadgroup $(ARGS); \
	fi

coverage: $(VENV)/installed-tests ## make test, measured; fails below the line set in pyproject.toml
	@$(PY) -m coverage erase
	@$(MAKE) --no-print-directory test RUNNER="$(PY) -m coverage run"
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

bench: $(VENV)/installed-tests ## figures: how fast the pages are
	@$(PY) -m tests.bench

lint: $(VENV)/installed-tests ## style, types, import contracts, migrations, production settings
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m djlint templates --lint --quiet
	$(QUIET_ENV) $(PY) -m mypy
	$(VENV)/bin/lint-imports
	$(QUIET_ENV) $(PY) manage.py makemigrations --check --dry-run
	$(QUIET_ENV) MODE=production ALLOWED_HOSTS=sendguide.example EMAIL_URL=smtp://localhost $(PY) manage.py check --deploy --fail-level WARNING

format: $(VENV)/installed-tests ## put the code into shape
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

lock: $(VENV)/installed-tests ## newest allowed versions, with hashes, into both requirements.txt
	$(LOCK) --upgrade --output-file requirements.txt pyproject.toml
	$(LOCK) --upgrade --extra test --constraint requirements.txt --output-file tests/requirements.txt pyproject.toml

# The files below only say that a step was finished; a changed lock file makes the step due again.
$(VENV)/installed: $(VENV)/made requirements.txt
	@echo "Installing what the site needs. This happens once and takes about a minute."
	@$(INSTALL) -r requirements.txt || { echo "Installing failed: is this computer connected to the internet?" >&2; exit 1; }
	@touch $@

$(VENV)/installed-tests: $(VENV)/made tests/requirements.txt
	@echo "Installing what the tests need. This happens once and takes about two minutes."
	@$(INSTALL) -r tests/requirements.txt || { echo "Installing failed: is this computer connected to the internet?" >&2; exit 1; }
	@touch $@

$(VENV)/made:
	@command -v $(PYTHON) >/dev/null || { \
		echo "Python 3.11 or newer is needed and there is no $(PYTHON) here: install it, or name another with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or newer is needed and $(PYTHON) is $$($(PYTHON) --version): name a newer one with PYTHON=." >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "This Python cannot make virtual environments: install it whole (Debian and Ubuntu: apt install python3-venv)." >&2; exit 1; }
	@[ -w . ] || { echo "There is no permission to write in $(CURDIR): the site keeps its programs and data there." >&2; exit 1; }
	@$(PYTHON) -m venv --clear $(VENV)
	@touch $@

# The Python that the environment was made with is gone: make it again.
ifeq ($(wildcard $(PY)),)
.PHONY: $(VENV)/made
endif
