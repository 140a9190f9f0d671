# SPDX-License-Identifier: GPL-2.0-only
"""Loads and removals that meet: crowds, diamonds, races, interrupted waiters, a module that asks for itself, and single
answers to all that can be asked wrongly.  Every answer must be the expected one, and the same on both kernels.

Three machines for each kernel.  The answers need one CPU.  The crowds want four that run in parallel, but that is not clean
on a kernel with jump labels: the emulation of a parallel machine sometimes keeps a stale breakpoint when the text of the
kernel is patched, and with any loader the machine panics on it.  What is patched is patched while the kernel boots, and
the runner has one CPU boot and lets it call the others (see command() in qemu.py).  Nothing in the trials patches
text that runs.  So no second kernel has to be built for them.

Counts.  The book's kernel races through 1000 loads and 100 diamonds, 50 in each of two ways; the stock twin, of which only
the kinds of answers are wanted, through a tenth of that and a fifth.  With --long both do it, and 100 diamonds in each way;
the quick crowds come 50 times and not 10, signals meet results 100 times and not 15, and init fails with every errno."""
import errno
import os
import re
import threading
from check import HERE
import qemu

TITLE = "crowds, races, interrupted waits and single answers as on the stock twin"
ORDER = 120

ANSWERS = "symbols chain removal failures selfask provider rights"
CROWDS = "sixteen hasty diamond race balance"
# What depends on who came first; each must match, but not be equal.
VARIES = re.compile(r"16 by finit, quick: answers|16 by .*init(, init fails)?$")
# The one difference between the kernels: the stock loader waits in silence.
SPEAKS = {"selfask by finit: warnings": ("0", "1"), "selfask by init: warnings": ("0", "1")}


def expected():
    """CASE -> pattern, from crowd-expected.txt."""
    patterns = {}
    for line in open(os.path.join(HERE, "guest", "crowd-expected.txt")):
        m = re.match(r"([^#].*?) (==|~~) ?(.*)", line.rstrip("\n"))
        if m:
            patterns[m[1]] = re.escape(m[3]) if m[2] == "==" else m[3]
    return patterns


def answers(r):
    seen = {}
    for line in r.result.splitlines():
        case, is_one, value = line.partition(" ==")
        if is_one:
            value = value.strip()
            seen[case] = f"{seen[case]} | {value}" if case in seen else value
    return seen


def figures(t, kernel, case, text):
    """Memory must be what it was, but for what stacks of processes and half-empty slabs make it waver."""
    now = {m[1]: [int(m[i]) for i in (2, 3, 4)] for m in
           re.finditer(r"figures (before|after) VmallocUsed (\d+) Slab \d+ SUnreclaim (\d+) Percpu (\d+) kB", text)}
    if not t.ok(f"{kernel}: {case} are there", set(now) == {"before", "after"}, text):
        return
    for what, before, after, slack in zip(("mapped memory", "slabs", "per-CPU memory"), now["before"], now["after"],
                                          (160, 256, 0)):
        t.ok(f"{kernel}: {case}: {what} as before", after - before <= slack, f"{before} kB before, {after} kB after")


def observe(key, kernel, trials, level, options, results):
    results[key] = qemu.run(kernel, "tests/guest/crowd.sh", args=[level] + trials.split(),
                            memory=1024, modules=["tun"], timeout=3600 if level == 1 else 600, silence=1800 if level == 1 else 300, stop_on_oops=True,
                            name=f"crowd-{key}", **options)


def run(t):
    machines = {
        "answers": (ANSWERS, dict(cpus=1, append="module_blacklist=percpu module.async_probe=1")),
        "crowds": (CROWDS, dict(cpus=4)),
        "nomodule": ("nomodule", dict(cpus=1, append="nomodule")),
    }
    results, threads = {}, []
    for machine, (trials, options) in machines.items():
        for kernel in ("stock", "book"):
            key = f"{machine}-{kernel}"
            level = 1 if t.long else 2 if kernel == "book" else 3
            threads.append(threading.Thread(target=observe, args=(key, kernel, trials, level, options, results)))
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    patterns, given = expected(), set()
    for machine in machines:
        seen = {}
        for kernel in ("stock", "book"):
            r = results.get(f"{machine}-{kernel}")
            if not t.ok(f"{machine}: the {kernel} kernel came through", r is not None and r.ok,
                        f"{r.reason}\n{r.report()}" if r else "no result"):
                continue
            seen[kernel] = answers(r)
            t.note(f"{machine}-{kernel}: {r.seconds:.0f} s\n{r.result}")
            trouble = r.trouble + [l for l in open(os.path.join(r.files, "dmesg"), errors="replace")
                                   if qemu.TROUBLE.search(l)]
            t.ok(f"{machine}: no complaint of the {kernel} kernel", not trouble, "\n".join(trouble))
        if len(seen) == 2:
            compare(t, machine, patterns, seen["stock"], seen["book"])
            given |= set(seen["stock"])
    missing = sorted(set(patterns) - given)
    t.ok("every expected answer was given", not missing, "missing: " + ", ".join(missing[:20]))


def compare(t, machine, patterns, stock, book):
    for case in list(stock) + [c for c in book if c not in stock]:
        a, b = stock.get(case, "no answer"), book.get(case, "no answer")
        m = re.fullmatch(r"init says -(\d+)", case)
        pattern = patterns.get(case)
        if pattern is None and m:
            pattern = f"-1 {m[1]} {errno.errorcode[int(m[1])]}" if int(m[1]) in errno.errorcode else f"-1 {m[1]} .*"
        if case.startswith("figures of "):
            figures(t, "stock", case, a)
            figures(t, "book", case, b)
        elif case in SPEAKS:
            t.ok(f"{case}: none from stock, one from the book", (a, b) == SPEAKS[case], f"stock {a}, book {b}")
        elif t.ok(f"{machine}: {case}: it is known what is expected", pattern is not None, a):
            t.ok(f"{case}: on the stock twin", re.fullmatch(pattern, a), f"{a} and not {pattern}")
            t.ok(f"{case}: on the book's kernel", re.fullmatch(pattern, b), f"{b} and not {pattern}")
            t.ok(f"{case}: the same on both", a == b or VARIES.match(case), f"stock: {a}\nbook:  {b}")
