# SPDX-License-Identifier: GPL-2.0-only
# rule: D2
# what: work is left on a queue that is busy
# stock: oops|panic|kasan|warning
# ours: d2_work_bad: D2: work do_job
# checker: D2
NEEDS=field_b
plug=/sys/kernel/debug/field_b/plug
before() { echo 1 >$plug; }
after() {
	echo 0 >$plug
	settle
}
# A queue whose worker has died cannot be destroyed.
clear() { [ $kernel$kind != stockbad ] || exit 0; }
