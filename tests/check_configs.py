# SPDX-License-Identifier: GPL-2.0-only
"""Any builder's configuration: the loader compiles, without a warning, in those of configs.txt.

One build directory serves for all of them.  With --long the stock loader is compiled too, and every global
name that it defines and others may use must be defined by ours."""
import os
import re
import shutil
import subprocess
from check import OUT, TOP
import build

TITLE = "the loader compiles in any builder's configuration"
ORDER = 60
BASE = """64BIT SMP MODULES MODULE_UNLOAD KALLSYMS PRINTK BUG PROC_FS SYSFS BLOCK NET EXPERT MULTIUSER PCI
          MODULE_FORCE_UNLOAD=n""".split()
SPARSE = "mitigations"    # the configuration in which sparse looks too
WARN = "-Wall -Wextra -Wno-unused-parameter -Wno-sign-compare -Wno-missing-field-initializers"
# Names of the stock loader that nobody outside its directory uses, and that ours has under other names or not at all.
PRIVATE = set("""kernel_symbol_name""".split())


def table():
    for line in open(os.path.join(TOP, "tests", "configs.txt")):
        words = line.split("#")[0].split()
        if words:
            yield words[0].rstrip("*"), words[0].endswith("*"), words[1:]


def fragment(options):
    values = {}
    for o in BASE + options:
        name, _, value = o.lstrip("-").partition("=")
        values[name] = "n" if o.startswith("-") else (value or "y")
    return "".join(f"# CONFIG_{k} is not set\n" if v == "n" else f"CONFIG_{k}={v}\n" for k, v in values.items()), values


def make(dest, *targets):
    env = build.environment()
    command = ["make", "-s", "-C", build.LINUX, f"O={dest}", f"-j{build.JOBS}", f"BOOK_CFLAGS={WARN}"]
    p = subprocess.run(command + list(targets), env=env, text=True, errors="replace",
                       stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    return p.returncode, p.stdout


def defined(path):
    """Global names that an archive or object defines."""
    text = subprocess.run(["nm", "--defined-only", "-g", path], capture_output=True, text=True).stdout
    return {m.group(1) for m in re.finditer(r"^[0-9a-f]+ [A-Zw] (\w+)$", text, re.M)
            if not re.match(r"__(ksymtab|kcrctab|kstrtab|export_symbol|pfx|cfi|UNIQUE|addressable|already|p_|SCK|SCT)", m.group(1))}


def sparse(t, dest):
    """What sparse says of our files (it names the tangled file, not the web); of the kernel's headers it says more."""
    if not shutil.which("sparse"):
        t.skip("sparse", "sparse is not installed")
        return
    said = ""
    for target in ("kernel/module/", "arch/x86/kernel/module.o"):
        said += make(dest, "C=2", target)[1]
    t.note(said)
    ours = []
    for line in said.splitlines():
        at = re.search(r"linux/((?:kernel/module|arch/x86/kernel)/\w+\.[ch]):.*(?:warning|error):", line)
        if at and os.path.exists(os.path.join(OUT, "tangled", at[1])):
            ours.append(line)
    t.ok("sparse has nothing to say of our files", not ours, "\n".join(ours))


def run(t):
    dest = os.path.join(OUT, "configs")
    os.makedirs(dest, exist_ok=True)
    env = build.environment()
    for name, only_long, options in table():
        if only_long and not t.long:
            continue
        t.say(f"configuration {name}")
        text, wanted = fragment(options)
        frag = os.path.join(dest, "fragment.config")
        with open(frag, "w") as f:
            f.write(text)
        for stale in (".config", "wanted.config"):
            if os.path.exists(os.path.join(dest, stale)):
                os.remove(os.path.join(dest, stale))
        p = subprocess.run([os.path.join(TOP, "kernel-glue/lab/configure"), build.LINUX, dest, frag], env={**env, "LAX": "1"},
                           text=True, errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        refused = [l for l in p.stdout.splitlines() if "wanted" in l]
        if not t.ok(f"{name}: configured as asked", p.returncode == 0 and not refused, p.stdout[-1500:]):
            if p.returncode:
                continue
        status, output = make(dest, "prepare")
        if not t.ok(f"{name}: kbuild is prepared", status == 0, output[-2000:]):
            continue
        status, output = make(dest, "kernel/module/", "arch/x86/kernel/module.o")
        t.note(output)
        t.ok(f"{name}: compiles", status == 0, output[-2000:])
        ours = [l for l in output.splitlines() if re.search(r"\b(loader|unload-rules)/[\w-]+\.w:\d+.*warning", l)]
        t.ok(f"{name}: no warning in our files", not ours, "\n".join(ours))
        if name == SPARSE:
            sparse(t, dest)
        if t.long and status == 0:
            same_names(t, name, dest)


def same_names(t, name, dest):
    ours = defined(os.path.join(dest, "kernel/module/built-in.a")) | defined(os.path.join(dest, "arch/x86/kernel/module.o"))
    status, output = make(dest, "BOOK_TWIN=1", "kernel/module/")
    if not t.ok(f"{name}: the stock loader compiles", status == 0, output[-1500:]):
        return
    # What an earlier configuration compiled still lies about; only the archive says what belongs to this one.
    stock = defined(os.path.join(dest, "kernel/module/stock/built-in.a"))
    t.ok(f"{name}: there are names to compare", len(stock) > 20, len(stock))
    missing = sorted(stock - ours - PRIVATE)
    t.ok(f"{name}: every global name of the stock loader is defined", not missing, " ".join(missing))
