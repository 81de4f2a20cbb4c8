#![no_main]

measures_fuzz::operation!("nps.minimum_detectable_difference");
