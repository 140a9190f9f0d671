@q SPDX-License-Identifier: GPL-2.0-only @>

@* What stays behind. \label{rules-r}%
A straggler runs, or has been ordered to run. The rules of this chapter are about something quieter: a pointer. When
exit returns nobody is inside and nothing is pending; but somewhere in the kernel, in a structure that is not the
module's, there stands the address of one of its functions, or of one of its strings. It may stand there for a year. Then somebody
opens a file, drops a reference, or lists the ports of the machine, and follows it.

No wait helps against a pointer, because there is nothing to wait for. It must not be there. Who sees to that depends
on the interface: a {\it counted\/} one keeps the module as long as it keeps the pointer (C2, C4, R1); all others
forget the pointer when they are told to, and have to be told (U1, R3). And since whoever forgets to tell them does not know
it, this is the realm of the audit, which finds what can be found (\chap{audit}), and of the quarantine, which is there for the rest
(\chap{quarantine}).

Each breaking module below breaks one rule and keeps all the others; its twin differs in the one place that matters. Both run on the
stock loader, too. What came of it stands with the rule, and in the table of \chap{leave-table}.

@*1 What was hooked and never unhooked. \label{left-hooks}Rule U1 (\see{rule-u1}) says: unhook, then wait, then
destroy. Here are the four cases in which its first word was forgotten. It does not sound like a mistake
that anybody would make, and yet it is six in a hundred of those in the public lists. It is made where registration depends on one condition and
unregistration on another (a notifier of the Hyper-V bus was unregistered only under a feature
bit, CVE-2022-49098); where somebody adds and nobody deletes (a display driver, CVE-2022-50560);
and where the unregister function of the interface forgets (a table of connection tracking keeps
raw pointers to functions, and takes out only the descriptor that led to them, CVE-2026-53349).

\wrongway All four have in common that exit looks complete and that nothing happens. The module leaves, the machine runs, the
tests pass. First the event must come for which the hook was hooked; for a notifier of reboots that is the day on which the
machine is to be rebooted. \endwrong
@^rule U1@>

@ The first is a notifier. The chain that is told of modules is a good place to try it, since it can be
rung at will: any module that comes or goes will do. A chain is a list through structures which belong to the
listeners, so one that was forgotten breaks the chain for everybody behind it.

@<A listener on the chain of modules@>=
#include <linux/module.h>
@#
static unsigned long heard;
@#
static int u1_hear(struct notifier_block *unused, unsigned long state, void *who)
{
	heard++;
	return NOTIFY_DONE;
}
@#
static struct notifier_block ears = { @[@].notifier_call = u1_hear };
@#
static int __init u1_init(void)
{
	return register_module_notifier(&ears);
}
module_init(u1_init);
MODULE_LICENSE("GPL");

@ An exit function without a body is legal, and says that the module may leave.

@(modules/u1_notifier_bad.c@>=
@<A listener on the chain of modules@>@;
static void __exit u1_exit(void)
{
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Breaks U1: stays on a notifier chain");

@ The obedient twin unregisters, and that is a drained entry. The call comes back when nobody walks the chain.

@(modules/u1_notifier_good.c@>=
@<A listener on the chain of modules@>@;
static void __exit u1_exit(void)
{
	unregister_module_notifier(&ears);
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Keeps U1: leaves the notifier chain");

@ On the stock kernel the next module that leaves takes its remover with it: the chain is walked into memory that was freed. Here the
audit walks the chains that it can name, right after exit, finds the function in the text of a module
that is leaving, cuts the entry out, and says so. A chain that is private to its file cannot be walked by anybody else. Nearly all chains are of that kind, and on them
the quarantine has to answer.

@ The second case is a file in \.{/proc}. Such a file has no owner either, but it needs none: |remove_proc_entry| waits
for those who are reading, and lets nobody in after them. But it must be called.

@<A file in \.{/proc}@>=
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
@#
static int u1_show(struct seq_file *file, void *unused)
{
	seq_puts(file, "still here\n");
	return 0;
}
@#
static int __init u1_init(void)
{
	return proc_create_single("u1_proc", 0444, NULL, u1_show) ? 0 : -ENOMEM;
}
module_init(u1_init);
MODULE_LICENSE("GPL");
@^error ENOMEM@>

@ The name in the directory is a copy, and the operations are those of the kernel. All that remains of the module is one pointer,
to |u1_show|, in an entry that \.{ls} shows without complaint.

@(modules/u1_proc_bad.c@>=
@<A file in \.{/proc}@>@;
static void __exit u1_exit(void)
{
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Breaks U1: leaves a file in /proc");

@ In the twin the call comes back when nobody reads the file any more.

@(modules/u1_proc_good.c@>=
@<A file in \.{/proc}@>@;
static void __exit u1_exit(void)
{
	remove_proc_entry("u1_proc", NULL);
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Keeps U1: removes its file from /proc");

@ No audit finds this one: the entry is deep in a tree that is private to its file system, in a field whose meaning depends on two
others. It is for such cases that the quarantine exists. Whoever reads the file calls |u1_show|,
meets a trap, and gets 0, which says that all was shown; the file is empty, the log has the line, and the user sees
what became of his module. What it costs is the module's addresses and its data, as long as it lies in quarantine.

Even a module that unregisters could be hit here once: the kernel's own code looked into the operations of an entry that was just being removed, only to
see which functions there were, and found the module gone (CVE-2025-21999). Since then it copies the answer at registration.

@ The third case is a kprobe. It is peculiar in that the kernel's own {\it text\/} is changed: there is a breakpoint, or a
jump, where it sits. Probes {\it on\/} functions of a module are taken off by the kernel when that module leaves.
Probes that a module has put elsewhere are its own affair.

Whoever passes the place finds |struct kprobe| by a hash of the address, in a list that runs through freed memory. With a
breakpoint this happens in a context like that of an NMI, and a fault there is the end of the machine.

@<A probe on a function of the kernel@>=
#include <linux/kprobes.h>
#include <linux/module.h>
@#
static unsigned long met;
@#
static int u1_meet(struct kprobe *unused, struct pt_regs *regs)
{
	met++;
	return 0;
}
@#
static struct kprobe probe = {@t\1@>@/
	@[@].symbol_name = "uptime_proc_show",@/
	@[@].pre_handler = u1_meet,@t\2@>@/
};
@#
static int __init u1_init(void)
{
	return register_kprobe(&probe);
}
module_init(u1_init);
MODULE_LICENSE("GPL");

@ The probe is met by whoever reads \.{/proc/uptime}.

@(modules/u1_kprobe_bad.c@>=
@<A probe on a function of the kernel@>@;
static void __exit u1_exit(void)
{
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Breaks U1: leaves a kprobe");

@ The twin calls |unregister_kprobe|, which restores the text, and waits for everybody who may be in the handler.

@(modules/u1_kprobe_good.c@>=
@<A probe on a function of the kernel@>@;
static void __exit u1_exit(void)
{
	unregister_kprobe(&probe);
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Keeps U1: removes its kprobe");

@ The fourth case is a probe on a tracepoint. Few modules look for tracepoints by name; those that do are tracers which live
outside of the kernel's tree, and are loaded and removed all day. The tracepoint here is one that
no program passes by accident: it tells of a process that changes its own chance to be killed when memory runs short.

A tracepoint with one probe is a direct call, patched into the text of the kernel. So here, as with the kprobe, it is the
kernel's own text that leads into freed memory.

@<A probe on a tracepoint@>=
#include <linux/module.h>
#include <linux/tracepoint.h>
@#
static unsigned long traced;
@#
static void u1_trace(void *unused, struct task_struct *task)
{
	traced++;
}

@ Tracepoints of the kernel are not exported one by one; a module that wants one walks them all and compares names.

@<A probe on a tracepoint@>=
static struct tracepoint *found;
@#
static void u1_look(struct tracepoint *tp, void *name)
{
	if (!strcmp(tp->name, name))
		found = tp;
}
@#
static int __init u1_init(void)
{
	for_each_kernel_tracepoint(u1_look, "oom_score_adj_update");
	return found ? tracepoint_probe_register(found, u1_trace, NULL) : -ENOENT;
}
module_init(u1_init);
MODULE_LICENSE("GPL");
@^error ENOENT@>

@ The call that was patched into the kernel stays.

@(modules/u1_tracepoint_bad.c@>=
@<A probe on a tracepoint@>@;
static void __exit u1_exit(void)
{
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Breaks U1: leaves a probe on a tracepoint");

@ The twin needs two calls, as this entry is bare: to unregister does not wait for those who are in the probe (rule U3).
@^rule U3@>

@(modules/u1_tracepoint_good.c@>=
@<A probe on a tracepoint@>@;
static void __exit u1_exit(void)
{
	tracepoint_probe_unregister(found, u1_trace, NULL);
	tracepoint_synchronize_unregister();
}
module_exit(u1_exit);
MODULE_DESCRIPTION("Keeps U1: removes its probe, and waits");

@ Kprobes and tracepoints can be walked, so for both the audit does in the author's place what he forgot, and names his module.

\seen Where the table of interfaces knows the counterpart of a registration, the loader says already when such a module comes that nothing takes it back. After exit there are three lines that say ``left registered'', and for the file the line of a stray call; each begins with U1. The notifier:
\transcript{u1_notifier}
The file in \.{/proc}:
\transcript{u1_proc}
The kprobe:
\transcript{u1_kprobe}
The probe on a tracepoint:
\transcript{u1_tracepoint}

\checked All four: each of these registrations is an import, and so is its counterpart. For some thirty such pairs
the check is nearly without noise: of over 2,000 modules that use them it flags three. What it cannot see is a call that is there and is not made,
as in the case of the feature bit.

@*1 Released late. \label{rule-r1}An object with a count of its own is freed when the last reference on it goes, by a function that its maker
supplied. The maker may not be the last to hold it. A process may sit in one of its files in sysfs, another driver may
have it as its parent; the module drops {\it its\/} reference in exit, and believes that it has destroyed the object.
@^rule R1@>

\beginrule{R1}{The release keeps the module}
An object whose release function lives in the module keeps the module, or exit waits until release has {\it
returned}.
\endrule

\concerns Modules that define a |struct kobj_type|, a device's |release|, or any other
function that is called by the last put: of a |struct kref|, of a |percpu_ref|, of a file or a buffer that was handed on. The question to ask is not who makes the object, but who can hold it.

\wrongway Put it in exit, and believe that it is gone.
\show{|kobject_put(&object->kobj);|\quad /* {\rm and thus it is freed} */\cr}
\noindent It is freed if nobody else holds it, and that is nearly always so. Otherwise the put that frees it comes
later, from somebody who knows nothing of modules, and calls |release| through a pointer into the module. The virtualization code had such a case: a piece of pending work held a virtual machine, the last reference on the machine
could go there, and with it the last on the {\it module\/} whose function was just running (CVE-2024-26976). \endwrong

\figure{release-late}{An object that somebody else holds. The reference that exit gives back is the module's, and not the last.}

@ For an object that somebody else keeps there must be somebody else. \.{field\_c} is that somebody, and obeys every rule itself. It keeps one object, with the owner if it is told
one, and lets go when the shell tells it to.

@(modules/field_c.h@>=
#include <linux/kobject.h>
@#
int field_c_keep(struct kobject *object, struct module *owner);

@ Its one file is in debugfs: a write to \.{drop} lets go of the object.

@(modules/field_c.c@>=
#include <linux/completion.h>
#include <linux/debugfs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include "field_c.h"
@#
@<Do something in a thread of its own@>@;
@<Keep an object for somebody@>@;
@<Drop what is kept@>@;
@<Enter and leave \.{field\_c}@>@;
MODULE_DESCRIPTION("Keeps what it was given");
MODULE_LICENSE("GPL");

@ This is a counted interface as C2 wants it: the object comes with an owner, and both are held together. An owner
|NULL| means that the kernel itself is the owner, as everywhere.
@^error EBUSY@>
@^error ENOENT@>
@^lock keeping@>

@<Keep an object for somebody@>=
static DEFINE_MUTEX(keeping);
static struct kobject *kept;
static struct module *kept_owner;
@#
int field_c_keep(struct kobject *object, struct module *owner)
{
	guard(mutex)(&keeping);
	if (kept)
		return -EBUSY;
	if (!try_module_get(owner))
		return -ENOENT;
	kept = kobject_get(object);
	kept_owner = owner;
	return 0;
}
EXPORT_SYMBOL_GPL(field_c_keep);

@ The last put may be an entry into freed text, of which whoever makes it dies. So a thread makes it, and not the
process that wrote to the file: that process would die with the file in use, and \.{field\_c} could
never leave. The order is that of C4: first the object, and when its release has returned, the owner.

@<Drop what is kept@>=
static int drop(void *begun)
{
	struct kobject *object;
	struct module *owner;

	complete(begun);
	scoped_guard (mutex, &keeping) {
		object = kept;
		owner = kept_owner;
		kept = NULL;
		kept_owner = NULL;
	}
	kobject_put(object);
	module_put(owner);
	return 0;
}

@ A thread that is stopped before it has begun never begins; hence the completion. To stop it is also to wait for its end, of whatever
kind that is.

@<Drop what is kept@>=
static int order_drop(void *unused, u64 value)
{
	DECLARE_COMPLETION_ONSTACK(begun);
	struct task_struct *task = start(drop, &begun, "dropper");

	if (IS_ERR(task))
		return PTR_ERR(task);
	wait_for_completion(&begun);
	kthread_stop_put(task);
	return 0;
}

@ A thread may end before we stop it, so we hold its |struct task_struct|.

@<Do something in a thread of its own@>=
static struct task_struct *start(int @[@](*what)(void *), void *with, const char *name)
{
	struct task_struct *task = kthread_create(what, with, "%s", name);

	if (!IS_ERR(task))
		wake_up_process(get_task_struct(task));
	return task;
}

@ It obeys the rules itself: the file goes first, and then what is still kept is dropped. Nobody can hand in anything any more,
as whoever uses the exported function keeps the module.

@<Enter and leave \.{field\_c}@>=
DEFINE_DEBUGFS_ATTRIBUTE(drop_fops, NULL, order_drop, "%llu\n");
static struct dentry *files;
@#
static int __init field_c_init(void)
{
	files = debugfs_create_dir("field_c", NULL);
	debugfs_create_file_unsafe("drop", 0200, files, NULL, &drop_fops);
	return 0;
}
module_init(field_c_init);
@#
static void __exit field_c_exit(void)
{
	debugfs_remove(files);
	kobject_put(kept);
	module_put(kept_owner);
}
module_exit(field_c_exit);

@ \.{r1\_kobject} makes an object and hands it to be kept. The twins differ in the owner that they name.

@<An object that is released here@>=
#include <linux/module.h>
#include <linux/slab.h>
#include "field_c.h"
@#
static struct kobject *object;
@#
static void r1_release(struct kobject *kobj)
{
	kfree(kobj);
}
@#
static const struct kobj_type r1_type = { @[@].release = r1_release };

@ |init| puts the only reference if the object is not taken. Exit puts the module's reference, which is not the last as long as somebody keeps the object.

@<Make the object and hand it out@>=
static int __init r1_init(void)
{
	int err;

	object = kzalloc(sizeof(*object), GFP_KERNEL);
	if (!object)
		return -ENOMEM;
	kobject_init(object, &r1_type);
	err = field_c_keep(object, owner);
	if (err)
		kobject_put(object);
	return err;
}
module_init(r1_init);
@#
static void __exit r1_exit(void)
{
	kobject_put(object);
}
module_exit(r1_exit);
MODULE_LICENSE("GPL");
@^error ENOMEM@>

@ In the breaking module the object is nobody's: whoever keeps it keeps nothing else.

@(modules/r1_kobject_bad.c@>=
@<An object that is released here@>@;
static struct module *const owner = NULL;
@<Make the object and hand it out@>@;
MODULE_DESCRIPTION("Breaks R1: an object outlives its release function");

@ In the obedient twin it is the module's own, and the module cannot be removed while the object is kept.

@(modules/r1_kobject_good.c@>=
@<An object that is released here@>@;
static struct module *const owner = THIS_MODULE;
@<Make the object and hand it out@>@;
MODULE_DESCRIPTION("Keeps R1: its object keeps it");

@
\rightway There are two forms of it. The first is that of the twin: whoever is given the object is given the owner,
and holds both. Then the module cannot be asked to leave, and exit finds nothing outstanding. It is the better one, since the remover learns
at once that he is too early.

The second is for objects that are handed to an interface without an owner. Exit drops its reference and waits until
the object is gone. The release function tells it:
\show{|static void release(struct kobject *kobj)|\cr |{|\cr \quad|complete(&gone);|\cr |}|\cr}
\noindent And here is the second half of the rule: until release has {\it returned}. When exit wakes up, the thread that
called |complete| is still inside, before the closing brace. On the stock kernel there is no way to wait for that from within the module, and
therefore it must not be within the module: that is R4, below. On ours it is enough to complete, since the loader waits
for those few instructions before it frees anything (\chap{quiesce}).

\figure{release-returns}{Release has said that it is done, and has not returned. The wait for all tasks stands between ``exit returns'' and the
freeing, and does not end before the return.}

The loader itself has such an object: the |kobject| that is a module's directory in \.{/sys/module} lies in the
module's memory, and anybody may hold it. Its release function is part of the kernel and completes; the removal
waits for that before it goes on.

@
\enforced The count, if the owner was told; if not, the quarantine, as the release function is called long
after exit. The object itself is then lost, for what would have freed it is a trap.

\seen When the shell writes to \.{drop} after
the removal, \.{field\_c} drops the last reference, and the log tells of a stray call of |r1_release|, with R1. The obedient twin cannot be removed before that.
\transcript{r1_kobject}

\checked Nothing that would be worth a line. It sees that a module brings a type with a release function along, and that |kobject_init| has its |kobject_put|; both are as true of the obedient twin. Who may hold the object it cannot see; nor can the loader, to which
an object is any piece of memory. The verdict says R1, for the author to think of it.

@*1 First the objects, then the cache. \label{rule-r2}Objects of one size are often kept in a cache of their own, and a
module that makes one destroys it in exit. By then all of its objects must have been freed: not ``will be
freed'', and not ``given to RCU''.
@^rule R2@>

\beginrule{R2}{A cache dies after its last object}
A cache is destroyed after its last object is freed, RCU-delayed frees included.
\endrule

\concerns Users of |kmem_cache_create|, if some of their objects are freed by somebody else, or later; file systems first of all, with their caches of inodes.

\wrongway Destroy the cache when nobody uses it any more.
\show{|unregister_filesystem(&fs);|\cr |kmem_cache_destroy(inodes);|\cr}
\noindent The last inode has been put, or there would be an open file, or a mount. But its memory is freed by an RCU
callback, so that those who look a path up without locks never stand on freed memory. The callback may be pending for
many milliseconds, and, where callbacks are lazy, for ten seconds. Then the cache still has an object. The
kernel says so with a warning, and keeps the remains of the cache for good. (Often the callback is also one of the module's own functions, and then D3 is broken as well.) The stock loader itself once made the mistake in another form: its check for memory that a module has
not given back asked while such frees were pending, and accused modules that had obeyed (CVE-2024-50212). \endwrong

\figure{cache-early}{A cache is destroyed while RCU still has one of its objects to free. The object is then freed into a cache that is listed nowhere, and never goes.}

@ The module below has one object from a cache of its own, which it gives away in exit. The free is left to the field, as file systems leave that of their inodes to the core. So no
function of the module's is ever called late, and R2 is the only rule that can be broken here.

The flag |SLAB_NO_MERGE| forbids the kernel to serve this cache and another one, for objects of the same size, from one and the same place. Where it does that, as it usually does, to destroy one of the two is only to count them, and nothing is seen of the
mistake. It shows on the day when somebody adds a field.
@^error ENOMEM@>

@<A cache and an object from it@>=
#include <linux/module.h>
#include <linux/slab.h>
#include "field_b.h"
@#
static struct kmem_cache *entries;
static struct field_b_object *entry;
@#
static int __init r2_init(void)
{
	entries = kmem_cache_create("r2_cache", sizeof(*entry), 0, SLAB_NO_MERGE, NULL);
	if (!entries)
		return -ENOMEM;
	entry = kmem_cache_zalloc(entries, GFP_KERNEL);
	if (!entry) {
		kmem_cache_destroy(entries);
		return -ENOMEM;
	}
	entry->cache = entries;
	return 0;
}
module_init(r2_init);
MODULE_LICENSE("GPL");

@ The breaking module has nothing left, and no cache to keep it in.

@(modules/r2_cache_bad.c@>=
@<A cache and an object from it@>@;
static void __exit r2_exit(void)
{
	field_b_free_later(entry);
	kmem_cache_destroy(entries);
}
module_exit(r2_exit);
MODULE_DESCRIPTION("Breaks R2: destroys a cache that still has an object");

@
\rightway |rcu_barrier| between the last order and the end of the cache. For objects that are freed by |kfree_rcu| the kernel waits by itself
since version~6.12; it can, as it does those frees itself. (|SLAB_TYPESAFE_BY_RCU| is something else. It delays the freeing of pages, not of objects, and the allocator has always seen to that.)

@(modules/r2_cache_good.c@>=
@<A cache and an object from it@>@;
static void __exit r2_exit(void)
{
	field_b_free_later(entry);
	rcu_barrier();
	kmem_cache_destroy(entries);
}
module_exit(r2_exit);
MODULE_DESCRIPTION("Keeps R2: waits for the object, destroys the cache");

@ That the kernel waits for frees of its own has an odd consequence. If any such free is pending, of whatever object in the whole machine, it waits for {\it all\/} callbacks of RCU, as that is the shortest way to write it; and in passing mends the mistake of the
module above. On a busy machine the mistake is therefore invisible most of the time, and on a quiet one it is not. The field makes the machine quiet: it waits for all those frees before it orders its own.

@
\enforced Nothing. The cache is destroyed {\it in\/} exit, and all that the loader waits for comes later. It is an example of
what waiting behind an author's back cannot mend. What it can mend is the callback, if that is the module's: it finds its text intact.

\seen The warning of
the memory allocator, on both kernels alike. It names the cache, and whoever called for its end; but here that call is the last thing that exit does, so the compiler has made it a jump, and the function which
called exit is named in its place. Nobody dies of all this. What is lost is the cache; and, since such a warning taints the kernel, all further help of the lock checker.
\transcript{r2_cache}

\checked Nothing, of this pair. Of a file system it says more: who allocates inodes from a cache of his own imports |kmem_cache_alloc_lru|, and must have a barrier, or one of the calls that imply it. And where the module orders the callbacks itself, by |call_rcu|, and their function mentions the cache, a |kmem_cache_destroy| with no barrier
before it is an error. Elsewhere the free that comes late is not even an import, as somebody else orders it on the module's behalf.

@*1 Strings are left behind as well. \label{rule-r3}Pointers into a module's text are dangerous because somebody may jump
there. Pointers into its data are dangerous because somebody may look; and there are more of them. Every name in a registration
is one, if the registry does not copy it.
@^rule R3@>

\beginrule{R3}{No name stays}
No name, string, key or table of the module stays reachable from outside after exit.
\endrule

\concerns Everybody, as nobody thinks of a string as something that is freed. In doubt look at how the registry keeps the name: a field of type |const char *| that is assigned, and not filled by |kstrdup|, is a pointer into the caller.

\wrongway Ask for four ports, and forget them; or release them in one of two ways out of the module, and not in the other.
\show{|request_region(port, 4, "r3_string");|\cr}
\noindent It would be a harmless leak of four
ports, if the name were not kept as a pointer. The list of ports is readable for everybody, and from now on
whoever reads it reads a string that is somewhere in freed memory. \endwrong

\figure{name-stays}{A name that was left in a list. Between the mistake and the reader there may be weeks, and nothing connects the two.}

\noindent In the public lists such strings and tables of properties are as frequent as stray calls. They are in trace buffers, where an event recorded last week
holds a pointer to a string of a module that was removed yesterday; in properties of firmware nodes; in the names of locks. Some registries copy what they are given,
and some do not; a few look whether the string lies in the constant data of the {\it kernel}, and copy it only otherwise, for
this very reason.

@ \.{r3\_string} uses ports which no machine of our kind has.

@<Four ports and their name@>=
#include <linux/ioport.h>
#include <linux/module.h>
@#
enum { FIRST = 0x5a0, PORTS = 4 };
@#
static int __init r3_init(void)
{
	return request_region(FIRST, PORTS, "r3_string") ? 0 : -EBUSY;
}
module_init(r3_init);
MODULE_LICENSE("GPL");
@^error EBUSY@>

@ The breaking module keeps the ports; that alone would only be untidy.

@(modules/r3_string_bad.c@>=
@<Four ports and their name@>@;
static void __exit r3_exit(void)
{
}
module_exit(r3_exit);
MODULE_DESCRIPTION("Breaks R3: leaves its name in the list of ports");

@ The obedient one gives back the ports, and the entry with the name is gone when the call returns.

@(modules/r3_string_good.c@>=
@<Four ports and their name@>@;
static void __exit r3_exit(void)
{
	release_region(FIRST, PORTS);
}
module_exit(r3_exit);
MODULE_DESCRIPTION("Keeps R3: gives its ports and their name back");

@
\rightway For an author it is to take back what he has given, and to hand out copies where that is not possible; for the
author of a registry it is to copy names, which are short.

\enforced The quarantine keeps the data of a module readable, so that the list of ports goes on to show the
name of the module that forgot it, which is not the worst of reports. Nothing else is said: a read leaves no trace, and
a trap for readers would stop those who only unlink themselves from a list.

\seen After the removal somebody reads \.{/proc/ioports}. On the stock kernel the reader dies with the lock of the list held, or reads what has come to lie in that place
since. On ours he reads the name.
\transcript{r3_string}

\checked The pair of imports, in this case: |__request_region| wants |__release_region|, and the loader says so when the module comes. That is one registry out of very many. Neither of them sees who keeps a pointer to what string, unless it were to search all memory for addresses.

@*1 The last put is somebody else's. \label{rule-r4}A count does not count its own last instructions. Whoever drops the last
reference on a module is still running when it is dropped, and has to run on for a little: to return at least. If that code is the
module's, it runs on in memory that may be taken away.
@^rule R4@>

\beginrule{R4}{Nobody drops the branch he sits on}
The function that drops the last reference on a module does not lie in it.
\endrule

\concerns Authors of an interface that gives references back, if it is itself a module; those of functions that call |module_put(THIS_MODULE)|; and those of
release functions that end a wait in exit, since |complete| is such a drop under another name.

\wrongway Take a reference on |THIS_MODULE| when the object is made, and put it as the last thing in the object's release function.
That keeps the module as long as the object is there, but not until its
release has returned, and R1 wants both. \endwrong

\figure{put-inside}{A release function that puts the module it lies in. The count is right at every moment, and is about something else.}

\noindent The device mapper shows how serious that is. Its objects are released by a function of one line, which completes
what exit waits for. The function had to be moved out of the module and into the kernel, in a file of its own
(\.{drivers/md/dm-builtin.c}), with a comment in ten steps that proves why: the releasing thread is preempted after
|complete| and before the return; exit goes on; a user removes the module; the thread wakes up in
nothing. The comment adds that a thread of low priority on a busy machine makes it happen. Rule S3 (\see{rule-s3}) is the same
for a thread.

@ \.{r4\_put} makes an object that keeps the module for as long as somebody else, again \.{field\_c}, holds the object. There is nothing for exit to do: the module cannot be asked to leave before
its object is gone. The twins differ in who puts the reference.

@<Make an object that keeps its module@>=
static int __init r4_init(void)
{
	struct kobject *object = kzalloc(sizeof(*object), GFP_KERNEL);
	int err;

	if (!object)
		return -ENOMEM;
	kobject_init(object, &r4_type);
	err = hand_out(object);
	kobject_put(object);
	return err;
}
module_init(r4_init);
@#
static void __exit r4_exit(void)
{
}
module_exit(r4_exit);
MODULE_LICENSE("GPL");
@^error ENOMEM@>

@ The release function is the same in both, but for the line in the middle. It stops at the gate of the field (\see{field-b}), which is the preemption of the figure, and then it counts.
Without that count its last call would be a jump, and the window would have been closed by the compiler.

@<How an object that keeps its module is released@>=
#include <linux/slab.h>
#include "field_b.h"
#include "field_c.h"
@#
static int released;
module_param(released, int, 0444);
@#
static void r4_release(struct kobject *object)
{
	kfree(object);
	put_module();
	field_b_pause();
	released++;
}
static const struct kobj_type r4_type = { @[@].release = r4_release };

@ In the breaking module nobody is told of an owner. |init| takes a reference in the object's name, and the object gives it back when it goes. (While |init| runs, the loader holds the module, so it is not refused.) If \.{field\_c} does not want the object it goes at once, and the reference with it.
@^error ENOENT@>

@(modules/r4_put_bad.c@>=
#include <linux/module.h>
@#
static void put_module(void)
{
	module_put(THIS_MODULE);
}
@<How an object that keeps its module is released@>@;
@#
static int hand_out(struct kobject *object)
{
	if (!try_module_get(THIS_MODULE))
		return -ENOENT;
	return field_c_keep(object, NULL);
}
@<Make an object that keeps its module@>@;
MODULE_DESCRIPTION("Breaks R4: puts the module from within");

@
\rightway The put stands in the kernel, or in the module that provides the interface and is held by its users; for a
thread it is |module_put_and_kthread_exit|. In the twin the owner is told, and \.{field\_c} puts the reference when the release function has returned, as C4 demands.

@(modules/r4_put_good.c@>=
#include <linux/module.h>
@#
static void put_module(void)
{
}
@<How an object that keeps its module is released@>@;
@#
static int hand_out(struct kobject *object)
{
	return field_c_keep(object, THIS_MODULE);
}
@<Make an object that keeps its module@>@;
MODULE_DESCRIPTION("Keeps R4: who holds the object puts the module");

@
\enforced The two windows of a self-guarding module are
closed by the wait for all tasks (\chap{quiesce}), and whoever is in one of them for long is found by the census. So under this loader
the mistake is harmless. It remains a mistake, for modules are loaded by other loaders.

\seen While somebody stands at the gate the breaking module can be removed, since its count is zero; the obedient one is refused as being in use. On our kernel nothing is said for two seconds, as somebody in a module that guards itself may be on his way out, and then
U4, because he is awake, and is no thread of the module's.
\transcript{r4_put}

\checked A call of |module_put| whose argument is relocated against |__this_module|, and what comes after it. Here that is a write to the module's data, which is an error by S2; and since the function took no reference itself, there is advice that names R4. It cannot be more than
advice: whoever still holds another reference does nothing wrong. And if the call is the last thing that a function does, the compiler
makes it a jump, and then there is no return into the module at all. But an author should not rely on what the compiler makes.

@*1 Exercises.
\exercise{15} (Rule R1.) In the second form of \see{rule-r1}, exit drops its reference and waits until the object is gone. Somebody holds the object and does not let go. What do the remover, the user who
interrupts him, and the next remover see? And what would they have seen with the first form?

\exercise{20} (Rule R2.) A module frees the objects of its cache by |kfree_rcu|, and has neither a callback of its own nor a barrier. Does it keep R2 on 6.12, and did it on 6.11? And what has D3 to say of it?

\exercise{15} (Rule R3.) A tracer records pointers to strings, instead of the strings, and prints them when its buffer is read. Which rule is broken by the module that was traced, which by the tracer, and why is neither of them helped by a wait? What may the
tracer do when a module goes?

\exercise{15} (Rule R4.) Take the gate and the count out of |r4_release|, so that |put_module| is its last call. What does the compiler make of it, and is the rule kept by \.{r4\_put\_bad} now? And if then |put_module| and |kfree| are exchanged?
