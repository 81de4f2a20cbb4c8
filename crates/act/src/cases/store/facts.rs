//! What figures of the loop are made of.

use kernel::identity::Scope;
use kernel::{Day, Id, Instant, Result, Tx};

/// What figures of the loop are made of: one narrow row per case, from the index alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CaseFact {
    /// Which day it opened where the organisation is.
    pub day: Day,
    /// Where.
    pub site: Option<Id>,
    /// Which team.
    pub team: Option<Id>,
    /// Why.
    pub cause: Option<Id>,
    /// When it opened.
    pub opened_at: Instant,
    /// Until when the first contact was due.
    pub contact_due_at: Instant,
    /// First contact.
    pub contacted_at: Option<Instant>,
    /// When the customer was told.
    pub told_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Running deadline.
    pub due_at: Instant,
    /// Cost of the remedy, in minor units.
    pub cost: i64,
}

/// Facts of the cases opened within a period, within reach; at one site or all.
pub fn facts(
    tx: &mut Tx<'_>,
    scope: &Scope,
    site: Option<Id>,
    (from, to): (Day, Day),
    mut visit: impl FnMut(CaseFact),
) -> Result<()> {
    let sql = format!(
        "SELECT c.opened_day, c.site_id, c.team_id, c.cause_id, c.opened_at, c.contact_due_at, c.contacted_at, c.told_at, c.closed_at,
                c.due_at, c.cost
         FROM cases c WHERE c.opened_day >= $1 AND c.opened_day <= $2 AND (CAST($3 AS BIGINT) IS NULL OR c.site_id = $3)
           AND {}",
        scope.condition("c.site_id")
    );
    tx.each(&sql, &[&from, &to, &site], |row| {
        let mut c = row.columns();
        visit(CaseFact {
            day: c.next()?,
            site: c.next()?,
            team: c.next()?,
            cause: c.next()?,
            opened_at: c.next()?,
            contact_due_at: c.next()?,
            contacted_at: c.next()?,
            told_at: c.next()?,
            closed_at: c.next()?,
            due_at: c.next()?,
            cost: c.next()?,
        });
        Ok(true)
    })
}
