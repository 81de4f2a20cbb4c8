//! Invitations and reminders by e-mail.

use std::collections::HashMap;
use std::sync::OnceLock;

use kernel::identity::{Actor, Scope};
use kernel::mail::{self, About, Block, Outgoing, Recipient};
use kernel::texts::{Locale, T, Texts};
use kernel::{Error, Id, Result, Tx, organisation};
use know::customers::model::Customer;

use super::model::Invitation;
use super::rules;
use crate::surveys::{
    self,
    model::{Content, Survey},
};
use crate::unsubscribing;

/// Kind of the mails that invite.
pub const INVITATION: &str = "survey-invitation";
/// Kind of the mails that remind.
pub const REMINDER: &str = "survey-reminder";
/// Channel of invitations sent by e-mail.
pub const CHANNEL: &str = "mail";

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// The first.
    Invite,
    /// The reminder of this rank, from 1.
    Remind(i64),
}

/// The texts of this crate: jobs have no page to take them from.
fn reader(locale: Locale) -> Result<T> {
    static TEXTS: OnceLock<Option<Texts>> = OnceLock::new();
    let sources = || [kernel::texts::SOURCES, crate::TEXTS].concat();
    let texts = TEXTS.get_or_init(|| Texts::new(&sources()).ok());
    texts.as_ref().map(|texts| texts.reader(locale)).ok_or_else(|| Error::internal("texts do not parse"))
}

/// Whether a customer can be written to; whether the address bounced is asked elsewhere.
pub(super) fn has_usable_address(customer: &Customer) -> bool {
    customer.details.email.as_deref().is_some_and(|address| mail::rules::address(address).is_ok())
}

/// Queues one message for each invitation. Customers without a usable address are left out; returns how many are new.
pub(super) fn queue(
    tx: &mut Tx<'_>,
    by: &Actor,
    survey: &Survey,
    invitations: &[Invitation],
    purpose: Purpose,
) -> Result<u64> {
    let house = organisation::store::get(tx)?;
    let content = surveys::actions::published(tx, survey)?
        .ok_or_else(|| Error::refused("survey-error-not-published"))?;
    let ids: Vec<Id> = invitations.iter().map(|i| i.customer).collect();
    let found = know::customers::store::by_ids(tx, &Scope::All, &ids)?;
    let customers: HashMap<Id, Customer> = found.into_iter().map(|c| (c.id, c)).collect();
    let mut all = Vec::with_capacity(invitations.len());
    for invitation in invitations {
        let customer = customers.get(&invitation.customer).filter(|c| has_usable_address(c));
        if let Some(customer) = customer {
            all.push(message(&house, survey, &content, customer, invitation, purpose)?);
        }
    }
    mail::queue_all(tx, by, &all)
}

fn message(
    house: &organisation::Organisation,
    survey: &Survey,
    content: &Content,
    customer: &Customer,
    invitation: &Invitation,
    purpose: Purpose,
) -> Result<Outgoing> {
    let locale = customer.details.locale.unwrap_or(house.locale);
    let t = reader(locale)?;
    let (kind, key) = match purpose {
        Purpose::Invite => (INVITATION, format!("{INVITATION}:{}", invitation.id)),
        Purpose::Remind(rank) => (REMINDER, format!("{REMINDER}:{}:{rank}", invitation.id)),
    };
    let title = one_line(content.title.read_in(locale));
    let name = customer.details.name();
    Ok(Outgoing {
        key,
        kind,
        to: Recipient {
            address: customer.details.email.clone().unwrap_or_default(),
            name: name.clone(),
            customer: Some(customer.id),
            user: None,
        },
        locale,
        subject: match purpose {
            Purpose::Invite => title,
            Purpose::Remind(_) => t.one("survey-mail-reminder-subject", "title", title),
        },
        blocks: blocks(t, house, content, &name, invitation, purpose),
        about: Some(About {
            kind: "survey",
            id: survey.id,
            href: format!("/surveys/{}/invitations", survey.id),
        }),
        site: invitation.site,
        unsubscribe: Some(unsubscribing::path(&house.link_key, invitation.id)),
        not_before: None,
    })
}

fn blocks(
    t: T,
    house: &organisation::Organisation,
    content: &Content,
    name: &str,
    invitation: &Invitation,
    purpose: Purpose,
) -> Vec<Block> {
    let greeting = if name.is_empty() {
        t.get("survey-mail-greeting-nobody")
    } else {
        t.one("survey-mail-greeting", "name", name)
    };
    let own = content.introduction.read_in(t.locale()).trim().to_owned();
    let is_own = purpose == Purpose::Invite && !own.is_empty();
    let why = match purpose {
        Purpose::Remind(_) => t.one("survey-mail-reminder", "organisation", house.name.as_str()),
        Purpose::Invite if own.is_empty() => t.one("survey-mail-why", "organisation", house.name.as_str()),
        Purpose::Invite => own,
    };
    let minutes = (surveys::rules::seconds(content, t.locale()) / 60.0).ceil().max(1.0);
    let until = t.day(house.zone.day_of(invitation.expires_at));
    let mut blocks = vec![Block::Text(greeting), Block::Text(why)];
    // The survey's own introduction says what its author wants said about the time it takes.
    if !is_own {
        blocks.push(Block::Text(t.one("survey-mail-time", "n", minutes)));
    }
    blocks.push(Block::Button {
        label: t.get("survey-mail-answer"),
        href: format!("/a/{}", rules::token(&house.link_key, invitation.id)),
    });
    blocks.push(Block::Small(t.one("survey-mail-until", "day", until)));
    blocks
}

/// A title on one line, of a length a subject can have.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|c| !c.is_control()).take(150).collect()
}
