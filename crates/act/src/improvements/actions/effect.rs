//! Measuring again: before against after.

use kernel::figures::Figure;
use kernel::identity::{Actor, Scope};
use kernel::{Day, Error, Id, Result, Tx};
use understand::indicators::{self, CollectionGroup, IndicatorReport, Query, Span};

use super::{open, save, today};
use crate::cases;
use crate::improvements::model::{Effect, Improvement, Side, State, Verdict};
use crate::improvements::outcome;

/// First and last day of one side of a comparison.
type Days = (Day, Day);

/// Whether somebody may see the figures of an improvement: those of one of everywhere are figures of every site.
pub fn sees_figures(by: &Actor, i: &Improvement) -> bool {
    i.site.is_some() || by.scope == Scope::All
}

/// An improvement as somebody may see it. Whoever reaches some sites only is told what one of everywhere came to, in a
/// word, without its figures.
pub(super) fn shown_to(by: &Actor, i: Improvement) -> Improvement {
    if sees_figures(by, &i) { i } else { Improvement { verdict: None, told_n: None, told: None, ..i } }
}

/// Before against after for whoever reads it while it is awaited; nothing once it is judged, or out of reach.
pub fn live(tx: &mut Tx<'_>, by: &Actor, i: &Improvement) -> Result<Option<Verdict>> {
    if i.effect.is_some() || !sees_figures(by, i) {
        return Ok(None);
    }
    by.require_site(i.site)?;
    compare(tx, i)
}

/// Before against after, as things stand: as many days before it was in place as since, up to the day of measure.
pub fn compare(tx: &mut Tx<'_>, i: &Improvement) -> Result<Option<Verdict>> {
    let Some(since) = i.in_place_day else { return Ok(None) };
    let last = today(tx)?.min(i.remeasure_day);
    if last < since {
        return Ok(None);
    }
    let days = last.days_since(since) + 1;
    let (before, after) = ((since.plus_days(-days), since.plus_days(-1)), (since, last));
    let report = measured(tx, i, after, None)?;
    let (previous, difference, interval, effect) = match &report.change {
        Some(change) => (
            side(&change.previous, before),
            Some(change.difference),
            change.interval,
            Effect::of(change.conclusion),
        ),
        None => {
            // One side has no value to compare: the other still has its own, and is not said to be empty.
            let group = (report.figure.n > 0).then_some(report.group);
            (side(&measured(tx, i, before, group)?.figure, before), None, None, Effect::TooFew)
        }
    };
    let definition = format!("{}/{}", report.figure.definition.id, report.figure.definition.version);
    let after = side(&report.figure, after);
    Ok(Some(Verdict { at: tx.now(), definition, before: previous, after, difference, interval, effect }))
}

/// The figure of an improvement between two days. It speaks of the whole improvement, whoever reads it: its reach was
/// checked with the improvement.
fn measured(
    tx: &mut Tx<'_>,
    i: &Improvement,
    (from, to): Days,
    collection: Option<CollectionGroup>,
) -> Result<IndicatorReport> {
    let query = Query {
        span: Span::Custom(Some(from), Some(to)),
        survey: i.survey,
        sites: i.site.map(|site| vec![Some(site)]).unwrap_or_default(),
        collection,
        ..Query::new(i.measure)
    };
    indicators::measure_report(tx, &Actor::system("bocal"), &query)
}

fn side(figure: &Figure, (from, to): Days) -> Side {
    Side { from, to, value: figure.value, n: figure.n, interval: figure.interval.map(|i| (i.low, i.high)) }
}

/// Measures again and keeps what that shows, with what was learnt. Not before the day that was set: a verdict must not
/// be taken when it looks best.
pub fn judge(tx: &mut Tx<'_>, by: &Actor, id: Id, lesson: &str) -> Result<Improvement> {
    let before = open(tx, by, id)?;
    if before.state != State::InPlace {
        return Err(Error::refused("improvement-error-not-in-place"));
    }
    if today(tx)? < before.remeasure_day {
        return Err(Error::refused("improvement-error-too-soon"));
    }
    if lesson.trim().is_empty() {
        return Err(Error::field("lesson", "improvement-error-lesson"));
    }
    if lesson.chars().count() > cases::rules::TEXT {
        let message = kernel::Message::new("case-error-long").with("most", cases::rules::TEXT);
        return Err(Error::field("lesson", message));
    }
    let Some(verdict) = compare(tx, &before)? else {
        return Err(Error::refused("improvement-error-no-comparison"));
    };
    let after = Improvement {
        state: State::Judged,
        effect: Some(verdict.effect),
        attained: Some(outcome::attained(before.measure, before.expected, verdict.interval)),
        verdict: Some(verdict),
        lesson: lesson.trim().to_owned(),
        ..before.clone()
    };
    save(tx, by, "improvement.judged", &before, after)
}
