//! Taking a backup.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufWriter, Read as _, Write};
use std::path::Path;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::{End, FORMAT, Header, Taken, lines};
use crate::db::{Db, Engine, Plan, Table, Tx, Value, quoted};
use crate::durable;
use crate::errors::{Error, Result};
use crate::ledger::seals;
use crate::organisation::store as organisation;
use crate::secrets;

/// How a gzipped file begins.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// Copies everything in `db` that the migrations of `plan` made, as it is at this moment, to the file `to`; an older
/// backup of that name is replaced once the new one is whole. `version` is the program's.
///
/// # Errors
/// A database of a newer program, something else at `to`, or a copy that could not be written: then nothing of that
/// name has changed.
pub fn take(db: &Db, plan: &Plan, version: &str, to: &Path) -> Result<Taken> {
    refuse_to_replace(to)?;
    // Tables this program does not know would be left out without a word.
    db.pending(plan)?;
    let ours = plan.tables();
    let unfinished = durable::unfinished(to);
    let file = durable::create_private(&unfinished).map_err(|error| not_written(to, &error))?;
    if file.try_lock().is_err() {
        return Err(Error::internal(format!(
            "another backup is being written to {}; wait for it",
            to.display()
        )));
    }
    let written = file.set_len(0).map_err(Error::from).and_then(|()| write(db, &ours, version, file));
    let finished = written.and_then(|contents| Ok((contents, durable::finish(&unfinished, to)?)));
    match finished {
        Ok(((header, end), ())) => {
            let bytes = std::fs::metadata(to)?.len();
            Ok(Taken { file: to.to_owned(), bytes, header, end })
        }
        Err(error) => {
            // What is left of it would only take room.
            let _ = std::fs::remove_file(&unfinished);
            Err(not_written(to, &error))
        }
    }
}

fn not_written(to: &Path, error: &dyn std::fmt::Display) -> Error {
    Error::internal(format!(
        "the backup could not be written to {}: {error}. Check that the folder exists, that you may write there and \
         that its disk has room; nothing was left behind",
        to.display()
    ))
}

/// Only a backup may be replaced by one: a slip of the pen must not cost a database.
fn refuse_to_replace(to: &Path) -> Result<()> {
    let mut begins = [0; 2];
    let is_other = match File::open(to) {
        Ok(mut file) => {
            !file.metadata()?.is_file() || file.read_exact(&mut begins).is_err() || begins != GZIP
        }
        Err(error) => error.kind() != std::io::ErrorKind::NotFound,
    };
    if is_other {
        let words = format!("{} is there already and is no backup: give another name", to.display());
        return Err(Error::internal(words));
    }
    Ok(())
}

fn write(db: &Db, ours: &BTreeSet<String>, version: &str, file: File) -> Result<(Header, End)> {
    db.read(move |tx| {
        let mut out = Out::new(file);
        let header = header(tx, version)?;
        out.json(&header)?;
        let mut end = End::default();
        for table in tx.tables()?.into_iter().filter(|table| ours.contains(&table.name)) {
            out.json(&serde_json::json!({ "table": table }))?;
            end.tables.insert(table.name.clone(), rows(tx, &table, &mut out)?);
        }
        if end.tables.contains_key("ledger_seals") {
            end.ledger = seals::head(tx)?;
        }
        end.sha256 = out.sha256();
        out.json(&serde_json::json!({ "end": end }))?;
        out.close()?;
        Ok((header, end))
    })
}

fn header(tx: &mut Tx<'_>, version: &str) -> Result<Header> {
    let migrations = tx.applied()?;
    if migrations.is_empty() {
        return Err(Error::internal("this database has no tables yet: there is nothing to back up"));
    }
    Ok(Header {
        bocal: "backup".to_owned(),
        format: FORMAT,
        version: version.to_owned(),
        taken_at: tx.now(),
        engine: match tx.engine() {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => "postgres".to_owned(),
        },
        organisation: organisation::find(tx)?.map(|organisation| organisation.name),
        migrations,
    })
}

fn rows(tx: &mut Tx<'_>, table: &Table, out: &mut Out) -> Result<i64> {
    let mut count = 0;
    let width = table.columns.len();
    let sql = format!("SELECT {} FROM {}", table.column_list(), quoted(&table.name));
    let mut line = Vec::new();
    tx.each(&sql, &[], |row| {
        line.clear();
        for column in 0..width {
            line.push(if column == 0 { b'[' } else { b',' });
            lines::write(&mut line, &row.get::<Value>(column)?)?;
        }
        line.extend_from_slice(b"]\n");
        out.bytes(&line)?;
        count += 1;
        Ok(true)
    })?;
    Ok(count)
}

/// The file, compressed as it is written, with a digest of what went in.
struct Out {
    gzip: GzEncoder<BufWriter<File>>,
    digest: Sha256,
}

impl Out {
    fn new(file: File) -> Self {
        // The lowest level takes a third of the time of the usual one, for a file a tenth larger.
        let gzip = GzEncoder::new(BufWriter::with_capacity(256 * 1024, file), Compression::fast());
        Self { gzip, digest: Sha256::new() }
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<()> {
        self.digest.update(bytes);
        Ok(self.gzip.write_all(bytes)?)
    }

    fn json(&mut self, value: &impl Serialize) -> Result<()> {
        let mut line = serde_json::to_vec(value)?;
        line.push(b'\n');
        self.bytes(&line)
    }

    fn sha256(&self) -> String {
        secrets::hex(&self.digest.clone().finalize())
    }

    fn close(self) -> Result<()> {
        let buffer = self.gzip.finish()?;
        let file = buffer.into_inner().map_err(|error| Error::from(error.into_error()))?;
        Ok(file.sync_all()?)
    }
}
