# make help lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.NOTPARALLEL:
.DEFAULT_GOAL := help

SWIFT ?= swift
# Real request traces and measurements; tests that need them are skipped where the folder is absent.
ifneq ($(wildcard ../shared/data/.),)
PLIMSOLL_DATA ?= $(CURDIR)/../shared/data
export PLIMSOLL_DATA
endif

# What swift format looks at, as far as it is there.
FORMATTED := $(wildcard Package.swift Sources Tests Benchmarks)
PACKAGES := libopenblas-dev coinor-libcbc-dev coinor-libclp-dev pkg-config libjs-chart.js
CHART_LIBRARY := /usr/share/javascript/chart.js/chart.min.js

.PHONY: help deps build demo test trust bench format lint clean reference notebooks notebook-check \
  docs gallery docs-check

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 22

deps: ## install what is missing (OpenBLAS, Cbc, Chart.js), or say what to type
	@command -v $(SWIFT) >/dev/null || { \
	  echo "error: Swift 6.2 or later is needed: https://www.swift.org/install" >&2; exit 1; }
	@if command -v pkg-config >/dev/null && pkg-config --exists openblas cbc clp \
	  && [ -e $(CHART_LIBRARY) -o ! -e /etc/debian_version ]; then exit 0; fi; \
	if ! command -v apt-get >/dev/null; then \
	  echo "error: OpenBLAS and Cbc (with their headers) and pkg-config are needed;" \
	    "install them with this system's package manager" >&2; exit 1; fi; \
	if [ "$$(id -u)" -eq 0 ]; then as_root=; \
	elif command -v sudo >/dev/null; then as_root=sudo; \
	else \
	  echo "error: $(PACKAGES) are missing, and there is no sudo; as root, type:" >&2; \
	  echo "  apt-get update && apt-get install -y $(PACKAGES)" >&2; exit 1; fi; \
	echo "installing $(PACKAGES)"; \
	$$as_root apt-get update -q && \
	$$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y $(PACKAGES) || { \
	  echo "error: the installation failed; as root, type:" >&2; \
	  echo "  apt-get update && apt-get install -y $(PACKAGES)" >&2; exit 1; }

build: deps ## release build: .build/release/plimsoll
	$(SWIFT) build -c release --product plimsoll

demo: build ## run the flagship scenario; tables in out/flagship, a page in out/flagship.html
	.build/release/plimsoll run scenarios/flagship.yaml --sample 1/10 --regret --out out/flagship
	.build/release/plimsoll report out/flagship

test: deps lint ## everything that must hold: lint, build, tests, determinism, errors of estimates, pages
	$(SWIFT) build --build-tests
	$(SWIFT) test --skip-build
	@if [ -x Scripts/determinism ]; then Scripts/determinism; fi
	@Scripts/estimate-errors
	@Scripts/validation-gate
	@Scripts/slurm-test
	@Scripts/trust
	@if [ -n "$${PLIMSOLL_MUTATIONS:-}" ]; then Scripts/mutations/run; else \
	  echo "mutations: set PLIMSOLL_MUTATIONS=1 to plant bugs and see whether the tests notice (an hour)"; fi
	@$(MAKE) --no-print-directory docs-check notebook-check
	@Scripts/report-page-check

trust: deps ## try hard to break it: 5,000 worlds, 1,000,000 inputs, 200 kill points (half an hour)
	PLIMSOLL_TRUST=full Scripts/trust

bench: deps ## speed, release build
	$(SWIFT) run -c release plimsoll-bench

notebooks: build ## execute the notebooks again, in a virtual environment of their own
	@Scripts/notebook-environment
	.build/notebooks-venv/bin/python Scripts/notebooks

# Exit code 75 is a machine that cannot have the environment; the script has said why.
notebook-check: build ## execute one notebook, and compare what it says with what is kept
	@status=0; Scripts/notebook-environment || status=$$?; \
	if [ $$status -eq 75 ]; then exit 0; elif [ $$status -ne 0 ]; then exit $$status; fi; \
	.build/notebooks-venv/bin/python Scripts/notebooks --check outage

docs: deps ## documentation of the libraries: .build/docs/plimsoll.doccarchive
	@Scripts/library-docs

gallery: build ## run every scenario, write docs/gallery.md and its charts
	@Scripts/notebook-environment
	.build/notebooks-venv/bin/python Scripts/gallery

docs-check: build ## the gallery's figures are those of the runs, the guides' code compiles
	$(SWIFT) build --product plimsoll
	Scripts/gallery --check
	Scripts/guide-check --quick
	@if [ -n "$${PLIMSOLL_GUIDE_CHECK:-}" ]; then Scripts/guide-check; else \
	  echo "docs-check: set PLIMSOLL_GUIDE_CHECK=1 to build and run the guide's policy too (minutes)"; fi

reference: deps ## renew the pages of docs that the program writes itself
	$(SWIFT) build --product plimsoll
	.build/debug/plimsoll schema scenario >docs/scenario-reference.md
	.build/debug/plimsoll schema tables >docs/tables.md

format: ## rewrite the sources in the house style
	$(SWIFT) format -i -r $(FORMATTED)

lint: ## check the style, change nothing
	$(SWIFT) format lint --strict -r $(FORMATTED)

clean: ## remove what was built
	rm -rf .build
