//! What no room's action can do: to say since when a customer was known before Bocal was, and that mail and work
//! of the past are done.

use kernel::{Id, Instant, Result, Tx};

/// Dates a customer taken over from a former file.
pub(super) fn known_since(tx: &mut Tx<'_>, customer: Id, since: Instant) -> Result<()> {
    tx.execute("UPDATE customers SET created_at = $2 WHERE id = $1", &[&customer, &since])?;
    Ok(())
}

/// Marks the mail written so far as sent in its time: a demonstration does not send its past on its first day.
pub(super) fn mails_left(tx: &mut Tx<'_>) -> Result<()> {
    let now = tx.now();
    tx.execute(
        "UPDATE mails SET state = 'sent', attempts = 1, sent_at = $1, settled_at = $1 WHERE state = 'waiting'",
        &[&now],
    )?;
    Ok(())
}

/// Forgets the work queued so far: whoever was to be warned of a danger was, in its time.
pub(super) fn jobs_done(tx: &mut Tx<'_>) -> Result<()> {
    tx.execute("DELETE FROM jobs", &[])?;
    Ok(())
}
