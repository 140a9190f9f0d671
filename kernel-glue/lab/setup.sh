#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# setup.sh [book] [lab] [modrules] [check]
#
# Sees to it that what a target needs is installed: "book" is for weaving and
# tangling, "lab" for the kernel and its machine, "modrules" for the checker of
# modules, "check" for the tests; none named means all.  Quiet and quick when all is there.  As root, or with sudo,
# it installs what is missing; otherwise it prints the one line that would,
# and fails.
set -eu
export LC_ALL=C

book="make python3 gcc libc6-dev texlive-binaries texlive-base texlive-plain-generic
	texlive-extra-utils texlive-latex-base texlive-metapost"
lab="make python3 gcc libc6-dev binutils linux-source-6.12 xz-utils lz4 flex bison bc
	libelf-dev libssl-dev kmod rsync cpio perl-base bash busybox-static e2fsprogs
	qemu-system-x86 ccache musl-tools"
modrules="make python3 gcc libc6-dev libelf-dev libdw-dev libcapstone-dev"
check="kexec-tools sparse libkmod-dev zstd poppler-utils dwarves openssl spin"

# apt's short names for what a file system without dpkg would still show.
programs_book="make python3 gcc ctangle cweave pdftex mpost"
programs_lab="make python3 gcc ld xz lz4 flex bison bc modprobe depmod busybox mke2fs
	qemu-system-x86_64"
programs_check="sparse zstd pdftotext spin"

wanted= programs=
for group in "${@:-all}"; do
	case $group in
	book) wanted="$wanted $book" programs="$programs $programs_book" ;;
	lab) wanted="$wanted $lab" programs="$programs $programs_lab" ;;
	modrules) wanted="$wanted $modrules" programs="$programs make python3 gcc" ;;
	check) wanted="$wanted $check" programs="$programs $programs_check" ;;
	all) wanted="$book $lab $modrules $check"
	     programs="$programs_book $programs_lab $programs_check" ;;
	*) sed -n '4,12s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
	esac
done

if ! command -v dpkg-query >/dev/null; then
	missing=
	PATH=$PATH:/sbin:/usr/sbin
	for p in $programs; do
		command -v "$p" >/dev/null || missing="$missing $p"
	done
	[ -z "$missing" ] && exit 0
	echo "setup: this is no Debian; please install what provides:$missing" >&2
	exit 1
fi

missing=$(
	dpkg-query -W -f '${Package} ${db:Status-Status}\n' $wanted 2>/dev/null |
	awk -v wanted="$(echo $wanted)" '
		$2 == "installed" { have[$1] = 1 }
		END { n = split(wanted, w, " ")
		      for (i = 1; i <= n; i++) if (!have[w[i]]++) printf "%s ", w[i] }')
[ -z "$missing" ] && exit 0

line="apt-get install -y --no-install-recommends $missing"
if [ "$(id -u)" = 0 ]; then
	sudo=
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
	sudo=sudo
elif command -v sudo >/dev/null && [ -t 0 ]; then
	echo "setup: sudo may ask for your password, to install packages"
	sudo -v && sudo=sudo || { echo "setup: please run: sudo $line" >&2; exit 1; }
else
	echo "setup: please run, as root: $line" >&2
	exit 1
fi

# The progress line needs python3, which may be among what is missing.
step=$(dirname "$0")/step
log=${OUT:-$(dirname "$0")/../../out}/log
if ! command -v python3 >/dev/null; then
	mkdir -p "$log"
	step=plain
fi
plain() {	# NAME WHAT COMMAND...
	name=$1 what=$2
	shift 2
	echo "$name: $what"
	"$@" >"$log/$name.log" 2>&1 || {
		echo "$name: failed; the last lines of $log/$name.log:" >&2
		tail -n 15 "$log/$name.log" >&2
		return 1
	}
}
n=$(echo $missing | wc -w)

# Without fresh lists the packages may not be found at all.
$step setup-lists "reading the package lists" $sudo apt-get update
$step setup "installing $n packages and what they need" \
	$sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
