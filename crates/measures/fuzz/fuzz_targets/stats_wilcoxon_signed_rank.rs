#![no_main]

measures_fuzz::operation!("stats.wilcoxon_signed_rank");
