#![no_main]

measures_fuzz::operation!("stats.cronbach_alpha");
