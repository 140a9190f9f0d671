@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-u}{1} A fault of another kind: it is data that is gone first, so he does not jump into freed text but reads freed
memory, and jumps to wherever the new owner's bytes lead. On our kernel the data of a module in quarantine stay, so he reads the same
pointer as ever, and only the call is caught: a stray call, answered with zero.

\answer{rules-u}{2} On the stock kernel none. He has gone to sleep of his own accord, so RCU-tasks is done with him, and when exit
is over his text goes. On ours |module_quiesce| takes a census as well, finds him, and does not return before he has left. As exit
has asked for it, he is given two seconds; if he sleeps longer he is named, with S1, and \.{rmmod} waits.

\answer{rules-u}{3} In no order. A caller may have passed hook~0 before it was taken off, and come to hook~19 when it is gone; then
his ticket is lost, whatever was taken off in between. If hook~0 goes first, one could wait before hook~19 goes; but
between two calls he is in his own text, not in ours, and there he may sleep, so no wait covers him. The tickets must be
on a list that the module keeps. Exit unhooks, waits, and frees what is still on the list: U1.
