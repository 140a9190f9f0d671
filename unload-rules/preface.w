@q SPDX-License-Identifier: GPL-2.0-only @>

@* What no loader can do. \label{preface}%
When a module leaves the kernel, its memory is given to somebody else. Whoever calls one of its functions a moment later executes
whatever lies there now; whoever reads one of its strings reads somebody else's. There is no
second line of defence. So the question of this book is: {\it when is it certain that nobody
will?}

A loader can give part of the answer. It can count those who are inside, refuse to count more, and wait for those
who are on their way out. But it cannot know what a module has promised to the world. A
driver that freed its buffers in the wrong order, that forgot one registration out of ten, or that frees a
thing twice, has a bug that no loader will ever see. Of the bugs that made it into the public lists, these are
about half; here they all are, by what went wrong:

\medskip
\begintable{p{3.05in} r p{1.75in}}
what went wrong when modules left, or failed to enter & share & can a loader help? \cr \hd
the driver's own order of undoing, null pointers & 47\% & no \cr
a failed start whose return code was ignored & 10\% & partly \cr
memory never given back & 9\% & no \cr
the kernel's core read memory of a module that was gone, or not there yet & 7\% & yes: the order of its states \cr
nobody named as the owner, or a refused reference ignored & 7\% & yes \cr
timer, work, callback, thread or hook that still ran & 6\% & yes \cr
something never unregistered & 6\% & yes: it can be caught \cr
wrong order in exit or init & 4\% & by a rule \cr
removal that hangs & 3\% & it can say who holds \cr
\endtable

\noindent (From 233 reports with a CVE number, up to August 2026.) The last six lines
are our subject: about a third of all, and among them the ones that are hardest to find by
testing, since the window is a few instructions wide and the victim is whoever gets the memory next.

@ A second thing must be said at once. For twenty years users of Linux have been told that removing modules is a
luxury. Nobody needs it to run a machine, and the safest module is one without an exit function. We agree that
nobody needs to remove a module in production, and that a module which cannot leave safely should stay. But drivers
are written by people who load and remove them a hundred times a day; test suites do so as many times an hour; and a
device can be unplugged, which is the same problem in another guise. For all of these, ``it mostly works'' is the
worst of answers.

A list of the conditions was asked for in October 2002, when the loader was proposed that Linux has today: for those who write modules, it was
said, clear rules matter more than clever mechanisms. There is a good page about the callbacks of RCU, and a paragraph here and there about the rest. This book is an attempt at the whole list.

@ The book is for three kinds of readers. If you {\it write a module}, you want to know
what your functions may rely on and what your exit function must have done when it returns. If you
{\it design an interface\/} that others register callbacks with, you decide whether their
modules can be easy, and it costs you one field and one test. And if you {\it remove\/} modules, you
want to know why you are refused, and what force would mean.

Nobody has to read it from the first page to the last. Whoever has an hour finds a way through it on \pageof{hour}, and whoever has five minutes the page
for the wall (\pageof{wall-page}).

Each rule stands beside the code that enforces it, or tells where that is; and this code is not an illustration, but is tangled from these
pages into the directory \.{kernel/module} of a kernel that runs. Nobody has to change anything for it: modules that were built for the stock kernel
are loaded as they are. How the module came in is told in the companion,
\seein{loader}{story}. We begin with the way out, step by step, and with what the stock kernel leaves open on it (\chap{removal}).
Then come the answers: a count that costs next to nothing and refuses nobody in vain (\chap{count}); a removal that
can wait, be broken off, and be forced in two ways (\chap{delete}); a burial that waits for those who came too early
(\chap{burial}). So much for those who are counted. For all others there is what comes after exit: waits for those who are passing
through (\chap{quiesce}), an audit of what was ordered and not taken back (\chap{audit}), a look at every stack of the machine (\chap{census}), and
a quarantine for what none of these can find (\chap{quarantine}).

The rules follow, in five chapters, each rule with a module that breaks it and one that obeys: for those who are counted (\chap{rules-c}), for those whom nobody
counts (\chap{rules-u}), for what was ordered (\chap{rules-d}), for what stays behind (\chap{rules-r}), for |init|, exit and the user (\chap{rules-i}). A table tells what
then happened, on the stock kernel and on ours (\chap{leave-table}). What can be known of a module in advance is told by the loader when it comes in (\chap{verdict}),
and by a program that reads the compiled file (\chap{checker}); both have it from the same table of the kernel's interfaces, which is
printed as well (\chap{interfaces}). Then comes the name of whoever holds a module (\chap{who}), which a tool tells its user (\chap{tool}).

What is claimed about races is checked twice: by two models that are searched to the end (\chap{model} and~\chap{leaving-model}), and by machines
that try for a while (\chap{trials} and~\chap{sleepers}). What it all costs is measured (\chap{bench}). For those who want to try their hand there are modules to be
mended (\chap{lab}), and for those who teach, some advice (\chap{teach}).
