# SPDX-License-Identifier: GPL-2.0-only
# The trials outside the kernel.  HOST_MODULES=DIR tries the modules in DIR instead of the lab's.

.PHONY: check-host fuzz

check-host: tangle
	@python3 tests/check.py host

# until something is found or FUZZ_SECONDS are over; needs clang
FUZZ_SECONDS ?= 60
fuzz: tangle
	@python3 kernel-glue/host/host.py fuzz $(FUZZ_SECONDS)
