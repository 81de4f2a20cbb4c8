#![no_main]

measures_fuzz::operation!("stats.two_proportions");
