# SPDX-License-Identifier: GPL-2.0-only
"""Our words and our code: nothing of the replaced stock files is compiled, and no run of six lines is theirs."""
import os
import re
from check import OUT, TOP

TITLE = "no line of the replaced stock files is compiled, no run of six lines is shared with the kernel"
ORDER = 20

RUN = 6
REPLACED = "main.c version.c strict_rwx.c tree_lookup.c livepatch.c procfs.c internal.h".split()
# The kernel's files that a run could have come from.
PLACES = ("kernel/module", "kernel", "lib", "include/linux", "arch/x86/kernel", "arch/x86/include/asm",
          "samples/kprobes", "samples/kobject", "samples/livepatch", "samples/trace_events",
          "tools/testing/selftests/kmod", "tools/testing/selftests/livepatch")
COMMENT = re.compile(r'("(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\')|/\*.*?\*/|//[^\n]*', re.S)


def code_lines(path):
    """The lines of a C file, without comments, blank space folded, as (number, text)."""
    text = open(path, errors="replace").read()
    text = re.sub(r"\\\n", " \n", text)
    text = COMMENT.sub(lambda m: m.group(1) or "\n" * m.group(0).count("\n"), text)
    lines = []
    for number, line in enumerate(text.split("\n"), 1):
        line = re.sub(r"\s+", "", line)
        if line and not re.match(r'#line\d', line):
            lines.append((number, line))
    return lines


def runs(lines):
    for i in range(len(lines) - RUN + 1):
        window = [text for _, text in lines[i:i + RUN]]
        # A run of nothing but punctuation belongs to everybody.
        if sum(len(re.sub(r"\W", "", text)) for text in window) > 12:
            yield lines[i][0], tuple(window)


def c_files(top):
    for d, _, files in os.walk(top):
        for f in sorted(files):
            if f.endswith((".c", ".h")) and "mod.c" not in f:
                yield os.path.join(d, f)


def run(t):
    source = pristine(t)
    if source is None:
        return
    ours = {}
    for path in c_files(os.path.join(OUT, "tangled")):
        for number, window in runs(code_lines(path)):
            ours.setdefault(window, (path, number))
    t.ok("there is tangled C", len(ours) > 1000, f"only {len(ours)} runs")
    shared = []
    for place in PLACES:
        for path in c_files(os.path.join(source, place)):
            if "/stock/" in path:
                continue
            for number, window in runs(code_lines(path)):
                if window in ours:
                    p, n = ours[window]
                    shared.append(f"{os.path.relpath(p, OUT)}:{n} ~ {os.path.relpath(path, source)}:{number}: {window[0]}")
    t.ok(f"no run of {RUN} lines is shared with the kernel", not shared,
         f"{len(shared)} shared runs\n" + "\n".join(shared[:200]))
    compiled(t)


def pristine(t):
    """A tree with the distribution's files of the directories named above, unpacked beside the lab's."""
    import subprocess
    tar = "/usr/src/linux-source-6.12.tar.xz"
    source = os.path.join(OUT, "pristine")
    if not os.path.isdir(os.path.join(source, "kernel/module")):
        if not os.path.exists(tar):
            t.skip("words", f"{tar} is not installed")
            return None
        os.makedirs(source, exist_ok=True)
        subprocess.run(["tar", "xf", tar, "-C", source, "--strip-components=1"]
                       + ["linux-source-6.12/" + p for p in PLACES], check=True)
    return source


def compiled(t):
    """What the lab's kernel was linked from."""
    build = os.path.join(OUT, "lab", "build")
    archive = os.path.join(build, "kernel", "module", ".built-in.a.cmd")
    if not os.path.exists(archive):
        t.skip("the objects of kernel/module", "the lab kernel is not built yet")
        return
    objects = set(re.findall(r"kernel/module/([\w-]+)\.o", open(archive).read()))
    for name in REPLACED:
        if name.endswith(".c"):
            stem = name[:-2]
            is_ours = os.path.exists(os.path.join(OUT, "tangled", "kernel/module", name))
            t.ok(f"stock {name} is not in the kernel", is_ours or stem not in objects, f"objects: {sorted(objects)}")
    t.note(f"objects of kernel/module: {sorted(objects)}")
    dep = os.path.join(build, "arch/x86/kernel/.module.o.cmd")
    text = open(dep).read() if os.path.exists(dep) else ""
    t.ok("arch/x86/kernel/module.c is ours", os.path.exists(os.path.join(OUT, "tangled/arch/x86/kernel/module.c"))
         and "module.c" in text)
