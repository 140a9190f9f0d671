# SPDX-License-Identifier: GPL-2.0-only
"""The kernel's own kmod.sh, as it is, on both kernels: every test id must pass, and say what it says on the stock twin.

Counts.  Under emulation one run of 0008 or 0009, which start sixty modprobes each, takes about four seconds; the 150
runs of each that kmod.sh recommends take half an hour, and are run with --long only, as are the full counts of 0005,
0006 and 0007 (ten, ten and five runs, of about three seconds).

The two CPUs take turns.  File systems that come and go turn static keys, and patching text under parallel emulation can
leave a stale breakpoint behind, with any loader."""
import os
import re
from check import OUT, on_both
import qemu

TITLE = "the kernel's own kmod.sh ends as on the stock twin"
ORDER = 130
SCRIPT = os.path.join(OUT, "linux", "tools", "testing", "selftests", "kmod", "kmod.sh")

# id: runs in `make check`, and as recommended by kmod.sh itself
COUNTS = {
    "0001": (1, 3), "0002": (1, 3), "0003": (1, 1), "0004": (1, 1), "0005": (3, 10), "0006": (3, 10), "0007": (1, 5),
    "0008": (2, 150), "0009": (2, 150), "0010": (1, 1), "0011": (1, 1), "0012": (1, 1), "0013": (1, 1),
}
# xfs finds its checksum by name only, so modules.dep does not know of it.
MODULES = ["test_kmod", "test_module", "xfs", "btrfs", "tun", "crc32c_generic"]
# kmod.sh drops one capability with a tool that is not everywhere; this does the same with one that is.
CAPSH = b"""#!/bin/bash
[ "$1 $2 $3" = "--drop=CAP_SYSLOG -- -c" ] || exit 1
exec /usr/bin/setpriv --bounding-set=-syslog --inh-caps=-syslog /bin/bash -c "$4"
"""


def observe(kernel, cases, patience, results):
    results[kernel] = qemu.run(kernel, "tests/guest/kmod.sh", args=cases, cpus=2, single=True, memory=1024, modules=MODULES,
                               test_modules=False, programs=["setpriv"], timeout=patience, silence=patience,
                               files={"/selftests/kmod.sh": SCRIPT, "/bin/capsh": CAPSH}, name=f"kmod-{kernel}")


def said(r, name):
    """What a case said, without the date of each run."""
    path = os.path.join(r.files or "", name)
    if not r.files or not os.path.exists(path):
        return ["nothing"]
    return [l for l in open(path, errors="replace").read().splitlines() if not re.match(r"\w{3} \w{3} +\d+ .*\d{4}$", l)]


def run(t):
    cases = [f"{name}:{counts[1 if t.long else 0]}" for name, counts in COUNTS.items()]
    patience = 4 * 3600 if t.long else 600
    known = re.findall(r"\b(\d{4}):\d+:1", open(SCRIPT).read())
    t.ok("every enabled test of kmod.sh is run", sorted(known) == sorted(COUNTS), f"it has {known}")
    results = on_both(observe, cases, patience)
    for k in ("stock", "book"):
        r = results.get(k)
        if not t.ok(f"the {k} kernel came through", r is not None and r.ok, f"{r.reason}\n{r.report()}" if r else "no result"):
            return
        t.note(r.result)
        t.ok(f"no complaint of the {k} kernel", not r.trouble, "\n".join(r.trouble))
    stock, book = results["stock"], results["book"]
    for case in cases:
        name, count = case.split(":")
        for r in (stock, book):
            t.ok(f"{name} passes {count} times on the {r.kernel} kernel", re.search(rf"^{name} status 0 ", r.result, re.M),
                 "\n".join(said(r, name)))
        a, b = said(stock, name), said(book, name)
        t.ok(f"{name} says the same on both kernels", a == b, "\n".join(["stock:"] + a + ["book:"] + b))
    for name in ("left", "tainted"):
        a, b = said(stock, name), said(book, name)
        t.ok(f"afterwards the same is {name}", a == b, f"stock: {a}\nbook: {b}")
