#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""tour.py [-k stock]: boot the lab kernel and show what a loader does.

Prints, as it happens, what was typed in the guest and what came back, with a
line of explanation and the place in the book.  The transcript is kept in
out/tour.txt.  Ends with a status other than 0 if a command did not end as it
should."""

import os
import re
import subprocess
import sys

import qemu

# Someone at a terminal waits until it says "waiting", has second thoughts, and types ^C.
IMPATIENT = ("(until grep -q waiting /tmp/typed 2>/dev/null; do sleep 1; done; sleep 1; printf '\\003'; sleep 2) | "
             "script -q -e -f -c '%s' /tmp/typed")

# What is shown: a title; where to read (the label of a section, or a text
# whose line in the loader's code is meant); why; commands with the status
# each must return, and what is run in truth where that is more than is shown.
STEPS = [
    ("A kernel whose loader comes from a book", ["story"],
     "The kernel is the distribution's source, unchanged but for the loader.",
     [("uname -sr", 0)]),
    ("One module comes and goes", ["story", "live"],
     "The module is copied in, checked, laid out, linked; then its init runs, "
     "with parameters. Removing it runs its exit.",
     [("insmod /modules/hello.ko who=reader times=2", 0),
      ("cat /sys/module/hello/parameters/who", 0),
      ("cat /proc/modules", 0),
      ("rmmod hello", 0)]),
    ("A file system", ["symbols"],
     "ext4 needs other modules; modprobe loads them first. Each notes whom it uses.",
     [("modprobe -a ext4 loop", 0),
      ("mount -o loop /data/ext4.img /mnt", 0),
      ("cat /mnt/greeting", 0),
      ("grep -E '^(ext4|jbd2|mbcache|loop) ' /proc/modules", 0)]),
    ("In use", ["delete", "count"],
     "Whoever holds a reference keeps a module from going; a mounted file system does.",
     [("rmmod ext4", 1),
      ("umount /mnt", 0),
      ("rmmod jbd2", 1),
      ("modprobe -r ext4 loop", 0),
      ("cat /proc/modules", 0)]),
    ("A chain", ["symbols", "delete"],
     "chain_c calls chain_b, which calls chain_a. The chain is forged and taken apart in order.",
     [("insmod /modules/chain_c.ko", 1),
      ("insmod /modules/chain_a.ko", 0),
      ("insmod /modules/chain_b.ko", 0),
      ("insmod /modules/chain_c.ko", 0),
      ("lsmod", 0),
      ("rmmod chain_a", 1),
      ("rmmod chain_c chain_b chain_a", 0)]),
    ("A symbol that nobody exports", ["link"],
     "Every missing name is reported before the load is refused.",
     [("insmod /modules/needs_missing.ko", 1)]),
    ("A file that was cut short", ["elf"],
     "Nothing in a file is believed before it was checked; here the table of sections is missing.",
     [("head -c 3000 /modules/hello.ko >/tmp/cut.ko", 0),
      ("insmod /tmp/cut.ko", 1)]),
    ("A module for another kernel", ["modinfo-magic"],
     "The version magic says for which kernel a module was made. Force is possible, and leaves a taint.",
     [("sed 's/SMP preempt/SMP relaxed/' /modules/hello.ko >/tmp/alien.ko", 0),
      ("insmod /tmp/alien.ko", 1),
      ("insmod -f /tmp/alien.ko", 0),
      ("cat /sys/module/hello/taint", 0),
      ("rmmod hello", 0)]),
    ("A fault in a module", ["lookup", "trials"],
     "The oops prints offsets; below, each is followed to its line in the book.",
     [("insmod /modules/oopser.ko", 0),
      ("echo '!' >/proc/oopser", 137),
      ("grep oopser /proc/modules", 0),
      ("rmmod oopser", 1)]),
    ("Refused, and by whom", ["tool", "who", "attempt"],
     "The book's own rmmod looks for the holders: processes, mounts, other modules, and the places in "
     "the kernel where the references were taken.",
     [("echo Y >/sys/module/module/parameters/trace_refs", 0),
      ("modprobe loop", 0),
      ("sleep 1000 </dev/loop0 &", 0),
      ("/tools/rmmod loop", 1)]),
    ("Patience that ends", ["drain", "tool"],
     "With --wait the module is drained: new references are refused, and the caller sleeps until the last "
     "one leaves. Here somebody types ^C, and the module is as alive as before.",
     [("/tools/rmmod --wait loop", 130, IMPATIENT % "/tools/rmmod --wait loop"),
      ("cat /sys/module/loop/initstate", 0),
      ("head -c 0 /dev/loop0 && echo can be opened again", 0)]),
    ("Patience that is rewarded", ["drain", "tool"],
     "The same again; this time the holder goes after two seconds, and the module with it.",
     [("(sleep 2; killall sleep) & /tools/rmmod --wait --verbose loop", 0),
      ("grep '^loop ' /proc/modules", 1)]),
    ("A timer that was left armed", ["audit", "rule-d1"],
     "This module does not take back what it has ordered. The stock kernel would jump into freed memory, five "
     "seconds later. Here the loader looks after exit, cancels what it finds, and says whose it was.",
     [("insmod /modules/d1_timer_bad.ko", 0),
      ("rmmod d1_timer_bad", 0)]),
    ("A thread that nobody stopped", ["census", "rule-d4"],
     "The name is free at once. But a look at every stack of the machine finds somebody inside, and the memory waits "
     "for him.",
     [("insmod /modules/field_b.ko; echo 1 >/sys/kernel/debug/field_b/hold", 0),
      ("insmod /modules/d4_thread_bad.ko", 0),
      ("rmmod d4_thread_bad", 0),
      ("sleep 1; cat /sys/kernel/debug/modules/burials", 0)]),
    ("A file whose module is gone", ["quarantine", "rule-u1"],
     "What nobody can find is caught in quarantine: the module's text has become traps, and a stray call is "
     "answered instead of obeyed.",
     [("insmod /modules/u1_proc_bad.ko", 0),
      ("cat /proc/u1_proc", 0),
      ("rmmod u1_proc_bad", 0),
      ("sleep 1; cat /proc/u1_proc", 0),
      ("cat /sys/kernel/debug/modules/strays", 0)]),
]


def labels():
    """label -> (book, section, page); of a label in both books, the loader's"""
    res = {}
    for book in ("loader", "unload-rules"):
        try:
            with open(os.path.join(qemu.OUT, "weave", book, book + ".lbl")) as f:
                for line in f:
                    m = re.match(r"\\defsec\{(.*?)\}\{(.*?)\}\{(\d+)\}\{(\d+)\}", line)
                    if m:
                        res.setdefault(m.group(2), (m.group(1), m.group(3), m.group(4)))
        except OSError:
            pass
    return res


def where(see, table):
    got = ["%s.pdf, section %s, page %s" % table[s] for s in see if s in table]
    return "; ".join(got)


def guest_script():
    quote = lambda s: "'" + s.replace("'", "'\\''") + "'"
    lines = ["#!/bin/sh", "bad=0", "cd /tmp",
             # Whatever the machine still has to say about its start, first.
             "sleep 2"]
    for i, (title, see, why, commands) in enumerate(STEPS):
        lines.append("echo '@@step %d'" % i)
        for text, status, *truth in commands:
            lines += ["echo %s" % quote("@@$ " + text),
                      "sh -c %s; s=$?" % quote((truth or [text])[0]), "echo \"@@status $s %d\"" % status,
                      "[ $s = %d ] || bad=$((bad + 1))" % status]
    lines.append("echo '@@step end'; exit $bad")
    return "\n".join(lines)


def disk():
    """A little ext4 file system with a greeting in it."""
    path = os.path.join(qemu.OUT, "guest", "ext4.img")
    if os.path.exists(path):
        return path
    src = os.path.join(qemu.OUT, "guest", "ext4")
    os.makedirs(src, exist_ok=True)
    with open(os.path.join(src, "greeting"), "w") as f:
        f.write("This was read through ext4, which a book brought to life.\n")
    with open(path + ".new", "wb") as f:
        f.truncate(8 << 20)
    mke2fs = qemu._which("mke2fs")
    subprocess.run([mke2fs, "-q", "-t", "ext4", "-d", src, path + ".new"], check=True)
    os.rename(path + ".new", path)
    return path


class Show:
    def __init__(self, out, table):
        self.out, self.table = out, table
        self.on, self.bad, self.oops, self.n = False, 0, [], 0
        self.over = None        # None: no oops; False: within one; True: past its trace

    def say(self, text=""):
        print(text, flush=True)
        self.out.write(text + "\n")

    def fold(self, text, indent):
        line = ""
        for w in text.split():
            if len(indent + line) + len(w) > 88:
                self.say(indent + line.rstrip())
                line = ""
            line += w + " "
        self.say(indent + line.rstrip())

    def line(self, line):
        m = re.match(r"@@(step|\$|status) (.*)", line)
        if not m:
            if self.on and self.worth(line):
                self.say("  " + line)
            return
        kind, rest = m.groups()
        if kind == "$":
            self.say("  $ " + rest)
        elif kind == "status":
            got, want = rest.split()
            if got != want:
                self.bad += 1
                self.say("  *** status %s; expected was %s" % (got, want))
        else:
            self.decode()
            self.on = rest != "end"
            if not self.on:
                return
            title, see, why, _ = STEPS[int(rest)]
            self.n += 1
            self.say()
            self.say("%d. %s" % (self.n, title))
            self.fold(why, "   ")
            place = where(see, self.table)
            if place:
                self.say("   (%s)" % place)
            self.say()

    def worth(self, line):
        """Registers and the second half of an oops only fill the page."""
        text = qemu.STAMP.sub("", line)
        if text != line:
            if "end trace" in text:
                self.over = True
            if text.startswith(("BUG:", "Oops:")):
                self.over, self.left_out = False, 0
            if self.over is False and re.search(r"\+0x[0-9a-f]+/0x", text):
                self.oops.append(line)
            if self.over is not None and (self.over or re.match(
                    r"(Code|RSP|RAX|RDX|RBP|R10|R13|FS|CS|CR2|PGD|RIP: 0033| \?|#PF)\b", text)):
                return False
        else:
            self.over = None
        return True

    def decode(self):
        if not self.oops:
            return
        seen = set()
        self.say()
        self.say("  (Registers and code bytes are left out here.) The same frames, in the book:")
        for f in qemu.frames("\n".join(self.oops), self.kernel):
            book = [p for p in f["places"] if ".w:" in p[1]]
            if not book or f["text"] in seen:
                continue
            seen.add(f["text"])
            fn, place = book[0]
            n = qemu.section(place)
            self.say("  %-34s %s%s" % (f["text"].replace(" [", "  ["), place,
                                       ", section %d" % n if n else ""))
        self.say("  The task died; the module it was in is held for ever.")
        self.oops = []


def main(argv):
    kernel = argv[1] if len(argv) > 1 and argv[0] == "-k" else "book"
    path = os.path.join(qemu.OUT, "tour.txt")
    full = os.path.join(qemu.OUT, "lab", "modules")
    some = os.path.join(qemu.OUT, "lab", "some")
    root = full if os.path.exists(os.path.join(full, ".built")) else some
    with open(path, "w") as out:
        show = Show(out, labels())
        show.kernel = kernel
        show.say("A tour of the module loader, in a QEMU machine that starts now (%s)."
                 % (os.environ.get("ACCEL") or "software emulation"))
        names = ["ext4", "loop", "crc32c_generic"]
        r = qemu.run(kernel, text=guest_script(), cpus=2, memory=512, modules=names,
                     append="module.quarantine=16M", module_root=root, programs=["script"], files={"/data/ext4.img": disk()}, timeout=240,
                     silence=60, name="tour-" + os.path.basename(kernel), watch=show.line)
        show.say()
        if r.reason != "exit":
            show.say("The tour broke off (%s). The console's last lines:" % r.reason)
            show.say(r.tail(15))
        rel = os.path.relpath
        if r.ok and not show.bad:
            show.say("That was the tour: %d stations, %.0f seconds." % (show.n, r.seconds))
        show.say("Transcript: %s. Everything the guest said: %s." % (rel(path), rel(r.log)))
        if r.ok:
            show.say("To look around yourself: make shell")
    return 0 if r.ok and not show.bad else 1


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except qemu.LabError as e:
        print("tour.py: %s" % e, file=sys.stderr)
        sys.exit(2)
