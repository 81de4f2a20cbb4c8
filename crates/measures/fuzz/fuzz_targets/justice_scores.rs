#![no_main]

measures_fuzz::operation!("justice.scores");
