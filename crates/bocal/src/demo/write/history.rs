//! Customers, contacts and purchases, hour by hour.

use std::collections::BTreeMap;

use kernel::identity::Permission;
use kernel::texts::Locale;
use kernel::{Result, Tx};
use know::consent::{self, Purpose};
use know::customers::model::{Details, Kind, Role};
use know::interactions::model::{Channel, Direction, Interaction, Origin};

use super::founding::House;
use super::{Act, Work, boards, cases, opinions, store};
use crate::demo::calendar::{FIRST, Moment};
use crate::demo::plan::answers::Survey;
use crate::demo::plan::customers::Customer;

/// Number of the first customer.
const FIRST_NUMBER: usize = 100_001;

/// Writes what happens in one hour.
pub(super) fn hour(tx: &mut Tx<'_>, work: &Work, house: &House, acts: &[(Moment, Act)]) -> Result<()> {
    // Invitations of one survey and channel go out together.
    let mut asked: BTreeMap<(Survey, &'static str), Vec<usize>> = BTreeMap::new();
    for (_, act) in acts {
        match *act {
            Act::Join(at) => join(tx, work, house, at)?,
            Act::Order(at) => order(tx, work, house, at)?,
            Act::Contact(at) => contact(tx, work, house, at)?,
            Act::Invite(at) => {
                let (survey, channel) = opinions::way(work, at);
                asked.entry((survey, channel)).or_default().push(at);
            }
            Act::Answer(_) | Act::WalkIn(_) | Act::Case(..) | Act::Improve(..) | Act::Pin(_) => {}
        }
    }
    for ((survey, channel), list) in asked {
        opinions::invite(tx, work, house, survey, channel, &list)?;
    }
    for (moment, act) in acts {
        match *act {
            Act::Answer(at) => opinions::answer(tx, work, house, at, *moment)?,
            Act::WalkIn(at) => opinions::walk_in(tx, work, house, at, *moment)?,
            _ => {}
        }
    }
    act::cases::alerts::warn_due(tx)?;
    store::mails_left(tx)?;
    // A case comes after the answer that opens it.
    for (moment, act) in acts {
        match *act {
            Act::Case(at, rank) => cases::deed(tx, work, house, at, rank, *moment)?,
            Act::Pin(at) => boards::pin(tx, work, house, at)?,
            Act::Improve(rank, step) => {
                let improvements = cases::Improvements { work, house };
                match step {
                    0 => improvements.decide(tx, rank)?,
                    1 => improvements.start(tx, rank)?,
                    _ => improvements.judge(tx, rank)?,
                }
            }
            _ => {}
        }
    }
    store::jobs_done(tx)
}

/// Adds a customer with what they accept.
pub(super) fn join(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize) -> Result<()> {
    let customer = &work.plan.customers[at];
    let by = house.one_who(Permission::CustomersWrite)?.clone();
    let details = details(customer, house, FIRST_NUMBER + at);
    let made = know::customers::actions::create_checked(tx, &by, &details, None)?;
    work.keep_customer(at, made.id);
    if customer.joined < FIRST {
        let since = work.shift.instant(Moment::at(customer.joined, 600), 0);
        store::known_since(tx, made.id, since)?;
    }
    let source = if customer.never_ask { "demo-source-refusal" } else { "demo-source-card" };
    let source = work.texts.get(source);
    let mut decide =
        |purpose, granted| consent::actions::decide(tx, &by, made.id, purpose, granted, &source).map(drop);
    decide(Purpose::Survey, customer.survey_ok && !customer.never_ask)?;
    if customer.offers_ok || customer.never_ask {
        decide(Purpose::Offers, customer.offers_ok)?;
    }
    if customer.never_ask {
        decide(Purpose::CallBack, false)?;
    }
    Ok(())
}

fn details(customer: &Customer, house: &House, number: usize) -> Details {
    let role = match customer {
        c if c.is_prospect => Role::Prospect,
        c if c.is_dormant && c.standing < 0.2 => Role::Former,
        _ => Role::Customer,
    };
    Details {
        kind: if customer.is_pro() { Kind::Organisation } else { Kind::Person },
        role,
        external_number: Some(number.to_string()),
        given_name: customer.given.clone(),
        family_name: customer.family.clone(),
        organisation_name: customer.organisation.clone(),
        birth_day: customer.birth,
        locale: Some(if customer.is_english { Locale::En } else { Locale::Fr }),
        site: house.site(customer.place),
        email: customer.email.clone(),
        phone: customer.phone.clone(),
        mobile: customer.mobile.clone(),
        preferred_channel: customer.preferred.map(str::to_owned),
        street: customer.street.clone(),
        postal_code: customer.postal_code.to_owned(),
        city: customer.city.to_owned(),
        country: "FR".to_owned(),
        expects: customer.expects.to_owned(),
    }
}

fn order(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize) -> Result<()> {
    let order = &work.plan.orders[at];
    let (id, customer) = (tx.new_id(), work.customer(order.customer)?);
    let site = house.site(work.plan.customers[order.customer].place);
    let when = work.shift.instant(order.at, at as i64);
    know::interactions::store::insert_order(tx, id, customer, when, &order.label, order.amount, "EUR", site)
}

fn contact(tx: &mut Tx<'_>, work: &Work, house: &House, at: usize) -> Result<()> {
    let contact = &work.plan.contacts[at];
    let by = house.colleague(contact.colleague)?.clone();
    let entry = Interaction {
        id: tx.new_id(),
        at: work.shift.instant(contact.at, at as i64),
        channel: Channel::parse(contact.channel)?,
        direction: if contact.is_inbound { Direction::In } else { Direction::Out },
        subject: work.words.subject(contact.subject).to_owned(),
        summary: contact.note.clone(),
        words: String::new(),
        site: house.site(work.plan.customers[contact.customer].place),
        actor_name: by.name.clone(),
        href: String::new(),
        amount: None,
    };
    let customer = work.customer(contact.customer)?;
    know::interactions::actions::record(tx, &by, customer, &entry, &Origin::default())
}
