# SPDX-License-Identifier: GPL-2.0-only
# rule: S2
# what: a module guards itself, and a caller is preempted after the last put
# stock: oops
# ours: STEM_bad: S[12]: straggler .* is inside at enter
. /leave/field.lib
enter() { send 0 last; }
remove() { remove_around last; }
after() {
	[ $kernel = book ] && wait_for met_or_buried
	let_go last
	come_home
}
