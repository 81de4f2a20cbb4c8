//! The one thing no room's action can do: to say since when a customer was known before Bocal was.

use kernel::{Id, Instant, Result, Tx};

/// Dates a customer taken over from a former file.
pub(super) fn known_since(tx: &mut Tx<'_>, customer: Id, since: Instant) -> Result<()> {
    tx.execute("UPDATE customers SET created_at = $2 WHERE id = $1", &[&customer, &since])?;
    Ok(())
}
