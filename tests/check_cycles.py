# SPDX-License-Identifier: GPL-2.0-only
"""Two modules that obey, loaded and removed again and again on four processors that are busy (unload-rules/leave.w); memory, lists and
tasks must be afterwards what they were.  One takes back all that it has ordered; the other guards itself, while tasks that
nobody counts call it without end.

300 times on the plain kernel, 10,000 with --long; a fifth of that with a small quarantine, so that modules are buried out of it all the
time, and a tenth on the kernel that watches itself.

Then what else may happen while modules are on their way out: the machine is switched off or starts another kernel, processors
come and go, memory is short."""
import os
import re
import shutil
import threading
from check import HERE, OUT
import qemu

TITLE = "load and remove under load, and memory as before"
ORDER = 140
KEXEC = shutil.which("kexec", path=os.environ.get("PATH", "") + ":/sbin:/usr/sbin")

# name: configuration, share of the count, options
MACHINES = {
    "watchful": ("debug", 10, dict(memory=1500)),
    "plain": ("lab", 1, {}),
    "quarantine": ("lab", 5, dict(append="module.quarantine=256K")),
}


def observe(turn, name, config, cycles, options, results):
    options = dict(options)
    if config != "lab":
        built = os.path.join(OUT, config, "test-modules")
        options.update(test_modules=False, files={"/modules/" + f: os.path.join(built, f) for f in os.listdir(built) if f.endswith(".ko")})
    with turn:
        results[name] = qemu.run("book", "tests/guest/cycles.sh", args=[cycles], config=config, cpus=4, modules=None,
                                 timeout=240 + cycles * 2, silence=240 + cycles * 2, stop_on_oops=True, name=f"cycles-{name}", **options)


def left(r, name):
    return open(os.path.join(r.files, name), errors="replace").read()


def balance(t, name, r, cycles):
    for when in ("before", "after"):
        t.ok(f"{name}: nobody is left unburied {when}", not left(r, f"unburied-{when}"), left(r, f"unburied-{when}"))
    for what in ("modules", "sysfs", "areas", "tasks"):
        before, after = (left(r, f"{what}-{w}").splitlines() for w in ("before", "after"))
        more = [l for l in after if after.count(l) > before.count(l)]
        t.ok(f"{name}: {what} as before", not more if what == "tasks" else before == after, f"{len(before)}, then {len(after)}: {more[:5]}")
    t.ok(f"{name}: areas of modules were seen", left(r, "areas-before"))
    m = re.findall(r"figures figures \w+ VmallocUsed (\d+) Slab \d+ SUnreclaim (\d+) Percpu (\d+) kB", r.result)
    if t.ok(f"{name}: memory was counted twice", len(m) == 2, r.result):
        (v0, s0, p0), (v1, s1, p1) = (tuple(map(int, x)) for x in m)
        t.ok(f"{name}: mapped memory as before", v1 - v0 <= 160, f"{v0} kB, then {v1} kB")
        t.ok(f"{name}: per-CPU memory as before", p1 <= p0, f"{p0} kB, then {p1} kB")
        t.note(f"{name}: slabs {s0} kB, then {s1} kB")
    before, after = ({c: (int(n), int(slab)) for c, n, slab in (l.split() for l in left(r, f"slabs-{w}").splitlines())}
                     for w in ("before", "after"))
    # After a cache was emptied, each of the four CPUs that uses it again counts a whole slab of it as used.
    grown = {c: n - before.get(c, (0, 0))[0] for c, (n, slab) in after.items()
             if n - before.get(c, (0, 0))[0] > max(cycles / 4, 200, 4 * slab) and c != "debug_objects_cache"}
    t.ok(f"{name}: no cache has grown with the number of removals", not grown, grown)


def judge(t, name, r, cycles):
    if not t.ok(f"{name}: the kernel came through", r is not None and r.ok and r.files,
                f"{r.reason} {r.status}\n{r.result}\n{r.report()}" if r else "no result"):
        return
    trouble = r.trouble + [l for l in left(r, "dmesg").splitlines() if qemu.TROUBLE.search(l)]
    t.ok(f"{name}: no complaint of the kernel", not trouble, "\n".join(trouble))
    named = [l for l in r.kmsg.splitlines() if re.match(r"cycle_\w+: [A-Z]\d: ", l)]
    t.ok(f"{name}: nobody is blamed", not named, "\n".join(named))
    for module in ("cycle_easy", "cycle_guard"):
        m = re.search(rf"^{module}: (\d+) cycles, (\d+) times busy$", r.result, re.M)
        t.ok(f"{name}: {module} came and went {cycles} times", m and int(m[1]) == cycles, r.result)
    m = re.search(r"^calls (\d+) refusals (\d+)$", r.result, re.M)
    t.ok(f"{name}: the hook was called, and refused, often enough", m and int(m[1]) > cycles and int(m[2]) > 0, r.result)
    balance(t, name, r, cycles)
    t.say(f"{name}: {cycles} times two modules, {m[1]} calls of which {m[2]} came too late, {r.seconds:.0f} s" if m else name)


# ---- what else happens meanwhile ---------------------------------------

# name: which trials of guest/ends.sh, options, how the machine ends, {case: pattern}
STATES = r"inside 1 quarantine \d waits \d ?|inside 1 quarantine \d ?"
ENDS = {
    "power off": ("poweroff", {}, {"in quarantine": "3", "inside": "1", "states": STATES, "now": "power off"}),
    "reboot": ("reboot", {}, {"states": STATES, "now": "reboot"}),
    "orderly": ("orderly", {}, {"states": STATES, "now": "power off"}),
    "kexec": ("kexec", dict(memory=1024), {"states": STATES, "now": "kexec"}),
    "processors": ("hotplug", {}, {"easy": "cycle_easy: 60 cycles, .*", "guard": "cycle_guard: 60 cycles, .*", "offline": r"\d*[1-9]\d*", "afterwards": ""}),
    "provider": ("provider", {}, {"user": "inside", "provider": "late-users", "afterwards": ""}),
    "memory": ("reserve backlog shrinks", {}, {
        "plenty: waits": "1", "bound: waits": "0", "straggler: milliseconds": r"\d{1,4}", "straggler: still": "1",
        "afterwards": "", "in quarantine": "10", "under pressure": "", "loads": "done"}),
}
SECOND_INIT = b"""#!/bin/busybox sh
/bin/busybox mount -t proc proc /proc
echo "the second kernel is there"
/bin/busybox poweroff -f
"""


def second_initrd(path):
    with open(path, "wb") as f:
        c = qemu.Cpio(f)
        for d in ("proc", "dev", "bin"):
            c.dir(d)
        c.node("dev/console", 5, 1)
        c.file("bin/busybox", open(shutil.which("busybox"), "rb").read(), 0o755)
        c.file("init", SECOND_INIT, 0o755)
        c.end()


def end(turn, name, results):
    trials, options, _ = ENDS[name]
    options = dict(options, files={"/leave": os.path.join(HERE, "guest", "leave")})
    if name == "kexec":
        initrd = os.path.join(OUT, "guest", "second-initrd")
        second_initrd(initrd)
        options["files"].update({"/kexec/bzImage": qemu.image("book"), "/kexec/initrd": initrd, "/sbin/kexec": KEXEC})
        options["programs"] = [KEXEC]
    with turn:
        results[name] = qemu.run("book", "tests/guest/ends.sh", args=trials.split(), cpus=4, modules=None, timeout=180, silence=90,
                                 name="ends-" + name.replace(" ", "-"), **options)


def judge_end(t, name, r):
    _, _, expected = ENDS[name]
    given = dict(l.split(" == ", 1) if " == " in l else (l.removesuffix(" =="), "") for l in r.result.splitlines() if " ==" in l)
    t.note(f"{name}: {r.reason} {r.seconds:.0f} s\n{r.result}")
    for case, pattern in expected.items():
        t.ok(f"{name}: {case}", case in given and re.fullmatch(pattern, given[case].strip()), f"{given.get(case)}\nand not {pattern}")
    more = {c: v for c, v in given.items() if c not in ENDS[name][2] and v == "failed"}
    t.ok(f"{name}: nothing failed", not more, more)
    if "now" in expected:
        t.ok(f"{name}: the machine does not hang", r.reason == "died", f"{r.reason}\n{r.tail()}")
        if name == "kexec":
            t.ok("kexec: the second kernel has started", "the second kernel is there" in r.console, r.tail())
    else:
        t.ok(f"{name}: the machine lives on", r.ok, f"{r.reason}\n{r.report()}")
    t.ok(f"{name}: no complaint of the kernel", not r.trouble, "\n".join(r.trouble))


def run(t):
    count, turn, results, threads = 10000 if t.long else 300, threading.Semaphore(2), {}, []
    if not KEXEC:
        t.skip("kexec", "kexec-tools are not installed")
        del ENDS["kexec"]
    for name, (config, part, options) in MACHINES.items():
        threads.append(threading.Thread(target=observe, args=(turn, name, config, count // part, options, results)))
    ended = {}
    threads += [threading.Thread(target=end, args=(turn, name, ended)) for name in ENDS]
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    for name, (_, part, _) in MACHINES.items():
        judge(t, name, results.get(name), count // part)
    for name in ENDS:
        if t.ok(f"{name}: there is a result", name in ended):
            judge_end(t, name, ended[name])
