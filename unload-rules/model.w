@q SPDX-License-Identifier: GPL-2.0-only @>

@* The model. \label{model}%
The arguments of the last chapters have a form that ought to make a reader suspicious: whoever comes {\it
before\/} is seen, whoever comes {\it after\/} is refused, there is no third case. The naive count was
defended like that. A test does not settle it either. The step between test and addition is two instructions
long; a million gets and ten thousand removals may never fall into it.

So the protocol is written down a second time, as a model, and a program plays {\it all\/} games that can be
played with it. The program is Spin; its language, Promela, is that of a few processes which share a few small
variables. From the state in which a module has been loaded, it follows every step that any process could take
next, remembers the state it leads to, and goes on until there are no new states. What is asserted holds in
each of them, or Spin shows the way to the one in which it does not.
@^Spin@>
@^model@>

A model is only worth what it has in common with the code. Therefore its pieces stand where the code stands,
each behind the section that it imitates (``Model: ask for a reference'', ``Model: gather'', ``Model: drain''
and so on); who changes one has the other before his eyes. This chapter adds what the pieces have in common,
lets Spin loose, and then does the opposite: it takes away one wait, one order, one barrier after the other,
and sees to it that Spin finds out each time.

@ {\bf What is shown.} In every state that can be reached, in every order of steps:

\num1 {\it Nobody uses what is gone.} No get or put touches the count, its counters or the name of the module
after they were freed, and nobody who holds a reference finds that exit has run. (Unless by force; then the
count and the name are there still.)
\num2 {\it Nobody is refused in vain.} A get is refused only if the last reference has been taken, or while a
drain is on. When the last reference is taken, nobody holds one.
\num3 {\it One remover wins.} The last reference is taken once.
\num4 {\it What comes back is whole.} After a failed attempt or an interrupted drain the mode is fast, the
number is spread, and with the counters it says exactly what is held.
\num5 {\it No drain sleeps in vain.} Where no process can go on, all have come to their end: no drain is
asleep, and no module that failed to start is still waiting to be buried. And there is no game without an end,
as each user asks a limited number of times. So every drain ends; also the one to which no signal comes.
\num6 {\it \.{lsmod} never sees too few.} What is read is at least the smallest number of references that were
held while it was read, and never less than none.
\endli

@ {\bf What a step is.} A processor executes one instruction at a time, and between any two of them others may
do whatever they like. If the model followed each instruction, there would be too many states; if it made too
many of them into one step, the mistakes would vanish into the cracks. Here is what is one step, and why
nothing is lost.

\li One access to a shared number is one step: the read of the mode, the addition to a counter of one
processor, the addition to |shared|, the comparison with exchange. So they are in the machine; |this_cpu_inc|
is one instruction.
\li What a process does with its own variables is joined to the step before or after it, as nobody else can
tell.
\li What the auditor notes is joined to the step that he notes. He is not part of the machine.
\li To begin a section with preemption off is joined to the first read in it, and to end it to the last. A
grace period that begins or ends between the two would have to wait longer in the machine than it does in the
model. So the model's remover is never slower than the real one, and has all his chances to be too fast.
\li For the same reason, to set the mode and to begin the wait are one step, and to unlink and to begin the
wait.
\li Sections exclude each other on one processor, in the machine. In the model they do not; and each of two
sets of counters can be anybody's at any moment. That covers tasks that migrate between get and put, and
interrupts, and more processors than there are.
\li The first look of an attempt may give any answer. So it is no step at all.
\endli
In Promela \.{d_step} and \.{atomic} make one step of several statements, and these are the only reasons for
which they are used.

@ {\bf What a grace period is.} When it begins, the model notes who is in a section; it ends when all of those
have left it, once. Who enters later is not waited for. This is all that RCU promises; the real one may take
longer, but never ends sooner.

{\bf What memory is.} In the model every step is seen by all processors at once, in one order: it is {\it
sequentially consistent\/}, and says nothing of stores that linger in a processor or reads that overtake each
other. x86 lets only stores linger, behind reads; other processors permit more. Three arguments carry the
result over. First, |shared| changes by atomic operations alone, and those that return a value order
everything around them. Second, the store to |mode| and the counters are separated by a grace period, which is
a full barrier for every processor: a section that began before it and has not seen the new mode is waited
for, and what it counted is seen thereafter. The release in |refs_spread| keeps the number ahead of the mode.
Third, there remains the reader, who relies on nothing but |smp_wmb| and |smp_rmb|. For him the missing
barrier is modelled as what it permits: reads in another order (|GETS_FIRST|, |SHARED_FIRST|, |SHARED_LAST|),
and a get that is still under way when its reference is given back (|NO_WMB|). (One case is beyond |smp_wmb|: a reference taken on one processor and handed to another, which gives
it back, on a machine where a third may see the two in the wrong order. x86 is no such machine; elsewhere the put
would need a full barrier.)
@^memory barrier@>

@ {\bf Promela, on half a page.} \.{proctype} declares a kind of process, \.{active} starts one; \.{inline} is
a piece of text with a name. \.{if} has several alternatives, each behind \.{::}, and takes any of those whose
first statement can be executed; \.{else} can if no other can. If none can, the process waits. \.{do} is the
same, again and again, until \.{break}. A condition is a statement that can be executed when it is true:
standing alone, it waits. The arrow is a semicolon that looks better behind a condition. A label whose name
begins with \.{end} marks a place where a process may stand for ever without complaint; in all other places, a
process that can never go on is an error that Spin reports. \.{mtype} is an enumeration. That is all.

@ The program is laid out so that each piece comes before those that use it. It goes through the C
preprocessor, which selects what is played.

@(model/removal.pml@>=
@<Model: the numbers@>@;
@<Model: the module and its memory@>@;
@<Model: the auditor's notes@>@;
@<Model: stores under way@>@;
@<Model: sections and grace periods@>@;
@<Model: what may be touched@>@;
@#
@<Model: ask for a reference@>@;
@<Model: take one more@>@;
@<Model: give it back@>@;
@<Model: users@>@;
@#
@<Model: gather@>@;
@<Model: take the last one@>@;
@<Model: spread@>@;
@<Model: make an attempt@>@;
@<Model: seize by force@>@;
@<Model: come back after a signal@>@;
@<Model: wait for the last put@>@;
@<Model: drain@>@;
@<Model: the bell@>@;
@<Model: bury@>@;
@<Model: removers@>@;
@#
@<Model: read what is held@>@;
@<Model: a load that fails@>@;
@<Model: the undertaker@>@;
@<Model: the beginning@>@;

@ How many there are is decided on the command line: so many users, each of whom asks so many rounds; so many
removers, each of whom tries so many times; so many references that holders may take in addition. The zones of
|shared| need not be $2^{62}$ apart if nobody can count further than ten.

@<Model: the numbers@>=
#ifndef USERS
#define USERS 3
#endif
#ifndef ROUNDS
#define ROUNDS 1
#endif
#ifndef REMOVERS
#define REMOVERS 2
#endif
#ifndef TRIES
#define TRIES 1
#endif
#ifndef AGAIN
#define AGAIN 0
#endif
@#
#define REFS_BASE 1
#define REFS_BIAS 32
#define REFS_TAKEN (-32)
#define refs_are_spread(s) (s > REFS_BIAS / 2)
#define refs_are_taken(s) (s < REFS_TAKEN / 2)

@ The module: its count; the mutex and its state; whether it can still be found, whether exit has run, whether
its memory is gone, and whether the part of it that a forced removal leaves behind was kept. The bell, and who
sleeps. What is in use for a load that fails comes last.

@<Model: the module and its memory@>=
mtype = { REFS_CLOSED, REFS_SHARED, REFS_FAST, COMING, LIVE, GOING };
mtype mode = REFS_FAST, state = LIVE;
short shared = REFS_BIAS + REFS_BASE;
byte gets[2], puts[2];
bool mutex, door = true, findable = true, exited, gone, kept;
bool queued, asleep[2];
#ifdef FAILING
bool lingering, work;
#endif
inline lock() { d_step { !mutex -> mutex = true } }
inline unlock() { mutex = false }

@ The auditor sees everything at once, which nobody else can. |held| is how many references users hold, |low|
the smallest value of it since a reader began to read. The other notes say whether the last reference was
taken, whether a drain is on, whether somebody reads, and whether force was used. No process decides anything
by them, with one exception for the reader, who is waited for by the removal of the directory in which his
file lies.

@<Model: the auditor's notes@>=
byte held, low, again = AGAIN;
bool taken, draining, reading, forced;
inline let_go()
{
	held--;
	if :: reading && held < low -> low = held :: else fi
}

@ If asked for (\.{LATE}), an addition to |gets| may be seen late: it lies in |late| until the processor gets
round to it, before its next barrier at the latest. What is a barrier? |smp_wmb| in the fast put; every atomic
operation whose result is used; and the grace period, for all.

@<Model: stores under way@>=
#ifdef LATE
byte late[3];
#define all_stores_arrived (!late[0] && !late[1] && !late[2])
#define my_stores_arrived (!late[me])
#define keep_back(cpu) !late[me] -> late[me] = cpu + 1
#define this_cpu_get if :: gets[0]++ :: gets[1]++ :: keep_back(0) :: keep_back(1) fi
active proctype processors()
{
end:	do
	:: d_step { late[0] -> gets[late[0] - 1]++; late[0] = 0 }
	:: d_step { late[1] -> gets[late[1] - 1]++; late[1] = 0 }
	:: d_step { late[2] -> gets[late[2] - 1]++; late[2] = 0 }
	od
}
#else
#define all_stores_arrived true
#define my_stores_arrived true
#define this_cpu_get if :: gets[0]++ :: gets[1]++ fi
#endif
@#
#define this_cpu_put if :: puts[0]++ :: puts[1]++ fi
#ifdef NO_WMB
#define wmb true
#else
#define wmb my_stores_arrived
#endif

@ A set is a byte with a bit for each user. |inside| are those with preemption off, |awaited| those for whom
the grace period of a remover still waits.

@<Model: sections and grace periods@>=
byte inside, awaited[2];
#define bit (1 << me)
inline preempt_off() { inside = inside | bit }
inline preempt_on()
{
	inside = inside & ~bit;
	awaited[0] = awaited[0] & ~bit;
	awaited[1] = awaited[1] & ~bit
}
inline begin_waiting() { awaited[me] = inside }
#define all_waited_for (awaited[me] == 0 && all_stores_arrived)

@ Three assertions stand before everything that touches the module.

@<Model: what may be touched@>=
inline annex_is_there() { assert(!gone || kept) }
inline counters_are_there() { assert(!gone) }
inline module_is_there() { assert(!exited || forced) }

@ A user finds the module, asks for a reference in the same section, and if he gets it, calls the module at
some time before he gives it back. That call is asserted as the first thing of |module_put|: had exit run at
any time since the get, it would have run by then.

The users are alike; whatever any three of them can do, they can do with their numbers exchanged. So it
suffices to look at the games in which they begin in the order of their numbers, and this is what |my_turn|
and |begun| are for; the same goes for removers. It saves half the states, or more.
@^symmetry@>

@<Model: users@>=
byte users_begun, removers_begun;
#define my_turn(who) who == me
#define begun(who) who = (who == me -> me + 1 : who)
proctype user(byte me)
{
	mtype seen; bool got, rings; byte rounds = ROUNDS;
	my_turn(users_begun);
begin:	if
	:: d_step { rounds > 0 && findable -> rounds--; preempt_off(); begun(users_begun) }
	:: d_step { rounds == 0 || !findable -> rounds = 0; begun(users_begun) }; goto done
	fi;
	try_module_get();
	if
	:: __module_get(); module_put(); module_put()
	:: module_put()
	fi;
	goto begin;
done:	skip
}

@ A remover takes the mutex, and if the module is alive he gives up after a look, makes an attempt, or drains;
with a signal on the way or without. Who has won runs exit and buries.

@<Model: removers@>=
proctype remover(byte me)
{
	short n; bool won, signal; byte tries = TRIES;
	my_turn(removers_begun);
begin:	if
	:: d_step { tries > 0 && !mutex -> tries--; mutex = true; begun(removers_begun) }
	:: tries == 0 -> goto done
	fi;
	if
	:: state != LIVE -> unlock(); goto begin
	:: state == LIVE -> unlock(); goto begin /* a look was enough */
	:: state == LIVE -> attempt();
#ifdef FORCE
		if :: !won -> seize() :: true fi;
#endif
		if
		:: won -> state = GOING
		:: !won
		fi;
		unlock()
	:: state == LIVE -> drain()
	:: d_step { state == LIVE -> signal = true }; drain()
	fi;
	signal = false;
	if
	:: won -> bury()
	:: !won -> goto begin
	fi;
done:	skip
}

@ The count of a load that will fail contains one reference more.

@<Model: the beginning@>=
init {
	atomic {
		byte i;
		do
		:: i < USERS -> run user(i); i++
		:: else -> break
		od;
		i = 0;
#ifdef FAILING
		state = COMING; shared = shared + 1;
		removers_begun = 1; run failing_load(0);
#else
		run remover(0);
#endif
#if REMOVERS > 1
		run remover(1)
#endif
	}
}

@*1 What was played. \label{played}The games of each line were all played; \.{make\ check} plays them again, and prints how many states there were, to the last one. The first is
the one that matters: three users, and two removers each of whom may look, attempt, or drain, with or without
a signal.

\medskip
\begintable{p{2.8in} t r}
who plays & switches & states, about \cr \hd
3 users, 2 removers & & 25 million \cr
2 users, one of whom takes one more, 2 removers & AGAIN=1 & 8 million \cr
2 users, a remover, \.{lsmod} & READER & 2 million \cr
the same, and stores arrive late & READER LATE & 3 million \cr
2 users, 2 removers who may use force & FORCE & 1 million \cr
3 users, a load that fails, a remover & FAILING & 5 million \cr
2 users, 2 removers: is there a game without end? & & 2 million \cr \gap
{\it in \.{check-long} also:\/} 2 users of two rounds, 2 removers & ROUNDS=2 & 20 million \cr
2 users, 2 removers who try twice & TRIES=2 & 5 million \cr
3 users, a remover, \.{lsmod} & READER & 78 million \cr
2 users, one takes one more, a remover, \.{lsmod}, stores are late & AGAIN=1 READER LATE & 31 million \cr
3 users, 2 removers: is there a game without end? & & 46 million \cr
\endtable
Spin omits orders of steps that cannot make a difference (its partial order reduction), and stores states
compressed without loss. There is no hashing in which two states could be taken for one.

@ {\bf One game that goes wrong.} A model that is never wrong may be a model of nothing. So every wait, order
and barrier of the protocol was left out in turn, one at a time. Each time Spin must find a game that goes
wrong. Here is the shortest one without the wait in |refs_gather|, translated from Spin's own record, which
names a line of this book for each step. The test plays the game again, and compares who does what when.

\figure{model-nowait}{The mutant {\tt NO_WAIT}, with one user and one remover. $B$ is the bias. The user has
read the mode while it was fast. By the time he counts, the counters have been added up; nobody will look at
them again before exit has run.}

\noindent Spin stops at the last step, where the auditor knows better than the remover. What comes then needs
no tool to be seen: exit runs, and the user calls a function of a module that has taken itself down. With the
wait, the remover would not have gone on before the user's section was over, and would have found his
reference in |gets[0]|.

@ {\bf The mutants.} The rest of them, and what Spin finds within seconds. The test fails if one of them
survives. The numbers are those of the list of what is shown.

\medskip
\begintable{t p{3.3in} l}
mutant & what is left out or exchanged & what breaks \cr \hd
NO\_WAIT & |refs_gather| does not wait for the processors & 1, 2 \cr
PREEMPT\_GET & test and addition are two sections & 1 \cr
PREEMPT\_PUT & the section of a put ends before the tracepoint & 1 \cr
NO\_LAST\_WAIT & no grace period between unlinking and free & 1 \cr
STATE\_FOR\_COUNT & the shared get asks the state instead of the number & 1 \cr
TAKE\_BY\_LOOK & the last reference is taken by a read and a write & 2 \cr
SET\_FOR\_ADD & |refs_gather| sets the number instead of adding to it & 2 \cr
ATTEMPT\_CLOSES & an attempt closes the gate while it gathers & 2 \cr
NO\_GOING & a drain does not say so in the state & 5 \cr
BLIND\_REOPEN & a signal reopens without asking whether the last reference is taken already & 4 \cr
NO\_GATHER & a drain closes the gate and does not gather & 5 \cr
NO\_RING & the last put does not ring & 5 \cr
RING\_FIRST & it rings before it subtracts & 5 \cr
LOOK\_THEN\_QUEUE & the waiter tries before he is on the queue & 5 \cr
BELL\_LOST & the bell can be queued again only when it has been heard & 5 \cr
NOT\_SENT & a load that failed does not send the undertaker itself & 5 \cr
NOT\_KEPT & force frees all the memory & 1 \cr
FAST\_FIRST & |refs_spread| sets the mode before the number & 6 \cr
GETS\_FIRST & the reader reads |gets| before |puts| & 6 \cr
SHARED\_FIRST & he reads |shared| before |puts| & 6 \cr
SHARED\_LAST & he reads |shared| after |gets| & 6 \cr
NO\_WMB & a put may be seen before its get & 6 \cr
\endtable
Three of them are worth a second look. |BELL_LOST| is how one would write an |irq_work| of one's own: mark it
free when it has been handled. A put that comes while it is being handled is then not heard. |SHARED_FIRST| is
what a reader does who first looks whether the number is spread, then reads the counters, and does not look
again. And |NOT_SENT| is a bell that rings in an empty house.

Not all that is left out does harm. A put that rings only when the mode is closed is no mutant (an exercise in
\chap{count} asks why), and Spin finds nothing.

@ {\bf What is not shown.} Three users are not a thousand. There is no theorem here that three suffice; only
the experience that races of this kind need two or three parties, and the observation that nothing in the
protocol counts beyond ``one'' and ``more''. A put too many does not occur in the model, nor do dependent
modules, nor a module that is loaded under the name of one that lingers. Nor is the model the code. What
stands between them is a reader who compares two neighbouring sections, and the tests of \chap{trials} and
\chap{sleepers}, where the code itself runs.

@*1 Exercises.
\exercise{15} In the model's |module_put|, bell and tracepoint are two steps. Join them into one, so that the
bell cannot be heard before the section is over. Does |NO_LAST_WAIT| still go wrong? Who takes the last
reference then?

\exercise{20} |BELL_LOST| cannot go wrong with one remover who drains once, even if a holder takes one more.
Why not? What has to ring before the put that is not heard?

\exercise{25} The model has one module. Suppose that there are two, each with its own count, and one bell for
both. Which statements would have to change, and which one, surprisingly, need not? How does |BELL_LOST| go
wrong then?

\exercise{30} Prove that nothing is lost by letting the users begin in the order of their numbers. Where does
the proof use that |inside| and |awaited| are sets? Why would it fail if only the user with number~0 were
allowed to call |__module_get|?
