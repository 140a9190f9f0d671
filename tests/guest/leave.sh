#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# leave.sh STEM_bad|STEM_good...: modules that leave while somebody is inside or still will be, one after the other.
#
# What is special about a scenario stands in leave/STEM.sh, the same file for both modules and both kernels.  Its first
# lines say what it shows, one line each:
#	# rule: D1			the rule that STEM_bad breaks
#	# what: a timer is left armed	for the table
#	# stock: oops			what must be seen on the stock kernel: a word or several, "oops|panic" (see check_leave.py)
#	# ours: REGEXP			what our log must say of STEM_bad (the default is STEM_bad: RULE:)
#	# ours-harm: wrong		what is seen on ours as well, where no loader can help; whatever is not listed here fails
#	# checker: D1			the rule that modrules must report of STEM_bad.ko, or "nothing"
#	# victim: MODULE		who suffers for it, if that is another; our log then speaks of that one
#	# append: ARGUMENTS		for the kernel, when it needs any; scenarios with the same ones share a boot
#	# single: yes			the CPUs take turns (where kernel text is patched)
# Then shell.  It may set NEEDS (modules to insert before), BADARGS and GOODARGS (arguments of the modules), and define
#	before	what happens before the module is inserted
#	insert	instead of insmod; one that must fail returns true; there is then nothing to remove
#	enter	somebody comes in
#	remove	instead of rmmod
#	after	stray things happen, somebody looks, whoever is inside is let go
#	clear	afterwards, when the memory is gone or waits
# and may use $module (STEM_bad), $stem, $kind (bad, good), $kernel (book, stock), and
#	saw WORD TEXT...	say what the kernel cannot say: saw garbage "the name reads $name"; saw wrong "no callback came"
#	wait_for COMMAND...	until the command succeeds, for some seconds (more on the slow kernel)
#	settle			on our kernel wait until the undertaker has been round and has said what it found (not while a
#				window is held open with preemption on: he waits for it); on stock half a second
#
# Everything goes into the kernel's log: marks "leave: WORD ..." between the lines of the kernel.
PATH=/sbin:/bin:/tools:$PATH
burials=/sys/kernel/debug/modules/burials
setting=/sys/module/module/parameters
kernel=stock
[ -e $burials ] && kernel=book

say() { echo "leave: $*" >/dev/kmsg; }
saw() { say saw "$@"; }
wait_for() {
	read -r since rest </proc/uptime
	until "$@" >/dev/null 2>&1; do
		read -r at rest </proc/uptime
		[ $((${at%.*} - ${since%.*})) -le $((${LIMIT:-40} / 5)) ] || return 1
		sleep 0.05
	done
}
# Who has been round frees the memory a grace period later.
settle() {
	[ $kernel = stock ] || echo >$burials
	sleep 0.5
}
rmmod() { /sbin/rmmod "$@"; }
before() { :; }
insert() { insmod /modules/$module.ko $arguments; }
enter() { :; }
remove() { rmmod $module; }
after() { :; }
clear() { :; }

one() {
	stem=${1%_*} kind=${1##*_} module=$1
	NEEDS= BADARGS= GOODARGS=
	. /leave/$stem.sh
	[ $kind = bad ] && arguments=$BADARGS || arguments=$GOODARGS
	say begin $module
	for need in $NEEDS; do
		[ -d /sys/module/$need ] || insmod /modules/$need.ko || say failed "insmod $need"
	done
	before
	insert || say insert $?
	enter
	if [ -d /sys/module/$module ]; then
		remove
		say remove $?
	fi
	after
	[ $kernel = book ] && { echo >$burials; grep -v '^#' $burials | while read line; do say burial "$line"; done; }
	clear
	for need in $(echo $NEEDS | tr ' ' '\n' | tac); do
		rmmod $need || say failed "rmmod $need"
	done
	say done $module
}

if [ "$1" = one ]; then
	one "$2"
	exit
fi
# What is compared before and after, with an empty quarantine: modules, their areas of memory, per-CPU memory.
stock_taking() {
	echo 1 >/proc/sys/kernel/kptr_restrict
	if [ -e $burials ]; then
		quarantine=$(cat $setting/quarantine)
		echo 0 >$setting/quarantine
		for i in $(seq 50); do
			echo >$burials
			grep -qE ' (quarantine|waits|late-users) ' $burials || break
			sleep 0.1
		done
	fi
	{
		cut -d' ' -f1 /proc/modules | sed 's/^/module /'
		ls /sys/module | sed 's/^/sysfs /'
		grep -v unpurged /proc/vmallocinfo | awk '/^0xffffffff[a-f]/ { n++; b += $2 } END { print "areas", n + 0; print "bytes", b + 0 }'
		sed -n 's/^Percpu: *\([0-9]*\) kB/percpu \1/p' /proc/meminfo
		[ -e $burials ] && grep -v '^#' $burials | sed 's/^/burial /'
	} >"$OUT/stock-$1"
	[ ! -e $burials ] || echo $quarantine >$setting/quarantine
}
for what; do
	case $what in
	--before) stock_taking before ;;
	--after) stock_taking after ;;
	*)
		timeout -s KILL ${LIMIT:-40} /test/main one $what || say failed "$what: status $?"
		say end $what
		;;
	esac
done
dmesg >"$OUT/dmesg"
