#![no_main]

measures_fuzz::operation!("retention.kaplan_meier");
