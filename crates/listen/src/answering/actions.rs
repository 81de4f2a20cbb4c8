//! What somebody with a link can do, and the one way every answer takes into the database.

use kernel::figures::Collection;
use kernel::identity::Actor;
use kernel::ledger::Event;
use kernel::texts::Locale;
use kernel::{Error, FieldError, Id, Result, Tx};
use know::interactions::model::{Channel, Direction, Interaction, Origin};
use serde_json::json;

use super::model::{Answer, Door, Gate, Given, House, Incoming, Outcome, Target};
use super::{rules, store};
use crate::invitations::rules::verify;
use crate::surveys::model::Band;
use crate::tallies;

/// Somebody at a door.
#[derive(Clone, Debug)]
pub struct Arrival {
    /// The organisation.
    pub house: House,
    /// What is behind the door; `None` when the link is not ours.
    pub target: Option<Target>,
}

/// Looks behind a door. Changes nothing: whoever only looks may be a mail program.
pub fn arrive(tx: &mut Tx<'_>, door: &Door) -> Result<Arrival> {
    let house = store::house(tx)?;
    let target = match door {
        Door::Link(secret) => store::by_secret(tx, secret)?,
        Door::Invitation(token) => match verify(&house.link_key, token) {
            Some(id) => store::by_invitation(tx, id)?,
            None => None,
        },
    };
    Ok(Arrival { house, target })
}

/// What comes with the answers of a public page.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
    /// Language of the reader.
    pub locale: Locale,
    /// Random of the page view.
    pub nonce: String,
    /// Code of a site, from the address of the page.
    pub site: String,
    /// `qr` when a printed code led here.
    pub via: String,
}

/// Thanks that fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Thanked {
    /// Which words.
    pub band: Band,
    /// They accept to be called back.
    pub contact_ok: bool,
}

/// What became of a form that was sent.
#[derive(Clone, Debug)]
pub enum Received {
    /// It is recorded, now or before.
    Thanks(Thanked),
    /// Something does not fit; nothing is recorded.
    Invalid(Vec<FieldError>),
    /// Too late: expired or closed.
    Refused(Gate),
    /// The link is not ours.
    Unknown,
}

/// Takes the answers somebody sent through a door.
pub fn receive(tx: &mut Tx<'_>, door: &Door, sent: &Sent) -> Result<(Arrival, Received)> {
    let arrival = arrive(tx, door)?;
    let Some(target) = &arrival.target else { return Ok((arrival, Received::Unknown)) };
    let gate = rules::gate(target, tx.now());
    let invitation = target.invited.as_ref().map(|i| i.id);
    if gate == Gate::Answered {
        let known = store::recorded(tx, target.survey, invitation, None)?.ok_or(Error::NotFound)?;
        let given = rules::read_form(&target.content, &sent.fields).unwrap_or_default();
        let received = again(tx, target, known, &given)?;
        return Ok((arrival, received));
    }
    if gate != Gate::Open {
        return Ok((arrival, Received::Refused(gate)));
    }
    let read = rules::read_form(&target.content, &sent.fields);
    let read =
        if invitation.is_some() { read } else { read.and_then(|a| rules::reachable(&target.content, a)) };
    let answers = match read {
        Ok(answers) => answers,
        Err(errors) => {
            if let Some(invitation) = invitation {
                let now = tx.now();
                store::mark_invitation(tx, invitation, now, false)?;
            }
            return Ok((arrival, Received::Invalid(errors)));
        }
    };
    let received = accept(tx, &arrival, target, sent, &answers)?;
    Ok((arrival, received))
}

fn accept(
    tx: &mut Tx<'_>,
    arrival: &Arrival,
    target: &Target,
    sent: &Sent,
    answers: &[Answer],
) -> Result<Received> {
    let now = tx.now();
    let invited = target.invited.as_ref();
    let site = match invited {
        Some(invited) => invited.site,
        None if sent.site.is_empty() => None,
        None => store::site_by_code(tx, &sent.site)?,
    };
    let channel = match invited {
        Some(invited) => invited.channel.as_str(),
        None if sent.via == "qr" => "qr",
        None => "link",
    };
    let incoming = Incoming {
        survey: target.survey,
        version: target.number,
        content: &target.content,
        answers,
        invitation: invited.map(|i| i.id),
        customer: invited.map(|i| i.customer),
        site,
        channel,
        collection: invited.map_or(Collection::SelfSelected, |i| i.collection),
        locale: sent.locale,
        at: now,
        day: arrival.house.zone.day_of(now),
        nonce: invited.is_none().then(|| nonce_of(target.survey, &sent.nonce)).flatten(),
        weight: None,
        import: None,
    };
    match record(tx, &Actor::public(), &incoming)? {
        Outcome::Recorded(_) => {
            let score =
                target.content.first_score().and_then(|q| answers.iter().find(|a| a.question == q.key));
            Ok(Received::Thanks(Thanked {
                band: rules::thanks_band(&target.content, score.and_then(|a| a.value)),
                contact_ok: rules::contact_ok(&target.content, answers),
            }))
        }
        Outcome::Already(known) => again(tx, target, known, answers),
    }
}

/// A nonce counts within its survey; one that no page of ours made counts for nothing.
fn nonce_of(survey: Id, nonce: &str) -> Option<String> {
    let ours = (16..=64).contains(&nonce.len())
        && nonce.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
    ours.then(|| format!("{survey}:{nonce}"))
}

/// What to say to answers that come where some are recorded: thanks when they are the same (the form was sent twice),
/// else that the first ones stand: thanks would let believe that these were taken.
fn again(tx: &mut Tx<'_>, target: &Target, known: Id, given: &[Answer]) -> Result<Received> {
    let mut given: Vec<&Answer> = given.iter().collect();
    given.sort_unstable_by_key(|answer| &answer.question);
    if store::answers_of(tx, known)?.iter().eq(given) {
        return thanks_again(tx, target, known).map(Received::Thanks);
    }
    Ok(Received::Refused(Gate::Answered))
}

/// The thanks of a response that is recorded already.
fn thanks_again(tx: &mut Tx<'_>, target: &Target, response: Id) -> Result<Thanked> {
    let question = target.content.first_score().map_or("", |q| q.key.as_str());
    let (score, contact_ok) = store::said(tx, response, question)?;
    Ok(Thanked { band: rules::thanks_band(&target.content, score), contact_ok })
}

/// Records a set of answers, whole or not at all: the response, its answers, its facts, the invitation it answers,
/// the event, and the entry on the customer's timeline. Recording the same invitation or nonce again changes
/// nothing. The caller has checked permissions and answers ([`rules::check`]).
pub fn record(tx: &mut Tx<'_>, by: &Actor, incoming: &Incoming<'_>) -> Result<Outcome> {
    let id = tx.new_id();
    if !store::insert_response(tx, id, incoming)? {
        let nonce = incoming.nonce.as_deref();
        let known = store::recorded(tx, incoming.survey, incoming.invitation, nonce)?;
        return Ok(Outcome::Already(known.ok_or_else(|| Error::refused("answer-error-elsewhere"))?));
    }
    store::insert_answers(tx, id, incoming)?;
    store::insert_facts(tx, id, incoming)?;
    tallies::store::outdate(tx, incoming.survey, incoming.day)?;
    if let Some(invitation) = incoming.invitation {
        store::mark_invitation(tx, invitation, incoming.at, true)?;
    }
    if incoming.import.is_none() {
        // The words stay out of the ledger: it is append-only, and words are personal.
        Event::new("response.received", id).after(&told(incoming)).record(tx, by)?;
    }
    if let Some(customer) = incoming.customer {
        let entry = entry(tx, id, incoming)?;
        know::interactions::actions::record(tx, by, customer, &entry, &origin(id))?;
    }
    Ok(Outcome::Recorded(id))
}

fn told(incoming: &Incoming<'_>) -> serde_json::Value {
    let scores: serde_json::Map<String, serde_json::Value> =
        rules::scores(incoming.content, incoming.answers)
            .into_iter()
            .map(|(measure, value)| (measure.to_owned(), json!(value)))
            .collect();
    json!({
        "survey": incoming.survey,
        "version": incoming.version,
        "customer": incoming.customer,
        "site": incoming.site,
        "channel": incoming.channel,
        "collection": incoming.collection.name(),
        "day": incoming.day,
        "scores": scores,
        "contact_ok": rules::contact_ok(incoming.content, incoming.answers),
    })
}

/// The entry on the customer's timeline, in the organisation's language: colleagues read it.
fn entry(tx: &mut Tx<'_>, response: Id, incoming: &Incoming<'_>) -> Result<Interaction> {
    let locale: Locale = tx.once("listen.locale", store::locale)?.parse()?;
    let title = incoming.content.title.read_in(locale);
    let score = rules::score_in_short(incoming.content, incoming.answers);
    Ok(Interaction {
        id: tx.new_id(),
        at: incoming.at,
        channel: Channel::Survey,
        direction: Direction::In,
        subject: score.map_or_else(|| title.to_owned(), |score| format!("{title} · {score}")),
        summary: String::new(),
        words: rules::words(incoming.content, incoming.answers),
        site: incoming.site,
        actor_name: String::new(),
        href: crate::responses::url(response),
        amount: None,
    })
}

fn origin(response: Id) -> Origin {
    Origin { kind: "response", id: Some(response), href: crate::responses::url(response) }
}

/// Answers brought by a program: checked like those of a page.
pub fn checked(content: &crate::surveys::model::Content, given: &[Given]) -> Result<Vec<Answer>> {
    rules::check(content, given).map_err(Error::Invalid)
}
