//! What is said at the end.

use kernel::tabular::Notice;
use linkage::Linkage;
use serde::Serialize;
use serde_json::{Value, json};

use super::columns::Columns;
use super::evaluate::{Point, Rates};
use super::pairs::Kept;
use super::rows::BadRows;
use super::source::{Source, delimiter_name};
use crate::say;

/// What is printed for programs, in this order.
#[derive(Debug, Serialize)]
pub(super) struct Json<'a> {
    rows: usize,
    clusters: usize,
    /// Kept pairs, those to be looked at included.
    pairs: u64,
    threshold: f64,
    pairwise: Option<Rates>,
    b3: Option<Rates>,
    curve: &'a [Point],
    seconds: f64,
    peak_bytes: Option<u64>,
}

/// What came out.
#[derive(Debug)]
pub(super) struct Result {
    pub(super) rows: usize,
    pub(super) clusters: usize,
    pub(super) kept: Kept,
    pub(super) threshold: f64,
    pub(super) review: f64,
    /// The measures at the threshold, and along it.
    pub(super) judged: Option<(Point, Vec<Point>)>,
    pub(super) seconds: f64,
    pub(super) peak_bytes: Option<u64>,
}

impl Result {
    /// For programs.
    pub(super) fn json(&self) -> Json<'_> {
        let at = self.judged.as_ref().map(|(point, _)| point);
        Json {
            rows: self.rows,
            clusters: self.clusters,
            pairs: self.kept.all(),
            threshold: self.threshold,
            pairwise: at.map(|point| point.pairwise),
            b3: at.map(|point| point.b3),
            curve: self.judged.as_ref().map_or(&[][..], |(_, curve)| curve),
            seconds: self.seconds,
            peak_bytes: self.peak_bytes,
        }
    }

    /// For a person.
    pub(super) fn table(&self) -> String {
        let mut lines = vec![
            format!("{} rows, {} people", grouped(self.rows as u64), grouped(self.clusters as u64)),
            format!(
                "{} pairs of rows of one person, {} pairs to be looked at (threshold {}, review from {})",
                grouped(self.kept.same),
                grouped(self.kept.review),
                self.threshold,
                self.review
            ),
        ];
        if let Some((at, curve)) = &self.judged {
            lines.push(String::new());
            lines.push("            pairs of rows                  rows (B³)".into());
            lines.push("threshold   precision  recall  F1         precision  recall  F1".into());
            lines.push(judged(at, " chosen"));
            lines.extend(curve.iter().map(|point| judged(point, "")));
            lines.push(String::new());
        }
        let memory = self.peak_bytes.map_or(String::new(), |bytes| format!(", {} MB", bytes / 1_000_000));
        lines.push(format!("{:.1} s{memory}", self.seconds));
        lines.join("\n")
    }
}

fn judged(point: &Point, note: &str) -> String {
    let rate = |rate: Option<f64>| rate.map_or_else(|| "     –".to_owned(), |rate| format!("{rate:.4}"));
    let rates = |rates: Rates| {
        format!("{:<9}  {:<6}  {:<6}", rate(rates.precision), rate(rates.recall), rate(rates.f1))
    };
    format!("{:<9}   {}     {}{note}", point.threshold, rates(point.pairwise), rates(point.b3))
}

/// A count with its thousands apart.
fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}

/// Most memory this process ever held, in bytes; `None` where the system does not say.
pub(super) fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

/// Says how a file is read and what its columns were taken for.
pub(super) fn state(source: &Source, columns: &Columns) {
    let mark = if source.written.mark > 0 { ", byte order mark" } else { "" };
    let names = match source.head.named_at {
        Some(1) => String::new(),
        Some(line) => format!(", names of the columns at line {line}"),
        None => ", without names of columns".into(),
    };
    say::note(&format!(
        "{}: encoding {}{mark}, delimiter {}{names}, {} columns",
        source.name,
        source.written.encoding,
        delimiter_name(source.delimiter),
        source.head.names.len()
    ));
    for sentence in notices(source) {
        say::note(&format!("  {sentence}"));
    }
    let lines = super::columns::stated(columns);
    let width = |column: usize| {
        let widths = lines.iter().filter_map(|line| line.get(column)).map(|cell| cell.chars().count());
        widths.max().unwrap_or(0).min(40)
    };
    let (first, second) = (width(0), width(1));
    for line in &lines {
        let cell = |at: usize| line.get(at).map_or("", String::as_str);
        say::note(format!("{:<first$}  {:<second$}  {}", cell(0), cell(1), cell(2)).trim_end());
    }
}

/// What a person should know about how a file was read.
fn notices(source: &Source) -> Vec<String> {
    let mut all = Vec::new();
    if let Some(other) = source.written.other {
        let lines: Vec<String> = source.altered.first_in_other.iter().map(u64::to_string).collect();
        let more = if source.altered.in_other > lines.len() as u64 { ", …" } else { "" };
        all.push(format!(
            "two encodings: {} lines were read as {other}: line {}{more}",
            source.altered.in_other,
            lines.join(", ")
        ));
    }
    for notice in &source.head.notices {
        all.push(match notice {
            Notice::DuplicateColumns { names } => {
                format!("columns of one name, now called {}", names.join(", "))
            }
            Notice::UnnamedColumns { names } => {
                format!("columns without a name, now called {}", names.join(", "))
            }
            Notice::TitleSkipped { lines } => {
                format!("{} lines above the names of the columns are left out", lines.count)
            }
            _ => continue,
        });
    }
    all
}

/// Says which rows were kept out.
pub(super) fn state_bad(source: &Source, bad: &BadRows, blank: u64) {
    const SHOWN: usize = 20;
    if blank > 0 {
        say::note(&format!("{}: {} blank lines are no rows", source.name, grouped(blank)));
    }
    if bad.count == 0 {
        return;
    }
    let are = if bad.count == 1 { "row is" } else { "rows are" };
    say::note(&format!("{}: {} {are} kept out", source.name, grouped(bad.count)));
    for row in bad.first.iter().take(SHOWN) {
        say::note(&format!("  line {}: {}", row.line, row.fault.words()));
    }
    if bad.count > SHOWN as u64 {
        say::note(&format!("  … and {} more (--report lists 1 000)", grouped(bad.count - SHOWN as u64)));
    }
}

/// Everything for the report of one file.
pub(super) fn of_file(source: &Source, columns: &Columns, rows: usize, bad: &BadRows, blank: u64) -> Value {
    let column = |(column, why): (&linkage::Column, &super::columns::Why)| {
        json!({
            "name": column.name, "kind": column.guess.kind, "because": why,
            "order": column.guess.order, "country": column.guess.home.map(|c| c.code().iter().collect::<String>()),
        })
    };
    let columns: Vec<Value> = columns.columns.iter().zip(&columns.why).map(column).collect();
    json!({
        "file": source.name,
        "encoding": source.written.encoding,
        "other_encoding": source.written.other,
        "lines_in_other_encoding": source.altered.in_other,
        "byte_order_mark": source.written.mark > 0,
        "delimiter": char::from(source.delimiter).to_string(),
        "header_line": source.head.named_at,
        "notices": source.head.notices,
        "columns": columns,
        "rows": rows,
        "blank_lines": blank,
        "bad_rows": bad,
    })
}

/// The whole report.
pub(super) fn report(files: Vec<Value>, result: &Result, linkage: &Linkage) -> serde_json::Result<String> {
    let mut body = serde_json::to_value(result.json())?;
    if let Some(body) = body.as_object_mut() {
        body.insert("files".into(), Value::Array(files));
        body.insert("review".into(), json!(result.review));
        body.insert("pairs_same".into(), json!(result.kept.same));
        body.insert("pairs_review".into(), json!(result.kept.review));
        body.insert("blocking".into(), serde_json::to_value(linkage.report())?);
        body.insert("model".into(), serde_json::to_value(linkage.model())?);
    }
    serde_json::to_string_pretty(&body)
}
