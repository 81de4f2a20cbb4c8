//! Every query about erasures.

use kernel::{Id, Result, Tx};

use super::{Erasure, Reason};

/// Removes contacts, consents and what imports remember; orders stay, without their number elsewhere.
pub(super) fn remove_history(tx: &mut Tx<'_>, id: Id) -> Result<()> {
    for sql in [
        "DELETE FROM interactions WHERE customer_id = $1",
        "DELETE FROM consents WHERE customer_id = $1",
        "UPDATE transactions SET external_number = NULL WHERE customer_id = $1",
        "UPDATE import_rows SET before = NULL, content = NULL WHERE subject_id = $1",
        "DELETE FROM customer_search WHERE rowid = $1",
    ] {
        tx.execute(sql, &[&id])?;
    }
    Ok(())
}

/// Leaves nothing in the row but where it belongs and since when.
pub(super) fn empty(tx: &mut Tx<'_>, id: Id, called: &str) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE customers SET kind = 'person', external_number = NULL, given_name = '', family_name = $2,
                organisation_name = '', sort_name = '', birth_day = NULL, locale = NULL, email = NULL,
                email_key = NULL, phone = NULL, phone_key = NULL, mobile = NULL, mobile_key = NULL,
                preferred_channel = NULL, street = '', postal_code = '', city = '', country = '', expects = '',
                updated_at = $3, erased_at = $3, import_id = NULL, version = version + 1
         WHERE id = $1",
        &[&id, &called, &now],
    )
    .map(drop)
}

pub(super) fn insert(tx: &mut Tx<'_>, id: Id, done: &Erasure) -> Result<()> {
    tx.execute(
        "INSERT INTO erasures (customer_id, at, actor_name, reason, events) VALUES ($1, $2, $3, $4, $5)",
        &[&id, &done.at, &done.actor_name, &done.reason.name(), &done.events],
    )
    .map(drop)
}

pub(super) fn get(tx: &mut Tx<'_>, id: Id) -> Result<Option<Erasure>> {
    tx.query_opt(
        "SELECT at, actor_name, reason, events FROM erasures WHERE customer_id = $1",
        &[&id],
        |row| {
            Ok(Erasure {
                at: row.get(0)?,
                actor_name: row.get(1)?,
                reason: Reason::parse(&row.get::<String>(2)?)?,
                events: row.get(3)?,
            })
        },
    )
}
