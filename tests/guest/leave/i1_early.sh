# SPDX-License-Identifier: GPL-2.0-only
# rule: I1
# what: a file can be read before init knows what it shows
# stock: wrong
# ours: nothing
# ours-harm: wrong
# checker: I1
go=/sys/module/$module/parameters/go_on
insert() {
	insmod /modules/$module.ko &
	loader=$!
	wait_for grep -q msleep /proc/$loader/stack || say failed 'init does not stand still'
	size=$(cat /proc/i1_disk 2>/dev/null)
	case $size in
	'' | 2048) ;;
	*) saw wrong "the disk has $size blocks" ;;
	esac
	echo 1 >$go
	wait $loader
}
enter() { [ "$(cat /proc/i1_disk)" = 2048 ] || say failed 'the file does not read 2048'; }
