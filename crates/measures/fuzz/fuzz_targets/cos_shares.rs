#![no_main]

measures_fuzz::operation!("cos.shares");
