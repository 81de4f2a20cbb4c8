//! What a person can do with interactions.

use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::{Error, FieldError, Id, Instant, Message, Result, Tx};

use super::model::{Channel, Direction, Interaction, InteractionInput, Origin};
use super::store;
use crate::customers;

/// Characters of a note at most.
const LONGEST: usize = 10_000;
/// How far in the future a contact may be dated: clocks differ a little.
const AHEAD: kernel::clock::SignedDuration = kernel::clock::SignedDuration::from_mins(5);

/// Notes a contact with a customer.
pub fn create(tx: &mut Tx<'_>, by: &Actor, customer: Id, input: &InteractionInput) -> Result<Interaction> {
    by.require(Permission::CustomersWrite)?;
    let found = customers::store::get(tx, &by.scope, customer)?.present()?;
    let entry = checked(tx, by, found.details.site, input)?;
    write(tx, by, customer, &entry, &Origin::default())?;
    Ok(entry)
}

fn checked(tx: &Tx<'_>, by: &Actor, site: Option<Id>, input: &InteractionInput) -> Result<Interaction> {
    let mut errors = Vec::new();
    let channel = Channel::parse(&input.channel).ok().filter(|c| Channel::NOTED.contains(c));
    if channel.is_none() {
        errors.push(FieldError::new("channel", "interaction-error-channel"));
    }
    let direction = Direction::parse(if input.direction.is_empty() { "in" } else { &input.direction });
    if direction.is_err() {
        errors.push(FieldError::new("direction", "interaction-error-direction"));
    }
    for (field, text) in [("summary", &input.summary), ("words", &input.words), ("subject", &input.subject)] {
        if text.chars().count() > LONGEST {
            errors.push(FieldError::new(field, Message::new("interaction-error-long").with("most", LONGEST)));
        }
    }
    if input.summary.trim().is_empty() && input.words.trim().is_empty() {
        errors.push(FieldError::new("summary", "interaction-error-empty"));
    }
    let at = when(tx.now(), &input.at);
    if at.is_err() {
        errors.push(FieldError::new("at", "interaction-error-at"));
    }
    let (Some(channel), Ok(direction), Ok(at), true) = (channel, direction, at, errors.is_empty()) else {
        return Err(Error::Invalid(errors));
    };
    Ok(Interaction {
        id: tx.new_id(),
        at,
        channel,
        direction,
        subject: input.subject.trim().to_owned(),
        summary: input.summary.trim().to_owned(),
        words: input.words.trim().to_owned(),
        site,
        actor_name: by.name.clone(),
        href: String::new(),
        amount: None,
    })
}

fn when(now: Instant, text: &str) -> Result<Instant, ()> {
    if text.trim().is_empty() {
        return Ok(now);
    }
    let at: Instant = text.trim().parse().map_err(|_| ())?;
    if at > now.plus(AHEAD) { Err(()) } else { Ok(at) }
}

/// Writes an entry that another room brings, with where it comes from. The caller has checked permissions.
pub fn record(tx: &mut Tx<'_>, by: &Actor, customer: Id, entry: &Interaction, origin: &Origin) -> Result<()> {
    write(tx, by, customer, entry, origin)
}

fn write(tx: &mut Tx<'_>, by: &Actor, customer: Id, entry: &Interaction, origin: &Origin) -> Result<()> {
    // Nothing is known of them any more, whatever still comes in.
    if customers::store::is_erased(tx, customer)? {
        return Ok(());
    }
    store::insert(tx, customer, entry, origin)?;
    customers::store::touch(tx, customer, entry.at)?;
    if origin.id.is_none() {
        // What comes from elsewhere has its own event there.
        Event::new("interaction.recorded", customer).after(entry).record(tx, by)?;
    }
    Ok(())
}

/// A part of a customer's timeline: entries and orders, newest first.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// The entries.
    pub entries: Vec<Interaction>,
    /// Where the next part begins.
    pub next: Option<(Instant, Id)>,
}

/// Reads a part of the timeline before `(at, id)`.
pub fn timeline(
    tx: &mut Tx<'_>,
    by: &Actor,
    customer: Id,
    channel: Option<Channel>,
    before: Option<(Instant, Id)>,
    limit: usize,
) -> Result<Timeline> {
    by.require(Permission::CustomersRead)?;
    customers::store::get(tx, &by.scope, customer)?;
    let before = before.unwrap_or((Instant::from_micros(i64::MAX / 2), Id(i64::MAX)));
    let rows = limit as i64 + 1;
    let mut entries = Vec::new();
    if channel != Some(Channel::Order) {
        entries.extend(store::list(tx, customer, channel, before, rows)?);
    }
    if channel.is_none_or(|c| c == Channel::Order) {
        entries.extend(store::orders(tx, customer, before, rows)?);
    }
    entries.sort_by_key(|e| std::cmp::Reverse((e.at, e.id)));
    let more = entries.len() > limit;
    entries.truncate(limit);
    let next = entries.last().filter(|_| more).map(|e| (e.at, e.id));
    Ok(Timeline { entries, next })
}
