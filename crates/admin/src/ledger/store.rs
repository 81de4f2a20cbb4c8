//! Queries about the ledger that only its page asks.

use kernel::{Result, Tx};

/// Every kind of event there is. Jumps from one to the next in the index on kinds, so it costs the number of
/// kinds and not the number of events.
pub(super) fn kinds(tx: &mut Tx<'_>) -> Result<Vec<String>> {
    tx.query(
        "WITH RECURSIVE k (kind) AS (
             SELECT MIN(kind) FROM events
             UNION ALL
             SELECT (SELECT MIN(e.kind) FROM events e WHERE e.kind > k.kind) FROM k WHERE k.kind IS NOT NULL)
         SELECT kind FROM k WHERE kind IS NOT NULL",
        &[],
        |row| row.get(0),
    )
}
