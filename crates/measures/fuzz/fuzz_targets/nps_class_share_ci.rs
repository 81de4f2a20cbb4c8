#![no_main]

measures_fuzz::operation!("nps.class_share_ci");
