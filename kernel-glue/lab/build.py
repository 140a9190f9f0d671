#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Build the lab's kernels and modules under out/.

    build.py source                 unpack the distribution's kernel source
    build.py kernel  [CONFIG]       the kernel with the book's loader
    build.py twin    [CONFIG]       the same objects with the stock loader
    build.py modules [CONFIG]       all modules, installed for the guest
    build.py some    [CONFIG] -- fs/ext4/ext4 ...   only these modules
    build.py tests   [CONFIG]       the books' own test modules (out/modules)
    build.py guest                  the books' programs for the guest (out/bin),
                                    and the user's tools (out/tools)
    build.py modrules               the checker for module authors (out/tools)
    build.py symvers [CONFIG]       compare the exports of the two kernels
    build.py release [CONFIG]       print the kernel's release string

CONFIG is lab (the default), or NAME for the fragments lab.config + NAME.config
in this directory; its results go to out/CONFIG.  What is up to date is left
alone: a step whose inputs did not change costs nothing.

Environment: OUT, JOBS (default: all processors), KSRC (the packed source),
LAB_CCACHE=0 (do without the compiler cache), STEP_PREFIX.
"""

import fcntl
import glob
import hashlib
import os
import re
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
OUT = os.path.abspath(os.environ.get("OUT") or os.path.join(TOP, "out"))
KSRC = os.environ.get("KSRC") or "/usr/src/linux-source-6.12.tar.xz"
LINUX = os.path.join(OUT, "linux")
JOBS = os.environ.get("JOBS") or str(os.cpu_count() or 2)
STEP = os.path.join(HERE, "step")
TREE = os.path.join(os.path.dirname(HERE), "kbuild", "tree.py")
sys.path.insert(0, os.path.dirname(TREE))
import tree                 # noqa: E402

# What our kernel exports and the stock one does not.
EXPORTED = {"module_quiesce"}

# How many lines kbuild prints for a cold build: only for the progress shown.
EXPECT = {"vmlinux": 1985, "modules": 1920, "relink": 60}


class Failed(Exception):
    pass


def say(text):
    print(text, flush=True)


def step(name, what, command, expected=0, env=None, minutes=0, quiet=False):
    cmd = [STEP]
    if expected:
        cmd += ["-n", str(expected)]
    if minutes:
        cmd += ["-t", str(minutes)]
    if quiet:
        cmd += ["-q"]
    r = subprocess.call(cmd + [name, what] + command, env=env)
    if r:
        raise Failed(None)


def environment():
    """What kbuild sees: nothing of the outer make, fixed names and dates."""
    e = {k: v for k, v in os.environ.items()
         if k not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES",
                      "CFLAGS", "LDFLAGS", "ARCH", "CROSS_COMPILE", "KCFLAGS",
                      "CONFIG", "OUT", "GREP_OPTIONS", "LANG")}
    e.update(LC_ALL="C", KBUILD_BUILD_TIMESTAMP="2025-01-01", TZ="UTC",
             KBUILD_BUILD_USER="book", KBUILD_BUILD_HOST="lab",
             KBUILD_BUILD_VERSION="1", OUT=OUT)
    if os.environ.get("LAB_CCACHE") != "0" and shutil.which("ccache") \
            and os.path.exists("/usr/lib/ccache/gcc"):
        # By the search path, so that no command line differs for it.
        cache = os.environ.get("CCACHE_DIR") or os.path.join(
            os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"),
            "unload-rules-ccache")
        e.update(CCACHE_DIR=cache, CCACHE_BASEDIR=TOP, CCACHE_MAXSIZE="3G",
                 CCACHE_NOHASHDIR="1", PATH="/usr/lib/ccache:" + e["PATH"])
    return e


def digest(*parts):
    h = hashlib.sha1()
    for p in parts:
        h.update(p if isinstance(p, bytes) else str(p).encode())
        h.update(b"\0")
    return h.hexdigest()


def content(path):
    try:
        with open(path, "rb") as f:
            return f.read()
    except OSError:
        return b""


def fresh(path, key):
    return content(path).decode() == key


def mark(path, key):
    with open(path, "w") as f:
        f.write(key)


# --------------------------------------------------------------- the source

def source():
    """out/linux, unpacked once; again when the package brought another one."""
    if not os.path.exists(KSRC):
        raise Failed("%s is not there; kernel-glue/lab/setup.sh gets it" % KSRC)
    s = os.stat(KSRC)
    key, stamp = "%s %d %d" % (KSRC, s.st_size, s.st_mtime), os.path.join(LINUX, ".unpacked")
    if fresh(stamp, key):
        return
    shutil.rmtree(LINUX, ignore_errors=True)
    tmp = LINUX + ".new"
    shutil.rmtree(tmp, ignore_errors=True)
    os.makedirs(tmp)
    step("unpack", "unpacking the kernel source",
         ["tar", "-xJf", KSRC, "-C", tmp, "--strip-components=1"], quiet=True)
    subprocess.check_call([TREE, "check", tmp])
    mark(os.path.join(tmp, ".unpacked"), key)
    os.rename(tmp, LINUX)


def guest_programs():
    """out/tangled/guest/*.c -> out/bin/*, and out/tangled/tools/*.c -> out/tools/*,
    linked statically.  The tools are for initramfs images too, and are kept small."""
    compile_all("guest", "bin", ["gcc", "-static", "-O2", "-g1", "-Wall", "-pthread"])
    # Another libc than musl will do, and makes them ten times as large.
    compile_all("tools", "tools", [
        "musl-gcc" if shutil.which("musl-gcc") else "gcc", "-static", "-s", "-Os",
        "-Wall", "-Wextra", "-Werror", "-ffunction-sections", "-fdata-sections",
        "-fno-asynchronous-unwind-tables", "-Wl,--gc-sections", "-Wl,-z,noseparate-code",
        "-Wl,--build-id=none"])


def compile_all(src, dst, compiler):
    dst, have = os.path.join(OUT, dst), set()
    for p in sorted(glob.glob(os.path.join(OUT, "tangled", src, "*.c"))):
        name = os.path.splitext(os.path.basename(p))[0]
        have.add(name)
        key, exe = digest(content(p), *compiler), os.path.join(dst, name)
        if os.path.exists(exe) and fresh(os.path.join(dst, "." + name), key):
            continue
        os.makedirs(dst, exist_ok=True)
        step("%s-%s" % (src, name), "compiling %s" % name,
             compiler + ["-o", exe, p], quiet=True)
        mark(os.path.join(dst, "." + name), key)
    for e in os.listdir(dst) if os.path.isdir(dst) else []:
        if e.lstrip(".") not in have | {"modrules"}:
            os.unlink(os.path.join(dst, e))


def modrules():
    """out/tangled/host/modrules.c, with the headers that the kernel has too, for the machine on which we are."""
    host, dst = os.path.join(OUT, "tangled", "host"), os.path.join(OUT, "tools")
    compiler = ["gcc", "-std=gnu11", "-O2", "-g", "-Wall", "-Wextra", "-Werror"]
    libraries = ["-lcapstone", "-ldw", "-lelf"]
    parts = [os.path.join(host, f) for f in ("modrules.c", "judge.h", "evidence.h", "rules.h", "interfaces.h", "plain.h", "hooks.h", "aliases.h")]
    key, exe, stamp = digest(*map(content, parts), *compiler, *libraries), os.path.join(dst, "modrules"), os.path.join(dst, ".modrules")
    if os.path.exists(exe) and fresh(stamp, key):
        return
    os.makedirs(dst, exist_ok=True)
    step("modrules", "compiling modrules", compiler + ["-o", exe, parts[0]] + libraries, quiet=True)
    mark(stamp, key)


def source_id():
    return content(os.path.join(LINUX, ".unpacked"))


# -------------------------------------------------------- one configuration

class Config:
    def __init__(self, name):
        self.name = name
        self.dir = os.path.join(OUT, name)
        self.build = os.path.join(self.dir, "build")
        self.fragments = [os.path.join(HERE, "lab.config")]
        if name != "lab":
            own = os.path.join(HERE, name + ".config")
            if not os.path.exists(own):
                raise Failed("no configuration %s (%s is not there)" % (name, own))
            self.fragments.append(own)
        self.env = environment()

    def log(self, what):
        return what if self.name == "lab" else self.name + "-" + what

    def make(self, *args):
        maps = "-fdebug-prefix-map=%s=. -fdebug-prefix-map=%s=." % (self.build, LINUX)
        return ["make", "--no-print-directory", "-j" + JOBS, "-C", LINUX, "O=" + self.build,
                "BOOK_CFLAGS=" + self.FLAGS + " " + maps] + list(args)

    def configure(self):
        os.makedirs(self.dir, exist_ok=True)
        step(self.log("configure"), "writing the configuration",
             [os.path.join(HERE, "configure"), LINUX, self.build] + self.fragments,
             env=self.env, quiet=True)

    def key(self):
        return digest(source_id(), content(os.path.join(self.build, "wanted.config")))

    FLAGS = "-g1 -gdwarf-4"     # DWARF 5 of this gcc and this addr2line disagree

    def release(self):
        p = os.path.join(self.build, "include/config/kernel.release")
        return content(p).decode().strip()

    # -- the two kernels

    def kernel(self, which):
        self.configure()
        dest = os.path.join(self.dir, which)
        if which == "book":
            subprocess.check_call([TREE, "sync", LINUX], env=dict(os.environ, OUT=OUT))
            key = digest(self.key(), self.FLAGS, sorted(tree.PATCHES.items()),
                         *[content(p) for p in self.ours()])
        else:
            # Only the lab's Makefiles know the twin; without the book there
            # is but one loader to build.
            key = digest(self.key(), "stock", self.FLAGS, os.path.exists(os.path.join(
                LINUX, "kernel/module/stock")))
        if fresh(os.path.join(dest, ".built"), key):
            return
        twin = [] if which == "book" else ["BOOK_TWIN=1"]
        self.patch(which == "book")
        # Another configuration can mean that all has to be compiled again.
        last = os.path.join(self.build, ".linked")
        cold = not fresh(last, self.key())
        step(self.log("kernel" if which == "book" else "twin"),
             ("building the kernel with the %s loader" if cold else
              "relinking the kernel with the %s loader")
             % ("book's" if which == "book" else "stock"),
             self.make("bzImage", *twin), env=self.env,
             expected=EXPECT["vmlinux"] if cold else 0)
        mark(last, self.key())
        os.makedirs(dest, exist_ok=True)
        for src, name in (("arch/x86/boot/bzImage", "bzImage"), ("vmlinux", "vmlinux"),
                          ("System.map", "System.map"), ("vmlinux.symvers", "Module.symvers"),
                          (".config", "config")):
            shutil.copyfile(os.path.join(self.build, src), os.path.join(dest, name))
        mark(os.path.join(dest, ".built"), key)

    def patch(self, wanted):
        """The kernel's own files with our line at their end, or as they came.
        Done only before something is compiled, as each change compiles them again."""
        subprocess.check_call([TREE, "patch" if wanted else "plain", LINUX])

    def ours(self):
        d = os.path.join(LINUX, "kernel/module")
        return sorted(glob.glob(d + "/*.[ch]")) + [
            d + "/Makefile", os.path.join(LINUX, "arch/x86/kernel/module.c"),
            os.path.join(LINUX, "arch/x86/kernel/Makefile")]

    def anykernel(self):
        """Modules need one of the kernels: whichever is there."""
        if not os.path.exists(os.path.join(self.build, "vmlinux")):
            self.kernel("book" if os.path.exists(
                os.path.join(OUT, "tangled/arch/x86/kernel/module.c")) else "stock")

    # -- modules

    def modules(self):
        self.configure()
        stamp = os.path.join(self.dir, "modules", ".built")
        if fresh(stamp, self.key()):
            return
        self.anykernel()
        # With the stock loader, which always compiles: kbuild wants the objects
        # of the kernel for the versions of symbols, whichever loader is in them.
        self.patch(False)
        step(self.log("modules"), "building the modules", self.make("modules", "BOOK_TWIN=1"),
             expected=EXPECT["modules"], env=self.env)
        dest = os.path.join(self.dir, "modules")
        shutil.rmtree(dest, ignore_errors=True)
        step(self.log("modules-install"), "installing the modules for the guest",
             self.make("modules_install", "INSTALL_MOD_PATH=" + dest), env=self.env, quiet=True)
        for link in glob.glob(dest + "/lib/modules/*/build"):
            os.unlink(link)
        n = len(glob.glob(dest + "/lib/modules/*/kernel/**/*.ko", recursive=True))
        mark(stamp, self.key())
        say("%s: %d modules" % (self.name, n))

    def some(self, names):
        """Only the named modules (paths without .ko), in out/CONFIG/modules
        unless all are there already."""
        self.configure()
        if fresh(os.path.join(self.dir, "modules", ".built"), self.key()):
            return
        stamp = os.path.join(self.dir, "some", ".built")
        key = digest(self.key(), *names)
        if fresh(stamp, key):
            return
        self.anykernel()
        step(self.log("some-modules"), "building %d modules" % len(names),
             self.make(*[n + ".ko" for n in names]), env=self.env)
        rel = self.release()
        root = os.path.join(self.dir, "some")
        d = os.path.join(root, "lib/modules", rel)
        shutil.rmtree(root, ignore_errors=True)
        os.makedirs(d)
        for n in names:
            p = os.path.join(d, "kernel", n + ".ko")
            os.makedirs(os.path.dirname(p), exist_ok=True)
            shutil.copyfile(os.path.join(self.build, n + ".ko"), p)
        with open(os.path.join(d, "modules.order"), "w") as f:
            f.write("".join("kernel/%s.ko\n" % n for n in names))
        for n in ("modules.builtin", "modules.builtin.modinfo"):
            p = os.path.join(self.build, n)
            if os.path.exists(p):
                shutil.copyfile(p, os.path.join(d, n))
        subprocess.check_call(["/sbin/depmod", "-b", root, rel])
        mark(stamp, key)

    def tests(self):
        """The books' own modules: out/tangled/modules/*.c -> out/modules/*.ko"""
        src, dst = os.path.join(OUT, "tangled/modules"), os.path.join(OUT, "modules")
        if self.name != "lab":
            dst = os.path.join(self.dir, "test-modules")
        files = sorted(glob.glob(src + "/*.[chS]"))
        if not files:
            return
        self.configure()
        key = digest(self.key(), content(__file__), *[x for p in files for x in
                                                      (os.path.basename(p), content(p))])
        stamp = os.path.join(dst, ".built")
        if fresh(stamp, key):
            return
        self.anykernel()
        if not os.path.exists(os.path.join(self.build, "Module.symvers")):
            shutil.copyfile(os.path.join(self.build, "vmlinux.symvers"),
                            os.path.join(self.build, "Module.symvers"))
        if not os.path.exists(os.path.join(self.build, "scripts/module.lds")):
            # Nothing of this configuration has been built as a module yet.
            step(self.log("prepare"), "preparing for modules",
                 self.make("modules_prepare", "BOOK_TWIN=1"), env=self.env, quiet=True)
        os.makedirs(dst, exist_ok=True)
        have = {os.path.basename(p) for p in files}
        for e in os.listdir(dst):
            base = e.lstrip(".").split(".")[0]
            if not any(h.split(".")[0] == base for h in have):
                p = os.path.join(dst, e)
                if os.path.isfile(p):
                    os.unlink(p)
        for p in files:
            q = os.path.join(dst, os.path.basename(p))
            if content(p) != content(q):
                shutil.copyfile(p, q)
        kbuild = ("# SPDX-License-Identifier: GPL-2.0-only\n"
                  "obj-m := $(patsubst $(src)/%.c,%.o,$(filter-out %.mod.c,$(wildcard $(src)/*.c)))\n"
                  "ccflags-y := " + self.FLAGS + " -I$(src) -fdebug-prefix-map=" + self.build + "=.\n")
        if content(os.path.join(dst, "Kbuild")).decode() != kbuild:
            with open(os.path.join(dst, "Kbuild"), "w") as f:
                f.write(kbuild)
        args = []
        extra = os.path.join(dst, ".extra.symvers")
        with open(os.path.join(self.build, "Module.symvers")) as f:
            known = {line.split("\t")[1] for line in f}
        lines = [l for l in content(os.path.join(self.dir, "book/Module.symvers")).decode()
                 .splitlines() if l.split("\t")[1] not in known]
        if lines:
            # What only the book's loader exports.
            with open(extra, "w") as f:
                f.write("\n".join(lines) + "\n")
            args = ["KBUILD_EXTRA_SYMBOLS=" + extra]
        # A test module may want a symbol that nobody has: warn, not fail.
        step(self.log("test-modules"), "building the test modules",
             self.make("M=" + dst, "KBUILD_MODPOST_WARN=1", "modules", *args), env=self.env,
             expected=3 * len([p for p in files if p.endswith(".c")]))
        mark(stamp, key)

    def symvers(self):
        table = {}
        for k in ("book", "stock"):
            with open(os.path.join(self.dir, k, "Module.symvers")) as f:
                for line in f:
                    crc, name, where, how, *ns = line.rstrip("\n").split("\t")
                    table.setdefault(name, {})[k] = (crc, where, how, ns)
        bad = 0
        for name, v in sorted(table.items()):
            b, s = v.get("book"), v.get("stock")
            if b == s:
                continue
            if s is None and name in EXPORTED:
                say("only the book exports %s" % name)
                continue
            bad += 1
            if s is None:
                say("the book exports %s, the stock kernel does not" % name)
            elif b is None:
                say("the book does not export %s" % name)
            elif (b[1:] == s[1:]):
                say("%s: version %s, stock %s" % (name, b[0], s[0]))
            else:
                say("%s: %s, stock %s" % (name, b, s))
        say("%d exports compared, %d differ" % (len(table), bad))
        if bad:
            raise Failed(None)


def main(argv):
    names = []
    if "--" in argv:
        i = argv.index("--")
        names, argv = argv[i + 1:], argv[:i]
    if not argv or argv[0] not in ("source", "kernel", "twin", "modules", "some",
                                   "tests", "guest", "modrules", "symvers", "release"):
        sys.stderr.write(__doc__)
        return 2
    cmd, config = argv[0], argv[1] if len(argv) > 1 else "lab"
    os.makedirs(OUT, exist_ok=True)
    if cmd == "guest":
        guest_programs()
        return 0
    if cmd == "modrules":
        modrules()
        return 0
    if cmd == "symvers":
        Config(config).symvers()
        return 0
    if cmd == "release":
        say(Config(config).release())
        return 0
    with open(os.path.join(OUT, ".lab.lock"), "w") as lock:
        # One build at a time in one tree.
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("waiting for another build under %s" % os.path.relpath(OUT))
            fcntl.flock(lock, fcntl.LOCK_EX)
        source()
        if cmd == "source":
            return 0
        c = Config(config)
        if cmd == "kernel":
            c.kernel("book")
        elif cmd == "twin":
            if os.path.exists(os.path.join(OUT, "tangled/arch/x86/kernel/module.c")):
                subprocess.check_call([TREE, "sync", LINUX], env=dict(os.environ, OUT=OUT))
            c.kernel("stock")
        elif cmd == "modules":
            c.modules()
        elif cmd == "some":
            c.some(names)
        else:
            c.tests()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Failed as e:
        if e.args[0]:
            print("build.py: %s" % e, file=sys.stderr)
        sys.exit(1)
    except subprocess.CalledProcessError as e:
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
