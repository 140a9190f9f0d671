# SPDX-License-Identifier: GPL-2.0-only
# rule: I2
# what: init fails while somebody is inside through a hook that nobody counts
# stock: oops
# ours: i2_init_bad: I2: straggler 
# checker: nothing
NEEDS=field_i
# The thread that is held inside goes on.
is_out() { ! pidof ringer; }
after() {
	settle
	echo 1 >/sys/kernel/debug/field_i/open
	wait_for is_out
}
