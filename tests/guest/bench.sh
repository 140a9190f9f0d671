#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# What references and removals cost.  Arguments: how many removals to time; how many copies of bench_000.ko lie in /copies.
# To $RESULT goes one line for each measurement.
p=/sys/module/bench_refs/parameters
insmod /modules/bench_target.ko && insmod /modules/bench_refs.ko || exit 1
sleep 3
dmesg -C
pairs() {
	for n in 100 20000 20000; do echo $n >$p/pairs || exit 1; done
	dmesg -c | sed -n "s/.*bench_refs: 20000 pairs took \([0-9]*\), and without them \([0-9]*\)/$1 \1 \2/p" | tail -n 1 >"$RESULT"
}
echo 1 >$p/held || exit 1
pairs pairs
if [ -e /sys/module/module/parameters/trace_refs ]; then
	echo 1 >/sys/module/module/parameters/trace_refs
	pairs traced
	echo 0 >/sys/module/module/parameters/trace_refs
fi
benchtool refuse bench_target 20 >"$RESULT" || exit 1
benchtool read /proc/modules 20 >"$RESULT" || exit 1
sed -n 's/^bench_target \([0-9]*\) .*/size \1/p' /proc/modules >"$RESULT"
echo 0 >$p/held || exit 1
rmmod bench_target || exit 1
benchtool remove /modules/bench_target.ko bench_target "$1" $p/idle >"$RESULT" || exit 1
# The same loads, judged and not judged, in turn.
policy=/sys/module/module/parameters/unload_policy
if [ -e $policy ] && modprobe jbd2 2>/dev/null; then
	modprobe -a mbcache crc16 2>/dev/null
	for round in 1 2 3 4 5 6 7; do
		for word in trust check; do
			for file in fs/ext4/ext4 drivers/block/loop; do
				name=${file##*/}
				echo $word >$policy
				benchtool load /lib/modules/$(uname -r)/kernel/$file.ko $name 1 $p/idle | sed "s/^load/load $word-$name/" >"$RESULT" || exit 1
			done
		done
	done
fi
rmmod bench_refs
if [ "${2:-0}" -gt 0 ]; then
	benchtool many "$2" /copies >"$RESULT" || exit 1
fi
