//! Queries of the import of cases.

use kernel::{Id, Result, Tx};

use super::Row;

/// The case an earlier import made of the same row: the same customer, or the same address of somebody unknown, the
/// same title and words.
pub(super) fn same(tx: &mut Tx<'_>, row: &Row, customer: Option<Id>) -> Result<Option<Id>> {
    let alike = "origin = 'import' AND title = $2 AND words = $3 ORDER BY id LIMIT 1";
    if let Some(customer) = customer {
        let sql = format!("SELECT id FROM cases WHERE customer_id = $1 AND {alike}");
        return tx.query_opt(&sql, &[&customer, &row.title, &row.words], |row| row.get(0));
    }
    let sql =
        format!("SELECT id FROM cases WHERE reach = $1 AND reach <> '' AND customer_id IS NULL AND {alike}");
    tx.query_opt(&sql, &[&row.reach, &row.title, &row.words], |row| row.get(0))
}

/// Whether somebody did anything about a case since it was opened: warnings alone are nobody's work.
pub(super) fn is_worked_on(tx: &mut Tx<'_>, case: Id) -> Result<bool> {
    for sql in [
        "SELECT id FROM case_steps WHERE case_id = $1 AND kind NOT IN ('opened', 'alerted', 'danger', 'rescheduled') LIMIT 1",
        "SELECT user_id FROM case_drafts WHERE case_id = $1 LIMIT 1",
        "SELECT improvement_id FROM improvement_cases WHERE case_id = $1 LIMIT 1",
    ] {
        if tx.query_opt(sql, &[&case], |row| row.get::<Id>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Removes a case nobody worked on.
pub(super) fn delete(tx: &mut Tx<'_>, case: Id) -> Result<()> {
    tx.execute("DELETE FROM case_steps WHERE case_id = $1", &[&case])?;
    tx.execute("DELETE FROM case_search WHERE rowid = $1", &[&case])?;
    tx.execute("DELETE FROM cases WHERE id = $1", &[&case]).map(drop)
}
