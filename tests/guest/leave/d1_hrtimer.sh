# SPDX-License-Identifier: GPL-2.0-only
# rule: D1
# what: a high-resolution timer is left armed
# stock: oops|panic|kasan|warning
# ours: d1_hrtimer_bad: D1: .*timer ring
# checker: D1
# It is armed for five seconds when the module comes.
after() { sleep 6; }
