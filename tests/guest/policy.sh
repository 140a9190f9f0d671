#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Verdicts, claims and policies.  To $RESULT goes what is asked, one line each: WORD ANSWER.
policy=/sys/module/module/parameters/unload_policy
say() { echo "$*" >"$RESULT"; }
verdict() { tr '\n' ';' </sys/module/$1/unload; }
try() { # words... : what the command says of itself
	"$@" >/tmp/said 2>&1 && echo done || { grep -q 'busy\|Busy' /tmp/said && echo EBUSY || echo failed; }
}
say boot "$(cat $policy)"
echo nonsense 2>/dev/null >$policy && say nonsense taken || say nonsense "refused, $(cat $policy)"
for m in claim_good claim_short claim_strange claim_lacking claim_none claim_lib claim_stay; do
	insmod /modules/$m.ko || exit 1
	say verdict $m "$(verdict $m)"
done
echo strict >$policy
for m in claim_none claim_short claim_strange claim_lacking claim_good claim_lib claim_stay; do
	say strict $m "$(try rmmod $m)"
done
/tools/rmmod --even-without-exit claim_short >/tmp/forced 2>&1
say force "$([ -d /sys/module/claim_short ] && echo stayed || echo gone)"
echo check >$policy
for m in claim_none claim_strange claim_lacking; do say check $m "$(try rmmod $m)"; done
# A claim that is broken is not believed again.
echo 33554432 >/sys/module/module/parameters/quarantine
insmod /modules/claim_broken.ko || exit 1
say verdict claim_broken "$(verdict claim_broken)"
rmmod claim_broken
sleep 3
insmod /modules/claim_broken.ko || exit 1
say again claim_broken "$(verdict claim_broken)"
echo strict >$policy
say strict claim_broken "$(try rmmod claim_broken)"
echo check >$policy
rmmod claim_broken
echo trust >$policy
insmod /modules/claim_good.ko
say trust claim_good "$(verdict claim_good)"
rmmod claim_good
say burials "$(grep -c . /sys/kernel/debug/modules/burials)"
