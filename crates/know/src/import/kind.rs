//! What a kind of import is.

use kernel::identity::{Actor, Permission};
use kernel::tabular::Row;
use kernel::tabular::guess::Confidence;
use kernel::texts::T;
use kernel::{Id, Result, Tx};

use super::outcome::{Outcome, Reason, Trace, Undone};
use super::parts::{Cells, Draft, Fact, Field, Finding, Layout, Mapping, OptionField};

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
    fn preview(
        tx: &mut Tx<'_>,
        by: &Actor,
        setting: &Self::Setting,
        row: &Self::Row,
        t: T,
    ) -> Result<Vec<Fact>>;

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

/// For each column without a field, the first free field that lists what it was guessed to hold.
pub fn propose_by_guess(draft: &Draft, fields: &[Field]) -> Mapping {
    let mut mapping = draft.mapping.clone();
    mapping.0.resize(draft.columns.len(), None);
    // Sure columns choose first.
    for confidence in [Confidence::Sure, Confidence::Probable] {
        for (at, column) in draft.columns.iter().enumerate() {
            let Some(kind) = column.guess.kind.filter(|_| column.guess.confidence == confidence) else {
                continue;
            };
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

/// A row as it would come in, or why it would not.
pub(crate) type Seen = Result<Vec<Fact>, Vec<Reason>>;

/// A kind, as the engine keeps it in a list.
#[derive(Clone, Copy)]
#[expect(
    clippy::type_complexity,
    reason = "each field is the type of the function of the trait it stands for"
)]
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
    pub(crate) preview: fn(&mut Tx<'_>, &Actor, &Draft, &Row, T) -> Result<Seen>,
    pub(crate) subject_href: fn(Id) -> Option<String>,
    pub(crate) subject_names: fn(&mut Tx<'_>, &Actor, &[Id]) -> Result<Vec<(Id, String)>>,
    pub(crate) result_href: fn(Id, &Draft) -> Option<String>,
    pub(crate) work: fn(&kernel::jobs::Context) -> Result<()>,
    pub(crate) work_here: fn(&kernel::Db, Id, &mut dyn FnMut(i64, i64)) -> Result<()>,
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
            work_here: super::work::work_here::<K>,
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
    row: &Row,
    t: T,
) -> Result<Result<Vec<Fact>, Vec<Reason>>> {
    let setting = K::open(tx, by, draft)?;
    let layout = Layout::new(&draft.mapping);
    match K::prepare(&setting, &Cells::new(row, &layout)) {
        Ok(row) => Ok(Ok(K::preview(tx, by, &setting, &row, t)?)),
        Err(reasons) => Ok(Err(reasons)),
    }
}
