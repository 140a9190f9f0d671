@q SPDX-License-Identifier: GPL-2.0-only @>

@* One rmmod, from the command to the last page. \label{removal}%
The module \.{hello} was loaded some time ago (\seein{loader}{story}). It sits in the kernel, with its pieces of
memory, a directory in \.{/sys/module} and a line in \.{/proc/modules}. Nothing calls it at the moment.
The user types \.{rmmod\ hello}. We follow what happens to the end, in ten steps, and only then look at the code.

\medskip
{\bf 1. The question.} \.{rmmod} reads \.{/sys/module/hello/refcnt}, finds~0, and makes one system call,
$$\hbox{\tt delete\_module("hello", O\_NONBLOCK).}$$
Had it read anything else it would have stopped with ``in use''; but what it has read is already old, and the kernel
decides anew. The flag says that \.{rmmod} will not wait.

\medskip
{\bf 2. The name.} May this caller do it, and is it still allowed to change what modules there are?
Then the name is copied in. It is looked up under |module_mutex|, the lock of all that concerns the list of modules.

\medskip
{\bf 3. Three reasons to stay.} Another module uses \.{hello}: it has to go first. \.{hello} has not
finished starting, or is leaving already: it is not ours to stop. \.{hello} has a function that
set it up and none that takes it down: there is no way out that anybody has written.

\medskip
{\bf 4. The count.} Each processor has counted for itself how many references on \.{hello} were taken there, and how
many given back. The sums say that nobody holds it; but that is only a look, and a look is old when it returns. So
for a moment everybody is made to count in one shared number. The processors are waited for, some tens of
microseconds; what they had counted is added. Now one atomic step takes the last reference, which is the loader's
own, {\it if it is the last}. Had anybody held the module, it would have stayed, the processors would count for
themselves again, and nobody would have noticed.

\medskip
{\bf 5. Going.} The state becomes |MODULE_STATE_GOING|, and the mutex is released. From now on
\.{refcnt} shows $-1$, and whoever asks for a reference is refused.

\medskip
{\bf 6. Exit.} The module's own exit function runs, in the context of our \.{rmmod}. It takes back what the
module promised to the world: unregisters, stops, waits, frees. It returns nothing, because there is nothing it could
refuse any more. When it has returned the loader looks at once for what exit should have taken back and did not, an armed
timer for instance.

\medskip
{\bf 7. The others.} Whoever asked to be told of modules is told that this one is going; they let go of its
tracepoints, its probes, its lines in debugging tables. A livepatch that had patched it forgets it, ftrace
forgets its functions. Calls that the module ordered to run asynchronously are waited for.

\medskip
{\bf 8. The directory.} \.{/sys/module/hello} disappears, which waits for those who are just reading one of its files.

\medskip
{\bf 9. Without a name.} No search by name returns the module any more. The modules that \.{hello} used are released, whoever waits
for the name is woken, and a new \.{hello} may be loaded. The old one is handed to the {\it undertaker}, a piece of work that the
loader orders from itself; and \.{rmmod} exits. All this has taken some hundredths of a second, nearly all of it in grace periods.

\medskip
{\bf 10. Burial.} The undertaker is in no hurry. He waits until those have passed who were on their way into the module or out of
it, and looks at every stack of the machine for somebody who is still inside. If he finds nobody, the state becomes
|MODULE_STATE_UNFORMED|, and the module is taken from the list, from the tree of
addresses, from the table of bugs; then one more grace period of RCU passes, until every processor that may have been looking at it
has looked away. Its per-CPU data and its memories are freed, the one that contains |struct module| itself
last of all.

\medskip
The order of the ten steps is the whole
art: {\it close the door, let the module clean up, tell the others, give up the name, wait, free}.

Without the flag, step~4 is another. The state becomes |GOING| at once, nobody is let in any more, and \.{rmmod}
sleeps until the last one has left. A signal ends the wait, and the module is what it was. That is a {\it drain},
and the other an {\it attempt}.

\figure{drain-states}{The states of a module. A removal leads from |LIVE| through |GOING|; a drain that is interrupted leads back. A failed
|init| takes the same road out, and waits for those who hold the module.}

@*1 When the steps go wrong. The words for this are those of \see{words}. The text cites rules by a letter and a number, C5 for instance; they have chapters of their own, from \chap{rules-c} to \chap{rules-i}.

Now the ten steps can be judged. Steps 3 to~5 take care of {\it counted\/} entries, completely: if every way
into a module is counted, then at step~5 nobody is inside and nobody can come in. An exported symbol is counted
too, by step~3, once for the module that uses it. So an {\it easy\/} module may leave whenever the loader says so, and
its author has done nothing but fill in a field called |owner|.

All other entries are the business of step~6. A {\it drained\/} one is shut by a call in exit that returns late. A
{\it deferred\/} one must be cancelled by name. For the {\it bare\/} ones and the {\it released\/} ones there is
the care of the author, and the waiting and looking of step~10. But that comes
after the module's data were taken apart by its own exit function; it can protect text, and what exit has left alone.

@ \label{open}The stock kernel goes the same way, with fewer steps. It looks at one number in step~4, looks for nobody after
exit, and buries the module itself, after a single grace period, before \.{rmmod} exits. So it leaves seven things open. None of them is a mistake in its
steps; each is a step that is not there. All seven are closed in the chapters that follow.

\num1 {\it It does not wait.} A removal either succeeds at once or fails at once. The flag |O_NONBLOCK| was once the
difference between the two; the kernel dropped the waiting form in version~3.13, and since then the flag has had no
effect. Those who want to wait ask again and again. (Here: the drain, \see{drain}.)

\num2 {\it It does not say who.} The count is a number. When it is not zero, nothing tells who
holds the module, and why. (Here: \chap{who}.)

\num3 {\it All count in one place.} With one atomic number, an attempt that fails disturbs nobody. The price is one cache
line that every processor must own in turn; the per-CPU counts that the loader had until version~3.19 could be added up
only while all processors were stopped. (Here: \chap{count}.)

\num4 {\it A module cannot guard itself.} Between the call of a function and its first instruction that takes a reference the
caller may be preempted, and between the last reference given back and the return likewise. In both windows
the count is zero and somebody is inside. (Here: the waits, \see{waits}; the rules for such a module are S1 and~S2, \see{rule-s1}.)

\num5 {\it After exit nobody is looked for.} If a straggler remains, its memory is pulled from under it. (Here: \chap{audit}
looks for what will come, \chap{census} for who is inside, and \chap{quarantine} catches those whom neither has found.)

\num6 {\it A failed start waits for nobody.} References are granted while |init| runs. If |init|
then fails, the memory is freed, whoever holds it. (Here: \see{failing}.)

\num7 {\it Force is of one kind only,} the brutal one, and not even safe for those who hold the
module: when they give their reference back, they write into memory that is gone. (Here: \see{force}.)

\endli
Numbers 4 and~5 are about entries that nobody counts. They need more than a count, and \chap{quiesce} tells how what they need fits together.

@*1 The files. The code that counts references and takes the last one is in three files and two headers. \.{unload.c} is for everybody else
in the kernel; exports of this file have version sums over |struct module|, and therefore it begins by including
what is prescribed for that (\seein{loader}{header}). \.{drain.c} does the waiting, and \.{who.c} remembers who
holds what. \.{refs.h} is the count itself, which knows nothing of modules and compiles on the host as well;
\.{annex.h} ties it to a module.
@^checksum of a symbol@>

Some of the functions of \.{unload.c} are needed even in kernels that never remove a module, since a load that fails has to be
undone as well; the others stand between an \.{\#ifdef} and its end.

@(kernel/module/unload.c@>=
#include "loader.h"
#include "internal.h"
#include <trace/events/module.h>
@#
@<Hold a module that is ready, or say why not@>@;
#ifdef CONFIG_MODULE_UNLOAD
@<The count of references@>@;
@<Who depends on whom@>@;
@<Remove a module, on demand@>@;
@<Release a module that was held by a symbol@>@;
#endif
@<Hold a module by one of its symbols@>@;
@<Leave the kernel and the module in one step@>@;
@<Free a module and everything that knows of it@>@;

@ What sleeps, and what wakes it, has a file of its own.

@(kernel/module/drain.c@>=
#include <linux/ftrace.h>
#include <linux/irq_work.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/wait.h>
#include <linux/workqueue.h>
#include "internal.h"
@#
@<Whether a removal may wait@>@;
@<The bell of the last put@>@;
@<Wait until the last reference is ours, or a signal comes@>@;
@<Let a failed load linger for its last holder@>@;

