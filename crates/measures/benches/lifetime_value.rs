//! How long fits take: CDNOW where the data lie beside the project, and a million customers made up from a seed.
//!
//! `cargo bench -p measures --bench lifetime_value`

use std::fmt::Debug;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use measures::lifetime_value::{BgNbd, GammaGamma, Histories, History, ParetoNbd, Spending};

use self::simulate::{Random, bg_nbd};

#[path = "../tests/simulate/mod.rs"]
mod simulate;

fn main() {
    if let Some(rows) = cdnow() {
        let histories: Vec<History> = rows.iter().filter_map(|row| history(row)).collect();
        let gathered: Histories = histories.iter().copied().collect();
        time("CDNOW, gather and fit BG/NBD", 200, || BgNbd::fit(&histories.iter().copied().collect()));
        time("CDNOW, fit BG/NBD", 200, || BgNbd::fit(&gathered));
        time("CDNOW, fit Pareto/NBD", 20, || ParetoNbd::fit(&gathered));
        let mut spending = Spending::new();
        rows.iter().for_each(|row| drop(spending.push(row[0] as u64, row[3])));
        time("CDNOW, fit Gamma-Gamma", 50, || GammaGamma::fit(&spending));
    }
    let mut random = Random::new(42);
    let truth = [0.243, 4.414, 0.793, 2.426];
    let made: Vec<History> = (0..1_000_000)
        .map(|_| {
            let t = 27.0 + 12.0 * random.uniform();
            bg_nbd(&mut random, truth, t, 0.0)
        })
        .filter_map(|one| History::new(one.x, one.t_x, one.t).ok())
        .collect();
    time("1 000 000 customers, gather and fit BG/NBD", 5, || BgNbd::fit(&made.iter().copied().collect()));
    let gathered: Histories = made.iter().copied().collect();
    time("1 000 000 customers, fit BG/NBD", 5, || BgNbd::fit(&gathered));
    time("1 000 000 customers, fit Pareto/NBD", 1, || ParetoNbd::fit(&gathered));
    // By days, as a shop knows them: many customers look the same.
    let day = |time: f64| (time * 7.0).floor() / 7.0;
    let days: Histories = made
        .iter()
        .filter_map(|one| History::new(one.repeats(), day(one.last()), day(one.observed())).ok())
        .collect();
    time("the same by days, fit BG/NBD", 5, || BgNbd::fit(&days));
}

/// x, t_x, T and mean value of each customer.
fn cdnow() -> Option<Vec<Vec<f64>>> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/data/cdnow_summary.csv");
    let text = std::fs::read_to_string(beside).ok()?;
    let row = |line: &str| line.split(',').map(str::parse).collect::<Result<_, _>>().ok();
    text.lines().skip(1).map(row).collect()
}

fn history(row: &[f64]) -> Option<History> {
    History::new(row[0] as u64, row[1], row[2]).ok()
}

/// Runs some work `runs` times and says the shortest time it took by the clock, the mean of processor time (Linux only,
/// in hundredths of a second over all runs), and what came out.
fn time<T: Debug>(what: &str, runs: u32, mut work: impl FnMut() -> T) {
    let before = processor_time();
    let (mut shortest, mut result) = (Duration::MAX, None);
    for _ in 0..runs {
        let start = Instant::now();
        result = Some(std::hint::black_box(work()));
        shortest = shortest.min(start.elapsed());
    }
    let processor = (processor_time() - before) / f64::from(runs);
    let text =
        format!("{what}: {shortest:.3?} by the clock, {processor:.4} s of processor time\n    {result:?}\n");
    drop(std::io::stdout().write_all(text.as_bytes()));
}

fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = text.rsplit(')').next().unwrap_or_default();
    let ticks = |at: usize| after_name.split_whitespace().nth(at).and_then(|field| field.parse::<f64>().ok());
    (ticks(11).unwrap_or(0.0) + ticks(12).unwrap_or(0.0)) / 100.0
}
