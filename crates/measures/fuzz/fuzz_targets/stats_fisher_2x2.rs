#![no_main]

measures_fuzz::operation!("stats.fisher_2x2");
