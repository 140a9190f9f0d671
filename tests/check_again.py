# SPDX-License-Identifier: GPL-2.0-only
"""The books are woven again with what this run has left for them: its transcripts and tables.

Nobody has seen those texts before, so this is the place where a layout would break that cannot take any text."""
import os
import re
import subprocess
from check import OUT, TOP
from check_leave import scenarios

TITLE = "the books, woven again with what this run has left"
ORDER = 999


def run(t):
    p = subprocess.run(["python3", "kernel-glue/weave/web.py", "weave"], cwd=TOP, text=True, stdout=subprocess.PIPE,
                       stderr=subprocess.STDOUT)
    t.ok("nothing to complain about", p.returncode == 0, p.stdout)
    there = os.path.join(OUT, "transcripts")
    left = set(os.listdir(there)) if os.path.isdir(there) else set()
    if not left:
        t.skip("transcripts are in the book", "no run has left any")
        return
    missing = [s.stem for s in scenarios() if s.stem + ".tex" not in left]
    t.ok("every scenario has left a transcript", not missing, " ".join(missing))
    text = subprocess.run(["pdftotext", "-layout", os.path.join(OUT, "unload-rules.pdf"), "-"], capture_output=True, text=True).stdout
    wanted = sorted(re.findall(r"The transcript of (\S+) is not here", text))
    t.ok("every transcript that the book wants is there", not wanted, " ".join(wanted))
