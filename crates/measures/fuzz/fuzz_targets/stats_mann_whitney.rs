#![no_main]

measures_fuzz::operation!("stats.mann_whitney");
