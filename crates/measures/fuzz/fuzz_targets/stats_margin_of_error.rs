#![no_main]

measures_fuzz::operation!("stats.margin_of_error");
