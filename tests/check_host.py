# SPDX-License-Identifier: GPL-2.0-only
"""The files of the book that need no kernel, compiled as a program, under sanitizers (the appendix of the first book)."""
import os
import re
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "kernel-glue", "host"))
from host import BUILD, KERNEL, LOW, SANITIZE, TANGLED, TRIALS, WARN, build, module_shape, real_modules

TITLE = "the files that need no kernel, as a program under sanitizers"
ORDER = 15


def run(t):
    real = real_modules()
    shape = next((s for s in map(module_shape, real) if s), None)
    program, sample, bad = build(shape=shape)
    if not t.ok("compiles without a warning", not bad, "\n".join(bad)):
        return
    t.say(f"built; {len(real)} real modules at hand")
    r = subprocess.run([program, sample] + real, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace")
    detail = []
    for line in r.stdout.splitlines():
        m = re.match(r"(ok|FAILED) (.*)", line)
        if m:
            print(f"host: {line}", flush=True)
            t.ok(m.group(2), m.group(1) == "ok", "\n".join(detail))
            detail = []
        else:
            detail.append(line)
    relocations(t, real)
    if t.long:
        without_each_check(t, shape)
    t.ok("the program came to its end", r.returncode in (0, 1) and not r.stderr,
         f"status {r.returncode}\n{r.stderr[:6000]}")


def without_each_check(t, shape):
    """Each check of elf.c is taken out in turn; some trial must notice."""
    text = open(os.path.join(TANGLED, "kernel/module/elf.c")).read()
    broken = os.path.join(BUILD, "broken")
    os.makedirs(broken, exist_ok=True)
    _, sample, _ = build(shape=shape)
    where = os.path.join(BUILD, "trials-build")
    define = [f"-DHOST_MODULE_{k}={v}" for k, v in zip(("SIZE", "INIT", "EXIT"), shape or ())]
    objects = [os.path.join(where, f.replace("/", "-")[:-2] + ".o") for f in KERNEL + TRIALS if not f.endswith("elf.c")]
    objects.append(os.path.join(where, "host-test_elf.o"))
    calls = [m for m in re.finditer(r"return\s+(refuse\(info,\s*\"[^\"]*)|=\s*(refuse\(info,\s*\"[^\"]*)", text)]
    for m in calls:
        words = (m.group(1) or m.group(2)).split('"')[1]
        start = m.start(1) if m.group(1) else m.start(2)
        if m.group(1):
            changed = text[:m.start()] + "if (paper_no) return " + text[start:]
        else:
            changed = text[:start] + "paper_no && " + text[start:]
        changed = changed.replace('#include "internal.h"', '#include "internal.h"\nstatic const volatile bool paper_no;', 1)
        source = os.path.join(broken, "elf.c")
        open(source, "w").write(changed)
        program = os.path.join(broken, "trials")
        r = subprocess.run(["gcc", "-std=gnu11", "-g", "-O1", "-w", "-D_GNU_SOURCE", "-DHOST_SANITIZED", "-no-pie", *LOW, *define,
                            *SANITIZE, "-I", os.path.join(where, "include"), "-I", os.path.join(TANGLED, "kernel/module"),
                            "-include", os.path.join(TANGLED, "host/shim.h"), "-Wl,--wrap=resolve_symbol_wait",
                            "-o", program, source] + objects, capture_output=True, text=True)
        if r.returncode:
            t.ok(f"without the check \"{words}\": compiles", False, r.stderr)
            continue
        r = subprocess.run([program, sample], capture_output=True, text=True, errors="replace")
        t.ok(f"without the check \"{words}\" some trial fails", r.returncode != 0)


def relocations(t, real):
    """The trial at the end of the chapter on x86-64: what the formulas give for all relocations of real modules."""
    program = os.path.join(BUILD, "relocations")
    r = subprocess.run(["gcc", "-std=gnu11", "-g", "-O1", *WARN, *SANITIZE, "-fno-sanitize=alignment", "-o", program,
                        os.path.join(TANGLED, "host/relocations.c")], capture_output=True, text=True)
    if t.ok("the trial of relocations compiles", not r.returncode and not r.stderr, r.stderr):
        r = subprocess.run([program] + real, capture_output=True, text=True)
        t.ok("relocations of real modules fit", not r.returncode and not r.stderr, r.stdout + r.stderr)
