//! Restoring a backup: whole and verified, or not at all.

use std::path::{Path, PathBuf};

use super::read::{Item, Reader};
use super::{End, Header, Restored, aside};
use crate::db::{Db, Location, Param, Plan, Surroundings, Table, Tx, Value, file, quoted};
use crate::durable;
use crate::errors::{Error, Result};
use crate::ledger::seals::{self, Verified};
use crate::mail;
use crate::secrets;

/// Rows written with one call.
const ROWS: usize = 512;

/// What restoring needs beside the file.
#[derive(Clone)]
pub struct Restoring {
    /// Migrations of this program.
    pub plan: Plan,
    /// Clock and identifiers.
    pub around: Surroundings,
    /// Replace a database that holds something, and restore a ledger whose seals are broken.
    pub force: bool,
}

/// Restores the backup `from` into the database at `into`: on SQLite under another name until it is whole and
/// verified, on PostgreSQL in one transaction.
///
/// # Errors
/// A damaged backup, one of a newer program, a database that holds something; then nothing has changed.
pub fn restore(from: &Path, into: &Location, how: &Restoring) -> Result<Restored> {
    match into {
        Location::File(path) => into_file(from, path, how),
        Location::Server(_) => into_server(from, into, how),
    }
}

/// Verifies that a backup can be restored, by restoring it into a file in `folder` that is removed afterwards.
///
/// # Errors
/// As [`restore`].
pub fn check(from: &Path, folder: &Path, how: &Restoring) -> Result<Restored> {
    let name = secrets::hex(&secrets::random::<8>()?);
    let scratch = folder.join(format!("bocal-check-{name}.db"));
    let found = fill(from, &scratch, how);
    remove(&scratch)?;
    found
}

fn into_file(from: &Path, path: &Path, how: &Restoring) -> Result<Restored> {
    let exists = path.exists();
    if exists && !how.force && file::holds_data(path) {
        return Err(occupied(&path.display()));
    }
    let unfinished = durable::unfinished(path);
    remove(&unfinished)?;
    let put = fill(from, &unfinished, how).and_then(|found| {
        let replaced = if exists { set_aside(path, &unfinished, &how.around)? } else { None };
        durable::finish(&unfinished, path)?;
        Ok(Restored { replaced, ..found })
    });
    put.inspect_err(|_| {
        // What is left of it would only take room.
        let _ = remove(&unfinished);
    })
}

fn occupied(what: &dyn std::fmt::Display) -> Error {
    Error::internal(format!(
        "{what} holds an organisation already; nothing was restored. Give another database with --into, or --force \
         to replace it"
    ))
}

/// Removes a database with what SQLite keeps beside it.
fn remove(database: &Path) -> Result<()> {
    for path in file::companions(database) {
        durable::remove_if_there(&path)?;
    }
    Ok(durable::remove_if_there(database)?)
}

/// Makes a new file of a backup.
fn fill(from: &Path, path: &Path, how: &Restoring) -> Result<Restored> {
    durable::create_private(path)?;
    let db = Db::open_to_fill(path, how.around.clone())?;
    let (source, wanted) = (from.to_owned(), how.clone());
    let restored = db.write_alone(move |tx| load(tx, &source, &wanted))?;
    let told: String = db.read(|tx| tx.query_one("PRAGMA integrity_check", &[], |row| row.get(0)))?;
    if told != "ok" {
        return Err(Error::internal(format!("the restored file is not sound: {told}; nothing was replaced")));
    }
    // Closed, so that everything is in the one file.
    drop(db);
    file::close_for_good(path)?;
    Ok(restored)
}

/// Keeps the database that is there under another name, and hands its owner and rights on.
fn set_aside(path: &Path, new: &Path, around: &Surroundings) -> Result<Option<PathBuf>> {
    use std::os::unix::fs::{MetadataExt as _, chown};
    file::close_for_good(path)?;
    let now = around.clock.now().to_jiff().strftime("%Y%m%d-%H%M%S").to_string();
    let aside = file::beside(path, &format!("replaced-{now}"));
    for left in file::companions(path).iter().filter(|left| left.exists()) {
        // Only a file that is no longer a database leaves some behind: they must not be taken for the new one's.
        let mut name = left.as_os_str().to_owned();
        name.push(format!(".replaced-{now}"));
        std::fs::rename(left, PathBuf::from(name))?;
    }
    let known = std::fs::metadata(path)?;
    std::fs::set_permissions(new, known.permissions())?;
    if let Err(error) = chown(new, Some(known.uid()), Some(known.gid())) {
        tracing::warn!(%error, "the restored file has another owner than the one it replaces");
    }
    if known.len() == 0 {
        return Ok(None);
    }
    std::fs::hard_link(path, &aside)?;
    Ok(Some(aside))
}

fn into_server(from: &Path, into: &Location, how: &Restoring) -> Result<Restored> {
    let db = Db::open(into, how.around.clone(), 1)?;
    let (source, wanted) = (from.to_owned(), how.clone());
    db.write_alone(move |tx| {
        if !wanted.force && holds_data(tx)? {
            return Err(occupied(&"this database"));
        }
        let ours = wanted.plan.tables();
        for table in tx.tables()?.iter().filter(|table| ours.contains(&table.name)) {
            tx.batch(&format!("DROP TABLE IF EXISTS {} CASCADE", quoted(&table.name)))?;
        }
        load(tx, &source, &wanted)
    })
}

fn holds_data(tx: &mut Tx<'_>) -> Result<bool> {
    if !tx.has_table("organisation")? {
        return Ok(false);
    }
    let sql = "SELECT (SELECT COUNT(*) FROM organisation) + (SELECT COUNT(*) FROM events)";
    Ok(tx.query_one(sql, &[], |row| row.get::<i64>(0))? > 0)
}

/// Fills a database without tables from a backup, in the transaction of `tx`.
fn load(tx: &mut Tx<'_>, from: &Path, how: &Restoring) -> Result<Restored> {
    let mut reader = Reader::open(from)?;
    let header = reader.header().clone();
    tx.apply(&how.plan.steps_of(&header.migrations)?)?;
    let ours = how.plan.tables();
    let known: Vec<Table> = tx.tables()?.into_iter().filter(|table| ours.contains(&table.name)).collect();
    let aside = aside::take(tx)?;
    for table in &known {
        tx.batch(&format!("DELETE FROM {}", quoted(&table.name)))?;
    }
    let end = rows(tx, &mut reader, &known)?;
    aside::put_back(tx, &aside)?;
    let ledger = ledger(tx, &end, how.force)?;
    let mails_in_doubt = mails(tx, &header, &ledger, how)?;
    Ok(Restored { header, end, ledger, mails_in_doubt, replaced: None })
}

/// What waited to be sent when the backup was taken may have left since: it does not leave by itself again.
fn mails(tx: &mut Tx<'_>, header: &Header, ledger: &Verified, how: &Restoring) -> Result<u64> {
    if !tx.has_table("mails")? {
        return Ok(0);
    }
    if let Some(sealed) = ledger.head.last_event {
        how.around.ids.start_after(sealed);
    }
    mail::doubt_restored(tx, header.taken_at)
}

fn rows(tx: &mut Tx<'_>, reader: &mut Reader, known: &[Table]) -> Result<End> {
    let mut writing: Option<Writing> = None;
    loop {
        match reader.next()? {
            Item::Row(row) => {
                if let Some(writing) = &mut writing {
                    writing.add(tx, row)?;
                }
            }
            Item::Table(table) => {
                Writing::finish(writing.take(), tx)?;
                writing = Some(Writing::new(table, known)?);
            }
            Item::End(end) => {
                Writing::finish(writing.take(), tx)?;
                return Ok(end);
            }
        }
    }
}

/// Rows of one table on their way into it.
struct Writing {
    into: String,
    width: usize,
    values: Vec<Value>,
}

impl Writing {
    fn new(table: Table, known: &[Table]) -> Result<Self> {
        let same = |t: &&Table| t.name == table.name && table.columns.iter().all(|c| t.columns.contains(c));
        if !known.iter().any(|t| same(&t)) {
            return Err(Error::internal(format!(
                "this backup has a table {} that its migrations do not make; nothing was restored",
                table.name
            )));
        }
        let into = format!("INSERT INTO {} ({}) VALUES", quoted(&table.name), table.column_list());
        Ok(Self { into, width: table.columns.len(), values: Vec::new() })
    }

    fn add(&mut self, tx: &mut Tx<'_>, row: Vec<Value>) -> Result<()> {
        self.values.extend(row);
        if self.values.len() >= ROWS * self.width { self.write(tx) } else { Ok(()) }
    }

    fn write(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let params: Vec<&dyn Param> = self.values.iter().map(|value| value as &dyn Param).collect();
        tx.insert_many(&self.into, "", self.width, &params)?;
        self.values.clear();
        Ok(())
    }

    fn finish(writing: Option<Self>, tx: &mut Tx<'_>) -> Result<()> {
        writing.map_or(Ok(()), |mut writing| writing.write(tx))
    }
}

/// The ledger must be the one the backup was taken with, and whole.
fn ledger(tx: &mut Tx<'_>, end: &End, force: bool) -> Result<Verified> {
    if !end.tables.contains_key("ledger_seals") {
        return Ok(Verified::default());
    }
    let found = seals::verify(tx)?;
    if found.head != end.ledger {
        return Err(Error::internal("the seals of the ledger are not the ones this backup was taken with"));
    }
    match &found.broken {
        Some(broken) if !force => Err(Error::internal(format!(
            "the ledger in this backup was changed after it was sealed (seal {}); nothing was restored. Use an older \
             backup, or --force to restore it all the same",
            broken.seal
        ))),
        _ => Ok(found),
    }
}
