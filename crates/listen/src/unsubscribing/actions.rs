//! What somebody with such a link can do.

use kernel::identity::{Actor, ActorKind, Permission, Permissions, Scope};
use kernel::texts::{Locale, T};
use kernel::{Error, Result, Tx, mail, organisation};
use know::consent::{self, Purpose};

use super::verify;
use crate::invitations::{self, mailing};

/// Whoever holds the link.
pub(super) struct Reader {
    pub(super) house: String,
    /// The customer's language, when it is known.
    pub(super) locale: Option<Locale>,
    customer: kernel::Id,
    /// They said no already.
    pub(super) is_out: bool,
}

/// Looks at a link. Changes nothing.
pub(super) fn look(tx: &mut Tx<'_>, token: &str) -> Result<Reader> {
    let house = organisation::store::get(tx)?;
    let id = verify(&house.link_key, token).ok_or(Error::NotFound)?;
    let customer = invitations::store::get(tx, id)?.customer;
    let found = know::customers::store::get(tx, &Scope::All, customer)?;
    let history = consent::store::history(tx, customer)?;
    let latest = history.iter().find(|decision| decision.purpose == Purpose::Survey);
    let is_out = latest.is_some_and(|decision| !decision.granted);
    Ok(Reader { house: house.name, locale: found.details.locale, customer, is_out })
}

/// Records the refusal, once, and takes back what waits to be sent.
pub(super) fn say_no(tx: &mut Tx<'_>, token: &str, t: T) -> Result<Reader> {
    let reader = look(tx, token)?;
    if reader.is_out {
        return Ok(reader);
    }
    let locale = organisation::store::get(tx)?.locale;
    let source = t.in_locale(locale).get("unsubscribe-source");
    consent::actions::decide(tx, &themselves(), reader.customer, Purpose::Survey, false, &source)?;
    mail::store::withdraw_for(tx, reader.customer, &[mailing::INVITATION, mailing::REMINDER])?;
    Ok(Reader { is_out: true, ..reader })
}

/// The customer: the signed link is what allows them this one thing.
fn themselves() -> Actor {
    Actor {
        kind: ActorKind::Public,
        name: String::new(),
        permissions: Permissions::of(&[Permission::CustomersWrite]),
        scope: Scope::All,
    }
}
