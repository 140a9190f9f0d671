# SPDX-License-Identifier: GPL-2.0-only
# rule: D5
# what: a disabled tasklet is left on the list
# stock: oops|panic|kasan
# ours: d5_tasklet_bad: D5: tasklet run_bottom
# checker: D5
after() { settle; }
