# SPDX-License-Identifier: GPL-2.0-only
"""The models of the count and of leaving, played by Spin (the second book, the chapters on the two models): the games
that must not go wrong, and those in which something was left out and must."""
import os
import re
import shutil
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from check import OUT, TOP

TITLE = "the models: all games of count and leaving, and their mutants"
ORDER = 16
MODELS = os.path.join(OUT, "tangled", "model")
MEGABYTES = 6000

# who plays; "endless" looks for games without an end, the others for wrong assertions and processes that cannot go on
GAMES = [
    ("two users, two removers", "-DUSERS=2"),
    ("two users, one takes one more, two removers", "-DUSERS=2 -DAGAIN=1"),
    ("two users, one remover, lsmod", "-DUSERS=2 -DREMOVERS=1 -DREADER"),
    ("one user who takes one more, one remover, lsmod, late stores", "-DUSERS=1 -DREMOVERS=1 -DAGAIN=1 -DREADER -DLATE"),
    ("two users, one remover, lsmod, late stores", "-DUSERS=2 -DREMOVERS=1 -DREADER -DLATE"),
    ("two users, two removers, force", "-DUSERS=2 -DFORCE"),
    ("three users, a load that fails, one remover", "-DUSERS=3 -DFAILING"),
    ("no game without an end: two users, two removers", "-DUSERS=2 endless"),
    ("three users, two removers", "-DUSERS=3"),
]
LONG = [
    ("two users of two rounds, two removers", "-DUSERS=2 -DROUNDS=2"),
    ("two users, two removers who try twice", "-DUSERS=2 -DTRIES=2"),
    ("three users, one remover, lsmod", "-DUSERS=3 -DREMOVERS=1 -DREADER"),
    ("two users, one takes one more, one remover, lsmod, late stores",
     "-DUSERS=2 -DREMOVERS=1 -DAGAIN=1 -DREADER -DLATE"),
    ("no game without an end: three users, two removers", "-DUSERS=3 endless"),
]

# what is left out, who has to play for it to be seen, and what Spin must complain of
TOUCHED, LAST, REFUSED, WHOLE = r"gone|exited", r"taken.*held==0", r"draining", r"shared>|gets\[0\]"
ASLEEP, FEWER = r"invalid end state", r"sum"
READ = "-DUSERS=2 -DREMOVERS=1 -DREADER"
MUTANTS = [
    ("NO_WAIT", "-DUSERS=2", TOUCHED + "|" + LAST),
    ("PREEMPT_GET", "-DUSERS=2", TOUCHED),
    ("PREEMPT_PUT", "-DUSERS=2", TOUCHED),
    ("NO_LAST_WAIT", "-DUSERS=2", TOUCHED),
    ("STATE_FOR_COUNT", "-DUSERS=2", TOUCHED),
    ("TAKE_BY_LOOK", "-DUSERS=2", LAST),
    ("SET_FOR_ADD", "-DUSERS=2", LAST),
    ("ATTEMPT_CLOSES", "-DUSERS=2", REFUSED),
    ("NO_GOING", "-DUSERS=2", ASLEEP),
    ("BLIND_REOPEN", "-DUSERS=2", WHOLE),
    ("NO_GATHER", "-DUSERS=2", ASLEEP),
    ("NO_RING", "-DUSERS=2", ASLEEP),
    ("RING_FIRST", "-DUSERS=2", ASLEEP),
    ("LOOK_THEN_QUEUE", "-DUSERS=2", ASLEEP),
    ("BELL_LOST", "-DUSERS=2", ASLEEP),
    ("NOT_SENT", "-DUSERS=2 -DREMOVERS=1 -DFAILING", ASLEEP),
    ("NOT_KEPT", "-DUSERS=2 -DFORCE", TOUCHED),
    ("FAST_FIRST", READ, FEWER),
    ("GETS_FIRST", READ, FEWER),
    ("SHARED_FIRST", READ, FEWER),
    ("SHARED_LAST", READ, FEWER),
    ("NO_WMB", READ + " -DLATE", FEWER),
]

# the game that the book draws: who does what when
DRAWN = [("remover", "state==LIVE"), ("user", "findable"), ("user", "seen = mode"), ("remover", "mode = "),
         ("remover", "n = (gets[0]-puts[0])"), ("remover", "n = ((n+gets[1])-puts[1])"), ("remover", "shared = ((shared+n)-32)"),
         ("user", "gets[0] = (gets[0]+1)"), ("remover", "shared = -(32)")]

# the same for the model of leaving
LEAVING_GAMES = [
    ("two tasks, an order", ""),
    ("a task and an interrupt, two orders", "-DTASKS=1 -DINTERRUPT -DORDERS=2"),
    ("two tasks and an interrupt", "-DINTERRUPT"),
    ("an order that arms itself again", "-DREARM"),
    ("two tasks that call twice", "-DCALLS=2"),
    ("a provider that is removed too", "-DPROVIDER"),
    ("two orders, one may give the other", "-DTASKS=1 -DORDERS=2 -DCHAIN"),
    ("two tasks and a chain of two", "-DORDERS=2 -DCHAIN"),
    ("a chain of three and two clean rounds", "-DTASKS=1 -DORDERS=3 -DCHAIN -DCLEAN=2"),
]
EXECUTED, CALLED, UNBURIED = r"!\(buried\)", r"!\(provider_buried\)", r"invalid end state"
CHAIN = "-DTASKS=1 -DORDERS=2 -DCHAIN"
LEAVING_MUTANTS = [
    ("CENSUS_FIRST", "", EXECUTED),
    ("NO_TASKS", "", EXECUTED),
    ("NO_RCU", "-DTASKS=1 -DINTERRUPT", EXECUTED),
    ("NO_FIRST_CENSUS", "", EXECUTED),
    ("NO_LAST_CENSUS", CHAIN, EXECUTED),
    ("BARRIER_FIRST", "", EXECUTED),
    ("NO_BARRIER", "", EXECUTED),
    ("NO_FIRST_AUDIT", CHAIN, EXECUTED),
    ("NO_LAST_AUDIT", CHAIN, EXECUTED),
    ("AUDIT_BLIND", "-DREARM", EXECUTED),
    ("UNHOOK_LATE", "", EXECUTED),
    ("PROVIDER_FIRST", "-DPROVIDER", CALLED),
    ("NOT_FORGOTTEN", "", UNBURIED),
]
# the limit that the book names: one clean round is not enough for a chain of three
TOO_LONG = "-DTASKS=1 -DORDERS=3 -DCHAIN"
FIRST_PLAN = [("task", "place[me] = POINTER"), ("remover", "hook = 0"), ("undertaker", "inside = (inside||"),
              ("task", "place[me] = INSIDE"), ("task", "place[me] = ASLEEP"), ("undertaker", "tasks_awaited = awake"),
              ("task", "place[me] = INSIDE"), ("undertaker", "tasks_awaited==0"), ("task", "given = (given+1)"),
              ("task", "place[me] = OUTSIDE"), ("undertaker", "inside = (inside||"), ("undertaker", "buried = 1"),
              ("deferred", "assert(!(buried))")]


class Game:
    """One program: a model with some switches, and what came of playing it."""

    def __init__(self, name, switches, how="-DCOLLAPSE", optimize="-O2", model="removal"):
        self.model = os.path.join(MODELS, model + ".pml")
        self.where = os.path.join(OUT, "model", name)
        shutil.rmtree(self.where, ignore_errors=True)
        os.makedirs(self.where)
        words = switches.split()
        endless = "endless" in words
        self.switches = [w for w in words if w.startswith("-")]
        self.text, self.start = "", time.monotonic()
        compiled = ["-DNP"] if endless else ["-DSAFETY"]
        steps = [["spin"] + self.switches + ["-a", self.model],
                 ["gcc", optimize, "-w", f"-DMEMLIM={MEGABYTES}", *how.split(), *compiled, "-o", "pan", "pan.c"],
                 ["./pan", "-m200000"] + (["-l"] if endless else [])]
        for step in steps:
            done = subprocess.run(step, cwd=self.where, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            self.text += done.stdout
            if done.returncode and step[0] != "./pan":
                break
        self.took = time.monotonic() - self.start
        self.played = "errors:" in self.text
        self.complete = self.played and "Search not completed" not in self.text and "max search depth" not in self.text
        self.errors = int((re.findall(r"errors: (\d+)", self.text) or ["-1"])[0])
        self.complaint = (re.findall(r"^pan:\d+: (.*?)(?: \(at depth \d+\))?$", self.text, re.M) or [""])[0]
        self.states = int((re.findall(r"(\d+) states, stored", self.text) or ["0"])[0])
        self.memory = float((re.findall(r"([\d.]+)\s+total actual memory", self.text) or ["0"])[0])

    def figures(self):
        return f"{self.states:,} states, {self.memory:.0f} MB, {self.took:.0f} s"

    def statements(self):
        """(statements of this game, those of them that were executed), each as line of the book and text"""
        table = subprocess.run(["./pan", "-d"], cwd=self.where, capture_output=True, text=True).stdout
        dead, process = set(), None
        for line in self.text.splitlines():
            m = re.match(r"unreached in (?:proctype )?(\S+)|\t\S+?:\d+, state (\d+), ", line)
            if m and m[1]:
                process = m[1]
            elif m:
                dead.add((process, m[2]))
        present, executed = set(), set()
        for line in table.splitlines():
            m = re.match(r"(?:proctype )?(\S+)$|\tstate\s+(\d+) -.*?:(\d+) => (.*)", line)
            if m and m[1]:
                process = m[1]
            elif m and m[4] != "-end-":
                present.add((m[3], m[4]))
                if (process, m[2]) not in dead:
                    executed.add((m[3], m[4]))
        return present, executed

    def moves(self):
        """The game that went wrong, as (process, statement)."""
        done = subprocess.run(["spin"] + self.switches + ["-k", os.path.basename(self.model) + ".trail", "-t", "-p", self.model],
                              cwd=self.where, capture_output=True, text=True)
        return re.findall(r"proc\s+\d+ \((\w+):\d+\) \S+ \(state \d+\)\s+\[(.*)\]", done.stdout)

    def tidy(self):
        shutil.rmtree(self.where, ignore_errors=True)


def drawn(moves, wanted):
    """Do these moves contain those of the figure, in its order?"""
    at = 0
    for who, what in moves:
        if at < len(wanted) and who == wanted[at][0] and wanted[at][1] in what:
            at += 1
    return at == len(wanted)


def side_by_side(calls):
    """The games of these calls, in their order; two are played at a time, the last (which take longest) first."""
    with ThreadPoolExecutor(2) as pool:
        games = [pool.submit(call) for call in reversed(calls)]
        yield from (g.result() for g in reversed(games))


def play(t, model, games, mutants):
    calls = [partial(Game, name, f"{switches} -D{name}", optimize="-O1", model=model) for name, switches, _ in mutants]
    for (name, _, wanted), g in zip(mutants, side_by_side(calls)):
        t.ok(f"without it Spin finds a game that goes wrong: {name}", g.errors > 0 and re.search(wanted, g.complaint),
             f"{g.complaint or 'nothing found'}; {g.figures()}" if g.played else g.text)
        g.tidy()
    t.say(f"{model}: {len(mutants)} mutants tried")

    present, reached = set(), set()
    calls = [partial(Game, f"game-{i}", switches, model=model) for i, (_, switches) in enumerate(games)]
    for (name, _), g in zip(games, side_by_side(calls)):
        right = g.errors == 0 and g.complete
        t.ok(f"nothing goes wrong: {name}", right, g.figures() if right else g.text)
        if right:
            t.say(f"{name}: {g.figures()}")
        here, executed = g.statements()
        present |= here
        reached |= executed
        g.tidy()
    t.ok(f"every statement of the model is executed in some game: {model}", present and present == reached,
         "\n".join(f"line {line}: {what}" for line, what in sorted(present - reached)))


def shortest(t, case, switches, wanted, model):
    g = Game("drawn", switches, how="-DBFS -DNOREDUCE", optimize="-O1", model=model)
    t.ok(case, g.errors == 1 and drawn(g.moves(), wanted),
         "\n".join(f"{who}: {what}" for who, what in g.moves()) or g.text)
    g.tidy()


def run(t):
    if not shutil.which("spin"):
        t.skip("the models", "spin is not installed (apt-get install spin)")
        return
    r = subprocess.run(["python3", "kernel-glue/weave/web.py", "tangle"], cwd=TOP, capture_output=True, text=True)
    there = all(os.path.exists(os.path.join(MODELS, f"{name}.pml")) for name in ("removal", "leaving"))
    if not t.ok("the models tangle", not r.returncode and there, r.stdout):
        return

    play(t, "leaving", LEAVING_GAMES, LEAVING_MUTANTS)
    g = Game("long-chain", TOO_LONG, optimize="-O1", model="leaving")
    t.ok("a chain of three dodges one clean round, as the book says", g.errors > 0 and re.search(EXECUTED, g.complaint),
         f"{g.complaint or 'nothing found'}; {g.figures()}" if g.played else g.text)
    g.tidy()
    shortest(t, "the figure shows the shortest game that goes wrong with the first plan", "-DTASKS=1 -DCENSUS_FIRST",
             FIRST_PLAN, "leaving")
    shortest(t, "the figure shows the shortest game that goes wrong without the wait",
             "-DUSERS=1 -DREMOVERS=1 -DNO_WAIT", DRAWN, "removal")
    play(t, "removal", GAMES + (LONG if t.long else []), MUTANTS)
