#![no_main]

measures_fuzz::operation!("recovery.justice_facts");
