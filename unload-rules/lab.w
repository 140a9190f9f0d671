@q SPDX-License-Identifier: GPL-2.0-only @>

@* Exercises with a machine. \label{lab}%
The exercises at the ends of the chapters are done on paper. These five are done with a machine. In each of them a module is given that
works, that compiles without a warning, and that one must not remove. The task is always the same, and it is what happens in real life:
somebody sends a log.

\num1 Run it, read the log, and say what every line means: who was where, which rule he broke, and what would have come of it on a stock kernel.
\num2 Find the line of the source that is wrong, or the place where one is missing. Say {\it why\/} it seemed right to its author. This is the harder
question, and the more useful one: the next module that is wrong in this way will not be called an exercise.
\num3 Mend the module, with as small a change as will do, and have it tried.

\endli
What is to be typed is this, with the number of the exercise:

\begintt
$ make lab                           lists the exercises
$ make lab EXERCISE=3                runs the broken module
$ make lab EXERCISE=3 CHECK=mine.c   tries yours
\endtt

\noindent The second boots the kernel of this book with room for the quarantine, inserts the module, makes it work, removes it, and waits to see who
still comes. What it prints is the console as it would have been seen by somebody who sat at it: what was typed stands behind a \.{\#}, the kernel's own lines are among it, in
the order in which it all happened. The words of \.{modrules} (\chap{checker}) come last; it is worth hiding them at first, for in four
of the five they give the rule away, and in the fifth they are none at all. The last line tells where a copy of the source lies that one
can edit: \.{out/exercise/lab3.c}. It is the one printed here, put together for the compiler.

@ What does it mean that a module {\it obeys}? A removal that went well proves nothing; most of those in this chapter go well most of
the time. With \.{CHECK} the module is compiled with more warnings than kernels usually are, is shown to the checker, goes through the same scenario on the kernel of the
book, and once more on the kernel that watches its memory and its locks, if that has been built (\.{make kernel test-modules CONFIG=debug}; the tests build it as well).
To obey, it must
\li still do its {\it work\/}: the counter rises, the file answers. The safest module is one that does nothing, and somebody always hands it in;
\li let itself be removed, and refuse to be as long as somebody has it open;
\li leave nothing that the loader finds, calls or waits for: no line of the log may begin with its name and a rule;
\li give the kernel no cause for complaint, and the checker none for an {\it error}. Its advice is printed, and does not count; neither do the compiler's warnings;
\li claim nothing. A module may tell the loader that it has looked after a rule (\chap{verdict}), and is believed until it is found out. In an
exercise that would be an answer without a reason.

\endli
\noindent The answer is a line, \.{it obeys}, and a status of zero; or a list of what was found, and a status of one. That this is not a proof has been said of every
means in this book, and exercise~6 asks what gets past all of them.

@ The modules are made like those of the rules: what the broken one and the mended one have in common is a section of its own, and what is left is, nearly
always, exit. That is no accident of this chapter. Who reads a module for the first time and has ten minutes should read its exit function, with a list of all that |init| and the
callbacks have started beside it.

The broken ones stand here. The mended ones stand at the chapter's end (\see{mended}), and should stay there for a while.

@*1 Sessions. \label{lab-1}The first module keeps a list of those who have logged in. Writing a name to \.{/sys/kernel/lab1} opens a session, writing a minus
sign closes them all, and reading the file lists them. Readers take no lock: they go through the list in a read section of RCU, so whoever closes a session cannot
free it at once, and leaves that to a callback. A session is more than one piece of memory, and one of the two is a secret to be wiped before it is given back, so the simple
|kfree_rcu| would not do.

@<Keep a list of sessions@>=
#include <linux/kobject.h>
#include <linux/module.h>
#include <linux/rculist.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/sysfs.h>
@#
struct session {
	struct list_head link;
	struct rcu_head rcu;
	char *user;
};
static LIST_HEAD(sessions);
static DEFINE_MUTEX(changing);
@#
static void free_session(struct rcu_head *head)
{
	struct session *s = container_of(head, struct session, rcu);

	kfree_sensitive(s->user);
	kfree(s);
}

@ To close a session is to take it off the list, where new readers do not find it, and to order the callback, for the sake of the old ones.
@^error ENOMEM@>

@<Keep a list of sessions@>=
static void close_sessions(void)
{
	struct session *s, *next;

	guard(mutex)(&changing);
	list_for_each_entry_safe(s, next, &sessions, link) {
		list_del_rcu(&s->link);
		call_rcu(&s->rcu, free_session);
	}
}
@#
static int open_session(const char *user, size_t length)
{
	struct session *s = kzalloc(sizeof(*s), GFP_KERNEL);

	if (!s)
		return -ENOMEM;
	s->user = kstrndup(user, length, GFP_KERNEL);
	if (!s->user) {
		kfree(s);
		return -ENOMEM;
	}
	guard(mutex)(&changing);
	list_add_tail_rcu(&s->link, &sessions);
	return 0;
}

@ The file. An interface of \.{/sys} is a drained one: to remove the file waits for those who read or write it (rule U2).
@^rule U2@>

@<Keep a list of sessions@>=
static ssize_t lab1_show(struct kobject *dir, struct kobj_attribute *file, char *page)
{
	struct session *s;
	int n = 0;

	guard(rcu)();
	list_for_each_entry_rcu(s, &sessions, link)
		n += sysfs_emit_at(page, n, "%s\n", s->user);
	return n;
}
@#
static ssize_t lab1_store(struct kobject *dir, struct kobj_attribute *file,@|
	const char *order, size_t size)
{
	int err = 0;

	if (sysfs_streq(order, "-"))
		close_sessions();
	else
		err = open_session(order, strcspn(order, "\n"));
	return err ? err : size;
}
static struct kobj_attribute lab1_file = __ATTR(lab1, 0600, lab1_show, lab1_store);

@ The file is all that |init| has to make.

@<Keep a list of sessions@>=
static int __init lab1_init(void)
{
	return sysfs_create_file(kernel_kobj, &lab1_file.attr);
}
module_init(lab1_init);
MODULE_DESCRIPTION("Keeps a list of sessions");
MODULE_LICENSE("GPL");

@ And exit. It removes the file first, so that nobody opens or reads a session any more. It closes what is open. Everything has been taken back in the reverse order, with the very
functions that are used in between.

@(modules/lab1.c@>=
@<Keep a list of sessions@>@;
@#
static void __exit lab1_exit(void)
{
	sysfs_remove_file(kernel_kobj, &lab1_file.attr);
	close_sessions();
}
module_exit(lab1_exit);

@ \exercise{15} Run \.{make lab EXERCISE=1}. Two lines of the log speak of the module, one from before its exit and one from after it. Whence does the loader know
the first, before anything has happened? What is it that it then does, and what would have come of it on a stock kernel? The author of a server in the kernel got it wrong in
this way (CVE-2023-32246). Mend it; and say why |synchronize_rcu| will not do.

@*1 A dispenser of numbers. \label{lab-2}The second is a character device of the old sort. Whoever opens it draws a ticket, and reads from it the number that was his turn when he
came, as often as he likes.

@<Hand out tickets@>=
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/slab.h>
@#
struct ticket {
	size_t length;
	char text[24];
};
static atomic_t last = ATOMIC_INIT(0);
@#
static int lab2_open(struct inode *inode, struct file *file)
{
	struct ticket *t = kmalloc(sizeof(*t), GFP_KERNEL);

	if (!t)
		return -ENOMEM;
	t->length = scnprintf(t->text, sizeof(t->text), "ticket %d\n", atomic_inc_return(&last));
	file->private_data = t;
	return 0;
}

@ The ticket is torn up when the file is closed. Nothing is shared, nothing is ordered, nobody sleeps.
@^error ENOMEM@>

@<Hand out tickets@>=
static int lab2_release(struct inode *inode, struct file *file)
{
	kfree(file->private_data);
	return 0;
}
@#
static ssize_t lab2_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	struct ticket *t = file->private_data;

	return simple_read_from_buffer(to, size, at, t->text, t->length);
}

@ A number for the device is chosen by the kernel, and shown in \.{/proc/devices}.

@<Hand out tickets@>=
static int major;
static const struct file_operations lab2_fops;
@#
static int __init lab2_init(void)
{
	major = register_chrdev(0, "lab2", &lab2_fops);
	return major < 0 ? major : 0;
}
module_init(lab2_init);
@#
static void __exit lab2_exit(void)
{
	unregister_chrdev(major, "lab2");
}
module_exit(lab2_exit);
MODULE_DESCRIPTION("Hands out tickets");
MODULE_LICENSE("GPL");

@ What is left is a table of three functions.

@(modules/lab2.c@>=
@<Hand out tickets@>@;
@#
static const struct file_operations lab2_fops = {@t\1@>@/
	@[@].open = lab2_open,@/
	@[@].read = lab2_read,@/
	@[@].release = lab2_release,@t\2@>@/
};

@ \exercise{10} Run \.{make lab EXERCISE=2}, and explain what became of the one who had drawn a ticket. Is anything lost? What could the author have tested, and with which command, to find
his mistake before anybody else did? Mend the module (CVE-2026-68178 is a case of the same kind).

@*1 A slow sensor. \label{lab-3}The third reads a sensor twice in three seconds. The sensor takes its time, a second, so it must be read by somebody who may sleep; but when it is time to do so is told by a
timer. So the timer orders the work, and the work, when it is done, arms the timer again.

@<Read a slow sensor@>=
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
@#
static int samples;
module_param(samples, int, 0444);
static struct timer_list pause;
@#
static void take_sample(struct work_struct *unused)
{
	msleep(1000);
	samples++;
	mod_timer(&pause, jiffies + HZ / 2);
}
static DECLARE_WORK(sampling, take_sample);
@#
static void pause_is_over(struct timer_list *unused)
{
	schedule_work(&sampling);
}

@ The circle is set going by arming the timer for the first time.

@<Read a slow sensor@>=
static int __init lab3_init(void)
{
	timer_setup(&pause, pause_is_over, 0);
	mod_timer(&pause, jiffies + HZ / 10);
	return 0;
}
module_init(lab3_init);
MODULE_DESCRIPTION("Reads a slow sensor");
MODULE_LICENSE("GPL");

@ Its exit has two lines, one for each of the two, and each of them waits. The author has read rule D6: the timer is the source of the work, and the source goes first.
@^rule D6@>

@(modules/lab3.c@>=
@<Read a slow sensor@>@;
@#
static void __exit lab3_exit(void)
{
	timer_delete_sync(&pause);
	cancel_work_sync(&sampling);
}
module_exit(lab3_exit);

@ \exercise{20} Run \.{make lab EXERCISE=3}. What has the loader found, and how can it be there, if exit has deleted it and waited? Draw the circle, and mark at what point of it each of the two calls finds
its object. Then try the obvious cure, to exchange the two lines: does it obey? Is it right?

@*1 A courier. \label{lab-4}The fourth has a thread for every parcel. Who writes to its parameter \.{send} starts a courier, who is on his way for a while and then counts
the parcel as delivered. Since a courier must not be on his way when the module goes, he holds it: the reference is taken before he is sent, and he
gives it back himself.
@^error ENODEV@>

@<Send a courier@>=
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/module.h>
@#
static int parcels;
module_param(parcels, int, 0444);
@#
static int deliver(void *unused);
@#
static int send(const char *value, const struct kernel_param *unused)
{
	struct task_struct *courier;

	if (!try_module_get(THIS_MODULE))
		return -ENODEV;
	courier = kthread_run(deliver, NULL, "courier");
	if (IS_ERR(courier)) {
		module_put(THIS_MODULE);
		return PTR_ERR(courier);
	}
	return 0;
}
static const struct kernel_param_ops sending = {@t\1@>@/
	@[@].set = send,@t\2@>@/
};
module_param_cb(send, &sending, NULL, 0200);

@ Nothing remains to be done at the end; as long as anybody is on his way, the end does not come.

@<Send a courier@>=
static int __init lab4_init(void)
{
	return 0;
}
module_init(lab4_init);
@#
static void __exit lab4_exit(void)
{
}
module_exit(lab4_exit);
MODULE_DESCRIPTION("Sends couriers");
MODULE_LICENSE("GPL");

@ And this is his way. When he has delivered, he touches nothing of the module any more, neither its data nor its functions. He has a rest, and goes home.

@(modules/lab4.c@>=
@<Send a courier@>@;
@#
static int deliver(void *unused)
{
	msleep(200);
	parcels++;
	module_put(THIS_MODULE);
	msleep(1000);
	return 0;
}

@ \exercise{20} Run \.{make lab EXERCISE=4}. The log names a place in the module at which somebody is, after all that he had to do there was done. What is at that place? Strike the rest out, so that |module_put| is followed by |return 0| at once, and have
that tried: does it obey now? Explain both answers, that of the loader and that of the checker. Then mend the module so that both agree. (In the 4,230 modules of a distribution there are 169 places that take
a reference on the module in which they stand, and four modules whose threads end as a thread with a reference should.)

@*1 A thermometer. \label{lab-5}The last is a small driver, as one finds them by the hundred, and two things are wrong with it. It measures the temperature, which takes half a second, once in a second, by work that orders
itself; it shows the last value in \.{/proc/lab5}, and the highest in \.{/proc/lab5\_peak}. Whoever has no use for the second loads it with \.{peak=0}.

@<Measure the temperature@>=
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <linux/workqueue.h>
@#
static bool peak = true;
module_param(peak, bool, 0444);
static int degrees = 15, highest;
@#
static void measure(struct work_struct *work)
{
	msleep(500);
	degrees = 15 + (degrees + 4) % 10;
	highest = max(highest, degrees);
	schedule_delayed_work(to_delayed_work(work), HZ / 2);
}
static DECLARE_DELAYED_WORK(measuring, measure);

@ Each file is one number.

@<Measure the temperature@>=
static int show_degrees(struct seq_file *m, void *unused)
{
	seq_printf(m, "%d\n", degrees);
	return 0;
}
@#
static int show_highest(struct seq_file *m, void *unused)
{
	seq_printf(m, "%d\n", peak ? highest : 0);
	return 0;
}

@ The files come last, when there is something to be read from them.
@^error ENOMEM@>

@<Measure the temperature@>=
static int __init lab5_init(void)
{
	schedule_delayed_work(&measuring, 0);
	if (proc_create_single("lab5", 0444, NULL, show_degrees) &&@|
	    proc_create_single("lab5_peak", 0444, NULL, show_highest))
		return 0;
	remove_proc_subtree("lab5", NULL);
	cancel_delayed_work_sync(&measuring);
	return -ENOMEM;
}
module_init(lab5_init);
MODULE_DESCRIPTION("Measures the temperature");
MODULE_LICENSE("GPL");

@ The end undoes it in reverse: the files, each of which is drained, and then the work, which nobody can order any more but itself.

@(modules/lab5.c@>=
@<Measure the temperature@>@;
@#
static void __exit lab5_exit(void)
{
	remove_proc_entry("lab5", NULL);
	if (peak)
		remove_proc_entry("lab5_peak", NULL);
	cancel_delayed_work(&measuring);
}
module_exit(lab5_exit);

@ \exercise{25} Run \.{make lab EXERCISE=5}, which loads it with \.{peak=0}. Assign each line of the log to one of the two mistakes. Which line comes at the removal, which only when somebody does something afterwards, and
what, then, would a log without any such line prove? Which of the two does \.{modrules} see, which not, and why not? (A mistake of the second kind, something that is always
registered and taken back under a condition, is CVE-2022-49098.) Mend both.

@ \exercise{30} This one has no scenario. Change one of the mended modules so that it is wrong again, in a way for which this book has a rule, and \.{CHECK} says that it obeys. There are several ways, and each
shows where something ends that was made to find mistakes. Then say what kind of scenario would catch yours.

@*1 The mended modules. \label{mended}Whoever has come here by leafing through the book should turn back. There is more than one way to mend each of them; these are the shortest. Why they do, and what was wrong with the others, is told among the answers (\see{answers}).

Sessions: one line, at the end. By then nobody can order another callback, the file is gone and the list empty; and |rcu_barrier| waits until those that
were ordered have run, not only for those who may still read.

@(modules/lab1_mended.c@>=
@<Keep a list of sessions@>@;
@#
static void __exit lab1_exit(void)
{
	sysfs_remove_file(kernel_kobj, &lab1_file.attr);
	close_sessions();
	rcu_barrier();
}
module_exit(lab1_exit);

@ Tickets: one line in the table, and |register_chrdev| copies the owner into the device's own structure. From then on an open file is a reference.

@(modules/lab2_mended.c@>=
@<Hand out tickets@>@;
@#
static const struct file_operations lab2_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].open = lab2_open,@/
	@[@].read = lab2_read,@/
	@[@].release = lab2_release,@t\2@>@/
};

@ The sensor: the timer is {\it shut down}. That is not only waited for, it is for good. The work may be in the middle of its second, and arm the timer as often as it likes.

@(modules/lab3_mended.c@>=
@<Read a slow sensor@>@;
@#
static void __exit lab3_exit(void)
{
	timer_shutdown_sync(&pause);
	cancel_work_sync(&sampling);
}
module_exit(lab3_exit);

@ The courier rests first, and then leaves through a door that is the kernel's: the put and the end of the thread are one function, to which he does not return.

@(modules/lab4_mended.c@>=
@<Send a courier@>@;
@#
static int deliver(void *unused)
{
	msleep(200);
	parcels++;
	msleep(1000);
	module_put_and_kthread_exit(0);
}

@ The thermometer, with two changes.

@(modules/lab5_mended.c@>=
@<Measure the temperature@>@;
@#
static void __exit lab5_exit(void)
{
	remove_proc_entry("lab5", NULL);
	remove_proc_entry("lab5_peak", NULL);
	cancel_delayed_work_sync(&measuring);
}
module_exit(lab5_exit);
