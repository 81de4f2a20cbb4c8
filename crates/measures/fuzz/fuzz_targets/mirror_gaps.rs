#![no_main]

measures_fuzz::operation!("mirror.gaps");
