@q SPDX-License-Identifier: GPL-2.0-only @>

@* For teachers. \label{teach}%
A loader is a good thing to teach from, because it is small, everything in it can be tried, and nearly every subject of a course on systems
comes together there: linking, virtual memory, concurrency, interfaces, and the question of who owns what. And the question of this book, when may running code leave, can be put to
anybody who has written a |free| in the wrong place. Module authors are only the first to whom it was put. Plugins have it, and shared
libraries that are closed, and servers that change their code while they run.

What follows is advice for three lengths of time, and on what can be left to a machine. The times are estimates, from the length of the text and of the exercises; the book
has not yet been taught from. The times of machines are measured.

@*1 What one must know. For the rules: C, with pointers to functions; what a process is, an interrupt, a lock; that two processors run at the same time. Who has written a driver of fifty lines has enough, and who has not
can read \.{u1\_proc\_good} on \pageof{left-hooks} and has seen one. Nobody needs to know RCU beforehand. What it promises is said where it is needed, in the table at the beginning of \chap{rules-u}: a wait until everybody who was inside has left. How it keeps the
promise is for another course.

For the loader itself, and for the first book, one should have seen an object file from inside, and the memory model of some processor. The models (\chap{model}, \chap{leaving-model}) want somebody who
likes to argue about interleavings, and nothing else.

@*1 One lecture, one week, one term. \label{syllabus}Two hours are enough to say what the matter is. A week, four lectures and an afternoon, is enough for an author of modules. A term is for those who want to know how it is done.

\medskip
\begintable{l p{3.35in} r r}
what & from where & page & hours \cr \hd
{\it one lecture} & why there is a question, and what no loader can do & \pg{preface} & 1/4 \cr
 & one \.{rmmod} on the stock kernel, and what it leaves open & \pg{removal} & 1/2 \cr
 & rule C1, and the figure of rule U1, drawn on a board & \pg{rule-c1}, \pg{rule-u1} & 1/2 \cr
 & exercise~2 of \chap{lab}, run before everybody's eyes & \pg{lab-2} & 1/4 \cr
 & the page for the wall: who calls whom in a module of theirs? & \pg{wall-page} & 1/2 \cr
\gap
{\it one week} & that lecture & & 2 \cr
 & what is counted: C1 to C5 & \pg{rules-c} & 2 \cr
 & what is ordered: D1 to D6; two of the figures are enough & \pg{rules-d} & 2 \cr
 & |init| and exit: I1 to I3, X1, X2 & \pg{rules-i} & 1 \cr
 & laboratory: exercises 1 to 4, in pairs & \pg{lab} & 3 \cr
\gap
{\it one term} & the first book, to the point where |init| runs (six weeks) & & 12 \cr
 & the count, the removal, the burial & \pg{count} & 4 \cr
 & what comes after exit: waits, audit, census, quarantine & \pg{quiesce} & 6 \cr
 & the rules, by letters; each student presents one & \pg{rules-c} & 6 \cr
 & one of the models, and a mutant of it that must be caught & \pg{model} & 2 \cr
 & laboratory: all five, and a module of one's own & \pg{lab} & 6 \cr
\endtable

\noindent A rule is made for a presentation of ten minutes: the sentence, the wrong way with its figure, the right way, and what the two kernels said. The two modules of a rule are loaded by the tests,
and can be loaded in front of an audience by \.{make shell}, which gives a prompt in the guest; the files are in \.{/modules} there. \.{KERNEL=stock} is the same on a kernel that does not help (after \.{make twin}).
It is worth an oops.

@ {\it What to skip.} A hurried reader of code skips how the kernel's own structures are walked (most of \chap{audit} after its first five pages, and the unwinding in \chap{census}). He skips how the
tool finds the processes that hold a device (\chap{tool}), how the checker reads instructions (\chap{checker}, except what it prints), the trials, and what it all
costs. He does not skip the order of the waits in \chap{quiesce}; that one argument is what the second half of the book rests on. The table of interfaces is for looking things up.

Nothing is lost if the rules are read before the code that enforces them. The book has them in the other order because a rule that is explained by its enforcement needs
no authority; for students it may well be the other way round.

@*1 Which exercises. The number in front of an exercise is its difficulty: up to 10 in the head, up to 20 in an hour, 25 in an evening, 30 and more for a small project; 50 would be research. All have answers at the back, and whoever gives marks for them should know that students
can read. These are harder to copy, as there is something to be drawn, tried or defended:

\li {\it in class\/}: exercise~1 of \chap{delete} (two who wait for each other), 6 of \chap{rules-d} (what the weak calls do), 8 of \chap{rules-i} (which of these is permanent?);
\li {\it at home\/}: 5 of \chap{count} and 7 of \chap{rules-d} (the circle, which prepares exercise~3 of the laboratory); 9 of \chap{rules-u};
\li {\it in the laboratory\/}: 1 to 5 of \chap{lab}. The first and second take half an hour each, the third and fourth an hour, the fifth two;
\li {\it projects\/}: 6 of \chap{lab}; a rule's scenario on another kernel than these two; a row of the table of interfaces that is wrong, and the proof. (Whoever finds one has helped more than his teacher asked.)

\endli

@*1 The machine. \label{teach-machine}The laboratory runs in QEMU, without privileges and without hardware virtualisation, so a student cannot harm the machine on which he works; what he ruins
is gone with the guest. To build it all once takes about twelve minutes on two cores of a virtual server (\.{make run}), and two and a half gigabytes of disk for the kernel and its objects. The kernel that watches its memory, which is not needed but sees more,
takes half a gigabyte more, and is to be compiled as well (\.{make kernel test-modules CONFIG=debug}).

Afterwards, on those two cores:

\medskip
\begintable{l r}
what is done & seconds \cr \hd
\.{make lab EXERCISE=n}, boot, scenario and the checker & 3 to 8 \cr
the same with \.{CHECK}, compiler included & 5 to 10 \cr
with \.{CHECK}, and also on the kernel that watches its memory & 25 to 40 \cr
to look whether anything of the book has to be built again & 4 \cr
all fifteen trials of the tests, in one boot (\.{make check ONLY=lab}) & 55 \cr
\endtable

\noindent So a class of thirty should be able to work on one machine of eight cores, if everybody has a clone of his own. (Whoever builds in a clone waits for whoever builds in the same one; the lock is on \.{out}.) Kbuild remembers where it was, so a directory
\.{out} that is copied to another path compiles everything once more.

@*1 Marks. \label{marks}\.{CHECK} can be called by a script. It is best to call the program that \.{make lab} calls, since \.{make} has a status of its own:

\begintt
for f in handed-in/*/lab3.c; do
    kernel-glue/lab/exercise.py 3 --check $f >$f.log 2>&1
    echo "$f $? $(tail -n 1 $f.log)"
done
\endtt

\noindent The status is 0 for a module that obeys, 1 for one of which something was found, 2 if it could not be tried, in which case nothing has been said about the module. \.{NO\_DEBUG=1} leaves the second kernel out. A module that was caught once should be
looked at by a human; two of the scenarios catch their module in the middle of a second, on a machine that is overloaded by a factor of ten they can miss it.

What this does {\it not\/} judge: whether memory is leaked, whether errors are handled, whether the cure is larger than the illness, and whether the student knows what he has done. So the mark for a mended module should be the smaller part. The larger is for the paragraph
that explains the log: who was inside, at which instruction, whom nobody had counted or waited for. The first sentence of the answers can be copied from the back of this book; the figure, with a lane for each processor, drawn for {\it this\/} module, cannot.
It is a fair question in an oral examination, too: here are the two lines; why does their order matter?

A caution for those who let a machine mark the work of strangers: the module runs in the guest, but it is compiled outside of it. An \.{\#include} can name any file that the compiler may read, and the compiler prints what it
does not understand. Let it run as a user who may read nothing of interest.

@ And a last piece of advice. Students trust tools, and this book has several: a loader that names the rule, a checker that prints the cure. Take them away once. Let them be given the stock kernel's oops of a rule's
bad module, as it is printed in these pages, and the source, with the loader's words covered by a hand. It is how everybody else has to work; and it is then that they learn what the sentence ``the memory waits'' is worth.
