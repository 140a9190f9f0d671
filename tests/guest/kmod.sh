#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
# Run the kernel's own kmod.sh, one test id after another, and tell how each ended.
# Arguments: ID:COUNT...  To $RESULT goes one line for each, to $OUT/ID what was said.
cd /selftests || exit 2
chmod +x kmod.sh
for what; do
	id=${what%:*} count=${what#*:}
	start=$SECONDS
	timeout 900 bash ./kmod.sh -c "$id" "$count" >"$OUT/$id" 2>&1
	echo "$id status $? after $((SECONDS - start)) s, $(grep -c OK! "$OUT/$id") times OK" | tee "$RESULT"
	cat /proc/sys/kernel/modprobe >>"$OUT/$id"
	for module in xfs btrfs tun test_module; do
		modprobe -r -q $module
	done
done
modprobe -r test_kmod
cut -d" " -f1 /proc/modules | sort >"$OUT/left"
cat /proc/sys/kernel/tainted >"$OUT/tainted"
