//! Every query about consents.

use kernel::{Id, Result, Tx};

use super::{Decision, Purpose};

/// Adds a decision.
pub fn insert(tx: &mut Tx<'_>, customer: Id, decision: &Decision) -> Result<()> {
    let id = tx.new_id();
    tx.execute(
        "INSERT INTO consents (id, customer_id, purpose, granted, source, at, actor_name)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &[
            &id,
            &customer,
            &decision.purpose.name(),
            &decision.granted,
            &decision.source,
            &decision.at,
            &decision.actor_name,
        ],
    )?;
    Ok(())
}

/// Every decision of a customer, latest first.
pub fn history(tx: &mut Tx<'_>, customer: Id) -> Result<Vec<Decision>> {
    tx.query(
        "SELECT purpose, granted, source, at, actor_name FROM consents WHERE customer_id = $1 ORDER BY id DESC",
        &[&customer],
        |row| {
            let mut c = row.columns();
            Ok(Decision {
                purpose: Purpose::parse(&c.next::<String>()?)?,
                granted: c.next()?,
                source: c.next()?,
                at: c.next()?,
                actor_name: c.next()?,
            })
        },
    )
}
