//! What is measured, and how it is printed: one line each, sizes side by side.

use std::time::Duration;

use kernel::Result;
use kernel::config::Config;

use crate::{open, say};

/// One measured line.
pub(super) struct Line {
    what: String,
    /// What is shown for one size, and its share of the budget's words.
    cell: String,
    note: String,
}

impl Line {
    /// Times of single pieces of work, with the processor time they took together.
    pub(super) fn times(what: &str, mut times: Vec<Duration>, cpu: Duration) -> Self {
        if times.is_empty() {
            return Self::plain(what, "nothing measured".to_owned(), "");
        }
        let (median, p99) = median_and_p99(&mut times);
        let cpu = cpu.as_secs_f64() * 1e3 / times.len() as f64;
        Self::plain(what, format!("{median:.2} / {p99:.2} / {cpu:.2}"), "ms: median / p99 / CPU")
    }

    /// Times of pieces of work among many others, so that how many there were counts as well.
    pub(super) fn among(what: &str, times: &mut [Duration]) -> Self {
        let note = "how many; ms: median / p99";
        if times.is_empty() {
            return Self::plain(what, "0".to_owned(), note);
        }
        let (median, p99) = median_and_p99(times);
        Self::plain(what, format!("{}; {median:.1} / {p99:.1}", times.len()), note)
    }

    /// Pieces of work in a second, with the processor time of one.
    pub(super) fn rate(what: &str, done: usize, wall: Duration, cpu: Duration) -> Self {
        let rate = done as f64 / wall.as_secs_f64().max(1e-9);
        let cpu = cpu.as_secs_f64() * 1e3 / done.max(1) as f64;
        Self::plain(what, format!("{rate:.0} / {cpu:.3}"), "per second / CPU ms")
    }

    /// Anything else.
    pub(super) fn plain(what: &str, cell: String, note: &str) -> Self {
        Self { what: what.to_owned(), cell, note: note.to_owned() }
    }
}

/// In milliseconds, of at least one time.
fn median_and_p99(times: &mut [Duration]) -> (f64, f64) {
    times.sort_unstable();
    let at = |share: f64| {
        let index = ((times.len() as f64 * share) as usize).min(times.len() - 1);
        times[index].as_secs_f64() * 1e3
    };
    (at(0.5), at(0.99))
}

/// What a database holds, as the first line.
pub(super) fn head(config: &Config) -> Result<Vec<Line>> {
    let db = open::migrated(config)?;
    let counts = db.read(super::store::counts)?;
    let megabytes = db.size()? / 1_000_000;
    Ok(vec![
        Line::plain("customers", counts.customers.to_string(), ""),
        Line::plain("interactions", counts.interactions.to_string(), ""),
        Line::plain("answers", counts.answers.to_string(), ""),
        Line::plain("database", format!("{megabytes} MB"), &format!("{:?}", db.engine())),
    ])
}

/// Prints the lines of several sizes side by side.
pub(super) fn table(sizes: &[(String, Vec<Line>)]) {
    let Some((_, first)) = sizes.first() else { return };
    let mut head = format!("{:<44}", "");
    sizes.iter().for_each(|(name, _)| head.push_str(&format!(" {name:>24}")));
    say::out(&head);
    for (index, line) in first.iter().enumerate() {
        let mut row = format!("{:<44}", line.what);
        for (_, lines) in sizes {
            let cell = lines.get(index).map_or("", |line| line.cell.as_str());
            row.push_str(&format!(" {cell:>24}"));
        }
        say::out(format!("{row}  {}", line.note).trim_end());
    }
}

/// CPU time of a process so far, user and system, to within 10 ms.
pub(super) fn cpu_time(process: &str) -> Duration {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).unwrap_or_default();
    // The name of the process, in brackets, may hold spaces: count fields after it.
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    let ticks = |index: usize| fields.get(index).and_then(|t| t.parse::<u64>().ok()).unwrap_or(0);
    Duration::from_millis((ticks(11) + ticks(12)) * 10)
}

/// Memory of a process in MB by a line of its status, such as `VmRSS:` or `VmHWM:`.
pub(super) fn memory(process: &str, line: &str) -> f64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let found = status.lines().find_map(|text| text.strip_prefix(line));
    let kilobytes = found.and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}
