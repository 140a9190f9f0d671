@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for the beginning and the end. \label{rules-i}%
The loader calls two functions of a module, each of them once. |init| turns text that nobody knows into text that anybody may enter;
exit undoes it. The chapters before this one were about those who come and go in between. Here the
subject is the two functions themselves: in which order they do what they do, what they owe when they fail, and
what they cannot do at all.

To the loader each is one call. What goes on inside begins when it has handed over, and has ended when it takes
over again; so of the eleven rules below there are many that no loader can enforce. In six scenarios the breaking module
does the same harm on both kernels, and the table of \chap{leave-table} says so. That is no
reason to leave them out. A rule that is enforced may be forgotten by everybody but the one who enforces it; one
that is not has nobody but its reader.

For those modules we have chosen a harm that a machine can live with: a number that is wrong, a file that reads as
nothing. That is our choice, and not mildness of the rule. Where one module shows a wrong number the next has a wrong pointer, and then it
is an oops on both kernels.

@ Most mistakes of order need somebody who comes at the wrong moment, and the moment is short: he comes once in a
million loads, on somebody else's machine. So those modules that need it stand still in the middle, until the shell
has looked and says that it may go on. It says so through a parameter, which works because the
loader shows the parameters of a module {\it before\/} it calls |init|, and takes them away {\it after\/} exit.
Whoever kills the process sets the module free too.

@<Stand still until the shell says go@>=
#include <linux/delay.h>
#include <linux/module.h>
@#
static bool go_on;
module_param(go_on, bool, 0644);
@#
static void pause_here(void)
{
	while (!READ_ONCE(go_on) && !msleep_interruptible(10))
		;
}

@*1 Publish last. \label{rule-i1}Registration reads like an announcement, something that one does and that has its effect
later. It is an opening. By the time the call returns, somebody may have come in, done what he wanted, and left.
@^rule I1@>

\beginrule{I1}{Publish last}
At the first registration that can be entered, everything the entries need is ready.
\endrule

\concerns Every |init| in which anything follows the first registration; and every |probe|, which is the |init| of
one device. Ask of each registering call: what if somebody enters before it has returned? If he would meet a
pointer not yet set, a lock not initialised, a number still zero, it stands too early.

\wrongway Register at once, because the name may be taken and then nothing else need be built; and prepare the rest afterwards. Nobody will be so quick.
But programs wait for such an event: the manager of devices reads a new file within a
millisecond, and at boot all processors are busy with nothing else. \endwrong

\figure{i1-early}{A file that is published before its number is known. No lock is missing and nothing was freed: the reader is just early.}

\noindent A driver for the memories in network plugs made its files in sysfs first, and stored the pointer with which the
functions of those files begin in the line below. On a switch that boots fast a program stood between the two lines, and took
a mutex at an address near zero. (It was mended in 2023, by exchanging the lines.)

\rightway First all that can be built while nobody is looking, then what opens the door, as the last line of
|init|. If there are several doors, the one through which the others are used comes last: interrupts before the
device, the device before the file that lists it. The order has a second advantage: exit begins with the door by
itself, if it undoes |init| in reverse (X1), and |init| has nothing to undo for which it would have to wait (I2).

@ \.{i1\_early} shows the size of a disk, which it learns from the disk. That takes a while.

@<A disk and its size@>=
@<Stand still until the shell says go@>@;
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
@#
static unsigned long blocks;
@#
static int i1_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%lu\n", READ_ONCE(blocks));
	return 0;
}
@#
static void ask_disk(void)
{
	pause_here();
	WRITE_ONCE(blocks, 2048);
}

@ The door, and the way out.
@^error ENOMEM@>

@<Publish the size, and take it back@>=
static int publish(void)
{
	return proc_create_single("i1_disk", 0444, NULL, i1_show) ? 0 : -ENOMEM;
}
@#
static void __exit i1_exit(void)
{
	remove_proc_entry("i1_disk", NULL);
}
module_exit(i1_exit);
MODULE_LICENSE("GPL");

@ The breaking module opens, and then asks.

@(modules/i1_early_bad.c@>=
@<A disk and its size@>@;
@<Publish the size, and take it back@>@;
static int __init i1_init(void)
{
	int err = publish();

	if (!err)
		ask_disk();
	return err;
}
module_init(i1_init);
MODULE_DESCRIPTION("Breaks I1: can be read before it knows");

@ Its twin asks, and then opens. Whoever looks too early finds no file, which is the truth.

@(modules/i1_early_good.c@>=
@<A disk and its size@>@;
@<Publish the size, and take it back@>@;
static int __init i1_init(void)
{
	ask_disk();
	return publish();
}
module_init(i1_init);
MODULE_DESCRIPTION("Keeps I1: publishes last");

@ \enforced Nothing, and it must not be tried. A loader could refuse every entry until |init| has returned; but an |init|
often publishes something in order to be called. A disk is announced, and its table of partitions is read
{\it through\/} the announcement, by others, before |init| goes on. A reference that was refused during |init| was one of the
first faults found in the gate, back in 2002: an event was lost for a module that was there. So references are granted from the start.

What the loader can do is to keep the rule itself. It opens a door of its own: the parameters of a module are in
\.{/sys} before |init| runs. So the functions of a parameter have to work on what the compiler has initialised; a lock that |init|
initialises comes too late for them. The event that tells the rest of the system of the module is sent when |init| has returned.

\seen While |init| stands still somebody reads the file. The disk has no blocks, and a program that believes it makes no file system on it, or one of
the wrong size. Both loaders are silent.
\transcript{i1_early}

\checked Whatever is stored after the first registration, in the line of the calls of |init|, and is mentioned by a function that was registered. That is the case here, and it is told as advice only: whether a number that comes late
is a lie, or a zero that everybody expects, cannot be read from it. What is reached through a pointer is not seen.

@*1 Entered, and then failed. \label{rule-i2}\label{i2-init}It is easy to fail while nobody knows the module. What is there is taken apart
again, and that is all. Once something has been published there are two parties to a failure.
@^rule I2@>

\beginrule{I2}{Once published, succeed; or wait as exit would}
After publishing on an uncounted interface init succeeds, or unhooks and waits as exit would.
\endrule

\concerns Authors whose |init| registers something that nobody counts, a hook, a notifier or an interrupt, and then does
something else that can fail. Compare each error path of |init| with exit, line by line: what exit takes back or waits for from that step on, the path needs too.

\wrongway Unregister what was registered, and return the error. The hook is off the list; but whoever was called
through it a moment ago may be inside still, and the loader cannot wait for somebody whom it has not counted.
\endwrong

\figure{i2-inside}{A failed |init|, and somebody who came in while it ran. He is a straggler, in a module that has never lived.}

\noindent Where the interface {\it does\/} count, the early visitor holds a reference, and the failure must
not take the module away under him. It did, in the stock loader, when such a reference was taken through type information before |init| had
run (CVE-2022-49236). In this loader the memory lingers until he lets go (\see{failing}).

\rightway Publish last (I1), so that nothing can fail afterwards. Where that is not possible, unhook, wait as exit would
have to, and only then return the error. The wait includes what the visitors have {\it ordered\/} in the meantime: an interrupt that has rung once has
perhaps scheduled a tasklet or a work, or armed a timer; |free_irq| does not take that back, and a failing |init| has to, by the same calls as exit (D1 to~D6). The first discussion of these rules settled the order once and for all. A single interface
of this kind is used last; where there are two, an interface has to be split into {\it reserve}, which can fail and lets nobody in, and {\it activate}, which cannot fail.

@ \.{field\_i} has an interface that counts nobody. A hook is called from a thread of its own, once, and |field_i_hook| returns
when somebody is certain to be inside. In life the event may come at any time
after the registration, or never.

A hook that calls |field_i_hold| is held inside, in a wait that ends when the shell writes to \.{open}. |field_i_unhook| unhooks, and does
not wait. |field_i_drain| does: it opens, and returns when nobody is inside.
@(modules/field_i.h@>=
int field_i_hook(void @[@](*fn)(void));
void field_i_unhook(void);
void field_i_drain(void);
void field_i_hold(void);

@ Unhook, wait: the two halves that U1 asks for are two functions here, so that one can be forgotten. Two files in debugfs are for the shell: \.{open}
lets out whom nobody drains, and \.{inside} tells how many there still are.

@(modules/field_i.c@>=
#include <linux/debugfs.h>
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include <linux/wait.h>
#include "field_i.h"
@#
@<An interface that counts nobody@>@;
@<The way into \.{field\_i}, and the way out@>@;
MODULE_DESCRIPTION("Calls what it was given, and counts nobody");
MODULE_LICENSE("GPL");

@ The event is a thread that calls what it finds in |hook|, once.

@<An interface that counts nobody@>=
static void @[@](*hook)(void);
static atomic_t inside = ATOMIC_INIT(0), held = ATOMIC_INIT(0);
static bool is_open;
static DECLARE_WAIT_QUEUE_HEAD(moved);
static struct task_struct *ringer;

@ The caller counts himself before he reads the hook, and until he is back: that much even an interface without owners can
do, and it is what its drain relies on. It does not hold the module.

@<An interface that counts nobody@>=
static int ring(void *unused)
{
	void @[@](*fn)(void);

	atomic_inc(&inside);
	smp_mb__after_atomic(); /* pairs with that in |field_i_drain| */
	fn = READ_ONCE(hook);
	if (fn)
		fn();
	atomic_dec(&inside);
	wake_up_all(&moved);
	return 0;
}

@ This can be done only once in the life of \.{field\_i}; a second thread would have to be told from the first.
@^error EBUSY@>

@<An interface that counts nobody@>=
int field_i_hook(void @[@](*fn)(void))
{
	if (ringer)
		return -EBUSY;
	is_open = false;
	WRITE_ONCE(hook, fn);
	ringer = kthread_create(ring, NULL, "ringer");
	if (IS_ERR(ringer)) {
		int err = PTR_ERR(ringer);

		ringer = NULL;
		return err;
	}
	wake_up_process(get_task_struct(ringer));
	wait_event(moved, atomic_read(&held));
	return 0;
}
EXPORT_SYMBOL_GPL(field_i_hook);

@ The hook calls this from within its module, which therefore has a return address on the stack.

@<An interface that counts nobody@>=
void field_i_hold(void)
{
	atomic_inc(&held);
	wake_up_all(&moved);
	wait_event(moved, READ_ONCE(is_open));
	atomic_dec(&held);
}
EXPORT_SYMBOL_GPL(field_i_hold);

@ He who unhooks is told nothing about those who are inside; he who drains hears when the last of them is back.

@<An interface that counts nobody@>=
void field_i_unhook(void)
{
	WRITE_ONCE(hook, NULL);
}
EXPORT_SYMBOL_GPL(field_i_unhook);
@#
static void let_out(void)
{
	WRITE_ONCE(is_open, true);
	wake_up_all(&moved);
}
@#
void field_i_drain(void)
{
	smp_mb(); /* who reads the hook from now on finds none */
	let_out();
	wait_event(moved, !atomic_read(&inside));
}
EXPORT_SYMBOL_GPL(field_i_drain);

@ It obeys the rules itself: the files go first, then whoever is held is let out, and the thread is waited for.

@<The way into \.{field\_i}, and the way out@>=
static int order_open(void *unused, u64 value)
{
	let_out();
	return 0;
}
@#
DEFINE_DEBUGFS_ATTRIBUTE(open_fops, NULL, order_open, "%llu\n");
static struct dentry *files;
@#
static int __init field_i_init(void)
{
	files = debugfs_create_dir("field_i", NULL);
	debugfs_create_file_unsafe("open", 0200, files, NULL, &open_fops);
	debugfs_create_atomic_t("inside", 0444, files, &inside);
	return 0;
}
module_init(field_i_init);
@#
static void __exit field_i_exit(void)
{
	debugfs_remove(files);
	let_out();
	if (ringer)
		kthread_stop_put(ringer);
}
module_exit(field_i_exit);

@ And this is the module that fails. What it would have done after the registration, and what went wrong there, does not
matter. The hook counts after it was held, so that it has to come back.

@<A hook, and somebody in it@>=
#include <linux/module.h>
#include "field_i.h"
@#
static unsigned long visits;
@#
static void i2_hook(void)
{
	field_i_hold();
	visits++;
}

@ The breaking module unhooks, and returns its error. The loader frees the memory of a module that it could not start.
@^error EIO@>

@(modules/i2_init_bad.c@>=
@<A hook, and somebody in it@>@;
static int __init i2_init(void)
{
	int err = field_i_hook(i2_hook);

	if (err)
		return err;
	field_i_unhook();
	return -EIO;
}
module_init(i2_init);
MODULE_DESCRIPTION("Breaks I2: fails while somebody is inside");
MODULE_LICENSE("GPL");

@ The obedient one unhooks and waits, as its exit would have to.
@^error EIO@>

@(modules/i2_init_good.c@>=
@<A hook, and somebody in it@>@;
static int __init i2_init(void)
{
	int err = field_i_hook(i2_hook);

	if (err)
		return err;
	field_i_unhook();
	field_i_drain();
	return -EIO;
}
module_init(i2_init);
MODULE_DESCRIPTION("Keeps I2: waits before it fails");
MODULE_LICENSE("GPL");

@ \enforced For the stock loader a failed load is a removal without an exit function, and with one grace period. The
thread sleeps through that, and comes back into nothing. Ours hands a failed load to the same undertaker as a removed module (\chap{undertaker}). The caller of
\.{insmod} has his error at once, the census finds the thread asleep, with a return address in |i2_hook| on its stack, and the memory waits until he has been let out.
For entries that {\it are\/} counted the loader keeps its promise even to those who came early (\see{failing}).

\seen The line with I2 names the thread. It is told from all other stragglers by one thing only: nobody has ever removed its module.
The name may be used again at once. Whoever mends the module and loads it anew need not wait for the straggler of the first trial.
\transcript{i2_init}

\checked Of this module, that it has no exit, and so is {\it permanent}; what \.{field\_i} exports is in no table. Of an interface that is in it, a checker sees that it does not count. Neither
a checker nor the loader sees in which order |init|
proceeds, and whether its way out of a failure waits.

@*1 Every step can fail. \label{rule-i3}An |init| is a row of steps, each of which may fail, and hardly one ever does. So the ways out
are the part of a module that runs least: most of them have never been run by anybody.
@^rule I3@>

\beginrule{I3}{A way back from every step}
Every step is tested, and when one fails, those before it are undone in reverse.
\endrule

\concerns Every |init| of more than one step. A tenth of the public cases of failed entry and exit are of this
kind; it is the largest group after the drivers' own logic. (Functions of debugfs are the exception: they are made so that nobody needs to test them, and |debugfs_remove| accepts what they return.)

\wrongway There are two. {\it Not to undo:} return the error from the middle, and think that a module which did not load has left nothing behind. But
exit is not called for an |init| that failed; whatever |init| has registered stays registered, and the memory is freed. {\it Not to
test:} ignore the result of a step. Then |init| succeeds, and exit takes back what the module never had. It may be somebody else's. \endwrong

\figure{i3-left}{A step that is not undone. The load has failed, everybody has forgotten it, and the timer has not.}

\noindent The two follow from each other. The start of MPLS, a protocol of the network, once ignored whether its
messages could be registered. The patch that taught it to test them brought new ways out with it, and one of them
forgot a notifier of network devices, registered a few lines above.

And one may undo too much. A load that failed early ran the whole of the going path, which took apart state that only a complete coming sets up (CVE-2024-50002). An undo answers
a do, one to one.

\rightway A ladder: each step that fails jumps to the rung which undoes the step before it, and falls through all rungs below.
Each step then stands once and its undo stands once, in the reverse order. Exit, if it is written as the ladder's top, cannot
differ. The loader of this book is built so, with every rung beside its step (\seein{loader}{load}).

@ \.{i3\_undo} winds up a watchdog, and then wants the port of the keyboard, which it does not get on any machine of our kind.

@<A watchdog on the keyboard's port@>=
#include <linux/ioport.h>
#include <linux/module.h>
#include <linux/timer.h>
@#
enum { KEYBOARD = 0x60 };
static unsigned long barks;
@#
static void bark(struct timer_list *unused)
{
	barks++;
}
static DEFINE_TIMER(dog, bark);
@#
static void __exit i3_exit(void)
{
	release_region(KEYBOARD, 1);
	timer_shutdown_sync(&dog);
}
module_exit(i3_exit);
MODULE_LICENSE("GPL");

@ The breaking module reports its failure correctly.
@^error EBUSY@>

@(modules/i3_undo_bad.c@>=
@<A watchdog on the keyboard's port@>@;
static int __init i3_init(void)
{
	mod_timer(&dog, jiffies + 2 * HZ);
	if (!request_region(KEYBOARD, 1, "i3_undo"))
		return -EBUSY;
	return 0;
}
module_init(i3_init);
MODULE_DESCRIPTION("Breaks I3: fails, and leaves a timer armed");

@ The twin has a ladder of one rung.

@(modules/i3_undo_good.c@>=
@<A watchdog on the keyboard's port@>@;
static int __init i3_init(void)
{
	mod_timer(&dog, jiffies + 2 * HZ);
	if (!request_region(KEYBOARD, 1, "i3_undo"))
		goto no_port;
	return 0;
no_port:
	timer_shutdown_sync(&dog);
	return -EBUSY;
}
module_init(i3_init);
MODULE_DESCRIPTION("Keeps I3: undoes what it did before it failed");

@ \.{i3\_test} wants the ports of the machine's oldest clock, which belong to the kernel. Its exit gives them back.

@<The ports of an old clock@>=
#include <linux/ioport.h>
#include <linux/module.h>
@#
enum { CLOCK = 0x40, PORTS = 4 };
@#
static void __exit i3_exit(void)
{
	release_region(CLOCK, PORTS);
}
module_exit(i3_exit);
MODULE_LICENSE("GPL");

@ Here the load succeeds, although it should not.

@(modules/i3_test_bad.c@>=
@<The ports of an old clock@>@;
static int __init i3_init(void)
{
	request_region(CLOCK, PORTS, "i3_test");
	return 0;
}
module_init(i3_init);
MODULE_DESCRIPTION("Breaks I3: gives back what it never got");

@ And here it fails, as it should.
@^error EBUSY@>

@(modules/i3_test_good.c@>=
@<The ports of an old clock@>@;
static int __init i3_init(void)
{
	return request_region(CLOCK, PORTS, "i3_test") ? 0 : -EBUSY;
}
module_init(i3_init);
MODULE_DESCRIPTION("Keeps I3: does not load without its ports");

@ \enforced Of what was not undone, the audit finds as much as after a removal: a failed load goes through the same look (\chap{audit}),
and a timer is cancelled. What it cannot name is met by the quarantine. Nobody can find what was taken from a third party in good order: the list of ports was asked to
release a range, and there was such a range.

\seen The line of the first module says D1, because a timer is what was found. That |init| and not exit forgot it is told by nobody; there was no removal.
\transcript{i3_undo}
\noindent After the second, the list of ports does not contain the clock any more, on either kernel. The next module that asks for these ports will get them.
\transcript{i3_test}

\checked Both modules import the call and its counterpart, so a look at the pairs finds nothing; the counterpart is called on the wrong paths. A result at which nobody looks is seen in the text of |init|. It is told
as advice, and for calls that the table knows: some results may well be ignored, and which is a matter of opinion. The compiler warns as well, where a function is marked |__must_check|.

@*1 Text that is gone after the start. \label{rule-i4}What only |init| needs is freed when |init| is over: the functions marked |__init|, and the data
marked |__initdata| or |__initconst|. It is the first removal in a module's life, and nobody waits for anybody in it but for an RCU grace period.
@^rule I4@>

\beginrule{I4}{Only init reaches init}
What is marked {\tt\char95\char95init} is reachable only from init.
\endrule

\concerns Whoever uses the marks, and hands out addresses. A callback that is marked is wrong at once; data are more treacherous, because they are
handed on by value so easily: a default, a table of limits, a name.

\wrongway Mark what is mentioned only in |init|. But to mention an address is to spread it. The pointer is stored, |init| ends, and the
pointer leads to a page that belongs to the next module that is loaded. \endwrong

\figure{i4-words}{A string that is used once and remembered. The free comes by itself, after a successful start.}

\rightway Mark functions that are called from |init| by name, and data that are copied there. Everything that is stored,
registered or returned stays unmarked. When in doubt, do not mark: the profit is less than a page.

@ \.{i4\_words} has a file with a motto. The twins share all but one word.

@<A motto in a file@>=
static const char *motto;
@#
static ssize_t i4_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	return simple_read_from_buffer(to, size, at, motto, sizeof(words) - 1);
}
@#
static const struct proc_ops i4_ops = { @[@].proc_read = i4_read };
@#
static int __init i4_init(void)
{
	motto = words;
	return proc_create("i4_motto", 0444, NULL, &i4_ops) ? 0 : -ENOMEM;
}
module_init(i4_init);
@#
static void __exit i4_exit(void)
{
	remove_proc_entry("i4_motto", NULL);
}
module_exit(i4_exit);
MODULE_LICENSE("GPL");
@^error ENOMEM@>

@ This string is mentioned in |i4_init|, and nowhere else.

@(modules/i4_words_bad.c@>=
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
@#
static const char words[] __initconst = "spoken once\n";
@<A motto in a file@>@;
MODULE_DESCRIPTION("Breaks I4: remembers a string that init leaves behind");

@ And this one stays.

@(modules/i4_words_good.c@>=
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
@#
static const char words[] = "spoken once\n";
@<A motto in a file@>@;
MODULE_DESCRIPTION("Keeps I4: its string stays");

@ \enforced \.{modpost} does, in part, when the module is built: it looks at every relocation, and a reference from text or data that stay to a section that goes stops the
build, or draws a warning at least. It is silent here, since the only reference is in |i4_init|, where it is allowed. What |init| does with the address cannot be seen in a relocation.

At run time nothing does. The loader waits for a grace period and then frees the memory of |init|, in every load and for good; the quarantine is for text that a {\it removed\/} module
leaves behind, and does not cover it. It could. The price would be address space for every module that runs, and this book has met no public case of the mistake.

\seen The reader gets |EFAULT|, an error that says the reader's {\it own\/} address is bad: the copy to user space has met a page that is not there, and
takes it for the user's fault. A kernel that watches its memory tells the truth. If the memory has a new owner by then, what is read is the new owner's.
@^error EFAULT@>
\transcript{i4_words}

\checked More than \.{modpost} in this case, which looks at addresses in data and not at stores: the instruction that stores an address of {\tt.init.rodata} in data that stay is an error. An address that is handed to a function is lost to both; so is
one that a function without a mark hands out.

@*1 What happened before. \label{rule-i5}Who subscribes to events is told what happens from now on. What has happened already is the state of the world, and
for that one has to ask.
@^rule I5@>

\beginrule{I5}{Subscribe, then look}
After subscribing to events, read the state once: what happened before is not told.
\endrule

\concerns Users of notifiers: of buses, of modules, of memory that comes and goes. Some interfaces tell a newcomer the past as if it were news,
the notifiers of network devices and the states of processors among them. One has to know which; in a chain there is nothing but the future.

\wrongway Look first and subscribe then, as one looks at a room before one sits down in it. What happens in between is
neither seen nor told. \endwrong

\figure{i5-missed}{An event between the look and the subscription. Turned round, it could only be noticed twice.}

\rightway Subscribe first. From then on an event may come before the look, or during it, or be seen by both; so what is noted has to bear being
noted twice. A state may be set again; a count may not be raised again. And look and note have to be one step, under a
lock that the listener takes as well, or a departure that is told between them will be overwritten by an older look.

Even an interface that tells the past can forget some of it. Until 2018 the notifiers of network devices did not see a namespace that was just being made or taken apart, and
a newcomer could be told of a device that it came, and never that it went. There is no number for such cases: an event that nobody heard leaves no trace, and one goes and loads the module again.

@ \.{i5\_lamp} wants to know whether there is a lamp on the machine. Here is one.

@(modules/i5_lamp.c@>=
#include <linux/module.h>
#include <linux/platform_device.h>
@#
static struct platform_device *lamp;
@#
static int __init lamp_init(void)
{
	lamp = platform_device_register_simple("lamp", PLATFORM_DEVID_NONE, NULL, 0);
	return PTR_ERR_OR_ZERO(lamp);
}
module_init(lamp_init);
@#
static void __exit lamp_exit(void)
{
	platform_device_unregister(lamp);
}
module_exit(lamp_exit);
MODULE_DESCRIPTION("A lamp");
MODULE_LICENSE("GPL");

@ The listener is told of a new device when it can already be found, and of the departure of an old one when it cannot be found any more; of the two words for a departure only |BUS_NOTIFY_REMOVED_DEVICE|
has this sense. That is what makes the look, under the lock, agree with what the listener knows.
@^lock noting@>

@<Whether there is a lamp@>=
@<Stand still until the shell says go@>@;
#include <linux/mutex.h>
#include <linux/platform_device.h>
@#
static bool lit;
module_param(lit, bool, 0444);
static DEFINE_MUTEX(noting);
@#
static int i5_hear(struct notifier_block *unused, unsigned long event, void *data)
{
	if (strcmp(dev_name(data), "lamp"))
		return NOTIFY_DONE;
	guard(mutex)(&noting);
	if (event == BUS_NOTIFY_ADD_DEVICE)
		lit = true;
	else if (event == BUS_NOTIFY_REMOVED_DEVICE)
		lit = false;
	return NOTIFY_DONE;
}
static struct notifier_block ears = { @[@].notifier_call = i5_hear };

@ To look is to search the bus.
@^lock noting@>

@<Whether there is a lamp@>=
static void look(void)
{
	struct device *dev;

	guard(mutex)(&noting);
	dev = bus_find_device_by_name(&platform_bus_type, NULL, "lamp");
	lit = dev != NULL;
	put_device(dev);
}
@#
static void __exit i5_exit(void)
{
	bus_unregister_notifier(&platform_bus_type, &ears);
}
module_exit(i5_exit);
MODULE_LICENSE("GPL");

@ The breaking module looks, and subscribes.

@(modules/i5_lamp_bad.c@>=
@<Whether there is a lamp@>@;
static int __init i5_init(void)
{
	look();
	pause_here();
	return bus_register_notifier(&platform_bus_type, &ears);
}
module_init(i5_init);
MODULE_DESCRIPTION("Breaks I5: looks before it listens");

@ Its twin subscribes, and looks. It has published something uncounted by then; but nothing after it can fail (I2).

@(modules/i5_lamp_good.c@>=
@<Whether there is a lamp@>@;
static int __init i5_init(void)
{
	int err = bus_register_notifier(&platform_bus_type, &ears);

	if (err)
		return err;
	pause_here();
	look();
	return 0;
}
module_init(i5_init);
MODULE_DESCRIPTION("Keeps I5: listens, and then looks");

@ \enforced Nothing. What would have to be enforced is that somebody is curious.

\seen The lamp comes while |init| stands still. It is there, and the module says that it is not; it will say so until the lamp is taken away and put back.
\transcript{i5_lamp}

\checked That a module imports a subscription and nothing with which to look would be worth a line in a report. It does not see the order; and which chains tell a newcomer the past is written in no header.

@*1 Undo in reverse. \label{rule-x1}|init| builds in such an order that each step may use those before it. So each may
be undone when those after it are gone, and not before. That much holds for all programs. In a module there is a second reason, and a
different order of importance.
@^rule X1@>

\beginrule{X1}{The door first}
Exit undoes init in reverse; what users can reach goes first.
\endrule

\concerns Every exit function with more than one line.

\wrongway Take things down in the order in which one thinks of them: the buffers first, since they are large; then the
thread; the device last.
\show{|kfree(buffers);|\cr |kthread_stop(worker);|\cr |misc_deregister(&device);|\cr}
\noindent Until the last line is done the door is open, and behind it the buffers are gone. At this door the count helps: it was zero when exit began,
and whoever opens now is refused, if the device names its owner. But whoever comes by a file in \.{/proc}, a parameter, a notifier or an
interrupt asks no count; he comes in until he is shut out. (The files of parameters cannot be shut by exit: they are removed after it, so a setter must find a flag, under |kernel_param_lock|.) \endwrong

\figure{x1-door}{Memory that is freed before the door is shut. The reader is not late; he came while the file was there.}

\rightway Publish last (I1), and then the reverse of |init| begins by itself with what users can reach. The reverse is also
what a failing |init| has to do from the step that failed (I3); so the two may be one ladder of labels that exit enters from
the top.

D6 is this rule for what the module has ordered: sources first, then what they have scheduled. U1 is this rule with a wait in the middle. The unregister
call of a drained interface is both at once, the door and the wait, which is why it has to be the first line and not the last.

@ \.{x1\_door} has a word for whoever asks. It forgets the word thoroughly: |kfree_sensitive| overwrites what it frees.

@<A word and its door@>=
@<Stand still until the shell says go@>@;
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
@#
static char *word;
@#
static int x1_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%s\n", word);
	return 0;
}
@#
static void shut(void)
{
	remove_proc_entry("x1_word", NULL);
}
@#
static void forget(void)
{
	kfree_sensitive(word);
}

@ |init| builds, and opens.
@^error ENOMEM@>

@<Bring the word, and open@>=
static int __init x1_init(void)
{
	word = kstrdup("still here", GFP_KERNEL);
	if (!word)
		return -ENOMEM;
	if (proc_create_single("x1_word", 0444, NULL, x1_show))
		return 0;
	forget();
	return -ENOMEM;
}
module_init(x1_init);
MODULE_LICENSE("GPL");

@ The order of the breaking module is that of its |init|.

@(modules/x1_door_bad.c@>=
@<A word and its door@>@;
@<Bring the word, and open@>@;
static void __exit x1_exit(void)
{
	forget();
	pause_here();
	shut();
}
module_exit(x1_exit);
MODULE_DESCRIPTION("Breaks X1: frees what can still be read");

@ That of its twin is the reverse. |remove_proc_entry| returns when the last reader is out.

@(modules/x1_door_good.c@>=
@<A word and its door@>@;
@<Bring the word, and open@>@;
static void __exit x1_exit(void)
{
	shut();
	pause_here();
	forget();
}
module_exit(x1_exit);
MODULE_DESCRIPTION("Keeps X1: shuts the door first");

@ \enforced The author's order the loader leaves alone. Its own obeys: what was told last of the coming is
told first of the going (\chap{delete}), and the directory goes before the memory that its files show (\chap{burial}).

\seen Somebody reads the word while exit stands still. The memory is freed {\it inside\/} of exit, with the module's text and data still in their place, so the quarantine has nothing to do with it. Had the
memory been given away in the meantime, it would show somebody else's word. Of the public cases such an order makes four in a hundred.
\transcript{x1_door}

\checked It reads the calls in the straight line of exit, and knows which of them open and shut a door, and which destroy. What is destroyed while a function can still be entered that mentions it, is an error. A loop ends this knowledge, and so does
a second pointer to the same memory. The loader, to which exit is one call, knows less.

@*1 Exit cannot refuse. \label{rule-x2}An exit function has no result. That is not an oversight: there is nothing that a loader could do with a refusal, as half of
the module may be unregistered when it comes.
@^rule X2@>

\beginrule{X2}{Exit cannot refuse}
Exit cannot refuse and cannot fail: who must refuse holds a reference.
\endrule

\concerns Authors whose exit tests whether it may go, and returns early if not; and those whose exit calls something that can fail, with no answer to that but a message.

\wrongway Count the users oneself, and return at once while there are any. But an early return does not refuse: the
loader goes on, and frees what the module has left registered. \endwrong

\figure{x2-stays}{An exit that thinks better of it. To the loader this return is like any other.}

\noindent A connection tracker once counted its users itself, and spun in exit until there were none: the honest form of that is a reference for each user, and a remover who waits.

Exit functions that may refuse were tried elsewhere: FreeBSD asks twice, and in NetBSD and illumos exit may fail. They pay with modules that are half there.
A function that is only asked whether the module {\it could\/} go leaves a window between the
answer and the act, which is the naive count once more.

\rightway Whoever needs the module holds a reference, and then exit is not called; nobody else has a say. Usually the interface takes it, if it is told the owner (C2). Where it does not,
the module may take one on itself, if it is inside of a drained entry at that moment: exit cannot get past the drain before the entry has returned, and so there is
none of the windows that a bare hook has (S1, S2).

@ \.{x2\_refuse} has a file that may stay open for long. The interface of \.{/proc} drains, but it does not count; the module has to know of its readers by itself.

@<A file with readers@>=
static ssize_t x2_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	return simple_read_from_buffer(to, size, at, "still here\n", 11);
}
@#
static const struct proc_ops x2_ops = {@t\1@>@/
	@[@].proc_open = x2_open,@/
	@[@].proc_read = x2_read,@/
	@[@].proc_release = x2_release,@t\2@>@/
};
@#
static int __init x2_init(void)
{
	return proc_create("x2_file", 0444, NULL, &x2_ops) ? 0 : -ENOMEM;
}
module_init(x2_init);
MODULE_LICENSE("GPL");
@^error ENOMEM@>

@ The breaking module has a number of its own. It is right at every moment; it is only of no use.

@(modules/x2_refuse_bad.c@>=
#include <linux/atomic.h>
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
@#
static atomic_t readers = ATOMIC_INIT(0);
@#
static int x2_open(struct inode *inode, struct file *file)
{
	atomic_inc(&readers);
	return 0;
}
@#
static int x2_release(struct inode *inode, struct file *file)
{
	atomic_dec(&readers);
	return 0;
}
@<A file with readers@>@;
static void __exit x2_exit(void)
{
	if (atomic_read(&readers))
		return; /* not now */
	remove_proc_entry("x2_file", NULL);
}
module_exit(x2_exit);
MODULE_DESCRIPTION("Breaks X2: exit returns early, as if that helped");

@ The twin gives the number to the loader, who asks for it before exit. An open that comes too late is refused.
@^error ENODEV@>

@(modules/x2_refuse_good.c@>=
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
@#
static int x2_open(struct inode *inode, struct file *file)
{
	return try_module_get(THIS_MODULE) ? 0 : -ENODEV;
}
@#
static int x2_release(struct inode *inode, struct file *file)
{
	module_put(THIS_MODULE);
	return 0;
}
@<A file with readers@>@;
static void __exit x2_exit(void)
{
	remove_proc_entry("x2_file", NULL);
}
module_exit(x2_exit);
MODULE_DESCRIPTION("Keeps X2: its readers hold it");

@ \enforced The call of exit has no result to look at (\see{exit-call}). What an exit has left behind when it thought better of it is found by the audit or met by the quarantine, as with
one that forgot; for the loader cannot tell the two apart.

\seen The reader wakes up and reads. On the stock kernel his read goes through operations that are gone; on ours he reads nothing, and the line names the function.
\transcript{x2_refuse}
\noindent The twin cannot be removed while he reads. The refusal comes from the count, before exit, as |EWOULDBLOCK|.
@^error EWOULDBLOCK@>

\checked That there is a way through exit on which nothing is called at all, so that the file is not taken back. It is told as advice, since an exit may also have nothing to do. A path around
one call among several it does not report; too many of them are right. Of the twin it says, as advice, that its put may drop the last reference in a function of its own (R4). It does not know that exit waits for |x2_release|. Advice
may be declined.

@*1 To have no exit. \label{rule-x3}A module without an exit function is not unfinished. It says that it will not leave, and the loader takes it at its word: it is {\it permanent}.
@^rule X3@>

\beginrule{X3}{Who cannot leave has no exit}
A module that cannot leave safely has an init and no exit function.
\endrule

\concerns Whoever uses an interface without a way back, or with one that nobody can wait for: a pointer in a variable of
the kernel that others read without a lock; a bare hook that may sleep, if the module cannot guard itself (U5); an address that was given to hardware or firmware for good.

\wrongway Write an empty exit, to be able to replace the module while it is being developed. It is the cheapest function of all, and it is
a statement: {\it this module may leave at any time}. \endwrong

\figure{x3-empty}{An empty exit. What was hung up has no way back, and stays.}

\noindent The best known permanent module is IPv6, where it is one. It has thousands of objects in the care of others, and no exit function.
In a distribution of 4,230 modules five have an init and no exit; 518 have neither, which is something else: a library runs
nothing of its own, and may leave when nobody is linked to it.

\rightway Leave the exit function out. What was loaded by mistake stays until the next boot, and costs its memory. The developer has the mild force (\see{force}), on his own machine.

@ \.{field\_x} is an interface without a way back. A bell can be given a rope; there is no call for taking it off. It is in no table of interfaces,
so of its users the loader can only say that it does not know (\chap{verdict}).

@(modules/field_x.c@>=
#include <linux/debugfs.h>
#include <linux/module.h>
#include "field_x.h"
@#
static void @[@](*rope)(void);
@#
void field_x_hang(void @[@](*fn)(void))
{
	WRITE_ONCE(rope, fn);
}
EXPORT_SYMBOL_GPL(field_x_hang);
@#
static int ring(void *unused, u64 times)
{
	void @[@](*fn)(void) = READ_ONCE(rope);

	while (fn && times--)
		fn();
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(ring_fops, NULL, ring, "%llu\n");
@<Put the bell where the shell can ring it@>@;
MODULE_DESCRIPTION("A bell");
MODULE_LICENSE("GPL");

@ It may leave itself when nobody is linked to it.

@<Put the bell where the shell can ring it@>=
static struct dentry *file;
@#
static int __init bell_init(void)
{
	file = debugfs_create_file_unsafe("field_x", 0200, NULL, NULL, &ring_fops);
	return 0;
}
module_init(bell_init);
@#
static void __exit bell_exit(void)
{
	debugfs_remove(file);
}
module_exit(bell_exit);

@ This is all that its users see.

@(modules/field_x.h@>=
void field_x_hang(void @[@](*fn)(void));

@ And this is one of them.

@<Something on the rope@>=
#include <linux/module.h>
#include "field_x.h"
@#
static unsigned long rings;
@#
static void x3_hook(void)
{
	rings++;
}
@#
static int __init x3_init(void)
{
	field_x_hang(x3_hook);
	return 0;
}
module_init(x3_init);
MODULE_LICENSE("GPL");

@ One says that it may leave.

@(modules/x3_exit_bad.c@>=
@<Something on the rope@>@;
static void __exit x3_exit(void)
{
}
module_exit(x3_exit);
MODULE_DESCRIPTION("Breaks X3: cannot leave, and has an exit");

@ The other does not.

@(modules/x3_exit_good.c@>=
@<Something on the rope@>@;
MODULE_DESCRIPTION("Keeps X3: cannot leave, and says so");

@ \enforced The loader refuses to remove a permanent module, with |EBUSY|, and says {\it permanent\/} in its verdict when it loads it (\chap{verdict}). Whether a module {\it ought\/} to be one
it cannot know.
@^error EBUSY@>

\seen The bell is rung after the removal. On the stock kernel whoever rings it jumps into freed text. On ours he meets a trap, and goes on; the line says C1,
since the caller is a function of another module, and the loader asks for that first. The twin is still there when the run is over.
\transcript{x3_exit}

\checked An init without an exit is plain to see, and not a mistake. To find the other kind, every interface would have to be known by whether it has a way back: that is the column of counterparts in
the table (\chap{interfaces}), where a bare entry with nothing in that column wants no exit.

@*1 What exit may wait for. \label{rule-x4}A drain can be interrupted; an exit function cannot. Hence a rule for those who write exit functions, and for those
who call them by removing a module.
@^rule X4@>

\beginrule{X4}{Exit waits for nobody who waits for the remover}
Exit waits for nothing that needs the remover or a lock the remover may hold.
\endrule

\concerns Exit functions that wait until somebody has finished, and removers that hold an
open file of the module, perhaps without knowing it, since a shell hands open files to its children.

\wrongway Let the module keep a number of its users beside the loader's count, and let exit wait until it is zero. It is the honest form of X2:
exit does not refuse, it is patient.
If the last of the users is the remover himself, or the process that started him and waits for him, exit never ends.
It has no way to give up, so no signal helps, and the module stays |GOING|. \endwrong

\figure{x4-circle}{A script that is the module's guest removes it. Each waits for the other, and no signal reaches them.}

\noindent And the door cannot go first, as X1 would have it, since the guests have to leave by it. A number in the module that keeps
exit from going on is a sign that the loader's number should have been used.

\rightway Whoever must not be left behind holds a reference. Then it is the drain that waits
for him; it comes before exit, and \.{\^C} ends it. What exit itself waits for should be able to end by itself, like
a timer or a piece of work.

@ \.{x4\_guest} has room for one guest. He comes by writing \.1 and leaves by writing \.0, and keeps no file open in between. At the desk one is served after the other:
a guest who was signed out before he has quite come would give back what he has not yet got.
@^error EBUSY@>@^lock desk@>

@<One guest at a time@>=
#include <linux/fs.h>
#include <linux/kstrtox.h>
#include <linux/module.h>
#include <linux/mutex.h>
#include <linux/proc_fs.h>
#include <linux/wait.h>
@#
static DEFINE_MUTEX(desk);
static unsigned long room;
static int come(void);
static void leave(void);
@#
static ssize_t x4_write(struct file *file, const char __user *from, size_t size, loff_t *at)
{
	bool in;
	int err = kstrtobool_from_user(from, size, &in);

	guard(mutex)(&desk);
	if (!err && in)
		err = test_and_set_bit(0, &room) ? -EBUSY : come();
	else if (!err && test_and_clear_bit(0, &room))
		leave();
	return err ? err : size;
}
static const struct proc_ops x4_ops = { @[@].proc_write = x4_write };

@ The way in is the same for both.
@^error ENOMEM@>

@<Open the room@>=
static int __init x4_init(void)
{
	return proc_create("x4_guest", 0200, NULL, &x4_ops) ? 0 : -ENOMEM;
}
module_init(x4_init);
MODULE_LICENSE("GPL");

@ The breaking module waits until the room is empty.

@(modules/x4_guest_bad.c@>=
@<One guest at a time@>@;
@<Open the room@>@;
static DECLARE_WAIT_QUEUE_HEAD(left);
@#
static int come(void)
{
	return 0;
}
@#
static void leave(void)
{
	wake_up_all(&left);
}
@#
static void __exit x4_exit(void)
{
	wait_event(left, !test_bit(0, &room));
	remove_proc_entry("x4_guest", NULL);
}
module_exit(x4_exit);
MODULE_DESCRIPTION("Breaks X4: exit waits for a guest");

@ In the twin the guest is a reference. One who is refused has not come, and the room is free again.
@^error ENODEV@>

@(modules/x4_guest_good.c@>=
@<One guest at a time@>@;
@<Open the room@>@;
static int come(void)
{
	if (try_module_get(THIS_MODULE))
		return 0;
	clear_bit(0, &room);
	return -ENODEV;
}
@#
static void leave(void)
{
	module_put(THIS_MODULE);
}
@#
static void __exit x4_exit(void)
{
	remove_proc_entry("x4_guest", NULL);
}
module_exit(x4_exit);
MODULE_DESCRIPTION("Keeps X4: the loader waits, and exit does not");

@ \enforced Exit is called without |module_mutex|, so that at least this lock is never the one; and the
tool lets go of all that it has inherited before it asks (\chap{tool}). A loader that wanted to break such a wait would have to make exit return, and nobody knows what the lines after it would find.

\seen A script is the guest, and calls \.{rmmod} before it leaves. \.{rmmod} hangs, and \.{\^C} does not help; on both kernels, until the test leaves in the script's place. The
kernel's watch for tasks that hang would tell of it after two minutes.
\transcript{x4_guest}
\noindent With the twin \.{rmmod} fails at once, the script leaves, and the next \.{rmmod} succeeds. If a remover waits for a module that its own parent has open, the tool's report says of that process that it
``started this rmmod''.

\checked It may see that exit calls something that waits. For whom, neither it nor the loader can see.

@*1 Two rules for those who remove. \label{rule-f1}A user has no text in the kernel. What he can do wrong he does from outside, with calls that are allowed, and
mostly because he is in a hurry.
@^rule F1@>

\beginrule{F1}{Try first}
Try first; wait if patience is wanted; a refusal names the holder.
\endrule

\concerns Everybody who removes modules, by hand or from a script.

\wrongway Drain at once: it is one call instead of two, and it is sure to succeed some day. But from its first
moment a drain refuses everybody, also when there is somebody inside who will stay for hours. Then the user loses
his patience, and all the others were sent away for nothing. (To repeat the attempt in a loop is wrong in another
way: a module that is held most of the time may never be met at rest.) \endwrong

\figure{f1-drain}{A drain without an attempt. From its first moment everybody is refused, and in the end it was for nothing.}

\rightway An attempt, which nobody notices if it fails (\see{attempt}); if it was refused, look
who holds the module, and ask him to leave, or wait for him by a drain (\see{drain}). The tool of \chap{tool} is
this rule made into a program.

\nopair{F1}{A module cannot break this rule, only its remover can. What there is to see happens to modules that obey all the others.}

\enforced Nothing has to be. Every refusal has an errno of its own (\chap{delete}), so that a program can tell what a person would have to guess; and a
drain can be broken off.

\seen The session at the beginning of \chap{tool}; and in the last run of its tests:
\transcript{f1}

\checked Nothing; it looks at modules, and not at those who remove them. And who holds a reference that was taken before tracing began, nobody can tell.

@ The other rule is about force, of which the loader has two kinds (\see{force}). The mild one overrules a missing exit function, the brutal one the count. \label{rule-f2}%
@^rule F2@>

\beginrule{F2}{Force is the last act of a machine}
Force that does not wait is for a machine that will be rebooted.
\endrule

\concerns A user whose \.{rmmod} was refused, and who finds an option \.{-f} in the manual.

\wrongway \.{-f}, because it worked the last time. It seems to work as long as the holder sleeps. When he wakes, it
is in text that belongs to somebody else. \endwrong

\figure{f2-force}{The brutal kind of force. The holder has kept every rule in this book.}

\rightway Wait for whoever holds the module, by \.{--wait}; if there is only the missing exit
function to be overcome, ask for the mild kind. The brutal kind has one honest use, on a developer's machine: a count that is stuck, because somebody died in an oops between get and put.

\nopair{F2}{Any module that is held will do, and an obedient one best: the mistake is the remover's.}

\enforced Both kinds want a kernel that is configured for force. Both taint it when they have had their way, so that every later oops carries the mark; and
what late puts will touch is never freed (\see{force}).

\seen The two lines in the log that begin with F2. The trials ``first force'' and ``second force'' of \chap{sleepers} show them, and the late put:
\transcript{f2}

\checked Nothing, again. The loader knows how many references are held, and not whether a living task stands behind each.

@*1 Exercises.
\exercise{10} A parameter has a setter of its own, which takes a mutex that |init| initialises with |mutex_init|. Which order does rule I1 ask for, and can |init| provide it?

\exercise{15} A module needs two bare hooks, and neither interface can reserve a place. Something else may fail as well. In which order does an |init| that keeps rule I2 take its steps, and how many times may it have to wait?

\exercise{15} Write an |init| of three steps and its exit so that rule I3 is kept and every undo stands in the text once. Why can |init| not simply call the exit function?

\exercise{20} A callback is marked {\tt\char95\char95init}, registered with a chain of notifiers in the middle of |init|, and unregistered before |init| returns. Does that keep rule I4? Does it depend on the kind of chain?

\exercise{20} In the obedient module of rule I5 replace |BUS_NOTIFY_REMOVED_DEVICE| by |BUS_NOTIFY_DEL_DEVICE|, of which the listener is told when the device is still on the bus. Find the order of events after which the module believes
in a lamp that is gone. Then do the same with the lock taken out, and the events as they were.

\exercise{15} Exit takes a lock, frees the buffer, sets the pointer to |NULL|, gives the lock back, and removes the file last. Whoever reads takes the same lock and tests the pointer. Is rule X1 broken? Is anything else?

\exercise{20} The obedient module of rule X2 takes a reference on itself, in a function of its own. Rules S1 and S2 spend pages on the windows that this opens. Where are they here? What does somebody see who opens the file in the middle of exit?

\exercise{10} Which of these is permanent, and which may be removed at any time: a module with neither |init| nor exit; one with an exit and no |init|; one whose |init| only prints a line, and which has no exit? How can a module of the
first kind keep rule X3, if its functions have been handed to somebody for good?

\exercise{20} Exit calls |cancel_work_sync|. The work sends a question to a daemon and waits for the answer; the daemon is what called |delete_module|. Whose mistake is it, by rule X4, and what are the ways out?

\exercise{10} A test suite removes its module in a loop of five hundred attempts, a tenth of a second apart. Put rule F1 in its place, in one line. What has become better, and for whom has it become worse?

\exercise{15} After the brutal kind of force the holder does nothing but give his reference back. Has anything bad happened? Why is rule F2 as strict as it is?

