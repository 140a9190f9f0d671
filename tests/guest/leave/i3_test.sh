# SPDX-License-Identifier: GPL-2.0-only
# rule: I3
# what: exit gives back what init did not get
# stock: wrong
# ours: nothing
# ours-harm: wrong
# checker: I3
clock() { grep -q '0040-0043 : timer0' /proc/ioports; }
before() { clock || say failed 'the clock has no ports'; }
# The obedient one cannot be loaded.
insert() { insmod /modules/$module.ko || [ $kind = good ]; }
after() { clock || saw wrong "the list of ports has lost the clock"; }
