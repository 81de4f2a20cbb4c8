#![no_main]

measures_fuzz::operation!("clv.paretonbd_predict");
