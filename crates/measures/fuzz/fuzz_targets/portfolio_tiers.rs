#![no_main]

measures_fuzz::operation!("portfolio.tiers");
