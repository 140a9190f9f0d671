# SPDX-License-Identifier: GPL-2.0-only
# rule: U1
# what: a notifier is left on the chain that tells of modules
# stock: oops
# ours: u1_notifier_bad: U1: notifier u1_hear
# checker: U2
before() { insmod /modules/hello.ko; }
# Another module leaves, and the chain is told.
after() {
	settle
	rmmod hello
}
