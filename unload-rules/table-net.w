@q SPDX-License-Identifier: GPL-2.0-only @>

@*1 Networking.
Nowhere else in the kernel do calls arrive so often, or on so many CPUs at once. The network therefore seldom takes a reference for a single packet.
It takes one for what lives long (a socket, a rule, a queueing discipline), and lets RCU carry the packets: whoever unhooks has to let a grace period pass, or to
call somebody who does. Which of the two it is differs from one call to the next, and the names do not tell.

@*2 Network devices.
Nobody takes a reference on a driver because its interface is up. What protects it is that unregistering waits: it closes the device, lets a grace period pass for the packets, and then,
when |rtnl_lock| is released, waits until the last reference on the device is gone. The trap is in that last step, which is done by whoever releases the lock. A device that a user
deletes with \.{ip\ link\ delete} is still being destroyed, by that user's task, when |exit| of its driver begins; |rtnl_link_unregister| waits for such tasks, |unregister_netdevice_many| does not.

@<Rows of the table@>=
ROW("register_netdev", drained, "U2", "", "unregister_netdev unregister_hdlc_device unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister", "process and softirq (xmit)", "net/core/dev.c:11622", "as register_netdevice, locks included: not under rtnl")
ROW("register_netdevice", drained, "U2", "", "unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister unregister_netdev", "process and softirq (xmit)", "net/core/dev.c:11622", "closes the device and waits for its packets; the rtnl_unlock that follows runs an rcu_barrier and waits for the last reference, then come the destructors")
ROW("unregister_netdev", none, "", "", "", "process, sleep", "net/core/dev.c:11003", "wait: as unregister_netdevice_many; then, releasing rtnl, an rcu_barrier and the last reference on the device, both before the destructors")
ROW("unregister_netdevice_queue", none, "", "", "", "process, sleep (rtnl)", "net/core/dev.c:11570", "wait: none when a list is given: the work is done by unregister_netdevice_many")
ROW("unregister_netdevice_many", none, "", "", "", "process, sleep (rtnl)", "net/core/dev.c:11622", "wait: a grace period after the device is off the list; its last reference only when rtnl is released")
ROW("devm_register_netdev", drained, "U2", "", "", "process and softirq (xmit)", "net/devres.c:84", "undone at unbind; the driver registration is what the module takes back")
ROW("register_candev", drained, "U2", "", "unregister_candev unregister_netdev", "process and softirq", "drivers/net/can/dev/dev.c:582", "wrapper of register_netdev")
ROW("alloc_netdev_mqs", released, "R1", "", "free_netdev unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister", "process (setup is synchronous)", "net/core/dev.c:11029", "setup runs at once; priv_destructor runs when rtnl is released, in the task that deleted the device: rtnl_link_unregister waits for those of others; ib_core allocates for a caller that frees")
ROW("alloc_etherdev_mqs", none, "", "", "free_netdev", "", "net/ethernet/eth.c:380", "its setup function is the core's; a priv_destructor stored later is as with alloc_netdev_mqs")
ROW("devm_alloc_etherdev_mqs", none, "", "", "", "", "net/devres.c:26", "freed at unbind")
ROW("rtnl_link_register", drained, "U2", "", "rtnl_link_unregister __rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:622", "no owner field in 6.12: deletes every device of the kind, and waits first for devices that others are deleting")
ROW("__rtnl_link_register", drained, "U2", "", "rtnl_link_unregister __rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:585", "as the plain form, for those who hold rtnl and pernet_ops_rwsem")
ROW("ipvlan_link_register", drained, "U2", "", "rtnl_link_unregister", "process, sleep (rtnl held)", "drivers/net/ipvlan/ipvlan_main.c:720", "a wrapper of rtnl_link_register")
ROW("macvlan_link_register", drained, "U2", "", "rtnl_link_unregister", "process, sleep (rtnl held)", "drivers/net/macvlan.c:1765", "a wrapper of rtnl_link_register")
ROW("rtnl_link_unregister", none, "", "", "", "process, sleep", "net/core/rtnetlink.c:604", "wait: until no device of any kind is being deleted, then for the deletion of all of this kind")
ROW("rtnl_af_register", drained, "U2", "", "rtnl_af_unregister", "process (rtnl or RCU)", "net/core/rtnetlink.c:720", "ends with a grace period")
ROW("failover_register", drained, "U2", "", "failover_unregister", "process, sleep (rtnl)", "net/core/failover.c:56", "callbacks run under rtnl; unregister takes only a spinlock, so its caller must hold rtnl")
ROW("wwan_register_ops", drained, "U2", "", "wwan_unregister_ops", "process, sleep (rtnl)", "drivers/net/wwan/wwan_core.c:1198", "deletes every link under rtnl")
ROW("wwan_create_port", drained, "U2", "", "wwan_remove_port", "process, sleep", "drivers/net/wwan/wwan_core.c:521", "operations are cleared under their lock")
ROW("tap_create_cdev", counted, "C2", "module argument", "tap_destroy_cdev", "process, sleep", "drivers/net/tap.c:1368", "one reference per open file; the operations are those of the library")
ROW("netdev_class_create_file_ns", drained, "U2", "", "netdev_class_remove_file_ns", "process, sleep", "net/core/net-sysfs.c:2195", "an attribute, which is drained")
ROW("__hw_addr_sync_dev", none, "", "", "", "synchronous", "net/core/dev_addr_lists.c:314", "calls the function before it returns")
ROW("dsa_register_switch", drained, "U2", "", "dsa_unregister_switch", "process, sleep", "net/dsa/dsa.c:1606", "removes the ports and their net devices")
ROW("dsa_tag_drivers_register", counted, "C2", "owner argument", "dsa_tag_drivers_unregister", "softirq, no sleep", "net/dsa/tag.c:192", "one reference per switch tree")
ROW("team_mode_register", counted, "C2", "team_mode.owner", "team_mode_unregister", "process and softirq", "drivers/net/team/team_core.c:486", "one reference per team device in that mode")

@*2 Receiving and sending.
These are the hooks of the fast path. Most run in softirq context under RCU, and most of the calls that remove them end with a grace period, so that the data may be
freed right afterwards. Two are exceptions, and look just like the others: |__dev_remove_pack| and |__netif_napi_del|.

@<Rows of the table@>=
ROW("netif_napi_add_weight", drained, "U2", "", "napi_disable __netif_napi_del free_netdev unregister_netdev unregister_netdevice_queue", "softirq, no sleep", "net/core/dev.c:6870", "napi_disable waits for the poll function; deleting alone needs a grace period before the memory goes")
ROW("napi_disable", none, "", "", "", "process, sleep", "net/core/dev.c:6870", "wait: until the poll function has returned for the last time")
ROW("__netif_napi_del", none, "", "", "", "process", "net/core/dev.c:6925", "wait: none: a grace period is due before the memory goes")
ROW("netdev_rx_handler_register", drained, "U2", "", "netdev_rx_handler_unregister", "softirq, no sleep", "net/core/dev.c:5597", "waits before dropping the data pointer")
ROW("netdev_rx_handler_unregister", none, "", "", "", "process, sleep (rtnl)", "net/core/dev.c:5597", "wait: a grace period between the handler and its data")
ROW("dev_add_pack", drained, "U2", "", "dev_remove_pack __dev_remove_pack", "softirq, no sleep", "net/core/dev.c:665", "ends with a grace period; the form with underscores does not wait")
ROW("dev_remove_pack", none, "", "", "", "process, sleep", "net/core/dev.c:665", "wait: a grace period")
ROW("__dev_remove_pack", none, "", "", "", "any", "net/core/dev.c:638", "wait: none: packets may be inside until a grace period has passed")
ROW("dev_add_offload", drained, "U2", "", "dev_remove_offload", "softirq, no sleep", "net/core/gro.c:86", "ends with a grace period")
ROW("gro_cells_init", none, "", "", "gro_cells_destroy", "softirq, no sleep", "net/core/gro_cells.c:87", "poll function is in the core")
ROW("page_pool_create", none, "", "", "page_pool_destroy", "softirq", "net/core/page_pool.c:1235", "an init callback runs only inside the owner's allocations")
ROW("__netpoll_setup", none, "", "", "__netpoll_free __netpoll_cleanup netpoll_cleanup do_netpoll_cleanup", "any, no sleep", "net/core/netpoll.c:926", "the RCU callback belongs to the core")
ROW("netpoll_setup", none, "", "", "__netpoll_free __netpoll_cleanup netpoll_cleanup do_netpoll_cleanup", "any, no sleep", "net/core/netpoll.c:926", "the RCU callback belongs to the core")
ROW("metadata_dst_alloc", none, "", "", "", "softirq", "net/core/dst.c:302", "the operations are those of the core")
ROW("dst_init", released, "R1", "", "", "softirq, no sleep", "net/core/dst.c:114", "the destroy method is called from an RCU callback of the core, after the last user of the route")
ROW("dst_alloc", released, "R1", "", "", "softirq, no sleep", "net/core/dst.c:114", "as dst_init; the cache of the routes must outlive them all")
ROW("drop_reasons_register_subsys", none, "", "", "drop_reasons_unregister_subsys", "", "net/core/skbuff.c:186", "a table of names; removal ends with a grace period")
ROW("clean_acked_data_enable", bare, "U4", "", "clean_acked_data_disable", "softirq, or process (socket backlog), no sleep", "net/ipv4/tcp_input.c:129", "pointer stored in the socket, cleared without waiting; the backlog is worked off preemptibly")
ROW("stp_proto_register", drained, "U2", "", "stp_proto_unregister", "softirq, no sleep", "net/802/stp.c:93", "ends with a grace period")
ROW("garp_register_application", drained, "U2", "", "garp_unregister_application", "softirq, no sleep", "net/802/garp.c:648", "waits through stp")
ROW("mrp_register_application", drained, "U2", "", "mrp_unregister_application", "softirq, no sleep", "net/802/mrp.c:951", "waits through dev_remove_pack")
ROW("llc_sap_open", bare, "U3", "", "llc_sap_close", "softirq, no sleep", "net/llc/llc_core.c:127", "uncounted RCU lookup, freed with kfree_rcu; the caller must rely on the loader's grace period")
ROW("llc_add_pack", drained, "U2", "", "llc_remove_pack", "softirq, no sleep", "net/llc/llc_input.c:54", "ends with a grace period")
ROW("register_snap_client", drained, "U2", "", "unregister_snap_client", "softirq, no sleep", "net/802/psnap.c:158", "ends with a grace period")
ROW("lowpan_nhc_add", drained, "U2", "", "lowpan_nhc_del", "softirq, no sleep", "net/6lowpan/nhc.c:167", "ends with a grace period")
ROW("lapb_register", drained, "U2", "", "lapb_unregister", "softirq, no sleep", "net/lapb/lapb_iface.c:184", "waits for users and timers")
ROW("can_rx_register", bare, "U3", "", "can_rx_unregister", "softirq, no sleep (RCU)", "net/can/af_can.c:566", "taken off the list at once, freed by an RCU callback, nobody waits")
ROW("qrtr_endpoint_register", drained, "U2", "", "qrtr_endpoint_unregister", "process, sleep", "net/qrtr/af_qrtr.c:630", "cleared under the mutex that transmit holds")

@*2 Namespaces and notifiers.
The notifiers of the network are drained, but by two means. Atomic chains end their removal with a grace period; blocking chains and those under |rtnl_lock| make the remover wait for a lock that the
callers hold, and whoever already holds it waits for himself. Registering often replays what exists, unregistering replays its disappearance: the callback must be ready before the first, and is called
during the second. Removal of a pernet subsystem is the one to know, for it contains an |rcu_barrier|: no RCU callback ordered before it is left when it returns.

@<Rows of the table@>=
ROW("register_pernet_subsys", drained, "U2", "", "unregister_pernet_subsys", "process, sleep", "net/core/net_namespace.c:1369", "removal runs exit for every namespace, with a grace period between pre_exit and exit, and ends with an rcu_barrier; a registration that fails has run exit where init had succeeded, and ends with a barrier too")
ROW("unregister_pernet_subsys", none, "", "", "", "process, sleep", "net/core/net_namespace.c:1369", "wait: a grace period between pre_exit and exit of each namespace, and an rcu_barrier after the last")
ROW("register_pernet_device", drained, "U2", "", "unregister_pernet_device", "process, sleep", "net/core/net_namespace.c:1369", "removal runs exit for every namespace, with a grace period between pre_exit and exit, and ends with an rcu_barrier; a registration that fails has run exit where init had succeeded, and ends with a barrier too")
ROW("unregister_pernet_device", none, "", "", "", "process, sleep", "net/core/net_namespace.c:1369", "wait: a grace period between pre_exit and exit of each namespace, and an rcu_barrier after the last")
ROW("register_netdevice_notifier", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:1896", "a raw chain, but every call and the removal hold rtnl; removal replays DOWN and UNREGISTER events into the callback")
ROW("unregister_netdevice_notifier", none, "", "", "", "process, sleep", "net/core/dev.c:1896", "wait: for rtnl; then DOWN and UNREGISTER of every device are replayed into the callback")
ROW("register_netdevice_notifier_net", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:1994", "as the global form, for one namespace")
ROW("register_netdevice_notifier_dev_net", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:2033", "as the global form; follows the device into another namespace")
ROW("register_netevent_notifier", drained, "U2", "", "unregister_netevent_notifier", "any, no sleep", "net/core/netevent.c:46", "atomic chain")
ROW("register_fib_notifier", drained, "U2", "", "unregister_fib_notifier", "any, no sleep", "net/core/fib_notifier.c:125", "atomic chain; registering replays the tables into the callback")
ROW("fib_notifier_ops_register", counted, "C2", "fib_notifier_ops.owner", "fib_notifier_ops_unregister", "process, sleep", "net/core/fib_notifier.c:49", "reference around the call")
ROW("fib_rules_register", counted, "C2", "fib_rules_ops.owner", "fib_rules_unregister", "process, sleep", "net/core/fib_rules.c:111", "reference around changes; rules are looked up by the owner itself")
ROW("register_inetaddr_notifier", drained, "U2", "", "unregister_inetaddr_notifier", "process, sleep (rtnl)", "net/ipv4/devinet.c:1506", "blocking chain")
ROW("register_inetaddr_validator_notifier", drained, "U2", "", "unregister_inetaddr_validator_notifier", "process, sleep (rtnl)", "net/ipv4/devinet.c:1518", "blocking chain")
ROW("register_inet6addr_notifier", drained, "U2", "", "unregister_inet6addr_notifier", "any, no sleep", "net/ipv6/addrconf_core.c:103", "atomic chain: a grace period, but the callback must not sleep, unlike IPv4")
ROW("unregister_inet6addr_notifier", none, "", "", "", "process, sleep", "net/ipv6/addrconf_core.c:103", "wait: a grace period (atomic chain)")
ROW("register_inet6addr_validator_notifier", drained, "U2", "", "unregister_inet6addr_validator_notifier", "process, sleep", "net/ipv6/addrconf_core.c:121", "blocking chain")
ROW("register_nexthop_notifier", drained, "U2", "", "unregister_nexthop_notifier __unregister_nexthop_notifier", "process, sleep (rtnl)", "net/ipv4/nexthop.c:3937", "rtnl plus blocking chain")
ROW("register_dcbevent_notifier", drained, "U2", "", "unregister_dcbevent_notifier", "any, no sleep", "net/dcb/dcbevent.c:23", "atomic chain")
ROW("netlink_register_notifier", drained, "U2", "", "netlink_unregister_notifier", "process, sleep", "net/netlink/af_netlink.c:2802", "blocking chain")
ROW("register_switchdev_notifier", drained, "U2", "", "unregister_switchdev_notifier", "any, no sleep", "net/switchdev/switchdev.c:497", "atomic chain")
ROW("register_switchdev_blocking_notifier", drained, "U2", "", "unregister_switchdev_blocking_notifier", "process, sleep (rtnl)", "net/switchdev/switchdev.c:537", "raw chain, but calls and removal hold rtnl")
ROW("l3mdev_table_lookup_register", drained, "U2", "", "l3mdev_table_lookup_unregister", "any, no sleep", "net/l3mdev/l3mdev.c:67", "lookups run under the same spinlock")
ROW("flow_indr_dev_register", drained, "U2", "", "flow_indr_dev_unregister", "process (rtnl)", "net/core/flow_offload.c:491", "removes every binding under the lock")
ROW("flow_indr_dev_setup_offload", drained, "U2", "", "flow_indr_dev_setup_offload", "process, sleep (rtnl)", "net/core/flow_offload.c:614", "asks the drivers under the lock; called again with the command to unbind, it takes the cleanup function back")

@*2 Sockets and protocols.
Here the references are. Creating a socket pins the family while |create| runs, then the |proto_ops| and the |proto| for as long as the socket lives; the last reference is dropped only after its
memory is freed. So a protocol names its owner in three places, and has no exit while anybody has a socket. What stands {\it below\/} the sockets is not counted: the tables by protocol number that the
receive path reads are drained by a grace period. A module that opens a kernel socket of its own protocol pins itself, and cannot be removed any more.

@<Rows of the table@>=
ROW("sock_register", counted, "C2", "net_proto_family.owner", "sock_unregister", "process, sleep", "net/socket.c:1553", "sockets additionally pin proto_ops.owner")
ROW("sock_unregister", none, "", "", "", "process, sleep", "net/socket.c:3293", "wait: a grace period")
ROW("proto_register", counted, "C2", "proto.owner", "proto_unregister", "process and softirq", "net/core/sock.c:2185", "one reference per socket, dropped after its memory is freed; removal destroys the cache")
ROW("proto_unregister", none, "", "", "", "process, sleep", "net/core/sock.c:4159", "wait: none, but the cache of the sockets is destroyed")
ROW("sk_alloc", counted, "C2", "proto.owner", "", "process and softirq", "net/core/sock.c:2185", "the socket holds the reference until its memory is freed: no exit can begin before")
ROW("sk_reset_timer", counted, "C1", "", "sk_stop_timer sk_stop_timer_sync", "softirq, no sleep", "net/core/sock.c:3579", "an armed socket timer holds the socket, and the socket its protocol; the put in the timer function may be the last")
ROW("inet_csk_init_xmit_timers", counted, "C1", "", "inet_csk_clear_xmit_timers", "softirq, no sleep", "net/ipv4/inet_connection_sock.c:765", "socket timers hold the socket; only the memory of the socket is at stake")
ROW("inet_ctl_sock_create", counted, "C1", "", "", "process", "net/ipv4/af_inet.c:1650", "a module that makes a control socket of its own protocol pins itself for ever")
ROW("sock_create", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:1488", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("sock_create_kern", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:1488", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("__sock_create", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:1488", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("inet_register_protosw", counted, "C2", "proto_ops.owner and proto.owner", "inet_unregister_protosw", "process, sleep", "net/socket.c:1572", "the entry itself has no owner: it is looked up under RCU, and removal waits")
ROW("inet6_register_protosw", counted, "C2", "proto_ops.owner and proto.owner", "inet6_unregister_protosw", "process, sleep", "net/socket.c:1572", "the entry itself has no owner: it is looked up under RCU, and removal waits")
ROW("inet_add_protocol", drained, "U2", "", "inet_del_protocol", "softirq, no sleep", "net/ipv4/protocol.c:53", "ends with a grace period")
ROW("inet_del_protocol", none, "", "", "", "process, sleep", "net/ipv4/protocol.c:53", "wait: a grace period")
ROW("inet6_add_protocol", drained, "U2", "", "inet6_del_protocol", "softirq, no sleep", "net/ipv6/protocol.c:42", "ends with a grace period")
ROW("inet6_del_protocol", none, "", "", "", "process, sleep", "net/ipv6/protocol.c:42", "wait: a grace period")
ROW("inet_add_offload", drained, "U2", "", "inet_del_offload", "softirq, no sleep", "net/ipv4/protocol.c:66", "ends with a grace period")
ROW("inet6_add_offload", drained, "U2", "", "inet6_del_offload", "softirq, no sleep", "net/ipv6/protocol.c:66", "ends with a grace period; sctp never takes it back, and never leaves")
ROW("inet_frags_init", drained, "U2", "", "inet_frags_fini", "softirq, no sleep", "net/ipv4/inet_fragment.c:123", "waits until the last namespace queue is gone")
ROW("inet_frags_fini", none, "", "", "", "process, sleep", "net/ipv4/inet_fragment.c:123", "wait: until the last namespace has given up its queue")
ROW("tcp_register_congestion_control", counted, "C2", "tcp_congestion_ops.owner", "tcp_unregister_congestion_control", "softirq, no sleep", "net/ipv4/tcp_cong.c:223", "one reference per socket using it")
ROW("tcp_register_ulp", counted, "C2", "tcp_ulp_ops.owner", "tcp_unregister_ulp", "process and softirq", "net/ipv4/tcp_ulp.c:49", "one reference per socket")
ROW("udp_sock_create4", none, "", "", "udp_tunnel_sock_release sock_release kernel_sock_shutdown", "process", "net/ipv4/udp_tunnel_core.c:11", "creates a kernel socket only")
ROW("udp_sock_create6", none, "", "", "udp_tunnel_sock_release sock_release kernel_sock_shutdown", "process", "net/ipv6/ip6_udp_tunnel.c:17", "creates a kernel socket only")
ROW("strp_init", drained, "U2", "", "strp_done", "softirq and process (work)", "net/strparser/strparser.c:532", "stops both works; the callbacks of the socket are restored first")
ROW("brioctl_set", drained, "U2", "", "brioctl_set", "process, sleep", "net/socket.c:1166", "set to NULL under the mutex that callers hold")
ROW("vlan_ioctl_set", drained, "U2", "", "vlan_ioctl_set", "process, sleep", "net/socket.c:1192", "set to NULL under the mutex that callers hold")
ROW("can_proto_register", counted, "C2", "proto.owner", "can_proto_unregister", "process, sleep", "net/can/af_can.c:102", "reference around create, then one per socket; removal also waits")
ROW("bt_sock_register", counted, "C2", "net_proto_family.owner", "bt_sock_unregister", "process, sleep", "net/bluetooth/af_bluetooth.c:131", "reference around create; the socket then pins its own protocol")
ROW("register_pppox_proto", counted, "C2", "pppox_proto.owner", "unregister_pppox_proto", "process, sleep", "drivers/net/ppp/pppox.c:143", "reference around create; the socket then pins its own protocol")
ROW("register_atm_ioctl", counted, "C2", "atm_ioctl.owner", "deregister_atm_ioctl", "process, sleep", "net/atm/ioctl.c:158", "reference around the call")
ROW("vsock_core_register", drained, "U2", "vsock_transport.module (sockets)", "vsock_core_unregister", "process and softirq", "net/vmw_vsock/af_vsock.c:592", "one reference per connected socket; get_local_cid runs without one, under the mutex that removal takes")
ROW("vsock_add_tap", none, "", "vsock_tap.module", "vsock_remove_tap", "process, sleep", "net/vmw_vsock/af_vsock_tap.c:22", "hands over a device, no function; pins the module until the tap is removed")
ROW("rds_trans_register", drained, "U2", "rds_transport.t_owner (connections)", "rds_trans_unregister", "process, sleep", "net/rds/transport.c:70", "address checks run without a reference under the semaphore that removal takes for writing")
ROW("rds_for_each_conn_info", none, "", "", "", "synchronous", "net/rds/connection.c:713", "calls the function before it returns")
ROW("rds_info_register_func", bare, "U4", "", "rds_info_deregister_func", "process, sleep", "net/rds/info.c:208", "the caller takes no lock, no RCU section and no module reference")
ROW("v9fs_register_trans", counted, "C2", "p9_trans_module.owner", "v9fs_unregister_trans", "process, sleep", "net/9p/mod.c:94", "one reference per client")
ROW("tls_client_hello_anon", deferred, "D5", "", "tls_handshake_cancel", "process, sleep", "net/handshake/request.c:387", "the done callback is ordered for later; cancel answers false when it runs or has run, and does not wait")
ROW("tls_client_hello_x509", deferred, "D5", "", "tls_handshake_cancel", "process, sleep", "net/handshake/request.c:387", "the done callback is ordered for later; cancel answers false when it runs or has run, and does not wait")
ROW("tls_client_hello_psk", deferred, "D5", "", "tls_handshake_cancel", "process, sleep", "net/handshake/request.c:387", "the done callback is ordered for later; cancel answers false when it runs or has run, and does not wait")
ROW("tls_server_hello_x509", deferred, "D5", "", "tls_handshake_cancel", "process, sleep", "net/handshake/request.c:387", "the done callback is ordered for later; cancel answers false when it runs or has run, and does not wait")
ROW("tls_server_hello_psk", deferred, "D5", "", "tls_handshake_cancel", "process, sleep", "net/handshake/request.c:387", "the done callback is ordered for later; cancel answers false when it runs or has run, and does not wait")

@*2 Netlink.
A running dump holds a reference, since it sleeps between two reads of its user. A single request does not always: generic netlink relies on a lock that the unregister call takes, so
a handler that waits for the remover never ends. |THIS_MODULE| gets in by macros and inline functions here; a library that wraps such a call names itself instead of the module it serves.

@<Rows of the table@>=
ROW("__netlink_kernel_create", counted, "C2", "module argument (nl_table.module)", "netlink_kernel_release sock_release", "process, sleep", "net/netlink/af_netlink.c:674", "every user socket of that protocol pins the module")
ROW("__netlink_dump_start", counted, "C2", "netlink_dump_control.module", "", "process, sleep", "net/netlink/af_netlink.c:2415", "reference for the whole dump")
ROW("netlink_add_tap", none, "", "netlink_tap.module", "netlink_remove_tap", "process, sleep", "net/netlink/af_netlink.c:204", "hands over a device, no function; pins the module until the tap is removed")
ROW("genl_register_family", drained, "U2", "genl_family.module (dumps only)", "genl_unregister_family", "process, sleep", "net/netlink/genetlink.c:857", "doit is covered only by cb_lock; a running dump pins family->module through netlink_dump_start")
ROW("genl_unregister_family", none, "", "", "", "process, sleep", "net/netlink/genetlink.c:857", "wait: until no request is being handled, and no socket that uses the family is being destroyed; not for dumps, which hold a reference")
ROW("__rtnl_register_many", counted, "C2", "rtnl_msg_handler.owner", "__rtnl_unregister_many rtnl_unregister rtnl_unregister_all", "process, sleep", "net/core/rtnetlink.c:6716", "reference around doit and for the whole of a dump; removal takes the entry out and does not wait")
ROW("rtnl_register_module", counted, "C2", "rtnl_msg_handler.owner", "__rtnl_unregister_many rtnl_unregister rtnl_unregister_all", "process, sleep", "net/core/rtnetlink.c:6716", "reference around doit and for the whole of a dump; removal takes the entry out and does not wait")
ROW("rtnl_unregister", none, "", "", "", "process, sleep", "net/core/rtnetlink.c:429", "wait: none: the entry is freed by an RCU callback of the core, handlers hold a reference")
ROW("rtnl_unregister_all", none, "", "", "", "process, sleep", "net/core/rtnetlink.c:462", "wait: a grace period")
ROW("sock_diag_register", counted, "C2", "sock_diag_handler.owner", "sock_diag_unregister", "process, sleep", "net/core/sock_diag.c:132", "lookup under RCU; unregister itself does not wait")
ROW("sock_diag_register_inet_compat", counted, "C2", "sock_diag_inet_compat.owner", "sock_diag_unregister_inet_compat", "process, sleep", "net/core/sock_diag.c:274", "reference around the call")
ROW("inet_diag_register", counted, "C2", "inet_diag_handler.owner", "inet_diag_unregister", "process, sleep", "net/ipv4/inet_diag.c:63", "unregister itself does not wait")
ROW("l2tp_nl_register_ops", drained, "U2", "", "l2tp_nl_unregister_ops", "process, sleep", "net/l2tp/l2tp_netlink.c:1035", "commands run under the generic netlink mutex, which removal takes")
ROW("nfnetlink_subsys_register", drained, "U2", "nfnetlink_subsystem.owner (batches)", "nfnetlink_subsys_unregister", "process; RCU or mutex by callback type", "net/netfilter/nfnetlink.c:142", "RCU callbacks are waited for, mutex ones are excluded by the subsystem lock")
ROW("nfnetlink_subsys_unregister", none, "", "", "", "process, sleep", "net/netfilter/nfnetlink.c:142", "wait: a grace period, after the mutex")

@*2 Netfilter.
Two worlds meet. Matches, targets, expressions and sets that a rule names are counted: one reference for each rule. The hooks by which packets enter are bare: |nf_unregister_net_hook| puts
a dummy in the hook's place, frees the table from an RCU callback and returns, while a packet may still be in the old one. In |pre_exit| of a pernet subsystem this is well, since a grace period comes before |exit|;
anywhere else the author has to wait, and before the data goes, not after.

@<Rows of the table@>=
ROW("nf_register_net_hook", bare, "U3", "", "nf_unregister_net_hook nf_unregister_net_hooks", "softirq, no sleep (RCU)", "net/netfilter/core.c:88", "the hook is replaced at once, its memory freed by an RCU callback, nobody waits: a packet may still be inside until the next grace period (that of pernet exit, or the loader)")
ROW("nf_register_net_hooks", bare, "U3", "", "nf_unregister_net_hook nf_unregister_net_hooks", "softirq, no sleep (RCU)", "net/netfilter/core.c:88", "the hook is replaced at once, its memory freed by an RCU callback, nobody waits: a packet may still be inside until the next grace period (that of pernet exit, or the loader); x_tables registers what its users unhook")
ROW("nf_unregister_net_hook", none, "", "", "", "process", "net/netfilter/core.c:88", "wait: none: a packet may be inside until a grace period has passed")
ROW("nf_unregister_net_hooks", none, "", "", "", "process", "net/netfilter/core.c:88", "wait: none: a packet may be inside until a grace period has passed")
ROW("nf_hook_entries_insert_raw", bare, "U3", "", "nf_hook_entries_delete_raw", "softirq, no sleep", "net/netfilter/core.c:552", "as nf_register_net_hook: the memory is freed by an RCU callback, nobody waits")
ROW("nf_nat_ipv4_register_fn", bare, "U3", "", "nf_nat_ipv4_unregister_fn", "softirq, no sleep", "net/netfilter/nf_nat_core.c:1307", "entry of a second hook table, taken out without waiting")
ROW("nf_nat_ipv6_register_fn", bare, "U3", "", "nf_nat_ipv6_unregister_fn", "softirq, no sleep", "net/netfilter/nf_nat_core.c:1307", "entry of a second hook table, taken out without waiting")
ROW("nf_nat_inet_register_fn", bare, "U3", "", "nf_nat_inet_unregister_fn", "softirq, no sleep", "net/netfilter/nf_nat_core.c:1307", "entry of a second hook table, taken out without waiting")
ROW("ipt_register_table", bare, "U3", "", "ipt_unregister_table_exit ipt_unregister_table_pre_exit", "softirq, no sleep", "net/ipv4/netfilter/ip_tables.c:1761", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("ip6t_register_table", bare, "U3", "", "ip6t_unregister_table_exit ip6t_unregister_table_pre_exit", "softirq, no sleep", "net/ipv6/netfilter/ip6_tables.c:1775", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("arpt_register_table", bare, "U3", "", "arpt_unregister_table arpt_unregister_table_pre_exit", "softirq, no sleep", "net/ipv4/netfilter/arp_tables.c:1559", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("ebt_register_table", bare, "U3", "", "ebt_unregister_table ebt_unregister_table_pre_exit", "softirq, no sleep", "net/bridge/netfilter/ebtables.c:1354", "hooks go in pre_exit, so that the grace period before exit covers them; nothing waits otherwise")
ROW("xt_register_table", bare, "U3", "xt_table.me (table users)", "xt_unregister_table", "softirq, no sleep", "net/netfilter/x_tables.c:1540", "registers net hooks for the caller and never unhooks them: nf_unregister_net_hooks and a grace period come first")
ROW("xt_hook_ops_alloc", none, "", "", "", "softirq, no sleep", "net/netfilter/x_tables.c:1811", "only builds the array later given to a table")
ROW("xt_register_template", counted, "C2", "xt_table.me (copied)", "xt_unregister_template", "process, sleep", "net/netfilter/x_tables.c:1277", "reference around table_init")
ROW("ebt_register_template", counted, "C2", "ebt_table.me", "ebt_unregister_template", "process, sleep", "net/bridge/netfilter/ebtables.c:341", "reference around table_init")
ROW("xt_register_match", counted, "C2", "xt_match.me", "xt_unregister_match", "softirq, no sleep", "net/netfilter/x_tables.c:209", "one reference per rule")
ROW("xt_register_matches", counted, "C2", "xt_match.me", "xt_unregister_matches", "softirq, no sleep", "net/netfilter/x_tables.c:209", "one reference per rule")
ROW("xt_register_target", counted, "C2", "xt_target.me", "xt_unregister_target", "softirq, no sleep", "net/netfilter/x_tables.c:258", "one reference per rule")
ROW("xt_register_targets", counted, "C2", "xt_target.me", "xt_unregister_targets", "softirq, no sleep", "net/netfilter/x_tables.c:258", "one reference per rule")
ROW("nft_register_expr", counted, "C2", "nft_expr_type.owner", "nft_unregister_expr", "softirq, no sleep", "net/netfilter/nf_tables_api.c:3154", "one reference per expression; removal takes it off the list and does not wait")
ROW("nft_unregister_expr", none, "", "", "", "process, sleep", "net/netfilter/nf_tables_api.c:3110", "wait: none: users hold a reference")
ROW("nft_register_obj", counted, "C2", "nft_object_type.owner", "nft_unregister_obj", "softirq, no sleep", "net/netfilter/nf_tables_api.c:7875", "one reference per object")
ROW("nft_register_chain_type", counted, "C2", "nft_chain_type.owner", "nft_unregister_chain_type", "softirq, no sleep", "net/netfilter/nf_tables_api.c:2356", "one reference per base chain")
ROW("nft_register_flowtable_type", counted, "C2", "nf_flowtable_type.owner", "nft_unregister_flowtable_type", "softirq, no sleep", "net/netfilter/nf_tables_api.c:8586", "one reference per flowtable")
ROW("nf_flow_table_init", drained, "U2", "nf_flowtable_type.owner (nf_tables)", "nf_flow_table_free", "process (work) and softirq", "net/netfilter/nf_flow_table_core.c:727", "flushes the flows and stops the garbage collector; only nf_tables takes a reference")
ROW("nf_register_sockopt", counted, "C2", "nf_sockopt_ops.owner", "nf_unregister_sockopt", "process, sleep", "net/netfilter/nf_sockopt.c:70", "reference around the call")
ROW("nf_register_queue_handler", bare, "U3", "", "nf_unregister_queue_handler", "softirq, no sleep", "net/netfilter/nf_queue.c:45", "plain pointer clear")
ROW("nf_log_register", drained, "U2", "nf_logger.me (rules)", "nf_log_unregister", "softirq, no sleep", "net/netfilter/nf_log.c:124", "rules hold a reference, nf_log_packet does not: removal waits; clear each namespace with nf_log_unset before")
ROW("nf_log_set", bare, "U3", "nf_logger.me (rules)", "nf_log_unset", "softirq, no sleep (RCU)", "net/netfilter/nf_log.c:228", "unsetting does not wait: unset in pre_exit, before the grace period of the namespace")
ROW("nf_log_bind_pf", drained, "U2", "nf_logger.me (rules)", "nf_log_unbind_pf nf_log_unregister", "softirq, no sleep (RCU)", "net/netfilter/nf_log.c:124", "unbinding does not wait: the nf_log_unregister that follows does")
ROW("nf_ct_netns_get", none, "", "", "nf_ct_netns_put", "process", "net/netfilter/nf_conntrack_proto.c:615", "reference on hooks of nf_conntrack, nothing of the caller")
ROW("nf_defrag_ipv4_enable", none, "", "", "nf_defrag_ipv4_disable", "process", "net/ipv4/netfilter/nf_defrag_ipv4.c:171", "a use of hooks of the defragmenter, nothing of the caller")
ROW("nf_defrag_ipv6_enable", none, "", "", "nf_defrag_ipv6_disable", "process", "net/ipv6/netfilter/nf_defrag_ipv6_hooks.c:168", "a use of hooks of the defragmenter, nothing of the caller; ip_vs keeps it enabled for as long as the namespace lives")
ROW("nf_ct_bridge_register", bare, "U3", "nf_ct_bridge_info.me (users)", "nf_ct_bridge_unregister", "softirq, no sleep", "net/netfilter/nf_conntrack_proto.c:562", "the last user unhooks and puts the reference at once, while a packet may be inside")
ROW("nf_conntrack_register_notifier", bare, "U3", "", "nf_conntrack_unregister_notifier", "any, no sleep", "net/netfilter/nf_conntrack_ecache.c:280", "pointer cleared under a mutex, readers use RCU, no wait inside")
ROW("nf_conntrack_helper_register", drained, "U2", "nf_conntrack_helper.me (explicit users)", "nf_conntrack_helper_unregister nf_conntrack_helpers_unregister", "softirq, no sleep", "net/netfilter/nf_conntrack_helper.c:438", "rules take a reference, connections do not: unregister waits and unlinks them")
ROW("nf_conntrack_helpers_register", drained, "U2", "nf_conntrack_helper.me (explicit users)", "nf_conntrack_helper_unregister nf_conntrack_helpers_unregister", "softirq, no sleep", "net/netfilter/nf_conntrack_helper.c:438", "rules take a reference, connections do not: unregister waits and unlinks them")
ROW("nf_conntrack_helper_unregister", none, "", "", "", "process, sleep", "net/netfilter/nf_conntrack_helper.c:438", "wait: a grace period, then every expectation and connection that uses the helper is unlinked")
ROW("nf_ct_iterate_destroy", none, "", "", "", "process, sleep", "net/netfilter/nf_conntrack_core.c:2431", "wait: a grace period, then the function is called for every connection")
ROW("nf_nat_helper_register", none, "", "nf_conntrack_nat_helper.module", "nf_nat_helper_unregister", "process", "net/netfilter/nf_conntrack_helper.c:157", "hands over a name: a helper that wants NAT pins the module, whose functions are hooks stored elsewhere")
ROW("nf_ct_helper_expectfn_register", bare, "U3", "", "nf_ct_helper_expectfn_unregister", "softirq, no sleep", "net/netfilter/nf_conntrack_helper.c:279", "expectations keep the function: unregister, let a grace period pass, then nf_ct_helper_expectfn_destroy")
ROW("nf_ct_helper_expectfn_destroy", none, "", "", "", "process, sleep", "net/netfilter/nf_conntrack_helper.c:299", "wait: none: takes back the expectations that keep the function, after a grace period of the caller")
ROW("nf_nat_masquerade_inet_register_notifiers", none, "", "", "nf_nat_masquerade_inet_unregister_notifiers", "process", "net/netfilter/nf_nat_masquerade.c:353", "callbacks are in the library")
ROW("ip_set_type_register", counted, "C2", "ip_set_type.me", "ip_set_type_unregister", "process and softirq", "net/netfilter/ipset/ip_set_core.c:140", "one reference per set")
ROW("register_ip_vs_scheduler", bare, "U3", "ip_vs_scheduler.module (services)", "unregister_ip_vs_scheduler", "softirq, no sleep", "net/netfilter/ipvs/ip_vs_ctl.c:1680", "the reference of a service is put while packets may still schedule under RCU: exit unregisters, then waits for a grace period")
ROW("register_ip_vs_pe", bare, "U3", "ip_vs_pe.module (services and connections)", "unregister_ip_vs_pe", "softirq, no sleep", "net/netfilter/ipvs/ip_vs_ctl.c:1686", "as a scheduler: put first, readers may follow; exit waits for a grace period")
ROW("register_ip_vs_app", counted, "C2", "ip_vs_app.module", "unregister_ip_vs_app", "softirq, no sleep", "net/netfilter/ipvs/ip_vs_app.c:47", "one reference per connection")
ROW("register_ip_vs_app_inc", counted, "C2", "ip_vs_app.module", "unregister_ip_vs_app", "softirq, no sleep", "net/netfilter/ipvs/ip_vs_app.c:47", "one reference per bound connection")

@*2 Traffic control.
Disciplines, filters and actions are counted, each instance by itself. But their memory is freed after a grace period, and the reference is dropped before that: a discipline that orders an RCU
callback of its own must wait for it. Filters and actions are better off, because their unregister calls contain an |rcu_barrier|; that of disciplines does not.

@<Rows of the table@>=
ROW("register_qdisc", counted, "C2", "Qdisc_ops.owner", "unregister_qdisc", "softirq, no sleep", "net/sched/sch_api.c:209", "the reference is dropped right after destroy, before any RCU callback that destroy has ordered")
ROW("tcf_block_get", none, "", "", "tcf_block_put", "process, sleep (rtnl)", "net/sched/cls_api.c:1548", "the callback for a new head is that of the core")
ROW("tcf_block_get_ext", drained, "U2", "", "tcf_block_put_ext", "process, sleep", "net/sched/cls_api.c:978", "the callback for a new head is taken off under the lock that callers hold")
ROW("gen_new_estimator", none, "", "", "gen_kill_estimator", "", "net/core/gen_estimator.c:213", "the timer function is that of the core")
ROW("gen_replace_estimator", none, "", "", "", "", "net/core/gen_estimator.c:213", "the timer function is that of the core")
ROW("flow_block_cb_alloc", drained, "U2", "", "", "process, sleep", "net/sched/cls_api.c:825", "the device is told to unbind before its unregistration ends, under the semaphore that callers hold for reading")
ROW("flow_block_cb_setup_simple", drained, "U2", "", "", "process, sleep", "net/sched/cls_api.c:825", "the device is told to unbind before its unregistration ends, under the semaphore that callers hold for reading")
ROW("qdisc_watchdog_init", none, "", "", "qdisc_watchdog_cancel", "softirq, no sleep", "net/sched/sch_api.c:625", "the timer function is that of the core; only the memory of the qdisc is at stake")
ROW("qdisc_watchdog_schedule_range_ns", none, "", "", "qdisc_watchdog_cancel", "softirq, no sleep", "net/sched/sch_api.c:669", "arms the timer of the core; see qdisc_watchdog_init")
ROW("tcf_register_action", drained, "U2", "tc_action_ops.owner (actions)", "tcf_unregister_action", "softirq, no sleep", "net/sched/act_api.c:1034", "each action holds a reference; the pernet operations that are handed over with it are drained, and their removal contains an rcu_barrier")
ROW("tcf_unregister_action", none, "", "", "", "process, sleep", "net/sched/act_api.c:1034", "wait: unregister_pernet_subsys, hence an rcu_barrier")
ROW("tcf_idr_create", counted, "C2", "tc_action_ops.owner", "", "process, sleep", "net/sched/act_api.c:784", "an action pins its ops' owner")
ROW("tcf_idr_create_from_flags", counted, "C2", "tc_action_ops.owner", "", "process, sleep", "net/sched/act_api.c:784", "an action pins its ops' owner")
ROW("register_tcf_proto_ops", counted, "C2", "tcf_proto_ops.owner", "unregister_tcf_proto_ops", "softirq, no sleep", "net/sched/cls_api.c:238", "unregister contains an rcu_barrier and a flush")
ROW("unregister_tcf_proto_ops", none, "", "", "", "process, sleep", "net/sched/cls_api.c:308", "wait: an rcu_barrier, then a flush of the queue of tcf_queue_work")
ROW("tcf_queue_work", deferred, "D2", "", "unregister_tcf_proto_ops", "process, sleep", "net/sched/cls_api.c:308", "the unregister call of the classifier waits for RCU and for tc_filter_wq")
ROW("tcf_em_register", counted, "C2", "tcf_ematch_ops.owner", "tcf_em_unregister", "softirq, no sleep", "net/sched/ematch.c:99", "one reference per match")
ROW("register_ife_op", counted, "C2", "tcf_meta_ops.owner", "unregister_ife_op", "softirq, no sleep", "net/sched/act_ife.c:170", "one reference per action")

@*2 Tunnels and IPsec.
A transformation is counted by the state that uses it. The tables by which tunnels find their packets are drained, and so are the ports of UDP tunnels, where the order matters: the release function
first takes the user data out of the socket, waits, and only then closes.

@<Rows of the table@>=
ROW("xfrm_register_type", counted, "C2", "xfrm_type.owner", "xfrm_unregister_type", "process and softirq", "net/xfrm/xfrm_state.c:363", "one reference per state")
ROW("xfrm_state_walk", none, "", "", "", "synchronous", "net/xfrm/xfrm_state.c:2573", "calls the function before it returns")
ROW("xfrm_policy_walk", none, "", "", "", "synchronous", "net/xfrm/xfrm_policy.c:1891", "calls the function before it returns")
ROW("xfrm_register_type_offload", counted, "C2", "xfrm_type_offload.owner", "xfrm_unregister_type_offload", "softirq, no sleep", "net/xfrm/xfrm_state.c:447", "one reference per state")
ROW("xfrm_register_translator", counted, "C2", "xfrm_translator.owner", "xfrm_unregister_translator", "process, sleep", "net/xfrm/xfrm_state.c:2831", "reference around the call; removal also waits")
ROW("xfrm_register_km", drained, "U2", "", "xfrm_unregister_km", "process or softirq, no sleep (RCU)", "net/xfrm/xfrm_state.c:2953", "ends with a grace period")
ROW("xfrm_if_register_cb", drained, "U2", "", "xfrm_if_unregister_cb", "softirq, no sleep", "net/xfrm/xfrm_policy.c:4167", "ends with a grace period")
ROW("xfrm_input_register_afinfo", drained, "U2", "", "xfrm_input_unregister_afinfo", "softirq, no sleep", "net/xfrm/xfrm_input.c:84", "ends with a grace period")
ROW("xfrm_policy_register_afinfo", drained, "U2", "", "xfrm_policy_unregister_afinfo", "softirq, no sleep", "net/xfrm/xfrm_policy.c:4147", "ends with a grace period")
ROW("xfrm_state_register_afinfo", drained, "U2", "", "xfrm_state_unregister_afinfo", "softirq, no sleep", "net/xfrm/xfrm_state.c:2989", "ends with a grace period")
ROW("xfrm4_protocol_register", drained, "U2", "", "xfrm4_protocol_deregister", "softirq, no sleep", "net/ipv4/xfrm4_protocol.c:297", "ends with a grace period")
ROW("xfrm6_protocol_register", drained, "U2", "", "xfrm6_protocol_deregister", "softirq, no sleep", "net/ipv6/xfrm6_protocol.c:315", "ends with a grace period")
ROW("xfrm4_tunnel_register", drained, "U2", "", "xfrm4_tunnel_deregister", "softirq, no sleep", "net/ipv4/tunnel4.c:84", "ends with a grace period")
ROW("xfrm6_tunnel_register", drained, "U2", "", "xfrm6_tunnel_deregister", "softirq, no sleep", "net/ipv6/tunnel6.c:111", "ends with a grace period")
ROW("setup_udp_tunnel_sock", drained, "U2", "", "udp_tunnel_sock_release kernel_sock_shutdown", "softirq, no sleep", "net/ipv4/udp_tunnel_core.c:184", "the release helper clears the user data, waits and closes; two users close the socket with their own code")
ROW("udp_tunnel_sock_release", none, "", "", "", "process, sleep", "net/ipv4/udp_tunnel_core.c:184", "wait: a grace period after the user data is cleared")
ROW("gre_add_protocol", drained, "U2", "", "gre_del_protocol", "softirq, no sleep", "net/ipv4/gre_demux.c:54", "ends with a grace period")
ROW("ip_tunnel_init_net", drained, "U2", "", "ip_tunnel_delete_nets rtnl_link_unregister", "process and softirq", "net/ipv4/ip_tunnel.c:1182", "deletes the devices of the kind in every namespace")
ROW("ip_tunnel_encap_add_ops", drained, "U2", "", "ip_tunnel_encap_del_ops", "softirq, no sleep", "net/ipv4/ip_tunnel.c:482", "ends with a grace period")
ROW("ip6_tnl_encap_add_ops", drained, "U2", "", "ip6_tnl_encap_del_ops", "softirq, no sleep", "net/ipv6/ip6_tunnel.c:1791", "ends with a grace period")
ROW("lwtunnel_encap_add_ops", counted, "C2", "lwtunnel_encap_ops.owner", "lwtunnel_encap_del_ops", "softirq, no sleep", "net/core/lwtunnel.c:132", "one reference per route state; removal waits for those who still look up")
ROW("__ovs_vport_ops_register", counted, "C2", "vport_ops.owner", "ovs_vport_ops_unregister", "process and softirq", "net/openvswitch/vport.c:214", "one reference per port")

@*2 Remote procedure calls.
The client is drained: shutting it down kills its tasks and waits until it has none. The last thing a task does, however, is to call the release method of whoever started it, and by then it has left the
list. The server's threads run a function of the module, and tell that they are done shortly before they return from it.

@<Rows of the table@>=
ROW("rpc_create", drained, "U2", "", "rpc_shutdown_client rpc_release_client", "process, sleep", "net/sunrpc/clnt.c:964", "kills the tasks of the client and waits until its list is empty; encode and decode functions belong to the module")
ROW("rpc_shutdown_client", none, "", "", "", "process, sleep", "net/sunrpc/clnt.c:964", "wait: until the list of tasks is empty; a release method may still run afterwards")
ROW("rpc_clnt_iterate_for_each_xprt", none, "", "", "", "synchronous", "net/sunrpc/clnt.c:853", "calls the function before it returns")
ROW("rpc_run_task", released, "R1", "", "", "process (rpciod), sleep", "net/sunrpc/sched.c:1186", "rpc_release of the call runs after the task has left the list that rpc_shutdown_client waits for: count the calls oneself")
ROW("rpc_call_async", released, "R1", "", "", "process (rpciod), sleep", "net/sunrpc/sched.c:1186", "rpc_release of the call runs after the task has left the list that rpc_shutdown_client waits for: count the calls oneself")
ROW("rpc_proc_register", drained, "U2", "", "rpc_proc_unregister", "process, sleep", "net/sunrpc/stats.c:310", "a file in proc, which is drained")
ROW("svc_proc_register", drained, "U2", "", "svc_proc_unregister", "process, sleep", "net/sunrpc/stats.c:327", "a file in proc, which is drained")
ROW("rpc_mkpipe_data", drained, "U2", "", "rpc_unlink", "process, sleep", "net/sunrpc/rpc_pipe.c:190", "unlinking detaches the pipe under the inode lock and stops its timer")
ROW("rpc_pipefs_notifier_register", drained, "U2", "", "rpc_pipefs_notifier_unregister", "process, sleep", "net/sunrpc/rpc_pipe.c:60", "blocking chain")
ROW("cache_register_net", drained, "U2", "cache_detail.owner (open files)", "cache_unregister_net", "process, sleep", "net/sunrpc/cache.c:413", "proc entries are drained and the cleaner work is stopped; RCU frees of entries still need rcu_barrier")
ROW("svc_create", deferred, "D4", "", "svc_destroy svc_set_num_threads", "process (kthread)", "net/sunrpc/svc.c:917", "the thread function is the module's; stopping waits for a bit that the thread clears before it returns, not for its end")
ROW("svc_create_pooled", deferred, "D4", "", "svc_destroy svc_set_num_threads", "process (kthread)", "net/sunrpc/svc.c:917", "the thread function is the module's; stopping waits for a bit that the thread clears before it returns, not for its end")
ROW("svc_reg_xprt_class", counted, "C2", "svc_xprt_class.xcl_owner", "svc_unreg_xprt_class", "process, sleep", "net/sunrpc/svc_xprt.c:265", "one reference per transport, put after it is freed")
ROW("svc_auth_register", counted, "C2", "auth_ops.owner", "svc_auth_unregister", "process, sleep", "net/sunrpc/svcauth.c:52", "no wait in the unregister call")
ROW("rpcauth_register", counted, "C2", "rpc_authops.owner", "rpcauth_unregister", "process, sleep", "net/sunrpc/auth.c:154", "no wait in the unregister call")
ROW("gss_mech_register", counted, "C2", "gss_api_mech.gm_owner", "gss_mech_unregister", "process, sleep", "net/sunrpc/auth_gss/gss_mech_switch.c:139", "one reference per context")
ROW("xprt_register_transport", counted, "C2", "xprt_class.owner", "xprt_unregister_transport", "process, sleep", "net/sunrpc/xprt.c:172", "reference around setup; a transport that lives longer takes its own")

@*2 Links and their libraries.
Drivers of wireless, serial and other links register with a library, which in turn registers the network device. Unregistering is long and thorough, and cancels what the library has ordered on the
driver's behalf; what the driver itself has ordered is left to the driver.

@<Rows of the table@>=
ROW("wiphy_new_nm", none, "", "", "wiphy_free", "", "net/wireless/core.c:449", "only stores the operations; see wiphy_register")
ROW("wiphy_register", drained, "U2", "", "wiphy_unregister", "process, sleep", "net/wireless/core.c:1150", "waits for the open count")
ROW("ieee80211_alloc_hw_nm", none, "", "", "ieee80211_free_hw", "", "net/mac80211/main.c:770", "only stores the operations; see ieee80211_register_hw")
ROW("ieee80211_register_hw", drained, "U2", "", "ieee80211_unregister_hw", "process and softirq", "net/mac80211/main.c:1666", "stops tasklets, removes interfaces")
ROW("wpan_phy_register", drained, "U2", "", "wpan_phy_unregister", "process, sleep", "net/ieee802154/core.c:168", "waits for the open count, then a grace period")
ROW("ieee802154_register_hw", drained, "U2", "", "ieee802154_unregister_hw", "process and softirq", "net/mac802154/main.c:284", "removes interfaces, destroys its queues")
ROW("nci_register_device", drained, "U2", "", "nci_unregister_device", "process, sleep", "net/nfc/nci/core.c:1321", "closes the device and destroys its queues")
ROW("rfkill_alloc", none, "", "", "rfkill_destroy", "", "net/rfkill/core.c:1024", "only stores the operations; see rfkill_register")
ROW("rfkill_register", drained, "U2", "", "rfkill_unregister", "process, sleep", "net/rfkill/core.c:1159", "stops its works; set_block runs under the global mutex")
ROW("hci_register_dev", drained, "U2", "", "hci_unregister_dev", "process, sleep", "net/bluetooth/hci_core.c:2736", "waits for readers, then stops and disables its works")
ROW("hci_register_cb", drained, "U2", "", "hci_unregister_cb", "process, sleep", "net/bluetooth/hci_core.c:3065", "callbacks run under the same mutex")
ROW("atm_dev_register", bare, "U5 R1", "atmdev_ops.owner (circuits)", "atm_dev_deregister", "process, sleep", "net/atm/resources.c:387", "a circuit holds a reference; ioctl is called without one and without a lock, and dev_close with the last reference on the device")
ROW("ppp_register_channel", drained, "U2", "", "ppp_unregister_channel", "softirq and process", "drivers/net/ppp/ppp_generic.c:3008", "clears the channel under the locks that transmit and ioctl take")
ROW("ppp_register_net_channel", drained, "U2", "", "ppp_unregister_channel", "softirq and process", "drivers/net/ppp/ppp_generic.c:3008", "clears the channel under the locks that transmit and ioctl take")
ROW("ppp_register_compressor", counted, "C2", "compressor.owner", "ppp_unregister_compressor", "softirq, no sleep", "drivers/net/ppp/ppp_generic.c:3302", "one reference per compression state")
ROW("register_hdlc_protocol", drained, "U2", "hdlc_proto.module (attached devices)", "unregister_hdlc_protocol", "process, sleep (rtnl held)", "drivers/net/wan/hdlc.c:336", "an attached protocol is counted; ioctl tries all protocols under rtnl without a reference")

@*2 PHYs and managed devices.
A PHY driver has an owner, and one reference is taken for each interface that is attached to a PHY; yet probing and removal are covered by nothing but the wait in the driver core, as with every
driver. Operations of devlink run under a lock of the instance, which unregistering takes: holding it while doing so is the way to hang.

@<Rows of the table@>=
ROW("phy_driver_register", drained, "U2", "phy_driver.mdiodrv.driver.owner (attached PHYs)", "phy_drivers_unregister phy_driver_unregister", "process, sleep", "drivers/net/phy/phy_device.c:3804", "an attached PHY holds a reference; probe and remove are drained by unbinding")
ROW("phy_drivers_register", drained, "U2", "phy_driver.mdiodrv.driver.owner (attached PHYs)", "phy_drivers_unregister phy_driver_unregister", "process, sleep", "drivers/net/phy/phy_device.c:3804", "an attached PHY holds a reference; probe and remove are drained by unbinding")
ROW("phy_connect_direct", drained, "U2", "", "phy_disconnect", "process (work), sleep", "drivers/net/phy/phy_device.c:1240", "stopping cancels the state machine and waits for it")
ROW("phy_register_fixup", drained, "U2", "", "phy_unregister_fixup", "process, sleep", "drivers/net/phy/phy_device.c:521", "fixups run under the same mutex")
ROW("phylink_create", drained, "U2", "", "phylink_destroy", "process, sleep", "drivers/net/phy/phylink.c:1797", "waits for its work; stop and disconnect it first")
ROW("phylink_destroy", none, "", "", "", "process, sleep", "drivers/net/phy/phylink.c:1797", "wait: for its work")
ROW("__mdiobus_register", drained, "U2", "mii_bus.owner (attached PHYs)", "mdiobus_unregister", "process, sleep", "drivers/net/phy/mdio_bus.c:829", "deletes its PHYs; an attached one holds a reference unless the net device belongs to the same module")
ROW("__devm_mdiobus_register", drained, "U2", "mii_bus.owner (attached PHYs)", "", "process, sleep", "drivers/net/phy/mdio_devres.c:87", "undone at unbind")
ROW("mdio_driver_register", drained, "U2", "", "mdio_driver_unregister", "process, sleep", "drivers/net/phy/mdio_device.c:232", "as driver_register; does not set the owner, the author must")
ROW("devlink_alloc_ns", drained, "U2", "", "devlink_free", "process, sleep", "net/devlink/core.c:399", "operations run only while registered and under the instance lock")
ROW("devlink_register", drained, "U2", "", "devlink_unregister devl_unregister", "process, sleep", "net/devlink/core.c:399", "operations run under the instance lock")
ROW("devl_register", drained, "U2", "", "devlink_unregister devl_unregister", "process, sleep", "net/devlink/core.c:392", "operations run under the instance lock")
ROW("devl_params_register", drained, "U2", "", "devlink_params_unregister devl_params_unregister", "process, sleep", "net/devlink/param.c:740", "callbacks run under the instance lock")
ROW("devlink_params_register", drained, "U2", "", "devlink_params_unregister devl_params_unregister", "process, sleep", "net/devlink/param.c:740", "callbacks run under the instance lock")
ROW("devl_port_register_with_ops", drained, "U2", "", "devlink_port_unregister devl_port_unregister", "process, sleep", "net/devlink/port.c:1153", "callbacks run under the instance lock")
ROW("devlink_port_register_with_ops", drained, "U2", "", "devlink_port_unregister devl_port_unregister", "process, sleep", "net/devlink/port.c:1153", "callbacks run under the instance lock")
ROW("devl_health_reporter_create", drained, "U2", "", "devl_health_reporter_destroy devlink_health_reporter_destroy", "process, sleep", "net/devlink/health.c:253", "operations run under the instance lock")
ROW("devlink_health_reporter_create", drained, "U2", "", "devl_health_reporter_destroy devlink_health_reporter_destroy", "process, sleep", "net/devlink/health.c:253", "operations run under the instance lock")
ROW("devlink_port_health_reporter_create", drained, "U2", "", "devl_health_reporter_destroy devlink_health_reporter_destroy", "process, sleep", "net/devlink/health.c:253", "operations run under the instance lock")
ROW("devl_region_create", drained, "U2", "", "devl_region_destroy devlink_region_destroy", "process, sleep", "net/devlink/region.c:1196", "operations run under the instance lock")
ROW("devlink_region_create", drained, "U2", "", "devl_region_destroy devlink_region_destroy", "process, sleep", "net/devlink/region.c:1196", "operations run under the instance lock")
ROW("devl_resource_occ_get_register", drained, "U2", "", "devl_resource_occ_get_unregister", "process, sleep", "net/devlink/resource.c:552", "runs under the instance lock, which removal must hold")
ROW("devl_traps_register", none, "", "", "devl_traps_unregister", "", "net/devlink/trap.c:1429", "tables of the module, read until removal has waited a grace period")
ROW("devl_trap_groups_register", none, "", "", "devl_trap_groups_unregister", "", "net/devlink/trap.c:1680", "tables of the module, kept until removal")
ROW("devl_trap_policers_register", none, "", "", "devl_trap_policers_unregister", "", "net/devlink/trap.c:1857", "tables of the module, kept until removal")
ROW("devl_resource_register", none, "", "", "devl_resources_unregister", "", "net/devlink/resource.c:446", "data only")
ROW("devl_rate_leaf_create", none, "", "", "devl_rate_leaf_destroy", "", "net/devlink/rate.c:680", "data only; the operations are those of the instance")
ROW("mlx4_register_auxiliary_driver", drained, "U2", "", "mlx4_unregister_auxiliary_driver", "process, sleep", "drivers/net/ethernet/mellanox/mlx4/intf.c:158", "as driver_register")
ROW("mlx4_register_event_notifier", drained, "U2", "", "mlx4_unregister_event_notifier", "any, no sleep", "drivers/net/ethernet/mellanox/mlx4/intf.c:262", "atomic chain")
ROW("mlx5_notifier_register", drained, "U2", "", "mlx5_notifier_unregister", "any, no sleep", "drivers/net/ethernet/mellanox/mlx5/core/events.c:414", "atomic chain")
ROW("mlx5_eq_notifier_register", drained, "U2", "", "mlx5_eq_notifier_unregister", "any, no sleep", "drivers/net/ethernet/mellanox/mlx5/core/eq.c:1252", "atomic chain")
ROW("mlx5_blocking_notifier_register", drained, "U2", "", "mlx5_blocking_notifier_unregister", "process, sleep", "drivers/net/ethernet/mellanox/mlx5/core/events.c:438", "blocking chain")
ROW("mlx5_cmd_exec_cb", drained, "U2", "", "mlx5_cmd_cleanup_async_ctx", "process or hardirq", "drivers/net/ethernet/mellanox/mlx5/core/cmd.c:2104", "waits until no command of the context is in flight; order none during or after it")
