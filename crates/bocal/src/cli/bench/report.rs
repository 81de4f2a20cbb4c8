//! How measurements are printed: one line each, the same columns, so that sizes can be put side by side.

use std::time::Duration;

use kernel::Result;
use kernel::config::Config;

use crate::{open, say};

/// Prints what is measured and the head of the table.
pub(super) fn head(config: &Config) -> Result<()> {
    let db = open::migrated(config)?;
    let counts = db.read(super::store::counts)?;
    let megabytes = db.size()? / 1_000_000;
    say::out(&format!(
        "{} customers, {} interactions, {} answers, {megabytes} MB, {:?}\n",
        counts.customers,
        counts.interactions,
        counts.answers,
        db.engine()
    ));
    say::out(&format!(
        "{:<44} {:>10} {:>10} {:>10} {:>12}",
        "what", "median ms", "p99 ms", "CPU ms", "per second"
    ));
    Ok(())
}

/// One measured line.
pub(super) fn line(what: &str, mut times: Vec<Duration>, cpu: Duration, wall: Duration) {
    if times.is_empty() {
        say::out(&format!("{what:<44} nothing measured"));
        return;
    }
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len() - 1);
        times[index].as_secs_f64() * 1e3
    };
    let n = times.len() as f64;
    say::out(&format!(
        "{what:<44} {:>10.2} {:>10.2} {:>10.3} {:>12.0}",
        at(0.5),
        at(0.99),
        cpu.as_secs_f64() * 1e3 / n,
        n / wall.as_secs_f64()
    ));
}

/// CPU time of this process so far, user and system, to within 10 ms.
pub(super) fn cpu_time(process: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the process, in brackets, may hold spaces: count fields after it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|t| t.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}
