# SPDX-License-Identifier: GPL-2.0-only
# rule: U5
# what: a task sleeps in an entry that nobody counts
# stock: oops
# ours: STEM_bad: U5: straggler .* is inside at .* \(asleep\)
# checker: nothing
. /leave/field.lib
somebody_sleeps
