@q SPDX-License-Identifier: GPL-2.0-only @>

@* Those who disobey. \label{leave-table}%
Nearly every rule of the five chapters before this one came with two modules: one that breaks the rule, and nothing but it, and one that obeys.
Here they are run, all of them, on the kernel of this book and on its stock twin, four processors each; the files are the same to
the last bit. What came of it stands in the table below, which nobody has typed: the test group \.{leave} writes it, and the book
takes it from there. Where nobody has run the tests there is nothing to print.

\newread\leavefile
\openin\leavefile=../../leave.tex
\ifeof\leavefile
\medskip\noindent {\it This copy was woven before anybody had run\/} \.{make\ check\ ONLY=leave}.
\else \closein\leavefile \input ../../leave.tex
\fi

@ How to read it. On the stock kernel every breaking module has a machine to itself, since there may not be much left of the
machine. What is told is the worst that was seen: a panic ends everything, an oops ends a task, which may have held
locks. Where the plain kernel looks healthy afterwards, and only a kernel that watches every access sees the use
of freed memory, the words of that kernel are given. To look healthy is no excuse: it means that the memory was not yet in use again.

On our kernel they share a machine and run in it one after the other, with 32~MiB of quarantine. (There is a second machine for those that need other words on the kernel's command line, and a third for those in which the
kernel's text is patched.) What is told is the line in the log that names the offender. When all have run and the quarantine has been emptied, modules, their areas of memory, and per-CPU memory are compared with
what they were at the beginning; only what the audit can still reach may have stayed. The obedient twins do not appear in the table,
because nothing happened: there is no line in either log.

The log names the rule that it can see broken, which is not always the one that the module was written to break. Whoever stands at the door of a module that guards itself lacks the wait of U4; so does he who is
in a table of hooks (U6). Work that came back because it was cancelled too early (D6) is work that was left (D2). And a caller who was refused and came in nevertheless, or who has given his reference back too early (C3, C4, L2), is for the
loader one whom nobody counts: U5. The text of each rule says so, and the count below the table takes them as named.

One is not named at all: that a callback was ordered through somebody else is written nowhere (\.{d3\_other}). And there are rules that concern what a
module does {\it while it is there\/}: it publishes too early, forgets a step on its way out of a failure, frees what a reader has in his hand, takes its door away last, waits for itself. No loader can see that, or mend it, and none of its waits is of use; what comes of it
is the same on both kernels, a wrong answer or a hang, and the table says so. They are in this book because the author needs them, and not because the loader could help.

@ A protection that is never needed should not be there. So each can be left out, by \.{module.without} (\see{leave-one-out}) or with
a quarantine of no bytes, and for each there is a scenario that ends badly without it. With it the same scenario ends well, and the quarantine is not needed for that unless it is
the one that is tried. The last of the tables above shows what was seen. It is the best argument for having all of them: none can stand in for another.

\li The {\it wait for tasks\/} is for those who are on their way in. They have read an address and not yet gone there, so it is on no stack that a census
could look at.
\li The {\it barrier\/} is for callbacks of RCU, which are on no stack, and in no queue that an audit walks.
\li The {\it census\/} finds those who sleep inside. No grace period waits for them.
\li The {\it audit\/} finds what was ordered for later. As long as its time has not come, nobody is inside, and nobody is on his way.
\li The {\it quarantine\/} catches those of whom nobody knew anything until they came.

\endli

@*1 Ten thousand times. \label{cycles}%
What goes well once may still lose a page each time. So there is a second kind of trial: two modules that obey are loaded and removed
hundreds of times, ten thousand in the long run of the tests, on four processors that have other things to do.
At the end memory is compared with what it was at the beginning: the areas of modules, per-CPU memory, every
cache of the allocator, and the list of tasks. A cache may have grown by a slab, but not with the number of removals.

The first of the two orders what a hard module may order, and takes it back as the rules demand. It would be safe on the
stock kernel as well. The second guards itself: tasks that nobody counts call it all the time, take a reference before
they sleep, and give it back as their last act (rules S1 and S2). It has no way of knowing whether somebody is between
its first instruction and the get, or between the put and the return. It is safe only where the loader waits, and is not run on the stock kernel.

@ Who calls it is a module of its own. It offers one hook, the worst that there can be: read without a lock, called with preemption on,
counted by nobody. A thread for each processor calls through it without end. Now and then a caller
dawdles between the reading and the call, where he is most vulnerable. And now and then he sleeps in his own text, as otherwise
no RCU-tasks grace period would ever end.

@<What callers and the called agree on@>=
#include <linux/module.h>
@#
struct cycle_hook {
	int @[@](*call)(unsigned int turn);
};
@#
void cycle_hook_set(struct cycle_hook *hook);

@ The hook is cleared by the one who set it. |cycle_hook_set| does not wait for anybody; that is what makes it bare.

@s cycle_hook int

@(modules/cycle_callers.c@>=
#include <linux/delay.h>
#include <linux/kthread.h>
@<What callers and the called agree on@>@;
@#
static struct cycle_hook *taken;
static struct task_struct *callers[NR_CPUS];
static atomic_t calls, refusals;
@#
void cycle_hook_set(struct cycle_hook *hook)
{
	smp_store_release(&taken, hook);
}
EXPORT_SYMBOL_GPL(cycle_hook_set);
@#
@<Call through the hook without end@>@;
@<Enter and leave \.{cycle\_callers}@>@;

@ |call| answers one if it took its reference, and zero if that was refused. In a run that means
anything both must happen, and the numbers can be read as parameters of the module.

@<Call through the hook without end@>=
static int caller(void *unused)
{
	struct cycle_hook *hook;
	unsigned int turn = 0;

	while (!kthread_should_stop()) {
		hook = smp_load_acquire(&taken);
		if (++turn % 8 == 0)
			udelay(200);
		if (hook)
			atomic_inc(hook->call(turn) ? &calls : &refusals);
		if (!hook || turn % 16 == 0)
			usleep_range(200, 400);
	}
	return 0;
}

@ A caller that could not be started, or for whom there is no processor, is passed over when they are stopped.

@<Enter and leave \.{cycle\_callers}@>=
module_param_named(calls, calls.counter, int, 0444);
module_param_named(refusals, refusals.counter, int, 0444);
@#
static void stop_callers(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		if (!IS_ERR_OR_NULL(callers[cpu]))
			kthread_stop(callers[cpu]);
}
@#
static void __exit cycle_callers_exit(void)
{
	stop_callers();
}

@ Each thread is bound to a processor, so that all four are busy. If one cannot be started, |init| ends those that
were. It cannot call the exit function for that, whose text may be left out or dropped; hence |stop_callers|.
@^error ENOMEM@>

@<Enter and leave \.{cycle\_callers}@>=
static int __init cycle_callers_init(void)
{
	unsigned int cpu;

	for_each_online_cpu(cpu) {
		callers[cpu] = kthread_run_on_cpu(caller, NULL, cpu, "caller/%u");
		if (IS_ERR(callers[cpu])) {
			stop_callers();
			return -ENOMEM;
		}
	}
	return 0;
}
@#
module_init(cycle_callers_init);
module_exit(cycle_callers_exit);
MODULE_DESCRIPTION("Tasks that call a hook and are counted by nobody");
MODULE_LICENSE("GPL");

@ Now the self-guarding module. Its entry sleeps while it holds the reference, and touches the module's data. Its exit unhooks, and
destroys what somebody who came in all the same would touch. After a put there is nothing but the way out, and so it is after
a get that was refused.

@(modules/cycle_guard.c@>=
#include <linux/delay.h>
#include <linux/slab.h>
@<What callers and the called agree on@>@;
@#
static struct cycle_hook guarded;
static int *visits;
@#
static int enter(unsigned int turn)
{
	if (!try_module_get(THIS_MODULE))
		return 0;
	if (turn % 4 == 0)
		usleep_range(50, 100);
	WRITE_ONCE(*visits, *visits + 1);
	module_put(THIS_MODULE);
	return 1;
}
@#
@<Enter and leave \.{cycle\_guard}@>@;

@ The hook is published last, when it can be used (rule I1). In exit nobody has a
reference any more. Whoever comes in late is refused, and that works as long as the entry's text is there. To keep it there is
not the module's business, as no module can do it.
@^rule I1@>@^rule S1@>@^rule S2@>
@^error ENOMEM@>

@<Enter and leave \.{cycle\_guard}@>=
static int __init cycle_guard_init(void)
{
	visits = kzalloc(sizeof(*visits), GFP_KERNEL);
	if (!visits)
		return -ENOMEM;
	guarded.call = enter;
	cycle_hook_set(&guarded);
	return 0;
}
@#
static void __exit cycle_guard_exit(void)
{
	cycle_hook_set(NULL);
	kfree(visits);
	visits = NULL;
}
@#
module_init(cycle_guard_init);
module_exit(cycle_guard_exit);
MODULE_DESCRIPTION("A module that guards itself");
MODULE_LICENSE("GPL");

@ The obedient module orders a timer that re-arms itself, work that queues itself, a thread, and callbacks
of RCU, which the thread orders.

@(modules/cycle_easy.c@>=
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/workqueue.h>
@#
static DEFINE_PER_CPU(unsigned long, ticks);
static struct timer_list ticker;
static struct delayed_work chore;
static struct task_struct *worker;
static char *note;
module_param(note, charp, 0444);
@#
@<What the obedient module has ordered@>@;
@<Enter and leave \.{cycle\_easy}@>@;

@ Each of them touches the module's data, each in its own way; whatever ran too late would be seen.

@s rcu_head int

@<What the obedient module has ordered@>=
struct cycle_letter {
	struct rcu_head head;
};
@#
static void tick(struct timer_list *timer)
{
	this_cpu_inc(ticks);
	mod_timer(timer, jiffies + 1);
}
@#
static void do_chore(struct work_struct *work)
{
	this_cpu_inc(ticks);
	schedule_delayed_work(&chore, 1);
}
@#
static void burn(struct rcu_head *head)
{
	this_cpu_inc(ticks);
	kfree(container_of(head, struct cycle_letter, head));
}

@ Whenever the thread wakes it writes a letter to be burnt. A letter that cannot be written is not missed.

@<What the obedient module has ordered@>=
static int work(void *unused)
{
	struct cycle_letter *sheet;

	while (!kthread_should_stop()) {
		sheet = kmalloc(sizeof(*sheet), GFP_KERNEL);
		if (sheet)
			call_rcu(&sheet->head, burn);
		schedule_timeout_interruptible(1);
	}
	return 0;
}

@ Exit goes by the book (rule D6): first the one who orders, then the orders. |timer_shutdown_sync| and |cancel_delayed_work_sync| cope with what
re-arms itself; the thread has ended when |kthread_stop| returns, so no letter is written after it, and |rcu_barrier|
waits for those that were.

@<Enter and leave \.{cycle\_easy}@>=
static int __init cycle_easy_init(void)
{
	worker = kthread_run(work, NULL, "cycle_easy");
	if (IS_ERR(worker))
		return PTR_ERR(worker);
	timer_setup(&ticker, tick, 0);
	INIT_DELAYED_WORK(&chore, do_chore);
	mod_timer(&ticker, jiffies + 1);
	schedule_delayed_work(&chore, 1);
	return 0;
}
@#
static void __exit cycle_easy_exit(void)
{
	kthread_stop(worker);
	timer_shutdown_sync(&ticker);
	cancel_delayed_work_sync(&chore);
	rcu_barrier();
}
@#
module_init(cycle_easy_init);
module_exit(cycle_easy_exit);
MODULE_DESCRIPTION("A module that takes back whatever it has ordered");
MODULE_LICENSE("GPL");

@ A third module is for one question only. It wants more than half of the memory that the kernel sets aside for the
per-CPU variables of modules. So it cannot be loaded again while its predecessor waits for the undertaker, or lies in quarantine; the load must have
the patience to wait (\see{room}).

@(modules/cycle_hungry.c@>=
#include <linux/module.h>
#include <linux/percpu.h>
@#
static DEFINE_PER_CPU(char[5000], hunger);
@#
static int __init cycle_hungry_init(void)
{
	this_cpu_write(hunger[0], 1);
	return 0;
}
@#
static void __exit cycle_hungry_exit(void)
{
}
@#
module_init(cycle_hungry_init);
module_exit(cycle_hungry_exit);
MODULE_DESCRIPTION("A module with many variables for each processor");
MODULE_LICENSE("GPL");

@ The last file is the program that loads and removes. It asks for a drain, since the self-guarding module is never at rest while it
is hooked. Where the kernel does not drain, the program tries again until it succeeds, and counts how often. It stops at the first answer
that it did not foresee.

\begintt
cycletool FILE NAME CYCLES [ARGUMENTS]
\endtt

@(guest/cycletool.c@>=
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
@#
int main(int argc, char **argv)
{
	int cycles, done = 0, again = 0;
	const char *arguments = argc > 4 ? argv[4] : "";

	if (argc < 4)
		return 2;
	cycles = atoi(argv[3]);
	while (done < cycles) {
		@<Load the module, wait a little, and remove it; |break| if that fails@>@;
		done++;
	}
	printf("%s: %d cycles, %d times busy\n", argv[2], done, again);
	return done < cycles;
}

@ The wait between load and removal grows from nothing to nearly two milliseconds and begins anew, so that removals meet all ages.

@<Load the module, wait a little, and remove it; |break| if that fails@>=
int fd = open(argv[1], O_RDONLY | O_CLOEXEC);
long err;
@#
if (fd < 0 || syscall(SYS_finit_module, fd, arguments, 0)) {
	printf("%s: load %d: %s\n", argv[2], done, strerror(errno));
	break;
}
close(fd);
usleep(done % 8 * 250);
while ((err = syscall(SYS_delete_module, argv[2], 0)) && errno == EAGAIN && again < 1000000) {
	usleep(100);
	again++;
}
if (err) {
	printf("%s: removal %d: %s\n", argv[2], done, strerror(errno));
	break;
}
