# SPDX-License-Identifier: GPL-2.0-only
"""Every module of the lab, loaded and removed on both kernels: what the loader shows must be equal."""
import collections
import os
import re
import subprocess
from check import OUT, on_both
import qemu

TITLE = "every lab module loads and leaves as on the stock twin"
ORDER = 110
# Selftests that compute for a long time when they are loaded, and say nothing about the loader: only with --long.
SLOW = ["test_bpf", "test_maple_tree", "test_rhashtable", "test-ww_mutex", "rcutorture", "test_free_pages"]
# Lines that differ between two runs of one and the same kernel, or with the memory that the kernel itself takes.
NOISE = re.compile(r"^\./refcnt:|^\./parameters/(?:seed|random|max_cache_size_bytes)")
# The file that only the book's loader has; what it says is compared with what the checker says.
VERDICT = re.compile(r"^\./unload(?::(?P<said>.*))?$|^-r--r--r--.* unload *$")

# Where a size stands.  The loader's own data in front of struct module can make a module one page larger.
SIZE = re.compile(r"(\./coresize:|[\w-]+ (?=\d+ -?\d+ ))(\d+)")


def observe(kernel, left_out, results):
    # busybox's modprobe -r does not say O_NONBLOCK: without the parameter it would wait for a livepatch to let itself go.
    results[kernel] = qemu.run(kernel, "tests/guest/each-module.sh", args=left_out, cpus=1, memory=1024,
                               timeout=1500, silence=300, name=f"modules-{kernel}", test_modules=False,
                               append="module.drain=N" if kernel == "book" else "")


def init_functions():
    """For each module file, the functions of its init sections. ftrace remembers them after they are gone and lists them in
    /proc/kallsyms, one twice and one not at all; which one depends on the addresses, so it differs between two runs."""
    found = {}
    for d, _, files in os.walk(os.path.join(OUT, "lab", "modules")):
        for f in files:
            if f.endswith(".ko"):
                path = os.path.join(d, f)
                text = subprocess.run(["readelf", "-SsW", path], capture_output=True, text=True).stdout
                init = {m[1] for m in re.finditer(r"^ +\[ *(\d+)\] \.init\.\S* ", text, re.M)}
                found[f[:-3]] = {m[2] for m in re.finditer(r"^ +\d+: \w+ +\w+ FUNC +\w+ +\w+ +(\d+) (\S+)$", text, re.M)
                                 if m[1] in init}
    return found


def read(r, init):
    seen = {}
    for f in sorted(os.listdir(r.files)) if r.files else []:
        lines = open(os.path.join(r.files, f), errors="replace").read().splitlines()
        seen[f] = [l for l in lines if not NOISE.match(l) and not VERDICT.match(l)
                   and not (l.startswith("ADDR T ") and l[7:].split("\t")[0] in init.get(f, ()))]
    return seen


def without_annex(stock, book):
    """The book's lines, with the size of the stock kernel where the annex of the module needed one page more."""
    lines = list(book)
    for i, (a, b) in enumerate(zip(stock, book)):
        x, y = SIZE.match(a), SIZE.match(b)
        if x and y and x[1] == y[1] and int(y[2]) == int(x[2]) + 4096:
            lines[i] = y[1] + x[2] + b[y.end():]
    return lines


def run(t):
    left_out = [] if t.long else SLOW
    t.note(f"left out, since they take long: {' '.join(left_out)}")
    results = on_both(observe, left_out)
    for k in ("stock", "book"):
        r = results.get(k)
        if not t.ok(f"the {k} kernel came through", r is not None and r.ok,
                    (r.reason + "\n" + "\n".join(r.console.splitlines()[-20:])) if r else "no result"):
            return
    init = init_functions()
    stock, book = read(results["stock"], init), read(results["book"], init)
    t.ok("80 modules or more were loaded", sum("modprobe: 0" in v for v in book.values()) >= 80,
         sum("modprobe: 0" in v for v in book.values()))
    t.say(f"{sum('modprobe: 0' in v for v in book.values())} modules loaded, of {len(book)}")
    larger = 0
    for name in sorted(stock.keys() | book.keys()):
        a, b = stock.get(name, []), without_annex(stock.get(name, []), book.get(name, []))
        larger += b != book.get(name, [])
        differ = [f"- {x}" for x in a if x not in set(b)] + [f"+ {x}" for x in b if x not in set(a)]
        if not differ and a != b:
            differ = ["the same lines in another order"]
        t.ok(f"module {name} as on the stock twin", a == b, "stock (-) and book (+) differ:\n" + "\n".join(differ))
    t.ok("few modules are a page larger for the annex", larger <= len(book) // 20, f"{larger} of {len(book)}")
    for k in ("stock", "book"):
        t.note(f"complaints of the {k} kernel: {results[k].trouble}")
    compare_verdicts(t, results["book"])
    ours = complaints(results["book"]) - complaints(results["stock"])
    t.ok("no complaint of the kernel that the stock twin does not make", not ours, "\n".join(sorted(ours)))


def compare_verdicts(t, r):
    """What /sys/module/NAME/unload said, and what the checker says of the same file, to the letter."""
    checker = os.path.join(OUT, "tools", "modrules")
    paths = {f[:-3]: os.path.join(d, f) for d, _, files in os.walk(os.path.join(OUT, "lab", "modules")) for f in files if f.endswith(".ko")}
    kinds = collections.Counter()
    for f in sorted(os.listdir(r.files)):
        said = [m["said"] for l in open(os.path.join(r.files, f), errors="replace") if (m := VERDICT.match(l.rstrip("\n"))) and m["said"] is not None]
        if not said or f not in paths:
            continue
        kinds[said[0].split(":")[0]] += 1
        told = subprocess.run([checker, "--verdict", paths[f]], capture_output=True, text=True).stdout.splitlines()
        t.ok(f"module {f}: the kernel and the checker agree on the verdict", sorted(said) == sorted(told),
             "kernel:\n" + "\n".join(said) + "\nchecker:\n" + "\n".join(told))
    t.ok("there were verdicts", sum(kinds.values()) >= 80, kinds)
    t.say("verdicts: " + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common()))


def complaints(r):
    trouble = r.trouble if isinstance(r.trouble, (list, tuple)) else str(r.trouble or "").splitlines()
    return {re.sub(r"0x[0-9a-f]+|\b\d+\b|[0-9a-f]{16}", "N", str(x)) for x in trouble}
