#![no_main]

measures_fuzz::operation!("stats.chi2_independence");
