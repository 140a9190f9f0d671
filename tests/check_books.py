# SPDX-License-Identifier: GPL-2.0-only
"""Both books weave and tangle without a complaint, quickly, and contain what a reader looks for."""
import os
import re
import subprocess
import time
from check import OUT, TOP

TITLE = "both books weave and tangle without a complaint"
ORDER = 10


def run(t):
    start = time.monotonic()
    for what in ("tangle", "weave"):
        p = subprocess.run(["python3", "kernel-glue/weave/web.py", what], cwd=TOP, text=True,
                           stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        t.ok(f"{what} has nothing to complain about", p.returncode == 0, p.stdout)
    took = time.monotonic() - start
    t.ok("weaving and tangling take under a minute", took < 60, f"{took:.0f} s")
    for book, figures in (("loader", 4), ("unload-rules", 0)):
        pdf = os.path.join(OUT, book + ".pdf")
        if not t.ok(f"{book}.pdf is there", os.path.exists(pdf)):
            continue
        text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True).stdout
        seen = set(re.findall(r"Figure (\d+)\.", text))
        t.ok(f"{book}.pdf has {figures} figures or more", len(seen) >= figures, sorted(seen))
        t.ok(f"{book}.pdf has no undefined reference", "??" not in re.sub(r'"[^"]*"', "", text))
