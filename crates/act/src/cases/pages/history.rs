//! What happened on a case, in words.

use kernel::Id;
use kernel::clock::Zone;
use kernel::texts::T;

use crate::cases::model::{Case, Change, Detail, Step, StepKind};
use crate::cases::rules;
use crate::causes::model::Tree;

/// Something that happened, in words.
pub struct Line {
    /// The step.
    pub(super) id: Id,
    pub(super) icon: &'static str,
    /// What.
    pub lead: String,
    /// By whom, through which channel.
    pub detail: String,
    /// A note, a letter, a reason.
    pub text: String,
    /// What changed, field by field.
    pub changes: Vec<String>,
    /// The customer's own words.
    pub(super) is_voice: bool,
    pub(super) href: String,
    /// When.
    pub when: String,
}

/// What it takes to say it.
#[derive(Clone, Copy)]
pub struct Words<'a> {
    /// The reader's texts.
    pub t: T,
    /// Where the organisation is.
    pub zone: &'a Zone,
    /// The causes, to name them.
    pub tree: &'a Tree,
    /// Currency of costs.
    pub currency: &'a str,
    /// The case came with a file: what happened there first is that it was taken in.
    pub is_imported: bool,
}

impl<'a> Words<'a> {
    /// For a case.
    pub fn of(t: T, zone: &'a Zone, tree: &'a Tree, case: &'a Case) -> Self {
        Self { t, zone, tree, currency: &case.currency, is_imported: case.import.is_some() }
    }

    /// Name of a field.
    pub(super) fn field(&self, name: &str) -> String {
        self.t.get(&format!("case-{}", name.replace('_', "-")))
    }

    /// The value of a field.
    pub(super) fn value(&self, field: &str, value: &str) -> String {
        let t = self.t;
        match (field, value) {
            ("cause", "") => t.get("case-cause-unknown"),
            ("cause", id) => self.tree.path(id.parse().ok(), t.locale()),
            ("severity" | "remedy", name) => t.get(&format!("case-{field}-{name}")),
            (_, "") => t.get("case-nothing"),
            ("cost", text) => {
                rules::amount(text).map_or_else(|| text.to_owned(), |cost| t.money(cost, self.currency))
            }
            (_, text) => text.to_owned(),
        }
    }

    /// « Gravité : Gêne → Vrai préjudice ».
    fn change(&self, change: &Change) -> String {
        let field = change.field.as_str();
        let (from, to) = (self.value(field, &change.from), self.value(field, &change.to));
        let key = if field == "no_cause" { "case-change-to" } else { "case-change" };
        self.t.all(key, &[("field", self.field(field).into()), ("from", from.into()), ("to", to.into())])
    }
}

/// Everything that happened, the latest first.
pub fn lines(words: &Words<'_>, steps: &[Step]) -> Vec<Line> {
    steps.iter().rev().map(|step| line(words, step)).collect()
}

fn line(words: &Words<'_>, step: &Step) -> Line {
    let Words { t, zone, .. } = *words;
    let Detail { channel, outcome, to, subject, confirmed, until, percent, response, .. } = &step.detail;
    let key = format!("case-step-{}", step.kind.name());
    let lead = match step.kind {
        StepKind::Opened if words.is_imported => t.get("case-step-imported"),
        StepKind::Attempted => t.get(&format!("case-outcome-{}", outcome.replace('_', "-"))),
        StepKind::HandedOver if to.is_empty() => t.get("case-step-handed-back"),
        StepKind::HandedOver | StepKind::OwnerLeft => t.one(&key, "name", to.clone()),
        StepKind::Alerted => t.one(&key, "percent", percent.unwrap_or(0)),
        StepKind::Kept => t.one(&key, "day", step.detail.promised.map_or_else(String::new, |day| t.day(day))),
        StepKind::Extended | StepKind::Rescheduled => {
            t.one(&key, "when", until.map_or_else(String::new, |at| t.moment(at, zone)))
        }
        _ => t.get(&key),
    };
    let mut detail = Vec::new();
    if !channel.is_empty() {
        detail.push(t.get(&format!("said-by-{channel}")));
    }
    if !step.actor_name.is_empty() {
        detail.push(t.one("flow-by", "name", step.actor_name.clone()));
    }
    if !subject.is_empty() {
        detail.push(subject.clone());
    }
    if !confirmed.is_empty() {
        let names: Vec<String> = confirmed.iter().map(|name| t.get(&format!("letter-{name}"))).collect();
        detail.push(t.one("letter-vouched", "elements", names.join(", ")));
    }
    if let (Some(day), StepKind::Replied) = (step.detail.promised, step.kind) {
        detail.push(t.one("case-promised-for", "day", t.day(day)));
    }
    Line {
        id: step.id,
        icon: icon(step.kind, channel),
        lead,
        detail: detail.join(" · "),
        text: step.text.clone(),
        changes: step.detail.changes.iter().map(|change| words.change(change)).collect(),
        is_voice: step.kind == StepKind::Again,
        href: response.map(listen::responses::url).unwrap_or_default(),
        when: t.moment(step.at, zone),
    }
}

fn icon(kind: StepKind, channel: &str) -> &'static str {
    match kind {
        StepKind::Opened | StepKind::Reopened => "flag",
        StepKind::Again => "listen",
        StepKind::Taken | StepKind::HandedOver | StepKind::OwnerLeft => "user",
        StepKind::Noted | StepKind::Changed => "note",
        StepKind::Replied | StepKind::NotDelivered | StepKind::Left => "mail",
        StepKind::Danger => "warn",
        StepKind::Extended | StepKind::Alerted | StepKind::Rescheduled => "clock",
        StepKind::TakenBack => "undo",
        StepKind::Closed | StepKind::Kept => "check",
        StepKind::Attempted | StepKind::Told => match channel {
            "mail" => "mail",
            "letter" => "letter",
            "counter" => "counter",
            "visit" => "users",
            _ => "phone",
        },
    }
}

/// A letter left, and its arrival is not known yet.
pub(super) fn is_leaving(steps: &[Step]) -> bool {
    let last = steps.iter().rev().find(|s| {
        s.detail.mail.is_some()
            && matches!(s.kind, StepKind::Replied | StepKind::Told | StepKind::Left | StepKind::NotDelivered)
    });
    last.is_some_and(|step| step.kind == StepKind::Replied)
}
