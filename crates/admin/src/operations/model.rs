//! The REST interface as its readable page shows it.

/// Operations under one heading.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) operations: Vec<Operation>,
}

/// One operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Operation {
    pub(super) anchor: String,
    pub(super) verb: String,
    /// Parts of the path, each with whether it varies.
    pub(super) path: Vec<(String, bool)>,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) permission: String,
    pub(super) parameters: Vec<Field>,
    pub(super) body: Vec<Field>,
    pub(super) answers: Vec<Answer>,
}

impl Operation {
    pub(super) fn verb_class(&self) -> String {
        format!("verb verb--{}", self.verb.to_lowercase())
    }
    pub(super) fn short_path(&self) -> String {
        let whole: String = self.path.iter().map(|(part, _)| part.as_str()).collect();
        whole.strip_prefix("/api/v1").unwrap_or(&whole).to_owned()
    }
}

/// A parameter, or a field of a body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) place: String,
    pub(super) required: bool,
    pub(super) meaning: String,
}

/// An answer and the fields of its body.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Answer {
    pub(super) status: String,
    pub(super) meaning: String,
    pub(super) fields: Vec<Field>,
}
