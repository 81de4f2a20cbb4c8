#![no_main]

measures_fuzz::operation!("stats.sample_size");
