# SPDX-License-Identifier: GPL-2.0-only
# rule: U2
# what: exit removes a file with a lock in its hand that the reader of the file wants
# stock: hang
# ours: nothing
# ours-harm: hang warning
# checker: U2
. /leave/field.lib
table=/sys/kernel/u2_table
hung=/proc/sys/kernel/hung_task_
drains() { grep -q kernfs_drain /proc/$remover/stack; }
state_of() { sed -n 's/^State:.\(.\).*/\1/p' /proc/$1/status; }
# The file was read before, on some other day; that is all that lockdep needs.  Then somebody reads it who is still inside.
enter() {
	cat $table >/dev/null || say failed "$table cannot be read"
	shut early
	cat $table >/dev/null 2>&1 &
	reader=$!
	wait_for is early 1 || say failed "nobody reads $table"
}
remove() {
	/sbin/rmmod $module &
	remover=$!
	wait_for drains || say failed "the remover does not drain"
	let_go early
	wait_for reader_is_through
	if [ "$(state_of $reader)" = D ]; then
		complain
		kill -KILL $reader
	fi 2>/dev/null
	wait $remover
}
# He has left, or waits for the lock; until then he runs.
reader_is_through() { [ "$(state_of $reader)" != R ]; }
# The kernel looks for tasks that hang, every second for once.
is_told() { dmesg | grep -q "INFO: task rmmod:$remover blocked"; }
complain() {
	echo 1 >${hung}check_interval_secs
	echo 1 >${hung}timeout_secs
	wait_for is_told || say failed "nobody reports the remover"
	echo 0 >${hung}timeout_secs
	saw hang "the remover waits for the reader, and the reader for the remover's lock"
}
