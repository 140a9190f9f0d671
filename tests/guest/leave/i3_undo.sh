# SPDX-License-Identifier: GPL-2.0-only
# rule: I3
# what: init fails, and leaves a timer armed
# stock: oops|panic|kasan|warning
# ours: i3_undo_bad: D1: timer bark
# checker: nothing
insert() { ! insmod /modules/$module.ko; }
# It is armed for two seconds.
after() { sleep 3; }
