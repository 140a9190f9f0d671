# SPDX-License-Identifier: GPL-2.0-only
# rule: C5
# what: a caller has looked up a module, released the lock, and sleeps before he asks for a reference
# stock: oops
# victim: subscriber
# ours: subscriber: C5: call.*\[c5_late_get_bad\] asked
# checker: nothing
. /leave/exchange.lib
removed_around $ON_THE_WAY
