# SPDX-License-Identifier: GPL-2.0-only
# rule: S1
# what: a module guards itself, and sleeps before it does
# stock: oops
# ours: STEM_bad: S1: straggler .* is inside at .* \(asleep\)
# checker: nothing
. /leave/field.lib
somebody_sleeps
