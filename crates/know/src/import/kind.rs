//! What a kind of import is, and what it works with.

use std::collections::BTreeMap;

use kernel::errors::Arg;
use kernel::identity::{Actor, Permission};
use kernel::tabular::dates::Inferred;
use kernel::tabular::guess::{ColumnKind, Confidence, Guess};
use kernel::tabular::{self, Row};
use kernel::texts::T;
use kernel::{Id, Message, Result, Tx};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// A kind of things that come in as files: customers, survey answers.
///
/// Implement it on an empty type, and list `Kind::of::<ThatType>()` where the program is put together. The engine
/// keeps files, mapping, paging, progress, resumption, the report and undo; the kind knows its fields and writes
/// its rows. Three texts name it: `import-kind-CODE` (“Clients”), `import-kind-CODE-help` (a line on the page where
/// one chooses) and `job-import-CODE` (the job, in words).
pub trait ImportKind: Sized + 'static {
    /// Name in addresses, in the API and in text keys: `customers`.
    const CODE: &'static str;
    /// Name of its jobs, unique in the program: `import.customers`.
    const JOB: &'static str;
    /// Who may.
    const PERMISSION: Permission;

    /// All that [`ImportKind::prepare`] and [`ImportKind::apply`] look up again and again: options as types, sites
    /// by code, the questions of a survey. Made once per run.
    type Setting: Send + Sync + 'static;
    /// A row that was understood and checked, ready to be written.
    type Row: Send + Sync + 'static;
    /// What a dry run remembers of earlier rows of the file, since it writes none. `()` when rows do not depend on
    /// each other.
    type Memory: Default + Send;

    /// What a person decides beside the mapping, in the order of the form.
    fn options(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Vec<OptionField>>;

    /// Where a column can go, in the order of the list. May depend on the options (the questions of the chosen
    /// survey): mark such an option with [`OptionField::drives_fields`].
    fn fields(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Vec<Field>>;

    /// Proposes a field for each column that has none. By default the first free field that lists what the column
    /// was guessed to hold.
    fn propose(draft: &Draft, fields: &[Field]) -> Mapping {
        propose_by_guess(draft, fields)
    }

    /// What a person should know or decide before it starts. A [`Tone::Blocking`] finding forbids the run.
    fn check(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Vec<Finding>>;

    /// Looks up what the rows need. Called at the start and after each resumption; a refusal ends the job.
    fn open(tx: &mut Tx<'_>, by: &Actor, draft: &Draft) -> Result<Self::Setting>;

    /// Understands and checks one row, without the database. The reasons of a refusal are shown to the person.
    fn prepare(setting: &Self::Setting, cells: &Cells<'_>) -> Result<Self::Row, Vec<Reason>>;

    /// A first pass of the dry run shows every row, so that `memory` need keep only what occurs twice.
    fn look_ahead(_memory: &mut Self::Memory, _setting: &Self::Setting, _row: &Self::Row) {}

    /// Says what [`ImportKind::apply`] would do, and writes nothing. One outcome per row, in order.
    fn rehearse(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Self::Setting,
        memory: &mut Self::Memory,
        rows: &[Self::Row],
    ) -> Result<Vec<Outcome>>;

    /// Writes a batch, with its events, in the transaction of the batch; it may be run again, so it must change
    /// nothing but the database. One outcome per row, in order. Permission was checked when the run was asked for.
    fn apply(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Self::Setting,
        import: Id,
        rows: &[Self::Row],
    ) -> Result<Vec<Outcome>>;

    /// Takes back what the import did to each subject, as long as nobody changed it since. One answer per trace, in
    /// order.
    fn undo(tx: &mut Tx<'_>, by: &Actor, import: Id, traces: &[Trace]) -> Result<Vec<Undone>>;

    /// One row as it would come in, for the preview.
    fn preview(tx: &mut Tx<'_>, by: &Actor, setting: &Self::Setting, row: &Self::Row, t: T)
    -> Result<Vec<Fact>>;

    /// Page of one thing that was written.
    fn subject_href(_subject: Id) -> Option<String> {
        None
    }

    /// Names of things that were written, for lists of rows; those not found are left out.
    fn subject_names(_tx: &mut Tx<'_>, _by: &Actor, _subjects: &[Id]) -> Result<Vec<(Id, String)>> {
        Ok(Vec::new())
    }

    /// Page that lists what an import made.
    fn result_href(_import: Id, _draft: &Draft) -> Option<String> {
        None
    }
}

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
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
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

/// For each column without a field, the first free field that lists what it was guessed to hold.
pub fn propose_by_guess(draft: &Draft, fields: &[Field]) -> Mapping {
    let mut mapping = draft.mapping.clone();
    mapping.0.resize(draft.columns.len(), None);
    // Sure columns choose first.
    for confidence in [Confidence::Sure, Confidence::Probable] {
        for (at, column) in draft.columns.iter().enumerate() {
            let Some(kind) = column.guess.kind.filter(|_| column.guess.confidence == confidence) else { continue };
            if mapping.field(at).is_some() {
                continue;
            }
            let is_free = |field: &&Field| {
                field.many || !mapping.0.iter().any(|to| to.as_deref() == Some(field.code.as_str()))
            };
            let found = fields.iter().filter(|f| f.guesses.contains(&kind)).find(is_free);
            if let (Some(field), Some(place)) = (found.map(|f| f.code.clone()), mapping.0.get_mut(at)) {
                *place = Some(field);
            }
        }
    }
    mapping
}

/// A kind, as the engine keeps it in a list.
#[derive(Clone, Copy)]
pub struct Kind {
    /// [`ImportKind::CODE`].
    pub code: &'static str,
    /// [`ImportKind::JOB`].
    pub job: &'static str,
    /// [`ImportKind::PERMISSION`].
    pub permission: Permission,
    pub(crate) options: fn(&mut Tx<'_>, &Actor, &Draft) -> Result<Vec<OptionField>>,
    pub(crate) fields: fn(&mut Tx<'_>, &Actor, &Draft) -> Result<Vec<Field>>,
    pub(crate) propose: fn(&Draft, &[Field]) -> Mapping,
    pub(crate) check: fn(&mut Tx<'_>, &Actor, &Draft) -> Result<Vec<Finding>>,
    pub(crate) preview: fn(&mut Tx<'_>, &Actor, &Draft, &Row, T) -> Result<Result<Vec<Fact>, Vec<Reason>>>,
    pub(crate) subject_href: fn(Id) -> Option<String>,
    pub(crate) subject_names: fn(&mut Tx<'_>, &Actor, &[Id]) -> Result<Vec<(Id, String)>>,
    pub(crate) result_href: fn(Id, &Draft) -> Option<String>,
    pub(crate) work: fn(&kernel::jobs::Context) -> Result<()>,
    pub(crate) run_here: fn(&kernel::Db, &Actor, Id, &mut dyn FnMut(i64, i64)) -> Result<()>,
}

impl Kind {
    /// The kind of this type.
    pub const fn of<K: ImportKind>() -> Self {
        Self {
            code: K::CODE,
            job: K::JOB,
            permission: K::PERMISSION,
            options: K::options,
            fields: K::fields,
            propose: K::propose,
            check: K::check,
            preview: preview::<K>,
            subject_href: K::subject_href,
            subject_names: K::subject_names,
            result_href: K::result_href,
            work: super::work::work::<K>,
            run_here: super::work::run_here::<K>,
        }
    }

    /// What runs its jobs: to be listed with the handlers of the program.
    pub fn handler(&self) -> kernel::jobs::Handler {
        kernel::jobs::Handler { name: self.job, run: self.work }
    }

    /// Text key of its name.
    pub fn key(&self) -> String {
        format!("import-kind-{}", self.code)
    }
}

fn preview<K: ImportKind>(
    tx: &mut Tx<'_>,
    by: &Actor,
    draft: &Draft,
    row: &tabular::Row,
    t: T,
) -> Result<Result<Vec<Fact>, Vec<Reason>>> {
    let setting = K::open(tx, by, draft)?;
    let layout = Layout::new(&draft.mapping);
    match K::prepare(&setting, &Cells::new(row, &layout)) {
        Ok(row) => Ok(Ok(K::preview(tx, by, &setting, &row, t)?)),
        Err(reasons) => Ok(Err(reasons)),
    }
}
