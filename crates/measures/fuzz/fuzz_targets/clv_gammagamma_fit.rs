#![no_main]

measures_fuzz::operation!("clv.gammagamma_fit");
