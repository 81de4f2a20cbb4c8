#![no_main]

measures_fuzz::operation!("stats.krippendorff_alpha");
