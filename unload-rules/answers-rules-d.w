@q SPDX-License-Identifier: GPL-2.0-only @>

\answer{rules-d}{1} It can; the file is there until the loader removes the directory, which is after exit. The callback is then ordered after the barrier, and on the stock kernel only a grace
period lies between it and the end of the text. Ours has a barrier of its own, later. But on both the writer finds in |latest| an entry that exit has freed, and has it freed again. To keep the
rule with a parameter, exit takes |kernel_param_lock| and sets a flag that |set_entry| reads; a file which exit itself can remove is simpler.

\answer{rules-d}{2} It takes the timer off its list if it is there. If the function runs, it waits for the end, and then begins again, since the function may have armed the timer; so it comes to its end
only when the timer neither runs nor stands on a list, at one moment, under the lock. From then on the function cannot arm it, as only the timer calls the function. To promise that nobody else does,
it would have to know all who may, and a |struct timer_list| knows nobody. A shutdown does not need to know them: it makes what they do void.

\answer{rules-d}{3} It may be armed for an hour, or arm itself for ever; and when it runs, its function finds the data as exit has left them. So it is better that it never runs. It is worse for those who wait for
something that the function would have done outside of the module: completed a request, given back a reference on a device. They wait for ever. Exit should have done it for them, so the module
is not obedient in everything; but before the audit cancelled the timer, it got away with it on most days.
