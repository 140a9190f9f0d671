# SPDX-License-Identifier: GPL-2.0-only
"""Verdicts, claims and policies (unload-rules/verdict.w): what the file of each trial module says, who is removed under which policy,
and that a claim which was broken is not believed again.  What a verdict costs is in instructions (bench.py)."""
import re
import qemu

# A program in a format that nobody knows is the first that the kernel runs, so it asks for a module before there is any init process.
ODD = b"\x01\x02\x03\x04"
EARLY = b"""#!/bin/busybox sh
/bin/busybox insmod /modules/claim_good.ko
exit 1
"""

TITLE = "verdicts, claims and policies"
ORDER = 106

# What /sys/module/NAME/unload says, line by line.
VERDICTS = {
    "claim_good": ["hard: D1", "claims: D1"],
    "claim_none": ["hard: D1"],
    "claim_strange": ["hard: D1", "claims: D1, and what is no rule"],
    "claim_lacking": ["hard: D1", r"missing: D1 mod_timer: \S+( or one of \d+ more)?", "claims: D1, and lacks what is needed for D1"],
    "claim_short": ["hard: D1 D2", "claims: D1, but not D2"],
    "claim_stay": ["permanent", "claims: X3, but not D1"],
    "claim_lib": ["easy"],
    "claim_broken": ["hard: D1", "claims: D1"],
}
STRICT = {"claim_good": "done", "claim_lib": "done", "claim_none": "EBUSY", "claim_short": "EBUSY", "claim_strange": "EBUSY",
          "claim_lacking": "EBUSY", "claim_stay": "EBUSY", "claim_broken": "EBUSY"}


def early(t):
    r = qemu.run("book", text='echo $(tr "\\n" ";" </sys/module/claim_good/unload) >$RESULT', cpus=1, modules=None, timeout=120, name="policy-early",
                 files={"/odd": ODD, "/sbin/modprobe": EARLY}, append="rdinit=/odd init=/init")
    t.ok("a module that the kernel asks for before there is an init process is judged like all others",
         r.ok and r.result.strip() == "hard: D1;claims: D1;", f"{r.reason}: {r.result}\n{r.report()}")
    first = re.search(r"claim_good: loading out-of-tree|Run /init as init process", r.kmsg)
    t.ok("it was there before init", first and first[0].startswith("claim_good"), r.kmsg[-1500:])


def run(t):
    early(t)
    r = qemu.run("book", "tests/guest/policy.sh", cpus=2, modules=None, timeout=300, name="policy")
    if not t.ok("the kernel came through", r.ok, r.report()):
        return
    t.ok("no complaint of the kernel", not r.trouble, "\n".join(r.trouble))
    said = {}
    for line in r.result.splitlines():
        word, _, rest = line.partition(" ")
        said.setdefault(word, []).append(rest)
    t.ok("the policy of a boot is check", said.get("boot") == ["check"], said.get("boot"))
    t.ok("a word that is no policy is refused", said.get("nonsense") == ["refused, check"], said.get("nonsense"))
    answers = {w: dict(l.split(" ", 1) for l in said.get(w, ())) for w in ("verdict", "strict", "check", "again", "trust")}
    for name, lines in VERDICTS.items():
        got = answers["verdict"].get(name, "").strip(";").split(";")
        t.ok(f"verdict of {name}", len(got) == len(lines) and all(re.fullmatch(a, b) for a, b in zip(lines, got)), "\n".join(got))
    for name, answer in STRICT.items():
        t.ok(f"strict: {name}: {answer}", answers["strict"].get(name) == answer, answers["strict"])
    for name in ("claim_none", "claim_strange", "claim_lacking"):
        t.ok(f"check: {name} is removed", answers["check"].get(name) == "done", answers["check"])
    t.ok("force overcomes the policy", said.get("force") == ["gone"], said.get("force"))
    t.ok("and says so", re.search(r"^claim_short: F2: to be removed by force, although the policy keeps it$", r.kmsg, re.M), r.kmsg[-1500:])
    t.ok("a refusal is explained", re.search(r"^claim_none: not removed: the policy is strict", r.kmsg, re.M), r.kmsg[-1500:])
    t.ok("a claim that was broken is told", re.search(r"^claim_broken: D1: claimed, and broken", r.kmsg, re.M), r.kmsg[-1500:])
    t.ok("and not believed again", "broken:" in answers["again"].get("claim_broken", ""), answers["again"])
    t.ok("what is missing is said in the log, once", len(re.findall(r"^claim_lacking: D1: it imports mod_timer", r.kmsg, re.M)) == 1, r.kmsg[-1500:])
    t.ok("under trust nothing is judged", answers["trust"].get("claim_good") == "not judged;", answers["trust"])
