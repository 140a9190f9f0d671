# SPDX-License-Identifier: GPL-2.0-only
# rule: U4
# what: two callers are preempted, one a step before the call and one behind it
# stock: oops
# ours: STEM_bad: U[34]: straggler .* is inside at enter
# checker: nothing
. /leave/field.lib
# (U3, if his processor was in an interrupt when the census came to it.)
enter() {
	send 0 caller
	send 0 early
}
remove() { remove_around "caller early"; }
# Only the second is inside, and keeps the memory as long as he is.  The first is on no stack: a loader that did not wait for
# him would have buried the module by the time he is let go, two seconds later.
after() {
	let_loader_look
	let_go early
	wait_for is early 0
	let_loader_bury
	let_go caller
	come_home
}
