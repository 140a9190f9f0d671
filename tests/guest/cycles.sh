#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# cycles.sh CYCLES: two modules that obey are loaded and removed, each as often as that, while four processors have other things
# to do.  To $RESULT: what cycletool says of each, how often the self-guarding one was called and refused, and memory before and
# after; the lists that are compared go to $OUT.
burials=/sys/kernel/debug/modules/burials
callers=/sys/module/cycle_callers/parameters

shrink() {
	for s in /sys/kernel/slab/*/shrink; do
		echo 1 >"$s"
	done 2>/dev/null
}
# All that has left is buried when nobody is listed any more; a quarantine is emptied for it.
all_buried() {
	echo >$burials
	for i in $(seq 100); do
		grep -qv '^#' $burials || break
		sleep 0.1
	done
	grep -v '^#' $burials
}
# What is freed by kfree_rcu waits for up to five seconds until there is enough of it.
take_stock() {
	quarantine=$(cat /sys/module/module/parameters/quarantine)
	echo 0 >/sys/module/module/parameters/quarantine
	all_buried >"$OUT/unburied-$1"
	sleep 8
	shrink
	echo "figures $(modtool figures "$1")"
	shrink
	awk '$1 !~ /^#|^slabinfo/ { print $1, $2, $5 }' /proc/slabinfo >"$OUT/slabs-$1"
	cut -d' ' -f1 /proc/modules | sort >"$OUT/modules-$1"
	ls /sys/module >"$OUT/sysfs-$1"
	grep -v unpurged /proc/vmallocinfo | awk '/^0xffffffff[a-f]/ { print $2, $3 }' | sed 's/+0x.*//' | sort >"$OUT/areas-$1"
	cat /proc/[0-9]*/comm | grep -Evx 'kworker.*|main|cat|grep|sort' | sort >"$OUT/tasks-$1"
	echo $quarantine >/sys/module/module/parameters/quarantine
}
load_begins() {
	load=
	dd if=/dev/zero of=/dev/null bs=64k 2>/dev/null &
	load="$load $!"
	sh -c 'while :; do /bin/busybox true; done' &
	load="$load $!"
}
load_ends() {
	kill $load
	wait $load 2>/dev/null
}
both() {
	cycletool /modules/cycle_easy.ko cycle_easy "$1" note=anything >/tmp/easy &
	easy=$!
	cycletool /modules/cycle_guard.ko cycle_guard "$1" >/tmp/guard
	guard=$?
	wait $easy && [ $guard = 0 ]
}

echo 1 >/sys/kernel/rcu_expedited
echo 1 >/proc/sys/kernel/kptr_restrict
insmod /modules/cycle_callers.ko || exit 3
load_begins
both 20 || { cat /tmp/easy /tmp/guard >"$RESULT"; exit 4; }
load_ends
take_stock before >"$RESULT"
load_begins
both "$1"
status=$?
load_ends
cat /tmp/easy /tmp/guard >"$RESULT"
[ $status = 0 ] || exit 5
echo "calls $(cat $callers/calls) refusals $(cat $callers/refusals)" >"$RESULT"
take_stock after >"$RESULT"
rmmod cycle_callers || exit 6
all_buried >"$RESULT"
dmesg >"$OUT/dmesg"
