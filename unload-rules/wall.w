@q SPDX-License-Identifier: GPL-2.0-only @>

@* One page for the wall. \label{wall}%
Page~\pg{wall-page} is all of this book that one needs every day; it is made to be pinned to a wall. It begins with the question who calls you. A module
is entered in few ways, and each has its own cure. For every callback that is registered, every piece of work that
is ordered, every object whose release function is one's own, there is one line on the page. The line names the rule, what is to be
written, and, in italics at the right, the page of the rule. Most modules need three or four of the lines; for many it is the first one
and those for |init| and exit.

The same letters stand everywhere. A rule \.{D1} is \.{D1} in this book, in the log of the kernel (\.{d1\_timer\_bad: D1: timer ...}), in
\.{/sys/module/NAME/unload}, in what the checker prints, and in the names of the modules which break and obey it. The letter tells the kind:

\medskip
\begintable{l l l}
letter & what it is about & chapter \cr \hd
{\bf C} & entries that are counted; {\bf L}, links between modules & \chap{rules-c} \cr
{\bf U} & entries that nobody counts; {\bf S}, how they guard themselves & \chap{rules-u} \cr
{\bf D} & what the module has ordered itself & \chap{rules-d} \cr
{\bf R} & what is released late, or stays behind & \chap{rules-r} \cr
{\bf I}, {\bf X} & |init| and exit; {\bf F}, the user who removes & \chap{rules-i} \cr
\endtable

\noindent One mistake can have two of the letters. To forget an unregister call is U1 in the text, since it is the first word of that rule which was not kept; the checker and the
loader name the rule of the {\it interface}, so that it is U2 in their words if the call would have waited. The missing line is the same. Likewise two lines in the wrong order are D6, and may be named by what was left: D1 or D2.

Each rule has the same parts, in the same order; a bar stands beside the wrong way, and at the outer edge of the pages there is a tab with the letters. What is shown of the
two kernels was printed by the last run of the tests. (A line that begins with \.{leave:} comes from the script that runs the module.)

@*1 The book in an hour. \label{hour}%
The book is long because it contains a loader, a tool, a checker and their trials. This is a way through for somebody who
has a module, an hour, and has never read the loader:

\medskip
\begintable{r p{3.85in} r}
minutes & what to read and do & page \cr \hd
5 & what no loader can do, to know what not to hope for & \pg{preface} \cr
10 & the page for the wall, with your own source beside it: mark a line for each callback, order and object & \pg{wall-page} \cr
5 & the words, if one of them was not clear & \pg{words} \cr
10 & the table of interfaces: look up each function with which you register, order or create something (the index of interfaces finds it), and compare its counterparts
with what you call in exit & \pg{interfaces} \cr
20 & the rules that you have marked; of each the frame, who is at risk, the wrong way and the right way. Leave out what enforces it & \pg{rules-c} \cr
5 & the first rule of |init| and the first of exit, which concern everybody. Then compare each error path of |init| with exit, line by line (I2, I3) &
\pg{rule-i1}, \pg{rule-x1} \cr
5 & the checker: run it on the compiled module, and look up the letters that it prints & \pg{checker} \cr
\endtable

\noindent Who designs an interface, so that others will give him pointers, reads something else. He decides whether their modules are easy or hard, and they
cannot change it afterwards.

\medskip
\begintable{r p{3.85in} r}
minutes & what to read & page \cr \hd
5 & what no loader can do & \pg{preface} \cr
10 & hold before you call: the rule from which all others of its chapter follow & \pg{rule-c1} \cr
10 & the owner travels with the pointers; a refusal means that nobody is there & \pg{rule-c2}, \pg{rule-c3} \cr
10 & one reference for many calls, and the look-up: where most interfaces get it wrong & \pg{rule-c4}, \pg{rule-c5} \cr
10 & if counting is too dear: what your users will have to do in their exit functions, and what it costs them & \pg{rule-u1} \cr
10 & objects with a release function; who drops the last reference & \pg{rule-r1}, \pg{rule-r4} \cr
5 & what a reference costs here & \pg{bench} \cr
\endtable

\noindent Who wants to know how all this is enforced starts at \chap{removal} and reads on; who teaches it finds advice in \chap{teach}.

@*1 The words. \label{words}%
They are few, and they are used in no other sense, neither here nor in a message.
@^entry@>@^counted entry@>@^drained entry@>@^deferred entry@>@^released entry@>@^bare entry@>@^easy module@>@^hard module@>@^permanent module@>@^straggler@>

\medskip
\begintable{l p{4.3in}}
word & meaning \cr \hd
entry & any way in which a processor comes into a module's text: a call through a pointer, a call of an exported symbol, a return address
on a stack, |init| and exit \cr
counted & the caller holds a reference on the module from before the call until after the return \cr
drained & nobody counts, but the call that unregisters waits until nobody is inside \cr
deferred & the module has ordered the call itself, for later, and must take the order back by name \cr
released & the release function or constructor of an object which may outlive its unregistration \cr
bare & none of these: a pointer that somebody reads and calls through \cr
\gap
easy module & all its entries are counted; it has nothing to wait for \cr
hard module & at least one entry is not, so exit has work to do \cr
permanent module & it has an |init| and no exit function, and stays \cr
straggler & whoever is still inside, or will still come, when exit has returned: a task, a processor, a callback \cr
to quiesce & to wait until there are no stragglers that a wait can find \cr
burial & the end of a removed module's memory, when nobody can be in it any more \cr
\endtable

\wallpage{wall}
