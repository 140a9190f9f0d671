# SPDX-License-Identifier: GPL-2.0-only
# rule: S2
# what: a module guards itself, and a caller is preempted after the last put
# stock: oops
# ours: STEM_bad: U4: straggler .* is inside at enter
# checker: S2
. /leave/field.lib
somebody_stands late
