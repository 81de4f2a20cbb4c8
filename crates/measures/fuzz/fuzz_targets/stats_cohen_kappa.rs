#![no_main]

measures_fuzz::operation!("stats.cohen_kappa");
