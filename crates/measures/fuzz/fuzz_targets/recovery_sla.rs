#![no_main]

measures_fuzz::operation!("recovery.sla");
