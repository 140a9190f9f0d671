@q SPDX-License-Identifier: GPL-2.0-only @>

@* Trials of the count. \label{trials}%
A model can be searched to the end, but a model has no caches, no preemption and no compiler. So the count is also run: on four CPUs,
by threads that do nothing but take references and give them back, against a program that does nothing but try to remove the module.
The kernel under them is built to notice what goes wrong without noise: use of memory that was freed, locks in the wrong
order, sleep where none is allowed.

A trial of this kind can show that something is wrong, and never that all is well. Two things make it worth more than
a long wait. The threads know at every moment what they hold, so that the loader's answers can be {\it judged}, one by one, and not only
survived. And for each wait in the loader's code the trial was repeated on a loader without it; a trial that passes there as well
has shown nothing. What came out stands at the end of the chapter.

Three parts play together. The \term{target} is a module that can be removed; it is as small as an easy module can be. The \term{tester} is a
module that stays, and whose threads visit the target. The program in the guest attempts, drains, interrupts, loads again, and reads the figures
that users see.

@ The target must not hold itself in place by using the tester, and it does not: a module pins those it imports {\it from}. So the target
calls the tester, to offer itself and to withdraw the offer, and the tester reaches the target through a pointer alone, as a bus
reaches its drivers.

What is offered has the two fields of every honest set of callbacks: the function, and whose it is (rule C2).
@^rule C2@>

@<What target and tester say to each other@>=
#include <linux/module.h>
struct ref_offer {
	struct module *owner;
	int @[@](*use)(int depth);
};
void ref_tester_offer(struct ref_offer *offer);
void ref_tester_withdraw(void);

@*1 The target. All that it owns is one room, which is furnished when it comes and wrecked when it goes. A visitor finds it furnished, or something is
wrong with the count. |init| offers the room as its last act, when everything is ready; from then on visitors may come although
the module is still |COMING|. Exit withdraws the offer first, and wrecks the room when that has returned.

@(modules/ref_target.c@>=
#include <linux/slab.h>
@<What target and tester say to each other@>@;
@#
@<A room that visitors may enter@>@;
@#
static int __init ref_target_init(void)
{
	room = kmalloc(sizeof(*room), GFP_KERNEL);
	if (!room)
		return -ENOMEM;
	memset(room, FURNISHED, sizeof(*room));
	ref_tester_offer(&to_visit);
	return 0;
}
@#
static void __exit ref_target_exit(void)
{
	ref_tester_withdraw();
	memset(room, WRECKED, sizeof(*room));
	kfree(room);
}
@#
module_init(ref_target_init);
module_exit(ref_target_exit);
MODULE_DESCRIPTION("An easy module, to be removed under the eyes of its users");
MODULE_LICENSE("GPL");

@ A visit walks through the whole room, so there is time to be caught inside. If the room was wrecked, the visitor hears |ESTALE|. If
it was freed, the address sanitizer speaks first. If the text is gone too, there is a fault. These are three nets; the first has the finest
mesh, because it catches a visitor as soon as exit has begun.
@^error ESTALE@>
@^error ENOMEM@>

@<A room that visitors may enter@>=
enum { FURNISHED = 0x5a, WRECKED = 0xa5 };
static struct furniture {
	unsigned char floor[192];
} *room;
@#
static int visit(int depth)
{
	for (size_t i = 0; i < sizeof(room->floor); i += 24)
		if (READ_ONCE(room->floor[i]) != FURNISHED)
			return -ESTALE;
	return depth;
}
@#
static struct ref_offer to_visit = {@t\1@>@/
	@[@].owner = THIS_MODULE,@/
	@[@].use = visit,@t\2@>@/
};

@*1 The tester. One thread for each CPU, and one keeper who is described later. In front of everything stands what is counted; behind everything
the buttons by which the program in the guest plays on the whole.

@(modules/ref_tester.c@>=
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/prandom.h>
#include <linux/sched.h>
#include <linux/slab.h>
@<What target and tester say to each other@>@;
@#
@<The tester's threads and what they count@>@;
@<The one thing that is on offer@>@;
@<What the tester knows about removals and about the keeper@>@;
@<Take a reference and judge the answer@>@;
@<Look the target up and hold it, in one step@>@;
@<What a holder may do@>@;
@<One visit, from look-up to the last put@>@;
@<The life of a worker@>@;
@<The life of the keeper@>@;
@<The buttons of the tester@>@;
@<Enter and leave \.{ref\_tester}@>@;

@ Each worker counts for itself, in memory of its own, since a shared counter would order the CPUs as a lock does, and a race would
be tested that no user ever runs. The exception is |held|: what this worker holds at least. It is added to {\it after\/} a reference was granted,
and subtracted from {\it before\/} one is given back, so at no time does it claim too much. It is atomic, as others may hand us
a reference.

@<The tester's threads and what they count@>=
@<What is counted, and its names@>@;
@#
struct worker {
	struct task_struct *task;
	struct rnd_state dice;
	atomic_t held;            /* references, never more than there are */
	struct ref_offer *mail;   /* one that was handed to us */
	int seen;                 /* the mode that this worker has noticed */
	unsigned long count[COUNTS];
} ____cacheline_aligned_in_smp;
@#
static struct worker *workers;
static unsigned int nr_workers;
module_param_named(threads, nr_workers, uint, 0444);
MODULE_PARM_DESC(threads, "how many workers; none or 0: one for each CPU");
@#
static unsigned int chance(struct worker *me, unsigned int sides)
{
	return prandom_u32_state(&me->dice) % sides;
}

@ The names below are those that the tests look for. A get is either taken through the gate or, by one who holds, without asking; |handed| are references that changed their CPU, and |compared| are looks
at the figure. The last five are {\it faults\/}: things that a correct loader never lets happen.

@<What is counted, and its names@>=
enum {
	GETS, FORCED_GETS, PUTS, VISITS, HANDED, COMPARED,
	REFUSED, REFUSED_IN_DRAIN,
	REFUSED_WHILE_HELD, FIGURE_TOO_SMALL, VISITED_DEAD, EXIT_WHILE_HELD, LEFT_OVER,
	COUNTS, FIRST_FAULT = REFUSED_WHILE_HELD
};
@#
static const char *const count_name[COUNTS] = {
	"gets", "forced_gets", "puts", "visits", "handed", "compared",
	"refused", "refused_in_drain",
	"refused_while_held", "figure_too_small", "visited_dead", "exit_while_held", "left_over",
};

@ A fault is counted, and it warns, which stops a machine that is run with the order to stop. But it warns only a few times: after the
first fault everything else goes wrong as well, and a log of a million lines buries the line that matters.
@.ref\_tester: ...@>

@<What is counted, and its names@>=
static atomic_t faults;
static unsigned long fault_count[COUNTS];
@#
static void fault(int kind, long detail)
{
	fault_count[kind]++;
	WARN(atomic_inc_return(&faults) <= 3, "ref_tester: %s (%ld)\n", count_name[kind], detail);
}

@ How long somebody sleeps is thrown with dice as well. The kernel is told a narrow range; if it were given a wide one, it would wake the sleeper together with somebody else, early as a rule, and all those who rest would
rest for the same short time.

@<The tester's threads and what they count@>=
static void doze(unsigned int microseconds)
{
	usleep_range(microseconds, microseconds + microseconds / 8 + 1);
}

@ Everybody looks the target up in one place. Some do it under RCU and some under a spin lock, as interfaces in the kernel do it in either way; so
the one who withdraws satisfies both. He takes the lock, which waits for those who hold it, and then a grace period, which
waits for those who read without. The expedited one, since a removal is repeated ten thousand times here.
@^lock offer\_lock@>
@^lock RCU@>

@<The one thing that is on offer@>=
static struct ref_offer __rcu *offered;
static DEFINE_SPINLOCK(offer_lock);
@#
static void exchange_offer(struct ref_offer *offer)
{
	guard(spinlock)(&offer_lock);
	rcu_assign_pointer(offered, offer);
}
@#
void ref_tester_offer(struct ref_offer *offer)
{
	exchange_offer(offer);
}
EXPORT_SYMBOL_GPL(ref_tester_offer);

@ The target withdraws first thing in its exit. At that moment, says the loader, nobody holds it. Each worker's |held| is a
lower bound of what that worker holds; if one of them is above zero, the loader is wrong. This is the sharpest of the
tester's questions. It needs nobody to touch memory that is gone. That somebody {\it could\/} is enough.

@<The one thing that is on offer@>=
void ref_tester_withdraw(void)
{
	for (unsigned int i = 0; i <= nr_workers; i++) {
		int held = atomic_read(&workers[i].held);

		if (held > 0)
			fault(EXIT_WHILE_HELD, held);
	}
	exchange_offer(NULL);
	synchronize_rcu_expedited();
}
EXPORT_SYMBOL_GPL(ref_tester_withdraw);

@*1 Which refusals are just. A get that is refused was refused justly in two cases. Either a drain was under way, and then everybody is refused who comes.
Or the last reference had been taken from a module that nobody held. To tell a just refusal from an unjust one we
must know two facts that change while we ask: whether there was a drain at any moment during the call, and whether somebody held the module during {\it all\/} of it.

@ The program says when a drain begins and when it has ended. Two counters answer the question. If all drains that had
begun when the get was over had ended before it started, then there was none in between; and no lock was needed to find out.
|ended| is read before, and |begun| after.

@<What the tester knows about removals and about the keeper@>=
static atomic_t drains_begun, drains_ended;

@ That we hold the module ourselves we know: |depth| is how many references this visit has. Then nobody may refuse us another.

That somebody else holds it throughout is what the keeper is for. It takes a few references, holds them for a time, and while it surely holds
them |kept| is a number that it never used before, with how many it holds in the lowest four bits. A worker that reads the same number before and after its call
knows that at least so many references were held in all the time between. Zero means that nothing is known.

@<What the tester knows about removals and about the keeper@>=
enum { KEPT_MOST = 15 };
static unsigned long kept;
@#
static unsigned long kept_before(void)
{
	unsigned long now = READ_ONCE(kept);

	smp_mb(); /* what follows is after this look */
	return now;
}
@#
static unsigned long kept_throughout(unsigned long before)
{
	smp_mb(); /* what came is before that look */
	return before == READ_ONCE(kept) ? before & KEPT_MOST : 0;
}

@ Now the judge. A refusal makes no promise about the order of memory accesses, which is why |kept_throughout| brings a barrier of its own.

An unjust refusal is what the module loader of the years before 3.19 committed regularly, and what the shared atomic cured.

@<Take a reference and judge the answer@>=
static bool hold(struct worker *me, struct module *mod, int depth)
{
	int ended = atomic_read(&drains_ended);
	unsigned long before = kept_before();

	if (try_module_get(mod)) {
		atomic_inc(&me->held);
		me->count[GETS]++;
		return true;
	}
	depth += kept_throughout(before);
	if (atomic_read(&drains_begun) != ended)
		me->count[REFUSED_IN_DRAIN]++;
	else if (depth)
		fault(REFUSED_WHILE_HELD, depth);
	else
		me->count[REFUSED]++;
	return false;
}

@ The get that cannot be refused is for those who hold one already, which is rule C6; it works in a drain as well. There is nothing to judge.
@^rule C6@>

@<Take a reference and judge the answer@>=
static int hold_for_sure(struct worker *me, struct module *mod, int depth)
{
	__module_get(mod);
	atomic_inc(&me->held);
	me->count[FORCED_GETS]++;
	return depth + 1;
}

@ Giving back is the mirror image: the claim goes first, then the reference.

@<Take a reference and judge the answer@>=
static void let_go(struct worker *me, struct module *mod)
{
	atomic_dec(&me->held);
	me->count[PUTS]++;
	module_put(mod);
}

@ Look-up and reference are one step, rule C5: both happen within the same read section, or under the same lock. Between them
the target cannot be freed, because exit waits for us in |ref_tester_withdraw|; after them it cannot, since we hold it.
@^rule C5@>
@^lock RCU@>
@^lock offer\_lock@>

@<Look the target up and hold it, in one step@>=
static struct ref_offer *hold_offer(struct worker *me)
{
	struct ref_offer *offer;

	if (chance(me, 2)) {
		guard(rcu)();
		offer = rcu_dereference(offered);
		return offer && hold(me, offer->owner, 0) ? offer : NULL;
	}
	guard(spinlock)(&offer_lock);
	offer = rcu_dereference_protected(offered, lockdep_is_held(&offer_lock));
	return offer && hold(me, offer->owner, 0) ? offer : NULL;
}

@*1 What a holder may do. Everything that the documentation allows somebody who holds a reference, in an order that is thrown with dice. Each takes the number of
references that this visit has, and returns how many it has afterwards.

@<What a holder may do@>=
@<Pass through the target's function@>@;
@<Compare the figure with what is held@>@;
@<Hand a reference to another CPU@>@;
@<Spend some time inside@>@;

@ To go in is what a reference is for.

@<Pass through the target's function@>=
static int go_in(struct worker *me, struct ref_offer *offer, int depth)
{
	int said = offer->use(depth);

	me->count[VISITS]++;
	if (said != depth)
		fault(VISITED_DEAD, said);
	return depth;
}

@ A reader of the count must never see fewer than are held. We hold |depth| ourselves, and the keeper holds the rest of what can be
claimed. More than that may well be seen, since the other workers are not asked.

@<Compare the figure with what is held@>=
static int compare(struct worker *me, struct ref_offer *offer, int depth)
{
	unsigned long before = kept_before();
	int figure = module_refcount(offer->owner);

	me->count[COMPARED]++;
	if (figure < depth + (int)kept_throughout(before))
		fault(FIGURE_TOO_SMALL, figure - depth);
	return depth;
}

@ A reference is not bound to who took it. It is laid into the mail box of another worker, who will put it from another CPU; for a count
with one part for each CPU this is the case that makes single parts negative. The receiver's |held| grows before the box is filled and ours shrinks afterwards, so for a moment one reference is counted for both. That
does no harm: the question in |ref_tester_withdraw| is whether anybody holds, and somebody does.

@<Hand a reference to another CPU@>=
static int hand_over(struct worker *me, struct ref_offer *offer, int depth)
{
	struct worker *to = &workers[chance(me, nr_workers)];

	if (depth < 2)
		return depth;
	atomic_inc(&to->held);
	if (cmpxchg(&to->mail, NULL, offer)) {
		atomic_dec(&to->held);
		return depth;
	}
	atomic_dec(&me->held);
	me->count[HANDED]++;
	return depth - 1;
}
@#
static void empty_box(struct worker *me)
{
	struct ref_offer *offer = xchg(&me->mail, NULL);

	if (!offer)
		return;
	go_in(me, offer, 1);
	let_go(me, offer->owner);
}

@ Time is what makes races: too short to be seen, long enough to be interrupted, or a sleep, over which grace periods come and go. The sleep is rare, since most users of a real module hold
it either for very long or for an instant; but it must occur, because a visitor that sleeps in the module is the one case in which no grace period can stand in for a reference.

@<Spend some time inside@>=
static int linger(struct worker *me, struct ref_offer *offer, int depth)
{
	unsigned int n = chance(me, 64);

	if (!n)
		doze(50 + chance(me, 1000));
	else if (n < 8)
		cond_resched();
	else
		udelay(n / 8);
	return depth;
}

@ A visit takes some steps, and holds one reference at least until the last put. At most six at a time. A nested get that is refused, in a drain, leaves
things as they are, and the visit goes on with what it has. Nobody who is inside needs a second reference; real users take one for an object that they pass on, and if
they are refused, they do not pass it on.

@<One visit, from look-up to the last put@>=
static int one_step(struct worker *me, struct ref_offer *offer, int depth)
{
	switch (chance(me, 8)) {
	case 0:
	case 1:
		return depth < 6 && hold(me, offer->owner, depth) ? depth + 1 : depth;
	case 2:
		return depth < 6 ? hold_for_sure(me, offer->owner, depth) : depth;
	case 3:
		if (depth > 1)
			let_go(me, offer->owner);
		return depth > 1 ? depth - 1 : depth;
	case 4:
		return compare(me, offer, depth);
	case 5:
		return hand_over(me, offer, depth);
	case 6:
		return linger(me, offer, depth);
	default:
		return go_in(me, offer, depth);
	}
}

@ The number of steps is thrown as well, so that very short visits occur as often as long ones. A visit of no steps at all is a get and a put and nothing between: the pair of a driver
that only asks whether a module is there. A long one with a sleep in it outlasts several attempts. All that is held at the end is given back one by one, and between any two puts the
module is still held, until the last; what the loader makes of {\it that\/} one is not the visitor's business any more.

@<One visit, from look-up to the last put@>=
static bool pay_visit(struct worker *me)
{
	struct ref_offer *offer = hold_offer(me);
	int depth = 1;

	if (!offer)
		return false;
	for (unsigned int n = chance(me, 16); n; n--)
		depth = one_step(me, offer, depth);
	while (depth--)
		let_go(me, offer->owner);
	return true;
}

@*1 Three modes. A test of removal needs both kinds of traffic. If somebody always holds the module, every attempt sees that at the first look and
gives up, and the rest of the loader's code never runs. If nobody ever does, all attempts succeed. So there is a
\term{busy} mode, in which visits follow each other without pause. In the \term{sparse} one the workers rest between visits for so long that about every third look
finds the target empty; then the loader goes on, closes in, and finds that somebody has come
meanwhile. And in the \term{idle} mode nobody holds anything, and the figure must be exactly zero.

@<The life of a worker@>=
enum { IDLE, SPARSE, BUSY };
static int mode;
@#
static int work(void *data)
{
	struct worker *me = data;

	while (!kthread_should_stop()) {
		int now = READ_ONCE(mode);

		if (now == IDLE || !pay_visit(me) || now == SPARSE)
			doze(100 + chance(me, now == IDLE ? 5000 : 20000));
		empty_box(me);
		smp_store_release(&me->seen, now);
		cond_resched();
	}
	return 0;
}

@ The keeper sleeps while it holds, for up to three milliseconds as a rule and up to fifty now and then: a drain that comes to wait for it can be
interrupted, and a reader of files gets to the end of his reading. When it is busy its pauses are short, and when sparse they are long.

Its first reference comes through the same gate as everybody's; it is a worker itself, with the number behind the last, and has a seat among them. The others
are taken without asking. |kept| is set when all of them are held, and cleared before the first is given back.

@<The life of the keeper@>=
static void keep_for_a_while(struct worker *me, unsigned long serial)
{
	struct ref_offer *offer = hold_offer(me);
	unsigned int n = 1 + chance(me, KEPT_MOST);

	if (!offer)
		return;
	for (unsigned int i = 1; i < n; i++)
		hold_for_sure(me, offer->owner, i);
	smp_store_release(&kept, serial * (KEPT_MOST + 1) + n);
	doze(10 + chance(me, chance(me, 4) ? 3000 : 50000));
	WRITE_ONCE(kept, 0);
	smp_mb(); /* nobody may see it set after the first put */
	go_in(me, offer, 1);
	while (n--)
		let_go(me, offer->owner);
}

@ The serial numbers begin at one and are never used twice. If they were, a worker that was asleep between its two looks could find the same number again, although
the keeper had let go in between, and would judge on the strength of references that were not held all the time. It is the reason why |kept| is not simply a count.

@<The life of the keeper@>=
static int keep(void *data)
{
	struct worker *me = data;

	for (unsigned long serial = 1; !kthread_should_stop(); serial++) {
		int now = READ_ONCE(mode);

		if (now != IDLE)
			keep_for_a_while(me, serial);
		smp_store_release(&me->seen, now);
		doze(50 + chance(me, now == BUSY ? 400 : 60000));
	}
	return 0;
}

@*1 Buttons. The program in the guest turns the mode, says when drains begin and end, and reads what was counted, all through the files of the module's
parameters.

When a mode has been written, all threads have noticed it. For idle this means more: that no visit is under way, and, after the boxes were
emptied once more, that nobody holds anything. If somebody did, |left_over| says so, a reference of the tester's own that got lost; then the test is wrong and not the loader.

@<The buttons of the tester@>=
static unsigned long held_by_all(void)
{
	unsigned long held = 0;

	for (unsigned int i = 0; i <= nr_workers; i++)
		held += atomic_read(&workers[i].held);
	return held;
}
@#
static void await_mode(int wanted)
{
	for (unsigned int i = 0; i <= nr_workers; i++)
		while (smp_load_acquire(&workers[i].seen) != wanted)
			usleep_range(100, 200);
}

@ The wait has an end, after two seconds at most, since a button that never comes up again would hang the trial where it should fail.
@^error EINVAL@>

@<The buttons of the tester@>=
static int set_mode(const char *text, const struct kernel_param *kp)
{
	int wanted, err = kstrtoint(text, 0, &wanted);

	if (err || wanted < IDLE || wanted > BUSY || !workers)
		return -EINVAL;
	WRITE_ONCE(mode, wanted);
	await_mode(wanted);
	for (int i = 0; wanted == IDLE && held_by_all() && i < 1000; i++)
		usleep_range(1000, 2000);
	if (wanted == IDLE && held_by_all())
		fault(LEFT_OVER, held_by_all());
	return 0;
}

@ A drain is announced before the call and reported after it, in a way that allows for several at a time. The loader could be asked instead, by looking at the module's state; but then the
judge would take the word of the accused, and a loader that forgot to open the gate after a drain would excuse itself with a state that it also forgot to set back.
@^error EINVAL@>

@<The buttons of the tester@>=
static int set_drain(const char *text, const struct kernel_param *kp)
{
	bool begins;
	int err = kstrtobool(text, &begins);

	if (err)
		return err;
	atomic_inc(begins ? &drains_begun : &drains_ended);
	return 0;
}

@ The sums are taken while the threads go on counting, so they are only exact when all are idle. Between idle and idle, gets and puts must be equal.

@<The buttons of the tester@>=
static int get_counts(char *text, const struct kernel_param *kp)
{
	int length = 0;

	for (int kind = 0; kind < COUNTS; kind++) {
		unsigned long sum = fault_count[kind];

		for (unsigned int i = 0; i <= nr_workers; i++)
			sum += workers[i].count[kind];
		length += scnprintf(text + length, PAGE_SIZE - length, "%s %lu\n",
				    count_name[kind], sum);
	}
	return length;
}

@ Four files: two to press, two to read. They are the tester's own parameters and so appear in its own directory in sysfs, where reading and writing takes no reference on the target and
no lock that a removal of the target wants. A trial must not hold what it watches.

@<The buttons of the tester@>=
static const struct kernel_param_ops mode_ops = {@t\1@>@/
	@[@].set = set_mode,@t\2@>@/
};
static const struct kernel_param_ops drain_ops = {@t\1@>@/
	@[@].set = set_drain,@t\2@>@/
};
static const struct kernel_param_ops counts_ops = {@t\1@>@/
	@[@].get = get_counts,@t\2@>@/
};
module_param_cb(mode, &mode_ops, NULL, 0200);
MODULE_PARM_DESC(mode, "0 idle, 1 sparse, 2 busy");
module_param_cb(drain, &drain_ops, NULL, 0200);
MODULE_PARM_DESC(drain, "1 before a drain begins, 0 after it has ended");
module_param_cb(counts, &counts_ops, NULL, 0444);
module_param(kept, ulong, 0444);
MODULE_PARM_DESC(kept,@| "what is surely held just now, in the lowest four bits");

@ The tester has no references to give back when it goes: its dependent, the target, is gone by then, and with it everything that could be held. The threads
are stopped by name (rule D4).
@^rule D4@>

@<Enter and leave \.{ref\_tester}@>=
static void dismiss(void)
{
	for (unsigned int i = 0; i <= nr_workers; i++)
		if (workers[i].task)
			kthread_stop(workers[i].task);
	kfree(workers);
}
@#
static int engage(unsigned int i)
{
	struct worker *me = &workers[i];
	struct task_struct *task;

	prandom_seed_state(&me->dice, i + 1);
	if (i < nr_workers)
		task = kthread_run_on_cpu(work, me, i % num_online_cpus(), "ref_worker/%u");
	else
		task = kthread_run(keep, me, "ref_keeper");
	if (IS_ERR(task))
		return PTR_ERR(task);
	me->task = task;
	return 0;
}

@ The dice are seeded with the worker's number, so that two runs differ by the machine's timing only. (That is enough to make all runs different.) If a thread cannot
be started those that run are stopped, which asks for the number of seats to be right from the beginning.
@^error ENOMEM@>

@<Enter and leave \.{ref\_tester}@>=
static int __init ref_tester_init(void)
{
	int err = 0;

	if (!nr_workers)
		nr_workers = num_online_cpus();
	workers = kcalloc(nr_workers + 1, sizeof(*workers), GFP_KERNEL);
	if (!workers)
		return -ENOMEM;
	for (unsigned int i = 0; i <= nr_workers && !err; i++)
		err = engage(i);
	if (err)
		dismiss();
	return err;
}
@#
static void __exit ref_tester_exit(void)
{
	dismiss();
}
@#
module_init(ref_tester_init);
module_exit(ref_tester_exit);
MODULE_DESCRIPTION("Holds, hands over and lets go of a module, and judges what it is told");
MODULE_LICENSE("GPL");

@*1 The program in the guest. \.{reftool} plays the users: one who attempts to remove the target and to drain it, a rival who attempts the same at the same time, one who reads figures, and one who
is impatient and sends signals. It goes on in rounds until there were enough references, attempts and drains, and prints what it counted, one
number in a line.

\begintt
reftool FILE NAME REFERENCES ATTEMPTS DRAINS SECONDS
\endtt
The last word is when to give up. The tester must be loaded. On a kernel whose
|delete_module| does not drain, drains are called all the same, and it is counted how they are answered.

@(guest/reftool.c@>=
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
@#
@<What the processes share@>@;
@<Files that are a number or a word@>@;
@<Remove and load, as often as one likes@>@;
@<Ask for a drain, and be called away from it@>@;
@<Compare what users see with what is kept@>@;
@<Those who run beside: rival, reader, pest@>@;
@<One round of attempts and drains@>@;
@<Print what was counted@>@;
@<Play the users until it is enough@>@;

@ The processes share one page, with the counts and with what they must know about each other. The last line of the counts is what
should never happen.

@s atomic_uint int
@<What the processes share@>=
enum tally {
	attempts, attempts_done, attempts_again, attempts_busy, attempts_absent, attempts_interrupted,
	drains, drains_done, drains_refused, drains_busy, drains_absent, drains_interrupted,
	loads, loads_done, signals, figures, figures_judged,
	figures_small, not_allowed, not_alive, not_zero, spurious, stuck,
	NR_COUNTS, FIRST_WRONG = figures_small
};
@#
static const char *const word[NR_COUNTS] = {
	"attempts", "attempts_done", "attempts_again", "attempts_busy", "attempts_absent", "attempts_interrupted",
	"drains", "drains_done", "drains_refused", "drains_busy", "drains_absent", "drains_interrupted",
	"loads", "loads_done", "signals", "figures", "figures_judged",
	"figures_small", "not_allowed", "not_alive", "not_zero", "spurious", "stuck",
};

@ Who plays the rounds tells the others, by plain numbers, what they may do just now. They are atomic, and that is all the order that is needed: whoever notices late
is late by one turn.

@<What the processes share@>=
static struct {
	atomic_uint count[NR_COUNTS];
	atomic_uint draining;    /* a drain is under way: its number */
	atomic_uint pester;      /* and the pest sends it this signal */
	atomic_uint rivalry;     /* the rival is wanted */
	atomic_uint quiet;       /* the rival has noticed that it is not */
	atomic_uint over;
} *shared;
static const char *the_file, *the_name;

@ What should never happen is told on the console as well, at the moment when it happens, so that it stands between the kernel's own lines.
@.reftool: fault: ...@>

@<What the processes share@>=
static void add(enum tally what)
{
	shared->count[what]++;
}
@#
static void fail(enum tally what)
{
	add(what);
	fprintf(stderr, "reftool: fault: %s\n", word[what]);
}

@ Everything the program wants to know or to press is a small file. A name in the directory of the target may vanish at any moment, and then the
answer is empty.

@<Files that are a number or a word@>=
static void die(const char *what)
{
	perror(what);
	exit(2);
}
@#
static const char *content(const char *form, const char *name)
{
	static char text[4096], path[128];
	ssize_t n = -1;
	int fd;

	snprintf(path, sizeof(path), form, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0) {
		n = read(fd, text, sizeof(text) - 1);
		close(fd);
	}
	text[n > 0 ? n : 0] = 0;
	return text;
}

@ A button must work; if it does not, the tester is not there, and everything that would be counted from then on would be zero, which is what a perfect
loader would have to show. Nothing looks so much like success as a test that does not run; therefore the tests also ask that enough of everything has happened.

@<Files that are a number or a word@>=
#define TESTER "/sys/module/ref_tester/parameters/%s"
static void press(const char *button, const char *value)
{
	char path[128];
	int fd;

	snprintf(path, sizeof(path), TESTER, button);
	fd = open(path, O_WRONLY | O_CLOEXEC);
	if (fd < 0 || write(fd, value, strlen(value)) < 0)
		die(path);
	close(fd);
}
@#
static unsigned long tester_counts(const char *name)
{
	const char *line = content(TESTER, "counts");
	size_t length = strlen(name);

	for (; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, name, length) && line[length] == ' ')
			return strtoul(line + length, NULL, 10);
	}
	return 0;
}

@ Removal and load are single system calls. The file is loaded from memory, because merged requests for one file would both report one success, and the
books could not be balanced: between two loads that succeed lies one removal that did. An answer that is not foreseen is printed at once, on the console, with its errno.

@<Remove and load, as often as one likes@>=
static char *the_bytes;
static size_t the_length;
@#
static int take_out(unsigned int flags)
{
	return syscall(SYS_delete_module, the_name, flags) ? errno : 0;
}
@#
static void odd(const char *call, int err)
{
	fail(not_allowed);
	fprintf(stderr, "reftool: %s: %s is not allowed\n", call, strerror(err));
}

@ Two who load at once: one is told |EEXIST|, or |EBUSY| if the module went away again while it waited. A signal meant for a drain may be late and hit a load that
waits; then it is tried again.
@^error EEXIST@>@^error EBUSY@>@^error EINTR@>

@<Remove and load, as often as one likes@>=
static void load(void)
{
	int err;

	do {
		add(loads);
		err = syscall(SYS_init_module, the_bytes, the_length, "") ? errno : 0;
	} while (err == EINTR);
	if (!err)
		add(loads_done);
	else if (err != EEXIST && err != EBUSY)
		odd("load", err);
}

@ An attempt is answered at once, in one of five ways: the module is gone, somebody holds it, it is being removed by somebody else, it is not there,
or a signal came while the call waited for the mutex. The counts stand in the order of this table. Who succeeded, or found nothing, loads it again.
@^error EWOULDBLOCK@>@^error EBUSY@>@^error ENOENT@>@^error EINTR@>

@<Remove and load, as often as one likes@>=
static void sort_in(const char *call, enum tally done, int err)
{
	static const int known[] = { 0, EWOULDBLOCK, EBUSY, ENOENT, EINTR };

	for (int i = 0; i < 5; i++)
		if (err == known[i]) {
			add(done + i);
			return;
		}
	odd(call, err);
}
@#
static int attempt(void)
{
	int err = take_out(O_NONBLOCK);

	add(attempts);
	sort_in("attempt", attempts_done, err);
	if (!err || err == ENOENT)
		load();
	return err;
}

@ A drain is called in one of four manners. The patient one waits until the last holder has left; if the wake-up were lost it would wait for ever, and
somebody looks after it. The clocked one is interrupted by its own alarm. The pestered one is sent signals by another process, with a handler that
lets the call fail. In the last manner the handler says |SA_RESTART|: the kernel makes the same call again, the drain begins anew, and no error is seen.

@<Ask for a drain, and be called away from it@>=
enum manner { PATIENT, CLOCKED, PESTERED, RESTARTED, MANNERS };
static bool can_drain;
@#
static void note_signal(int signal)
{
	(void)signal;
	add(signals);
}
@#
static void expect_signals(void)
{
	struct sigaction fails = { @[@].sa_handler = note_signal };
	struct sigaction goes_on = { @[@].sa_handler = note_signal, @[@].sa_flags = SA_RESTART };

	sigaction(SIGALRM, &fails, NULL);
	sigaction(SIGUSR1, &fails, NULL);
	sigaction(SIGUSR2, &goes_on, NULL);
}
@#
static void set_alarm(unsigned int microseconds)
{
	struct itimerval in = { @[@].it_value.tv_usec = microseconds };

	setitimer(ITIMER_REAL, &in, NULL);
}

@ The tester hears of the drain before it begins and after it has ended; in between it forgives refusals.

@<Ask for a drain, and be called away from it@>=
static int call_drain(enum manner how)
{
	static unsigned int number;
	int err;

	press("drain", "1");
	shared->pester = how == PESTERED ? SIGUSR1 : how == RESTARTED ? SIGUSR2 : 0;
	shared->draining = ++number;
	if (how == CLOCKED)
		set_alarm(100 + random() % 10000);
	err = take_out(0);
	set_alarm(0);
	shared->draining = 0;
	press("drain", "0");
	return err;
}

@ A drain that was interrupted has left no trace: the module is alive, in the words that user space reads. We can only be sure of it while the rival does not
interfere, as he may have removed it in the meantime.

On a loader that does not drain the call is an attempt, and |EWOULDBLOCK| its usual answer; on one that does, it is none at all, since the target has no dependents.
@^error EWOULDBLOCK@>@^error EBUSY@>@^error ENOENT@>@^error EINTR@>

@<Ask for a drain, and be called away from it@>=
static void must_be_alive(void)
{
	const char *state = content("/sys/module/%s/initstate", the_name);

	if (shared->rivalry || !strcmp(state, "live\n"))
		return;
	fail(not_alive);
	fprintf(stderr, "reftool: after an interrupted drain the state is %s\n", state);
}
@#
static void drain(enum manner how)
{
	int err = call_drain(how);

	add(drains);
	sort_in("drain", drains_done, err);
	if (!err || err == ENOENT)
		load();
	else if (err == EINTR)
		must_be_alive();
	else if (err == EWOULDBLOCK && can_drain)
		odd("drain", err);
}

@ The reader does what the tester does inside the kernel, with the figures that users see. Both files, in turns, must show at least what the keeper held from before
the reading until after it. A file that is absent shows minus one, which is wrong as well if somebody holds the module.

@<Compare what users see with what is kept@>=
static long figure_in_sysfs(void)
{
	const char *text = content("/sys/module/%s/refcnt", the_name);

	return *text ? atol(text) : -1;
}
@#
static long figure_in_proc(void)
{
	const char *line = content("%s", "/proc/modules");
	long figure;

	line = strstr(line, the_name);
	return line && sscanf(line, "%*s %*s %ld", &figure) == 1 ? figure : -1;
}

@ Which of the two is read is left to chance. The button |kept| is read first and last, as the tester does it with the variable; here the way between is so long that most
readings cannot be judged, because the keeper has moved on.

@<Compare what users see with what is kept@>=
static void compare_figures(void)
{
	unsigned long before = strtoul(content(TESTER, "kept"), NULL, 10);
	bool proc = random() & 1;
	long figure = proc ? figure_in_proc() : figure_in_sysfs();

	add(figures);
	if (!before || before != strtoul(content(TESTER, "kept"), NULL, 10))
		return;
	add(figures_judged);
	if (figure >= (long)(before % 16))
		return;
	fail(figures_small);
	fprintf(stderr, "reftool: %s shows %ld where %lu are held\n",
		proc ? "/proc/modules" : "refcnt", figure, before % 16);
}

@ Three processes run beside the one that plays the rounds. They end when it ends, whatever ends it. The rival attempts what the player attempts, while it is allowed to, and says so when it has
noticed that it is not. The reader reads.

@<Those who run beside: rival, reader, pest@>=
static void be_rival(void)
{
	if (shared->rivalry)
		attempt();
	else
		shared->quiet = 1;
	usleep(random() % 3000);
}
@#
static void be_reader(void)
{
	compare_figures();
	usleep(random() % 500);
}

@ The pest sends its signals at random moments of a drain that may be pestered. It is also the one who finds that a drain is stuck: two minutes on one and the same drain, with holders that
never hold for longer than a tenth of a second, can only mean a lost wake-up. It notes it and interrupts the
drain, so that the trial comes to its end and can be judged.

@<Those who run beside: rival, reader, pest@>=
static void be_pest(void)
{
	static unsigned int watched;
	static time_t since;
	unsigned int now = shared->draining, signal = shared->pester;

	usleep(random() % 10000);
	if (now && now == shared->draining && signal)
		kill(getppid(), signal);
	if (now != watched)
		since = time(NULL);
	watched = now;
	if (!now || time(NULL) - since < 120)
		return;
	fail(stuck);
	kill(getppid(), SIGUSR1);
	since = time(NULL);
}

@ Each is a process that makes one turn after the other. Processes and not threads, for signals: what is sent to the player must not be taken by somebody else. If the player dies, the kernel
ends the others, and the guest comes to its end instead of waiting for three orphans.

@<Those who run beside: rival, reader, pest@>=
static void employ(void @[@](*one_turn)(void), unsigned int seed)
{
	pid_t parent = getpid(), child = fork();

	if (child < 0)
		die("fork");
	if (child)
		return;
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	srandom(seed);
	while (getppid() == parent && !shared->over)
		one_turn();
	_exit(0);
}

@ A round has one mode, busy or sparse, forty attempts and eight drains. Every other pair of rounds the rival is there; the rest is without him, so that what happens
can be blamed on somebody.

@<One round of attempts and drains@>=
static void play_round(unsigned int n)
{
	press("mode", n % 2 ? "1" : "2");
	shared->rivalry = n % 4 >= 2;
	for (int i = 0; i < 40; i++) {
		attempt();
		usleep(random() % 1000);
	}
	for (int i = 0; i < 8; i++) {
		drain(random() % MANNERS);
		usleep(random() % 1000);
	}
}

@ Now and then there is a rest, and rest means exact answers. Nobody holds the target, so the figure is zero. Nobody holds it, so an attempt succeeds and a drain succeeds;
a refusal would be the {\it spurious failure} of those counts that are summed while they change.

@<One round of attempts and drains@>=
static void rest(void)
{
	shared->rivalry = 0;
	shared->quiet = 0;
	while (!shared->quiet)
		usleep(1000);
	press("mode", "0");
	load(); /* if it is not there */
	if (figure_in_sysfs() || figure_in_proc())
		fail(not_zero);
	if (attempt())
		fail(spurious);
	add(drains);
	if (call_drain(PATIENT))
		fail(spurious);
	else
		add(drains_done);
	load();
}

@ What the tester has counted goes below what we have, one name and one number in a line, and no name is in both lists. Whether it was good is decided outside, where the
figures of both kernels are at hand; but the round that brought a fault is to be the last, so we look for faults as well.

@<Print what was counted@>=
static void print_counts(void)
{
	for (int i = 0; i < NR_COUNTS; i++)
		printf("%s %u\n", word[i], shared->count[i]);
	fputs(content(TESTER, "counts"), stdout);
}
@#
static bool faulty(void)
{
	static const char *const fault[] = {
		"refused_while_held", "figure_too_small", "visited_dead", "exit_while_held", "left_over",
	};

	for (int i = FIRST_WRONG; i < NR_COUNTS; i++)
		if (shared->count[i])
			return true;
	for (size_t i = 0; i < sizeof(fault) / sizeof(fault[0]); i++)
		if (tester_counts(fault[i]))
			return true;
	return false;
}

@ A fault ends the trial, after its round. So does the clock; then the line \.{late} says that it was not enough.

@<Play the users until it is enough@>=
static void play(unsigned long references, unsigned long attempts_wanted,
		 unsigned long drains_wanted, time_t end)
{
	unsigned long gets = 0;

	for (unsigned int n = 0; ; n++) {
		play_round(n);
		if (n % 4 == 3)
			rest();
		gets = tester_counts("gets") + tester_counts("forced_gets");
		fprintf(stderr, "reftool: round %u: %lu references, %u attempts (%u done), %u drains (%u done, %u interrupted)\n",
			n, gets, shared->count[attempts], shared->count[attempts_done],
			shared->count[drains], shared->count[drains_done], shared->count[drains_interrupted]);
		if (faulty())
			break;
		if (gets >= references && shared->count[attempts] >= attempts_wanted &&
		    shared->count[drains] >= drains_wanted && n % 4 == 3)
			break;
		if (time(NULL) > end) {
			puts("late 1");
			break;
		}
	}
}

@ At the end all is idle, so that the counts are exact, and one copy of the target is left. It is removed by whoever called us, with the ordinary tools.

@<Play the users until it is enough@>=
static void fetch(void)
{
	int fd = open(the_file, O_RDONLY | O_CLOEXEC);

	the_length = lseek(fd, 0, SEEK_END);
	the_bytes = mmap(NULL, the_length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, fd, 0);
	if (the_bytes == MAP_FAILED)
		die(the_file);
	close(fd);
}

@ The order of the beginning: the page is there before anybody shares it, the handlers before anybody sends a signal, and the target before anybody tries to remove it.

@<Play the users until it is enough@>=
int main(int argc, char **argv)
{
	if (argc != 7) {
		fputs("usage: reftool FILE NAME REFERENCES ATTEMPTS DRAINS SECONDS\n", stderr);
		return 2;
	}
	the_file = argv[1];
	the_name = argv[2];
	can_drain = !access("/sys/module/module/parameters/drain", F_OK);
	shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED)
		die("mmap");
	fetch();
	expect_signals();
	load();
	employ(be_rival, 1);
	employ(be_reader, 2);
	employ(be_pest, 3);
	play(atol(argv[3]), atol(argv[4]), atol(argv[5]), time(NULL) + atol(argv[6]));
	press("mode", "0");
	shared->over = 1;
	while (wait(NULL) > 0 || errno == EINTR)
		;
	print_counts();
	return 0;
}

@*1 What came out. The trial runs on two kernels that differ in the loader alone, each under an emulator that lets four CPUs run in parallel. With some hundred thousand references, a thousand
attempts and a hundred drains it is part of \.{make\ check}; a million references and ten thousand attempts belong to \.{make\ check-long}. Such an emulator has faults
of its own: if kernel text is rewritten while another CPU executes it, a breakpoint can be left behind, whatever the loader. So this kernel has no jump labels and no function tracing, and before anything was concluded from it
the stock twin had to come through twenty times.

Both loaders are judged by the same tester, and neither was ever found to refuse a get while a reference was held. For the stock loader this is not news: it is what its one atomic
number is for. That ours is as good, with no shared number as long as nobody removes anything, is what the trial was written for. Where the two differ is in the drains. The stock loader answers a call that should wait as
it answers all others, and since a busy module is nearly always held, hardly any of these calls succeeds. On ours nearly all do, but for those that a signal calls away; and only there, while a drain lasts, are there refusals
in the face of holders.

@ Would the trial notice? For every protection there is a mutant of the loader without it, and the trial must find it out (\.{tests/mutants.py} makes them from the tangled text). The words in the last column
are the tester's and \.{reftool}'s own.

\medskip
\begintable{p{2.75in} p{1.1in} t}
what was taken out & so that & found by \cr \hd
the wait for the CPUs in |refs_gather| & references are in no sum & exit\_while\_held \cr
the second question: look, then close & somebody enters in between & refused\_while\_held \cr
the gate open during an attempt: close, then look & spurious failure & refused\_while\_held \cr
the bell of the last put & the waiter sleeps on & stuck \cr
the refusal by a module that is taken & exit runs under a holder & exit\_while\_held \cr
the order of the sums: gets read before puts & the figure is too small & figure\_too\_small \cr
\endtable

\noindent Each was found within some minutes, most within the first seconds. Two remarks belong to this. For the third the first look was taken out as well: as it stands it sends nearly everybody away
before the gate could do harm, and a spurious failure that is only possible if somebody enters in the few instructions between look and closing was not met in four thousand attempts. The same is true of the first two, whose windows were widened, by a loop that does nothing, to what an interrupt might take there. (The first was also found
without it, by drains that were stuck, since a put that is in no sum is waited for for ever; but it took a million references.) Windows of a few instructions are what a trial is bad at. For them there is the model, to which all windows are alike.
@^spurious failure@>

@*1 Exercises.
\exercise{15} The keeper clears |kept| before it gives its references back, and sets it after it took them all. Exchange one of the two, and find the unjust complaint that follows.

\exercise{25} A worker counts |held| after the get and before the put. Suppose it were counted before the get (and taken back if the get is refused), so that it never
claims too little. Which of the tester's questions could then be asked that cannot be asked now, and which of its answers would become worthless?
