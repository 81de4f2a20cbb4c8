//! Every query about causes.

use kernel::db::Row;
use kernel::identity::Scope;
use kernel::{Id, Result, Tx};

use super::model::Cause;

const COLUMNS: &str = "id, parent_id, code, name_fr, name_en, importance, retired, version";

fn read(row: &Row<'_>) -> Result<Cause> {
    let mut c = row.columns();
    Ok(Cause {
        id: c.next()?,
        parent: c.next()?,
        code: c.next()?,
        name_fr: c.next()?,
        name_en: c.next()?,
        importance: c.next()?,
        retired: c.next()?,
        version: c.next()?,
    })
}

/// Every cause.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Cause>> {
    tx.query(&format!("SELECT {COLUMNS} FROM causes ORDER BY id"), &[], read)
}

/// One cause.
pub fn get(tx: &mut Tx<'_>, id: Id) -> Result<Cause> {
    tx.query_one(&format!("SELECT {COLUMNS} FROM causes WHERE id = $1"), &[&id], read)
}

/// The cause of this code.
pub fn by_code(tx: &mut Tx<'_>, code: &str) -> Result<Option<Cause>> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM causes WHERE code = $1"), &[&code], read)
}

/// Adds a cause.
pub fn insert(tx: &mut Tx<'_>, cause: &Cause) -> Result<()> {
    tx.execute(
        "INSERT INTO causes (id, parent_id, code, name_fr, name_en, importance, retired, version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, 1)",
        &[
            &cause.id,
            &cause.parent,
            &cause.code,
            &cause.name_fr,
            &cause.name_en,
            &cause.importance,
            &cause.retired,
        ],
    )?;
    Ok(())
}

/// Changes a cause if it is still at `cause.version`; returns whether it was.
pub fn update(tx: &mut Tx<'_>, cause: &Cause) -> Result<bool> {
    let changed = tx.execute(
        "UPDATE causes SET parent_id = $3, code = $4, name_fr = $5, name_en = $6, importance = $7, retired = $8,
                           version = version + 1
         WHERE id = $1 AND version = $2",
        &[
            &cause.id,
            &cause.version,
            &cause.parent,
            &cause.code,
            &cause.name_fr,
            &cause.name_en,
            &cause.importance,
            &cause.retired,
        ],
    )?;
    Ok(changed == 1)
}

/// How many cases within reach name each cause.
pub fn counts(tx: &mut Tx<'_>, scope: &Scope) -> Result<Vec<(Id, i64)>> {
    let reach = scope.condition("site_id");
    let sql = format!(
        "SELECT cause_id, COUNT(*) FROM cases WHERE cause_id IS NOT NULL AND {reach} GROUP BY cause_id"
    );
    tx.query(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?)))
}
