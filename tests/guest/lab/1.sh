# SPDX-License-Identifier: GPL-2.0-only
# title: sessions that are freed by RCU
# rules: D3
# found: lab1: D3: it imports call_rcu and nothing that takes it back
# found: lab1: D3: it orders RCU callbacks and never waits for them
insert
run 'echo ann >/sys/kernel/lab1'
run 'echo bob >/sys/kernel/lab1'
run 'cat /sys/kernel/lab1'
works 'it lists the sessions' [ "$(cat /sys/kernel/lab1)" = "ann
bob" ]
run 'echo - >/sys/kernel/lab1'
works 'it closes the sessions' [ -z "$(cat /sys/kernel/lab1)" -a -e /sys/kernel/lab1 ]
run 'echo eve >/sys/kernel/lab1'
leave
