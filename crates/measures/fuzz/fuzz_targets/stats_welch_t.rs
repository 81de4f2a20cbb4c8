#![no_main]

measures_fuzz::operation!("stats.welch_t");
