# SPDX-License-Identifier: GPL-2.0-only
# The tests.  check.py finds the groups check_*.py; `make check ONLY="bad crowd"` runs only those.

.PHONY: check check-long check-fast

check: lab-for-check
	@python3 tests/check.py $(ONLY)

# full counts: hours
check-long: lab-for-check
	@python3 tests/check.py --long $(ONLY)

# what needs no kernel
check-fast: weave tangle
	@python3 tests/check.py books words host count

# what references and removals cost; the figures go into the second book
.PHONY: bench
bench: lab-for-check
	@python3 tests/bench.py
	@rm -f out/weave/weave.stamp
	@$(MAKE) --no-print-directory weave

-include tests/host.mk
