#![no_main]

measures_fuzz::operation!("ces.v2");
