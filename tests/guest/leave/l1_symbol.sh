# SPDX-License-Identifier: GPL-2.0-only
# rule: L1
# what: a symbol is borrowed and not given back, and its provider can never be removed
# stock: wrong
# ours-harm: wrong
# ours: l1_symbol_bad: L1: 
# checker: L1
NEEDS="exchange subscriber"
exchange=/sys/kernel/debug/exchange
users() { cat /sys/module/subscriber/refcnt; }
before() { [ $kernel = stock ] || echo 1 >$setting/trace_refs; }
enter() { grep -qx 42 /sys/module/$module/parameters/number || say failed "the extension was not called"; }
# A provider that nobody uses can be removed; this one cannot.  The exchange gives back what was left.
after() {
	[ "$(users)" != 0 ] || return
	/sbin/rmmod subscriber 2>/dev/null || saw wrong "subscriber has $(users) user, $(ls /sys/module/subscriber/holders | wc -l) modules, and cannot be removed"
	[ $kernel = stock ] || grep '^subscriber ' /sys/kernel/debug/modules/refs | while read line; do saw held "$line"; done
	echo 1 >$exchange/give_back
}
clear() { [ $kernel = stock ] || echo 0 >$setting/trace_refs; }
