//! The dry run: says what would happen, and writes nothing.

use std::collections::HashMap;

use kernel::db::Db;
use kernel::jobs::Go;
use kernel::tabular::BadRow;
use kernel::{Id, Result, files};

use super::super::kind::ImportKind;
use super::super::model::{Counted, Counts, Import, Rehearsal};
use super::super::outcome::{Became, Outcome};
use super::super::store;
use super::{Chunk, Runner, Setup, all_outcomes, bad_reason, read_rows, set_up};

/// Different reasons a dry run keeps.
const REASONS: usize = 200;
/// Lines named with each reason.
const LINES: usize = 5;

pub(super) fn rehearse<K: ImportKind>(db: &Db, id: Id, runner: &mut Runner<'_>) -> Result<()> {
    let setup = set_up::<K>(db, id)?;
    let total = setup.import.total;
    let mut memory = K::Memory::default();
    let mut failure = None;
    read_rows(db, &setup, 0, |chunk| match chunk {
        Ok(chunk) => {
            for row in &chunk.rows {
                K::look_ahead(&mut memory, &setup.setting, row);
            }
            true
        }
        Err(error) => {
            failure = Some(error);
            false
        }
    });
    let mut found = Found::default();
    let mut done = 0;
    for row in bad_rows(db, &setup.import)? {
        found.add(&Outcome::rejected(vec![bad_reason(&row)]), i64::try_from(row.line).unwrap_or(i64::MAX))?;
        done += 1;
    }
    let mut stopped = false;
    read_rows(db, &setup, 0, |chunk| {
        let outcome = chunk.and_then(|chunk| {
            done += chunk.lines.len() as i64;
            rehearse_chunk::<K>(db, &setup, &mut memory, &chunk, &mut found)?;
            runner(Box::new(move |_| Ok(Some((done, total)))))
        });
        match outcome {
            Ok(Go::On) => true,
            Ok(Go::Stop) => {
                stopped = true;
                false
            }
            Err(error) => {
                failure = Some(error);
                false
            }
        }
    });
    if let Some(error) = failure {
        return Err(error);
    }
    if stopped {
        return Ok(());
    }
    let (text, version) = (serde_json::to_string(&found.into_rehearsal())?, setup.import.version);
    runner(Box::new(move |tx| {
        store::set_rehearsal(tx, id, version, &text)?;
        Ok(Some((total, total)))
    }))?;
    Ok(())
}

fn bad_rows(db: &Db, import: &Import) -> Result<Vec<BadRow>> {
    let Some(file) = import.bad_file else { return Ok(Vec::new()) };
    let bytes = db.read(|tx| files::read_all(tx, file, 0))?;
    Ok(serde_json::from_slice(&bytes)?)
}

fn rehearse_chunk<K: ImportKind>(
    db: &Db,
    setup: &Setup<K>,
    memory: &mut K::Memory,
    chunk: &Chunk<K::Row>,
    found: &mut Found,
) -> Result<()> {
    let outcomes = db.read(|tx| K::rehearse(tx, &setup.by, &setup.setting, memory, &chunk.rows))?;
    for (line, outcome) in chunk.lines.iter().zip(all_outcomes(&chunk.lines, outcomes)?) {
        found.add(&outcome, line.number)?;
    }
    Ok(())
}

/// What a dry run gathers.
#[derive(Default)]
struct Found {
    counts: Counts,
    reasons: HashMap<(Became, String), (i64, Vec<i64>)>,
}

impl Found {
    fn add(&mut self, outcome: &Outcome, line: i64) -> Result<()> {
        self.counts.add(outcome.became);
        if outcome.reasons.is_empty() {
            return Ok(());
        }
        let key = (outcome.became, serde_json::to_string(&outcome.reasons)?);
        if self.reasons.len() >= REASONS && !self.reasons.contains_key(&key) {
            return Ok(());
        }
        let (count, lines) = self.reasons.entry(key).or_default();
        *count += 1;
        if lines.len() < LINES {
            lines.push(line);
        }
        Ok(())
    }

    fn into_rehearsal(self) -> Rehearsal {
        let counted = |((became, reasons), (count, lines))| Counted { became, reasons, count, lines };
        let mut reasons: Vec<Counted> = self.reasons.into_iter().map(counted).collect();
        reasons.sort_by_key(|r| (-r.count, r.lines.first().copied()));
        Rehearsal { counts: self.counts, reasons }
    }
}
