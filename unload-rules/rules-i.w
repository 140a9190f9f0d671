@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for the beginning and the end. \label{rules-i}%
A module has two functions that are called once. Before the first of them nobody can come in, and after the second nobody may be inside.

@*1 Entered, and then failed. \label{i2-init}Rule I2 stands in \see{failing}, with what is done for those who hold a
reference when |init| fails. Here is the other case: the interface counts nobody, somebody has come in while |init| was running,
and |init| fails. He is a straggler, in a module that has never lived.
@^rule I2@>

\.{field\_i} has an interface for that. A hook is called from a thread of its own, once, and |field_i_hook| returns
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

@ {\it The right way:} the obedient one unhooks and waits, as its exit would have to.
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

@ For the stock loader a failed load is a removal without an exit function, and with one grace period. The thread sleeps through that, and comes back into
nothing. {\it What enforces the rule\/} here is that a failed load is handed to the same undertaker as a removed module (\chap{undertaker}). The caller of
\.{insmod} has his error at once, the census finds the thread asleep, with a return address in |i2_hook| on its stack, and the memory waits until the thread has been let out.
{\it What is seen\/} is a line with I2, which names the thread. A straggler in a module that has never lived is told from all others by nothing else. What {\it a checker\/} sees was said with the rule.

The name may be used again at once, in this case as in all others: whoever mends the module and loads it anew need not wait for the
straggler of the first trial.

@*1 Undo in reverse. \label{rule-x1}|init| builds in such an order that each step may use those before it. So each may
be undone when those after it are gone, and not before. That much holds for all programs. In a module there is a second reason, and a
different order of importance.
@^rule X1@>

\beginrule{X1}{The door first}
Exit undoes init in reverse; what users can reach goes first.
\endrule

\noindent {\it Whom it concerns:} every exit function with more than one line.

\wrongway Take things down in the order in which one thinks of them: the buffers first, since they are large; then the
thread; the device last.
\show{|kfree(buffers);|\cr |kthread_stop(worker);|\cr |misc_deregister(&device);|\cr}
\noindent Until the last line is done the door is open, and behind it the buffers are gone. At this door the count helps: it was zero when exit began,
and whoever opens now is refused, if the device names its owner. But whoever comes by a file in \.{/proc}, a parameter, a notifier or an
interrupt asks no count; he comes in until he is shut out. \endwrong

\noindent {\it The right way:} publish last, rule I1, and then the reverse of init begins by itself with what users can reach. The reverse is also
what a failing |init| has to do from the step that failed, rule I3; it is good to write the two as one
function that takes down whatever is there, or as one ladder of labels that exit enters from the top. But let it not undo what was never done: a load that failed early
once ran the whole of the going path over state that only a complete coming sets up (CVE-2024-50002).

{\it What enforces it} is the loader's own order, in what it does for the module: what was told last of the coming is
told first of the going (\chap{delete}), the directory goes before the memory that its files show (\chap{burial}). The author's order it
leaves alone. {\it What is seen} of a wrong order depends on what was used after it was gone; of the public
cases it makes four in a hundred, and there is no scenario that would stand for all. {\it A checker\/} that reads the calls in the straight line of init
and of exit can compare the two lists of pairs; a loop or a call of another function ends its knowledge. The loader, to which
exit is one call, knows less.

