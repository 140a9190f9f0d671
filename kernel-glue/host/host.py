# SPDX-License-Identifier: GPL-2.0-only
"""Builds the tangled files that need no kernel as a program under sanitizers (the appendix of the first book).

    host.py build            out/host/trials, and out/host/trials-build/host-sample.o to run it on
    host.py fuzz [SECONDS]   the same files under a fuzzer; needs clang

The kernel headers that these files include are empty files, made here; what they would declare is in host/shim.h, which
tangles from the book."""
import glob
import os
import re
import shutil
import struct
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

TOP = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
OUT = os.environ.get("OUT", os.path.join(TOP, "out"))
TANGLED = os.path.join(OUT, "tangled")
BUILD = os.path.join(OUT, "host")

KERNEL = [f"kernel/module/{n}.c" for n in "elf modinfo layout symbols version link".split()]
KERNEL += ["arch/x86/kernel/module.c"]
TRIALS = [f"host/{n}.c" for n in "rig test_elf test_layout test_symbols test_link run".split()]
# Kernel headers that the C library includes under the same name: there the library's own must be found.
LIBRARY = {"linux/errno.h", "linux/limits.h", "linux/types.h", "linux/stddef.h", "asm/errno.h", "asm/types.h"}

WARN = "-Wall -Wextra -Wno-sign-compare -Wno-unused-parameter -Wno-missing-field-initializers -Wno-unknown-pragmas".split()
# What only the paper kernel makes look odd: its longs are not the kernel's, its options are fixed, its patchers are empty.
WARN += "-Wno-format -Wno-unused-function -Wno-unused-variable -Wno-unused-but-set-variable -Wno-address".split()
# (The kernel's string functions take a null pointer with a length of zero.)
SANITIZE = ("-fsanitize=address,undefined -fno-sanitize=nonnull-attribute -fno-sanitize-recover=undefined "
            "-fno-omit-frame-pointer").split()
# Tables that the build gathers in a module's memory may begin anywhere, and the processor does not mind; what is
# read in the file must be aligned.
MISALIGNED = ["-fno-sanitize=alignment"]
LENIENT = {"kernel/module/elf.c": []}
# A module is compiled for the lowest or highest two gigabytes, without position-independent tables.
LOW = "-fno-pie -fno-pic".split()
SAMPLE = ("-O1 -mcmodel=kernel -fcf-protection=none -fno-stack-protector -fno-asynchronous-unwind-tables "
          "-fno-common -mno-sse -g0").split()


def real_modules():
    """The kernel's own modules that were built for the lab, or those in the directory HOST_MODULES."""
    place = os.environ.get("HOST_MODULES", os.path.join(OUT, "lab", "modules"))
    return sorted(glob.glob(os.path.join(place, "**", "*.ko"), recursive=True))


def module_shape(path):
    """Size of struct module, offsets of init and exit, as one compiled module has them, or None."""
    b = open(path, "rb").read()
    shoff, = struct.unpack_from("<Q", b, 40)
    shnum, shstr = struct.unpack_from("<HH", b, 60)
    sh = [struct.unpack_from("<IIQQQQIIQQ", b, shoff + 64 * i) for i in range(shnum)]
    names = b[sh[shstr][4]:sh[shstr][4] + sh[shstr][5]]
    for i, s in enumerate(sh):
        if names[s[0]:].split(b"\0")[0] != b".gnu.linkonce.this_module":
            continue
        for r in sh:
            if r[1] == 4 and r[7] == i and r[5] == 48:
                offsets = [struct.unpack_from("<Q", b, r[4] + k)[0] for k in (0, 24)]
                return s[5], min(offsets), max(offsets)
    return None


def headers(build):
    """Empty headers with the names of the kernel's: the paper kernel is included from the command line."""
    place = os.path.join(build, "include")
    shutil.rmtree(place, ignore_errors=True)
    for f in KERNEL + ["kernel/module/internal.h"]:
        text = open(os.path.join(TANGLED, f), errors="replace").read()
        for name in re.findall(r"#include <([^>]+)>", text):
            if name not in LIBRARY:
                path = os.path.join(place, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                open(path, "w").close()
    return place


def compiler(cc, build, flags):
    common = [cc, "-std=gnu11", "-g", "-D_GNU_SOURCE", "-DHOST_SANITIZED", "-I", headers(build),
              "-I", os.path.join(TANGLED, "kernel/module"), "-I", os.path.join(TANGLED, "host"),
              "-include", os.path.join(TANGLED, "host/shim.h")] + LOW + flags

    def compile_one(f, *more):
        obj = os.path.join(build, f.replace("/", "-")[:-2] + ".o")
        r = subprocess.run(common + list(more) + ["-c", os.path.join(TANGLED, f), "-o", obj],
                           capture_output=True, text=True, cwd=TOP)
        return f, obj, r.returncode, r.stderr

    return compile_one


def build(cc="gcc", sanitize=SANITIZE, files=KERNEL + TRIALS, name="trials", shape=None, link=()):
    """Compiles; returns (program, sample, list of complaints)."""
    where = os.path.join(BUILD, name + "-build")
    os.makedirs(where, exist_ok=True)
    define = [f"-DHOST_MODULE_{k}={v}" for k, v in zip(("SIZE", "INIT", "EXIT"), shape or ())]
    one = compiler(cc, where, define)
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda f: one(f, "-O1", *WARN, *sanitize, *LENIENT.get(f, MISALIGNED)), files))
    done.append(one("host/sample.c", *SAMPLE))
    bad = [f"{f}: {err}" for f, _, status, err in done if status or err]
    program = os.path.join(BUILD, name)
    if not any(status for _, _, status, _ in done):
        r = subprocess.run([cc, "-no-pie", *sanitize, *link, "-Wl,--wrap=resolve_symbol_wait", "-o", program]
                           + [obj for _, obj, _, _ in done[:-1]], capture_output=True, text=True)
        if r.returncode or r.stderr:
            bad.append(r.stderr)
    return program, done[-1][1], bad


def fuzz(seconds):
    cc = shutil.which("clang")
    if not cc:
        sys.exit("host.py: no clang here; the fuzzer is a part of it (Debian: apt-get install clang)")
    flags = ["-fsanitize=address,undefined,fuzzer-no-link"]
    program, sample, bad = build(cc, flags, KERNEL + ["host/rig.c", "host/fuzz.c"], "fuzz",
                                 link=["-fsanitize=address,undefined,fuzzer"])
    if not os.path.exists(program):
        sys.exit("\n".join(bad))
    corpus = os.path.join(BUILD, "corpus")
    os.makedirs(corpus, exist_ok=True)
    shutil.copy(sample, os.path.join(corpus, "sample"))
    os.chdir(BUILD)
    os.execv(program, [program, f"-max_total_time={seconds}", "-max_len=16384", corpus])


if __name__ == "__main__":
    if sys.argv[1:2] == ["fuzz"]:
        fuzz(int(sys.argv[2]) if len(sys.argv) > 2 else 60)
    else:
        program, sample, bad = build()
        print("\n".join(bad))
