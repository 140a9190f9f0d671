@q SPDX-License-Identifier: GPL-2.0-only @>

@* The count. \label{count}%
A {\it reference\/} on a module is a promise of the loader: as long as you hold it, the module stays. The count says how many such
promises are outstanding. Three operations touch it, and everything else in this chapter is about their company. A {\it get\/}
asks for a promise, and may be refused. A {\it put\/} gives it back, and may not. And a remover wants to know whether
the count is zero, in such a way that it is still zero when he acts on the answer.

That sounds like a counter and two instructions. There are five ways to do it, and they are worth telling in their
order, because each mends the one before it: some are wrong in a way that a reader would not see, and others are
right at a price that somebody refused to pay. The fifth is the code of this book.

@ {\bf First: look, then close.} A counter; the get adds one, the put subtracts one. The remover
looks at it, and if it is zero he sets the state to |GOING|. A get tests the state before it adds.

\figure{count-naive}{Look, then close. Between the look and the closing of the gate somebody enters, quite legally, and the module is taken
down while he uses it.}

Between the look and the act there is room for a get. No amount of looking again cures it, since every look
is old when it has returned. {\it The look and the closing must be one.}

@ {\bf Second: a lock.} If the gate and the removal take the same lock, look and closing are one. This is correct,
but everybody who ever opens a device, sends a packet through a protocol, or mounts a file system pays for it, on
every processor, for the sake of an event that happens twice a day. When the present loader was proposed, in October
2002, a lock in the gate was what one side wanted and what the other found too slow; and since the gate is also
entered from interrupts, it would have to be taken with interrupts off. Nobody ever built it.

\figure{count-lock}{A lock around the gate. It is correct; but two callers who have nothing to do with each other wait for each other, twice in each visit, while the lock and its line of cache travel between them.}

@ {\bf Third: one counter for each processor.} That is what the loader had from 2002 until version~3.19. A get adds to the
counter of the processor that it runs on: no lock, no line of cache that two processors want. The sum of all counters
is the count, and the remover has to add them up. Here is what can happen while he does so.

\figure{count-sum}{A sum of differences. The reference is taken on one processor and given back on
another; the reader passes the first too early and the second too late, and finds zero for a module that
was in use all the time.}

The remedy came in 2010: each processor keeps apart what was taken and what was given back, and whoever adds up
reads {\it first all that was given back, then all that was taken}. Then every put that he has seen answers a get that he will
see. The sum can be too large, by what came in while he was reading; it is never too small.

@ But a sum that is right at some moment during its computation is a look like any other, and the remover has to
close the gate as well. There were two ways to do it. One was to stop the whole machine: every processor spins with
interrupts off while one of them adds up and sets the state. It is correct. The price was a pause of the whole
machine for every removal, and version~3.19 gave the per-CPU count up to be rid of it. The other is to close first
and look afterwards, and open again if the look says that somebody is inside.

\figure{count-spurious}{Close, then look. The attempt fails, as it should; but in the instant between, a third party was
refused, although the module stays. It will behave as if the module were not there.}

This is {\it spurious failure}. A refused get is not an error that anybody reports. The packet is
dropped; the notifier is skipped; the device ``does not exist''. And it happens to a module that never went
anywhere, because somebody typed \.{rmmod} at the wrong moment. In 2002 it was an objection to the new loader, and it stood
until the fourth way.
@^spurious failure@>

@ {\bf Fourth: one atomic number.} Since version~3.19 the count is one atomic integer for all. It starts at one, the loader's own
reference. A get adds one unless the number is zero. The remover subtracts his one; if the result is zero nobody will ever get a
reference again, and if it is not, he adds his one again.

\figure{count-atomic}{One number for all. While anybody holds a reference nobody is refused, and an attempt that fails was noticed by nobody.
Every get and every put needs the same line of cache.}

Look and closing are one instruction; there is no spurious failure. The price is that one line of
cache: every processor must own it in turn, for every get and every put. What that costs on a large machine nobody has
published; on two threads of an ordinary one \chap{bench} measures it. And nobody can {\it wait\/} for such a count, because
a put does not know that anybody waits; the form of |delete_module| that waited had been removed a year before.

@ {\bf Fifth: both.} As long as nobody wants to remove the module, there is no question to which a sum would have to
be the answer. So let each processor count for itself. When a removal begins, {\it move the count to one shared
number, without losing or refusing anything}, and decide there as in the fourth way. If the answer is no, move it
back.

\figure{count-ours}{An attempt that fails, as this book does it. A look that disturbs nobody comes first. Then everybody is sent to the shared number, the processors are
waited for, and the counters are gathered. Whoever asks meanwhile gets his reference.}

The art is in the move. A get that has read ``count for yourself'' a moment ago may be about to do so, on
another processor, while we add up. If test and addition are done with preemption off, a grace period of RCU waits
for exactly those: when it is over, every processor has left the section in which it was, and in every later section
the new word is seen. From then on the counters of the processors stand still, and can be read in peace.

The kernel has a reference counter of this kind, |percpu_ref|, and it was looked at first. It keeps one difference for
each processor, so that it cannot be read while it runs, as \.{lsmod} wants; it calls a function
in the context of the last put, which for a module may be a non-maskable interrupt; and its grace period is of the
slow kind. But the idea was there before us.
@^percpu\_ref@>

@*1 One number and its three zones. What a module's count consists of stands in |struct ref_count|. |here| leads to
a pair of counters on each processor. |mode| says where to count. |shared| is the one number, and all of its states
can be told from its value alone, as they lie $2^{62}$ apart:

\figure{count-zones}{The shared number. In which zone it lies says where the count is to be found; a removal moves it, and no get or put
can.}

\medskip
\begintable{l l p{3.2in}}
zone & |shared| is near & what is held \cr \hd
{\it spread\/} & $+2^{62}$ & the sum of |gets|, less the sum of |puts|, plus |shared|, less $2^{62}$ \cr
{\it gathered\/} & 0 & |shared| \cr
{\it taken\/} & $-2^{62}$ & nothing that concerns the loader any more: the module goes \cr
\endtable

\noindent {\it What is held\/} contains one reference of the loader's own, the base. While |init| runs it contains a
second one, which belongs to the load. Users see the figure without the base; they see $-1$ for a module that is
taken.

The invariants. (1)~Only a remover moves |shared| from one zone to another. There is one remover of a module at a
time: he holds |module_mutex|, or he sleeps in a drain and the state |GOING| keeps others out. (2)~The move from
{\it gathered\/} to {\it taken\/} happens at the value~1 and nowhere else (unless by force), in one atomic step; so
it happens when the loader's is the last reference. (3)~|mode| is |REFS_FAST| only while |shared| is spread.
(4)~Nobody who asks is refused except in mode |REFS_CLOSED|, in zone {\it taken}, and where more was put than taken.

The counters of the processors are never set back. They are unsigned and may wrap around; only differences count,
and |shared| makes up for whatever they hold.

@s refs_mode int
@s ref_count int
@s refs_here int
@s module_annex int

@(kernel/module/refs.h@>=
#ifndef _MODULE_REFS_H
#define _MODULE_REFS_H
@#
enum refs_mode { REFS_CLOSED, REFS_SHARED, REFS_FAST }; /* blank memory is closed */
enum { REFS_BASE = 1 }; /* the loader's own reference */
#define REFS_BIAS (1L << (BITS_PER_LONG - 2))
#define REFS_TAKEN (-REFS_BIAS)
@#
struct refs_here {
	unsigned long gets, puts;
};
@#
struct ref_count {
	struct refs_here __percpu *here;
	int mode;
	atomic_long_t shared;
};
@#
@<Tell the zones apart@>@;
@<Get, if the gate is open@>@;
@<Get, for one who holds already@>@;
@<Put, and say whether that may have been the last@>@;
@<Read what is held@>@;
@<Gather the count@>@;
@<Take the last reference, if it is the last@>@;
@<Spread the count again@>@;
@<Seize the module, whatever is held@>@;
@<Begin and end a count@>@;
#endif

@ The borders lie half-way. To cross one by counting, somebody would have to take $2^{61}$ references, which at a
thousand million a second lasts 73~years; on a 32-bit machine the zones are $2^{30}$ apart, and it is the difference
between what was taken and given back in the two ways that must stay below half of that.

@<Tell the zones apart@>=
static inline bool refs_are_spread(long shared)
{
	return shared > REFS_BIAS / 2;
}
@#
static inline bool refs_are_taken(long shared)
{
	return shared < REFS_TAKEN / 2;
}

@ The get. It must be called with preemption off, and the tracepoint that follows it belongs to the same section. In
the fast mode it is one addition to a counter that nobody else writes, and it cannot fail. In the shared mode it is
refused if the number is negative, that is if the module is taken. (A number that is negative because of a put too
many refuses as well; such a module is on its way to a report, see below.)

Preemption off is not a matter of speed: between the test and the addition nobody may have gathered, as the figure shows.
The addition itself cannot be torn apart, not even by a non-maskable interrupt: |this_cpu_inc| is one instruction on x86.
@^lock preemption off@>

\figure{count-preempt}{Why test and addition are one section. A task that is preempted between the two adds to a counter
that was read long ago, and its reference is in no sum.}

@<Get, if the gate is open@>=
static inline bool refs_get(struct ref_count *r)
{
	int mode = READ_ONCE(r->mode);

	if (likely(mode == REFS_FAST)) {
		this_cpu_inc(r->here->gets);
		return true;
	}
	return mode == REFS_SHARED && atomic_long_inc_unless_negative(&r->shared);
}

@ Beside the code that matters stands, from here on, its model, in another language: that of a program which tries
out all orders in which such steps of different processors can follow each other (\chap{model} explains language,
program and result; the pieces can be passed over until then). Test and count are two steps, between which
everything may happen. What a mutant leaves out stands between \.{\#ifdef} and \.{\#endif}: here the section is torn
in two, there the state is asked instead of the number.
@^model@>

@<Model: ask for a reference@>=
inline try_module_get()
{
	d_step {
		annex_is_there(); seen = mode;
		assert(mode != REFS_CLOSED || taken || draining) };
#ifdef PREEMPT_GET
	d_step { preempt_on() };
	d_step { preempt_off() };
#endif
	if
	:: atomic { seen == REFS_FAST -> counters_are_there();
		this_cpu_get; held++; got = true; seen = 0 }
	:: d_step { seen == REFS_SHARED -> annex_is_there();
		if
#ifdef STATE_FOR_COUNT
		:: state != GOING -> shared++; held++; got = true
#else
		:: shared >= 0 -> shared++; held++; got = true
#endif
		:: else -> assert(taken)
		fi; seen = 0 }
	:: d_step { seen == REFS_CLOSED -> seen = 0 }
	fi;
	if
	:: d_step { got -> got = false; annex_is_there(); preempt_on() } /* the tracepoint */
	:: d_step { !got -> preempt_on() }; goto begin
	fi
}

@ Who holds a reference already can have another, whatever the mode: the module does not go away under him. It is
counted where the mode says. The result is false if the module was taken already, and that can only mean that the
caller held nothing: the breach of a rule.

@<Get, for one who holds already@>=
static inline bool refs_get_held(struct ref_count *r)
{
	if (likely(READ_ONCE(r->mode) == REFS_FAST)) {
		this_cpu_inc(r->here->gets);
		return true;
	}
	return !refs_are_taken(atomic_long_inc_return(&r->shared));
}

@ In the model a holder may do so as long as |again| allows.

@<Model: take one more@>=
inline __module_get()
{
	d_step { again > 0 -> again--; module_is_there(); preempt_off();
		annex_is_there(); seen = mode };
	if
	:: atomic { seen == REFS_FAST -> counters_are_there();
		this_cpu_get; held++; seen = 0 }
	:: d_step { seen != REFS_FAST -> annex_is_there(); shared++; held++; seen = 0 }
	fi;
	d_step { annex_is_there(); preempt_on() }
}

@ The put. In the fast mode it orders memory for one reader only, the one who adds up: that reader must not see this
put and miss the get that it answers. (The barrier is enough where a write becomes visible to all processors at the
same time, as on x86. A machine on which a reference can travel faster than the count of it, from one processor to a
second and on to a third, needs a full one.) For everything else that the holder did with the module, the order
comes from the grace period: the remover gathers after one, and whatever was done before the end of a section that
it waited for is done.

In the other modes the number itself tells whether this may have been the last reference but the base. Then somebody may
be waiting for it, and the caller has to ring. The ring may be in vain; it must never be missing. A value below the base in
a module that is not taken means that more was put than taken, and rings as well, so that a waiter finds out.

@<Put, and say whether that may have been the last@>=
static inline bool refs_put(struct ref_count *r)
{
	long left;

	if (likely(READ_ONCE(r->mode) == REFS_FAST)) {
		smp_wmb(); /* the get of this reference is counted before its put */
		this_cpu_inc(r->here->puts);
		return false;
	}
	left = atomic_long_dec_return(&r->shared);
	return left <= REFS_BASE && !refs_are_taken(left);
}

@ In the model, the put goes on to its tracepoint: after the decrement and before it, the module may be taken, and
lose its exit function, its name and its place on the list, but not its memory.

@<Model: give it back@>=
inline module_put()
{
	d_step { module_is_there(); preempt_off(); annex_is_there(); seen = mode };
	if
	:: atomic { seen == REFS_FAST && wmb -> counters_are_there();
		this_cpu_put; let_go(); seen = 0 }
	:: seen != REFS_FAST && my_stores_arrived ->
#ifdef RING_FIRST
		d_step { if :: shared <= REFS_BASE + 1 -> queued = true :: else fi };
#endif
		d_step { annex_is_there(); shared--; let_go();
			rings = (shared <= REFS_BASE && !refs_are_taken(shared)); seen = 0 };
#if !defined(NO_RING) && !defined(RING_FIRST)
		d_step { queued = queued || rings; rings = false }
#endif
	fi;
#ifdef PREEMPT_PUT
	d_step { preempt_on() };
#endif
	d_step { annex_is_there(); preempt_on(); rings = false } /* the tracepoint */
}

@*1 Reading. \label{reading}\.{lsmod} reads counts, and so does everybody who is about to remove something. The
reader takes no lock, may be in any context, and is promised this: {\it he never sees fewer references than are
held}. One that is held during the whole of the reading is in the sum.

There are three places to look at: |puts|, |shared|, |gets|; and the order in which they are read is the proof. What
can be given back in a place must be read before the place in which it can have been taken. Puts are counted in
|puts| or in |shared|, gets in |gets| or in |shared|. Hence |puts| first, |gets| last, |shared| between. If |shared|
is found gathered, it is alone the answer, and exact.

What if the count was gathered and spread again between the first reading and the second? Then |puts| is too old, hence too
small, and |gets| is younger, hence large enough: the sum errs on the safe side.

The memory of a module that has no counters yet is blank, and the answer is that of a module which is gone.

@<Read what is held@>=
static inline long refs_read(const struct ref_count *r)
{
	unsigned long puts = 0, gets = 0;
	long shared;
	int cpu;

	if (!r->here)
		return REFS_TAKEN;
	for_each_possible_cpu(cpu)
		puts += READ_ONCE(per_cpu_ptr(r->here, cpu)->puts);
	smp_rmb(); /* pairs with |smp_wmb| in the put */
	shared = atomic_long_read(&r->shared);
	if (!refs_are_spread(shared))
		return refs_are_taken(shared) ? REFS_TAKEN : shared;
	smp_rmb(); /* a put seen in |shared| may answer a get in |gets| */
	for_each_possible_cpu(cpu)
		gets += READ_ONCE(per_cpu_ptr(r->here, cpu)->gets);
	return (long)(gets - puts) + shared - REFS_BIAS;
}

@ The reader of the model has two processors to look at, hence five places. |low| is the smallest number of
references that were held while he was reading. He may not find less.

@<Model: read what is held@>=
#define read_puts sum = sum - puts[0]; sum = sum - puts[1]
#define read_shared number = shared
#define read_gets sum = sum + gets[0]; sum = sum + gets[1]
#ifdef READER
active proctype lsmod()
{
	short number, sum;
	if
	:: d_step { door -> reading = true; low = held }
	:: !door -> goto done
	fi;
#if defined(GETS_FIRST)
	read_gets; read_shared; read_puts;
#elif defined(SHARED_FIRST)
	read_shared; read_puts; read_gets;
#elif defined(SHARED_LAST)
	read_puts; read_gets; read_shared;
#else
	read_puts; read_shared; read_gets;
#endif
	d_step {
		sum = (refs_are_spread(number) -> sum + number - REFS_BIAS : number);
		assert(refs_are_taken(number) || sum >= REFS_BASE);
#ifndef LATE
		assert((refs_are_taken(number) -> 0 : sum - REFS_BASE) >= low);
#endif
		reading = false; sum = 0; number = 0; low = 0 }
done:	skip
}
#endif

@*1 Gathering and spreading. To gather is to send everybody to |shared|, to wait for those who were on their way to
their own counter, and then to move what the counters hold, in {\it one\/} addition that also takes the bias away.
Before it |shared| is spread, after it gathered, and there is no moment at which it is neither. Whoever comes while
we wait finds a large positive number, is granted what he asks for, and rings for nobody.

The wait is an expedited grace period. It interrupts every processor that is not idle, and is over in some tens of
microseconds, where the ordinary one takes until every processor has come by of itself. (With
\.{rcupdate.rcu\_normal=1} it is the ordinary one.) It includes sections with preemption off, interrupts, and
non-maskable ones, as all grace periods have since version~4.20.

On entry |shared| is spread, and the caller is the only remover: he holds |module_mutex|, or has set the state to
|GOING| under it. The function may sleep.
@^lock RCU@>
@^lock module\_mutex@>

@<Gather the count@>=
@<Add up the counters, which stand still@>@;
static inline void refs_gather(struct ref_count *r, enum refs_mode mode)
{
	WRITE_ONCE(r->mode, mode);
	synchronize_rcu_expedited();
	atomic_long_add(refs_in_counters(r) - REFS_BIAS, &r->shared);
}

@ When the wait is over no counter moves, and the order in which they are read is of no importance any more.

@<Add up the counters, which stand still@>=
static inline long refs_in_counters(const struct ref_count *r)
{
	unsigned long sum = 0;
	int cpu;

	for_each_possible_cpu(cpu)
		sum += per_cpu_ptr(r->here, cpu)->gets - per_cpu_ptr(r->here, cpu)->puts;
	return (long)sum;
}

@ The model reads the counters of one processor after the other, and adds in a step of its own.

@<Model: gather@>=
inline refs_gather(how)
{
	d_step { mode = how; begin_waiting() };
#ifndef NO_WAIT
	all_waited_for;
#endif
	n = gets[0] - puts[0];
	n = n + gets[1] - puts[1];
#ifdef SET_FOR_ADD
	d_step { shared = n + REFS_BASE; awaited[me] = 0 }
#else
	d_step { shared = shared + n - REFS_BIAS; awaited[me] = 0 }
#endif
}

@ Now the last reference can be taken. The number is compared with the base and exchanged in one atomic step. If it
was the base alone, the module is taken, and since a get is refused when the number is negative, this is for good.
If it was anything else nothing has been changed, not even for an instant. The fourth way was not quite so clean:
there the remover subtracted first, and had to add again what he should not have taken.

@<Take the last reference, if it is the last@>=
static inline bool refs_take(struct ref_count *r)
{
	return atomic_long_cmpxchg(&r->shared, REFS_BASE, REFS_TAKEN) == REFS_BASE;
}

@ In the model the auditor knows what is held, and nobody may have taken the module before.

@<Model: take the last one@>=
inline last_is_taken()
{
	assert(!taken && held == 0);
	taken = true; won = true; n = 0
}
@#
inline refs_take()
{
#ifdef TAKE_BY_LOOK
	won = (shared == REFS_BASE);
	if
	:: d_step { won -> shared = REFS_TAKEN; last_is_taken() }
	:: !won
	fi
#else
	d_step {
		if
		:: shared == REFS_BASE -> shared = REFS_TAKEN; last_is_taken()
		:: else
		fi }
#endif
}

@ The way back. The counters still hold what they held, for nobody counts in them in this mode. So we take out of
|shared| what we put in, and add the bias, again in one step. Then, and only then, the mode becomes fast. The
order matters: with the mode first, a get could be counted on its processor while a reader finds |shared| gathered and takes it
for the whole truth. Somebody who has read the old mode and is late will change |shared| in its new zone, where a change
counts as well. So no wait is needed on this way.

@<Spread the count again@>=
static inline void refs_spread(struct ref_count *r)
{
	atomic_long_add(REFS_BIAS - refs_in_counters(r), &r->shared);
	smp_store_release(&r->mode, REFS_FAST);
}

@ That the counters stand still is asserted by the model, so it adds them up in one step. Afterwards the module is
whole: its number is spread, and gives with the counters what is held.

@<Model: spread@>=
inline refs_spread()
{
	assert(n == gets[0] + gets[1] - puts[0] - puts[1]);
#ifdef FAST_FIRST
	mode = REFS_FAST;
#endif
	d_step { shared = shared + REFS_BIAS - n; n = 0 };
	d_step {
		mode = REFS_FAST; draining = false;
		assert(refs_are_spread(shared));
		assert(gets[0] + gets[1] - puts[0] - puts[1] + shared - REFS_BIAS
			== held + REFS_BASE) }
}

@ Force does not ask. The count must have been gathered with the gate closed, so that every later put meets |shared| and none a
counter. What is held stays in the number, below the zone's border, where puts do not harm. The result is how many were
held beside the base.

@<Seize the module, whatever is held@>=
static inline long refs_seize(struct ref_count *r)
{
	return atomic_long_fetch_add(REFS_TAKEN, &r->shared) - REFS_BASE;
}

@ A count begins with the base and with the reference of the load, spread. Its counters are taken from the general
per-CPU memory, 16~bytes on each processor, and not from the small reserve for the modules' own variables. They are
given back when no put can come any more that would count there; a null pointer is accepted.
@^error ENOMEM@>

@<Begin and end a count@>=
static inline int refs_begin(struct ref_count *r)
{
	r->here = alloc_percpu(struct refs_here);
	if (!r->here)
		return -ENOMEM;
	atomic_long_set(&r->shared, REFS_BIAS + REFS_BASE + 1);
	r->mode = REFS_FAST;
	return 0;
}
@#
static inline void refs_end(struct ref_count *r)
{
	free_percpu(r->here);
	r->here = NULL;
}

@*1 The annex. \label{annex}Where does |struct ref_count| stand? Not in |struct module|: its layout is compiled into every module
on the disk. But |struct module| lies in memory that the loader lays out, and so the loader leaves room in front of
it, for a structure that only it knows. Given the one, the other is found by a subtraction. \seein{loader}{layout}
has the two lines that make the room.

The annex is blank until |module_unload_init| is called, hence its gate closed. It dies with the memory that
contains it. |nameless| and |overput| are written under |module_mutex| or atomically;
|sites| belongs to \chap{who}, |kept| to \see{force}, and the rest to \chap{quiesce}.

One field of |struct module| loses its work: |refcnt|. The tracepoints print it, so it is set before a tracepoint is
hit, and a debugger that looks for it finds the figure of the last event. Nothing else reads it.
@^refcnt@>

@(kernel/module/annex.h@>=
#ifndef _MODULE_ANNEX_H
#define _MODULE_ANNEX_H
#include "refs.h"
#include "undertaker.h"
@#
struct ref_sites;
struct module_annex {
	struct ref_count refs;
	bool nameless; /* no search by name finds the module any more */
	bool overput; /* and that was reported */
	bool breach; /* somebody was named who took, or asked, as nobody may */
	bool kept; /* its core data outlives it, for late puts */
	struct ref_sites *sites;
	@<What the undertaker notes of a module@>@;
} ____cacheline_aligned;
@#
static inline struct module_annex *annex_of(const struct module *mod)
{
	return (struct module_annex *)mod - 1;
}
@<What the files of this book know of each other@>@;
@<Short answers about a module@>@;
#endif

@ Questions that are asked elsewhere.

@<Short answers about a module@>=
static inline bool is_nameless(const struct module *mod)
{
	return READ_ONCE(annex_of(mod)->nameless);
}
@#
static inline bool module_was_kept(const struct module *mod)
{
	return annex_of(mod)->kept;
}

@ The functions that other files call. |ring_last_put| may be called in every context.

@<What the files of this book know of each other@>=
extern bool drain_allowed;
void ring_last_put(void);
int drain(struct module *mod);
void linger(struct module *mod);
bool close_failed_load(struct module *mod);
void put_load_reference(struct module *mod);
void module_unload_exit(struct module *mod);
@#
DECLARE_STATIC_KEY_FALSE(tracing_refs);
void ref_taken_at(struct module *mod, unsigned long place);
void ref_put_at(struct module *mod, unsigned long place);
void make_ref_sites(struct module *mod);
void log_holders(struct module *mod);

@ Now the functions that the kernel calls. They live in \.{unload.c}, which \chap{removal} lays out.

@<The count of references@>=
@<Start the count of a module@>@;
@<Say how many references are held@>@;
@<Tell those who trace references@>@;
@<Let one more holder in@>@;
@<Let a holder go@>@;

@ The lists say that nobody depends on us yet, and that we depend on nobody. From here until the module is |COMING|
nobody can find it, so it does not matter that its gate is open already. At the end counters and table go; but those
of a module that was taken out by force stay, as late puts may look at them.
@^error ENOMEM@>

@<Start the count of a module@>=
int module_unload_init(struct module *mod)
{
	INIT_LIST_HEAD(&mod->source_list);
	INIT_LIST_HEAD(&mod->target_list);
	make_ref_sites(mod);
	return refs_begin(&annex_of(mod)->refs);
}
@#
void module_unload_exit(struct module *mod)
{
	struct module_annex *annex = annex_of(mod);

	forget_verdict(mod);
	if (annex->kept)
		return;
	refs_end(&annex->refs);
	kfree(annex->sites);
}

@ \label{overput}Users see the count without the base, and $-1$ for a module that is taken. People have asked for
twenty years what the $-1$ means. In a module that is |GOING| this is all.

A sum below the base, in a module that was not taken, is a proof: since the reader never sees too few, somebody has
given back what he never got. Nobody can tell who, or whether the next put is an honest one. So it is said once,
with the module's name, and the module stays until it is taken by force; what is held and what is not cannot be
known any more. (In the stock loader such a put can bring the number to zero on a live module, whereupon everybody
is refused; the attempt to remove it then ends in a |BUG_ON|.)
@.more references were put than taken@>

@<Say how many references are held@>=
int module_refcount(struct module *mod)
{
	struct module_annex *annex = annex_of(mod);
	long held = refs_read(&annex->refs);

	if (held == REFS_TAKEN)
		return -1;
	if (unlikely(held < REFS_BASE) && !xchg(&annex->overput, true))
		pr_warn("%s: more references were put than taken (%ld too many)\n",@|
			mod->name, REFS_BASE - held);
	return held - REFS_BASE;
}
EXPORT_SYMBOL(module_refcount);

@ Two parties may want to know of every get and put, and usually neither does: those who enabled the tracepoints, and
the table of holders (\chap{who}). Both are asked by static keys, that is by instructions which do nothing until
they are patched. Only a tracer pays for the sum over all processors that his event shows.

It is a matter of place that none of this lies in the way of a get. Two functions hold all that is to be told, so
that the gate itself is short, needs no registers to be saved, and is not cut in two by the compiler. (When it was
all one function, a get and a put together cost 1.7~times the instructions of the stock form; \chap{bench} has
today's figure.)

@<Tell those who trace references@>=
static noinline void tell_of_get(struct module *mod, unsigned long place)
{
	if (trace_module_get_enabled()) {
		atomic_set(&mod->refcnt, refs_read(&annex_of(mod)->refs));
		trace_module_get(mod, place);
	}
	if (static_branch_unlikely(&tracing_refs))
		ref_taken_at(mod, place);
}
static noinline void tell_of_put(struct module *mod, unsigned long place)
{
	if (trace_module_put_enabled()) {
		atomic_set(&mod->refcnt, refs_read(&annex_of(mod)->refs));
		trace_module_put(mod, place);
	}
	if (static_branch_unlikely(&tracing_refs))
		ref_put_at(mod, place);
}
@#
static __always_inline bool gets_are_told(void)
{
	return trace_module_get_enabled() || static_branch_unlikely(&tracing_refs);
}
static __always_inline bool puts_are_told(void)
{
	return trace_module_put_enabled() || static_branch_unlikely(&tracing_refs);
}

@*1 The gate. \label{gate}|try_module_get| is the gate into a module. It may be called in every context in which RCU
is watching: in process context, under spinlocks, in interrupts, in non-maskable ones. It never sleeps. Who has to go through it, how long he holds what he was granted, and
what he does when he is refused, is said by the rules C1, C4 and~C3 (\see{rule-c1}, \see{rule-c4}, \see{rule-c3}). That he comes through the gate at all, nothing enforces.
@^rule C1@>@^rule C3@>@^rule C5@>

How can he touch the count, if the module may be gone? Because he keeps rule C5 (\see{rule-c5}), and has found the module in a section that he has not left since. The loader's
part of it is that removal unlinks first and frees a grace period later; whoever is still in his section when the
module is unlinked finds memory that is intact, and a count that refuses.

@ Two breaches of the rules can be met at the gate itself, and then it is known who commits them: whoever has called. The one is a reference that was taken without asking, on a module that
had been taken (C6). The other is the question for a reference on a module that lies in quarantine. The waits are over by then, so no section for which a removal waits can lead there; whoever
asks has kept the pointer beyond it (C5). \label{tell-of-breach}
@.when the module had left@>
@.without holding one@>

The first of them is told, once for each module; a caller who does it every time would fill the log. It is printed later, since a get may come under the lock of a run queue, and printing wakes.

@<Let one more holder in@>=
static noinline void tell_of_breach(struct module *mod, const char *what, @| unsigned long place)
{
	if (!xchg(&annex_of(mod)->breach, true))
		printk_deferred(KERN_WARNING "%s: %.2s: %pS %s\n",@|
				mod->name, what, (void *)place, what + 4);
}
@#
static noinline bool refused(struct module *mod, unsigned long place)
{
	if (is_trapped(mod))
		tell_of_breach(mod, "C5: asked for a reference when the module had left", place);
	return false;
}

@ In the gate itself nothing of this costs an instruction to those who are let in.

@<Let one more holder in@>=
bool try_module_get(struct module *module)
{
	if (unlikely(!module))
		return true; /* the kernel itself does not go away */
	guard(preempt)();
	if (unlikely(!refs_get(&annex_of(module)->refs)))
		return refused(module, _RET_IP_);
	if (gets_are_told())
		tell_of_get(module, _RET_IP_);
	return true;
}
EXPORT_SYMBOL(try_module_get);

@ For those who hold a reference already there is a get that cannot fail (rule C6, \see{rule-c6}); it needs no test of the result, and so there is none.
@^rule C6@>

@<Let one more holder in@>=
void __module_get(struct module *module)
{
	if (!module)
		return;
	guard(preempt)();
	if (unlikely(!refs_get_held(&annex_of(module)->refs)))
		tell_of_breach(module, "C6: took a reference without holding one", _RET_IP_);
	if (gets_are_told())
		tell_of_get(module, _RET_IP_);
}
EXPORT_SYMBOL(__module_get);

@ The put may come from everywhere: from a tracepoint in the scheduler, with the lock of a run queue held, or from
the non-maskable interrupt. So it must not wake anybody by itself, as waking takes the lock of a run queue. It rings
a bell that is heard a little later, in \see{bell}.

Preemption is off, again, until after the tracepoint: that reads the module's name when the reference is already
gone. The memory goes a grace period after the last reference, hence not before this section ends. (In the stock
kernel it is not switched off here, and a tracer that is slow enough reads freed memory.)
@^lock preemption off@>

@<Let a holder go@>=
void module_put(struct module *module)
{
	if (unlikely(!module))
		return;
	guard(preempt)();
	if (unlikely(refs_put(&annex_of(module)->refs)))
		ring_last_put();
	if (puts_are_told())
		tell_of_put(module, _RET_IP_);
}
EXPORT_SYMBOL(module_put);

@ The load has a reference of its own, and gives it back when |init| is over. It was taken nowhere, so it must not
be charged to anybody who holds the module; tracers see it as they always have.

@<Let a holder go@>=
void put_load_reference(struct module *mod)
{
	guard(preempt)();
	if (refs_put(&annex_of(mod)->refs))
		ring_last_put();
	if (trace_module_put_enabled()) {
		atomic_set(&mod->refcnt, refs_read(&annex_of(mod)->refs));
		trace_module_put(mod, _RET_IP_);
	}
}

@*1 Ready or not. The gate is open while |init| runs. Devices appear in the middle of it, and whoever finds one must
be able to open it; an event that was refused then would be lost. But those who want an exported symbol of the
module, or its code by name, can wait until it is ready, and should: |init| may yet fail. They use a stricter gate.
|EBUSY| says ``not yet'', and is worth waiting for; |ENOENT| says ``no more''.
@^error EBUSY@>
@^error ENOENT@>

The module was found a moment ago, under the mutex or with preemption off. In the second case its state may have
changed since the search looked at it, from |GOING| to |UNFORMED|. That is no reason to be upset, although the stock
loader stops the machine over it; the module is simply no more. The state is tested although the gate would refuse:
a load that fails, and a drain, say |GOING| a moment before the gate is closed, and nobody should be linked to such
a module.

@<Hold a module that is ready, or say why not@>=
int strong_try_module_get(struct module *mod)
{
	enum module_state state = mod ? READ_ONCE(mod->state) : MODULE_STATE_LIVE;

	if (state == MODULE_STATE_COMING)
		return -EBUSY;
	if (state != MODULE_STATE_LIVE || !try_module_get(mod))
		return -ENOENT;
	return 0;
}

@*1 Taking by symbol. \label{bysymbol}Sometimes a piece of the kernel wants a function of a module only if that
module happens to be there. |symbol_get| looks up the name and takes the reference, in one section with preemption
off, so that the module cannot be freed between the two. It is reserved to symbols for free software, since
otherwise it would be a way around the licence that has nothing to do with linking. Who must give it back, and when, is rule L1 (\see{rule-l1}).
@.failing symbol_get of non-GPLONLY symbol@>
@^lock preemption off@>
@^rule L1@>

@<Hold a module by one of its symbols@>=
void *__symbol_get(const char *symbol)
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].warn = true,@/
		@[@].gplok = true,@/
		@[@].name = symbol,@t\2@>@/
	};

	guard(preempt)();
	if (!find_symbol(&fsa))
		return NULL;
	if (fsa.license != GPL_ONLY) {
		pr_warn("failing symbol_get of non-GPLONLY symbol %s.\n", symbol);
		return NULL;
	}
	return strong_try_module_get(fsa.owner) ? NULL : (void *)kernel_symbol_value(fsa.sym);
}
EXPORT_SYMBOL_GPL(__symbol_get);

@ The reference is given back by the same name. If the name is no longer there, the caller cannot have held the
module. It is told so; nothing is gained by stopping the machine.

@<Release a module that was held by a symbol@>=
void __symbol_put(const char *symbol)
{
	struct find_symbol_arg fsa = {@t\1@>@/
		@[@].gplok = true,@/
		@[@].name = symbol,@t\2@>@/
	};

	guard(preempt)();
	if (!WARN_ON(!find_symbol(&fsa)))
		module_put(fsa.owner);
}
EXPORT_SYMBOL(__symbol_put);

@ Or by address, which must be that of a function. Addresses of the kernel itself belong to no module and need no
putting. We hold a reference, so the module is not going to vanish; but the tree that tells whose address this is
changes with every load, and reading it requires preemption to be off.

@<Release a module that was held by a symbol@>=
void symbol_put_addr(void *addr)
{
	unsigned long entry = (unsigned long)dereference_function_descriptor(addr);
	struct module *owner;

	if (core_kernel_text(entry))
		return;
	guard(preempt)();
	owner = __module_text_address(entry);
	if (!WARN_ON(!owner))
		module_put(owner);
}
EXPORT_SYMBOL_GPL(symbol_put_addr);

@*1 The last put of a thread. \label{put-and-exit}A thread that runs in a module and holds a reference on it must give that back some
day. It cannot do so itself and then return: between the two nobody holds the module, and the thread is inside
(number~4 of the list in \see{open}). The put has to happen in code that stays. This function is that code: it is
called by the thread, puts the reference {\it outside\/} the module, and ends the thread without ever going back.
@^rule S3@>

That a thread has to leave in this way is rule S3; a thread that does not, and what becomes of it, stand in \see{rule-s3}.

@<Leave the kernel and the module in one step@>=
void __noreturn __module_put_and_kthread_exit(struct module *self, long result)
{
	module_put(self);
	kthread_exit(result);
}
EXPORT_SYMBOL(__module_put_and_kthread_exit);

@*1 Who depends on whom. \label{depends}The calls from one module to another are far too many to be counted one by one. If a module was linked to symbols of another,
its text contains addresses in the other's text, and no count will ever see the calls. So the reference is taken
once, when the first symbol is granted, and kept until the user is gone; what authors may rely on is said by the rules L1 and~L2 (\see{rule-l1}, \see{rule-l2}). The record of it is a |struct module_use|,
which hangs in two lists at a time: in |source_list| of the provider, which lists its users, and in |target_list| of
the user, which lists its providers. Both lists are guarded by |module_mutex|.
@^lock module\_mutex@>
@^rule L1@>

The invariant of the record: {\it one record, one reference}. A provider therefore has at least as many references
as users, and one whose |source_list| is not empty cannot be taken; |may_leave| looks at the list first only to give
the better answer.

@<Who depends on whom@>=
@<Is |user| recorded already?@>@;
@<Record a dependence, and hold the provider@>@;
@<Let go of all providers@>@;

@ A module usually takes dozens of symbols from each of its providers, so the question is asked for each of them. It is
answered from the user's list, which has a handful of entries; the provider's may have hundreds.

@<Is |user| recorded already?@>=
static bool already_uses(const struct module *user, const struct module *provider)
{
	const struct module_use *use;

	list_for_each_entry(use, &user->target_list, target_list)
		if (use->target == provider)
			return true;
	return false;
}

@ The reference comes first, for it is what can be refused; if there is then no memory for the record, the reference goes back.
The allocation does not sleep, because we are called from within the condition of a wait (\seein{loader}{symbols}). New
records go to the front of both lists; \.{/proc/modules} shows them in this order.
@^error ENOMEM@>
@^error EBUSY@>
@^error ENOENT@>

@<Record a dependence, and hold the provider@>=
int ref_module(struct module *user, struct module *provider)
{
	struct module_use *use;
	int err;

	if (!provider || already_uses(user, provider))
		return 0;
	err = strong_try_module_get(provider);
	if (err)
		return err;
	use = kmalloc(sizeof(*use), GFP_ATOMIC);
	if (!use) {
		module_put(provider);
		return -ENOMEM;
	}
	use->source = user;
	use->target = provider;
	list_add(&use->source_list, &provider->source_list);
	list_add(&use->target_list, &user->target_list);
	return 0;
}

@ When a load fails before anybody could see the module, all its providers are released. (One that was seen lets go of them in two
steps, \see{hand-over}.) First the record, then the reference: under
the mutex nobody can tell the difference, but a record never stands without its reference.
@^lock module\_mutex@>

@<Let go of all providers@>=
@<Let go of the providers, and forget them at last@>@;
@#
void module_unload_free(struct module *mod)
{
	struct module_use *use, *next;

	guard(mutex)(&module_mutex);
	list_for_each_entry_safe(use, next, &mod->target_list, target_list) {
		list_del(&use->source_list);
		list_del(&use->target_list);
		module_put(use->target);
		kfree(use);
	}
}

@*1 Exercises. The number in brackets says how hard: 0 is at sight, 50 is research. Answers are at the end of the book.

\exercise{10} In |refs_read|, let |gets| be read first and |puts| last. Which event makes \.{lsmod} show a figure
below what is held? Can it be shown with one processor?

\exercise{15} |refs_gather| could write the mode, wait, read the counters, and then {\it set\/} |shared| to the sum
instead of adding to it. What is lost?

\exercise{20} The shared mode rings whenever the number falls to the base. Suppose that it rang only in mode
|REFS_CLOSED|. Which drain could then sleep for ever?

\exercise{25} |module_put| switches preemption off although a decrement is atomic. Could the tracing not simply come
before the decrement? What would a trace then show that is not so?

\exercise{30} A driver takes |try_module_get(THIS_MODULE)| at the start of its |open| function, and the interface that calls
|open| takes none. Draw the two windows in which a removal succeeds while a caller is inside, one column for each
task. Which of the two could be closed by a function in the kernel that calls |open| for the driver?
