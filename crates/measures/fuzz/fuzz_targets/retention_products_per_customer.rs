#![no_main]

measures_fuzz::operation!("retention.products_per_customer");
