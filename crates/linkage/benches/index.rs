//! How quickly one row is held against many: `cargo bench -p linkage --bench index -- FILE.csv`, a file of persons as
//! `bocal bench people` makes it. Its last 1 000 rows are added to an index of the others, then 1 000 names are typed.
//! One line of JSON each: what, milliseconds (median, 99th percentile), rows of the index.

use std::error::Error;
use std::time::Instant;

use linkage::{Column, Index, Intake, Linkage, Options};

/// Rows added, and names typed.
const NEW: usize = 1_000;

/// Rows read at a time.
const CHUNK: usize = 8_192;

fn main() -> Result<(), Box<dyn Error>> {
    let Some(path) = std::env::args().skip(1).find(|argument| !argument.starts_with("--")) else {
        say("skipped: no file of persons was named");
        return Ok(());
    };
    let mut reader = csv::Reader::from_path(&path)?;
    let headers: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let rows = reader.records().collect::<Result<Vec<csv::StringRecord>, _>>()?;
    let sample: Vec<Vec<String>> =
        rows.iter().take(2_000).map(|row| row.iter().map(str::to_owned).collect()).collect();
    let columns = Column::guessed(&headers, &sample);
    let (old, new) = rows.split_at(rows.len().saturating_sub(NEW));
    let mut intake = Intake::new(&[&columns]);
    for chunk in old.chunks(CHUNK) {
        intake.push(0, chunk.len(), &|row, column| chunk[row].get(column).unwrap_or(""));
    }
    let linkage = Linkage::new(intake.finish(), &Options::default(), None, &|_| ());
    let begin = Instant::now();
    let mut index = Index::new(linkage, &columns)?;
    tell("index made", &mut [milliseconds(begin)], old.len());
    let cells: Vec<Vec<&str>> = new.iter().map(|row| row.iter().collect()).collect();
    let begin = Instant::now();
    index.add(&cells, 0.5, 10);
    tell("1 000 rows added", &mut [milliseconds(begin)], old.len());
    let is = |kind| columns.iter().position(|column| column.guess.kind == kind);
    let (Some(given), Some(family)) =
        (is(linkage::columns::Kind::GivenName), is(linkage::columns::Kind::FamilyName))
    else {
        return Ok(());
    };
    let mut times = Vec::with_capacity(NEW);
    for row in new {
        let mut typed = vec![""; headers.len()];
        typed[given] = row.get(given).unwrap_or("");
        typed[family] = row.get(family).unwrap_or("");
        let begin = Instant::now();
        index.search(&[typed], 0.0, 10);
        times.push(milliseconds(begin));
    }
    tell("a name typed", &mut times, index.len());
    Ok(())
}

fn milliseconds(begin: Instant) -> f64 {
    begin.elapsed().as_secs_f64() * 1e3
}

fn tell(what: &str, times: &mut [f64], rows: usize) {
    times.sort_by(f64::total_cmp);
    let at =
        |share: usize| times.get((times.len() * share / 100).min(times.len() - 1)).copied().unwrap_or(0.0);
    say(&format!(
        "{{\"what\": \"{what}\", \"median_ms\": {:.3}, \"p99_ms\": {:.3}, \"rows\": {rows}}}",
        at(50),
        at(99)
    ));
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
fn say(line: &str) {
    println!("{line}");
}
