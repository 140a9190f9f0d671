# SPDX-License-Identifier: GPL-2.0-only
# rule: D2
# what: work that queues itself is flushed, not cancelled
# stock: oops|panic|kasan|warning
# ours: d2_requeue_bad: D2: work do_job
# checker: D2
after() { settle; }
