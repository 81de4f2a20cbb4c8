//! What is said at the end.

use kernel::tabular::{Encoding, Notice};
use kernel::texts::{Locale, T};
use linkage::evaluate::Band;
use linkage::{Learning, Linkage};
use serde::Serialize;
use serde_json::{Value, json};

use super::columns::Columns;
use super::evaluate::{Judged, Point, Rates};
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
    pub(super) judged: Option<Judged>,
    pub(super) seconds: f64,
    pub(super) peak_bytes: Option<u64>,
}

impl Result {
    /// For programs.
    pub(super) fn json(&self) -> Json<'_> {
        let at = self.judged.as_ref().map(|judged| judged.at);
        Json {
            rows: self.rows,
            clusters: self.clusters,
            pairs: self.kept.all(),
            threshold: self.threshold,
            pairwise: at.map(|point| point.pairwise),
            b3: at.map(|point| point.b3),
            curve: self.judged.as_ref().map_or(&[][..], |judged| &judged.curve),
            seconds: self.seconds,
            peak_bytes: self.peak_bytes,
        }
    }

    /// For a person.
    pub(super) fn table(&self, t: T) -> String {
        let rows = t.one("link-total-rows", "n", self.rows);
        let people = t.one("link-total-people", "n", self.clusters);
        let same = t.one("link-total-same", "n", self.kept.same);
        let review = t.one("link-total-review", "n", self.kept.review);
        let limits = [("threshold", self.threshold), ("review", self.review)];
        let limits = limits.map(|(name, limit)| (name, plain(t, limit).into()));
        let mut lines = vec![
            format!("{rows}, {people}"),
            format!("{same}, {review} {}", t.all("link-total-limits", &limits)),
        ];
        if let Some(judged) = &self.judged {
            lines.push(String::new());
            lines.extend(measures(t, &judged.at, &judged.curve));
            lines.push(String::new());
            lines.push(t.get("link-said"));
            lines.extend(said(t, &judged.bands));
            lines.push(String::new());
        }
        let memory = self.peak_bytes.map(|bytes| t.bytes(bytes.try_into().unwrap_or(i64::MAX)));
        let seconds = t.one("link-total-seconds", "n", t.decimal(self.seconds, 1));
        lines.push([Some(seconds), memory].into_iter().flatten().collect::<Vec<_>>().join(", "));
        lines.join("\n")
    }
}

/// The measures at the threshold and along it, under each other.
fn measures(t: T, at: &Point, curve: &[Point]) -> Vec<String> {
    let rates = |rates: Rates| {
        [rates.precision, rates.recall, rates.f1]
            .map(|rate| rate.map_or_else(|| "–".to_owned(), |rate| t.decimal(rate, 4)))
    };
    let line = |point: &Point, note: &str| {
        let mut cells = vec![plain(t, point.threshold)];
        cells.extend(rates(point.pairwise));
        cells.extend(rates(point.b3));
        cells.push(note.to_owned());
        cells
    };
    let of_both = ["link-measure-precision", "link-measure-recall", "link-measure-f1"].map(|key| t.get(key));
    let head =
        std::iter::once(t.get("link-measure-threshold")).chain(of_both.iter().chain(&of_both).cloned());
    let mut rows = vec![head.collect(), line(at, &t.get("link-measure-chosen"))];
    rows.extend(curve.iter().map(|point| line(point, "")));
    let first = |columns: std::ops::Range<usize>| width(&rows, columns);
    let (gap, pairs) = (first(0..1) + 2, first(1..4) + 2 * 3);
    let titles = [t.get("link-measure-pairs"), t.get("link-measure-rows")];
    let mut lines = vec![format!("{:gap$}{:pairs$}{}", "", titles[0], titles[1]).trim_end().to_owned()];
    lines.extend(say::lined_up(&rows));
    lines
}

/// What probabilities said, and what is true.
fn said(t: T, bands: &[Band]) -> Vec<String> {
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), |share| t.decimal(share, 3));
    let band = |band: &Band| {
        let limits = [("from", band.from), ("until", band.until)];
        let limits = limits.map(|(name, limit)| (name, plain(t, limit).into()));
        let pairs = t.count(band.pairs);
        vec![t.all("link-said-between", &limits), pairs, share(band.said), share(band.right)]
    };
    let head = ["link-said-probability", "link-said-pairs", "link-said-mean", "link-said-right"];
    let mut rows = vec![head.map(|key| t.get(key)).to_vec()];
    rows.extend(bands.iter().map(band));
    say::lined_up(&rows)
}

/// How wide some columns are together.
fn width(rows: &[Vec<String>], columns: std::ops::Range<usize>) -> usize {
    let of =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    columns.map(|column| of(column).unwrap_or(0)).sum()
}

/// A number with the digits it has.
fn plain(t: T, number: f64) -> String {
    let text = number.to_string();
    if t.locale() == Locale::Fr { text.replace('.', ",") } else { text }
}

/// Most memory this process ever held, in bytes; `None` where the system does not say.
pub(super) fn peak_bytes() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kilobytes| kilobytes * 1_024)
}

/// Says how a file is read and what its columns were taken for.
pub(super) fn state(source: &Source, columns: &Columns, t: T) {
    let mut facts = vec![t.one("link-file-encoding", "name", source.written.encoding.name())];
    if source.written.mark > 0 {
        facts.push(t.get("link-file-mark"));
    }
    facts.push(t.one("link-file-delimiter", "name", t.message(&delimiter_name(source.delimiter))));
    match source.head.named_at {
        Some(1) => {}
        Some(line) => facts.push(t.one("link-file-named-at", "line", line.to_string())),
        None => facts.push(t.get("link-file-no-names")),
    }
    facts.push(t.one("link-file-columns", "n", source.head.names.len()));
    say::note(&t.two("link-file", "name", source.name.clone(), "facts", facts.join(", ")));
    for sentence in notices(source, t) {
        say::note(&format!("  {sentence}"));
    }
    let lines = super::columns::stated(columns, t);
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
fn notices(source: &Source, t: T) -> Vec<String> {
    let mut all = Vec::new();
    if source.written.encoding != Encoding::UTF_8 {
        all.push(t.get("link-notice-utf-8"));
    }
    if let Some(other) = source.written.other.filter(|_| source.altered.in_other > 0) {
        let lines: Vec<String> = source.altered.first_in_other.iter().map(u64::to_string).collect();
        let more = if source.altered.in_other > lines.len() as u64 { ", …" } else { "" };
        let lines = format!("{}{more}", lines.join(", "));
        let args = [
            ("n", source.altered.in_other.into()),
            ("encoding", other.name().into()),
            ("lines", lines.into()),
        ];
        all.push(t.all("link-notice-two-encodings", &args));
    }
    for notice in &source.head.notices {
        all.push(match notice {
            Notice::DuplicateColumns { names } => t.one("link-notice-renamed", "names", names.join(", ")),
            Notice::UnnamedColumns { names } => t.one("link-notice-unnamed", "names", names.join(", ")),
            Notice::TitleSkipped { lines } => t.one("link-notice-title", "n", lines.count),
            _ => continue,
        });
    }
    all
}

/// Says what a person should know about where the weights come from.
pub(super) fn state_learning(learning: &Learning, t: T) {
    if learning.from == linkage::Source::Expected {
        say::note(&t.get("link-learnt-nothing"));
    }
    for (key, fields) in
        [("link-model-lacks", &learning.not_in_model), ("link-model-has-more", &learning.only_in_model)]
    {
        if !fields.is_empty() {
            let named: Vec<String> = fields.iter().map(|field| field_name(t, field)).collect();
            say::note(&t.one(key, "fields", named.join(", ")));
        }
    }
}

/// What a field is called.
pub(super) fn field_name(t: T, field: &str) -> String {
    let (kind, column) = field.split_once(':').unwrap_or((field, ""));
    let key = format!("link-field-{kind}");
    if t.has(&key) { t.one(&key, "column", column) } else { field.to_owned() }
}

/// Says which rows were kept out.
pub(super) fn state_bad(source: &Source, bad: &BadRows, blank: u64, t: T) {
    const SHOWN: usize = 20;
    let counted = |key: &str, n: u64| t.two(key, "name", source.name.clone(), "n", n);
    if blank > 0 {
        say::note(&counted("link-blank-lines", blank));
    }
    if bad.count == 0 {
        return;
    }
    say::note(&counted("link-kept-out", bad.count));
    for row in bad.first.iter().take(SHOWN) {
        let why = t.message(&row.fault.message());
        say::note(&format!("  {}", t.two("link-bad-row", "line", row.line.to_string(), "why", why)));
    }
    if bad.count > SHOWN as u64 {
        say::note(&format!("  {}", t.one("link-kept-out-more", "n", bad.count - SHOWN as u64)));
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
        body.insert("learning".into(), serde_json::to_value(linkage.learning())?);
        if let Some(judged) = &result.judged {
            body.insert("calibration".into(), serde_json::to_value(&judged.bands)?);
        }
        body.insert("model".into(), serde_json::to_value(linkage.model())?);
    }
    serde_json::to_string_pretty(&body)
}
