@q SPDX-License-Identifier: GPL-2.0-only @>

@* The table of interfaces. \label{interfaces}%
Somebody calls into a module because the module has asked for it: it has registered a function, or ordered a call. This table tells for each function of the kernel by which that can be
done {\it what kind of entry\/} comes of it. It is the answer to the question with which the decision tree begins (\see{wall}), worked out for those who need not work it out again.

It has three readers. The loader takes it for the verdict (\chap{verdict}), the checker for its findings (\chap{checker}), and you for the second part of every rule, {\it who is at
risk}. All three read the same lines; what follows is the source of \.{interfaces.h}, set as a table.

\medskip\centerline{\classlegend}\medskip

\li The {\it class\/} is the weakest protection among all the functions that are handed over. A driver for a bus is \.{drained\/} although it names an owner, since nobody
takes a reference around its |probe| and |remove|. Those of class \.{none\/} hand over nothing, or nothing that is called after they have returned. They are here because one would look for them.
\li The {\it rule\/} is what has to be kept.
\li In the third column stands what {\it takes it back}. One of these is what the loader and the checker look for; which of several is right for you, the note and the rule say. (|module_quiesce| is this book's; on every kernel there is |unload_quiesce|.) If there is none, the kernel does it by itself, or somebody else does; the note says who. Below
stands, for counted ones, where the {\it owner\/} is named.
\li The last column tells in which context the function is called, and what else one should know: above all, which calls {\it contain a wait}.
\li In small type below the name is the place in the source of Linux 6.12.117 that decides the case. If you doubt a row, look there.

\endli

@ Every row was read in the source before it came in; a wrong row is worse than none. What is in no row is {\it unknown}, and the loader and the checker say so. They do not say it of the functions
at the end of the chapter, from which nothing can follow: those that are handed no function and no structure that has one, or only such as have been registered before. Which they
are was decided by their types, and by eye where the types left it open.

How much of the world does it cover? Of the 396 modules of the lab, 379 import nothing that is unknown; of the 1,138 of a distribution's kernel for clouds, 575. The others have a few such imports each, mostly functions that other modules export.

Two things no table of imports can have. Some functions are inline and store a pointer into a structure, like |INIT_WORK|; they leave no trace but what is called later. And some hooks are
variables (\see{hooks-that-are-variables}). Nor can it know the {\it other\/} ways out: that another module takes back what this one has ordered, that an object which is freed takes its timers along. Hence a missing counterpart is a reason
to look, and not a proof.

@ The files. The loader has one of the rows,

@(kernel/module/interfaces.h@>=
@<Rows of the table@>@;

@ and the checker has the same.

@(host/interfaces.h@>=
@<Rows of the table@>@;

@ So it is with the symbols that order nothing.

@(kernel/module/plain.h@>=
@<Symbols that order nothing@>@;

@ Both read them.

@(host/plain.h@>=
@<Symbols that order nothing@>@;

@ Some hooks are no functions, but variables. The loader cannot tell a module that stores something there from one that only reads; to it they are unknown. The checker looks
for the store.

@(host/hooks.h@>=
@<Hooks that are variables@>@;

@ What is imported has often another name than what was written. \.{modrules --table} knows both.

@(host/aliases.h@>=
@<Names that authors write@>@;

@i unload-rules/table-core.w
@i unload-rules/table-net.w
@i unload-rules/table-drivers.w
@i unload-rules/table-plain.w
