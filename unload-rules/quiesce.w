@q SPDX-License-Identifier: GPL-2.0-only @>

@* After exit. \label{quiesce}%
Exit has returned, the count is taken, nobody holds the module. For an easy module that is all there is to know: whoever
calls into it holds a reference, so nobody is inside. For every other module it says nothing. A timer may be armed. A task
may have read the address of a hook before the hook was taken off, and have been preempted since. A thread of the module may
never have been told to end. The count knows of none of them, and neither does the stock loader, which waits for one grace period of
RCU and frees the memory.

This chapter and the next three are about the time between exit and burial. Their promise can be said in a sentence: {\it
no memory is freed under anybody}. It is kept by four means, each of which sees what the others cannot.
\li The {\it audit\/} (\chap{audit}) looks for what will come: timers, work, hooks that were ordered or
registered and not taken back.
\li The {\it waits\/} below let those pass who are on their way in or out.
\li The {\it census\/} (\chap{census}) looks for those who are inside: at every stack of the machine.
\li The {\it quarantine\/} (\chap{quarantine}) is for what no audit can find. It is off unless somebody wants it.

\endli
All this takes time: less than a tenth of a second on an idle machine, some tenths on a busy one (\see{bench-leaving}). The caller
of |delete_module| need not sit through it. He wants the name to be free, and it is; the memory goes when it is safe. That is
the business of the {\it undertaker}, a piece of work
that the loader queues to itself. He takes whatever has left since he was last sent, and does for all of them together
what costs the same for one and for a hundred.

\figure{quiesce-order}{From exit to burial. The remover leaves when the name is gone. The undertaker
waits and looks, twice, and buries in one batch all who may go.}

@ Who can be inside after exit, or still come? The table is the plan of what follows. Nearly every line has a scenario in the
chapters of rules that shows it on both kernels. Two have none: the first and that of |async_schedule|, as the stock loader waits for
those as well.

\medskip
\begintable{p{2.3in} p{1.5in} p{1.4in}}
{\rm who} & {\rm found or outwaited by} & {\rm rule} \cr \hd
in an interrupt, or with preemption off & RCU grace period & U3 \cr
preempted: has read a pointer and not yet called & RCU-tasks grace period & U4 \cr
preempted inside, before the first get or after the last put & RCU-tasks, census & S1, S2 \cr
asleep inside & census & U5 \cr
a thread of the module & census & D4, S3 \cr
a callback of RCU & |rcu_barrier| & D3 \cr
a function that was ordered through |async_schedule| & |async_synchronize_full| & D5 \cr
a timer, work, tasklet, interrupt, probe, notifier, open file & audit & D1, D2, D5, U1, C2 \cr
whatever else has kept an address & quarantine & U1, R1, R3 \cr
\endtable

@ The undertaker has a file of his own, and a header with what the four chapters know of each other. It is included by
the annex (\see{annex}), which has room for his notes on each module.

|STAGE_LEFT| is the state of a module between exit and burial; |STAGE_TRAPPED| that of one in quarantine. The stage belongs to
|module_mutex|, and is read without it: by the census in an interrupt, by the traps in the middle of anything.

@s module_annex int
@s departure int
@s naming int
@s ruling int
@s evidence int
@s census_figures int

@(kernel/module/undertaker.h@>=
#ifndef _MODULE_UNDERTAKER_H
#define _MODULE_UNDERTAKER_H
struct evidence;
struct load_info;
struct ruling;
enum departure { STAGE_NONE, STAGE_LEFT, STAGE_TRAPPED };
enum protection { WITHOUT_TASKS, WITHOUT_BARRIER, WITHOUT_CENSUS, WITHOUT_AUDIT };
@<What is remembered of a straggler that was named@>@;
@#
bool left_out(enum protection protection);
void hand_over(struct module *mod, bool failed);
void send_undertaker(void);
bool undertaker_makes_room(void);
void wait_for_the_backlog(void);
void let_providers_go(struct module *mod);
void forget_providers(struct module *mod);
void audit_now(struct module *mod);
void module_quiesce(struct module *mod);
bool is_quiescing(const struct task_struct *task, const struct module *mod);
void hand_over_released(void);
@<What the census, the audit and the quarantine offer@>@;
#endif

@ A straggler is named once, and known again by its number and the place where it was found.

@<What is remembered of a straggler that was named@>=
enum { MOST_TOLD = 8 };
@#
struct naming {
	pid_t pid;
	u32 place; /* the lower half of the function's address; the upper one is the same for all modules */
};

@ Both |census| and |audit| are called with |looking| held, hence one at a time. What they find is written into the annex
of the module concerned: |inside| by the census; |found|, and |reachable| for what could not be cancelled, by the audit. They
look for every module that has left. The census can also be asked about one that is still in exit; and the audit about one whose
exit has just returned, which is how it is called first, or about one in quarantine.

@<What the census, the audit and the quarantine offer@>=
struct census_figures { unsigned int tasks; unsigned int cpus; u64 ns; };
extern struct census_figures last_census;
@#
void census(struct module *visited);
void audit(struct module *only);
void begin_evidence(struct load_info *info, struct evidence *e);
void note_import(const struct load_info *info, const char *name);
int judge_module(struct module *mod, const struct load_info *info);
void forget_verdict(struct module *mod);
void rule_was_broken(struct module *mod, const char *rule);
bool policy_keeps(const struct module *mod);
bool modules_are_trusted(void);
extern struct module_attribute unload_file;
bool may_be_reached(struct module *mod);
bool set_traps(struct module *mod);
void lift_traps(struct module *mod);
unsigned long quarantine_bytes(const struct module *mod);

@ And these are the notes. All but |stage|, |imports| and |judged| belong to the undertaker; |late_users| is changed under
|module_mutex|, like everything else about who uses whom.

@<What the undertaker notes of a module@>=
enum departure stage;
bool failed; /* its load failed, so its asynchronous calls were not waited for */
bool untagged; /* nobody has memory with a tag of this module */
bool cleaned; /* the architecture has withdrawn its notes */
bool fresh; /* neither buried nor in quarantine, nor left for later three times */
unsigned int rounds; /* how often it had to be left for later */
unsigned int late_users; /* modules that used this one, left before it, and are not buried */
unsigned int late_callers; /* those among them that can still call it: not in quarantine either */
unsigned int inside; /* stragglers that the last census found */
unsigned int found; /* things that the last audit found */
unsigned int reachable; /* those among them that it could not cancel */
unsigned long left_at; /* in jiffies */
struct list_head queue; /* |lingering|, |waiting|, |resting|, or a list of the round */
u32 imports; /* what \chap{audit} wants to know of its imports */
struct ruling __rcu *judged; /* its verdict, see \chap{verdict} */
unsigned int said; /* what the audit has named already */
bool had_files; /* it has found open files or mappings of the module */
struct naming told[MOST_TOLD];

@ The first two questions are asked by interrupts, the third when the architecture's notes are withdrawn, which must be done once.

@<Short answers about a module@>=
static inline bool has_left(const struct module *mod)
{
	return READ_ONCE(annex_of(mod)->stage) == STAGE_LEFT;
}
@#
static inline bool is_trapped(const struct module *mod)
{
	return READ_ONCE(annex_of(mod)->stage) == STAGE_TRAPPED;
}
@#
static inline bool still_to_clean(const struct module *mod)
{
	return !xchg(&annex_of(mod)->cleaned, true);
}

@ The file, in the order of this chapter.

@(kernel/module/undertaker.c@>=
#include <linux/async.h>
#include <linux/debugfs.h>
#include <linux/delay.h>
#include <linux/export.h>
#include <linux/kstrtox.h>
#include <linux/moduleloader.h>
#include <linux/rcupdate.h>
#include <linux/seq_file.h>
#include <linux/shrinker.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/workqueue.h>
#include "internal.h"
@#
@<The undertaker's lists and locks@>@;
@<Parameters of the time after exit@>@;
@<Hand a module over@>@;
@<Wait for everybody who is passing through@>@;
@<Sort out who may go@>@;
@<Make room in the quarantine@>@;
@<Bury a batch@>@;
@<One round of the undertaker@>@;
@<Serve the three who want room@>@;
@<Let exit wait as well@>@;
@<Show who has not been buried@>@;

@ A module that was handed over is on |waiting|, or, during a round, on |in_hand|. When it may go it is buried, by way of |dead|, or, if there is a
quarantine, put on |resting|. The lists are ordered by the time of leaving, the oldest first, except that of two modules put back in
one round the one that was put back later stands in front. So, as a rule, a module stands behind those that used it, which have left before it. That
saves rounds; what keeps a provider from going too early are the counts |late_users| and |late_callers|.

The lists change under |module_mutex|, all but |waiting| by the undertaker alone.

|backlog| is the memory of those that wait, |rested| that of the quarantine. |fresh| counts the modules that are still on their way, and not
held up.
@^lock module\_mutex@>

@<The undertaker's lists and locks@>=
static LIST_HEAD(waiting);
static LIST_HEAD(in_hand);
static LIST_HEAD(dead);
static LIST_HEAD(resting);
static DEFINE_MUTEX(looking); /* one audit or census at a time */
static DECLARE_WAIT_QUEUE_HEAD(undertaker_wq);
static atomic_long_t backlog, rested, fresh;
static void undertake(struct work_struct *unused);
static DECLARE_DELAYED_WORK(undertaker, undertake);
@#
static struct module *module_of(struct module_annex *annex)
{
	return (struct module *)(annex + 1);
}
@#
static unsigned long module_bytes(const struct module *mod)
{
	unsigned long bytes = 0;

	for_each_mod_mem_type(type)
		bytes += mod->mem[type].size;
	return bytes;
}

@*1 Handing over. \label{hand-over}When is a module gone, for those who know it by name? When it was handed over: from then on no
search by name finds it, a namesake can be loaded, and its providers can be removed. For those who know an address it is
still there. It remains |GOING|, on the list and in the tree; its exception table is searched when a straggler
faults, its unwind tables when his stack is looked at, its symbols when he is reported; and its per-CPU data are his
to count in. Everything that follows depends on that: the census could not see a straggler whose module has left the tree.

The providers are let go of now, as they could otherwise not be removed before the undertaker has come. But a straggler may
still call them. So each remembers how many of its users have left before it and are not buried, and is not buried before
them.
@^lock module\_mutex@>

@<Hand a module over@>=
void send_undertaker(void)
{
	mod_delayed_work(system_unbound_wq, &undertaker, 0);
}
@#
void hand_over(struct module *mod, bool failed)
{
	struct module_annex *annex = annex_of(mod);

	annex->failed = failed;
	annex->left_at = jiffies;
	annex->fresh = true;
	atomic_long_inc(&fresh);
	atomic_long_add(module_bytes(mod), &backlog);
	mutex_lock(&module_mutex);
	WRITE_ONCE(annex->nameless, true);
	WRITE_ONCE(annex->stage, STAGE_LEFT);
	let_providers_go(mod);
	list_add_tail(&annex->queue, &waiting);
	mutex_unlock(&module_mutex);
	wake_up_all(&module_wq);
	send_undertaker();
}

@ The records of who uses whom are in two lists, the user's and the provider's. Letting go takes a record off the
provider's list and gives the reference back; it stays on the user's until the burial, since it is the only one who
remembers whom to tell.

@<Let go of the providers, and forget them at last@>=
void let_providers_go(struct module *mod)
{
	struct module_use *use;

	lockdep_assert_held(&module_mutex);
	list_for_each_entry(use, &mod->target_list, target_list) {
		list_del_init(&use->source_list);
		annex_of(use->target)->late_users++;
		annex_of(use->target)->late_callers++;
		module_put(use->target);
	}
}
@#
void forget_providers(struct module *mod)
{
	struct module_use *use, *next;

	lockdep_assert_held(&module_mutex);
	list_for_each_entry_safe(use, next, &mod->target_list, target_list) {
		annex_of(use->target)->late_users--;
		if (!is_trapped(mod))
			annex_of(use->target)->late_callers--;
		list_del(&use->target_list);
		kfree(use);
	}
}

@*1 The waits. \label{waits}There are four, and each has a case that needs it. (The two that the stock loader does not know,
RCU-tasks and the barrier, can be left out for a trial: \see{leave-one-out}. What each wait costs is in \see{bench-leaving}.)

{\it Asynchronous calls\/} are functions that somebody ordered by |async_schedule|. A removal has waited for them
already, before the module was handed over; a load that fails has not, because a hundred drivers that find no
device would wait for each other's probes. So the undertaker does it for them.

{\it A grace period of RCU.} When it is over, every processor has been outside of any section with preemption
off, and every section of RCU that was begun before is at its end. Whoever was called from an interrupt, from a
softirq, or under |rcu_read_lock|, and had read the address of a hook before it was taken off, has by then called it and
come back.

{\it A grace period of RCU-tasks.} When it is over, every task has gone to sleep of its own will, or run in user space, at least once.
This is the wait that the discussion of 2002 did not have. A task that was preempted in the middle of a caller has read
the pointer; it stands in no section that RCU knows of, and the module's text is nowhere on its stack, only an
address of its data perhaps. Nothing can find it. But it has not slept of its own will since it read the pointer, so it cannot
outlast this wait. (The price: a thread of the kernel that never sleeps of its own will, wherever it is, holds up every burial, as
it holds up everybody else who uses RCU-tasks.)

{\it The barrier.} A callback that was given to |call_rcu| may be run long after a grace period that began
later: on processors whose callbacks are taken off them, or batched to save power, seconds later. |rcu_barrier| waits
for all callbacks that were queued before, whoever queued them, and is hence called for all modules and not only for those
that import |call_rcu|: a file system whose function for freeing inodes is run by RCU imports nothing that would show it.
@^lock RCU@>

@ Before the two grace periods comes the wait for asynchronous calls, since such a function may do anything, and be preempted at the end
of it. The barrier comes later, for a reason that \see{undertaker} tells.
@^lock RCU@>

The two grace periods come one after the other. There is a function that lets them run side by side, and it takes more than three times as long
(\see{bench-leaving} has the figures): whoever waits in it is woken when the first one ends, just when RCU-tasks begins to look for tasks that are awake, and
finds him. Which of the two comes first does not matter. Each waits for those who had read a hook before it began, and nobody has read one since exit.

In a kernel that cannot be preempted there is no RCU-tasks, and need not be: both names then mean the same function.

@<Wait for everybody who is passing through@>=
static void wait_for_those_on_the_way(bool failed_loads)
{
	if (failed_loads)
		async_synchronize_full();
	if (!left_out(WITHOUT_TASKS))
		synchronize_rcu_tasks();
	synchronize_rcu();
}
@#
static void wait_for_callbacks(void)
{
	if (!left_out(WITHOUT_BARRIER))
		rcu_barrier();
}

@ A preemptible kernel without RCU-tasks can be configured, by leaving out everything that needs it: probes, tracing of
functions, BPF. Then this protection is absent. The loader cannot select it, as that would move the layout of
|struct task_struct|, and modules built for the stock kernel would not fit any more. So it says what is missing.
@.no RCU-tasks in this kernel@>

@<Wait for everybody who is passing through@>=
static int __init tell_what_is_missing(void)
{
	if (IS_ENABLED(CONFIG_PREEMPTION) && !IS_ENABLED(CONFIG_TASKS_RCU))
		pr_info("no RCU-tasks in this kernel: who was preempted "@|
			"on his way into a module is not waited for\n");
	return 0;
}
late_initcall(tell_what_is_missing);

@*1 One round. \label{undertaker}A round begins with those that are waiting now; whoever comes later has to wait for the next. Everything is
done once for all of them: that is why removing a hundred modules costs hardly more than removing one.

Let those on the way pass; look; let the callbacks pass; look again. The order matters, and is not obvious. After the grace periods
nobody is on his way in any more. Whoever came in has left, or is still inside, perhaps asleep; and the first look finds
him if he is. If it finds nobody, everybody who could give orders from inside has given them: what is armed is found by the audit, and
what is a callback of RCU is run to its end by the barrier. What those callbacks have ordered in their turn is found by
the second look.

Why is one look at the end not enough? Because a census is not a snapshot. It visits one task after the other, and in the meantime the others run.

\figure{two-censuses}{Why one look is not enough. The task on the right is asleep in the module all through the waits, and leaves
before the census comes to it; what it has ordered on its way out runs in the task on the left, which was looked at already.}

@ The first plan was another one, and seems to need no proof.

\wrongway Look, wait for everybody, look again: a census before all the waits and one after them. Whoever is inside is seen by the
one, whoever is on his way in is outwaited, and whatever they have ordered is flushed. \endwrong

\noindent But it is wrong. A task has the pointer in its hand, and the first census does
not see it. It goes in and falls asleep there; to RCU-tasks one sleep is as good as another, so that
wait is over. The barrier is over too. Then the task orders a callback, leaves, and is gone when the second census comes. The game was found by Spin, in
a second (\chap{leaving-model}); in the order above it finds none. The chapter of the model also says
what no order can do: a module whose callbacks order callbacks for ever is not held.

@ A module may go if neither look found anything: nobody inside, and nothing that was left, not even something that could be
cancelled, since somebody must have ordered that. An undisturbed module is through in one round.

In front of all that is another look. Nothing depends on it, but it spares the waits: while somebody is known to be asleep in a module, it would be of no use to
wait for others who pass through it. So a module is put back at once if somebody was found in it, or something that can only be waited for; and he is named in the log
while everybody remembers the removal. The audit comes before the census there, and cancels what a load that failed has left behind; for a
module that was removed this was done right after exit, by |audit_now|.
@^lock looking@>

@<One round of the undertaker@>=
static void look_around(bool waited)
{
	guard(mutex)(&looking);
	if (!waited)
		audit(NULL);
	census(NULL);
	if (waited)
		audit(NULL);
	put_back(waited);
}
@#
void audit_now(struct module *mod)
{
	guard(mutex)(&looking);
	audit(mod);
}

@ If all are put back after a look, what remains of the round is the quarantine and its dead. The ticket is read first, and served last: whoever took one before
the round began can be sure that all of it came after (\see{room}).
@^lock module\_mutex@>

@<One round of the undertaker@>=
static void undertake(struct work_struct *unused)
{
	unsigned long ticket = READ_ONCE(tickets);

	hand_over_released();
	mutex_lock(&module_mutex);
	list_splice_init(&waiting, &in_hand);
	mutex_unlock(&module_mutex);
	if (!list_empty(&in_hand))
		look_around(false);
	@<Let everybody pass, look twice, and sort@>@;
	make_room();
	bury_batch();
	WRITE_ONCE(served, ticket);
	wake_up_all(&undertaker_wq);
	@<Come again if somebody is left@>@;
}

@ The wait for asynchronous calls is spared if nobody needs it. Whatever is put back leaves |in_hand|; when that is empty, the waits are spared too.

@<Let everybody pass, look twice, and sort@>=
if (!list_empty(&in_hand)) {
	wait_for_those_on_the_way(has_failed_load());
	look_around(true);
}
if (!list_empty(&in_hand)) {
	wait_for_callbacks();
	look_around(true);
	lay_to_rest();
}

@ The next round comes after one tenth of a second, then after two, four, eight, and at last every two seconds. Whoever hands a
module over sends the undertaker at once, and he will look at all that wait.

@<Come again if somebody is left@>=
if (list_empty(&waiting)) {
	pause = 0;
} else {
	pause = clamp(2 * pause, HZ / 10, 2 * HZ);
	queue_delayed_work(system_unbound_wq, &undertaker, pause);
}

@ What one round leaves to the next.

@<The undertaker's lists and locks@>=
static unsigned long pause; /* before the next round, in jiffies */
static unsigned long tickets, served; /* see \see{room} */

@ After three rounds a module counts as one that is held up, for the sake of those who wait until the undertaker has done what he can
do. It is taken off the account of those that are on their way, and does not come back to it.

@<Sort out who may go@>=
static void no_longer_fresh(struct module_annex *annex)
{
	if (annex->fresh)
		atomic_long_dec(&fresh);
	annex->fresh = false;
}
@#
static void leave_for_later(struct module_annex *annex, struct list_head *later)
{
	if (++annex->rounds >= 3)
		no_longer_fresh(annex);
	list_move_tail(&annex->queue, later);
}

@ Those that cannot go yet return to the head of |waiting|, in their old order, before those that have left in the meantime.
This is decided with |looking| still held: an exit function that asks for a census of its own would otherwise set to zero what is
being read here.
@^lock module\_mutex@>

@<Sort out who may go@>=
static void put_back(bool waited)
{
	struct module_annex *annex, *next;
	LIST_HEAD(later);

	guard(mutex)(&module_mutex);
	list_for_each_entry_safe(annex, next, &in_hand, queue)
		if (annex->inside || annex->reachable || (waited && annex->found))
			leave_for_later(annex, &later);
	list_splice(&later, &waiting);
}

@ A removal has waited for asynchronous calls right after exit. A load that failed has no exit, and was handed over at once; for its sake they are waited for in the round.

@<Sort out who may go@>=
static bool has_failed_load(void)
{
	struct module_annex *annex;

	list_for_each_entry(annex, &in_hand, queue)
		if (annex->failed)
			return true;
	return false;
}

@ If a straggler was reported in the module, the log says that he is out; of any other module nothing is said.
@.nobody is inside any more@>

@<Sort out who may go@>=
static void say_who_is_out(struct module_annex *annex, const char *where)
{
	if (annex->told[0].place)
		pr_info("%s: nobody is inside any more, %s\n", module_of(annex)->name, where);
}

@ What has passed both looks goes into quarantine, or is dead. A provider whose late users are not all buried cannot be buried; it can go into
quarantine, if all of them are there. As long as one of them has its text, a straggler in it may still call the provider, and
has every right to.

The architecture's notes are withdrawn before the traps are set. They say which instructions have to be rewritten when a
second processor comes up, and must not lead to memory that holds traps instead.
@^lock module\_mutex@>

@<Sort out who may go@>=
static void lay_to_rest(void)
{
	struct module_annex *annex, *next;
	LIST_HEAD(later);

	list_for_each_entry_safe(annex, next, &in_hand, queue) {
		struct module *mod = module_of(annex);
		@<Leave it for later if somebody may call it, and |continue|@>@;
		@<Put the module into quarantine, if there is one, and |continue|@>@;
		guard(mutex)(&module_mutex);
		if (annex->late_users) {
			leave_for_later(annex, &later);
			continue;
		}
		forget_providers(mod);
		list_move_tail(&annex->queue, &dead);
		say_who_is_out(annex, "the memory is freed");
	}
	guard(mutex)(&module_mutex);
	list_splice(&later, &waiting);
}

@ Only the undertaker lowers |late_callers|, and nobody raises it once the module has left; so it may be read again without the mutex.
@^lock module\_mutex@>

@<Leave it for later if somebody may call it, and |continue|@>=
scoped_guard (mutex, &module_mutex)
	if (annex->late_callers)
		leave_for_later(annex, &later);
if (annex->late_callers)
	continue;

@ If there is no memory for the traps, or no quarantine, the module is buried now. In quarantine nobody waits for it any more: it is taken off the accounts of
what waits, and calls nobody.
@^lock module\_mutex@>

@<Put the module into quarantine, if there is one, and |continue|@>=
if (READ_ONCE(quarantine_limit) && !modules_are_trusted()) {
	if (still_to_clean(mod))
		module_arch_cleanup(mod);
	if (set_traps(mod)) {
		struct module_use *use;
		@#
		guard(mutex)(&module_mutex);
		list_for_each_entry(use, &mod->target_list, target_list)
			annex_of(use->target)->late_callers--;
		list_move_tail(&annex->queue, &resting);
		atomic_long_add(quarantine_bytes(mod), &rested);
		atomic_long_sub(module_bytes(mod), &backlog);
		no_longer_fresh(annex);
		say_who_is_out(annex, "it lies in quarantine");
		continue;
	}
}

@ A module in quarantine in which the audit finds anything can still be reached, and does not go, whoever needs its memory.
@^lock looking@>

@<Make room in the quarantine@>=
static bool room_is_wanted; /* by a load that found none, or by the kernel */
@#
static bool still_reached(struct module *mod)
{
	guard(mutex)(&looking);
	return may_be_reached(mod);
}

@ The quarantine is bounded. When it holds more than it may, the oldest go first; when somebody needs memory, all go. But in neither case does
one go before its users.
@^lock module\_mutex@>

@<Make room in the quarantine@>=
static void make_room(void)
{
	bool all = xchg(&room_is_wanted, false);
	struct module_annex *annex, *next;

	list_for_each_entry_safe(annex, next, &resting, queue) {
		struct module *mod = module_of(annex);

		if (!all && atomic_long_read(&rested) <= READ_ONCE(quarantine_limit))
			break;
		if (still_reached(mod))
			continue;
		guard(mutex)(&module_mutex);
		if (annex->late_users)
			continue;
		forget_providers(mod);
		atomic_long_sub(quarantine_bytes(mod), &rested);
		list_move_tail(&annex->queue, &dead);
	}
}

@ The dead are unlinked from everything that is searched by address, all of them; then comes one grace period, for those who search;
then their memory is freed (\chap{burial}), that of a user always before that of its provider.
@^lock RCU@>

@<Bury a batch@>=
static void bury_batch(void)
{
	struct module_annex *annex, *next;

	if (list_empty(&dead))
		return;
	list_for_each_entry(annex, &dead, queue)
		annex->untagged = unlink_module(module_of(annex));
	synchronize_rcu();
	list_for_each_entry_safe(annex, next, &dead, queue) {
		struct module *mod = module_of(annex);
		@<Strike the module off the accounts@>@;
		free_its_memory(mod, annex->untagged);
		if (waited_for)
			atomic_long_dec(&fresh);
	}
}

@ A module counts as fresh until its memory is gone, and then it cannot be asked any more; so it is asked before. One that comes from quarantine
was struck off the account of the quarantine when it was chosen.
@^lock module\_mutex@>

@<Strike the module off the accounts@>=
bool waited_for = annex->fresh;
@#
if (is_trapped(mod))
	lift_traps(mod);
else
	atomic_long_sub(module_bytes(mod), &backlog);
scoped_guard (mutex, &module_mutex)
	list_del(&annex->queue);

@*1 Room. \label{room}Memory that waits for the undertaker is memory that nobody can use. Three parties have to do with that.

The {\it remover\/} first: somebody who loads and removes in a loop would be faster than the undertaker. If more than
\.{module.backlog} bytes wait, 64~MiB unless somebody says otherwise, he is made to wait until they are fewer, though no longer than half a minute. He can be killed,
and he does not wait for modules that are held up by a straggler, which could take for ever.
The module that he has removed is gone either way.

@<Serve the three who want room@>=
void wait_for_the_backlog(void)
{
	if (atomic_long_read(&backlog) <= READ_ONCE(backlog_limit))
		return;
	wait_event_killable_timeout(undertaker_wq, @| atomic_long_read(&backlog) <= READ_ONCE(backlog_limit) ||@|
				    !atomic_long_read(&fresh), 30 * HZ);
}

@ Then the {\it load\/} that finds no room in the area of modules, or in the reserve of per-CPU memory, both of which are small. It
takes a ticket, sends the undertaker, waits until he has served the ticket, and tries once more. The quarantine
is emptied for it as far as it can be.
@^lock module\_mutex@>

It must not wait for ever. It may run in an asynchronous call, for which the undertaker waits at this moment: each would
wait for the other. Hence the limit of five seconds, after which the load fails as it would have failed at once.

@<Serve the three who want room@>=
static unsigned long take_a_ticket(void)
{
	guard(mutex)(&module_mutex);
	return ++tickets;
}
@#
static bool has_served(unsigned long ticket)
{
	return (long)(READ_ONCE(served) - ticket) >= 0;
}
@#
bool undertaker_makes_room(void)
{
	unsigned long ticket;

	if (!atomic_long_read(&backlog) && !atomic_long_read(&rested))
		return false;
	WRITE_ONCE(room_is_wanted, true);
	ticket = take_a_ticket();
	send_undertaker();
	wait_event_killable_timeout(undertaker_wq, @| has_served(ticket), 5 * HZ);
	return true;
}

@ And the {\it kernel}, when memory is short. What lies in quarantine is a cache, in the sense that it can be given up;
so it is declared as one, to the facility that asks all caches to shrink. We cannot shrink at once, as that takes
a grace period, but we can begin.
@^error ENOMEM@>

@<Serve the three who want room@>=
static unsigned long count_rested(struct shrinker *unused, struct shrink_control *sc)
{
	return atomic_long_read(&rested) >> PAGE_SHIFT;
}
@#
static unsigned long give_up_rested(struct shrinker *unused, @| struct shrink_control *sc)
{
	WRITE_ONCE(room_is_wanted, true);
	send_undertaker();
	return SHRINK_STOP;
}
@#
static int __init declare_as_cache(void)
{
	struct shrinker *shrinker = shrinker_alloc(0, "module-quarantine");

	if (!shrinker)
		return -ENOMEM;
	shrinker->count_objects = count_rested;
	shrinker->scan_objects = give_up_rested;
	shrinker_register(shrinker);
	return 0;
}
late_initcall(declare_as_cache);

@*1 For exit functions. \label{module-quiesce}What the loader does after exit is too late for data. An author who frees a list in exit
must know, {\it before\/} he frees it, that nobody reads it any more; and for that he needs the same waits in the middle of his exit,
between the unhooking and the destroying. |module_quiesce| is for him. When it returns, nobody is in the text of the module but the caller and the threads
of the module itself, which exit has yet to stop; nobody is about to enter by something that was unhooked before the call; and all
callbacks of RCU that were queued before the call have run.

\medskip
\begintable{l p{4in}}
{\rm argument} & |THIS_MODULE|; |NULL| (code that is built in) for the waits alone \cr
{\rm context} & process, may sleep; no lock held that a straggler may need; not under RCU \cr
{\rm result} & none: it cannot fail. It returns when all are out; stragglers are named in the log meanwhile \cr
{\rm cost} & some tenths of a second: one of each wait, two censuses \cr
\endtable

It cannot be interrupted, since exit has no use for the answer ``not yet''. Whoever calls it without having unhooked first may wait for ever.

@ Its look is the census of \chap{census}, for one module. What the undertaker reads is changed by it, hence the lock.
@^lock looking@>

@<Let exit wait as well@>=
@<Remember who waits for his own module@>@;
@#
static unsigned int stragglers_in(struct module *mod)
{
	guard(mutex)(&looking);
	census(mod);
	return annex_of(mod)->inside;
}

@ A round is made of the same two waits and two looks as the undertaker's, in the same order; and if anybody was seen in either of the looks another
round is made, after a pause that grows to two seconds. The time of leaving, from which the log counts, is for this module the time of its first look.
@^lock looking@>

@<Let exit wait as well@>=
void module_quiesce(struct module *mod)
{
	struct visitor me = {@t\1@>@/
		@[@].task = current,@/
		@[@].mod = mod,@t\2@>@/
	};
	unsigned int found, ms = 50;

	might_sleep();
	if (mod && !annex_of(mod)->left_at)
		annex_of(mod)->left_at = jiffies; /* the first look */
	scoped_guard (mutex, &looking)
		list_add(&me.list, &visitors);
	do {
		found = 0;
		wait_for_those_on_the_way(false);
		found += mod ? stragglers_in(mod) : 0;
		wait_for_callbacks();
		found += mod ? stragglers_in(mod) : 0;
		if (found)
			msleep(ms = min(2 * ms, 2000U));
	} while (found);
	scoped_guard (mutex, &looking)
		list_del(&me.list);
}
EXPORT_SYMBOL_GPL(module_quiesce);

@ Two tasks may wait for one module at the same time: two devices are unplugged, say, and the functions that remove them both ask. If each
counted the other, neither would ever return. So whoever waits is on a list, and is not counted. The list changes with |looking| held, like
everything that a census reads.
@^lock looking@>

@s visitor int

@<Remember who waits for his own module@>=
static LIST_HEAD(visitors);
struct visitor {
	struct list_head list;
	const struct task_struct *task;
	const struct module *mod;
};
@#
bool is_quiescing(const struct task_struct *task, const struct module *mod)
{
	struct visitor *v;

	list_for_each_entry(v, &visitors, list)
		if (v->task == task && v->mod == mod)
			return true;
	return false;
}

@ A module that imports it would not load on a stock kernel. So it is imported weakly: if the kernel has no such
symbol, the address is null, and the header below does what comes nearest. It lacks three things. There is no census: a task that sleeps inside
is not waited for. In a kernel without |synchronize_rcu_tasks|, which only exists if something selects it, a task that was preempted inside is
not waited for either. And nobody is named.

An author copies the file beside his own; nothing else is needed.

@(modules/quiesce.h@>=
#ifndef UNLOAD_QUIESCE_H
#define UNLOAD_QUIESCE_H
#include <linux/module.h>
#include <linux/rcupdate.h>
@#
extern void module_quiesce(struct module *mod) __weak;
#ifdef CONFIG_TASKS_RCU
extern void synchronize_rcu_tasks(void) __weak;
#endif
@#
static inline void unload_quiesce(void)
{
	void @[@](*volatile quiesce)(struct module *) = module_quiesce;

	if (quiesce) {
		quiesce(THIS_MODULE);
		return;
	}
	synchronize_rcu();
#ifdef CONFIG_TASKS_RCU
	if (synchronize_rcu_tasks)
		synchronize_rcu_tasks();
#endif
	rcu_barrier();
}
#endif

@*1 What can be set, and what is seen. \label{burials}Two parameters are numbers of bytes, with the usual suffixes. The quarantine has no room unless it is given some: it costs
memory, and its use is to find mistakes.
@^error EINVAL@>

@<Parameters of the time after exit@>=
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX "module."
static unsigned long quarantine_limit;
static unsigned long backlog_limit = 64UL << 20;
@#
static int set_bytes(const char *value, const struct kernel_param *kp)
{
	char *end;
	unsigned long long bytes = memparse(value, &end);

	if (end == value || (*end && *end != '\n') || bytes > LONG_MAX)
		return -EINVAL;
	WRITE_ONCE(*(unsigned long *)kp->arg, bytes);
	if (system_state == SYSTEM_RUNNING)
		send_undertaker(); /* there may be more in quarantine than there may be */
	return 0;
}
static const struct kernel_param_ops bytes_ops = {@t\1@>@/
	@[@].set = set_bytes,@/
	@[@].get = param_get_ulong,@t\2@>@/
};
module_param_cb(quarantine, &bytes_ops, &quarantine_limit, 0644);
module_param_cb(backlog, &bytes_ops, &backlog_limit, 0644);

@ \label{leave-one-out}A third is for teachers, and for the trials of this book: \.{module.without} names protections that are to be left out, as in
\.{module.without=tasks,census}. (All four are left out where modules are trusted, \chap{verdict}.) Then a scenario that needs the protection comes to harm (\chap{leave-table}).
@^error EINVAL@>

@<Parameters of the time after exit@>=
static const char *const protections[] = { "tasks", "barrier", "census", "audit" };
static unsigned long without; /* a bit for each |enum protection| */
@#
bool left_out(enum protection protection)
{
	return unlikely(READ_ONCE(without) & BIT(protection)) || modules_are_trusted();
}
@#
static int set_without(const char *value, const struct kernel_param *kp)
{
	char words[64], *rest = words, *word;
	unsigned long bits = 0;

	if (strscpy(words, value, sizeof(words)) < 0)
		return -EINVAL;
	while ((word = strsep(&rest, ",\n"))) {
		int which = match_string(protections, ARRAY_SIZE(protections), word);

		if (which >= 0)
			bits |= BIT(which);
		else if (*word && strcmp(word, "none"))
			return -EINVAL;
	}
	WRITE_ONCE(without, bits);
	return 0;
}

@ Whoever reads it is told the same words, or \.{none}.

@<Parameters of the time after exit@>=
static int get_without(char *buffer, const struct kernel_param *kp)
{
	int length = 0;

	for (int i = 0; i < ARRAY_SIZE(protections); i++)
		if (READ_ONCE(without) & BIT(i))
			length += sysfs_emit_at(buffer, length, "%s%s", length ? "," : "", protections[i]);
	return length + sysfs_emit_at(buffer, length, "%s\n", length ? "" : "none");
}
static const struct kernel_param_ops without_ops = {@t\1@>@/
	@[@].set = set_without,@/
	@[@].get = get_without,@t\2@>@/
};
module_param_cb(without, &without_ops, NULL, 0644);

@ Whoever wants to know what has become of a module reads \.{modules/burials} in debugfs. There is a line for
each that is not buried: its name, its bytes, why it is still there, and how many milliseconds ago it left. Those in quarantine come first. The reason is
\.{quarantine}, \.{inside} (the census found somebody), \.{reachable} (the audit found what can only be waited for), \.{late-users}, or else \.{waits}. The first line tells how
long the last census took.
@^lock module\_mutex@>

\begintt
# census 92 tasks in 341 us
d1_timer 16384 quarantine 61204
d4_thread 24576 inside 5120
\endtt

@<Show who has not been buried@>=
static const char *why_still_here(const struct module_annex *annex)
{
	if (annex->stage == STAGE_TRAPPED)
		return "quarantine";
	if (annex->inside)
		return "inside";
	if (annex->reachable)
		return "reachable";
	return annex->late_users ? "late-users" : "waits";
}
@#
static void show_list(struct seq_file *file, struct list_head *list)
{
	struct module_annex *annex;

	list_for_each_entry(annex, list, queue) {
		struct module *mod = module_of(annex);

		seq_printf(file, "%s %lu %s %u\n", mod->name,@|
			   is_trapped(mod) ? quarantine_bytes(mod) : module_bytes(mod),@|
			   why_still_here(annex), jiffies_to_msecs(jiffies - annex->left_at));
	}
}

@ All four lists are shown as they are between two looks: in the middle of one a module may have been found by the first census, and not yet by the second.
@^lock looking@>@^lock module\_mutex@>

@<Show who has not been buried@>=
static int burials_show(struct seq_file *file, void *unused)
{
	guard(mutex)(&looking); /* half a census says nothing */
	guard(mutex)(&module_mutex);
	seq_printf(file, "# census %u tasks in %llu us\n", @| last_census.tasks, last_census.ns / 1000);
	show_list(file, &resting);
	show_list(file, &dead);
	show_list(file, &in_hand);
	show_list(file, &waiting);
	return 0;
}

@ Whoever writes to the file waits until the undertaker has done what he can do: until every module is buried, in quarantine, or
held up. That is for tests, and for those who count their memory.
@^error ERESTARTSYS@>

@<Show who has not been buried@>=
static int burials_open(struct inode *inode, struct file *file)
{
	return single_open(file, burials_show, NULL);
}
@#
static ssize_t burials_write(struct file *file, @| const char __user *from, size_t length, loff_t *at)
{
	unsigned long ticket = take_a_ticket();

	send_undertaker();
	if (wait_event_interruptible(undertaker_wq, has_served(ticket) && @| !atomic_long_read(&fresh)))
		return -ERESTARTSYS;
	return length;
}

@ The file names no owner, and needs none: this is a part of the kernel, and stays.

@<Show who has not been buried@>=
static const struct file_operations burials_fops = {@t\1@>@/
	@[@].open = burials_open,@/
	@[@].read = seq_read,@/
	@[@].write = burials_write,@/
	@[@].llseek = seq_lseek,@/
	@[@].release = single_release,@t\2@>@/
};
@#
static int __init make_burials_file(void)
{
	debugfs_create_file("burials", 0600, mod_debugfs_root, NULL, &burials_fops);
	return 0;
}
late_initcall(make_burials_file);

@*1 Exercises.
\exercise{15} Three modules have left. A thread of the second one sleeps in it, and will never be stopped. How often are grace periods waited for in
the next hour, if no other module leaves?

\exercise{20} A load that finds no room waits for a ticket, and a remover for the backlog. Exchange the two: what is wrong with a load that
waits until the backlog is small, and with a remover who waits until a ticket is served?
