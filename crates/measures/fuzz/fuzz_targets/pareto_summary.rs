#![no_main]

measures_fuzz::operation!("pareto.summary");
