#![no_main]

measures_fuzz::operation!("stats.ols");
