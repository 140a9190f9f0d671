# SPDX-License-Identifier: GPL-2.0-only
# rule: C6
# what: a caller takes a reference without asking, on a module that is leaving
# stock: oops
# victim: subscriber
# ours: subscriber: C6: call.*\[c6_get_bad\] took
# checker: nothing
. /leave/exchange.lib
called_while_leaving
