#![no_main]

measures_fuzz::operation!("stats.allocation");
