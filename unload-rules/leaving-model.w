@q SPDX-License-Identifier: GPL-2.0-only @>

@* A model of leaving. \label{leaving-model}%
The order of what the undertaker does was not found by thinking. The first plan had two looks with all the waits between
them: census, grace periods, barrier, census. It was argued for as such plans are: whoever came in before the first
look is seen by it, whoever was on his way is outwaited, what he ordered is flushed. The argument was good enough to be
written down. Then it was played, and within a second Spin showed a game in which a module is buried under a
callback. One task is enough for it, with one order (\see{first-plan}). To mend the plan nothing had to be added; two
steps had to change places.
@^Spin@>
@^model@>

This is the second model of the book. The first (\chap{model}) ends where this one begins: the count has been taken by the
remover, and has no more to say. What is played here is everything that the count does not know: tasks on their way to a
hook, tasks that sleep in the module, things that were ordered for later, and an undertaker who looks for all of them
while they move. Language, tool and method are those of the first model.

@ {\bf What is shown.} In every state that can be reached, in every order of steps:

\num1 {\it Nobody executes what is buried.} Every step that anybody takes in the text of the module, from the first
instruction to the return, asserts that it is there. So does every object in its data that is used by others, a
timer that expires or a head that is given to |call_rcu|.
\num2 {\it Nobody calls a provider that is buried}, and no module is buried whose provider is buried already: its
parameters may be freed by a function of that one.
\num3 {\it The dead are buried.} Where no process can go on, all have come to their end, the undertaker too; and he
comes to his only when there is nobody left to bury. So a module with nobody inside is not kept for ever.
\endli

@ {\bf What a step is.} Steps are chosen as in the first model; where what is new departs from the kernel, it errs on the side of danger.

\li A task that reads a hook, enters, goes to sleep, wakes, gives an order, or returns, does each in one step. Between
the reading and the entering it may be preempted for as long as the machine lives. So it may between any two others.
\li Returning to the caller and going to sleep there, of its own will, are one step. RCU-tasks would have to wait for
the second; in the model it is content with the first. The model's grace periods end too soon, if anything.
\li A callback may run as soon as it was ordered, without any grace period. A timer, a piece of work, a tasklet are one
kind, {\it armed}, and may run at any time. So may a thread, which is {\it started}. No order implies another, and any of them may be very
late.
\li The census looks at one task after the other, and the audit at one order after the other. Each look is a
step: the task is held meanwhile, or the lock of the list on which the order stands.
\li They look in one direction, from the first to the last. As the tasks are alike, nothing would be gained by other
directions. But threads come behind those who start them: the list of tasks grows at its end.
\endli

@ The program. First come the state and what changes it, then those who call, then exit, and at last the undertaker with his looks and
waits.

@(model/leaving.pml@>=
@<Model: how many are inside@>@;
@<Model: places, orders, the module@>@;
@<Model: who is waited for@>@;
@<Model: what is executed@>@;
@#
@<Model: a task that calls@>@;
@<Model: an interrupt that calls@>@;
@<Model: what was ordered@>@;
@<Model: exit and handing over@>@;
@#
@<Model: look at one after the other@>@;
@<Model: look for orders@>@;
@<Model: the two grace periods@>@;
@<Model: wait for callbacks@>@;
@<Model: a round@>@;
@<Model: those who may go@>@;
@<Model: rounds until all are buried@>@;
@<Model: everybody at his place@>@;

@ Each task reads the hook and calls at most |CALLS| times. All of them together give at most |ORDERS| orders; with
\.{CHAIN}, what was ordered may itself give some of them. |CLEAN| is how many rounds in a row must find nothing. In the
kernel it is one, and later we ask what is gained by two.

@<Model: how many are inside@>=
#ifndef TASKS
#define TASKS 2
#endif
#ifndef CALLS
#define CALLS 1
#endif
#ifndef ORDERS
#define ORDERS 1
#endif
#ifndef CLEAN
#define CLEAN 1
#endif

@ A task is outside, or has the pointer in its hand, or is inside awake (running or preempted, which is the same), or
asleep inside; or it has gone on from there into a provider. The interrupt has the last place.

An order is queued (a callback), armed, or started. Then it is |CALLED|, |EXPIRED| or |RUNNING|, and at last over.

@<Model: places, orders, the module@>=
mtype = { OUTSIDE, POINTER, INSIDE, ASLEEP, DEEPER };
mtype = { UNUSED, QUEUED, ARMED, STARTED, CALLED, EXPIRED, RUNNING, OVER };
#define ALL (TASKS + 1)
mtype place[ALL] = OUTSIDE, order[ORDERS] = UNUSED;
byte given;
@#
bool hook = true, gate = true, left, buried, provider_left, provider_buried;
byte refs;
bool moved;

@ Sets are bytes, with a bit for each. RCU waits for interrupts; RCU-tasks for tasks that are awake, until each has
slept or gone; the barrier for callbacks. An interrupt is nobody's task: one that strikes an idle processor stands in no
task for which RCU-tasks waits. That is why both grace periods are needed. (Tasks in a section of RCU are left out; RCU-tasks
waits for them as for all others.)

Whoever leaves says that he has |moved|. That is for the undertaker: another round before anybody has moved would come to the
same, and need not be played.

@<Model: who is waited for@>=
byte awake, sections, tasks_awaited, rcu_awaited, barrier_awaited;
#define bit (1 << me)
inline wakes() { awake = awake | bit }
inline sleeps()
{
	awake = awake & ~bit;
	tasks_awaited = tasks_awaited & ~bit;
	moved = true
}
inline enters_section() { sections = sections | bit }
inline leaves_section()
{
	sections = sections & ~bit;
	rcu_awaited = rcu_awaited & ~bit;
	moved = true
}

@ Two assertions, and one act: an order is given. From then on the kernel has an address in the module, and nothing to count by.

@<Model: what is executed@>=
inline runs() { assert(!buried) }
inline provider_runs() { assert(!provider_buried) }
#define may_order given < ORDERS
inline give(what)
{
	order[given] = what;
	given++
}

@ A task. It may have read the hook at any time before it was taken off. Once inside it does what it likes, as often
as it likes: takes a reference on its own module if the gate is open, gives it back, sleeps with one or without, gives orders, calls
a provider, returns. Sleeping without a reference breaks rule U5. The reference of one who guards himself
keeps exit from running, so only his first and last steps are of interest here: S1 and S2. No rule is presupposed; if one
is broken, the undertaker has to notice.

@<Model: a task that calls@>=
proctype task(byte me)
{
	byte calls = CALLS; bool guarded;
outside:	if
	:: d_step { calls > 0 && hook -> calls--; wakes(); place[me] = POINTER }
	:: calls == 0 || !hook -> goto done
	fi;
	d_step { runs(); place[me] = INSIDE };
inside:	if
	:: d_step { gate && !guarded -> runs(); refs++; guarded = true }; goto inside
	:: d_step { guarded -> runs(); refs--; guarded = false }; goto inside
	:: d_step { runs(); sleeps(); place[me] = ASLEEP };
		d_step { runs(); wakes(); place[me] = INSIDE }; goto inside
	:: d_step { may_order -> runs(); give(QUEUED) }; goto inside
	:: d_step { may_order -> runs(); give(ARMED) }; goto inside
	:: d_step { may_order -> runs(); give(STARTED) }; goto inside
#ifdef PROVIDER
	:: d_step { runs(); provider_runs(); place[me] = DEEPER };
		d_step { provider_runs(); place[me] = INSIDE }; goto inside
#endif
	:: d_step { !guarded -> runs(); sleeps(); place[me] = OUTSIDE }
	fi;
	goto outside;
done:	skip
}

@ An interrupt has preemption off from before it reads the hook until after its return. It cannot sleep.

@<Model: an interrupt that calls@>=
#ifdef INTERRUPT
proctype interrupt(byte me)
{
	if
	:: d_step { hook -> enters_section(); place[me] = POINTER }
	:: !hook -> goto done
	fi;
	d_step { runs(); place[me] = INSIDE };
	if
	:: d_step { may_order -> runs(); give(QUEUED) }
	:: d_step { may_order -> runs(); give(ARMED) }
	:: runs()
	fi;
	d_step { runs(); leaves_section(); place[me] = OUTSIDE };
done:	skip
}
#endif

@ What was ordered runs some day, unless the audit has cancelled it. A callback that orders a callback is not among the
games; at the end of the chapter we see why. With \.{REARM} a timer may arm itself, or work queue itself, again and again.

@<Model: what was ordered@>=
proctype deferred(byte me)
{
#define mine order[me]
end:	if
	:: d_step { mine == QUEUED -> mine = CALLED }
	:: d_step { mine == ARMED -> mine = EXPIRED }
	:: d_step { mine == STARTED -> mine = RUNNING }
	:: mine == OVER -> goto done
	fi;
	if
#ifdef CHAIN
	:: d_step { may_order && mine != CALLED -> runs(); give(QUEUED) }
	:: d_step { may_order -> runs(); give(ARMED) }
	:: d_step { may_order -> runs(); give(STARTED) }
#endif
#ifdef REARM
	:: d_step { mine == EXPIRED -> runs(); mine = ARMED }; goto end
#endif
	:: runs()
	fi;
	d_step {
		runs();
		barrier_awaited = barrier_awaited & ~bit;
		mine = OVER; moved = true };
done:	skip
}

@ The remover waits for the last reference and closes the gate. Exit unhooks, and does nothing else that it
ought to do: all that was ordered stays ordered. Then the name is gone. The provider is let go of at this moment, and somebody removes
it at once.

@<Model: exit and handing over@>=
proctype remover()
{
	d_step { refs == 0 -> gate = false };
#ifndef UNHOOK_LATE
	hook = false;
#endif
	d_step { left = true; moved = true };
#ifdef UNHOOK_LATE
	hook = false;
#endif
#ifdef PROVIDER
	d_step { provider_left = true; moved = true }
#endif
}

@ A look at a task sees its stack. Whoever has no more than the pointer is not seen: on his stack there are only addresses of
the kernel. Whoever has called a provider is seen in both modules. Then come the threads, and the processors, on which
callbacks and timers run.

@<Model: look at one after the other@>=
#define is_inside(p) (p == INSIDE || p == ASLEEP || p == DEEPER)
#define runs_for_it(o) (o == STARTED || o == RUNNING || o == CALLED || o == EXPIRED)
inline census()
{
	do
	:: d_step { i < ALL ->
		inside = inside || is_inside(place[i]);
		inside_provider = inside_provider || place[i] == DEEPER;
		i++ }
	:: d_step { i >= ALL && i < ALL + ORDERS ->
		inside = inside || runs_for_it(order[i - ALL]);
		i++ }
	:: d_step { i == ALL + ORDERS -> i = 0 }; break
	od
}

@ The audit cancels what is armed, or decides that it must be waited for; that depends on the kind, so here it may do
either. What already {\it runs\/} it can only wait for, but it has to notice it. A timer that arms itself is either armed or running whenever one
looks; but it may be armed when the census passes its processor, and running when the audit passes its queue. If each of the two looked for
one of these only, neither would see it (\.{AUDIT\_BLIND}). Callbacks are in lists that nobody can walk.

@<Model: look for orders@>=
inline audit()
{
	do
	:: d_step { i < ORDERS && order[i] == ARMED ->
		order[i] = OVER; moved = true; i++ }
	:: d_step { i < ORDERS && order[i] == ARMED -> reachable = true; i++ }
	:: d_step { i < ORDERS && order[i] == EXPIRED ->
#ifndef AUDIT_BLIND
		reachable = true;
#endif
		i++ }
	:: d_step { i < ORDERS && order[i] != ARMED && order[i] != EXPIRED -> i++ }
	:: d_step { i == ORDERS -> i = 0 }; break
	od
}

@ In the model the two grace periods run side by side. In the kernel the second begins when the first is over, so they wait for all that is waited for here, and
for more.

@<Model: the two grace periods@>=
inline grace_periods()
{
#ifndef NO_RCU
	rcu_awaited = sections;
#endif
#ifndef NO_TASKS
	tasks_awaited = awake;
#endif
	rcu_awaited == 0 && tasks_awaited == 0
}

@ The barrier waits for all callbacks that were queued when it began, and for those that are running. What is queued
later is not waited for.

@<Model: wait for callbacks@>=
inline barrier()
{
#ifndef NO_BARRIER
	d_step {
		do
		:: i < ORDERS && (order[i] == QUEUED || order[i] == CALLED) ->
			barrier_awaited = barrier_awaited | (1 << i); i++
		:: i < ORDERS && order[i] != QUEUED && order[i] != CALLED -> i++
		:: i == ORDERS -> break
		od;
		i = 0 };
	barrier_awaited == 0;
#endif
	skip
}

@ The round, then, in the order in which it does not go wrong. First the grace periods: now nobody is on his way in
any more, and whoever came in is inside, asleep or preempted, or has left. The census sees those who are inside. If there are none, all
who could give orders from outside have done so. Of these the audit finds what is armed, and the barrier lets the
callbacks pass. What they have ordered in their turn shows in the last look.

The audit that comes right after exit, and the look with which the undertaker begins, are not in the model. They are for the log, and
spare waits; nothing depends on them. (The code is in \see{undertaker}.)

@<Model: a round@>=
inline round()
{
#ifdef CENSUS_FIRST
	census(); audit(); grace_periods(); barrier();
#else
#ifdef BARRIER_FIRST
	barrier(); grace_periods();
#else
	grace_periods();
#endif
#ifndef NO_FIRST_CENSUS
	census();
#endif
#ifndef NO_FIRST_AUDIT
	audit();
#endif
#ifndef BARRIER_FIRST
	barrier();
#endif
#endif
#ifndef NO_LAST_CENSUS
	census();
#endif
#ifndef NO_LAST_AUDIT
	audit();
#endif
	skip
}

@ A module may go if nothing was found in the whole round. (In the kernel this includes what the audit could cancel; the model
lets a module go after that.) The provider may go if nothing was found in it {\it and\/} its
late user is buried.

@<Model: those who may go@>=
bool in_hand, provider_in_hand, inside, inside_provider, reachable;
#ifdef PROVIDER_FIRST
#define no_late_users true
#else
#define no_late_users buried
#endif
inline bury_the_dead()
{
	if
	:: d_step { in_hand && !buried && !inside && !reachable -> clean++ };
		if
		:: d_step { clean == CLEAN -> provider_runs(); buried = true }
		:: d_step { clean < CLEAN -> moved = true }
		fi
	:: d_step { else -> clean = 0 }
	fi;
	if
	:: d_step { provider_in_hand && !inside_provider && no_late_users ->
		provider_buried = true }
	:: else
	fi
}

@ The undertaker takes in hand what has left when a round begins, and forgets what he saw in the round before. He comes to his end when all are
buried; if he has to wait for ever for somebody to move, Spin reports it.

@<Model: rounds until all are buried@>=
#ifdef PROVIDER
#define all_buried (buried && provider_buried)
#else
#define all_buried buried
#endif
active proctype undertaker()
{
	byte i, clean;
	do
	:: d_step { moved -> moved = false;
		in_hand = left; provider_in_hand = provider_left;
#ifndef NOT_FORGOTTEN
		inside = false; inside_provider = false; reachable = false
#endif
		};
		round();
		bury_the_dead()
	:: all_buried -> break
	od
}

@ All begin at once, in one step, so that no game begins with somebody missing.

@<Model: everybody at his place@>=
init {
	atomic {
		byte i;
		do
		:: i < TASKS -> run task(i); i++
		:: else -> break
		od;
#ifdef INTERRUPT
		run interrupt(TASKS);
#endif
		i = 0;
		do
		:: i < ORDERS -> run deferred(i); i++
		:: else -> break
		od;
		run remover()
	}
}

@*1 What was played. \label{leaving-played}Each game is searched to its end in some seconds. Tasks, orders and calls can be few, as no step depends on how many
others there are.

\medskip
\begintable{p{2.0in} t r}
who plays & switches & states, about \cr \hd
2 tasks, 1 order & & 220 thousand \cr
a task and an interrupt, 2 orders & TASKS=1 INTERRUPT ORDERS=2 & 2 million \cr
2 tasks and an interrupt & INTERRUPT & 1 million \cr
2 tasks, 1 order that arms itself again & REARM & 220 thousand \cr
2 tasks that call twice & CALLS=2 & 700 thousand \cr
2 tasks, a provider that is removed too & PROVIDER & 700 thousand \cr
a task, 2 orders, of which one may give the other & TASKS=1 ORDERS=2 CHAIN & 300 thousand \cr
2 tasks, the same & ORDERS=2 CHAIN & 3 million \cr
a task, a chain of 3 orders, two clean rounds & TASKS=1 ORDERS=3 CHAIN CLEAN=2 & 5 million \cr
\endtable

@ {\bf The first plan.} \label{first-plan}Here is the game that Spin found in it, the shortest one. The test plays it
again (\.{CENSUS\_FIRST}), and compares who does what when.

\figure{first-plan}{The first plan, in which the waits were one block and there was a census before it and one after it.
The task breaks rule U5 by sleeping inside uncounted. Nobody sees it when it has the pointer; RCU-tasks is content
when it sleeps; the barrier is over before it gives its order; and in the end it is gone.}

\noindent The gap in the argument was the word ``outwaited''. Who was on his way in when the wait began is, when it ends, no longer on his
way in. But he need not have left. He may have gone in and fallen asleep {\it there}, and to RCU-tasks one sleep is as
good as another. So only after this wait does it mean something that a look finds nobody. And the look must come before the barrier, because
whoever is absent then has given all the orders that he will ever give, and the barrier flushes all of
them. The steps of the first plan are all there; they stand between the waits, and not around them.

@ {\bf The mutants.} Each leaves out one thing or exchanges two, and Spin finds a game for each of them within a second or two.
The last column gives the number, in the list of what is shown, of what goes wrong.

\medskip
\begintable{t p{2.45in} t l}
mutant & what is left out or exchanged & who must play & what breaks \cr \hd
CENSUS\_FIRST & the first census comes before all waits & & 1 \cr
NO\_TASKS & no wait for RCU-tasks & & 1 \cr
NO\_RCU & no wait for RCU & INTERRUPT & 1 \cr
NO\_FIRST\_CENSUS & one census, at the end & & 1 \cr
NO\_LAST\_CENSUS & one census, before the barrier & CHAIN & 1 \cr
BARRIER\_FIRST & the barrier comes before the grace periods & & 1 \cr
NO\_BARRIER & no barrier & & 1 \cr
NO\_FIRST\_AUDIT & one audit, at the end & CHAIN & 1 \cr
NO\_LAST\_AUDIT & one audit, before the barrier & CHAIN & 1 \cr
AUDIT\_BLIND & the audit sees what is armed, and not what runs & REARM & 1 \cr
UNHOOK\_LATE & the hook is taken off after the module was handed over & & 1 \cr
PROVIDER\_FIRST & a provider may be buried before its late users & PROVIDER & 2 \cr
NOT\_FORGOTTEN & what was found in a round counts in all later ones & & 3 \cr
\endtable
Three of them need a chain: the last census is for threads that were started by what the barrier let run; the first audit for a timer that would
order a callback after the barrier; the last audit for work that was queued by a callback. All three are ordinary.
In a kernel where nothing that was ordered orders anything, one census between the waits and one audit would do.

@ {\bf What is not shown.} Longer chains, to begin with. The undertaker looks a fixed number of times, and a game with a chain of three
goes wrong: callback, timer, callback. Each link is there just when nobody looks for its kind. To play it, take the line
with three orders above, with |CLEAN| as it is in the kernel: Spin needs a second. Two clean rounds instead of one catch
it, as the table shows; they would miss a chain of five, which slips past the second round by the same steps as
past the first. A callback that orders itself needs no luck at all: it is always in a list that cannot
be walked, and whichever callback the barrier waits for, the next one is behind it. (The model leaves out callbacks
that order callbacks, as they would hide the rest.)
@^rule D3@>

Hence a limit of what is promised: {\it a module whose orders go on for ever, by way of callbacks of RCU, is not held}. No
number of looks would help. What helps is the quarantine, in which whoever enters after exit steps on a trap; or
an exit function that tells its callbacks to order no more, which is rule D3.

Neither is it shown that the census sees what it ought to see, that the audit walks all queues, or that a task which
has the pointer does not sleep with it in its hand (if it does, the caller is at fault, and
only the quarantine helps). Those are questions to the code, and the scenarios ask them.

@*1 Exercises.
\exercise{10} In the mutant \.{UNHOOK\_LATE} the undertaker leaves out nothing, and yet it goes wrong. Which of his waits is
long enough, and begins too early?

\exercise{20} Leave out the interrupt. Then \.{NO\_RCU} survives: why? Name a hook in the kernel that shows that
it must not be left out of the machine.

\exercise{25} Let a callback order a second one, of a function that orders nothing. How many barriers must a round
have, and is there a census to be put between them? Why does the answer not help against a callback that orders itself?

\exercise{35} Let exit set a flag in the module, which every function reads before it gives an order, and gives none if it is
set. Put that into the model. Which of the undertaker's steps can now be left out, and which mutants are found
nevertheless?
