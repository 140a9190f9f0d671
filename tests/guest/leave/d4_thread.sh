# SPDX-License-Identifier: GPL-2.0-only
# rule: D4
# what: a thread was not stopped and sleeps in the module
# stock: oops|panic|kasan
# ours: d4_thread_bad: D4: straggler watchman
# checker: D4
NEEDS=field_b
hold=/sys/kernel/debug/field_b/hold
before() { echo 1 >$hold; }
after() {
	settle
	echo 0 >$hold
	settle
}
