# SPDX-License-Identifier: GPL-2.0-only
# rule: R2
# what: a cache is destroyed while RCU has one of its objects still to free
# stock: warning
# ours: nothing
# ours-harm: warning
# checker: nothing
# append: rcu_nocbs=all rcutree.enable_rcu_lazy=1
NEEDS=field_b
# The callback is ordered in exit, and called for afterwards.
after() {
	settle
	echo 1 >/sys/kernel/debug/field_b/barrier
}
