# SPDX-License-Identifier: GPL-2.0-only
"""Removers who wait: who wakes them, who disturbs them, and what is left; force; loads that fail while somebody holds; a put
too many; who holds a module.  Every answer must be the expected one (guest/drain-expected.txt).

The book's kernel in the lab configuration answers most of it, on two CPUs that run in parallel.  Where text is patched (a
probe on a tracepoint, the key that switches the tracing of references) the CPUs take turns.  What is said of memory that must still
be there, or must not be needed any more, is said again by the kernel that watches its memory, locks and read sections.

The stock twin is asked what can be asked of it, and refuses to wait.  What the book's loader answers to late puts, to failed
loads that are held and to a put too many is the end of the twin: the same modules, the same script, and an oops, which is
what is expected of it here.  For the late put the watchful kernel says what it was: a use of memory that is free.

Counts: 100 drains with the last put on another CPU, 1000 with --long, a tenth of that on the watchful kernel; each is compared with the lists and areas of before."""
import os
import re
import threading
from check import HERE, OUT
import qemu

TITLE = "drains, signals, puts from everywhere, force, failed loads that are held"
ORDER = 130

FORCE = "second_force late_put late_close failing_init bad_load provider too_many"
SINGLE = dict(single=True)
# name: kernel, configuration, trials, options, seconds it may take
MACHINES = {
    "watchful": ("book", "debug", "opener signals atomic across together second_force late_put failing_init bad_load", dict(memory=1500), 600),
    "plain": ("book", "lab", "opener signals others first_force " + FORCE, {}, 300),
    "across": ("book", "lab", "across together", dict(cpus=4), 300),
    "turns": ("book", "lab", "atomic tracing", SINGLE, 300),
    "traced": ("book", "lab", "traced_from_boot", dict(append="module.trace_refs=1", **SINGLE), 300),
    "stock": ("stock", "lab", "opener signals others", {}, 300),
}
# What ends the stock twin, and the line with which it does.
ENDS = {
    "late put": ("lab", "second_force late_put", {}, r"unable to handle page fault for address: ffffffffc0"),
    "late put, watched": ("debug", "second_force late_put", dict(memory=1500), r"KASAN: .*in module_put"),
    "open device of a failed load": ("lab", "failing failing_used", {}, r"unable to handle page fault for address: ffffffffc0"),
    "reference on a failed load": ("lab", "bad_parameter bad_parameter_used", {}, r"unable to handle page fault for address: ffffffffc0"),
    "put too many": ("lab", "overput", {}, r"kernel BUG at .*main\.c|invalid opcode"),
}


def expected():
    """{"book": {CASE: pattern}, "stock": ...}"""
    patterns = {"book": {}, "stock": {}}
    for line in open(os.path.join(HERE, "guest", "drain-expected.txt")):
        m = re.match(r"(stock> )?([^#].*?) (==|~~) ?(.*)", line.rstrip("\n"))
        if m:
            patterns["stock" if m[1] else "book"][m[2]] = re.escape(m[4]) if m[3] == "==" else m[4]
    return patterns


def test_modules(config):
    """Modules for another configuration than the lab's."""
    d = os.path.join(OUT, config, "test-modules")
    return {"/modules/" + f: os.path.join(d, f) for f in os.listdir(d) if f.endswith(".ko")}


def observe(turn, key, kernel, config, trials, options, timeout, count, results):
    options = dict(options)
    if config != "lab":
        options.update(test_modules=False, files=test_modules(config))
    with turn:
        results[key] = qemu.run(kernel, "tests/guest/drain.sh", args=[str(count if config == "lab" else count // 10)] + trials.split(), config=config,
                                modules=None, timeout=timeout * (4 if count > 100 else 1), silence=timeout,
                                stop_on_oops=True, name="drain-" + key.replace(", ", "-").replace(" ", "-"), **options)


def figures(t, case, text, watchful):
    """Memory must be what it was, but for the stacks of processes that come and go; the slabs of the watchful kernel are not
    compared, as it keeps back what is freed, for a while."""
    now = {m[1]: [int(m[i]) for i in (2, 3, 4)] for m in
           re.finditer(r"figures (before|after) VmallocUsed (\d+) Slab \d+ SUnreclaim (\d+) Percpu (\d+) kB", text)}
    if not t.ok(f"{case} are there", set(now) == {"before", "after"}, text):
        return
    for what, before, after, slack in zip(("mapped memory", "slabs", "per-CPU memory"), now["before"], now["after"],
                                          (160, 65536 if watchful else 256, 0)):
        t.ok(f"{case}: {what} as before", after - before <= slack, f"{before} kB before, {after} kB after")


def compare(t, machine, r, patterns):
    given = set()
    for line in r.result.splitlines():
        case, is_one, value = line.partition(" ==")
        value = value.strip()
        if not is_one or case == "start":
            continue
        given.add(case)
        if case.startswith("figures of "):
            figures(t, f"{machine}: {case}", value, machine == "watchful")
        elif t.ok(f"{machine}: {case}: it is known what is expected", case in patterns, value):
            t.ok(f"{machine}: {case}", re.fullmatch(patterns[case], value), f"{value}\nand not {patterns[case]}")
    return given


def run(t):
    count = 1000 if t.long else 100
    # Two at a time: each of them keeps two CPUs busy.
    turn, results, threads = threading.Semaphore(2), {}, []
    jobs = [(key, *m) for key, m in MACHINES.items()]
    jobs += [(key, "stock", config, trials, options, 300) for key, (config, trials, options, _) in ENDS.items()]
    for key, kernel, config, trials, options, timeout in sorted(jobs, key=lambda j: j[2] != "debug"):
        threads.append(threading.Thread(target=observe, args=(turn, key, kernel, config, trials, options, timeout,
                                                              count, results)))
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    patterns, given = expected(), {"book": set(), "stock": set()}
    for key, (kernel, *_) in MACHINES.items():
        r = results.get(key)
        if not t.ok(f"{key}: the {kernel} kernel came through", r is not None and r.ok,
                    "" if r and r.ok else f"{r.reason}\n{r.result[-500:]}\n{r.report()}" if r else "no result"):
            continue
        t.note(f"{key}: {r.seconds:.0f} s\n{r.result}")
        trouble = r.trouble + [l for l in open(os.path.join(r.files, "dmesg"), errors="replace") if qemu.TROUBLE.search(l)]
        t.ok(f"{key}: no complaint of the {kernel} kernel", not trouble, "\n".join(trouble))
        given[kernel] |= compare(t, key, r, patterns[kernel])
    for kernel, asked in patterns.items():
        missing = sorted(set(asked) - given[kernel])
        t.ok(f"every expected answer of the {kernel} kernel was given", not missing, "missing: " + ", ".join(missing[:20]))
    for key, (*_, words) in ENDS.items():
        r = results.get(key)
        t.ok(f"the stock twin ends: {key}", r is not None and r.reason in ("oops", "panic") and re.search(words, r.console),
             f"{r.reason}: {' '.join(r.trouble[:2])}" if r else "no result")
        if r:
            t.note(f"{key}: {r.seconds:.0f} s\n{r.result}\n" + "\n".join(r.trouble))
