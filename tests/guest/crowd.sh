#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Loads and removals that meet.  Arguments: how often the counted trials are made (1, 2 or 3: the first, second or third
# of three counts), then the names of trials, which are functions below.  To $RESULT goes one line for each answer, "CASE == what came back"; to $OUT/dmesg
# all that the kernel said.
dir=/modules
level=$1
shift
often() { shift $((level - 1)); echo "$1"; }
put() { echo "$1 == $2" >"$RESULT"; }
answer() { case=$1; shift; put "$case" "$(modtool "$@" 2>&1 | tr '\n' ' ' | sed 's/ $//')"; }
get() { modtool finit "$dir/$1.ko" "$2" >/dev/null; }
drop() { for m; do modtool delete "$m" >/dev/null; done; }
news() { dmesg -c | tee -a "$OUT/dmesg"; }
listed() { put "$1" "$(cut -d' ' -f1,3-5 /proc/modules | sort | tr '\n' '|')"; }
tainted() { put "$1" "$(cat /proc/sys/kernel/tainted)"; }
left() {
	put "left after $1" "$(cut -d' ' -f1 /proc/modules | sort | tr '\n' ' ')"
	for m in slowinit initfail selfask dia_base dia_left dia_right dia_top hello; do
		[ -e /sys/module/$m ] && put "left after $1" "/sys/module/$m"
	done
}
# Until module $1, which is being loaded in the background, is in its init.
in_init() {
	until grep -q "^$1 .* Loading " /proc/modules; do
		sleep 0.05
		[ $((waited += 1)) -lt 400 ] || break
	done
	waited=0
}
# Our modules where modprobe finds them.
install_extra() {
	extra=/lib/modules/$(uname -r)/extra
	[ -d "$extra" ] && return
	mkdir -p "$extra"
	for m in dia_base dia_left dia_right dia_top selfask; do
		cp $dir/$m.ko "$extra"
	done
	/sbin/depmod 2>/dev/null
}

# ---- sixteen at once ---------------------------------------------------
sixteen() {
	news >/dev/null
	answer "16 by init" many 16 init $dir/slowinit.ko ms=500
	put "16 by init: init ran" "$(news | grep -c 'slowinit: init runs')"
	listed "16 by init: listed"
	drop slowinit
	answer "16 by finit" many 16 finit $dir/slowinit.ko ms=1500
	put "16 by finit: init ran" "$(news | grep -c 'slowinit: init runs')"
	answer "late ones by finit" many 4 finit $dir/slowinit.ko ms=1500
	drop slowinit
	# Two names of one file are one file; a copy is another, and finds the module's name taken.
	ln $dir/slowinit.ko $dir/slowinit-link.ko
	cp $dir/slowinit.ko /tmp/slowinit-copy.ko
	modtool finit $dir/slowinit.ko ms=2000 >/tmp/first &
	in_init slowinit
	modtool finit $dir/slowinit-link.ko >/tmp/link &
	modtool finit /tmp/slowinit-copy.ko >/tmp/copy &
	wait
	put "one file by three ways" "$(cat /tmp/first) / $(cat /tmp/link) / $(cat /tmp/copy)"
	drop slowinit
	answer "16 by init, init fails" many 16 init $dir/slowinit.ko "ms=500 result=-19"
	left "16 failures by init"
	news >/dev/null
	answer "16 by finit, init fails" many 16 finit $dir/slowinit.ko "ms=1500 result=-19"
	put "16 by finit, init fails: init ran" "$(news | grep -c 'slowinit: init runs')"
	left "16 failures by finit"
	# Without a pause in init some come in time to be merged, and some late.
	i=$(often 50 10 10)
	while [ $i -gt 0 ]; do
		modtool many 16 finit $dir/slowinit.ko ms=0
		modtool delete slowinit >/dev/null || echo "removal failed"
		i=$((i - 1))
	done >/tmp/mixed
	put "16 by finit, quick: answers" "$(cut -d' ' -f1,3 /tmp/mixed | sort -u | tr '\n' ' ')"
	put "16 by finit, quick: calls" "$(awk '{ n += $2 } END { print n }' /tmp/mixed)"
	put "16 by finit, quick: rounds without a success" \
		"$(($(often 50 10 10) - $(grep -c ' OK' /tmp/mixed)))"
	put "16 by finit, quick: times init ran more or less than that" \
		"$(($(often 50 10 10) - $(news | grep -c 'slowinit: init runs')))"
	left "sixteen"
}

# ---- the diamond -------------------------------------------------------
# Each of four processes loads all four corners by finit, beginning with another one, until it has them.
bring_all() {
	for m; do
		until modtool finit $dir/dia_$m.ko delay_ms=20 >/tmp/said.$1 2>&1; do
			read -r x errno name </tmp/said.$1
			case $name in
			EEXIST) break ;;
			ENOENT) ;; # the provider has not come yet
			*) echo "dia_$m: $name" ;;
			esac
			[ -e /tmp/stop ] && return
		done
	done
}
diamond_round() {
	case $1 in
	finit)
		bring_all top left right base >/tmp/d1 &
		bring_all left base top right >/tmp/d2 &
		bring_all base right left top >/tmp/d3 &
		bring_all right top base left >/tmp/d4 &
		;;
	modprobe)
		for m in top left right base; do
			/sbin/modprobe dia_$m >/tmp/d-$m 2>&1 || echo "modprobe dia_$m: $?" >>/tmp/d-$m &
		done
		;;
	esac
	wait
	cat /tmp/d[1-4] /tmp/d-* 2>/dev/null
	rm -f /tmp/d[1-4] /tmp/d-*
	[ "$(cut -d' ' -f1,3,5 /proc/modules | grep -c '^dia_.* Live$')" = 4 ] || echo "not all four are live"
	[ "$(grep '^dia_base ' /proc/modules | cut -d' ' -f3)" = 3 ] || echo "the base has not three users"
	for m in top left right base; do
		modtool delete dia_$m >/tmp/said || echo "dia_$m stays: $(cat /tmp/said)"
	done
	[ -s /proc/modules ] && echo "left: $(cut -d' ' -f1 /proc/modules | tr '\n' ' ')"
}
diamond() {
	install_extra
	hurry 1
	for how in finit modprobe; do
		i=$(often 100 50 10)
		: >/tmp/wrong
		while [ $i -gt 0 ] && [ ! -s /tmp/wrong ]; do
			diamond_round $how >/tmp/wrong 2>&1
			i=$((i - 1))
		done
		put "diamond by $how" "$i rounds are left, $(sort -u /tmp/wrong | head -5 | tr '\n' ';')"
		put "diamond by $how: sums that are wrong" "$(news | grep 'dia_top: the sum' | grep -vc 'is 111')"
	done
	hurry 0
	left diamond
}

# Grace periods without patience: more comings and goings in the same time.
hurry() { echo "$1" >/sys/kernel/rcu_expedited; }

# ---- load against removal ----------------------------------------------
race() {
	n=$(often 1000 1000 100)
	modtool race $(often 200 30 10) $dir/hello.ko hello 4 >/tmp/race 2>&1
	put "slow race" "$?, $(grep -v '^load\|^remove' /tmp/race | tr '\n' ';')"
	cat /tmp/race >"$OUT/race"
	hurry 1
	modtool figures before >/tmp/figures
	before=$(cat /proc/modules)
	modtool race $n $dir/hello.ko hello 4 >/tmp/race 2>&1
	put "race" "$?, $(grep -v '^load\|^remove' /tmp/race | tr '\n' ';')"
	put "race: loads are enough" "$(awk -v n=$n '/^load .* OK/ && $2 >= n' /tmp/race | wc -l)"
	hurry 0
	modtool figures after >>/tmp/figures
	put "race: list as before" "$([ "$before" = "$(cat /proc/modules)" ] && echo yes)"
	put "figures of race" "$(tr '\n' '|' </tmp/figures)"
	cat /tmp/race >>"$OUT/race"
	news >/dev/null
	answer "race: one more load" finit $dir/hello.ko
	answer "race: one more removal" delete hello
	left race
}

# Loads, failures and removals one after another, which must take nothing with them.  The parameters are long, since a
# slab of small objects counts as used when one of them is.
long=$(head -c 3000 /dev/zero | tr '\0' x)
slab() { awk '/^kmalloc/ { print $1, $2 }' /proc/slabinfo; }
balance_round() {
	i=$1
	while [ $i -gt 0 ]; do
		get hello who=$long
		drop hello
		modtool init $dir/hello.ko >/dev/null
		drop hello
		get initfail
		get hello "who=$long even=3"
		i=$((i - 1))
	done
}
balance() {
	n=$(often 200 40 20)
	balance_round 10
	modtool figures before >/tmp/figures
	slab >/tmp/before
	balance_round $n
	modtool figures after >>/tmp/figures
	slab >/tmp/after
	put "figures of balance" "$(tr '\n' '|' </tmp/figures)"
	put "balance: caches that grew" "$(paste -d' ' /tmp/before /tmp/after | awk -v n=$n '$4 - $2 > n * 2 / 3 { print $1, $4 - $2 }' | tr '\n' ' ')"
	paste -d' ' /tmp/before /tmp/after >"$OUT/slabs"
	news >/dev/null
	left balance
}

# ---- waiters that are interrupted --------------------------------------
hasty() {
	for how in finit init; do
		modtool finit $dir/slowinit.ko ms=4000 >/tmp/first &
		in_init slowinit
		answer "impatient by $how, first" hasty 300 $how $dir/slowinit.ko
		answer "impatient by $how, second" hasty 300 $how $dir/slowinit.ko
		answer "patient by $how" $how $dir/slowinit.ko
		wait
		put "impatient by $how: the loader" "$(cat /tmp/first)"
		drop slowinit
	done
	# One who waits for a provider can be interrupted as well.
	modtool finit $dir/dia_base.ko delay_ms=3000 >/tmp/first &
	in_init dia_base
	answer "impatient for a provider" hasty 300 finit $dir/dia_left.ko
	answer "patient for a provider" finit $dir/dia_left.ko
	wait
	put "impatient for a provider: its loader" "$(cat /tmp/first)"
	drop dia_left dia_base
	# Signals that come when the result does.
	i=$(often 100 15 15)
	while [ $i -gt 0 ]; do
		modtool finit $dir/slowinit.ko ms=120 &
		for at in 100 110 115 120 125 130 140; do
			modtool hasty $at finit $dir/slowinit.ko &
		done
		wait
		modtool delete slowinit || echo "removal failed"
		i=$((i - 1))
	done >/tmp/hasty
	put "signal and result together" "$(cut -d' ' -f1,3 /tmp/hasty | grep -v '^0 OK$\|^-1 EINTR$\|^-1 EEXIST$' | sort | uniq -c | tr '\n' ';')"
	sort /tmp/hasty | uniq -c >"$OUT/hasty"
	left "impatience"
}

# ---- a module that asks for itself -------------------------------------
inner() {
	for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
		pid=$(grep -ls 'an-alias-o[f]-selfask' /proc/[0-9]*/cmdline | head -1)
		[ -n "$pid" ] && pid=${pid#/proc/} && echo ${pid%/cmdline} && return
		sleep 0.2
	done
}
asked() {
	put "selfask by $1: warnings" "$(news | tee /tmp/news | grep -c 'does the module request itself\|it waits for itself')"
	put "selfask by $1: said" "$(sed -n 's/.*selfask: //p' /tmp/news | grep 'the request' | tr '\n' ' ')"
	put "selfask by $1: state" "$(grep '^selfask ' /proc/modules | cut -d' ' -f1,3-5)"
	answer "selfask by $1: removed" delete selfask
	answer "selfask by $1: another module" finit $dir/hello.ko
	drop hello
	left "selfask by $1"
}
selfask() {
	install_extra
	news >/dev/null
	# Through the same file: the inner request is merged with the outer one.
	/sbin/modprobe selfask &
	outer=$!
	in=$(inner)
	modtool hasty 11500 finit $extra/selfask.ko >/tmp/third
	put "selfask by finit: a third" "$(cat /tmp/third)"
	put "selfask by finit: before the signal" "$(grep '^selfask ' /proc/modules | cut -d' ' -f1,3-5), $(ls -d /proc/$outer /proc/$in 2>/dev/null | wc -l) wait"
	kill -TERM $in
	wait $outer
	put "selfask by finit: modprobe" "$?"
	asked finit
	# As bytes: the inner request waits for the name.
	modtool init $dir/selfask.ko >/tmp/first &
	in=$(inner)
	sleep 11.5
	put "selfask by init: before the signal" "$(grep '^selfask ' /proc/modules | cut -d' ' -f1,3-5)"
	kill -TERM $in
	wait
	put "selfask by init: modtool" "$(cat /tmp/first)"
	asked init
	# The outer one is killed; both requests must end.
	/sbin/modprobe selfask &
	outer=$!
	in=$(inner)
	kill -KILL $outer
	wait $outer
	put "selfask, killed: modprobe" "$?"
	for i in 1 2 3 4 5 6 7 8 9 10; do
		[ -d /proc/$in ] || break
		sleep 0.3
	done
	put "selfask, killed: the inner one" "$(ls -d /proc/$in 2>/dev/null)"
	asked killed
}

# ---- single answers ----------------------------------------------------
symbols() {
	answer "missing symbol" init $dir/needs_missing.ko
	put "missing symbol: said" "$(news | grep -c 'Unknown symbol a_symbol_that_nobody_exports')"
	answer "weak symbol" init $dir/weakling.ko
	put "weak symbol: said" "$(news | sed -n 's/.*\(weakling: .*\)/\1/p')"
	answer "GPL-only, GPL" finit $dir/gplonly.ko
	drop gplonly weakling
	answer "name space, none" init $dir/nsuser.ko
	get nsowner
	answer "name space" init $dir/nsuser.ko
	drop nsuser
	answer "name space, wrong" patch import_ns=TRIALS import_ns=TRIALX $dir/nsuser.ko
	drop nsowner
	get dup_first
	answer "export twice" init $dir/dupexport.ko
	drop dup_first
	get dupexport
	answer "export twice, other order" init $dir/dup_first.ko
	drop dupexport
	tainted "taints before"
	answer "GPL-only, not GPL" patch license=GPL license=BSD $dir/gplonly.ko
	tainted "taints after a licence"
	left symbols
}
chain() {
	answer "chain, c first" init $dir/chain_c.ko
	get chain_a
	get chain_b
	get chain_c
	listed "chain"
	put "chain: holders" "$(ls /sys/module/chain_a/holders /sys/module/chain_b/holders | tr '\n' ' ')"
	for m in chain_a chain_b; do
		answer "used: $m" delete $m
		answer "used: $m, blocking" delete $m 0
		answer "used: $m, forced" delete $m 0xa00
	done
	listed "chain after that"
	drop chain_c
	listed "chain without c"
	drop chain_b chain_a
	left chain
}
removal() {
	answer "remove the unknown" delete no_such_module
	answer "remove nothing" delete ''
	for n in 54 55 56 57 63 300; do
		answer "remove a name of $n" delete "$(head -c $n /dev/zero | tr '\0' n)"
	done
	modtool finit $dir/slowinit.ko ms=2000 >/dev/null &
	in_init slowinit
	listed "coming"
	answer "remove what is coming" delete slowinit
	answer "remove what is coming, forced" delete slowinit 0xa00
	wait
	answer "remove what has come" delete slowinit
	answer "remove it again" delete slowinit
	/sbin/modprobe tun
	exec 7<>/dev/net/tun
	listed "open"
	answer "remove what is open" delete tun
	exec 7>&-
	answer "remove what is closed" delete tun
	get permanent
	answer "remove what is permanent" delete permanent
	answer "remove what is permanent, blocking" delete permanent 0
	tainted "taints before force"
	answer "remove what is permanent, forced" delete permanent 0xa00
	tainted "taints after force"
	left removal
}
failures() {
	some="1 2 5 8 11 12 13 14 16 17 19 22 28 110 133"
	for e in $(often "$(seq 1 133 | tr '\n' ' ')" "$some" "$some"); do
		answer "init says -$e" init $dir/initfail.ko result=-$e
	done
	left failures
	answer "init says 5" init $dir/initfail.ko result=5
	listed "init says 5: listed"
	drop initfail
	for p in even=3 even=4 even=x numbers=1,2,3,4,5 tag=far-too-long tag=short times=x no_such=1 \
		async_probe async_probe=1 async_probe=x "-- times=x" 'who="a b"' 'who="a' "=" "times" "talkative=2"; do
		news >/dev/null
		answer "hello $p" init $dir/hello.ko "$p"
		put "hello $p: said" "$(news | sed -n 's/.*\(hello: Hello, .*\)/\1/p')"
		drop hello
	done
	modtool init $dir/hello.ko "no_such=1 async_probe=2" >/dev/null
	put "unknown parameters: said" "$(news | sed -n 's/.*hello: \(.*unknown.*\)/\1/p')"
	drop hello
	answer "hello, loaded" finit $dir/hello.ko
	answer "hello, again by init" init $dir/hello.ko
	answer "hello, again by finit" finit $dir/hello.ko
	drop hello
	put "async_probe" "$(cat /sys/module/module/parameters/async_probe)"
	echo 0 >/sys/module/module/parameters/async_probe
	put "async_probe off" "$(cat /sys/module/module/parameters/async_probe)"
	answer "hello, async_probe off" finit $dir/hello.ko
	drop hello
	answer "a directory" finit $dir
	: >/tmp/empty
	answer "empty, finit" finit /tmp/empty
	answer "empty, init" init /tmp/empty
	answer "a text" finit /etc/passwd
	answer "unknown flag" finit $dir/hello.ko "" 8
	answer "compressed, but is not" finit $dir/hello.ko "" 4
	answer "other kernel" patch ' SMP ' ' UMP ' $dir/hello.ko
	tainted "taints before ignoring"
	answer "ignore vermagic" finit $dir/hello.ko "" 2
	listed "ignore vermagic: listed"
	drop hello
	answer "ignore versions" finit $dir/hello.ko "" 1
	listed "ignore versions: listed"
	drop hello
	tainted "taints after ignoring"
	left arguments
}
provider() {
	news >/dev/null
	modtool finit $dir/dia_base.ko delay_ms=33000 >/tmp/first &
	in_init dia_base
	answer "a provider that takes too long" finit $dir/dia_left.ko
	put "a provider that takes too long: said" "$(news | grep -c 'gave up waiting')"
	wait
	put "a provider that takes too long: itself" "$(cat /tmp/first)"
	answer "a provider that took too long" finit $dir/dia_left.ko
	drop dia_left dia_base
	left provider
}
rights() {
	answer "blacklisted by init" init $dir/percpu.ko
	answer "blacklisted by finit" finit $dir/percpu.ko
	get hello
	for who in "su nobody -s /bin/sh -c" "unshare -U -r sh -c"; do
		put "${who%% *}: who" "$($who 'id -u' 2>&1)"
		put "${who%% *}: init" "$($who "modtool init $dir/chain_a.ko" 2>&1)"
		put "${who%% *}: finit" "$($who "modtool finit $dir/chain_a.ko" 2>&1)"
		put "${who%% *}: delete" "$($who 'modtool delete hello' 2>&1)"
	done
	disabled=/proc/sys/kernel/modules_disabled
	put "modules_disabled before" "$(cat $disabled)"
	echo 1 >$disabled
	no_modules "modules_disabled"
	echo 0 2>/dev/null >$disabled
	put "modules_disabled back" "$?"
	put "modules_disabled after" "$(cat $disabled)"
}
no_modules() {
	answer "$1: init" init $dir/chain_a.ko
	answer "$1: finit" finit $dir/chain_a.ko
	answer "$1: finit, unknown flag" finit $dir/chain_a.ko "" 8
	answer "$1: delete" delete hello
	answer "$1: delete the unknown" delete no_such_module
	put "$1: sysctl" "$(cat /proc/sys/kernel/modules_disabled)"
	listed "$1: listed"
}
nomodule() { no_modules nomodule; }

put "CPUs" "$(grep -c '^processor' /proc/cpuinfo)"
# Only errors go to the console; all is in $OUT/dmesg.
echo 4 >/proc/sys/kernel/printk
for trial; do
	$trial
	echo "$trial: done at $(cut -d' ' -f1 /proc/uptime) s" >/dev/console
done
news >/dev/null
