//! The letter of a case: kept while it is written, looked over for what it must hold, sent by mail, and followed until
//! it arrived or came back.

mod cues;
mod elements;
mod promises;

use kernel::identity::Actor;
use kernel::ledger::{Event, Recorded};
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::organisation::{self, Organisation};
use kernel::texts::{Locale, T};
use kernel::{Error, FieldError, Id, Instant, Message, Result, Tx, secrets};
use serde_json::json;

pub use elements::{Element, blaming, holds};

use super::actions::{self, open_case};
use super::model::{Case, Detail, Origin, Step, StepKind};
use super::rules::{self, TEXT, TITLE};
use super::store::{self, Draft};
use super::url;

/// Kind of the mails that carry a letter.
const REPLY: &str = "case-reply";
/// Kind of the mails that tell of a moved deadline.
const EXTENSION: &str = "case-extension";

/// An element of a letter, as the composer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub element: Element,
    /// The wording holds it.
    pub found: bool,
    /// Its author vouches for it.
    pub confirmed: bool,
}

impl Checked {
    /// Whether the letter may leave as far as this element goes.
    pub const fn is_there(self) -> bool {
        self.found || self.confirmed
    }
}

/// Looks a letter over.
pub fn check(draft: &Draft, words: &str) -> Vec<Checked> {
    let of = |element: Element| Checked {
        element,
        found: holds(element, &draft.body, words),
        confirmed: draft.confirmed.iter().any(|name| name == element.name()),
    };
    Element::ALL.into_iter().map(of).collect()
}

/// The draft of a colleague for a case, or the beginning of a letter.
pub fn draft(tx: &mut Tx<'_>, by: &Actor, t: T, case: &Case) -> Result<Draft> {
    let kept = by.user().map(|user| store::draft(tx, case.id, user)).transpose()?.flatten();
    if let Some(draft) = kept {
        return Ok(draft);
    }
    let (name, locale) = addressee(tx, case)?;
    let t = t.in_locale(locale);
    let body = t.two("letter-begin", "name", name, "author", by.name.clone());
    Ok(Draft { subject: subject(t, case), body, ..Draft::default() })
}

/// A subject the customer recognises. How colleagues call the case is not for them.
fn subject(t: T, case: &Case) -> String {
    t.get(if case.origin == Origin::Answer { "letter-subject-answer" } else { "letter-subject" })
}

/// Whom a letter speaks to, and in which language.
fn addressee(tx: &mut Tx<'_>, case: &Case) -> Result<(String, Locale)> {
    let house = organisation::store::get(tx)?.locale;
    let Some(customer) = case.customer else { return Ok((String::new(), house)) };
    let found = know::customers::store::get(tx, &kernel::identity::Scope::All, customer)?;
    Ok((found.details.name(), found.details.locale.unwrap_or(house)))
}

/// Keeps the draft of a colleague; two who write at once each keep their own.
pub fn keep(tx: &mut Tx<'_>, by: &Actor, id: Id, draft: &Draft) -> Result<Case> {
    let case = open_case(tx, by, id)?;
    let me = by.user().ok_or_else(|| Error::refused("case-error-not-a-person"))?;
    let errors = too_long(draft);
    if !errors.is_empty() {
        return Err(Error::Invalid(errors));
    }
    store::keep_draft(tx, id, me, draft)?;
    Ok(case)
}

fn too_long(draft: &Draft) -> Vec<FieldError> {
    let mut errors = Vec::new();
    if draft.subject.chars().count() > TITLE {
        errors.push(FieldError::new("subject", Message::new("case-error-long").with("most", TITLE)));
    }
    if draft.body.chars().count() > TEXT {
        errors.push(FieldError::new("body", Message::new("case-error-long").with("most", TEXT)));
    }
    errors
}

/// Where a case can be answered by mail: the customer's address, or the one somebody unknown left.
pub fn address(tx: &mut Tx<'_>, case: &Case) -> Result<Option<String>> {
    let known = case.customer.map(|customer| store::writing_to(tx, customer)).transpose()?;
    let own = known.and_then(|(email, _)| email);
    Ok(own.or_else(|| Some(case.reach.trim().to_owned()).filter(|reach| reach.contains('@'))))
}

/// What keeps a letter back: what it misses, or says that it should not.
pub fn keeps_back(tx: &mut Tx<'_>, case: &Case, draft: &Draft) -> Result<Vec<FieldError>> {
    let mut errors = too_long(draft);
    if draft.subject.trim().is_empty() {
        errors.push(FieldError::new("subject", "letter-error-subject"));
    }
    if draft.body.trim().is_empty() {
        errors.push(FieldError::new("body", "letter-error-body"));
    }
    let checked = check(draft, &case.words);
    for absent in checked.iter().filter(|c| !c.is_there()) {
        let message = Message::new(format!("letter-error-{}", absent.element.name()));
        let message = match blaming(&draft.body).first() {
            Some(sentence) if absent.element == Element::Respect => {
                message.with("sentence", rules::without_quotes(sentence))
            }
            _ => message,
        };
        errors.push(FieldError::new("body", message));
    }
    if address(tx, case)?.is_none() {
        errors.push(FieldError::new("email", "letter-error-address"));
    }
    Ok(errors)
}

/// Sends a letter. An element that is neither found nor vouched for keeps it back; one that is vouched for is noted.
/// The customer counts as told once the mail server took it.
pub fn send(tx: &mut Tx<'_>, by: &Actor, id: Id, draft: &Draft) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let errors = keeps_back(tx, &before, draft)?;
    let (checked, address) = (check(draft, &before.words), address(tx, &before)?);
    let (Some(address), true) = (address, errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    let (name, locale) = addressee(tx, &before)?;
    let text = format!("{address}\n{}\n{}", draft.subject, draft.body);
    let outgoing = Outgoing {
        key: key(tx, REPLY, &before, &text)?,
        kind: REPLY,
        to: Recipient { address, name, customer: before.customer, user: None },
        locale,
        subject: draft.subject.trim().to_owned(),
        blocks: paragraphs(&draft.body),
        about: Some(About { kind: "case", id, href: url(id) }),
        site: before.site,
        unsubscribe: None,
        not_before: None,
    };
    let mail = match mail::queue(tx, by, &outgoing)? {
        mail::Queued::Now(mail) => mail,
        mail::Queued::Already(_) => return Ok(before),
    };
    if let Some(me) = by.user() {
        store::drop_draft(tx, id, me)?;
    }
    let is_vouched = checked.iter().any(|c| c.element == Element::Next && !c.found);
    let today = organisation::store::get(tx)?.zone.day_of(tx.now());
    let promised = promises::promise(&draft.body, is_vouched, today);
    let vouched = checked.iter().filter(|c| !c.found).map(|c| c.element.name().to_owned()).collect();
    let made = actions::Move {
        event: "case.replied",
        step: StepKind::Replied,
        text: draft.body.trim().to_owned(),
        detail: Detail {
            channel: "mail".to_owned(),
            subject: draft.subject.trim().to_owned(),
            confirmed: vouched,
            mail: Some(mail),
            promised: promised.as_ref().map(|promise| promise.day),
            ..Detail::default()
        },
    };
    let after = Case { promise: promised.or_else(|| before.promise.clone()), ..before.clone() };
    actions::apply(tx, by, &before, after, &made)
}

/// The same letter twice is the same mail: pressing twice writes once. After it failed, or once the case opened again,
/// the same words to the same address are a new one.
fn key(tx: &mut Tx<'_>, kind: &str, case: &Case, text: &str) -> Result<String> {
    let failed = store::steps(tx, case.id)?.iter().filter(|s| s.kind == StepKind::NotDelivered).count();
    let print = secrets::sha256_hex(text.as_bytes());
    Ok(format!("{kind}:{}:{}:{failed}:{}", case.id, case.reopened, &print[..24]))
}

/// Paragraphs of a letter: an empty line ends one.
fn paragraphs(body: &str) -> Vec<Block> {
    let normal = body.replace("\r\n", "\n");
    let all = normal.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    all.map(|p| Block::Text(p.to_owned())).collect()
}

/// Writes to the customer that the deadline moved, and why; gives the mail.
pub(super) fn write_extension(
    tx: &mut Tx<'_>,
    by: &Actor,
    t: T,
    case: &Case,
    to: Instant,
    reason: &str,
    organisation: &Organisation,
) -> Result<Id> {
    let Some(address) = address(tx, case)? else {
        return Err(Error::field("channel", "letter-error-address"));
    };
    let (name, locale) = addressee(tx, case)?;
    let t = t.in_locale(locale);
    let day = t.long_day(organisation.zone.day_of(to));
    let outgoing = Outgoing {
        key: key(tx, EXTENSION, case, &format!("{address}\n{}", to.as_micros()))?,
        kind: EXTENSION,
        to: Recipient { address, name: name.clone(), customer: case.customer, user: None },
        locale,
        subject: t.get("letter-extension-subject"),
        blocks: vec![
            Block::Text(t.one("letter-hello", "name", name)),
            Block::Text(reason.to_owned()),
            Block::Text(t.one("letter-extension-until", "day", day)),
            Block::Text(by.name.clone()),
        ],
        about: Some(About { kind: "case", id: case.id, href: url(case.id) }),
        site: case.site,
        unsubscribe: None,
        not_before: None,
    };
    mail::queue(tx, by, &outgoing).map(mail::Queued::id)
}

/// Notes what became of a letter. Delivered again, it changes nothing.
pub(super) fn on_mail(tx: &mut Tx<'_>, event: &Recorded) -> Result<()> {
    let said = event.after.clone().unwrap_or_default();
    let text = |name: &str| said.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let kind = text("kind");
    if text("about_kind") != "case" || (kind != REPLY && kind != EXTENSION) {
        return Ok(());
    }
    let (Ok(id), Ok(mail)) = (text("about_id").parse::<Id>(), text("mail").parse::<Id>()) else {
        return Ok(());
    };
    let case = match store::get(tx, &kernel::identity::Scope::All, id) {
        Err(Error::NotFound) => return Ok(()),
        found => found?,
    };
    let steps = store::steps(tx, id)?;
    let fate = Fate::of(&steps, mail);
    let detail = Detail { channel: "mail".into(), mail: Some(mail), ..Detail::default() };
    if kind == EXTENSION {
        return if event.kind == "mail.sent" {
            Ok(())
        } else {
            promise_undelivered(tx, &case, &fate, detail)
        };
    }
    let Some(letter) = fate.written else { return Ok(()) };
    let by = Actor::system(&letter.actor_name);
    if event.kind != "mail.sent" {
        return if fate.failed { Ok(()) } else { not_delivered(tx, &by, &case, &fate, detail) };
    }
    if fate.arrived {
        return Ok(());
    }
    // It left, whatever became of the case meanwhile: the customer's sheet says so.
    actions::on_timeline(tx, &by, &case, "mail", &letter.text)?;
    if fate.is_of_before || case.told_at.is_some() || !case.is_open() {
        store::add_step(tx, case.id, StepKind::Left, "", "", &detail)?;
        return Event::new("case.left", case.id).after(&json!({ "mail": mail })).record(tx, &by).map(drop);
    }
    actions::told(tx, &by, &case, "", detail).map(drop)
}

/// What the steps of a case tell of a mail.
struct Fate<'s> {
    /// The step that wrote it.
    written: Option<&'s Step>,
    /// It left, and nothing came back since.
    arrived: bool,
    /// It failed or came back, and was not sent again since.
    failed: bool,
    /// A colleague opened the case again after it was written: it answers what was before.
    is_of_before: bool,
    /// It is how the customer was told the last time.
    told: Option<Instant>,
}

impl<'s> Fate<'s> {
    fn of(steps: &'s [Step], mail: Id) -> Self {
        let last = |kinds: &[StepKind]| {
            steps.iter().rposition(|s| kinds.contains(&s.kind) && s.detail.mail == Some(mail))
        };
        let written = last(&[StepKind::Replied, StepKind::Extended]);
        let (told, failed) = (last(&[StepKind::Told, StepKind::Left]), last(&[StepKind::NotDelivered]));
        let opened = steps
            .iter()
            .rposition(|s| s.kind == StepKind::Again || (s.kind == StepKind::Reopened && !s.text.is_empty()));
        let last_told = steps.iter().rev().find(|s| s.kind == StepKind::Told);
        Self {
            written: written.and_then(|at| steps.get(at)),
            arrived: told.is_some() && told > failed,
            failed: failed.is_some() && failed > told,
            is_of_before: opened > written,
            told: last_told.filter(|s| s.detail.mail == Some(mail)).map(|s| s.at),
        }
    }
}

/// A letter that did not arrive told nobody anything: the case is to be told again, and opens again if it was closed,
/// unless the customer was told in another way since, or the case opened again already.
fn not_delivered(tx: &mut Tx<'_>, by: &Actor, case: &Case, fate: &Fate<'_>, detail: Detail) -> Result<()> {
    note_undelivered(tx, by, case, &detail)?;
    let promised = fate.written.and_then(|letter| letter.detail.promised);
    let is_unheard = promised.is_some() && case.promise.as_ref().map(|promise| promise.day) == promised;
    let heard = Case { promise: case.promise.clone().filter(|_| !is_unheard), ..case.clone() };
    if fate.told.is_none() || fate.told != case.told_at {
        // A promise that did not arrive was not made.
        let is_kept = !is_unheard || store::update(tx, &heard)?;
        return if is_kept { Ok(()) } else { Err(Error::Conflict) };
    }
    let case = &heard;
    // Who was reached by nothing but this letter was not reached.
    let contacted_at = case.contacted_at.filter(|at| Some(*at) != fate.told);
    actions::reopened(tx, by, case, contacted_at, "").map(drop)
}

fn note_undelivered(tx: &mut Tx<'_>, by: &Actor, case: &Case, detail: &Detail) -> Result<()> {
    store::add_step(tx, case.id, StepKind::NotDelivered, "", "", detail)?;
    Event::new("case.not-delivered", case.id).after(&json!({ "mail": detail.mail })).record(tx, by).map(drop)
}

/// A promise that did not arrive was not made: the former deadline holds again.
fn promise_undelivered(tx: &mut Tx<'_>, case: &Case, fate: &Fate<'_>, detail: Detail) -> Result<()> {
    let Some(promise) = fate.written.filter(|_| !fate.failed) else { return Ok(()) };
    let by = Actor::system(&promise.actor_name);
    let is_held = case.clock.extended_to.is_some() && case.clock.extended_to == promise.detail.until;
    if case.is_open() && case.told_at.is_none() && is_held {
        return actions::unextended(tx, &by, case, detail).map(drop);
    }
    note_undelivered(tx, &by, case, &detail)
}
