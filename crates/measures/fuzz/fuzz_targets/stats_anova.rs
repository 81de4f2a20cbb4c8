#![no_main]

measures_fuzz::operation!("stats.anova");
