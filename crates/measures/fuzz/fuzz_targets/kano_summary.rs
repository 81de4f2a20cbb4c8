#![no_main]

measures_fuzz::operation!("kano.summary");
