//! The letter of a case: kept while it is written, looked over for what it must hold, sent by mail, and followed until
//! it arrived or came back.

mod elements;

use kernel::identity::Actor;
use kernel::ledger::{Event, Recorded};
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::organisation::{self, Organisation};
use kernel::texts::{Locale, T};
use kernel::{Error, FieldError, Id, Instant, Message, Result, Tx, secrets};
use serde_json::json;

pub use elements::{Element, holds};

use super::actions::{self, open_case};
use super::model::{Case, Detail, StepKind};
use super::rules::{TEXT, TITLE};
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
    Ok(Draft { subject: t.one("letter-subject", "title", case.title.clone()), body, ..Draft::default() })
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

/// Sends a letter. An element that is neither found nor vouched for keeps it back; one that is vouched for is noted.
/// The customer counts as told once the mail server took it.
pub fn send(tx: &mut Tx<'_>, by: &Actor, id: Id, draft: &Draft) -> Result<Case> {
    let before = open_case(tx, by, id)?;
    let mut errors = too_long(draft);
    if draft.subject.trim().is_empty() {
        errors.push(FieldError::new("subject", "letter-error-subject"));
    }
    if draft.body.trim().is_empty() {
        errors.push(FieldError::new("body", "letter-error-body"));
    }
    let checked = check(draft, &before.words);
    for absent in checked.iter().filter(|c| !c.is_there()) {
        errors.push(FieldError::new("body", Message::new(format!("letter-error-{}", absent.element.name()))));
    }
    let address = address(tx, &before)?;
    if address.is_none() {
        errors.push(FieldError::new("email", "letter-error-address"));
    }
    let (Some(address), true) = (address, errors.is_empty()) else { return Err(Error::Invalid(errors)) };
    let (name, locale) = addressee(tx, &before)?;
    let print = secrets::sha256_hex(format!("{}\n{}", draft.subject, draft.body).as_bytes());
    let outgoing = Outgoing {
        // The same letter twice is the same mail: pressing twice writes once.
        key: format!("{REPLY}:{id}:{}", &print[..24]),
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
            ..Detail::default()
        },
    };
    actions::apply(tx, by, &before, before.clone(), &made)
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
        key: format!("{EXTENSION}:{}:{}", case.id, to.as_micros()),
        kind: EXTENSION,
        to: Recipient { address, name: name.clone(), customer: case.customer, user: None },
        locale,
        subject: t.one("letter-extension-subject", "title", case.title.clone()),
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
    if text("about_kind") != "case" || text("kind") != REPLY {
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
    let ours = |kind: StepKind| steps.iter().find(|s| s.kind == kind && s.detail.mail == Some(mail));
    let Some(letter) = ours(StepKind::Replied) else { return Ok(()) };
    let by = Actor::system(&letter.actor_name);
    let detail = Detail { channel: "mail".into(), mail: Some(mail), ..Detail::default() };
    if event.kind == "mail.sent" {
        if ours(StepKind::Told).is_some() || !case.is_open() {
            return Ok(());
        }
        actions::on_timeline(tx, &by, &case, "mail", &letter.text)?;
        return actions::told(tx, &by, &case, "", detail).map(drop);
    }
    if ours(StepKind::NotDelivered).is_some() {
        return Ok(());
    }
    not_delivered(tx, &by, &case, ours(StepKind::Told).is_some(), detail)
}

/// A letter that did not arrive told nobody anything: the case is to be told again, and opens again if it was closed.
fn not_delivered(tx: &mut Tx<'_>, by: &Actor, case: &Case, was_told: bool, detail: Detail) -> Result<()> {
    store::add_step(tx, case.id, StepKind::NotDelivered, "", "", &detail)?;
    Event::new("case.not-delivered", case.id).after(&json!({ "mail": detail.mail })).record(tx, by)?;
    if !was_told {
        return Ok(());
    }
    // Telling begins anew, whether the case was closed meanwhile or not.
    actions::reopened(tx, by, case, "").map(drop)
}
