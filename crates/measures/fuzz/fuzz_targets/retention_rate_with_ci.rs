#![no_main]

measures_fuzz::operation!("retention.rate_with_ci");
