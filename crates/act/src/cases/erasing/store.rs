//! Queries of the erasure of a customer.

use kernel::identity::Scope;
use kernel::{Id, Result, Tx};

use crate::cases::model::Case;
use crate::cases::store;

/// Takes all words off the cases of a customer: titles, what was said, notes, letters, drafts.
pub(super) fn empty(tx: &mut Tx<'_>, customer: Id, title: &str) -> Result<()> {
    tx.execute(
        "UPDATE cases SET title = $2, words = '', reach = '', promise = '', promised_day = NULL,
                no_cause = CASE WHEN no_cause IS NULL THEN NULL ELSE $2 END
         WHERE customer_id = $1",
        &[&customer, &title],
    )?;
    for sql in [
        "DELETE FROM case_drafts WHERE case_id IN (SELECT id FROM cases WHERE customer_id = $1)",
        "UPDATE case_steps SET text = '', detail = '{}'
         WHERE case_id IN (SELECT id FROM cases WHERE customer_id = $1)",
        "UPDATE cases SET refusal = '' WHERE customer_id = $1 AND refusal IS NOT NULL",
    ] {
        tx.execute(sql, &[&customer])?;
    }
    Ok(())
}

/// Their cases.
pub(super) fn all(tx: &mut Tx<'_>, customer: Id) -> Result<Vec<Id>> {
    tx.query("SELECT id FROM cases WHERE customer_id = $1 ORDER BY id", &[&customer], |row| row.get(0))
}

/// Their open cases.
pub(super) fn open(tx: &mut Tx<'_>, customer: Id) -> Result<Vec<Case>> {
    let all = all(tx, customer)?.into_iter().map(|id| store::get(tx, &Scope::All, id));
    Ok(all.collect::<Result<Vec<Case>>>()?.into_iter().filter(Case::is_open).collect())
}
