# SPDX-License-Identifier: GPL-2.0-only
# rule: D1
# what: a timer that re-arms itself is deleted while its function runs
# stock: oops|panic|kasan|warning|hang
# ours: d1_rearm_bad: D1: timer tick
# checker: D1
NEEDS=field_b
field=/sys/kernel/debug/field_b
# The timer is on the last CPU, we are on the others.
before() { taskset -p 7 $$ >/dev/null; }
clear() { taskset -p f $$ >/dev/null; }
going() { [ ! -d /sys/module/$module ] || grep -q going /sys/module/$module/initstate; }
# Exit waits until the timer's function is held at the gate, before it arms the timer again.  It is let go when exit is over
# and the directory gone; or after a second, since the obedient exit waits for it.
let_go() {
	wait_for going
	for i in $(seq 10); do
		[ -d /sys/module/$module ] || break
		sleep 0.1
	done
	echo 0 >$field/hold
}
enter() { let_go & }
after() {
	wait
	wait_for grep -q 0 $field/inside
	sleep 0.5
}
