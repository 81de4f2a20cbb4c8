//! What was asked for, and over which days.

use kernel::figures::Period;
use kernel::{Day, Error, FieldError, Id, Result};

use crate::indicators::model::{CollectionGroup, Grouping, Input, Measure, Query, Span, Weighting};

/// Longest name of a channel that is looked for.
const CHANNEL_LETTERS: usize = 60;
/// Most sites or channels in one question.
const MOST: usize = 500;

/// The days a report looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Window {
    /// The period of the figure.
    pub period: Period,
    /// Its beginning is open: it begins with the first answer.
    pub open_start: bool,
    /// Its end is open: it ends with the last answer, or today.
    pub open_end: bool,
    /// What it is compared with.
    pub previous: Option<Period>,
    /// First day of the trend, at the beginning of a group.
    pub trend_from: Day,
}

impl Window {
    /// First day any answer is needed from.
    pub(crate) fn first_day(&self) -> Day {
        let before = self.previous.map_or(self.period.from, |previous| previous.from);
        before.min(self.trend_from).min(self.period.from)
    }

    /// First days of the stretches a report tells apart, beside the steps of its trend.
    pub(crate) fn splits(&self) -> Vec<Day> {
        let after = |period: Period| [period.from, period.to.plus_days(1)];
        let mut splits: Vec<Day> = self.previous.into_iter().chain([self.period]).flat_map(after).collect();
        splits.push(self.trend_from);
        splits
    }

    /// Whether a day lies in the period.
    pub(crate) fn holds(&self, day: Day) -> bool {
        self.period.from <= day && day <= self.period.to
    }

    /// Whether a day lies in the period before.
    pub(crate) fn was(&self, day: Day) -> bool {
        self.previous.is_some_and(|previous| previous.from <= day && day <= previous.to)
    }
}

/// Finds the days of a span, seen from `today`.
pub(crate) fn window(span: Span, grouping: Grouping, today: Day) -> Window {
    let whole = |from: Day, months: i32| Period { from, to: from.add_months(months).plus_days(-1) };
    let month = today.start_of_month();
    let quarter = today.start_of_quarter();
    let (period, previous) = match span {
        Span::ThisMonth => (Period { from: month, to: today }, Some(whole(month.add_months(-1), 1))),
        Span::LastMonth => (whole(month.add_months(-1), 1), Some(whole(month.add_months(-2), 1))),
        Span::Quarter => (Period { from: quarter, to: today }, Some(whole(quarter.add_months(-3), 3))),
        Span::LastQuarter => (whole(quarter.add_months(-3), 3), Some(whole(quarter.add_months(-6), 3))),
        Span::Year => year(today),
        Span::All => (Period { from: Day::MIN, to: Day::MAX }, None),
        Span::Custom(from, to) => custom(from, to, today),
    };
    let open_start = period.from == Day::MIN;
    let open_end = period.to == Day::MAX;
    let last = if open_end { today } else { period.to };
    let shown = grouping.step(grouping.start(last), 1 - grouping.shown());
    let trend_from = if open_start { Day::MIN } else { shown.min(grouping.start(period.from)) };
    Window { period, open_start, open_end, previous, trend_from }
}

fn year(today: Day) -> (Period, Option<Period>) {
    let from = today.add_months(-12).plus_days(1);
    let before = Period { from: today.add_months(-24).plus_days(1), to: from.plus_days(-1) };
    (Period { from, to: today }, Some(before))
}

/// As many days as the period has, just before it.
fn custom(from: Option<Day>, to: Option<Day>, today: Day) -> (Period, Option<Period>) {
    let Some(from) = from else {
        return (Period { from: Day::MIN, to: to.unwrap_or(Day::MAX) }, None);
    };
    let to = to.unwrap_or(today).max(from);
    let days = to.days_since(from) + 1;
    let before = Period { from: from.plus_days(-days), to: from.plus_days(-1) };
    (Period { from, to }, Some(before))
}

/// Reads a choice; every wrong part is named.
///
/// # Errors
/// [`Error::Invalid`] with one entry for each part that cannot be read.
pub fn parse(measure: Measure, input: &Input) -> Result<Query> {
    let mut errors = Vec::new();
    let mut query = Query::new(measure);
    query.survey = optional(&input.survey, |text| text.parse::<Id>().ok(), "survey", &mut errors);
    query.sites = sites(&input.site, &mut errors);
    query.channels = channels(&input.channel, &mut errors);
    query.span = span(input, &mut errors);
    let grouping = |text: &str| Grouping::ALL.into_iter().find(|g| g.name() == text);
    query.grouping = optional(&input.grouping, grouping, "grouping", &mut errors).unwrap_or_default();
    let group = |text: &str| CollectionGroup::ALL.into_iter().find(|g| g.name() == text);
    query.collection = optional(&input.collection, group, "collection", &mut errors);
    let weighting = |text: &str| match text {
        "on" => Some(Weighting::Auto),
        "off" => Some(Weighting::Off),
        _ => None,
    };
    query.weighting = optional(&input.weights, weighting, "weights", &mut errors).unwrap_or_default();
    if errors.is_empty() { Ok(query) } else { Err(Error::Invalid(errors)) }
}

/// Empty is no choice; what cannot be read is an error on the field.
pub(crate) fn optional<V>(
    text: &str,
    read: impl Fn(&str) -> Option<V>,
    field: &'static str,
    errors: &mut Vec<FieldError>,
) -> Option<V> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    let value = read(text);
    if value.is_none() {
        errors.push(FieldError::new(field, "indicator-choice-unknown"));
    }
    value
}

/// A day, or nothing.
pub(crate) fn day(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> Option<Day> {
    let text = text.trim();
    if text.is_empty() {
        return None;
    }
    match text.parse::<Day>() {
        Ok(day) => Some(day),
        Err(error) => {
            errors.push(FieldError::new(field, error.key()));
            None
        }
    }
}

/// Both ends of a period, in order.
pub(crate) fn days(from: &str, to: &str, errors: &mut Vec<FieldError>) -> (Option<Day>, Option<Day>) {
    let (from, to) = (day(from, "from", errors), day(to, "to", errors));
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        errors.push(FieldError::new("to", "indicator-period-reversed"));
    }
    (from, to)
}

/// Sites by identifier, or `none`.
pub(crate) fn sites(given: &[String], errors: &mut Vec<FieldError>) -> Vec<Option<Id>> {
    let mut sites = Vec::new();
    for text in given.iter().filter(|text| !text.trim().is_empty()).take(MOST) {
        match (text.trim(), text.trim().parse::<Id>()) {
            ("none", _) => sites.push(None),
            (_, Ok(id)) => sites.push(Some(id)),
            (_, Err(_)) => errors.push(FieldError::new("site", "indicator-choice-unknown")),
        }
    }
    sites.sort_unstable();
    sites.dedup();
    sites
}

/// Channels by name.
pub(crate) fn channels(given: &[String], errors: &mut Vec<FieldError>) -> Vec<String> {
    let named = given.iter().map(|text| text.trim()).filter(|text| !text.is_empty());
    let mut channels: Vec<String> = named.take(MOST).map(str::to_owned).collect();
    if channels.iter().any(|name| name.chars().count() > CHANNEL_LETTERS || name.contains('\0')) {
        errors.push(FieldError::new("channel", "indicator-choice-unknown"));
    }
    channels.sort_unstable();
    channels.dedup();
    channels
}

/// Days given without naming a period are a custom one, as on the command line.
fn span(input: &Input, errors: &mut Vec<FieldError>) -> Span {
    let name = input.period.trim();
    let has_days = !(input.from.trim().is_empty() && input.to.trim().is_empty());
    if name == "custom" || (name.is_empty() && has_days) {
        let (from, to) = days(&input.from, &input.to, errors);
        return Span::Custom(from, to);
    }
    let named = |text: &str| Span::NAMED.into_iter().find(|span| span.name() == text);
    optional(name, named, "period", errors).unwrap_or_default()
}
