#![no_main]

measures_fuzz::operation!("stats.kruskal_wallis");
