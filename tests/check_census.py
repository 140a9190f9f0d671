# SPDX-License-Identifier: GPL-2.0-only
"""The census: somebody is brought into a module in every way there is, the module is removed around him, and the census must
say who he is, what he does there and which rule that breaks; of a thread on its last way, nothing.  Then a module is
removed among thousands of sleepers, with a clock that counts instructions: the cost must grow with the tasks, and no faster.

On one processor, where whoever is not asleep was preempted, and on four that take turns; with --long also on four that run in
parallel, on the kernel that watches its memory and locks.  The figures are left in out/census.tex for the second book."""
import os
import re
import threading
from check import OUT
import qemu

TITLE = "everybody who is inside is found, and named as what he is"
ORDER = 145

# way: what is said after the removal, besides that the memory waits
AT = r"straggler {}\[\d+\] is inside at {}\+0x[0-9a-f]+/0x[0-9a-f]+ \[census_room\] \({}\)"
SLEEPER = "U5: " + AT.format("sh", "room", "asleep")
EXPECTED = {
    "asleep": [SLEEPER],
    "busy": ["U4: " + AT.format("sh", "room", "(running|preempted)")],
    "kept": ["D4: " + AT.format("census_thread", "room", "asleep")],
    "unborn": ["D4: " + AT.format("census_thread", "live_in_the_room", "not yet started")],
    "quiet": [SLEEPER, "U3: " + AT.format("sh", "room", "running")],
    "softirq": [SLEEPER, "U3: " + AT.format(r"\S+", "room", "in an interrupt")],
    "last": [],
}
ALONE = "asleep busy kept unborn".split()
CROWDS = 1000, 10000
MOST = 4000     # instructions for one more task


def observe(key, ways, options, results):
    results[key] = qemu.run("book", "tests/guest/census.sh", args=ways, modules=None, programs=["chrt"],
                            name=f"census-{key}", timeout=900, silence=600, **options)


def judge(t, key, way, result):
    lines = re.findall(rf"^{way}: census_room: (.*)$", result, re.M)
    told = [l for l in lines if "straggler" in l]
    for pattern in EXPECTED[way]:
        t.ok(f"{key}: {way}: {pattern.split(':')[0]} is named", any(re.match(pattern, l) for l in told), "\n".join(lines) or "nothing")
    t.ok(f"{key}: {way}: nobody else, and nobody twice", len(told) == len(EXPECTED[way]), "\n".join(told))
    if told:
        t.ok(f"{key}: {way}: the memory waits", re.search(rf"^{way}: burials: census_room inside$", result, re.M), result)
    t.ok(f"{key}: {way}: it is buried when all are out", re.search(rf"^{way}: at last: *$", result, re.M), result)


def crowd(t, r):
    seen = [(int(m[1]), int(m[2])) for m in re.finditer(r"# census (\d+) tasks in (\d+) us", r.result)]
    if not t.ok("the sleepers were counted", [n >= c for (n, _), c in zip(seen, CROWDS)] == [True, True], r.result):
        return
    (few, short), (many, long) = seen
    each = (long - short) * 1000 / (many - few)
    t.ok(f"one more task costs at most {MOST} instructions", each <= MOST, f"{each:.0f}")
    t.ok("the cost is linear", abs(long / short * few / many - 1) < 0.15, f"{seen}")
    with open(os.path.join(OUT, "census.tex"), "w") as f:
        f.write("\\medskip\n\\begintable{r r r}\ntasks & instructions & for each \\cr \\hd\n")
        for n, us in seen:
            f.write(f"{n} & {us * 1000} & {us * 1000 // n} \\cr\n")
        f.write("\\endtable\n")


def run(t):
    machines = {
        "1 CPU": (ALONE, dict(cpus=1, memory=768)),
        "4 CPUs": (list(EXPECTED), dict(cpus=4, memory=768, single=True)),
        "crowd": ([f"crowd{n}" for n in CROWDS], dict(cpus=1, memory=1800, icount=True)),
    }
    if t.long:
        machines["parallel"] = (list(EXPECTED), dict(cpus=4, memory=1500, config="debug"))
    results, threads = {}, []
    for key, (ways, options) in machines.items():
        threads.append(threading.Thread(target=observe, args=(key, ways, options, results)))
        threads[-1].start()
    for th in threads:
        th.join()
    for key, (ways, _) in machines.items():
        r = results.get(key)
        if not t.ok(f"{key}: the machine came through", r is not None and r.ok, f"{r.reason}\n{r.report()}" if r else "no result"):
            continue
        t.note(r.result)
        t.ok(f"{key}: the kernel has nothing to complain of", not r.trouble, "\n".join(r.trouble))
        if key == "crowd":
            crowd(t, r)
        else:
            for way in ways:
                judge(t, key, way, r.result)
