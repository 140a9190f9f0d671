# SPDX-License-Identifier: GPL-2.0-only
"""The laboratory exercises: what is broken is found, and for the reason that the exercise is about; what is mended obeys;
and a module that does nothing is sent back.

All fifteen go through their scenarios in one boot, the mended ones first: compiled from the source that a student gets, not from CTANGLE's,
and with more warnings than kernels usually are.  With --long the mended ones also run on the kernel that watches its memory."""
import os
import re
import subprocess
import sys
from check import OUT, TOP
import exercise

TITLE = "the laboratory exercises: broken modules are found, mended ones obey, and one that does nothing does not"
ORDER = 150
COMMAND = os.path.join(TOP, "kernel-glue", "lab", "exercise.py")
EMPTY = """// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

static int __init nothing_init(void)
{
	return 0;
}
module_init(nothing_init);

static void __exit nothing_exit(void)
{
}
module_exit(nothing_exit);
MODULE_LICENSE("GPL");
"""


def compile_group(t, tag, sources, config="lab"):
    directory = os.path.join(exercise.WORK, f"test-{tag}" + ("" if config == "lab" else "-" + config))
    for name, text in sources.items():
        exercise.write(os.path.join(directory, name + ".c"), text)
    well, said = exercise.compile_all(directory, list(sources), config)
    t.ok(f"{config}: the {tag} modules compile without a word", well and not said, "\n".join(said))
    return {n: os.path.join(directory, f"lab{n}.ko") for n in (int(s[3:]) for s in sources)} if well else {}


def the_broken(t, e, r, lines):
    against = exercise.judge(e, lines, r)
    said = exercise.broke_rules(lines or [], e.name)
    for want in e.found:
        t.ok(f"exercise {e.number}, broken: the log has /{want}/", any(re.match(want, l) for l in said), "\n".join(lines or ["it was not reached"]))
    named = {l.split(": ")[1] for l in said}
    t.ok(f"exercise {e.number}, broken: no rule is named that has nothing to do with it", named <= set(e.rules + ["D4"] * ("S3" in e.rules)), "\n".join(said))
    t.ok(f"exercise {e.number}, broken: it does its work all the same, and nobody complains",
         not [l for l in against if l not in said and "while its device was open" not in l], "\n".join(against))
    t.note("\n".join(exercise.readable(lines or [])))


def the_mended(t, config, e, r, lines):
    t.ok(f"{config}: exercise {e.number}, mended: it obeys", not exercise.judge(e, lines, r), "\n".join(exercise.judge(e, lines, r)))


def the_empty(t, e, r, lines):
    against = exercise.judge(e, lines, r)
    t.ok(f"exercise {e.number}, empty: it does not do its work", any("does not do its work" in l for l in against), "\n".join(lines or ["it was not reached"]))


def by_hand(t, e):
    """The command itself, as far as it needs no machine."""
    path = os.path.join(exercise.WORK, "test-wrong.c")
    exercise.write(path, EMPTY.replace("return 0", "return nothing"))
    for case, args, status, said in (
            ("a list", [], 0, f"{e.number}  {e.title}"),
            ("no such exercise", ["77"], 2, "there are exercises 1 to"),
            ("no such file", [str(e.number), "--check", "/nowhere/mine.c"], 2, "there is no file /nowhere/mine.c"),
            ("an error of the compiler is shown as it is", [str(e.number), "--check", path], 1, f"{e.name}.c:6:16: error:")):
        r = subprocess.run([sys.executable, COMMAND, *args], capture_output=True, text=True)
        t.ok(f"the command: {case}", r.returncode == status and said in r.stdout + r.stderr, f"status {r.returncode}\n{r.stdout}{r.stderr}")


def run(t):
    all = exercise.exercises()
    t.ok("five exercises", list(all) == [1, 2, 3, 4, 5], list(all))
    by_hand(t, all[1])
    mended = {f"lab{n}": exercise.source(f"lab{n}_mended.c") for n in all}
    kos = compile_group(t, "mended", mended)
    broken = compile_group(t, "broken", {f"lab{n}": exercise.source(f"lab{n}.c") for n in all})
    empty = compile_group(t, "empty", {f"lab{n}": EMPTY for n in all})
    items = [(tag, n, ko) for tag, group in (("mended", kos), ("empty", empty), ("broken", broken)) for n, ko in group.items()]
    r, here = exercise.boot(items, name="lab")
    t.ok("the machine comes to its end", r.ok, r.report())
    judges = {"mended": lambda *a: the_mended(t, "lab", *a), "empty": lambda *a: the_empty(t, *a), "broken": lambda *a: the_broken(t, *a)}
    for tag, n, ko in items:
        judges[tag](all[n], r, here[tag, n])
    t.say(f"{len(items)} modules in one boot [{r.seconds:.0f} s]")
    for n, ko in kos.items():
        words, errors = exercise.ask_modrules(ko)
        t.ok(f"exercise {n}, mended: modrules has no objection", words and not errors, "\n".join(words))
        words, errors = exercise.ask_modrules(broken[n]) if broken else ([], [])
        t.note("\n".join(words))
    if t.long:
        kos = compile_group(t, "mended", mended, "debug")
        r, here = exercise.boot([("mended", n, ko) for n, ko in kos.items()], "debug", "lab-debug")
        for n in kos:
            the_mended(t, "debug", all[n], r, here["mended", n])
