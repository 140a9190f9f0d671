#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# lab.sh TAG:N...: the laboratory exercises of the second book, one after the other.  /lab/TAG/labN.ko is put through lab/N.sh.
#
# The first lines of lab/N.sh describe it, one line each:
#	# title: what the module is		for the list of exercises
#	# rules: D3				which the broken one breaks
#	# found: REGEXP				what the loader's log must say of the broken one; several such lines are several things
# Then shell, which is as a user would type it, with
#	run COMMAND...		say the command and what it answers; its status
#	works TEXT COMMAND...	the module does its work if the command succeeds; TEXT says what it was to do
#	wait_for COMMAND...	until the command succeeds, for some seconds
#	is_busy			somebody is asleep in the module
#	settle			wait until the loader has been round, and has said what it found
# and leave		remove the module
#
# Everything goes into the kernel's log: lines "lab: ..." between those of the kernel.
PATH=/sbin:/bin:$PATH
burials=/sys/kernel/debug/modules/burials

say() { echo "lab: $*" >/dev/kmsg; }
run() {
	say "# $*"
	eval "$*" >/tmp/answer 2>&1
	status=$?
	while read -r line || [ "$line" ]; do say "$line"; done </tmp/answer
	return $status
}
wait_for() {
	read -r since rest </proc/uptime
	until "$@" >/dev/null 2>&1; do
		read -r at rest </proc/uptime
		[ $((${at%.*} - ${since%.*})) -lt ${LIMIT:-10} ] || return 1
		sleep 0.05
	done
}
works() {
	what=$1
	shift
	if wait_for "$@"; then
		say "works: $what"
	else
		say "does not work: $what"
		LIMIT=1
	fi
}
is_busy() { grep -q "\[$module\]" /proc/[0-9]*/stack; }
is_idle() { grep -q 0 /sys/module/$module/refcnt; }
is_in() { [ -d /sys/module/$module ]; }
is_buried() { ! grep "^$module " $burials | grep -qv ' quarantine '; }
looked_after() { echo >$burials; is_buried; }
settle() { LIMIT=4 wait_for looked_after; sleep 0.5; }
leave() { run rmmod $module; }

one() {
	module=lab$1
	insert() { run insmod $module.ko "$@"; }
	. /scenario/$1.sh
	is_in && leave
	settle
	is_in && say "stays: it cannot be removed"
	is_buried || grep "^$module " $burials | while read -r line; do say "waits: $line"; done
	say done
}

if [ "$1" = one ]; then
	cd /lab/$2 || exit
	# Who does nothing will not do it, however long one waits.
	[ $2 != empty ] || LIMIT=2
	one $3
	exit
fi
for what; do
	say begin $what
	timeout -s KILL ${PATIENCE:-60} /test/main one ${what%:*} ${what#*:} || say "broke off: status $?"
	! grep -q "^lab${what#*:} " /proc/modules || rmmod lab${what#*:}
	say end $what
done
