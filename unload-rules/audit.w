@q SPDX-License-Identifier: GPL-2.0-only @>

@* The audit. \label{audit}%
What a module has ordered and not cancelled, or hung up somewhere and not taken down, will bring the processor back into it after exit.
It is not on any stack yet, so the census cannot see it; and it may take an hour to come, so no wait is long enough. But somebody keeps a
list. A timer is in the wheel of a processor, work in the pool of a workqueue, a probe in a table of probes. The audit goes through the
lists that the kernel keeps, looks at each function and each object on them, and asks of each address whether it lies in a module that is
leaving.

It is done right after exit, when the culprit is known for certain, and in each look of the undertaker.
What it finds it names in the log, once, with the rule that was broken. Then it does one of two things. It {\it cancels\/} the
thing, if that is safe. Where it is not, it lets the module {\it wait}: the memory stays until the thing has gone by itself. It never frees the
module's memory. And what it cannot find at all is left to the waits, the census and the quarantine.

\medskip
\begintable{l l p{1.75in} p{1.75in}}
{\rm what was left} & {\rm rule} & {\rm lying in the module} & {\rm lying elsewhere} \cr \hd
timer & D1 & cancelled, for good; running: waited for as well & cancelled, for good \cr
high-resolution timer & D1 & cancelled; running: waited for & function replaced \cr
delayed work & D2 & cancelled, disabled & function replaced \cr
work, queued & D2 & function replaced & function replaced \cr
work, running & D2 & waited for, function replaced & waited for; caught when it is queued again \cr
tasklet & D5 & cancelled & cancelled \cr
irq work & D5 & each processor is told to run its list now & the same \cr
interrupt action & D5 & freed; with a thread: functions replaced & the same \cr
kprobe, kretprobe & U1 & unregistered & unregistered \cr
tracepoint probe & U1 & unregistered & unregistered \cr
notifier & U1 & cut out, or waited for if the chain is in use & the same \cr
open file & C2 & gets the operations of a dead device, or is waited for (\see{walk-files}) & not found \cr
mapping of memory & C2 & waited for & not found \cr
RCU callback & D3 & waited for by |rcu_barrier| & the same \cr
\endtable

\noindent (For an open file and a mapping, what lies in the module is the table of operations.) Why does it matter where the object lies? An object in the module's memory cannot vanish while we look at it, since we
are the ones who would free it. So it can be cancelled at leisure, by the function that the kernel has for that purpose. An object
elsewhere belongs to somebody else, who may free it as soon as the list's lock is dropped. It can be touched only under that lock; and the
least that makes it harmless is to give it another function, one that lies in the kernel and does nothing. Its owner will not
notice.

@ Four of these lists are private to the files that keep them: timers, work, tasklets, and kprobes. So the walks over those are tangled
into four headers, and each of the four files gets one line at its end, which includes its header. (\.{tree.py} in \.{kernel-glue/kbuild} puts the lines
in, and takes them out.) No header of the kernel is touched, and nothing comes before the last of the file's own lines, so that no version sum of any exported
symbol moves. A tree without these lines is served as well; there the loader says at boot what it cannot see.

In a kernel that is configured without removal the lines are there, but the headers are empty. What the four files and the audit know of each other is this.

@s left_thing int
@s fate int
@s sight int

@(kernel/module/walks.h@>=
#ifndef _MODULE_WALKS_H
#define _MODULE_WALKS_H
#include <linux/module.h>
@#
enum left_thing {
	LEFT_TIMER, LEFT_HRTIMER, LEFT_DELAYED_WORK, LEFT_WORK,@|
	LEFT_RUNNING, LEFT_TASKLET, LEFT_ACTION, LEFT_KPROBE,@|
	LEFT_TRACEPOINT, LEFT_NOTIFIER, LEFT_FILE, LEFT_MAPPING
};
enum fate { FATE_CANCELLED, FATE_WAITED_FOR };
enum sight { SIGHT_NONE, SIGHT_PART, SIGHT_ALL };
@#
struct module *audit_suspect(const void *function, const void *object);
bool audit_lies_in(const struct module *mod, const void *object);
void audit_found(struct module *mod, enum left_thing thing, @| const void *function,
		 const void *object, enum fate end);
@#
enum sight walk_timers(void);
enum sight walk_work(void);
enum sight walk_tasklets(void);
enum sight walk_kprobes(void);
#endif

@ All the rest is one file of our own. Nothing in it needs to lie in the file of somebody else.

@(kernel/module/audit.c@>=
#include <linux/delay.h>
#include <linux/fdtable.h>
#include <linux/fs.h>
#include <linux/hrtimer.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/irq_work.h>
#include <linux/irqdesc.h>
#include <linux/mm.h>
#include <linux/notifier.h>
#include <linux/panic_notifier.h>
#include <linux/pid.h>
#include <linux/pid_namespace.h>
#include <linux/poll.h>
#include <linux/reboot.h>
#include <linux/sched/mm.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/tracepoint.h>
#include "internal.h"
#include "walks.h"
@#
@<Whom the audit asks about@>@;
@<Remember what was found, and say it@>@;
@<Look through high-resolution timers@>@;
@<Look through interrupts and their work@>@;
@<Look through tracepoints@>@;
@<Look through notifier chains@>@;
@<The operations of a dead device@>@;
@<Look through open files@>@;
@<Walks that are absent@>@;
@<What imports tell@>@;
@<Audit one module, or all that have left@>@;

@*1 Suspects. \label{suspect}The audit asks about one module or about all that have left, and |asked| says which. It is set once per audit;
as there is one audit at a time, nothing protects it but the undertaker's mutex, which our callers hold.
@^lock looking@>

The question is always put with two addresses: the function that will be called, and the object that the list has hold of. Either
can give a module away. A timer of the module's own may have a function of the kernel: the function is harmless, but the timer's
memory will be gone.

@<Whom the audit asks about@>=
static struct module *asked;
@#
static bool concerns(const struct module *mod)
{
	return asked ? mod == asked : has_left(mod);
}
@#
@<Is this a copy of some module's per-CPU data?@>@;
@#
struct module *audit_suspect(const void *function, const void *object)
{
	struct module *mod;

	guard(preempt)();
	mod = __module_address((unsigned long)function);
	if (mod && concerns(mod))
		return mod;
	mod = __module_address((unsigned long)object);
	if (mod && concerns(mod))
		return mod;
	return object && some_percpu ? percpu_suspect(object) : NULL;
}

@ An object can also lie in a copy of the module's per-CPU data, which the tree of addresses does not know. There the records of the modules
asked about have to be searched one by one. Few modules have such data, so it is found out beforehand whether any of these does.

@<Is this a copy of some module's per-CPU data?@>=
static bool some_percpu;
@#
static bool in_percpu_of(const struct module *mod, const void *object)
{
#ifdef CONFIG_SMP
	unsigned int cpu;

	if (mod->percpu_size)
		for_each_possible_cpu(cpu) {
			const void *start = per_cpu_ptr(mod->percpu, cpu);

			if (object >= start && object < start + mod->percpu_size)
				return true;
		}
#endif
	return false;
}
@#
static struct module *percpu_suspect(const void *object)
{
	struct module *mod;

	list_for_each_entry_rcu(mod, &modules, list)
		if (concerns(mod) && in_percpu_of(mod, object))
			return mod;
	return NULL;
}

@ Does the object itself lie in the module's memory? That is asked when the module is known, to choose between the two columns of the table.

@<Whom the audit asks about@>=
bool audit_lies_in(const struct module *mod, const void *object)
{
	return within_module((unsigned long)object, mod) || in_percpu_of(mod, object);
}

@*1 Findings. \label{findings}Most walks hold a spinning lock when they find something, some of them one that |printk| itself would want. So a
finding is noted, and said when all the walks are over. But two counts in the annex are kept at once. |found| is for the
undertaker, who buries no module for which anything was found, cancelled or not: somebody must have ordered it. |reachable| counts only
what could not be cancelled.

There is room for 32 different notes. What finds no room is counted all the same, and is noted in a later audit if it is still
there. A finding without an address is one that was made harmless before; it is only counted.

@<Remember what was found, and say it@>=
struct finding {
	struct module *mod;
	enum left_thing thing;
	const void *what;
	enum fate end;
};
static struct finding findings[32];
static unsigned int nr_findings;
@#
void audit_found(struct module *mod, enum left_thing thing, @| const void *function,
		 const void *object, enum fate end)
{
	bool code = within_module((unsigned long)function, mod);
	struct finding f = { mod, thing, code ? function : object, end };

	annex_of(mod)->found++;
	if (thing == LEFT_FILE || thing == LEFT_MAPPING)
		annex_of(mod)->had_files = true;
	if (end == FATE_WAITED_FOR)
		annex_of(mod)->reachable++;
	for (unsigned int i = 0; i < nr_findings; i++)
		if (findings[i].what == f.what && findings[i].thing == f.thing)
			return;
	if (f.what && nr_findings < ARRAY_SIZE(findings))
		findings[nr_findings++] = f;
}

@ In print a finding is one line, whose words come from this table. A user who reads it needs three things: the rule, by which he finds the
chapter; the kind, which tells him what to look for in the source; and the name of the function.

@<Remember what was found, and say it@>=
static const struct { const char *rule, *name, *state; } words[] = {@t\1@>@/
	@[[LEFT_TIMER]@] = { "D1", "timer", "armed" },@/
	@[[LEFT_HRTIMER]@] = { "D1", "high-resolution timer", "armed" },@/
	@[[LEFT_DELAYED_WORK]@] = { "D2", "delayed work", "pending" },@/
	@[[LEFT_WORK]@] = { "D2", "work", "queued" },@/
	@[[LEFT_RUNNING]@] = { "D2", "work", "running" },@/
	@[[LEFT_TASKLET]@] = { "D5", "tasklet", "scheduled" },@/
	@[[LEFT_ACTION]@] = { "D5", "interrupt action", "registered" },@/
	@[[LEFT_KPROBE]@] = { "U1", "kprobe", "registered" },@/
	@[[LEFT_TRACEPOINT]@] = { "U1", "tracepoint probe", "registered" },@/
	@[[LEFT_NOTIFIER]@] = { "U1", "notifier", "registered" },@/
	@[[LEFT_FILE]@] = { "C2", "open file", "open" },@/
	@[[LEFT_MAPPING]@] = { "C2", "mapping", "mapped" },@t\2@>@/
};

@ A thing that is waited for is found again in every round, but named only once. So what was said is remembered, in a ring
of 64: if it overflows, something is said twice. A module is known by its address, which a later module may get, with the same function
at the same place; so the annex counts what was said of its module, and while that is zero, whatever the ring holds
was said of another.

@<Remember what was found, and say it@>=
static struct finding said[64];
static unsigned int nr_said;
@#
static bool was_said(const struct finding *f)
{
	for (unsigned int i = 0; i < ARRAY_SIZE(said); i++) {
		if (said[i].mod == f->mod && !annex_of(f->mod)->said)
			said[i].mod = NULL;
		if (said[i].mod == f->mod && said[i].thing == f->thing && said[i].what == f->what)
			return true;
	}
	return false;
}

@ The name of the function or object is printed with the module in brackets. That needs the module's symbols, which is one of the reasons why a
module stays in the tree of addresses until it is buried.
@.was left ...; cancelled@>
@.was left ...; waited for@>

@<Remember what was found, and say it@>=
static void tell_findings(void)
{
	for (struct finding *f = findings; f < findings + nr_findings; f++) {
		if (was_said(f))
			continue;
		said[nr_said++ % ARRAY_SIZE(said)] = *f;
		annex_of(f->mod)->said++;
		pr_warn("%s: %s: %s %pS was left %s; %s\n", @| f->mod->name, words[f->thing].rule,
			words[f->thing].name, f->what, words[f->thing].state,@|
			f->end == FATE_CANCELLED ? "cancelled" : "waited for");
		rule_was_broken(f->mod, words[f->thing].rule);
	}
	nr_findings = 0;
}

@*1 The order of the walks. \label{walks}Rule D6 holds for the audit as well: first the sources, then what they schedule. If timers were looked at
before the interrupt that arms them was freed, the interrupt could arm one behind our back. So files come first, then hooks and
interrupts, then timers, tasklets and work.

Among the last three there is no such order. A timer can queue work, and the work arm the timer; and while we go from one list to the
next, the ball can be thrown in the other direction. Therefore this part is gone through twice, and |found| adds up what was found both times. To slip through, the ball
must pass us twice in each audit, at the right moments. We have not proved that it cannot, only made it unlikely; and there is still the census, which may meet
the thrower at work, and the quarantine, if there is one, in which he steps on a trap.

A walk that could not see everything says |SIGHT_PART|. Then nothing is known of any module, and all that were asked about have to wait for the next
round.

Two walks are left out right after exit. Probes on tracepoints are not looked for: the events that a module defines are
attached to tracepoints by the tracers, who take them off when they are told that the module is going, which is
what happens next. Nor are open files, since to look at those of every task takes long, the remover would have to wait for it, and the undertaker
comes at once.
@^rule D6@>

@<Audit one module, or all that have left@>=
static bool look_everywhere(bool after_exit)
{
	bool all = true;

	if (!after_exit) {
		look_at_files();
		count_what_was_not_seen();
	}
	all &= walk_kprobes() != SIGHT_PART;
	if (IS_ENABLED(CONFIG_TRACEPOINTS) && !after_exit)
		for_each_kernel_tracepoint(look_at_tracepoint, NULL);
	all &= look_at_chains();
	look_at_interrupts();
	on_each_cpu(hurry_irq_work, NULL, 1);
	for (int twice = 0; twice < 2; twice++) {
		look_at_hrtimers();
		all &= walk_timers() != SIGHT_PART;
		all &= walk_tasklets() != SIGHT_PART;
		all &= walk_work() != SIGHT_PART;
	}
	return all;
}

@ What is to be done in an interrupt (|irq_work|) is on lists that we cannot walk, but every processor can be told to run
what it has. That must be done before timers and work are looked at, since to queue them is what it is mostly used for.
@^irq\_work@>

@<Look through interrupts and their work@>=
static void hurry_irq_work(void *unused)
{
	irq_work_run();
}

@ Before the walks both counts of every module that is asked about are set to zero; if not everything could be seen, they are set to one in the end.
A module is asked about alone when its exit has just returned, and when it lies in quarantine and somebody wants its memory.
@^lock RCU@>

@<Audit one module, or all that have left@>=
static void count_for_all(unsigned int figure)
{
	struct module *mod;

	guard(preempt)();
	list_for_each_entry_rcu(mod, &modules, list)
		if (concerns(mod)) {
			annex_of(mod)->found = figure;
			annex_of(mod)->reachable = figure;
#ifdef CONFIG_SMP
			some_percpu |= mod->percpu_size > 0;
#endif
		}
}

@ If the protection is to be left out, for a trial, the counts remain zero, and nothing is kept.

@<Audit one module, or all that have left@>=
void audit(struct module *only)
{
	bool after_exit = only && !is_trapped(only);

	asked = only;
	some_percpu = false;
	count_for_all(0);
	if (left_out(WITHOUT_AUDIT))
		return;
	if (after_exit)
		tell_of_rcu(only);
	if (!look_everywhere(after_exit))
		count_for_all(1);
	tell_findings();
}
@#
bool may_be_reached(struct module *mod)
{
	audit(mod);
	return annex_of(mod)->found;
}

@*1 Timers. \label{walk-timers}Each processor has up to three wheels of timers, with a lock each. Under the lock, a timer that is in the wheel can be taken
out of it, and its function can be set to null, which is how the kernel shuts a timer down: whoever tries to arm it again is silently ignored.
That is all that |timer_shutdown| does, and it is right for timers in the module and elsewhere. So a timer that arms itself
ends here as well.

\wrongway Call |timer_shutdown_sync| on what was found. It waits until the function has returned, and hangs if the
function does; and it takes the lock itself, so we should have to drop it before, and a timer that lies elsewhere may be gone by then. \endwrong

@(kernel/module/walk_timers.h@>=
#ifdef CONFIG_MODULE_UNLOAD
#include <linux/delay.h>
#include "walks.h"
@#
@<Look through one wheel@>@;
@<Wait until no timer of a wheel is in flight@>@;
@#
enum sight walk_timers(void)
{
	unsigned int cpu, i;
	bool all = true;

	for_each_possible_cpu(cpu)
		for (i = 0; i < NR_BASES; i++)
			all &= walk_wheel(per_cpu_ptr(&timer_bases[i], cpu));
	return all ? SIGHT_ALL : SIGHT_PART;
}
#endif

@ A timer whose function is |delayed_work_timer_fn| is one half of a \term{delayed work}, and it is the other half that matters.
To shut it down as a timer would be wrong: the work would stay marked as pending for ever, and whoever tried to cancel it
would try for ever too. If it lies in the module it is handed to the caller, who disables it without the
lock. If it lies elsewhere it keeps its timer, but gets a function that does nothing, and a queue that is sure to exist: the one it was
meant for may have been destroyed.

It gets another lock class, too: lock debugging has given each timer and each work a name and
a key, which lie where they were initialised, in the module. The two halves need two classes: one is taken in a softirq, the other by a task, and
with one class for both lock debugging reports a deadlock that cannot happen. (This was tried.)

@<Look through one wheel@>=
static struct lock_class_key left_timer, left_work;
@#
static void no_work(struct work_struct *unused)
{
}
@#
static struct delayed_work *left_delayed_work(struct timer_list *timer)
{
	struct delayed_work *late = container_of(timer, struct delayed_work, timer);
	struct module *mod = audit_suspect(late->work.func, late);

	if (!mod)
		return NULL;
	audit_found(mod, LEFT_DELAYED_WORK, @| late->work.func, late, FATE_CANCELLED);
	if (audit_lies_in(mod, late))
		return late;
	late->work.func = no_work;
	late->wq = system_wq;
	lockdep_init_map(&late->work.lockdep_map, "left work", &left_work, 0);
	lockdep_init_map(&timer->lockdep_map, "left timer", &left_timer, 0);
	return NULL;
}

@ Everything else that points into a leaving module is shut down: detached from its bucket by the function that |timer_delete| uses too,
and left without a function of its own. The walk is of the kind that allows the entry it stands on to vanish. A
bucket of the wheel that is empty has no bit in the map, so a wheel with ten timers costs at most ten visits, and not 576.

@<Look through one wheel@>=
static struct delayed_work *look_at_wheel(struct timer_base *base)
{
	struct delayed_work *late;
	struct timer_list *timer;
	struct hlist_node *next;
	struct module *mod;
	unsigned int i;

	for_each_set_bit(i, base->pending_map, WHEEL_SIZE)
		hlist_for_each_entry_safe(timer, next, base->vectors + i, entry)
			if (timer->function == delayed_work_timer_fn) {
				late = left_delayed_work(timer);
				if (late)
					return late;
			} else if ((mod = audit_suspect(timer->function, timer))) {
				audit_found(mod, LEFT_TIMER, @| timer->function, timer, FATE_CANCELLED);
				detach_if_pending(timer, base, true);
				timer->function = NULL;
				lockdep_init_map(&timer->lockdep_map, "left timer", &left_timer, 0);
			}
	return NULL;
}

@ A wheel does not show everything. When a tick is due, the timers of a bucket are moved to a list on the stack of whoever runs them,
and are run from there one by one, each without the lock. Meanwhile those that are still to come are in no wheel. But one
can see {\it that\/} timers are being run: whenever the lock can be had while such a list is not empty, |running_timer| is set. So we come again,
a millisecond later, until it is not; after 20 times we give up, and say so.

If the running timer lies in the module, it is shut down where it stands: the lock that protects its function is ours, and its attempt to arm itself again
will fail. If it lies elsewhere it may have been freed by its own function, and must not be touched.
@^lock timer base@>

@<Wait until no timer of a wheel is in flight@>=
static bool walk_wheel(struct timer_base *base)
{
	struct timer_list *running;
	struct delayed_work *late;
	struct module *mod;

	for (unsigned int tries = 0; tries < 20;) {
		scoped_guard (raw_spinlock_irqsave, &base->lock) {
			late = look_at_wheel(base);
			running = base->running_timer;
			@<Shut down the running timer, if it lies in its module@>@;
		}
		if (late) {
			disable_delayed_work(late);
			continue;
		}
		if (!running)
			return true;
		tries++;
		msleep(1);
	}
	return false;
}

@ A running timer that is half of a delayed work is left to itself: the work is on its way into a queue, and will be found there.

@<Shut down the running timer, if it lies in its module@>=
mod = running && running->function != delayed_work_timer_fn ? @|
	audit_suspect(NULL, running) : NULL;
if (mod) {
	audit_found(mod, LEFT_TIMER, @| running->function, running, FATE_WAITED_FOR);
	running->function = NULL;
}

@*1 High-resolution timers. They stand in trees, eight to a processor, with one lock for all eight. Nothing about them is
private but the declaration of the variable.

One that lies in the module is cancelled without the lock. |hrtimer_try_to_cancel| gives up if the
function is running; then it comes out of that function either at rest or in the tree again, and we look once more. One that lies elsewhere gets a
function that does nothing and does not restart. The function is read under this lock when the timer is taken out of the tree: so whoever has still read
the old one is running it, and is outwaited by RCU.
@^lock hrtimer base@>

@<Look through high-resolution timers@>=
DECLARE_PER_CPU(struct hrtimer_cpu_base, hrtimer_bases);
@#
static enum hrtimer_restart nothing_due(struct hrtimer *unused)
{
	return HRTIMER_NORESTART;
}
@#
@<Find a high-resolution timer that lies in its module@>@;
@#
static void look_at_hrtimers(void)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu)
		for (unsigned int tries = 0; tries < 1000; tries++) {
			struct hrtimer_cpu_base *base = per_cpu_ptr(&hrtimer_bases, cpu);
			struct hrtimer *inside = NULL;

			scoped_guard (raw_spinlock_irqsave, &base->lock)
				for (int i = 0; !inside && i < HRTIMER_MAX_CLOCK_BASES; i++)
					inside = left_hrtimer(&base->clock_base[i]);
			if (!inside)
				break;
			hrtimer_try_to_cancel(inside);
		}
}

@ Here is the look at one tree of the eight. The timer that is running stands in none; only its address is noted. If it lies in the module, it is waited for; when the next look comes, its function will
have returned, or it will be in the tree.

@<Find a high-resolution timer that lies in its module@>=
static struct hrtimer *left_hrtimer(struct hrtimer_clock_base *base)
{
	struct hrtimer *timer = base->running;
	struct timerqueue_node *node;
	struct module *mod;

	mod = timer ? audit_suspect(NULL, timer) : NULL;
	if (mod)
		audit_found(mod, LEFT_HRTIMER, @| timer->function, timer, FATE_WAITED_FOR);
	for (node = timerqueue_getnext(&base->active); node; @| node = timerqueue_iterate_next(node)) {
		timer = container_of(node, struct hrtimer, node);
		@<Disarm this high-resolution timer, or |return| it@>@;
	}
	return NULL;
}

@ The one that lies elsewhere keeps its place in the tree. It will run out, do nothing, and be at rest.

@<Disarm this high-resolution timer, or |return| it@>=
mod = audit_suspect(timer->function, timer);
if (!mod)
	continue;
audit_found(mod, LEFT_HRTIMER, @| timer->function, timer, FATE_CANCELLED);
if (audit_lies_in(mod, timer))
	return timer;
timer->function = nothing_due;

@*1 Work. \label{walk-work}Queued work is on one of three lists: that of a pool of workers, that of a worker to whom it was given already,
or, if its queue has reached its limit, the list of what is inactive in that queue. All three are protected by the lock of the pool. Work that is being done
stands on none of them, but every worker that is busy can be found, and the function in which he is.

Pools and queues are found under RCU.
@^lock RCU@>
@^lock worker pool@>

@s for_each_pool for
@s for_each_pwq for

@(kernel/module/walk_work.h@>=
#ifdef CONFIG_MODULE_UNLOAD
#include "walks.h"
@#
@<Look through one list of work@>@;
@<Look through one pool@>@;
@#
enum sight walk_work(void)
{
	struct workqueue_struct *wq;
	struct pool_workqueue *pwq;
	struct worker_pool *pool;
	int id;

	guard(rcu)();
	for_each_pool(pool, id) {
		ktime_t end = ktime_add_ms(ktime_get(), 20);

		while (look_at_pool(pool) && ktime_before(ktime_get(), end))
			cpu_relax();
	}
	list_for_each_entry_rcu(wq, &workqueues, list)
		for_each_pwq(pwq, wq)
			scoped_guard (raw_spinlock_irqsave, &pwq->pool->lock)
				look_at_work(&pwq->inactive_works);
	return SIGHT_ALL;
}
#endif

@ Work that was left gets a function that does nothing. It stays where it is, is run in its turn, and is at rest afterwards; if it lies in the
module, and the next look comes before that, it is found once more, but not named again.

\wrongway Work that lies in the module can be taken out of its list by |disable_work|, which also refuses it when it is to be queued again. But
that function must be called without the lock, and in the meantime the work may have begun, and have ordered itself anew {\it by a timer}, as delayed
work does. Then it is marked as pending, but stands on no list. |disable_work| takes that for a moment between two steps of somebody else, and tries
again, and again, until the timer runs out. That may take an hour. \endwrong

@<Look through one list of work@>=
static struct lock_class_key left_work;
@#
static void no_work(struct work_struct *unused)
{
}
@#
static void look_at_work(struct list_head *list)
{
	struct work_struct *work;

	list_for_each_entry(work, list, entry) {
		struct module *mod = audit_suspect(work->func, work);

		if (!mod)
			continue;
		audit_found(mod, LEFT_WORK, @| work->func, work->func == no_work ? NULL : work, FATE_CANCELLED);
		work->func = no_work;
		lockdep_init_map(&work->lockdep_map, "left work", &left_work, 0);
	}
}

@ Work that is being done is waited for; no more can be done about it. If it lies in the module it gets the harmless function nevertheless, for
when it queues itself again. If it lies elsewhere, its memory may have been freed by its own function, and its address must not be followed; should it be queued
again, it will be found on a list.

But when? Work that queues itself at the end of its function is on the list for less than a microsecond, until its worker comes back for the lock. So
while such work runs the look is repeated, for twenty milliseconds at most. The lock is given to those who wait for it in the order in which they came, so we
get it between the one who puts the work on the list and the one who takes it off. If the function takes longer than that, there is another round.

@s hash_for_each for

@<Look through one pool@>=
static bool look_at_pool(struct worker_pool *pool)
{
	bool runs_elsewhere = false;
	struct worker *worker;
	struct module *mod;
	unsigned long flags;
	int i;

	raw_spin_lock_irqsave(&pool->lock, flags);
	look_at_work(&pool->worklist);
	hash_for_each(pool->busy_hash, i, worker, hentry) {
		look_at_work(&worker->scheduled);
		mod = audit_suspect(worker->current_func, NULL);
		if (!mod)
			continue;
		audit_found(mod, LEFT_RUNNING, @| worker->current_func, NULL, FATE_WAITED_FOR);
		if (audit_lies_in(mod, worker->current_work))
			worker->current_work->func = no_work;
		else
			runs_elsewhere = true;
	}
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return runs_elsewhere;
}

@*1 Tasklets. \label{walk-tasklets}A processor keeps its tasklets in two lists that nobody but itself may touch, with interrupts off. So each is sent
an interrupt, and looks for itself. A tasklet that was left it takes out of the list, and clears the mark that says that it is
scheduled, which wakes whoever is waiting in |tasklet_kill|.

Here, too, things are in flight: a processor that runs its tasklets has taken the whole list with it. Our interrupt sees whether it
has interrupted a softirq; if so, we come again.

@(kernel/module/walk_tasklets.h@>=
#ifdef CONFIG_MODULE_UNLOAD
#include <linux/delay.h>
#include "walks.h"
@#
@<Look through one list of tasklets@>@;
@#
static void look_at_tasklets(void *all)
{
	if (in_serving_softirq())
		*(bool *)all = false;
	look_at_tasklet_list(this_cpu_ptr(&tasklet_vec));
	look_at_tasklet_list(this_cpu_ptr(&tasklet_hi_vec));
}

@ Processors are asked one after the other, so that |audit_found| is never called by two at once. None can go or come
meanwhile. (The tasklets of one that went were given to another.)
@^lock CPU hotplug@>

@(kernel/module/walk_tasklets.h@>=
enum sight walk_tasklets(void)
{
	unsigned int cpu, tries = 0;
	bool all;

	guard(cpus_read_lock)();
	for_each_online_cpu(cpu)
		for (;;) {
			all = true;
			smp_call_function_single(cpu, look_at_tasklets, &all, 1);
			if (all)
				break;
			if (++tries > 20)
				return SIGHT_PART;
			msleep(1);
		}
	return SIGHT_ALL;
}
#endif

@ The list has a pointer to the pointer at its end, which must be set back if the last one goes. A tasklet may have either of two
kinds of function, in the same place; for us both are an address.

@<Look through one list of tasklets@>=
static void look_at_tasklet_list(struct tasklet_head *list)
{
	struct tasklet_struct **link = &list->head, *t;

	while ((t = *link)) {
		const void *function = t->use_callback ? (void *)t->callback : (void *)t->func;
		struct module *mod = audit_suspect(function, t);

		if (!mod) {
			link = &t->next;
			continue;
		}
		audit_found(mod, LEFT_TASKLET, function, t, FATE_CANCELLED);
		*link = t->next;
		if (!t->next)
			list->tail = link;
		t->next = NULL;
		tasklet_clear_sched(t);
	}
}

@*1 Probes. \label{walk-kprobes}Kprobes stand in a hash table under a mutex. Several at one address are children of one that the kernel made. A kretprobe
contains a kprobe, and must be unregistered as a whole; that it is one is seen from its handler.
@^lock kprobe\_mutex@>

@(kernel/module/walk_kprobes.h@>=
#ifdef CONFIG_MODULE_UNLOAD
#include "walks.h"
@#
@<Is this a probe that was left?@>@;
@<Find a probe that was left@>@;
@<Clear the text of others' probes@>@;
@#
enum sight walk_kprobes(void)
{
	struct kprobe *probe;

	for (unsigned int i = 0; i < 1000; i++) {
		probe = left_probe();
		if (!probe)
			break;
#ifdef CONFIG_KRETPROBES
		if (is_return_probe(probe)) {
			unregister_kretprobe(container_of(probe, struct kretprobe, kp));
			continue;
		}
#endif
		unregister_kprobe(probe);
	}
	clear_probed_text();
	return SIGHT_ALL;
}
#endif

@ There are also probes that others have put on the {\it text\/} of the module. When a module goes, the kernel marks them as gone, but leaves their breakpoints
where they are; the text is about to be freed, after all. Here it is not freed yet. A straggler who comes to such a breakpoint would be sent to a copy
of the instruction that does not exist any more. So they are disarmed right after exit, before the notifiers are called. And a probe that is gone
is taken out of the table in a later audit; otherwise the handler of probes would take the traps of the quarantine for its own breakpoint.
@^lock kprobe\_mutex@>

@<Clear the text of others' probes@>=
static bool clear_place(struct kprobe *probe)
{
	if (!audit_suspect(probe->addr, NULL))
		return false;
	if (!kprobe_disabled(probe)) {
		if (!kprobes_all_disarmed && !disarm_kprobe(probe, false))
			probe->flags |= KPROBE_FLAG_DISABLED;
		return true;
	}
	if (kprobe_gone(probe) && !kprobe_unused(probe))
		hlist_del_init_rcu(&probe->hlist);
	return false;
}
@#
static void clear_probed_text(void)
{
	struct hlist_node *next;
	struct kprobe *probe;
	bool any = false;

	scoped_guard (mutex, &kprobe_mutex)
		for (unsigned int i = 0; i < KPROBE_TABLE_SIZE; i++)
			hlist_for_each_entry_safe(probe, next, &kprobe_table[i], hlist)
				any |= clear_place(probe);
	if (any)
		wait_for_kprobe_optimizer();
}

@ The mutex is dropped before the probe is unregistered. Can the probe vanish in between, if it does not lie in the module? Only its
owner could have it unregistered and freed, and that is the module whose exit is over.

@<Is this a probe that was left?@>=
#ifdef CONFIG_KRETPROBES
static bool is_return_probe(const struct kprobe *probe)
{
	return probe->pre_handler == pre_handler_kretprobe;
}
#endif
@#
static bool was_left(struct kprobe *probe)
{
	const void *first = probe->pre_handler, *second = probe->post_handler;
	struct module *mod;

#ifdef CONFIG_KRETPROBES
	if (is_return_probe(probe)) {
		first = container_of(probe, struct kretprobe, kp)->handler;
		second = container_of(probe, struct kretprobe, kp)->entry_handler;
	}
#endif
	mod = audit_suspect(first, probe);
	if (!mod)
		mod = audit_suspect(first = second, NULL);
	if (mod)
		audit_found(mod, LEFT_KPROBE, first, probe, FATE_CANCELLED);
	return mod;
}

@ Children hang on their parent, which has no handler of anybody's. If the last child goes, the kernel takes the parent away.
@^lock kprobe\_mutex@>

@<Find a probe that was left@>=
static struct kprobe *left_probe(void)
{
	struct kprobe *at, *child;

	guard(mutex)(&kprobe_mutex);
	for (unsigned int i = 0; i < KPROBE_TABLE_SIZE; i++)
		hlist_for_each_entry(at, &kprobe_table[i], hlist) {
			if (!kprobe_aggrprobe(at)) {
				if (was_left(at))
					return at;
				continue;
			}
			list_for_each_entry(child, &at->list, list)
				if (was_left(child))
					return child;
		}
	return NULL;
}

@ Tracepoints of the kernel can be walked as they are. A tracepoint has an array of probes, which is never
changed but replaced; preemption is off while we read it. A probe's second address is what it wants to be called with.

Tracepoints that another {\it module\/} defines are not looked at. A probe that is forgotten on one of those is met by the quarantine only.
@^lock RCU@>

@<Look through tracepoints@>=
static bool left_at_tracepoint(struct tracepoint *tp, struct tracepoint_func *left)
{
	struct tracepoint_func *probe;
	struct module *mod;

	guard(preempt)();
	probe = rcu_dereference_raw(tp->funcs);
	for (; probe && probe->func; probe++) {
		mod = audit_suspect(probe->func, probe->data);
		if (mod) {
			audit_found(mod, LEFT_TRACEPOINT, @| probe->func, probe->data, FATE_CANCELLED);
			*left = *probe;
			return true;
		}
	}
	return false;
}
@#
static void look_at_tracepoint(struct tracepoint *tp, void *unused)
{
	struct tracepoint_func left;

	while (left_at_tracepoint(tp, &left))
		if (tracepoint_probe_unregister(tp, left.func, left.data))
			break;
}

@*1 Interrupts. \label{walk-irq}Every interrupt has a list of actions. The memory of an action is the kernel's; what points out of it are the handler, the
thread's function, the cookie by which its owner knows it, and the name that is shown in \.{/proc/interrupts}.

|free_irq| takes an action out and waits until its handler is not running anywhere. That is done without the lock, and the cookie is
enough to find it again. If the line has threads, |free_irq| waits for them too, whosever they are, and if one sleeps it waits as long: a
straggler would have caught the undertaker. So on such a line the action is made harmless instead. It stays, with functions of the kernel, a
cookie that nobody has and a name that lies in the kernel. The same is done with actions that are per processor, for which |free_irq| is not
meant.
@^lock irq\_desc@>
@.left behind@>

@<Look through interrupts and their work@>=
static irqreturn_t nobody_home(int irq, void *unused)
{
	return IRQ_NONE;
}
@#
static bool has_thread(const struct irq_desc *desc)
{
	const struct irqaction *action;

	for (action = desc->action; action; action = action->next)
		if (action->thread)
			return true;
	return false;
}
@#
static bool left_on_line(struct irq_desc *desc, void **cookie)
{
	struct irqaction *action;

	for (action = desc->action; action; action = action->next) {
		struct module *mod = audit_suspect(action->handler, action->dev_id);

		if (!mod)
			mod = audit_suspect(action->thread_fn, action->name);
		if (!mod)
			continue;
		audit_found(mod, LEFT_ACTION, action->handler, @|
			    audit_lies_in(mod, action->dev_id) ? action->dev_id : action->name,@|
			    FATE_CANCELLED);
		@<Make the action harmless, or |return| its cookie@>@;
	}
	return false;
}

@ What if the interrupt comes just now? The processor that handles it reads the function once, and gets either the old one, with
which RCU deals, or the new one, which looks at nothing. So the order of these lines does not matter.

@<Make the action harmless, or |return| its cookie@>=
action->handler = nobody_home;
if (!has_thread(desc) && !action->percpu_dev_id) {
	*cookie = action->dev_id;
	return true;
}
if (action->thread_fn)
	action->thread_fn = nobody_home;
action->dev_id = action;
action->name = "left behind";

@ The description of an interrupt that is given up is freed a grace period later, so it can be looked up and locked under RCU. |free_irq| sleeps, and
is called outside. Each call takes one action away; hence the loop ends.
@^lock RCU@>

@s for_each_active_irq for

@<Look through interrupts and their work@>=
static bool left_on_number(unsigned int irq, void **cookie)
{
	struct irq_desc *desc;
	bool left = false;

	guard(rcu)();
	desc = irq_to_desc(irq);
	if (!desc)
		return false;
	scoped_guard (raw_spinlock_irqsave, &desc->lock)
		left = left_on_line(desc, cookie);
	return left;
}
@#
static void look_at_interrupts(void)
{
	unsigned int irq;
	void *cookie;

	for_each_active_irq(irq)
		while (left_on_number(irq, &cookie))
			free_irq(irq, cookie);
}

@*1 Notifier chains. \label{walk-chains}There are some hundred chains, and no list of them; most are private to a file. Of the few that another file can name, three are in every kernel: that of panics,
that of reboots, and our own. They are in the table below. A notifier that is forgotten on another chain is met by the quarantine only.

The chain of a panic is read without a lock; it is written under a spinning lock, which is
ours for a moment. Whoever stands on an entry while it is cut out can walk on, and is outwaited by RCU.

A \term{blocking chain} is read under a semaphore, and its functions may sleep. To wait for that semaphore would be to wait for a straggler. So
we only try: if it can be had for writing, nobody stands in the chain, and the entry is cut out. If it can be had for reading,
we can look but not touch, and the module waits. If it cannot be had at all, we have not seen the chain.
@^lock notifier chain@>

@<Look through notifier chains@>=
static struct atomic_notifier_head *const atomic_chains[] = {
	&panic_notifier_list,
};
static struct blocking_notifier_head *const blocking_chains[] = {
	&module_notify_list, &reboot_notifier_list,
};
@#
@<Look through one chain@>@;
@#
static bool look_at_chains(void)
{
	bool all = true;

	for (int i = 0; i < ARRAY_SIZE(atomic_chains); i++)
		scoped_guard (spinlock_irqsave, &atomic_chains[i]->lock)
			look_at_links(&atomic_chains[i]->head, true);
	for (int i = 0; i < ARRAY_SIZE(blocking_chains); i++)
		all &= look_at_chain(blocking_chains[i]);
	return all;
}

@ To cut an entry out, the link that leads to it is made to lead to the next. The entry itself is not written to: a reader may stand on
it, and has to find his way.

@<Look through one chain@>=
static void look_at_links(struct notifier_block __rcu **link, bool cut)
{
	struct notifier_block *nb;

	while ((nb = rcu_dereference_raw(*link))) {
		struct module *mod = audit_suspect(nb->notifier_call, nb);

		if (mod)
			audit_found(mod, LEFT_NOTIFIER, nb->notifier_call, nb,@|
				    cut ? FATE_CANCELLED : FATE_WAITED_FOR);
		if (mod && cut)
			rcu_assign_pointer(*link, rcu_dereference_raw(nb->next));
		else
			link = &nb->next;
	}
}
@#
static bool look_at_chain(struct blocking_notifier_head *chain)
{
	if (down_write_trylock(&chain->rwsem)) {
		look_at_links(&chain->head, true);
		up_write(&chain->rwsem);
	} else if (down_read_trylock(&chain->rwsem)) {
		look_at_links(&chain->head, false);
		up_read(&chain->rwsem);
	} else
		return false;
	return true;
}

@*1 Open files. \label{walk-files}An open file calls the module through a table of operations, which lies in the module. If the table
names its owner, every open file holds a reference, and none can be open now. If the author has forgotten the owner (rule C2), there is
no reference, and the next \.{read}, or the \.{close} at the end of the process, enters freed memory.

Such a file gets another table, in which all operations exist and say |ENODEV|, except the closing, which succeeds. The sound
drivers do the same to their files when a card is pulled out. Is it safe? The kernel reads |f_op| over and over, for the
question whether there is an operation, and for the call. So the old table may have been asked, and the new one be called; therefore
the new one must have every operation that the old one has, and a file with an operation that ours lacks is left alone. Whoever has
read the old pointer and not yet called is outwaited by RCU-tasks; whoever is inside is found by the census. The flags that were made from the old table
when the file was opened let only those operations through which that table had, and ours has them all.
@^error ENODEV@>

@<The operations of a dead device@>=
static loff_t no_seek(struct file *file, loff_t offset, int whence) { return -ENODEV; }
static ssize_t no_read(struct file *file, char __user *to, size_t size, loff_t *at) { return -ENODEV; }
static ssize_t no_write(struct file *file, @| const char __user *from, size_t size, loff_t *at)
{
	return -ENODEV;
}
static ssize_t no_transfer(struct kiocb *kiocb, struct iov_iter *iter) { return -ENODEV; }
static int no_directory(struct file *file, struct dir_context *to) { return -ENODEV; }
static __poll_t only_errors(struct file *file, struct poll_table_struct *table)
{
	return EPOLLIN | EPOLLOUT | EPOLLERR | EPOLLHUP;
}
static long no_control(struct file *file, @| unsigned int command, unsigned long argument) { return -ENODEV; }

@ Poll is the exception: it has no error to return, and says that everything is ready and everything is broken, so that nobody sleeps. The
last close of a file that reports its readiness by signals asks for that to end, and must succeed.
@^error ENODEV@>

@<The operations of a dead device@>=
static int no_map(struct file *file, struct vm_area_struct *area) { return -ENODEV; }
static int no_open(struct inode *inode, struct file *file) { return -ENODEV; }
static int no_sync(struct file *file, loff_t from, loff_t to, int data_only) { return -ENODEV; }
static int no_signal(int fd, struct file *file, int on) { return on ? -ENODEV : 0; }
static int closed(struct inode *inode, struct file *file) { return 0; }
static int flushed(struct file *file, fl_owner_t owner) { return 0; }
static void no_facts(struct seq_file *to, struct file *file) { }
@#
static const struct file_operations dead_device = {@t\1@>@/
	@[@].llseek = no_seek,@/
	@[@].read = no_read,@/
	@[@].write = no_write,@/
	@[@].read_iter = no_transfer,@/
	@[@].write_iter = no_transfer,@/
	@[@].iterate_shared = no_directory,@/
	@[@].poll = only_errors,@/
	@[@].unlocked_ioctl = no_control,@/
	@[@].compat_ioctl = no_control,@/
	@[@].mmap = no_map,@/
	@[@].open = no_open,@/
	@[@].flush = flushed,@/
	@[@].release = closed,@/
	@[@].fsync = no_sync,@/
	@[@].fasync = no_signal,@/
	@[@].show_fdinfo = no_facts,@t\2@>@/
};

@ When may such a file be taken from its module at all? Four things can tie it to the module's memory apart from the table. An operation that
ours does not have. A {\it poll\/}: whoever sleeps in one is queued in a wait queue, which is often the module's, and
takes himself off when he wakes; nobody can see from the file whether there is one. A {\it mapping}, whose operations have the
module's text. And the {\it character device\/} that was opened, if its author keeps the structure in the module; it is put when the file is closed.
In these cases the file keeps its table, and the memory waits until the file is closed. So it does if the table names {\it another\/} module as its
owner, since the close has to give back a reference on that one.

(Whatever the module had allocated for the file is lost with its |release|. That is a leak, and the price.)

@<Look through open files@>=
static bool has_all_of(const struct file_operations *ops)
{
	const unsigned long *theirs = (const void *)ops;
	const unsigned long *ours = (const void *)&dead_device;

	for (int i = 0; i < sizeof(*ops) / sizeof(long); i++) {
		if (i == offsetof(struct file_operations, owner) / sizeof(long) ||@|
		    i == offsetof(struct file_operations, fop_flags) / sizeof(long))
			continue;
		if (theirs[i] && !ours[i])
			return false;
	}
	return true;
}
@#
static bool can_be_parted(const struct module *mod, struct file *file)
{
	const struct inode *inode = file_inode(file);

	if (file->f_op->poll || !has_all_of(file->f_op) || mapping_mapped(file->f_mapping))
		return false;
	if (file->f_op->owner && file->f_op->owner != mod)
		return false; /* closing it puts a reference on somebody else */
	return !S_ISCHR(inode->i_mode) || !audit_lies_in(mod, inode->i_cdev);
}

@ This is called for every open file of a process, under the lock of its table. Only the address of |f_op| is looked at, unless it lies in
a leaving module. If the table had been allocated, we could not know whether it is still there.
@^lock files->file\_lock@>

@<Look through open files@>=
static int look_at_file(const void *unused, struct file *file, unsigned int fd)
{
	struct module *mod = audit_suspect(NULL, file->f_op);

	if (!mod)
		return 0;
	if (can_be_parted(mod, file)) {
		audit_found(mod, LEFT_FILE, NULL, file->f_op, FATE_CANCELLED);
		WRITE_ONCE(file->f_op, &dead_device);
	} else
		audit_found(mod, LEFT_FILE, NULL, file->f_op, FATE_WAITED_FOR);
	return 0;
}

@ A mapping outlives the descriptor. So the areas of each process are gone through as well, for operations, or a file, in a leaving module. The lock is
only tried, since a task may sleep under it in the module's own |mmap|. We must not be the last user of a memory map, or its areas would be
closed by us, some time later, when nobody looks. So we hold the structure alone, and not the memory; whoever takes down its areas needs the lock for that.
@^lock mmap\_lock@>

@s for_each_vma for

@<Look through open files@>=
static bool some_unseen, some_dying; /* in this audit */
@#
static void look_at_mappings(struct mm_struct *mm)
{
	struct vm_area_struct *area;
	unsigned int tries = 0;
	struct module *mod;

	VMA_ITERATOR(vmi, mm, 0);
	while (!mmap_read_trylock(mm)) {
		if (++tries > 10) {
			some_unseen = true;
			return;
		}
		msleep(1);
	}
	for_each_vma(vmi, area) {
		const void *ops = area->vm_file ? area->vm_file->f_op : NULL;

		mod = audit_suspect(area->vm_ops, ops);
		if (mod)
			audit_found(mod, LEFT_MAPPING, area->vm_ops, ops, FATE_WAITED_FOR);
	}
	mmap_read_unlock(mm);
}

@ The threads of a process mostly share files and memory, which are looked at once, with the leading thread. If that one has
ended before the others, its memory has gone from it, and theirs is looked at.

A dying task has already given up its files and its memory, and may go on closing them, one by one, for seconds; but nothing in the task tells
any more which they are. So all that is noted is that there is such a task.
@^lock task\_lock@>

@<Look through open files@>=
static void look_at_task(struct task_struct *task)
{
	bool leads = thread_group_leader(task);
	struct mm_struct *mm = NULL;

	if ((READ_ONCE(task->flags) & PF_EXITING) && !READ_ONCE(task->exit_state))
		some_dying = true;
	scoped_guard (rcu) {
		task_lock(task);
		if (task->files && (leads || task->files != READ_ONCE(task->group_leader->files)))
			iterate_fd(task->files, 0, look_at_file, NULL);
		if (!(task->flags & PF_KTHREAD) && (leads || !READ_ONCE(task->group_leader->mm)))
			mm = task->mm;
		if (mm)
			mmgrab(mm);
		task_unlock(task);
	}
	if (mm) {
		look_at_mappings(mm);
		mmdrop(mm);
	}
}

@ Tasks are gone through by their numbers, as \.{/proc} does, so that no lock is held from one to the next. A task that is born
meanwhile has the same open files as its parent.

Not seen are files that are in no table: those on their way through a socket, and those that were given to an |io_uring|. Nor is a file found whose table
belongs to the kernel and leads to the module by another pointer, as in \.{/proc} and debugfs.
@^lock RCU@>

@<Look through open files@>=
static struct task_struct *task_from(int *number)
{
	struct task_struct *task = NULL;
	struct pid *pid;

	guard(rcu)();
	while (!task) {
		pid = find_ge_pid(*number, &init_pid_ns);
		if (!pid)
			break;
		*number = pid_nr(pid) + 1;
		task = get_pid_task(pid, PIDTYPE_PID);
	}
	return task;
}
@#
static void look_at_files(void)
{
	struct task_struct *task;
	int number = 1;

	some_unseen = some_dying = false;
	while ((task = task_from(&number))) {
		look_at_task(task);
		put_task_struct(task);
		cond_resched();
	}
}

@ The dying, and what could not be seen because its lock was taken, have to be waited for; but not by every module. On a busy machine somebody is always
dying, and if one of them hung, no module would ever be buried. So the dying matter only to modules of which a file or a mapping has been found before.
What could not be seen matters to these, and to all others in their first three rounds.

@<Look through open files@>=
static void count_what_was_not_seen(void)
{
	struct module *mod;

	guard(preempt)();
	list_for_each_entry_rcu(mod, &modules, list) {
		struct module_annex *annex = annex_of(mod);

		if (!concerns(mod))
			continue;
		if ((some_unseen && annex->rounds < 3) || @|
		    (annex->had_files && (some_unseen || some_dying))) {
			annex->found++;
			annex->reachable++;
		}
	}
}

@*1 What is absent. \label{walk-absent}In a tree whose four files were not patched, the walks are these. In a tree that was, the
functions of the headers take their place, for a function that is declared weak gives way to one that is not. Once, at boot,
each is tried; no module has left then, and so nothing can be found. A user who reads the line knows that a module which leaves a timer behind
will not be stopped from hurting him here.
@.is not audited@>

@<Walks that are absent@>=
enum sight __weak walk_timers(void) { return SIGHT_NONE; }
enum sight __weak walk_work(void) { return SIGHT_NONE; }
enum sight __weak walk_tasklets(void) { return SIGHT_NONE; }
enum sight __weak walk_kprobes(void) { return SIGHT_NONE; }
@#
static int __init tell_what_is_absent(void)
{
	const char *timers = walk_timers() ? "" : " timers";
	const char *work = walk_work() ? "" : " work";
	const char *tasklets = walk_tasklets() ? "" : " tasklets", *probes = "";

	if (IS_ENABLED(CONFIG_KPROBES) && !walk_kprobes())
		probes = " kprobes";
	if (*timers || *work || *tasklets || *probes)
		pr_info("what modules leave behind is not audited for:%s%s%s%s\n",@|
			timers, work, tasklets, probes);
	return 0;
}
late_initcall(tell_what_is_absent);

@*1 What imports tell. \label{imports}A callback of RCU is on a list of a processor, among thousands, and looks like any other. Those lists are not
walked. But a module that orders callbacks imports |call_rcu|, and one that waits for them imports |rcu_barrier|, or one of the functions that contain a
barrier and stand beside it in the table of \chap{interfaces}. So rule D3 is named from the verdict that was given when the module came (\chap{verdict}). The barrier that protects the
memory is called in any case (\see{waits}). The census wants to know some more: which modules guard themselves, and whether they know how a thread leaves.

@<What the census, the audit and the quarantine offer@>=
enum {
	IMPORTS_NO_BARRIER = 1, IMPORTS_MODULE_GET = 4,@|
	IMPORTS_MODULE_PUT = 8, IMPORTS_PUT_AND_EXIT = 16
};

@ The line about RCU is said right after exit, and whether or not a callback is pending, for that cannot be seen. A module that orders callbacks only
in some configuration, or waits for them by another means, is blamed without cause. Of the 396 modules of the lab three are named: \.{netfs},
\.{tun} and \.{scsi\_debug}; the second relies on a barrier that is passed whenever a network device goes.
@.it orders RCU callbacks and never waits@>

@<What imports tell@>=
static void tell_of_rcu(struct module *mod)
{
	if (!(annex_of(mod)->imports & IMPORTS_NO_BARRIER))
		return;
	pr_warn("%s: D3: it orders RCU callbacks and never waits for them "@|
		"(it imports call_rcu, not rcu_barrier); waited for\n",@|
		mod->name);
	rule_was_broken(mod, "D3");
}

@*1 Exercises.
\exercise{10} A timer in the module's memory is shut down while its function runs on another processor. The function ends with |mod_timer|. What does that return, and
who sees that the function has not left the module yet?

\exercise{20} |look_at_tasklet_list| clears the mark of a tasklet that it has taken out. Suppose that it kept the mark, so that nobody could schedule
the tasklet again. Which straggler would then never leave?

\exercise{25} High-resolution timers that lie elsewhere get another function, but no other lock class. Why is that enough for them?

\exercise{30} A module keeps a table of file operations in memory that it has allocated, and frees it in exit. Which rule has it broken, and what could an
audit do that knew of every file that was opened?
