#![no_main]

measures_fuzz::operation!("capacity.agents_needed");
