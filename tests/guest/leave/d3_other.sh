# SPDX-License-Identifier: GPL-2.0-only
# rule: D3
# what: a callback of RCU was ordered through another module
# stock: oops|panic|kasan
# ours: nothing
# checker: nothing
# append: rcu_nocbs=all rcutree.enable_rcu_lazy=1
. /leave/d3_rcu.sh
