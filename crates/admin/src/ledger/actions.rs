//! What can be done with the ledger: read it, and try failed deliveries again.

use kernel::identity::store as identity;
use kernel::identity::{Actor, Permission};
use kernel::ledger::store::{self as ledger, Failed};
use kernel::ledger::{Event, Recorded};
use kernel::{Id, Result, Tx};

use super::model::{Choices, LedgerQuery};
use super::store;

/// Failed deliveries shown at most; the page says so when there may be more.
pub const FAILED_MOST: i64 = 50;

/// Events that match, newest first. The ledger tells of every site, so it asks for the whole organisation.
pub fn list(tx: &mut Tx<'_>, by: &Actor, query: &LedgerQuery, limit: i64) -> Result<Vec<Recorded>> {
    by.require_whole(Permission::LedgerRead)?;
    ledger::list(tx, &query.filter()?, limit)
}

/// What the page offers to filter by: kinds of events, and people and programs by name.
pub fn choices(tx: &mut Tx<'_>, by: &Actor) -> Result<Choices> {
    by.require_whole(Permission::LedgerRead)?;
    let mut actors: Vec<(Id, String)> =
        identity::users(tx)?.into_iter().map(|user| (user.id, user.name)).collect();
    actors.extend(identity::tokens(tx)?.into_iter().map(|token| (token.id, token.name)));
    Ok(Choices { kinds: store::kinds(tx)?, actors })
}

/// Deliveries that gave up, oldest first.
pub fn failed(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Failed>> {
    by.require_whole(Permission::LedgerRead)?;
    ledger::failed(tx, FAILED_MOST)
}

/// Tries every failed delivery again and says how many there were.
pub fn retry(tx: &mut Tx<'_>, by: &Actor) -> Result<u64> {
    by.require_whole(Permission::JobsManage)?;
    let retried = ledger::retry_failed(tx)?;
    if retried > 0 {
        let told = serde_json::json!({ "deliveries": retried });
        Event::new("delivery.retried", Id(0)).after(&told).record(tx, by)?;
    }
    Ok(retried)
}
