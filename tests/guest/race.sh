#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Getters and putters against attempts, drains and signals.  Arguments: references, attempts, drains, seconds.
# To $RESULT: what reftool counted, one "NAME NUMBER" in a line, then figures and lists from before and after.
dir=/modules
# Everything that is kept for later is given back: the caches of each slab, and what the address sanitizer keeps in quarantine.
shrink() {
	for s in /sys/kernel/slab/*/shrink; do
		echo 1 >"$s"
	done 2>/dev/null
}
# What is freed by kfree_rcu waits for up to five seconds until there is enough of it.
take_stock() {
	{ echo >/sys/kernel/debug/modules/burials; } 2>/dev/null # what has left is buried
	sleep 8
	shrink
	echo "figures $(modtool figures "$1")"
	shrink
	awk '$1 !~ /^#|^slabinfo/ { print $1, $2 }' /proc/slabinfo >"$OUT/slabs-$1"
	cat /proc/modules >"$OUT/modules-$1"
	ls /sys/module >"$OUT/sysfs-$1"
}
echo 1 >/sys/kernel/rcu_expedited
insmod $dir/ref_tester.ko || exit 3
# Once for warmth: what is allocated the first time only is there before we look.
reftool $dir/ref_target.ko ref_target 1000 40 8 300 >"$OUT/warm"
rmmod ref_target || exit 4
take_stock before >"$RESULT"
reftool $dir/ref_target.ko ref_target "$1" "$2" "$3" "$4" >"$OUT/counts"
cat "$OUT/counts" >"$RESULT"
rmmod ref_target || exit 5
take_stock after >"$RESULT"
rmmod ref_tester || exit 6
dmesg >"$OUT/dmesg"
