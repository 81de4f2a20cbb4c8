#![no_main]

measures_fuzz::operation!("stats.adjust_p");
