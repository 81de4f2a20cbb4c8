#![no_main]

measures_fuzz::operation!("recovery.matched_effect");
