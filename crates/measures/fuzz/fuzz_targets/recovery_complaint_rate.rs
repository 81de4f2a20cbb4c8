#![no_main]

measures_fuzz::operation!("recovery.complaint_rate");
