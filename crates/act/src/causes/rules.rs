//! What a cause may be, and the order of the tree.

use kernel::{Error, FieldError, Id, Message, Result};

use super::model::{Branch, Cause, CauseInput, Tree};

/// Characters of a name at most.
const NAME: usize = 80;
/// Levels of the tree at most: families, causes, kinds of causes.
const LEVELS: usize = 3;
/// Causes at most: a list one can still choose from.
pub const MOST: usize = 500;

/// Importance when nothing is said: the middle of 1 to 5.
pub const USUAL_IMPORTANCE: i64 = 3;

/// Families with their causes, as text keys (`cause-usual-` and this): a tree to begin with.
pub const USUAL: [(&str, &[&str]); 7] = [
    ("welcome", &["unavailable", "tone"]),
    ("wait", &["counter", "phone"]),
    ("advice", &["missing", "wrong"]),
    ("delivery", &["late", "incomplete", "damaged"]),
    ("product", &["faulty", "quality", "missing"]),
    ("billing", &["error", "refund"]),
    ("promise", &["call-back", "delay"]),
];

/// Checks what was typed about a cause; `id` is that of a known one.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn check(input: &CauseInput, tree: &Tree, id: Option<Id>) -> Result<Cause> {
    let mut errors = Vec::new();
    let (fr, en) = (input.name_fr.trim(), input.name_en.trim());
    if fr.is_empty() {
        errors.push(FieldError::new("name_fr", "cause-error-name"));
    }
    for (field, text) in [("name_fr", fr), ("name_en", en)] {
        if text.chars().count() > NAME {
            errors.push(FieldError::new(field, Message::new("cause-error-long").with("most", NAME)));
        }
    }
    let code = input.code.trim();
    let is_code = (1..=40).contains(&code.len())
        && code.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !is_code {
        errors.push(FieldError::new("code", "cause-error-code"));
    }
    let importance = match input.importance.trim() {
        "" => Some(USUAL_IMPORTANCE),
        text => text.parse().ok().filter(|n| (1..=5).contains(n)),
    };
    if importance.is_none() {
        errors.push(FieldError::new("importance", "cause-error-importance"));
    }
    let parent = match input.parent.trim() {
        "" => Ok(None),
        text => text.parse().ok().filter(|parent| may_stand_under(tree, id, *parent)).map(Some).ok_or(()),
    };
    if parent.is_err() {
        errors.push(FieldError::new("parent", "cause-error-parent"));
    }
    let (Some(importance), Ok(parent), true) = (importance, parent, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    Ok(Cause {
        id: id.unwrap_or(Id(0)),
        parent,
        code: code.to_owned(),
        name_fr: fr.to_owned(),
        name_en: en.to_owned(),
        importance,
        retired: matches!(input.retired.as_str(), "on" | "true"),
        version: input.version.parse().unwrap_or(0),
    })
}

/// Whether a cause may stand under `parent`: it exists, is not below the cause itself, and leaves room for what is.
fn may_stand_under(tree: &Tree, id: Option<Id>, parent: Id) -> bool {
    let Some(above) = tree.branches().iter().find(|b| b.cause.id == parent) else { return false };
    let below = id.map(|id| tree.below(id)).unwrap_or_default();
    let depth_of = |id: &Id| tree.branches().iter().find(|b| b.cause.id == *id).map_or(0, |b| b.depth);
    let own = below.first().map_or(0, depth_of);
    let height = below.iter().map(depth_of).max().unwrap_or(own) - own;
    !below.contains(&parent) && above.depth + 1 + height < LEVELS
}

/// The tree of these causes, in order of their names.
pub fn tree(mut causes: Vec<Cause>) -> Tree {
    causes.sort_by_cached_key(|cause| (kernel::texts::fold(&cause.name_fr), cause.id));
    let mut branches = Vec::with_capacity(causes.len());
    add_below(&causes, None, 0, &mut branches);
    Tree::new(branches)
}

fn add_below(causes: &[Cause], parent: Option<Id>, depth: usize, into: &mut Vec<Branch>) {
    if depth >= LEVELS {
        return;
    }
    for cause in causes.iter().filter(|cause| cause.parent == parent) {
        into.push(Branch { cause: cause.clone(), depth });
        add_below(causes, Some(cause.id), depth + 1, into);
    }
}

/// The same as typed, for a form.
pub fn to_input(cause: &Cause) -> CauseInput {
    CauseInput {
        parent: cause.parent.map(|id| id.to_string()).unwrap_or_default(),
        code: cause.code.clone(),
        name_fr: cause.name_fr.clone(),
        name_en: cause.name_en.clone(),
        importance: cause.importance.to_string(),
        retired: if cause.retired { "on".into() } else { String::new() },
        version: cause.version.to_string(),
        csrf: String::new(),
    }
}
