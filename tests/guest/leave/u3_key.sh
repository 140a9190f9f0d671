# SPDX-License-Identifier: GPL-2.0-only
# rule: U3
# what: a key is wiped and freed while a reader is in the hook
# stock: wrong
# ours: STEM_bad: U3: straggler .* is inside at enter
# ours-harm: wrong kasan
# checker: nothing
. /leave/field.lib
# Calls from a read section, one after the other.  Exit holds one of them inside; no earlier, as while he is
# there no grace period ends.
readers() {
	while [ -e /tmp/readers ]; do
		echo rcu 0 2>/dev/null >$field/call || >/tmp/wrong
	done
}
enter() {
	rm -f /tmp/wrong
	>/tmp/readers
	readers &
	callers=$!
}
# He is let go when exit has freed the key, and the loader waits for him; or when exit waits for him and has not.  Where ftrace
# lets the remover wait for readers, he is gone when our loader looks; where it does not, he is named.
exit_waits_or_is_over() { [ ! -d /sys/module/$module ] || grep -q 'synchronize_rcu\|wait_rcu_gp' /proc/$remover/stack; }
remove() {
	/sbin/rmmod $module &
	remover=$!
	wait_for is early 1 || say failed "nobody is in the hook"
	wait_for exit_waits_or_is_over || say failed "exit goes on"
	rm /tmp/readers
	[ -d /sys/module/$module ] || let_loader_look
	let_go early
	wait $remover
}
after() {
	come_home
	[ ! -e /tmp/wrong ] || saw wrong "a packet was sealed with a key of zeros"
}
