# SPDX-License-Identifier: GPL-2.0-only
# rule: U4
# what: a caller has read the pointer and is preempted before the call
# stock: oops
# ours: nothing
. /leave/field.lib
enter() { send 0 caller; }
remove() { remove_around caller; }
# He is on no stack, so nobody is named.  A loader that did not wait for him would have buried the module by then.
after() {
	[ $kernel = book ] && wait_for is_buried
	let_go caller
	come_home
}
