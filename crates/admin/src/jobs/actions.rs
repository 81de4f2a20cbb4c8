//! What can be done with jobs. Somebody who reaches only some sites sees the jobs asked for under their own
//! name: what the others work on may be out of their reach.

use kernel::identity::{Actor, Permission, Scope};
use kernel::jobs::{Job, store};
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx};

/// Jobs before `before`, newest first.
pub fn list(tx: &mut Tx<'_>, by: &Actor, before: Option<Id>, limit: i64) -> Result<Vec<Job>> {
    by.require(Permission::JobsManage)?;
    match by.scope {
        Scope::All => store::list(tx, before, limit),
        Scope::Sites(_) => store::list_by(tx, &by.name, before, limit),
    }
}

/// The same without the routine Bocal gives itself, as long as it goes well.
pub fn list_but_routine(tx: &mut Tx<'_>, by: &Actor, before: Option<Id>, limit: i64) -> Result<Vec<Job>> {
    by.require(Permission::JobsManage)?;
    match by.scope {
        Scope::All => store::list_but_routine(tx, before, limit),
        Scope::Sites(_) => store::list_by(tx, &by.name, before, limit),
    }
}

/// The latest jobs the actor asked for: no permission needed, they are theirs.
pub fn mine(tx: &mut Tx<'_>, by: &Actor, limit: i64) -> Result<Vec<Job>> {
    if by.name.is_empty() {
        return Ok(Vec::new());
    }
    store::list_by(tx, &by.name, None, limit)
}

/// One job.
pub fn find(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Job> {
    by.require(Permission::JobsManage)?;
    let job = store::job(tx, id)?;
    if by.scope != Scope::All && job.created_by != by.name {
        return Err(Error::NotFound);
    }
    Ok(job)
}

/// Asks a job to stop; what it has done stays done. Asking twice changes nothing.
pub fn cancel(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Job> {
    let before = find(tx, by, id)?;
    if before.state.is_over() {
        return Err(Error::refused("jobs-over"));
    }
    if !before.cancel && store::cancel(tx, id)? {
        Event::new("job.cancelled", id).after(&told(&before)).record(tx, by)?;
    }
    store::job(tx, id)
}

/// Begins a job that failed or was stopped again, from where it stood.
pub fn retry(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let before = find(tx, by, id)?;
    if !store::retry(tx, id)? {
        return Err(Error::refused("jobs-not-over"));
    }
    Event::new("job.retried", id).after(&told(&before)).record(tx, by)?;
    Ok(())
}

fn told(job: &Job) -> serde_json::Value {
    serde_json::json!({ "name": job.name, "done": job.done, "total": job.total })
}
