# SPDX-License-Identifier: GPL-2.0-only
# rule: S2
# what: a module guards itself, and a caller is preempted after the last put
# stock: oops
# ours: STEM_bad: U4: straggler .* is inside at enter
. /leave/field.lib
enter() { send 0 late; }
remove() { remove_around late; }
after() {
	let_loader_look
	let_loader_complain
	let_go late
	come_home
}
