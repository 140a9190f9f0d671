@q SPDX-License-Identifier: GPL-2.0-only @>

@* Answers to the exercises. \label{answers}%
A number leads back to its question.

\answer{count}{1} A get and a put of one reference, between the two readings: the put is in the sum and the get is
not, so the sum is one too small; if somebody else holds the only other reference, \.{lsmod} shows zero for a module
in use. It needs a second processor, or a reader that is interrupted between the two loops by a task which takes and
gives back on the processor whose counter was read already.

\answer{count}{2} What is in |shared| beside the bias: all that was taken or given back by those who saw the new
mode while we waited, and the difference that earlier removals have left there.

\answer{count}{3} None in the protocol as it is. A drain writes |REFS_CLOSED| before it gathers, and a put that
still reads |REFS_SHARED|, from an earlier attempt, is in a section for which the drain waits. But the argument
leans on that wait; the ring that is not conditional needs no argument.

\answer{count}{4} It could, as far as memory is concerned: the caller still holds the module while the event is
written. But the event carries the count, and would show it as it was before the put.

\answer{count}{5} The first window lies between the caller's fetch of the pointer to |open| and the reference taken
inside, the second between the reference given back, at the end of the driver's |release|, and the return from it.
In both a removal finds no holder, runs exit and frees the text, and the caller goes on in what is there now. A
function in the kernel that takes the reference before it calls |open| closes the first. The second is closed only
if the same is done for |release|: the put has to come after the return, from code that stays.

\answer{delete}{1} Both sleep, each waiting for the other. Nothing is stuck: a signal to either of them ends its
drain, and when it lets go of what it held the other one goes on.

\answer{delete}{2} It must take the base again, and only if the number is not zero; if it is, the module was
released in the meantime, and the removal has to go on although there is a signal. So a drain that was interrupted
may end in a removal. Here that cannot happen after the condition was last looked at, because nobody but the sleeper
himself can take the last reference.

\answer{delete}{3} In the drain the mutex is given up before the count is zero, and a second remover who found the
module |LIVE| would begin a second drain or attempt: two removers of one count, against the first invariant. The
state must also be there for those who are refused. In the attempt nothing must be seen of a failure. \.{lsmod} and
loads of the same name look under the mutex, which is held throughout, and would notice nothing. But were the state
set first, \.{initstate}, which is read without the mutex, could say \.{going} of a module that stays, and
|symbol_get|, which tests the state, could be refused while somebody holds the module.

\answer{burial}{1} The one that takes |module_mutex|, to give up the name: the undertaker would wait for
himself. And even if |hand_over| expected the mutex to be held, |ftrace_release_mod| comes before it, and takes a lock of
ftrace's that a tracer may hold while it rewrites the beginnings of all functions. Everybody who loads, removes or lists modules would
wait for the tracer as well.

\answer{burial}{2} Loads of the same name. The name and the directory are gone by then. The
entries by address are not, but they lead to the old addresses only, which nobody else can be given yet. What the load may miss is memory: a new copy of the module that needs per-CPU
data may find the reserve occupied by the old one. Then it waits for the undertaker and tries once more (\see{room}), and fails with |ENOMEM| only if
the old one is held up.

\answer{burial}{3} The one that is alive. |find_module_all| passes by whatever is nameless, before it compares
names; the load is told |EEXIST|.

\answer{quiesce}{1} In the first round only: for the other two, and once more before their memory is freed. In every later round the look in front finds the thread and puts
the module back; then |in_hand| is empty, and no wait is made. What the thread costs is an audit and a census every two seconds.

\answer{quiesce}{2} The load would wait in vain for modules that are held up, although the memory that it needs is there when those that
are not held up have been buried; and the quarantine, which could give it room, is not part of the backlog. A ticket stands for one whole round, the most that can be done now. The
remover needs no memory. If each of them waited for a whole round, every \.{rmmod} would sit through all the waits, and the undertaker would have
nothing to save.

\answer{audit}{1} Zero, as for a timer that was not pending, and nothing is armed: |mod_timer| looks at the function under the lock of
the wheel, finds none, and goes away. That the function has not left yet is seen by the audit itself, which finds
|running_timer| set and has not seen everything; by RCU, as the function runs in a softirq; and by the census, which looks at the stacks of
processors too.

\answer{audit}{2} One who calls |tasklet_kill| on that tasklet, in a thread of the module for example. It waits for the mark to go, and
nobody would ever clear it: a straggler made by us.

\answer{audit}{3} They have none. Lock debugging makes every timer and every work a lock, whose class is known by a key in
the module, so as to find those who wait for a function while they hold what it takes. High-resolution timers have
no such thing in this kernel.

\answer{audit}{4} U1: what the callbacks use was destroyed before those who might call were gone; and C2, since a table with an owner would have kept the module. The
audit compares addresses of tables, and cannot tell freed memory from a table that is in use. If every |open| were noted with the module in which
the table's {\it functions\/} lie, the file could be found by that note. It would cost every open a search of an address; the quarantine finds the
same mistake for nothing, though only if somebody uses the file.

\answer{census}{1} An interrupt from user space begins at the top of an empty stack, so between the stack pointer and the top there is nothing but the
registers of user space, and the reliable unwinding ends there. What lies below the stack pointer has returned.

\answer{census}{2} On its own: the registers of user space are saved at the top of it. The reliable unwinding ends when it comes to them and does
not weigh them. Only where a stack has to be read word by word are they words like others; then the module is kept, for as long as
the program likes, and after two seconds the log names him, with a ``perhaps''.

\answer{census}{3} The module's thread A is about to create B. The census begins, and passes the head of the list, where B is to be. Then A creates
B, leaves the module and dies, or ends the call in which it was inside, and is visited after that. B was born behind the census. With the list as it
is, B is at the end, where the census still has to come.

\answer{census}{4} D4, and ``not yet started''. The thread sleeps in |kthread| without having been called; its function lies in the module, so
the module is kept as long as the thread exists. Somebody has to wake it or to stop it: another module that can find it, by
|kthread_stop|, which makes it end without having called its function. Signals do not reach it. Without such help the memory waits until the next boot.

\answer{quarantine}{1} Two: one of data, in which |struct module| and the symbols lie as well, and one of constants, as every module has at least a note. Before, the text had a
page of its own, which was the third. (The pages of the page table stay, too, but these are shared with the neighbours.)

\answer{quarantine}{2} A breakpoint has a long form too, \.{CD 03}. A page full of it is a page full of \.{03 CD} to whoever arrives
at an odd address; and that is an addition, of two registers, after which comes the next one. He would run through all pages of
traps, adding, and fall out at the end of the module's text into what lies behind it. There are usually no addresses mapped there, so he ends in a page
fault, far from where he came in.

\answer{quarantine}{3} The registers are memory while the handler runs, and all of them come into force together, when the exception
returns. But to emulate the return is to write |regs->ip|: afterwards it is where the caller goes on, and where the stray had arrived is lost.

\answer{quarantine}{4} A processor that still remembers the old entries executes the old pages. They have been given to somebody, who
writes to them through the linear mapping, as he may: so the processor executes data that a stranger is writing, and has the rights of the kernel.

\answer{quarantine}{5} There is no good answer yet. Zero is right for ``not mine'' and ``done'', and for a question it depends on how it was asked. A table beside
the callbacks (say, in the structure that holds them) would be in the constants of the module, which stay; but the handler finds the function's name, not the structure. A section with
one record for each function, filled by a macro, could be searched by address. It would have to be in the kind of memory that is not dropped after |init|, and every author would have to
think of what his function means when he is not there any more; and the author who thinks of that unregisters.

@i unload-rules/answers-rules-c.w
@i unload-rules/answers-rules-u.w
@i unload-rules/answers-rules-d.w
@i unload-rules/answers-rules-r.w
@i unload-rules/answers-rules-i.w

\answer{verdict}{1} That it is easy, and that nothing is missing: the set with an owner points to the module, so something does. It should name the other set, with C2. But it looks only for any relocation that uses the
module's own symbol. In which structure that lies, and which structure comes to |misc_register| in the end, it does not follow; the checker does (\chap{checker}).

\answer{verdict}{2} The second of the two finds the slot of the first, and is not taught. If both are rows, the numbers fall short of the rows, and the boot says so and judges nothing. If the second is only a counterpart, it has the number of
the row: who imports the one is believed to import the other, so that something missing is not seen, or rules are named that do not apply. If it is a plain name, whoever imports it is given the row's rules. If both are plain nothing happens. None
of these is noticed at boot; nor is a table that is full, unless it is a row that finds no room: a counterpart without a number is missing everywhere, and a plain name unknown. A test can notice them all: each name is asked
for its number when all are taught.

\answer{verdict}{3} For it: a refusal at load is cheap, as nobody depends on the module yet, and he who asked learns at once what he would otherwise learn on the day on which he wants to be rid of it. Against it: nearly every driver is hard, and claims nothing;
a policy about leaving would decide whether the machine finds its disk. And to stay is no harm. A hard module that the policy keeps is a permanent one, which by rule X3 is the safe form for those who cannot leave. What is refused has to be the step that can do
damage, and that is the removal.

@i unload-rules/answers-checker.w

\answer{who}{1} The place that was used last, which is that of |fops_get| if it came second. Then |cdev_put| comes,
one place is left, and it is charged; from now on |cdev_put| is known to belong to |cdev_get|. The file shows
nothing, as it should. Had the order of the puts been the other one, the file would have named the wrong place for
the time between the two.

\answer{who}{2} Both functions are exported and called from some thousand places, by modules that are compiled
already; the cookie would have to be stored in whatever structure holds the reference. So everybody would have to
change, and that is against the first promise of this loader.


\answer{tool}{1} Because of those who use the module and hold it for no longer than a moment. A drain refuses them
from its first instant, even when the module could have gone at once: between the closing of the gate and the answer
that nobody is inside lies a grace period, and then the module is gone. But if somebody does hold it for long, and
the user interrupts, everybody else was sent away for nothing. The attempt costs one grace period at most, sends
nobody away, and in most cases settles the matter.

\answer{tool}{2} Beside \.{fd} there is a directory \.{fdinfo}, whose files have a line \.{mnt\_id}. It is the
number at the beginning of the lines of \.{mountinfo}, and is known to the kernel without asking the file system.
Devices remain: to learn that a file is one, |stat| has to be called; but only for files on mounts whose type is
\.{devtmpfs} or the like, and those do not hang.

\answer{tool}{3} The open file does, as before: it is the same |struct file|, with the same reference on the module,
and now belongs to a message in the queue of a socket. No link in any \.{/proc/PID/fd} leads to it. The report says
that no process and no mount leads there. With \.{module.trace\_refs} the call site appears, which is the one in
|open|, and tells at least that it is an open file.

\answer{tool}{4} It opens the device, sleeps for a hundredth of a second, closes it, and begins again. So the device
is free a hundred times a second, but for a microsecond or so each time. The tool looks ten times a second; that one
of the six hundred looks of a minute falls into such a moment has a chance of a few per cent. A drain needs no luck:
the next |open| is refused, and the module goes when the device is closed, within a hundredth of a second. What the
program sees is what one sees without the module, |ENODEV| or |ENXIO|, or, if the device file goes with it,
|ENOENT|.

\answer{model}{1} It does. The last reference need not be taken by somebody who was woken. An attempt takes it
between the subtraction and the tracepoint, or a drain whose waiter was not asleep yet, and neither of them has
heard a bell. Spin's game has an attempt.

\answer{model}{2} While the gate is closed the number reaches the base from above once, and rings once; a holder who
takes one more does so above the base. So the bell is free when the put rings. Something must have rung before, and
be in the middle of being handled: a put during an attempt, in the shared mode, or in a drain that was interrupted.
Therefore it takes two removers, or one who tries again.

\answer{model}{3} Everything that the module consists of becomes an array, and so do the auditor's notes; |asleep|
is one for each remover already, and |hear| need not change, since it wakes all of them. The bell of the other
module is then the one that is just being handled.

\answer{model}{4} Take any game, and number the users anew, in the order in which they begin. The result is a game
again: the program of a user mentions his own number only to put it into a set or to take it out, and the conditions
on sets ask only whether they are empty; the first state is the same for all. It has the same states but for the
numbers, no assertion mentions a number, and it is among the games that are played. If user~0 alone could call
|__module_get|, the new numbers would give that right to somebody else, and the result would be no game.

\answer{leaving-model}{1} The grace periods. They begin when the module was handed over, as ever, and whoever has the pointer by
then is waited for; but the hook is still on, and somebody may read it when the wait has begun. The rule ``first
unhook, then wait'' is one for exit functions, and the undertaker can do nothing if it is broken.

\answer{leaving-model}{2} What is left are tasks, and RCU-tasks waits for a task in a section with preemption off as it waits for every
other; with RCU-tasks alone nobody would be missed. An interrupt is missed if it strikes an idle processor: the idle task is
no holdout. Any hook that is called from a timer or from the network shows it. (RCU-tasks
as it is built today contains grace periods of RCU. That is how it is made and not what it promises.)

\answer{leaving-model}{3} Two, one after the other. The first lets the first callback run, which orders the second one; the other lets that one
run. No census is needed between them, as what is ordered is all that matters, and a callback cannot stay inside. Spin finds nothing then.
Of a callback that orders itself there is always one more than there are barriers.

\answer{leaving-model}{4} Reading the flag and giving the order are two steps, with everything possible in between; a task that has read it in
time may order late, but it is inside then, and visible. Whoever comes in after exit orders nothing. Hence no chains, and with them go the
last census and one of the two audits; even the first plan is right now. \.{NO\_TASKS}, \.{NO\_FIRST\_CENSUS}, \.{BARRIER\_FIRST},
\.{NO\_BARRIER} and \.{UNHOOK\_LATE} are found as before. Such a flag is what rule D3 asks for. It is cheap for the author, and
no loader can supply it.

\answer{trials}{1} Cleared after the first put: a reader looks in between, finds |kept| unchanged around a figure
that is smaller than what |kept| says, and complains of a figure that is right. Set before the last get has the same
effect, at the other end; and a drain may then refuse nothing, but a worker that is refused by a module which the
keeper has not entered yet would call it unjust.

\answer{trials}{2} An upper bound answers the opposite question: whether a refusal was {\it needless\/} cannot be
told from it, but whether a figure is too {\it large\/} can, and so can a module that stays though nobody holds it.
The question in |ref_tester_withdraw| becomes worthless: a worker that has announced itself and not yet been refused
would look like a holder, and honest removals would be reported.

\answer{sleepers}{1} In the terminal trial, nothing: a child that was forked shares the open file with its parent,
so that the count is one as before; and when it is killed its share goes, and the file stays open. The second trial
never comes to an end. The parent closes its share, the file stays open in the one who waits for it to be closed,
and after a minute the alarm ends the parent. The remover waits on; he can be interrupted, but there is nobody left
to do it.

\answer{sleepers}{2} Somebody types \.{\^Z} at an \.{rmmod\ --wait} and goes home. Until the next morning everybody
would be refused a module that nobody is about to remove. And a stopped task is stopped on its way back to user
space, in the code that looks after signals; to get there it has to leave the system call, and a wait that has been
left waits for nothing. What the kernel can do is what it does, to begin the call anew.

\answer{sleepers}{3} In the trial: whoever gave the order may come back, and find the count not yet lowered and the
remover still asleep; the line that should say so says something else once in a hundred runs. In the kernel nothing.
That \.{holder} itself cannot leave in between is assured by others: the handler of NMIs is unregistered with a wait
for a grace period, and so is the probe.

\answer{bench}{1} The reader finds the number spread. Then an attempt sends everybody to the shared number; somebody
takes a reference there; the attempt fails, the number is spread again, and the holder lets go on his own processor.
Now the reader adds up: he sees the put, but the get is in a number that he has read before, and the sum is too
small by one. With preemption off it can happen all the same. A grace period outlasts the sections that were open
when it began; a reader who comes in the middle of it, after the mode was changed and before the number was
gathered, is not waited for.

\answer{bench}{2} Somebody has found the module, has read that he is to count on the shared number, and sleeps. The
module is taken and buried, and a new one is made in its place. He wakes, finds a positive number, and is granted a
reference: on the new module, and correctly counted. Every sum is right, and no assertion fails; in the test program
the memory is that of a module after all. ThreadSanitizer reports a race, as nothing orders what the new module's
maker wrote before what this holder reads. In the kernel the memory would by then be somebody else's.

\answer{bench}{3} The rounds that begin while removals go on would be saved, and somewhat less work would be done. Lost would be the bound on
memory: there need not be a last one. And nobody knows that the last has gone: the loader would have to wait for some time in which nothing leaves, and
a single module, which is the usual case, would be free later than need be.

@i unload-rules/answers-lab.w
