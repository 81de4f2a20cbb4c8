//! What a kind of import works with before the run: the file, its columns, fields, options and findings.

use std::collections::BTreeMap;

use kernel::tabular::Row;
use kernel::tabular::dates::Inferred;
use kernel::tabular::guess::{ColumnKind, Guess};
use kernel::texts::T;
use kernel::{Id, Message};
use serde::{Deserialize, Serialize};

/// A file on its way in: what it holds and what was decided so far.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The import.
    pub import: Id,
    /// Name of the file.
    pub file_name: String,
    /// Usable rows.
    pub rows: u64,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Where each column goes.
    pub mapping: Mapping,
    /// Options by code.
    pub options: Choices,
}

impl Draft {
    /// Columns that go to a field.
    pub fn columns_of<'d>(&'d self, field: &'d str) -> impl Iterator<Item = (usize, &'d Column)> + 'd {
        self.columns.iter().enumerate().filter(move |(at, _)| self.mapping.field(*at) == Some(field))
    }

    /// Whether some column goes to this field.
    pub fn has(&self, field: &str) -> bool {
        self.mapping.0.iter().any(|to| to.as_deref() == Some(field))
    }
}

/// A column of the file, as it was found when the whole file was read.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Column {
    /// Its name; unique.
    pub name: String,
    /// The first different values, at most five.
    pub examples: Vec<String>,
    /// What it probably holds.
    pub guess: Guess,
    /// Empty cells.
    pub empty: u64,
    /// Every different value with its count, in order of appearance, when there are at most [`DISTINCT_MOST`].
    pub values: Option<Vec<(String, u64)>>,
    /// How its dates are written, when most of its first values look like dates.
    pub dates: Option<Inferred>,
    /// Dates with a year in two figures.
    pub short_years: u64,
}

/// Different values counted per column.
pub const DISTINCT_MOST: usize = 100;

/// Where each column goes: the code of a field, or nowhere.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Mapping(pub Vec<Option<String>>);

impl Mapping {
    /// The field a column goes to.
    pub fn field(&self, column: usize) -> Option<&str> {
        self.0.get(column).and_then(Option::as_deref)
    }
}

/// Options by code; an absent one is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Choices(pub BTreeMap<String, String>);

impl Choices {
    /// The value of an option; empty when nothing was decided.
    pub fn get(&self, code: &str) -> &str {
        self.0.get(code).map_or("", String::as_str)
    }

    /// Whether a box was ticked.
    pub fn is_on(&self, code: &str) -> bool {
        matches!(self.get(code), "on" | "true" | "1")
    }
}

/// Words for a person: a text key, or a name that needs no translation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Label {
    /// A text key.
    Key(&'static str),
    /// As it is: the name of a site, a question.
    Text(String),
}

impl Label {
    /// In the reader's language.
    pub fn words(&self, t: T) -> String {
        match self {
            Self::Key(key) => t.get(key),
            Self::Text(text) => text.clone(),
        }
    }
}

impl From<&'static str> for Label {
    fn from(key: &'static str) -> Self {
        Self::Key(key)
    }
}

/// A place a column can go to.
#[derive(Clone, Debug)]
pub struct Field {
    /// Code, stable: `family_name`, `question-5`.
    pub code: String,
    /// Its name.
    pub label: Label,
    /// What columns that belong here are guessed to hold, the best first.
    pub guesses: Vec<ColumnKind>,
    /// Several columns may go there; their values are joined with a space.
    pub many: bool,
}

impl Field {
    /// A field for one column.
    pub fn new(code: impl Into<String>, label: impl Into<Label>, guesses: &[ColumnKind]) -> Self {
        Self { code: code.into(), label: label.into(), guesses: guesses.to_vec(), many: false }
    }

    /// The same, for several columns.
    #[must_use]
    pub fn many(mut self) -> Self {
        self.many = true;
        self
    }
}

/// A decision beside the mapping.
#[derive(Clone, Debug)]
pub struct OptionField {
    /// Code, stable: `duplicates`.
    pub code: &'static str,
    /// Text key of its name; the key with `-hint`, if there is one, explains it.
    pub label: &'static str,
    /// How it is decided.
    pub control: Control,
    /// What holds until somebody decides.
    pub usual: String,
    /// Another value changes the fields: columns without one get a new proposal.
    pub drives_fields: bool,
}

impl OptionField {
    /// A choice of one.
    pub fn choice(code: &'static str, label: &'static str, values: Vec<(String, Label)>) -> Self {
        let usual = values.first().map(|(value, _)| value.clone()).unwrap_or_default();
        Self { code, label, control: Control::Choice(values), usual, drives_fields: false }
    }

    /// A box to tick.
    pub const fn check(code: &'static str, label: &'static str) -> Self {
        Self { code, label, control: Control::Check, usual: String::new(), drives_fields: false }
    }

    /// A line of text.
    pub const fn text(code: &'static str, label: &'static str) -> Self {
        Self { code, label, control: Control::Text, usual: String::new(), drives_fields: false }
    }

    /// A day, `YYYY-MM-DD`.
    pub const fn day(code: &'static str, label: &'static str) -> Self {
        Self { code, label, control: Control::Day, usual: String::new(), drives_fields: false }
    }

    /// Another value until somebody decides.
    #[must_use]
    pub fn usually(mut self, value: impl Into<String>) -> Self {
        self.usual = value.into();
        self
    }

    /// Its value decides which fields there are.
    #[must_use]
    pub const fn drives_fields(mut self) -> Self {
        self.drives_fields = true;
        self
    }
}

/// How an option is decided.
#[derive(Clone, Debug)]
pub enum Control {
    /// One of these: value and words. A value beyond them is refused.
    Choice(Vec<(String, Label)>),
    /// Yes (`on`) or no (empty).
    Check,
    /// A line of text, 500 characters at most.
    Text,
    /// A day.
    Day,
}

/// How serious a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tone {
    /// Good to know.
    Good,
    /// To be looked at.
    Warning,
    /// A decision is missing: nothing can be written yet.
    Blocking,
}

/// What a person should know or decide before the run.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    /// How serious.
    pub tone: Tone,
    /// The column it is about.
    pub column: Option<usize>,
    /// In two or three words, in place of the column's reading: “4 codes reconnus”.
    pub tag: Option<Message>,
    /// Title of the notice beside the table; none: only the tag is shown.
    pub title: Option<Message>,
    /// What to do about it.
    pub detail: Option<Message>,
    /// The option that settles it: the notice leads there.
    pub option: Option<&'static str>,
}

impl Finding {
    /// A notice beside the table.
    pub fn new(tone: Tone, title: impl Into<Message>, detail: impl Into<Message>) -> Self {
        let (title, detail) = (Some(title.into()), Some(detail.into()));
        Self { tone, column: None, tag: None, title, detail, option: None }
    }

    /// Only the reading of a column.
    pub fn tag(tone: Tone, column: usize, tag: impl Into<Message>) -> Self {
        Self { tone, column: Some(column), tag: Some(tag.into()), title: None, detail: None, option: None }
    }

    /// About this column, with words for its reading.
    #[must_use]
    pub fn at(mut self, column: usize, tag: impl Into<Message>) -> Self {
        (self.column, self.tag) = (Some(column), Some(tag.into()));
        self
    }

    /// Settled by this option.
    #[must_use]
    pub const fn settled_by(mut self, option: &'static str) -> Self {
        self.option = Some(option);
        self
    }
}

/// The cells of a row, by field.
#[derive(Clone, Copy)]
pub struct Cells<'r> {
    row: &'r Row,
    layout: &'r Layout,
}

impl<'r> Cells<'r> {
    /// A row seen through a mapping.
    pub const fn new(row: &'r Row, layout: &'r Layout) -> Self {
        Self { row, layout }
    }

    /// Line of the file.
    pub fn line(&self) -> u64 {
        self.row.line
    }

    /// Trimmed value of a field; several columns are joined with a space; empty when no column goes there.
    pub fn get(&self, field: &str) -> std::borrow::Cow<'r, str> {
        let value = |column: usize| self.row.get(column).unwrap_or_default().trim();
        match self.layout.columns(field) {
            [] => "".into(),
            [one] => value(*one).into(),
            several => {
                let parts: Vec<&str> = several.iter().map(|c| value(*c)).filter(|v| !v.is_empty()).collect();
                parts.join(" ").into()
            }
        }
    }

    /// Raw cell of a column, spaces kept: words of a customer stay as they are.
    pub fn raw(&self, column: usize) -> &'r str {
        self.row.get(column).unwrap_or_default()
    }
}

/// Columns by field, for quick reading.
#[derive(Clone, Debug, Default)]
pub struct Layout(Vec<(String, Vec<usize>)>);

impl Layout {
    /// From a mapping.
    pub fn new(mapping: &Mapping) -> Self {
        let mut fields: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (column, field) in mapping.0.iter().enumerate() {
            if let Some(field) = field {
                fields.entry(field).or_default().push(column);
            }
        }
        Self(fields.into_iter().map(|(field, columns)| (field.to_owned(), columns)).collect())
    }

    fn columns(&self, field: &str) -> &[usize] {
        let place = self.0.binary_search_by(|(code, _)| code.as_str().cmp(field));
        place.ok().and_then(|at| self.0.get(at)).map_or(&[], |(_, columns)| columns.as_slice())
    }
}

/// One line of the preview.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    /// What.
    pub label: Label,
    /// Its value, in the reader's language.
    pub text: String,
    /// Where it leads.
    pub href: Option<String>,
}

impl Fact {
    /// A line.
    pub fn new(label: impl Into<Label>, text: impl Into<String>) -> Self {
        Self { label: label.into(), text: text.into(), href: None }
    }

    /// Leading somewhere.
    #[must_use]
    pub fn leading_to(mut self, href: impl Into<String>) -> Self {
        self.href = Some(href.into());
        self
    }
}
