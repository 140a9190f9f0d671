# SPDX-License-Identifier: GPL-2.0-only
# rule: S1
# what: a module guards itself, and a caller is preempted before the first get
# stock: oops
# ours: STEM_bad: S1: straggler .* is inside at enter
. /leave/field.lib
enter() { send 0 first; }
remove() { remove_around first; }
after() {
	[ $kernel = book ] && wait_for met_or_buried
	let_go first
	come_home
}
