//! What a person or a program can do with imports.

mod one_go;
mod report;
mod running;

use std::collections::BTreeMap;

use kernel::clock::SignedDuration;
use kernel::identity::Actor;
use kernel::jobs::{self, Job};
use kernel::ledger::Event;
use kernel::tabular::{Row, Rows};
use kernel::texts::T;
use kernel::{Error, FieldError, Id, Message, Result, Tx, files};
use serde_json::json;

pub use one_go::{FileSettings, import_file};
pub use report::{RowPage, rejected_csv, rows};
pub use running::{discard, dry_run, resume, run, stop, undo};

use super::kind::Kind;
use super::model::{Changes, Counted, Counts, Import, KEPT_DAYS, Phase, State, UndoCounts, Who};
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
