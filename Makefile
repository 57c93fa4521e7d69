# `make demo` and `make test` set everything up by themselves. Needed: Python 3.11 or newer, and make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: help demo test browsers lint bench peer eval wer record train weigh vendor gallery lock clean

help: ## What there is
	@grep -E '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/'

demo: .venv/ready ## Play a call beside a working panel
	@$(BIN)/copilot demo

test: .venv/ready-for-tests lint ## Lint, check types, run every test, some files at a time
	@$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

browsers: .venv/ready-for-tests build/firefox/ready ## Look at the pages in Firefox and in WebKit; needs firefox-esr, webkit2gtk-driver and xvfb
	@PYTHONPATH=build/firefox COPILOT_TEST_BROWSER=firefox COPILOT_FORBID_SKIPS=1 $(BIN)/pytest tests/browser -m "browser and not chromium" \
	  --numprocesses auto --dist loadfile --no-loadscope-reorder
	@COPILOT_FORBID_SKIPS=1 xvfb-run --auto-servernum --server-args "-screen 0 1600x1200x24" \
	  $(BIN)/pytest tests/browser -m webkit

lint: .venv/ready-for-tests node_modules/ready
	@$(BIN)/ruff format --check --quiet
	@$(BIN)/ruff check --quiet
	@$(BIN)/mypy
	@$(BIN)/node node_modules/typescript/bin/tsc

bench: .venv/ready-for-tests ## Measure speed; takes some minutes
	@$(BIN)/pytest tests/benchmarks -m bench --timeout=900 -s

peer: .venv/ready-for-tests build/peer/ready ## Measure WhisperLiveKit beside us, a quarter of an hour; its own environment takes 6 GB in build/peer
	@$(BIN)/python -m scripts.peer

eval: .venv/ready ## Score the analysis on the labelled calls
	@mkdir -p build
	@$(BIN)/copilot eval fixtures/labelled/dev --whole --html build/evaluation.html
	@echo; echo "Plots of it: build/evaluation.html"

wer: .venv/ready-for-tests ## Word error rates: make wer MODEL=base.en DIR=recordings, laid out as scripts/wer/references.py says
	@$(BIN)/python -m scripts.wer $(or $(DIR),recordings) $(if $(MODEL),--model $(MODEL))

record: .venv/ready-for-tests ## Record language models anew: the one COPILOT_LLM__* name, else the made-up one
	@$(BIN)/python -m tests.cassettes

train: .venv-train/ready ## Make the small model anew; an hour on two cores
	@OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive .venv-train/bin/python -m scripts.train

weigh: .venv-train/ready ## Fit the weights of the analysis anew, after training two models on half of the writers each
	@OMP_NUM_THREADS=2 OMP_WAIT_POLICY=passive .venv-train/bin/python -m scripts.train --halves build/halves
	@.venv-train/bin/python -m scripts.weigh build/halves

vendor: node_modules/ready ## Copy the pages' libraries from where package.json has them
	@$(BIN)/python scripts/vendor.py

gallery: .venv/ready-for-tests ## Take pictures of the pages in their states, into build/gallery; some minutes
	@$(BIN)/python -m scripts.panel_picture
	@$(BIN)/python -m scripts.gallery

lock: .venv/ready-for-tests ## Pin the newest dependencies that pyproject.toml allows
	@$(BIN)/uv pip compile $(LOCKING) pyproject.toml -o requirements.lock
	@$(BIN)/uv pip compile $(LOCKING) --group dev --extra speech --extra reports --extra postgresql pyproject.toml -o requirements-dev.lock
	@$(BIN)/uv pip compile $(LOCKING) --group train pyproject.toml -o requirements-train.lock
LOCKING = --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header

clean: ## Remove what was set up
	rm -rf .venv .venv-train node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis build dist

.venv/made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Copilot needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	@$(PYTHON) -m venv .venv
	@touch $@

.venv/ready: .venv/made requirements.lock pyproject.toml
	@echo "Installing ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	@touch $@

.venv/ready-for-tests: .venv/ready requirements-dev.lock
	@echo "Installing what the tests need ..."
	@$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.lock
	@touch $@

node_modules/ready: .venv/ready-for-tests package.json package-lock.json
	@echo "Installing what checks the pages ..."
	@$(BIN)/npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

build/firefox/ready: Makefile # newer ones ask more of Firefox than Debian's knows, and this one less of Chromium than the tests do
	@$(BIN)/pip install --quiet --disable-pip-version-check --upgrade --target build/firefox playwright==1.62.0
	@touch $@

build/peer/ready: scripts/peer/requirements.txt
	@echo "Installing WhisperLiveKit, with torch ..."
	@$(PYTHON) -m venv build/peer
	@build/peer/bin/pip install --quiet --disable-pip-version-check -r scripts/peer/requirements.txt
	@touch $@

.venv-train/ready: requirements-train.lock
	@echo "Installing what training needs ..."
	@$(PYTHON) -m venv .venv-train
	@.venv-train/bin/pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r requirements-train.lock
	@touch $@
