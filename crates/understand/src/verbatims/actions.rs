//! Reading what customers wrote.

use kernel::figures::Period;
use kernel::identity::{Actor, Permission};
use kernel::{Day, Result, Tx};

use super::model::{Query, Verbatim};
use super::{rules, store};
use crate::indicators::{self, Grouping, Place, Span, selection};

/// Responses on a page.
const PAGE: usize = 30;
/// Texts looked at in one go: a rare word is looked for further on the reader's demand, and the page says so.
const SCANNED: i64 = 20_000;
/// Responses in the block of the home page.
const WEEK: usize = 4;

/// Words that were found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The newest first.
    pub verbatims: Vec<Verbatim>,
    /// Where to go on.
    pub next: Option<Place>,
    /// The day the search reached, when it stopped before the page was full.
    pub reached: Option<Day>,
}

/// Reads and searches what customers wrote, the newest first.
///
/// # Errors
/// [`kernel::Error::Denied`] without `answers.read`; [`kernel::Error::NotFound`] for a site out of reach.
pub fn find(tx: &mut Tx<'_>, by: &Actor, query: &Query) -> Result<Found> {
    by.require(Permission::AnswersRead)?;
    for site in query.sites.iter().flatten() {
        by.require_site(Some(*site))?;
    }
    let today = indicators::today(tx)?;
    let period = selection::window(query.span, Grouping::Month, today).period;
    let keep = |text: &str| rules::holds(text, &query.words);
    let read = store::read(tx, &by.scope, query, period, (PAGE, SCANNED), keep)?;
    let is_full = read.found.len() >= PAGE;
    let reached = read.stopped.filter(|_| !is_full).map(|place| place.day);
    Ok(Found { verbatims: read.found, next: read.stopped, reached })
}

/// The latest words of the last seven days.
pub(super) fn week(tx: &mut Tx<'_>, by: &Actor) -> Result<Vec<Verbatim>> {
    by.require(Permission::AnswersRead)?;
    let today = indicators::today(tx)?;
    let period = Period { from: today.plus_days(-6), to: today };
    let query = Query { span: Span::Custom(Some(period.from), Some(period.to)), ..Query::default() };
    Ok(store::read(tx, &by.scope, &query, period, (WEEK, SCANNED), |_| true)?.found)
}
