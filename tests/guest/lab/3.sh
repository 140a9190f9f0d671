# SPDX-License-Identifier: GPL-2.0-only
# title: a slow sensor, read by work that a timer orders
# rules: D6 D1
# found: lab3: D1: timer pause_is_over.* was left armed; cancelled
samples=/sys/module/lab3/parameters/samples
insert
wait_for grep -q '[1-9]' $samples
run "cat $samples"
works 'samples are taken, and again' grep -q '[2-9]' $samples
# In the middle of a sample.
wait_for is_busy
leave
