//! The same for several cases at once.

use kernel::identity::{Actor, Permission};
use kernel::{Error, Id, Result, Tx};

use super::work::hand;
use super::{PAGE, take};
use crate::cases::handing;
use crate::cases::model::Case;

/// What became of several cases: each is done, or left as it was because somebody was quicker or it is out of reach.
#[derive(Clone, Debug, Default)]
pub struct Together {
    /// Those it was done to.
    pub done: Vec<Case>,
    /// How many were left as they were.
    pub left: usize,
}

/// Takes those that nobody carries yet.
pub fn take_all(tx: &mut Tx<'_>, by: &Actor, cases: &[Id]) -> Result<Together> {
    each(tx, by, cases, |tx, id| take(tx, by, id))
}

/// Gives cases to a colleague who reaches them, or back to their teams; the colleague is told of all of them at once.
pub fn hand_over_all(tx: &mut Tx<'_>, by: &Actor, cases: &[Id], to: &str) -> Result<Together> {
    let together = each(tx, by, cases, |tx, id| hand(tx, by, id, to, ""))?;
    handing::tell(tx, by, &together.done, "")?;
    Ok(together)
}

fn each(
    tx: &mut Tx<'_>,
    by: &Actor,
    cases: &[Id],
    mut act: impl FnMut(&mut Tx<'_>, Id) -> Result<Case>,
) -> Result<Together> {
    by.require(Permission::CasesWrite)?;
    let mut together = Together::default();
    let mut cases = cases.to_vec();
    cases.sort_unstable();
    cases.dedup();
    if cases.len() as i64 > PAGE {
        return Err(Error::refused("case-error-too-many"));
    }
    for id in cases {
        match act(tx, id) {
            Ok(case) => together.done.push(case),
            // Nothing was written: what keeps one back keeps no other.
            Err(Error::Refused(_) | Error::NotFound | Error::Invalid(_)) => together.left += 1,
            Err(other) => return Err(other),
        }
    }
    Ok(together)
}
