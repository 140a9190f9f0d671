#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# ends.sh NAME...: what else happens while modules are on their way out.  To $RESULT: "CASE == answer".
burials=/sys/kernel/debug/modules/burials
setting=/sys/module/module/parameters

put() { echo "$1 == $2" >"$RESULT"; }
states() { awk '$1 !~ /^#/ { n[$3]++ } END { for (s in n) print s, n[s] }' $burials | sort | tr '\n' ' '; }
count() { awk -v state="$1" '$1 !~ /^#/ && $3 == state' $burials | wc -l; }
come_and_go() {
	for i in $(seq "$1"); do
		insmod /modules/cycle_easy.ko && rmmod cycle_easy || put "cycle $i" failed
	done
}
# A task sleeps inside a module that is gone.
straggler() {
	module=u5_asleep_bad stem=u5_asleep kind=bad kernel=book NEEDS= BADARGS=
	before() { :; }
	after() { :; }
	insert() { insmod /modules/$module.ko $BADARGS; }
	remove() { /sbin/rmmod $module; }
	settle() { echo >$burials; }
	saw() { put "straggler: saw" "$*"; }
	say() { put "straggler: said" "$*"; }
	wait_for() {
		for i in $(seq 100); do
			"$@" >/dev/null 2>&1 && return 0
			sleep 0.05
		done
		return 1
	}
	. /leave/u5_asleep.sh
	for need in $NEEDS; do
		insmod /modules/$need.ko
	done
	before
	insert
	enter
	remove
	settle
	put "inside" "$(count inside)"
}
milliseconds() { awk '{ printf "%d", $1 * 1000 }' /proc/uptime; }
timed() {
	began=$(milliseconds)
	"$@"
	echo $(($(milliseconds) - began))
}

# Somebody is asleep inside, others lie in quarantine, others have just left.
everything() {
	echo 1M >$setting/quarantine
	come_and_go 3
	echo >$burials
	put "in quarantine" "$(count quarantine)"
	straggler
	come_and_go 3
	put "states" "$(states)"
}
poweroff() {
	everything
	put "now" "power off"
	busybox poweroff -f
	sleep 100
}
reboot() {
	everything
	put "now" "reboot"
	busybox reboot -f
	sleep 100
}
# Everybody is told to end first, as an orderly shutdown does; but the straggler does not hear it.
orderly() {
	everything
	trap '' TERM
	busybox killall5 -15
	sync
	put "now" "power off"
	busybox poweroff -f
	sleep 100
}
kexec() {
	everything
	/sbin/kexec -c -l /kexec/bzImage --initrd=/kexec/initrd --append="console=ttyS0 panic=-1 rdinit=/init no_timer_check nokaslr maxcpus=1 tsc=reliable" || put "kexec -l" $?
	put "now" "kexec"
	/sbin/kexec -e
	sleep 100
}
hotplug() {
	insmod /modules/cycle_callers.ko
	cycletool /modules/cycle_easy.ko cycle_easy 60 >/tmp/easy &
	easy=$!
	cycletool /modules/cycle_guard.ko cycle_guard 60 >/tmp/guard &
	guard=$!
	n=0
	while kill -0 $easy 2>/dev/null || kill -0 $guard 2>/dev/null; do
		for cpu in 2 3; do
			echo 0 >/sys/devices/system/cpu/cpu$cpu/online && n=$((n + 1))
			sleep 0.1
			echo 1 >/sys/devices/system/cpu/cpu$cpu/online
		done
	done
	put "easy" "$(cat /tmp/easy)"
	put "guard" "$(cat /tmp/guard)"
	put "offline" $n
	rmmod cycle_callers
	echo >$burials
	put "afterwards" "$(states)"
}
# The remover waits when more is waiting than may be; but not for a straggler.
backlog() {
	come_and_go 1
	put "plenty: waits" "$(count waits)"
	echo >$burials
	echo 1 >$setting/backlog
	insmod /modules/cycle_easy.ko
	rmmod cycle_easy
	put "bound: waits" "$(count waits)"
	straggler
	insmod /modules/cycle_easy.ko
	put "straggler: milliseconds" "$(timed rmmod cycle_easy)"
	put "straggler: still" "$(count inside)"
	after
	echo >$burials
	sleep 3
	put "afterwards" "$(states)"
}
# A provider is removed right after its user, in which somebody is inside: it can be removed, and is not buried before him.
provider() {
	insmod /modules/field_b.ko
	echo 1 >/sys/kernel/debug/field_b/hold
	insmod /modules/d4_thread_bad.ko
	rmmod d4_thread_bad
	echo >$burials
	put "user" "$(sed -n 's/^d4_thread_bad [0-9]* \([a-z-]*\) .*/\1/p' $burials)"
	rmmod field_b
	put "provider" "$(sed -n 's/^field_b [0-9]* \([a-z-]*\) .*/\1/p' $burials)"
	sleep 3
	echo >$burials
	put "afterwards" "$(states)"
}
# What lies in quarantine is given up when memory is short.
shrinks() {
	echo 32M >$setting/quarantine
	come_and_go 10
	echo >$burials
	put "in quarantine" "$(count quarantine)"
	echo 2 >/proc/sys/vm/drop_caches
	for i in $(seq 50); do
		[ "$(count quarantine)" = 0 ] && break
		sleep 0.1
	done
	put "under pressure" "$(states)"
}
# The per-CPU memory of modules is small: a load waits until the predecessor's is free.  This comes first in a machine, since small
# pieces that came and went make the allocator overlook large ones, on the stock kernel as well.
reserve() {
	for i in 1 2 3 4 5 6; do
		insmod /modules/cycle_hungry.ko && rmmod cycle_hungry || put "load $i" failed
	done
	echo 32M >$setting/quarantine
	for i in 1 2 3 4 5 6; do
		insmod /modules/cycle_hungry.ko && rmmod cycle_hungry || put "load $i with quarantine" failed
	done
	put "loads" done
	echo 0 >$setting/quarantine
	echo >$burials
}

echo 8 >/proc/sys/kernel/printk
for name; do
	$name
done
