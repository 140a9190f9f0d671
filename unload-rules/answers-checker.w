@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{checker}{1} No. In |write| the pointer is loaded from the variable, so the register is known to hold what lies there; but the work is a member of the structure, and |lea| adds its offset, or |add| does. What is known of a
register then is lost, unless the work is the first member. (In that case both calls are given what lies at one place, and it is reported.) So the object of the order is unknown, in both functions, and whether the one takes back the other is answered with ``perhaps''.
The check of sources believes only a ``yes'' before the file is closed. To keep ``what lies at this place, plus 24'' would be a third number in a |thing|, and is worth trying.

\answer{checker}{2} The call leads to an unknown place, so nothing is played there. What the function takes back is not taken back in the line. Reported falsely is only what asks whether something comes later:
that exit queues work which it has cancelled before, and nothing cancels it again (D2), or that memory is freed after a hook with no wait between (U3), when it is this function that cancels or waits. Not reported
are mistakes of the function itself, and those in which its call is one of a pair. No false error comes of missing imports, for these are seen in any case; nor of the search for
calls that stand only in the error path of init, since the function's address is in a table, and so it can be entered. |play| would need the target: when a call goes through memory at a constant place, in
a portion that cannot be written to, the relocation at this place names the function.

\answer{checker}{3} Of the one that lends its function: that it hands the address of a callback to a function which the other exports. Of the other: that this function hands its argument on to |call_rcu|, or
stores it where a later call finds it, which is a question about the flow of values, and not about addresses. Then, that the first has no |rcu_barrier| in exit after the last such call, nor a call into the second
which contains one. The kernel's own functions are the third module: |kmem_cache_free| hands nothing on, |nf_conntrack_put| may. For those the table answers, with a row for each; for modules
one would have the second module's row made by the checker, once, when it is compiled.
