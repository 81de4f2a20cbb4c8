//! What becomes of mails, written down: claims, answers, doubts, bounces, with their events.

use jiff::SignedDuration;

use super::courier::Answer;
use super::message;
use super::model::{Mail, State};
use super::said::Said;
use super::{rules, store};
use crate::clock::Instant;
use crate::db::Tx;
use crate::errors::{Error, Message, Result};
use crate::identity::Actor;
use crate::ids::Id;
use crate::ledger::{Event, record_all};
use crate::organisation;

/// A claim of another process is its own for so long.
const LEASE: SignedDuration = SignedDuration::from_mins(5);
/// Without a word of bounce after so long, a mail is taken for delivered.
pub(super) const SETTLED_AFTER: SignedDuration = SignedDuration::from_hours(5 * 24);

/// Mails of a restored backup put in doubt with one statement.
const BATCH: i64 = 2_000;

/// Mails claimed, with what stands on top of each.
pub(super) struct Claim {
    pub(super) mails: Vec<Mail>,
    pub(super) organisation: String,
}

/// Mails that are due, the longest waiting first.
pub(super) fn due(tx: &mut Tx<'_>, limit: i64) -> Result<Vec<Id>> {
    store::due(tx, limit)
}

/// Claims those of these mails that are still due.
pub(super) fn claim(tx: &mut Tx<'_>, process: &str, domain: &str, ids: &[Id]) -> Result<Claim> {
    if ids.is_empty() {
        return Ok(Claim { mails: Vec::new(), organisation: String::new() });
    }
    let organisation = organisation::store::get(tx)?;
    let mut mails = Vec::with_capacity(ids.len());
    for id in ids {
        let message_id = message::message_id(&organisation.link_key, *id, domain);
        mails.extend(store::claim(tx, *id, process, &message_id)?);
    }
    Ok(Claim { mails, organisation: organisation.name })
}

/// Writes down what the mail server answered.
pub(super) fn answers(tx: &mut Tx<'_>, process: &str, answers: &[(Id, Answer)]) -> Result<()> {
    let mut events = Vec::with_capacity(answers.len());
    for (id, answer) in answers {
        let mail = store::get(tx, *id)?;
        let is_ours = store::is_claimed_by(tx, *id, process)?;
        if is_ours {
            events.extend(write(tx, &mail, answer)?);
        }
    }
    record_all(tx, &myself(), &events)
}

fn myself() -> Actor {
    Actor::system("bocal")
}

fn write(tx: &mut Tx<'_>, mail: &Mail, answer: &Answer) -> Result<Option<Event>> {
    let now = tx.now();
    match answer {
        Answer::Taken => {
            store::sent(tx, mail.id)?;
            Ok(Some(event("mail.sent", mail, State::Sent.name())))
        }
        Answer::Refused(words) => {
            store::settle(tx, mail.id, "refused", Some(words))?;
            if rules::says_no_such_address(words) && !mail.address.is_empty() {
                store::insert_bounced(tx, &rules::address_key(&mail.address), words, mail.id)?;
            }
            Ok(Some(event("mail.failed", mail, "refused")))
        }
        Answer::Unknown(words) => {
            store::put(tx, mail.id, State::Doubtful, mail.attempts, mail.due_at, Some(words))?;
            Ok(Some(event("mail.failed", mail, State::Doubtful.name())))
        }
        Answer::Later(words) | Answer::Lost(words) => match rules::next_attempt(mail.attempts) {
            Some(wait) => {
                store::put(tx, mail.id, State::Waiting, mail.attempts, now.plus(wait), Some(words))?;
                Ok(None)
            }
            None => give_up(tx, mail, words).map(Some),
        },
        // It was not this mail's fault: the attempt does not count, however long it lasts.
        Answer::Unreachable(words) => {
            store::put(tx, mail.id, State::Waiting, mail.attempts - 1, mail.due_at, Some(words))?;
            Ok(None)
        }
    }
}

fn give_up(tx: &mut Tx<'_>, mail: &Mail, words: &str) -> Result<Event> {
    store::put(tx, mail.id, State::GivenUp, mail.attempts, mail.due_at, Some(words))?;
    Ok(event("mail.failed", mail, State::GivenUp.name()))
}

/// What the ledger keeps: never an address, never words.
fn event(kind: &'static str, mail: &Mail, state: &str) -> Event {
    Event::new(kind, mail.id).after(&serde_json::json!({
        "mail": mail.id,
        "key": mail.key,
        "kind": mail.kind,
        "about_kind": mail.about_kind,
        "about_id": mail.about_id,
        "customer": mail.customer,
        "state": state,
    }))
}

/// Claims of processes that are no more.
pub(super) fn orphans(tx: &mut Tx<'_>, process: &str, at_start: bool) -> Result<Vec<(Id, String)>> {
    let before = tx.now().minus(LEASE);
    store::orphans(tx, process, before, at_start)
}

/// Settles claims of dead processes: sent, to be sent, or in doubt where nobody can tell.
pub(super) fn settle_orphans(tx: &mut Tx<'_>, looked: &[(Id, Option<bool>)]) -> Result<()> {
    for (id, left) in looked {
        let mail = store::get(tx, *id)?;
        if mail.state != State::Claimed {
            continue;
        }
        let answer = match left {
            Some(true) => Answer::Taken,
            Some(false) => Answer::Unreachable(String::new()),
            None => Answer::Unknown(Said::Stopped.code()),
        };
        if let Some(event) = write(tx, &mail, &answer)? {
            event.record(tx, &myself())?;
        }
    }
    Ok(())
}

/// Puts in doubt what waits or is on its way in a backup that was restored, and returns how many: since the backup was
/// taken they may have left, and only a person can find out.
pub(crate) fn doubt_restored(tx: &mut Tx<'_>, taken_at: Instant) -> Result<u64> {
    let words = Said::Restored(taken_at).code();
    let mut doubted = 0;
    loop {
        let mails = store::doubt(tx, &words, BATCH)?;
        if mails.is_empty() {
            return Ok(doubted);
        }
        let events: Vec<Event> =
            mails.iter().map(|mail| event("mail.failed", mail, State::Doubtful.name())).collect();
        record_all(tx, &myself(), &events)?;
        doubted += mails.len() as u64;
    }
}

/// Notes that a mail came back, and that its address is not to be written to.
pub fn bounce(tx: &mut Tx<'_>, by: &Actor, id: Id, reason: &str) -> Result<()> {
    let mail = store::get(tx, id)?;
    let reason = rules::reason(reason)?;
    if matches!(mail.state, State::Waiting | State::GivenUp) {
        return Err(Error::refused("mail-error-not-sent"));
    }
    store::settle(tx, id, "bounced", Some(&reason))?;
    store::insert_bounced(tx, &rules::address_key(&mail.address), &reason, id)?;
    event("mail.bounced", &mail, "bounced").record(tx, by)?;
    Ok(())
}

/// Has a mail that did not leave, or perhaps did not, sent again.
pub fn send_again(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let mail = decidable(tx, id)?;
    let key = rules::address_key(&mail.address);
    if let Some(bounced) = store::bounced(tx, &key)? {
        return Err(Error::refused(rules::bounced_message(&bounced)));
    }
    // One that was to leave later only still does.
    let due_at = mail.due_at.max(tx.now());
    store::put(tx, id, State::Waiting, 0, due_at, None)?;
    event("mail.sent-again", &mail, mail.state.name()).record(tx, by)?;
    Ok(())
}

/// Leaves a mail that did not leave, or perhaps did not, as it is.
pub fn leave(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<()> {
    let mail = decidable(tx, id)?;
    store::settle(tx, id, "left", mail.error.as_deref())?;
    event("mail.left", &mail, mail.state.name()).record(tx, by)?;
    Ok(())
}

/// A mail about which a person may decide.
fn decidable(tx: &mut Tx<'_>, id: Id) -> Result<Mail> {
    let mail = store::get(tx, id)?;
    if rules::may_be_decided(&mail) { Ok(mail) } else { Err(Error::refused("mail-error-not-open")) }
}

/// Allows an address that bounced to be written to again.
pub fn clear_bounce(tx: &mut Tx<'_>, by: &Actor, address: &str) -> Result<()> {
    let key = rules::address_key(address);
    let found = store::bounced(tx, &key)?.ok_or(Error::NotFound)?;
    store::delete_bounced(tx, &key)?;
    let id = found.mail.unwrap_or(Id(0));
    Event::new("mail.bounce-cleared", id).record(tx, by)?;
    Ok(())
}

/// The mail a delivery status notification speaks of: noted as bounced. Returns it.
pub fn bounce_from(tx: &mut Tx<'_>, by: &Actor, notice: &super::bounce::Notice) -> Result<Mail> {
    let unknown = || Error::refused(Message::new("mail-error-notice-unknown"));
    for message_id in &notice.message_ids {
        if let Some(mail) = store::by_message_id(tx, message_id)? {
            bounce(tx, by, mail.id, &notice.reason)?;
            return store::get(tx, mail.id);
        }
    }
    Err(unknown())
}
