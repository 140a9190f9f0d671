# SPDX-License-Identifier: GPL-2.0-only
# rule: S1
# what: a module guards itself, and a caller is preempted before the first get
# stock: oops
# ours: STEM_bad: U4: straggler .* is inside at enter
# checker: nothing
. /leave/field.lib
somebody_stands early
