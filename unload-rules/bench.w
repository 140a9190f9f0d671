@q SPDX-License-Identifier: GPL-2.0-only @>

@* What it costs. \label{bench}%
A count that is kept apart for every processor has one purpose: to be cheap where it is used, and dear only where it is read. This chapter
measures both sides, and before that it does what measuring presupposes: it tries whether the thing measured is correct, under a tool
that the kernel of the lab does not have.

The header \.{refs.h} of \chap{count} needs little from its surroundings: a counter for each processor, one number
for all, a section with preemption off, a way to wait until every such section has been left. A program with threads
can supply all that. So the file is compiled here a second time, unchanged, as a part of \.{host/count.c}.

\begintable{t p{4.2in}}
count hand & steps in a fixed order, on paper processors; what is expected after each is written down \cr
count crowd & threads that get and put while others attempt, drain, change their mind and read \cr
count bench & pairs of get and put in a second, against the stock form of the count \cr
count goals & the figures that this chapter promises to keep \cr
\endtable

@ The second half runs in the guest, where the processor is a program and counts its instructions. There the whole
function is measured, with the call, the tracepoint and the mitigations of the compiler, on the book's kernel and on
its stock twin.

What we promise stands in one table. It is tangled into the program, which prints it, and the test script takes it
from there; so text, program and test cannot come to differ. A goal of zero is no goal: the figure is printed for
information.

@<What this chapter promises@>=
static const struct goal {
	const char *name, *unit;
	double at_least, at_most;
} goals[] = {@t\1@>@/
	{ "threads-1", "pairs a second on one thread, ours to stock", 0.8, 0 },@/
	{ "threads-2", "pairs a second on two threads, ours to stock", 4, 0 },@/
	{ "pair", "instructions of one get and put, ours to stock", 0, 1.3 },@/
	{ "removal", "time of one removal, ours to stock", 0, 1.1 },@/
	{ "work", "time of one removal without its waits, ours to stock", 0, 0 },@/
	{ "refusal", "instructions of one refused attempt, ours to stock", 0, 0 },@/
	{ "reading", "instructions to list all modules, ours to stock", 0, 0 },@/
	{ "verdict", "instructions to load a module, judged to not judged", 0, 1.02 },@/
	{ "hundred", "time to remove 100 modules, ours to stock", 0, 0.5 },@/
	{ "freed", "time until their memory is free, ours to stock", 0, 0 },@t\2@>@/
};

@ And here is what was measured. The table is not a part of the source: \.{make bench} measures, writes it, and weaves the
book again. Where nobody has measured, there is nothing to print.

\newread\benchfile
\openin\benchfile=../../bench.tex
\ifeof\benchfile
\medskip\noindent {\it This copy was woven before anybody had run\/} \.{make\ bench}.
\else \closein\benchfile \input ../../bench.tex
\fi

@ The program, from top to bottom: what the kernel would supply, the count, a module made of paper that the count
protects, and the trials.

The header is included in the middle, and includes nothing itself. That is a courtesy of its author: whoever
includes it decides what a per-CPU variable is, and an atomic number. A header that brought its own kernel along
could not be tried anywhere else.

@(host/count.c@>=
#include <errno.h>
#include <linux/membarrier.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
@#
@<Complain and end the trial@>@;
@<Threads that play processors@>@;
@<Numbers that several threads change@>@;
@<Wait until every section has been left@>@;
@<The bell of a drain, for threads@>@;
#include "refs.h"
@<A module made of paper@>@;
@<The count, step by step@>@;
@<A crowd around the count@>@;
@<Pairs in a second@>@;
@<What this chapter promises@>@;
@<Run the part that was asked for@>@;

@ A trial that has seen something impossible ends at once. What the other threads do after it would only bury the evidence.

@<Complain and end the trial@>=
static void fail(const char *what, long seen, long wanted)
{
	printf("FAILED %s (%ld, %ld)\n", what, seen, wanted);
	fflush(stdout);
	_exit(1);
}

@*1 Processors of paper. Each thread is a processor. Its per-CPU data lie |STRIDE| bytes behind those of the thread
before it, and |here| is the distance from the first; so the address of a per-CPU variable is the address of the
first one plus |here|. The kernel does the same with a segment register, and the compiler makes of our thread-local
variable a segment register too, which is why the benchmark below may claim to resemble the kernel.

@s __thread const

@<Threads that play processors@>=
enum { CPUS = 8, STRIDE = 256 };
static __thread unsigned long here;
#define @[__percpu@]
#define per_cpu_at(p, distance) @[((typeof(p))((char *)(p) + (distance)))@]
#define per_cpu_ptr(p, cpu) @[per_cpu_at(p, (cpu) * STRIDE)@]
#define for_each_possible_cpu(cpu) @[for (cpu = 0; cpu < CPUS; cpu++)@]
#define this_cpu_inc(x) @[add_here(per_cpu_at(&(x), here))@]
#define alloc_percpu(type) @[((type *)calloc(CPUS, STRIDE))@]
#define free_percpu(p) @[free(p)@]
@<Hold a window open@>@;
@#
static inline void add_here(unsigned long *p)
{
	open_window(64);
	__atomic_store_n(p, __atomic_load_n(p, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
}

@ A window is a place where the protocol would be wrong if it lacked some protection: between the test of the mode
and the increment, for instance. On a real machine a window is open for a nanosecond, and a missing protection goes
unnoticed for years. So the crowd is compiled with |WINDOWS|, and at each such place a thread sometimes falls
asleep. Protections must hold for any length of sleep; and without one of them the accident happens in the first
second, not in the first year.

The dice are simple, and each thread has its own. In the benchmark the function is empty.

@<Hold a window open@>=
static __thread unsigned int dice;
@#
static inline unsigned int throw_dice(unsigned int sides)
{
	dice = dice * 1103515245 + 12345;
	return (dice >> 16) % sides;
}
@#
static inline void open_window(unsigned int odds)
{
#ifdef WINDOWS
	if (!throw_dice(odds))
		usleep(throw_dice(100));
#endif
}

@ Preemption off is a counter, odd while a thread is inside. It has one writer, its thread, and is stepped on entry
and on leaving; so the one who waits need not meet it at an even moment; he only has to see it move.

On entry the thread writes its counter and then reads the mode of the count; the one who waits writes the mode and
then reads the counters. Each must see what the other wrote, or both would go on in ignorance: this is the pattern
in which a processor's store buffer betrays programs. The kernel pays for the safety on the waiting side only, with
an interrupt to every processor, and we do the same with |membarrier|, a system call that has the same effect on all
threads of a process. But ThreadSanitizer knows nothing of it; where it watches, the entry is an ordinary store in
sequential order.

@<Threads that play processors@>=
static unsigned long turns[CPUS][STRIDE / sizeof(long)];
#ifdef __SANITIZE_THREAD__
enum { ON_ENTRY = __ATOMIC_SEQ_CST };
#else
enum { ON_ENTRY = __ATOMIC_RELAXED };
#endif
@#
static inline void step_turn(int order)
{
	unsigned long *turn = per_cpu_at(&turns[0][0], here);
@#
#ifndef PREEMPTIBLE
	__atomic_store_n(turn, __atomic_load_n(turn, __ATOMIC_RELAXED) + 1, order);
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
#endif
}
static inline void preempt_disable(void) { step_turn(ON_ENTRY); }
static inline void preempt_enable(void) { step_turn(__ATOMIC_RELEASE); }

@ To wait for the processors is to make each of them pass a barrier, and then to wait for those who were inside.
Reading a counter that has moved acquires all that its thread did before it moved, in particular its increments.
That is what the one who adds up relies on.
@^lock RCU@>

@<Wait until every section has been left@>=
static void synchronize_rcu_expedited(void)
{
#ifndef NO_WAIT
	@<Make every thread see what we wrote@>@;
	for (int cpu = 0; cpu < CPUS; cpu++) {
		unsigned long *turn = &turns[cpu][0];
		unsigned long seen = __atomic_load_n(turn, __ATOMIC_ACQUIRE);
@#
		while ((seen & 1) && __atomic_load_n(turn, __ATOMIC_ACQUIRE) == seen)
			sched_yield();
	}
#endif
}

@ Under ThreadSanitizer any read-modify-write in sequential order will do as the barrier on our side. A kernel
without |membarrier| cannot run the other form, and says so.

@<Make every thread see what we wrote@>=
#ifdef __SANITIZE_THREAD__
static long barrier;
__atomic_fetch_add(&barrier, 1, __ATOMIC_SEQ_CST);
#else
if (syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0, 0))
	fail("membarrier", errno, 0);
#endif

@ The operations on the shared number have the orders that the kernel's documentation gives them, and no more. Those
that return nothing order nothing; those that return a value order everything, but a conditional one that did not do
its work orders nothing again. A stronger order here could hide a mistake in the header, since this is all that
ThreadSanitizer has to judge by.

One concession must be made. The kernel relies on it that a write which depends on a read cannot come before it: who
counts for himself has read |REFS_FAST|, so he counts after the remover has read the counters and written that word.
ThreadSanitizer knows no such dependences, and is told that the read acquires.

@<Numbers that several threads change@>=
#ifdef __SANITIZE_THREAD__
enum { DEPENDENT = __ATOMIC_ACQUIRE };
#else
enum { DEPENDENT = __ATOMIC_RELAXED };
#endif
#define READ_ONCE(x) @[__atomic_load_n(&(x), DEPENDENT)@]
#define WRITE_ONCE(x, value) @[__atomic_store_n(&(x), value, __ATOMIC_RELAXED)@]
#define smp_store_release(p, value) @[__atomic_store_n(p, value, __ATOMIC_RELEASE)@]
#define BITS_PER_LONG 64
#define likely(x) @[__builtin_expect(!!(x), 1)@]
#define unlikely(x) @[__builtin_expect(!!(x), 0)@]

@ The barriers between plain reads and between plain writes cost nothing on the processors we run on; only the
compiler has to be told. The window at the reader's barrier is opened often, for a reader is slow by nature:
whatever can happen between its two looks should happen.

@<Numbers that several threads change@>=
#define smp_wmb() @[__atomic_signal_fence(__ATOMIC_SEQ_CST)@]
#define smp_rmb() @[between_looks()@]
@#
static inline void between_looks(void)
{
	__atomic_signal_fence(__ATOMIC_SEQ_CST);
	open_window(4);
}

@ Reading, setting and adding order nothing. An addition that moves the count from one zone to another has a window
before it, since the mutants like to do things in the wrong order there.

@<Numbers that several threads change@>=
typedef struct {
	long counter;
} atomic_long_t;
@#
static inline long atomic_long_read(const atomic_long_t *v)
{
	return __atomic_load_n(&v->counter, __ATOMIC_RELAXED);
}
static inline void atomic_long_set(atomic_long_t *v, long value)
{
	__atomic_store_n(&v->counter, value, __ATOMIC_RELAXED);
}
static inline void atomic_long_add(long n, atomic_long_t *v)
{
	open_window(8);
	__atomic_fetch_add(&v->counter, n, __ATOMIC_RELAXED);
}

@ These return what they found or made, and order everything. A put on the shared number is of this kind; so what
its holder has done with the module comes before the removal that it makes possible, by the same chain of operations
on one number that ThreadSanitizer follows.

@<Numbers that several threads change@>=
static inline long atomic_long_fetch_add(long n, atomic_long_t *v)
{
	return __atomic_fetch_add(&v->counter, n, __ATOMIC_SEQ_CST);
}
static inline long atomic_long_inc_return(atomic_long_t *v)
{
	return atomic_long_fetch_add(1, v) + 1;
}
static inline long atomic_long_dec_return(atomic_long_t *v)
{
	return atomic_long_fetch_add(-1, v) - 1;
}

@ The two that remain decide something, and \chap{count} says why each must be one step. The variants that can be
compiled in instead are two steps, with a window between them. They are wrong on purpose. Here is the one that takes
the last reference.

@<Numbers that several threads change@>=
static inline long atomic_long_cmpxchg(atomic_long_t *v, long old, long new)
{
#ifdef LOOK_THEN_TAKE
	long seen = atomic_long_read(v);
@#
	open_window(2);
	if (seen == old)
		atomic_long_set(v, new);
	return seen;
#else
	__atomic_compare_exchange_n(&v->counter, &old, new, false,
				    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED);
	return old;
#endif
}

@ And the one that grants a reference on the shared number, unless the module has been taken. The window stands
before the loop, in the right form as in the wrong one: whoever has read ``count on the shared number'' may arrive
there much later.

@<Numbers that several threads change@>=
static inline bool atomic_long_inc_unless_negative(atomic_long_t *v)
{
	long old = atomic_long_read(v);
@#
	open_window(16);
#ifdef LOOK_THEN_COUNT
	if (old >= 0)
		atomic_long_inc_return(v);
#else
	while (old >= 0 && !__atomic_compare_exchange_n(&v->counter, &old, old + 1, false,
							__ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
		;
#endif
	return old >= 0;
}

@ The bell: whoever lets the last reference go rings, and a drain that sleeps looks again. Looking and falling
asleep are one step with respect to the bell, as they are in the kernel's |wait_event|.
@^lock bell@>

@<The bell of a drain, for threads@>=
static pthread_mutex_t bell_lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t bell = PTHREAD_COND_INITIALIZER;
static unsigned long rung;
@#
static void ring(void)
{
#ifndef SILENT
	pthread_mutex_lock(&bell_lock);
	rung++;
	pthread_cond_broadcast(&bell);
	pthread_mutex_unlock(&bell_lock);
#endif
}

@*1 A module of paper. It has one word of body. Whoever holds the module reads the body, without any lock, and must
find it |ALIVE|; exit writes it, likewise without a lock. If there is any way in which a holder and exit can meet,
ThreadSanitizer has a data race to report, even when by luck the value was still right.

The module is found on a |shelf|, with preemption off, and the reference is taken before the section ends: rule C5.
There is only one of its kind, which is made anew whenever it was removed. Its counters then need not be zero;
|shared| makes up for what they hold.
@^rule C5@>
@^lock preemption off@>

@<A module made of paper@>=
enum { DEAD = 0xdead, ALIVE = 0x1ee7 };
static struct paper_module {
	struct ref_count refs;
	long body;
} paper, *shelf;
@#
static void publish(void)
{
	if (!paper.refs.here && refs_begin(&paper.refs))
		fail("no memory", 0, 0);
	atomic_long_set(&paper.refs.shared, REFS_BIAS + REFS_BASE - refs_in_counters(&paper.refs));
	WRITE_ONCE(paper.refs.mode, REFS_FAST);
	paper.body = ALIVE;
	__atomic_store_n(&shelf, &paper, __ATOMIC_RELEASE);
}

@ Get and put, as \chap{gate} has them but for the tracepoint. The shelf is read and the reference taken in one
section: between the two the module could be taken off the shelf, but its memory cannot yet become another's.

@<A module made of paper@>=
static inline bool hold(void)
{
	struct paper_module *mod;
	bool got;
@#
	preempt_disable();
	mod = __atomic_load_n(&shelf, __ATOMIC_ACQUIRE);
	got = mod && refs_get(&mod->refs);
	preempt_enable();
	return got;
}

@ A holder can also take more without asking. If the answer to that is that the module is gone, then it went while
somebody held it, and the trial is over.

@<A module made of paper@>=
static inline void hold_more(void)
{
	preempt_disable();
	if (!refs_get_held(&paper.refs))
		fail("a module is taken while somebody holds it", 0, 0);
	preempt_enable();
}
static inline void let_go(void)
{
	preempt_disable();
	if (refs_put(&paper.refs))
		ring();
	preempt_enable();
}

@ An attempt asks first and acts only if the answer gives hope. A {\it careless\/} one acts anyway. In the kernel
nobody does so, but a crowd in which somebody nearly always holds a reference would otherwise never see the act.

@<A module made of paper@>=
#ifdef SHUT_DOOR
static const enum refs_mode during_attempt = REFS_CLOSED;
#else
static const enum refs_mode during_attempt = REFS_SHARED;
#endif
@#
static bool attempt(bool careless)
{
	if (!careless && refs_read(&paper.refs) > REFS_BASE)
		return false;
	refs_gather(&paper.refs, during_attempt);
	if (refs_take(&paper.refs))
		return true;
	refs_spread(&paper.refs);
	return false;
}

@ A drain is interrupted when its patience, in microseconds, is over: for a thread that is as good as a signal. The
number of |drains| is odd while one is going on, so that whoever is refused can tell whether he was refused by a
drain, which is right, or by an attempt, which is not.

@<A module made of paper@>=
static unsigned long drains;
@#
static bool drain(long patience)
{
	struct timespec end;
	bool gone;
@#
	__atomic_add_fetch(&drains, 1, __ATOMIC_SEQ_CST);
	refs_gather(&paper.refs, REFS_CLOSED);
	clock_gettime(CLOCK_REALTIME, &end);
	end.tv_nsec += patience % 1000000 * 1000;
	end.tv_sec += patience / 1000000 + end.tv_nsec / 1000000000;
	end.tv_nsec %= 1000000000;
	pthread_mutex_lock(&bell_lock);
	while (!(gone = refs_take(&paper.refs)))
		if (pthread_cond_timedwait(&bell, &bell_lock, &end))
			break;
	pthread_mutex_unlock(&bell_lock);
	if (!gone)
		refs_spread(&paper.refs);
	__atomic_add_fetch(&drains, 1, __ATOMIC_SEQ_CST);
	return gone;
}

@ When the last reference is taken, exit runs, and nothing is waited for before it. Then the module leaves the
shelf, and a grace period later nobody can be between finding it and being refused; so the memory may become a new
module.

@<A module made of paper@>=
static void bury(void)
{
	paper.body = DEAD;
	WRITE_ONCE(paper.refs.mode, REFS_CLOSED);
	__atomic_store_n(&shelf, NULL, __ATOMIC_RELAXED);
	synchronize_rcu_expedited();
}

@*1 Step by step. First the steps that the chapters on the count have described, on paper processors but by a single
hand, which goes from one to the other by changing |here|. After each step the count must be what the text says.
@.ok ...@>
@.FAILED ...@>

@<The count, step by step@>=
static int failures;
static void expect(const char *what, long seen, long wanted)
{
	bool good = seen == wanted;
@#
	printf("%s %s", good ? "ok" : "FAILED", what);
	printf(good ? "\n" : " (%ld, and not %ld)\n", seen, wanted);
	failures += !good;
}
@#
static void on_cpu(int cpu)
{
	here = cpu * STRIDE;
}
static long held(void)
{
	return refs_read(&paper.refs) - REFS_BASE;
}
@<Steps of an attempt@>@;
@<Steps of a drain@>@;
@<Steps of a put too many, and of force@>@;

@ A reference may be put where it was not taken. Then the gets of one processor exceed its puts, and for another one
it is the other way round; only the sum means anything.

@<Steps of an attempt@>=
static void attempt_by_hand(void)
{
	publish();
	expect("nobody holds a new module", held(), 0);
	on_cpu(1), hold(), hold();
	on_cpu(2), hold(), let_go(), let_go();
	expect("one is held, whoever put the others", held(), 1);
	expect("an attempt that looks is refused", attempt(false), false);
	expect("a careless one as well", attempt(true), false);
	expect("and leaves the count as it was", held(), 1);
	expect("and per CPU", READ_ONCE(paper.refs.mode), REFS_FAST);
	on_cpu(3), let_go();
	expect("nobody holds it now", held(), 0);
	expect("now an attempt succeeds", attempt(false), true);
	expect("a get is refused then", hold(), false);
	bury();
}

@ While a drain goes on nobody new is let in; but those inside may do everything, and when the drain is interrupted,
everybody may.

@<Steps of a drain@>=
static void drain_by_hand(void)
{
	unsigned long before = rung;
@#
	publish();
	on_cpu(1), hold();
	refs_gather(&paper.refs, REFS_CLOSED);
	expect("in a drain a get is refused", hold(), false);
	hold_more();
	expect("a holder takes another one", held(), 2);
	on_cpu(2), let_go();
	expect("a drain does not take what is held", refs_take(&paper.refs), false);
	refs_spread(&paper.refs);
	expect("an interrupted drain leaves the count as it was", held(), 1);
	expect("and lets people in again", hold(), true);
	refs_gather(&paper.refs, REFS_CLOSED);
	let_go();
	expect("nobody has rung yet", rung - before, 0);
	on_cpu(5), let_go();
	expect("the last put rings", rung - before, 1);
	expect("and the drain takes the module", refs_take(&paper.refs), true);
	bury();
}

@ A put too many is seen by anybody who reads, and neither an attempt nor a drain takes a module whose count makes
no sense. Force takes it out, and reports how many were held; whoever still puts his reference changes a number that
nobody reads any more.

@<Steps of a put too many, and of force@>=
static void force_by_hand(void)
{
	unsigned long before;
@#
	publish();
	let_go();
	expect("a put too many shows", held(), -1);
	expect("an attempt leaves that module alone", attempt(true), false);
	expect("so does a drain", drain(1000), false);
	expect("and the count stays what it was", held(), -1);
	hold(), hold(), hold();
	refs_gather(&paper.refs, REFS_CLOSED);
	expect("force tells how many were held", refs_seize(&paper.refs), 2);
	before = rung;
	let_go(), let_go();
	expect("puts that come later ring no bell", rung - before, 0);
	expect("and no get is granted any more", hold(), false);
	expect("the count is over", refs_read(&paper.refs), REFS_TAKEN);
	bury();
}

@*1 A crowd. Now several threads at once. Four get and put, one holds for a while and says so, one reads, and the
main thread removes the module in every possible way. If that succeeds, it puts a new one on the shelf.

@<A crowd around the count@>=
static bool over;
static unsigned long total_gets, total_reads;
@<Hand a reference to somebody else@>@;
@<Get, look, get more, let go@>@;
@<Hold for a while, and say so@>@;
@<Read, and compare with what is held@>@;
@<Remove the module in every way@>@;

@ References wander. The file that was opened on one processor is closed on another; so some of those who hold a
reference put it into a |basket|, and somebody else takes it out and lets it go.

@<Hand a reference to somebody else@>=
static long basket;
@#
static bool empty_basket(void)
{
	long n = __atomic_load_n(&basket, __ATOMIC_RELAXED);
@#
	while (n > 0 && !__atomic_compare_exchange_n(&basket, &n, n - 1, false,
						     __ATOMIC_ACQ_REL, __ATOMIC_RELAXED))
		;
	if (n > 0)
		let_go();
	return n > 0;
}
static void let_go_somewhere(void)
{
	if (throw_dice(2))
		let_go();
	else
		__atomic_add_fetch(&basket, 1, __ATOMIC_ACQ_REL);
}

@ Here stands the assertion that gave the attempt its form: {\it while I hold a reference I am not refused another
one.} Only a drain may do that. If the number of drains was even before I asked and is the same afterwards, there
was none.

@<Get, look, get more, let go@>=
static bool holds_another(long mine)
{
	unsigned long before = __atomic_load_n(&drains, __ATOMIC_SEQ_CST);
@#
	if (paper.body != ALIVE)
		fail("a holder finds the module dead", paper.body, ALIVE);
	if (hold())
		return true;
	if (!(before & 1) && before == __atomic_load_n(&drains, __ATOMIC_SEQ_CST))
		fail("a get is refused while its asker holds a reference", mine, 0);
	return false;
}

@ A getter takes one reference, then, while the dice are kind, another and another, and lets them all go. Whoever
finds that the module is not to be had gives the processor to others, who may be about to bring it back.

@<Get, look, get more, let go@>=
static void *getter(void *cpu)
{
	dice = here = (long)cpu * STRIDE;
	while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
		int mine;
@#
		if (empty_basket() || !hold()) {
			sched_yield();
			continue;
		}
		for (mine = 1; throw_dice(3); mine += holds_another(mine))
			;
		while (mine--)
			let_go_somewhere();
		@<Leave the module alone now and then@>@;
		__atomic_add_fetch(&total_gets, 1, __ATOMIC_RELAXED);
	}
	return NULL;
}

@ If four threads hold the module most of the time, there is hardly a moment at which nobody does, and no attempt
would ever succeed.

@<Leave the module alone now and then@>=
if (!throw_dice(8))
	usleep(throw_dice(1000));

@ A reader is right if it never sees fewer references than are held during the whole time of its reading. To know
how many {\it are\/} held, all the time, would take just such a count; but a lower bound is easy. One thread takes a
few references, announces them, holds them for a while, and withdraws the announcement before it lets go. The
|notice| is odd as long as the |floor| can be relied on.

@<Hold for a while, and say so@>=
static unsigned long notice;
static long floor;
@#
static void *keeper(void *cpu)
{
	dice = here = (long)cpu * STRIDE;
	while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
		long mine = 1;
@#
		if (!hold()) {
			empty_basket(), sched_yield();
			continue;
		}
		for (; throw_dice(4); mine++)
			hold_more();
		__atomic_store_n(&floor, mine, __ATOMIC_RELAXED);
		__atomic_add_fetch(&notice, 1, __ATOMIC_SEQ_CST);
		usleep(throw_dice(2000));
		__atomic_add_fetch(&notice, 1, __ATOMIC_SEQ_CST);
		while (mine--)
			let_go_somewhere();
		usleep(throw_dice(300));
	}
	return NULL;
}

@ If the |notice| was odd before the reading and has not changed afterwards, then the announced references, and the
loader's own, were held throughout.

@<Read, and compare with what is held@>=
static void *reader(void *cpu)
{
	dice = here = (long)cpu * STRIDE;
	while (!__atomic_load_n(&over, __ATOMIC_RELAXED)) {
		unsigned long before = __atomic_load_n(&notice, __ATOMIC_SEQ_CST);
		long least = __atomic_load_n(&floor, __ATOMIC_RELAXED) + REFS_BASE;
		long seen = refs_read(&paper.refs);
@#
		if ((before & 1) && seen < least &&
		    before == __atomic_load_n(&notice, __ATOMIC_SEQ_CST))
			fail("a reader sees fewer references than are held", seen, least);
		__atomic_add_fetch(&total_reads, 1, __ATOMIC_RELAXED);
		open_window(8);
	}
	return NULL;
}

@ The main thread throws the dice too. One drain in eight has all the patience in the world, that is, a second;
since nobody in the crowd holds a reference for longer than some milliseconds, it must end. If it does not, and
nobody holds anything, then it has slept through the bell.

@<Remove the module in every way@>=
enum { ATTEMPT, CARELESS, DRAIN, PATIENT, WAYS };
static unsigned long asked[WAYS], done[WAYS];
@#
static bool remove_somehow(void)
{
	int way = throw_dice(8) ? (int)throw_dice(PATIENT) : PATIENT;
	bool gone = way == ATTEMPT || way == CARELESS ? attempt(way == CARELESS) :
		    drain(way == DRAIN ? throw_dice(600) : 1000000);
@#
	if (way == PATIENT && !gone && refs_read(&paper.refs) == REFS_BASE)
		fail("a drain sleeps though nobody holds the module", 0, 0);
	asked[way]++;
	done[way] += gone;
	return gone;
}

@ The crowd is called, runs for as many seconds as it is told, and is sent home. The time is that of the wall and
not a number of rounds: on a busy machine fewer things happen, but the trial ends.

@<Remove the module in every way@>=
static void crowd(int seconds)
{
	void *(*roles[])(void *) = { getter, getter, getter, getter, keeper, reader };
	enum { ROLES = sizeof(roles) / sizeof(roles[0]) };
	pthread_t threads[ROLES];
	time_t end = time(NULL) + seconds;
@#
	publish();
	for (long i = 0; i < ROLES; i++)
		pthread_create(&threads[i], NULL, roles[i], (void *)(i + 1));
	while (time(NULL) < end) {
		if (remove_somehow())
			bury(), publish();
		usleep(throw_dice(200));
	}
	@<Send the crowd home, and count once more@>@;
	@<Say what the crowd has done@>@;
}

@ When all threads have ended, the basket is emptied, and the count must be back where it started. This last look is
not a formality. A reference that was lost, by two threads that counted as one, may harm nobody for a long time; but
it is missing at the end, or left over.

@<Send the crowd home, and count once more@>=
__atomic_store_n(&over, true, __ATOMIC_RELAXED);
for (int i = 0; i < ROLES; i++)
	pthread_join(threads[i], NULL);
while (empty_basket())
	;
expect("when all have gone home nobody holds the module", held(), 0);

@ A trial that never did what it should try is not passed but empty. So each way of removal must have succeeded at
least once, and each but the patient one must have failed.
@.ok a crowd of ...@>

@<Say what the crowd has done@>=
for (int way = 0; way < WAYS; way++)
	if (!done[way] || (way != PATIENT && done[way] == asked[way]))
		failures++;
printf("%s a crowd of %lu rounds and %lu readings: "@|
       "attempts %lu of %lu, careless %lu of %lu, "@|
       "hasty drains %lu of %lu, patient ones %lu of %lu\n",@|
       failures ? "FAILED" : "ok",
       total_gets, total_reads, done[ATTEMPT], asked[ATTEMPT], done[CARELESS], asked[CARELESS],
       done[DRAIN], asked[DRAIN], done[PATIENT], asked[PATIENT]);

@ Now the mutants: the same program with one protection left out. For each the crowd must fail.

\medskip
\begintable{t p{2.3in} p{1.85in}}
{\rm mutant} & {\rm what is left out} & {\rm what must be noticed} \cr \hd
NO\_WAIT & the waiting for the processors & a holder finds the module dead, or a late increment is lost \cr
PREEMPTIBLE & preemption off around test and increment & the same \cr
LOOK\_THEN\_TAKE & the last reference is taken in two steps & the same \cr
LOOK\_THEN\_COUNT & a get on the shared number looks first, then counts & the same \cr
SHUT\_DOOR & an attempt refuses everybody while it looks & a get refused to a holder \cr
SILENT & the last put rings no bell & a drain that sleeps \cr
\endtable

\noindent Others are made by the test, which changes \.{refs.h} itself: it exchanges the reader's looks, makes the
mode fast before the number is spread again, and lets the gathering set the number instead of adding to it. How each
of them is noticed may differ from run to run. That it is noticed may not.

@*1 Pairs in a second. The program's other use is as a clock. A |pair| is one get and one put, each a function call
as in the kernel, without a tracepoint. The stock form has one atomic number, which a get raises unless it is zero
and a put lowers unless it is zero already; before it a get tests the state, which lies in another line of cache.

@<Pairs in a second@>=
__attribute__((noipa)) static bool our_get(struct paper_module *mod)
{
	bool got;
@#
	preempt_disable();
	got = !mod || refs_get(&mod->refs);
	preempt_enable();
	return got;
}

@ In the put the bell is never rung here, but the test for it is a part of the price.

@<Pairs in a second@>=
__attribute__((noipa)) static void our_put(struct paper_module *mod)
{
	bool last;
@#
	preempt_disable();
	last = mod && refs_put(&mod->refs);
	if (last)
		ring();
	preempt_enable();
}
@<The stock form of get and put@>@;
@<One thread's share of a sprint@>@;
@<A sprint, if nobody disturbed it@>@;
@<The middle of many sprints@>@;

@ The stock form is written down from its description. |atomic_inc_not_zero| and |atomic_dec_if_positive| are loops
around a compare-and-exchange, in the kernel as here: the number is read, and exchanged if nobody has changed it
meanwhile. With two threads somebody often has, and the loop goes round once more.

@<The stock form of get and put@>=
static struct {
	int state;
	int refcnt __attribute__((aligned(STRIDE)));
} stock = { 0, 1 };
@#
__attribute__((noipa)) static bool stock_get(struct paper_module *mod)
{
	int n = READ_ONCE(stock.refcnt);
@#
	if (mod && READ_ONCE(stock.state) == 2)
		return false;
	while (n && !__atomic_compare_exchange_n(&stock.refcnt, &n, n + 1, false,
						 __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
		;
	return n != 0;
}
__attribute__((noipa)) static void stock_put(struct paper_module *mod)
{
	int n = READ_ONCE(stock.refcnt);
@#
	while (mod && n > 0 && !__atomic_compare_exchange_n(&stock.refcnt, &n, n - 1, false,
							    __ATOMIC_SEQ_CST, __ATOMIC_RELAXED))
		;
}

@ A sprint is short, four milliseconds at the most, so that many of them are not disturbed by the other programs of
the machine. Each thread sits on a processor of its own, waits until all are there, and notes when it began and
ended, and how much of that time it really had a processor.

@<One thread's share of a sprint@>=
enum { PAIRS = 20000, RUNNERS = 2 };
struct runner {
	pthread_t thread;
	int number;
	bool ours;
	double begin, end, used;
};
static int ready, wanted;
@#
static double clock_of(clockid_t which)
{
	struct timespec now;
@#
	clock_gettime(which, &now);
	return now.tv_sec + now.tv_nsec / 1e9;
}

@ The start is a wait in a loop, since any other kind of waiting would let one runner start many pairs before the
other. The two clocks are read outside the loop of pairs; a sprint of the fast form takes fifty microseconds, which
is a hundred times what reading them takes.

@<One thread's share of a sprint@>=
static void *sprint(void *arg)
{
	struct runner *r = arg;
@#
	@<Sit down on a processor of one's own@>@;
	__atomic_add_fetch(&ready, 1, __ATOMIC_SEQ_CST);
	while (__atomic_load_n(&ready, __ATOMIC_RELAXED) < wanted)
		;
	r->begin = clock_of(CLOCK_MONOTONIC);
	r->used = clock_of(CLOCK_THREAD_CPUTIME_ID);
	if (r->ours)
		for (int i = 0; i < PAIRS; i++)
			our_get(&paper), our_put(&paper);
	else
		for (int i = 0; i < PAIRS; i++)
			stock_get(&paper), stock_put(&paper);
	r->used = clock_of(CLOCK_THREAD_CPUTIME_ID) - r->used;
	r->end = clock_of(CLOCK_MONOTONIC);
	return NULL;
}

@ The processors are those that we are allowed to use, in their order. There are enough of them, or |bench| would not have begun.

@<Sit down on a processor of one's own@>=
cpu_set_t allowed, mine;
int cpu = -1;
@#
here = (r->number + 1) * STRIDE;
sched_getaffinity(0, sizeof(allowed), &allowed);
for (int n = 0; n <= r->number; n++)
	do
		cpu++;
	while (!CPU_ISSET(cpu, &allowed));
CPU_ZERO(&mine);
CPU_SET(cpu, &mine);
sched_setaffinity(0, sizeof(mine), &mine);

@ A sprint counts only if all runners ran all the time, and at the same time: a runner who had the other processor
stand still beside him met no contention, and would make the shared counter look good. The result is pairs per
second of all runners together, or zero if it does not count.

@<A sprint, if nobody disturbed it@>=
static double race(int runners, bool ours)
{
	struct runner r[RUNNERS] = { { 0 } };
	double first = 1e30, last = 0, late = 0, early = 1e30, used = 1;
@#
	ready = 0, wanted = runners;
	for (int i = 0; i < runners; i++) {
		r[i].number = i, r[i].ours = ours;
		pthread_create(&r[i].thread, NULL, sprint, &r[i]);
	}
	for (int i = 0; i < runners; i++) {
		pthread_join(r[i].thread, NULL);
		@<Widen the times by those of runner |i|@>@;
	}
	if (used < 0.95 || early - late < 0.85 * (last - first))
		return 0; /* somebody was disturbed */
	return (double)runners * PAIRS / (last - first);
}

@ From |late| to |early| all were running, from |first| to |last| at least one.

@<Widen the times by those of runner |i|@>=
if (first > r[i].begin)
	first = r[i].begin;
if (late < r[i].begin)
	late = r[i].begin;
if (early > r[i].end)
	early = r[i].end;
if (last < r[i].end)
	last = r[i].end;
if (used > r[i].used / (r[i].end - r[i].begin))
	used = r[i].used / (r[i].end - r[i].begin);

@ Both forms sprint alternately, so that a change of the machine's mood meets both, and of each the median is taken.
If the machine is so busy that too few sprints count within ten seconds, there is no figure, which is better than a
wrong one.

@<The middle of many sprints@>=
enum { SPRINTS = 31, ENOUGH = 7 };
static int by_size(const void *a, const void *b)
{
	double d = *(const double *)a - *(const double *)b;
@#
	return (d > 0) - (d < 0);
}
@#
static void bench(int runners)
{
	double result[2][SPRINTS], begin = clock_of(CLOCK_MONOTONIC);
	int n[2] = { 0, 0 };
@#
	@<Return if there are fewer processors than runners@>@;
	while (n[0] + n[1] < 2 * SPRINTS && clock_of(CLOCK_MONOTONIC) - begin < 10)
		for (int ours = 0; ours < 2; ours++) {
			double pairs = n[ours] < SPRINTS ? race(runners, ours) : 0;
@#
			if (pairs > 0)
				result[ours][n[ours]++] = pairs;
		}
	@<Print the ratio of the medians, if there were enough sprints@>@;
}

@ A container often has less than its machine.
@.figure threads-...@>

@<Return if there are fewer processors than runners@>=
cpu_set_t allowed;
@#
sched_getaffinity(0, sizeof(allowed), &allowed);
if (CPU_COUNT(&allowed) < runners) {
	printf("figure threads-%d none, there are not so many processors\n", runners);
	return;
}

@ The script that reads this line compares the ratio with its goal; the rates themselves are for the curious, as
they say more about the machine than about the count.
@.figure threads-...@>

@<Print the ratio of the medians, if there were enough sprints@>=
if (n[0] < ENOUGH || n[1] < ENOUGH) {
	printf("figure threads-%d none, the machine is too busy\n", runners);
	return;
}
for (int ours = 0; ours < 2; ours++)
	qsort(result[ours], n[ours], sizeof(double), by_size);
printf("figure threads-%d %.2f %.0f %.0f\n", runners, result[1][n[1] / 2] / result[0][n[0] / 2],
       result[1][n[1] / 2], result[0][n[0] / 2]);

@ What can be said of memory is a matter of arithmetic: two numbers for each processor that the machine can have,
and once what leads to them.

@<Run the part that was asked for@>=
static void size(void)
{
	printf("figure size %zu %zu\n", sizeof(struct refs_here), sizeof(struct ref_count));
}
static void print_goals(void)
{
	for (const struct goal *g = goals; g < goals + sizeof(goals) / sizeof(*goals); g++)
		printf("goal %s %g %g %s\n", g->name, g->at_least, g->at_most, g->unit);
}

@ The first argument names the part. The status tells the test whether all expectations were met; what was
impossible has ended the program before.

@<Run the part that was asked for@>=
int main(int argc, char **argv)
{
	const char *part = argc > 1 ? argv[1] : "hand";
@#
	@<Ask the kernel for barriers@>@;
	if (!strcmp(part, "hand"))
		attempt_by_hand(), drain_by_hand(), force_by_hand();
	else if (!strcmp(part, "crowd"))
		crowd(argc > 2 ? atoi(argv[2]) : 2);
	else if (!strcmp(part, "bench"))
		publish(), bench(1), bench(2), size();
	else
		print_goals();
	return failures != 0;
}

@ A process must announce that it will send barriers to its threads. Where the system does not know the call, there
is nothing that we could measure.

@<Ask the kernel for barriers@>=
#ifndef __SANITIZE_THREAD__
if (syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0, 0)) {
	printf("FAILED membarrier: %s\n", strerror(errno));
	return 1;
}
#endif

@*1 In the guest. The kernel's functions are measured where they are. With one emulated processor whose clock counts
instructions, a nanosecond is an instruction, and two runs of the same kernel give the same figure. That says
nothing of caches and pipelines, which is why the first half of this chapter exists; but it contains everything that
the compiler has put around our few lines, and it is not disturbed by whoever else uses the machine.

Two modules: a target, and one that gets and puts it. The target exports a function that returns its own |struct
module|, as no function exported by the kernel finds a module by name.

@(modules/bench_target.c@>=
#include <linux/module.h>
struct module *bench_target(void);
@#
struct module *bench_target(void)
{
	return THIS_MODULE;
}
EXPORT_SYMBOL_GPL(bench_target);
@#
static int __init bench_target_init(void)
{
	return 0;
}
static void __exit bench_target_exit(void)
{
}
module_init(bench_target_init);
module_exit(bench_target_exit);
MODULE_DESCRIPTION("A small module to be held, refused and removed");
MODULE_LICENSE("GPL");

@ If the other module were linked to this function, it would be recorded as a dependent, and every attempt on the
target would fail for that reason, long before the count is looked at. So the function is looked up by name when it
is wanted, which takes a reference and makes nobody dependent. The module does its work when its parameters are
written.

@(modules/bench_refs.c@>=
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/tick.h>
#include <asm/msr.h>
static struct module *target;
@#
@<Hold the target, or not@>@;
@<Get and put so many times@>@;
@<Tell how long this processor was idle@>@;
MODULE_DESCRIPTION("Counts the instructions of a get and a put");
MODULE_LICENSE("GPL");

@ Writing 1 to \.{held} takes the target, writing 0 lets it go. Whoever removes this module while it holds the target has made a
mistake of his own.
@^error ENOENT@>

@<Hold the target, or not@>=
static int set_held(const char *text, const struct kernel_param *kp)
{
	bool wish;
	int err = kstrtobool(text, &wish);
	struct module *@[@](*find)(void);
@#
	if (err || wish == !!target)
		return err;
	if (!wish) {
		target = NULL;
		__symbol_put("bench_target");
		return 0;
	}
	find = __symbol_get("bench_target");
	if (!find)
		return -ENOENT;
	target = find();
	return 0;
}

@ Parameters can only be written: there is nothing to see but what the log says.

@<Hold the target, or not@>=
static const struct kernel_param_ops held_ops = {@t\1@>@/
	@[@].set = set_held,@t\2@>@/
};
module_param_cb(held, &held_ops, NULL, 0200);

@ Writing a number to \.{pairs} does that many pairs of get and put, with interrupts off, so that no tick is counted
among them. From the time the same loop takes without them follows what the pairs alone cost.
@^error EINVAL@>
@.bench\_refs: ... pairs took ...@>

@<Get and put so many times@>=
static int set_pairs(const char *text, const struct kernel_param *kp)
{
	unsigned long flags, n;
	u64 begin, middle, end;
@#
	if (!target || kstrtoul(text, 0, &n) || n > 100000)
		return -EINVAL;
	local_irq_save(flags);
	@<Count the instructions of |n| pairs, and of none@>@;
	local_irq_restore(flags);
	pr_info("bench_refs: %lu pairs took %llu, and without them %llu\n", n,
		middle - begin, end - middle);
	return 0;
}
static const struct kernel_param_ops pairs_ops = {@t\1@>@/
	@[@].set = set_pairs,@t\2@>@/
};
module_param_cb(pairs, &pairs_ops, NULL, 0200);

@ The counter of the processor's cycles is, in this machine, a counter of instructions. The empty loop has a barrier
for the compiler in it, without which there would be no loop.

@<Count the instructions of |n| pairs, and of none@>=
begin = rdtsc_ordered();
for (unsigned long i = 0; i < n; i++) {
	if (try_module_get(target))
		module_put(target);
}
middle = rdtsc_ordered();
for (unsigned long i = 0; i < n; i++)
	barrier();
end = rdtsc_ordered();

@ A removal mostly waits. How long it has waited is how long the only processor had nothing to do, and the kernel
keeps an account of that, in microseconds.

@<Tell how long this processor was idle@>=
static int get_idle(char *buffer, const struct kernel_param *kp)
{
	return sprintf(buffer, "%llu\n", get_cpu_idle_time_us(0, NULL));
}
static const struct kernel_param_ops idle_ops = {@t\1@>@/
	@[@].get = get_idle,@t\2@>@/
};
module_param_cb(idle, &idle_ops, NULL, 0444);

@ What user space can do it does in a small program, which makes the system calls itself: a shell would cost more
than what is measured. Each line of its output is one measurement, in nanoseconds.

\begintable{l p{3.4in}}
benchtool remove {\it file name n idle} & loads and removes a module $n$ times; {\it idle\/} is the file that tells how long the processor had nothing to do \cr
benchtool load {\it file name n idle} & does the same, and tells what the loading has cost \cr
benchtool refuse {\it name n} & asks $n$ times for the removal of a module that is held \cr
benchtool read {\it file n} & reads a file to its end $n$ times \cr
benchtool many {\it n folder} & loads $n$ modules of one folder and removes them one by one (\see{bench-leaving}) \cr
\endtable

@(guest/benchtool.c@>=
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
@#
@<Give up on the benchmark@>@;
@<Look at the clocks@>@;
@<Load a module, and time its removal@>@;
@<Time a removal that is refused@>@;
@<Time the reading of a file@>@;
@<Load many modules, and time their removal@>@;
@<Do what the command line says, as often as it says@>@;

@ What fails was not measured, and no figure is printed for it.
@.benchtool: ...@>

@<Give up on the benchmark@>=
static void give_up(const char *what)
{
	fprintf(stderr, "benchtool: %s: %s\n", what, strerror(errno));
	exit(1);
}

@ The idle time is read outside the measured interval, as reading it takes time itself but none of it idle.

@<Look at the clocks@>=
static long long now(void)
{
	struct timespec t;
@#
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000000000LL + t.tv_nsec;
}
static long long idle_time(const char *file)
{
	char text[32] = "";
	int fd = open(file, O_RDONLY);
@#
	if (fd < 0 || read(fd, text, sizeof(text) - 1) <= 0)
		give_up(file);
	close(fd);
	return 1000 * atoll(text);
}

@ What a load costs is measured for the sake of the verdict (\chap{verdict}): the same module is loaded by the same kernel, judged or not judged. An |init| may
sleep; that is not counted.

@<Time the loading of a module@>=
static long long load(const char *file, const char *idle)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	long long slept = idle_time(idle), begin = now(), end;
@#
	if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
		give_up(file);
	end = now();
	close(fd);
	return end - begin - (idle_time(idle) - slept);
}

@ Between loading and removal the program sleeps a little, so that what the load has left to be done later, by work
queues and callbacks of RCU, is not charged to the removal.

@<Load a module, and time its removal@>=
@<Time the loading of a module@>@;
@#
static void time_load(const char *file, const char *name, const char *idle)
{
	printf("load %lld\n", load(file, idle));
	usleep(50000);
	if (syscall(SYS_delete_module, name, O_NONBLOCK))
		give_up(name);
	usleep(200000); /* for the undertaker */
}
static void time_removal(const char *file, const char *name, const char *idle)
{
	long long begin, end, slept;
@#
	load(file, idle);
	usleep(50000);
	slept = idle_time(idle);
	begin = now();
	if (syscall(SYS_delete_module, name, O_NONBLOCK))
		give_up(name);
	end = now();
	slept = idle_time(idle) - slept;
	printf("removal %lld %lld\n", end - begin, end - begin - slept);
}

@ The refused attempt must be refused for the right reason.

@<Time a removal that is refused@>=
static void time_refusal(const char *name)
{
	long long begin = now();
	int done = !syscall(SYS_delete_module, name, O_NONBLOCK);
	long long end = now();
@#
	if (done || errno != EWOULDBLOCK)
		give_up(name);
	printf("refusal %lld\n", end - begin);
}

@ The file is read with a buffer as large as \.{cat} uses, opened and closed each time.

@<Time the reading of a file@>=
static void time_reading(const char *file)
{
	static char buffer[131072];
	long long begin = now();
	int fd = open(file, O_RDONLY);
@#
	if (fd < 0)
		give_up(file);
	while (read(fd, buffer, sizeof(buffer)) > 0)
		;
	close(fd);
	printf("reading %lld\n", now() - begin);
}

@ A program for a benchmark need not be friendly. It has five forms of command line, and to everything else it
answers by naming them.

@<Do what the command line says, as often as it says@>=
int main(int argc, char **argv)
{
	bool removing = argc == 6 && !strcmp(argv[1], "remove");
	bool loading = argc == 6 && !strcmp(argv[1], "load");
	bool refused = argc == 4 && !strcmp(argv[1], "refuse");
	bool to_read = argc == 4 && !strcmp(argv[1], "read");
	bool many = argc == 4 && !strcmp(argv[1], "many");
@#
	if (!removing && !loading && !refused && !to_read && !many) {
		fprintf(stderr, "benchtool remove|load FILE NAME N IDLE | "@|
				"refuse NAME N | read FILE N | many N FOLDER\n");
		return 2;
	}
	if (many) {
		time_many(atoi(argv[2]), argv[3]);
		return 0;
	}
	for (int n = atoi(argv[removing || loading ? 4 : 3]); n > 0; n--)
		if (removing)
			time_removal(argv[2], argv[3], argv[5]);
		else if (loading)
			time_load(argv[2], argv[3], argv[5]);
		else if (refused)
			time_refusal(argv[2]);
		else
			time_reading(argv[2]);
	return 0;
}

@*1 Reading the figures. On two threads the stock form is slower than on one, and by much: each get and each put
sends the line of cache across. It is the price of the fourth way in \chap{count}, and more processors can only
raise it. That our form is faster even on one thread is a gift of the processor, which takes its time for an atomic
instruction even when nobody else wants the line.

In the guest a get and a put have somewhat more instructions than their stock form, for the section with preemption
off, and for a second place where somebody may want to be told. None of these is atomic.

A removal is all waiting: compare its time with and without the waits. What it waits for are grace periods, and the
one that we have added, before exit, is of the quick kind. With one processor it is hardly a wait at all; with
several it is an interrupt to each of those that are not idle. The grace periods before the memory goes are the
undertaker's business now, and the remover does not see them; that is where half of the stock kernel's time has gone.

An attempt that fails at the first look costs hardly more than the stock form's refusal. Even one that fails at the
second, because a reference came between look and wait, has delayed nobody: gets and puts went to the shared number
meanwhile, at the stock form's price.

@*1 What leaving costs. \label{bench-leaving}A module that leaves is not buried at once: \chap{quiesce} waits until nobody can be inside, and one
of its waits, RCU-tasks, is slow by design. If a remover had to sit through that, \.{rmmod} would take a tenth of a
second longer than it did. But he is let go when the name is gone, and the undertaker waits once for all that
have left. So many removals in a row ought to be {\it faster\/} than in the stock loader, where each waits for
itself. It is promised above that a hundred take at most half the time.

That needs a hundred modules that have nothing to do. They are copies of this one. The script that measures
makes them by writing another number wherever the name stands in the file, which has to be done in two places: the notes, and |struct
module| itself.

@(modules/bench_000.c@>=
#include <linux/module.h>
static int __init bench_000_init(void)
{
	return 0;
}
static void __exit bench_000_exit(void)
{
}
module_init(bench_000_init);
module_exit(bench_000_exit);
MODULE_DESCRIPTION("One of a hundred that are removed one after the other");
MODULE_LICENSE("GPL");

@ Two times are taken: when the last |delete_module| has returned, and when the memory of all is free. In the stock kernel
they are the same. In ours the second is when a line written to \.{modules/burials} has come back. Before the start the machine has a
second to finish what the loads have left to it.

@<Load many modules, and time their removal@>=
static void drain_burials(void)
{
	int fd = open("/sys/kernel/debug/modules/burials", O_WRONLY);
@#
	if (fd < 0)
		return; /* a stock kernel */
	if (write(fd, "\n", 1) != 1)
		give_up("burials");
	close(fd);
}
@#
static void time_many(int n, const char *folder)
{
	char name[16], path[256];
	long long begin, end;
@#
	for (int i = 0; i < n; i++) {
		snprintf(path, sizeof(path), "%s/bench_%03d.ko", folder, i);
		@<Load the module in |path|@>@;
	}
	sleep(1);
	begin = now();
	for (int i = 0; i < n; i++) {
		snprintf(name, sizeof(name), "bench_%03d", i);
		if (syscall(SYS_delete_module, name, O_NONBLOCK))
			give_up(name);
	}
	end = now();
	drain_burials();
	printf("many %lld %lld\n", end - begin, now() - begin);
}

@ @<Load the module in |path|@>=
int fd = open(path, O_RDONLY | O_CLOEXEC);
@#
if (fd < 0 || syscall(SYS_finit_module, fd, "", 0))
	give_up(path);
close(fd);

@ What each wait costs alone is asked by one more module, of a machine that has nothing else to do. Its parameter takes the name of a
wait. The two grace periods are tried side by side and in turn, the barrier with a callback to wait for and without. The time
is nearly all idle: what the undertaker spends there is his patience, and not anybody's processor.

Side by side is not what one expects. RCU-tasks begins with a grace period of RCU of its own; when that ends, so does the one that was
asked for beside it, and the waiter is woken. At this very moment RCU-tasks looks for tasks that are awake, finds the
waiter, and comes back a tenth of a second later to see whether he has slept. Who waits for one after the other sleeps through
that look, and is through in a third of the time, as long as nobody else is awake.
@.bench\_waits: ... took ... us@>
@^error EINVAL@>

@(modules/bench_waits.c@>=
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/rcupdate_wait.h>
@#
@<The waits by name@>@;
static int set_wait(const char *text, const struct kernel_param *kp)
{
	for (int i = 0; i < ARRAY_SIZE(waits); i++)
		if (sysfs_streq(text, waits[i].name)) {
			u64 begin = ktime_get_ns();
@#
			waits[i].wait();
			pr_info("bench_waits: %s took %llu us\n", @|
				waits[i].name, (ktime_get_ns() - begin) / 1000);
			return 0;
		}
	return -EINVAL;
}
static const struct kernel_param_ops wait_ops = {@t\1@>@/
	@[@].set = set_wait,@t\2@>@/
};
module_param_cb(wait, &wait_ops, NULL, 0200);
MODULE_DESCRIPTION("Tells how long the waits of a removal take");
MODULE_LICENSE("GPL");

@ @<The waits by name@>=
static struct rcu_head head;
static void nothing(struct rcu_head *unused)
{
}
static void wait_for_both(void)
{
	synchronize_rcu_mult(call_rcu_hurry, call_rcu_tasks);
}
static void wait_in_turn(void)
{
	synchronize_rcu_tasks();
	synchronize_rcu();
}
static void wait_for_a_callback(void)
{
	call_rcu(&head, nothing);
	rcu_barrier();
}
@#
static const struct {
	const char *name;
	void @[@](*wait)(void);
} waits[] = {@t\1@>@/
	{ "rcu", synchronize_rcu },@/
	{ "tasks", synchronize_rcu_tasks },@/
	{ "both", wait_for_both },@/
	{ "turn", wait_in_turn },@/
	{ "barrier", rcu_barrier },@/
	{ "callback", wait_for_a_callback },@t\2@>@/
};

@ The census is the only part whose cost grows, with the number of tasks. It is measured in the presence of a crowd (\see{census-crowd}): the script
reads what \.{modules/burials} says of the last census, when a module has been removed among a hundred, a thousand, and ten thousand sleepers.
All these figures stand at the head of the chapter.

@*1 Exercises.
\exercise{20} Let the reader look at the shared number first, then at the puts, then at the gets. Describe a reading
that shows fewer references than are held. Could it still happen if readers, like getters, switched preemption off?

\exercise{25} The function |bury| waits as well, so that the memory of a module does not become another one too
soon. If that wait alone is left out, what can the crowd notice? Does it need ThreadSanitizer?

\exercise{15} A hundred modules are removed one after the other, and their memory is free a little later than the last
removal returns. What would be lost if the undertaker were sent only when the last of them has gone? What would be
won?
