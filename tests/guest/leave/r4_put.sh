# SPDX-License-Identifier: GPL-2.0-only
# rule: R4
# what: a release function puts the module it lies in, and is preempted before it returns
# stock: oops
# ours: r4_put_bad: U4: straggler .* is inside at r4_release
# checker: R4
NEEDS="field_b field_c"
field=/sys/kernel/debug/field_b
before() { echo 1 >$field/hold; }
# Somebody drops the object, and is held in its release function.
enter() {
	echo 1 >/sys/kernel/debug/field_c/drop &
	dropper=$!
	wait_for grep -q 1 $field/inside || say failed "nobody is at the gate"
}
# Whoever may be on his way out, as he seems to guard himself, is given two seconds before he is named.
is_named() { dmesg | grep -q "$module: [A-Z][0-9]: straggler"; }
after() {
	[ $kernel.$kind != book.bad ] || wait_for is_named
	echo 0 >$field/hold
	wait $dropper
	settle
}
# The obedient one could not be removed before its object was dropped.
clear() { [ ! -d /sys/module/$module ] || rmmod $module || say failed "rmmod $module"; }
