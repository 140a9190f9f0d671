# SPDX-License-Identifier: GPL-2.0-only
# rule: U6
# what: twenty hooks are taken off one by one while they are being called
# stock: oops
# ours: STEM_bad: U4: straggler .* is inside at enter
# checker: nothing
. /leave/field.lib
storm() {
	while [ -e /tmp/storm ]; do
		echo all 2>/dev/null >$field/call
	done
}
# Three of them go through the table without end; one of the three is caught in the last hook.
enter() {
	>/tmp/storm
	shut early
	for i in 1 2 3; do
		storm &
		callers="$callers $!"
	done
	wait_for is early 1 || say failed "nobody is in window early"
}
remove() { remove_around early; }
after() {
	let_loader_look
	rm /tmp/storm
	let_go early
	come_home
}
