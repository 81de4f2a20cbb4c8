#![no_main]

measures_fuzz::operation!("retention.repurchase");
