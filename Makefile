# The list of tasks, and the newcomer's door. It needs Python 3.11 or newer with pip, and make.
#
#   make serve             build what is needed and start the service with the demonstration set
#   make check             all that CI runs
#   make PYTHON=python3.13 serve    the same with a Python of your choice

PYTHON ?= python3
WORKERS ?= auto
MINUTES ?= 30

BIN := .venv/bin
UV := $(BIN)/uv --quiet --no-python-downloads --no-progress
# What is installed is compiled at once, so that the first start is as fast as the next.
INSTALL := --python $(BIN)/python --require-hashes --compile-bytecode
COMPILE := $(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-annotate $(if $(UPGRADE),--upgrade)
# A module's tests share what it makes once, so they stay in one process; the files of most tests
# come first and the many short ones of tests/unit last, which keeps all processes busy.
SHARE := --numprocesses $(WORKERS) --dist loadfile --no-loadscope-reorder
# What lints the description of the API; it asks nobody whether there is a newer one.
REDOCLY := REDOCLY_SUPPRESS_UPDATE_NOTICE=true .venv/clients/bin/node .venv/node/node_modules/@redocly/cli/bin/cli.js
CODE := $(wildcard app migrations tests)
# Tests of which most examples are generated in those that take long.
GENERATED := $(addprefix tests/unit/domain/test_,suppression.py area_attack.py) \
	$(addprefix tests/api/test_,target_rules.py warm_reads_walked.py warm_reads_raced.py)

# The design system's font is licensed for NHS England's own sites and comes from another host.
NHSUK_VERSION := 10.6.1
NHSUK := app/dashboard/static/nhsuk
NHSUK_IMAGES := nhsuk-icon-arrow-down.svg nhsuk-icon-arrow-up-down.svg nhsuk-icon-arrow-up.svg \
	nhsuk-icon-cross.svg

FONTS := LiberationSans-Regular.ttf LiberationSans-Bold.ttf

# Programs that tests start would compile the service anew each time.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help serve test coverage test-long kills fuzz check format lock openapi clients released bench load
.PHONY: backtest picture vendor fonts clean

help: ## show this list
	@sed -n 's/^\([a-z.-]*\):.*## \(.*\)/  make \1|\2/p' Makefile | awk -F'|' '{ printf "%-24s %s\n", $$1, $$2 }'

serve: .venv/.run-stamp ## start the service with the demonstration set
	$(BIN)/parity serve --demonstration

test: .venv/.dev-stamp .venv/.browser-stamp .venv/.node-stamp ## run the tests on SQLite and PostgreSQL
	$(BIN)/pytest $(SHARE)

# Measuring takes longer.
coverage: .venv/.dev-stamp .venv/.browser-stamp .venv/.node-stamp ## run the same tests and show which lines none of them takes
	rm -f .coverage .coverage.*
	$(BIN)/coverage run -m pytest $(SHARE)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

test-long: .venv/.dev-stamp .venv/.browser-stamp .venv/.node-stamp ## run the tests that take minutes: kills, migrations under fire, every page and journey
	$(BIN)/pytest -p no:xdist tests/long
	$(BIN)/pytest --numprocesses $(WORKERS) --dist worksteal --hypothesis-profile long $(GENERATED)

kills: .venv/.dev-stamp ## kill the service 200 times while it is written to; takes minutes
	$(BIN)/pytest -p no:xdist tests/long/test_service_kills.py

fuzz: .venv/.dev-stamp ## send 10,000 requests made from the description of the API to each database
	$(BIN)/python -m tests.fuzzing

check: .venv/.dev-stamp .venv/.node-stamp ## do all that CI does: format, lint, types, layers, safety, tests with coverage
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/hadolint Dockerfile
	$(REDOCLY) lint --config openapi/redocly.yaml openapi/openapi.json
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache
	$(BIN)/bandit --quiet --recursive app --severity-level medium --configfile pyproject.toml
	$(MAKE) --no-print-directory coverage

format: .venv/.dev-stamp ## format the code and fix what can be fixed
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

lock: .venv/.clients-stamp ## remake the hash-pinned requirements; UPGRADE=1 takes the newest of each
	$(COMPILE) pyproject.toml --extra postgres --extra redis --extra tracing --group build --group dev -o requirements/dev.txt
	$(COMPILE) pyproject.toml --extra postgres --extra redis --extra tracing -c requirements/dev.txt -o requirements/run.txt
	$(COMPILE) --group build -c requirements/dev.txt -o requirements/bootstrap.txt
	$(COMPILE) --group bench -c requirements/dev.txt -o requirements/bench.txt
	$(COMPILE) --group clients -o requirements/clients.txt
	cd tests/clients/node && ../../../.venv/clients/bin/npm $(if $(UPGRADE),update,install) --package-lock-only --silent

openapi: .venv/.dev-stamp ## write openapi/openapi.json
	$(BIN)/parity openapi export

clients: .venv/.dev-stamp .venv/.node-stamp ## generate clients for Python and TypeScript into openapi/clients
	$(BIN)/python -m tests.clients.generating

released: .venv/.dev-stamp ## hold the next descriptions of the API against that of now
	$(BIN)/parity openapi export openapi/released.json

vendor: ## renew the built files of the NHS design system; needs npm
	rm -rf $(NHSUK) .vendor && mkdir -p $(NHSUK)/images .vendor
	cd .vendor && npm pack --silent nhsuk-frontend@$(NHSUK_VERSION) && tar -xzf *.tgz
	sed -e 's/@font-face{[^}]*}//g' -e 's#/assets/images/#images/#g' -e '/^\/\*# source/d' \
		.vendor/package/dist/nhsuk/nhsuk-frontend.min.css > $(NHSUK)/nhsuk.css
	sed -e 's@//# sourceMappingURL=.*@@' .vendor/package/dist/nhsuk/nhsuk-frontend.min.js > $(NHSUK)/nhsuk.js
	cd .vendor/package/dist/nhsuk/assets/images && cp $(NHSUK_IMAGES) $(abspath $(NHSUK))/images
	rm -rf .vendor
	git checkout -- $(NHSUK)/LICENSE

picture: .venv/.dev-stamp .venv/.browser-stamp ## take the picture of a trust's page that README.md shows
	$(BIN)/python -m tests.browser.picture

fonts: ## renew the fonts that documents are set in; needs Debian's apt-get
	rm -rf .vendor && mkdir -p .vendor
	cd .vendor && apt-get download fonts-liberation2 && dpkg-deb -x *.deb .
	cp $(FONTS:%=.vendor/usr/share/fonts/truetype/liberation2/%) app/documents/fonts
	cp .vendor/usr/share/doc/fonts-liberation2/copyright app/documents/fonts/LICENSE
	rm -rf .vendor

bench: .venv/.bench-stamp ## measure all that is promised of speed; ONLY=imports, WRITE=1 into docs/performance.md
	$(BIN)/python -m tests.benchmarks $(ONLY:%=--only %) $(if $(WRITE),--write)

load: .venv/.dev-stamp ## load the service with all that a day brings; MINUTES=30, ENGINE=SQLite, WRITE=1
	$(BIN)/python -m tests.load --minutes $(MINUTES) $(ENGINE:%=--engine %) $(if $(WRITE),--write)

backtest: .venv/.dev-stamp ## hold the bands, and the page of the method, against simulated staff
	$(BIN)/python -m tests.backtest

clean: ## remove what these tasks made, but no database
	rm -rf .venv openapi/clients .coverage .coverage.* .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find $(CODE) -name __pycache__ -type d -prune -exec rm -rf {} +

# One virtual environment. Each stamp says that a set of pins is installed in it: bootstrap.txt
# has what builds, run.txt what serves, dev.txt all of it, and bench.txt what benchmarks have beside.

.venv: .venv/.run-stamp ## install the service alone

.venv/.uv-stamp: requirements/bootstrap.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Parity needs Python 3.11 or newer, but $(PYTHON) is not; try make PYTHON=python3.13"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || \
		{ echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu install python3-venv"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
	@touch $@

.venv/.run-stamp: .venv/.uv-stamp requirements/run.txt pyproject.toml
	$(UV) pip install $(INSTALL) -r requirements/run.txt
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q app
	@touch $@

.venv/.dev-stamp: .venv/.run-stamp requirements/dev.txt
	$(UV) pip sync $(INSTALL) requirements/dev.txt
	$(UV) pip install --python $(BIN)/python --no-deps --no-build-isolation --editable .
	@touch $@

# What makes and checks clients has an environment of its own, and a Node.js in it.
.venv/.clients-stamp: .venv/.uv-stamp requirements/clients.txt
	$(UV) venv --clear --python $(BIN)/python .venv/clients
	$(UV) pip sync --python .venv/clients/bin/python --require-hashes --compile-bytecode requirements/clients.txt
	@touch $@

.venv/.node-stamp: .venv/.clients-stamp $(wildcard tests/clients/node/*)
	rm -rf .venv/node && cp -r tests/clients/node .venv/node
	cd .venv/node && ../clients/bin/npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# The tests of pages drive the machine's Chromium.
.venv/.browser-stamp: .venv/.run-stamp
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		{ command -v apt-get >/dev/null && \
			{ apt-get install --yes chromium || { apt-get update && apt-get install --yes chromium; }; } \
			>/dev/null; } || \
		{ echo "The tests of pages need Chromium, which apt-get could not install: install the package chromium"; exit 1; }
	@touch $@

# The benchmarks are driven by wrk, and have Polars beside them.
.venv/.bench-stamp: .venv/.dev-stamp requirements/bench.txt
	@command -v wrk >/dev/null || \
		{ command -v apt-get >/dev/null && \
			{ apt-get install --yes wrk || { apt-get update && apt-get install --yes wrk; }; } \
			>/dev/null; } || \
		{ echo "The benchmarks need wrk, which apt-get could not install: install the package wrk"; exit 1; }
	$(UV) pip install $(INSTALL) -r requirements/bench.txt
	@touch $@
