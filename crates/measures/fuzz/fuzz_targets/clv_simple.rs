#![no_main]

measures_fuzz::operation!("clv.simple");
