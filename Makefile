# The ways of working. Each target is one script; CONTRIBUTING.md says more.
.PHONY: demo build check test bench

demo:  ## build everything, then start the demo shop on http://127.0.0.1:8080
	@scripts/demo

build: ## web, then the release binary
	@scripts/build

check: ## what one runs between edits
	@scripts/check

test:  ## everything, as CI runs it
	@scripts/test

bench: ## our figures beside the limits of this machine; ARGS="--quick" ends within a minute
	@cargo xtask bench $(ARGS)
