#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-only
"""Run a program in a little QEMU machine and bring its result back.

As a module (put kernel-glue/lab on sys.path)::

    import qemu
    r = qemu.run("book", text="modprobe ext4 && lsmod")   # shell text, or
    r = qemu.run("stock", "tests/guest/races.sh", args=["100"], cpus=4)
    r.status    # exit status of the guest's program; None if it never ended
    r.reason    # "exit", "panic", "hang", "timeout", "died" or "oops"
    r.ok        # reason is "exit" and status is 0
    r.console   # all that came over the serial console (kernel and program)
    r.kmsg      # only the kernel's lines of it, without the time stamps
    r.result    # what the guest wrote to /dev/ttyS1 ($RESULT), a text
    r.files     # directory on the host with what the guest left in /out
    r.trouble   # the kernel's complaints: BUG, Oops, WARNING, stalls, ...
    r.seconds   # how long it took
    r.decode()  # the console with every sym+off of an oops given file:line
    r.report()  # the lines of that which matter when something went wrong

run(kernel, script=None, args=(), *,
    text=None,          # shell commands instead of a script file
    config="lab",       # out/CONFIG/{book,stock}/bzImage, out/CONFIG/modules
    cpus=2, memory=768, # MiB
    accel=None,         # "tcg" (default, or $ACCEL) or "kvm"
    single=False,       # tcg,thread=single: the CPUs take turns
    icount=False,       # one instruction is one nanosecond; forces one CPU
    append="",          # more kernel arguments
    modules="all",      # "all", None, or names: those with what they need
    module_root=None,   # where they are installed; default out/CONFIG/modules
    test_modules=True,  # out/modules/*.ko appear in /modules
    files={},           # guest path -> host file or directory, or bytes
    programs=(),        # host programs, put at the same path with libraries
    disks=(),           # raw images, seen as /dev/vdb, vdc, ... (snapshot)
    out=None,           # where /out is unpacked; default beside the log
    timeout=300,        # seconds in all        | both are multiplied by
    silence=120,        # seconds without output| $LAB_PATIENCE (default 1)
    stop_on_oops=False, # end at the first complaint instead of going on
    log=None,           # console log; default out/log/guest/NAME.log
    name=None,          # name of the run, for the log
    echo=False,         # copy the console to our standard output
    watch=None,         # or a function that gets each line of it at once
    qemu_args=())       # anything else

KERNEL is "book", "stock" or the path of a bzImage.  `out/` is $OUT or the
directory of that name at the top of this tree.

In the guest: /bin/sh is dash, bash is there too, the small tools are busybox;
modprobe, insmod, rmmod, lsmod, modinfo, depmod are kmod's (busybox's own are
`busybox modprobe` and so on); and there are the books' own programs (out/bin: modtool, ...) and, not in
the search path, the user's tools (out/tools: /tools/rmmod); proc, sysfs,
devtmpfs, debugfs, tracefs, /tmp and /dev/pts are mounted; the script runs in
/test as root with $RESULT (/dev/ttyS1) and $OUT (/out) set.  `modules` of the configuration lie in /lib/modules/$(uname -r).

As a command::

    qemu.py run [-k book|stock] [options] SCRIPT [ARG...]
    qemu.py run -c 'modprobe ext4; cat /proc/modules'
    qemu.py shell [-k book|stock]          a shell on the console
    qemu.py decode [-k book|stock] LOG     decode the oopses of a console log

`run` exits with the guest's status, or 124 for hang and time-out, 125 for a
panic or a machine that died, after it printed the last lines.
"""

import argparse
import collections
import hashlib
import io
import os
import re
import select
import shutil
import signal
import stat
import subprocess
import sys
import tarfile
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))
OUT = os.environ.get("OUT") or os.path.join(TOP, "out")

KMOD_TOOLS = "modprobe insmod rmmod lsmod modinfo depmod".split()
PANIC = re.compile(r"Kernel panic - not syncing|---\[ end Kernel panic")
TROUBLE = re.compile(
    r"(\bBUG: |\bOops: |\bOops\[|WARNING: CPU|WARNING: possible|"
    r"general protection fault|kernel BUG at|"
    r"KASAN: |UBSAN: |INFO: task .* blocked|watchdog: BUG|soft lockup|"
    r"rcu: INFO:|rcu:.*detected stall|double fault|stack segment:|invalid opcode:|"
    r"unchecked MSR|bad page state|Bad page state|refcount_t: |"
    r"suspicious RCU|Kernel panic|page allocation failure|"
    r"sleeping function called|scheduling while atomic|list_(add|del) corruption|"
    r"Object .* freed|Slab .* Padding overwritten|Redzone overwritten)")
STAMP = re.compile(r"^\[ *\d+\.\d{6}\](?:\[[ A-Z0-9]+\])? ?")


# ---------------------------------------------------------------- archives

class Cpio:
    """A newc archive, which the kernel unpacks into its first root."""

    def __init__(self, f):
        self.f, self.ino, self.dirs = f, 1, set()

    def _put(self, name, mode, data=b"", rdev=(0, 0)):
        raw = name.encode() + b"\0"
        head = "070701" + "".join("%08x" % v for v in (
            self.ino, mode, 0, 0, 1, 0, len(data), 0, 0,
            rdev[0], rdev[1], len(raw), 0))
        self.ino += 1
        blob = head.encode() + raw
        self.f.write(blob + b"\0" * (-len(blob) % 4))
        self.f.write(data)
        self.f.write(b"\0" * (-len(data) % 4))

    def dir(self, name):
        name = name.strip("/")
        if not name or name in self.dirs:
            return
        self.dir(os.path.dirname(name))
        self.dirs.add(name)
        self._put(name, stat.S_IFDIR | 0o755)

    def file(self, name, data, mode=0o644):
        name = name.strip("/")
        self.dir(os.path.dirname(name))
        self._put(name, stat.S_IFREG | mode, data)

    def link(self, name, target):
        name = name.strip("/")
        self.dir(os.path.dirname(name))
        self._put(name, stat.S_IFLNK | 0o777, target.encode())

    def node(self, name, major, minor):
        name = name.strip("/")
        self.dir(os.path.dirname(name))
        self._put(name, stat.S_IFCHR | 0o600, b"", (major, minor))

    def tree(self, name, host):
        """A file, or a directory with all that is in it."""
        if os.path.islink(host) and not os.path.exists(host):
            return
        if os.path.isdir(host):
            self.dir(name)
            for e in sorted(os.listdir(host)):
                self.tree(name + "/" + e, os.path.join(host, e))
        else:
            mode = 0o755 if os.access(host, os.X_OK) else 0o644
            with open(host, "rb") as f:
                self.file(name, f.read(), mode)

    def end(self):
        self._put("TRAILER!!!", 0)


def _libraries(program):
    """The shared objects a program needs, as the dynamic linker finds them."""
    p = subprocess.run(["ldd", program], capture_output=True, text=True)
    if p.returncode:
        return []
    return sorted(set(re.findall(r"(/\S+) \(0x", p.stdout)))


def _with_libraries(c, program, done):
    real = os.path.realpath(program)
    for guest, host in [(program, real)] + [(l, os.path.realpath(l))
                                            for l in _libraries(real)]:
        if guest not in done:
            done.add(guest)
            with open(host, "rb") as f:
                c.file(guest, f.read(), 0o755)


def _which(name):
    path = shutil.which(name, path=os.environ.get("PATH", "") +
                        ":/sbin:/usr/sbin:/bin:/usr/bin")
    if not path:
        raise LabError("%s is not installed; try kernel-glue/lab/setup.sh" % name)
    return path


class LabError(Exception):
    pass


def _cached(name, key, make):
    """out/guest/NAME-KEY.cpio, made when it is not there yet."""
    d = os.path.join(OUT, "guest")
    os.makedirs(d, exist_ok=True)
    h = hashlib.sha1(repr(key).encode()).hexdigest()[:12]
    path = os.path.join(d, "%s-%s.cpio" % (name, h))
    if not os.path.exists(path):
        fd, tmp = tempfile.mkstemp(dir=d)
        with os.fdopen(fd, "wb") as f:
            c = Cpio(f)
            make(c)
            c.end()
        os.chmod(tmp, 0o644)
        os.rename(tmp, path)
        # Older ones of the same name are of no use to anybody new.
        same = sorted((e for e in os.listdir(d)
                       if re.fullmatch(re.escape(name) + r"-[0-9a-f]{12}\.cpio", e)),
                      key=lambda e: os.path.getmtime(os.path.join(d, e)))
        for e in same[:-24]:
            try:
                os.unlink(os.path.join(d, e))
            except OSError:
                pass
    return path


def _stamp(path):
    s = os.stat(path)
    return (path, s.st_size, s.st_mtime_ns)


def base_archive():
    busybox, kmod = _which("busybox"), os.path.realpath(_which("kmod"))
    # Not busybox's shell: that one prefers its own modprobe to kmod's.
    bash, dash = _which("bash"), _which("dash")
    init = os.path.join(HERE, "guest-init")

    def make(c):
        for d in "proc sys dev tmp out test etc root run mnt lib/modules".split():
            c.dir(d)
        c.node("dev/console", 5, 1)
        c.node("dev/null", 1, 3)
        with open(busybox, "rb") as f:
            c.file("bin/busybox", f.read(), 0o755)
        names = subprocess.run([busybox, "--list"], capture_output=True,
                               text=True).stdout.split()
        for n in names:
            if n not in KMOD_TOOLS and n not in ("busybox", "bash", "kmod", "sh", "dash"):
                c.link("bin/" + n, "busybox")
        done = set()
        with open(kmod, "rb") as f:
            c.file("bin/kmod", f.read(), 0o755)
        for lib in _libraries(kmod):
            done.add(lib)
            with open(os.path.realpath(lib), "rb") as f:
                c.file(lib, f.read(), 0o755)
        for n in KMOD_TOOLS:
            c.link("sbin/" + n, "/bin/kmod")
        _with_libraries(c, bash, done)
        if "/bin/bash" not in done:
            c.link("bin/bash", bash)
        _with_libraries(c, dash, done)
        c.link("bin/sh", dash)
        c.file("etc/passwd", b"root:x:0:0:root:/root:/bin/sh\n"
                             b"nobody:x:65534:65534:nobody:/:/bin/sh\n")
        c.file("etc/group", b"root:x:0:\nnogroup:x:65534:\n")
        with open(init, "rb") as f:
            c.file("init", f.read(), 0o755)

    key = [_stamp(p) for p in (busybox, kmod, bash, dash, init, __file__)]
    return _cached("base", key, make)


def module_tree(config="lab"):
    """The directory /lib/modules/RELEASE of a configuration, on the host."""
    root = os.path.join(config if "/" in config else os.path.join(
        OUT, config, "modules"), "lib", "modules")
    found = sorted(os.listdir(root)) if os.path.isdir(root) else []
    if not found:
        raise LabError("no modules under %s; run `make modules`" % root)
    return os.path.join(root, found[-1])


def module_names(config="lab"):
    """name -> path relative to module_tree(), for every module installed."""
    d, res = module_tree(config), {}
    with open(os.path.join(d, "modules.dep")) as f:
        for line in f:
            p = line.split(":")[0]
            n = os.path.basename(p).split(".")[0].replace("-", "_")
            res[n] = p
    return res


def _closure(names, config):
    d = module_tree(config)
    deps = {}
    with open(os.path.join(d, "modules.dep")) as f:
        for line in f:
            p, _, rest = line.partition(":")
            deps[p] = rest.split()
    soft = collections.defaultdict(list)
    softpath = os.path.join(d, "modules.softdep")
    if os.path.exists(softpath):
        for line in open(softpath):
            w = line.split()
            if len(w) > 2 and w[0] == "softdep":
                soft[w[1].replace("-", "_")] += [
                    x for x in w[2:] if not x.endswith(":")]
    index, want, todo = module_names(config), set(), list(names)
    while todo:
        n = todo.pop().replace("-", "_")
        if n not in index:
            if n in names:
                raise LabError("no module %s in %s" % (n, d))
            continue
        if index[n] in want:
            continue
        want.add(index[n])
        todo += [os.path.basename(p).split(".")[0] for p in deps[index[n]]]
        todo += soft[n]
    return sorted(want)


def modules_archive(config, modules):
    d = module_tree(config)
    rel = "lib/modules/" + os.path.basename(d)
    wanted = None if modules == "all" else _closure(list(modules), config)

    def make(c):
        if wanted is None:
            c.tree(rel, d)
            return
        with tempfile.TemporaryDirectory() as t:
            root = os.path.join(t, rel)
            for p in wanted:
                os.makedirs(os.path.dirname(os.path.join(root, p)), exist_ok=True)
                shutil.copy2(os.path.join(d, p), os.path.join(root, p))
            for n in ("modules.order", "modules.builtin", "modules.builtin.modinfo"):
                if os.path.exists(os.path.join(d, n)):
                    shutil.copy2(os.path.join(d, n), os.path.join(root, n))
            subprocess.run([_which("depmod"), "-b", t, os.path.basename(d)],
                           check=True)
            c.tree(rel, root)

    return _cached(os.path.basename(config) + "-modules",
                   [wanted, _stamp(os.path.join(d, "modules.dep")),
                    _stamp(os.path.join(d, "modules.symbols"))] +
                   [_stamp(os.path.join(d, p)) for p in
                    (wanted or module_names(config).values())], make)


# ------------------------------------------------------------- the machine

class Result:
    def __init__(self):
        self.status = None
        self.reason = "died"
        self.console = ""
        self.result = ""
        self.files = None
        self.log = None
        self.seconds = 0.0
        self.kernel = None
        self.config = "lab"

    @property
    def ok(self):
        return self.reason == "exit" and self.status == 0

    @property
    def kmsg(self):
        return "\n".join(STAMP.sub("", l) for l in self.console.splitlines()
                         if STAMP.match(l))

    @property
    def trouble(self):
        return [l for l in self.console.splitlines() if TROUBLE.search(l)]

    def decode(self):
        return decode(self.console, self.kernel, self.config)

    def tail(self, n=25):
        return "\n".join(self.console.splitlines()[-n:])

    def report(self, n=25):
        """What a human wants to see of a run that went wrong."""
        lines = self.decode().splitlines()
        bad = [i for i, l in enumerate(lines) if TROUBLE.search(l)]
        if not bad or bad[0] >= len(lines) - n:
            return "\n".join(lines[-n:])
        first = lines[max(0, bad[0] - 3):bad[0] + 2 * n]
        return "\n".join(first + (["..."] + lines[-5:]
                                  if bad[0] + 2 * n < len(lines) - 5 else []))

    def __repr__(self):
        return "<Result %s status=%s %.1fs %s>" % (
            self.reason, self.status, self.seconds, self.log)


def image(kernel, config="lab"):
    if kernel in ("book", "stock"):
        p = os.path.join(OUT, config, kernel, "bzImage")
        if not os.path.exists(p):
            raise LabError("%s is not built; run `make %s`" % (
                p, "kernel" if kernel == "book" else "twin"))
        return p
    if not os.path.exists(kernel):
        raise LabError("no kernel %s" % kernel)
    return kernel


def _payload(c, script, text, args, files, programs, test_modules, env):
    quote = lambda s: "'" + str(s).replace("'", "'\\''") + "'"
    if text is not None:
        c.file("test/main", b"#!/bin/sh\n" + text.encode() + b"\n", 0o755)
    elif script is not None:
        with open(script, "rb") as f:
            c.file("test/main", f.read(), 0o755)
    if text is not None or script is not None:
        c.file("test/run", ("#!/bin/sh\n" + "".join(
            "export %s=%s\n" % (k, quote(v)) for k, v in sorted(env.items())) +
            "exec /test/main " + " ".join(quote(a) for a in args) +
            "\n").encode(), 0o755)
    done = set()
    for p in programs:
        _with_libraries(c, _which(p) if "/" not in p else p, done)
    d = os.path.join(OUT, "modules")
    if test_modules and os.path.isdir(d):
        for e in sorted(os.listdir(d)):
            if e.endswith(".ko"):
                c.tree("modules/" + e, os.path.join(d, e))
    for host in ("bin", "tools"):
        d = os.path.join(OUT, host)
        for e in sorted(os.listdir(d)) if os.path.isdir(d) else []:
            if not e.startswith("."):
                c.tree(host + "/" + e, os.path.join(d, e))
    for guest, host in sorted(dict(files).items()):
        if isinstance(host, bytes):
            c.file(guest, host, 0o755)
        else:
            if not os.path.exists(host):
                raise LabError("no file %s for the guest" % host)
            c.tree(guest, host)


def command(kernel, *, config="lab", cpus=2, memory=768, accel=None,
            single=False, icount=False, append="", kaslr=False, initrds=(),
            work, disks=(), interactive=False, qemu_args=()):
    accel = accel or os.environ.get("ACCEL") or "tcg"
    cpus = int(os.environ.get("CPUS") or cpus)
    memory = int(os.environ.get("MEMORY") or memory)
    if icount:
        accel, cpus = "tcg", 1
    initrd = os.path.join(work, "initrd")
    with open(initrd, "wb") as f:
        for part in initrds:
            with open(part, "rb") as g:
                shutil.copyfileobj(g, f)
    acc = accel
    if accel == "tcg" and not icount:
        acc += ",thread=" + ("single" if single else "multi")
    # The machine does not outlive whoever watches it.
    cmd = ["setpriv", "--pdeathsig", "KILL"] if shutil.which("setpriv") else []
    cmd += [os.environ.get("QEMU") or "qemu-system-x86_64",
           "-accel", acc, "-cpu", "host" if accel == "kvm" else
           os.environ.get("QEMU_CPU") or "max", "-machine", "q35,hpet=off" if icount
           else "q35", "-smp", str(cpus), "-m", "%dM" % memory,
           "-nodefaults", "-no-user-config", "-display", "none",
           "-no-reboot", "-kernel", image(kernel, config), "-initrd", initrd,
           "-serial", "mon:stdio" if interactive else "stdio",
           "-serial", "file:" + os.path.join(work, "result")]
    if icount:
        cmd += ["-icount", "shift=0,sleep=off"]
    n = 0
    for d in [os.path.join(work, "out.img")] + list(disks):
        cmd += ["-drive", "file=%s,format=raw,if=none,id=d%d,cache=unsafe%s" % (
                    d, n, "" if n == 0 else ",snapshot=on"),
                "-device", "virtio-blk-pci,drive=d%d" % n]
        n += 1
    # A starved host must not look like a broken timer: no_timer_check.
    args = ["console=ttyS0", "panic=-1", "loglevel=8", "rdinit=/init", "no_timer_check"]
    if not kaslr:
        args.append("nokaslr")
    if accel == "tcg" and cpus > 1 and not single and "maxcpus" not in append:
        # Emulated CPUs that really run in parallel sometimes keep a stale breakpoint when the kernel patches its text,
        # and it patches while it boots.  So one CPU boots, and init calls the others; a clock that looks unsteady under
        # emulation would turn a static key then, and lpj= saves a second for each CPU.
        args += ["maxcpus=1", "tsc=reliable", "lpj=10400000", "lab.cpus"]
    if interactive:
        args.append("lab.shell")
    cmd += ["-append", " ".join(args) + (" " + append if append else "")]
    return cmd + list(qemu_args)


def run(kernel="book", script=None, args=(), *, text=None, config="lab",
        cpus=2, memory=768, accel=None, single=False, icount=False, append="",
        kaslr=False, modules="all", module_root=None, test_modules=True, files={}, programs=(),
        disks=(), out=None, timeout=300, silence=120, stop_on_oops=False,
        log=None, name=None, echo=False, watch=None, env={}, interactive=False,
        qemu_args=()):
    patience = float(os.environ.get("LAB_PATIENCE") or 1)
    timeout, silence = timeout * patience, silence * patience
    r = Result()
    r.kernel, r.config = kernel, config
    if name is None:
        name = os.path.basename(script).split(".")[0] if script else "text"
        name += "-" + (kernel if "/" not in kernel else "path")
    if log is None:
        log = os.path.join(OUT, "log", "guest", name + ".log")
    os.makedirs(os.path.dirname(os.path.abspath(log)), exist_ok=True)
    r.log = log
    work = tempfile.mkdtemp(prefix="lab-")
    try:
        initrds = [base_archive()]
        if modules:
            initrds.append(modules_archive(module_root or config, modules))
        payload = os.path.join(work, "payload")
        with open(payload, "wb") as f:
            c = Cpio(f)
            _payload(c, script, text, args, files, programs, test_modules, env)
            c.end()
        initrds.append(payload)
        with open(os.path.join(work, "out.img"), "wb") as f:
            f.truncate(256 << 20)
        cmd = command(kernel, config=config, cpus=cpus, memory=memory,
                      accel=accel, single=single, icount=icount,
                      append=append, kaslr=kaslr, initrds=initrds, work=work,
                      disks=disks, interactive=interactive,
                      qemu_args=qemu_args)
        if interactive:
            r.status = subprocess.call(cmd)
            r.reason = "exit"
        else:
            _watch(cmd, r, timeout, silence, stop_on_oops, log, echo, watch, work)
        _collect(r, work, out, log)
        return r
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _watch(cmd, r, timeout, silence, stop_on_oops, log, echo, watch, work):
    """Read the console until the machine ends, or has to be ended."""
    start = last = time.monotonic()
    buf, dead_since = bytearray(), None
    reason = None
    lf = open(log, "wb")
    p = subprocess.Popen(cmd, stdin=subprocess.DEVNULL,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    fd, scanned = p.stdout.fileno(), 0
    try:
        while True:
            now = time.monotonic()
            if reason is None and now - start > timeout:
                reason = "timeout"
            if reason is None and now - last > silence:
                reason = "hang"
            # After a panic or an oops the rest of the report is wanted too.
            if reason in ("timeout", "hang") or (
                    dead_since and now - dead_since > 3):
                break
            ready, _, _ = select.select([fd], [], [], 0.5)
            if not ready:
                continue
            data = os.read(fd, 65536)
            if not data:
                break
            last = time.monotonic()
            data = data.replace(b"\r\n", b"\n").replace(b"\r", b"")
            lf.write(data)
            lf.flush()
            if echo:
                sys.stdout.write(data.decode("utf-8", "replace"))
                sys.stdout.flush()
            buf += data
            end = buf.rfind(b"\n") + 1
            fresh = buf[scanned:end].decode("utf-8", "replace")
            scanned = max(end, scanned)
            for line in fresh.splitlines() if watch else ():
                watch(line)
            if dead_since is None and PANIC.search(fresh):
                reason, dead_since = "panic", last
            elif dead_since is None and stop_on_oops and TROUBLE.search(fresh):
                reason, dead_since = "oops", last
    finally:
        if p.poll() is None:
            if reason is None:
                try:
                    p.wait(20)
                except subprocess.TimeoutExpired:
                    pass
            if p.poll() is None:
                p.kill()
        p.wait()
        p.stdout.close()
        lf.close()
    r.seconds = time.monotonic() - start
    r.console = buf.decode("utf-8", "replace")
    try:
        with open(os.path.join(work, "result"), errors="replace") as f:
            lines = f.read().replace("\r", "").splitlines()
    except OSError:
        lines = []
    r.result = "\n".join(l for l in lines if not l.startswith("@@exit "))
    ends = [l for l in lines if l.startswith("@@exit ")]
    if ends:
        r.status = int(ends[-1].split()[1])
    if reason:
        r.reason = reason
    elif ends:
        r.reason = "exit"
    else:
        r.reason = "died"


def _collect(r, work, out, log):
    img = os.path.join(work, "out.img")
    with open(img, "rb") as f:
        head = f.read(512)
    if not head.strip(b"\0"):
        return
    out = out or re.sub(r"\.log$", "", log) + ".out"
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    try:
        with tarfile.open(img) as t:
            t.extractall(out)
    except tarfile.TarError as e:
        print("qemu.py: what the guest left in /out is damaged: %s" % e,
              file=sys.stderr)
    r.files = out


# -------------------------------------------------------------- the decoder

FRAME = re.compile(r"(?<![\w.])([A-Za-z_.$][\w.$]*)\+0x([0-9a-f]+)/0x([0-9a-f]+)"
                   r"(?: \[([\w-]+)(?: [0-9a-f]+)?\])?")


class Symbols:
    """Symbols and lines of one ELF file.  An address is a pair of a section
    and an offset into it (an absolute address in vmlinux)."""

    def __init__(self, path):
        self.path = path
        self.by_name = collections.defaultdict(list)
        p = subprocess.run(["readelf", "-hSsW", path], capture_output=True, text=True)
        self.relocatable = "REL (Relocatable" in p.stdout
        names, sorted_by = {}, collections.defaultdict(list)
        for line in p.stdout.splitlines():
            m = re.match(r"\s+\[ *(\d+)\] (\S+)\s+(\S+)", line)
            if m:
                names[m.group(1)] = m.group(2)
                continue
            w = line.split()
            # Num: Value Size Type Bind Vis Ndx Name
            if len(w) >= 8 and w[0].endswith(":") and w[3] in ("FUNC", "NOTYPE") \
                    and w[6].isdigit():
                sec = names.get(w[6]) if self.relocatable else None
                sorted_by[sec].append((int(w[1], 16), w[7]))
        for sec, addr in sorted_by.items():
            starts = sorted(set(a for a, _ in addr))
            following = dict(zip(starts, starts[1:]))
            for a, n in addr:
                self.by_name[n].append(((sec, a), following.get(a, a) - a))
        self.lines = {}

    def address(self, name, offset, length):
        c = self.by_name.get(name)
        if not c:
            return None
        exact = [a for a, l in c if l == length]
        sec, start = (exact or [c[0][0]])[0]
        return sec, start + offset

    def resolve(self, addresses):
        by = collections.defaultdict(set)
        for a in addresses:
            if a not in self.lines:
                by[a[0]].add(a[1])
        for sec, offsets in by.items():
            p = subprocess.run(
                ["addr2line", "-e", self.path, "-fia"] + (["-j", sec] if sec else []),
                input="".join("%#x\n" % o for o in sorted(offsets)),
                capture_output=True, text=True)
            cur, fn = None, None
            for line in p.stdout.splitlines():
                if line.startswith("0x"):
                    cur, fn = (sec, int(line, 16)), None
                    self.lines[cur] = []
                elif fn is None:
                    fn = line
                else:
                    self.lines[cur].append((fn, _book_path(line)))
                    fn = None


def _book_path(line):
    path, _, n = line.partition(" (")[0].rpartition(":")
    if path in ("", "??") or n in ("?", "0"):
        return None
    path = os.path.normpath(path)
    m = re.search(r"(?:^|/)((?:loader|unload-rules)(?:/[\w./-]+)?\.w)$", path)
    if m:
        path = m.group(1)
    else:
        path = re.sub(r"^.*/(?=(kernel|arch|fs|mm|include|lib|drivers|block|net|crypto)/)",
                      "", path)
    return "%s:%s" % (path, n)


_sections = {}


def section(place):
    """The number of the section of a book that holds "FILE.w:LINE", or None.
    CTANGLE leaves the number of a section before each piece of its code."""
    if not _sections:
        _sections[None] = []
        for d, _, names in os.walk(os.path.join(OUT, "tangled")):
            for n in names:
                at = None
                with open(os.path.join(d, n), errors="replace") as f:
                    for line in f:
                        m = re.match(r"/\*:?(\d+):?\*/", line)
                        if m and line.startswith("/*:"):
                            at = None
                        elif m:
                            at = int(m.group(1))
                        m = re.match(r'#line (\d+) "([^"]+)"', line)
                        if m and at is not None:
                            _sections.setdefault(m.group(2), set()).add(
                                (int(m.group(1)), at))
                            at = None
        for k in _sections:
            _sections[k] = sorted(_sections[k])
    path, _, n = place.rpartition(":")
    found = [s for l, s in _sections.get(path, ()) if l <= int(n)]
    return found[-1] if found else None


_symbols = {}


def _table(path):
    if path not in _symbols:
        _symbols[path] = Symbols(path) if path and os.path.exists(path) else None
    return _symbols[path]


def frames(console, kernel="book", config="lab", paths={}):
    """Every symbol+offset of a console text: a list of dictionaries with
    line (of the console, from 0), symbol, offset, length, module, and places:
    [(function, "file:line")], innermost first, empty if unknown.
    `paths` maps names of modules to .ko files with debug lines; the default
    is out/modules/NAME.ko, then the configuration's own."""
    base = os.path.join(OUT, config, kernel) if kernel in ("book", "stock") \
        else os.path.dirname(kernel)
    res = []
    for i, line in enumerate(console.splitlines()):
        for m in FRAME.finditer(line):
            name, off, length = m.group(1), int(m.group(2), 16), int(m.group(3), 16)
            exact = "RIP:" in line or " ip " in line
            f = dict(line=i, symbol=name, offset=off, length=length,
                     module=m.group(4), places=[], text=m.group(0))
            if f["module"]:
                n = f["module"]
                cand = [paths.get(n)] + [
                    os.path.join(OUT, "modules", x + ".ko")
                    for x in (n, n.replace("_", "-"))]
                path = next((c for c in cand if c and os.path.exists(c)), None)
            else:
                path = os.path.join(base, "vmlinux")
            t = _table(path)
            if t:
                # A return address belongs to the line of the call before it.
                a = t.address(name, off if exact or off == 0 else off - 1, length)
                if a is not None:
                    f["table"], f["address"] = t, a
            res.append(f)
    by = collections.defaultdict(list)
    for f in res:
        if "table" in f:
            by[f["table"]].append(f["address"])
    for t, addrs in by.items():
        t.resolve(addrs)
    for f in res:
        if "table" in f:
            f["places"] = [p for p in f.pop("table").lines.get(f["address"], [])
                           if p[1]]
    return res


def decode(console, kernel="book", config="lab", paths={}):
    """The console text; below each line with a frame, where that is."""
    at = collections.defaultdict(list)
    for f in frames(console, kernel, config, paths):
        if f["places"]:
            at[f["line"]].append(f)
    outl = []
    for i, line in enumerate(console.splitlines()):
        outl.append(line)
        for f in at[i]:
            outl.append("        %s is at %s" % (f["text"], ", inlined in ".join(
                "%s (%s%s)" % (p[1], p[0], "" if section(p[1]) is None else
                               ", section %d" % section(p[1]))
                for p in f["places"])))
    return "\n".join(outl)


# -------------------------------------------------------------- the command

def main(argv=None):
    ap = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    sub = ap.add_subparsers(dest="cmd", required=True)
    for cmd in ("run", "shell"):
        s = sub.add_parser(cmd)
        s.add_argument("-k", "--kernel", default="book")
        s.add_argument("--config", default="lab")
        s.add_argument("--cpus", type=int, default=2)
        s.add_argument("--memory", type=int, default=768)
        s.add_argument("--accel")
        s.add_argument("--single", action="store_true")
        s.add_argument("--icount", action="store_true")
        s.add_argument("--kaslr", action="store_true")
        s.add_argument("--append", default="")
        s.add_argument("--modules", default="all",
                       help="all, none, or names with commas")
        s.add_argument("--file", action="append", default=[],
                       metavar="GUEST=HOST")
        s.add_argument("--program", action="append", default=[])
        s.add_argument("--disk", action="append", default=[])
        s.add_argument("--out")
        s.add_argument("--log")
        s.add_argument("--timeout", type=float, default=300)
        s.add_argument("--silence", type=float, default=120)
        s.add_argument("--stop-on-oops", action="store_true")
        s.add_argument("-q", "--quiet", action="store_true")
        s.add_argument("--decode", action="store_true",
                       help="print the oopses again, decoded")
        if cmd == "run":
            s.add_argument("-c", dest="text")
            s.add_argument("script", nargs="?")
            s.add_argument("args", nargs=argparse.REMAINDER)
    s = sub.add_parser("decode")
    s.add_argument("-k", "--kernel", default="book")
    s.add_argument("--config", default="lab")
    s.add_argument("log")
    a = ap.parse_args(argv)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    if a.cmd == "decode":
        with open(a.log, errors="replace") as f:
            print(decode(f.read(), a.kernel, a.config))
        return 0
    modules = {"all": "all", "none": None}.get(a.modules, a.modules.split(","))
    common = dict(config=a.config, cpus=a.cpus, memory=a.memory, accel=a.accel,
                  single=a.single, icount=a.icount, kaslr=a.kaslr,
                  append=a.append, modules=modules, programs=a.program,
                  disks=a.disk, out=a.out, log=a.log, timeout=a.timeout,
                  silence=a.silence, stop_on_oops=a.stop_on_oops,
                  files=dict(f.split("=", 1) for f in a.file))
    if a.cmd == "shell":
        run(a.kernel, interactive=True, **common)
        return 0
    if not a.script and not a.text:
        ap.error("a script or -c TEXT")
    args = a.args if a.text is None else ([a.script] if a.script else []) + a.args
    r = run(a.kernel, a.script if a.text is None else None, args, text=a.text,
            echo=not a.quiet, **common)
    if a.decode and r.trouble:
        print("\n".join(l for l in r.decode().splitlines()
                        if " is at " in l or TROUBLE.search(l)))
    if r.reason == "exit":
        return r.status
    print("\nqemu.py: %s after %.0f s; what matters of %s:\n%s" % (
        {"panic": "the guest's kernel panicked", "hang": "no sign of life",
         "timeout": "out of time", "died": "the machine ended by itself",
         "oops": "stopped at the first complaint"}[r.reason],
        r.seconds, r.log, r.report()), file=sys.stderr)
    return 124 if r.reason in ("hang", "timeout") else 125


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as e:
        print("qemu.py: %s" % e, file=sys.stderr)
        sys.exit(2)
