# SPDX-License-Identifier: GPL-2.0-only
# quarantine.sh COUNT TRIAL...: a trap is stepped on in every way.  What is expected of the log stands in ../check_quarantine.py.
parameters=/sys/module/module/parameters
burials=/sys/kernel/debug/modules/burials
strays=/sys/kernel/debug/modules/strays

say() { echo "$*" >$RESULT; echo "trial: $*" >/dev/kmsg; }
wait_for() {
	i=0
	until "$@" || [ $((i = i + 1)) -gt 600 ]; do sleep 0.1; done
}
listed() { grep -c "^stray .* ${1:-quarantine} " $burials; }
all_rest() { ! grep '^stray ' $burials | grep -qv quarantine; }
none_rests() { ! grep -q '^stray ' $burials; }
no_thread() { ! ps | grep -q '[[]stray[]]'; }
size() { echo $1 >$parameters/quarantine; }
leave() { insmod /modules/stray.ko "$@"; rmmod stray; wait_for all_rest; }
trip() { echo $1 >/sys/kernel/debug/tripwire; }
# In a shell of its own, as he who does it may not come back.
trip_or_die() {
	sh -c "echo $1 >/sys/kernel/debug/tripwire; exit 0" 2>/dev/null
	say "$1 ended with $?"
}

calls() {
	leave
	say "in quarantine: $(listed)"
	trip c
	trip C
	trip t
	wait_for grep -q 'caught 3 ' $strays
	trip k
	say "$(sed 's/+.*//' $strays)"
	insmod /modules/stray.ko
	trip c
	rmmod stray
	wait_for all_rest
	say "in quarantine: $(listed)"
	trip c
}
failed() {
	insmod /modules/stray.ko fails=1 2>/dev/null
	wait_for all_rest
	say "in quarantine: $(listed)"
	trip c
}
jumps() {
	leave
	trip_or_die m
	trip_or_die M
}
# Whoever is inside must be there before the module leaves, and out before the traps go.
asleep() { grep -q caught /proc/[0-9]*/stack 2>/dev/null; }
returns() {
	echo census >$parameters/without
	insmod /modules/stray.ko
	trip_or_die s &
	wait_for asleep
	rmmod stray
	wait
	leave thread=1
	wait_for no_thread
	echo none >$parameters/without
}
measure() {
	sleep 2
	echo "$(grep -v unpurged /proc/vmallocinfo | grep -c move_module) $(sed -n 's/VmallocUsed: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
}
come_and_go() {
	i=0
	while [ $i -lt $1 ]; do
		insmod /modules/stray.ko && rmmod stray
		i=$((i + 1))
	done
	wait_for all_rest
	say "in quarantine: $(listed)"
	[ ! -e /sys/kernel/debug/check_wx_pages ] || say "W+X: $(cat /sys/kernel/debug/check_wx_pages)"
	size 0
	wait_for none_rests
	say "in quarantine: $(listed)"
}
many() {
	size 256M
	come_and_go 5
	before=$(measure)
	size 256M
	come_and_go $count
	say "areas and kilobytes: $before, then $(measure)"
}
interrupt() {
	leave
	trip T
	sleep 30
}

count=$1
shift
insmod /modules/tripwire.ko
for trial; do
	size 64M
	say "$trial begins"
	$trial
	size 0
	wait_for none_rests
done
# What fell into the wire may hold it, so it stays.
say "end"
