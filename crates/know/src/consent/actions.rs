//! What a person can do with consents.

use kernel::identity::{Actor, Permission};
use kernel::ledger::Event;
use kernel::{Id, Message, Result, Tx};

use super::{Decision, Purpose, store};
use crate::customers;

/// Characters of a source at most.
const LONGEST: usize = 200;

/// What holds for a customer now: each purpose with the decision behind it, if there was one.
pub type Current = Vec<(Purpose, bool, Option<Decision>)>;

/// Every decision of a customer, latest first.
pub fn history(tx: &mut Tx<'_>, by: &Actor, customer: Id) -> Result<Vec<Decision>> {
    by.require(Permission::CustomersRead)?;
    customers::store::get(tx, &by.scope, customer)?;
    store::history(tx, customer)
}

/// What holds, from the history.
pub fn current(history: &[Decision]) -> Current {
    Purpose::ALL
        .into_iter()
        .map(|purpose| {
            let latest = history.iter().find(|d| d.purpose == purpose).cloned();
            let holds = latest.as_ref().map_or(purpose.default(), |d| d.granted);
            (purpose, holds, latest)
        })
        .collect()
}

/// Notes a decision of a customer.
pub fn decide(
    tx: &mut Tx<'_>,
    by: &Actor,
    customer: Id,
    purpose: Purpose,
    granted: bool,
    source: &str,
) -> Result<Decision> {
    by.require(Permission::CustomersWrite)?;
    customers::store::get(tx, &by.scope, customer)?.present()?;
    if source.chars().count() > LONGEST {
        let message = Message::new("customer-error-long").with("most", LONGEST);
        return Err(kernel::Error::field("source", message));
    }
    let decision = Decision {
        purpose,
        granted,
        source: source.trim().to_owned(),
        at: tx.now(),
        actor_name: by.name.clone(),
    };
    store::insert(tx, customer, &decision)?;
    let said =
        serde_json::json!({ "purpose": purpose.name(), "granted": granted, "source": decision.source });
    Event::new("consent.decided", customer).after(&said).record(tx, by)?;
    Ok(decision)
}
