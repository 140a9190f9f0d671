# SPDX-License-Identifier: GPL-2.0-only
# rule: X1
# what: exit frees what a file shows, and then removes the file
# stock: garbage|kasan
# ours: nothing
# ours-harm: garbage kasan
# checker: X1
enter() { [ "$(cat /proc/x1_word)" = 'still here' ] || say failed 'the file does not show its word'; }
remove() {
	/sbin/rmmod $module &
	remover=$!
	wait_for grep -q msleep /proc/$remover/stack || say failed 'exit does not stand still'
	if [ -e /proc/x1_word ]; then
		word=$(cat /proc/x1_word)
		[ "$word" = 'still here' ] || saw garbage "the file reads '$word'"
	fi
	echo 1 >/sys/module/$module/parameters/go_on
	wait $remover
}
