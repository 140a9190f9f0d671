@q SPDX-License-Identifier: GPL-2.0-only @>

@* Trials of the drain. \label{sleepers}%
A race is tried by making it happen a million times. Sleep is tried the other way: everything is brought to a halt, one looks around, and then one thing is
moved. Who holds the module, and from where does he let go? What does the world see while the remover sleeps? Who may wake him, and what
is left when he was woken in vain? For this we need three modules, of which one is to be removed, one holds on to it, and one leans on it; and a
program that puts a remover to sleep and disturbs him.

As in the other book's trials (\seein{loader}{trials}), every module works on the stock loader as well, what is run with them stands under \.{tests/}, and where the answers differ, the
difference is the claim.

@*1 The one to be removed. \.{held} is an easy module: it has a device, and the device names its owner, so that every
open file is a reference which the kernel takes before it enters. Its |init| can be slow and can fail, in the worst possible way: {\it after\/} the device
has appeared, when somebody may have opened it. That is not far-fetched. Drivers register several things in a row, and it is
the last that fails.

@(modules/held.c@>=
#include <linux/delay.h>
#include <linux/fs.h>
#include <linux/miscdevice.h>
#include <linux/module.h>
#include <linux/uaccess.h>
@#
static int ms, result;
module_param(ms, int, 0444);
MODULE_PARM_DESC(ms, "how long init takes after the device has appeared");
module_param(result, int, 0444);
MODULE_PARM_DESC(result, "what init returns");
@#
@<The device of \.{held}@>@;
@<Something of \.{held} to lean on@>@;
@<Enter and leave \.{held}@>@;
MODULE_DESCRIPTION("An easy module, for others to hold");
MODULE_LICENSE("GPL");

@ Whoever reads the device is in the module's text and uses its data: the line that he gets is there, and so is the number in it, which grows. If the
memory were gone, that would not go unnoticed. The position in the file does not matter, and every read begins anew.
@^error EINVAL@>@^error EFAULT@>

@<The device of \.{held}@>=
static ssize_t held_read(struct file *file, char __user *to, size_t size, loff_t *at)
{
	static atomic_t reads = ATOMIC_INIT(0);
	char line[32];
	int len = scnprintf(line, sizeof(line), "read %d times\n", atomic_inc_return(&reads));

	if (size < len)
		return -EINVAL;
	return copy_to_user(to, line, len) ? -EFAULT : len;
}
@#
static const struct file_operations held_fops = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].read = held_read,@t\2@>@/
};
static struct miscdevice held_device = {@t\1@>@/
	@[@].minor = MISC_DYNAMIC_MINOR,@/
	@[@].name = "held",@/
	@[@].fops = &held_fops,@t\2@>@/
};

@ A failing |init| takes back what it has published, as rule I3 wants it. From then on nobody can open the device, but files that are open
stay open: the reference that each of them has is all that protects its owner. That is the case of rule I2, in its harmless form.
@^rule I2@>@^rule I3@>

@<Enter and leave \.{held}@>=
static int __init held_init(void)
{
	int err = misc_register(&held_device);

	if (err)
		return err;
	msleep(ms);
	if (result)
		misc_deregister(&held_device);
	return result;
}
@#
static void __exit held_exit(void)
{
	misc_deregister(&held_device);
}
@#
module_init(held_init);
module_exit(held_exit);

@ A dependent needs a symbol to depend on. It is one for free software, so that it serves |symbol_get| as well.

@<Something of \.{held} to lean on@>=
int held_weight(void);
@#
int held_weight(void)
{
	return 1;
}
EXPORT_SYMBOL_GPL(held_weight);

@ The dependent has not much else to do. While it is loaded, \.{held} cannot even be asked to leave; while \.{held} drains, it cannot be loaded, as the
symbol of a module that is going does not exist. And if its own |init| fails while it is held, it lingers with its text still linked to \.{held}, so that one must
not go either.
@^error ENXIO@>

@(modules/leaner.c@>=
#include <linux/module.h>
@#
int held_weight(void);
static int result;
module_param(result, int, 0444);
@#
static int __init leaner_init(void)
{
	return held_weight() == 1 ? result : -ENXIO;
}
@#
static void __exit leaner_exit(void)
{
}
@#
module_init(leaner_init);
module_exit(leaner_exit);
MODULE_DESCRIPTION("Leans on held");
MODULE_LICENSE("GPL");

@*1 The one that holds. \.{holder} takes and gives back references on a module which it is {\it not\/} linked to. If it were, it would be a
dependent, and \.{held} would be refused for that reason before any other could be tried. So it comes to its |struct
module| in the way of the tracers and debuggers: by a notifier that hears of every module that comes. And it keeps the
pointer, shamelessly, after it has given back all references, and after the module is gone; that is what it is for.

@(modules/holder.c@>=
#include <linux/delay.h>
#include <linux/module.h>
#include <linux/tracepoint.h>
#include <asm/apic.h>
#include <asm/nmi.h>
@#
@<Hear of the module when it comes@>@;
@<Hold it, let go of it, look at it@>@;
@<Let go in a place where one may not sleep@>@;
@<Take orders from the shell@>@;
@<Enter and leave \.{holder}@>@;
MODULE_DESCRIPTION("Holds another module, and lets go as it is told");
MODULE_LICENSE("GPL");

@ A module that is |COMING| may be referenced; the kernel's own BTF code did so in its notifier, and CVE-2022-49236 is the story of what happened when |init| then failed.
With |grab| we do the same on purpose. The moment lies before the parameters are parsed and before |init|, which gives us two ways for the load to fail
while we hold it. |whom| is the name to listen for. The pointer is not replaced while |watch| is off: when a second module of the name comes
while the first still lies somewhere, we want to keep the first.
@.holder: refused by a module that is coming@>

@<Hear of the module when it comes@>=
static struct module *it;
static char whom[MODULE_NAME_LEN] = "held";
static int grab;
static bool watch = true;
module_param_string(whom, whom, sizeof(whom), 0644);
module_param(grab, int, 0644);
MODULE_PARM_DESC(grab, "how many references to take on it when it comes");
module_param(watch, bool, 0644);
@#
static int hear(struct notifier_block *unused, unsigned long state, void *who)
{
	struct module *mod = who;

	if (state != MODULE_STATE_COMING || !watch || !sysfs_streq(whom, mod->name))
		return NOTIFY_DONE;
	it = mod;
	for (int i = 0; i < grab; i++)
		if (!try_module_get(mod))
			pr_warn("holder: refused by a module that is coming\n");
	return NOTIFY_OK;
}
@#
static struct notifier_block ears = { @[@].notifier_call = hear };

@ The plain services. |get| asks at the gate and may be refused; |hold| is for those who hold already and cannot be. |put| gives back, and if it is ordered once too often
it gives back once too often.
@^error ENOENT@>

@<Hold it, let go of it, look at it@>=
static int order_get(void)
{
	return try_module_get(it) ? 0 : -ENOENT;
}
@#
static int order_hold(void)
{
	__module_get(it);
	return 0;
}
@#
static int order_put(void)
{
	module_put(it);
	return 0;
}

@ |look| reads every byte of the module's text and adds them up. The sum is of no interest. On a kernel that watches its memory
the loop cannot pass over a byte that was freed without a report, and on any other an unmapped page is a fault. (The data are looked at by those who read the device. To read them
from end to end is not possible on the watchful kernel, which puts poison between any two variables.)
@.holder: looked at ... bytes@>

@<Hold it, let go of it, look at it@>=
static int order_look(void)
{
	const struct module_memory *text = &it->mem[MOD_TEXT];
	unsigned int sum = 0;

	for (unsigned int i = 0; i < text->size; i++)
		sum += READ_ONCE(((unsigned char *)text->base)[i]);
	pr_info("holder: looked at %u bytes of %s, sum %#x\n", text->size, it->name, sum);
	return 0;
}

@*1 Letting go where one may not sleep. A put may come from everywhere, the kernel's rules say, and a sleeper must wake up from it: from an interrupt, from an interrupt that
cannot be masked, from the heart of the scheduler, where the lock of the run queue is held. The last two are the hard ones. In an NMI no lock
may be taken, since its owner may be what was interrupted; and under the run-queue lock nobody can be woken, for waking takes that lock.
So both places are tried. This is the trigger that they share: it is cocked by the order, and the first to come through the place of the trial pulls it
and puts the reference. |fit| says that the place was what it should be.

@<Let go in a place where one may not sleep@>=
enum stage { IDLE, COCKED, PULLED, DONE };
static atomic_t trigger = ATOMIC_INIT(IDLE);
static bool was_fit;
@#
static bool pull_here(bool fit)
{
	if (atomic_cmpxchg(&trigger, COCKED, PULLED) != COCKED)
		return false;
	was_fit = fit;
	module_put(it);
	atomic_set(&trigger, DONE);
	return true;
}

@ Who gave the order waits until it is done, for two seconds at most. If nothing came through that place the trigger is taken back, and if that comes too late, all the
better.
@^error ETIMEDOUT@>@^error ENXIO@>

@<Let go in a place where one may not sleep@>=
static int await_trigger(void)
{
	for (int i = 0; i < 400 && atomic_read(&trigger) != DONE; i++)
		msleep(5);
	if (atomic_cmpxchg(&trigger, COCKED, IDLE) == COCKED)
		return -ETIMEDOUT;
	while (atomic_read(&trigger) != DONE)
		cpu_relax();
	return was_fit ? 0 : -ENXIO;
}

@ The NMI is a real one. We ask the interrupt controller for it as the kernel does when it wants backtraces of all CPUs: a message
to another processor, of the kind that cannot be masked. (With one CPU it goes to ourselves.) It hits that processor wherever it is.
|in_nmi()| is the proof.
@.holder: a put from an NMI on CPU ...@>

@<Let go in a place where one may not sleep@>=
static int in_the_nmi(unsigned int type, struct pt_regs *regs)
{
	return pull_here(in_nmi()) ? NMI_HANDLED : NMI_DONE;
}
@#
static int order_nmi(void)
{
	int cpu, err;

	cpu = cpumask_any_but(cpu_online_mask, raw_smp_processor_id());
	if (cpu >= nr_cpu_ids)
		cpu = raw_smp_processor_id();
	atomic_set(&trigger, COCKED);
	apic->send_IPI(cpu, NMI_VECTOR);
	err = await_trigger();
	pr_info("holder: a put from an NMI on CPU %d: %d\n", cpu, err);
	return err;
}

@ The tracepoint |sched_switch| is called by the scheduler when it has chosen whom to run next, with the lock of the run queue held and interrupts off. No header
gives a module that lock to look at; that interrupts are off and preemption too is what can be asserted. A probe is attached to it for the time of the order.
The next switch of tasks, on any CPU, pulls the trigger; at the latest it is our own, when we go to sleep.

On a machine with several CPUs a put that woke the remover then and there would often get away with it, because he has slept on the queue of another one. So this is also tried with a single CPU, where he
sleeps on the very queue that is locked.

@<Let go in a place where one may not sleep@>=
static struct tracepoint *the_switch;
@#
static void find_the_switch(struct tracepoint *tp, void *unused)
{
	if (!strcmp(tp->name, "sched_switch"))
		the_switch = tp;
}
@#
static void in_the_switch(void *unused, bool preempt, struct task_struct *prev,
			  struct task_struct *next, unsigned int prev_state)
{
	pull_here(irqs_disabled() && preempt_count());
}

@ Removing a probe does not wait for those who are in it. It is text of this module, and a bare entry; the call in the last line but two is the one that waits (rule U3).
@.holder: a put from under the run-queue lock@>
@^rule U3@>
@^error ENOENT@>

@<Let go in a place where one may not sleep@>=
static int order_switch(void)
{
	int err;

	for_each_kernel_tracepoint(find_the_switch, NULL);
	if (!the_switch)
		return -ENOENT;
	err = tracepoint_probe_register(the_switch, in_the_switch, NULL);
	if (err)
		return err;
	atomic_set(&trigger, COCKED);
	err = await_trigger();
	tracepoint_probe_unregister(the_switch, in_the_switch, NULL);
	tracepoint_synchronize_unregister();
	pr_info("holder: a put from under the run-queue lock: %d\n", err);
	return err;
}

@ The orders come through a parameter, which a shell can write to and whose answer is the errno of the write. Read, it tells what
|module_refcount| says of the module: the number that the holders see, whether the module is on any list or not. Before any module of the name has come, there is nobody to give orders about.
@^error EINVAL@>@^error ENODEV@>

@<Take orders from the shell@>=
static int obey(const char *text, const struct kernel_param *kp)
{
	static const struct {
		const char *word;
		int @[@](*act)(void);
	} orders[] = {@t\1@>@/
		{ "get", order_get }, { "hold", order_hold }, { "put", order_put },@/
		{ "look", order_look }, { "nmi", order_nmi }, { "switch", order_switch },@t\2@>@/
	};

	for (int i = 0; it && i < ARRAY_SIZE(orders); i++)
		if (sysfs_streq(text, orders[i].word))
			return orders[i].act();
	return it ? -EINVAL : -ENODEV;
}

@ What is told may be told of a module that has gone. With the book's loader that is harmless if the module was forced out, and gives $-1$; it is not if the module left in the ordinary way, as then its count
went with it. A test that reads this file after such a removal has itself to blame.

@<Take orders from the shell@>=
static int tell(char *to, const struct kernel_param *kp)
{
	return it ? sysfs_emit(to, "%d\n", module_refcount(it)) : -ENODEV;
}
@#
static const struct kernel_param_ops order_ops = {@t\1@>@/
	@[@].set = obey,@/
	@[@].get = tell,@t\2@>@/
};
module_param_cb(order, &order_ops, NULL, 0644);

@ Last come the ears and the handler. The handler stays for the life of this module, since it says of all NMIs but one that they are not its own.

@<Enter and leave \.{holder}@>=
static int __init holder_init(void)
{
	int err = register_nmi_handler(NMI_LOCAL, in_the_nmi, 0, "holder");

	if (err)
		return err;
	err = register_module_notifier(&ears);
	if (err)
		unregister_nmi_handler(NMI_LOCAL, "holder");
	return err;
}
@#
static void __exit holder_exit(void)
{
	unregister_module_notifier(&ears);
	unregister_nmi_handler(NMI_LOCAL, "holder");
}
@#
module_init(holder_init);
module_exit(holder_exit);

@*1 The program that disturbs. What a shell can do, it does: open the device, start a removal in the background, look at \.{/proc/modules}. Four things it cannot, and
\.{drain} does them:

\begintt
drain terminal NAME             a drain, ended by ^C on a terminal
drain disturbed NAME HOW        a drain, disturbed as HOW says
drain across N FILE NAME CPUS   N drains, the last put on another CPU
drain together N FILE NAME      N drains, last put and signal at once
drain look NAME                 what the world sees of the module now
\endtt
It prints what it sees, a line for each moment. Each trial begins with the module loaded and a device of the module's name, which the program
holds open.

@(guest/drain.c@>=
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
@#
@<Small help for \.{drain}@>@;
@<What the world sees of the module@>@;
@<A remover in a process of its own@>@;
@<Type \.{\^C} at a drain@>@;
@<Disturb a drain in other ways@>@;
@<Drain many times, across CPUs@>@;
@<Let a signal and the last put come together@>@;
@<Choose a trial of the drain@>@;

@ The call is made with no flags at all: that is a drain, where the loader knows how to, and the old attempt where it does not. A trial that cannot be carried out ends with status~2, so that it is not
taken for an answer.

@<Small help for \.{drain}@>=
static void die(const char *what)
{
	perror(what);
	exit(2);
}
@#
static int take_out(const char *name, unsigned int flags)
{
	return syscall(SYS_delete_module, name, flags) ? errno : 0;
}
@#
static const char *name_of(int err)
{
	const char *name = err ? strerrorname_np(err) : "OK";

	return name ? name : "UNKNOWN";
}
@#
static int open_device(const char *name)
{
	char path[80];

	snprintf(path, sizeof(path), "/dev/%s", name);
	return open(path, O_RDONLY | O_CLOEXEC);
}

@ A module is seen in three places, and they must agree: its line in \.{/proc/modules}, and two files in sysfs. The whole line is kept, with the address in it,
to be compared later with the line of that time. Names that begin alike are told apart by the blank that follows.

@<What the world sees of the module@>=
static bool seen_in_proc(const char *name, char *line, int size)
{
	FILE *f = fopen("/proc/modules", "re");
	size_t len = strlen(name);
	bool found = false;

	if (!f)
		die("/proc/modules");
	while (!found && fgets(line, size, f))
		found = !strncmp(line, name, len) && line[len] == ' ';
	fclose(f);
	if (!found)
		snprintf(line, size, "no line");
	return found;
}

@ The files in sysfs have one line each, and disappear with the module, even while somebody has one of them open; a read then fails. Both ways of not being there are \.{nothing}.

@<What the world sees of the module@>=
static const char *in_sysfs(const char *name, const char *file, char *word, int size)
{
	char path[120];
	int fd, n;

	snprintf(path, sizeof(path), "/sys/module/%s/%s", name, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	n = fd < 0 ? -1 : read(fd, word, size - 1);
	if (fd >= 0)
		close(fd);
	if (n < 0)
		return "nothing";
	word[n] = 0;
	word[strcspn(word, "\n")] = 0;
	return word;
}

@ A moment is described by the count and the state from \.{/proc/modules}, the state and the count from sysfs, and by what an |open| of the device is told: five words after the name
of the moment.

@<What the world sees of the module@>=
static void witness(const char *when, const char *name)
{
	char line[400], state[20], count[20];
	int fd, err, refs = 0, end = 0;
	bool there = seen_in_proc(name, line, sizeof(line));
	char shown[16] = "gone";

	if (there && sscanf(line, "%*s %*s %d %*s%n", &refs, &end) == 1)
		sscanf(line + end, "%15s", shown);
	fd = open_device(name);
	err = fd < 0 ? errno : 0;
	if (!err)
		close(fd);
	printf("%s: %d %s %s %s %s\n", when, refs, shown, in_sysfs(name, "initstate", state, sizeof(state)),
	       in_sysfs(name, "refcnt", count, sizeof(count)), name_of(err));
}

@ The remover is a child. How its call ended becomes its exit status; if a signal ended the child instead, the status says that too.

@<A remover in a process of its own@>=
static void report_end(const char *who, pid_t child)
{
	int status;

	if (waitpid(child, &status, 0) != child)
		die("waitpid");
	if (WIFSIGNALED(status))
		printf("%s: killed by SIG%s\n", who, sigabbrev_np(WTERMSIG(status)));
	else
		printf("%s: %s\n", who, name_of(WEXITSTATUS(status)));
}

@ Before the remover is disturbed it must have begun to wait. One sees that from outside: the module is \.{going}, and stays so. If
the call has ended instead, with an error or without, there is nothing to wait for, and nothing to disturb: so it is on a loader that does not drain. The child is looked at without being reaped, since its end is reported later.

@<A remover in a process of its own@>=
static bool await_state(const char *name, const char *wanted, pid_t child)
{
	char state[20];
	siginfo_t ended;

	for (int i = 0; i < 10000; i++) {
		if (!strcmp(in_sysfs(name, "initstate", state, sizeof(state)), wanted))
			return true;
		ended.si_pid = 0;
		if (child && !waitid(P_PID, child, &ended, WEXITED | WNOHANG | WNOWAIT) && ended.si_pid)
			return false;
		usleep(1000);
	}
	return false;
}

@ A twentieth of a second is then enough for any remover to get from the change of state into his sleep. If he should not be there yet, no harm is done: a signal that comes before the sleep
prevents it, which is only another way of being interrupted.

@<A remover in a process of its own@>=
static bool falls_asleep(const char *name, pid_t child)
{
	bool going = await_state(name, "going", child);

	if (going)
		usleep(50000);
	else
		report_end("refused at once", child);
	return going;
}

@*2 Control-C. When someone types \.{\^C}, the terminal's line discipline sends |SIGINT| to the terminal's foreground processes. A |kill| from a test would not be the same thing: the terminal
must know the remover. So the program makes a pair of pseudo terminals. The child opens a session, and the first terminal that the leader of a session opens becomes
the terminal of that session; the parent holds the other end, where a terminal emulator would sit, and types.

The child closes the device that it has inherited. A remover who holds what he waits for would wait until somebody types \.{\^C}; that would be a trial too, but not this one.

@<Type \.{\^C} at a drain@>=
static pid_t remover_on_terminal(const char *name, int held, int master)
{
	pid_t child;
	int slave;

	fflush(stdout);
	child = fork();
	if (child)
		return child;
	close(held);
	setsid();
	slave = open(ptsname(master), O_RDWR);
	if (slave < 0 || tcgetpgrp(slave) != getpid())
		_exit(2);
	_exit(take_out(name, 0));
}

@ Before and after, the line in \.{/proc/modules} must be the same, letter by letter. And the module that came back has to be whole: its device opens, and it can be removed in the ordinary way.

@<Type \.{\^C} at a drain@>=
static void then_remove(const char *name, int held)
{
	char line[400];
	int err;

	close(held);
	err = take_out(name, O_NONBLOCK);
	printf("then: %s, %s\n", name_of(err), seen_in_proc(name, line, sizeof(line)) ? "still there" : "gone");
}

@ The trial itself, in the order in which a user would live through it. He looks, types \.{rmmod\ --wait}, looks from another window, types \.{\^C}, and looks again. All that he types is
one character; what makes a signal of it is the terminal.

@<Type \.{\^C} at a drain@>=
static int do_terminal(int argc, char **argv)
{
	const char *name = argv[0];
	char before[400], after[400];
	int held = open_device(name), master = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	pid_t child;

	if (argc != 1 || held < 0 || master < 0 || grantpt(master) || unlockpt(master))
		die("terminal");
	seen_in_proc(name, before, sizeof(before));
	witness("before", name);
	child = remover_on_terminal(name, held, master);
	if (!falls_asleep(name, child))
		return 1;
	witness("during", name);
	if (write(master, "\003", 1) != 1)
		die("write");
	report_end("remover", child);
	witness("after", name);
	seen_in_proc(name, after, sizeof(after));
	printf("line: %s\n", strcmp(before, after) ? "another" : "the same");
	then_remove(name, held);
	return 0;
}

@*2 Other disturbances. A signal with a handler ends the call with |EINTR|, or, if the handler was installed with |SA_RESTART|, makes the kernel begin the call anew behind the caller's back. In
between the module was alive, for an instant. A remover that is stopped is no longer in the kernel's wait at all: as long as it lies there the module lives, and other people can use it; woken, it drains
again. The freezer of a control group does the same to it, and so does its elder brother, which stops everybody before a machine is suspended: both drive tasks out of their waits by a signal that is none.
@^error EINTR@>

What each of them should leave behind is one of two things: a module that lives, or a module that drains.

@<Disturb a drain in other ways@>=
static const struct disturbance {
	const char *word;
	int signal;
	int flags; /* of the handler, if there is one: SIGALRM */
	bool ends; /* does it end the drain? */
} ways[] = {@t\1@>@/
	{ "kill", SIGKILL, 0, true }, { "handler", SIGALRM, 0, true },@/
	{ "restart", SIGALRM, SA_RESTART, false }, { "stop", SIGSTOP, 0, false },@/
	{ "freeze", 0, 0, false },@t\2@>@/
};
@#
static void do_nothing(int signal_number)
{
	(void)signal_number;
}

@ The handler is installed in the child only, and does nothing: that it was there is all that the kernel asks.

@<Disturb a drain in other ways@>=
static pid_t plain_remover(const char *name, int held, const struct disturbance *way)
{
	struct sigaction handler = { @[@].sa_handler = do_nothing, @[@].sa_flags = way->flags };
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child)
		return child;
	close(held);
	if (way->signal == SIGALRM)
		sigaction(SIGALRM, &handler, NULL);
	_exit(take_out(name, 0));
}

@ A control group is a directory, made by making it. Its files are written to like those of sysfs, and whatever cannot be written ends the trial.

@<Disturb a drain in other ways@>=
#define COLD "/sys/fs/cgroup/cold"
static void put_into(const char *path, long number)
{
	FILE *f = fopen(path, "we");

	if (!f || fprintf(f, "%ld\n", number) < 0 || fclose(f))
		die(path);
}

@ The group is frozen by writing to one of its files, and reports in another when all that are in it have come to a stop. We wait for the report: what is of interest is how the module
fares while its remover is frozen, not on the way there.

@<Disturb a drain in other ways@>=
static void freeze(pid_t child)
{
	char text[100] = "";
	FILE *f;

	if (mkdir(COLD, 0755) && errno != EEXIST)
		die(COLD);
	put_into(COLD "/cgroup.procs", child);
	put_into(COLD "/cgroup.freeze", 1);
	for (int i = 0; i < 1000 && !strstr(text, "frozen 1"); i++) {
		usleep(5000);
		f = fopen(COLD "/cgroup.events", "re");
		if (!f || !fread(text, 1, sizeof(text) - 1, f))
			die(COLD);
		fclose(f);
	}
	printf("frozen: %s\n", strstr(text, "frozen 1") ? "yes" : "no");
}

@ The two that bring the remover to a halt have a second half, in which he is set free again. A child that has stopped is reported to its parent.

@<Disturb a drain in other ways@>=
static void halt_and_go_on(const char *name, const struct disturbance *way, pid_t child)
{
	int status;

	if (way->signal == SIGSTOP) {
		kill(child, SIGSTOP);
		waitpid(child, &status, WUNTRACED);
		printf("stopped: %s\n", WIFSTOPPED(status) ? "yes" : "no");
	} else {
		freeze(child);
	}
	witness("halted", name);
	if (way->signal == SIGSTOP)
		kill(child, SIGCONT);
	else
		put_into(COLD "/cgroup.freeze", 0);
}

@ One trial, from the open device to the removal. If the disturbance does not end the drain, the last reference does, and the remover reports success.

@<Disturb a drain in other ways@>=
static int do_disturbed(int argc, char **argv)
{
	const char *name = argv[0];
	const struct disturbance *way = ways;
	int held = open_device(name);
	pid_t child;

	while (way < ways + 4 && strcmp(way->word, argv[1]))
		way++;
	if (held < 0 || argc < 2 || strcmp(way->word, argv[1]))
		die("disturbed");
	child = plain_remover(name, held, way);
	if (!falls_asleep(name, child))
		return 1;
	witness("during", name);
	if (way->signal == SIGSTOP || !way->signal)
		halt_and_go_on(name, way, child);
	else
		kill(child, way->signal);
	@<Report what the disturbance has left@>@;
	return 0;
}

@ In the second case he sleeps again, or sleeps still; from outside one cannot tell. To close the device is then what ends it.

@<Report what the disturbance has left@>=
if (way->ends) {
	report_end("remover", child);
	witness("after", name);
	then_remove(name, held);
} else {
	usleep(50000);
	if (!falls_asleep(name, child))
		return 1;
	witness("again", name);
	close(held);
	report_end("remover", child);
	witness("after", name);
}

@*2 A thousand drains. In each round the reference is taken on one CPU and given back on the next, and the drainer sleeps on a third, if there are so many; at least
it is another one than that of the last put. That is the road on which a wake-up could be lost: decrement there, look here. Now the put comes long after the drainer has fallen asleep and
now in the very act; the pause between the two is drawn anew every time, and every fourth round does not even wait until the module is going.

@<Drain many times, across CPUs@>=
static void move_to(int cpu)
{
	cpu_set_t there;

	CPU_ZERO(&there);
	CPU_SET(cpu, &there);
	if (sched_setaffinity(0, sizeof(there), &there))
		die("sched_setaffinity");
}

@ A round. The process that holds is also the one that counts; the remover is new each time. The file is closed on the way out of |close|, in the context of the
caller, hence on the CPU to which we have moved; and that is where the last put is.

@<Drain many times, across CPUs@>=
static int one_drain(const char *name, int round, int cpus)
{
	int held, status;
	pid_t child;

	move_to(round % cpus);
	held = open_device(name);
	if (held < 0)
		return errno;
	move_to((round + 1) % cpus);
	child = fork();
	if (!child) {
		close(held);
		move_to((round + 2) % cpus);
		_exit(take_out(name, 0));
	}
	if (round % 4)
		await_state(name, "going", child);
	usleep(random() % 400);
	close(held);
	return waitpid(child, &status, 0) == child && WIFEXITED(status) ? WEXITSTATUS(status) : EINTR;
}

@ A drainer who is never woken would make the trial wait for ever; an alarm ends it, and the test sees that the last line is missing.

@<Drain many times, across CPUs@>=
static void load(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	alarm(60);
	if (syscall(SYS_finit_module, fd, "", 0))
		die(path);
	close(fd);
}
@#
static int do_across(int argc, char **argv)
{
	int n = atoi(argv[0]), cpus = argc > 3 ? atoi(argv[3]) : 2, err = 0, done;

	for (done = 0; done < n && !err; done++) {
		load(argv[1]);
		err = one_drain(argv[2], done, cpus);
	}
	printf("drains: %d, the last one %s\n", done, name_of(err));
	return err != 0;
}

@*2 A signal and the last put, together. What if both come at once? Either may be first, and both outcomes are right; but they must not be mixed. If the call reports success the module is gone, and if it
reports |EINTR| the module is there, alive, held by nobody, and can be removed. We send the one right after the other, with the order changing from round to round, and a pause of a random length before.
On several CPUs the remover, who is being woken for two reasons, meets both somewhere between his bed and the door.
@^error EINTR@>

@<Let a signal and the last put come together@>=
enum outcome { GONE, ALIVE, WRONG };
static enum outcome judge(const char *name, int status)
{
	char line[400], state[20], count[20];
	bool there = seen_in_proc(name, line, sizeof(line));

	if (!WIFEXITED(status))
		return WRONG;
	if (WEXITSTATUS(status) == 0)
		return there ? WRONG : GONE;
	if (WEXITSTATUS(status) != EINTR || !there
	    || strcmp(in_sysfs(name, "initstate", state, sizeof(state)), "live")
	    || strcmp(in_sysfs(name, "refcnt", count, sizeof(count)), "0"))
		return WRONG;
	return take_out(name, O_NONBLOCK) ? WRONG : ALIVE;
}

@ The remover has a handler, and is otherwise that of the other disturbances. How often each outcome occurs depends on the machine; that none is wrong does not.

@<Let a signal and the last put come together@>=
static int do_together(int argc, char **argv)
{
	const char *name = argv[2];
	int n = atoi(argv[0]), count[3] = { 0 }, held, status;
	pid_t child;

	(void)argc;
	for (int i = 0; i < n && !count[WRONG]; i++) {
		load(argv[1]);
		held = open_device(name);
		child = plain_remover(name, held, &ways[1]);
		await_state(name, "going", child);
		usleep(random() % 300);
		if (i % 2)
			kill(child, SIGALRM);
		close(held);
		kill(child, SIGALRM);
		waitpid(child, &status, 0);
		count[judge(name, status)]++;
	}
	printf("wrong: %d, gone: %d, alive: %d\n",@| count[WRONG], count[GONE], count[ALIVE]);
	return count[WRONG] != 0;
}

@ For the trials that a shell conducts, the words of |witness| are a command of their own.

@<Choose a trial of the drain@>=
static int do_look(int argc, char **argv)
{
	(void)argc;
	witness("now", argv[0]);
	return 0;
}
@#
@<The trials by their names@>@;
int main(int argc, char **argv)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	for (size_t i = 0; argc > 1 && i < sizeof(trials) / sizeof(trials[0]); i++)
		if (!strcmp(argv[1], trials[i].word) && argc - 2 >= trials[i].least)
			return trials[i].run(argc - 2, argv + 2);
	fputs("usage: drain terminal|disturbed|across|together|look ...\n", stderr);
	return 2;
}

@ Each has a word and a least number of arguments; what is missing at the end has a default or is not looked at.

@<The trials by their names@>=
static const struct {
	const char *word;
	int least; /* arguments that it needs */
	int @[@](*run)(int argc, char **argv);
} trials[] = {@t\1@>@/
	{ "terminal", 1, do_terminal }, { "disturbed", 2, do_disturbed },@/
	{ "across", 3, do_across }, { "together", 3, do_together }, { "look", 1, do_look },@t\2@>@/
};

@*1 What is tried, and for which claim. The answers that are expected stand in \.{tests/guest/drain-expected.txt}, a line for each moment, for the book's kernel and for its twin. Where nothing is said of the
twin, it has crashed; to see that it does is part of the test.

\medskip
\begintable{l p{3.7in} l}
trial & the claim & told in \cr \hd
opener & a drain waits for an open file; it is seen in three places, and refuses new openers & \see{drain} \cr
signals & it ends by \.{\^C}, by a kill, by a handler; it goes on after a restart, a stop, a freeze; the module is then what it was & \see{drain} \cr
others & a second remover, a namesake, a dependent: each gets its answer at once, whatever the flags & \see{delete} \cr
atomic & a put from an NMI, and one under the lock of a run queue, wake the drain & \see{bell} \cr
together & a signal and the last put at the same moment: the module is gone or whole, and the result says which & \see{drain} \cr
disabled & when removals are forbidden for good, a drain that is under way ends with |EPERM|, and the module stays & \see{drain} \cr
across & no wake-up is lost between CPUs; memory and lists are afterwards what they were & \see{drain} \cr \gap
first force & what has no exit function is drained all the same & \see{force} \cr
second force & a module is taken whatever is held; a late put is harmless, and so is a late close of a file without |release| & \see{force} \cr
failing & whoever opened the device while |init| ran can go on reading; the name is free at once, the memory when he closes & \see{failing} \cr
bad load & the same, if the reference was taken before |init| & \see{failing} \cr
provider & what a waiting module is linked to waits with it & \see{failing} \cr
overput & a put too many is reported once, with the name, and makes the module immovable except by force & \see{reading} \cr
tracing & the holder is named by its call site, also of a module that lingers; the sum is the count & \see{who} \cr
\endtable

@ The twin has four ways to end in these trials. The late put, after force, is a read and a write in freed memory; the watchful kernel says so, the ordinary one has a page fault in |module_put|. The
open device of a failed load is called through a table in freed memory, and even a process that merely inherits it dies when it exits. A reference taken by a notifier survives
the load that failed, and what it refers to does not. And the put too many brings the count to zero while the module is alive; the next attempt to remove it subtracts one
more, and finds a |BUG_ON|.

None of these needs a race, or luck. They need a holder who lets go later than the loader expects; and the loader had promised him that he may.

@ Does a trial notice anything? The long form of the test takes out one protection at a time: the wake-up, the closing of the gate, the way back of the count and that of the state, the wait of a failed load, and seven more; and each
time one of the answers is another one, or the machine stands still, or falls. One of them, the detour of the wake-up by way of an interrupt, went unnoticed in the first version of these trials. That is how
the single CPU came in.

@*1 Exercises.
\exercise{15} The remover's process closes the device that it has inherited. Leave that line out. What is now seen during the drain in \.{drain\ terminal}, and after it? And how does
\.{drain\ across} end?

\exercise{20} A stopped remover does not drain, and the module lives until he goes on. Should he not rather go on draining while he is stopped? Find a user whom that would hurt, and
then say why the kernel could not do it anyway.

\exercise{25} |pull_here| says |DONE| after the put. Exchange the two lines. What can now go wrong, in the trial and in the kernel?
