# SPDX-License-Identifier: GPL-2.0-only
"""The tour that `make run` shows: every station says what it should, and the oops leads into the book."""
import os
import re
import subprocess
from check import OUT, TOP

TITLE = "the tour of `make run`"
ORDER = 100
EXPECTED = (
    ("a module comes", r"hello: Hello, reader"),
    ("its parameter is in sysfs", r"parameters/who\n\s*reader"),
    ("and it goes", r"hello: goodbye, reader"),
    ("ext4 reads a file", r"This was read through ext4"),
    ("a mounted file system keeps its module", r"rmmod ext4\n\s*rmmod: ERROR: Module ext4 is in use"),
    ("the holder of a provider is named", r"Module jbd2 is in use by: ext4"),
    ("a chain needs its first links", r"chain_c: Unknown symbol chain_b_depth \(err -2\)"),
    ("a chain holds", r"chain_c: the chain has 3 links"),
    ("a missing symbol is named", r"needs_missing: Unknown symbol a_symbol_that_nobody_exports"),
    ("a truncated file is refused", r"cut\.ko\n.*section headers outside"),
    ("a foreign version magic is refused", r"hello: version magic '.*SMP relaxed.*' should be '.*SMP preempt"),
    ("an oops has its lines in the book", r"open_parcel\+0x\w+/0x\w+ +\[oopser\] +loader/trials\.w:\d+, section \d+"),
    ("and so have its callers", r"ring\+0x\w+/0x\w+ +\[oopser\] +loader/trials\.w:\d+"),
    ("a busy module is refused with its holder named", r"(?s)\$ /tools/rmmod loop\n.*loop is in use, by 1 reference:\n"
     r".*  1 taken at \w+\+0x.*  process \d+ \(sleep\) has open /dev/loop0.*would wait"),
    ("a wait is interrupted, and the module stays", r"(?s)rmmod --wait loop\n.*rmmod: interrupted; loop stays, and is as it was\n.*"
     r"  \$ cat /sys/module/loop/initstate\n  live\n.*can be opened again"),
    ("a wait ends, and the module is gone", r"(?s)--wait --verbose loop\n.*waiting.*rmmod: loop is gone\n  \$ grep '\^loop ' /proc/modules\n(?!  loop)"),
    ("a timer that was left is cancelled and named", r"d1_timer_bad: D1: timer ring\+0x\S+ \[d1_timer_bad\] was left armed; cancelled"),
    ("a thread that was left is named", r"d4_thread_bad: D4: straggler \S+\[\d+\] is inside at "),
    ("and its memory waits", r"(?m)^  d4_thread_bad \d+ inside \d+$"),
    ("a file that was left answers no more", r"u1_proc_bad: U1: stray call of \w+ by \S+; answered with 0"),
)


def run(t):
    p = subprocess.run(["kernel-glue/lab/tour.py"], cwd=TOP, text=True, errors="replace",
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL)
    t.ok("the tour comes to its end", p.returncode == 0, p.stdout[-2000:])
    kept = os.path.join(OUT, "tour.txt")
    text = open(kept, errors="replace").read() if os.path.exists(kept) else ""
    t.note(text)
    plain = re.sub(r"(?m)^(\s*)\[ *\d+\.\d+\] ", r"\1", text)
    for case, pattern in EXPECTED:
        t.ok(case, re.search(pattern, plain), f"nothing in out/tour.txt matches {pattern}")
