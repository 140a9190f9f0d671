# SPDX-License-Identifier: GPL-2.0-only
# rule: C4
# what: the reference of a session is given back before its last call
# stock: oops
# victim: subscriber
# ours: subscriber: U5: straggler .* is inside at hang_up.* \(asleep\)
# checker: nothing
. /leave/exchange.lib
removed_around $HANGING_UP
