#![no_main]

measures_fuzz::operation!("clv.bgnbd_loglik");
