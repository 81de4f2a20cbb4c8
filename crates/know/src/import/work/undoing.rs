//! Taking an import back, batch by batch.

use std::collections::HashMap;

use kernel::db::Db;
use kernel::identity::Actor;
use kernel::jobs::Go;
use kernel::ledger::Event;
use kernel::{Error, Id, Result, Tx};

use super::super::kind::ImportKind;
use super::super::model::UndoCounts;
use super::super::outcome::{Reason, Undone};
use super::super::store;
use super::Runner;

/// Things taken back in one batch.
const UNDO_ROWS: i64 = 1_000;

pub(super) fn undo<K: ImportKind>(db: &Db, id: Id, runner: &mut Runner<'_>) -> Result<()> {
    let (import, total) = db.read(|tx| Ok((store::get_any(tx, id)?, store::count_undoable(tx, id)?)))?;
    let by = import.who.actor(K::PERMISSION);
    let mut done = 0;
    loop {
        let Some(after) = db.read(|tx| store::undo_standing(tx, id))? else { return Ok(()) };
        let by = by.clone();
        let go = runner(Box::new(move |tx| {
            undo_batch::<K>(tx, &by, id, after, (done + UNDO_ROWS).min(total), total)
        }))?;
        done += UNDO_ROWS;
        if go == Go::Stop {
            return Ok(());
        }
    }
}

fn undo_batch<K: ImportKind>(
    tx: &mut Tx<'_>,
    by: &Actor,
    id: Id,
    after: i64,
    done: i64,
    total: i64,
) -> Result<Option<(i64, i64)>> {
    if store::undo_standing(tx, id)? != Some(after) {
        return Ok(None);
    }
    let Some((last, traces)) = store::traces(tx, id, after, UNDO_ROWS)? else {
        store::finish_undo(tx, id)?;
        let now = store::get_any(tx, id)?;
        Event::new("import.undone", id).after(&now.undone).record(tx, by)?;
        return Ok(Some((total, total)));
    };
    let answers = K::undo(tx, by, id, &traces)?;
    if answers.len() != traces.len() {
        return Err(Error::internal("a kind of import left a thing without an answer"));
    }
    let mut counts = UndoCounts::default();
    let mut groups: HashMap<(&'static str, Option<String>), Vec<Id>> = HashMap::new();
    for (trace, answer) in traces.iter().zip(answers) {
        let key = match answer {
            Undone::Removed => {
                counts.removed += 1;
                ("removed", None)
            }
            Undone::Restored => {
                counts.restored += 1;
                ("restored", None)
            }
            Undone::Kept(message) => {
                counts.kept += 1;
                ("kept", Some(serde_json::to_string(&[Reason::row(message)])?))
            }
        };
        groups.entry(key).or_default().push(trace.subject);
    }
    for ((name, reason), subjects) in groups {
        store::set_undone(tx, id, &subjects, name, reason.as_deref())?;
    }
    store::advance_undo(tx, id, last, &counts)?;
    Ok(Some((done, total)))
}
