# SPDX-License-Identifier: GPL-2.0-only
# rule: R3
# what: a name in the module is left in the list of ports, and printed
# stock: oops|garbage
# ours: r3_string_bad: R3: 
# checker: R3
after() {
	settle
	line=$(grep -i '05a0-05a3' /proc/ioports)
	case $line in
	*r3_string | "") ;;
	*) saw garbage "the list of ports reads $line" ;;
	esac
}
