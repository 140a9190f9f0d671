# SPDX-License-Identifier: GPL-2.0-only
# census.sh WAY...: bring somebody into census_room in each WAY, remove it around him, and tell what the loader says.
# The lines are WAY: TEXT; for "crowd N" the figures of a census among N sleepers.
burials=/sys/kernel/debug/modules/burials
door=/sys/kernel/debug/census_door

say() { echo "$way: $*" >> "$RESULT"; }
state() { grep -o '^census_room [0-9]* [a-z-]*' $burials | sed 's/ [0-9]* / /'; }
heard() { dmesg -c | sed -n 's/^\[[^]]*\] //; /census_room: /p' | while read -r line; do say "$line"; done; }
# until WHAT is seen on the list of the unburied, or nothing if it is empty; 20 s at most
until_seen() {
	tries=0
	while [ "$(state)" != "$1" ] && [ $tries -lt 200 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
}

one_way() {
	way=$1
	echo shut > $door
	case $way in
	kept|unborn|last) insmod /modules/census_room.ko thread="$way" ;;
	quiet|softirq)
		insmod /modules/census_room.ko careless=1
		( echo asleep > $door ) & ;;
	*) insmod /modules/census_room.ko
	   ( echo "$way" > $door ) & ;;
	esac
	sleep 0.3
	dmesg -c > /dev/null
	case $way in
	last)
		# nobody but the one who spins is to run on the second processor, not even a little
		echo 0 > /sys/kernel/debug/sched/fair_server/cpu1/runtime
		taskset -p 1 "$(pidof census_last)" > /dev/null
		taskset 2 chrt -f 50 sh -c 'end=$(($(cut -d. -f1 /proc/uptime) + 3))
			while [ "$(cut -d. -f1 /proc/uptime)" -lt $end ]; do :; done' &
		sleep 0.5
		taskset 1 chrt -f 50 rmmod census_room
		sleep 0.5
		;;
	quiet|softirq)
		rmmod census_room
		( echo "$way" > $door ) &
		sleep 0.5
		( echo > $burials ) & # sends the undertaker; his timer may be on the processor that spins
		sleep 1 ;;
	*)
		rmmod census_room || say "refused"
		sleep 0.3 ;;
	esac
	say "burials: $(state)"
	heard
	echo open > $door
	wait
	until_seen ""
	say "at last: $(state)"
	heard
}

insmod /modules/census_door.ko || exit 1
for w; do
	case $w in
	crowd*) way=$w
		# hello is removed among them; its censuses are those that the figures are of
		crowdtool "${w#crowd}" sh -c 'insmod /modules/hello.ko; rmmod hello; echo > '$burials'; grep "^# census" '$burials > /tmp/crowd
		say "$(tr '\n' ' ' < /tmp/crowd)" ;;
	*) one_way "$w" ;;
	esac
done
rmmod census_door
exit 0
