#![no_main]

measures_fuzz::operation!("servqual.summary");
