//! What a person or a program can do with imports.

use std::collections::BTreeMap;

use kernel::clock::SignedDuration;
use kernel::identity::Actor;
use kernel::jobs::{self, Job};
use kernel::ledger::Event;
use kernel::tabular::{Options as Reading, Row, Rows};
use kernel::texts::T;
use kernel::{Db, Error, FieldError, Id, Message, Result, Tx, files};
use serde_json::json;

use super::kind::Kind;
use super::model::{
    Changes, Counted, Counts, Import, KEPT_DAYS, Phase, RowDone, State, Task, UndoCounts, Who, Work,
};
use super::outcome::Became;
use super::parts::{Choices, Control, Field, Finding, Mapping, OptionField};
use super::reading::{self, Arrived};
use super::{Kinds, rules, store};

/// Imports of a page of the list.
pub const PAGE: i64 = 50;
/// Rows of a page of the report.
pub const ROWS: i64 = 100;
/// Reasons of the report.
const REASONS: i64 = 50;
/// The last row that can be previewed.
const PREVIEW_MOST: usize = 500;

/// Codes of the kinds somebody may import.
///
/// # Errors
/// They may import nothing.
pub(super) fn allowed(by: &Actor, kinds: &Kinds) -> Result<Vec<&'static str>> {
    let codes: Vec<&'static str> =
        kinds.all().iter().filter(|k| by.may(k.permission)).map(|k| k.code).collect();
    match (codes.is_empty(), kinds.all().first()) {
        (true, Some(first)) => by.require(first.permission).map(|()| codes),
        (true, None) => Err(Error::NotFound),
        _ => Ok(codes),
    }
}

/// One import within reach, with its kind.
fn find(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<(Import, Kind)> {
    allowed(by, kinds)?;
    let import = store::get(tx, by, id)?;
    let kind = kinds.of(&import.kind).ok_or(Error::NotFound)?;
    by.require(kind.permission)?;
    Ok((import, kind))
}

/// An import with all that a page shows of it.
pub struct Shown {
    /// The import.
    pub import: Import,
    /// Its kind.
    pub kind: Kind,
    /// The job that works on it, or did last.
    pub job: Option<Job>,
    /// Where it stands.
    pub phase: Phase,
    /// Where columns can go.
    pub fields: Vec<Field>,
    /// Decisions beside the mapping.
    pub options: Vec<OptionField>,
    /// What to know or decide.
    pub findings: Vec<Finding>,
    /// Why rows were refused or left out, once it ran.
    pub reasons: Vec<Counted>,
}

/// Imports before `before`, newest first, each with its phase.
pub fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    kinds: &Kinds,
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<(Import, Phase)>> {
    let codes = allowed(by, kinds)?;
    let imports = store::list(tx, by, &codes, before, limit)?;
    let mut shown = Vec::with_capacity(imports.len());
    for import in imports {
        let job = import.job.map(|id| jobs::store::job(tx, id)).transpose()?;
        let phase = import.phase(job.as_ref());
        shown.push((import, phase));
    }
    Ok(shown)
}

/// One import.
pub fn show(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Shown> {
    let (import, kind) = find(tx, by, kinds, id)?;
    let job = import.job.map(|id| jobs::store::job(tx, id)).transpose()?;
    let phase = import.phase(job.as_ref());
    let mut shown = Shown {
        kind,
        job,
        phase,
        fields: Vec::new(),
        options: Vec::new(),
        findings: Vec::new(),
        reasons: Vec::new(),
        import,
    };
    if shown.import.state == State::Draft {
        let draft = shown.import.draft();
        shown.fields = (kind.fields)(tx, by, &draft)?;
        shown.options = (kind.options)(tx, by, &draft)?;
        shown.findings = (kind.check)(tx, by, &draft)?;
    } else {
        shown.reasons = store::reasons(tx, id, REASONS)?;
    }
    Ok(shown)
}

/// The job of an import, for its progress.
pub fn progress(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<(Import, Job)> {
    let (import, _) = find(tx, by, kinds, id)?;
    let job = import.job.ok_or(Error::NotFound)?;
    Ok((import, jobs::store::job(tx, job)?))
}

/// Takes a file in: nothing of it is written yet.
pub fn create(tx: &mut Tx<'_>, by: &Actor, kind: Kind, source: &[u8], arrived: &Arrived) -> Result<Import> {
    by.require(kind.permission)?;
    let id = tx.new_id();
    let expires = Some(tx.now().plus(SignedDuration::from_hours(24 * (KEPT_DAYS + 1))));
    let source = files::save(tx, &arrived.name, source, expires)?.id;
    let (file, bad_file) = save_table(tx, arrived)?;
    let signature = reading::signature(&arrived.facts);
    let kept = store::remembered(tx, kind.code, &signature)?;
    let (mapping, options) = kept.unwrap_or_default();
    let mut import = Import {
        id,
        kind: kind.code.to_owned(),
        file_name: arrived.name.clone(),
        source: Some(source),
        file: Some(file),
        bad_file,
        reading: arrived.reading.clone(),
        total: total(arrived),
        table: arrived.facts.clone(),
        signature,
        mapping,
        options,
        rehearsal: None,
        state: State::Draft,
        next_offset: 0,
        bad_done: 0,
        counts: Counts::default(),
        undo_after: 0,
        undone: UndoCounts::default(),
        job: None,
        who: Who::of(by),
        created_at: tx.now(),
        started_at: None,
        ended_at: None,
        undone_at: None,
        version: 1,
    };
    let is_known = import.mapping.0.len() == import.table.columns.len() && !import.mapping.0.is_empty();
    settle(tx, by, kind, &mut import, !is_known)?;
    store::insert(tx, &import)?;
    let said = json!({ "kind": import.kind, "file": import.file_name, "rows": import.total });
    Event::new("import.created", id).after(&said).record(tx, by)?;
    Ok(import)
}

fn total(arrived: &Arrived) -> i64 {
    i64::try_from(arrived.facts.rows + arrived.facts.bad).unwrap_or(i64::MAX)
}

fn save_table(tx: &mut Tx<'_>, arrived: &Arrived) -> Result<(Id, Option<Id>)> {
    let expires = Some(tx.now().plus(SignedDuration::from_hours(24 * (KEPT_DAYS + 1))));
    let file = files::save(tx, &arrived.name, &arrived.canonical, expires)?.id;
    if arrived.bad_rows.is_empty() {
        return Ok((file, None));
    }
    let bad = serde_json::to_vec(&arrived.bad_rows)?;
    Ok((file, Some(files::save(tx, &arrived.name, &bad, expires)?.id)))
}

/// Fits mapping and options to what the kind offers now; columns nobody decided about get a proposal when asked.
fn settle(tx: &mut Tx<'_>, by: &Actor, kind: Kind, import: &mut Import, propose: bool) -> Result<()> {
    let columns = import.table.columns.len();
    let offered = (kind.options)(tx, by, &import.draft())?;
    import.options = rules::with_usual(&import.options, &offered);
    let fields = (kind.fields)(tx, by, &import.draft())?;
    import.mapping = rules::fitting_mapping(&import.mapping, columns, &fields);
    if propose {
        import.mapping = (kind.propose)(&import.draft(), &fields);
    }
    // The mapping may call for options of its own.
    let offered = (kind.options)(tx, by, &import.draft())?;
    import.options = rules::with_usual(&import.options, &offered);
    Ok(())
}

/// The file as it came, to be read in another way.
pub fn source(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<(String, Vec<u8>)> {
    let (import, _) = find(tx, by, kinds, id)?;
    if import.state != State::Draft {
        return Err(Error::refused("import-error-started"));
    }
    let source = import.source.ok_or_else(|| Error::refused("import-error-too-old"))?;
    Ok((import.file_name, files::read_all(tx, source, 0)?))
}

/// Puts another reading of the file in place.
pub fn reread(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id, arrived: &Arrived) -> Result<Import> {
    let (mut import, kind) = find(tx, by, kinds, id)?;
    let (old, old_bad) = (import.file, import.bad_file);
    let (file, bad_file) = save_table(tx, arrived)?;
    let signature = reading::signature(&arrived.facts);
    if signature != import.signature {
        let kept = store::remembered(tx, kind.code, &signature)?;
        (import.mapping, import.options) = kept.unwrap_or((Mapping::default(), import.options));
    }
    (import.file, import.bad_file, import.signature) = (Some(file), bad_file, signature);
    (import.reading, import.table, import.total) =
        (arrived.reading.clone(), arrived.facts.clone(), total(arrived));
    let propose = import.mapping.0.len() != import.table.columns.len();
    settle(tx, by, kind, &mut import, propose)?;
    store::replace_table(tx, &import)?;
    for file in [old, old_bad].into_iter().flatten() {
        files::remove(tx, file)?;
    }
    Ok(import)
}

/// Changes the choices of an import that waits and is still at `version`.
pub fn decide(
    tx: &mut Tx<'_>,
    by: &Actor,
    kinds: &Kinds,
    id: Id,
    version: i64,
    changes: &Changes,
) -> Result<Import> {
    let (mut import, kind) = find(tx, by, kinds, id)?;
    if import.state != State::Draft {
        return Err(Error::refused("import-error-started"));
    }
    if import.version != version {
        return Err(Error::Stale(import.version));
    }
    let before = (import.mapping.clone(), import.options.clone());
    let offered = offered_with(tx, by, kind, &import, changes)?;
    import.options = rules::checked_options(&import.options, &changes.options, &offered)?;
    let drives = |option: &OptionField| {
        option.drives_fields && before.1.get(option.code) != import.options.get(option.code)
    };
    let is_driven = offered.iter().any(drives);
    if let Some(mapping) = &changes.mapping {
        let columns = import.table.columns.len();
        let fields = (kind.fields)(tx, by, &import.draft())?;
        // With other fields, what was sent for the old ones is no mistake.
        import.mapping = if is_driven {
            rules::fitting_mapping(mapping, columns, &fields)
        } else {
            rules::checked_mapping(mapping, columns, &fields)?
        };
    }
    settle(tx, by, kind, &mut import, is_driven)?;
    if (import.mapping.clone(), import.options.clone()) != before {
        if !store::decide(tx, id, version, &import.mapping, &import.options)? {
            return Err(Error::Stale(store::get(tx, by, id)?.version));
        }
        import.version += 1;
        import.rehearsal = None;
    }
    if changes.remember {
        store::remember(tx, &import)?;
    }
    Ok(import)
}

/// Options as they are once these changes hold: a column that goes to a new field may bring some.
fn offered_with(
    tx: &mut Tx<'_>,
    by: &Actor,
    kind: Kind,
    import: &Import,
    changes: &Changes,
) -> Result<Vec<OptionField>> {
    let mut draft = import.draft();
    if let Some(mapping) = &changes.mapping {
        draft.mapping = mapping.clone();
    }
    draft.options.0.extend(changes.options.0.clone());
    let mut offered = (kind.options)(tx, by, &draft)?;
    for option in (kind.options)(tx, by, &import.draft())? {
        if !offered.iter().any(|other| other.code == option.code) {
            offered.push(option);
        }
    }
    Ok(offered)
}

/// A form's fields as changes: `column-3`, `option-role`, `remember`. A box that was not ticked is not sent.
pub fn changes_of_form(shown: &Shown, form: &BTreeMap<String, String>) -> Changes {
    let mut options = Choices::default();
    for option in &shown.options {
        let sent = form.get(&format!("option-{}", option.code));
        match (sent, &option.control) {
            (Some(value), _) => options.0.insert(option.code.to_owned(), value.clone()),
            (None, Control::Check) => options.0.insert(option.code.to_owned(), String::new()),
            (None, _) => None,
        };
    }
    let column = |at: usize| form.get(&format!("column-{at}")).filter(|code| !code.is_empty()).cloned();
    let mapping = (0..shown.import.table.columns.len()).map(column).collect();
    Changes { mapping: Some(Mapping(mapping)), options, remember: form.contains_key("remember") }
}

/// A mapping by names of columns, put over the present one.
pub fn mapping_by_name(import: &Import, named: &BTreeMap<String, Option<String>>) -> Result<Mapping> {
    let mut mapping = import.mapping.clone();
    mapping.0.resize(import.table.columns.len(), None);
    let mut errors = Vec::new();
    for (name, field) in named {
        let place = import.table.columns.iter().position(|column| column.name == *name);
        match place.and_then(|at| mapping.0.get_mut(at)) {
            Some(slot) => *slot = field.clone().filter(|code| !code.is_empty()),
            None => {
                let message = Message::new("import-error-column").with("column", name.as_str());
                errors.push(FieldError::new("mapping", message));
            }
        }
    }
    if errors.is_empty() { Ok(mapping) } else { Err(Error::Invalid(errors)) }
}

/// The usable row at `place` (from 0) as it would come in, with its line; `None` when there is none.
pub fn preview(
    tx: &mut Tx<'_>,
    by: &Actor,
    kinds: &Kinds,
    id: Id,
    place: usize,
    t: T,
) -> Result<Option<(u64, super::kind::Seen)>> {
    let (import, kind) = find(tx, by, kinds, id)?;
    let Some(row) = nth_row(tx, &import, place.min(PREVIEW_MOST))? else { return Ok(None) };
    Ok(Some((row.line, (kind.preview)(tx, by, &import.draft(), &row, t)?)))
}

fn nth_row(tx: &mut Tx<'_>, import: &Import, place: usize) -> Result<Option<Row>> {
    let Some(file) = import.file else { return Ok(None) };
    let mut bytes = Vec::new();
    for part in 0..2 {
        bytes.extend(files::read_part(tx, file, part)?.unwrap_or_default());
    }
    // A row cut off by the end of what was fetched is none to show.
    Ok(Rows::new(&bytes, 0)
        .nth(place)
        .and_then(std::result::Result::ok)
        .filter(|row| row.len() == import.table.columns.len()))
}

/// Says what would happen, and writes nothing; a second request while one is at work changes nothing.
pub fn dry_run(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    let shown = show(tx, by, kinds, id)?;
    match shown.phase {
        Phase::Draft => {}
        Phase::Rehearsing => return Ok(shown.import),
        _ => return Err(Error::refused("import-error-started")),
    }
    rules::may_run(shown.phase, &shown.findings)?;
    enqueue(tx, by, &shown, Work::DryRun)?;
    store::get(tx, by, id)
}

/// Begins to write. A second request changes nothing: it is one import.
pub fn run(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    let shown = show(tx, by, kinds, id)?;
    if matches!(shown.import.state, State::Running | State::Done) {
        return Ok(shown.import);
    }
    start(tx, by, &shown)?;
    enqueue(tx, by, &shown, Work::Run)?;
    store::get(tx, by, id)
}

fn start(tx: &mut Tx<'_>, by: &Actor, shown: &Shown) -> Result<()> {
    rules::may_run(shown.phase, &shown.findings)?;
    if let Some(job) = shown.job.as_ref().filter(|_| shown.phase == Phase::Rehearsing) {
        jobs::store::cancel(tx, job.id)?;
    }
    let actor = serde_json::to_string(&Who::of(by))?;
    if !store::begin(tx, shown.import.id, State::Draft, State::Running, &actor)? {
        return Err(Error::refused("import-error-started"));
    }
    let said = json!({
        "kind": shown.import.kind, "file": shown.import.file_name, "rows": shown.import.total,
        "mapping": shown.import.mapping, "options": shown.import.options,
    });
    Event::new("import.started", shown.import.id).after(&said).record(tx, by)?;
    Ok(())
}

fn enqueue(tx: &mut Tx<'_>, by: &Actor, shown: &Shown, work: Work) -> Result<()> {
    let id = shown.import.id;
    let job = jobs::enqueue(tx, by, shown.kind.job, Some(id), &Task { import: id, work })?;
    store::set_job(tx, id, Some(job))
}

/// Stops what is at work; what was done stays done.
pub fn stop(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    let shown = show(tx, by, kinds, id)?;
    if let Some(job) = shown.job.as_ref().filter(|_| shown.phase.is_busy()) {
        jobs::store::cancel(tx, job.id)?;
    }
    Ok(shown.import)
}

/// Goes on with what was stopped or interrupted, from where it stood.
pub fn resume(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    let shown = show(tx, by, kinds, id)?;
    let work = match shown.phase {
        Phase::Stopped => Work::Run,
        Phase::UndoStopped => Work::Undo,
        phase if phase.is_busy() => return Ok(shown.import),
        _ => return Err(Error::refused("import-error-not-stopped")),
    };
    enqueue(tx, by, &shown, work)?;
    store::get(tx, by, id)
}

/// Takes an import back, as far as nobody worked on what it brought.
pub fn undo(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<Import> {
    let shown = show(tx, by, kinds, id)?;
    if shown.phase == Phase::Undoing {
        return Ok(shown.import);
    }
    rules::may_undo(shown.phase, &shown.import, tx.now())?;
    let actor = serde_json::to_string(&Who::of(by))?;
    if shown.import.state != State::Undoing
        && !store::begin(tx, id, shown.import.state, State::Undoing, &actor)?
    {
        return Err(Error::refused("import-error-busy"));
    }
    enqueue(tx, by, &shown, Work::Undo)?;
    store::get(tx, by, id)
}

/// Forgets a file that was never imported.
pub fn discard(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id) -> Result<()> {
    let shown = show(tx, by, kinds, id)?;
    if let Some(job) = shown.job.as_ref().filter(|_| shown.phase.is_busy()) {
        jobs::store::cancel(tx, job.id)?;
    }
    if !store::remove(tx, id)? {
        return Err(Error::refused("import-error-started"));
    }
    for file in [shown.import.source, shown.import.file, shown.import.bad_file].into_iter().flatten() {
        files::remove(tx, file)?;
    }
    let said = json!({ "file": shown.import.file_name });
    Event::new("import.discarded", id).before(&said).record(tx, by)?;
    Ok(())
}

/// Rows of an import, with names of what they are about.
pub struct RowPage {
    /// The import.
    pub import: Import,
    /// Its kind.
    pub kind: Kind,
    /// Rows, in order of the file.
    pub rows: Vec<RowDone>,
    /// Names of things by identifier.
    pub names: Vec<(Id, String)>,
    /// Where the next page begins, if there is one.
    pub next: Option<i64>,
}

/// Rows after line `after`, of one outcome or all.
pub fn rows(
    tx: &mut Tx<'_>,
    by: &Actor,
    kinds: &Kinds,
    id: Id,
    became: Option<Became>,
    after: i64,
    limit: i64,
) -> Result<RowPage> {
    let (import, kind) = find(tx, by, kinds, id)?;
    let mut rows = store::rows(tx, id, became, after, limit + 1)?;
    let has_more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let mut subjects: Vec<Id> = rows.iter().filter_map(|row| row.subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let names = (kind.subject_names)(tx, by, &subjects)?;
    let next = rows.last().map(|row| row.line).filter(|_| has_more);
    Ok(RowPage { import, kind, rows, names, next })
}

/// The refused rows as CSV: their own columns, the line and the reason. Corrected, the file can come in again.
pub fn rejected_csv(tx: &mut Tx<'_>, by: &Actor, kinds: &Kinds, id: Id, t: T) -> Result<(String, String)> {
    let (import, _) = find(tx, by, kinds, id)?;
    let mut out = csv::WriterBuilder::new().delimiter(b';').flexible(true).from_writer(Vec::new());
    let mut header: Vec<String> = import.table.columns.iter().map(|c| c.name.clone()).collect();
    header.extend([t.get("import-line"), t.get("import-reason")]);
    out.write_record(header.into_iter().map(harmless)).map_err(Error::caused)?;
    let mut after = 0;
    loop {
        let rows = store::rows(tx, id, Some(Became::Rejected), after, 5_000)?;
        let Some(last) = rows.last().map(|row| row.line) else { break };
        after = last;
        for row in rows {
            let mut cells = row.content.unwrap_or_default();
            cells.resize(import.table.columns.len(), String::new());
            let reasons: Vec<String> = row.reasons.iter().map(|reason| reason.words(t)).collect();
            cells.extend([row.line.to_string(), reasons.join(" ")]);
            out.write_record(cells.into_iter().map(harmless)).map_err(Error::caused)?;
        }
    }
    let bytes = out.into_inner().map_err(|error| Error::caused(error.into_error()))?;
    let stem = import.file_name.split('.').next().unwrap_or_default().to_owned();
    let name = format!("{stem}-{}.csv", t.get("import-rejected-file"));
    Ok((name, String::from_utf8(bytes).map_err(Error::caused)?))
}

fn harmless(cell: String) -> String {
    crate::customers::rules::harmless_cell(cell)
}

/// What the command line says about a file.
#[derive(Clone, Debug, Default)]
pub struct FileSettings {
    /// How to read it.
    pub reading: Reading,
    /// Fields by name of column; columns not named keep what is proposed.
    pub mapping: BTreeMap<String, Option<String>>,
    /// Options by code.
    pub options: Choices,
    /// Only say what would happen.
    pub dry_run: bool,
}

/// Imports a file from beginning to end, without a job: for the command line. `progress` is told rows done and rows
/// in all. When the program is killed, the import can be resumed on its page.
///
/// # Errors
/// The file cannot be read, a decision is missing, or the database fails.
pub fn import_file(
    db: &Db,
    by: &Actor,
    kind: Kind,
    name: &str,
    bytes: &[u8],
    settings: &FileSettings,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<Import> {
    by.require(kind.permission)?;
    let arrived = reading::read(bytes, name, &settings.reading)?;
    let (actor, source, settings) = (by.clone(), bytes.to_vec(), settings.clone());
    let import = db.write(move |tx| {
        let import = create(tx, &actor, kind, &source, &arrived)?;
        let mapping = Some(mapping_by_name(&import, &settings.mapping)?);
        let options = settings.options.clone();
        let kinds = Kinds::one(kind);
        let changes = Changes { mapping, options, remember: false };
        let import = decide(tx, &actor, &kinds, import.id, import.version, &changes)?;
        let shown = show(tx, &actor, &kinds, import.id)?;
        if settings.dry_run {
            rules::may_run(shown.phase, &shown.findings)?;
        } else {
            start(tx, &actor, &shown)?;
        }
        Ok(import)
    })?;
    (kind.work_here)(db, import.id, progress)?;
    let by = by.clone();
    db.read(move |tx| store::get(tx, &by, import.id))
}
