#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
# Load and remove every module, one at a time, and write down all that the loader shows of it.
# Arguments: modules to leave out. What was seen of module M goes to $OUT/M.
release=$(uname -r)
echo 0 >/proc/sys/kernel/kptr_restrict
echo 1 >/proc/sys/kernel/printk
before=$(cut -d' ' -f1 /proc/modules | sort)
skip=" $* "
burials=/sys/kernel/debug/modules/burials
sed 's/:.*//; s#.*/##; s/\.ko.*//' /lib/modules/$release/modules.dep | sort >/tmp/all
for file in $(cat /tmp/all); do
	case "$skip" in *" $file "*) continue ;; esac
	name=$(echo "$file" | tr - _)
	out=$OUT/$file
	timeout 60 modprobe "$file" >/tmp/said 2>&1
	status=$?
	# Symbols are shown until their memory is gone; a predecessor of the same name must not be shown as well.
	! grep -q "^$name " $burials 2>/dev/null || echo >$burials
	{
		echo "modprobe: $status"
		sed "s#^#  #; s#/lib/modules/$release/##" /tmp/said
		if [ -d /sys/module/$name ]; then
			echo "proc:"
			grep "^$name " /proc/modules | sed 's/0x[0-9a-f]*/ADDR/'
			echo "tree:"
			(cd /sys/module/$name && find . | sort && ls -lnR . | awk 'NF > 8 { print $1, $9, $10, $11 }' | sort)
			echo "values:"
			(cd /sys/module/$name && grep -r '' . 2>/dev/null | sort | sed 's/:0x[0-9a-f]\{16\}$/:ADDR/; s/:0x[0-9a-f]\{8\}ffff[0-9a-f]*$/:ADDR/')
			echo "kallsyms:"
			grep -F "[$name]" /proc/kallsyms | sed 's/^0*$/ZERO/; s/^[0-9a-f]*[1-9a-f][0-9a-f]* /ADDR /'
		fi
		timeout 60 modprobe -r "$file" >/tmp/said 2>&1
		echo "remove: $?"
		sed "s#^#  #; s#/lib/modules/$release/##" /tmp/said
		echo "left: $(cut -d' ' -f1 /proc/modules | sort | tr '\n' ' ')"
	} >$out 2>&1
	echo "$file $status $(cut -d" " -f1 /proc/uptime)"
done
