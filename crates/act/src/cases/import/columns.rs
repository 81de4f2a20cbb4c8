//! Columns recognised by their names: what a field is called here, in either language, and what others call it.

use kernel::texts::{Locale, fold};
use know::import::{Draft, Field, Label, Mapping};

/// What people call a column of a field beside its own name, folded, the clearest first. « Motif » alone says what a
/// row is about; beside an « Objet » it says why.
const NAMES: [(&str, &[&str]); 4] = [
    ("title", &["sujet", "objet", "titre", "intitule", "subject", "title", "topic", "motif"]),
    ("words", &["verbatim", "ses mots", "propos", "message", "customer words", "what they said"]),
    ("severity", &["gravite", "severite", "niveau de gravite", "severity"]),
    ("cause", &["cause", "motif", "raison", "cause racine", "root cause", "reason"]),
];

/// The mapping with a field for each column that is called like one, where neither has its place yet.
pub(super) fn by_name(draft: &Draft, fields: &[Field]) -> Mapping {
    let mut mapping = draft.mapping.clone();
    mapping.0.resize(draft.columns.len(), None);
    let columns: Vec<String> = draft.columns.iter().map(|column| plain(&column.name)).collect();
    for field in fields {
        if mapping.0.iter().any(|to| to.as_deref() == Some(field.code.as_str())) {
            continue;
        }
        let is_free = |at: usize| mapping.field(at).is_none();
        let found = names(field).into_iter().find_map(|name| {
            columns.iter().enumerate().position(|(at, column)| *column == name && is_free(at))
        });
        if let Some(place) = found.and_then(|at| mapping.0.get_mut(at)) {
            *place = Some(field.code.clone());
        }
    }
    mapping
}

/// The names a column of this field goes by, the clearest first.
fn names(field: &Field) -> Vec<String> {
    let own = [Locale::Fr, Locale::En].into_iter().filter_map(|locale| match &field.label {
        Label::Key(key) => crate::texts(locale).ok().map(|t| plain(&t.get(key))),
        Label::Text(text) => Some(plain(text)),
    });
    let others =
        NAMES.iter().find(|(code, _)| *code == field.code).map_or(&[] as &[&str], |(_, names)| names);
    own.chain(others.iter().map(|name| (*name).to_owned())).collect()
}

/// A name as it is compared: `Niveau_de_gravité` is « niveau de gravite ».
fn plain(name: &str) -> String {
    fold(&name.replace(['_', '-', ':'], " "))
}
