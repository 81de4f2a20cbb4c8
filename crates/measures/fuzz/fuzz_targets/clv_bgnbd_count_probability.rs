#![no_main]

measures_fuzz::operation!("clv.bgnbd_count_probability");
