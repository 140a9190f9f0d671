@q SPDX-License-Identifier: GPL-2.0-only @>

@* Rules for what was ordered. \label{rules-d}%
A \term{deferred entry} is a call that the module has ordered itself, for later: a timer, a piece of work, a callback of RCU, a thread, a
tasklet, the action of an interrupt. It differs from a hook in one respect that makes it easier, and in one that makes it
harder. Easier: nobody else will take it back, so there is no doubt whose duty it is. Harder: between the order and the call
nobody is inside. All that exists is an address in one of the kernel's lists. No count covers it, a grace period does not wait for it, and
whoever looks at every stack of the machine finds nothing. Then the time comes, and the kernel jumps.

So every order must be taken back by name, and ``taken back'' means three things. It is queued no longer. It is not running, neither here
nor on another processor. And it will not be ordered again, by itself or by somebody else. The kernel also has functions that see to one of the three only, or to two, and many of the
mistakes below are made by calling one of those.
@^deferred entry@>

\medskip
\begintable{l p{1.55in} p{1.75in} l}
what was ordered & takes it back & is not enough & rule \cr \hd
timer & |timer_shutdown_sync| & |timer_delete|, if it is running & \see{rule-d1} \cr
high-resolution timer & |hrtimer_cancel| & |hrtimer_try_to_cancel| & \see{rule-d1} \cr
work & |cancel_work_sync|; or its own queue is destroyed & |flush_work|, if it queues itself & \see{rule-d2} \cr
delayed work & |cancel_delayed_work_sync| & |flush_work|: it may be a timer still & \see{rule-d2} \cr
callback of RCU & |rcu_barrier| & |synchronize_rcu| & \see{rule-d3} \cr
thread & |kthread_stop| & a flag that it will read some day & \see{rule-d4} \cr
tasklet & |tasklet_kill| & |tasklet_disable| & \see{rule-d5} \cr
interrupt action & |free_irq| & |disable_irq| & \see{rule-d5} \cr
irq work & |irq_work_sync| & the grace period & \see{rule-d5} \cr
asynchronous call & the loader & & \see{rule-d5} \cr
\endtable

@*1 The field, second half. \label{field-b}A mistake of this kind does not show by itself: the timer has run long before anybody
removes the module, or the callback is early for once. To see it every time, the moment has to be held open. Some orders can simply be given for a time long enough. For the others there is a module to which their scenarios
are linked. It breaks no rule, and has four services.

\li A {\it gate}. Whoever comes to |field_b_pause| while it is shut spins there until he is let go, in whatever context he is. A script sees
how many are inside.
\li A {\it queue} for work that can be plugged. What is queued behind the plug stays there.
\li An {\it interrupt line} without a device. It is pulled by writing to a file.
\li A {\it relay} that orders callbacks of RCU on behalf of others, or frees by RCU what is theirs.

\endli
@(modules/field_b.c@>=
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/wait_bit.h>
#include <linux/workqueue.h>
#include "field_b.h"
@#
@<The gate of the field@>@;
@<The queue that can be plugged@>@;
@<The line without a device@>@;
@<The relay for callbacks@>@;
@<Lay out the field's second half@>@;
MODULE_DESCRIPTION("Holds open the moments "@| "in which deferred entries go wrong");
MODULE_LICENSE("GPL");

@ This is what its users see. A |struct field_b_object| is the beginning of an object from a cache, which the field can free.

@(modules/field_b.h@>=
#include <linux/types.h>
#include <linux/workqueue.h>
@#
struct field_b_object {
	struct rcu_head rcu;
	struct kmem_cache *cache;
};
@#
extern struct workqueue_struct *field_b_queue;
void field_b_pause(void);
void field_b_meet(void);
bool field_b_holds(void);
int field_b_line(void);
void field_b_call_rcu(struct rcu_head *head, rcu_callback_t then);
void field_b_free_later(struct field_b_object *object);

@ The gate is passed by threads, and by timers in the middle of a soft interrupt. So whoever is held there does not sleep. A module that calls
|field_b_pause| is linked to the field, which therefore outlives it.

@<The gate of the field@>=
static bool hold;
static atomic_t inside = ATOMIC_INIT(0);
@#
bool field_b_holds(void)
{
	return READ_ONCE(hold);
}
EXPORT_SYMBOL_GPL(field_b_holds);
@#
void field_b_pause(void)
{
	atomic_inc(&inside);
	while (field_b_holds())
		cpu_relax();
	atomic_dec(&inside);
}
EXPORT_SYMBOL_GPL(field_b_pause);

@ For moments that lie within exit, the gate is shut by exit itself, which then waits until somebody stands at it. (The script could not do it earlier. While a
soft interrupt is held there, no grace period ends, and our loader needs one to take the last reference; exit would never begin.)

@<The gate of the field@>=
void field_b_meet(void)
{
	WRITE_ONCE(hold, true);
	while (!atomic_read(&inside))
		msleep(10);
}
EXPORT_SYMBOL_GPL(field_b_meet);

@ The queue is an ordered one, on which one piece of work runs at a time. A plug is work that waits for its own removal. To plug the queue twice
changes nothing, since work that is queued already is not queued again.

@<The queue that can be plugged@>=
struct workqueue_struct *field_b_queue;
EXPORT_SYMBOL_GPL(field_b_queue);
static bool plugged;
@#
static void be_in_the_way(struct work_struct *unused)
{
	wait_var_event(&plugged, !READ_ONCE(plugged));
}
static DECLARE_WORK(plug, be_in_the_way);
@#
static int set_plug(void *unused, u64 on)
{
	WRITE_ONCE(plugged, on);
	wake_up_var(&plugged);
	if (on)
		queue_work(field_b_queue, &plug);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(plug_fops, NULL, set_plug, "%llu\n");

@ The line has a number and a flow handler, like the lines of a chip on a slow bus. The descriptor names us as its owner, so whoever requests
the line holds this module. The line is pulled in a genuine interrupt: the processor sends itself one through an |irq_work|, and that calls the handler. When the write returns, the
handler has returned.

@<The line without a device@>=
static int line_number;
@#
int field_b_line(void)
{
	return line_number;
}
EXPORT_SYMBOL_GPL(field_b_line);
@#
static void pull_line(struct irq_work *unused)
{
	generic_handle_irq(line_number);
}
static struct irq_work puller = IRQ_WORK_INIT_HARD(pull_line);
@#
static int set_fire(void *unused, u64 on)
{
	irq_work_queue(&puller);
	irq_work_sync(&puller);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(fire_fops, NULL, set_fire, "%llu\n");

@ The relay is honest; it does on behalf of a module what the module could do itself. Whoever writes to the file \.{barrier} waits until every callback that was ordered has
run. That is for the script, to bring about what would otherwise happen some seconds later.

@<The relay for callbacks@>=
void field_b_call_rcu(struct rcu_head *head, rcu_callback_t then)
{
	call_rcu(head, then);
}
EXPORT_SYMBOL_GPL(field_b_call_rcu);
@#
static int set_barrier(void *unused, u64 on)
{
	rcu_barrier();
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(barrier_fops, NULL, set_barrier, "%llu\n");

@ It also frees on behalf of others, as the core of the file systems does for their inodes: with a callback of its own, when a grace period
is over. Whoever has handed an object in has lost sight of it, though not his duty towards the cache from which it came (rule R2). What the wait in front
is for will be seen there.
@^rule R2@>

@<The relay for callbacks@>=
static void free_now(struct rcu_head *head)
{
	struct field_b_object *object = container_of(head, struct field_b_object, rcu);

	kmem_cache_free(object->cache, object);
}
@#
void field_b_free_later(struct field_b_object *object)
{
	kvfree_rcu_barrier();
	call_rcu(&object->rcu, free_now);
}
EXPORT_SYMBOL_GPL(field_b_free_later);

@ Exit is rule D6 in practice: the files first, because they are what can still start something; then what they have started.
The |rcu_barrier| is for |free_now|, which is ours (rule D3). For the relay's sake none would be needed: the callbacks that it has ordered are functions of others, who are gone.
@^rule D3@>
@^rule D6@>
@<Lay out the field's second half@>=
static struct dentry *files;
@#
static int __init field_b_init(void)
{
	@<Make the line and the queue, or |return| an error@>@;
	@<Show the files of the field@>@;
	return 0;
}
@#
static void __exit field_b_exit(void)
{
	debugfs_remove(files);
	set_plug(NULL, 0);
	WRITE_ONCE(hold, false);
	destroy_workqueue(field_b_queue);
	rcu_barrier();
	irq_free_desc(line_number);
}
module_init(field_b_init);
module_exit(field_b_exit);

@ A line without a chip is given the one that does nothing.
@^error ENOMEM@>

@<Make the line and the queue...@>=
line_number = irq_alloc_desc(NUMA_NO_NODE);
if (line_number < 0)
	return line_number;
irq_set_chip_and_handler(line_number, &dummy_irq_chip, handle_simple_irq);
field_b_queue = alloc_ordered_workqueue("field_b", 0);
if (!field_b_queue) {
	irq_free_desc(line_number);
	return -ENOMEM;
}

@ The files appear last, when everything they lead to is there (rule I1).
@^rule I1@>

@<Show the files of the field@>=
files = debugfs_create_dir("field_b", NULL);
debugfs_create_bool("hold", 0600, files, &hold);
debugfs_create_atomic_t("inside", 0400, files, &inside);
debugfs_create_file_unsafe("plug", 0200, files, NULL, &plug_fops);
debugfs_create_file_unsafe("fire", 0200, files, NULL, &fire_fops);
debugfs_create_file_unsafe("barrier", 0200, files, NULL, &barrier_fops);

@*1 Timers. \label{rule-d1}A timer is the oldest order of all, and the one that is forgotten most easily, since a timer that runs once seems to take itself
back.
@^rule D1@>

\beginrule{D1}{A timer is shut down}
A timer is shut down and waited for, also one that re-arms itself.
\endrule

\concerns Whoever calls |mod_timer|, |add_timer|, |timer_reduce| or |hrtimer_start|, if the timer lies in the module, or its
function does. It is enough to have one of the two there: a structure that was allocated still names the function, and a function of the kernel is still
handed the structure. Of 4,230 modules of a distribution, 369 arm timers. Eight of these import no function that deletes one (half of the eight leave it to another module),
and 38 only the function that does not wait.

\wrongway The timer is armed for some seconds, and it is the last thing the module does; or was, when the exit function was written. In
CVE-2024-46786 a cache for network file systems armed a static timer whenever one of its cookies fell out of use, and said nothing of it in exit. Remove the module within that time, and the
soft interrupt finds a |struct timer_list| in memory that is no longer there. \endwrong

@(modules/d1_timer_bad.c@>=
@<A bell that is to ring in five seconds@>@;
@#
static void __exit bell_exit(void)
{
}
module_exit(bell_exit);

@
\rightway One call, and for a new module always the same one. |timer_shutdown_sync| takes the timer off its list, waits until its function has returned
on whichever processor it is, and makes every later attempt to arm it do nothing. It must not be called with a lock held that the function takes (rule U2).

@(modules/d1_timer_good.c@>=
@<A bell that is to ring in five seconds@>@;
@#
static void __exit bell_exit(void)
{
	timer_shutdown_sync(&bell);
}
module_exit(bell_exit);

@ The two have all the rest in common. Most of the pairs in this chapter are made in the same way: everything but exit is shared, so that nothing else can make the
difference.

@<A bell that is to ring in five seconds@>=
#include <linux/module.h>
#include <linux/timer.h>
@#
static int rings;
module_param(rings, int, 0444);
@#
static void ring(struct timer_list *unused)
{
	rings++;
}
static DEFINE_TIMER(bell, ring);
@#
static int __init bell_init(void)
{
	mod_timer(&bell, jiffies + 5 * HZ);
	return 0;
}
module_init(bell_init);
MODULE_DESCRIPTION("Arms a timer");
MODULE_LICENSE("GPL");

@ A timer that re-arms itself seems to be the same case, and |timer_delete|, which everybody has known as |del_timer| for a quarter of
a century, seems to be the natural cure. It takes the timer off its list, and does not wait. But there is a moment in which such a timer is on no list: while its function runs.

\figure{timer-rearms}{A timer that re-arms itself, and an exit that deletes it. At that moment it is on no list: there is nothing to delete. The grace period does wait for the function, since that runs in a soft interrupt; but not for the next one.}

@ All the same, to delete a timer is what comes to mind to whoever has to get rid of one.

\wrongway Delete the timer, and do not wait. The exit function below is right nearly always, and wrong as often as the removal meets the function on another processor. Who arms the timer every millisecond will meet it soon. \endwrong

\noindent The variant that waits, |timer_delete_sync|, gets this one right; but not a timer that is armed by somebody else as well, such as work which the timer
queues and which arms the timer. Whichever of the two is taken back first, the other brings it back. It is for these that shutting down was invented.

@(modules/d1_rearm_bad.c@>=
@<A clock that winds itself up@>@;
@#
static void __exit clock_exit(void)
{
	field_b_meet();
	timer_delete(&ticker);
}
module_exit(clock_exit);

@
\rightway The same call as before. It waits for |tick|, and what |mod_timer| does in there is nothing.

@(modules/d1_rearm_good.c@>=
@<A clock that winds itself up@>@;
@#
static void __exit clock_exit(void)
{
	field_b_meet();
	timer_shutdown_sync(&ticker);
}
module_exit(clock_exit);

@ The function goes through the gate before it winds the clock up again, and exit shuts the gate and waits until it is there. That is the meeting on which everything
depends. The function is let go when the directory of the module is gone, hence after exit; or, since the obedient twin is still in
exit and waits for it, after a second. A soft interrupt that is held holds its processor, but to the scheduler that processor looks idle, and like a good place for whoever
wakes up. So the timer stays on the last processor, and the script on the others.

@<A clock that winds itself up@>=
#include <linux/module.h>
#include <linux/timer.h>
#include "field_b.h"
@#
static void tick(struct timer_list *me)
{
	field_b_pause();
	mod_timer(me, jiffies + HZ / 10);
}
static DEFINE_TIMER(ticker, tick);
@#
static int __init clock_init(void)
{
	ticker.expires = jiffies + HZ / 10;
	add_timer_on(&ticker, cpumask_last(cpu_online_mask));
	return 0;
}
module_init(clock_init);
MODULE_DESCRIPTION("Arms a timer that re-arms itself");
MODULE_LICENSE("GPL");

@ Timers of high resolution have an interface of their own, and stand in a tree, from which the next one is taken in a hard interrupt. One whose memory
is gone takes the tree with it: not only its own expiry is fatal, for any other timer that is put beside it may be the one that
follows the pointer. The exit below forgets it, like that of the first pair.

@(modules/d1_hrtimer_bad.c@>=
@<A bell with a fine clapper@>@;
@#
static void __exit bell_exit(void)
{
}
module_exit(bell_exit);

@
\rightway Here it is called |hrtimer_cancel|. It waits for the function, and copes with a timer that re-arms itself by its return value. There is no way to shut such a timer
down: if somebody else can start it, he must be stopped first.

@(modules/d1_hrtimer_good.c@>=
@<A bell with a fine clapper@>@;
@#
static void __exit bell_exit(void)
{
	hrtimer_cancel(&bell);
}
module_exit(bell_exit);

@ Why such a timer is worth a pair of its own can be seen in what the stock kernel says of it: the page that is gone is read in a hard interrupt, and often
on behalf of somebody else's timer.

@<A bell with a fine clapper@>=
#include <linux/hrtimer.h>
#include <linux/module.h>
@#
static struct hrtimer bell;
static int rings;
module_param(rings, int, 0444);
@#
static enum hrtimer_restart ring(struct hrtimer *unused)
{
	rings++;
	return HRTIMER_NORESTART;
}
@#
static int __init bell_init(void)
{
	hrtimer_init(&bell, CLOCK_MONOTONIC, HRTIMER_MODE_REL);
	bell.function = ring;
	hrtimer_start(&bell, ktime_set(5, 0), HRTIMER_MODE_REL);
	return 0;
}
module_init(bell_init);
MODULE_DESCRIPTION("Arms a high-resolution timer");
MODULE_LICENSE("GPL");

@
\enforced The audit (\chap{audit}). Right after exit, and again before every burial, it walks through all timers of all processors. One whose function or whose structure lies in the
module is taken off its list under the list's own lock, and can never be armed again. One that lies in the module, and whose function runs at that moment, is shut down where it is, and waited for; so the clock is stopped
as well. (Timers of high resolution have no shutting down. They are cancelled if they lie in the module, and if not get a function that does nothing.)

\seen Lines with D1: when the module comes, for what it imports; and after exit, with the function and what was done. On the stock kernel nobody complains of a module: the timer code reads a list, and finds that it leads nowhere.
\transcript{d1_timer}
Of the timer that winds itself up:
\transcript{d1_rearm}
And of the one with the fine clapper:
\transcript{d1_hrtimer}

\checked Imports tell most of it. Who arms a timer, and has nothing that takes one back, makes an error; who has only the function that does not wait is given advice, as 38 modules do this and not all of them are wrong. Which timer was meant the imports cannot tell. If there are two, and one of them is shut down, the checker compares
what the calls are given, and gives advice about the one that was forgotten; for that both must have a place in the module's data, and a timer within memory that was allocated has none. A module that leaves the deleting to a library of its own looks
guilty. Whether the call can be reached from exit is seen as well; whether it is reached on every path, and who arms the timer again, is not. And
neither the checker nor the audit can say whether the module's {\it data\/} are in order afterwards: the timer would have done something, and has not.

@*1 Work. \label{rule-d2}Work runs in process context, may sleep, and may wait long for its turn.
@^rule D2@>

\beginrule{D2}{Work is cancelled}
Work is cancelled and waited for, or its own queue destroyed; a flush is not enough for work that queues itself.
\endrule

\concerns Whoever calls |queue_work|, |schedule_work|, |queue_delayed_work| or a relative of theirs, and also whoever uses something that queues work on his behalf, like a resizable hash table. 770 of the 4,230 modules queue work; 68 of them import nothing that waits for it.

\wrongway Work is short, the queue is empty, it has run by now. That is true until some other work on the same queue sleeps, or there is a storm of interrupts;
then it stands behind the other, with the address of a function that is gone. The driver of an SPI controller had its interrupt schedule work, and
its remove function freed the controller without a look at the queue (CVE-2024-50051). \endwrong

@(modules/d2_work_bad.c@>=
@<A job behind others on a queue@>@;
@#
static void __exit job_exit(void)
{
}
module_exit(job_exit);

@
\rightway Again one call. A queue of one's own is a good alternative: |destroy_workqueue| runs what is there to the end. That cannot be done with one of the system's queues; and to
flush those is forbidden for good reason, as one would wait for everybody's work, perhaps with a lock held that some of it wants.

@(modules/d2_work_good.c@>=
@<A job behind others on a queue@>@;
@#
static void __exit job_exit(void)
{
	cancel_work_sync(&job);
}
module_exit(job_exit);

@ The queue is that of the field, and has been plugged when the module comes.

@<A job behind others on a queue@>=
#include <linux/module.h>
#include "field_b.h"
@#
static int jobs;
module_param(jobs, int, 0444);
@#
static void do_job(struct work_struct *unused)
{
	jobs++;
}
static DECLARE_WORK(job, do_job);
@#
static int __init job_init(void)
{
	queue_work(field_b_queue, &job);
	return 0;
}
module_init(job_init);
MODULE_DESCRIPTION("Queues work");
MODULE_LICENSE("GPL");

@ The next mistake is made by somebody who knows the rule, and the name of a function that waits.

\wrongway Flush the work. To {\it flush\/} it is to wait until it has run, once, counted from the moment of the call. If it queues itself, it stands on the queue again
before it returns, and the one who waited goes away content. \endwrong

\figure{flush-requeues}{Work that queues itself, and an exit that flushes it. The flush puts a marker of its own behind the work, and the marker is passed.}

@(modules/d2_requeue_bad.c@>=
@<A job that is never done@>@;
@#
static void __exit job_exit(void)
{
	flush_work(&job);
}
module_exit(job_exit);

@
\rightway |cancel_work_sync| forbids the queueing first, waits then, and permits it again at the end. (|disable_work_sync|, which came with version~6.10, leaves it forbidden; that is for work which somebody {\it else\/} may
queue, and corresponds to the shutting down of a timer.)

@(modules/d2_requeue_good.c@>=
@<A job that is never done@>@;
@#
static void __exit job_exit(void)
{
	cancel_work_sync(&job);
}
module_exit(job_exit);

@ Nothing needs to be held open here: such work is always on the queue, or running, or both.

@<A job that is never done@>=
#include <linux/module.h>
#include <linux/workqueue.h>
@#
static int jobs;
module_param(jobs, int, 0444);
@#
static void do_job(struct work_struct *me)
{
	jobs++;
	queue_work(system_unbound_wq, me);
}
static DECLARE_WORK(job, do_job);
@#
static int __init job_init(void)
{
	queue_work(system_unbound_wq, &job);
	return 0;
}
module_init(job_init);
MODULE_DESCRIPTION("Queues work that queues itself");
MODULE_LICENSE("GPL");

@ The third is made by reading types: a |struct delayed_work| contains a |struct work_struct|, and its address is easily taken.

\wrongway Take delayed work for work. It is a timer first and work afterwards, and the functions for work know nothing of the timer. |flush_work(&poll.work)| finds the work on no queue, and returns at
once. (|cancel_work_sync(&poll.work)| is a curious case. It finds the work neither free nor queued, takes this for a matter of nanoseconds, and spins until the
timer has run out.) \endwrong

@(modules/d2_delayed_bad.c@>=
@<A poll that comes in five seconds@>@;
@#
static void __exit poll_exit(void)
{
	flush_work(&poll.work);
}
module_exit(poll_exit);

@
\rightway Delayed work has a function of its own, which takes back whichever of the two it is at the moment. It does so also if the work queues itself, since like
|cancel_work_sync| it forbids the queueing first.

@(modules/d2_delayed_good.c@>=
@<A poll that comes in five seconds@>@;
@#
static void __exit poll_exit(void)
{
	cancel_delayed_work_sync(&poll);
}
module_exit(poll_exit);

@ The poll is meant for the system's queue, as most delayed work is. The timer's function belongs to the kernel; only the structure lies in the module, and the
function that the work will call. An audit that looked at the functions of timers alone would pass it by.

@<A poll that comes in five seconds@>=
#include <linux/module.h>
#include <linux/workqueue.h>
@#
static int polls;
module_param(polls, int, 0444);
@#
static void do_poll(struct work_struct *unused)
{
	polls++;
}
static DECLARE_DELAYED_WORK(poll, do_poll);
@#
static int __init poll_init(void)
{
	schedule_delayed_work(&poll, 5 * HZ);
	return 0;
}
module_init(poll_init);
MODULE_DESCRIPTION("Orders delayed work");
MODULE_LICENSE("GPL");

@
\enforced The audit again, which reads the queues of all pools of workers, and for delayed work the timers (\see{walk-work}). Work that stands on a queue gets a function that does nothing, and so does work that is running, if it lies in the module, for when it queues itself again.
Delayed work that is still a timer, and lies in the module, is disabled: whoever queues it next does so in vain.

\seen Lines as for the timer, with D2 and the name of the work's function. Work that was on a queue, or still a timer, was
``cancelled''; work that is running is ``waited for''.
\transcript{d2_work}
Of the work that queues itself:
\transcript{d2_requeue}
And of the delayed work:
\transcript{d2_delayed}

\checked The first of the three makes an error, for it imports |queue_work_on| and no call that cancels, flushes or destroys. The other two are given advice: a flush does not help against a timer, nor, where the queueing is done in the work's own function, against work that
queues itself. Whether it is {\it this\/} work that the function queues, it does not know. Neither it nor the loader
can take back, without a loss, work whose structure was allocated and is freed by its own function. For that only the author can care: there must be a list of it, or a count that exit waits for.

@*1 Callbacks of RCU. \label{rule-d3}To free what readers may still be reading, one waits for a grace period, or has oneself called when it is over. The second is the
order with which this rule is concerned.
@^rule D3@>

\beginrule{D3}{Callbacks have run}
RCU callbacks: order no more, then |rcu_barrier|; also when another module ordered them on one's behalf.
\endrule

\concerns Whoever calls |call_rcu| with a function of his own, or gives such a function to somebody who will. Of 81 modules that import |call_rcu|, 23 have no |rcu_barrier|; in 15 of these it is hidden in some call
that exit makes, such as |unregister_pernet_subsys|. (When somebody first looked, in 2009, a dozen modules of the kernel's own tree left without it.) Who can use |kfree_rcu| instead is not concerned: it names no function of the module's.

\wrongway Exit waits for everything that it can think of, and RCU is none of these. The kernel's own file server, ksmbd, frees what it knows of a client's lock by |call_rcu|, when the connection is closed. Its exit function closed the connections, stopped the
threads, and gave back all that was left; and the callbacks of the last connections were still under way (CVE-2023-32246). A client
who hangs up in the right moment chooses when the kernel jumps into the freed page.

Who thinks of RCU calls |synchronize_rcu|, since RCU is about grace periods and that function waits for one. But a grace period is when a callback {\it may\/} be called, not when it
has been. Nobody promises that it is called soon, or that what was ordered first on another processor is called first. And the grace period that the stock loader itself waits for is one more of the same kind. \endwrong

\figure{callback-lags}{A callback lags behind a grace period. After the grace period the callback may run; that it has run is not known. |rcu_barrier| in place of |synchronize_rcu|
would queue a callback of its own behind this one, as on every processor, and wait for all of those.}

\noindent For many years the gap was tiny, because callbacks were called as soon as they could be. Kernels that save power have made it ten seconds wide: a processor whose callbacks
are offloaded keeps those which nobody is waiting for until there are many, or until time is up. That is how the scenario holds it open. The kernel is started with
\.{rcu_nocbs=all\ rcutree.enable_rcu_lazy=1}; the callback is ordered on one processor, where nobody is in a hurry, and the module is removed on another.

@(modules/d3_rcu_bad.c@>=
@<An entry that is replaced through RCU@>@;
@<Let RCU free the entry@>@;
@<Replace the entry on demand@>@;
@#
static void __exit entry_exit(void)
{
	debugfs_remove(file);
	synchronize_rcu();
	kfree(latest);
}
module_exit(entry_exit);

@
\rightway First nobody can order any more; here the orders come through a file, so that goes first (rule D6). Then |rcu_barrier|, and only then what the callbacks use may
go. If a callback orders something in turn, that is the next source: the callbacks of ksmbd give back connections, whose release is work, and so its exit has today a barrier first
and destroys the queue of that work second.

@(modules/d3_rcu_good.c@>=
@<An entry that is replaced through RCU@>@;
@<Let RCU free the entry@>@;
@<Replace the entry on demand@>@;
@#
static void __exit entry_exit(void)
{
	debugfs_remove(file);
	rcu_barrier();
	kfree(latest);
}
module_exit(entry_exit);

@ What it does is what RCU is for: there is an entry that readers read without a lock. Whoever writes to the file replaces it, and the old one
is freed when the last reader has let go of it. (There are no readers here. |freed| is there so that the callback has something to do that |kfree_rcu| could not do for it.)

@<An entry that is replaced through RCU@>=
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include "field_b.h"
@#
struct late_entry {
	int value;
	struct rcu_head rcu;
};
static struct late_entry *latest;
static int freed;
module_param(freed, int, 0444);
@#
static void free_entry(struct rcu_head *head)
{
	freed++;
	kfree(container_of(head, struct late_entry, rcu));
}

@ In this one line the pair differs from the next.

@<Let RCU free the entry@>=
static void free_later(struct late_entry *old)
{
	call_rcu(&old->rcu, free_entry);
}

@ The file is in debugfs, which lets nobody into a function of the module after |debugfs_remove| has returned. Two writers at once would need a lock; there
is one script.
@^error ENOMEM@>

@<Replace the entry on demand@>=
static int set_entry(void *unused, u64 value)
{
	struct late_entry *old = latest;
	struct late_entry *new = kzalloc(sizeof(*new), GFP_KERNEL);

	if (!new)
		return -ENOMEM;
	new->value = value;
	rcu_assign_pointer(latest, new);
	if (old)
		free_later(old);
	return 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(entry_fops, NULL, set_entry, "%llu\n");
@#
static struct dentry *file;
@#
static int __init entry_init(void)
{
	file = debugfs_create_file_unsafe("entry", 0200, NULL, NULL, &entry_fops);
	return 0;
}
module_init(entry_init);
MODULE_DESCRIPTION("Frees entries by a callback of RCU");
MODULE_LICENSE("GPL");

@ The second pair orders through somebody else. Caches, network namespaces, block queues take a function and call it by RCU, some day; the module's own code and
imports show nothing of RCU. The rule is the same, and so is the cure: |rcu_barrier| waits for all callbacks of the machine, whoever has ordered them.

@(modules/d3_other_bad.c@>=
@<An entry that is replaced through RCU@>@;
@<Let the relay free the entry@>@;
@<Replace the entry on demand@>@;
@#
static void __exit entry_exit(void)
{
	debugfs_remove(file);
	synchronize_rcu();
	kfree(latest);
}
module_exit(entry_exit);

@ The cure, for somebody who has never called |call_rcu|:

@(modules/d3_other_good.c@>=
@<An entry that is replaced through RCU@>@;
@<Let the relay free the entry@>@;
@<Replace the entry on demand@>@;
@#
static void __exit entry_exit(void)
{
	debugfs_remove(file);
	rcu_barrier();
	kfree(latest);
}
module_exit(entry_exit);

@ A provider that orders on behalf of others would also be in the better position to wait: it knows whom it has served. But its interface would have to
say so, and few do.

@<Let the relay free the entry@>=
static void free_later(struct late_entry *old)
{
	field_b_call_rcu(&old->rcu, free_entry);
}

@
\enforced The loader calls |rcu_barrier| itself before any burial, once for all modules that leave together (\see{waits}). So a callback that was forgotten still finds its function. It may
not find its data: if exit has freed those, the loader comes too late for them, and only for them.

\seen Of the first pair, lines that name D3, when it comes and when it is buried; they are deduced from the imports. Of the second pair nothing at all: it does no harm, and cannot be named by
anybody, because the queues of callbacks are not walked, and no import gives it away.
\transcript{d3_rcu}
Through the relay:
\transcript{d3_other}

\checked What the loader sees, the imports; both use the same table, in which stand also the calls that imply a barrier (\see{imports}). It was made because of the 15 of 23: a check that knew of |rcu_barrier| alone would be wrong more often than right. The second pair shows what is beyond it.
To the checker |field_b_call_rcu| is a symbol of which the table knows nothing, and it says so; that is the most that can be said.

Callbacks of a sleepable RCU of one's own (|call_srcu|) have a barrier of their own, |srcu_barrier|, which the loader does {\it not\/} call: nobody could tell it for which.

@*1 Threads. \label{rule-d4}A thread is an order that is being carried out all the time. It alone of all of them can be seen on a stack.
@^rule D4@>

\beginrule{D4}{A thread has ended}
A thread is stopped and has ended.
\endrule

\concerns Whoever starts a thread, by |kthread_run| or |kthread_create|; and whoever starts several has to stop all of them.

\wrongway Set a flag that the thread will read, or do nothing, since the thread will end by itself. It sleeps most of the time, and not for long. But while it sleeps
it has an address of the module on its stack, and when it wakes up it returns there. Nobody forgets the only thread of a module. It is one of several that is forgotten, or
one that is started in one mode of operation, while exit thinks of another: a module that measures RCU can measure |kfree_rcu| instead, and in that mode it stopped none of its threads (CVE-2023-53291). \endwrong

\figure{thread-sleeps}{A thread that was not stopped. A task that sleeps holds up no grace period of RCU, so the stock loader has nothing that it could wait for.}

@(modules/d4_thread_bad.c@>=
@<A watchman who makes his rounds@>@;
@#
static void __exit watch_exit(void)
{
	put_task_struct(watchman);
}
module_exit(watch_exit);

@
\rightway |kthread_stop| sets the flag, wakes the thread, and returns when the thread has {\it ended}: not when its function has read the flag,
nor when that has returned, but when the last of it has left.

A thread that may also end by itself needs care. Its |task_struct| may be gone when exit wants to stop it, so a reference on it is taken at the start. |kthread_stop_put|, below, stops the thread and puts that
reference.

@(modules/d4_thread_good.c@>=
@<A watchman who makes his rounds@>@;
@#
static void __exit watch_exit(void)
{
	kthread_stop_put(watchman);
}
module_exit(watch_exit);

@ Ten times a second the watchman looks whether all is well. He goes home when he is told to, or when nothing is held any more in the field, by which the script ends
what exit has forgotten.

@<A watchman who makes his rounds@>=
#include <linux/kthread.h>
#include <linux/module.h>
#include <linux/sched/task.h>
#include "field_b.h"
@#
static struct task_struct *watchman;
@#
static int watch(void *unused)
{
	while (!kthread_should_stop() && field_b_holds())
		schedule_timeout_interruptible(HZ / 10);
	return 0;
}

@ The reference on his |task_struct| is the one that exit gives back.

@<A watchman who makes his rounds@>=
static int __init watch_init(void)
{
	watchman = kthread_run(watch, NULL, "watchman");
	if (IS_ERR(watchman))
		return PTR_ERR(watchman);
	get_task_struct(watchman);
	return 0;
}
module_init(watch_init);
MODULE_DESCRIPTION("Starts a thread");
MODULE_LICENSE("GPL");

@
\enforced The census (\chap{census}). A thread whose function lies in the module is inside, from the moment it was created until it has ended; and since its function gives it away, the rule is known. The memory waits
for it, for ever if need be.

\seen After the line for the imports the name of the thread, with D4, and the function and offset at which it sleeps; and another line when it has
ended after all, which says that nobody is inside any more.
\transcript{d4_thread}

\checked Who imports |kthread_create_on_node| and none of the calls that stop a thread, or let it leave through the kernel, is reported. That one of several threads is forgotten it does not see; the census does. Nor does it see
a thread that is stopped too late, when what it works with has been freed: that is D6, and memory has no import that would tell whose it is.

@*1 Tasklets, interrupts, and the rest. \label{rule-d5}What is left is rarer, and each has one call that takes it back.
@^rule D5@>

\beginrule{D5}{Whatever else was ordered}
Tasklets, irq work, asynchronous calls, interrupt actions: killed, freed, waited for.
\endrule

\concerns Drivers, above all those whose device is still there when the driver has gone, and goes on ringing. One is concerned if one calls |request_irq| or |request_threaded_irq|,
|tasklet_schedule|, |irq_work_queue| or |async_schedule|; but not if the kernel frees the interrupt by itself, as it does for |devm_request_irq| when the driver is unbound from its device.

\wrongway Tell the device to be silent, and leave the action where it is, as nobody will ring. But it stays in the kernel's table, with its function, its name and its
cookie, all three of them in the module. Somebody else pulls the line (it may be shared), or just reads \.{/proc/interrupts}, which prints the name. \endwrong

\figure{line-pulled}{An action that was left. The device was told to be silent, and is; but it is not alone on its line.}

@(modules/d5_irq_bad.c@>=
@<A handler for the line@>@;
@#
static void __exit line_exit(void)
{
}
module_exit(line_exit);

@
\rightway |free_irq|, after the device was told to be silent. It waits for a handler that runs, and for its thread if it has one; this is a
{\it drained\/} entry, and needs nothing else.
@^drained entry@>

@(modules/d5_irq_good.c@>=
@<A handler for the line@>@;
@#
static void __exit line_exit(void)
{
	free_irq(field_b_line(), NULL);
}
module_exit(line_exit);

@ The handler counts. The string in |request_irq| is the name that \.{/proc/interrupts} prints.

@<A handler for the line@>=
#include <linux/interrupt.h>
#include <linux/module.h>
#include "field_b.h"
@#
static int pulls;
module_param(pulls, int, 0444);
@#
static irqreturn_t pulled(int line, void *unused)
{
	pulls++;
	return IRQ_HANDLED;
}
@#
static int __init line_init(void)
{
	return request_irq(field_b_line(), pulled, 0, "a line", NULL);
}
module_init(line_init);
MODULE_DESCRIPTION("Requests an interrupt");
MODULE_LICENSE("GPL");

@ No, the grace period does not cover tasklets, although one hears that it does: one that is scheduled runs in the next soft interrupt, the processor is not
quiet before that, and the loader waits until all have been quiet. That is nearly true, and not good enough. It fails for one that was put off to \.{ksoftirqd}, behind some task of higher priority; and
it fails for one that is disabled. To disable a tasklet does not take it off the list. It is found there by every soft interrupt, and put back every time. (For that
reason alone it is a bad idea to disable one for long; it keeps a processor busy.)

\wrongway Leave the tasklet disabled, as it is while the device is at rest. It cannot run, so nothing can happen. \endwrong

@(modules/d5_tasklet_bad.c@>=
@<A tasklet for a device at rest@>@;
@#
static void __exit rest_exit(void)
{
}
module_exit(rest_exit);

@
\rightway |tasklet_kill|, which waits until the tasklet has run. For that it must be able to run: one that is disabled is enabled first. Its function has to be prepared
for a device that is about to go.

@(modules/d5_tasklet_good.c@>=
@<A tasklet for a device at rest@>@;
@#
static void __exit rest_exit(void)
{
	tasklet_enable(&bottom);
	tasklet_kill(&bottom);
}
module_exit(rest_exit);

@ This moment needs no gate: it lasts as long as the module.

@<A tasklet for a device at rest@>=
#include <linux/interrupt.h>
#include <linux/module.h>
@#
static int runs;
module_param(runs, int, 0444);
@#
static void run_bottom(struct tasklet_struct *unused)
{
	runs++;
}
static DECLARE_TASKLET_DISABLED(bottom, run_bottom);
@#
static int __init rest_init(void)
{
	tasklet_schedule(&bottom);
	return 0;
}
module_init(rest_init);
MODULE_DESCRIPTION("Schedules a tasklet");
MODULE_LICENSE("GPL");

@ The two others have no modules, because no moment was found in which they go wrong and which could be held open. {\it Irq work\/} is what somebody orders who may not even take a lock, such as the handler of an NMI, for the next moment at which
interrupts are on. It can be held back only on a processor that keeps its interrupts off, and such a processor holds up every grace period as well. The lazy kind waits for the next tick instead. That is a few milliseconds, and only an expedited grace period is
shorter. {\it Asynchronous calls\/} are ordered by |async_schedule|, mostly while a driver looks for its devices. The loader waits for all of them right after exit, ours like the stock one; who needs them to be over before he takes down what they use calls
|async_synchronize_full| himself, in exit.

@
\enforced The audit frees interrupt actions, takes tasklets off their lists, and has every processor run the irq work that it has; the waits include one for asynchronous calls.

\seen Lines with D5 in both cases. First the interrupt:
\transcript{d5_irq}
And the tasklet:
\transcript{d5_tasklet}

\checked The pairs, |request_threaded_irq| with |free_irq|, |__tasklet_schedule| with |tasklet_kill|. They are nearly free of noise, because drivers that have the kernel free their interrupts
by itself (by |devm_request_threaded_irq|) import neither half. Whether the device is silent, nobody sees; nor whether a tasklet that is killed has been enabled, without which |tasklet_kill| does not come back.

@*1 The order among them. \label{rule-d6}What has been said of each order is not enough where there are two.
@^rule D6@>

\beginrule{D6}{First the source}
First the sources (interrupts, hooks, user-visible files), then what they schedule.
\endrule

\concerns Whoever has two of them, of which one orders the other. That is every driver whose interrupt queues work, every protocol whose hook arms a timer, every file in \.{/proc} that starts
something. Four in a hundred of the public cases are a wrong order in exit or in init.

\wrongway Cancel the work, then free the interrupt. Each of the two calls is right. But an interrupt that comes between them queues the work again, and there is nobody left to cancel it. \endwrong

\figure{source-first}{Two calls that are right, in the wrong order. Between them the source brings back what has just been taken away.}

@(modules/d6_order_bad.c@>=
@<A handler that queues work@>@;
@#
static void __exit order_exit(void)
{
	cancel_work_sync(&job);
	free_irq(field_b_line(), NULL);
}
module_exit(order_exit);

@
\rightway The other order. To find it one follows the orders downstream: who can still be called when everybody before him is silent? He is next.
(If there is a circle, timers that queue work that arms the timer, one of them must be shut down or disabled first, so that the circle
is open.)

@(modules/d6_order_good.c@>=
@<A handler that queues work@>@;
@#
static void __exit order_exit(void)
{
	free_irq(field_b_line(), NULL);
	cancel_work_sync(&job);
}
module_exit(order_exit);

@ To meet the gap between two lines the handler is held at the gate. It is a threaded one, so that no processor has to be held with interrupts off. |free_irq| waits for its thread, which
the script sees on the remover's stack. Then the handler is let go, and queues the work; and since the queue is plugged, the work stays there.

@<A handler that queues work@>=
#include <linux/interrupt.h>
#include <linux/module.h>
#include "field_b.h"
@#
static int jobs;
module_param(jobs, int, 0444);
@#
static void do_job(struct work_struct *unused)
{
	jobs++;
}
static DECLARE_WORK(job, do_job);
@#
static irqreturn_t pulled(int line, void *unused)
{
	field_b_pause();
	queue_work(field_b_queue, &job);
	return IRQ_HANDLED;
}

@ The handler has no part that runs in the hard interrupt; |IRQF_ONESHOT| keeps the line quiet until its thread is done, and is required of such a handler.

@<A handler that queues work@>=
static int __init order_init(void)
{
	return request_threaded_irq(field_b_line(), NULL, pulled, IRQF_ONESHOT, "a line", NULL);
}
module_init(order_init);
MODULE_DESCRIPTION("Has an interrupt that queues work");
MODULE_LICENSE("GPL");

@
\enforced The audit, which finds what the source has brought back. It runs when exit has returned, and by then the sources are gone, if exit has stopped them at all; so what it takes back does
not come a second time. Were it to run {\it before\/} exit, it would be in the place of the wrong way.

\seen Work that was left: the line says D2, as that is what the audit finds. That it was cancelled once, too early, cannot be seen from what is left.
\transcript{d6_order}

\checked It reads the calls of exit in their order, those of the module's own functions in their place, and compares: a call that takes back an order must not come before the one that stops its source. That {\it this\/} source orders {\it that\/} work it
has from the source's function, which was handed over at the registration and is followed into whatever it calls; the error above ends with the place. Its knowledge ends where a function is reached through a pointer, and
where the object of an order is memory that was allocated and there are several of them.

@*1 Exercises.
\exercise{15} (Rule D3.) Let the entry of \see{rule-d3} be set through a parameter of the module in place of the file in debugfs. The files of parameters are removed
after exit. Can a write come between |rcu_barrier| and the removal of the file, and what becomes of the callback that it orders, on either kernel? How would one keep the rule?

\exercise{20} (Rule D1.) |timer_delete_sync| gets the clock of \see{rule-d1} right. Show that it does, by the three meanings of ``taken back'', and find out what it would need to know of
a timer to be able to promise the third in general.

\exercise{25} The audit takes an armed timer off its list; it does not wait until it has run. Why is this the better choice? Give a module, obedient but for this, for which it is the
worse one.

\exercise{15} (Rule D2.) For each request a module allocates a structure with work in it, and the last act of the work's function is to free the structure. There is no list of them. Give two ways for exit to keep
D2 without one. One of the two is enough under our loader and not under the stock one; which, and what rule says so?

\exercise{15} (Rule D4.) Take the |get_task_struct| out of the watchman, and put |kthread_stop| in the place of |kthread_stop_put|. What can happen? And what becomes of something that a thread is to free before it ends, if |kthread_stop|
comes before the thread has run for the first time?

\exercise{10} (Rule D5.) Which of the three meanings of ``taken back'' do |tasklet_disable| and |disable_irq| see to?

\exercise{25} (Rule D6.) An interrupt arms a timer; the timer queues work; the work arms the timer again if there is more to do. Write the exit function with three calls, and show that after each of them something is over for good.
Then write another, also of three calls, in which work is dealt with before the timer.
