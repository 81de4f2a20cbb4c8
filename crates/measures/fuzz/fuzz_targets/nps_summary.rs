#![no_main]

measures_fuzz::operation!("nps.summary");
