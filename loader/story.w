@q SPDX-License-Identifier: GPL-2.0-only @>

@* One insmod, from the file to the first instruction. \label{story}%
A file lies on a disk. Somebody types a command, and a moment later part of the file has become
part of the running kernel: other code calls it, interrupts arrive in it, and nothing
distinguishes it from what the machine was booted with. This book is the program that makes it
so, the module loader of Linux~6.12 for the x86-64 processors. It is a whole program and a real one. What you read
here is what is compiled; put into a kernel tree in place of the directory \.{kernel/module}, it loads
every module in use that the loader of that tree loads, and refuses, with the same errno, what that one
refuses. (A damaged file it refuses more often; \chap{elf} says when and why.)

What it does not do should be said as well. It does not look for a file: to know that a network card needs
\.{e1000.ko} is the business of \.{modprobe} in user space. It does not judge what the code will
do once it runs, beyond a signature and a licence. And how a module leaves again, or how
one that failed to start waits for those who hold it already, is the subject of the second book, {\sl The Rules of Unloading}.

Before we come to any code, let us follow one module through the whole of it.

@ The module is \.{hello.ko}, from \chap{trials}. It has a function that runs at the start,
another one at the end, and parameters; of what it takes from the kernel we shall follow one function, |_printk|.
The user types
$$\hbox{\tt insmod hello.ko who=world}$$
and \.{insmod} opens the file and makes one system call,
$$\hbox{\tt finit\_module(3, "who=world", 0).}$$
That is the last we hear of user space until the end.

\medskip
{\bf 1. Arrival} (\chap{arrive}).
Is the caller allowed to do this, and is loading still possible at all? Both questions cost next to nothing
and come first. Is the same file being loaded at this moment by somebody else? Then we wait for him and take
his result. Otherwise the file is read into kernel memory, some twenty kilobytes, in one
piece. The file on the disk will never be looked at again; whoever changes it now changes nothing.

\medskip
{\bf 2. Trust} (\chap{load}).
If the last bytes of the copy say that there is a signature, it is verified before anything else is
read. \.{hello.ko} has none. Whether that matters was decided when the kernel was built; this one goes on.

\medskip
{\bf 3. Form} (\chap{elf}).
The copy claims to be an ELF file: a header, fifty-odd sections, a table that says where they are.
Nothing of it is true until it has been checked, for the smallest wrong number
in it would make us write where we must not. Does each section lie inside the file, and none inside
another? Does every string end? Does every symbol belong to a section that exists? When this chapter
is done, the rest of the book may follow any index in the file without looking.

\medskip
{\bf 4. Notes} (\chap{modinfo}).
One section holds lines of text, two of which are
$$\vbox{\halign{\tt#\hfil\cr license=GPL\cr vermagic=6.12.117-lab SMP preempt mod\_unload modversions\cr}}$$
The second must say what this kernel was
built as and with. The first decides which symbols the module will be able to see. Somewhere here the module gets its name,
\.{hello}; and if a module of that name is already with us, we go no further.

@ So far the module was read, and nothing was taken but the room for its copy. From here on it takes what must be given
back if a later step fails.

\medskip
{\bf 5. A place} (\chap{layout}).
Two dozen of the sections stay. They become at most seven pieces of memory: code, constant data, data that is constant once |init|
has run, ordinary data; and code, constants and data that only |init| needs. They are divided this way because
the memory of a page has one set of rights: code may be executed and not written, data written and
not executed. The sections are copied to their places. Among them is a |struct module| that
the build put into every module file; from now on, this is the module.

\medskip
{\bf 6. A name} (\chap{load}).
The module is put on the list of modules, but in a state, |MODULE_STATE_UNFORMED|, in which nobody takes notice of it,
except another \.{insmod} of the same name, which now has to wait.

\medskip
{\bf 7. Symbols} (\chap{symbols}).
Of its symbols, \.{hello} defines most itself. |_printk| it does not. The loader searches the
kernel's own table of exported symbols, then those of the other modules; it finds it in the first,
and checks that the version sum that \.{hello} was compiled with is the one that the kernel has. Had the symbol
been another module's, that module could not be removed from now on while \.{hello} stays.

\medskip
{\bf 8. Linking} (\chap{link} and~\chap{x86}).
In the code of \.{hello} stand the five bytes \.{e8} \.{00} \.{00} \.{00} \.{00}, the call of a function whose
address the compiler could not know. A relocation says: put here the distance to |_printk|. Now
that both ends of the distance are known, the four zeros are replaced. The same is
done some hundred times. Afterwards the code is adapted to this very processor: faster
instructions where it has them, safe returns where it needs them.

@ What is in memory now is a program, complete and unknown to anybody. The last two steps let the kernel see it and let it run.

\medskip
{\bf 9. Coming} (\chap{live}).
The rights of the memory are set, and the state becomes |MODULE_STATE_COMING|. From here on the kernel knows the module's addresses: an oops
inside it would print its name, ftrace can trace it, a fault in it would find its exception table. All who
asked to be told of new modules are told. The string \.{who=world} is taken apart, and |who|
points to \.{world}. A directory, \.{/sys/module/hello}, appears.

\medskip
{\bf 10. Init} (\chap{live}).
The copy is thrown away. The module's own function runs, for the first time, in the context of our \.{insmod}, and
prints, before a line about its parameters,
$$\hbox{\tt hello: Hello, world}$$
It returns zero. The state is now |MODULE_STATE_LIVE|; udev is told; data marked as constant after |init|
becomes constant; the three memories that only |init| needed are unmapped a little later, when
nobody can be looking at them any more. The system call returns zero, and \.{insmod} exits.

\medskip
All this took a few milliseconds, most of it spent on copying, on version sums and on waiting for other
processors to confirm that they have seen a change. If it had failed at any point, everything done up to
that point would have been undone, in reverse, and one line in the kernel's log would say what was wrong. (A few answers
leave no line, among them that the caller may not load modules, that the module is here already, and an error that its own |init| returned.)

@ The map shows the same as a list of stations with what has to be given back at each.

\figure{load-map}{The stations of a load, from system call to {\it init}, and the rungs that undo them.}

A module passes through four states on its way (and a fifth, {\it gone}, that is no state any more, since there
is nothing left that could be in it). They are the contract between the loader and the rest of
the kernel, and we shall need them in every chapter.

\figure{states}{The states of a module. Broken lines are failures.}

\medskip
\begintable{l p{3.4in}}
|MODULE_STATE_UNFORMED| & On the list, to reserve the name. All who look for modules pass it by. \cr
|MODULE_STATE_COMING| & Complete, linked, its memory protected. Visible, and references may be taken; its exported
symbols may not be used yet, for |init| may still fail. \cr
|MODULE_STATE_LIVE| & The function |init| has succeeded. \cr
|MODULE_STATE_GOING| & On its way out, or |init| has failed. No new references. (A removal that waits for its last holder begins
here too; if it is interrupted, the module is |LIVE| again. See \seein{unload-rules}{drain}.) \cr
\endtable

@ The chapters follow the module through its life. Each belongs to one or two files of C, which are tangled
from it and have its name. The compiler is told where each line came from, so that a warning of the loader, a debugger and
whatever decodes an oops name a line of {\it this} book, \.{loader/link.w:212}, and not of a tangled file.

\medskip
\begintable{l l p{2.6in}}
\chap{header} &  \.{internal.h}, \.{loader.h} & what the files know of each other \cr
\chap{load} &  \.{load.c} & the spine: the order of the steps, and their undoing \cr
\chap{arrive} &  \.{arrive.c} & system calls, permission, copying, merging of duplicates \cr
\chap{elf} &  \.{elf.c} & the checks of the file \cr
\chap{modinfo} &  \.{modinfo.c} & the notes: licence, version magic, taints; attributes in sysfs \cr
\chap{layout} &  \.{layout.c}, \.{memory.c} & the seven memories, per-CPU data, rights \cr
\chap{symbols} &  \.{symbols.c}, \.{symtab.h} & exported symbols and dependencies \cr
\chap{versions} &  \.{version.c} & version sums \cr
\chap{link} &  \.{link.c}, \.{livepatch.c} & values of symbols, order of relocations \cr
\chap{x86} &  \.{arch/x86/kernel/module.c} & relocation types; adapting to the processor \cr
\chap{live} &  \.{live.c} & becoming visible, |init|, the memory of |init| \cr
\chap{lookup} &  \.{lookup.c}, \.{tree.c}, \.{procfs.c} & finding a module by name or address \cr
\chap{trials} &  \.{modules/*.c}, \.{guest/*.c} & modules and programs on which all this is tried \cr
\endtable

\medskip\noindent
The second book contributes \.{unload.c}, \.{drain.c} and \.{who.c}, with two headers. From the stock directory nothing remains but some small files that the
README names.

@ A word on how to read. Every section of this book is a paragraph about one idea, and most have a few lines of C
below it. A name in angle brackets stands for the code of another section, whose number it carries. The C
is printed as \.{cweave} sets it: \.{!=} appears as $\ne$, \.{==} as $\equiv$, \.{\&\&} as $\land$, \.{->} as an arrow, types in bold. What a
function may assume of its caller (locks held, contexts allowed, units) is said before its
code, and what it returns when it fails is in the index, where every message, every errno and every lock has an
entry; whoever comes with a line from his log in his hand should start there.

The kernel's sources are quoted nowhere. The loader was written after studying what the stock loader
must have guaranteed for twenty years, and where its order of steps is the only possible one, it is here too, with its
reason.
