//! Events in words.

use kernel::Instant;
use kernel::clock::Zone;
use kernel::texts::T;
use serde_json::{Map, Value};

/// One field of an event: its name, what it was and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// Name of the field in words.
    pub label: String,
    /// What it was, when the event tells.
    pub before: Option<String>,
    /// What it is.
    pub after: Option<String>,
    /// Whether both are told and differ.
    pub changed: bool,
}

/// An event as people say it: the text under `event-` and its kind, with dashes; else the kind itself.
pub fn event_in_words(t: T, kind: &str) -> String {
    in_words(t, "event", kind)
}

/// A field as people say it: the text under `field-` and its name, with dashes; else the name itself.
pub fn field_in_words(t: T, name: &str) -> String {
    in_words(t, "field", name)
}

fn in_words(t: T, prefix: &str, code: &str) -> String {
    let key = format!("{prefix}-{}", code.replace(['.', '_'], "-"));
    if t.has(&key) { t.get(&key) } else { code.to_owned() }
}

/// The fields of an event, those that changed first, each with both values.
pub fn changes(t: T, zone: &Zone, before: Option<&Value>, after: Option<&Value>) -> Vec<FieldChange> {
    let (was, is) = (before.map(flat).unwrap_or_default(), after.map(flat).unwrap_or_default());
    let mut names: Vec<&String> = was.keys().collect();
    names.extend(is.keys().filter(|name| !was.contains_key(*name)));
    let words = |value: &Value| value_in_words(t, zone, value);
    let mut all: Vec<FieldChange> = names
        .into_iter()
        .map(|name| FieldChange {
            label: field_in_words(t, name),
            before: was.get(name).map(words),
            after: is.get(name).map(words),
            changed: before.is_some() && after.is_some() && was.get(name) != is.get(name),
        })
        .collect();
    all.sort_by_key(|change| !change.changed);
    all
}

/// An object with its inner objects spread out: `{"a": {"b": 1}}` is `{"a.b": 1}`.
fn flat(value: &Value) -> Map<String, Value> {
    let mut out = Map::new();
    spread("", value, &mut out);
    out
}

fn spread(path: &str, value: &Value, out: &mut Map<String, Value>) {
    let Value::Object(fields) = value else {
        let name = if path.is_empty() { "value" } else { path };
        out.insert(name.to_owned(), value.clone());
        return;
    };
    for (name, inner) in fields {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        spread(&path, inner, out);
    }
}

fn value_in_words(t: T, zone: &Zone, value: &Value) -> String {
    match value {
        Value::Null => "–".to_owned(),
        Value::Bool(true) => t.get("admin-yes"),
        Value::Bool(false) => t.get("admin-no"),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => "–".to_owned(),
        Value::String(text) => match text.parse::<Instant>() {
            Ok(instant) if text.ends_with('Z') => t.moment(instant, zone),
            _ => text.clone(),
        },
        Value::Array(items) if items.is_empty() => "–".to_owned(),
        Value::Array(items) => {
            items.iter().map(|item| value_in_words(t, zone, item)).collect::<Vec<_>>().join(", ")
        }
        Value::Object(_) => value.to_string(),
    }
}
