#![no_main]

measures_fuzz::operation!("recovery.paradox_repurchase");
