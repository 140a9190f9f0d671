# SPDX-License-Identifier: GPL-2.0-only
# The lab: kernels, modules, the machine.  build.py, qemu.py and tree.py do
# the work; what is up to date costs next to nothing.
#
# Variables: JOBS, ACCEL=kvm, CPUS, MEMORY (MiB), CONFIG (lab, debug).

LAB := kernel-glue/lab
TREE := kernel-glue/kbuild/tree.py
CONFIG ?= lab

# The modules that the tour shows, and all they need; everything else in it is our own.
TOUR_MODULES := fs/ext4/ext4 fs/jbd2/jbd2 fs/mbcache lib/crc16 drivers/block/loop \
	crypto/crypto_algapi crypto/crypto_hash crypto/cryptomgr crypto/crc32c_generic

.PHONY: setup setup-book kernel modules twin test-modules run tour shell \
	into outof symvers modrules lab lab-for-check clean-lab

setup:
	@$(LAB)/setup.sh book lab

setup-book:
	@$(LAB)/setup.sh book

kernel: setup tangle
	@$(LAB)/build.py kernel $(CONFIG)

modules: setup
	@$(LAB)/build.py modules $(CONFIG)

twin: setup
	@$(LAB)/build.py twin $(CONFIG)

test-modules: setup tangle
	@$(LAB)/build.py guest
	@$(LAB)/build.py tests $(CONFIG)

modrules:
	@$(LAB)/setup.sh book modrules
	@$(MAKE) --no-print-directory tangle
	@$(LAB)/build.py modrules

# Both kernels and every module, and both kernels that watch themselves: what the tests need.
lab-for-check:
	@$(LAB)/setup.sh book lab modrules check
	@$(MAKE) --no-print-directory weave tangle
	@$(LAB)/build.py kernel lab
	@$(LAB)/build.py modules lab
	@$(LAB)/build.py twin lab
	@$(LAB)/build.py guest
	@$(LAB)/build.py modrules
	@$(LAB)/build.py tests lab
	@$(LAB)/build.py kernel debug
	@$(LAB)/build.py twin debug
	@$(LAB)/build.py tests debug

symvers:
	@$(LAB)/build.py symvers $(CONFIG)

# Only what the tour needs, on a machine where nothing is there yet.
run: setup
	@$(MAKE) --no-print-directory weave tangle
	@$(LAB)/build.py kernel lab
	@$(LAB)/build.py some lab -- $(TOUR_MODULES)
	@$(LAB)/build.py guest
	@$(LAB)/build.py tests lab
	@$(LAB)/tour.py

tour:
	@$(LAB)/tour.py

shell:
	@$(LAB)/qemu.py shell -k $(or $(KERNEL),book) --config $(CONFIG)

# The exercises of the second book: all, a broken module, or yours in its place.
lab:
ifdef EXERCISE
	@$(LAB)/setup.sh book lab modrules
	@$(MAKE) --no-print-directory tangle
	@$(LAB)/build.py kernel lab
	@$(LAB)/build.py guest
	@$(LAB)/build.py modrules
	@$(LAB)/build.py tests lab
	@$(LAB)/exercise.py $(EXERCISE) $(if $(CHECK),--check "$(CHECK)")
else
	@$(LAB)/exercise.py
endif

into:
	@$(if $(KDIR),,echo "Say which tree: make into KDIR=/path/to/linux-6.12"; exit 2)
	@$(TREE) check "$(KDIR)" >/dev/null
	@$(MAKE) --no-print-directory tangle
	@$(TREE) into "$(KDIR)"

outof:
	@$(if $(KDIR),,echo "Say which tree: make outof KDIR=/path/to/linux-6.12"; exit 2)
	@$(TREE) outof "$(KDIR)"

clean-lab:
	rm -rf out/linux out/lab out/debug out/modules out/guest out/bin out/tools
