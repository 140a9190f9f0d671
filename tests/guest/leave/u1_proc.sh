# SPDX-License-Identifier: GPL-2.0-only
# rule: U1
# what: a file is left in /proc, and read
# stock: oops
# ours: u1_proc_bad: U1: stray call of u1_show 
# checker: U2
enter() { [ "$(cat /proc/u1_proc)" = 'still here' ] || say failed 'the file is not there'; }
# Until the memory goes the function is as good as ever.
after() {
	settle
	cat /proc/u1_proc
}
