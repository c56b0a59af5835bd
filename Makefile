# The front door: `make` lists what there is.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
.DEFAULT_GOAL := help
.PHONY: help build test fmt lint bench docs guide clean

MVN = JAVA_HOME="$$(.ci/jdk)" && export JAVA_HOME && mvn -B -ntp

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

build: ## Build what ./coffer starts, even where nothing seems to have changed
	@.ci/launch ":" force

test: ## Run everything: checks, unit tests, black-box tests, the examples with three clients
	@.ci/test

fmt: ## Format the sources
	@$(MVN) -q -Dquick spotless:apply

lint: ## Check format, compiler warnings, Error Prone and null safety, without running tests
	@rm -rf .coffer/quick */target
	@$(MVN) -q test-compile spotless:check

bench: ## Measure Coffer beside OpenBao (SECONDS_EACH, ROUNDS, ONLY narrow it down)
	@bench/run

docs: guide ## Write the pages of docs/guide that come from declarations

guide: ## Write docs/guide/cli.md, the reference of the command line
	@./coffer version >/dev/null && . .coffer/known && \
	  "$$COFFER_JAVA_BIN" -cp "$$COFFER_CLI" coffer.cli.Guide docs/guide/cli.md

clean: ## Remove everything that was built
	@rm -rf .coffer target */target
