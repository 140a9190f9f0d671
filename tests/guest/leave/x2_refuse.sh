# SPDX-License-Identifier: GPL-2.0-only
# rule: X2
# what: exit returns early, since a file is open
# stock: oops
# ours: x2_refuse_bad: U1: stray call of x2_
# checker: X2
before() {
	rm -f /tmp/go /tmp/got /tmp/state
	mkfifo /tmp/go
}
enter() {
	sh -c 'exec 7</proc/x2_file; echo open >/tmp/state; read go </tmp/go; read line <&7; exec 7<&-; echo "$line" >/tmp/got' &
	reader=$!
	wait_for grep -q open /tmp/state
}
remove() {
	rmmod $module || [ $kind = good ] || say failed "it was not removed"
}
# Who died twice stays a zombie, or less.
has_ended() { case $(cut -d' ' -f3 /proc/$reader/stat 2>/dev/null) in Z | X | "") ;; *) return 1 ;; esac; }
after() {
	settle
	echo go >/tmp/go
	wait_for has_ended
	[ $kind = bad ] || grep -q 'still here' /tmp/got || saw wrong "the file reads $(cat /tmp/got)"
}
clear() { [ ! -d /sys/module/$module ] || rmmod $module || say failed "rmmod $module"; }
