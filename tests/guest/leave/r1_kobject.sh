# SPDX-License-Identifier: GPL-2.0-only
# rule: R1
# what: an object whose release lies in the module is kept by another, and dropped later
# stock: oops
# ours: r1_kobject_bad: R1: stray call of r1_release 
# checker: nothing
NEEDS=field_c
# Until the memory goes the release is as good as ever.
after() {
	settle
	echo 1 >/sys/kernel/debug/field_c/drop
}
# The obedient one could not be removed before its object was dropped.
clear() { [ ! -d /sys/module/$module ] || rmmod $module || say failed "rmmod $module"; }
