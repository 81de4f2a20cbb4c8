#![no_main]

measures_fuzz::operation!("qualities.gaps");
