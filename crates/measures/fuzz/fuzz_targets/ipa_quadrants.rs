#![no_main]

measures_fuzz::operation!("ipa.quadrants");
