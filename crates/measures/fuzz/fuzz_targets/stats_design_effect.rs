#![no_main]

measures_fuzz::operation!("stats.design_effect");
