#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Feed damaged module files to the loader.  Arguments: how many rounds.
# /data/bad.tar goes through init_module; /data/packed/* through finit_module, as compressed files.
# /data/good are the undamaged modules: loaded and removed first, so that all caches are warm and the
# notices that the kernel prints only once have been printed.
exec >$RESULT 2>&1
echo 1 >/proc/sys/kernel/printk
echo 0 >/proc/sys/kernel/printk_ratelimit

state() {
	{ echo >/sys/kernel/debug/modules/burials; } 2>/dev/null
	echo "state $1 modules $(cut -d' ' -f1,2,3,4,5 /proc/modules | tr '\n' ';')"
	echo "state $1 sysfs $(ls /sys/module | tr '\n' ' ')"
	echo "state $1 symbols $(grep -c '\[' /proc/kallsyms)"
}

# Objects in use, cache by cache.  What the processors hold back is given up first.  Each file of sysfs that is opened for
# that costs an object of kmalloc-96, which is freed by RCU in batches, every five seconds at the latest.
objects() {
	for s in /sys/kernel/slab/*/shrink; do echo 1 >$s; done 2>/dev/null
	for i in 1 2; do
		sleep 6
		awk -v when=$1 'NR > 2 { print "slab", when, $1, $2, $4 }' /proc/slabinfo
	done
}

good() {
	for f in /data/good/*; do
		modtool init $f >/dev/null
		for name in $(cut -d' ' -f1 /proc/modules); do modtool delete $name >/dev/null; done
	done
}

# The log is read from a mark on, which is the name of the case.
packed() {
	for f in /data/packed/*; do
		case=$(basename $f | tr @ /)
		echo "<6>=== $case" >/dev/kmsg
		echo "$case $(modtool finit $f "" 4)"
		for name in $(cut -d' ' -f1 /proc/modules); do modtool delete $name >/dev/null; done
	done
	dmesg | sed 's/^\[ *[0-9.]*\] //' | awk '/^=== / { name = $2; next } name { print name ": " $0 }'
	dmesg -c >/dev/null
}

good; good
dmesg -c >/dev/null
state 0
modtool figures 0
for round in $(seq ${1:-2}); do
	echo "round $round" | tee /dev/console
	modtool bad /data/bad.tar || exit 1
	[ -d /data/packed ] && packed
	good
	dmesg -c >/dev/null
	{ echo >/sys/kernel/debug/modules/burials; } 2>/dev/null
	modtool figures $round
	state $round
	objects $round
done
