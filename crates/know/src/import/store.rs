//! Every query about imports.

use std::collections::HashMap;

use kernel::db::{Param, Row};
use kernel::identity::{Actor, Scope};
use kernel::{Error, Id, Result, Tx};
use serde_json::Value;

use super::model::{Counted, Counts, Import, RowDone, State, UndoCounts};
use super::outcome::{Became, Reason, Trace};
use super::parts::{Choices, Mapping};

const COLUMNS: &str = "id, kind, file_name, source_file_id, file_id, bad_file_id, reading, table_json, signature,
     mapping, options, rehearsal, state, rows_total, next_offset, bad_done, created, updated, unchanged, skipped,
     rejected, undo_after, removed, restored, kept, job_id, actor, created_at, started_at, ended_at, undone_at,
     version";

fn json<V: serde::de::DeserializeOwned>(text: &str) -> Result<V> {
    Ok(serde_json::from_str(text)?)
}

fn read(row: &Row<'_>) -> Result<Import> {
    let mut c = row.columns();
    Ok(Import {
        id: c.next()?,
        kind: c.next()?,
        file_name: c.next()?,
        source: c.next()?,
        file: c.next()?,
        bad_file: c.next()?,
        reading: json(&c.next::<String>()?)?,
        table: json(&c.next::<String>()?)?,
        signature: c.next()?,
        mapping: json(&c.next::<String>()?)?,
        options: json(&c.next::<String>()?)?,
        rehearsal: c.next::<Option<String>>()?.map(|text| json(&text)).transpose()?,
        state: State::parse(&c.next::<String>()?)?,
        total: c.next()?,
        next_offset: c.next()?,
        bad_done: c.next()?,
        counts: Counts {
            created: c.next()?,
            updated: c.next()?,
            unchanged: c.next()?,
            skipped: c.next()?,
            rejected: c.next()?,
        },
        undo_after: c.next()?,
        undone: UndoCounts { removed: c.next()?, restored: c.next()?, kept: c.next()? },
        job: c.next()?,
        who: json(&c.next::<String>()?)?,
        created_at: c.next()?,
        started_at: c.next()?,
        ended_at: c.next()?,
        undone_at: c.next()?,
        version: c.next()?,
    })
}

/// Who sees which imports: their own, and all of them whoever reaches the whole organisation. A file may speak of
/// any site.
fn reach(by: &Actor) -> String {
    match (&by.scope, by.kind.id()) {
        (Scope::All, _) => "TRUE".to_owned(),
        (Scope::Sites(_), Some(id)) => format!("actor_id = {id}"),
        (Scope::Sites(_), None) => "FALSE".to_owned(),
    }
}

/// One import within reach.
pub(super) fn get(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Import> {
    let reach = reach(by);
    tx.query_one(&format!("SELECT {COLUMNS} FROM imports WHERE id = $1 AND {reach}"), &[&id], read)
}

/// One import, for its job.
pub(super) fn get_any(tx: &mut Tx<'_>, id: Id) -> Result<Import> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM imports WHERE id = $1"), &[&id], read)
}

/// Imports of these kinds before `before`, newest first. Kinds are names of our own.
pub(super) fn list(
    tx: &mut Tx<'_>,
    by: &Actor,
    kinds: &[&str],
    before: Option<Id>,
    limit: i64,
) -> Result<Vec<Import>> {
    let before = before.unwrap_or(Id(i64::MAX));
    let (reach, kinds) = (reach(by), kinds.join("', '"));
    let sql = format!(
        "SELECT {COLUMNS} FROM imports WHERE id < $1 AND kind IN ('{kinds}') AND {reach} ORDER BY id DESC LIMIT $2"
    );
    tx.query(&sql, &[&before, &limit], read)
}

/// Adds an import that waits.
pub(super) fn insert(tx: &mut Tx<'_>, i: &Import) -> Result<()> {
    let (reading, table) = (serde_json::to_string(&i.reading)?, serde_json::to_string(&i.table)?);
    let (mapping, options) = (serde_json::to_string(&i.mapping)?, serde_json::to_string(&i.options)?);
    let actor = serde_json::to_string(&i.who)?;
    tx.execute(
        "INSERT INTO imports (id, kind, file_name, source_file_id, file_id, bad_file_id, reading, table_json,
             signature, mapping, options, state, rows_total, next_offset, bad_done, created, updated, unchanged,
             skipped, rejected, undo_after, removed, restored, kept, actor, actor_kind, actor_id, created_by,
             created_at, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'draft', $12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
             $13, $14, $15, $16, $17, 1)",
        &[
            &i.id, &i.kind, &i.file_name, &i.source, &i.file, &i.bad_file, &reading, &table, &i.signature, &mapping,
            &options, &i.total, &actor, &i.who.kind(), &i.who.id(), &i.who.name(), &i.created_at,
        ],
    )?;
    Ok(())
}

/// Puts another reading of the file in place, while it waits.
pub(super) fn replace_table(tx: &mut Tx<'_>, i: &Import) -> Result<()> {
    let (reading, table) = (serde_json::to_string(&i.reading)?, serde_json::to_string(&i.table)?);
    let (mapping, options) = (serde_json::to_string(&i.mapping)?, serde_json::to_string(&i.options)?);
    let changed = tx.execute(
        "UPDATE imports SET file_id = $2, bad_file_id = $3, reading = $4, table_json = $5, signature = $6,
             mapping = $7, options = $8, rows_total = $9, rehearsal = NULL, version = version + 1
         WHERE id = $1 AND state = 'draft'",
        &[&i.id, &i.file, &i.bad_file, &reading, &table, &i.signature, &mapping, &options, &i.total],
    )?;
    if changed == 1 { Ok(()) } else { Err(Error::refused("import-error-started")) }
}

/// Changes the choices of an import that waits at `version`; what a dry run found about others is forgotten.
pub(super) fn decide(
    tx: &mut Tx<'_>,
    id: Id,
    version: i64,
    mapping: &Mapping,
    options: &Choices,
) -> Result<bool> {
    let (mapping, options) = (serde_json::to_string(mapping)?, serde_json::to_string(options)?);
    let changed = tx.execute(
        "UPDATE imports SET mapping = $3, options = $4, rehearsal = NULL, version = version + 1
         WHERE id = $1 AND version = $2 AND state = 'draft'",
        &[&id, &version, &mapping, &options],
    )?;
    Ok(changed == 1)
}

/// Keeps choices for files with the same columns.
pub(super) fn remember(tx: &mut Tx<'_>, i: &Import) -> Result<()> {
    let now = tx.now();
    let (mapping, options) = (serde_json::to_string(&i.mapping)?, serde_json::to_string(&i.options)?);
    tx.execute(
        "INSERT INTO import_choices (kind, signature, mapping, options, at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (kind, signature) DO UPDATE SET mapping = excluded.mapping, options = excluded.options,
             at = excluded.at",
        &[&i.kind, &i.signature, &mapping, &options, &now],
    )?;
    Ok(())
}

/// Choices kept for files with these columns.
pub(super) fn remembered(tx: &mut Tx<'_>, kind: &str, signature: &str) -> Result<Option<(Mapping, Choices)>> {
    let sql = "SELECT mapping, options FROM import_choices WHERE kind = $1 AND signature = $2";
    tx.query_opt(sql, &[&kind, &signature], |row| {
        Ok((json(&row.get::<String>(0)?)?, json(&row.get::<String>(1)?)?))
    })
}

/// The job at work, from now on.
pub(super) fn set_job(tx: &mut Tx<'_>, id: Id, job: Option<Id>) -> Result<()> {
    tx.execute("UPDATE imports SET job_id = $2 WHERE id = $1", &[&id, &job])?;
    Ok(())
}

/// What a dry run found, if the choices are still those it looked at.
pub(super) fn set_rehearsal(tx: &mut Tx<'_>, id: Id, version: i64, rehearsal: &str) -> Result<()> {
    tx.execute(
        "UPDATE imports SET rehearsal = $3 WHERE id = $1 AND version = $2 AND state = 'draft'",
        &[&id, &version, &rehearsal],
    )?;
    Ok(())
}

/// Moves an import on, if it stands where the caller believes; in the name of `actor`.
pub(super) fn begin(tx: &mut Tx<'_>, id: Id, from: State, to: State, actor: &str) -> Result<bool> {
    let now = tx.now();
    let changed = tx.execute(
        "UPDATE imports SET state = $3, actor = $4, started_at = COALESCE(started_at, $5), version = version + 1
         WHERE id = $1 AND state = $2",
        &[&id, &from.name(), &to.name(), &actor, &now],
    )?;
    Ok(changed == 1)
}

/// Where a run stands: offset and unusable rows reported, as long as it runs.
pub(super) fn standing(tx: &mut Tx<'_>, id: Id) -> Result<Option<(i64, i64)>> {
    let sql = "SELECT next_offset, bad_done FROM imports WHERE id = $1 AND state = 'running'";
    tx.query_opt(sql, &[&id], |row| Ok((row.get(0)?, row.get(1)?)))
}

/// Notes a batch: where the next begins, and what its rows became.
pub(super) fn advance(tx: &mut Tx<'_>, id: Id, offset: i64, bad_done: i64, counts: &Counts) -> Result<()> {
    tx.execute(
        "UPDATE imports SET next_offset = $2, bad_done = $3, created = created + $4, updated = updated + $5,
             unchanged = unchanged + $6, skipped = skipped + $7, rejected = rejected + $8
         WHERE id = $1",
        &[
            &id,
            &offset,
            &bad_done,
            &counts.created,
            &counts.updated,
            &counts.unchanged,
            &counts.skipped,
            &counts.rejected,
        ],
    )?;
    Ok(())
}

/// Every row has its outcome.
pub(super) fn finish(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE imports SET state = 'done', ended_at = $2, version = version + 1 WHERE id = $1 AND state = 'running'",
        &[&id, &now],
    )?;
    Ok(())
}

/// A row with its outcome, to be stored.
pub(super) struct NewRow {
    pub(super) line: i64,
    pub(super) became: Became,
    pub(super) reasons: Option<String>,
    pub(super) subject: Option<Id>,
    pub(super) before: Option<String>,
    pub(super) content: Option<String>,
}

/// Stores rows with their outcomes.
pub(super) fn insert_rows(tx: &mut Tx<'_>, import: Id, rows: &[NewRow]) -> Result<()> {
    let names: Vec<&str> = rows.iter().map(|row| row.became.name()).collect();
    let mut values: Vec<&dyn Param> = Vec::with_capacity(rows.len() * 7);
    for (row, name) in rows.iter().zip(&names) {
        values.extend([&import as &dyn Param, &row.line, name, &row.reasons, &row.subject]);
        values.extend([&row.before as &dyn Param, &row.content]);
    }
    let into = "INSERT INTO import_rows (import_id, row_number, outcome, reasons, subject_id, before, content) VALUES";
    tx.insert_many(into, "", 7, &values).map(drop)
}

fn read_row(row: &Row<'_>) -> Result<RowDone> {
    let mut c = row.columns();
    let line = c.next()?;
    let became = Became::parse(&c.next::<String>()?).unwrap_or(Became::Rejected);
    let reasons = c.next::<Option<String>>()?.map(|text| Reason::parse_all(&text)).unwrap_or_default();
    let subject = c.next()?;
    let content = c.next::<Option<String>>()?.map(|text| json(&text)).transpose()?;
    let undone = c.next()?;
    let undo_reason =
        c.next::<Option<String>>()?.and_then(|text| Reason::parse_all(&text).into_iter().next());
    Ok(RowDone { line, became, reasons, subject, content, undone, undo_reason })
}

/// Rows of an import after `after`, in order of the file; only of one outcome, if it is named.
pub(super) fn rows(
    tx: &mut Tx<'_>,
    import: Id,
    became: Option<Became>,
    after: i64,
    limit: i64,
) -> Result<Vec<RowDone>> {
    const ROW: &str =
        "SELECT row_number, outcome, reasons, subject_id, content, undone, undo_reason FROM import_rows";
    let Some(became) = became else {
        let sql = format!("{ROW} WHERE import_id = $1 AND row_number > $2 ORDER BY row_number LIMIT $3");
        return tx.query(&sql, &[&import, &after, &limit], read_row);
    };
    let sql = format!(
        "{ROW} WHERE import_id = $1 AND outcome = $2 AND row_number > $3 ORDER BY row_number LIMIT $4"
    );
    tx.query(&sql, &[&import, &became.name(), &after, &limit], read_row)
}

/// Why rows were refused or left out, the most frequent first.
pub(super) fn reasons(tx: &mut Tx<'_>, import: Id, limit: i64) -> Result<Vec<Counted>> {
    tx.query(
        "SELECT outcome, reasons, COUNT(*), MIN(row_number) FROM import_rows
         WHERE import_id = $1 AND outcome IN ('rejected', 'skipped') AND reasons IS NOT NULL
         GROUP BY outcome, reasons ORDER BY 3 DESC, 4 LIMIT $2",
        &[&import, &limit],
        |row| {
            let became = Became::parse(&row.get::<String>(0)?).unwrap_or(Became::Rejected);
            Ok(Counted { became, reasons: row.get(1)?, count: row.get(2)?, lines: vec![row.get(3)?] })
        },
    )
}

/// The next things to take back: those touched by rows after `after`, with all the import did to them, and the last
/// line looked at. `None` when there is nothing more.
pub(super) fn traces(
    tx: &mut Tx<'_>,
    import: Id,
    after: i64,
    limit: i64,
) -> Result<Option<(i64, Vec<Trace>)>> {
    let rows: Vec<(i64, Id)> = tx.query(
        "SELECT row_number, subject_id FROM import_rows
         WHERE import_id = $1 AND row_number > $2 AND outcome IN ('created', 'updated') AND undone IS NULL
           AND subject_id IS NOT NULL
         ORDER BY row_number LIMIT $3",
        &[&import, &after, &limit],
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some(last) = rows.last().map(|(line, _)| *line) else { return Ok(None) };
    let mut subjects: Vec<Id> = rows.into_iter().map(|(_, subject)| subject).collect();
    subjects.sort_unstable();
    subjects.dedup();
    let mut done: Vec<(Id, i64, Became, Option<Value>)> = Vec::new();
    let before = "SELECT subject_id, row_number, outcome, before FROM import_rows WHERE subject_id IN (";
    let after =
        format!(") AND import_id = {import} AND outcome IN ('created', 'updated') AND undone IS NULL");
    tx.each_in(before, &after, &subjects, |row| {
        let became = Became::parse(&row.get::<String>(2)?).unwrap_or(Became::Updated);
        let state = row.get::<Option<String>>(3)?.map(|text| json(&text)).transpose()?;
        done.push((row.get(0)?, row.get(1)?, became, state));
        Ok(())
    })?;
    done.sort_by_key(|(subject, line, ..)| (*subject, *line));
    let mut traces: Vec<Trace> = Vec::with_capacity(subjects.len());
    for (subject, _, became, state) in done {
        match traces.last_mut().filter(|trace| trace.subject == subject) {
            Some(trace) => trace.rows.push((became, state)),
            None => traces.push(Trace { subject, rows: vec![(became, state)] }),
        }
    }
    Ok(Some((last, traces)))
}

/// Versions that later imports made of these things and took back: one for each row that changed them, and one for
/// taking back.
pub(super) fn versions_taken_back(tx: &mut Tx<'_>, import: Id, subjects: &[Id]) -> Result<HashMap<Id, i64>> {
    let mut versions = HashMap::new();
    let before =
        "SELECT subject_id, COUNT(*), COUNT(DISTINCT import_id) FROM import_rows WHERE subject_id IN (";
    let after = format!(
        ") AND import_id > {import} AND outcome = 'updated' AND undone = 'restored' GROUP BY subject_id"
    );
    tx.each_in(before, &after, subjects, |row| {
        versions.insert(row.get(0)?, row.get::<i64>(1)? + row.get::<i64>(2)?);
        Ok(())
    })?;
    Ok(versions)
}

/// Notes what undoing did to these things.
pub(super) fn set_undone(
    tx: &mut Tx<'_>,
    import: Id,
    subjects: &[Id],
    undone: &str,
    reason: Option<&str>,
) -> Result<()> {
    for some in subjects.chunks(500) {
        let list: Vec<String> = some.iter().map(ToString::to_string).collect();
        let sql = format!(
            "UPDATE import_rows SET undone = $2, undo_reason = $3
             WHERE import_id = $1 AND outcome IN ('created', 'updated') AND subject_id IN ({})",
            list.join(", ")
        );
        tx.execute(&sql, &[&import, &undone, &reason])?;
    }
    Ok(())
}

/// Where undoing stands, as long as it is under way.
pub(super) fn undo_standing(tx: &mut Tx<'_>, id: Id) -> Result<Option<i64>> {
    let sql = "SELECT undo_after FROM imports WHERE id = $1 AND state = 'undoing'";
    tx.query_opt(sql, &[&id], |row| row.get(0))
}

/// Notes a batch of undoing.
pub(super) fn advance_undo(tx: &mut Tx<'_>, id: Id, after: i64, counts: &UndoCounts) -> Result<()> {
    tx.execute(
        "UPDATE imports SET undo_after = $2, removed = removed + $3, restored = restored + $4, kept = kept + $5
         WHERE id = $1",
        &[&id, &after, &counts.removed, &counts.restored, &counts.kept],
    )?;
    Ok(())
}

/// Everything that could be taken back is.
pub(super) fn finish_undo(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE imports SET state = 'undone', undone_at = $2, version = version + 1
         WHERE id = $1 AND state = 'undoing'",
        &[&id, &now],
    )?;
    Ok(())
}

/// Rows that undoing will look at.
pub(super) fn count_undoable(tx: &mut Tx<'_>, import: Id) -> Result<i64> {
    tx.query_one(
        "SELECT COUNT(*) FROM import_rows WHERE import_id = $1 AND outcome IN ('created', 'updated')",
        &[&import],
        |row| row.get(0),
    )
}

/// Forgets an import that never ran.
pub(super) fn remove(tx: &mut Tx<'_>, id: Id) -> Result<bool> {
    Ok(tx.execute("DELETE FROM imports WHERE id = $1 AND state = 'draft'", &[&id])? == 1)
}
