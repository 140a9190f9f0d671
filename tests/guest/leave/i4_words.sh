# SPDX-License-Identifier: GPL-2.0-only
# rule: I4
# what: a file shows a string that was freed with init
# stock: wrong|oops|kasan
# ours: nothing
# ours-harm: wrong kasan oops
# checker: I4
# The memory of init is freed a grace period after its end.
is_gone() { [ "$(cat /proc/i4_motto 2>&1)" != 'spoken once' ]; }
enter() {
	if [ $kind = bad ]; then
		wait_for is_gone
	else
		sleep 0.5
	fi
	! is_gone || saw wrong "the file reads: $(cat /proc/i4_motto 2>&1)"
}
