//! Reading the cells of a row, without the database.

use std::collections::HashMap;

use kernel::texts::fold;
use kernel::{FieldError, Id, Instant, Message};
use know::import::{Cells, Reason};

use super::{CaseInput, Row, Setting, Severity, rules};
use crate::causes::model::Cause;

/// What people write for our severities, folded.
const SEVERITIES: [(&str, Severity); 22] = [
    ("gene", Severity::Minor),
    ("mineur", Severity::Minor),
    ("mineure", Severity::Minor),
    ("faible", Severity::Minor),
    ("legere", Severity::Minor),
    ("low", Severity::Minor),
    ("minor", Severity::Minor),
    ("annoyance", Severity::Minor),
    ("majeur", Severity::Major),
    ("majeure", Severity::Major),
    ("grave", Severity::Major),
    ("moyenne", Severity::Major),
    ("vrai prejudice", Severity::Major),
    ("real harm", Severity::Major),
    ("medium", Severity::Major),
    ("major", Severity::Major),
    ("critique", Severity::Critical),
    ("critical", Severity::Critical),
    ("high", Severity::Critical),
    ("danger", Severity::Critical),
    ("sante ou securite", Severity::Critical),
    ("health or safety", Severity::Critical),
];

/// Causes by code and by name in either language; those no longer used are not offered.
#[derive(Debug, Default)]
pub(super) struct Causes(HashMap<String, Id>);

impl Causes {
    pub(super) fn of(all: &[Cause]) -> Self {
        let offered = all.iter().filter(|cause| !cause.retired);
        let named = offered
            .flat_map(|c| [&c.code, &c.name_fr, &c.name_en].map(|name| (fold(name), c.id)))
            .filter(|(name, _)| !name.is_empty());
        Self(named.collect())
    }

    fn read(&self, cell: &str) -> Result<Option<Id>, Message> {
        let plain = fold(cell);
        if plain.is_empty() {
            return Ok(None);
        }
        let found = self.0.get(&plain).copied();
        found.map(Some).ok_or_else(|| Message::new("cases-import-bad-cause").with("value", cell))
    }
}

fn severity(cell: &str) -> Result<Severity, Message> {
    let plain = fold(cell);
    if plain.is_empty() {
        return Ok(Severity::Minor);
    }
    let found = SEVERITIES.iter().find(|(word, _)| *word == plain).map(|(_, severity)| *severity);
    found.ok_or_else(|| Message::new("cases-import-bad-severity").with("value", cell))
}

/// When a row was said: now, when neither it nor the options say.
fn when(setting: &Setting, cell: &str) -> Result<Instant, Message> {
    if cell.trim().is_empty() && setting.dates.fixed.is_none() {
        return Ok(setting.now);
    }
    setting.dates.read(cell).map(|(_, at)| at)
}

/// What it is about: the title, else how what was said begins.
fn title(title: &str, words: &str) -> String {
    if !title.is_empty() {
        return title.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let line = words.lines().find(|line| !line.trim().is_empty()).unwrap_or_default().trim();
    if line.chars().count() <= rules::TITLE {
        return line.to_owned();
    }
    let cut: String = line.chars().take(rules::TITLE - 1).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(whole, _)| whole);
    format!("{whole}…")
}

/// A row as a case, checked like one that is typed.
pub(super) fn row(setting: &Setting, cells: &Cells<'_>) -> Result<Row, Vec<Reason>> {
    let mut reasons = Vec::new();
    let when = note(&mut reasons, "date", when(setting, &cells.get("date")));
    let site = note(&mut reasons, "site", setting.sites.read(&cells.get("site")));
    let severity = note(&mut reasons, "severity", severity(&cells.get("severity")));
    let cause = note(&mut reasons, "cause", setting.causes.read(&cells.get("cause")));
    let words = cells.get("words");
    let input = CaseInput {
        customer: cells.get("customer").into_owned(),
        reach: cells.get("reach").into_owned(),
        title: title(&cells.get("title"), &words),
        words: words.into_owned(),
        ..CaseInput::default()
    };
    let mut wrong = Vec::new();
    let checked = rules::check(&input, &mut wrong);
    reasons
        .extend(wrong.into_iter().map(|FieldError { field, message }| Reason::field(label(&field), message)));
    let (Some(at), Some(site), Some(severity), Some(cause), true) =
        (when, site, severity, cause, reasons.is_empty())
    else {
        return Err(reasons);
    };
    let rules::Checked { title, words, reach, .. } = checked;
    Ok(Row { customer: input.customer, reach, title, words, at, site, severity, cause })
}

/// The value, or its refusal noted under the name of its field.
fn note<V>(reasons: &mut Vec<Reason>, field: &str, read: Result<V, Message>) -> Option<V> {
    read.map_err(|message| reasons.push(Reason::field(label(field), message))).ok()
}

fn label(field: &str) -> String {
    format!("cases-import-field-{field}")
}
