#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""The laboratory exercises of the second book.

    exercise.py                   list them
    exercise.py N                 run the broken module of exercise N, and show what happens
    exercise.py N --check FILE.c  compile FILE.c as that module, try it, and say whether it obeys

What is needed must have been built: `make lab EXERCISE=N [CHECK=FILE.c]` sees to that.  The scenarios are in
tests/guest/lab/.  With --check the kernel that watches its memory is used as well, if it is there; NO_DEBUG=1 leaves
it out.  The exit status is 0 if the module obeys, 1 if something was found, 2 if nothing could be tried."""
import fcntl
import glob
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
import build    # noqa: E402
import qemu     # noqa: E402

TOP, OUT = build.TOP, build.OUT
WEB = os.path.join(TOP, "unload-rules", "lab.w")
FRAME = os.path.join(TOP, "tests", "guest", "lab.sh")
SCENARIOS = os.path.join(TOP, "tests", "guest", "lab")
WORK = os.path.join(OUT, "exercise")
MODRULES = os.path.join(OUT, "tools", "modrules")
# What the kernel's own headers do not stand.
WARNINGS = "-Wall -Wextra -Wno-unused-parameter -Wno-missing-field-initializers -Wno-sign-compare -Wno-type-limits -Wno-shift-negative-value"


class CannotTry(Exception):
    pass


class Exercise:
    def __init__(self, path):
        self.number = int(os.path.basename(path)[:-3])
        self.name = f"lab{self.number}"
        head = re.findall(r"^# (title|rules|found): *(.*)$", open(path).read(), re.M)
        self.title = dict(head).get("title", "")
        self.rules = dict(head).get("rules", "").split()
        self.found = [text for key, text in head if key == "found"]


def exercises():
    found = [Exercise(p) for p in glob.glob(os.path.join(SCENARIOS, "[0-9]*.sh"))]
    return {e.number: e for e in sorted(found, key=lambda e: e.number)}


# ---- the source, as one would write it -------------------------------------------

def sections():
    """The pieces of code of the chapter: {name, or "(file": text}, with abbreviated names made whole."""
    pieces, whole = [], []
    for section in re.split(r"\n(?=@[ *\n])", open(WEB).read()):
        m = re.search(r"^@(<.*?|\(.*?)@>=[ \t]*\n", section, re.M)
        if m:
            pieces.append((m[1], section[m.end():].strip("\n")))
            if not m[1].endswith("..."):
                whole.append(m[1])
    text = {}
    for name, code in pieces:
        if name.endswith("..."):
            name = next(w for w in whole if w.startswith(name[:-3]))
        text[name] = text[name] + "\n\n" + code if name in text else code
    return text


def source(file):
    """The C of @(modules/FILE@>, without what CTANGLE has to add and without what CWEAVE wants to be told."""
    text = sections()

    def expand(code, indent=""):
        lines = []
        for line in code.splitlines():
            m = re.match(r"(\s*)@(<.*?)@>(?:@;)?$", line)
            if m:
                name = m[2]
                if name.endswith("..."):
                    name = next(w for w in text if w.startswith(name[:-3]))
                lines += expand(text[name], indent + m[1])
            elif line.strip() == "@#":
                lines.append("")
            else:
                line = re.sub(r"@t.*?@>|@[/|;#\[\]]", "", line).replace("@@", "@")
                lines.append((indent + line).rstrip())
        return lines

    return "// SPDX-License-Identifier: GPL-2.0-only\n" + "\n".join(expand(text["(modules/" + file])) + "\n"


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    if build.content(path) != text.encode():
        with open(path, "w") as f:
            f.write(text)


# ---- compiling ---------------------------------------------------------------------

def compile_all(directory, names, config="lab"):
    """DIRECTORY/NAME.c -> DIRECTORY/NAME.ko, against the kernel of a configuration: (well, what the compiler said)."""
    c = build.Config(config)
    for p in ("Module.symvers", "scripts/module.lds"):
        if not os.path.exists(os.path.join(c.build, p)):
            raise CannotTry("there is no kernel to compile against; try `make test-modules`")
    write(os.path.join(directory, "Kbuild"), "# SPDX-License-Identifier: GPL-2.0-only\n"
          f"obj-m := {' '.join(n + '.o' for n in names)}\nccflags-y := {WARNINGS} {c.FLAGS} -fdebug-prefix-map={directory}/=\n")
    for n in names:
        if os.path.exists(f"{directory}/{n}.ko"):
            os.unlink(f"{directory}/{n}.ko")
    args = [a for a in c.make("M=" + directory, "modules") if not a.startswith("-j")]
    extra = os.path.join(OUT, "modules" if config == "lab" else config + "/test-modules", ".extra.symvers")
    if os.path.exists(extra):
        args.append("KBUILD_EXTRA_SYMBOLS=" + extra)
    with open(os.path.join(OUT, ".lab.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        r = subprocess.run(args, env=c.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
    said = [l for l in r.stdout.splitlines() if not re.match(r"\s+(CC|LD|MODPOST|AS|GEN|CLEAN|BTF)\b|make(\[\d+\])?: ", l)]
    said = [l.replace(directory + "/", "") for l in said if "BTF" not in l]
    return r.returncode == 0, said


# ---- running -----------------------------------------------------------------------

def boot(items, config="lab", name="exercise", kernel="book"):
    """Puts modules through their scenarios, one after the other: items are (tag, number, path of the .ko).
    Returns the machine's result, and {(tag, number): lines of the console}; the value is None for what was not reached."""
    slow = 1 if config == "lab" else 3
    files = {f"/lab/{tag}/lab{n}.ko": ko for tag, n, ko in items}
    r = qemu.run(kernel, FRAME, args=[f"{tag}:{n}" for tag, n, _ in items], config=config, cpus=2, modules=None, test_modules=False,
                 memory=768 if config == "lab" else 1500, files={**files, "/scenario": SCENARIOS},
                 append="printk.devkmsg=on module.quarantine=32M", env=dict(LIMIT=6 * slow, PATIENCE=60 * slow),
                 timeout=(60 + 40 * len(items)) * slow, silence=40 * slow, name=name)
    here, at = {(tag, n): None for tag, n, _ in items}, None
    for line in r.console.splitlines():
        line = qemu.STAMP.sub("", line)
        m = re.match(r"lab: (begin|end) (\S+):(\d+)$", line)
        if m:
            at = (m[2], int(m[3])) if m[1] == "begin" else None
            if at:
                here[at] = []
        elif at and line.strip():
            here[at].append(line)
    return r, here


def readable(lines):
    """The console as somebody would have seen it who sat at it."""
    typed = next((i for i, l in enumerate(lines) if l.startswith("lab: # ")), 0)
    return [re.sub(r"^lab: failed: (.*)", r"(\1)", l).removeprefix("lab: ") for l in lines[typed:] if not re.match(r"lab: (done|works: )|tsc: |clocksource: |Clockevents: |Could not switch ", l)]


def broke_rules(lines, name):
    return [l for l in lines if re.match(rf"{name}: (perhaps )?[A-Z]\d: ", l)]


def judge(e, lines, r):
    """What speaks against a module, in the order of its importance: sentences and lines."""
    if lines is None or "lab: done" not in lines:
        against = [f"the machine did not come to the end of the scenario ({r.reason})" if not r.ok else "the scenario did not come to its end"]
        against += [l for l in lines or () if l.startswith("lab: broke off")]
    else:
        against = []
    lines = lines or []
    for l in lines:
        m = re.match(r"lab: (does not work|failed|stays|waits): (.*)", l)
        if m:
            against.append({"does not work": "it does not do its work: ", "failed": "", "stays": "", "waits": "the loader still waits: "}[m[1]] + m[2])
    against += broke_rules(lines, e.name)
    against += [l for l in lines if qemu.TROUBLE.search(l)]
    return against


def ask_modrules(ko):
    """The words of the checker, without the path: (all lines, errors)."""
    if not os.path.exists(MODRULES):
        raise CannotTry("the checker is not built; try `make modrules`")
    r = subprocess.run([MODRULES, ko], capture_output=True, text=True, errors="replace")
    lines = [l.replace(ko, os.path.basename(ko)) for l in (r.stdout + r.stderr).splitlines()]
    return lines, [l for l in lines if re.search(r": error: ", l)]


def claims(ko):
    r = subprocess.run(["/sbin/modinfo", "-F", "unload", ko], capture_output=True, text=True)
    return r.stdout.split("\n")[0].strip()


# ---- what the user sees --------------------------------------------------------------

def show(e):
    path = os.path.join(WORK, e.name + ".c")
    own = source(e.name + ".c")
    if not os.path.exists(path):
        write(path, own)
    changed = build.content(path) != own.encode()
    ko = os.path.join(OUT, "modules", e.name + ".ko")
    if not os.path.exists(ko):
        raise CannotTry(f"{os.path.relpath(ko)} is not built; try `make lab EXERCISE={e.number}`")
    print(f"Exercise {e.number}: {e.title}\n", flush=True)
    r, here = boot([("broken", e.number, ko)], name=f"exercise-{e.number}")
    lines = here["broken", e.number]
    print("\n".join("    " + l for l in readable(lines or [])))
    if lines is None or not r.ok:
        print(f"\nThe machine did not come to its end ({r.reason}); the log is {os.path.relpath(r.log)}")
    print(f"\nmodrules {e.name}.ko:")
    print("\n".join("    " + l for l in ask_modrules(ko)[0]))
    print(f"\nThe source is {os.path.relpath(path)}{' (somebody has changed it, and it was left as it is)' if changed else ''}.  Mend a copy, and have it tried:\n"
          f"    make lab EXERCISE={e.number} CHECK=mine.c")
    return 0


def check(e, path):
    if not os.path.isfile(path):
        raise CannotTry(f"there is no file {path}")
    verdicts, configs = [], ["lab"]
    if all(os.path.exists(os.path.join(OUT, "debug", p)) for p in ("book/bzImage", "build/Module.symvers", "build/scripts/module.lds")) \
            and os.environ.get("NO_DEBUG") != "1":
        configs.append("debug")
    for config in configs:
        directory = os.path.join(WORK, f"check-{e.number}" + ("" if config == "lab" else "-" + config))
        with open(path, errors="replace") as f:
            write(os.path.join(directory, e.name + ".c"), f.read())
        well, said = compile_all(directory, [e.name], config)
        if said and (config == "lab" or not well):
            print("\n".join(said), flush=True)
        if not well:
            print(f"\n{e.name}: it does not compile")
            return 1
        ko = os.path.join(directory, e.name + ".ko")
        if config == "lab":
            words, errors = ask_modrules(ko)
            print("modrules says:\n" + "\n".join("    " + l for l in words), flush=True)
            verdicts += [("modrules", l) for l in errors]
            if claims(ko):
                verdicts.append(("claim", f"it claims `{claims(ko)}'; a claim is no cure"))
        where = "the kernel" if config == "lab" else "the kernel that watches its memory"
        r, here = boot([("mine", e.number, ko)], config, f"exercise-{e.number}-{config}")
        lines = here["mine", e.number]
        against = judge(e, lines, r)
        verdicts += [(where, l) for l in against]
        print(f"\n{where} ({r.seconds:.0f} s):", flush=True)
        print("\n".join("    " + l for l in readable(lines or [])))
        for l in lines or ():
            if l.startswith("lab: works: "):
                print("    (" + l[12:] + ")")
        if against:
            break
    print()
    if not verdicts:
        print(f"{e.name}: it obeys" + ("" if "debug" in configs else " (the kernel that watches its memory was not asked)"))
        return 0
    print(f"{e.name}: it does not obey:")
    for where, what in verdicts:
        print(f"    {where}: {what}")
    return 1


def main(argv):
    all = exercises()
    if not argv:
        for e in all.values():
            print(f"{e.number}  {e.title}")
        print("\nmake lab EXERCISE=N               run the broken module\n"
              "make lab EXERCISE=N CHECK=mine.c  try yours")
        return 0
    if argv[0] not in map(str, all) or len(argv) not in (1, 3) or (len(argv) == 3 and argv[1] != "--check"):
        sys.stderr.write(f"exercise.py: there are exercises 1 to {max(all)}\n" if argv[0] not in map(str, all) else __doc__)
        return 2
    e = all[int(argv[0])]
    return check(e, argv[2]) if len(argv) == 3 else show(e)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except (CannotTry, qemu.LabError, build.Failed) as e:
        print(f"exercise.py: {e}", file=sys.stderr)
        sys.exit(2)
    except KeyboardInterrupt:
        sys.exit(130)
