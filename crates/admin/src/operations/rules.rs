//! Reading an OpenAPI document for people.

use serde_json::Value;

use super::model::{Answer, Field, Group, Operation};

const VERBS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// The operations of a document, grouped by their first tag, in the order of the document.
pub(super) fn read(document: &Value) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let paths = document["paths"].as_object();
    for (path, item) in paths.into_iter().flatten() {
        for verb in VERBS {
            let Some(described) = item.get(verb) else { continue };
            let tag = described["tags"][0].as_str().unwrap_or("api");
            let operation = operation(document, path, verb, described);
            match groups.iter_mut().find(|group| group.name == tag) {
                Some(group) => group.operations.push(operation),
                None => groups.push(Group { name: tag.to_owned(), operations: vec![operation] }),
            }
        }
    }
    groups
}

/// A description as HTML: what stands between backticks is code.
pub(super) fn prose(text: &str) -> askama::filters::Safe<String> {
    let parts = text.split('`').enumerate().map(|(at, part)| {
        let part = web_kit::form::escape(part);
        if at % 2 == 1 { format!("<code>{part}</code>") } else { part }
    });
    askama::filters::Safe(parts.collect())
}

fn operation(document: &Value, path: &str, verb: &str, described: &Value) -> Operation {
    let given = described["parameters"].as_array();
    let body = described.pointer("/requestBody/content/application~1json/schema");
    let answers = described["responses"].as_object();
    Operation {
        anchor: anchor(verb, path),
        verb: verb.to_uppercase(),
        path: parts(path),
        summary: text(&described["summary"]),
        description: text(&described["description"]),
        permission: permission(described),
        parameters: given.into_iter().flatten().map(|p| parameter(document, p)).collect(),
        body: body.map(|schema| fields(document, schema)).unwrap_or_default(),
        answers: answers.into_iter().flatten().map(|(status, a)| answer(document, status, a)).collect(),
    }
}

fn anchor(verb: &str, path: &str) -> String {
    let words = path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|w| !w.is_empty());
    std::iter::once(verb).chain(words).collect::<Vec<_>>().join("-")
}

/// "/api/v1/jobs/{id}" in parts, each with whether it varies.
fn parts(path: &str) -> Vec<(String, bool)> {
    let mut all = Vec::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            all.push((before.to_owned(), false));
        }
        all.push((format!("{{{name}}}"), true));
        rest = after;
    }
    if !rest.is_empty() {
        all.push((rest.to_owned(), false));
    }
    all
}

fn permission(described: &Value) -> String {
    let scopes = described["security"][0].as_object().and_then(|named| named.values().next());
    let names = scopes.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    names.collect::<Vec<_>>().join(", ")
}

fn parameter(document: &Value, given: &Value) -> Field {
    let given = resolve(document, given);
    Field {
        name: text(&given["name"]),
        kind: kind(document, &given["schema"]),
        place: text(&given["in"]),
        required: given["required"].as_bool().unwrap_or(false),
        meaning: text(&given["description"]),
    }
}

fn answer(document: &Value, status: &str, described: &Value) -> Answer {
    let content = described["content"].as_object().and_then(|kinds| kinds.values().next());
    let is_problem = !status.starts_with('2');
    let schema = content.map(|c| &c["schema"]).filter(|_| !is_problem);
    Answer {
        status: status.to_owned(),
        meaning: text(&described["description"]),
        fields: schema.map(|schema| fields(document, schema)).unwrap_or_default(),
    }
}

/// The fields of an object; of its items, for a page of a list.
fn fields(document: &Value, schema: &Value) -> Vec<Field> {
    let schema = resolve(document, schema);
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let mut all = Vec::new();
    for part in schema["allOf"].as_array().into_iter().flatten() {
        all.extend(fields(document, part));
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        all.push(Field {
            name: name.clone(),
            kind: kind(document, inner),
            place: String::new(),
            required: required.contains(&name.as_str()),
            meaning: text(&inner["description"]),
        });
        let items = inner.get("items").filter(|_| name == "items");
        let inside = items.map(|items| fields(document, items)).unwrap_or_default();
        all.extend(inside.into_iter().map(|f| Field { name: format!("items[].{}", f.name), ..f }));
    }
    all
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    let named = schema["$ref"].as_str().and_then(|name| name.strip_prefix('#'));
    named.and_then(|pointer| document.pointer(pointer)).unwrap_or(schema)
}

/// The type of a schema in a word or two.
fn kind(document: &Value, schema: &Value) -> String {
    if let Some(name) = schema["$ref"].as_str().and_then(|n| n.rsplit('/').next()) {
        let inner = resolve(document, schema);
        return match inner["enum"].as_array() {
            Some(values) => choices(values),
            None => name.to_owned(),
        };
    }
    if let Some(values) = schema["enum"].as_array() {
        return choices(values);
    }
    for several in ["oneOf", "anyOf"] {
        if let Some(kinds) = schema[several].as_array() {
            return kinds.iter().map(|k| kind(document, k)).collect::<Vec<_>>().join(" | ");
        }
    }
    match &schema["type"] {
        Value::String(name) if name == "array" => format!("{}[]", kind(document, &schema["items"])),
        Value::String(name) => name.clone(),
        Value::Array(names) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => "object".to_owned(),
    }
}

fn choices(values: &[Value]) -> String {
    values.iter().map(ToString::to_string).collect::<Vec<_>>().join(" | ")
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
