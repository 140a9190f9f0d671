# SPDX-License-Identifier: GPL-2.0-only
# rule: D6
# what: work is cancelled before the interrupt that queues it is freed
# stock: oops|panic|kasan|warning
# ours: d6_order_bad: D2: work do_job
# checker: D6
NEEDS=field_b
field=/sys/kernel/debug/field_b
in_free_irq() { grep -q free_irq /proc/$(pidof rmmod)/stack; }
before() {
	echo 1 >$field/plug
	echo 1 >$field/hold
}
# The handler is held before it queues the work, until the remover waits for it.
enter() {
	echo 1 >$field/fire
	wait_for grep -q 1 $field/inside
	( wait_for in_free_irq; echo 0 >$field/hold ) &
}
after() {
	wait
	echo 0 >$field/plug
	settle
}
# A queue whose worker has died cannot be destroyed.
clear() { [ $kernel$kind != stockbad ] || exit 0; }
