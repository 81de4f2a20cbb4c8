#![no_main]

measures_fuzz::operation!("proportion.summary");
