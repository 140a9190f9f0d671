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

\answer{rules-d}{4} The first is a queue of its own for this work: |destroy_workqueue| runs what is there to the end, and returns when the last function has returned. The second is a count of the structures that are out; the function
takes itself off the count when it has freed its structure, and exit waits for zero. Then whoever makes the count zero and wakes exit up has still to return from a function of the module. That is rule R4, and for
the stock loader too little. Ours waits for those few instructions.

\answer{rules-d}{5} The watchman may go home by himself, when nothing is held in the field. His |struct task_struct| is then freed, and |kthread_stop| writes into memory that is no longer his; that the memory is the
kernel's, and not the module's, makes it no better, and no loader can help. As to the second: a thread that is stopped before its first run never runs. Its function is not called, |kthread_stop| returns |-EINTR|, and what the function was to free is
still there. Exit has to look at what |kthread_stop| returns, or better has to do the freeing itself.

\answer{rules-d}{6} Both to the second alone: when they return the function is not running, neither here nor elsewhere. The tasklet stays on its list, and may be scheduled again. The action stays on its line; and the line is enabled again by
whoever has the right to, since to disable is counted, and the next driver on a shared line knows nothing of this one.

\answer{rules-d}{7} |free_irq|, |timer_shutdown_sync|, |cancel_work_sync|. After the first nobody arms the timer but the work. After the second nobody does at all; the function of the timer does not run, so nobody queues the work. After the third the work is neither
queued nor running, and if it ran in the meantime its |mod_timer| did nothing. The other way: |free_irq|, |disable_work_sync|, |timer_delete_sync|. Here the circle is opened at the work: what the timer queues is refused. With |cancel_work_sync| in
the middle it would not be opened at all.
