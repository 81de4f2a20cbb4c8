//! The filter, a sentence one can read aloud: each part opens its choices.

use kernel::organisation::Site;
use kernel::texts::T;

use super::actions::Choices;
use super::model::{CollectionGroup, Grouping, Query, Span, Weighting};
use super::rules::IndicatorReport;
use super::{address, words};

/// One choice.
#[derive(Clone, Debug)]
pub(crate) struct Choice {
    /// As sent.
    pub value: String,
    /// In words.
    pub label: String,
    /// It is chosen.
    pub is_on: bool,
}

impl Choice {
    /// A choice.
    pub(crate) fn new(value: impl Into<String>, label: impl Into<String>, is_on: bool) -> Self {
        Self { value: value.into(), label: label.into(), is_on }
    }
}

/// Fields for a period of one's own.
#[derive(Clone, Debug, Default)]
pub(crate) struct Days {
    /// First day, as sent.
    pub from: String,
    /// Last day, as sent.
    pub to: String,
}

/// One part of the sentence.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// As it reads.
    pub text: String,
    /// What it chooses, for readers of the menu.
    pub legend: String,
    /// Name of the field.
    pub name: &'static str,
    /// Several may be chosen.
    pub many: bool,
    /// The choices.
    pub choices: Vec<Choice>,
    /// Fields for days.
    pub days: Option<Days>,
}

/// The sentence.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    /// Where it is sent.
    pub action: String,
    /// Its parts in order.
    pub parts: Vec<Part>,
}

/// The sentence of an indicator's page.
pub(crate) fn filter(t: T, report: &IndicatorReport, choices: &Choices, sites: &[Site]) -> Filter {
    let query = &report.query;
    let mut parts = vec![surveys(t, query, choices)];
    if sites.len() > 1 || !query.sites.is_empty() {
        parts.push(site_part(t, &query.sites, sites));
    }
    if choices.channels.len() > 1 || !query.channels.is_empty() {
        parts.push(channel_part(t, &query.channels, &choices.channels));
    }
    parts.push(period(t, query));
    parts.push(grouping(t, query));
    if !report.others.is_empty() || query.collection.is_some() {
        parts.push(collection(t, report));
    }
    if report.figure.weighted || query.weighting == Weighting::Off {
        parts.push(weights(t, query));
    }
    Filter { action: format!("/indicators/{}", query.measure.name()), parts }
}

fn surveys(t: T, query: &Query, choices: &Choices) -> Part {
    survey_part(t, query.survey, choices.surveys.iter().map(|s| (s.id, s.name.clone())))
}

/// All surveys, or one.
pub(crate) fn survey_part(
    t: T,
    chosen: Option<kernel::Id>,
    surveys: impl Iterator<Item = (kernel::Id, String)>,
) -> Part {
    let mut text = t.get("indicator-filter-surveys-all");
    let mut list = vec![Choice::new("", t.get("indicator-surveys-all"), chosen.is_none())];
    for (id, name) in surveys {
        let is_on = chosen == Some(id);
        if is_on {
            text = t.one("indicator-filter-survey", "name", name.as_str());
        }
        list.push(Choice::new(id.to_string(), name, is_on));
    }
    Part { text, legend: t.get("indicator-survey"), name: "survey", many: false, choices: list, days: None }
}

/// Sites, none of them meaning all.
pub(crate) fn site_part(t: T, chosen: &[Option<kernel::Id>], sites: &[Site]) -> Part {
    let mut list: Vec<Choice> = sites
        .iter()
        .map(|site| Choice::new(site.id.to_string(), site.name.clone(), chosen.contains(&Some(site.id))))
        .collect();
    list.push(Choice::new("none", t.get("indicator-no-site"), chosen.contains(&None)));
    let on: Vec<&Choice> = list.iter().filter(|choice| choice.is_on).collect();
    let text = match on.as_slice() {
        [] => t.one("indicator-filter-sites-all", "n", sites.len()),
        [one] => t.one("indicator-filter-site", "name", one.label.as_str()),
        many => t.one("indicator-filter-sites", "n", many.len()),
    };
    Part { text, legend: t.get("indicator-sites"), name: "site", many: true, choices: list, days: None }
}

/// Channels, none of them meaning all.
pub(crate) fn channel_part(t: T, chosen: &[String], channels: &[String]) -> Part {
    let known = channels.iter().chain(chosen.iter().filter(|name| !channels.contains(name)));
    let list: Vec<Choice> =
        known.map(|name| Choice::new(name.clone(), words::channel(t, name), chosen.contains(name))).collect();
    let on: Vec<&Choice> = list.iter().filter(|choice| choice.is_on).collect();
    let text = match on.as_slice() {
        [] => t.get("indicator-filter-channels-all"),
        [one] => t.one("indicator-filter-channel", "name", words::channel_within(t, &one.value)),
        many => t.one("indicator-filter-channels", "n", many.len()),
    };
    Part { text, legend: t.get("indicator-channels"), name: "channel", many: true, choices: list, days: None }
}

fn span_key(span: Span) -> String {
    format!("indicator-period-{}", span.name().replace('_', "-"))
}

fn period(t: T, query: &Query) -> Part {
    period_part(t, query.span, &Span::NAMED)
}

/// A period by name, or from a day to a day.
pub(crate) fn period_part(t: T, span: Span, offered: &[Span]) -> Part {
    let mut list: Vec<Choice> = offered
        .iter()
        .map(|named| Choice::new(named.name(), t.get(&span_key(*named)), *named == span))
        .collect();
    let written = |day: Option<kernel::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let (text, days) = match span {
        Span::Custom(from, to) => {
            let text = match (from, to) {
                (Some(from), Some(to)) => words::days(t, kernel::figures::Period { from, to }),
                (Some(from), None) => t.one("indicator-filter-since", "day", t.day(from)),
                (None, Some(to)) => t.one("indicator-filter-until", "day", t.day(to)),
                (None, None) => t.get("indicator-period-all"),
            };
            (text, Days { from: written(from), to: written(to) })
        }
        named => (t.one("indicator-filter-over", "period", t.get(&span_key(named))), Days::default()),
    };
    list.push(Choice::new("custom", t.get("indicator-period-custom"), matches!(span, Span::Custom(..))));
    Part {
        text,
        legend: t.get("indicator-period"),
        name: "period",
        many: false,
        choices: list,
        days: Some(days),
    }
}

fn grouping(t: T, query: &Query) -> Part {
    let key = |grouping: Grouping| format!("indicator-by-{}", grouping.name());
    let choices = Grouping::ALL
        .into_iter()
        .map(|grouping| Choice::new(grouping.name(), t.get(&key(grouping)), grouping == query.grouping))
        .collect();
    let text = t.one("indicator-filter-curve", "by", t.get(&key(query.grouping)));
    Part { text, legend: t.get("indicator-grouping"), name: "grouping", many: false, choices, days: None }
}

fn collection(t: T, report: &IndicatorReport) -> Part {
    let chosen = report.query.collection;
    let mut choices = vec![Choice::new("", t.get("indicator-collection-auto"), chosen.is_none())];
    for group in CollectionGroup::ALL {
        choices.push(Choice::new(group.name(), t.get(group.key()), chosen == Some(group)));
    }
    let text = t.one("indicator-filter-collection", "name", t.get(report.group.key()));
    Part { text, legend: t.get("indicator-collection"), name: "collection", many: false, choices, days: None }
}

fn weights(t: T, query: &Query) -> Part {
    let off = query.weighting == Weighting::Off;
    let choices = vec![
        Choice::new("on", t.get("indicator-weights-on"), !off),
        Choice::new("off", t.get("indicator-weights-off"), off),
    ];
    let text = t.get(if off { "indicator-weights-off" } else { "indicator-weights-on" });
    Part { text, legend: t.get("indicator-weights"), name: "weights", many: false, choices, days: None }
}

/// The same choice with another period: where an empty report sends its reader.
pub(crate) fn everything(query: &Query) -> String {
    let path = format!("/indicators/{}", query.measure.name());
    address::of(&path, &Query { span: Span::All, ..query.clone() }).done()
}
