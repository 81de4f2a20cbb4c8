//! What can be done with mails.

use kernel::identity::{Actor, Permission};
use kernel::mail::bounce::Notice;
use kernel::mail::store::{Counts, Filter, RestoredMails};
use kernel::mail::{self, Bounced, Mail, store};
use kernel::{Error, Id, Instant, Result, Tx};

/// Mails within reach that match, newest first.
pub fn list(tx: &mut Tx<'_>, by: &Actor, filter: &Filter, limit: i64) -> Result<Vec<Mail>> {
    by.require(Permission::MailManage)?;
    store::list(tx, &by.scope, filter, limit)
}

/// How many within reach stand where.
pub fn counts(tx: &mut Tx<'_>, by: &Actor) -> Result<Counts> {
    by.require(Permission::MailManage)?;
    store::counts(tx, &by.scope)
}

/// One mail.
pub fn find(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Mail> {
    by.require(Permission::MailManage)?;
    let mail = store::get(tx, id)?;
    by.require_site(mail.site)?;
    Ok(mail)
}

/// Has a mail that did not leave, or perhaps did not, sent again.
pub fn retry(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Mail> {
    find(tx, by, id)?;
    mail::send_again(tx, by, id)?;
    store::get(tx, id)
}

/// Leaves a mail that did not leave, or perhaps did not, as it is.
pub fn leave(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Mail> {
    find(tx, by, id)?;
    mail::leave(tx, by, id)?;
    store::get(tx, id)
}

/// Mails decided about in one change.
const TOGETHER: i64 = 500;

/// What is to become of mails in doubt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They leave.
    Send,
    /// They stay as they are.
    Leave,
}

/// How many within reach are in doubt since a backup was restored.
pub fn restored(tx: &mut Tx<'_>, by: &Actor) -> Result<RestoredMails> {
    by.require(Permission::MailManage)?;
    store::restored(tx, &by.scope)
}

/// Decides about those of them after `after`, some hundreds at a time. Returns the last one looked at, until there is
/// none, and how many were decided about: those whose address failed since stay in doubt rather than leave.
pub fn decide_restored(
    tx: &mut Tx<'_>,
    by: &Actor,
    verdict: Verdict,
    after: Id,
) -> Result<Option<(Id, u64)>> {
    by.require(Permission::MailManage)?;
    let found = store::restored_after(tx, &by.scope, after, TOGETHER)?;
    let mut decided = 0;
    for mail in &found {
        let outcome = match verdict {
            Verdict::Send => mail::send_again(tx, by, mail.id),
            Verdict::Leave => mail::leave(tx, by, mail.id),
        };
        match outcome {
            Ok(()) => decided += 1,
            Err(Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found.last().map(|mail| (mail.id, decided)))
}

/// Notes that a mail came back: its address is not written to any more.
pub fn bounce(tx: &mut Tx<'_>, by: &Actor, id: Id, reason: &str) -> Result<Mail> {
    find(tx, by, id)?;
    mail::bounce(tx, by, id, reason)?;
    store::get(tx, id)
}

/// Notes what a delivery status notification tells.
pub fn bounce_from(tx: &mut Tx<'_>, by: &Actor, notice: &Notice) -> Result<Mail> {
    by.require(Permission::MailManage)?;
    let mail = mail::bounce_from(tx, by, notice)?;
    by.require_site(mail.site)?;
    Ok(mail)
}

/// Addresses that bounced, latest first.
pub fn bounced(tx: &mut Tx<'_>, by: &Actor, before: Option<Instant>, limit: i64) -> Result<Vec<Bounced>> {
    by.require(Permission::MailManage)?;
    store::bounced_list(tx, &by.scope, before, limit)
}

/// Allows an address that bounced to be written to again.
pub fn clear(tx: &mut Tx<'_>, by: &Actor, address: &str) -> Result<()> {
    by.require(Permission::MailManage)?;
    let key = mail::rules::address_key(address);
    if let Some(id) = store::bounced(tx, &key)?.and_then(|found| found.mail) {
        find(tx, by, id)?;
    }
    mail::clear_bounce(tx, by, address)
}
