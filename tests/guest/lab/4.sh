# SPDX-License-Identifier: GPL-2.0-only
# title: couriers who hold the module
# rules: S3
# found: lab4: S3: straggler courier\[\d+\] is inside at deliver.* \(asleep\)
parcels=/sys/module/lab4/parameters/parcels
insert
run 'echo 1 >/sys/module/lab4/parameters/send'
works 'the parcel is delivered' grep -q 1 $parcels
run "cat $parcels"
wait_for is_idle
leave
