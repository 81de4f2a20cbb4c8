//! What becomes of rows, in a run, in a dry run and when a run is undone.

use kernel::errors::Arg;
use kernel::texts::T;
use kernel::{Id, Message};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Why a row is refused or left out, in words. Keep values of the row out of it: reasons are counted, and the
/// report shows the row beside.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reason {
    /// Text key of the field's name, if it is about one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The sentence.
    #[serde(flatten)]
    pub message: Message,
}

impl Reason {
    /// About the whole row.
    pub fn row(message: impl Into<Message>) -> Self {
        Self { field: None, message: message.into() }
    }

    /// About one field, named by a text key.
    pub fn field(label: impl Into<String>, message: impl Into<Message>) -> Self {
        Self { field: Some(label.into()), message: message.into() }
    }

    /// In the reader's language.
    pub fn words(&self, t: T) -> String {
        let sentence = t.message(&self.message);
        match &self.field {
            Some(label) if t.has(label) => {
                t.two("import-reason-field", "field", t.get(label), "reason", sentence)
            }
            Some(label) => t.two("import-reason-field", "field", label.as_str(), "reason", sentence),
            None => sentence,
        }
    }

    /// Reads what was stored with a row.
    pub(crate) fn parse_all(json: &str) -> Vec<Self> {
        let list: Vec<Value> = serde_json::from_str(json).unwrap_or_default();
        list.iter().filter_map(Self::parse).collect()
    }

    fn parse(value: &Value) -> Option<Self> {
        let mut message = Message::new(value.get("key")?.as_str()?.to_owned());
        for pair in value.get("args").and_then(Value::as_array).into_iter().flatten() {
            let name = pair.get(0).and_then(Value::as_str)?.to_owned();
            let arg: Arg = match pair.get(1)? {
                Value::Number(number) => number.as_f64()?.into(),
                other => other.as_str()?.into(),
            };
            message = message.with(name, arg);
        }
        Some(Self { field: value.get("field").and_then(Value::as_str).map(str::to_owned), message })
    }
}

/// What becomes of a row.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Became {
    /// Something new.
    Created,
    /// Something known was completed or changed.
    Updated,
    /// Something known, and nothing new about it.
    Unchanged,
    /// Left out on purpose, as the options say.
    Skipped,
    /// Refused, with reasons.
    Rejected,
}

impl Became {
    /// All, in the order of the report.
    pub const ALL: [Self; 5] = [Self::Created, Self::Updated, Self::Unchanged, Self::Skipped, Self::Rejected];

    /// Name as stored; its text keys are `import-became-` and this.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Created => "created",
            Self::Updated => "updated",
            Self::Unchanged => "unchanged",
            Self::Skipped => "skipped",
            Self::Rejected => "rejected",
        }
    }

    /// From its name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|b| b.name() == name)
    }
}

/// What became of one row.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What.
    pub became: Became,
    /// The thing it is about.
    pub subject: Option<Id>,
    /// State before, as the kind needs it to undo.
    pub before: Option<Value>,
    /// Why, for what was skipped or rejected.
    pub reasons: Vec<Reason>,
}

impl Outcome {
    /// Something new.
    pub const fn created(subject: Id) -> Self {
        Self { became: Became::Created, subject: Some(subject), before: None, reasons: Vec::new() }
    }

    /// Something changed; `before` is what undo needs.
    pub const fn updated(subject: Id, before: Value) -> Self {
        Self { became: Became::Updated, subject: Some(subject), before: Some(before), reasons: Vec::new() }
    }

    /// Known, and nothing new.
    pub const fn unchanged(subject: Id) -> Self {
        Self { became: Became::Unchanged, subject: Some(subject), before: None, reasons: Vec::new() }
    }

    /// Left out.
    pub fn skipped(subject: Option<Id>, reason: Reason) -> Self {
        Self { became: Became::Skipped, subject, before: None, reasons: vec![reason] }
    }

    /// Refused.
    pub const fn rejected(reasons: Vec<Reason>) -> Self {
        Self { became: Became::Rejected, subject: None, before: None, reasons }
    }
}

/// All an import did to one subject.
#[derive(Clone, Debug)]
pub struct Trace {
    /// The thing.
    pub subject: Id,
    /// Each row that created or updated it, in order: what became of it, and the state before.
    pub rows: Vec<(Became, Option<Value>)>,
}

impl Trace {
    /// Whether this import made it.
    pub fn was_created(&self) -> bool {
        self.rows.iter().any(|(became, _)| *became == Became::Created)
    }

    /// The state before the import touched it first.
    pub fn first_before(&self) -> Option<&Value> {
        self.rows.first().and_then(|(_, before)| before.as_ref())
    }

    /// The state before the import touched it last.
    pub fn last_before(&self) -> Option<&Value> {
        self.rows.last().and_then(|(_, before)| before.as_ref())
    }
}

/// What undoing did to a subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Undone {
    /// It is gone.
    Removed,
    /// It is as before.
    Restored,
    /// It was left as it is, for this reason: somebody worked on it since.
    Kept(Message),
}
