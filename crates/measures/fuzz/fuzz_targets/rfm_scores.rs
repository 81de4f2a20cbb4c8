#![no_main]

measures_fuzz::operation!("rfm.scores");
