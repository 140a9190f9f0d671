# SPDX-License-Identifier: GPL-2.0-only
# title: a device that hands out tickets
# rules: C2
# found: lab2: C2: it imports __register_chrdev, and nothing names this module as owner
# found: lab2: C2: open file lab2_fops.* was left open; cancelled
insert
rm -f /dev/lab2
run 'mknod /dev/lab2 c $(grep lab2 /proc/devices | cut -d" " -f1) 0'
run 'cat /dev/lab2'
works 'it hands out tickets' grep -q '^ticket [0-9]' /dev/lab2
works 'no ticket twice' sh -c '[ "$(cat /dev/lab2)" != "$(cat /dev/lab2)" ]'
[ ! -c /dev/lab2 ] || run 'exec 7</dev/lab2'
leave && say 'failed: it could be removed while its device was open'
settle
[ ! -c /dev/lab2 ] || run 'cat <&7'
run 'exec 7<&-'
