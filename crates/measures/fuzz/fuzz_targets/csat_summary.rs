#![no_main]

measures_fuzz::operation!("csat.summary");
