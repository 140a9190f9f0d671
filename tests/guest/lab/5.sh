# SPDX-License-Identifier: GPL-2.0-only
# title: a thermometer with two mistakes
# rules: D2 U1
# found: lab5: D2: (straggler kworker.* is inside at measure|(delayed )?work measure.* was left)
# found: lab5: U1: stray call of show_highest
insert peak=0
run 'cat /proc/lab5'
first=$(cat /proc/lab5)
changed() { now=$(cat /proc/lab5) && [ "$now" -ge 10 ] && [ "$now" != "$first" ]; }
works 'the temperature is measured, and again' changed
run 'cat /proc/lab5'
# In the middle of a measurement.
wait_for is_busy
leave
settle
[ ! -e /proc/lab5_peak ] || run 'cat /proc/lab5_peak'
