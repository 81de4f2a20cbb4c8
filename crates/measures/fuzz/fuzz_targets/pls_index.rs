#![no_main]

measures_fuzz::operation!("pls.index");
