# SPDX-License-Identifier: GPL-2.0-only
# rule: U1
# what: a kprobe is left, and met
# stock: oops|panic
# ours: u1_kprobe_bad: U1: kprobe u1_meet
# checker: U2
# single: yes
enter() { cat /proc/uptime; }
after() {
	settle
	cat /proc/uptime
}
