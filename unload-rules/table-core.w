@q SPDX-License-Identifier: GPL-2.0-only @>

@ Rows of \.{block}.

@<Rows of the table@>=
ROW("device_add_disk", drained, "U2", "block_device_operations.owner (opens)", "del_gendisk", "process, sleep", "block/bdev.c:920", "deletion also freezes the queue")
ROW("__register_blkdev", drained, "U2", "", "unregister_blkdev", "process, sleep", "block/genhd.c:289", "the probe function runs under the same mutex")
ROW("bioset_init", none, "", "", "bioset_exit", "", "block/bio.c:1827", "only core functions inside")
ROW("blk_mq_alloc_tag_set", drained, "U2", "", "blk_mq_free_tag_set scsi_remove_host", "process or softirq", "block/blk-mq.c:4396", "queue_rq is drained by freezing the queue, not by freeing the set")
ROW("bdev_file_open_by_path", drained, "U2", "", "fput bdev_fput __fput_sync", "process, sleep", "block/bdev.c:1079", "holder operations end with the release")
ROW("__blk_mq_alloc_disk", released, "R1", "block_device_operations.owner (opens)", "put_disk del_gendisk", "process, sleep", "block/bdev.c:920", "opens pin the owner, but the free_disk method may run at the last put")
ROW("__blk_alloc_disk", released, "R1", "block_device_operations.owner (opens)", "put_disk del_gendisk", "process, sleep", "block/bdev.c:920", "opens pin the owner, but the free_disk method may run at the last put")
ROW("bdev_file_open_by_dev", drained, "U2", "", "fput bdev_fput __fput_sync", "process, sleep", "block/bdev.c:1079", "holder operations end with the release")
ROW("blk_execute_rq_nowait", bare, "U3", "", "", "any, nosleep", "block/blk-mq.c:1407", "end_io pointer stored inline; queue teardown waits for the request")
ROW("blk_check_plugged", deferred, "D5", "", "", "process, nosleep", "block/blk-core.c:1195", "called when the task's plug is flushed, before the submitter sleeps or returns")
ROW("bsg_setup_queue", drained, "U2", "", "bsg_remove_queue", "process", "block/bsg-lib.c:331", "freezes the queue")
ROW("elv_register", counted, "C2", "elevator_type.elevator_owner", "elv_unregister", "any, nosleep", "block/elevator.h:90", "rcu_barrier only when icq_size is set")
ROW("blk_mq_alloc_disk_for_queue", released, "R1", "block_device_operations.owner (opens)", "put_disk del_gendisk", "process, sleep", "block/bdev.c:920", "opens pin the owner, but the free_disk method may run at the last put")
ROW("blk_mq_alloc_queue", drained, "U2", "", "blk_mq_destroy_queue", "process or softirq", "block/blk-mq.c:4396", "waits")
ROW("blkcg_policy_register", drained, "U2", "", "blkcg_policy_unregister", "process", "block/blk-cgroup.c:1807", "mutexes, policies must be deactivated first")
ROW("bsg_register_queue", drained, "U2", "", "bsg_unregister_queue", "process, sleep", "block/bsg.c:184", "open files keep only the core's module")

@ Rows of \.{fs/anon\_inodes.c}.

@<Rows of the table@>=
ROW("anon_inode_getfile", counted, "C2", "file_operations.owner", "", "process, sleep", "fs/anon_inodes.c:99", "counted only if the fops set an owner")
ROW("anon_inode_getfd", counted, "C2", "file_operations.owner", "", "process, sleep", "fs/anon_inodes.c:99", "counted only if the fops set an owner")

@ Rows of \.{fs/char\_dev.c}.

@<Rows of the table@>=
ROW("cdev_init", counted, "C2", "cdev.owner and file_operations.owner", "cdev_del cdev_device_del kobject_put", "process, sleep", "fs/char_dev.c:353", "cdev_init does not set owner, the author must")
ROW("alloc_chrdev_region", none, "", "", "unregister_chrdev_region", "", "fs/char_dev.c:311", "numbers only")
ROW("cdev_device_add", counted, "C2", "cdev.owner and file_operations.owner", "cdev_del cdev_device_del kobject_put", "process, sleep", "fs/char_dev.c:353", "deletion does not wait for open files, these hold the reference")
ROW("__register_chrdev", counted, "C2", "file_operations.owner", "__unregister_chrdev", "process, sleep", "fs/char_dev.c:353", "owner is copied from the fops")
ROW("cdev_add", counted, "C2", "cdev.owner and file_operations.owner", "cdev_del cdev_device_del kobject_put", "process, sleep", "fs/char_dev.c:353", "deletion does not wait for open files, these hold the reference")
ROW("register_chrdev_region", none, "", "", "unregister_chrdev_region", "", "fs/char_dev.c:311", "numbers only")
ROW("cdev_alloc", counted, "C2", "cdev.owner and file_operations.owner", "cdev_del cdev_device_del kobject_put", "process, sleep", "fs/char_dev.c:353", "deletion does not wait for open files, these hold the reference")

@ Rows of \.{fs/configfs}.

@<Rows of the table@>=
ROW("config_group_init_type_name", counted, "C2", "config_item_type.ct_owner", "", "process, sleep", "fs/configfs/file.c:327", "only prepares the item")
ROW("configfs_register_subsystem", counted, "C2", "config_item_type.ct_owner", "configfs_unregister_subsystem", "process, sleep", "fs/configfs/dir.c:1415", "one reference per item and per open attribute")
ROW("configfs_register_default_group", counted, "C2", "config_item_type.ct_owner", "configfs_unregister_group configfs_unregister_default_group", "process, sleep", "fs/configfs/file.c:327", "per open attribute")

@ Rows of \.{fs/debugfs}.

@<Rows of the table@>=
ROW("debugfs_create_file", drained, "U2", "file_operations.owner", "debugfs_remove debugfs_lookup_and_remove", "process, sleep", "fs/debugfs/inode.c:802", "removal waits for running calls; release() of an already open file is kept safe only by the fops reference")
ROW("debugfs_create_dir", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/inode.c:826", "no callback, but a leftover directory blocks a later load")
ROW("debugfs_create_u32", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_u64", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_x32", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_x64", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_devm_seqfile", drained, "U2", "", "debugfs_remove debugfs_lookup_and_remove", "process", "fs/debugfs/inode.c:802", "file operations of the core; the show function is the module's")
ROW("debugfs_create_blob", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_u16", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_bool", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_file_unsafe", counted, "C2", "file_operations.owner", "debugfs_remove debugfs_lookup_and_remove", "process, sleep", "fs/debugfs/file.c:271", "calls are not waited for; only the fops reference of open files protects the code")
ROW("debugfs_create_u8", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_str", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_regset32", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_atomic_t", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_ulong", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_x16", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")
ROW("debugfs_create_x8", none, "", "", "debugfs_remove debugfs_lookup_and_remove", "", "fs/debugfs/file.c:622", "core functions read the module's variable")

@ Rows of \.{fs/exec.c}.

@<Rows of the table@>=
ROW("__register_binfmt", counted, "C2", "linux_binfmt.module", "unregister_binfmt", "process, sleep", "fs/exec.c:161", "reference around load_binary")

@ Rows of \.{fs/filesystems.c}.

@<Rows of the table@>=
ROW("register_filesystem", counted, "C2", "file_system_type.owner", "unregister_filesystem", "process, sleep", "fs/filesystems.c:271", "reference from mount to the end of kill_sb; RCU freed inodes outlive it")

@ Rows of \.{fs/inode.c}.

@<Rows of the table@>=
ROW("kmem_cache_alloc_lru_noprof", released, "R2", "", "rcu_barrier unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, nosleep", "fs/inode.c:254", "used by alloc_inode_sb(): the free_inode method runs from an RCU callback after the superblock released the module")

@ Rows of \.{fs/kernfs}.

@<Rows of the table@>=
ROW("sysfs_create_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("sysfs_create_file_ns", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("device_create_file", drained, "U2", "", "device_remove_file device_unregister device_del device_destroy root_device_unregister platform_device_unregister tty_unregister_device atm_dev_deregister", "process, sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("sysfs_create_bin_file", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("sysfs_create_files", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("driver_create_file", drained, "U2", "", "driver_remove_file driver_unregister", "process, sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("sysfs_add_file_to_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("sysfs_create_groups", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("sysfs_merge_group", drained, "U2", "", "sysfs_remove_group sysfs_remove_groups sysfs_remove_file_ns sysfs_remove_files sysfs_remove_bin_file sysfs_unmerge_group sysfs_remove_file_from_group kobject_put kobject_del device_unregister device_del kset_unregister", "process, sleep", "fs/kernfs/dir.c:505", "deleting the kobject removes everything below it too, so its own teardown is enough")
ROW("class_create_file_ns", drained, "U2", "", "class_remove_file_ns class_unregister class_destroy", "process, sleep", "fs/kernfs/dir.c:505", "as sysfs")
ROW("device_create_bin_file", drained, "U2", "", "device_remove_bin_file device_unregister device_del device_destroy", "process, sleep", "fs/kernfs/dir.c:505", "as sysfs")

@ Rows of \.{fs/locks.c}.

@<Rows of the table@>=
ROW("lease_register_notifier", drained, "U2", "", "lease_unregister_notifier", "process", "fs/locks.c:1978", "srcu chain")

@ Rows of \.{fs/nfs}.

@<Rows of the table@>=
ROW("pnfs_register_layoutdriver", counted, "C2", "pnfs_layoutdriver_type.owner", "pnfs_unregister_layoutdriver", "process, sleep", "fs/nfs/pnfs.c:88", "reference per server")
ROW("register_nfs_version", counted, "C2", "nfs_subversion.owner", "unregister_nfs_version", "process, sleep", "fs/nfs/client.c:106", "reference per client")

@ Rows of \.{fs/nfs\_common}.

@<Rows of the table@>=
ROW("nfs42_ssc_register", bare, "U3", "", "nfs42_ssc_unregister", "process, sleep", "fs/nfs_common/nfs_ssc.c:46", "plain pointer table, users rely on a mount that pins the module")
ROW("nfs_ssc_register", bare, "U3", "", "nfs_ssc_unregister", "process, sleep", "fs/nfs_common/nfs_ssc.c:46", "plain pointer table, users rely on a mount that pins the module")

@ Rows of \.{fs/nls}.

@<Rows of the table@>=
ROW("__register_nls", counted, "C2", "nls_table.owner", "unregister_nls", "any, nosleep", "fs/nls/nls_base.c:296", "one reference per load_nls")

@ Rows of \.{fs/notify}.

@<Rows of the table@>=
ROW("fsnotify_alloc_group", released, "R1", "", "fsnotify_put_group", "process (reaper work)", "fs/notify/mark.c:1036", "free_mark runs from the reaper after SRCU; fsnotify_wait_marks_destroyed waits for it")

@ Rows of \.{fs/proc}.

@<Rows of the table@>=
ROW("register_net_sysctl_sz", drained, "U2", "", "unregister_net_sysctl_table unregister_sysctl_table", "process, sleep", "fs/proc/proc_sysctl.c:300", "waits for running handlers")
ROW("proc_create_net_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("register_sysctl_sz", drained, "U2", "", "unregister_net_sysctl_table unregister_sysctl_table", "process, sleep", "fs/proc/proc_sysctl.c:300", "waits for running handlers")
ROW("proc_create_single_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("proc_create_data", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("proc_create", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("proc_create_seq_private", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("proc_create_net_single", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("register_vmcore_cb", drained, "U2", "", "unregister_vmcore_cb", "process", "fs/proc/vmcore.c:100", "waits for readers")
ROW("proc_create_net_single_write", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")
ROW("proc_create_net_data_write", drained, "U2", "", "remove_proc_entry proc_remove remove_proc_subtree", "process, sleep", "fs/proc/inode.c:261", "waits for running calls and releases open files itself")

@ Rows of \.{fs/pstore}.

@<Rows of the table@>=
ROW("pstore_register", drained, "U2", "", "pstore_unregister", "any, nosleep (panic)", "fs/pstore/platform.c:566", "unregister removes every front end, then stops timer and work")
ROW("register_pstore_zone", drained, "U2", "", "unregister_pstore_zone", "any, nosleep", "fs/pstore/zone.c:1442", "wrapper of pstore")

@ Rows of \.{fs/quota}.

@<Rows of the table@>=
ROW("register_quota_format", counted, "C2", "quota_format_type.qf_owner", "unregister_quota_format", "process, sleep", "fs/quota/dquot.c:200", "one reference per mounted quota")

@ Rows of \.{fs/seq\_file.c}.

@<Rows of the table@>=
ROW("single_open", none, "", "", "", "process, sleep", "fs/seq_file.c:572", "the callbacks run inside a file that already pins its fops owner or is drained")
ROW("simple_attr_open", none, "", "", "", "process, sleep", "fs/seq_file.c:572", "the callbacks run inside a file that already pins its fops owner or is drained")
ROW("seq_open", none, "", "", "", "process, sleep", "fs/seq_file.c:572", "the callbacks run inside a file that already pins its fops owner or is drained")
ROW("__seq_open_private", none, "", "", "", "process, sleep", "fs/seq_file.c:572", "the callbacks run inside a file that already pins its fops owner or is drained")

@ Rows of \.{fs/super.c}.

@<Rows of the table@>=
ROW("get_tree_bdev", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("iget5_locked", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("ilookup5", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("get_tree_nodev", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("get_tree_single", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("sget", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("sget_fc", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("get_tree_keyed", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")
ROW("mount_bdev", none, "", "", "", "process, sleep", "fs/super.c:1665", "synchronous")

@ Rows of \.{kernel/bpf}.

@<Rows of the table@>=
ROW("register_btf_kfunc_id_set", counted, "C2", "btf_kfunc_id_set.owner", "", "any", "kernel/bpf/btf.c:8226", "no unregister call exists; programs hold a module reference, the BTF notifier drops the set")

@ Rows of \.{kernel/cpu.c}.

@<Rows of the table@>=
ROW("__cpuhp_setup_state", drained, "U2", "", "__cpuhp_remove_state __cpuhp_remove_state_cpuslocked", "process (hotplug thread), may sleep in most states", "kernel/cpu.c:2609", "removal runs under the hotplug lock")
ROW("__cpuhp_state_add_instance", drained, "U2", "", "__cpuhp_state_remove_instance", "process (hotplug thread)", "kernel/cpu.c:2564", "same lock")
ROW("__cpuhp_setup_state_cpuslocked", drained, "U2", "", "__cpuhp_remove_state __cpuhp_remove_state_cpuslocked", "process (hotplug thread), may sleep in most states", "kernel/cpu.c:2609", "removal runs under the hotplug lock")

@ Rows of \.{kernel/events}.

@<Rows of the table@>=
ROW("perf_pmu_register", counted, "C2", "pmu.module", "perf_pmu_unregister", "any, nosleep", "kernel/events/core.c:12031", "the reference lives as long as an event")
ROW("perf_event_create_kernel_counter", drained, "U2", "", "perf_event_release_kernel", "nmi, nosleep", "kernel/events/core.c:5540", "removal runs on the CPU that owns the event")
ROW("perf_register_guest_info_callbacks", drained, "U2", "", "perf_unregister_guest_info_callbacks", "nmi, nosleep", "kernel/events/core.c:7078", "ends with a grace period")

@ Rows of \.{kernel/irq}.

@<Rows of the table@>=
ROW("request_threaded_irq", drained, "D5 U2", "", "free_irq pci_free_irq unbind_from_irqhandler comedi_pci_detach comedi_legacy_detach", "hardirq, nosleep; thread part process", "kernel/irq/manage.c:1967", "free_irq waits for hard handlers and stops the thread")
ROW("devm_request_threaded_irq", drained, "U2", "", "", "hardirq, nosleep; thread part process", "kernel/irq/devres.c:23", "undone by the driver core at unbind, so the driver registration row is the real counterpart")
ROW("irq_domain_instantiate", bare, "U3", "", "irq_domain_remove", "any, nosleep", "kernel/irq/irqdomain.c:395", "chip functions are called as long as an interrupt is mapped, removal only checks that none is left")
ROW("irq_set_affinity_notifier", released, "R1", "", "irq_set_affinity_notifier", "process, sleep", "kernel/irq/manage.c:581", "unset by calling it with NULL; the release function belongs to the module")
ROW("pci_msi_create_irq_domain", bare, "U3", "", "irq_domain_remove", "any, nosleep", "kernel/irq/irqdomain.c:395", "chip functions are called as long as an interrupt is mapped, removal only checks that none is left")
ROW("__request_percpu_irq", bare, "U3", "", "free_percpu_irq", "hardirq, nosleep", "kernel/irq/manage.c:2553", "removal neither disables nor waits: the author must first disable it on every CPU")
ROW("devm_request_any_context_irq", drained, "U2", "", "", "hardirq, nosleep; thread part process", "kernel/irq/devres.c:23", "undone by the driver core at unbind, so the driver registration row is the real counterpart")
ROW("request_any_context_irq", drained, "D5 U2", "", "free_irq pci_free_irq unbind_from_irqhandler comedi_pci_detach comedi_legacy_detach", "hardirq, nosleep; thread part process", "kernel/irq/manage.c:1967", "free_irq waits for hard handlers and stops the thread")

@ Rows of \.{kernel/irq\_work.c}.

@<Rows of the table@>=
ROW("irq_work_queue", deferred, "D5", "", "irq_work_sync", "hardirq, nosleep", "kernel/irq_work.c:293", "irq_work_sync spins or waits until not busy")

@ Rows of \.{kernel/kprobes.c}.

@<Rows of the table@>=
ROW("register_kprobe", drained, "U2", "", "unregister_kprobe", "any, nosleep", "kernel/kprobes.c:1879", "ends with a grace period")
ROW("register_kretprobe", drained, "U2", "", "unregister_kretprobe", "any, nosleep", "kernel/kprobes.c:2329", "ends with a grace period")

@ Rows of \.{kernel/kthread.c}.

@<Rows of the table@>=
ROW("kthread_create_on_node", deferred, "D4", "", "kthread_stop kthread_stop_put __module_put_and_kthread_exit kthread_complete_and_exit kthread_destroy_worker", "process, sleep", "kernel/kthread.c:712", "kthread_stop waits for the thread's exit; a thread that signals its end itself must leave through one of the two exit helpers, which never return to the module")
ROW("kthread_create_worker", deferred, "D2", "", "kthread_destroy_worker", "process, sleep", "kernel/kthread.c:1427", "destroy flushes, then stops the thread")
ROW("kthread_queue_work", deferred, "D2", "", "kthread_destroy_worker kthread_flush_worker kthread_cancel_work_sync kthread_cancel_delayed_work_sync kthread_flush_work", "process, sleep", "kernel/kthread.c:1427", "stop by flushing or destroying the worker")
ROW("kthread_queue_delayed_work", deferred, "D2", "", "kthread_destroy_worker kthread_flush_worker kthread_cancel_work_sync kthread_cancel_delayed_work_sync kthread_flush_work", "process, sleep", "kernel/kthread.c:1427", "stop by flushing or destroying the worker")

@ Rows of \.{kernel/module}.

@<Rows of the table@>=
ROW("async_schedule_node_domain", drained, "U2", "", "", "process, sleep", "kernel/module/main.c:797", "delete_module itself waits for all async work after exit; a loader that skips this step must do it")
ROW("async_schedule_node", drained, "U2", "", "", "process, sleep", "kernel/module/main.c:797", "delete_module itself waits for all async work after exit; a loader that skips this step must do it")

@ Rows of \.{kernel/notifier.c}.

@<Rows of the table@>=
ROW("atomic_notifier_chain_register", drained, "U2", "", "atomic_notifier_chain_unregister", "any, nosleep", "kernel/notifier.c:203", "ends with a grace period")
ROW("blocking_notifier_chain_register", drained, "U2", "", "blocking_notifier_chain_unregister", "process, sleep", "kernel/notifier.c:334", "callers hold the rwsem for read")
ROW("register_die_notifier", drained, "U2", "", "unregister_die_notifier", "any incl. nmi, nosleep", "kernel/notifier.c:608", "atomic chain")
ROW("raw_notifier_chain_register", bare, "U3", "", "raw_notifier_chain_unregister", "depends on the chain", "kernel/notifier.c:427", "no lock and no wait; the chain owner must serialise")
ROW("srcu_notifier_chain_register", drained, "U2", "", "srcu_notifier_chain_unregister", "process, sleep", "kernel/notifier.c:526", "waits for readers")

@ Rows of \.{kernel/power}.

@<Rows of the table@>=
ROW("register_pm_notifier", drained, "U2", "", "unregister_pm_notifier", "process, sleep", "kernel/power/main.c:94", "blocking chain")

@ Rows of \.{kernel/printk}.

@<Rows of the table@>=
ROW("register_console", drained, "U2", "", "unregister_console", "any incl. nmi, nosleep", "kernel/printk/printk.c:4200", "waits for SRCU readers of the console list")

@ Rows of \.{kernel/rcu}.

@<Rows of the table@>=
ROW("kvfree_call_rcu", none, "", "", "", "", "kernel/rcu/tree.c:3808", "frees memory only, no module function; since 6.12 kmem_cache_destroy waits for it")
ROW("call_rcu", deferred, "D3", "", "rcu_barrier unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, nosleep (rcuo kthread with BH off when offloaded)", "kernel/rcu/tree.c:4578", "synchronize_rcu does not wait for callbacks; the listed unregister calls contain an rcu_barrier; a net device unregistration contains one too, but only for callbacks queued before it")
ROW("init_srcu_struct", none, "", "", "cleanup_srcu_struct", "", "kernel/rcu/srcutree.c:649", "hands over no function")
ROW("call_rcu_hurry", deferred, "D3", "", "rcu_barrier unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq, nosleep (rcuo kthread with BH off when offloaded)", "kernel/rcu/tree.c:4578", "synchronize_rcu does not wait for callbacks; the listed unregister calls contain an rcu_barrier; a net device unregistration contains one too, but only for callbacks queued before it")
ROW("call_srcu", deferred, "D3", "", "srcu_barrier cleanup_srcu_struct", "process (workqueue), nosleep", "kernel/rcu/srcutree.c:1599", "cleanup_srcu_struct only flushes the work items, it complains about readers")

@ Rows of \.{kernel/reboot.c}.

@<Rows of the table@>=
ROW("register_reboot_notifier", drained, "U2", "", "unregister_reboot_notifier", "process, sleep", "kernel/reboot.c:136", "blocking chain")
ROW("register_restart_handler", drained, "U2", "", "unregister_restart_handler", "any, nosleep", "kernel/reboot.c:228", "atomic chain")
ROW("register_sys_off_handler", drained, "U2", "", "unregister_sys_off_handler", "process or atomic by mode", "kernel/reboot.c:494", "both chain kinds wait")

@ Rows of \.{kernel/sched}.

@<Rows of the table@>=
ROW("autoremove_wake_function", none, "", "", "", "any, nosleep", "kernel/sched/wait.c:383", "core wake functions, no module code")
ROW("add_wait_queue", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, nosleep", "kernel/sched/wait.c:54", "wakers call the entry under the same lock; matters only for a custom wake function")
ROW("default_wake_function", none, "", "", "", "any, nosleep", "kernel/sched/wait.c:383", "core wake functions, no module code")
ROW("woken_wake_function", none, "", "", "", "any, nosleep", "kernel/sched/wait.c:383", "core wake functions, no module code")
ROW("add_wait_queue_exclusive", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, nosleep", "kernel/sched/wait.c:54", "wakers call the entry under the same lock; matters only for a custom wake function")
ROW("add_wait_queue_priority", drained, "U2", "", "remove_wait_queue finish_wait eventfd_ctx_remove_wait_queue", "any, nosleep", "kernel/sched/wait.c:54", "wakers call the entry under the same lock; matters only for a custom wake function")
ROW("preempt_notifier_register", bare, "U3", "", "preempt_notifier_unregister", "scheduler, nosleep", "kernel/sched/core.c:4910", "per task, must be removed by that task")

@ Rows of \.{kernel/signal.c}.

@<Rows of the table@>=
ROW("kernel_sigaction", none, "", "", "", "", "kernel/signal.c:4174", "SIG_IGN or SIG_DFL only")

@ Rows of \.{kernel/smp.c}.

@<Rows of the table@>=
ROW("smp_call_function_single", none, "", "", "", "hardirq, nosleep", "kernel/smp.c:679", "synchronous only when wait is non-zero, which imports cannot show")
ROW("on_each_cpu_cond_mask", none, "", "", "", "hardirq, nosleep", "kernel/smp.c:679", "synchronous only when wait is non-zero, which imports cannot show")
ROW("smp_call_function_many", none, "", "", "", "hardirq, nosleep", "kernel/smp.c:679", "synchronous only when wait is non-zero, which imports cannot show")
ROW("smp_call_function_single_async", bare, "U3", "", "", "hardirq, nosleep", "kernel/smp.c:724", "no wait function exists; the author must track the csd")
ROW("smp_call_function_any", none, "", "", "", "hardirq, nosleep", "kernel/smp.c:679", "synchronous only when wait is non-zero, which imports cannot show")

@ Rows of \.{kernel/softirq.c}.

@<Rows of the table@>=
ROW("__tasklet_schedule", deferred, "D5", "", "tasklet_kill tasklet_unlock_wait", "softirq, nosleep", "kernel/softirq.c:902", "tasklet_schedule() is an inline around it")
ROW("tasklet_setup", deferred, "D5", "", "tasklet_kill tasklet_unlock_wait", "softirq, nosleep", "kernel/softirq.c:902", "tasklet_kill waits for scheduled and running state")
ROW("tasklet_init", deferred, "D5", "", "tasklet_kill tasklet_unlock_wait", "softirq, nosleep", "kernel/softirq.c:902", "tasklet_kill waits for scheduled and running state")
ROW("__tasklet_hi_schedule", deferred, "D5", "", "tasklet_kill tasklet_unlock_wait", "softirq, nosleep", "kernel/softirq.c:902", "tasklet_schedule() is an inline around it")

@ Rows of \.{kernel/time}.

@<Rows of the table@>=
ROW("init_timer_key", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_work cancel_work_sync disable_work_sync destroy_workqueue __flush_workqueue drain_workqueue sk_stop_timer sk_stop_timer_sync", "softirq, nosleep", "kernel/time/timer.c:1668", "every timer_setup() and every INIT_DELAYED_WORK() imports it; only the sync delete variants wait for a running callback")
ROW("mod_timer", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, nosleep", "kernel/time/timer.c:1721", "arms a timer; timer_delete alone may return while the handler still runs on another CPU")
ROW("add_timer", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, nosleep", "kernel/time/timer.c:1721", "arms a timer; timer_delete alone may return while the handler still runs on another CPU")
ROW("hrtimer_init", deferred, "D1", "", "hrtimer_cancel", "hardirq, nosleep (softirq for _SOFT modes)", "kernel/time/hrtimer.c:1506", "hrtimer_try_to_cancel alone does not wait for a running callback")
ROW("hrtimer_start_range_ns", deferred, "D1", "", "hrtimer_cancel", "hardirq, nosleep (softirq for _SOFT modes)", "kernel/time/hrtimer.c:1506", "hrtimer_try_to_cancel alone does not wait for a running callback")
ROW("timer_reduce", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, nosleep", "kernel/time/timer.c:1721", "arms a timer; timer_delete alone may return while the handler still runs on another CPU")
ROW("mod_timer_pending", deferred, "D1", "", "timer_delete_sync timer_shutdown_sync try_to_del_timer_sync", "softirq, nosleep", "kernel/time/timer.c:1721", "arms a timer; timer_delete alone may return while the handler still runs on another CPU")
ROW("hrtimer_init_sleeper", none, "", "", "hrtimer_cancel", "hardirq, nosleep", "kernel/time/hrtimer.c:2047", "the callback is the core wake-up function; cancel still needed for the memory")
ROW("hrtimer_sleeper_start_expires", none, "", "", "hrtimer_cancel", "hardirq, nosleep", "kernel/time/hrtimer.c:2047", "the callback is the core wake-up function; cancel still needed for the memory")
ROW("alarm_init", deferred, "D5", "", "alarm_cancel", "hardirq, nosleep", "kernel/time/alarmtimer.c:442", "alarm_cancel loops until the handler is not running")
ROW("pvclock_gtod_register_notifier", drained, "U2", "", "pvclock_gtod_unregister_notifier", "timekeeping lock, irqs off", "kernel/time/timekeeping.c:602", "raw chain, but calls and removal both hold the timekeeper lock")

@ Rows of \.{kernel/trace}.

@<Rows of the table@>=
ROW("trace_event_raw_init", drained, "U2", "", "", "any, nosleep", "kernel/trace/trace_events.c:3505", "TRACE_EVENT tables are removed by the module notifiers, not by the module; a foreign loader must send MODULE_STATE_GOING")
ROW("trace_event_reg", drained, "U2", "", "", "any, nosleep", "kernel/trace/trace_events.c:3505", "TRACE_EVENT tables are removed by the module notifiers, not by the module; a foreign loader must send MODULE_STATE_GOING")
ROW("register_ftrace_export", bare, "U3", "", "unregister_ftrace_export", "any, nosleep", "kernel/trace/trace.c:473", "list removal under a mutex, readers run with preemption off, no grace period inside")
ROW("register_ftrace_function", drained, "U2", "", "unregister_ftrace_function", "any, nosleep", "kernel/trace/ftrace.c:3206", "waits for tasks")

@ Rows of \.{kernel/tracepoint.c}.

@<Rows of the table@>=
ROW("tracepoint_probe_register", bare, "U3", "", "tracepoint_probe_unregister", "any, nosleep", "kernel/tracepoint.c:545", "unregister does not wait; tracepoint_synchronize_unregister (SRCU plus RCU) must follow")

@ Rows of \.{kernel/user-return-notifier.c}.

@<Rows of the table@>=
ROW("user_return_notifier_register", bare, "U3", "", "user_return_notifier_unregister", "process exit to user, nosleep", "kernel/user-return-notifier.c:26", "per CPU, must be removed on that CPU")

@ Rows of \.{kernel/vhost\_task.c}.

@<Rows of the table@>=
ROW("vhost_task_create", deferred, "D5", "", "vhost_task_stop", "process, sleep", "kernel/vhost_task.c:102", "waits for the task to exit")

@ Rows of \.{kernel/workqueue.c}.

@<Rows of the table@>=
ROW("queue_work_on", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_rcu_work rhashtable_destroy rhashtable_free_and_destroy", "process, sleep", "kernel/workqueue.c:4435", "schedule_work() is an inline around it with a system queue, so nothing drains it at unload")
ROW("delayed_work_timer_fn", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_work cancel_work_sync disable_work_sync destroy_workqueue __flush_workqueue drain_workqueue", "process, sleep", "kernel/workqueue.c:2517", "address taken by INIT_DELAYED_WORK; marks that an init_timer_key import may be only this")
ROW("queue_delayed_work_on", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_work cancel_work_sync disable_work_sync destroy_workqueue __flush_workqueue drain_workqueue", "process, sleep", "kernel/workqueue.c:4472", "destroy_workqueue alone does not kill the pending timer; it needs cancel_delayed_work first")
ROW("alloc_workqueue", deferred, "D2", "", "destroy_workqueue", "process, sleep", "kernel/workqueue.c:5909", "destroy_workqueue drains what is queued, then stops the rescuer")
ROW("mod_delayed_work_on", deferred, "D2", "", "cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_work cancel_work_sync disable_work_sync destroy_workqueue __flush_workqueue drain_workqueue", "process, sleep", "kernel/workqueue.c:4472", "destroy_workqueue alone does not kill the pending timer; it needs cancel_delayed_work first")
ROW("queue_rcu_work", deferred, "D2", "", "flush_rcu_work rcu_barrier unregister_pernet_subsys unregister_pernet_device tcf_unregister_action unregister_tcf_proto_ops target_backend_unregister target_unregister_template", "softirq then process", "kernel/workqueue.c:2663", "two stages: an RCU callback in the core, then work in the module; both must have passed")
ROW("work_on_cpu_key", none, "", "", "", "process, sleep", "kernel/workqueue.c:6806", "returns only after the function ran")
ROW("execute_in_process_context", deferred, "D5", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_rcu_work rhashtable_destroy rhashtable_free_and_destroy", "process, sleep", "kernel/workqueue.c:4637", "may queue on the system queue")
ROW("queue_work_node", deferred, "D2", "", "cancel_work_sync disable_work_sync flush_work destroy_workqueue __flush_workqueue drain_workqueue cancel_delayed_work_sync disable_delayed_work_sync flush_delayed_work flush_rcu_work rhashtable_destroy rhashtable_free_and_destroy", "process, sleep", "kernel/workqueue.c:4435", "schedule_work() is an inline around it with a system queue, so nothing drains it at unload")

@ Rows of \.{kernel/resource.c}.

@<Rows of the table@>=
ROW("__request_region", released, "R3", "", "__release_region release_resource", "process, sleep (a reader prints the name under a lock)", "kernel/resource.c:1254", "the entry keeps a pointer to the name, which /proc/ioports and /proc/iomem print")

@ Rows of \.{lib}.

@<Rows of the table@>=
ROW("kobject_init_and_add", released, "R1", "", "kobject_put kobject_del", "process, sleep", "lib/kobject.c:689", "ktype release and sysfs_ops are the module's; release runs at the last put")
ROW("rhashtable_init_noprof", drained, "U2", "", "rhashtable_destroy rhashtable_free_and_destroy", "process (rehash work) and any", "lib/rhashtable.c:1152", "hash and compare functions may run from the rehash worker")
ROW("kobject_create_and_add", none, "", "", "kobject_put kset_unregister kobject_del", "process", "lib/kobject.c:745", "ktype is in the core")
ROW("kset_create_and_add", none, "", "", "kobject_put kset_unregister kobject_del", "process", "lib/kobject.c:745", "ktype is in the core")
ROW("kobject_init", released, "R1", "", "kobject_put kobject_del", "process, sleep", "lib/kobject.c:689", "ktype release and sysfs_ops are the module's; release runs at the last put")
ROW("percpu_ref_init", released, "R1", "", "percpu_ref_exit", "softirq, nosleep", "lib/percpu-refcount.c:156", "release and confirm functions can run from an RCU callback in the core")
ROW("percpu_ref_kill_and_confirm", released, "R1", "", "percpu_ref_exit", "softirq, nosleep", "lib/percpu-refcount.c:156", "the confirm function runs from an RCU callback")
ROW("rhltable_init_noprof", drained, "U2", "", "rhashtable_destroy rhashtable_free_and_destroy", "process (rehash work) and any", "lib/rhashtable.c:1152", "hash and compare functions may run from the rehash worker")
ROW("irq_cpu_rmap_add", none, "", "", "free_irq_cpu_rmap", "", "lib/cpu_rmap.c:237", "notifier functions are in the core library")
ROW("kset_register", released, "R1", "", "kset_unregister kobject_put", "process", "lib/kobject.c:689", "as kobject_init")
ROW("textsearch_prepare", counted, "C2", "ts_ops.owner", "textsearch_destroy", "any", "lib/textsearch.c:318", "consumer side")
ROW("textsearch_register", counted, "C2", "ts_ops.owner", "textsearch_unregister", "any", "lib/textsearch.c:120", "lookup under RCU, no wait in the unregister call")
ROW("irq_poll_init", deferred, "D5", "", "irq_poll_disable", "softirq, nosleep", "lib/irq_poll.c:148", "disable waits for the poll bit")

@ Rows of \.{mm}.

@<Rows of the table@>=
ROW("__kmem_cache_create_args", released, "R2", "", "kmem_cache_destroy", "any, nosleep", "mm/slub.c:2459", "the ctor runs whenever a slab page is allocated; leftover objects keep the cache and its ctor alive")
ROW("mempool_init_noprof", none, "", "", "mempool_destroy mempool_exit mempool_free", "any", "mm/mempool.c:190", "the alloc and free functions run only inside the owner's own mempool calls")
ROW("shrinker_register", drained, "U2", "", "shrinker_free", "process (reclaim), nosleep on fs locks", "mm/shrinker.c:795", "waits for all running scans")
ROW("mempool_create_node_noprof", none, "", "", "mempool_destroy mempool_exit mempool_free", "any", "mm/mempool.c:190", "the alloc and free functions run only inside the owner's own mempool calls")
ROW("list_lru_walk_one", none, "", "", "", "process", "mm/list_lru.c:274", "synchronous walk")
ROW("list_lru_walk_node", none, "", "", "", "process", "mm/list_lru.c:274", "synchronous walk")
ROW("page_reporting_register", drained, "U2", "", "page_reporting_unregister", "process, sleep (work)", "mm/page_reporting.c:414", "waits")
ROW("set_online_page_callback", drained, "U2", "", "restore_online_page_callback", "process", "mm/memory_hotplug.c:636", "onlining holds the memory hotplug lock for write, the change holds it for read")
ROW("mmu_interval_notifier_insert", drained, "U2", "", "mmu_interval_notifier_remove", "process", "mm/mmu_notifier.c:1074", "waits for running invalidations")
ROW("mmu_notifier_register", drained, "U2", "", "mmu_notifier_unregister mmu_notifier_put", "process, may sleep if blockable", "mm/mmu_notifier.c:831", "put frees later from SRCU, then mmu_notifier_synchronize is needed too")
ROW("register_oom_notifier", drained, "U2", "", "unregister_oom_notifier", "process", "mm/oom_kill.c:1100", "blocking chain")
ROW("mmu_interval_notifier_insert_locked", drained, "U2", "", "mmu_interval_notifier_remove", "process", "mm/mmu_notifier.c:1074", "waits for running invalidations")
ROW("zpool_register_driver", counted, "C2", "zpool_driver.owner", "zpool_unregister_driver", "process", "mm/zpool.c:77", "reference per pool")

@ Rows of \.{security}.

@<Rows of the table@>=
ROW("register_key_type", drained, "U2", "", "unregister_key_type", "process, sleep", "security/keys/key.c:1271", "the garbage collector removes all keys of the type first")
ROW("register_blocking_lsm_notifier", drained, "U2", "", "unregister_blocking_lsm_notifier", "process, sleep", "security/security.c:671", "blocking chain")

@ Hooks that are variables.

@<Hooks that are variables@>=
HOOK("nf_ct_hook", "bare", "U3", "cleared", "", "stored by nf_conntrack")
HOOK("nfct_btf_struct_access", "bare", "U3", "cleared", "", "stored by nf_conntrack")
HOOK("nfnl_ct_hook", "bare", "U3", "cleared", "", "stored by nf_conntrack_netlink")
HOOK("nf_nat_hook", "bare", "U3", "cleared", "", "stored by nf_nat")
HOOK("nf_nat_amanda_hook", "bare", "U3", "cleared", "", "stored by nf_nat_amanda")
HOOK("nf_nat_ftp_hook", "bare", "U3", "cleared", "", "stored by nf_nat_ftp")
HOOK("nf_nat_irc_hook", "bare", "U3", "cleared", "", "stored by nf_nat_irc")
HOOK("nf_nat_sip_hooks", "bare", "U3", "cleared", "", "stored by nf_nat_sip")
HOOK("nf_nat_tftp_hook", "bare", "U3", "cleared", "", "stored by nf_nat_tftp")
HOOK("nf_ct_timeout_hook", "bare", "U3", "cleared", "", "stored by nfnetlink_cttimeout")
HOOK("nf_defrag_v6_hook", "bare", "U3", "cleared", "", "stored by nf_defrag_ipv6")
HOOK("nf_br_ops", "bare", "U3", "cleared", "", "stored by br_netfilter")
HOOK("udp_tunnel_nic_ops", "bare", "U3", "cleared", "", "stored by udp_tunnel")
HOOK("nf_defrag_v4_hook", "bare", "U3", "cleared", "", "stored by nf_defrag_ipv4")
HOOK("nfct_h323_nat_hook", "bare", "U3", "cleared", "", "stored by nf_nat_h323")
HOOK("nf_nat_pptp_hook", "bare", "U3", "cleared", "", "stored by nf_nat_pptp")
HOOK("nf_nat_snmp_hook", "bare", "U3", "cleared", "", "stored by nf_nat_snmp_basic")
HOOK("nlmsvc_ops", "bare", "U3", "cleared", "", "stored by nfsd")
HOOK("platform_thermal_package_notify", "bare", "U3", "cleared", "", "stored by x86_pkg_temp_thermal")
HOOK("platform_thermal_package_rate_control", "bare", "U3", "cleared", "", "stored by x86_pkg_temp_thermal")
HOOK("xen_pci_frontend", "bare", "U3", "cleared", "", "stored by xen-pcifront")
HOOK("hvpci_block_ops", "bare", "U3", "cleared", "", "stored by pci-hyperv")
HOOK("arc_bcast_proto", "bare", "U3", "not cleared by a constant store", "", "stored by arc-rawmode capmode rfc1051 rfc1201")
HOOK("crc32c_csum_stub", "bare", "U3", "not cleared by a constant store", "", "stored by sctp")
HOOK("br_fdb_test_addr_hook", "bare", "U3", "cleared", "", "stored by bridge")
HOOK("snd_mixer_oss_notify_callback", "bare", "U3", "cleared", "", "stored by snd-mixer-oss")
HOOK("phylib_stubs", "bare", "U3", "cleared", "", "stored by libphy")
HOOK("arc_proto_default", "bare", "U3", "not cleared by a constant store", "", "stored by arc-rawmode capmode")
HOOK("arc_proto_map", "bare", "U3", "not cleared by a constant store", "", "stored by rfc1051 rfc1201")
HOOK("ivtv_ext_init", "bare", "U3", "cleared", "", "stored by ivtv-alsa")
HOOK("saa7134_dmasound_init", "bare", "U3", "cleared", "", "stored by saa7134-alsa")
HOOK("saa7134_dmasound_exit", "bare", "U3", "cleared", "", "stored by saa7134-alsa")
HOOK("cx18_ext_init", "bare", "U3", "cleared", "", "stored by cx18-alsa")
HOOK("pm_power_off", "bare", "U3", "not cleared by a constant store", "", "stored by ipmi_poweroff")
HOOK("arc_raw_proto", "bare", "U3", "not cleared by a constant store", "", "stored by capmode")
