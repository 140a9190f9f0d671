# SPDX-License-Identifier: GPL-2.0-only
# rule: U5
# what: a task sleeps in an entry that nobody counts
# stock: oops
# ours: STEM_bad: U5: straggler .* is inside at .* \(asleep\)
. /leave/field.lib
# Whoever is counted keeps the module; he has to go first.
enter() {
	send 0 asleep
	[ "$(cat /sys/module/$module/refcnt)" = 0 ] && return
	rmmod $module && saw wrong "it was removed while it was held"
	let_go asleep
	come_home
}
after() {
	let_loader_look
	let_go asleep
	come_home
}
