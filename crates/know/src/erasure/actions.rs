//! Erasing a customer.

use kernel::identity::{Actor, Permission};
use kernel::ledger::{Event, seals};
use kernel::{Error, Id, Result, Tx, organisation};

use super::{ERASED, Erasure, Reason, store};
use crate::customers;
use crate::customers::model::Customer;

/// Somebody who may be erased, for the page that asks.
pub fn read(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Customer> {
    by.require(Permission::CustomersErase)?;
    customers::store::get(tx, &by.scope, id)?.present()
}

/// Erases a customer. `typed` is their name as it stands, typed by whoever decides: there is no way back.
pub fn erase(tx: &mut Tx<'_>, by: &Actor, id: Id, reason: Reason, typed: &str) -> Result<Erasure> {
    let customer = read(tx, by, id)?;
    let same = |a: &str, b: &str| customers::rules::fold(a.trim()) == customers::rules::fold(b.trim());
    if !same(typed, &customer.details.name()) {
        return Err(Error::field("name", "erasure-error-name"));
    }
    // What colleagues read in lists from now on, in the language of the organisation.
    let called = crate::words(organisation::store::get(tx)?.locale)?.get("erasure-called");
    kernel::mail::forget(tx, id)?;
    store::remove_history(tx, id)?;
    store::empty(tx, id, &called)?;
    let events = seals::erase(tx, id)?;
    let done = Erasure { at: tx.now(), actor_name: by.name.clone(), reason, events };
    store::insert(tx, id, &done)?;
    let told = serde_json::json!({ "reason": reason.name(), "events": events });
    Event::new(ERASED, id).after(&told).record(tx, by)?;
    Ok(done)
}

/// How a customer was erased, for whoever opens what is left of their sheet.
pub fn of(tx: &mut Tx<'_>, by: &Actor, id: Id) -> Result<Option<Erasure>> {
    by.require(Permission::CustomersRead)?;
    store::get(tx, id)
}
