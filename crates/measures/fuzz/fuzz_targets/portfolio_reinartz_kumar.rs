#![no_main]

measures_fuzz::operation!("portfolio.reinartz_kumar");
