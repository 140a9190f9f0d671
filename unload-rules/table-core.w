@q SPDX-License-Identifier: GPL-2.0-only @>

@*1 Deferred by the core: time, work and grace periods.
What a module orders for later is the first thing to look for, since the kernel keeps no list of it by module.
Each family has one call that both cancels and waits, and several that sound like it.

@*2 Timers.
A timer's function runs in softirq or hardirq context, often on another CPU, so a call that only takes the timer off its list has not waited for it.
The import |init_timer_key| alone proves little, because delayed work contains a timer too; what arms the timer is what must be answered.

@<Rows of the table@>=
ROW("init_timer_key", deferred, "D1", "", "", "softirq, no sleep", "kernel/time/timer.c:1763", "initialises timers and delayed work alike, so nothing is demanded here; the arming call has the counterpart")
ROW("mod_timer", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "timer_delete may return while the function still runs elsewhere; timer_delete_sync also stops a timer that arms itself, but only timer_shutdown_sync one that somebody else arms too")
ROW("add_timer", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "timer_delete may return while the function still runs elsewhere; timer_delete_sync also stops a timer that arms itself, but only timer_shutdown_sync one that somebody else arms too")
ROW("timer_reduce", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "timer_delete may return while the function still runs elsewhere; timer_delete_sync also stops a timer that arms itself, but only timer_shutdown_sync one that somebody else arms too")
ROW("mod_timer_pending", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "timer_delete may return while the function still runs elsewhere; timer_delete_sync also stops a timer that arms itself, but only timer_shutdown_sync one that somebody else arms too")
ROW("add_timer_on", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "as add_timer, with a choice of CPU")
ROW("add_timer_local", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "as add_timer, with a choice of CPU")
ROW("add_timer_global", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, no sleep", "kernel/time/timer.c:1668", "as add_timer, with a choice of CPU")
ROW("hrtimer_init", deferred, "D1", "", "hrtimer_cancel", "hardirq, or softirq in the soft modes, no sleep", "kernel/time/hrtimer.c:1506", "hrtimer_try_to_cancel does not wait for a running function")
ROW("hrtimer_start_range_ns", deferred, "D1", "", "hrtimer_cancel", "hardirq, or softirq in the soft modes, no sleep", "kernel/time/hrtimer.c:1506", "hrtimer_try_to_cancel does not wait for a running function")
ROW("hrtimer_init_on_stack", deferred, "D1", "", "hrtimer_cancel", "hardirq, or softirq in the soft modes, no sleep", "kernel/time/hrtimer.c:1506", "the timer goes with the stack frame: it is cancelled before")
ROW("hrtimer_init_sleeper", none, "", "", "", "hardirq, no sleep", "kernel/time/hrtimer.c:2047", "the function is the wake-up of the core; the sleeper is cancelled before its stack frame goes")
ROW("hrtimer_sleeper_start_expires", none, "", "", "", "hardirq, no sleep", "kernel/time/hrtimer.c:2047", "the function is the wake-up of the core; the sleeper is cancelled before its stack frame goes")
ROW("alarm_init", deferred, "D1", "", "alarm_cancel", "hardirq, no sleep", "kernel/time/alarmtimer.c:439", "alarm_cancel spins until the function has returned")
ROW("alarm_start", deferred, "D1", "", "alarm_cancel", "hardirq, no sleep", "kernel/time/alarmtimer.c:439", "alarm_try_to_cancel does not wait")
ROW("alarm_start_relative", deferred, "D1", "", "alarm_cancel", "hardirq, no sleep", "kernel/time/alarmtimer.c:439", "alarm_try_to_cancel does not wait")

@*2 Work.
Work on a system queue belongs to nobody who could drain it at unload, so it is cancelled by name.
Destroying one's own queue drains what is queued, yet a delayed work that still sits in its timer is not queued: that one needs its own cancel first.
Inline functions of the kernel's headers (|rhashtable| is one) queue work on their caller's behalf.

@<Rows of the table@>=
ROW("queue_work_on", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_rcu_work rhashtable_destroy rhashtable_free_and_destroy", "process, may sleep", "kernel/workqueue.c:4435", "a flush is not enough for work that queues itself; schedule_work is an inline around it; the rhashtable calls count because their inline insertion queues a rehash")
ROW("queue_work_node", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_rcu_work rhashtable_destroy rhashtable_free_and_destroy", "process, may sleep", "kernel/workqueue.c:4435", "a flush is not enough for work that queues itself; schedule_work is an inline around it; the rhashtable calls count because their inline insertion queues a rehash")
ROW("execute_in_process_context", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue", "process, may sleep", "kernel/workqueue.c:4637", "called from an interrupt it queues on the system queue")
ROW("kblockd_schedule_work", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue", "process, may sleep", "block/blk-core.c:1100", "the queue is the block layer own one and outlives every module")
ROW("queue_delayed_work_on", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work cancel_delayed_work", "process, may sleep", "kernel/workqueue.c:4472", "a flush is not enough for work that queues itself; cancel_delayed_work alone must be followed by a flush or by destroy_workqueue; destroy_workqueue alone misses a pending timer")
ROW("mod_delayed_work_on", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work cancel_delayed_work", "process, may sleep", "kernel/workqueue.c:4472", "a flush is not enough for work that queues itself; cancel_delayed_work alone must be followed by a flush or by destroy_workqueue; destroy_workqueue alone misses a pending timer")
ROW("kblockd_mod_delayed_work_on", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work cancel_delayed_work", "process, may sleep", "block/blk-core.c:1106", "the queue is the block layer own one and outlives every module")
ROW("delayed_work_timer_fn", deferred, "D2", "", "", "hardirq or softirq, no sleep", "kernel/workqueue.c:2517", "its address is taken wherever a delayed work is initialised, also by a header for work that is never used; the queueing call has the counterpart")
ROW("alloc_workqueue", deferred, "D2", "", "destroy_workqueue", "process, may sleep", "kernel/workqueue.c:5909", "hands over no function itself, but whatever is queued there is drained by its destruction")
ROW("queue_rcu_work", deferred, "D2 D3", "", "flush_rcu_work destroy_workqueue __flush_workqueue", "softirq, then process", "kernel/workqueue.c:2663", "two stages: a callback of the core after a grace period, then the work; who flushes the queue must call rcu_barrier first")
ROW("work_on_cpu_key", none, "", "", "", "process, may sleep", "kernel/workqueue.c:6806", "wait: returns after the function has run")
ROW("work_on_cpu_safe_key", none, "", "", "", "process, may sleep", "kernel/workqueue.c:6806", "wait: returns after the function has run")
ROW("smp_call_on_cpu", none, "", "", "", "process, may sleep", "kernel/smp.c:1148", "wait: returns after the function has run")
ROW("net_dim", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue net_dim_work_cancel", "process, may sleep", "lib/dim/net_dim.c:366", "the work inside struct dim is the caller own and is scheduled on the system queue")
ROW("rdma_dim", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue net_dim_work_cancel", "process, may sleep", "lib/dim/net_dim.c:366", "the work inside struct dim is the caller own and is scheduled on the system queue")
ROW("irq_poll_init", deferred, "D5", "", "irq_poll_disable", "softirq, no sleep", "lib/irq_poll.c:148", "irq_poll_disable waits until the poll function is neither queued nor running")
ROW("padata_do_parallel", deferred, "D2", "", "padata_free_shell padata_free", "process, may sleep", "kernel/padata.c:1094", "parallel and serial functions run from a queue; the caller waits for the completions of his requests before he frees the shell")

@*2 RCU callbacks.
A grace period and the callbacks that follow it are two things: |synchronize_rcu| waits for the first only.
Some unregister calls contain an |rcu_barrier| and are accepted in its place; a barrier that lies before the last |call_rcu| is none.

@<Rows of the table@>=
ROW("call_rcu", deferred, "D3", "", "rcu_barrier module_quiesce unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, or an rcuo thread with bottom halves off, no sleep", "kernel/rcu/tree.c:4578", "synchronize_rcu does not wait for callbacks; unregistering a network device also contains a barrier, but only for what was queued before")
ROW("call_rcu_hurry", deferred, "D3", "", "rcu_barrier module_quiesce unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, or an rcuo thread with bottom halves off, no sleep", "kernel/rcu/tree.c:4578", "synchronize_rcu does not wait for callbacks; unregistering a network device also contains a barrier, but only for what was queued before")
ROW("call_rcu_tasks", deferred, "D3", "", "rcu_barrier_tasks", "process, bottom halves off", "kernel/rcu/tasks.h:1231", "rcu_barrier waits for another flavour")
ROW("call_rcu_tasks_trace", deferred, "D3", "", "rcu_barrier_tasks_trace", "process, bottom halves off", "kernel/rcu/tasks.h:2066", "rcu_barrier waits for another flavour")
ROW("call_srcu", deferred, "D3", "", "srcu_barrier", "process, bottom halves off", "kernel/rcu/srcutree.c:665", "cleanup_srcu_struct does not stand in for srcu_barrier: it warns about callbacks that are left, and leaks")
ROW("init_srcu_struct", none, "R3", "", "cleanup_srcu_struct", "", "kernel/rcu/srcutree.c:649", "hands over no function, but the structure stays linked to its per-CPU work until it is cleaned up")
ROW("__init_srcu_struct", none, "R3", "", "cleanup_srcu_struct", "", "kernel/rcu/srcutree.c:649", "hands over no function, but the structure stays linked to its per-CPU work until it is cleaned up")
ROW("kvfree_call_rcu", none, "", "", "", "", "kernel/rcu/tree.c:3808", "frees memory and runs no function of the module; kmem_cache_destroy waits for it")
ROW("rcu_gp_slow_register", none, "R3", "", "rcu_gp_slow_unregister", "", "kernel/rcu/tree.c:1351", "no function: the core keeps the address of a counter")

@*2 Threads.
A thread is one call that may last as long as the module: it must have ended, not merely have been told to.
One that ends by itself leaves through a function of the core that does not come back; otherwise its last instructions lie in memory that may be gone.

@<Rows of the table@>=
ROW("kthread_create_on_node", deferred, "D4", "", "kthread_stop kthread_stop_put __module_put_and_kthread_exit kthread_complete_and_exit kthread_destroy_worker", "process, may sleep", "kernel/kthread.c:712", "kthread_stop waits for the exit; setting a flag and waiting for a completion lets the last instructions of the thread run behind")
ROW("kthread_create_on_cpu", deferred, "D4", "", "kthread_stop kthread_stop_put __module_put_and_kthread_exit kthread_complete_and_exit", "process, may sleep", "kernel/kthread.c:712", "as kthread_create_on_node, bound to a CPU and parked with it")
ROW("_torture_create_kthread", deferred, "D4", "", "_torture_stop_kthread", "process, may sleep", "kernel/torture.c:956", "wrapper of kthread_run")
ROW("torture_onoff_init", deferred, "D4", "", "torture_cleanup_begin", "process, may sleep", "kernel/torture.c:854", "the threads are those of the torture module, which stops them; the function they call is handed over")
ROW("torture_shutdown_init", deferred, "D4", "", "torture_cleanup_begin", "process, may sleep", "kernel/torture.c:854", "the threads are those of the torture module, which stops them; the function they call is handed over")
ROW("kthread_create_worker", deferred, "D2 D4", "", "kthread_destroy_worker", "process, may sleep", "kernel/kthread.c:1427", "destruction flushes once and stops the thread; delayed work must be cancelled before")
ROW("kthread_create_worker_on_cpu", deferred, "D2 D4", "", "kthread_destroy_worker", "process, may sleep", "kernel/kthread.c:1427", "destruction flushes once and stops the thread; delayed work must be cancelled before")
ROW("kthread_queue_work", deferred, "D2", "", "kthread_destroy_worker kthread_flush_worker kthread_cancel_work_sync kthread_cancel_delayed_work_sync kthread_flush_work", "process, may sleep", "kernel/kthread.c:1367", "a flush is not enough for work that queues itself")
ROW("kthread_queue_delayed_work", deferred, "D1 D2", "", "kthread_cancel_delayed_work_sync", "softirq, then process", "kernel/kthread.c:1382", "kthread_destroy_worker says in so many words that delayed work is not its business")
ROW("kthread_mod_delayed_work", deferred, "D1 D2", "", "kthread_cancel_delayed_work_sync", "softirq, then process", "kernel/kthread.c:1382", "kthread_destroy_worker says in so many words that delayed work is not its business")
ROW("vhost_task_create", deferred, "D4", "", "vhost_task_stop", "process, may sleep", "kernel/vhost_task.c:102", "waits for the end of the task")

@*2 Interrupt work, tasklets and calls on other CPUs.
These run where nothing may sleep and are over quickly, which is why their wait is so easily forgotten.
A cross call that is told to wait is over when it returns; whether it was told, an import cannot show.

@<Rows of the table@>=
ROW("__tasklet_schedule", deferred, "D5", "", "tasklet_kill", "softirq, no sleep", "kernel/softirq.c:902", "disabling a tasklet waits for the running function but leaves the tasklet queued")
ROW("__tasklet_hi_schedule", deferred, "D5", "", "tasklet_kill", "softirq, no sleep", "kernel/softirq.c:902", "disabling a tasklet waits for the running function but leaves the tasklet queued")
ROW("tasklet_setup", deferred, "D5", "", "tasklet_kill", "softirq, no sleep", "kernel/softirq.c:902", "disabling a tasklet waits for the running function but leaves the tasklet queued")
ROW("tasklet_init", deferred, "D5", "", "tasklet_kill", "softirq, no sleep", "kernel/softirq.c:902", "disabling a tasklet waits for the running function but leaves the tasklet queued")
ROW("irq_work_queue", deferred, "D5", "", "irq_work_sync", "hardirq, no sleep", "kernel/irq_work.c:286", "irq_work_sync waits while the entry is busy")
ROW("async_schedule_node", deferred, "D5", "", "", "process, may sleep", "kernel/module/main.c:797", "the loader itself waits for all asynchronous calls, but after exit: what exit frees needs async_synchronize_full before")
ROW("async_schedule_node_domain", deferred, "D5", "", "", "process, may sleep", "kernel/module/main.c:797", "the loader itself waits for all asynchronous calls, but after exit: what exit frees needs async_synchronize_full before")
ROW("smp_call_function", none, "", "", "", "hardirq, no sleep", "kernel/smp.c:679", "synchronous when the wait argument is set; without it the function is bare (U3), and an import cannot show which")
ROW("smp_call_function_single", none, "", "", "", "hardirq, no sleep", "kernel/smp.c:679", "synchronous when the wait argument is set; without it the function is bare (U3), and an import cannot show which")
ROW("smp_call_function_many", none, "", "", "", "hardirq, no sleep", "kernel/smp.c:679", "synchronous when the wait argument is set; without it the function is bare (U3), and an import cannot show which")
ROW("smp_call_function_any", none, "", "", "", "hardirq, no sleep", "kernel/smp.c:679", "synchronous when the wait argument is set; without it the function is bare (U3), and an import cannot show which")
ROW("on_each_cpu_cond_mask", none, "", "", "", "hardirq, no sleep", "kernel/smp.c:679", "synchronous when the wait argument is set; without it the function is bare (U3), and an import cannot show which")
ROW("smp_call_function_single_async", bare, "U3", "", "", "hardirq, no sleep", "kernel/smp.c:724", "no call waits for it; the interrupt has been taken after a grace period")
ROW("stop_machine", none, "", "", "", "interrupts off, no sleep", "kernel/stop_machine.c:622", "wait: returns after the function has run everywhere")
ROW("task_work_add", deferred, "D5", "", "", "process, on return to user mode", "kernel/task_work.c:59", "runs when the task returns to user mode or exits, which may be never soon; no cancelling call is exported, so count (S1)")

@*1 Files and names that users can reach.
Whatever has a name in a file system can be opened at the moment of removal.
The families differ in what holds the module: a reference taken at open, or an unregister call that waits.

@*2 Character devices and anonymous files.
Opening a device takes a reference on the owner of its |file_operations|, and the last close drops it: an easy interface, if the owner is set.
Deleting the device waits for nobody, and need not.

@<Rows of the table@>=
ROW("cdev_init", counted, "C2", "cdev.owner file_operations.owner", "cdev_del cdev_device_del", "process, may sleep", "fs/char_dev.c:353", "cdev_init does not set cdev.owner, the author must; open files hold the reference, deletion waits for none")
ROW("cdev_add", counted, "C2", "cdev.owner file_operations.owner", "cdev_del cdev_device_del", "process, may sleep", "fs/char_dev.c:353", "cdev_init does not set cdev.owner, the author must; open files hold the reference, deletion waits for none")
ROW("cdev_device_add", counted, "C2", "cdev.owner file_operations.owner", "cdev_del cdev_device_del", "process, may sleep", "fs/char_dev.c:353", "cdev_init does not set cdev.owner, the author must; open files hold the reference, deletion waits for none")
ROW("cdev_alloc", counted, "C2", "cdev.owner file_operations.owner", "cdev_del cdev_device_del", "process, may sleep", "fs/char_dev.c:353", "cdev_init does not set cdev.owner, the author must; open files hold the reference, deletion waits for none")
ROW("__register_chrdev", counted, "C2", "file_operations.owner", "__unregister_chrdev", "process, may sleep", "fs/char_dev.c:284", "the owner is copied from the file operations")
ROW("alloc_chrdev_region", none, "", "", "unregister_chrdev_region", "", "fs/char_dev.c:311", "numbers only, but they stay taken until given back")
ROW("register_chrdev_region", none, "", "", "unregister_chrdev_region", "", "fs/char_dev.c:311", "numbers only, but they stay taken until given back")
ROW("anon_inode_getfile", counted, "C2", "file_operations.owner", "", "process, may sleep", "fs/anon_inodes.c:99", "counted only if the operations name an owner; a NULL owner is accepted without a word")
ROW("anon_inode_getfd", counted, "C2", "file_operations.owner", "", "process, may sleep", "fs/anon_inodes.c:99", "counted only if the operations name an owner; a NULL owner is accepted without a word")
ROW("anon_inode_create_getfile", counted, "C2", "file_operations.owner", "", "process, may sleep", "fs/anon_inodes.c:99", "counted only if the operations name an owner; a NULL owner is accepted without a word")
ROW("anon_inode_getfile_fmode", counted, "C2", "file_operations.owner", "", "process, may sleep", "fs/anon_inodes.c:99", "counted only if the operations name an owner; a NULL owner is accepted without a word")
ROW("alloc_file_pseudo", counted, "C4", "file_system_type.owner", "", "process, may sleep", "fs/file_table.c:348", "takes no reference for the operations: the mount that the file holds keeps its file system type, and that must be the same module")
ROW("single_open", none, "", "", "", "process, may sleep", "fs/seq_file.c:572", "the functions run inside a file that already holds its owner or is drained")
ROW("seq_open", none, "", "", "", "process, may sleep", "fs/seq_file.c:572", "the functions run inside a file that already holds its owner or is drained")
ROW("__seq_open_private", none, "", "", "", "process, may sleep", "fs/seq_file.c:572", "the functions run inside a file that already holds its owner or is drained")
ROW("seq_open_private", none, "", "", "", "process, may sleep", "fs/seq_file.c:572", "the functions run inside a file that already holds its owner or is drained")
ROW("single_open_size", none, "", "", "", "process, may sleep", "fs/seq_file.c:572", "the functions run inside a file that already holds its owner or is drained")
ROW("simple_attr_open", none, "", "", "", "process, may sleep", "fs/libfs.c:1269", "the functions run inside a file that already holds its owner or is drained")
ROW("relay_open", drained, "U2", "", "relay_close", "any, no sleep", "kernel/relay.c:752", "closing ends the module functions of the buffers; a reader who still has the file open uses functions of the core")

@*2 File systems.
A mount holds the module of its |file_system_type| until |kill_sb| has returned.
One thing outlives that: inodes freed through RCU, whose |free_inode| method is the module's, hence the |rcu_barrier| before the inode cache is destroyed.

@<Rows of the table@>=
ROW("register_filesystem", counted, "C2", "file_system_type.owner", "unregister_filesystem", "process, may sleep", "fs/filesystems.c:271", "held from mount to the end of kill_sb; inodes that RCU frees outlive it (R2, D3)")
ROW("kern_mount", counted, "C2", "file_system_type.owner", "kern_unmount kern_unmount_array", "process, may sleep", "fs/namespace.c:5755", "an inner mount holds the type: a module that mounts its own type with an owner in init can never be removed")
ROW("simple_pin_fs", counted, "C2", "file_system_type.owner", "simple_release_fs", "process, may sleep", "fs/libfs.c:1070", "as kern_mount, counted by its users")
ROW("kmem_cache_alloc_lru_noprof", released, "R2 D3", "", "rcu_barrier unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, no sleep", "fs/inode.c:254", "comes from alloc_inode_sb: the free_inode method runs in an RCU callback after the mount has let the module go")
ROW("get_tree_bdev", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("get_tree_bdev_flags", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("get_tree_nodev", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("get_tree_single", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("get_tree_keyed", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("sget", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("sget_fc", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("mount_bdev", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("mount_nodev", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("mount_single", none, "", "", "", "process, may sleep", "fs/super.c:1646", "the functions are called before it returns, under the reference of the mount")
ROW("iget5_locked", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("ilookup5", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("iget5_locked_rcu", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("inode_insert5", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("insert_inode_locked4", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("find_inode_nowait", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("ilookup5_nowait", none, "", "", "", "process", "fs/inode.c:1325", "test and set are called before it returns")
ROW("iomap_dio_rw", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/iomap/direct-io.c:97", "the operations may be called again when the I/O completes; the open file holds the mount, and the mount its type")
ROW("__iomap_dio_rw", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/iomap/direct-io.c:97", "the operations may be called again when the I/O completes; the open file holds the mount, and the mount its type")
ROW("__blockdev_direct_IO", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/iomap/direct-io.c:97", "the operations may be called again when the I/O completes; the open file holds the mount, and the mount its type")
ROW("iomap_writepages", counted, "C4", "file_system_type.owner", "", "process", "fs/iomap/buffered-io.c:2070", "write-back in flight is waited for by the unmount, which still holds the type")
ROW("backing_file_read_iter", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/backing-file.c:115", "the functions of the context may be called when the I/O completes; the open file holds the mount, and the mount its type")
ROW("backing_file_write_iter", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/backing-file.c:115", "the functions of the context may be called when the I/O completes; the open file holds the mount, and the mount its type")
ROW("backing_file_splice_read", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/backing-file.c:115", "the functions of the context may be called when the I/O completes; the open file holds the mount, and the mount its type")
ROW("backing_file_splice_write", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/backing-file.c:115", "the functions of the context may be called when the I/O completes; the open file holds the mount, and the mount its type")
ROW("backing_file_mmap", counted, "C4", "file_system_type.owner", "", "process or completion work", "fs/backing-file.c:115", "the functions of the context may be called when the I/O completes; the open file holds the mount, and the mount its type")
ROW("jbd2_journal_set_triggers", counted, "C4", "file_system_type.owner", "", "process (journal thread)", "fs/jbd2/journal.c:378", "called while the buffer is in a transaction, under the reference of the mount")
ROW("__register_binfmt", counted, "C2", "linux_binfmt.module", "unregister_binfmt", "process, may sleep", "fs/exec.c:1804", "held around load_binary, and by every mm that was loaded this way")
ROW("__register_nls", counted, "C2", "nls_table.owner", "unregister_nls", "any, no sleep", "fs/nls/nls_base.c:296", "one reference per load_nls")
ROW("register_quota_format", counted, "C2", "quota_format_type.qf_owner", "unregister_quota_format", "process, may sleep", "fs/quota/dquot.c:200", "one reference per quota that is on")
ROW("register_nfs_version", counted, "C2", "nfs_subversion.owner", "unregister_nfs_version", "process, may sleep", "fs/nfs/client.c:106", "one reference per client")
ROW("pnfs_register_layoutdriver", counted, "C2", "pnfs_layoutdriver_type.owner", "pnfs_unregister_layoutdriver", "process, may sleep", "fs/nfs/pnfs.c:88", "one reference per server")
ROW("nfs_ssc_register", bare, "U5", "", "nfs_ssc_unregister nfs42_ssc_unregister", "process, may sleep", "fs/nfs_common/nfs_ssc.c:46", "a plain pointer is cleared and nobody waits; the users rely on a mount that holds the module")
ROW("nfs42_ssc_register", bare, "U5", "", "nfs_ssc_unregister nfs42_ssc_unregister", "process, may sleep", "fs/nfs_common/nfs_ssc.c:46", "a plain pointer is cleared and nobody waits; the users rely on a mount that holds the module")
ROW("lease_register_notifier", drained, "U2", "", "lease_unregister_notifier", "process, may sleep", "fs/locks.c:1978", "a chain under SRCU, whose unregistration waits for its readers")
ROW("fsnotify_alloc_group", released, "R1", "", "fsnotify_put_group", "process (reaper), may sleep", "fs/notify/mark.c:423", "free_mark runs from the reaper after SRCU; fsnotify_wait_marks_destroyed waits for it")
ROW("pstore_register", drained, "U2", "", "pstore_unregister", "any, in a panic too, no sleep", "fs/pstore/platform.c:566", "unregistration removes every front end, then stops timer and work")
ROW("register_pstore_zone", drained, "U2", "", "unregister_pstore_zone", "any, no sleep", "fs/pstore/zone.c:1442", "wrapper of pstore_register")
ROW("register_vmcore_cb", drained, "U2", "", "unregister_vmcore_cb", "process", "fs/proc/vmcore.c:100", "waits for readers")

@*2 Block devices.
The operations of a disk are counted per open, but its queue is not: requests and timeouts are stopped by freezing the queue.
The structure itself may live on until the last opener has gone, and may then call |free_disk|.

@<Rows of the table@>=
ROW("device_add_disk", drained, "U2", "block_device_operations.owner", "del_gendisk", "process, may sleep", "block/genhd.c:714", "opens hold the owner (block/bdev.c:920); requests are drained by freezing the queue, attributes by kernfs")
ROW("__register_blkdev", drained, "U2", "", "unregister_blkdev", "process, may sleep", "block/genhd.c:801", "the probe function runs under the mutex that unregistration takes; register_blkdev passes none")
ROW("__blk_mq_alloc_disk", released, "R1", "block_device_operations.owner", "put_disk", "process, may sleep", "block/genhd.c:1229", "openers hold the owner, but the free_disk method may run at the last put")
ROW("__blk_alloc_disk", released, "R1", "block_device_operations.owner", "put_disk", "process, may sleep", "block/genhd.c:1229", "openers hold the owner, but the free_disk method may run at the last put")
ROW("blk_mq_alloc_disk_for_queue", released, "R1", "block_device_operations.owner", "put_disk", "process, may sleep", "block/genhd.c:1229", "openers hold the owner, but the free_disk method may run at the last put")
ROW("blk_mq_alloc_tag_set", drained, "U2", "", "blk_mq_free_tag_set scsi_remove_host", "any", "block/blk-mq.c:4853", "queue_rq and its companions end with the queue, which is frozen; freeing the set calls exit_request")
ROW("blk_mq_alloc_sq_tag_set", drained, "U2", "", "blk_mq_free_tag_set scsi_remove_host", "any", "block/blk-mq.c:4853", "queue_rq and its companions end with the queue, which is frozen; freeing the set calls exit_request")
ROW("blk_mq_alloc_queue", drained, "U2", "", "blk_mq_destroy_queue", "any", "block/blk-mq.c:4396", "waits for every request")
ROW("bioset_init", none, "", "", "bioset_exit", "", "block/bio.c:1823", "only functions of the core inside")
ROW("bdev_file_open_by_path", drained, "U2", "", "fput bdev_fput __fput_sync", "process, may sleep", "block/bdev.c:1076", "the claim ends under the lock in which the holder operations are called, with bdev_fput at once and with fput perhaps later; mark_dead gives the lock back before it works, so it holds an object of its own")
ROW("bdev_file_open_by_dev", drained, "U2", "", "fput bdev_fput __fput_sync", "process, may sleep", "block/bdev.c:1076", "the claim ends under the lock in which the holder operations are called, with bdev_fput at once and with fput perhaps later; mark_dead gives the lock back before it works, so it holds an object of its own")
ROW("bd_prepare_to_claim", drained, "U2", "", "bd_abort_claiming fput bdev_fput", "process, may sleep", "block/bdev.c:1076", "the claim ends under the lock in which the holder operations are called, with bdev_fput at once and with fput perhaps later; mark_dead gives the lock back before it works, so it holds an object of its own")
ROW("blk_execute_rq_nowait", bare, "U3", "", "", "any, no sleep", "block/blk-mq.c:1407", "end_io was stored by an inline; no call waits for it but the end of the queue or the reference of an open file")
ROW("blk_insert_cloned_request", bare, "U3", "", "", "any, no sleep", "block/blk-mq.c:3166", "end_io was stored by an inline; no call waits for it but the end of the queue or the reference of an open file")
ROW("submit_bh", bare, "U3", "", "", "any, no sleep", "fs/buffer.c:2847", "as submit_bio: b_end_io was stored inline, and only the count of buffers in flight protects it")
ROW("blk_check_plugged", deferred, "D5", "", "", "process", "block/blk-core.c:1203", "called when the plug of this task is flushed, at the latest before it sleeps; whoever plugs unplugs before he returns")
ROW("bsg_setup_queue", drained, "U2", "", "bsg_remove_queue", "process, may sleep", "block/bsg-lib.c:331", "job function and timeout end with the queue")
ROW("bsg_register_queue", bare, "U5", "", "bsg_unregister_queue", "process, may sleep", "block/bsg.c:67", "an open file keeps only the module of bsg; unregistration does not wait for an ioctl that is inside")
ROW("elv_register", counted, "C2", "elevator_type.elevator_owner", "elv_unregister", "any, no sleep", "block/elevator.h:90", "wait: unregistration contains rcu_barrier only when the type has an icq cache")
ROW("blkcg_policy_register", drained, "U2", "", "blkcg_policy_unregister", "process or rcu", "block/blk-cgroup.c:1807", "removed under the mutex after every queue has been deactivated; attributes are drained by kernfs")

@*2 proc and sysctl.
Both drain: the unregister call waits for whoever is inside, and |proc| then releases the files that are still open on behalf of their owners.
No reference is taken, so a handler that takes a lock which exit holds while it unregisters is a deadlock.

@<Rows of the table@>=
ROW("proc_create", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_seq_private", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_single_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_net_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_net_data_write", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_net_single", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_create_net_single_write", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, may sleep", "fs/proc/inode.c:261", "waits for running calls, then closes the open files itself")
ROW("proc_mkdir", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("proc_mkdir_data", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("proc_mkdir_mode", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("_proc_mkdir", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("proc_symlink", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("proc_create_mount_point", none, "R3", "", "remove_proc_entry proc_remove remove_proc_subtree", "", "fs/proc/generic.c:709", "no function, but the entry stays until it is removed")
ROW("register_sysctl_mount_point", none, "R3", "", "unregister_sysctl_table", "", "fs/proc/proc_sysctl.c:1527", "no function, but the entry stays until it is removed")
ROW("register_sysctl_sz", drained, "U2", "", "unregister_net_sysctl_table unregister_sysctl_table", "process, may sleep", "fs/proc/proc_sysctl.c:300", "waits for running handlers; the table itself stays reachable until then (R3)")
ROW("register_net_sysctl_sz", drained, "U2", "", "unregister_net_sysctl_table unregister_sysctl_table", "process, may sleep", "fs/proc/proc_sysctl.c:300", "waits for running handlers; the table itself stays reachable until then (R3)")

@*2 sysfs and kobjects.
Attributes are drained by kernfs when they are removed, or when the object above them is, so the teardown of the object is answer enough.
A |kobject|'s release is another matter: it runs at the last put, whoever makes it.

@<Rows of the table@>=
ROW("sysfs_create_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_create_groups", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_merge_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_create_file_ns", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_create_files", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_create_bin_file", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_add_file_to_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "removing the object above removes its attributes and drains them")
ROW("sysfs_update_group", drained, "U2", "", "", "process, may sleep", "fs/kernfs/dir.c:505", "changes a group that exists already, so who made it takes it back")
ROW("sysfs_update_groups", drained, "U2", "", "", "process, may sleep", "fs/kernfs/dir.c:505", "changes a group that exists already, so who made it takes it back")
ROW("device_create_file", drained, "U2", "", "device_remove_file device_unregister device_del device_destroy root_device_unregister platform_device_unregister tty_unregister_device atm_dev_deregister", "process, may sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("device_create_bin_file", drained, "U2", "", "device_remove_bin_file device_unregister device_del device_destroy", "process, may sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("driver_create_file", drained, "U2", "", "driver_remove_file driver_unregister", "process, may sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("class_create_file_ns", drained, "U2", "", "class_remove_file_ns class_unregister class_destroy", "process, may sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("sysfs_create_link", none, "", "", "", "", "fs/sysfs/symlink.c:143", "no function; the link goes with the object in which it stands")
ROW("sysfs_create_link_nowarn", none, "", "", "", "", "fs/sysfs/symlink.c:143", "no function; the link goes with the object in which it stands")
ROW("kobject_init", released, "R1 U2", "", "kobject_put", "process, may sleep", "lib/kobject.c:689", "release and attribute methods of the type are the module own; release runs at the last put, kobject_del does not call it")
ROW("kobject_init_and_add", released, "R1 U2", "", "kobject_put", "process, may sleep", "lib/kobject.c:689", "release and attribute methods of the type are the module own; release runs at the last put, kobject_del does not call it")
ROW("kset_register", released, "R1 U2", "", "kset_unregister kobject_put", "process, may sleep", "lib/kobject.c:689", "as kobject_init; uevent_ops are used as long as an object of the set lives")
ROW("kobject_create_and_add", none, "", "", "kobject_put", "process", "lib/kobject.c:742", "the type lies in the core")
ROW("kset_create_and_add", none, "", "", "kset_unregister kobject_put", "process", "lib/kobject.c:1001", "the type lies in the core; uevent_ops, if any, are used as long as an object of the set lives")

@*2 debugfs.
Removal waits for running calls of files made by |debugfs_create_file|, not for those of the unsafe kind; an open file is released later in both, and there only the owner's reference helps. |DEFINE_DEBUGFS_ATTRIBUTE| and its relatives name the owner by themselves.
The little files that show a variable run functions of the core and read the module's memory.

@<Rows of the table@>=
ROW("debugfs_create_file", drained, "U2", "file_operations.owner", "debugfs_remove debugfs_lookup_and_remove", "process, may sleep", "fs/debugfs/inode.c:802", "removal waits for running calls; the release of a file still open is safe only by the reference of its operations")
ROW("debugfs_create_file_size", drained, "U2", "file_operations.owner", "debugfs_remove debugfs_lookup_and_remove", "process, may sleep", "fs/debugfs/inode.c:802", "removal waits for running calls; the release of a file still open is safe only by the reference of its operations")
ROW("debugfs_create_file_unsafe", counted, "C2", "file_operations.owner", "debugfs_remove debugfs_lookup_and_remove", "process, may sleep", "fs/debugfs/file.c:271", "calls are not waited for; only the reference of open files protects them")
ROW("debugfs_create_devm_seqfile", drained, "U2", "", "debugfs_remove debugfs_lookup_and_remove", "process, may sleep", "fs/debugfs/file.c:1360", "the show function is the module own; in spite of its name the file goes only with its directory")
ROW("debugfs_create_automount", bare, "U5", "", "debugfs_remove debugfs_lookup_and_remove", "process, may sleep", "fs/debugfs/inode.c:247", "called during a path walk without the protection of the files; removal does not wait")
ROW("debugfs_create_dir", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/inode.c:826", "no function; a directory left behind blocks the next load")
ROW("debugfs_create_symlink", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/inode.c:826", "no function; the target is copied")
ROW("debugfs_create_u8", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_u16", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_u32", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_u64", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_x8", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_x16", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_x32", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_x64", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_ulong", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_size_t", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_atomic_t", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_bool", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_str", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_blob", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_regset32", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")
ROW("debugfs_create_u32_array", none, "R3", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/file.c:622", "functions of the core read a variable of the module")

@*2 configfs.
Every item made by a user holds the module named by its type until it is removed, and every open attribute holds the owner of the attribute.
Subsystem and default groups are unregistered by the module itself.

@<Rows of the table@>=
ROW("configfs_register_subsystem", counted, "C2", "config_item_type.ct_owner", "configfs_unregister_subsystem", "process, may sleep", "fs/configfs/dir.c:1415", "one reference per item and per open attribute")
ROW("configfs_register_group", counted, "C2", "config_item_type.ct_owner", "configfs_unregister_group configfs_unregister_default_group", "process, may sleep", "fs/configfs/file.c:327", "one reference per open attribute")
ROW("configfs_register_default_group", counted, "C2", "config_item_type.ct_owner", "configfs_unregister_group configfs_unregister_default_group", "process, may sleep", "fs/configfs/file.c:327", "one reference per open attribute")
ROW("config_group_init_type_name", counted, "C2", "config_item_type.ct_owner", "", "process, may sleep", "fs/configfs/file.c:327", "only prepares the item")
ROW("config_item_init_type_name", counted, "C2", "config_item_type.ct_owner", "", "process, may sleep", "fs/configfs/file.c:327", "only prepares the item")

@*1 Chains, hooks and probes.
Here the core calls down a list.
Which kind of list it is decides what the unregister call waits for, and the kinds look alike in a module's source.

@*2 Notifier chains.
Atomic and SRCU chains end with a grace period, blocking chains with the write side of a semaphore that every caller holds: all three drain.
The raw chain does neither, its owner supplies both lock and wait.
A library that keeps a chain for others imports the same calls; then the functions handed over are its users'.

@<Rows of the table@>=
ROW("atomic_notifier_chain_register", drained, "U2", "", "atomic_notifier_chain_unregister", "any, no sleep", "kernel/notifier.c:203", "wait: ends with synchronize_rcu")
ROW("atomic_notifier_chain_register_unique_prio", drained, "U2", "", "atomic_notifier_chain_unregister", "any, no sleep", "kernel/notifier.c:203", "wait: ends with synchronize_rcu")
ROW("blocking_notifier_chain_register", drained, "U2", "", "blocking_notifier_chain_unregister", "process, may sleep", "kernel/notifier.c:334", "callers hold the semaphore for reading, so a callback must not unregister itself")
ROW("blocking_notifier_chain_register_unique_prio", drained, "U2", "", "blocking_notifier_chain_unregister", "process, may sleep", "kernel/notifier.c:334", "callers hold the semaphore for reading, so a callback must not unregister itself")
ROW("srcu_notifier_chain_register", drained, "U2", "", "srcu_notifier_chain_unregister", "process, may sleep", "kernel/notifier.c:526", "wait: ends with synchronize_srcu")
ROW("raw_notifier_chain_register", bare, "U3", "", "raw_notifier_chain_unregister", "as the chain", "kernel/notifier.c:427", "no lock and no wait: both are the business of the chain owner")
ROW("panic_notifier_list", drained, "U2", "", "atomic_notifier_chain_unregister", "panic, interrupts off", "kernel/notifier.c:203", "the head of an atomic chain: it shows what the registration is for")
ROW("register_die_notifier", drained, "U2", "", "unregister_die_notifier", "any, also nmi, no sleep", "kernel/notifier.c:608", "atomic chain")
ROW("register_module_notifier", drained, "U2", "", "unregister_module_notifier", "process, may sleep", "kernel/module/main.c:145", "blocking chain; the callback sees the coming and going of other modules")
ROW("register_tracepoint_module_notifier", drained, "U2", "", "unregister_tracepoint_module_notifier", "process, may sleep", "kernel/tracepoint.c:621", "blocking chain; unregistration calls the callback for every module")
ROW("register_pm_notifier", drained, "U2", "", "unregister_pm_notifier", "process, may sleep", "kernel/power/main.c:94", "blocking chain")
ROW("register_reboot_notifier", drained, "U2", "", "unregister_reboot_notifier", "process, may sleep", "kernel/reboot.c:136", "blocking chain")
ROW("devm_register_reboot_notifier", drained, "U2", "", "", "process, may sleep", "kernel/reboot.c:142", "undone when the device is unbound")
ROW("register_restart_handler", drained, "U2", "", "unregister_restart_handler", "any, no sleep", "kernel/reboot.c:228", "atomic chain")
ROW("register_sys_off_handler", drained, "U2", "", "unregister_sys_off_handler", "process or atomic, by mode", "kernel/reboot.c:494", "either kind of chain, and both wait")
ROW("devm_register_sys_off_handler", drained, "U2", "", "", "process or atomic, by mode", "kernel/reboot.c:526", "undone when the device is unbound")
ROW("devm_register_power_off_handler", drained, "U2", "", "", "process or atomic, by mode", "kernel/reboot.c:526", "undone when the device is unbound")
ROW("devm_register_restart_handler", drained, "U2", "", "", "process or atomic, by mode", "kernel/reboot.c:526", "undone when the device is unbound")
ROW("register_oom_notifier", drained, "U2", "", "unregister_oom_notifier", "process", "mm/oom_kill.c:1100", "blocking chain")
ROW("register_blocking_lsm_notifier", drained, "U2", "", "unregister_blocking_lsm_notifier", "process, may sleep", "security/security.c:671", "blocking chain")
ROW("pvclock_gtod_register_notifier", drained, "U2", "", "pvclock_gtod_unregister_notifier", "timekeeping lock, interrupts off", "kernel/time/timekeeping.c:602", "a raw chain, but calls and removal both hold the timekeeper lock")
ROW("freq_qos_add_notifier", drained, "U2", "", "freq_qos_remove_notifier", "process, may sleep", "kernel/power/qos.c:669", "blocking chain")
ROW("cpu_latency_qos_add_request", none, "R3", "", "cpu_latency_qos_remove_request", "", "kernel/power/qos.c:321", "no function, but the request is a list entry in the memory of the caller")
ROW("kmsg_dump_register", drained, "U2", "", "kmsg_dump_unregister", "any, in a panic too", "kernel/printk/printk.c:4695", "wait: ends with synchronize_rcu")
ROW("register_console", drained, "U2", "", "unregister_console", "any, also nmi, no sleep", "kernel/printk/printk.c:4200", "waits for readers of the list, then calls exit")
ROW("preempt_notifier_register", drained, "U2", "", "preempt_notifier_unregister", "scheduler, preemption off", "kernel/sched/core.c:4910", "called only for the task that registered, which itself unregisters and so is outside")
ROW("user_return_notifier_register", bare, "U3", "", "user_return_notifier_unregister", "return to user mode, interrupts off", "kernel/user-return-notifier.c:26", "per CPU and removed on that CPU, often from within the callback: then it is still inside")
ROW("add_wait_queue", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, no sleep", "kernel/sched/wait.c:50", "wakers call the entry under the lock that removal takes; matters only with a wake function of one own")
ROW("add_wait_queue_exclusive", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, no sleep", "kernel/sched/wait.c:50", "wakers call the entry under the lock that removal takes; matters only with a wake function of one own")
ROW("add_wait_queue_priority", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, no sleep", "kernel/sched/wait.c:50", "wakers call the entry under the lock that removal takes; matters only with a wake function of one own")
ROW("autoremove_wake_function", none, "", "", "", "any, no sleep", "kernel/sched/wait.c:383", "a wake function of the core")
ROW("default_wake_function", none, "", "", "", "any, no sleep", "kernel/sched/core.c:7080", "a wake function of the core")
ROW("woken_wake_function", none, "", "", "", "any, no sleep", "kernel/sched/wait.c:439", "a wake function of the core")
ROW("wake_bit_function", none, "", "", "", "any, no sleep", "kernel/sched/wait_bit.c:21", "a wake function of the core")
ROW("kernel_sigaction", none, "", "", "", "", "kernel/signal.c:4174", "the handler is one of the two constants, never a function")

@*2 CPU hot-plug.
The callbacks of CPU hot-plug run in the hot-plug threads under its lock, which removal takes; removal may also run the teardown callbacks.
The state's name is not copied: one more reason why no state may outlive the module.

@<Rows of the table@>=
ROW("__cpuhp_setup_state", drained, "U2", "", "__cpuhp_remove_state __cpuhp_remove_state_cpuslocked", "process (hot-plug thread)", "kernel/cpu.c:2609", "removal runs under the hot-plug lock")
ROW("__cpuhp_setup_state_cpuslocked", drained, "U2", "", "__cpuhp_remove_state __cpuhp_remove_state_cpuslocked", "process (hot-plug thread)", "kernel/cpu.c:2609", "removal runs under the hot-plug lock")
ROW("__cpuhp_state_add_instance", drained, "U2", "", "__cpuhp_state_remove_instance", "process (hot-plug thread)", "kernel/cpu.c:2564", "same lock")

@*2 Probes and tracing.
Function tracing waits for tasks too, since its callbacks can be preempted in a trampoline; kprobes wait for a grace period.
A probe on a tracepoint waits for nothing: |tracepoint_synchronize_unregister| must follow.

@<Rows of the table@>=
ROW("register_kprobe", drained, "U2", "", "unregister_kprobe unregister_kprobes", "any, preemption off", "kernel/kprobes.c:1879", "wait: ends with synchronize_rcu")
ROW("register_kprobes", drained, "U2", "", "unregister_kprobe unregister_kprobes", "any, preemption off", "kernel/kprobes.c:1879", "wait: ends with synchronize_rcu")
ROW("register_kretprobe", drained, "U2", "", "unregister_kretprobe unregister_kretprobes", "any, preemption off", "kernel/kprobes.c:2329", "wait: ends with synchronize_rcu; functions that have not yet returned no longer find the handler")
ROW("uprobe_register", drained, "U2", "", "uprobe_unregister_sync", "process, may sleep", "kernel/events/uprobes.c:1177", "uprobe_unregister_nosync does not wait, the sync call waits for all that are inside")
ROW("register_kretprobes", drained, "U2", "", "unregister_kretprobe unregister_kretprobes", "any, preemption off", "kernel/kprobes.c:2329", "wait: ends with synchronize_rcu; functions that have not yet returned no longer find the handler")
ROW("register_fprobe", drained, "U2", "", "unregister_fprobe", "any, no sleep", "kernel/trace/fprobe.c:375", "stops the exit handler, then waits as ftrace does")
ROW("register_fprobe_ips", drained, "U2", "", "unregister_fprobe", "any, no sleep", "kernel/trace/fprobe.c:375", "stops the exit handler, then waits as ftrace does")
ROW("register_fprobe_syms", drained, "U2", "", "unregister_fprobe", "any, no sleep", "kernel/trace/fprobe.c:375", "stops the exit handler, then waits as ftrace does")
ROW("register_ftrace_function", drained, "U2", "", "unregister_ftrace_function", "any, no sleep", "kernel/trace/ftrace.c:3215", "operations that lie in a module are marked dynamic (line 365), and unregistration waits for tasks")
ROW("register_ftrace_direct", drained, "U2 U4", "", "unregister_ftrace_direct", "any, may be preempted", "kernel/trace/ftrace.c:6097", "waits for tasks up to their next voluntary sleep: a trampoline whose function sleeps must count itself (S1)")
ROW("modify_ftrace_direct", bare, "U4", "", "unregister_ftrace_direct", "any, may be preempted", "kernel/trace/ftrace.c:6210", "nobody waits for tasks in the trampoline that was replaced")
ROW("register_ftrace_export", bare, "U3", "", "unregister_ftrace_export", "any, preemption off", "kernel/trace/trace.c:465", "taken off under a mutex, readers run with preemption off, no grace period inside")
ROW("tracepoint_probe_register", bare, "U3", "", "tracepoint_probe_unregister", "any, preemption off", "kernel/tracepoint.c:545", "unregistration does not wait; SRCU and RCU grace periods must follow")
ROW("tracepoint_probe_register_prio", bare, "U3", "", "tracepoint_probe_unregister", "any, preemption off", "kernel/tracepoint.c:545", "unregistration does not wait; SRCU and RCU grace periods must follow")
ROW("tracepoint_probe_register_prio_may_exist", bare, "U3", "", "tracepoint_probe_unregister", "any, preemption off", "kernel/tracepoint.c:545", "unregistration does not wait; SRCU and RCU grace periods must follow")
ROW("trace_event_raw_init", drained, "U2", "", "", "any, no sleep", "kernel/trace/trace_events.c:3505", "tables of TRACE_EVENT are taken out by the notifier that the loader calls at MODULE_STATE_GOING")
ROW("trace_event_reg", drained, "U2", "", "", "any, no sleep", "kernel/trace/trace_events.c:3505", "tables of TRACE_EVENT are taken out by the notifier that the loader calls at MODULE_STATE_GOING")
ROW("synth_event_create", counted, "C1", "", "synth_event_delete", "any, no sleep", "kernel/trace/trace_events_synth.c:886", "the owner is an argument; one reference while the event is on")
ROW("__synth_event_gen_cmd_start", counted, "C1", "", "synth_event_delete", "any, no sleep", "kernel/trace/trace_events_synth.c:886", "the owner is an argument; one reference while the event is on")
ROW("register_trace_event", drained, "U2", "", "unregister_trace_event", "process, may sleep", "kernel/trace/trace_output.c:804", "print functions run under the semaphore that removal takes")
ROW("for_each_kernel_tracepoint", none, "", "", "", "process", "kernel/tracepoint.c:789", "calls back before it returns")
ROW("klp_enable_patch", counted, "C4", "klp_patch.mod", "", "any, may sleep", "kernel/livepatch/core.c:1120", "one reference from enabling to the end of the reverse transition, which looks at every stack")
ROW("__static_call_update", bare, "U4", "", "", "any, may be preempted", "kernel/static_call_inline.c:134", "text of the key owner now calls the function; nothing waits for those inside the old one")
ROW("register_wide_hw_breakpoint", drained, "U2", "", "unregister_wide_hw_breakpoint", "nmi or debug exception, no sleep", "kernel/events/hw_breakpoint.c:879", "an event of perf on every CPU, removed there")
ROW("register_user_hw_breakpoint", drained, "U2", "", "unregister_hw_breakpoint", "nmi or debug exception, no sleep", "kernel/events/hw_breakpoint.c:825", "an event of perf, removed on the CPU where it is")
ROW("perf_event_create_kernel_counter", drained, "U2", "", "perf_event_release_kernel", "nmi, no sleep", "kernel/events/core.c:5540", "removal runs on the CPU where the event is")
ROW("perf_pmu_register", counted, "C2", "pmu.module", "perf_pmu_unregister", "any, no sleep", "kernel/events/core.c:12031", "the reference lives as long as an event does")
ROW("perf_register_guest_info_callbacks", drained, "U2", "", "perf_unregister_guest_info_callbacks", "nmi, no sleep", "kernel/events/core.c:7078", "wait: ends with synchronize_rcu")
ROW("register_btf_kfunc_id_set", counted, "C2", "btf_kfunc_id_set.owner", "", "any", "kernel/bpf/btf.c:8226", "there is no unregister call: programs hold the module, the notifier drops the set")
ROW("register_btf_id_dtor_kfuncs", counted, "C1", "", "", "any", "kernel/bpf/btf.c:8226", "as register_btf_kfunc_id_set; the owner is an argument")
ROW("bpf_crypto_register_type", counted, "C2", "bpf_crypto_type.owner", "bpf_crypto_unregister_type", "any", "kernel/bpf/crypto.c:118", "one reference per context")
ROW("bpf_offload_dev_create", drained, "U2", "", "bpf_offload_dev_destroy", "process, may sleep", "kernel/bpf/offload.c:771", "programs are taken off when the network device is unregistered from it")
ROW("bpf_offload_dev_netdev_register", drained, "U2", "", "bpf_offload_dev_netdev_unregister", "process, may sleep", "kernel/bpf/offload.c:771", "programs of the network device are taken off under the lock of the offload code")

@*1 Interrupts.
|free_irq| waits until no handler runs on any CPU and the threaded part has ended; per-CPU interrupts have no such wait.
What \.{devm\_} requested is freed by the driver core at unbind, so it needs no counterpart of its own, but the source must still be silenced first.

@<Rows of the table@>=
ROW("request_threaded_irq", drained, "D5 U2", "", "free_irq pci_free_irq unbind_from_irqhandler comedi_pci_detach comedi_legacy_detach", "hardirq, no sleep; the thread may sleep", "kernel/irq/manage.c:1967", "free_irq waits for handlers and stops the thread")
ROW("request_any_context_irq", drained, "D5 U2", "", "free_irq pci_free_irq unbind_from_irqhandler comedi_pci_detach comedi_legacy_detach", "hardirq, no sleep; the thread may sleep", "kernel/irq/manage.c:1967", "free_irq waits for handlers and stops the thread")
ROW("devm_request_threaded_irq", drained, "D5 U2", "", "", "hardirq, no sleep; the thread may sleep", "kernel/irq/devres.c:23", "freed by the driver core at unbind")
ROW("devm_request_any_context_irq", drained, "D5 U2", "", "", "hardirq, no sleep; the thread may sleep", "kernel/irq/devres.c:23", "freed by the driver core at unbind")
ROW("__request_percpu_irq", bare, "D5 U3", "", "free_percpu_irq", "hardirq, no sleep", "kernel/irq/manage.c:2553", "removal neither disables nor waits: the author disables it on every CPU first")
ROW("irq_set_affinity_notifier", released, "R1", "", "", "process, may sleep", "kernel/irq/manage.c:581", "undone by calling it with NULL, which waits for the work; the release function belongs to the module")
ROW("irq_cpu_rmap_add", none, "", "", "free_irq_cpu_rmap", "process", "lib/cpu_rmap.c:237", "the notifier functions lie in the library")
ROW("irq_domain_instantiate", bare, "U4", "", "irq_domain_remove", "any", "kernel/irq/irqdomain.c:385", "chip functions are called while an interrupt is mapped, domain operations by whoever found the domain; removal only checks that no mapping is left")
ROW("pci_msi_create_irq_domain", bare, "U4", "", "irq_domain_remove", "any", "kernel/irq/irqdomain.c:385", "chip functions are called while an interrupt is mapped, domain operations by whoever found the domain; removal only checks that no mapping is left")
ROW("irq_set_chip", bare, "U3", "", "", "any, interrupts off", "kernel/irq/chip.c:41", "the descriptor keeps the chip until it is set anew or freed")
ROW("irq_set_chip_and_handler_name", bare, "U3", "", "", "any, interrupts off", "kernel/irq/chip.c:41", "the descriptor keeps the chip until it is set anew or freed")

@*1 Memory, objects and libraries.
Most of the library calls back only while it is called, and is listed so that nobody has to wonder.
The exceptions have a release function, a constructor or a worker of their own.

@*2 Caches, pools and reclaim.
A cache has at most a constructor, but its destruction is the moment when a forgotten object shows: RCU-delayed frees included, all objects come back first.
Shrinkers and notifiers of address spaces are drained.

@<Rows of the table@>=
ROW("__kmem_cache_create_args", released, "R2", "", "kmem_cache_destroy", "any, no sleep", "mm/slub.c:2461", "the constructor, if there is one, runs whenever a slab is filled; objects left over keep the cache alive")
ROW("mempool_init_noprof", none, "", "", "mempool_exit", "any", "mm/mempool.c:186", "both functions run only inside the calls of the owner")
ROW("mempool_create_node_noprof", none, "", "", "mempool_destroy", "any", "mm/mempool.c:205", "both functions run only inside the calls of the owner")
ROW("shrinker_register", drained, "U2", "", "shrinker_free", "process (reclaim)", "mm/shrinker.c:795", "waits for every scan that is running")
ROW("shrinker_alloc", none, "", "", "shrinker_free", "process", "mm/shrinker.c:778", "nothing is called before shrinker_register")
ROW("list_lru_walk_one", none, "", "", "", "process", "mm/list_lru.c:274", "calls back before it returns")
ROW("list_lru_walk_node", none, "", "", "", "process", "mm/list_lru.c:274", "calls back before it returns")
ROW("page_reporting_register", drained, "U2", "", "page_reporting_unregister", "process, may sleep", "mm/page_reporting.c:414", "waits for a grace period and for the work")
ROW("memremap_pages", drained, "U2", "", "memunmap_pages", "process, may sleep", "mm/memremap.c:147", "waits for the last reference on the pages; page_free and migrate functions end with it")
ROW("devm_memremap_pages", drained, "U2", "", "", "process, may sleep", "mm/memremap.c:147", "undone when the device is unbound")
ROW("set_online_page_callback", drained, "U2", "", "restore_online_page_callback", "process", "mm/memory_hotplug.c:636", "onlining holds the memory hot-plug lock for writing, the change for reading")
ROW("mmu_notifier_register", drained, "U2", "", "mmu_notifier_unregister mmu_notifier_put", "process, may sleep if blockable", "mm/mmu_notifier.c:831", "wait: unregistration ends with synchronize_srcu")
ROW("__mmu_notifier_register", drained, "U2", "", "mmu_notifier_unregister mmu_notifier_put", "process, may sleep if blockable", "mm/mmu_notifier.c:831", "wait: unregistration ends with synchronize_srcu")
ROW("mmu_notifier_get_locked", released, "R1", "", "mmu_notifier_put", "process, may sleep", "mm/mmu_notifier.c:882", "free_notifier runs after the put, from SRCU")
ROW("mmu_notifier_put", released, "R1", "", "mmu_notifier_synchronize", "process", "mm/mmu_notifier.c:882", "orders free_notifier for later; mmu_notifier_synchronize waits for it")
ROW("mmu_interval_notifier_insert", drained, "U2", "", "mmu_interval_notifier_remove", "process, may sleep", "mm/mmu_notifier.c:1074", "waits for running invalidations")
ROW("mmu_interval_notifier_insert_locked", drained, "U2", "", "mmu_interval_notifier_remove", "process, may sleep", "mm/mmu_notifier.c:1074", "waits for running invalidations")
ROW("__SetPageMovable", bare, "U5", "", "__ClearPageMovable", "process (compaction), page locked", "mm/compaction.c:140", "the operations are called under the page lock; clear it under that lock and free the page")
ROW("zpool_register_driver", counted, "C2", "zpool_driver.owner", "zpool_unregister_driver", "process", "mm/zpool.c:77", "one reference per pool")

@*2 Regions of ports and of memory. An entry of these lists keeps a pointer to the name that it was given, and whoever reads the list prints it (\see{rule-r3}).

@<Rows of the table@>=
ROW("__request_region", released, "R3", "", "__release_region release_resource remove_resource", "a reader prints the name, may sleep", "kernel/resource.c:1254", "the name is not copied; /proc/ioports and /proc/iomem print it")

@*2 Counts and tables.
The release function of a per-CPU reference count runs from whoever drops the last reference, and the confirm function from an RCU callback.
A resizable hash table has a worker that calls the hash function.

@<Rows of the table@>=
ROW("percpu_ref_init", released, "R1", "", "percpu_ref_exit", "any, also softirq, no sleep", "include/linux/percpu-refcount.h:335", "release runs at the last put, confirm functions from an RCU callback")
ROW("percpu_ref_kill_and_confirm", released, "R1", "", "percpu_ref_exit", "softirq, no sleep", "lib/percpu-refcount.c:156", "the confirm function runs from an RCU callback of the core; percpu_ref_exit does not wait for it")
ROW("percpu_ref_switch_to_atomic", released, "R1", "", "percpu_ref_exit", "softirq, no sleep", "lib/percpu-refcount.c:156", "the confirm function runs from an RCU callback of the core; percpu_ref_exit does not wait for it")
ROW("rhashtable_init_noprof", drained, "U2", "", "rhashtable_destroy rhashtable_free_and_destroy", "process (rehash) and any", "lib/rhashtable.c:1152", "hash and compare functions may run from the rehash worker, which is cancelled")
ROW("rhltable_init_noprof", drained, "U2", "", "rhashtable_destroy rhashtable_free_and_destroy", "process (rehash) and any", "lib/rhashtable.c:1152", "hash and compare functions may run from the rehash worker, which is cancelled")
ROW("textsearch_register", counted, "C2", "ts_ops.owner", "textsearch_unregister", "any", "lib/textsearch.c:120", "look-up and reference are one step under RCU; unregistration need not wait")
ROW("textsearch_prepare", none, "", "", "textsearch_destroy", "any", "lib/textsearch.c:313", "the consumer side: hands over nothing, holds the algorithm until destroyed")
ROW("__symbol_get", none, "L1", "", "__symbol_put symbol_put_addr", "any, no sleep", "kernel/module/main.c:1348", "hands over nothing; holds the module that has the symbol until it is put")
ROW("lockdep_register_key", none, "R3", "", "lockdep_unregister_key", "", "kernel/locking/lockdep.c:6575", "no function: the key is hashed by its address, which must not be reused while it is known")
ROW("__kunit_test_suites_init", drained, "U2", "", "__kunit_test_suites_exit", "process, may sleep", "lib/kunit/test.c:748", "the tests run before it returns; exit removes the debugfs files")

@*2 Keys, caches on disk, commands.
A key's payload is destroyed by functions of its type, so unregistering a type has the garbage collector remove every key of it first.
The other two families here are small and rare.

@<Rows of the table@>=
ROW("register_key_type", drained, "U2", "", "unregister_key_type", "process, may sleep", "security/keys/key.c:1271", "users of a type hold its semaphore for reading, and the collector removes all keys of the type")
ROW("__io_uring_cmd_do_in_task", counted, "C4", "file_operations.owner", "", "process, on return to user mode", "io_uring/uring_cmd.c:128", "runs later in the task that submitted; the open file of the command holds its owner until the command is done")
ROW("fscache_add_cache", drained, "U2", "", "fscache_withdraw_cache", "process, may sleep", "fs/netfs/fscache_cache.c:369", "withdrawal waits for accesses; that the objects of the cache are gone is waited for by the author, before he relinquishes the cache")

@*1 Alarms that are understood.
Held against the lab's own modules, the rows of this chapter find nothing to complain of in all but a few, and each of those was looked into.
The complaints are of three kinds, and the first two show what imports cannot.

\li A reference covers what was ordered. In \.{nf\_nat}, \.{nfnetlink\_log} and \.{sg} the work or the timer holds the module, though it is put in the module's own text, against S2 and R4.
In \.{af\_packet} and \.{vsock} the work holds the socket, and the socket its protocol's module; \.{crypto\_algapi} frees an instance while it still holds the template of it.

\li Something else waits. \.{dm-bio-prison} queues on the queue of its caller, who destroys it; \.{scsi\_mod} has completed every command before a host goes.

\li Nobody waits, or only for a flag that is set before the last instruction. So do the journal's thread in \.{jbd2}, the work of \.{rng-core} and \.{snd-timer}, the threads of \.{test\_firmware} and the timer of \.{test\_ref\_tracker}.
In \.{netfs} a request is freed by a callback, and exit contains no |rcu_barrier|; \.{tun} orders its last callback in the destructor of a device, which runs after the barrier that unregistering the device contains; \.{scsi\_debug} cancels timers without waiting, as \.{snd-dummy} and the tracing sample do; \.{softdog} does not take back the work that is to reboot the machine.
The window is often a few instructions wide, and what the loader does after exit closes it: that is why the complaint is a line in the log and no refusal.
\endli

@*1 Names that authors write. \label{names-written}
A module's source has other names than its imports: inline functions and macros of the headers stand for functions of this table. At the left is what the module imports, and what has a row; at the right
is what stands in a source. Functions and macros that only prepare, like |INIT_WORK| and |timer_setup|, are put beside what orders; |del_timer_sync|, an older name of |timer_delete_sync|, beside what it
takes back. A macro like |module_pci_driver| stands for |init| {\it and\/} exit, so with it the unregister call cannot be forgotten.

@<Names that authors write@>=
ALIAS("queue_work_on", "queue_work schedule_work schedule_work_on INIT_WORK DECLARE_WORK")
ALIAS("queue_delayed_work_on", "queue_delayed_work schedule_delayed_work schedule_delayed_work_on INIT_DELAYED_WORK DECLARE_DELAYED_WORK")
ALIAS("mod_delayed_work_on", "mod_delayed_work")
ALIAS("alloc_workqueue", "alloc_ordered_workqueue create_workqueue create_freezable_workqueue create_singlethread_workqueue")
ALIAS("mod_timer", "timer_setup DEFINE_TIMER del_timer del_timer_sync")
ALIAS("hrtimer_start_range_ns", "hrtimer_start")
ALIAS("kvfree_call_rcu", "kfree_rcu kvfree_rcu kfree_rcu_mightsleep")
ALIAS("kthread_create_on_node", "kthread_create kthread_run")
ALIAS("__tasklet_schedule", "tasklet_schedule DECLARE_TASKLET")
ALIAS("__tasklet_hi_schedule", "tasklet_hi_schedule")
ALIAS("async_schedule_node", "async_schedule")
ALIAS("request_threaded_irq", "request_irq")
ALIAS("devm_request_threaded_irq", "devm_request_irq")
ALIAS("__request_percpu_irq", "request_percpu_irq")
ALIAS("__cpuhp_setup_state", "cpuhp_setup_state cpuhp_setup_state_nocalls cpuhp_setup_state_multi")
ALIAS("__kmem_cache_create_args", "kmem_cache_create kmem_cache_create_usercopy KMEM_CACHE")
ALIAS("rhashtable_init_noprof", "rhashtable_init")
ALIAS("__register_chrdev", "register_chrdev")
ALIAS("__register_blkdev", "register_blkdev")
ALIAS("__blk_mq_alloc_disk", "blk_mq_alloc_disk")
ALIAS("__blk_alloc_disk", "blk_alloc_disk")
ALIAS("proc_create_single_data", "proc_create_single")
ALIAS("proc_create_seq_private", "proc_create_seq proc_create_seq_data")
ALIAS("proc_create_net_data", "proc_create_net")
ALIAS("register_sysctl_sz", "register_sysctl")
ALIAS("sysfs_create_file_ns", "sysfs_create_file")
ALIAS("__register_nls", "register_nls")
ALIAS("__platform_driver_register", "platform_driver_register module_platform_driver")
ALIAS("__platform_create_bundle", "platform_create_bundle")
ALIAS("__pci_register_driver", "pci_register_driver module_pci_driver")
ALIAS("usb_register_driver", "usb_register module_usb_driver")
ALIAS("__usb_serial_register_drivers", "usb_serial_register_drivers module_usb_serial_driver")
ALIAS("i2c_register_driver", "i2c_add_driver module_i2c_driver")
ALIAS("__spi_register_driver", "spi_register_driver module_spi_driver")
ALIAS("__hid_register_driver", "hid_register_driver module_hid_driver")
ALIAS("__register_virtio_driver", "register_virtio_driver module_virtio_driver")
ALIAS("__acpi_bus_register_driver", "acpi_bus_register_driver module_acpi_driver")
ALIAS("__serdev_device_driver_register", "serdev_device_driver_register")
ALIAS("__mhi_driver_register", "mhi_driver_register")
ALIAS("scsi_add_host_with_dma", "scsi_add_host")
ALIAS("gpiochip_add_data_with_key", "gpiochip_add_data")
ALIAS("led_classdev_register_ext", "led_classdev_register")
ALIAS("__iio_device_register", "iio_device_register")
ALIAS("__devm_rtc_register_device", "devm_rtc_register_device")
ALIAS("alloc_netdev_mqs", "alloc_netdev alloc_netdev_mq")
ALIAS("alloc_etherdev_mqs", "alloc_etherdev alloc_etherdev_mq")
ALIAS("netif_napi_add_weight", "netif_napi_add")

@*1 Hooks that are variables. \label{hooks-that-are-variables}
Some hooks are no calls but exported variables, into which a module stores its functions; no import shows that it is a registration.
The checker therefore looks for stores to these names.
Most of them are cleared and followed by a grace period, as they should be; a few rely on nobody calling at the wrong moment.

@<Hooks that are variables@>=
HOOK("nf_ct_hook", "bare", "U3", "set to NULL, then synchronize_net", "net/netfilter/nf_conntrack_core.c:2458", "stored by nf_conntrack; read under RCU for every packet")
HOOK("nfnl_ct_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_conntrack_netlink.c:3910", "stored by nf_conntrack_netlink; read under RCU")
HOOK("nf_nat_hook", "bare", "U3", "set to NULL, then synchronize_net", "net/netfilter/nf_nat_core.c:1384", "stored by nf_nat; read under RCU")
HOOK("nf_nat_amanda_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_nat_amanda.c:67", "stored by nf_nat_amanda; read by the helper of conntrack under RCU")
HOOK("nf_nat_ftp_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_nat_ftp.c:117", "stored by nf_nat_ftp; read by the helper of conntrack under RCU")
HOOK("nf_nat_irc_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_nat_irc.c:89", "stored by nf_nat_irc; read by the helper of conntrack under RCU")
HOOK("nf_nat_tftp_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_nat_tftp.c:43", "stored by nf_nat_tftp; read by the helper of conntrack under RCU")
HOOK("nf_nat_sip_hooks", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nf_nat_sip.c:663", "stored by nf_nat_sip; read by the helper of conntrack under RCU")
HOOK("nf_nat_pptp_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/ipv4/netfilter/nf_nat_pptp.c:315", "stored by nf_nat_pptp; read by the helper of conntrack under RCU")
HOOK("nf_nat_snmp_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/ipv4/netfilter/nf_nat_snmp_basic_main.c:225", "stored by nf_nat_snmp_basic; read by the helper of conntrack under RCU")
HOOK("nfct_h323_nat_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/ipv4/netfilter/nf_nat_h323.c:546", "stored by nf_nat_h323; read by the helper of conntrack under RCU")
HOOK("nf_ct_timeout_hook", "bare", "U3", "set to NULL, then synchronize_rcu", "net/netfilter/nfnetlink_cttimeout.c:662", "stored by nfnetlink_cttimeout; read under RCU")
HOOK("nf_br_ops", "bare", "U3", "set to NULL", "net/bridge/br_netfilter_hooks.c:1360", "stored by br_netfilter; read under RCU for every packet a bridge device sends")
HOOK("nf_defrag_v4_hook", "counted", "C2", "set to NULL", "net/netfilter/nf_bpf_link.c:54", "stored by nf_defrag_ipv4; the reader takes a reference on nf_defrag_hook.owner under RCU")
HOOK("nf_defrag_v6_hook", "counted", "C2", "set to NULL", "net/netfilter/nf_bpf_link.c:54", "stored by nf_defrag_ipv6; the reader takes a reference on nf_defrag_hook.owner under RCU")
HOOK("nfct_btf_struct_access", "drained", "U2", "set to NULL under nf_conn_btf_access_lock", "net/core/filter.c:9117", "stored by nf_conntrack; called under the mutex under which it is cleared")
HOOK("udp_tunnel_nic_ops", "drained", "U2", "set to NULL under rtnl_lock", "net/ipv4/udp_tunnel_nic.c:1005", "stored by udp_tunnel; called with the lock held")
HOOK("phylib_stubs", "drained", "U2", "set to NULL under rtnl_lock", "drivers/net/phy/phy_device.c:3852", "stored by libphy; called with the lock held")
HOOK("nlmsvc_ops", "counted", "C2", "set to NULL", "fs/lockd/svcsubs.c:98", "stored by nfsd; lockd takes a reference on the owner under RCU and calls only if it was given")
HOOK("platform_thermal_package_notify", "bare", "U3", "set to NULL", "drivers/thermal/intel/x86_pkg_temp_thermal.c:522", "stored by x86_pkg_temp_thermal; called in the thermal interrupt, and nothing waits")
HOOK("platform_thermal_package_rate_control", "bare", "U3", "set to NULL", "drivers/thermal/intel/x86_pkg_temp_thermal.c:523", "stored by x86_pkg_temp_thermal; called in the thermal interrupt, and nothing waits")
HOOK("xen_pci_frontend", "bare", "U5", "set to NULL", "drivers/pci/xen-pcifront.c:379", "stored by xen-pcifront; called from process context without lock or reference")
HOOK("hvpci_block_ops", "bare", "U5", "its members are set to NULL", "drivers/pci/controller/pci-hyperv.c:4093", "stored by pci-hyperv; the members may sleep and are called without lock or reference")
HOOK("arc_bcast_proto", "bare", "U3", "arcnet_unregister_proto puts a default in its place", "drivers/net/arcnet/arcnet.c:269", "stored by capmode, rfc1051, rfc1201, arc-rawmode; read for every packet, and nothing waits")
HOOK("arc_proto_default", "bare", "U3", "arcnet_unregister_proto puts a default in its place", "drivers/net/arcnet/arcnet.c:267", "stored by capmode, arc-rawmode; read for every packet, and nothing waits")
HOOK("arc_raw_proto", "bare", "U3", "arcnet_unregister_proto puts a default in its place", "drivers/net/arcnet/arcnet.c:271", "stored by capmode; read for every packet, and nothing waits")
HOOK("arc_proto_map", "bare", "U3", "arcnet_unregister_proto puts a default in its place", "drivers/net/arcnet/arcnet.c:275", "stored by rfc1051, rfc1201; read for every packet, and nothing waits")
HOOK("crc32c_csum_stub", "bare", "R3 U3", "never", "net/sctp/offload.c:114", "stored by sctp and left behind: after its removal the pointer dangles")
HOOK("br_fdb_test_addr_hook", "bare", "U4", "set to NULL", "net/bridge/br.c:477", "stored by bridge; the ATM LANE code tests and calls it without lock or reference")
HOOK("snd_mixer_oss_notify_callback", "bare", "U5", "set to NULL", "sound/core/oss/mixer_oss.c:1385", "stored by snd-mixer-oss; called when a sound card comes or goes, without lock or reference")
HOOK("ivtv_ext_init", "bare", "U5", "set to NULL", "drivers/media/pci/ivtv/ivtv-alsa-main.c:269", "stored by ivtv-alsa; called while a card is probed or removed, without lock or reference")
HOOK("cx18_ext_init", "bare", "U5", "set to NULL", "drivers/media/pci/cx18/cx18-alsa-main.c:269", "stored by cx18-alsa; called while a card is probed or removed, without lock or reference")
HOOK("saa7134_dmasound_init", "bare", "U5", "set to NULL", "drivers/media/pci/saa7134/saa7134-alsa.c:1247", "stored by saa7134-alsa; called while a card is probed or removed, without lock or reference")
HOOK("saa7134_dmasound_exit", "bare", "U5", "set to NULL", "drivers/media/pci/saa7134/saa7134-alsa.c:1248", "stored by saa7134-alsa; called while a card is probed or removed, without lock or reference")
HOOK("pm_power_off", "bare", "U3", "the old value is put back", "drivers/char/ipmi/ipmi_poweroff.c:640", "stored by ipmi_poweroff; called at the very end of a power-off, interrupts off, one CPU")
