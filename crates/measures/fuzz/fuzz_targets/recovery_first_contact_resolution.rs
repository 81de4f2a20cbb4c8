#![no_main]

measures_fuzz::operation!("recovery.first_contact_resolution");
