# SPDX-License-Identifier: GPL-2.0-only
# The module loader of Linux 6.12, written as two books.  `make help` lists
# what can be made; the work is described in kernel-glue/ and tests/.

.DEFAULT_GOAL := books
.PHONY: books help clean

books: setup-book
	@$(MAKE) --no-print-directory weave tangle

help:
	@echo 'make            weave both books (out/loader.pdf, out/unload-rules.pdf), tangle everything'
	@echo 'make run        build a kernel with the book'"'"'s loader, boot it in QEMU, take the tour'
	@echo 'make check      build both kernels with all modules, run every test'
	@echo 'make check-long the tests with full counts (hours)'
	@echo 'make bench      what references and removals cost    (out/bench.txt)'
	@echo
	@echo 'make kernel     the lab kernel with our loader     (out/lab/book/bzImage)'
	@echo 'make twin       the same kernel with the stock one (out/lab/stock/bzImage)'
	@echo 'make modules    all modules of the lab             (out/lab/modules)'
	@echo 'make modrules   the checker for module authors     (out/tools/modrules FILE.ko)'
	@echo 'make lab        five modules to be mended: EXERCISE=1 to see one fail, CHECK=mine.c to try yours'
	@echo 'make tour       the tour again, without building'
	@echo 'make shell      a shell in the guest; KERNEL=stock for the twin'
	@echo 'make into KDIR=/path/to/linux-6.12    put the loader into your own tree'
	@echo 'make outof KDIR=/path/to/linux-6.12   and take it out again'
	@echo 'make weave, make tangle               only that'
	@echo 'make clean      remove out/'
	@echo
	@echo 'ACCEL=kvm  use hardware virtualisation      CPUS=4 MEMORY=1024  the machine'
	@echo 'JOBS=2     how many compilers at a time     V=1  show all output of long steps'

-include kernel-glue/weave/weave.mk
-include kernel-glue/lab/lab.mk
-include tests/tests.mk

clean:
	rm -rf out
