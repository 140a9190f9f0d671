# SPDX-License-Identifier: GPL-2.0-only
"""Threads that take references and give them back, against attempts, drains and signals, on four CPUs that are emulated in
parallel, under a kernel that watches itself (KASAN, lockdep, DEBUG_ATOMIC_SLEEP, PROVE_RCU); see unload-rules/trials.w.

The same on the stock twin.  It has no drains, and answers a call that should drain as it answers an attempt; all else must
be as good there: it is the standard for a get that is not refused in vain.

100,000 references and 1,000 attempts; with --long a million and 10,000.  With --long there are mutants as well (mutants.py):
each lacks one of the protections, and the trial must find that out."""
import os
import re
from check import OUT, on_both
import mutants
import qemu

TITLE = "references against removals, on the kernel that watches itself"
ORDER = 130

# What a correct loader never lets happen: counted by the program in the guest, and by the tester in the kernel.
WRONG = {
    "figures_small": "no figure that users see is below what is held",
    "not_allowed": "no answer that is not foreseen",
    "not_alive": "a module is alive after an interrupted drain",
    "not_zero": "the figure is zero when nobody holds",
    "spurious": "no removal is refused when nobody holds",
    "stuck": "every drain ends",
    "refused_while_held": "no get is refused in an attempt while a reference is held",
    "figure_too_small": "no figure in the kernel is below what is held",
    "visited_dead": "nobody is inside a module whose exit has run",
    "exit_while_held": "exit never runs while somebody holds",
    "left_over": "the tester has lost no reference",
}


def counts(text):
    return {m[1]: int(m[2]) for m in re.finditer(r"^(\w+) (\d+)$", text, re.M)}


def machine(kernel, wanted, results, name=None):
    built = os.path.join(OUT, "debug", "test-modules")
    results[kernel] = qemu.run(
        kernel, "tests/guest/race.sh", args=wanted, config="debug", cpus=4, memory=1500, modules=None, test_modules=False,
        files={f"/modules/{m}.ko": os.path.join(built, f"{m}.ko") for m in ("ref_target", "ref_tester")},
        timeout=wanted[3] * 2 + 300, silence=240, stop_on_oops=True, name=name or f"race-{kernel}")


def balance(t, kernel, r):
    """Lists and memory are what they were."""
    def left(name):
        return open(os.path.join(r.files, name), errors="replace").read()
    for what in ("modules", "sysfs"):
        t.ok(f"{kernel}: {what} as before", left(f"{what}-before") == left(f"{what}-after"), left(f"{what}-after"))
    m = re.findall(r"figures figures \w+ VmallocUsed (\d+) Slab \d+ SUnreclaim \d+ Percpu (\d+) kB", r.result)
    if t.ok(f"{kernel}: memory was counted twice", len(m) == 2, r.result):
        (v0, p0), (v1, p1) = ((int(a), int(b)) for a, b in m)
        t.ok(f"{kernel}: mapped memory as before", v1 - v0 <= 160, f"{v0} kB, then {v1} kB")
        t.ok(f"{kernel}: per-CPU memory as before", p1 <= p0, f"{p0} kB, then {p1} kB")
    before, after = (dict(l.split() for l in left(f"slabs-{w}").splitlines()) for w in ("before", "after"))
    # After a cache was emptied, each CPU that uses it again counts a whole slab of it as used: up to 32 objects.
    least = max(counts(r.result)["loads_done"] / 4, 200)
    grown = {c: int(n) - int(before.get(c, 0)) for c, n in after.items()
             if int(n) - int(before.get(c, 0)) > least and c != "debug_objects_cache"}
    t.ok(f"{kernel}: no cache has grown with the number of removals", not grown, grown)


def judge(t, kernel, r, wanted):
    if not t.ok(f"the {kernel} kernel came through", r is not None and r.ok and r.files,
                f"{r.reason} {r.status}\n{r.report()}\n{r.result}" if r else "no result"):
        return None
    t.note(f"{kernel}: {r.seconds:.0f} s\n{r.result}")
    c = counts(r.result)
    t.ok(f"{kernel}: no complaint of the kernel", not r.trouble, "\n".join(r.trouble))
    for name, case in WRONG.items():
        t.ok(f"{kernel}: {case}", c.get(name) == 0, f"{name} {c.get(name)}\n{r.report()}")
    references = c["gets"] + c["forced_gets"]
    t.ok(f"{kernel}: references are enough", references >= wanted[0], references)
    t.ok(f"{kernel}: attempts are enough", c["attempts"] >= wanted[1], c["attempts"])
    t.ok(f"{kernel}: drains are enough", c["drains"] >= wanted[2], c["drains"])
    t.ok(f"{kernel}: what was taken was given back", references == c["puts"], f"{references} taken, {c['puts']} given back")
    removed = c["attempts_done"] + c["drains_done"]
    t.ok(f"{kernel}: between two loads lies one removal", c["loads_done"] - removed in (0, 1),
         f"{c['loads_done']} loads, {removed} removals")
    # A trial in which nothing of what was to be tried happened has shown nothing.
    for name, least in (("attempts_done", 5), ("attempts_again", 100), ("handed", 100), ("compared", 1000),
                        ("figures_judged", 10), ("signals", 5)):
        t.ok(f"{kernel}: {name} happened often enough", c[name] >= least, c[name])
    balance(t, kernel, r)
    t.say(f"{kernel}: {references} references, {c['attempts']} attempts ({c['attempts_done']} removed it), {c['drains']} drains "
          f"({c['drains_done']} done, {c['drains_interrupted']} interrupted), refused while held: {c['refused_while_held']}; "
          f"{r.seconds:.0f} s")
    return c


def hunt(t):
    """Each mutant, until it is found.  Nothing that comes after the first fault is of interest."""
    image, built = mutants.build(), os.path.join(OUT, "debug", "test-modules")
    for number, (lacks, _, faults) in sorted(mutants.MUTANTS.items()):
        r = qemu.run(image, text="insmod /modules/ref_tester.ko && reftool /modules/ref_target.ko ref_target 1 100000 1 900 >$RESULT",
                     append=f"module.mutant={number}", config="debug", cpus=4, memory=1500, modules=None, test_modules=False,
                     files={f"/modules/{m}.ko": os.path.join(built, f"{m}.ko") for m in ("ref_target", "ref_tester")},
                     timeout=1500, silence=240, stop_on_oops=True, name=f"race-mutant-{number}")
        found = set(re.findall(r"reftool: fault: (\w+)|ref_tester: (\w+) \(", r.console))
        found = {a or b for a, b in found}
        t.ok(f"mutant {number} is found: without {lacks}", found & faults, f"{r.reason}, found: {found}\n{r.report()}")
        t.say(f"mutant {number}, without {lacks}: {' '.join(sorted(found)) or 'nothing'}, after {r.seconds:.0f} s")


def run(t):
    wanted = [1000000, 10000, 1000, 3000] if t.long else [100000, 1000, 100, 400]
    results = on_both(machine, wanted)
    stock, book = (judge(t, k, results.get(k), wanted) for k in ("stock", "book"))
    if stock:
        t.ok("stock: a drain is answered like an attempt", stock["drains_refused"] > 0, stock["drains_refused"])
    if book:
        for name, least in (("drains_done", 20), ("drains_interrupted", 5), ("refused_in_drain", 10)):
            t.ok(f"book: {name} happened often enough", book[name] >= least, book[name])
        t.ok("book: a drain is never answered like an attempt", book["drains_refused"] == 0, book["drains_refused"])
    if t.long:
        hunt(t)
