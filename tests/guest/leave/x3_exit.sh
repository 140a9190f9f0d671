# SPDX-License-Identifier: GPL-2.0-only
# rule: X3
# what: an empty exit, and a hook that cannot be taken back
# stock: oops|panic
# ours: x3_exit_bad: C1: stray call of x3_hook
# checker: nothing
verdict=/sys/module/$module/unload
# The provider stays, as the obedient one does.
before() { [ -d /sys/module/field_x ] || insmod /modules/field_x.ko; }
enter() { echo 1 >/sys/kernel/debug/field_x; }
remove() {
	rmmod $module
	[ $kind = good ] || return
	[ -d /sys/module/$module ] || saw wrong 'it was removed'
	[ ! -e $verdict ] || [ "$(head -n1 $verdict)" = permanent ] || saw wrong "the verdict is $(head -n1 $verdict)"
}
after() {
	settle
	sh -c 'echo 1 >/sys/kernel/debug/field_x'
}
