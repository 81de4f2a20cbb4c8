#![no_main]

measures_fuzz::operation!("capacity.zone_profile");
