//! Mail: what leaves by e-mail, one row per person and message, and at most one copy of each.
//!
//! A room queues a message in the transaction that makes it necessary ([`queue`]). A mail then goes from
//! waiting to claimed (durably, before anything is sent), to sent, to settled. A claim whose process died before it
//! noted the answer of the mail server is [`State::Doubtful`]: it may have left or not, so it is never sent again by
//! itself; a person decides.

pub mod bounce;
mod courier;
mod layout;
mod message;
mod model;
mod outlet;
mod record;
pub mod rules;
pub mod said;
mod sender;
pub mod settle;
pub mod store;

pub use message::render;
pub use outlet::Outlet;
pub(crate) use record::doubt_restored;
pub use record::{bounce, bounce_from, clear_bounce, leave, send_again};
pub use sender::{send, send_due, try_out};

pub use model::{About, Block, Bounced, Mail, Outcome, Outgoing, Queued, Recipient, State};

use crate::Id;
use crate::db::Tx;
use crate::errors::{Error, Result};
use crate::identity::Actor;

/// Puts a message in the queue, in the transaction that makes it necessary. A key that is known already changes
/// nothing: whatever is run again writes to nobody twice.
///
/// # Errors
/// On the field `email` when the address cannot be written to or bounced, on `subject` when it has several lines;
/// refused when a text still shows a variable nobody filled in.
pub fn queue(tx: &mut Tx<'_>, by: &Actor, outgoing: &Outgoing) -> Result<Queued> {
    rules::check(outgoing)?;
    if let Some(id) = store::id_of_key(tx, &outgoing.key)? {
        return Ok(Queued::Already(id));
    }
    let key = rules::address_key(&outgoing.to.address);
    if let Some(bounced) = store::bounced(tx, &key)? {
        return Err(Error::field("email", rules::bounced_message(&bounced)));
    }
    let id = tx.new_id();
    store::insert_all(tx, by, &[(id, outgoing)])?;
    Ok(Queued::Now(id))
}

/// Puts many messages in the queue with few statements, and returns how many are new. An address that bounced is left
/// out, and so is a key that is known already.
///
/// # Errors
/// As [`queue`], for the first message that cannot be sent as it stands; then none is queued.
pub fn queue_all(tx: &mut Tx<'_>, by: &Actor, all: &[Outgoing]) -> Result<u64> {
    for outgoing in all {
        rules::check(outgoing)?;
    }
    let keys: Vec<String> = all.iter().map(|o| rules::address_key(&o.to.address)).collect();
    let bounced = store::bounced_among(tx, &keys)?;
    let new: Vec<_> = all
        .iter()
        .zip(&keys)
        .filter(|(_, key)| !bounced.contains(*key))
        .map(|(outgoing, _)| (tx.new_id(), outgoing))
        .collect();
    store::insert_all(tx, by, &new)
}

/// Leaves of the mails of a customer who is erased only that they were sent.
pub fn forget(tx: &mut Tx<'_>, customer: Id) -> Result<()> {
    store::forget(tx, customer)
}

/// Leaves of the mails about a thing, to colleagues too, only that they were sent.
pub fn forget_about(tx: &mut Tx<'_>, about: Id) -> Result<()> {
    store::forget_about(tx, about)
}

/// Takes back a message that was not sent yet; returns whether it could be.
pub fn withdraw(tx: &mut Tx<'_>, key: &str) -> Result<bool> {
    store::withdraw(tx, key)
}
