# SPDX-License-Identifier: GPL-2.0-only
"""Traps, stepped on in every way that there is (unload-rules/quarantine.w): calls are answered, returns end a task, or the machine
if it cannot do without.  On the plain kernel and on the watchful one; with --long on one that believes to have landing places."""
import os
import re
import threading
from check import OUT
import mutants
import qemu

TITLE = "what steps on a trap"
ORDER = 150

CALL = r"stray: C1: stray call of caught by %s\+\w+/\w+ \[tripwire\]; answered with 0"
RETURN = r"stray: %s: stray return to %s\+\w+/\w+ \[stray\] in %s\[\d+\]; the task is ended"
ZERO = "tripwire: answered 0"
# trial: the lines of the log, in this order and no others of these modules (but for what the verdict says when they come)
LOG = {
    "calls": ["stray: word freed", CALL % "trip", ZERO, ZERO, ZERO, CALL % "tripwire_write", "tripwire: answered 42",
              "stray: word freed", CALL % "trip", ZERO],
    "failed": ["stray: word freed", CALL % "trip", ZERO],
    "jumps": ["stray: word freed", RETURN % ("U5", "caught", "sh"), RETURN % ("U5", "caught", "sh")],
    "returns": ["stray: word freed", RETURN % ("U5", "caught", "sh"), "stray: word freed", RETURN % ("D4", "linger_on", "stray")],
}
SAID = {
    "calls": ["in quarantine: 1", "stray caught 3 trip", "stray caught 1000 tripwire_write", "in quarantine: 2"],
    "failed": ["in quarantine: 1"],
    "jumps": ["m ended with 137", "M ended with 137"],
    "returns": ["s ended with 137"],
}
MUTANT = {1: ("the landing places, on a machine that needs none",
              {"quarantine.c": [("return cpu_feature_enabled(X86_FEATURE_IBT);", "return mutant==1||cpu_feature_enabled(X86_FEATURE_IBT);")]},
              set())}


def observe(turn, results, name, kernel, config, trials, count, options):
    built = os.path.join(OUT, "modules" if config == "lab" else f"{config}/test-modules")
    files = {f"/modules/{m}.ko": os.path.join(built, m + ".ko") for m in ("tripwire", "stray")}
    with turn:
        results[name] = qemu.run(kernel, "tests/guest/quarantine.sh", args=[count] + trials, config=config, cpus=4, modules=None,
                                 test_modules=False, files=files, timeout=600, name=f"quarantine-{name}", **options)


def of_trial(text, trial, begin, end):
    m = re.search(rf"^{begin}{trial} begins$(.*?)(?=^{begin}\w+ begins$|^{end}$|\Z)", text, re.M | re.S)
    return [l for l in m[1].splitlines() if l] if m else []


def judge(t, name, r, trials, count):
    if not t.ok(f"{name}: the kernel came through", r is not None and r.ok, f"{r.reason}\n{r.report()}" if r else "no result"):
        return
    t.ok(f"{name}: no complaint of the kernel", not r.trouble, "\n".join(r.trouble))
    for times, caller in ((3, "trip"), (1000, "tripwire_write")):
        t.ok(f"{name}: calls are counted, and told at the end",
             re.search(rf"^stray: {times} stray calls of caught by {caller}\+\S+ \[tripwire\] in all$", r.kmsg, re.M), r.kmsg[-2000:])
    for trial in trials:
        said = of_trial(r.result, trial, "", "end")
        log = [l for l in of_trial(r.kmsg, trial, "trial: ", "trial: end") if re.match(r"(stray|tripwire): (?!.* in all$|\w\d: it imports )", l)]
        if trial == "many":
            t.ok(f"{name}: {count} in quarantine, and out", f"in quarantine: {count}" in said and said.count("in quarantine: 0") == 2, said)
            t.ok(f"{name}: nothing is writable and executable", not [l for l in said if "W+X" in l and "SUCCESS" not in l], said)
            m = re.search(r"areas and kilobytes: (\d+) (\d+), then (\d+) (\d+)", "\n".join(said))
            t.ok(f"{name}: areas as before", m and m[1] == m[3], said)
            t.ok(f"{name}: pages as before", m and int(m[4]) - int(m[2]) <= 160, said)
            t.say(f"{name}: " + (m[0] if m else "no figures"))
            continue
        t.ok(f"{name}: {trial}: what is seen", sorted(said) == sorted(SAID[trial]), f"{said}\nexpected {SAID[trial]}")
        fits = len(log) == len(LOG[trial]) and all(re.fullmatch(e, l) for e, l in zip(LOG[trial], log))
        t.ok(f"{name}: {trial}: what the log says", fits, "\n".join(log))


def run(t):
    turn, results, threads = threading.Semaphore(2), {}, []
    each = ["calls", "failed", "jumps", "returns"]
    machines = {
        "plain": ("book", "lab", each + ["many"], 200, {}),
        "watchful": ("book", "debug", each + ["many"], 20, dict(memory=1500)),
        "interrupt": ("book", "lab", ["interrupt"], 0, {}),
    }
    if t.long:
        machines["landings"] = (mutants.build("lab", MUTANT), "lab", each + ["many"], 20, dict(append="module.mutant=1"))
    for name, (kernel, config, trials, count, options) in machines.items():
        threads.append(threading.Thread(target=observe, args=(turn, results, name, kernel, config, trials, count, options)))
    for th in threads:
        th.start()
    for th in threads:
        th.join()
    for name, (_, _, trials, count, _) in machines.items():
        if name != "interrupt":
            judge(t, name, results.get(name), trials, count)
    r = results.get("interrupt")
    t.ok("interrupt: a panic that says why", r and r.reason == "panic" and
         re.search(r"stray: U3: stray return to caught\+\S+ \[stray\] in \S+; it cannot be ended\n", r.kmsg) and
         "stray return to a module that has left" in r.kmsg, r.report() if r else "no result")
