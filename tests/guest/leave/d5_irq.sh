# SPDX-License-Identifier: GPL-2.0-only
# rule: D5
# what: the action of an interrupt is left
# stock: oops|panic|kasan
# ours: d5_irq_bad: D5: .*pulled
# checker: D5
NEEDS=field_b
fire=/sys/kernel/debug/field_b/fire
enter() { echo 1 >$fire; }
after() {
	echo 1 >$fire
	cat /proc/interrupts >/dev/null
}
