#![no_main]

measures_fuzz::operation!("servperf.summary");
