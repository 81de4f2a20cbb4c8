# What one does with Bocal. Everything can be run again at any time; nothing is built inside the clone
# but web/dist and node_modules.

SHELL := bash
.DEFAULT_GOAL := help
.PHONY: help demo web test audit bench

# make demo LISTEN=127.0.0.1:9000 DATABASE=~/demo.db
LISTEN ?= 127.0.0.1:8080
DATABASE ?= data/demo.db

help: ## Say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-7s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Build Bocal and open a living demonstration organisation
	@scripts/demo.sh "$(LISTEN)" "$(DATABASE)"

web: ## Bundle styles and scripts into web/dist, if anything changed
	@scripts/web.sh

test: ## Check and test everything, on SQLite and PostgreSQL
	@scripts/test.sh

audit: ## Look for unsafe, unlicensed and unused dependencies
	@scripts/audit.sh

bench: ## Measure speed at sizes S, M and L (make bench ARGS="…")
	@scripts/bench.sh $(ARGS)
