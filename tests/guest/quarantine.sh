# SPDX-License-Identifier: GPL-2.0-only
# quarantine.sh TRIAL...: a trap is stepped on in every way.  What is expected of the log stands in ../check_quarantine.py.
parameters=/sys/module/module/parameters
burials=/sys/kernel/debug/modules/burials

say() { echo "$*" >$RESULT; echo "trial: $*" >/dev/kmsg; }
size() { echo $1 >$parameters/quarantine; echo >$burials; }
leave() { insmod /modules/stray.ko "$@"; rmmod stray; echo >$burials; }
trip() { echo $1 >/sys/kernel/debug/tripwire; }
# In a shell of its own, as he who does it may not come back.
trip_or_die() {
	sh -c "echo $1 >/sys/kernel/debug/tripwire; exit 0" 2>/dev/null
	say "$1 ended with $?"
}
listed() { grep -c '^stray .* quarantine ' $burials; }

calls() {
	leave
	say "in quarantine: $(listed)"
	trip c
	trip C
	trip t
	sleep 1
	trip k
	say "$(sed 's/+.*//' /sys/kernel/debug/modules/strays)"
	insmod /modules/stray.ko
	trip c
	rmmod stray
	echo >$burials
	say "in quarantine: $(listed)"
	trip c
}
failed() {
	insmod /modules/stray.ko fails=1 2>/dev/null
	echo >$burials
	say "in quarantine: $(listed)"
	trip c
}
jumps() {
	leave
	trip_or_die m
	trip_or_die M
}
returns() {
	echo census >$parameters/without
	insmod /modules/stray.ko
	trip_or_die s &
	sleep 1
	rmmod stray
	echo >$burials
	wait
	leave thread=1
	sleep 2
	say "threads: $(ps | grep -c '[s]tray')"
	echo none >$parameters/without
}
measure() {
	sleep 2
	echo "$(grep -v unpurged /proc/vmallocinfo | grep -c load_module) $(sed -n 's/VmallocUsed: *\([0-9]*\) kB/\1/p' /proc/meminfo)"
}
many() {
	size 0
	size 64M
	leave
	size 0
	before=$(measure)
	size 256M
	i=0
	while [ $i -lt 200 ]; do
		insmod /modules/stray.ko && rmmod stray
		i=$((i + 1))
	done
	echo >$burials
	say "in quarantine: $(listed)"
	[ ! -e /sys/kernel/debug/check_wx_pages ] || say "W+X: $(cat /sys/kernel/debug/check_wx_pages)"
	size 0
	say "in quarantine: $(listed)"
	say "areas and kilobytes: $before, then $(measure)"
}
interrupt() {
	leave
	trip T
	sleep 5
}

size 64M
insmod /modules/tripwire.ko
for trial; do
	say "$trial begins"
	$trial
done
# What fell into the wire may hold it, so it stays.
say "end"
