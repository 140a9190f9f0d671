#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# The usual rmmod and ours.  To $RESULT goes one line for each thing seen, "case what-was-seen"; what ours said is left
# in $OUT/CASE.
usual=/sbin/rmmod ours=/tools/rmmod
cd /tmp || exit 2

see() { echo "$*" | tee "$RESULT"; }
loaded() { cut -d' ' -f1 /proc/modules | sort | tr '\n' ' '; }
state() { awk -v m="$1" '$1 == m { s = $3 " " $5 } END { print s ? s : "gone" }' /proc/modules; }
# Wait until a condition holds, ten seconds at most.
until_true() { for _ in {1..100}; do "$@" && return; sleep 0.1; done; return 1; }
is_state() { [[ $(state $1) == $2 ]]; }
# Run ours, keep what it says, tell status and tenths of a second.
say() {
	local case=$1 start=${EPOCHREALTIME/./}; shift
	"$@" >"$OUT/$case" 2>&1 </dev/null
	local status=$?
	see "$case status $status tenths $(((${EPOCHREALTIME/./} - start) / 100000))"
}
hold() { sleep "${1:-1000}" <>/dev/net/tun & holder=$!; until_true is_state tun "[1-9]* Live"; }
# What a module in use looks like while ours waits for it.
[ -e /sys/module/module/parameters/drain ] && waiting="* Unloading" || waiting="* Live"
let_go() { kill $holder; wait $holder; } 2>/dev/null

# ---- the same command line, with both tools
both() {
	local case=$1 tool; shift
	for tool in usual ours; do
		for m in chain_a chain_b hello permanent tun; do
			[ -d /sys/module/$m ] || insmod /modules/$m.ko
		done
		[ $case = busy ] && hold
		if [ $case = nobody ]; then
			su nobody -s /bin/sh -c "${!tool} $*"
		else
			${!tool} "$@"
		fi >"$OUT/$case-$tool" 2>&1 </dev/null
		see "both $case $tool $? $(loaded)"
		[ $case = busy ] && let_go
	done
}
mkdir hello /modules/x
find /lib/modules -name tun.ko -exec cp {} /modules/ \;
cp /modules/hello.ko /modules/x/hello.ko.zst
both name hello
both path /modules/hello.ko
both compressed /modules/x/hello.ko.zst
both nopath /nowhere/hello.ko
both suffix hello.ko
both minus chain-b
both several chain_b chain_a hello
both mixed nothere hello
both wrongorder chain_a chain_b
both dependents chain_a
both after hello -v
both verbose -v hello
both syslog -s nothere
both nothere nothere
both empty ""
both none
both unknown -z hello
both w -w hello
both help -h
both version --version
both builtin printk
both busy tun
both permanent permanent
both force -f permanent
both long --force --verbose --syslog permanent
both forcedependents -f chain_a
both nobody hello
rmdir hello

# ---- in use: refused with the holder named; waited for; interrupted
modprobe tun
hold
say busy $ours tun
see "busy holder $holder"
say who-open $ours --who tun
say short $ours --wait=0.3 tun
see "short left $(state tun)"
say late $ours --wait=1 tun
see "late left $(state tun)"
: <>/dev/net/tun && see "late reopened"

# what is typed at a terminal
(until_true grep -q waiting "$OUT/typed"; sleep 0.5; printf '\003'; until_true grep -q EXIT "$OUT/typed") |
	script -q -e -f -c "$ours --wait tun" "$OUT/typed" >/dev/null
see "typed status $? left $(state tun)"
set -m
$ours --wait tun >"$OUT/term" 2>&1 & pid=$!
until_true grep -q waiting "$OUT/term"; until_true is_state tun "$waiting"
see "term state $(state tun)"
if is_state tun "* Unloading"; then
	: 2>/dev/null <>/dev/net/tun && see "term opened" || see "term refused"
fi
kill -STOP $pid; until_true is_state tun "* Live"; see "term stopped $(state tun)"
kill -CONT $pid; until_true is_state tun "$waiting"; see "term continued $(state tun)"
kill -TERM $pid; wait $pid
see "term status $? left $(state tun)"
set +m

# whoever ignores ^C goes on ignoring it
(trap '' INT; exec $ours --wait=2 tun) >"$OUT/ignored" 2>&1 & pid=$!
until_true grep -q waiting "$OUT/ignored"; kill -INT $pid; wait $pid
see "ignored status $?"

# the holder leaves
let_go; hold 2
say waited $ours --wait -v tun
see "waited left $(state tun)"
modprobe tun
say idle $ours --wait=60 tun
see "idle left $(state tun)"

# our own descriptor is not one to wait for; our parent's is
modprobe tun
bash -c "exec 7<>/dev/net/tun; $ours --wait=1 tun; exit \$?" >"$OUT/parent" 2>&1
see "parent status $?"
(exec 7<>/dev/net/tun; exec $ours --wait=1 tun) >"$OUT/inherited" 2>&1
see "inherited status $?"

# somebody else drains it
if [ -e /sys/module/module/parameters/drain ]; then
	modprobe tun; hold
	$ours --wait tun >"$OUT/first" 2>&1 & pid=$!
	until_true is_state tun "* Unloading"
	say second $ours tun
	$ours --wait tun >"$OUT/third" 2>&1 & third=$!
	until_true grep -q waiting "$OUT/third"; let_go
	wait $pid; see "first status $?"
	wait $third; see "third status $?"
	modprobe tun; hold
	set -m; busybox modprobe -r tun & pid=$!; set +m
	until_true is_state tun "* Unloading"; see "busybox state $(state tun)"
	kill -INT $pid; wait $pid; see "busybox left $(state tun)"
	echo N >/sys/module/module/parameters/drain
	say undrained $ours --wait=0.5 tun
	say plainbusybox busybox modprobe -r tun
	echo Y >/sys/module/module/parameters/drain
	let_go
fi

# ---- what nobody can wait for
say dependents $ours --wait chain_a
see "dependents left $(state chain_a)"
insmod /modules/permanent.ko 2>/dev/null
say permanent $ours --wait permanent
say noexit $ours --even-without-exit permanent
see "noexit left $(state permanent)"
say absent $ours --wait nothere
say forbidden su nobody -s /bin/sh -c "$ours --wait chain_b"
say builtin $ours --who printk
say nonsense $ours --wait=soon hello
say contrary $ours --wait -f hello
say which $ours --wait
insmod /modules/hello.ko 2>/dev/null
say zero $ours --wait=0 hello
say several $ours --wait=1 nothere chain_b chain_a
see "several left $(state chain_a)"

# held by nobody who can be seen; and given back once too often
insmod /modules/holder.ko; insmod /modules/held.ko
order=/sys/module/holder/parameters/order
echo get >$order
say unseen $ours held
echo put >$order
if [ -e /sys/module/module/parameters/drain ]; then
	echo put >$order
	say over $ours --wait held
	echo hold >$order
	say mended $ours --wait held
	insmod /modules/held.ko
fi

# ---- who
modprobe -a ext4 loop af_packet veth
loop=$(losetup -f); losetup $loop /data/ext4.img
say who-set-up $ours --who loop
mount $loop /mnt
say who-mount $ours --who ext4
say who-device $ours --who loop
say who-dependent $ours --who jbd2
say busy-dependent $ours jbd2
cp /bin/busybox /mnt/sleep
/mnt/sleep 1000 & program=$!
(cd /mnt; exec sleep 1000) & directory=$!
sleep 1000 </mnt/greeting & file=$!
for pid in $program $directory $file; do until_true grep -q sleep /proc/$pid/comm; done
see "who-files program $program directory $directory file $file"
say who-files $ours --who ext4
for _ in 1 2 3; do sleep 1000 </mnt/greeting & more="$more $!"; done
say many $ours ext4
kill $program $directory $file $more
wait $program $directory $file $more 2>/dev/null
# A file that is mapped and no longer open: a library in a program that lies elsewhere.
mkfifo /tmp/quiet
cp "$(awk '/libtinfo/ { print $6; exit }' /proc/$$/maps)" /mnt/library
LD_PRELOAD=/mnt/library bash -c 'read </tmp/quiet' & mapper=$!
until_true grep -q /mnt/library /proc/$mapper/maps
see "who-mapped mapper $mapper"
say who-mapped $ours --who ext4
kill $mapper; wait $mapper 2>/dev/null
umount /mnt
unshare -m sh -c "mount $loop /mnt; exec sleep 1000" & program=$!
until_true grep -q ext4 /proc/$program/mountinfo
see "who-space process $program"
say who-space $ours --who ext4
kill $program; wait $program 2>/dev/null
losetup -d $loop
say who-nobody $ours --who ext4

modprobe -a scsi_debug sd_mod
until_true [ -b /dev/sda ]
sleep 1000 </dev/sda & program=$!
until_true grep -q sleep /proc/$program/comm
see "who-disk opener $program"
say who-disk $ours --who sd_mod
say who-controller $ours --who scsi_debug
kill $program; wait $program 2>/dev/null
mkswap /dev/sda >/dev/null; swapon /dev/sda
say who-swap $ours --who sd_mod
swapoff /dev/sda

ip link add v0 type veth peer name v1; ip link set v0 up; ip link set v1 up
udhcpc -f -i v0 -t 100 >/dev/null 2>&1 & program=$!
until_true grep -q '^af_packet [0-9]* [1-9]' /proc/modules
see "who-socket client $program"
say who-socket $ours --who af_packet
kill $program; wait $program 2>/dev/null
say who-interface $ours --who veth

modprobe tun
[ -e /sys/module/module/parameters/trace_refs ] && echo Y >/sys/module/module/parameters/trace_refs
hold
say traced $ours tun
say who-traced $ours --who tun
say who-shut su nobody -s /bin/sh -c "$ours --who tun"
echo get >$order
say who-module $ours --who held
mknod /tmp/another c 10 200; rm -rf /lib/modules
say who-bare $ours --who tun
let_go
cat /proc/sys/kernel/tainted >"$OUT/tainted"
exit 0
