//! The jobs: the run, the dry run and undoing, each in batches that resume where the last one ended.

mod rehearsal;
mod undoing;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, sync_channel};
use std::time::Duration;

use kernel::db::Db;
use kernel::errors::Violation;
use kernel::identity::Actor;
use kernel::jobs::{Context, Go, Step};
use kernel::ledger::Event;
use kernel::tabular::{BadRow, Rows};
use kernel::{Error, Id, Instant, Result, Tx, files};
use serde_json::json;

use super::kind::ImportKind;
use super::model::{Counts, Import, Task, Work};
use super::outcome::{Became, Outcome, Reason};
use super::parts::{Cells, Layout};
use super::store::{self, NewRow};

/// Rows prepared together.
const CHUNK: usize = 500;
/// Chunks of one batch at most.
const CHUNKS_MOST: usize = 20;
/// Chunks of one batch at least: in smaller ones, what each batch costs by itself outweighs its rows.
const CHUNKS_LEAST: usize = 4;
/// How long a batch should take: others wait that long for their own changes.
const BATCH_TIME: Duration = Duration::from_millis(700);
/// Chunks prepared ahead: a whole batch, so that the next is ready when one is written.
const AHEAD: usize = CHUNKS_MOST;
/// Unusable rows reported in one batch.
const BAD_ROWS: usize = 5_000;

/// What a batch does in its transaction: it says where it stands, or that somebody else went on.
type Batch = Box<dyn FnMut(&mut Tx<'_>) -> Result<Option<(i64, i64)>> + Send>;
/// How batches are run: within a job, or at once for the command line.
type Runner<'r> = dyn FnMut(Batch) -> Result<Go> + 'r;

/// Does what a job was told.
pub(super) fn work<K: ImportKind>(context: &Context) -> Result<()> {
    let task: Task = context.payload()?;
    let mut runner = |batch: Batch| in_job(context, batch);
    match task.work {
        Work::Run => run::<K>(&context.db, task.import, &mut runner),
        Work::DryRun => rehearsal::rehearse::<K>(&context.db, task.import, &mut runner),
        Work::Undo => undoing::undo::<K>(&context.db, task.import, &mut runner),
    }
}

fn in_job(context: &Context, mut batch: Batch) -> Result<Go> {
    let goes_on = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&goes_on);
    let go = context.step(move |tx| {
        let standing = batch(tx)?;
        noted.store(standing.is_some(), Ordering::Relaxed);
        let (done, total) = standing.unwrap_or_default();
        Ok(Step { done, total, checkpoint: serde_json::Value::Null })
    })?;
    Ok(if go == Go::On && goes_on.load(Ordering::Relaxed) { Go::On } else { Go::Stop })
}

/// Runs an import at once, or its dry run when it was not started, without a job: for the command line. `progress`
/// is told rows done and rows in all.
pub(super) fn work_here<K: ImportKind>(
    db: &Db,
    import: Id,
    progress: &mut dyn FnMut(i64, i64),
) -> Result<()> {
    let is_started = db.read(|tx| store::standing(tx, import))?.is_some();
    let mut runner = |batch: Batch| {
        let Some((done, total)) = db.write_alone(batch)? else { return Ok(Go::Stop) };
        progress(done, total);
        Ok(Go::On)
    };
    if is_started {
        run::<K>(db, import, &mut runner)
    } else {
        rehearsal::rehearse::<K>(db, import, &mut runner)
    }
}

/// Rows prepared together: those understood, and for every line whether it is one of them.
struct Chunk<R> {
    rows: Vec<R>,
    lines: Vec<Line>,
    next_offset: i64,
}

/// A line of the file; with reasons and cells when it was refused before any look at the database.
struct Line {
    number: i64,
    refused: Option<(Vec<Reason>, Vec<String>)>,
}

impl<R> Chunk<R> {
    fn new(size: usize) -> Self {
        Self { rows: Vec::with_capacity(size), lines: Vec::with_capacity(size), next_offset: 0 }
    }

    fn append(&mut self, other: Self) {
        self.rows.extend(other.rows);
        self.lines.extend(other.lines);
        self.next_offset = other.next_offset;
    }
}

/// Everything a run needs that does not change from batch to batch.
struct Setup<K: ImportKind> {
    import: Import,
    by: Actor,
    setting: K::Setting,
    layout: Layout,
    file: Id,
}

fn set_up<K: ImportKind>(db: &Db, id: Id) -> Result<Setup<K>> {
    db.read(|tx| {
        let import = store::get_any(tx, id)?;
        let by = import.who.actor(K::PERMISSION);
        let file = import.file.ok_or_else(|| Error::refused("import-error-too-old"))?;
        let setting = K::open(tx, &by, &import.draft())?;
        let layout = Layout::new(&import.mapping);
        Ok(Setup { import, by, setting, layout, file })
    })
}

/// Reads and prepares rows from `offset` on, until somebody stops listening.
fn read_rows<K: ImportKind>(
    db: &Db,
    setup: &Setup<K>,
    offset: i64,
    mut give: impl FnMut(Result<Chunk<K::Row>>) -> bool,
) {
    let offset = u64::try_from(offset).unwrap_or(0);
    let reader = files::Reader::new(db, setup.file, offset);
    let mut chunk = Chunk::new(CHUNK);
    for row in Rows::from_reader(reader, offset) {
        let row = match row {
            Ok(row) => row,
            Err(error) => {
                give(Err(error.into()));
                return;
            }
        };
        let number = i64::try_from(row.line).unwrap_or(i64::MAX);
        let refused = match K::prepare(&setup.setting, &Cells::new(&row, &setup.layout)) {
            Ok(prepared) => {
                chunk.rows.push(prepared);
                None
            }
            Err(reasons) => Some((reasons, row.cells().map(str::to_owned).collect())),
        };
        chunk.lines.push(Line { number, refused });
        chunk.next_offset = i64::try_from(row.next_offset).unwrap_or(i64::MAX);
        if chunk.lines.len() >= CHUNK {
            let full = std::mem::replace(&mut chunk, Chunk::new(CHUNK));
            if !give(Ok(full)) {
                return;
            }
        }
    }
    if !chunk.lines.is_empty() {
        give(Ok(chunk));
    }
}

fn run<K: ImportKind>(db: &Db, id: Id, runner: &mut Runner<'_>) -> Result<()> {
    let setup = Arc::new(set_up::<K>(db, id)?);
    if report_bad_rows(db, &setup, runner)? == Go::Stop {
        return Ok(());
    }
    let offset = db.read(|tx| store::standing(tx, id))?.map(|(offset, _)| offset);
    let Some(offset) = offset else { return Ok(()) };
    std::thread::scope(|scope| {
        let (send, receive) = sync_channel(AHEAD);
        let for_reading = Arc::clone(&setup);
        // Rows are read and prepared while the batch before is written.
        scope.spawn(move || read_rows(db, &for_reading, offset, |chunk| send.send(chunk).is_ok()));
        write_chunks::<K>(db, &setup, offset, receive, runner)
    })
}

fn write_chunks<K: ImportKind>(
    db: &Db,
    setup: &Arc<Setup<K>>,
    mut offset: i64,
    chunks: Receiver<Result<Chunk<K::Row>>>,
    runner: &mut Runner<'_>,
) -> Result<()> {
    let mut wanted = CHUNKS_LEAST;
    loop {
        let mut together = Chunk::new(wanted * CHUNK);
        for chunk in chunks.iter().take(wanted) {
            together.append(chunk?);
        }
        let is_last = together.lines.is_empty();
        let next_offset = if is_last { offset } else { together.next_offset };
        let began = db.clock().now();
        let (for_batch, at) = (Arc::clone(setup), offset);
        let batch: Batch = if is_last {
            Box::new(move |tx| finish(tx, &for_batch, at))
        } else {
            Box::new(move |tx| write(tx, &for_batch, at, &together))
        };
        if runner(batch)? == Go::Stop || is_last {
            return Ok(());
        }
        offset = next_offset;
        wanted = next_size(wanted, began, db.clock().now());
    }
}

/// Larger batches share more work, smaller ones let others write in between.
fn next_size(chunks: usize, began: Instant, ended: Instant) -> usize {
    let took = ended.since(began).as_millis();
    let wanted = i128::try_from(BATCH_TIME.as_millis()).unwrap_or(700);
    match took {
        t if t * 2 < wanted => (chunks * 2).min(CHUNKS_MOST),
        t if t < wanted => (chunks + 1).min(CHUNKS_MOST),
        t if t > wanted * 2 => (chunks / 2).max(CHUNKS_LEAST),
        _ => chunks.saturating_sub(1).max(CHUNKS_LEAST),
    }
}

/// One batch. `None` when the import no longer stands at `at`: another worker went on, or a person undid it.
fn write<K: ImportKind>(
    tx: &mut Tx<'_>,
    setup: &Setup<K>,
    at: i64,
    chunk: &Chunk<K::Row>,
) -> Result<Option<(i64, i64)>> {
    let import = &setup.import;
    let Some((offset, bad_done)) = store::standing(tx, import.id)? else { return Ok(None) };
    if offset != at {
        return Ok(None);
    }
    // Two files with the same new number at once: the database lets one in, the other looks again.
    let outcomes = K::apply(tx, &setup.by, &setup.setting, import.id, &chunk.rows).map_err(again_if_taken)?;
    let mut counts = Counts::default();
    let mut stored = Vec::with_capacity(chunk.lines.len());
    for (line, outcome) in chunk.lines.iter().zip(all_outcomes(&chunk.lines, outcomes)?) {
        counts.add(outcome.became);
        stored.push(new_row(line.number, outcome, line.refused.as_ref().map(|(_, cells)| cells))?);
    }
    store::insert_rows(tx, import.id, &stored)?;
    store::advance(tx, import.id, chunk.next_offset, bad_done, &counts)?;
    let said = json!({ "kind": import.kind, "counts": counts });
    Event::new("import.batch", import.id).after(&said).record(tx, &setup.by)?;
    Ok(Some(progress(tx, import)?))
}

/// The outcome of every line: those of the kind for the rows it was given, refusals for the others.
fn all_outcomes(lines: &[Line], of_rows: Vec<Outcome>) -> Result<Vec<Outcome>> {
    let mut of_rows = of_rows.into_iter();
    let mut all = Vec::with_capacity(lines.len());
    for line in lines {
        all.push(match &line.refused {
            Some((reasons, _)) => Outcome::rejected(reasons.clone()),
            None => of_rows.next().ok_or_else(|| Error::internal("a row was left without an outcome"))?,
        });
    }
    if of_rows.next().is_some() {
        return Err(Error::internal("an outcome belongs to no row"));
    }
    Ok(all)
}

fn again_if_taken(error: Error) -> Error {
    match error {
        Error::Constraint { kind: Violation::Unique, .. } => Error::Conflict,
        other => other,
    }
}

fn progress(tx: &mut Tx<'_>, import: &Import) -> Result<(i64, i64)> {
    let now = store::get_any(tx, import.id)?;
    Ok((now.counts.sum(), now.total))
}

fn new_row(line: i64, outcome: Outcome, content: Option<&Vec<String>>) -> Result<NewRow> {
    let reasons =
        (!outcome.reasons.is_empty()).then(|| serde_json::to_string(&outcome.reasons)).transpose()?;
    let before = outcome.before.as_ref().map(ToString::to_string);
    let content = content.map(serde_json::to_string).transpose()?;
    Ok(NewRow { line, became: outcome.became, reasons, subject: outcome.subject, before, content })
}

fn finish<K: ImportKind>(tx: &mut Tx<'_>, setup: &Setup<K>, at: i64) -> Result<Option<(i64, i64)>> {
    let import = &setup.import;
    let stands = store::standing(tx, import.id)?.is_some_and(|(offset, _)| offset == at);
    if !stands {
        return Ok(None);
    }
    store::finish(tx, import.id)?;
    let now = store::get_any(tx, import.id)?;
    let said = json!({ "kind": import.kind, "file": import.file_name, "counts": now.counts });
    Event::new("import.ended", import.id).after(&said).record(tx, &setup.by)?;
    Ok(Some((now.counts.sum(), now.total)))
}

/// Reports the rows of the file that could not even be read as rows.
fn report_bad_rows<K: ImportKind>(db: &Db, setup: &Arc<Setup<K>>, runner: &mut Runner<'_>) -> Result<Go> {
    let Some(file) = setup.import.bad_file else { return Ok(Go::On) };
    let bytes = db.read(|tx| files::read_all(tx, file, 0))?;
    let bad: Vec<BadRow> = serde_json::from_slice(&bytes)?;
    let id = setup.import.id;
    let done = db.read(|tx| store::standing(tx, id))?.map_or(0, |(_, done)| done);
    let done = usize::try_from(done).unwrap_or(0);
    for (index, some) in bad.chunks(BAD_ROWS).enumerate().skip(done / BAD_ROWS) {
        if index * BAD_ROWS < done {
            continue;
        }
        let (setup, some, from) = (Arc::clone(setup), some.to_vec(), (index * BAD_ROWS) as i64);
        let go = runner(Box::new(move |tx| write_bad_rows(tx, &setup.import, from, &some)))?;
        if go == Go::Stop {
            return Ok(Go::Stop);
        }
    }
    Ok(Go::On)
}

fn write_bad_rows(tx: &mut Tx<'_>, import: &Import, from: i64, bad: &[BadRow]) -> Result<Option<(i64, i64)>> {
    let Some((offset, done)) = store::standing(tx, import.id)? else { return Ok(None) };
    if done != from {
        return Ok(None);
    }
    let mut counts = Counts::default();
    let mut rows = Vec::with_capacity(bad.len());
    for row in bad {
        counts.add(Became::Rejected);
        let line = i64::try_from(row.line).unwrap_or(i64::MAX);
        let outcome = Outcome::rejected(vec![bad_reason(row)]);
        rows.push(new_row(line, outcome, Some(&vec![row.excerpt.clone()]))?);
    }
    store::insert_rows(tx, import.id, &rows)?;
    store::advance(tx, import.id, offset, from + bad.len() as i64, &counts)?;
    progress(tx, import).map(Some)
}

/// Its line stands beside: without it, equal reasons are counted together.
fn bad_reason(row: &BadRow) -> Reason {
    let key = row.key().replacen("tabular-bad-", "import-bad-", 1);
    Reason::row(kernel::Message::new(key))
}

/// One batch of [`CHUNK`] rows, by hand: what is there when the program is killed after it.
#[cfg(test)]
pub(super) fn one_batch_for_tests<K: ImportKind>(db: &Db, id: Id) {
    let setup = Arc::new(set_up::<K>(db, id).expect("the import"));
    let offset = setup.import.next_offset;
    let mut first = None;
    read_rows(db, &setup, offset, |chunk| {
        first = Some(chunk.expect("rows"));
        false
    });
    let chunk = first.expect("a chunk");
    db.write_alone(move |tx| write(tx, &setup, offset, &chunk)).expect("a batch");
}
