//! What became of each row.

use kernel::identity::Actor;
use kernel::texts::T;
use kernel::{Error, Id, Result, Tx};

use super::super::kind::Kind;
use super::super::model::{Import, RowDone};
use super::super::outcome::Became;
use super::super::{Kinds, store};
use super::find;

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
