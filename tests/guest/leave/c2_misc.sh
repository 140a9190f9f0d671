# SPDX-License-Identifier: GPL-2.0-only
# rule: C2
# what: a device names no owner, and is open when its module leaves
# stock: oops
# ours: c2_misc_bad: C2: open file c2_fops
# checker: C2
before() {
	rm -f /tmp/go /tmp/got /tmp/state
	mkfifo /tmp/go
}
enter() {
	wait_for [ -c /dev/c2_misc ] || return
	sh -c 'exec 7</dev/c2_misc; echo open >/tmp/state; read go </tmp/go; read line <&7; exec 7<&-; echo "$line" >/tmp/got' &
	reader=$!
	wait_for grep -q open /tmp/state
}
# Who died twice stays a zombie, or less.
has_ended() { case $(cut -d' ' -f3 /proc/$reader/stat 2>/dev/null) in Z | X | "") ;; *) return 1 ;; esac; }
after() {
	settle
	[ "$(cat /tmp/state)" != open ] || echo go >/tmp/go
	wait_for has_ended
	[ $kind = bad ] || grep -q 'still here' /tmp/got || saw wrong "the device reads $(cat /tmp/got)"
}
# The obedient one could not be removed before the device was closed.
clear() { [ ! -d /sys/module/$module ] || rmmod $module || say failed "rmmod $module"; }
