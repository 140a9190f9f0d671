@q SPDX-License-Identifier: GPL-2.0-only @>

@ Rows of \.{drivers/net}.

@<Rows of the table@>=
ROW("team_mode_register", counted, "C2", "team_mode.owner", "team_mode_unregister", "process and softirq", "drivers/net/team/team_core.c:486", "one reference per team device in that mode")
ROW("wwan_create_port", drained, "U2", "", "wwan_remove_port", "process, sleep", "drivers/net/wwan/wwan_core.c:521", "operations are cleared under their lock")
ROW("wwan_register_ops", drained, "U2", "", "wwan_unregister_ops", "process, sleep (rtnl)", "drivers/net/wwan/wwan_core.c:1193", "deletes every link under rtnl")
ROW("mlx4_register_auxiliary_driver", drained, "U2", "", "mlx4_unregister_auxiliary_driver", "process, sleep", "drivers/net/ethernet/mellanox/mlx4/intf.c:158", "as driver_register")
ROW("mlx4_register_event_notifier", drained, "U2", "", "mlx4_unregister_event_notifier", "any, nosleep", "drivers/net/ethernet/mellanox/mlx4/intf.c:262", "atomic chain")
ROW("mlx5_blocking_notifier_register", drained, "U2", "", "mlx5_blocking_notifier_unregister", "any or process", "drivers/net/ethernet/mellanox/mlx5/core/eq.c:1252", "atomic or blocking chains")
ROW("mlx5_cmd_exec_cb", drained, "U2", "", "mlx5_cmd_cleanup_async_ctx", "process or hardirq", "drivers/net/ethernet/mellanox/mlx5/core/cmd.c:2104", "waits")
ROW("mlx5_eq_notifier_register", drained, "U2", "", "mlx5_eq_notifier_unregister", "any or process", "drivers/net/ethernet/mellanox/mlx5/core/eq.c:1252", "atomic or blocking chains")
ROW("mlx5_notifier_register", drained, "U2", "", "mlx5_notifier_unregister", "any or process", "drivers/net/ethernet/mellanox/mlx5/core/eq.c:1252", "atomic or blocking chains")
ROW("phy_drivers_register", drained, "U2", "phy_driver.mdiodrv.driver.owner", "phy_drivers_unregister phy_driver_unregister", "process, sleep", "drivers/net/phy/phy_device.c:1574", "one reference per attached PHY, the rest drained by unbinding")
ROW("__mdiobus_register", drained, "U2", "mii_bus.owner", "mdiobus_unregister", "process, sleep", "drivers/net/phy/phy_device.c:1555", "not counted when the attached net device belongs to the same module")
ROW("register_candev", drained, "U2", "", "unregister_candev unregister_netdev", "process and softirq", "drivers/net/can/dev/dev.c:582", "wrapper of register_netdev")
ROW("phy_driver_register", drained, "U2", "phy_driver.mdiodrv.driver.owner", "phy_drivers_unregister phy_driver_unregister", "process, sleep", "drivers/net/phy/phy_device.c:1574", "one reference per attached PHY, the rest drained by unbinding")

@ Rows of \.{net/802}.

@<Rows of the table@>=
ROW("stp_proto_register", drained, "U2", "", "stp_proto_unregister", "softirq, nosleep", "net/802/stp.c:93", "waits")
ROW("garp_register_application", drained, "U2", "", "garp_unregister_application", "softirq, nosleep", "net/802/garp.c:648", "waits through stp")
ROW("mrp_register_application", drained, "U2", "", "mrp_unregister_application", "softirq, nosleep", "net/802/mrp.c:951", "waits through dev_remove_pack")

@ Rows of \.{net/atm}.

@<Rows of the table@>=
ROW("atm_dev_register", drained, "U2", "", "atm_dev_deregister", "process and softirq", "net/atm/resources.c:149", "closes circuits, references keep the device")

@ Rows of \.{net/bluetooth}.

@<Rows of the table@>=
ROW("hci_register_dev", drained, "U2", "", "hci_unregister_dev", "process, sleep", "net/bluetooth/hci_core.c:2736", "waits and disables all works")

@ Rows of \.{net/bridge}.

@<Rows of the table@>=
ROW("ebt_register_table", bare, "U3", "", "ebt_unregister_table", "softirq, nosleep", "net/bridge/netfilter/ebtables.c:1354", "as the ip_tables form")
ROW("ebt_register_template", drained, "U2", "", "ebt_unregister_template", "process, sleep", "net/bridge/netfilter/ebtables.c:1327", "templates run under ebt_mutex with a reference to the template owner")

@ Rows of \.{net/core}.

@<Rows of the table@>=
ROW("register_pernet_subsys", drained, "U2", "", "unregister_pernet_subsys", "process, sleep", "net/core/net_namespace.c:1414", "runs exit for every namespace, with a grace period between pre_exit and exit and an rcu_barrier at the end")
ROW("register_netdevice_notifier", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:1895", "a raw chain, but every call and the removal hold rtnl; removal replays DOWN and UNREGISTER events into the callback")
ROW("register_netdevice", drained, "U2", "", "unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister unregister_netdev", "process and softirq (xmit)", "net/core/dev.c:11622", "the following rtnl_unlock waits for the device refcount and runs an rcu_barrier before the destructors")
ROW("rtnl_link_register", drained, "U2", "", "rtnl_link_unregister __rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:621", "no owner field in 6.12: deletes every device of the kind and relies on rtnl")
ROW("register_pernet_device", drained, "U2", "", "unregister_pernet_device", "process, sleep", "net/core/net_namespace.c:1462", "same as the subsys form")
ROW("register_netdev", drained, "U2", "", "unregister_netdev unregister_hdlc_device unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister", "process and softirq (xmit)", "net/core/dev.c:11720", "as register_netdevice, locks included")
ROW("alloc_netdev_mqs", released, "R1", "", "free_netdev unregister_netdevice_queue unregister_netdevice_many rtnl_link_unregister", "process (setup is synchronous)", "net/core/dev.c:11029", "setup runs at once; priv_destructor and needs_free_netdev run later from netdev_run_todo")
ROW("netif_napi_add_weight", drained, "U2", "", "napi_disable __netif_napi_del free_netdev unregister_netdev unregister_netdevice_queue", "softirq, nosleep", "net/core/dev.c:6870", "napi_disable waits for the poll bit; __netif_napi_del does not wait for RCU readers of the list")
ROW("metadata_dst_alloc", none, "", "", "", "softirq", "net/core/dst.c:293", "ops are in the core")
ROW("proto_register", counted, "C2", "proto.owner", "proto_unregister", "process and softirq", "net/core/sock.c:2185", "one reference per sock, dropped after the sock memory is freed; unregister destroys the slab")
ROW("netdev_rx_handler_register", drained, "U2", "", "netdev_rx_handler_unregister", "softirq, nosleep", "net/core/dev.c:5597", "waits before dropping the data pointer")
ROW("sk_alloc", counted, "C2", "proto.owner", "sk_free sock_release sk_common_release sock_no_shutdown", "process and softirq", "net/core/sock.c:2185", "one reference per sock")
ROW("sock_diag_register", counted, "C2", "sock_diag_handler.owner", "sock_diag_unregister", "process, sleep", "net/core/sock_diag.c:132", "lookup under RCU; unregister itself does not wait")
ROW("page_pool_create", none, "", "", "page_pool_destroy", "softirq", "net/core/page_pool.c:1235", "an init callback runs only inside the owner's allocations")
ROW("gro_cells_init", none, "", "", "gro_cells_destroy", "softirq, nosleep", "net/core/gro_cells.c:87", "poll function is in the core")
ROW("dev_add_pack", drained, "U2", "", "dev_remove_pack __dev_remove_pack", "softirq, nosleep", "net/core/dev.c:665", "the __ variant does not wait")
ROW("__netpoll_setup", none, "", "", "__netpoll_free __netpoll_cleanup netpoll_cleanup do_netpoll_cleanup", "any, nosleep", "net/core/netpoll.c:926", "the RCU callback belongs to the core")
ROW("__rtnl_register_many", counted, "C2", "rtnl_msg_handler.owner", "__rtnl_unregister_many rtnl_unregister rtnl_unregister_all", "process, sleep", "net/core/rtnetlink.c:6716", "reference around doit and for the whole dump; single unregister has no grace period")
ROW("lwtunnel_encap_add_ops", counted, "C2", "lwtunnel_encap_ops.owner", "lwtunnel_encap_del_ops", "softirq, nosleep", "net/core/lwtunnel.c:132", "one reference per route state")
ROW("register_netevent_notifier", drained, "U2", "", "unregister_netevent_notifier", "any, nosleep", "net/core/netevent.c:46", "atomic chain")
ROW("sk_reset_timer", counted, "C2", "proto.owner (via sock)", "sk_stop_timer sk_stop_timer_sync", "softirq, nosleep", "net/core/sock.c:3579", "an armed socket timer holds a sock reference and the sock pins prot->owner")
ROW("__rtnl_link_register", drained, "U2", "", "rtnl_link_unregister __rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:621", "no owner field in 6.12: deletes every device of the kind and relies on rtnl")
ROW("rtnl_af_register", drained, "U2", "", "rtnl_af_unregister", "process (rtnl or RCU)", "net/core/rtnetlink.c:720", "ends with a grace period")
ROW("dev_add_offload", drained, "U2", "", "dev_remove_offload", "softirq, nosleep", "net/core/gro.c:86", "waits")
ROW("register_netdevice_notifier_dev_net", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:1895", "a raw chain, but every call and the removal hold rtnl; removal replays DOWN and UNREGISTER events into the callback")
ROW("dst_init", released, "R1", "", "", "softirq, nosleep", "net/core/dst.c:178", "ops of the route entry are called from an RCU callback of the core")
ROW("failover_register", drained, "U2", "", "failover_unregister", "process, sleep (rtnl)", "net/core/failover.c:290", "callbacks run from netdevice events under rtnl")
ROW("ipvlan_link_register", drained, "U2", "", "rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:621", "wrappers of rtnl_link_register")
ROW("macvlan_link_register", drained, "U2", "", "rtnl_link_unregister", "process, sleep (rtnl held)", "net/core/rtnetlink.c:621", "wrappers of rtnl_link_register")
ROW("netpoll_setup", none, "", "", "__netpoll_free __netpoll_cleanup netpoll_cleanup do_netpoll_cleanup", "any, nosleep", "net/core/netpoll.c:926", "the RCU callback belongs to the core")
ROW("register_netdevice_notifier_net", drained, "U2", "", "unregister_netdevice_notifier unregister_netdevice_notifier_net unregister_netdevice_notifier_dev_net", "process, sleep (rtnl held)", "net/core/dev.c:1895", "a raw chain, but every call and the removal hold rtnl; removal replays DOWN and UNREGISTER events into the callback")
ROW("sock_diag_register_inet_compat", counted, "C2", "sock_diag_inet_compat.owner", "sock_diag_unregister_inet_compat", "process, sleep", "net/core/sock_diag.c:274", "reference around the call")
ROW("flow_indr_dev_register", drained, "U2", "", "flow_indr_dev_unregister", "process (rtnl)", "net/core/flow_offload.c:491", "removes every binding under the lock")
ROW("register_fib_notifier", drained, "U2", "", "unregister_fib_notifier", "any, nosleep", "net/core/fib_notifier.c:125", "atomic chain")
ROW("rtnl_register_module", counted, "C2", "rtnl_msg_handler.owner", "__rtnl_unregister_many rtnl_unregister rtnl_unregister_all", "process, sleep", "net/core/rtnetlink.c:6716", "reference around doit and for the whole dump; single unregister has no grace period")

@ Rows of \.{net/dcb}.

@<Rows of the table@>=
ROW("register_dcbevent_notifier", drained, "U2", "", "unregister_dcbevent_notifier", "any, nosleep", "net/dcb/dcbevent.c:23", "atomic chain")

@ Rows of \.{net/devlink}.

@<Rows of the table@>=
ROW("devlink_alloc_ns", drained, "U2", "", "devlink_free", "process, sleep", "net/devlink/core.c:399", "operations run only while registered and under the instance lock")
ROW("devlink_register", drained, "U2", "", "devlink_unregister devl_unregister", "process, sleep", "net/devlink/core.c:399", "operations run under the instance lock")
ROW("devl_params_register", drained, "U2", "", "devlink_params_unregister devl_params_unregister", "process, sleep", "net/devlink/param.c:740", "instance lock")
ROW("devlink_port_register_with_ops", drained, "U2", "", "devlink_port_unregister devl_port_unregister", "process, sleep", "net/devlink/port.c:1153", "instance lock")
ROW("devl_port_register_with_ops", drained, "U2", "", "devlink_port_unregister devl_port_unregister", "process, sleep", "net/devlink/port.c:1153", "instance lock")
ROW("devlink_health_reporter_create", drained, "U2", "", "devl_health_reporter_destroy devlink_health_reporter_destroy", "process, sleep", "net/devlink/health.c:253", "operations run under the instance lock")
ROW("devl_register", drained, "U2", "", "devlink_unregister devl_unregister", "process, sleep", "net/devlink/core.c:399", "operations run under the instance lock")
ROW("devlink_params_register", drained, "U2", "", "devlink_params_unregister devl_params_unregister", "process, sleep", "net/devlink/param.c:740", "instance lock")
ROW("devl_region_create", drained, "U2", "", "devl_region_destroy devlink_region_destroy", "process, sleep", "net/devlink/region.c:1196", "operations run under the instance lock")
ROW("devl_health_reporter_create", drained, "U2", "", "devl_health_reporter_destroy devlink_health_reporter_destroy", "process, sleep", "net/devlink/health.c:253", "operations run under the instance lock")
ROW("devlink_region_create", drained, "U2", "", "devl_region_destroy devlink_region_destroy", "process, sleep", "net/devlink/region.c:1196", "operations run under the instance lock")

@ Rows of \.{net/ipv4}.

@<Rows of the table@>=
ROW("tcp_register_congestion_control", counted, "C2", "tcp_congestion_ops.owner", "tcp_unregister_congestion_control", "softirq, nosleep", "net/ipv4/tcp_cong.c:223", "one reference per socket using it")
ROW("setup_udp_tunnel_sock", drained, "U2", "", "udp_tunnel_sock_release kernel_sock_shutdown", "softirq, nosleep", "net/ipv4/udp_tunnel_core.c:184", "the release helper clears the user data, waits and closes; two users close the socket with their own code")
ROW("udp_sock_create4", none, "", "", "udp_tunnel_sock_release sock_release kernel_sock_shutdown", "process", "net/ipv4/udp_tunnel_core.c:11", "creates a kernel socket only")
ROW("udp_sock_create6", none, "", "", "udp_tunnel_sock_release sock_release kernel_sock_shutdown", "process", "net/ipv4/udp_tunnel_core.c:11", "creates a kernel socket only")
ROW("register_inetaddr_notifier", drained, "U2", "", "unregister_inetaddr_notifier", "process, sleep (rtnl)", "net/ipv4/devinet.c:1506", "blocking chain")
ROW("inet_diag_register", counted, "C2", "inet_diag_handler.owner", "inet_diag_unregister", "process, sleep", "net/ipv4/inet_diag.c:63", "unregister itself does not wait")
ROW("inet6_add_protocol", drained, "U2", "", "inet6_del_protocol", "softirq, nosleep", "net/ipv4/protocol.c:53", "waits")
ROW("inet_add_protocol", drained, "U2", "", "inet_del_protocol", "softirq, nosleep", "net/ipv4/protocol.c:53", "waits")
ROW("ip6t_register_table", bare, "U3", "", "ip6t_unregister_table_exit", "softirq, nosleep", "net/ipv4/netfilter/ip_tables.c:1761", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("ipt_register_table", bare, "U3", "", "ipt_unregister_table_exit", "softirq, nosleep", "net/ipv4/netfilter/ip_tables.c:1761", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("xfrm4_protocol_register", drained, "U2", "", "xfrm4_protocol_deregister", "softirq, nosleep", "net/ipv4/xfrm4_protocol.c:297", "waits")
ROW("xfrm4_tunnel_register", drained, "U2", "", "xfrm4_tunnel_deregister", "softirq, nosleep", "net/ipv4/tunnel4.c:84", "waits")
ROW("inet_ctl_sock_create", counted, "C2", "proto.owner", "", "process", "net/ipv4/af_inet.c:1650", "a module that makes a control socket of its own protocol pins itself for ever")
ROW("inet6_add_offload", drained, "U2", "", "inet6_del_offload", "softirq, nosleep", "net/ipv4/protocol.c:66", "waits")
ROW("inet_add_offload", drained, "U2", "", "inet_del_offload", "softirq, nosleep", "net/ipv4/protocol.c:66", "waits")
ROW("ip_tunnel_encap_add_ops", drained, "U2", "", "ip_tunnel_encap_del_ops", "softirq, nosleep", "net/ipv4/ip_tunnel.c:482", "waits")
ROW("gre_add_protocol", drained, "U2", "", "gre_del_protocol", "softirq, nosleep", "net/ipv4/gre_demux.c:54", "waits")
ROW("inet_frags_init", drained, "U2", "", "inet_frags_fini", "softirq, nosleep", "net/ipv4/inet_fragment.c:123", "waits until the last namespace queue is gone")
ROW("arpt_register_table", bare, "U3", "", "arpt_unregister_table", "softirq, nosleep", "net/ipv4/netfilter/ip_tables.c:1761", "hooks are dropped in pre_exit so that the pernet grace period covers them")
ROW("clean_acked_data_enable", bare, "U3", "", "clean_acked_data_disable", "softirq, nosleep", "net/ipv4/tcp_input.c:129", "pointer stored in the sock, cleared without waiting")
ROW("inet_csk_init_xmit_timers", counted, "C2", "proto.owner (via sock)", "inet_csk_clear_xmit_timers", "softirq, nosleep", "net/ipv4/inet_connection_sock.c:765", "socket timers hold the sock")
ROW("ip6_tnl_encap_add_ops", drained, "U2", "", "ip6_tnl_encap_del_ops", "softirq, nosleep", "net/ipv4/ip_tunnel.c:482", "waits")
ROW("register_inetaddr_validator_notifier", drained, "U2", "", "unregister_inetaddr_validator_notifier", "process, sleep (rtnl)", "net/ipv4/devinet.c:1506", "blocking chain")
ROW("register_nexthop_notifier", drained, "U2", "", "unregister_nexthop_notifier __unregister_nexthop_notifier", "process, sleep", "net/ipv4/nexthop.c:3949", "rtnl plus blocking chain")
ROW("tcp_register_ulp", counted, "C2", "tcp_ulp_ops.owner", "tcp_unregister_ulp", "process and softirq", "net/ipv4/tcp_ulp.c:49", "one reference per socket")

@ Rows of \.{net/ipv6}.

@<Rows of the table@>=
ROW("register_inet6addr_notifier", drained, "U2", "", "unregister_inet6addr_notifier", "any, nosleep", "net/ipv6/addrconf_core.c:103", "atomic chain: a grace period, but the callback must not sleep, unlike IPv4")
ROW("xfrm6_protocol_register", drained, "U2", "", "xfrm6_protocol_deregister", "softirq, nosleep", "net/ipv6/xfrm6_protocol.c:315", "waits")
ROW("xfrm6_tunnel_register", drained, "U2", "", "xfrm6_tunnel_deregister", "softirq, nosleep", "net/ipv6/tunnel6.c:111", "waits")
ROW("register_inet6addr_validator_notifier", drained, "U2", "", "unregister_inet6addr_validator_notifier", "process, sleep", "net/ipv6/addrconf_core.c:121", "blocking chain")

@ Rows of \.{net/l2tp}.

@<Rows of the table@>=
ROW("l2tp_nl_register_ops", drained, "U2", "", "l2tp_nl_unregister_ops", "process, sleep", "net/l2tp/l2tp_netlink.c:1035", "the generic netlink lock excludes callers")

@ Rows of \.{net/l3mdev}.

@<Rows of the table@>=
ROW("l3mdev_table_lookup_register", drained, "U2", "", "l3mdev_table_lookup_unregister", "any, nosleep", "net/l3mdev/l3mdev.c:67", "lookups run under the same spinlock")

@ Rows of \.{net/llc}.

@<Rows of the table@>=
ROW("llc_sap_open", bare, "U3", "", "llc_sap_close", "softirq, nosleep", "net/llc/llc_core.c:127", "uncounted RCU lookup, freed with kfree_rcu; the caller must rely on the loader's grace period")

@ Rows of \.{net/mac80211}.

@<Rows of the table@>=
ROW("ieee80211_register_hw", drained, "U2", "", "ieee80211_unregister_hw", "process and softirq", "net/mac80211/main.c:1666", "stops tasklets, removes interfaces")

@ Rows of \.{net/netfilter}.

@<Rows of the table@>=
ROW("xt_register_match", counted, "C2", "xt_match.me", "xt_unregister_match", "softirq, nosleep", "net/netfilter/x_tables.c:209", "one reference per rule")
ROW("nft_register_expr", counted, "C2", "nft_expr_type.owner", "nft_unregister_expr", "softirq, nosleep", "net/netfilter/nf_tables_api.c:3154", "one reference per expression; unregister has no grace period of its own")
ROW("xt_register_targets", counted, "C2", "xt_target.me", "xt_unregister_targets", "softirq, nosleep", "net/netfilter/x_tables.c:258", "one reference per rule")
ROW("xt_register_matches", counted, "C2", "xt_match.me", "xt_unregister_matches", "softirq, nosleep", "net/netfilter/x_tables.c:209", "one reference per rule")
ROW("nf_ct_netns_get", none, "", "", "nf_ct_netns_put", "process", "net/netfilter/nf_conntrack_proto.c:615", "reference on hooks of nf_conntrack, nothing of the caller")
ROW("ip_set_type_register", counted, "C2", "ip_set_type.me", "ip_set_type_unregister", "process and softirq", "net/netfilter/ipset/ip_set_core.c:140", "one reference per set")
ROW("register_ip_vs_scheduler", counted, "C2", "ip_vs_scheduler.module", "unregister_ip_vs_scheduler", "softirq, nosleep", "net/netfilter/ipvs/ip_vs_sched.c:91", "one reference per service")
ROW("xt_register_target", counted, "C2", "xt_target.me", "xt_unregister_target", "softirq, nosleep", "net/netfilter/x_tables.c:258", "one reference per rule")
ROW("nf_register_net_hooks", bare, "U3", "", "nf_unregister_net_hook nf_unregister_net_hooks", "softirq, nosleep (RCU)", "net/netfilter/core.c:529", "unregister frees the table with call_rcu and returns at once; a hook may still run until the next grace period (free_module's own, or the one inside pernet exit)")
ROW("nfnetlink_subsys_register", drained, "U2", "nfnetlink_subsystem.owner (batches)", "nfnetlink_subsys_unregister", "process; RCU or mutex by callback type", "net/netfilter/nfnetlink.c:142", "RCU callbacks are waited for, mutex ones are excluded by the subsystem lock")
ROW("xt_register_template", counted, "C2", "xt_table.me (copied)", "xt_unregister_template", "process, sleep", "net/netfilter/x_tables.c:1277", "reference around table_init")
ROW("xt_hook_ops_alloc", none, "", "", "", "softirq, nosleep", "net/netfilter/x_tables.c:1811", "only builds the array later given to a table")
ROW("nf_conntrack_helpers_register", drained, "U2", "nf_conntrack_helper.me (explicit users)", "nf_conntrack_helper_unregister nf_conntrack_helpers_unregister", "softirq, nosleep", "net/netfilter/nf_conntrack_helper.c:438", "rules take a reference, connections do not: unregister waits and unlinks them")
ROW("nf_register_sockopt", counted, "C2", "nf_sockopt_ops.owner", "nf_unregister_sockopt", "process, sleep", "net/netfilter/nf_sockopt.c:70", "reference around the call")
ROW("nf_conntrack_helper_register", drained, "U2", "nf_conntrack_helper.me (explicit users)", "nf_conntrack_helper_unregister nf_conntrack_helpers_unregister", "softirq, nosleep", "net/netfilter/nf_conntrack_helper.c:438", "rules take a reference, connections do not: unregister waits and unlinks them")
ROW("nft_register_obj", counted, "C2", "nft_object_type.owner", "nft_unregister_obj", "softirq, nosleep", "net/netfilter/nf_tables_api.c:7875", "one reference per object")
ROW("nf_nat_helper_register", counted, "C2", "nf_conntrack_nat_helper.module", "nf_nat_helper_unregister", "softirq, nosleep", "net/netfilter/nf_conntrack_helper.c:157", "only a name lookup")
ROW("nf_ct_helper_expectfn_register", bare, "U3", "", "nf_ct_helper_expectfn_unregister", "softirq, nosleep", "net/netfilter/nf_conntrack_helper.c:279", "plain RCU list removal, no wait")
ROW("xt_register_table", counted, "C2", "xt_table.me", "xt_unregister_table", "process, sleep", "net/netfilter/x_tables.c:258", "reference around table access")
ROW("nf_flow_table_init", counted, "C2", "nf_flowtable_type.owner", "nf_flow_table_free", "process (work) and softirq", "net/netfilter/nf_flow_table_core.c:727", "the garbage collection work belongs to the library and is stopped")
ROW("nf_log_register", counted, "C2", "nf_logger.me", "nf_log_unregister", "softirq, nosleep", "net/netfilter/nf_log.c:183", "also waits")
ROW("nf_nat_ipv4_register_fn", bare, "U3", "", "nf_nat_ipv4_unregister_fn", "softirq, nosleep", "net/netfilter/nf_nat_proto.c:866", "wraps net hooks")
ROW("nf_nat_ipv6_register_fn", bare, "U3", "", "nf_nat_ipv6_unregister_fn", "softirq, nosleep", "net/netfilter/nf_nat_proto.c:866", "wraps net hooks")
ROW("nf_nat_masquerade_inet_register_notifiers", none, "", "", "nf_nat_masquerade_inet_unregister_notifiers", "process", "net/netfilter/nf_nat_masquerade.c:353", "callbacks are in the library")
ROW("nf_conntrack_register_notifier", bare, "U3", "", "nf_conntrack_unregister_notifier", "any, nosleep", "net/netfilter/nf_conntrack_ecache.c:280", "pointer cleared under a mutex, readers use RCU, no wait inside")
ROW("nf_ct_bridge_register", counted, "C2", "nf_ct_bridge_info.me", "nf_ct_bridge_unregister", "softirq, nosleep", "net/netfilter/nf_conntrack_proto.c:500", "reference per user")
ROW("nf_nat_inet_register_fn", bare, "U3", "", "nf_nat_inet_unregister_fn", "softirq, nosleep", "net/netfilter/nf_nat_proto.c:866", "wraps net hooks")
ROW("nf_register_net_hook", bare, "U3", "", "nf_unregister_net_hook nf_unregister_net_hooks", "softirq, nosleep (RCU)", "net/netfilter/core.c:529", "unregister frees the table with call_rcu and returns at once; a hook may still run until the next grace period (free_module's own, or the one inside pernet exit)")
ROW("nf_register_queue_handler", bare, "U3", "", "nf_unregister_queue_handler", "softirq, nosleep", "net/netfilter/nf_queue.c:45", "plain pointer clear")
ROW("nft_register_chain_type", counted, "C2", "nft_chain_type.owner", "nft_unregister_chain_type", "softirq, nosleep", "net/netfilter/nf_tables_api.c:2356", "one reference per base chain")
ROW("nft_register_flowtable_type", counted, "C2", "nf_flowtable_type.owner", "nft_unregister_flowtable_type", "softirq, nosleep", "net/netfilter/nf_tables_api.c:8586", "one reference per flowtable")
ROW("register_ip_vs_app", counted, "C2", "ip_vs_app.module", "unregister_ip_vs_app", "softirq, nosleep", "net/netfilter/ipvs/ip_vs_app.c:47", "one reference per connection")
ROW("register_ip_vs_pe", counted, "C2", "ip_vs_pe.module", "unregister_ip_vs_pe", "softirq, nosleep", "net/netfilter/ipvs/ip_vs_pe.c:32", "one reference per service")

@ Rows of \.{net/netlink}.

@<Rows of the table@>=
ROW("genl_register_family", drained, "U2", "genl_family.module (dumps only)", "genl_unregister_family", "process, sleep", "net/netlink/genetlink.c:857", "doit is covered only by cb_lock; a running dump pins family->module through netlink_dump_start")
ROW("__netlink_dump_start", counted, "C2", "netlink_dump_control.module", "", "process, sleep", "net/netlink/af_netlink.c:2415", "reference for the whole dump")
ROW("__netlink_kernel_create", counted, "C2", "module argument (nl_table.module)", "netlink_kernel_release sock_release", "process, sleep", "net/netlink/af_netlink.c:674", "every user socket of that protocol pins the module")
ROW("netlink_register_notifier", drained, "U2", "", "netlink_unregister_notifier", "process, sleep", "net/netlink/af_netlink.c:2802", "blocking chain")

@ Rows of \.{net/openvswitch}.

@<Rows of the table@>=
ROW("__ovs_vport_ops_register", counted, "C2", "vport_ops.owner", "ovs_vport_ops_unregister", "process and softirq", "net/openvswitch/vport.c:214", "one reference per port")

@ Rows of \.{net/rds}.

@<Rows of the table@>=
ROW("rds_info_register_func", bare, "U3", "", "rds_info_deregister_func", "process, sleep", "net/rds/info.c:208", "the caller takes no lock, no RCU section and no module reference")
ROW("rds_trans_register", counted, "C2", "rds_transport.t_owner", "rds_trans_unregister", "process, sleep", "net/rds/transport.c:105", "one reference per connection use")

@ Rows of \.{net/rfkill}.

@<Rows of the table@>=
ROW("rfkill_register", drained, "U2", "", "rfkill_unregister", "process, sleep", "net/rfkill/core.c:1152", "stops its works")

@ Rows of \.{net/sched}.

@<Rows of the table@>=
ROW("register_qdisc", counted, "C2", "Qdisc_ops.owner", "unregister_qdisc", "softirq, nosleep", "net/sched/sch_api.c:209", "the reference is dropped right after destroy(), before any RCU callback that destroy queued")
ROW("tcf_register_action", counted, "C2", "tc_action_ops.owner", "tcf_unregister_action", "softirq, nosleep", "net/sched/act_api.c:1051", "unregister contains unregister_pernet_subsys, hence an rcu_barrier")
ROW("tcf_idr_create_from_flags", counted, "C2", "tc_action_ops.owner", "", "process, sleep", "net/sched/act_api.c:784", "an action pins its ops' owner")
ROW("register_tcf_proto_ops", counted, "C2", "tcf_proto_ops.owner", "unregister_tcf_proto_ops", "softirq, nosleep", "net/sched/cls_api.c:238", "unregister contains an rcu_barrier and a flush")
ROW("tcf_queue_work", deferred, "D2", "", "unregister_tcf_proto_ops", "process, sleep", "net/sched/cls_api.c:308", "the unregister call of the classifier waits for RCU and for tc_filter_wq")
ROW("tcf_idr_create", counted, "C2", "tc_action_ops.owner", "", "process, sleep", "net/sched/act_api.c:784", "an action pins its ops' owner")
ROW("tcf_em_register", counted, "C2", "tcf_ematch_ops.owner", "tcf_em_unregister", "softirq, nosleep", "net/sched/ematch.c:99", "one reference per match")
ROW("qdisc_watchdog_init", none, "", "", "qdisc_watchdog_cancel", "softirq, nosleep", "net/sched/sch_api.c:625", "the hrtimer function lives in sch_api.c; only the memory of the qdisc is at stake")
ROW("register_ife_op", counted, "C2", "tcf_meta_ops.owner", "unregister_ife_op", "softirq, nosleep", "net/sched/act_ife.c:170", "one reference per action")

@ Rows of \.{net/socket.c}.

@<Rows of the table@>=
ROW("sock_create_kern", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:667", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("sock_register", counted, "C2", "net_proto_family.owner", "sock_unregister", "process, sleep", "net/socket.c:1553", "sockets additionally pin proto_ops.owner")
ROW("sock_create", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:667", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("inet6_register_protosw", counted, "C2", "proto_ops.owner and proto.owner", "inet6_unregister_protosw", "process, sleep", "net/socket.c:1572", "the switch entry itself has no owner; the lookup is RCU and unregister waits")
ROW("inet_register_protosw", counted, "C2", "proto_ops.owner and proto.owner", "inet_unregister_protosw", "process, sleep", "net/socket.c:1572", "the switch entry itself has no owner; the lookup is RCU and unregister waits")
ROW("__sock_create", none, "", "", "sock_release kernel_sock_shutdown udp_tunnel_sock_release fput sk_free", "process", "net/socket.c:667", "hands over nothing by itself; callbacks stored into the sock by inline code are invisible to imports")
ROW("brioctl_set", drained, "U2", "", "brioctl_set", "process, sleep", "net/socket.c:1166", "cleared by passing NULL under the mutex that callers hold")
ROW("vlan_ioctl_set", drained, "U2", "", "vlan_ioctl_set", "process, sleep", "net/socket.c:1166", "cleared by passing NULL under the mutex that callers hold")

@ Rows of \.{net/strparser}.

@<Rows of the table@>=
ROW("strp_init", drained, "U2", "", "strp_done", "softirq and process (work)", "net/strparser/strparser.c:532", "stops both works, callbacks on the socket must be restored first")

@ Rows of \.{net/sunrpc}.

@<Rows of the table@>=
ROW("rpc_create", drained, "U2", "", "rpc_shutdown_client rpc_release_client rpc_clone_client", "process, sleep", "net/sunrpc/clnt.c:964", "kills and waits for the tasks of the client; encode and decode functions of the program belong to the module")
ROW("rpc_mkpipe_data", drained, "U2", "", "rpc_unlink", "process, sleep", "net/sunrpc/rpc_pipe.c:190", "unlinking detaches the pipe under the inode lock and stops its timer")
ROW("cache_register_net", drained, "U2", "cache_detail.owner (open files)", "cache_unregister_net", "process, sleep", "net/sunrpc/cache.c:1742", "proc entries are drained and the cleaner work is stopped; RCU frees of entries still need rcu_barrier")
ROW("rpc_pipefs_notifier_register", drained, "U2", "", "rpc_pipefs_notifier_unregister", "process, sleep", "net/sunrpc/rpc_pipe.c:60", "blocking chain")
ROW("svc_create", deferred, "D5", "", "svc_destroy svc_set_num_threads", "process (kthread)", "net/sunrpc/svc.c:917", "the thread function is the module's; stopping waits for a bit that the thread sets before it returns, not for the end of the thread")
ROW("gss_mech_register", counted, "C2", "gss_api_mech.gm_owner", "gss_mech_unregister", "process, sleep", "net/sunrpc/auth_gss/gss_mech_switch.c:139", "reference per context")
ROW("rpcauth_register", counted, "C2", "rpc_authops.owner", "rpcauth_unregister", "process, sleep", "net/sunrpc/auth.c:154", "no wait in the unregister call")
ROW("svc_auth_register", counted, "C2", "auth_ops.owner", "svc_auth_unregister", "process, sleep", "net/sunrpc/svcauth.c:52", "no wait in the unregister call")
ROW("svc_create_pooled", deferred, "D5", "", "svc_destroy svc_set_num_threads", "process (kthread)", "net/sunrpc/svc.c:917", "the thread function is the module's; stopping waits for a bit that the thread sets before it returns, not for the end of the thread")
ROW("xprt_register_transport", counted, "C2", "xprt_class.owner", "xprt_unregister_transport", "process, sleep", "net/sunrpc/xprt.c:172", "reference around setup")

@ Rows of \.{net/switchdev}.

@<Rows of the table@>=
ROW("register_switchdev_notifier", drained, "U2", "", "unregister_switchdev_notifier", "any, nosleep", "net/switchdev/switchdev.c:497", "atomic chain")
ROW("register_switchdev_blocking_notifier", drained, "U2", "", "unregister_switchdev_blocking_notifier", "process, sleep (rtnl)", "net/switchdev/switchdev.c:537", "raw chain, but calls and removal hold rtnl")

@ Rows of \.{net/vmw\_vsock}.

@<Rows of the table@>=
ROW("vsock_core_register", counted, "C2", "vsock_transport.module", "vsock_core_unregister", "process and softirq", "net/vmw_vsock/af_vsock.c:530", "one reference per socket")

@ Rows of \.{net/wireless}.

@<Rows of the table@>=
ROW("wiphy_register", drained, "U2", "", "wiphy_unregister", "process, sleep", "net/wireless/core.c:1150", "waits for the open count")

@ Rows of \.{net/xfrm}.

@<Rows of the table@>=
ROW("xfrm_register_type", counted, "C2", "xfrm_type.owner", "xfrm_unregister_type", "process and softirq", "net/xfrm/xfrm_state.c:363", "one reference per state")
ROW("xfrm_input_register_afinfo", drained, "U2", "", "xfrm_input_unregister_afinfo", "softirq, nosleep", "net/xfrm/xfrm_input.c:84", "waits")
ROW("xfrm_register_km", drained, "U2", "", "xfrm_unregister_km", "process, nosleep (RCU)", "net/xfrm/xfrm_state.c:2953", "waits")
ROW("xfrm_register_type_offload", counted, "C2", "xfrm_type_offload.owner", "xfrm_unregister_type_offload", "softirq, nosleep", "net/xfrm/xfrm_state.c:447", "one reference per state")
ROW("xfrm_if_register_cb", drained, "U2", "", "xfrm_if_unregister_cb", "softirq, nosleep", "net/xfrm/xfrm_policy.c:4167", "waits")

