#![no_main]

measures_fuzz::operation!("capacity.mmck");
