# SPDX-License-Identifier: GPL-2.0-only
# rule: D2
# what: delayed work is left on the system's queue
# stock: oops|panic|kasan|warning
# ours: d2_delayed_bad: D2: .*work do_poll
# checker: D2
# It is ordered for five seconds after the module has come.
after() { sleep 6; }
