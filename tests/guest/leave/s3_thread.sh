# SPDX-License-Identifier: GPL-2.0-only
# rule: S3
# what: a thread puts its own reference, and returns
# stock: oops|panic|kasan
# ours: s3_thread_bad: S3: straggler errand
# checker: S3
NEEDS=field_b
field=/sys/kernel/debug/field_b
before() { echo 1 >$field/hold; }
enter() {
	wait_for grep -q 0 /sys/module/$module/refcnt
	[ $kind = good ] || wait_for grep -q 1 $field/inside
}
after() {
	[ $kernel = stock ] || sleep 1
	echo 0 >$field/hold
	wait_for grep -q 0 $field/inside
	settle
}
