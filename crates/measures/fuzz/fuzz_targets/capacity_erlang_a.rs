#![no_main]

measures_fuzz::operation!("capacity.erlang_a");
