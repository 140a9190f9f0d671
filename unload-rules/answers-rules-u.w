@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-u}{1} A fault of another kind: it is data that he needs first, so he does not jump into freed text but reads freed
memory. He falls there, or, if somebody else has got the memory, jumps to wherever his bytes lead. On our kernel the data of a module in quarantine stay, so he reads the same
pointer as ever, and only the call is caught: a stray call, answered with zero.

\answer{rules-u}{2} The removal does not hang: a reader who does not get the lock leaves, and that is all exit waits for. Lockdep is silent, since whoever only tries waits for nobody. But the mistake has moved. Two readers
who come at the same time now meet with |-EBUSY|, on any day of the year. If exit tries instead, it may go on without the lock, because it drains before it frees; it must only remember not to release what it has not got. And it has shown that the lock was of no use there. But if it does get the lock,
nothing has changed: the next reader waits for exit, and exit for him. Lockdep still says so.

\answer{rules-u}{3} R2: the pool may be destroyed while one of its keys waits for its grace period. (For |kfree_rcu|, and for that alone, |kmem_cache_destroy| of this version waits by itself.) With |call_rcu| and a function of one's own it is D3. The function lies in the module, and exit has to call
|rcu_barrier|, when nobody can order it any more.

\answer{rules-u}{4} For U4. He is preempted between the two lines, with the pointer in his hand; the hook is taken off, a grace period of RCU begins and ends, as he is in no read section; then he turns preemption off and calls. It is the same in the last case: between the two sections
he can be preempted. What matters is not how the hook is called, but all that lies between the fetch of the pointer and the return.

\answer{rules-u}{5} The user would have to press a key, and whoever waits for a disk that is gone would have to be given up. A task cannot be woken by somebody who does not know what it waits for, so all one could do is wait. The census does not ask whether somebody has been awake; it asks {\it where\/} he sleeps.
Those who sleep elsewhere, nearly all, are looked at once and need not move.

\answer{rules-u}{6} ``Touching nothing''. A static variable goes together with the text, so whoever can still run can still count; nothing comes of it that would not come of his being there. If exit frees the variable it is another matter. He who is refused comes, by definition, when exit may have begun, and he writes into
memory of somebody else; no wait of a loader prevents that. The place to count is the caller, who is told by |-ENODEV|.

\answer{rules-u}{7} On the stock kernel none. He has gone to sleep of his own accord, so RCU-tasks is done with him, and when exit
is over his text goes. On ours |module_quiesce| takes a census as well, finds him, and does not return before he has left. As exit
has asked for it, he is given two seconds; if he sleeps longer he is named, with S1, and \.{rmmod} waits.

\answer{rules-u}{8} One lane is the remover's: |init| has returned, the loader has put the reference that it held meanwhile, the count is zero, exit runs, the memory goes. The other is the thread's, which has been created and stands before its first instruction, or before the get. The census would
find it, since a thread whose function lies in the module counts as inside from the moment it was created. The put in |init| cannot be the last one, as the loader holds a reference until |init| has returned; and S2 is about puts which can.

\answer{rules-u}{9} In no order. A caller may have passed hook~0 before it was taken off, and come to hook~19 when it is gone; then
his ticket is lost, whatever was taken off in between. If hook~0 goes first, one could wait before hook~19 goes; but
between two calls he is in his own text, not in ours, and there he may sleep, so no wait covers him. The tickets must be
on a list that the module keeps. Exit unhooks, waits, and frees what is still on the list: U1.
