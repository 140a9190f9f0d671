#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What the undertaker waits for, and what a census costs.  Arguments: how many sleepers there are to be, each time.
insmod /modules/bench_waits.ko || exit 1
sleep 3
dmesg -C
for wait in rcu tasks both turn barrier callback; do
	for n in 1 2 3 4 5; do
		echo $wait >/sys/module/bench_waits/parameters/wait || exit 1
		sleep 1
	done
done
dmesg -c | sed -n 's/.*bench_waits: \([a-z]*\) took \([0-9]*\) us/wait \1 \2/p' >"$RESULT"
rmmod bench_waits
burials=/sys/kernel/debug/modules/burials
[ -e $burials ] || exit 0
for n in "$@"; do
	crowdtool "$n" sh -c "
		for i in 1 2 3; do
			insmod /modules/bench_000.ko && rmmod bench_000 && echo >$burials &&
			sed -n 's/^# census \([0-9]*\) tasks in \([0-9]*\) us.*/census $n \1 \2/p' $burials >'$RESULT' || exit 1
		done" || exit 1
done
