# make report [CORPUS=folder] [OUT=folder] [QUOTES=short] [TITLE=text] [JOBS=2] [OPTIONS="--pdf --slides"]
# make lab [CORPUS=folder] · make test · make baseline
# make bench [TEXTS=folder] · make fuzz [INPUTS=4000] [DRAWS=10000] · make docs · make clean
CORPUS ?= seeds
OUT ?= out
QUOTES ?= all
TITLE ?=
JOBS ?= 1
OPTIONS ?=
INPUTS ?= 4000
DRAWS ?= 10000
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Names of folders and titles reach the commands through the environment, as they are: in a recipe,
# make and the shell would both take a dollar sign or a backquote in them for a command.
override CORPUS := $(value CORPUS)
override OUT := $(value OUT)
override QUOTES := $(value QUOTES)
override TITLE := $(value TITLE)
override JOBS := $(value JOBS)
override TEXTS := $(value TEXTS)
export CORPUS OUT QUOTES TITLE JOBS TEXTS

report: $(VENV)/ready
	$(BIN)/clippings report --out="$$OUT" --quotes="$$QUOTES" --title="$$TITLE" --jobs="$$JOBS" $(OPTIONS) -- "$$CORPUS"

lab: $(VENV)/ready
	$(BIN)/clippings lab "$$CORPUS"

baseline: $(VENV)/ready
	$(BIN)/clippings baseline

test: $(VENV)/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/python -m pytest --nbval --nbval-cell-timeout 600 -n 2 -m "not browser"

test-browser: $(VENV)/ready-dev
	$(BIN)/python -m pytest -n 2 -m browser tests

bench: $(VENV)/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	$(BIN)/python -m benchmarks.peers $(if $(TEXTS),"$$TEXTS")
	$(BIN)/python -m benchmarks.repeats_peers

fuzz: $(VENV)/ready-dev  # broken files, then folders in which something could be lost
	$(BIN)/python -m benchmarks.fuzz $(INPUTS)
	FOLDER_DRAWS=$(DRAWS) $(BIN)/python -m pytest -q tests/report/test_folders.py -k nothing_outside

docs: $(VENV)/ready  # the documentation as a website: docs/_build/html/index.html
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	$(BIN)/python -m sphinx -q -W --keep-going -b html docs docs/_build/html

clean:  # reports in out/ stay: they are yours
	rm -rf $(VENV) build docs/_build lib/*.egg-info .pytest_cache .ruff_cache .hypothesis

$(VENV)/ready: requirements.txt requirements-extras.txt pyproject.toml  # with the readers of all formats
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-extras.txt
	touch $@

$(VENV)/ready-dev: $(VENV)/ready requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

.PHONY: report lab baseline test test-browser bench fuzz docs clean
