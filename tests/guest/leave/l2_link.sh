# SPDX-License-Identifier: GPL-2.0-only
# rule: L2
# what: a module names no owner to one that it is linked to, and is called through it
# stock: oops
# ours: l2_link_bad: U5: straggler .* is inside at answer.* \(asleep\)
# checker: nothing
. /leave/exchange.lib
NEEDS="exchange c1_call_good"
before() { :; }
removed_around $ANSWERING
remove() { rmmod $module; }
# The obedient one could not be removed while it was held.
clear() {
	[ $kernel$kind != stockbad ] || exit 0
	[ ! -d /sys/module/$module ] || rmmod $module || say failed "rmmod $module"
}
