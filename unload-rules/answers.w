@q SPDX-License-Identifier: GPL-2.0-only @>

@* Answers to the exercises. \label{answers}%
A number leads back to its question.

\answer{burial}{1} Whenever no module is linked to it and nobody holds a reference. It has nothing to take down, so the missing exit is no
obstacle.

\answer{burial}{2} One reference is held, so the count is two. The remover subtracts the base, and one is left. The holder, on the other processor, lets go: zero. Somebody
asks for a reference and is refused. Now the remover adds the base, reports failure, and the module lives on with a count of one, as if nobody had been sent away.

\answer{burial}{3} It could, as far as memory is concerned: the caller still holds the module while the event is written. But the event carries the count, and would show it as
it was before the put. And a put that was one too many would be recorded like any other, before it is found out.

\answer{burial}{4} Loads of the same name; they would start a grace period earlier. The name, the directory and the entries by address are gone by then. What is not yet free is memory:
a new copy of the module that needs per-CPU data may find the reserve occupied by the old one, and fail with |ENOMEM| where a little later it
would have succeeded.

\answer{burial}{5} The first window lies between the caller's fetch of the pointer to |open| and the reference taken inside, the second between the reference given back, at the
end of the driver's |release|, and the return from it. In both a removal finds no holder, runs exit and frees the text, and the caller goes on in
what is there now. A function in the kernel that takes the reference before it calls |open| closes the first. The second is closed only if the same is done for |release|: the put has to come after the return,
from code that stays.
