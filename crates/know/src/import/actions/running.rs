//! Beginning, stopping, going on, taking back.

use kernel::identity::Actor;
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx, files, jobs};
use serde_json::json;

use super::super::model::{Import, Phase, State, Task, Who, Work};
use super::super::{Kinds, rules, store};
use super::{Shown, show};

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

pub(super) fn start(tx: &mut Tx<'_>, by: &Actor, shown: &Shown) -> Result<()> {
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
