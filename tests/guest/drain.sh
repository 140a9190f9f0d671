#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# A remover who waits, those who wake or disturb him, and those who hold.  Arguments: how many drains the long trial makes,
# then the names of trials, which are functions below.  To $RESULT goes one line for each answer, "CASE == what came back";
# to $OUT/dmesg all that the kernel said.
dir=/modules
count=$1
shift
order=/sys/module/holder/parameters/order
loader=/sys/module/module/parameters
refs=/sys/kernel/debug/modules/refs
NONBLOCK=2048 TRUNC=512 APPEND=1024

exec 9>"$RESULT"
put() { echo "$1 == $2" >&9; }
line() { tr '\n' "${1:- }" | sed 's/ *$//'; }
answer() { local case=$1; shift; put "$case" "$(modtool "$@" 2>&1 | line)"; }
get() { modtool finit "$dir/$1.ko" "$2" >/dev/null; }
drop() { for m; do modtool delete "$m" >/dev/null; done; }
news() { dmesg -c | tee -a "$OUT/dmesg"; }
# What the kernel has said about one module since the last time, joined by bars.
said() { put "$1: said" "$(news | sed 's/^<[0-9]*>//; s/^\[ *[0-9.]*\] //; s/+0x[0-9a-f]*\/0x[0-9a-f]*//' | grep "^$2: " | grep -v 'out-of-tree' | line '|')"; }
see() { put "$1" "$(drain look "${2:-held}")"; }
order() { { echo "$2" >$order; } 2>/tmp/refused && put "$1" done || put "$1" "$(sed 's/.*: //' /tmp/refused | line)"; }
counted() { put "$1" "$(cat $order)"; }
# What has left is buried before anything is counted; on the stock kernel it is by now.
buried() { { echo >/sys/kernel/debug/modules/burials; } 2>/dev/null; }
# Areas of memory that belong to modules, and their bytes.
mapped() { buried; grep -v unpurged /proc/vmallocinfo | grep -c '^0xffffffff[a-f]'; }
area() { buried; grep -v unpurged /proc/vmallocinfo | awk '/^0xffffffff[a-f]/ { n += $2 } END { print n + 0 }'; }
left() { put "left after $1" "$(cut -d' ' -f1 /proc/modules | sort | line) $(ls -d /sys/module/{held,leaner,permanent} 2>/dev/null | line)"; }
let_go() { while [ -d /sys/module/held ] && [ "$(cat $order)" -gt 0 ]; do echo put >$order; done; }
setting() { printf %s "$2" >/sys/module/holder/parameters/$1; }

# A removal in the background, which must not hold our open files; returns when it sleeps or has ended.
remove() {
	modtool delete "$@" >/tmp/answer 3<&- 4<&- &
	remover=$!
	local i=0
	until [ "$(cat /sys/module/$1/initstate 2>/dev/null)" = going ] || ! kill -0 $remover 2>/dev/null; do
		sleep 0.02
		[ $((i += 1)) -lt 500 ] || break
	done
	sleep 0.1
}
removed() { wait $remover; put "$1" "$(line </tmp/answer)"; }
leave() { kill -KILL $remover; wait $remover 2>/dev/null; }
until_memory_is() {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		[ "$(mapped)" = "$1" ] && break
		sleep 0.1
	done
}

# ---- a process holds the device ----------------------------------------
opener() {
	get held
	exec 3</dev/held
	see "opener: before"
	remove held 0
	see "opener: during"
	order "opener: a get" get
	order "opener: a holder's get" hold
	see "opener: two references"
	order "opener: a put" put
	put "opener: reads" "$(dd bs=64 count=1 <&3 2>/dev/null)"
	exec 3<&-
	removed "opener: remover"
	see "opener: after"
	let_go
	drop held
	left opener
}

# ---- signals -----------------------------------------------------------
signals() {
	get held
	put "terminal" "$(drain terminal held | line '|')"
	for how in kill handler restart stop freeze; do
		drop held
		get held
		put "$how" "$(drain disturbed held $how | line '|')"
	done
	drop held
	left signals
}

# ---- those who come while one drains -----------------------------------
others() {
	get held
	exec 3</dev/held
	remove held 0
	answer "second drain" delete held 0
	answer "attempt in a drain" delete held $NONBLOCK
	if [ "$(cat /sys/module/held/initstate)" = going ]; then
		answer "first kind of force in a drain" delete held $APPEND
		answer "second kind of force in a drain" delete held $TRUNC
		answer "both kinds in a drain" delete held $((NONBLOCK | TRUNC | APPEND))
	fi
	answer "same name by finit in a drain" finit $dir/held.ko
	answer "same name by init in a drain" init $dir/held.ko
	answer "dependent in a drain" finit $dir/leaner.ko
	see "others: during"
	leave
	see "others: after"
	answer "same name when it is back" finit $dir/held.ko
	answer "dependent when it is back" finit $dir/leaner.ko
	for flags in 0 $NONBLOCK $TRUNC $APPEND $((NONBLOCK | TRUNC | APPEND)); do
		answer "dependents, flags $flags" delete held $flags
	done
	drop leaner
	get permanent
	answer "no exit, drain" delete permanent 0
	answer "no exit, attempt" delete permanent $NONBLOCK
	answer "busy, attempt" delete held $NONBLOCK
	[ -e $loader/drain ] && echo N >$loader/drain
	answer "busy, drains switched off" delete held 0
	[ -e $loader/drain ] && echo Y >$loader/drain
	exec 3<&-
	answer "others: then" delete held 0
	modtool delete permanent $((TRUNC | NONBLOCK)) >/dev/null
}

# ---- the last put, from places where one may not sleep -----------------
atomic() {
	for where in nmi switch; do
		get held
		order "$where: get" get
		remove held 0
		see "$where: during"
		order "$where: put" $where
		removed "$where: remover"
		see "$where: after"
		drop held
	done
	news | grep -o 'holder: a put.*' >/tmp/where
	put "atomic: puts" "$(sed 's/CPU [0-9]*/CPU/' /tmp/where | sort | uniq -c | awk '{ $1 = $1; print }' | line '|')"
}

# ---- many drains, last put on another CPU ------------------------------
across() {
	local cpus before
	cpus=$(grep -c ^processor /proc/cpuinfo)
	drain across 20 $dir/held.ko held $cpus >/dev/null
	before="$(cat /proc/modules; ls /sys/module; mapped; area; grep -c . $refs 2>/dev/null)"
	modtool figures before >/tmp/figures
	put "across" "$(drain across $count $dir/held.ko held $cpus 2>&1 | line)"
	modtool figures after >>/tmp/figures
	put "across: lists as before" "$([ "$before" = "$(cat /proc/modules; ls /sys/module; mapped; area; grep -c . $refs 2>/dev/null)" ] && echo yes)"
	put "figures of across" "$(tr '\n' '|' </tmp/figures)"
	left across
}

together() {
	put "together" "$(drain together $count $dir/held.ko held 2>&1 | line)"
}

# ---- force -------------------------------------------------------------
# The first kind waits, and takes out a module without exit.
first_force() {
	setting whom permanent
	setting grab 1
	get permanent
	news >/dev/null
	answer "first force: not asked for" delete permanent 0
	answer "first force: without waiting" delete permanent $((APPEND | NONBLOCK))
	remove permanent $APPEND
	see "first force: during" permanent
	order "first force: put" put
	removed "first force: remover"
	see "first force: after" permanent
	said "first force" permanent
	put "first force: taint R" "$(($(cat /proc/sys/kernel/tainted) >> 3 & 1))"
	setting grab 0
	setting whom held
}
# The second kind does not wait.  The reference is given back when the module is gone.
second_force() {
	local before=$(mapped)
	get held
	order "second force: get" get
	order "second force: get again" get
	news >/dev/null
	answer "second force" delete held $((TRUNC | NONBLOCK))
	said "second force" held
	see "second force: after"
	sleep 1
	put "second force: areas that stay" "$(($(mapped) - before))"
}
# The same with an open device, whose operations the kernel looks at when it is closed.
late_close() {
	setting watch 0
	get held
	exec 3</dev/held
	answer "late close: force" delete held $((TRUNC | NONBLOCK)) 3<&-
	exec 3<&-
	put "late close" survived
	setting watch 1
}
late_put() {
	order "late: put" put
	counted "late: count after the put"
	order "late: get" get
	order "late: second put" put
	counted "late: count after the second put"
	setting watch 1
	get held
	exec 3</dev/held
	put "late: the next one" "$(dd bs=64 count=1 <&3 2>/dev/null)"
	order "late: get of the next one" get
	counted "late: count of the next one"
	order "late: put of the next one" put
	exec 3<&-
	answer "late: removal of the next one" delete held
	left late
}

# ---- a start that fails while somebody holds ---------------------------
# Somebody opened the device while init ran.
failing() {
	local areas=$(mapped)
	news >/dev/null
	modtool finit $dir/held.ko "ms=1500 result=-19" >/tmp/answer &
	remover=$!
	until [ -c /dev/held ]; do sleep 0.02; done
	exec 3</dev/held
	see "failing: while init runs"
	removed "failing: load"
	see "failing: after"
	said "failing" held
	put "failing: memory that stays" "$(($(mapped) > areas))"
	put "failing: directory" "$(ls -d /sys/module/held 2>&1 | sed 's/.*: //')"
	setting watch 0
}
failing_used() {
	put "failing: the open device reads" "$(dd bs=64 count=1 <&3 2>/dev/null)"
	order "failing: look" look
	order "failing: get" get
	counted "failing: count"
	put "failing: and again" "$(dd bs=64 count=1 <&3 2>/dev/null)"
	answer "failing: dependent" finit $dir/leaner.ko
	answer "failing: removal of it" delete held
	answer "failing: another load" finit $dir/held.ko
	exec 4</dev/held
	put "failing: the other one reads" "$(dd bs=64 count=1 <&4 2>/dev/null)"
	put "failing: the first one reads" "$(dd bs=64 count=1 <&3 2>/dev/null)"
	exec 4<&-
	answer "failing: removal of the other" delete held
	news >/dev/null
	order "failing: count before the last put" look
	counted "failing: count at the end"
	exec 3<&-
	sleep 0.5
	until_memory_is "$1"
	said "failing: the last put" held
	put "failing: areas at the end" "$(($(mapped) - $1))"
	setting watch 1
	left failing
}
failing_init() {
	local areas=$(mapped)
	failing
	failing_used "$areas"
}
# The load fails after the notifiers and before init.
bad_parameter() {
	setting grab 2
	news >/dev/null
	answer "bad parameter: load" finit $dir/held.ko ms=soon
	setting grab 0
	setting watch 0
	see "bad parameter: after"
	said "bad parameter" held
}
bad_parameter_used() {
	order "bad parameter: look" look
	counted "bad parameter: count"
	answer "bad parameter: another load" finit $dir/held.ko
	see "bad parameter: another one"
	order "bad parameter: put" put
	counted "bad parameter: count, one left"
	answer "bad parameter: removal of the other" delete held
	news >/dev/null
	order "bad parameter: last put" put
	sleep 0.5
	until_memory_is "$1"
	said "bad parameter: last put" held
	put "bad parameter: areas at the end" "$(($(mapped) - $1))"
	setting watch 1
	left "bad parameter"
}
bad_load() {
	local areas=$(mapped)
	bad_parameter
	bad_parameter_used "$areas"
}

# A dependent that lingers needs its provider.
provider() {
	local areas=$(mapped)
	get held
	setting whom leaner
	setting grab 1
	answer "provider: load of the dependent" finit $dir/leaner.ko result=-5
	setting grab 0
	see "provider: while it waits"
	answer "provider: drain" delete held 0
	answer "provider: force" delete held $((TRUNC | NONBLOCK))
	order "provider: put" put
	until_memory_is $((areas + 3))
	see "provider: then"
	setting whom held
	drop held
	put "provider: areas at the end" "$(($(mapped) - areas))"
	left provider
}

# ---- a put too many ----------------------------------------------------
overput() {
	get held
	news >/dev/null
	order "overput: put" put
	see "overput: after"
	put "overput: said" "$(news | grep -o 'held: more.*' | line '|')"
	see "overput: once more"
	put "overput: said again" "$(news | grep -o 'held: more.*' | line '|')"
	answer "overput: attempt" delete held
}
overput_forced() {
	answer "overput: drain" delete held 0
	answer "overput: first kind of force" delete held $APPEND
	answer "overput: second kind of force" delete held $((TRUNC | NONBLOCK))
	left overput
	get held
	see "overput: the next one"
	drop held
}
too_many() {
	overput
	overput_forced
}

# ---- who holds it ------------------------------------------------------
# Call sites without what differs from build to build.
sites() { put "$1" "$(grep '^held ' $refs | sed 's/+0x[0-9a-f]*\/0x[0-9a-f]*//; s/^held //' | sort | line '|')"; }
sum() { put "$1" "$(awk '$1 == "held" { n += $NF } END { print n + 0 }' $refs), $(cat /sys/module/held/refcnt)"; }
tracing() {
	echo N >$loader/trace_refs
	put "tracing: off" "$(head -1 $refs)"
	get held
	exec 3</dev/held
	sites "tracing: nothing yet"
	echo Y >$loader/trace_refs
	put "tracing: on" "$(head -1 $refs)"
	sites "tracing: one from before"
	exec 4</dev/held
	order "tracing: get" get
	sites "tracing: with two since"
	sum "tracing: sum, count"
	remove held 0
	sites "tracing: in a drain"
	leave
	sites "tracing: after it"
	exec 4<&-
	sites "tracing: the device closed"
	order "tracing: put" put
	exec 3<&-
	sites "tracing: none"
	sum "tracing: sum, count at the end"
	exec 3</dev/held
	put "tracing: the open site" "$(grep -c '^held misc_open+0x[0-9a-f]*/0x[0-9a-f]* 1$' $refs)"
	exec 3<&-
	answer "tracing: removal" delete held
	sites "tracing: gone"
	echo N >$loader/trace_refs
}
traced_from_boot() {
	put "traced: parameter" "$(cat $loader/trace_refs)"
	get held
	exec 3</dev/held
	sites "traced: open"
	sum "traced: sum, count"
	exec 3<&-
	sites "traced: closed"
	drop held
	atomic
	news >/dev/null
	modtool finit $dir/held.ko "ms=1000 result=-19" >/tmp/answer &
	remover=$!
	until [ -c /dev/held ]; do sleep 0.02; done
	exec 3</dev/held
	removed "traced: a load that fails"
	said "traced: a load that fails" held
	sites "traced: it lies in wait"
	exec 3<&-
	sleep 0.5
	sites "traced: it is gone"
	put "traced: lines of other modules" "$(grep -v '^#' $refs | awk '$1 != "held"' | grep -vc ' [1-9][0-9]*$')"
}

# ---- nobody may load or remove any more --------------------------------
disabled() {
	get held
	exec 3</dev/held
	remove held 0
	echo 1 >/proc/sys/kernel/modules_disabled
	exec 3<&-
	removed "disabled: remover"
	see "disabled: after"
	answer "disabled: an attempt" delete held
}

echo 5 >/proc/sys/kernel/printk
echo 1 >/proc/sys/kernel/kptr_restrict
put CPUs "$(grep -c ^processor /proc/cpuinfo)"
get holder
news >/dev/null
# Modules with their users and states, directories; then how many areas of memory more than before.
lists() { cut -d' ' -f1,3-5 /proc/modules; ls /sys/module; }
for trial; do
	put "start" "$trial"
	before=$(lists) areas=$(mapped)
	$trial
	until_memory_is "$areas"
	put "$trial: lists afterwards" "$([ "$before" = "$(lists)" ] && echo as before || echo others)"
	put "$trial: areas more than before" "$(($(mapped) - areas))"
done
put end reached
news >/dev/null
