@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for entries that nobody counts. \label{rules-u}%
There are interfaces that call through a pointer and hold nothing while they do so. They are old, or they are fast, or their author has not
thought of modules. A way in through such an interface is a {\it drained\/} entry if the call that
unregisters waits until everybody has left, and a {\it bare\/} one if it does not. This chapter has the rules for both, U1 to~U6,
and those for the module that sets out to guard itself, S1 to~S3.
@^drained entry@>@^bare entry@>

After a hook was taken off, nobody new reads it. All that is left to ask is who is there {\it still}, and the answer depends on where he stands and
how he came to a halt. A grace period of RCU waits for all that is done with preemption off or in a read section. One of RCU-tasks waits until every task that was
ready to run has gone to sleep of its own accord, or was seen in user mode; to have been preempted does not count. The census of
\chap{census} looks for return addresses on stacks. Each of the three has a reason to be there:

\medskip
\begintable{p{2.95in} c c c}
where the straggler is & RCU & RCU-tasks & census \cr \hd
inside, preemption off or in a read section & waits & waits & sees \cr
inside, running or preempted & & waits & sees \cr
outside, with the pointer in his hand, running or preempted & & waits & \cr
inside, asleep & & & sees \cr
outside, with the pointer in his hand, asleep & & & \cr
\endtable

\noindent (RCU-tasks leaves out the idle tasks, and with them the interrupts that come while a processor is idle; so it does not replace the first
wait.) The last line of the table is empty. An interface that fetches the pointer of a module, goes to sleep, and
then calls, can be helped by nobody but a reference; that is rule C1 of \chap{rules-c}, and the reason why it is the first of all.
@^RCU-tasks@>@^census@>

Nearly all scenarios below put somebody in one of the places where he can be helped, keep him there until the module has been removed, and let him go. The table in
\chap{leave-table} shows what became of him, on both kernels. (Those of U2 and~U3 show where nobody can help.)

@*1 A field with hooks. \label{field}The interface that breaks the rules is a module of its own, \.{field}. It has a table of twenty hooks, and whoever
registers one has no place to write an owner into.

@(modules/field.h@>=
#ifndef FIELD_H
#define FIELD_H
@#
enum { FIELD_HOOKS = 20 };
@#
struct field_ops {
	int @[@](*enter)(void *data);
	void *data;
};
@#
@<The windows that can be held open@>@;
@#
int field_hook(unsigned int n, const struct field_ops *ops);
void field_unhook(unsigned int n);
void field_pause(enum field_place place);
void field_meet(enum field_place place);
@#
#endif

@ \.{field} stands apart from its victims for one more reason: when they are gone, those whom it has sent into them still stand in
its text, and that must not be pulled from under them as well. What it owes to itself it does properly, at the end.

@(modules/field.c@>=
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/uaccess.h>
#include <linux/wait.h>
#include "field.h"
@#
@<The table of hooks@>@;
@<Hold somebody in a window@>@;
@<Call a hook, as nobody should@>@;
@<Take orders for calls@>@;
@<Take orders for windows, and report@>@;
@<Enter and leave \.{field}@>@;
MODULE_DESCRIPTION("Calls hooks without holding their owners");
MODULE_LICENSE("GPL");

@ To hook is to write a pointer, to unhook is to write none. That is all that many an interface does; there is no lock
because there is nothing to lock, and |field_unhook| returns at once, whoever is inside. A slot that is taken is not overwritten: a second module
there would be a mistake of the script.
@^error EBUSY@>@^error EINVAL@>

@<The table of hooks@>=
static const struct field_ops *hooks[FIELD_HOOKS];
@#
int field_hook(unsigned int n, const struct field_ops *ops)
{
	if (n >= FIELD_HOOKS)
		return -EINVAL;
	return cmpxchg(&hooks[n], NULL, ops) ? -EBUSY : 0;
}
EXPORT_SYMBOL_GPL(field_hook);
@#
void field_unhook(unsigned int n)
{
	if (n < FIELD_HOOKS)
		WRITE_ONCE(hooks[n], NULL);
}
EXPORT_SYMBOL_GPL(field_unhook);

@ And this is the call. The caller is an ordinary task, preemption is on, and there is no reference and no read section. He takes the pointer out
of the hook, and the function out of what it points to; from now on he carries both in registers, where no look at
his stack will find them. Then comes the first window: he is a few instructions from the module, the module's text is on
no stack, and nothing in the world knows where he is going.
@^error ENOENT@>

@<Call a hook, as nobody should@>=
static int call_hook(unsigned int n)
{
	const struct field_ops *ops = READ_ONCE(hooks[n]);
	int @[@](*enter)(void *data);
	void *data;

	if (!ops)
		return -ENOENT;
	enter = READ_ONCE(ops->enter);
	data = READ_ONCE(ops->data);
	field_pause(FIELD_CALLER);
	return enter(data);
}

@ There are better callers. This one reads the pointer and makes the call in one read section of RCU, as those do who carry packets from hook to hook. He is
the caller for whom rule U3 is made.

@<Call a hook, as nobody should@>=
static int call_as_reader(unsigned int n)
{
	guard(rcu)();
	return call_hook(n);
}

@ And some go through the whole table in one sweep. A hook that is not there is passed over.
@^error ENOENT@>

@<Call a hook, as nobody should@>=
static int call_all(void)
{
	for (unsigned int n = 0; n < FIELD_HOOKS; n++) {
		int err = call_hook(n);

		if (err && err != -ENOENT)
			return err;
	}
	return 0;
}

@*2 The windows. In life a window is a few instructions wide, and somebody is preempted in it once in a month. Here it is wide
open for as long as a script wants. There are four. The first was just seen. The next two are at the beginning and at the end of a module's function, which says
by a call where it is; in the fourth it lies down.

@<The windows that can be held open@>=
enum field_place {
	FIELD_CALLER, /* in the caller, who has read the pointer */
	FIELD_EARLY, /* in the module, at its first instruction */
	FIELD_LATE, /* in the module, with nothing left but the return */
	FIELD_ASLEEP, /* in the module, asleep */
	FIELD_PLACES
};

@ A window has |room| for as many as the script wants to catch there; all others pass. Those who were caught stay
while it is |shut|, and are counted in |held|, which the script reads: it must never guess where somebody is.

@<Hold somebody in a window@>=
static struct window {
	const char *name;
	bool shut;
	atomic_t room, held;
} windows[FIELD_PLACES] = {@t\1@>@/
	{ "caller" }, { "early" }, { "late" }, { "asleep" },@t\2@>@/
};
static DECLARE_WAIT_QUEUE_HEAD(beds);

@ Whoever stays does so in one of two ways. In three of the windows he stands for a task that {\it could\/} run, and was preempted, for so long that the
world has changed when he goes on. We let him run in a circle instead, with preemption on. For everybody who waits for him it makes no difference: he is ready
to run, he never goes to sleep, and grace periods of RCU pass over him as he goes around. In the fourth window he sleeps.

This function is not inlined, so that whoever stands in a window called from a module has a return address of the module on his stack.

@<Hold somebody in a window@>=
void field_pause(enum field_place place)
{
	struct window *w = &windows[place];

	if (atomic_dec_if_positive(&w->room) < 0)
		return;
	atomic_inc(&w->held);
	if (place == FIELD_ASLEEP)
		wait_event_idle(beds, !READ_ONCE(w->shut));
	else
		while (READ_ONCE(w->shut))
			cpu_relax();
	atomic_dec(&w->held);
}
EXPORT_SYMBOL_GPL(field_pause);

@ A window is shut in this order: the room is taken away first and made last, so that nobody is caught in a window that is open.

@<Hold somebody in a window@>=
static void shut_window(struct window *w, unsigned int room)
{
	atomic_set(&w->room, 0);
	smp_store_release(&w->shut, room > 0);
	smp_wmb();
	atomic_set(&w->room, room);
	wake_up_all(&beds);
}

@ One caller cannot be caught before exit begins: he who stands in a read section of RCU. While he does no grace period ends, and our loader needs one to take the
last reference (\chap{count}), so it would wait for him before exit instead of after. For his sake exit itself shuts the window, and waits until the next caller stands in it. The script
sees to it that one comes.

@<Hold somebody in a window@>=
void field_meet(enum field_place place)
{
	shut_window(&windows[place], 1);
	while (!atomic_read(&windows[place].held))
		msleep(1);
}
EXPORT_SYMBOL_GPL(field_meet);

@*2 Orders. The script writes to two files in the directory \.{field} of debugfs. To write the number of a hook to
\.{call} is to call it, to write \.{rcu} and the number is to call it from a read section, and to write \.{all} is to call all of them. The write comes back
when the call does, so a script puts it into the background. An error that the hook returns is the error of the write.
@^error EFAULT@>@^error EINVAL@>

@<Take orders for calls@>=
static int read_order(char *order, size_t room, const char __user *from, size_t size)
{
	if (size >= room)
		return -EINVAL;
	if (copy_from_user(order, from, size))
		return -EFAULT;
	order[size] = '\0';
	return 0;
}

@ An order is at most one word and one number.
@^error EINVAL@>

@<Take orders for calls@>=
static int call_as_told(const char *order)
{
	unsigned int n;

	if (sysfs_streq(order, "all"))
		return call_all();
	if (sscanf(order, "rcu %u", &n) == 1)
		return n < FIELD_HOOKS ? call_as_reader(n) : -EINVAL;
	return kstrtouint(order, 0, &n) || n >= FIELD_HOOKS ? -EINVAL : call_hook(n);
}
@#
static ssize_t call_write(struct file *file, @| const char __user *from, size_t size, loff_t *at)
{
	char order[16];
	int err = read_order(order, sizeof(order), from, size);

	if (!err)
		err = call_as_told(order);
	return err < 0 ? err : size;
}
static const struct file_operations call_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].write = call_write,@t\2@>@/
};

@ \.{windows} takes the name of a window and a number. \.{early\ 1} shuts it for one; \.{early\ 0} opens it.
@^error EINVAL@>

@<Take orders for windows, and report@>=
static ssize_t windows_write(struct file *file, @| const char __user *from, size_t size, loff_t *at)
{
	char order[24], name[16];
	unsigned int room;
	int err = read_order(order, sizeof(order), from, size);

	if (err || sscanf(order, "%15s %u", name, &room) != 2)
		return err ? err : -EINVAL;
	for (struct window *w = windows; w < windows + FIELD_PLACES; w++)
		if (!strcmp(w->name, name)) {
			shut_window(w, room);
			return size;
		}
	return -EINVAL;
}

@ When it is read, \.{windows} tells how many are in each of them, and how many hooks are taken. The script waits for these numbers, and
hardly for anything else.

@<Take orders for windows, and report@>=
static int windows_show(struct seq_file *m, void *unused)
{
	unsigned int hooked = 0;

	for (struct window *w = windows; w < windows + FIELD_PLACES; w++)
		seq_printf(m, "%s %d\n", w->name, atomic_read(&w->held));
	for (unsigned int n = 0; n < FIELD_HOOKS; n++)
		hooked += READ_ONCE(hooks[n]) != NULL;
	seq_printf(m, "hooked %u\n", hooked);
	return 0;
}
DEFINE_SHOW_STORE_ATTRIBUTE(windows);

@ To leave is simple. Both files name their owner, so whoever has one of them open holds the module, from the open, before
the call, until the close, after it. Those who have hooked something are linked to us and keep us too. \.{field} is an
easy module.

So the files need not be drained when they are removed, and must not be, which is what the word {\it unsafe\/} stands for: on the stock kernel some callers come to
grief in a call and never leave it. Their files are closed for them when they die, but whoever drained would wait for ever.

@<Enter and leave \.{field}@>=
static struct dentry *dir;
@#
static int __init field_init(void)
{
	dir = debugfs_create_dir("field", NULL);
	debugfs_create_file_unsafe("call", 0200, dir, NULL, &call_fops);
	debugfs_create_file_unsafe("windows", 0600, dir, NULL, &windows_fops);
	return 0;
}
@#
static void __exit field_exit(void)
{
	debugfs_remove(dir);
}
@#
module_init(field_init);
module_exit(field_exit);

@*1 Unhook, wait, destroy. \label{rule-u1}The first rule is about order, and nearly all others of this chapter say how its second
word is to be understood.
@^rule U1@>

\beginrule{U1}{Unhook, wait, destroy}
Unhook, then wait until nobody is inside, then destroy; never in another order.
\endrule

\concerns Every module that is called through a pointer by somebody who does not count: notifiers, packet hooks, probes, function tables
of a protocol, variables of the kernel that hold a function. One recognises it by a registration that has no |owner|, neither as an argument nor as a member of what is
registered. Above all are those at risk who register in one place and under one condition, and unregister in another place under another: the
notifier of the \hbox{Hyper-V} bus was always registered, and unregistered only under a feature bit (CVE-2022-49098). A parameter that was changed meanwhile does the same. The four cases of a hook that was never unhooked stand in
\see{left-hooks}, \pageof{left-hooks}. (Not every |owner| is held: that of a driver only makes a link in sysfs.) In the table of \chap{interfaces} the interfaces of this kind are called drained or bare.

\wrongway There are two. One is to destroy first. It is soon found out, since every call in between falls over what is missing; but it has a
polite form, in which exit sets a flag, or a pointer to |NULL|, and lets the hook look whether it is still welcome. It reads well, and every test confirms it: whoever comes after the flag turns back. Only he who
came before it has looked already. \endwrong

\figure{u1-flag}{The polite form of destroying first. The flag answers those who come later. Of the one who has read it and was preempted, exit knows nothing.}

\noindent The other way is to unhook, and to forget one hook out of many. It may even be the interface that forgets: a helper of the connection tracker kept raw pointers
into a module in a table, and unregistering took off the descriptor only (CVE-2026-53349). Exit looked complete, and was; the pointers stayed.

\rightway Three parts, visibly apart, in this order:

\show{|field_unhook(0);|\cr |unload_quiesce();|\cr |kfree(table);|\cr}

\noindent The first is complete when no look-up leads to the module any more. The second is one call; what it has to wait for is said by
U2 to~U5. If only the text and the static data of the module are concerned, the loader of this book waits in its stead (a stock one waits for a grace period, and for nothing else). What the third destroys is the author's affair, and nobody's wait but his own can
protect it: {\it a thing that exit frees before it has waited is out of every loader's reach}.

The order is not a matter of taste. While the module can still be reached, a wait proves nothing, because a new caller may come in behind it. And while somebody is inside, there is no time at which a thing that
he may hold can be taken away, however many flags he has been shown. The two facts leave one order of the six.

@
\enforced The audit (\chap{audit}) looks into the tables that can be looked into, and takes off what was left there; on what stands in no such table, the quarantine (\chap{quarantine})
answers the stray call. Against a wrong order neither can do anything.

\seen The letter and number of the rule, the kind of hook, and its function. The breaking modules stand together, with their obedient twins, in \see{left-hooks}: a notifier, a file, and two
kinds of probe, each of which was left. This is what became of the file.
\transcript{u1_proc}

\checked The registration without its counterpart, and it reports that with the rule of the interface, since from the import it knows whether unregistering would have waited: U2 for one that drains, U3 or~U4 for one that
does not. If the counterpart is imported, but called only where init fails, that is seen as well. The order is seen as well, as exit's calls come one after the other: a call that frees an object which the hook's functions mention, before the call that unhooks them, is U1. A flag says nothing
to a checker, nor does a table of which it does not know that anybody reads it.

@*1 Draining under a lock. \label{rule-u2}For drained entries the second word of U1 is already in the first. To unregister is to wait. That is convenient, and it makes an innocent call into one that can
stand still.
@^rule U2@>@^drained entry@>

\beginrule{U2}{What drains must be able to run dry}
An unregister call that drains has returned before anything its callback uses goes, and is called without a lock that the callback takes.
\endrule

\concerns Users of |free_irq|, |unregister_kprobe|, |sysfs_remove_file|, |debugfs_remove|, |remove_proc_entry|, |cancel_work_sync| and their kind. One recognises such a call by its
description, which says that it waits, or that it may sleep; in the table of \chap{interfaces} by the word {\it drained}.

\wrongway Take the lock that protects the table, so that nothing happens while it is torn down, and unregister under it. That is what a lock is for, or so it seems; and most of
the time there is no reader, and all is well. The second call of this exit waits for those who are reading the file, and they want the lock. \endwrong

\figure{u2-lock}{A remover who drains with a lock in his hand. Each of the two holds what the other waits for. The module is |GOING| for good.}

\noindent Removals that hang are three in a hundred of the public cases. A test seldom meets one, for it takes a caller in a window of a few microseconds.

@(modules/u2_sysfs_bad.c@>=
@<A table that can be read in \.{/sys/kernel}@>@;
@#
static void __exit leave(void)
{
	mutex_lock(&table_lock);
	sysfs_remove_file(kernel_kobj, &file.attr);
	kfree(table);
	mutex_unlock(&table_lock);
}
module_exit(leave);
MODULE_DESCRIPTION("U2: drains with a lock in its hand");

@
\rightway Drain first, with no lock at all. Then nobody is left against whom a lock would protect, and
the table can be freed without one.

@(modules/u2_sysfs_good.c@>=
@<A table that can be read in \.{/sys/kernel}@>@;
@#
static void __exit leave(void)
{
	sysfs_remove_file(kernel_kobj, &file.attr);
	kfree(table);
}
module_exit(leave);
MODULE_DESCRIPTION("U2: drains first, and needs no lock then");

@ If exit does have to unregister something under a lock, because the set of registrations is itself what the lock protects, it takes the thing off its own list under the lock, lets go, and
unregisters then.

The reader takes the lock in a way that a signal can break off. This does not mend anything; it is there for the script, which otherwise could not
shut the machine down. He stops in the window before the lock, so that exit can come first.
@^error EINTR@>

@<A table that can be read in \.{/sys/kernel}@>=
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/slab.h>
#include <linux/sysfs.h>
#include "field.h"
@#
static DEFINE_MUTEX(table_lock);
static int *table;
@#
static ssize_t u2_table_show(struct kobject *kobj, @| struct kobj_attribute *attr, char *to)
{
	ssize_t size;

	field_pause(FIELD_EARLY);
	if (mutex_lock_killable(&table_lock))
		return -EINTR;
	size = sysfs_emit(to, "%d\n", *table);
	mutex_unlock(&table_lock);
	return size;
}
static struct kobj_attribute file = __ATTR_RO(u2_table);

@ Init publishes last (rule I1).
@^error ENOMEM@>@^rule I1@>

@<A table that can be read in \.{/sys/kernel}@>=
static int __init begin(void)
{
	int err = -ENOMEM;

	table = kzalloc(sizeof(*table), GFP_KERNEL);
	if (table)
		err = sysfs_create_file(kernel_kobj, &file.attr);
	if (err)
		kfree(table);
	return err;
}
module_init(begin);
MODULE_LICENSE("GPL");

@
\enforced Nothing can. The loader's turn comes when exit has returned, and this exit does not. Nor can anybody else break the circle: to let the reader in would be to let him read a table that is
half torn down, and to send the remover on would be to free it under the reader's hand.

\seen A remover who hangs, on both kernels alike, and after some minutes (a second, in this trial) the report of a hung task, with
his stack: the function that drains, called by exit. Here the script kills the reader, and with that the removal is over; a reader who had taken the lock in the usual way could not be
killed.
\transcript{u2_sysfs}

\noindent On a kernel with lock debugging the mistake is seen on the first day, without anybody hanging, if the draining call tells lockdep what it waits for. It is enough that the file was read {\it once}, at any time: lockdep
remembers that the lock was taken within the reading of the file, and complains at the first removal, reader or no reader. |cancel_work_sync| tells it, and so does the removal of files from
sysfs; |debugfs_remove| and |free_irq| do not. Whoever writes such an interface can teach it to, with a \&{struct lockdep\_map}
that is acquired around the callback, and acquired and released where the call drains.

\checked A lock that is taken before a call which drains, and released after it, and is taken in one of the functions that were registered, or in one which they call. It has to be the same place in the module's data
each time. A lock in memory that was allocated has no place in the file, and a function that is reached through one more pointer is not followed; both go unseen.

@*1 Grace periods. \label{rule-u3}If all callers of a hook are in a read section of RCU, or have preemption off, then somebody who was inside
when the hook was taken off has left when a grace period is over.
@^rule U3@>

\beginrule{U3}{After unhooking from a read section, a grace period}
A bare hook that runs with preemption off or in an RCU read section: after unhooking, an RCU grace period.
\endrule

\concerns Modules with hooks in the path of packets, with probes of tracepoints, on a raw chain of notifiers that is walked in this way. (An atomic chain waits by itself; it is drained.) The description of such an interface says that
the function ``must not sleep''. That alone is not enough; it must be called so that it {\it could\/} not.

\wrongway Unhook and free. The stock loader has a grace period of its own, after exit, and it covers all who are still in the text of the module. So an exit of this kind
has worked for twenty years, or so it looked. But the text is not what is lost here. The key goes {\it before\/} the loader's grace period, and the one who is inside reads it after that. \endwrong

\figure{u3-early}{The key is gone before the grace period begins. The text of the module is there until the end, on both kernels; the packet goes out all the same, sealed with zeros.}

@ The module below seals packets with a key. As it should be with keys, the memory is wiped before it is given back, so the harm can be seen at once; with |kfree| it would be seen when the memory is
somebody else's. (The first line of exit is there for the scenario: it waits until a reader stands in the hook.)

@(modules/u3_key_bad.c@>=
@<A hook that seals with a key@>@;
@#
static void __exit leave(void)
{
	field_meet(FIELD_EARLY);
	field_unhook(0);
	kfree_sensitive(hook.data);
}
module_exit(leave);
MODULE_DESCRIPTION("U3: frees what a reader may have in his hand");

@
\rightway One line between the two. |synchronize_rcu()| is enough here; |unload_quiesce()|, of which it is a part, is no worse, and right for the next rule as well. And for a thing that
has room for a |struct rcu_head| there is |kfree_rcu|, which waits without making exit wait.

@(modules/u3_key_good.c@>=
@<A hook that seals with a key@>@;
@#
static void __exit leave(void)
{
	field_meet(FIELD_EARLY);
	field_unhook(0);
	synchronize_rcu();
	kfree_sensitive(hook.data);
}
module_exit(leave);
MODULE_DESCRIPTION("U3: frees when the readers have passed");

@ The hook does not seal anything; it looks whether the key is what it was, and complains to its caller if not.
@^error EBADMSG@>

@<A hook that seals with a key@>=
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "field.h"
@#
struct seal {
	u64 bits, check; /* |check == ~bits| */
};
@#
static int enter(void *data)
{
	const struct seal *key = data;

	field_pause(FIELD_EARLY);
	return key->check == ~key->bits ? 0 : -EBADMSG;
}
static struct field_ops hook = { @[@].enter = enter };

@ The key is handed over with the hook, and published by it.
@^error ENOMEM@>

@<A hook that seals with a key@>=
static int __init begin(void)
{
	struct seal *key = kmalloc(sizeof(*key), GFP_KERNEL);
	int err;

	if (!key)
		return -ENOMEM;
	*key = (struct seal){ 0x5eed, ~0x5eedULL };
	hook.data = key;
	err = field_hook(0, &hook);
	if (err)
		kfree(key);
	return err;
}
module_init(begin);
MODULE_LICENSE("GPL");

@
\enforced For text and static data a grace period after exit, which both loaders have (\chap{quiesce}). For what exit frees, nothing: it is not the loader's memory. A straggler whom the census
meets in an interrupt, or in a section that RCU waits for, is named with this rule.

\seen The wrong packet, on both kernels, and no other sign: the machine runs on. A kernel that watches its memory reports a use after free, with the hook at the top of the
stack. Our loader names the reader, if he is still inside when it comes to look. Often he is not. Where functions can be traced the remover waits for all read sections once more, on behalf of the tracer, before there
is anything to look at.
\transcript{u3_key}

\checked Nothing here: |field_hook| is an interface of which its table does not know. Of the interfaces that it does know to be called in a read section it sees whether exit frees something after the unhooking, with nothing in between that waits. It gives advice then, and makes it an error if a hooked function mentions
what is freed; for that it must have a place in the file. Of the hooks that are variables it sees whether a zero is ever stored there.

@*1 Preemption. \label{rule-u4}In 2002 the advice was: a function that does not sleep need not be counted, as it is over soon,
and the loader waits a moment. Then the kernel became preemptible. Since then a caller can be stopped between any two instructions, for any length of time; and the wait of that
loader, until every processor has been through the scheduler, ends while he is stopped.
@^rule U4@>

\beginrule{U4}{If it can be preempted, wait for tasks}
A bare hook that can be preempted: an RCU-tasks grace period as well. |module_quiesce()| does both.
\endrule

\concerns Modules on a bare hook whose caller has preemption on, at the call or anywhere between the fetch of the pointer and the call. That is the
normal case of process context.

\wrongway A grace period, and the matter is settled. The module below does so, and for the hooks of U3 it would be right. But here the caller
is in no read section. He has read the pointer, is preempted, and the grace period is over before he goes on; then he calls. (To turn preemption off while one waits does not help, as he has been preempted already. To freeze all tasks does not help either: one of them
is the remover, and another may be frozen just where he stands.) \endwrong

\figure{u4-hand}{A caller with the pointer in his hand. He is not inside, so no look at his stack finds him; he is in no read section, so no grace period of RCU waits for him.}

@(modules/u4_caller_bad.c@>=
#include <linux/module.h>
#include "field.h"
@#
@<A hook that only counts its calls@>@;
@#
static void __exit leave(void)
{
	field_unhook(0);
	synchronize_rcu();
}
@#
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("U4: waits for readers, and is called by others");
MODULE_LICENSE("GPL");

@ The hook does next to nothing, so that nobody can say it took too long. It is the same in both modules. (The first line is
the window, and stands for an interrupt that comes at that place.)

@<A hook that only counts its calls@>=
static int calls;
@#
static int enter(void *data)
{
	field_pause(FIELD_EARLY);
	calls++;
	return 0;
}

@ Nearly all modules of this chapter that have one hook, and no data that goes with it, begin like this.

@<Begin with one hook@>=
static const struct field_ops hook = { @[@].enter = enter };
@#
static int __init begin(void)
{
	return field_hook(0, &hook);
}
module_init(begin);

@
\rightway One line, and another one to include the header. |unload_quiesce| (\see{module-quiesce}) is |module_quiesce| where the kernel has it. On others it is both grace
periods, one after the other, and a barrier for callbacks.

@(modules/u4_caller_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
@<A hook that only counts its calls@>@;
@#
@<Unhook, and let everybody leave@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("U4: waits for everybody who could be on his way");
MODULE_LICENSE("GPL");

@ This is the exit of all the good modules with a single hook.

@<Unhook, and let everybody leave@>=
static void __exit leave(void)
{
	field_unhook(0);
	unload_quiesce();
}

@ The scenario has two callers. One is stopped in \.{field}, a step before the call, and the other in the module, a step behind it.

\enforced The loader waits for the tasks whether the module did or not (\chap{quiesce}). Of the first caller nothing is seen at all. He is not inside, and nobody has written down where he is going. When he is let go he calls a module that has
no name any more, finds its text and its data as they were, and returns. No protection but the wait for tasks keeps the text there for him. Without it
(\.{module.without=tasks}) he falls as he does on the stock kernel, or, if there is a quarantine, meets a trap.

\seen A line about the second caller, who is found by the census, is awake, and has nobody's leave to be there: that is U4.
\transcript{u4_caller}

\checked Of an interface in its table, whether the wait that is imported is enough for it. That the module waits for RCU and not for tasks is plain from its imports; but whether its callers have preemption on is a property of
the interface, which has to be told, and of \.{field} nobody has told it. No checker sees the first caller either. His mistake is not in this module, nor in any other; he has only been slow.

@*1 Sleep. \label{rule-u5}A caller who goes to sleep inside the module has gone through the scheduler of his own accord. For RCU-tasks he is done
with. There is no third kind of grace period; for somebody who sleeps there is only a reference.
@^rule U5@>

\beginrule{U5}{Who sleeps must be counted}
A bare hook that may sleep guards itself (S1, S2), or the module has no exit (X3).
\endrule

\concerns Modules whose uncounted functions allocate memory with |GFP_KERNEL|, take a mutex, copy to user space, or wait. Each of
these may sleep, most of the time does not, and one day sleeps for a minute because a disk is slow.

\wrongway Wait for everything there is to wait for. The module below calls both grace periods by their own names. It waits a tenth of a second and more, and
waits for the wrong ones: for all but the one who sleeps. \endwrong

\figure{u5-asleep}{A sleeper inside. To the wait for tasks he has given his proof that he is not on his way, for he went to sleep; that he did so in the module it does not ask.}

@(modules/u5_asleep_bad.c@>=
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "field.h"
@#
static int enter(void *data)
{
	field_pause(FIELD_ASLEEP);
	return 0;
}
@#
@<Unhook, and wait for both grace periods@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("U5: sleeps in a hook that nobody counts");
MODULE_LICENSE("GPL");

@ Whatever a module can do about grace periods, this exit does.

@<Unhook, and wait for both grace periods@>=
static void __exit leave(void)
{
	field_unhook(0);
	synchronize_rcu();
	synchronize_rcu_tasks();
}

@
\rightway The sleeper holds the module. While he sleeps, a removal is refused, as it should be: the module is in use. If he is turned
away himself, since the module is leaving, he does not sleep. What remains is two windows, one at each end, in which he is awake; and
for these the two grace periods are the right wait (S1 and~S2, below).
@^error ENODEV@>

@(modules/u5_asleep_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
static int enter(void *data)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	field_pause(FIELD_ASLEEP);
	module_put(THIS_MODULE);
	return 0;
}
@#
@<Unhook, and let everybody leave@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("U5: sleeps in a hook, and holds itself meanwhile");
MODULE_LICENSE("GPL");

@
\enforced The census finds the sleeper, by the return address on his stack, and the memory waits for him, for as long as he sleeps. This scenario needs the census and nothing else: with
\.{module.without=census} he wakes up in freed text. If the module has the wait of U4 in its exit, and our kernel under it, that wait takes a census too, and \.{rmmod} does not come back before the sleeper has gone.

\seen A line that names him, with rule~U5 and the word {\it asleep}, and another one when he has left.
\transcript{u5_asleep}

\checked Of an interface in its table: that nobody counts, that nobody waits, and that the module does not import |try_module_get|; the verdict is then {\it hard}, and names U5 if the table says that its callbacks may sleep. Of \.{field} it knows nothing. Neither it nor the loader can know
how long somebody will sleep; that memory may wait for ever is the price of not falling over.

@*1 The guard at the door. \label{rule-s1}A module that guards itself does what its caller should have done. It is the last resort, when the
interface can be changed no more; 169 places in the modules of one distribution take a reference on themselves. History has called it impossible: {\it a module cannot
control its own reference count}, since at both ends there is a moment in which somebody is inside and is not counted yet, or not any more. That is true. But the two moments have a property that
helps: in neither of them does anybody need to sleep. So they can be waited for.
@^rule S1@>@^self-guarding@>

\beginrule{S1}{Hold yourself before you sleep}
Before its first sleep an uncounted entry takes a reference on its own module, and leaves at once, touching nothing, if that is refused.
\endrule

\concerns Every function with |try_module_get(THIS_MODULE)| in it, and every hook that ought to have one, by U5.

\wrongway Lock first, because what is to be looked at is protected by the lock, and guard the rest. The lock is free nearly always. One day it is not, the caller
goes to sleep in the module, and nobody has counted him. He wakes up with the lock in his hand, and the next instruction ought to be the get; but it is gone. (The pause stands for
a lock that is not free.) \endwrong
@^error ENODEV@>

\figure{s1-late}{The guard who sleeps first. The exit of this module waits for everything that a grace period can wait for, and he is none of it.}

@(modules/s1_asleep_bad.c@>=
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "field.h"
@#
static int enter(void *data)
{
	field_pause(FIELD_ASLEEP);
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	module_put(THIS_MODULE);
	return 0;
}
@#
@<Unhook, and wait for both grace periods@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S1: guards itself, but sleeps first");
MODULE_LICENSE("GPL");

@
\rightway The get is the first thing that is done, before any lock, and its result is tested. Another word of the rule is easily overlooked:
{\it touching nothing}. Whoever is refused is in a module whose exit has begun, or is over, and its data may be taken apart already. A
function that counts its calls, or looks whether there is anything to do, and only then asks at the gate, has touched what may not be there.
@^error ENODEV@>

@(modules/s1_asleep_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
static int enter(void *data)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	field_pause(FIELD_ASLEEP);
	module_put(THIS_MODULE);
	return 0;
}
@#
@<Unhook, and let everybody leave@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S1: guards itself before it sleeps");
MODULE_LICENSE("GPL");

@ Now the first of the two moments. The function below keeps the rule to the letter, and nobody can write a better one. (The window, once more, stands for an interrupt.)
Exit takes off the hook, and as the count was zero it believes itself alone.
@^error ENODEV@>

\figure{window-first-get}{The first window, on the stock kernel. The caller is in the module, and counted nowhere, until the get is done. He is preempted
before it; the loader finds the count zero, which is true, and its grace period does not wait for a task that is only preempted.}

@<A hook that guards itself, stopped before its first get@>=
static int calls;
@#
static int enter(void *data)
{
	field_pause(FIELD_EARLY);
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	calls++;
	module_put(THIS_MODULE);
	return 0;
}

@ For the stock kernel this is a bad module, and it is the one on which the discussion of 2002 ended. What its exit breaks is U4, in the only place where that matters for a guarded function. On our kernel
nothing comes of it, since the loader waits.

@(modules/s1_first_get_bad.c@>=
#include <linux/module.h>
#include "field.h"
@#
@<A hook that guards itself, stopped before its first get@>@;
@#
@<Unhook, and go@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S1: guards itself, and leaves the wait to the loader");
MODULE_LICENSE("GPL");

@ Its exit does the first of the three things that U1 asks for, and has nothing to destroy. The second is missing.

@<Unhook, and go@>=
static void __exit leave(void)
{
	field_unhook(0);
}

@ With |unload_quiesce| it is good everywhere: what the reference does not cover is covered by the wait, and what the wait does not cover, a sleep, by the
reference.

@(modules/s1_first_get_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
@<A hook that guards itself, stopped before its first get@>@;
@#
@<Unhook, and let everybody leave@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S1: guards itself, and waits for those at the door");
MODULE_LICENSE("GPL");

@
\enforced The census finds the sleeper of the first pair, as under U5, and the memory waits for him. For the caller of the second pair it waits twice over, by the wait for tasks and because the census has found him. When he goes on he is refused, and leaves. {\it With these waits a module can
guard itself.} That is the answer to the sentence above, twenty years late.

\seen The sleeper's name and S1. Only one thing tells him from the one who breaks U5:
|try_module_get|, which the module imports because it means to guard itself.
\transcript{s1_asleep}

\noindent Of him who stands at the door nothing is seen on our kernel, as long as he stands there for less than two seconds. He is awake, the module imports |try_module_get|, and so he is taken for what he is,
somebody on his way (\chap{census}). If he still stands there after two seconds he is named, and with U4, since it is that wait which his module has left to others. The scenario holds him for longer than that, to show the line.
\transcript{s1_first_get}

\checked A call that is known to sleep, in an entry that takes a reference on its own module, and before it does; this is given as advice, since the sleep and the get may lie on different ways through the function. A pause of \.{field} is no call of which it
knows that. The two windows cannot be seen in a file at all. They are in every module that guards itself, and whether they are harmless depends on the exit, or on the loader.

@*1 The way out. \label{rule-s2}At the other end it is the same, in reverse. The last put and the return are two steps, and somebody can be stopped between them.
For x86 there was once a primitive that did both; it was dropped, as none could be made for the way in.
@^rule S2@>

\beginrule{S2}{Give back, and go}
It gives the reference back as its last act: after the put nothing of the module but the way out.
\endrule

\concerns The same functions, at each of their returns; and whoever puts a reference on his own module anywhere else, directly or by letting go of an object that holds one: a release function (R1), a thread (S3), a piece of work.

\wrongway Account for the work when it is done, that is, after the reference was given back. It looks innocent: what can be shorter than to add one? But it is
data of the module; and even if that line stood before the put, the |return| would not. \endwrong
@^error ENODEV@>

\figure{s2-served}{A put that is not the last act, on the stock kernel. The reference was the last thing that held the module.}

\noindent The authors of the device mapper wrote down ten steps to prove that no function in a module can
be the one that lets go of it for the last time, and moved the function into the kernel. In KVM it was a piece of work: it held the virtual machine, and with it the module, let go of both at its end, and was still in the module's text when nothing held that any more (CVE-2024-26976). The cure was to
flush the work before the last put.

@(modules/s2_last_put_bad.c@>=
#include <linux/module.h>
#include "field.h"
@#
static int served;
@#
static int enter(void *data)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	module_put(THIS_MODULE);
	field_pause(FIELD_LATE);
	served++;
	return 0;
}
@#
@<Unhook, and go@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S2: is still at work when it has let go of itself");
MODULE_LICENSE("GPL");

@
\rightway Set the line where it belongs, and wait. The one makes the window as small as it can be, and free of sleep and of data; the other closes it. Without the
first, the second might not suffice. A function that sleeps after its put, be it in |mutex_lock|, is not waited for by any grace
period.
@^error ENODEV@>

@(modules/s2_last_put_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
static int served;
@#
static int enter(void *data)
{
	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	served++;
	module_put(THIS_MODULE);
	field_pause(FIELD_LATE);
	return 0;
}
@#
@<Unhook, and let everybody leave@>@;
@<Begin with one hook@>@;
module_exit(leave);
MODULE_DESCRIPTION("S2: lets go of itself last, and waits for the way out");
MODULE_LICENSE("GPL");

@ With a loader that waits, the way out takes this course.

\figure{window-last-put}{The second window, with this loader. The put was the last, so the removal may begin; the exit function runs while the caller is still on his way
out. RCU-tasks waits until he has left of his own accord, and only then is the memory freed.}

\enforced The loader waits, as at the other door (\chap{quiesce}), for the text and for static data like |served|. What exit frees is again not its own.

\seen The same as there: nothing for two seconds, in which somebody who is awake in a module that guards itself may be on his way out, and then a line with U4. If he sleeps there he
is named at once, with S1, since the loader sees where somebody is and not what he has done. The offset in the function tells the author on which side of the
put he was met.
\transcript{s2_last_put}

\checked What follows the put, up to the end of the function: an error if it touches data of the module, and advice if it calls something. (The obedient twin gets the advice as well, for the pause that the trial needs.) If the put is itself the last jump, with no return into
the module, there is no second window at all, and compilers often make it so; but nobody has promised it. That the put of some object is in truth a put of the module it does not see.

@*1 Threads that hold their module. \label{rule-s3}There are two schools of threads. In one the thread is stopped by exit (rule D4). In the other it keeps the module, by a reference, until it is done; then exit cannot
run before that, and has nothing to stop. It is a sound idea, and fails in the last line.
@^rule S3@>

\beginrule{S3}{A thread leaves through the kernel}
A thread that holds a reference on its own module leaves through |module_put_and_kthread_exit|.
\endrule

\concerns Threads that take a reference on |THIS_MODULE|, or are handed one by whoever starts them.

\wrongway Give the reference back, and return. The thread is still inside when it gives up the only thing that
keeps the module: for a few instructions, or, if it is preempted there, for as long as it pleases the scheduler. And it has no hook that could be taken off, so in exit there is nobody who would think of waiting. \endwrong

\figure{s3-return}{A thread that puts its own reference. The put and the return are one line apart, and the module goes between them.}

\noindent It is the case of the device mapper once more, without any object: the last instructions of the last user. Of the 4,230 modules of a distribution only
four import the function that the rule demands.

@(modules/s3_thread_bad.c@>=
@<A thread with one errand@>@;
@#
static int errand(void *unused)
{
	msleep(100);
	module_put(THIS_MODULE);
	field_b_pause();
	return 0;
}

@ The call of |field_b_pause| in between is the preemption, made visible; it holds open a moment that is there in any case. (\.{field\_b} is the second half of the field, \see{field-b}. All we need of it is a gate.)

\rightway One call in place of the two. The obedient twin has no such moment, since its last act is a call from which it does not
come back, and the put is done by text of the kernel (\see{put-and-exit}).

@(modules/s3_thread_good.c@>=
@<A thread with one errand@>@;
@#
static int errand(void *unused)
{
	msleep(100);
	module_put_and_kthread_exit(0);
	return 0;
}

@ The reference is taken by |init| on behalf of the thread, before it is started; if the thread took it itself, it would be too late by the same few instructions, at the
other end (rule S1). If the thread cannot be started, |init| gives the reference back. It may, for the loader holds another one until |init| has returned. An exit function there is, and it is empty.
@^rule S1@>
@^error ENOENT@>

@<A thread with one errand@>=
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include "field_b.h"
@#
static int errand(void *unused);
@#
static int __init errand_init(void)
{
	struct task_struct *runner;

	if (!try_module_get(THIS_MODULE))
		return -ENOENT;
	runner = kthread_run(errand, NULL, "errand");
	if (!IS_ERR(runner))
		return 0;
	module_put(THIS_MODULE);
	return PTR_ERR(runner);
}

@ The empty exit is not the same as none. It says that this module may leave when nobody holds it (X3).

@<A thread with one errand@>=
static void __exit errand_exit(void)
{
}
module_init(errand_init);
module_exit(errand_exit);
MODULE_DESCRIPTION("Starts a thread that holds the module");
MODULE_LICENSE("GPL");

@
\enforced The census, once more. It finds a thread inside whose function lies in the module. If the thread was only preempted, which is the usual case, the wait for tasks (\chap{quiesce}) would outlast it
without any census; if it sleeps after its put, nothing but the census does.

\seen The name of the thread, with S3. Since the module imports the means to take references or to give them back, but
not the function for the last put, the loader says S3 and not D4. It is wrong about a module that has threads of either kind. (At load it has named D4 as well, for a thread that nothing in the imports could stop.) On the stock kernel the thread goes on in freed text.
\transcript{s3_thread}

\checked A |module_put| of this module in a function that was given to |kthread_create_on_node|. It sees it in that function alone, and not in one that is called from there. It adds D4, as there is no import that could end the thread. That is wrong and does no harm: the twin imports one, the function that S3 demands.

@*1 Many hooks. \label{rule-u6}A security module hooks dozens of functions, and hooks are taken off one at a time. It was the example that
ended the discussion in 2002: there is no moment at which the module is there, followed by one at which it is not. The security modules of the kernel cannot be unloaded to this day.
@^rule U6@>

\beginrule{U6}{Unhook all, then wait once}
A table of hooks: unhook all, wait once; in between, every subset that a caller can see is consistent.
\endrule

\concerns Modules that fill a table, or register several things which are meant to be called together.

\wrongway Take off a hook, wait until nobody is in it, take off the next. To do so by grace periods would be right, and would take as many of them as there are hooks, some seconds. So one is tempted to count: each
hook has a number of those inside, raised on the way in and lowered on the way out, and exit waits until it is zero. That is quick. But it has the two windows of a module that guards itself, twenty times over,
and no wait that would cover them. \endwrong

\figure{u6-counts}{Hooks that count for themselves. The number is raised by an instruction of the hook, so somebody is inside before it is; when exit looks, the number is as honest as it can be, and of no use.}

@(modules/u6_table_bad.c@>=
#include <linux/delay.h>
#include <linux/module.h>
#include "field.h"
@#
@<A table of hooks, each with a number@>@;
@#
static void leave(void)
{
	for (unsigned int n = first; n < FIELD_HOOKS; n++) {
		field_unhook(n);
		while (atomic_read(&inside[n]))
			msleep(1);
	}
}
@#
@<Begin with twenty hooks@>@;
module_exit(leave);
MODULE_DESCRIPTION("U6: counts for itself, and waits hook by hook");
MODULE_LICENSE("GPL");

@ The hooks belong together, as those of a security module do: the first hands out a ticket, and the others charge what they are asked for to it. A caller
who comes late may meet the second half of the table only, and one who comes early may have a ticket from a hook that is not there any more. Both are
harmless, because a hook that finds no ticket does nothing. Consistency is not the work of exit. It is designed here.

@<A table of hooks, each with a number@>=
static atomic_t inside[FIELD_HOOKS];
static atomic_t ticket, charged;
static struct field_ops table[FIELD_HOOKS];
static unsigned int first = FIELD_HOOKS; /* from here on the hooks are ours */
@#
static int enter(void *data)
{
	unsigned long n = (unsigned long)data;

	if (n == FIELD_HOOKS - 1)
		field_pause(FIELD_EARLY);
	atomic_inc(&inside[n]);
	if (n == 0)
		atomic_inc(&ticket);
	else if (atomic_read(&ticket))
		atomic_inc(&charged);
	atomic_dec(&inside[n]);
	return 0;
}

@ Init fills the table from the end: the hook that hands out tickets comes last, when those who take them are there (rule I1). If one of the slots is taken, init has
to undo what it has done, and that only, for the slot is somebody else's; and it has then published on an uncounted interface already. So it owes the same as exit (rule~I2); and in the bad module it is short of the same wait.
@^rule I1@>@^rule I2@>

@<Begin with twenty hooks@>=
static int __init begin(void)
{
	while (first > 0) {
		unsigned long n = first - 1;
		int err;

		table[n] = (struct field_ops){ enter, (void *)n };
		err = field_hook(n, &table[n]);
		if (err) {
			leave();
			return err;
		}
		first = n;
	}
	return 0;
}
module_init(begin);

@
\rightway Wait once, after the last hook is off. That is no less safe than twenty waits, since one wait covers everybody who came in before it began, by whatever hook. Only, the order in which
the hooks go must not matter, and that was seen to above.

@(modules/u6_table_good.c@>=
#include <linux/module.h>
#include "field.h"
#include "quiesce.h"
@#
@<A table of hooks, each with a number@>@;
@#
static void leave(void)
{
	for (unsigned int n = first; n < FIELD_HOOKS; n++)
		field_unhook(n);
	unload_quiesce();
}
@#
@<Begin with twenty hooks@>@;
module_exit(leave);
MODULE_DESCRIPTION("U6: unhooks all, and waits once");
MODULE_LICENSE("GPL");

@
\enforced The wait and the census know nothing of tables (\chap{quiesce}, \chap{census}); whoever is in a hook, in whichever, is waited for, and one set of waits serves them all. The other half of the rule nobody can enforce.

\seen A line with
U4, since what this exit lacks is the wait for tasks. That it was a table, the loader cannot see, and even less whether its subsets are consistent.
\transcript{u6_table}

\checked Of \.{field} nothing. Of an interface in its table it reports a missing unhooking, but does not count the loop: a module that hooks twenty and unhooks nineteen imports the same two functions as one that is right. Whether a wait stands within the loop or behind it
costs time only, and is no error.

@*1 Exercises.
\exercise{15} (Rule U1.) In |call_hook|, let the window stand between the reading of |hooks[n]| and that of |ops->enter|. What is then seen on the stock kernel? And on ours, if it does not wait for tasks but
has a quarantine?

\exercise{20} (Rule U2.) A colleague mends |u2_sysfs_bad| with |mutex_trylock| in |u2_table_show|, and lets the reader return |-EBUSY| if he does not get the lock. Does the removal still hang? What does lockdep say then, and what is wrong with the file
when nobody removes anything? And what if exit tries, and goes on without the lock?

\exercise{15} (Rule U3.) Replace |synchronize_rcu| in |u3_key_good| by a |kfree_rcu| of the key, and think of a pool of memory that the module has created for its keys. Which other rule is now broken? And if |call_rcu| is used, with a function of one's own that wipes the key?

\exercise{20} (Rule U4.) A hook is called with preemption off, but its caller fetches the pointer with preemption {\it on}, a line before. Is it a case for U3 or for~U4? Give the moment at which the weaker wait fails. And what if he fetches it with preemption off, turns it on, and turns it off again for the call?

\exercise{15} (Rule U5.) Someone proposes a third kind of grace period, which waits until every task that sleeps has been awake once. What would it take on a machine with a shell that waits for its user? What does the census have instead?

\exercise{20} (Rule S1.) A function that guards itself counts its refusals in a static variable, so that the author can see how often somebody came too late. Which word of rule S1 does it break? What can come of it, and what if the variable lies in memory that exit
frees? Where could it count?

\exercise{20} (Rule S2.) Let the window of |s2_last_put_good| be one in which the caller sleeps. Which of the waits in its exit still helps, on which kernel, and what is said in the log?

\exercise{15} (Rule S3.) In |errand_init|, let the thread take the reference itself, as its first act, with a test. Draw the two lanes in which it is too late. Would the census find it? And why may |init| put the reference again if the thread could not be started, although S2 says that after the put nothing may follow?

\exercise{25} (Rule U6.) Let the ticket of \see{rule-u6} be a piece of memory, which hook~0 allocates for the caller and hook~19 frees. In which order should exit take off the hooks, so that none is
lost? Is the order enough?
