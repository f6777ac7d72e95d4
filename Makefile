# run: serve the playground · test: everything that can fail · check: form and types · bench: ratios · soak: minutes of mixed use · mutants: faults that no test notices · lock: renew the locks
PORT ?= 8000
MINUTES ?= 20
PYTHON ?= python3
PROCESSES ?= 2
BIN := .venv/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.PHONY: run setup test check check-form check-types check-imports check-pages check-container format bench soak mutants lock test-tools clean

run: .venv/.run static/vendor/.copied static/made/.made
	@$(BIN)/python -m app.cli serve --port $(PORT)

setup: .venv/.dev static/vendor/.copied static/made/.made

test: setup test-tools
	$(BIN)/python -m pytest --numprocesses $(PROCESSES) --dist load
	node --test $$(find tests/js -name '*.test.js')

check: check-form check-types check-imports check-pages check-container

check-form: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: setup
	$(BIN)/mypy app tests bench scripts

check-imports: setup
	$(BIN)/lint-imports --no-logo

check-pages: setup
	node_modules/.bin/biome check .
	node_modules/.bin/tsc -p tsconfig.json

check-container: setup
	$(BIN)/hadolint Dockerfile
	$(BIN)/check-jsonschema --quiet --builtin-schema vendor.compose-spec compose.yaml

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	node_modules/.bin/biome check --write .

bench: setup test-tools
	$(BIN)/python -m bench

soak: setup
	$(BIN)/python -m bench.soak $(MINUTES)

mutants: setup
	$(BIN)/python scripts/mutants.py $(ROOMS)

lock: setup
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --generate-hashes --upgrade --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	npm install --package-lock-only --no-fund --no-audit
	node scripts/strip_lock.mjs
	npm ci && node scripts/vendor.mjs --write

test-tools:
	@sh scripts/test_tools.sh

clean:
	rm -rf .venv node_modules static/vendor static/made app/datasets/data/mnist-10k.gz

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed, this is " + sys.version)'
	@echo "Setting up, once: Python packages into .venv, page packages into node_modules"
	@$(PYTHON) -m venv .venv || { rm -rf .venv; exit 1; }

.venv/.run: requirements.lock | .venv/bin/python
	@$(INSTALL) --require-hashes -r requirements.lock
	@touch $@

# pip cannot install a checkout under another name, so the package's installed name is a link to app/.
.venv/.dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL) --no-deps --no-build-isolation -e .
	@ln -sfn "$(CURDIR)/app" "$$($(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/softmax_playground"
	@touch $@ .venv/.run

node_modules/.installed: package.json package-lock.json .npmrc
	@node -e 'if (parseInt(process.versions.node) < 20) { console.error("Node 20 or newer is needed, this is " + process.version); process.exit(1) }'
	@npm ci --silent
	@touch $@

static/vendor/.copied: node_modules/.installed scripts/vendor.mjs scripts/vendor.json
	@node scripts/vendor.mjs
	@touch $@

node_modules/.mnist: node_modules/.installed scripts/mnist.mjs
	@node scripts/mnist.mjs
	@touch $@

# The stamps of the other set-ups are no reasons to train again: .run is touched whenever .dev is.
static/made/.made: node_modules/.mnist scripts/starter.py | .venv/.run
	@$(BIN)/python scripts/starter.py
	@touch $@
