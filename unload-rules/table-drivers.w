@q SPDX-License-Identifier: GPL-2.0-only @>

@ Rows of \.{arch}.

@<Rows of the table@>=
ROW("kvm_x86_vendor_init", drained, "U2", "", "kvm_x86_vendor_exit", "process and any", "arch/x86/kvm/x86.c:9445", "vendor operations run for VMs, whose files are counted, and from notifiers that the exit call removes")
ROW("mce_register_decode_chain", drained, "U2", "", "mce_unregister_decode_chain", "process", "arch/x86/kernel/cpu/mce/core.c:170", "blocking chain")
ROW("__register_nmi_handler", drained, "U2", "", "unregister_nmi_handler", "nmi, nosleep", "arch/x86/kernel/nmi.c:238", "ends with a grace period")
ROW("cpu_emergency_register_virt_callback", drained, "U2", "", "cpu_emergency_unregister_virt_callback", "any, nosleep", "arch/x86/kernel/reboot.c:552", "ends with a grace period")
ROW("kvm_set_posted_intr_wakeup_handler", drained, "U2", "", "kvm_set_posted_intr_wakeup_handler", "hardirq, nosleep", "arch/x86/kernel/irq.c:356", "cleared by passing NULL, which waits")

@ Rows of \.{crypto}.

@<Rows of the table@>=
ROW("crypto_register_shash", counted, "C2", "shash_alg.base.cra_module", "crypto_unregister_shash crypto_unregister_shashes", "any", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_alg", counted, "C2", "crypto_alg.cra_module", "crypto_unregister_alg crypto_unregister_algs", "process and softirq", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_template", counted, "C2", "crypto_template.module", "crypto_unregister_template crypto_unregister_templates", "process, sleep", "crypto/internal.h:177", "instances inherit the template's module")
ROW("aead_register_instance", counted, "C2", "crypto_instance.tmpl->module", "crypto_unregister_template crypto_unregister_templates", "any", "crypto/algapi.c:623", "freed with the template")
ROW("simd_register_skciphers_compat", counted, "C2", "base.cra_module", "simd_unregister_skciphers", "any", "crypto/api.c:46", "wraps the plain registration")
ROW("skcipher_register_instance", counted, "C2", "crypto_instance.tmpl->module", "crypto_unregister_template crypto_unregister_templates", "any", "crypto/algapi.c:623", "freed with the template")
ROW("crypto_register_skciphers", counted, "C2", "skcipher_alg.base.cra_module", "crypto_unregister_skciphers", "any", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_shashes", counted, "C2", "shash_alg.base.cra_module", "crypto_unregister_shash crypto_unregister_shashes", "any", "crypto/api.c:46", "one reference per transform")
ROW("af_alg_register_type", counted, "C2", "af_alg_type.owner", "af_alg_unregister_type", "process, sleep", "crypto/af_alg.c:53", "one reference per socket")
ROW("crypto_register_scomp", counted, "C2", "base.cra_module", "crypto_unregister_scomp", "process", "crypto/api.c:46", "one reference per transform")
ROW("shash_register_instance", counted, "C2", "crypto_instance.tmpl->module", "crypto_unregister_template crypto_unregister_templates", "any", "crypto/algapi.c:623", "freed with the template")
ROW("crypto_register_kpp", counted, "C2", "base.cra_module", "crypto_unregister_kpp", "process", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_templates", counted, "C2", "crypto_template.module", "crypto_unregister_template crypto_unregister_templates", "process, sleep", "crypto/internal.h:177", "instances inherit the template's module")
ROW("crypto_register_skcipher", counted, "C2", "skcipher_alg.base.cra_module", "crypto_unregister_skcipher", "any", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_aead", counted, "C2", "aead_alg.base.cra_module", "crypto_unregister_aead", "any", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_algs", counted, "C2", "crypto_alg.cra_module", "crypto_unregister_alg crypto_unregister_algs", "process and softirq", "crypto/api.c:46", "one reference per transform")
ROW("simd_register_aeads_compat", counted, "C2", "base.cra_module", "simd_unregister_aeads", "any", "crypto/api.c:46", "wraps the plain registration")
ROW("crypto_register_ahash", counted, "C2", "ahash_alg.halg.base.cra_module", "crypto_unregister_ahash crypto_unregister_ahashes", "any", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_akcipher", counted, "C2", "base.cra_module", "crypto_unregister_akcipher", "process", "crypto/api.c:46", "one reference per transform")
ROW("crypto_register_aeads", counted, "C2", "aead_alg.base.cra_module", "crypto_unregister_aeads", "any", "crypto/api.c:46", "one reference per transform")
ROW("ahash_register_instance", counted, "C2", "crypto_instance.tmpl->module", "crypto_unregister_template crypto_unregister_templates", "any", "crypto/algapi.c:623", "freed with the template")
ROW("crypto_register_rngs", counted, "C2", "base.cra_module", "crypto_unregister_rngs", "process", "crypto/api.c:46", "one reference per transform")
ROW("register_asymmetric_key_parser", drained, "U2", "", "unregister_asymmetric_key_parser", "process", "crypto/asymmetric_keys/asymmetric_type.c:669", "parsers run with the rwsem held for read")

@ Rows of \.{drivers/acpi}.

@<Rows of the table@>=
ROW("__acpi_bus_register_driver", drained, "U2", "acpi_driver.drv.owner (sysfs link)", "acpi_bus_unregister_driver", "process, sleep", "drivers/acpi/bus.c:1133", "as driver_register")
ROW("acpi_install_notify_handler", drained, "U2", "", "acpi_remove_notify_handler acpi_dev_remove_notify_handler", "process, sleep", "drivers/acpi/acpica/evxface.c:259", "waits for queued notifications")
ROW("acpi_os_execute", deferred, "D5", "", "acpi_os_wait_events_complete", "process, sleep", "drivers/acpi/osl.c:1140", "flushes the ACPI queues")
ROW("platform_profile_register", drained, "U2", "", "platform_profile_remove", "process, sleep", "drivers/acpi/platform_profile.c:212", "under the profile lock")
ROW("acpi_install_address_space_handler", bare, "U3", "", "acpi_remove_address_space_handler", "process, sleep", "drivers/acpi/acpica/evxfregn.c:235", "unlinked under the namespace mutex, but the handler is called without it, so a running access is not waited for")
ROW("acpi_ec_add_query_handler", drained, "U2", "", "acpi_ec_remove_query_handler", "process, sleep", "drivers/acpi/ec.c:1145", "flushes the query work")
ROW("acpi_install_fixed_event_handler", bare, "U3", "", "acpi_remove_fixed_event_handler", "hardirq, nosleep", "drivers/acpi/acpica/evxface.c:665", "the event is disabled and the handler cleared under a mutex that the interrupt path does not take")
ROW("devm_acpi_install_notify_handler", drained, "U2", "", "", "process, sleep", "drivers/acpi/bus.c:621", "undone at unbind")
ROW("battery_hook_register", drained, "U2", "", "battery_hook_unregister", "process, sleep", "drivers/acpi/battery.c:748", "under the hook mutex")
ROW("register_acpi_notifier", drained, "U2", "", "unregister_acpi_notifier", "process", "drivers/acpi/event.c:48", "blocking chain")
ROW("acpi_dev_install_notify_handler", drained, "U2", "", "acpi_dev_remove_notify_handler", "process, sleep", "drivers/acpi/bus.c:621", "waits")

@ Rows of \.{drivers/ata}.

@<Rows of the table@>=
ROW("ata_host_activate", drained, "U2", "", "ata_host_detach pci_unregister_driver platform_driver_unregister pcmcia_unregister_driver isa_unregister_driver ata_platform_remove_one ata_pci_remove_one", "process and hardirq", "drivers/ata/libata-core.c:6271", "detach waits for error handling")
ROW("ata_pci_sff_activate_host", drained, "U2", "", "ata_host_detach pci_unregister_driver platform_driver_unregister pcmcia_unregister_driver isa_unregister_driver ata_platform_remove_one ata_pci_remove_one", "process and hardirq", "drivers/ata/libata-core.c:6271", "detach waits for error handling")
ROW("ata_host_register", drained, "U2", "", "ata_host_detach pci_unregister_driver platform_driver_unregister pcmcia_unregister_driver isa_unregister_driver ata_platform_remove_one ata_pci_remove_one", "process and hardirq", "drivers/ata/libata-core.c:6271", "detach waits for error handling")

@ Rows of \.{drivers/base}.

@<Rows of the table@>=
ROW("class_register", released, "R1", "", "class_unregister class_destroy", "process, sleep", "drivers/base/class.c:243", "class dev_release can run when a late reference to a device is dropped")
ROW("__platform_driver_register", drained, "U2", "platform_driver.driver.owner (sysfs link)", "platform_driver_unregister", "process, sleep", "drivers/base/platform.c:876", "as driver_register")
ROW("device_initialize", released, "R1", "", "put_device device_unregister", "process, sleep", "drivers/base/core.c:2627", "memory and release live until the last put")
ROW("device_add", released, "R1", "", "device_unregister device_del", "process, sleep", "drivers/base/core.c:2627", "the release function of the device may be in the module")
ROW("bus_register", drained, "U2", "", "bus_unregister", "process, sleep", "drivers/base/bus.c:1018", "the bus callbacks run only for its devices and drivers, which must be gone first")
ROW("device_create", drained, "U2", "", "device_destroy device_unregister", "process, sleep", "drivers/base/core.c:4468", "release is in the core; attribute callbacks are drained by kernfs")
ROW("__devm_add_action", drained, "U2", "", "", "process, sleep", "drivers/base/devres.c:729", "runs at unbind, or at the last put if no driver is bound")
ROW("driver_register", drained, "U2", "device_driver.owner (sysfs link only)", "driver_unregister", "process, sleep (device lock)", "drivers/base/dd.c:1453", "unregister unbinds every device under its lock; the owner field is not a reference taken around probe or remove")
ROW("device_register", released, "R1", "", "device_unregister put_device", "process, sleep", "drivers/base/core.c:2627", "release() runs at the last put, possibly long after unregister")
ROW("platform_device_register_full", none, "", "", "platform_device_unregister platform_device_del platform_device_put", "process", "drivers/base/platform.c:562", "platform_device_register with a static device may carry its own release")
ROW("attribute_container_register", drained, "U2", "", "attribute_container_unregister", "process, sleep", "drivers/base/attribute_container.c:97", "refuses while containers are in use")
ROW("transport_class_register", drained, "U2", "", "transport_class_unregister", "process, sleep", "drivers/base/transport_class.c:67", "attribute containers use a mutex")
ROW("__devres_alloc_node", drained, "U2", "", "", "process, sleep", "drivers/base/devres.c:505", "runs at unbind")
ROW("devres_add", drained, "U2", "", "", "process, sleep", "drivers/base/devres.c:505", "runs at unbind")
ROW("__platform_driver_probe", drained, "U2", "platform_driver.driver.owner (sysfs link)", "platform_driver_unregister", "process, sleep", "drivers/base/platform.c:876", "as driver_register")
ROW("platform_device_add", none, "", "", "platform_device_unregister platform_device_del platform_device_put", "process", "drivers/base/platform.c:562", "platform_device_register with a static device may carry its own release")
ROW("__auxiliary_driver_register", drained, "U2", "", "auxiliary_driver_unregister", "process, sleep", "drivers/base/auxiliary.c:412", "as driver_register")
ROW("__scsi_register_driver", drained, "U2", "", "driver_unregister", "process, sleep", "drivers/base/driver.c:274", "as driver_register")
ROW("__auxiliary_device_add", released, "R1", "", "device_del device_unregister put_device", "process, sleep", "drivers/base/core.c:2627", "the release function of the auxiliary device belongs to its creator")
ROW("auxiliary_device_init", released, "R1", "", "device_del device_unregister put_device", "process, sleep", "drivers/base/core.c:2627", "the release function of the auxiliary device belongs to its creator")
ROW("class_create", none, "", "", "class_destroy class_unregister", "process", "drivers/base/class.c:251", "release is in the core")
ROW("__root_device_register", none, "", "", "root_device_unregister", "process", "drivers/base/core.c:4381", "release is in the core")
ROW("register_memory_notifier", drained, "U2", "", "unregister_memory_notifier", "process, sleep", "drivers/base/memory.c:101", "blocking chain")
ROW("bus_register_notifier", drained, "U2", "", "bus_unregister_notifier", "process, sleep", "drivers/base/bus.c:1046", "blocking chain")
ROW("device_create_with_groups", drained, "U2", "", "device_destroy device_unregister", "process, sleep", "drivers/base/core.c:4468", "release is in the core; attribute callbacks are drained by kernfs")
ROW("register_syscore", bare, "U3", "", "unregister_syscore", "process, irqs off", "drivers/base/syscore.c:35", "drained by the mutex for shutdown, but suspend and resume walk the list without it, relying on frozen tasks")
ROW("__serdev_device_driver_register", drained, "U2", "", "driver_unregister", "process, sleep", "drivers/base/driver.c:274", "its unregister form is an inline")
ROW("software_node_register_node_group", none, "", "", "software_node_unregister_node_group software_node_unregister fwnode_remove_software_node", "", "drivers/base/swnode.c:879", "data only, but it points into the module")
ROW("class_interface_register", drained, "U2", "", "class_interface_unregister", "process, sleep", "drivers/base/class.c:530", "runs under the class mutex")
ROW("scsi_register_interface", drained, "U2", "", "class_interface_unregister", "process, sleep", "drivers/base/class.c:530", "wrapper of class_interface_register")
ROW("isa_register_driver", drained, "U2", "", "isa_unregister_driver", "process, sleep", "drivers/base/isa.c:100", "as driver_register")
ROW("anon_transport_class_register", drained, "U2", "", "anon_transport_class_unregister", "process, sleep", "drivers/base/transport_class.c:67", "attribute containers use a mutex")
ROW("request_firmware_nowait", counted, "C2", "module argument", "", "process, sleep", "drivers/base/firmware_loader/main.c:1239", "reference until the callback returned; the last put happens in the core after it")
ROW("component_add", drained, "U2", "", "component_del component_master_del", "process, sleep", "drivers/base/component.c:806", "callbacks run under the component mutex")
ROW("platform_device_register", none, "", "", "platform_device_unregister platform_device_del platform_device_put", "process", "drivers/base/platform.c:562", "platform_device_register with a static device may carry its own release")
ROW("__platform_create_bundle", drained, "U2", "", "platform_driver_unregister", "process, sleep", "drivers/base/platform.c:876", "also needs the device unregistered")
ROW("component_master_add_with_match", drained, "U2", "", "component_del component_master_del", "process, sleep", "drivers/base/component.c:806", "callbacks run under the component mutex")
ROW("software_node_register", none, "", "", "software_node_unregister_node_group software_node_unregister fwnode_remove_software_node", "", "drivers/base/swnode.c:879", "data only, but it points into the module")
ROW("dev_coredumpm_timeout", counted, "C2", "owner argument", "", "process", "drivers/base/devcoredump.c:383", "reference until the dump is freed")
ROW("__platform_register_drivers", drained, "U2", "", "platform_unregister_drivers", "process, sleep", "drivers/base/platform.c:1068", "as driver_register")

@ Rows of \.{drivers/bus}.

@<Rows of the table@>=
ROW("__mhi_driver_register", drained, "U2", "", "mhi_driver_unregister", "process, sleep", "drivers/bus/mhi/host/init.c:1434", "as driver_register")
ROW("mhi_register_controller", drained, "U2", "", "mhi_unregister_controller", "process and hardirq", "drivers/bus/mhi/host/init.c:1080", "frees interrupts and workqueue")

@ Rows of \.{drivers/cdrom}.

@<Rows of the table@>=
ROW("register_cdrom", none, "", "", "unregister_cdrom", "process", "drivers/cdrom/cdrom.c:660", "callbacks run below the caller's own block device")

@ Rows of \.{drivers/char}.

@<Rows of the table@>=
ROW("misc_register", counted, "C2", "miscdevice.fops.owner", "misc_deregister", "process, sleep", "drivers/char/misc.c:131", "reference per open file")
ROW("tpm_chip_register", drained, "U2", "", "tpm_chip_unregister", "process, sleep", "drivers/char/tpm/tpm-chip.c:465", "ops are cleared under the ops semaphore")
ROW("hwrng_register", drained, "U2", "", "hwrng_unregister", "process, sleep (kthread)", "drivers/char/hw_random/core.c:636", "waits for the last user")
ROW("register_random_vmfork_notifier", drained, "U2", "", "unregister_random_vmfork_notifier", "process, sleep", "drivers/char/random.c:1002", "blocking chain")

@ Rows of \.{drivers/comedi}.

@<Rows of the table@>=
ROW("comedi_alloc_subdevices", counted, "C2", "comedi_driver.module", "", "process, sleep", "drivers/comedi/comedi_fops.c:2823", "subdevice callbacks are reached only through an open or attached device")
ROW("comedi_pci_driver_register", drained, "U2", "comedi_driver.module", "comedi_pci_driver_unregister", "process, sleep", "drivers/comedi/comedi_fops.c:2823", "comedi part counted, PCI part drained")
ROW("comedi_timeout", none, "", "", "", "process", "drivers/comedi/drivers.c:295", "synchronous polling")
ROW("comedi_driver_register", counted, "C2", "comedi_driver.module", "comedi_driver_unregister", "process, sleep", "drivers/comedi/drivers.c:972", "reference per attached or open device")
ROW("comedi_pcmcia_driver_register", drained, "U2", "comedi_driver.module", "comedi_pcmcia_driver_unregister", "process, sleep", "drivers/comedi/comedi_fops.c:2823", "as above")
ROW("comedi_usb_driver_register", drained, "U2", "comedi_driver.module", "comedi_usb_driver_unregister", "process, sleep", "drivers/comedi/comedi_fops.c:2823", "as above")

@ Rows of \.{drivers/connector}.

@<Rows of the table@>=
ROW("cn_add_callback", bare, "U3", "", "cn_del_callback", "process (netlink sender), sleep", "drivers/connector/connector.c:159", "removal only drops a refcount on the entry; a sender may still be inside the callback")

@ Rows of \.{drivers/cpufreq}.

@<Rows of the table@>=
ROW("cpufreq_register_driver", drained, "U2", "", "cpufreq_unregister_driver", "process, sleep", "drivers/cpufreq/cpufreq.c:3049", "removes every policy")
ROW("cpufreq_register_governor", counted, "C2", "cpufreq_governor.owner", "cpufreq_unregister_governor", "process and scheduler", "drivers/cpufreq/cpufreq.c:2428", "one reference per policy")
ROW("cpufreq_register_notifier", drained, "U2", "", "cpufreq_unregister_notifier", "process, sleep", "drivers/cpufreq/cpufreq.c:2137", "srcu or blocking chain")

@ Rows of \.{drivers/cxl}.

@<Rows of the table@>=
ROW("__cxl_driver_register", drained, "U2", "", "cxl_driver_unregister", "process, sleep", "drivers/cxl/core/port.c:2062", "as driver_register")

@ Rows of \.{drivers/dax}.

@<Rows of the table@>=
ROW("__dax_driver_register", drained, "U2", "", "dax_driver_unregister", "process, sleep", "drivers/dax/bus.c:1581", "as driver_register")
ROW("alloc_dax", drained, "U2", "", "kill_dax put_dax", "process", "drivers/dax/super.c:347", "waits for SRCU readers")

@ Rows of \.{drivers/dca}.

@<Rows of the table@>=
ROW("dca_register_notify", drained, "U2", "", "dca_unregister_notify", "process", "drivers/dca/dca-core.c:439", "blocking chain")

@ Rows of \.{drivers/dma}.

@<Rows of the table@>=
ROW("dma_async_device_register", counted, "C2", "dma_device.owner", "dma_async_device_unregister", "any, nosleep", "drivers/dma/dmaengine.c:459", "one reference per client channel")

@ Rows of \.{drivers/dma-buf}.

@<Rows of the table@>=
ROW("dma_fence_init", released, "R1", "", "", "any, nosleep", "drivers/dma-buf/dma-fence.c:559", "fence ops are called as long as anyone holds the fence; nothing pins the module")
ROW("dma_fence_add_callback", deferred, "D5", "", "dma_fence_remove_callback dma_fence_wait_timeout", "any, nosleep", "drivers/dma-buf/dma-fence.c:722", "callbacks run under the fence lock")
ROW("dma_buf_export", counted, "C2", "dma_buf_export_info.owner", "", "process, sleep", "drivers/dma-buf/dma-buf.c:645", "reference until the buffer is released")

@ Rows of \.{drivers/edac}.

@<Rows of the table@>=
ROW("edac_mc_add_mc_with_groups", drained, "U2", "", "edac_mc_del_mc", "process (work)", "drivers/edac/edac_mc.c:691", "stops the polling work")

@ Rows of \.{drivers/firmware}.

@<Rows of the table@>=
ROW("__coreboot_driver_register", drained, "U2", "", "coreboot_driver_unregister", "process, sleep", "drivers/firmware/google/coreboot_table.c:100", "as driver_register")
ROW("efivars_register", drained, "U2", "", "efivars_unregister", "process, sleep", "drivers/firmware/efi/vars.c:108", "under a semaphore which efivar users hold")

@ Rows of \.{drivers/gpio}.

@<Rows of the table@>=
ROW("devm_gpiochip_add_data_with_key", drained, "U2", "gpio_device.owner (requested lines)", "", "any", "drivers/gpio/gpiolib.c:1178", "undone at unbind")
ROW("gpiochip_add_data_with_key", drained, "U2", "gpio_device.owner (requested lines)", "gpiochip_remove", "any", "drivers/gpio/gpiolib.c:1178", "SRCU grace periods, then the chip pointer is gone")

@ Rows of \.{drivers/gpu}.

@<Rows of the table@>=
ROW("drm_dev_register", counted, "C2", "drm_driver.fops.owner", "drm_dev_unregister drm_dev_unplug drm_put_dev", "process, sleep", "drivers/gpu/drm/drm_drv.c:1057", "reference per open file")

@ Rows of \.{drivers/hid}.

@<Rows of the table@>=
ROW("__hid_register_driver", drained, "U2", "hid_driver.driver.owner (sysfs link)", "hid_unregister_driver", "process, sleep and softirq or hardirq (raw_event)", "drivers/hid/hid-core.c:3094", "as driver_register")
ROW("hid_hw_start", drained, "U2", "", "hid_unregister_driver", "softirq or hardirq and process", "drivers/hid/hid-core.c:3094", "stopped by the driver's unbind")
ROW("hid_add_device", drained, "U2", "", "hid_destroy_device", "process, sleep; raw events softirq", "drivers/hid/hid-core.c:3033", "removal unbinds the HID driver; the low level driver must have stopped its own input before")
ROW("hid_allocate_device", drained, "U2", "", "hid_destroy_device", "process, sleep; raw events softirq", "drivers/hid/hid-core.c:3033", "removal unbinds the HID driver; the low level driver must have stopped its own input before")
ROW("sensor_hub_register_callback", bare, "U3", "", "sensor_hub_remove_callback", "hardirq or softirq, nosleep", "drivers/hid/hid-sensor-hub.c:603", "removal takes another lock than the one held during the call, so it does not wait")

@ Rows of \.{drivers/hv}.

@<Rows of the table@>=
ROW("__vmbus_driver_register", drained, "U2", "", "vmbus_driver_unregister", "process, sleep; channel callback tasklet", "drivers/hv/vmbus_drv.c:1522", "as driver_register")
ROW("vmbus_open", drained, "U2", "", "vmbus_close vmbus_disconnect_ring", "softirq (tasklet) or hardirq, nosleep", "drivers/hv/channel.c:893", "the callback pointer is cleared with the tasklet disabled and the channel lock held")
ROW("vmbus_set_sc_create_callback", drained, "U2", "", "vmbus_close vmbus_driver_unregister", "process (work)", "drivers/hv/channel.c:900", "cleared when the channel closes")
ROW("vmbus_set_chn_rescind_callback", drained, "U2", "", "vmbus_close vmbus_driver_unregister", "process (work)", "drivers/hv/channel.c:900", "cleared when the channel closes")
ROW("hv_setup_crash_handler", bare, "U3", "", "hv_remove_crash_handler", "hardirq, nosleep", "drivers/hv/hv_common.c:620", "plain pointer store, no wait")
ROW("hv_setup_kexec_handler", bare, "U3", "", "hv_remove_kexec_handler", "hardirq, nosleep", "drivers/hv/hv_common.c:620", "plain pointer store, no wait")
ROW("hv_setup_vmbus_handler", bare, "U3", "", "hv_remove_vmbus_handler", "hardirq, nosleep", "drivers/hv/hv_common.c:620", "plain pointer store, no wait")
ROW("vmbus_connect_ring", drained, "U2", "", "vmbus_close vmbus_disconnect_ring", "softirq (tasklet) or hardirq, nosleep", "drivers/hv/channel.c:893", "the callback pointer is cleared with the tasklet disabled and the channel lock held")

@ Rows of \.{drivers/hwmon}.

@<Rows of the table@>=
ROW("devm_hwmon_device_register_with_groups", drained, "U2", "", "", "process, sleep", "drivers/hwmon/hwmon.c:1114", "undone at unbind")
ROW("devm_hwmon_device_register_with_info", drained, "U2", "", "", "process, sleep", "drivers/hwmon/hwmon.c:1114", "undone at unbind")
ROW("hwmon_device_register", drained, "U2", "", "hwmon_device_unregister", "process, sleep", "drivers/hwmon/hwmon.c:1102", "sysfs drain")
ROW("hwmon_device_register_with_info", drained, "U2", "", "hwmon_device_unregister", "process, sleep", "drivers/hwmon/hwmon.c:1102", "sysfs drain")
ROW("hwmon_device_register_with_groups", drained, "U2", "", "hwmon_device_unregister", "process, sleep", "drivers/hwmon/hwmon.c:1102", "sysfs drain")

@ Rows of \.{drivers/hwtracing}.

@<Rows of the table@>=
ROW("stm_source_register_device", drained, "U2", "", "stm_source_unregister_device", "any, nosleep", "drivers/hwtracing/stm/core.c:1277", "drops the link")
ROW("stm_register_protocol", counted, "C2", "stm_protocol_driver.owner", "stm_unregister_protocol", "any, nosleep", "drivers/hwtracing/stm/core.c:458", "one reference per policy")
ROW("stm_register_device", counted, "C2", "owner argument", "stm_unregister_device", "any, nosleep", "drivers/hwtracing/stm/core.c:117", "one reference per link or file")

@ Rows of \.{drivers/i2c}.

@<Rows of the table@>=
ROW("i2c_register_driver", drained, "U2", "i2c_driver.driver.owner (sysfs link)", "i2c_del_driver", "process, sleep", "drivers/i2c/i2c-core-base.c:2070", "as driver_register")
ROW("i2c_add_adapter", drained, "U2", "i2c_adapter.owner", "i2c_del_adapter", "process, may sleep", "drivers/i2c/i2c-core-base.c:2631", "device nodes take a reference, deletion also waits for the device release")
ROW("i2c_bit_add_bus", drained, "U2", "i2c_adapter.owner", "i2c_del_adapter", "process", "drivers/i2c/i2c-core-base.c:1836", "wrapper of i2c_add_adapter")
ROW("i2c_add_numbered_adapter", drained, "U2", "i2c_adapter.owner", "i2c_del_adapter", "process, may sleep", "drivers/i2c/i2c-core-base.c:2631", "device nodes take a reference, deletion also waits for the device release")
ROW("devm_i2c_add_adapter", drained, "U2", "i2c_adapter.owner", "", "process", "drivers/i2c/i2c-core-base.c:1851", "undone at unbind")

@ Rows of \.{drivers/iio}.

@<Rows of the table@>=
ROW("__devm_iio_device_register", drained, "U2", "this_mod argument (cdev.owner)", "", "process, sleep", "drivers/iio/industrialio-core.c:2134", "undone at unbind")
ROW("__iio_device_register", drained, "U2", "this_mod argument (cdev.owner)", "iio_device_unregister", "process, sleep", "drivers/iio/industrialio-core.c:2083", "files pin the owner, sysfs is drained, info is cleared under its lock")
ROW("devm_iio_triggered_buffer_setup_ext", drained, "U2", "", "", "hardirq and thread", "drivers/iio/buffer/industrialio-triggered-buffer.c:107", "undone at unbind")
ROW("iio_triggered_buffer_setup_ext", drained, "U2", "", "iio_triggered_buffer_cleanup", "hardirq and thread", "drivers/iio/buffer/industrialio-triggered-buffer.c:107", "interrupts end when the buffer is disabled")
ROW("devm_iio_trigger_register", drained, "U2", "", "", "hardirq and thread", "drivers/iio/buffer/industrialio-triggered-buffer.c:107", "undone at unbind")

@ Rows of \.{drivers/infiniband}.

@<Rows of the table@>=
ROW("ib_register_client", drained, "U2", "", "ib_unregister_client", "process, sleep", "drivers/infiniband/core/device.c:1908", "waits until all removals ended")
ROW("__rdma_create_kernel_id", drained, "U2", "", "rdma_destroy_id rdma_destroy_qp", "process (work)", "drivers/infiniband/core/cma.c:2074", "waits for running handlers")
ROW("__ib_create_cq", drained, "U2", "", "ib_destroy_cq_user ib_free_cq ib_cq_pool_put", "softirq or process", "drivers/infiniband/core/cq.c:341", "stops polling")
ROW("ib_register_device", drained, "U2", "ib_device_ops.owner (uverbs opens)", "ib_unregister_device ib_unregister_driver ib_unregister_device_queued", "process and any", "drivers/infiniband/core/device.c:1576", "disassociates users, waits for the device references")
ROW("ib_register_mad_agent", drained, "U2", "", "ib_unregister_mad_agent", "process (work)", "drivers/infiniband/core/mad.c:508", "waits")
ROW("ib_register_event_handler", drained, "U2", "", "ib_unregister_event_handler", "process (work)", "drivers/infiniband/core/device.c:2063", "callers hold the rwsem for read")
ROW("ib_sa_register_client", drained, "U2", "", "ib_sa_unregister_client", "process", "drivers/infiniband/core/sa_query.c:1139", "waits for its queries")
ROW("__ib_alloc_cq", drained, "U2", "", "ib_destroy_cq_user ib_free_cq ib_cq_pool_put", "softirq or process", "drivers/infiniband/core/cq.c:341", "stops polling")
ROW("ib_create_cm_id", drained, "U2", "", "ib_destroy_cm_id", "process (work)", "drivers/infiniband/core/cm.c:1154", "waits for the handler")
ROW("__ib_alloc_cq_any", drained, "U2", "", "ib_destroy_cq_user ib_free_cq ib_cq_pool_put", "softirq or process", "drivers/infiniband/core/cq.c:341", "stops polling")
ROW("ib_cm_insert_listen", drained, "U2", "", "ib_destroy_cm_id", "process (work)", "drivers/infiniband/core/cm.c:1154", "waits for the handler")
ROW("iw_create_cm_id", drained, "U2", "", "iw_destroy_cm_id", "process (work)", "drivers/infiniband/core/iwcm.c:450", "waits")
ROW("rdma_create_user_id", drained, "U2", "", "rdma_destroy_id", "process (work)", "drivers/infiniband/core/cma.c:2074", "waits")
ROW("rdma_nl_register", drained, "U2", "", "rdma_nl_unregister", "process, sleep", "drivers/infiniband/core/netlink.c:125", "callers hold the rwsem for read")

@ Rows of \.{drivers/input}.

@<Rows of the table@>=
ROW("input_register_device", drained, "U2", "", "input_unregister_device input_free_device hid_unregister_driver pci_unregister_driver usb_deregister i2c_del_driver platform_driver_unregister driver_unregister serio_unregister_driver acpi_bus_unregister_driver gameport_unregister_driver wmi_driver_unregister snd_card_free", "process, sleep; events any", "drivers/input/input.c:2270", "devices allocated with the devm form are undone at unbind")
ROW("input_ff_create_memless", drained, "U2", "", "", "softirq, nosleep", "drivers/input/ff-memless.c:496", "stopped when the input device is freed")
ROW("__serio_register_port", drained, "U2", "owner argument", "serio_unregister_port serio_unregister_child_port", "process (work)", "drivers/input/serio/serio.c:268", "the queued event holds the owner until the port exists")
ROW("input_register_handle", drained, "U2", "", "input_unregister_handle", "any, nosleep", "drivers/input/input.c:2773", "waits")
ROW("input_register_handler", drained, "U2", "", "input_unregister_handler", "process, sleep; events any", "drivers/input/input.c:2583", "disconnects every handle, which waits")
ROW("__serio_register_driver", drained, "U2", "serio_driver.driver.owner (sysfs link)", "serio_unregister_driver", "process, sleep; interrupt method hardirq", "drivers/input/serio/serio.c:868", "as driver_register")
ROW("__gameport_register_port", drained, "U2", "owner argument", "gameport_unregister_port", "process (work)", "drivers/input/gameport/gameport.c:382", "as serio")
ROW("__gameport_register_driver", drained, "U2", "", "gameport_unregister_driver", "process, sleep", "drivers/input/gameport/gameport.c:803", "as driver_register")
ROW("input_setup_polling", drained, "U2", "", "", "process (work)", "drivers/input/input-poller.c:65", "stopped at close")

@ Rows of \.{drivers/iommu}.

@<Rows of the table@>=
ROW("iommu_device_register", counted, "C2", "iommu_ops.owner", "iommu_device_unregister", "process", "drivers/iommu/iommu.c:411", "one reference per device")

@ Rows of \.{drivers/isdn}.

@<Rows of the table@>=
ROW("mISDN_register_device", drained, "U2", "", "mISDN_unregister_device", "process", "drivers/isdn/mISDN/core.c:260", "device model")

@ Rows of \.{drivers/leds}.

@<Rows of the table@>=
ROW("led_trigger_register", drained, "U2", "", "led_trigger_unregister", "process, sleep", "drivers/leds/led-triggers.c:358", "detaches every user under locks")
ROW("led_classdev_register_ext", drained, "U2", "", "led_classdev_unregister", "process and any (brightness_set)", "drivers/leds/led-class.c:601", "stops blinking and flushes the work")
ROW("devm_led_classdev_register_ext", drained, "U2", "", "", "process and any", "drivers/leds/led-class.c:618", "the devm forms are undone at unbind")
ROW("led_trigger_register_simple", drained, "U2", "", "led_trigger_unregister_simple", "process", "drivers/leds/led-triggers.c:358", "as above")
ROW("devm_led_classdev_multicolor_register_ext", drained, "U2", "", "", "process and any", "drivers/leds/led-class.c:618", "the devm forms are undone at unbind")

@ Rows of \.{drivers/md}.

@<Rows of the table@>=
ROW("dm_register_target", counted, "C2", "target_type.module", "dm_unregister_target", "process and any", "drivers/md/dm-target.c:39", "one reference per table entry")
ROW("dm_io_client_create", none, "", "", "dm_io_client_destroy", "", "drivers/md/dm-io.c:76", "asynchronous notify functions are given per request")
ROW("dm_kcopyd_client_create", drained, "U2", "", "dm_kcopyd_client_destroy", "process (worker)", "drivers/md/dm-kcopyd.c:979", "waits for all jobs")
ROW("dm_kcopyd_copy", drained, "U2", "", "dm_kcopyd_client_destroy", "process (worker)", "drivers/md/dm-kcopyd.c:979", "waits for all jobs")
ROW("dm_bufio_client_create", drained, "U2", "", "dm_bufio_client_destroy", "process", "drivers/md/dm-bufio.c:2628", "waits for its work")
ROW("register_md_personality", counted, "C2", "md_personality.owner", "unregister_md_personality", "process and any", "drivers/md/md.c:3984", "one reference per array")
ROW("md_register_thread", deferred, "D5", "", "md_unregister_thread unregister_md_personality", "process, sleep", "drivers/md/md.c:8204", "stopped with the array, which pins the personality")
ROW("dm_kcopyd_zero", drained, "U2", "", "dm_kcopyd_client_destroy", "process (worker)", "drivers/md/dm-kcopyd.c:979", "waits for all jobs")
ROW("dm_register_path_selector", counted, "C2", "path_selector_type.module", "dm_unregister_path_selector", "any", "drivers/md/dm-path-selector.c:48", "one reference per use")
ROW("dm_cache_policy_register", counted, "C2", "dm_cache_policy_type.owner", "dm_cache_policy_unregister", "process", "drivers/md/dm-cache-policy.c:36", "one reference per use")
ROW("dm_dirty_log_type_register", counted, "C2", "dm_dirty_log_type.module", "dm_dirty_log_type_unregister", "process", "drivers/md/dm-log.c:41", "one reference per use")

@ Rows of \.{drivers/media}.

@<Rows of the table@>=
ROW("rc_map_register", none, "", "", "rc_map_unregister", "", "drivers/media/rc/rc-main.c:147", "data only; a map in use is copied")
ROW("v4l2_device_register", none, "", "", "v4l2_device_unregister v4l2_device_put v4l2_device_disconnect", "process", "drivers/media/v4l2-core/v4l2-device.c:88", "collects sub-devices; a release function may be set inline")
ROW("__video_register_device", counted, "C2", "owner argument (cdev.owner)", "video_unregister_device vb2_video_unregister_device", "process, sleep", "drivers/media/v4l2-core/v4l2-dev.c:1042", "the cdev pins the module; the vdev release may come later")
ROW("vb2_queue_init", drained, "U2", "", "", "process, sleep", "drivers/media/common/videobuf2/videobuf2-v4l2.c:955", "reached through the video device's file operations")
ROW("rc_register_device", drained, "U2", "", "rc_unregister_device", "process", "drivers/media/rc/rc-main.c:2042", "stops timers and the lirc node")
ROW("dvb_register_frontend", drained, "U2", "", "dvb_unregister_frontend", "process, sleep (kthread)", "drivers/media/dvb-core/dvb_frontend.c:822", "stops the frontend thread")
ROW("dvb_register_adapter", counted, "C2", "module argument and fops.owner", "dvb_unregister_adapter", "process, sleep", "drivers/media/dvb-core/dvbdev.c:103", "per device fops carry the adapter's module")
ROW("__media_device_register", drained, "U2", "owner argument", "media_device_unregister media_device_delete", "process, sleep", "drivers/media/mc/mc-device.c:792", "node operations pin owner through the cdev")

@ Rows of \.{drivers/mfd}.

@<Rows of the table@>=
ROW("mfd_add_devices", none, "", "", "mfd_remove_devices", "process", "drivers/mfd/mfd-core.c:402", "platform devices only")

@ Rows of \.{drivers/misc}.

@<Rows of the table@>=
ROW("vmci_datagram_create_handle", drained, "U2", "", "vmci_datagram_destroy_handle", "process or softirq", "drivers/misc/vmw_vmci/vmci_resource.c:158", "destroying waits for the last user")
ROW("vmci_datagram_create_handle_priv", drained, "U2", "", "vmci_datagram_destroy_handle", "process or softirq", "drivers/misc/vmw_vmci/vmci_resource.c:158", "destroying waits for the last user")
ROW("vmci_doorbell_create", drained, "U2", "", "vmci_doorbell_destroy", "process or softirq", "drivers/misc/vmw_vmci/vmci_resource.c:158", "destroying waits for the last user")
ROW("vmci_event_subscribe", bare, "U3", "", "vmci_event_unsubscribe", "softirq or process, nosleep (RCU)", "drivers/misc/vmw_vmci/vmci_event.c:216", "callbacks run inside an RCU section; removal frees the entry later and does not wait")
ROW("__mei_cldev_driver_register", drained, "U2", "", "mei_cldev_driver_unregister", "process, sleep", "drivers/misc/mei/bus.c:1633", "as driver_register")

@ Rows of \.{drivers/mmc}.

@<Rows of the table@>=
ROW("__sdio_register_driver", drained, "U2", "", "sdio_unregister_driver", "process, sleep", "drivers/mmc/core/sdio_bus.c:289", "as driver_register")
ROW("sdio_claim_irq", drained, "U2", "", "sdio_release_irq", "process (thread)", "drivers/mmc/core/sdio_irq.c:354", "under the host claim")

@ Rows of \.{drivers/mtd}.

@<Rows of the table@>=
ROW("mtd_device_parse_register", counted, "C2", "mtd_info.owner", "mtd_device_unregister", "process, sleep", "drivers/mtd/mtdcore.c:1267", "one reference per user")
ROW("register_mtd_blktrans", counted, "C2", "mtd_blktrans_ops.owner", "deregister_mtd_blktrans", "process, sleep", "drivers/mtd/mtd_blkdevs.c:509", "removes every device first")

@ Rows of \.{drivers/nvdimm}.

@<Rows of the table@>=
ROW("nvdimm_bus_register", drained, "U2", "nvdimm_bus_descriptor.module", "nvdimm_bus_unregister", "process, sleep", "drivers/nvdimm/bus.c:385", "unbinding runs on unregister")
ROW("__nd_driver_register", drained, "U2", "", "driver_unregister", "process, sleep", "drivers/nvdimm/bus.c:623", "its unregister form is an inline around driver_unregister")

@ Rows of \.{drivers/nvme}.

@<Rows of the table@>=
ROW("nvme_alloc_admin_tag_set", drained, "U2", "", "nvme_remove_admin_tag_set", "process or softirq", "drivers/nvme/host/core.c:4699", "queues are frozen before the set is freed")
ROW("nvme_alloc_io_tag_set", drained, "U2", "", "nvme_remove_io_tag_set nvme_remove_namespaces", "process or softirq", "drivers/nvme/host/core.c:4762", "queues are frozen before the set is freed")
ROW("nvme_init_ctrl", drained, "U2", "nvme_ctrl_ops.module (opens)", "nvme_uninit_ctrl nvme_remove_namespaces", "process", "drivers/nvme/host/core.c:3550", "opens are counted; works that call the ops must be flushed by the driver")
ROW("nvmet_register_transport", counted, "C2", "nvmet_fabrics_ops.owner", "nvmet_unregister_transport", "process, sleep", "drivers/nvme/target/core.c:335", "one reference per enabled port")
ROW("nvmf_register_transport", counted, "C2", "nvmf_transport_ops.module", "nvmf_unregister_transport", "process, sleep", "drivers/nvme/host/fabrics.c:1319", "reference around create_ctrl")
ROW("nvme_fc_register_localport", released, "R1", "", "nvme_fc_unregister_localport", "process and any", "drivers/nvme/host/fc.c:477", "deletion completes through a callback into the driver, which must wait for it")
ROW("nvme_fc_register_remoteport", released, "R1", "", "nvme_fc_unregister_remoteport", "process and any", "drivers/nvme/host/fc.c:477", "deletion completes through a callback into the driver, which must wait for it")
ROW("nvmet_fc_register_targetport", drained, "U2", "", "nvmet_fc_unregister_targetport", "process", "drivers/nvme/target/fc.c:1623", "flushes")

@ Rows of \.{drivers/parport}.

@<Rows of the table@>=
ROW("__parport_register_driver", drained, "U2", "", "parport_unregister_driver", "process, sleep", "drivers/parport/share.c:338", "as driver_register")
ROW("parport_register_dev_model", drained, "U2", "pardev_cb.owner", "parport_unregister_device", "any", "drivers/parport/share.c:826", "pins the port driver")

@ Rows of \.{drivers/pci}.

@<Rows of the table@>=
ROW("__pci_register_driver", drained, "U2", "pci_driver.driver.owner (sysfs link)", "pci_unregister_driver", "process, sleep", "drivers/pci/pci-driver.c:1494", "as driver_register")
ROW("vga_client_register", drained, "U2", "", "vga_client_register", "any, nosleep", "drivers/pci/vgaarb.c:987", "cleared by passing NULL; callers hold the lock")
ROW("pci_request_irq", drained, "D5 U2", "", "pci_free_irq", "hardirq, nosleep", "drivers/pci/irq.c:78", "wrapper of free_irq")

@ Rows of \.{drivers/pcmcia}.

@<Rows of the table@>=
ROW("pcmcia_register_driver", drained, "U2", "pcmcia_driver.owner (sysfs link)", "pcmcia_unregister_driver", "process, sleep", "drivers/pcmcia/ds.c:207", "as driver_register")
ROW("pcmcia_request_irq", drained, "U2", "", "pcmcia_disable_device comedi_pcmcia_disable", "hardirq, nosleep", "drivers/pcmcia/pcmcia_resource.c:951", "freed with the device")

@ Rows of \.{drivers/platform}.

@<Rows of the table@>=
ROW("__ssam_device_driver_register", drained, "U2", "", "ssam_device_driver_unregister", "process, sleep", "drivers/platform/surface/aggregator/bus.c:369", "as driver_register")
ROW("ssam_notifier_register", drained, "U2", "", "__ssam_notifier_unregister", "process, sleep (work)", "drivers/platform/surface/aggregator/controller.c:2440", "waits for SRCU readers")
ROW("__wmi_driver_register", drained, "U2", "", "wmi_driver_unregister", "process, sleep", "drivers/platform/x86/wmi.c:1268", "as driver_register")
ROW("wmi_install_notify_handler", drained, "U2", "", "wmi_remove_notify_handler", "process, sleep", "drivers/platform/x86/wmi.c:588", "callers hold the rwsem for read")

@ Rows of \.{drivers/pnp}.

@<Rows of the table@>=
ROW("pnp_register_driver", drained, "U2", "", "pnp_unregister_driver", "process, sleep", "drivers/pnp/driver.c:286", "as driver_register")

@ Rows of \.{drivers/power}.

@<Rows of the table@>=
ROW("devm_power_supply_register", drained, "U2", "", "", "process, sleep", "drivers/power/supply/power_supply_core.c:1503", "undone at unbind")
ROW("power_supply_register", drained, "U2", "", "power_supply_unregister", "process, sleep", "drivers/power/supply/power_supply_core.c:1589", "warns when still in use, waits for its own work")

@ Rows of \.{drivers/powercap}.

@<Rows of the table@>=
ROW("powercap_register_control_type", drained, "U2", "", "powercap_unregister_control_type", "process, sleep", "drivers/powercap/powercap_sys.c:662", "sysfs drain")
ROW("idle_inject_register", drained, "U2", "", "idle_inject_unregister", "hardirq, nosleep", "drivers/powercap/idle_inject.c:401", "stops the timer and parks the threads")
ROW("idle_inject_register_full", drained, "U2", "", "idle_inject_unregister", "hardirq, nosleep", "drivers/powercap/idle_inject.c:401", "stops the timer and parks the threads")
ROW("powercap_register_zone", drained, "U2", "", "powercap_unregister_zone", "process, sleep", "drivers/powercap/powercap_sys.c:598", "sysfs drain; the release method belongs to the module")

@ Rows of \.{drivers/pps}.

@<Rows of the table@>=
ROW("pps_register_source", none, "", "", "pps_unregister_source", "any, nosleep", "drivers/pps/kapi.c:175", "the only callback (echo) runs inside the client's own pps_event call")

@ Rows of \.{drivers/ptp}.

@<Rows of the table@>=
ROW("ptp_clock_register", drained, "U2", "", "ptp_clock_unregister", "process, sleep", "drivers/ptp/ptp_clock.c:435", "open files pin only the ptp core; calls run under a rwsem that unregister takes for write")

@ Rows of \.{drivers/rtc}.

@<Rows of the table@>=
ROW("__devm_rtc_register_device", drained, "U2", "rtc_device.owner (in-kernel users)", "", "process, sleep", "drivers/rtc/class.c:353", "ops are cleared under the ops lock at unbind")

@ Rows of \.{drivers/scsi}.

@<Rows of the table@>=
ROW("scsi_add_host_with_dma", drained, "U2", "scsi_host_template.module (device users)", "scsi_remove_host fc_remove_host sas_remove_host iscsi_host_remove", "process and softirq", "drivers/scsi/scsi.c:793", "removal waits for the tag set and for devices")
ROW("scsi_host_alloc", drained, "U2", "scsi_host_template.module (device users)", "scsi_host_put scsi_remove_host ata_host_detach sas_remove_host platform_driver_unregister pci_unregister_driver", "process and softirq", "drivers/scsi/scsi.c:793", "per user of a device")
ROW("sas_attach_transport", drained, "U2", "", "sas_release_transport", "process, sleep", "drivers/scsi/scsi_transport_sas.c:1920", "sysfs functions of the template")
ROW("fc_attach_transport", drained, "U2", "", "fc_release_transport", "process, sleep", "drivers/scsi/scsi_transport_sas.c:1920", "sysfs functions of the template")
ROW("iscsi_register_transport", drained, "U2", "iscsi_transport.owner (netlink commands)", "iscsi_unregister_transport", "process, sleep", "drivers/scsi/scsi_transport_iscsi.c:3934", "netlink commands are counted, sysfs attributes are drained")
ROW("spi_attach_transport", drained, "U2", "", "spi_release_transport", "process, sleep", "drivers/scsi/scsi_transport_sas.c:1920", "sysfs functions of the template")
ROW("scsi_register_device_handler", counted, "C2", "scsi_device_handler.module", "scsi_unregister_device_handler", "any", "drivers/scsi/scsi_dh.c:129", "one reference per device")

@ Rows of \.{drivers/soundwire}.

@<Rows of the table@>=
ROW("__sdw_register_driver", drained, "U2", "", "sdw_unregister_driver", "process, sleep", "drivers/soundwire/bus_type.c:225", "as driver_register")

@ Rows of \.{drivers/spi}.

@<Rows of the table@>=
ROW("__spi_register_driver", drained, "U2", "spi_driver.driver.owner (sysfs link)", "driver_unregister", "process, sleep", "drivers/spi/spi.c:531", "its unregister form is an inline around driver_unregister")
ROW("spi_register_controller", drained, "U2", "", "spi_unregister_controller", "process, sleep", "drivers/spi/spi.c:3473", "stops the queue and removes children")

@ Rows of \.{drivers/target}.

@<Rows of the table@>=
ROW("core_tpg_register", drained, "U2", "", "core_tpg_deregister", "process", "drivers/target/target_core_tpg.c:591", "waits for persistent reservation users")
ROW("target_register_template", counted, "C2", "target_core_fabric_ops.module (ct_owner)", "target_unregister_template", "process, sleep", "drivers/target/target_core_configfs.c:517", "unregister contains an rcu_barrier")
ROW("transport_backend_register", counted, "C2", "target_backend_ops.owner", "target_backend_unregister", "process and any", "drivers/target/target_core_hba.c:102", "unregister contains an rcu_barrier")

@ Rows of \.{drivers/thermal}.

@<Rows of the table@>=
ROW("thermal_zone_device_register_with_trips", drained, "U2", "", "thermal_zone_device_unregister", "process, sleep", "drivers/thermal/thermal_core.c:1644", "waits for the device release")
ROW("thermal_cooling_device_register", drained, "U2", "", "thermal_cooling_device_unregister", "process, sleep", "drivers/thermal/thermal_core.c:1312", "unbinds under the list lock")
ROW("thermal_tripless_zone_device_register", drained, "U2", "", "thermal_zone_device_unregister", "process, sleep", "drivers/thermal/thermal_core.c:1644", "waits for the device release")

@ Rows of \.{drivers/tty}.

@<Rows of the table@>=
ROW("tty_register_ldisc", counted, "C2", "tty_ldisc_ops.owner", "tty_unregister_ldisc", "process, sleep", "drivers/tty/tty_ldisc.c:103", "reference per tty using it")
ROW("tty_register_driver", counted, "C2", "tty_driver.owner", "tty_unregister_driver", "process, sleep", "drivers/tty/tty_io.c:1408", "reference per tty")
ROW("serial8250_register_8250_port", drained, "U2", "", "serial8250_unregister_port", "process and hardirq", "drivers/tty/serial/8250/8250_core.c:887", "removal hangs up the tty")
ROW("uart_register_driver", counted, "C2", "uart_driver.owner", "uart_unregister_driver", "process, sleep", "drivers/tty/tty_io.c:1408", "wrapper of a tty driver")

@ Rows of \.{drivers/uio}.

@<Rows of the table@>=
ROW("__uio_register_device", drained, "U2", "owner argument (open files)", "uio_unregister_device", "process, sleep; handler hardirq", "drivers/uio/uio.c:492", "reference per open file, interrupt drained")
ROW("__devm_uio_register_device", drained, "U2", "owner argument (open files)", "", "process, sleep; handler hardirq", "drivers/uio/uio.c:492", "undone at unbind")

@ Rows of \.{drivers/usb}.

@<Rows of the table@>=
ROW("usb_register_driver", drained, "U2", "usb_driver.driver.owner (sysfs link)", "usb_deregister", "process, sleep; URB completion softirq", "drivers/usb/core/driver.c:1121", "as driver_register; unbinding also disables the endpoints, which kills URBs unless soft_unbind is set")
ROW("usb_submit_urb", deferred, "D5", "", "usb_kill_urb usb_poison_urb usb_unlink_urb usb_kill_anchored_urbs usb_poison_anchored_urbs usb_deregister usb_serial_deregister_drivers usb_serial_generic_close", "softirq or hardirq, nosleep", "drivers/usb/core/urb.c:713", "unbinding through usb_deregister disables the endpoints as a last resort")
ROW("__usb_serial_register_drivers", drained, "U2", "usb_serial_driver.driver.owner", "usb_serial_deregister_drivers", "process, sleep and softirq", "drivers/usb/serial/usb-serial.c:227", "one reference per open port, the rest drained by unbinding")
ROW("usb_function_register", counted, "C2", "usb_function_driver.mod", "usb_function_unregister", "process", "drivers/usb/gadget/functions.c:24", "reference per instance")
ROW("usb_register_dev", counted, "C2", "usb_class_driver.fops.owner", "usb_deregister_dev", "process, sleep", "drivers/usb/core/file.c:39", "file_operations reference")
ROW("usb_add_hcd", drained, "U2", "", "usb_remove_hcd", "hardirq and process", "drivers/usb/core/hcd.c:3074", "disconnects devices, frees the interrupt")
ROW("usb_add_gadget_udc", drained, "U2", "", "usb_del_gadget_udc usb_del_gadget", "process and hardirq", "drivers/usb/gadget/udc/core.c:1590", "unbinds the gadget driver")

@ Rows of \.{drivers/vdpa}.

@<Rows of the table@>=
ROW("__vdpa_register_driver", drained, "U2", "", "vdpa_unregister_driver", "process, sleep", "drivers/vdpa/vdpa.c:286", "as driver_register")
ROW("_vdpa_register_device", drained, "U2", "", "_vdpa_unregister_device vdpa_unregister_device", "process, sleep", "drivers/vdpa/vdpa.c:259", "under the bus rwsem")
ROW("vdpa_mgmtdev_register", drained, "U2", "", "vdpa_mgmtdev_unregister", "process, sleep", "drivers/vdpa/vdpa.c:324", "removes its devices")

@ Rows of \.{drivers/vfio}.

@<Rows of the table@>=
ROW("vfio_pci_core_register_device", counted, "C2", "dev->driver->owner", "vfio_unregister_group_dev vfio_pci_core_unregister_device", "process, sleep", "drivers/vfio/vfio_main.c:519", "reference per open device, unregister waits")
ROW("vfio_register_group_dev", counted, "C2", "dev->driver->owner", "vfio_unregister_group_dev vfio_pci_core_unregister_device", "process, sleep", "drivers/vfio/vfio_main.c:519", "reference per open device, unregister waits")
ROW("vfio_register_iommu_driver", counted, "C2", "vfio_iommu_driver_ops.owner", "vfio_unregister_iommu_driver", "process, sleep", "drivers/vfio/container.c:213", "one reference per container")
ROW("vfio_virqfd_enable", drained, "U2", "", "vfio_virqfd_disable", "process and any", "drivers/vfio/virqfd.c:221", "flushes")

@ Rows of \.{drivers/vhost}.

@<Rows of the table@>=
ROW("vhost_dev_init", drained, "U2", "", "vhost_dev_cleanup vhost_dev_stop", "process (worker)", "drivers/vhost/vhost.c:1236", "stops the worker threads")
ROW("vhost_work_init", drained, "U2", "", "vhost_dev_flush vhost_dev_stop vhost_dev_cleanup", "process (worker)", "drivers/vhost/vhost.c:307", "runs on the vhost worker")
ROW("vhost_poll_init", drained, "U2", "", "vhost_dev_flush vhost_dev_stop vhost_dev_cleanup", "process (worker)", "drivers/vhost/vhost.c:307", "runs on the vhost worker")

@ Rows of \.{drivers/video}.

@<Rows of the table@>=
ROW("register_framebuffer", counted, "C2", "fb_info.fbops.owner", "unregister_framebuffer", "process, sleep", "drivers/video/fbdev/core/fb_chrdev.c:347", "reference per open file")
ROW("devm_register_framebuffer", counted, "C2", "fb_info.fbops.owner", "", "process, sleep", "drivers/video/fbdev/core/fb_chrdev.c:347", "undone at unbind")
ROW("backlight_device_register", drained, "U2", "", "backlight_device_unregister", "process, sleep", "drivers/video/backlight/backlight.c:546", "ops are cleared under the ops lock")

@ Rows of \.{drivers/virt}.

@<Rows of the table@>=
ROW("tsm_register", drained, "U2", "", "tsm_unregister", "process, sleep", "drivers/virt/coco/tsm.c:494", "rwsem")

@ Rows of \.{drivers/virtio}.

@<Rows of the table@>=
ROW("__register_virtio_driver", drained, "U2", "", "unregister_virtio_driver", "process, sleep; vq callbacks hardirq", "drivers/virtio/virtio.c:431", "as driver_register")
ROW("register_virtio_device", released, "R1", "", "unregister_virtio_device", "process", "drivers/virtio/virtio.c:554", "release of the device is the transport's")

@ Rows of \.{drivers/w1}.

@<Rows of the table@>=
ROW("w1_register_family", drained, "U2", "", "w1_unregister_family", "process, sleep", "drivers/w1/w1_family.c:77", "waits until no slave uses it")

@ Rows of \.{drivers/watchdog}.

@<Rows of the table@>=
ROW("watchdog_register_device", drained, "U2", "watchdog_ops.owner (open files)", "watchdog_unregister_device", "process, sleep", "drivers/watchdog/watchdog_dev.c:889", "not taken when the hardware already runs")
ROW("devm_watchdog_register_device", drained, "U2", "watchdog_ops.owner (open files)", "", "process, sleep", "drivers/watchdog/watchdog_dev.c:889", "undone at unbind")
ROW("watchdog_register_governor", drained, "U2", "", "watchdog_unregister_governor", "any, nosleep", "drivers/watchdog/watchdog_pretimeout.c:104", "the pretimeout function runs under the same spinlock")

@ Rows of \.{drivers/xen}.

@<Rows of the table@>=
ROW("__xenbus_register_frontend", drained, "U2", "xenbus_driver.driver.owner", "xenbus_unregister_driver", "process, sleep", "drivers/xen/xenbus/xenbus_probe.c:387", "this bus does take a reference, around its probe")
ROW("__xenbus_register_backend", drained, "U2", "xenbus_driver.driver.owner", "xenbus_unregister_driver", "process, sleep", "drivers/xen/xenbus/xenbus_probe.c:387", "this bus does take a reference, around its probe")
ROW("bind_evtchn_to_irqhandler_lateeoi", drained, "U2", "", "unbind_from_irqhandler", "hardirq, nosleep", "drivers/xen/events/events_base.c:1562", "wrapper of free_irq")
ROW("bind_interdomain_evtchn_to_irqhandler_lateeoi", drained, "U2", "", "unbind_from_irqhandler", "hardirq, nosleep", "drivers/xen/events/events_base.c:1562", "wrapper of free_irq")
ROW("bind_evtchn_to_irqhandler", drained, "U2", "", "unbind_from_irqhandler", "hardirq, nosleep", "drivers/xen/events/events_base.c:1562", "wrapper of free_irq")
ROW("xenbus_watch_pathfmt", drained, "U2", "", "unregister_xenbus_watch xenbus_unregister_driver", "process, sleep", "drivers/xen/xenbus/xenbus_xs.c:833", "the mutex of the watch thread excludes a running callback")
ROW("gnttab_request_free_callback", drained, "U2", "", "gnttab_cancel_free_callback", "any, nosleep", "drivers/xen/grant-table.c:735", "callbacks run under the lock that the cancel call takes")
ROW("register_xenbus_watch", drained, "U2", "", "unregister_xenbus_watch xenbus_unregister_driver", "process, sleep", "drivers/xen/xenbus/xenbus_xs.c:833", "the mutex of the watch thread excludes a running callback")
ROW("register_xenstore_notifier", drained, "U2", "", "unregister_xenstore_notifier", "process, sleep", "drivers/xen/xenbus/xenbus_probe.c:756", "blocking chain")
ROW("xenbus_watch_path", drained, "U2", "", "unregister_xenbus_watch xenbus_unregister_driver", "process, sleep", "drivers/xen/xenbus/xenbus_xs.c:833", "the mutex of the watch thread excludes a running callback")

@ Rows of \.{include}.

@<Rows of the table@>=
ROW("submit_bio", bare, "U3", "", "", "any, nosleep (bi_end_io)", "include/linux/blk_types.h:234", "the completion function pointer is stored inline; only the author's own in-flight count protects it")
ROW("submit_bio_noacct", bare, "U3", "", "", "any, nosleep (bi_end_io)", "include/linux/blk_types.h:234", "the completion function pointer is stored inline; only the author's own in-flight count protects it")
ROW("iio_trigger_register", counted, "C2", "iio_trigger.owner", "iio_trigger_unregister", "process", "include/linux/iio/trigger.h:101", "each attached consumer pins the owner")

@ Rows of \.{sound}.

@<Rows of the table@>=
ROW("snd_card_register", counted, "C2", "snd_card.module", "", "process, sleep", "sound/core/pcm_native.c:2889", "undone by freeing the card, see snd_card_new")
ROW("snd_pcm_new", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("snd_ctl_new1", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("snd_ctl_add", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("devm_snd_soc_register_component", counted, "C2", "component->dev->driver->owner", "", "process, sleep", "sound/soc/soc-component.c:322", "undone at unbind")
ROW("snd_devm_card_new", counted, "C2", "snd_card.module", "snd_card_free snd_card_free_when_closed snd_card_disconnect pci_unregister_driver usb_deregister platform_driver_unregister pcmcia_unregister_driver driver_unregister pnp_unregister_driver pnp_unregister_card_driver isa_unregister_driver hda_codec_driver_unregister auxiliary_driver_unregister comedi_driver_unregister parport_unregister_driver acpi_bus_unregister_driver serio_unregister_driver", "process, sleep", "sound/core/pcm_native.c:2889", "opens pin card->module and snd_card_free waits for the last close; the devm form is undone at unbind")
ROW("snd_card_new", counted, "C2", "snd_card.module", "snd_card_free snd_card_free_when_closed snd_card_disconnect pci_unregister_driver usb_deregister platform_driver_unregister pcmcia_unregister_driver driver_unregister pnp_unregister_driver pnp_unregister_card_driver isa_unregister_driver hda_codec_driver_unregister auxiliary_driver_unregister comedi_driver_unregister parport_unregister_driver acpi_bus_unregister_driver serio_unregister_driver", "process, sleep", "sound/core/pcm_native.c:2889", "opens pin card->module and snd_card_free waits for the last close; the devm form is undone at unbind")
ROW("devm_snd_soc_register_card", drained, "U2", "", "", "process, sleep", "sound/soc/soc-core.c:2561", "undone at unbind")
ROW("snd_rawmidi_new", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("snd_device_new", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("snd_hwdep_new", counted, "C2", "snd_card.module", "", "process; PCM ops may be atomic", "sound/core/pcm_native.c:2889", "reached only through a card whose opens pin card->module")
ROW("__hda_codec_driver_register", drained, "U2", "", "hda_codec_driver_unregister", "process, sleep", "sound/pci/hda/hda_bind.c:198", "as driver_register")

@ Rows of \.{virt}.

@<Rows of the table@>=
ROW("irq_bypass_register_producer", drained, "U2", "", "irq_bypass_unregister_producer", "process, sleep", "virt/lib/irqbypass.c:148", "callbacks run under the same mutex")
ROW("kvm_init", counted, "C2", "module argument (owner of every KVM fops)", "kvm_exit", "process, sleep", "virt/kvm/kvm_main.c:6522", "the vendor module becomes the owner of all KVM file operations")
ROW("irq_bypass_register_consumer", drained, "U2", "", "irq_bypass_unregister_consumer", "process, sleep", "virt/lib/irqbypass.c:244", "callbacks run under the same mutex")

