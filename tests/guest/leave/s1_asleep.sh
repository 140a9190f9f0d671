# SPDX-License-Identifier: GPL-2.0-only
# rule: S1
# what: a module guards itself, and sleeps before it does
# stock: oops
# ours: STEM_bad: S1: straggler .* is inside at .* \(asleep\)
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
