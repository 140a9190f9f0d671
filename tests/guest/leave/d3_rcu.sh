# SPDX-License-Identifier: GPL-2.0-only
# rule: D3
# what: a callback of RCU is pending
# stock: oops|panic|kasan
# ours: d3_rcu_bad: D3: 
# checker: D3
# append: rcu_nocbs=all rcutree.enable_rcu_lazy=1
NEEDS=field_b
barrier=/sys/kernel/debug/field_b/barrier
# The callback is ordered on CPU 1, where nobody is in a hurry: all others, tasks and workers of the kernel too, keep off it, since a
# hurried callback on the same CPU would take the lazy one along.
before() {
	for task in /proc/[0-9]*; do
		taskset -p d ${task#/proc/}
	done >/dev/null 2>&1
	echo d >/sys/devices/virtual/workqueue/cpumask
	taskset -p 1 $$ >/dev/null
	echo 1 >$barrier
}
enter() { taskset 2 sh -c 'echo 1 >/sys/kernel/debug/entry; echo 2 >/sys/kernel/debug/entry'; }
# When the memory has gone, the callback is called for.
after() {
	settle
	echo 1 >$barrier
}
clear() { taskset -p f $$ >/dev/null; }
