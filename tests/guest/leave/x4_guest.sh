# SPDX-License-Identifier: GPL-2.0-only
# rule: X4
# what: exit waits for the one who removes
# stock: hang
# ours: nothing
# ours-harm: hang
# checker: nothing
room=/proc/x4_guest
before() { rm -f /tmp/status; }
in_exit() {
	remover=$(pidof rmmod)
	[ -n "$remover" ] && grep -q "$module" /proc/$remover/stack
}
in_exit_or_back() { in_exit || [ -s /tmp/status ]; }
# A script is the guest, and removes the module before it leaves.  The obedient one refuses, and goes when the script has left.
remove() {
	sh -c "echo 1 >$room; /sbin/rmmod $module; echo \$? >/tmp/status; echo 0 >$room" &
	script=$!
	wait_for in_exit_or_back || say failed 'rmmod is neither in exit nor back'
	if in_exit; then
		kill -INT $remover
		sleep 0.5
		! in_exit || saw hang 'rmmod waits for the script, and the script for rmmod'
		echo 0 >$room
	fi
	wait $script
	[ $kind = bad ] || rmmod $module || say failed "rmmod $module"
}
