# SPDX-License-Identifier: GPL-2.0-only
# rule: C3
# what: a caller was refused a reference on a module that is leaving, and calls
# stock: oops
# victim: subscriber
# ours: subscriber: U5: straggler .* is inside at answer.* \(asleep\)
# checker: C3
. /leave/exchange.lib
called_while_leaving
