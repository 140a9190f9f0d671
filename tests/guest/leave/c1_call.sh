# SPDX-License-Identifier: GPL-2.0-only
# rule: C1
# what: a caller has looked up a module, holds nothing, and sleeps before he calls
# stock: oops
# victim: subscriber
# ours: subscriber: C1: stray call of answer by call.*\[c1_call_bad\]
# checker: nothing
. /leave/exchange.lib
removed_around $ON_THE_WAY
