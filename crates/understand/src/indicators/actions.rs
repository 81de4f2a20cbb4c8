//! What can be asked of the room: a report, the answers behind it.

use kernel::identity::{Actor, Permission, Scope};
use kernel::organisation::{self, Site, SiteNames};
use kernel::{Day, Error, Id, Result, Tx};

use super::model::{Measure, Query, Span};
use super::rules::{self, Context, Cube, IndicatorReport, selection};
use super::store::{self, AnswerRow, Chosen, Place, SurveyName};

/// Counted exactly up to here; beyond, "more than".
pub(crate) const COUNTED: i64 = 10_000;
/// Customers' words shown beside a figure.
const WORDS: i64 = 5;

/// Today, where the organisation is; in UTC before set-up.
pub(crate) fn today(tx: &mut Tx<'_>) -> Result<Day> {
    let zone = organisation::store::find(tx)?.map_or(kernel::clock::Zone::UTC, |o| o.zone);
    Ok(zone.day_of(tx.now()))
}

/// The report of an indicator for a choice of answers: the one function behind pages, API, files and command line.
///
/// # Errors
/// [`Error::Denied`] without `indicators.read`; [`Error::NotFound`] for a survey or site that does not exist or is
/// out of the actor's reach.
pub fn measure_report(tx: &mut Tx<'_>, by: &Actor, query: &Query) -> Result<IndicatorReport> {
    by.require(Permission::IndicatorsRead)?;
    let organisation = organisation::store::find(tx)?;
    let zone = organisation.as_ref().map_or(kernel::clock::Zone::UTC, |o| o.zone.clone());
    let today = zone.day_of(tx.now());
    let sites = organisation::store::sites(tx)?;
    let mut names = vec![organisation.map(|o| o.name).unwrap_or_default()];
    names.extend(places(by, &sites, &query.sites)?);
    if let Some(survey) = query.survey {
        names.push(store::survey_name(tx, survey)?);
    }
    names.retain(|name| !name.is_empty());

    let window = selection::window(query.span, query.grouping, today);
    let mut cube = Cube::new(query.measure, query.grouping, window);
    store::cube(tx, &by.scope, query, &window, |fact| cube.take(fact))?;

    let surveys = cube.surveys(query.collection);
    let period = cube.period(query.collection, today);
    let between = (zone.start_of_day(period.from), zone.start_of_day(period.to.plus_days(1)));
    let group = cube.main_group(query.collection);
    let invited = store::invited(tx, &by.scope, query, &surveys, group, between)?;
    let context =
        Context { population: names.join(" · "), sites: SiteNames::new(&sites), invited: Some(invited) };
    rules::report(query, &window, &cube, today, &context)
}

/// Names of the sites a figure speaks of, when it is not all of them.
fn places(by: &Actor, sites: &[Site], chosen: &[Option<Id>]) -> Result<Vec<String>> {
    let name = |id: &Id| sites.iter().find(|site| site.id == *id).map(|site| site.name.clone());
    for site in chosen.iter().flatten() {
        by.require_site(Some(*site))?;
        if name(site).is_none() {
            return Err(Error::NotFound);
        }
    }
    let named: Vec<Id> = match (&by.scope, chosen) {
        (Scope::All, []) => Vec::new(),
        (Scope::Sites(reach), []) => reach.clone(),
        (_, chosen) => chosen.iter().flatten().copied().collect(),
    };
    let names: Vec<String> = named.iter().filter_map(name).collect();
    Ok(if names.is_empty() { Vec::new() } else { vec![names.join(", ")] })
}

/// What can be chosen, and the first and last day anything is known of.
#[derive(Clone, Debug)]
pub(crate) struct Choices {
    /// Surveys that were published.
    pub surveys: Vec<SurveyName>,
    /// Channels answers came by.
    pub channels: Vec<String>,
    /// First and last day of any answer, looked up only for an empty report.
    pub extent: Option<(Day, Day)>,
    /// Latest words behind the figure; empty without `answers.read`.
    pub words: Vec<AnswerRow>,
}

/// What a page shows around a report.
pub(crate) fn choices(tx: &mut Tx<'_>, by: &Actor, report: &IndicatorReport) -> Result<Choices> {
    by.require(Permission::IndicatorsRead)?;
    let is_empty = report.figure.n == 0;
    let extent = if is_empty { store::extent(tx, &by.scope, &report.query)? } else { None };
    let mut chosen = Chosen::behind(&report.query, report.group, report.figure.period);
    chosen.with_words = true;
    let words = if is_empty || !by.may(Permission::AnswersRead) {
        Vec::new()
    } else {
        store::answers(tx, &by.scope, &chosen, None, WORDS)?
    };
    Ok(Choices { surveys: store::surveys(tx)?, channels: store::channels(tx)?, extent, words })
}

/// The report of every measure over the last twelve months.
pub(crate) fn overview(tx: &mut Tx<'_>, by: &Actor, span: Span) -> Result<Vec<IndicatorReport>> {
    let report = |measure| measure_report(tx, by, &Query { span, ..Query::new(measure) });
    Measure::ALL.into_iter().map(report).collect()
}

/// A page of answers.
#[derive(Clone, Debug)]
pub struct Answers {
    /// The answers, the newest first.
    pub rows: Vec<AnswerRow>,
    /// Where the next page begins; `None` on the last.
    pub next: Option<Place>,
}

/// The answers behind a figure, the newest first.
///
/// # Errors
/// [`Error::Denied`] without `answers.read`; [`Error::NotFound`] for a site out of reach.
pub fn answers(
    tx: &mut Tx<'_>,
    by: &Actor,
    chosen: &Chosen,
    after: Option<Place>,
    limit: i64,
) -> Result<Answers> {
    by.require(Permission::AnswersRead)?;
    for site in chosen.sites.iter().flatten() {
        by.require_site(Some(*site))?;
    }
    let limit = limit.max(1);
    let mut rows = store::answers(tx, &by.scope, chosen, after, limit.saturating_add(1))?;
    let more = rows.len() as i64 > limit;
    rows.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = rows.last().filter(|_| more).map(|row| Place { day: row.day, response: row.response });
    Ok(Answers { rows, next: last })
}

/// How many answers there are, up to [`COUNTED`] + 1.
pub(crate) fn count(tx: &mut Tx<'_>, by: &Actor, chosen: &Chosen) -> Result<i64> {
    by.require(Permission::AnswersRead)?;
    store::count(tx, &by.scope, chosen, COUNTED)
}
