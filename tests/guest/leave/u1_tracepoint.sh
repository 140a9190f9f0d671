# SPDX-License-Identifier: GPL-2.0-only
# rule: U1
# what: a probe is left on a tracepoint of the kernel, and met
# stock: oops
# ours: u1_tracepoint_bad: U1: tracepoint probe u1_trace
# checker: U3
# single: yes
enter() { sh -c 'echo 1 >/proc/self/oom_score_adj'; }
after() {
	settle
	sh -c 'echo 2 >/proc/self/oom_score_adj'
}
