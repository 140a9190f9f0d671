# SPDX-License-Identifier: GPL-2.0-only
"""A builder's own tree: the loader goes in and comes out again byte for byte; strange trees are refused with reasons."""
import hashlib
import os
import re
import shutil
import subprocess
import sys
from check import OUT, TOP
sys.path.insert(0, os.path.join(TOP, "kernel-glue", "kbuild"))
import build            # noqa: E402
import tree             # noqa: E402

TITLE = "into and outof leave a builder's tree as it was; both kernels export the same"
ORDER = 30
TAR = "/usr/src/linux-source-6.12.tar.xz"
PARTS = ("Makefile", "Kbuild", "include", "kernel/module", "arch/x86/kernel", "arch/x86/include", "arch/x86/Makefile",
         "kernel/Makefile", "scripts/Makefile.build", "lib/bug.c", "kernel/params.c") + tuple(tree.PATCHES)


def tree_py(*words):
    p = subprocess.run(["python3", "kernel-glue/kbuild/tree.py", *words], cwd=TOP, text=True, errors="replace",
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return p.returncode, p.stdout


def sums(top):
    found = {}
    for d, _, files in os.walk(top):
        for f in files:
            path = os.path.join(d, f)
            if os.path.isfile(path):
                found[os.path.relpath(path, top)] = hashlib.sha256(open(path, "rb").read()).hexdigest()
    return found


def run(t):
    exports(t)
    if not os.path.exists(TAR):
        t.skip("into and outof", f"{TAR} is not installed")
        return
    k = os.path.join(OUT, "a-builders-tree")
    shutil.rmtree(k, ignore_errors=True)
    os.makedirs(k)
    subprocess.run(["tar", "xf", TAR, "-C", k, "--strip-components=1"] + ["linux-source-6.12/" + p for p in PARTS], check=True)
    before = sums(k)
    status, said = tree_py("into", k)
    t.ok("into succeeds on the distribution's source", status == 0, said)
    after = sums(k)
    changed = sorted(f for f in before if after.get(f) != before[f])
    t.ok("nothing outside kernel/module and arch/x86/kernel is touched, but the four files that are patched",
         all(f.startswith(("kernel/module/", "arch/x86/kernel/")) or f in tree.PATCHES
             for f in set(changed) | (after.keys() - before.keys())), changed)
    patched(t, k, before)
    t.ok("the loader is in", os.path.exists(os.path.join(k, "kernel/module/load.c"))
         and not os.path.exists(os.path.join(k, "kernel/module/main.c")), sorted(os.listdir(os.path.join(k, "kernel/module"))))
    status, said = tree_py("into", k)
    t.ok("a second into changes nothing, and says so", sums(k) == after and said.strip(), said)
    status, said = tree_py("outof", k)
    t.ok("outof succeeds", status == 0, said)
    after = sums(k)
    t.ok("every byte is as before", after == before,
         sorted(f for f in set(before) | set(after) if before.get(f) != after.get(f)))
    status, said = tree_py("outof", k)
    t.ok("outof without an into is refused", status != 0 and said.strip(), said)
    refused(t, k, before)
    shutil.rmtree(k)


def patched(t, k, before):
    """Each of the four files has one line more, at its end, and what it includes is there."""
    for path, line in tree.PATCHES.items():
        with open(os.path.join(k, path), "rb") as f:
            text = f.read()
        rest = text[:-len(line)]
        t.ok(f"{path}: one line is appended", text.endswith(line.encode())
             and hashlib.sha256(rest).hexdigest() == before[path], text[-200:])
        t.ok(f"{path}: the header is there", os.path.exists(os.path.join(k, os.path.dirname(path), line.split('"')[1])))
    tree_py("plain", k)
    t.ok("for the stock loader the lines go", all(sums(k)[p] == before[p] for p in tree.PATCHES))
    tree_py("patch", k)
    t.ok("and come back", all(sums(k)[p] != before[p] for p in tree.PATCHES))


def refused(t, k, before):
    """Trees that the loader does not fit: the error names what differs, and nothing is touched."""
    def edit(path, pattern, new):
        name = os.path.join(k, path)
        old = open(name, errors="surrogateescape").read()
        text, n = re.subn(pattern, new, old, count=1)
        assert n, f"{path} has no {pattern}"
        open(name, "w", errors="surrogateescape").write(text)
        return name, old
    for case, path, pattern, new, named, status_wanted in (
            ("another version of Linux", "Makefile", r"PATCHLEVEL = 12", "PATCHLEVEL = 13", "6.13", True),
            ("a changed struct module", "include/linux/module.h", r"bool async_probe_requested;", "int async_probe_requested;", "struct module", True),
            ("another timer wheel", "kernel/time/timer.c", r"struct timer_list\t\*running_timer;", "struct timer_list *running;",
             "struct timer_base", False),
            ("another patch level", "Makefile", r"SUBLEVEL = \d+", "SUBLEVEL = 3", "6.12.3", False)):
        name, old = edit(path, pattern, new)
        status, said = tree_py("into", k)
        if status_wanted:
            t.ok(f"{case} is refused", status != 0, said)
        else:
            t.ok(f"{case} is a notice only", status == 0, said)
            with open(name) as f:
                t.ok(f"{case}: a file that is not as expected is left alone", path not in tree.PATCHES or "walk_" not in f.read())
            tree_py("outof", k)
        t.ok(f"{case} is named", named in said, said)
        open(name, "w", errors="surrogateescape").write(old)
        t.ok(f"{case}: nothing is left behind", sums(k) == before)


def exports(t):
    files = [os.path.join(OUT, "lab", k, "Module.symvers") for k in ("book", "stock")]
    if not all(os.path.exists(f) for f in files):
        t.skip("exports of both kernels", "they are not built")
        return
    ours, stock = ({tuple(l.split("\t")[:2] + l.split("\t")[3:]) for l in open(f) if l.split("\t")[1] not in build.EXPORTED}
                   for f in files)
    t.ok("both kernels export the same names with the same version sums, but for what is ours alone", ours == stock,
         "\n".join(sorted("+ " + " ".join(x).strip() for x in ours - stock) + sorted("- " + " ".join(x).strip() for x in stock - ours)))
    t.ok("there are exports to compare", len(ours) > 1000, len(ours))
