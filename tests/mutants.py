# SPDX-License-Identifier: GPL-2.0-only
"""The protocol of removal with one of its protections taken out: what check_race.py must find.

All mutants are in one kernel, and module.mutant=N chooses.  A mutant is a set of replacements in the tangled text; if
a text does not occur exactly once, the book has changed and the mutant must be thought about again."""
import fcntl
import os
import shutil
import subprocess
import sys
from check import OUT, TOP

SWITCH = {
    "refs.h": [("#define _MODULE_REFS_H\n", "#define _MODULE_REFS_H\nextern int mutant;\n")],
    "drain.c": [("module_param_named(drain,", "int mutant;\nmodule_param_named(mutant,mutant,int,0444);\n"
                 "module_param_named(drain,")],
}

# number: what is taken out, the replacements, the faults of which one must be reported
MUTANTS = {
    # The windows of this one and the next are a few instructions wide; an interrupt would make them as wide as this.
    1: ("the wait for the CPUs before the count is gathered",
        {"refs.h": [("synchronize_rcu_expedited();", "if(mutant!=1)synchronize_rcu_expedited();"),
                    ("smp_wmb();", "if(mutant==1)for(int i=0;i<20;i++)cpu_relax();\nsmp_wmb();"),
                    ("int mode= READ_ONCE(r->mode);\n",
                     "int mode= READ_ONCE(r->mode);\nif(mutant==1)for(int i=0;i<20;i++)cpu_relax();\n")]},
        {"stuck", "spurious", "not_zero", "exit_while_held", "figure_too_small", "figures_small", "visited_dead"}),
    2: ("the second question: look, then close",
        {"unload.c": [("refs_gather(refs,REFS_SHARED);",
                       "if(mutant==2){for(int i=0;i<1000;i++)cpu_relax();refs_gather(refs,REFS_CLOSED);refs_seize(refs);return true;}\n"
                       "refs_gather(refs,mutant==3?REFS_CLOSED:REFS_SHARED);")]},
        {"refused_while_held", "exit_while_held", "visited_dead"}),
    3: ("the gate that stays open during an attempt: close, then look",
        {"unload.c": [("if(module_refcount(mod)!=0)\nreturn false;", "if(mutant!=3&&module_refcount(mod)!=0)\nreturn false;")]},
        {"refused_while_held"}),
    4: ("the bell that wakes a drain",
        {"drain.c": [("irq_work_queue(&last_put_bell);", "if(mutant!=4)irq_work_queue(&last_put_bell);")]},
        {"stuck"}),
    5: ("the refusal by a module that is taken",
        {"refs.h": [("atomic_long_inc_unless_negative(&r->shared)", "(mutant==5?atomic_long_inc_return(&r->shared)!=0:"
                     "atomic_long_inc_unless_negative(&r->shared))")],
         "unload.c": [("WRITE_ONCE(refs->mode,REFS_CLOSED);\nreturn true;",
                       "if(mutant!=5)WRITE_ONCE(refs->mode,REFS_CLOSED);\nreturn true;")]},
        {"exit_while_held", "visited_dead", "figure_too_small"}),
    6: ("the order of the sums: what was taken is read first",
        {"refs.h": [("if(!r->here)\nreturn REFS_TAKEN;\n", "if(!r->here)\nreturn REFS_TAKEN;\nif(mutant==6)\n"
                     "for_each_possible_cpu(cpu)\ngets+= READ_ONCE(per_cpu_ptr(r->here,cpu)->gets);\n"),
                    ("smp_rmb();\nfor_each_possible_cpu(cpu)\ngets+=",
                     "smp_rmb();\nif(mutant!=6)\nfor_each_possible_cpu(cpu)\ngets+=")]},
        {"figure_too_small", "figures_small"}),
}


def apply(where, mutants=MUTANTS):
    """Put the mutants into the loader's files in the directory WHERE."""
    for edits in [SWITCH] + [m[1] for m in mutants.values()]:
        for name, pairs in edits.items():
            path = os.path.join(where, name)
            text = open(path).read()
            for old, new in pairs:
                if text.count(old) != 1:
                    raise ValueError(f"{name}: {old!r} occurs {text.count(old)} times and not once")
                text = text.replace(old, new)
            with open(path, "w") as f:
                f.write(text)


def build(name="debug", mutants=MUTANTS):
    """Relink the kernel of a configuration with all the mutants in it; the path of its image."""
    sys.path.insert(0, os.path.join(TOP, "kernel-glue", "lab"))
    import build as lab
    with open(os.path.join(OUT, ".lab.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        config = lab.Config(name)
        config.configure()
        sync = lambda: subprocess.check_call([lab.TREE, "sync", lab.LINUX], env=dict(os.environ, OUT=OUT))
        sync()
        try:
            apply(os.path.join(lab.LINUX, "kernel", "module"), mutants)
            lab.step(name + "-mutants", "relinking the kernel with mutants", config.make("bzImage"), env=config.env)
        finally:
            sync()
        image = os.path.join(OUT, name, "mutants", "bzImage")
        os.makedirs(os.path.dirname(image), exist_ok=True)
        shutil.copyfile(os.path.join(config.build, "arch/x86/boot/bzImage"), image)
        return image
