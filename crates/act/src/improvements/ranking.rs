//! Which cause to remove first.

use std::collections::HashMap;

use kernel::identity::{Actor, Permission};
use kernel::{Day, Error, Id, Result, Tx};

use super::coverage::Coverage;
use super::model::State;
use super::{actions, rules, store};
use crate::causes;
use crate::causes::model::Tree;
use crate::costs::Costs;
use crate::period;

/// Days a ranking looks back when nothing is said.
const RANKED_DAYS: i64 = 90;

/// A cause among the others.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked {
    /// The cause; `None` for cases whose cause is not found yet.
    pub cause: Option<Id>,
    /// Cases of this very cause, so that the rows add up to all cases.
    pub n: i64,
    /// Cases of it and of the causes below: what the list behind it holds.
    pub with_below: i64,
    /// People behind them.
    pub people: i64,
    /// Share of all cases of the period.
    pub share: f64,
    /// Mean weight of their severity, 1 to 4.
    pub severity: f64,
    /// Importance as stated, 1 to 5; 0 without a cause.
    pub importance: i64,
    /// Frequency × severity × importance.
    pub weight: i64,
    /// Few people said most of it.
    pub is_vocal: bool,
    /// Cost of remedies.
    pub costs: Costs,
    /// An improvement under way within reach.
    pub improvement: Option<Id>,
}

/// Which cases are ranked, as typed: at one site or all, opened from a day to another.
///
/// # Errors
/// At the field that is no day or no site, or at the first day when it comes after the last.
pub fn ranked_cases(tx: &mut Tx<'_>, from: &str, to: &str, site: &str) -> Result<(Option<Id>, (Day, Day))> {
    let period = period::read(from, to, actions::today(tx)?, RANKED_DAYS)?;
    let site = match site.trim() {
        "" => None,
        text => Some(text.parse().map_err(|_| Error::field("site", "case-error-site"))?),
    };
    Ok((site, period))
}

/// Causes of the cases opened within a period, the heaviest first; those without a cause last.
pub fn ranking(
    tx: &mut Tx<'_>,
    by: &Actor,
    site: Option<Id>,
    period: (Day, Day),
) -> Result<(Tree, Vec<Ranked>)> {
    by.require(Permission::CasesRead)?;
    if site.is_some() {
        by.require_site(site)?;
    }
    let tree = causes::actions::tree(tx, by)?;
    let counted = store::counted(tx, &by.scope, site, period)?;
    let aimed = store::aimed(tx, &by.scope, &[State::Planned, State::InPlace])?;
    let under_way = Coverage::new(&aimed, &tree);
    let own: HashMap<Option<Id>, i64> = counted.iter().map(|(cause, c)| (*cause, c.n)).collect();
    let below = |id: Id| tree.below(id).into_iter().filter_map(|id| own.get(&Some(id))).sum::<i64>();
    let total: i64 = counted.values().map(|c| c.n).sum();
    let mut all: Vec<Ranked> = counted
        .into_iter()
        .map(|(cause, c)| {
            let importance = cause.and_then(|id| tree.get(id)).map_or(0, |cause| cause.importance);
            Ranked {
                cause,
                n: c.n,
                with_below: cause.map_or(c.n, below),
                people: c.people,
                share: c.n as f64 / total.max(1) as f64,
                severity: c.severity as f64 / c.n.max(1) as f64,
                importance,
                weight: rules::weight(c.n, c.severity, importance),
                is_vocal: rules::is_vocal_minority(c.n, c.people),
                costs: c.costs,
                improvement: under_way.one(cause, site),
            }
        })
        .collect();
    all.sort_by_key(|r| (r.cause.is_none(), std::cmp::Reverse(r.weight), r.cause));
    Ok((tree, all))
}
