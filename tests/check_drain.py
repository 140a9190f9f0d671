# SPDX-License-Identifier: GPL-2.0-only
"""Removers who wait: who wakes them, who disturbs them, and what is left; force; loads that fail while somebody holds; a put
too many; who holds a module.  Every answer must be the expected one (guest/drain-expected.txt).

The book's kernel in the lab configuration answers most of it, on two CPUs that run in parallel.  Where text is patched (a
probe on a tracepoint, the key that switches the tracing of references) the CPUs take turns.  What is said of memory that must still
be there, or must not be needed any more, is said again by the kernel that watches its memory, locks and read sections.
And once there is one CPU only: whoever is woken under the lock of a run queue then sleeps on that very queue.

The stock twin is asked what can be asked of it, and refuses to wait.  What the book's loader answers to late puts, to failed
loads that are held and to a put too many is the end of the twin: the same modules, the same script, and an oops, which is
what is expected of it here.  For the late put the watchful kernel says what it was: a use of memory that is free.

Counts: 100 drains with the last put on another CPU, 1000 with --long, a tenth of that on the watchful kernel; each is compared with the lists and areas of before.  With --long there are mutants as well: each lacks one thing that the
trials are about, and they must find that out."""
import os
import re
import threading
from check import HERE, OUT
import mutants
import qemu
import transcripts

TITLE = "drains, signals, puts from everywhere, force, failed loads that are held"
ORDER = 130

FORCE = "second_force late_put late_close failing_init bad_load provider too_many"
SINGLE = dict(single=True)
# name: kernel, configuration, trials, options, seconds it may take
MACHINES = {
    "watchful": ("book", "debug", "opener signals atomic across together second_force late_put failing_init bad_load", dict(memory=1500), 600),
    "plain": ("book", "lab", "opener signals others first_force " + FORCE + " disabled", {}, 300),
    "across": ("book", "lab", "across together", dict(cpus=4), 300),
    "alone": ("book", "lab", "opener atomic", dict(cpus=1), 300),
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

# number: what is taken out, the replacements in the tangled text, the trials that must notice, options
MUTANTS = {
    1: ("the wake-up of those who drain",
        {"drain.c": [("wake_up_all(&drain_wq);\nif(", "if(mutant!=1)wake_up_all(&drain_wq);\nif(")]}, "opener", {}),
    2: ("the way back of the count after a signal",
        {"drain.c": [("refs_spread(refs);", "if(mutant!=2)refs_spread(refs);")]}, "signals", {}),
    3: ("the way back of the state after a signal",
        {"drain.c": [("WRITE_ONCE(mod->state,MODULE_STATE_LIVE);", "if(mutant!=3)WRITE_ONCE(mod->state,MODULE_STATE_LIVE);")]},
        "signals", {}),
    4: ("the memory that is kept after force",
        {"unload.c": [("annex->kept= true;", "annex->kept= mutant!=4;")]}, "second_force late_put", {}),
    5: ("the wait of a failed load for its holders",
        {"drain.c": [("return refs_take(refs);\n}", "return refs_take(refs)||mutant==5;\n}")]}, "failing_init", {}),
    6: ("the freedom of its name",
        {"drain.c": [("annex_of(mod)->nameless= true;", "annex_of(mod)->nameless= mutant!=6;")]}, "failing_init", {}),
    7: ("the undertaker after the last put",
        {"drain.c": [("if(!list_empty(&lingering))", "if(mutant!=7&&!list_empty(&lingering))")]}, "failing_init", {}),
    8: ("the report of a put too many",
        {"unload.c": [("if(unlikely(held<REFS_BASE)&&", "if(mutant!=8&&unlikely(held<REFS_BASE)&&")]}, "too_many", {}),
    9: ("the end of a drain that can never end",
        {"drain.c": [("||refs_read(refs)<REFS_BASE", "||(mutant!=9&&refs_read(refs)<REFS_BASE)")]}, "too_many", {}),
    10: ("the question for dependents",
         {"unload.c": [("if(!list_empty(&mod->source_list))", "if(mutant!=10&&!list_empty(&mod->source_list))")]}, "others", {}),
    11: ("the closed gate of a drain",
         {"drain.c": [("refs_gather(refs,REFS_CLOSED);\nerr=",
                       "refs_gather(refs,mutant==11?REFS_SHARED:REFS_CLOSED);\nerr=")]}, "opener", {}),
    12: ("the interrupt between a put and the wake-up",
         {"drain.c": [("irq_work_queue(&last_put_bell);",
                       "if(mutant==12){wake_up_all(&drain_wq);return;}\nirq_work_queue(&last_put_bell);")]},
         "atomic", dict(cpus=1)),
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


def wrong(r, patterns):
    """The first answer that is not the expected one, or how else one sees that something is wrong."""
    for line in r.result.splitlines():
        case, is_one, value = line.partition(" ==")
        if is_one and case in patterns and not re.fullmatch(patterns[case], value.strip()):
            return line
    return None if r.ok else f"{r.reason} {' '.join(r.trouble[:1])}"


def look_for_mutants(t, patterns):
    image, turn, found = mutants.build("lab", MUTANTS), threading.Semaphore(2), {}
    whole = " ".join(sorted({m[2] for m in MUTANTS.values()} - {"atomic"}))

    def observe_mutant(number, trials, options):
        with turn:
            r = qemu.run(image, "tests/guest/drain.sh", args=["10"] + trials.split(), modules=None, timeout=120, silence=120,
                         stop_on_oops=True, append=f"module.mutant={number}", name=f"drain-mutant-{number}", **options)
            found[number] = wrong(r, patterns)
    threads = [threading.Thread(target=observe_mutant, args=(n, trials, options))
               for n, (_, _, trials, options) in {0: (0, 0, whole, {}), **MUTANTS}.items()]
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    t.ok("the kernel of the mutants, none of them chosen, does all well", found[0] is None, found[0])
    for number, (lacks, *_) in MUTANTS.items():
        t.ok(f"noticed: without {lacks}", found[number] is not None, found[number] or "nothing was noticed")


def transcript(stock, ours):
    """Rule F2: two references are held when force takes the module, and are given back afterwards."""
    lines = lambda r: [qemu.STAMP.sub("", l) for l in r.console.splitlines()]
    force = [l for l in lines(ours) if re.match(r"held: F2: taken out by force while [1-9]", l)][:1]
    transcripts.leave_behind("f2", transcripts.block("stock kernel", transcripts.telling(lines(stock)), "nothing is seen.") +
                             transcripts.block("kernel of this book", force, "nothing happens."))


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
    if t.long:
        look_for_mutants(t, patterns["book"])
    for key, (*_, words) in ENDS.items():
        r = results.get(key)
        t.ok(f"the stock twin ends: {key}", r is not None and r.reason in ("oops", "panic") and re.search(words, r.console),
             f"{r.reason}: {' '.join(r.trouble[:2])}" if r else "no result")
        if r:
            t.note(f"{key}: {r.seconds:.0f} s\n{r.result}\n" + "\n".join(r.trouble))
    if results.get("late put") and results.get("plain"):
        transcript(results["late put"], results["plain"])
