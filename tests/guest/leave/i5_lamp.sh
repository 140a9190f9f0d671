# SPDX-License-Identifier: GPL-2.0-only
# rule: I5
# what: a device comes between the look and the subscription
# stock: wrong
# ours: nothing
# ours-harm: wrong
# checker: nothing
parameters=/sys/module/$module/parameters
insert() {
	insmod /modules/$module.ko &
	loader=$!
	wait_for grep -q msleep /proc/$loader/stack || say failed 'init does not stand still'
	insmod /modules/i5_lamp.ko
	echo 1 >$parameters/go_on
	wait $loader
}
enter() { [ "$(cat $parameters/lit)" = Y ] || saw wrong "there is a lamp, and the module says $(cat $parameters/lit)"; }
after() { rmmod i5_lamp; }
