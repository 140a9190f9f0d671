@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-c}{1} |misc_open|, on behalf of everybody who opens: it looks the device up under the mutex that |misc_deregister| takes too (rule C5), and calls |fops_get|, which takes a reference
on the owner, before it calls anything else. The put comes after |release| has returned (rule C4). In the middle of exit the device may still be on the list; then the get is refused, and the open fails with |ENODEV|,
as if the device were gone.

