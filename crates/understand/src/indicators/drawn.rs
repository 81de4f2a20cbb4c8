//! A report drawn: the trend, the distribution and the tables by group.

use askama::filters::Safe;
use kernel::texts::T;
use web_kit::charts::{
    Bar, Bracket, Distribution, Of, Ranges, Tone, Trend, TrendPoint, written, written_range,
};

use super::model::{Class, FLOOR, Measure};
use super::rules::{Breakdown, GroupKey, IndicatorReport};
use super::words;

/// One row of a table by group.
pub(crate) struct GroupRow {
    /// Name of the group.
    pub name: String,
    /// Its value; empty when hidden.
    pub value: String,
    /// Its interval in words; empty when there is none.
    pub range: String,
    /// Its interval drawn; empty when hidden.
    pub drawing: Safe<String>,
    /// Number of answers; empty when hidden.
    pub n: String,
    /// Address of its answers; empty when the reader may not see them.
    pub rows: String,
    /// Class of the reading; empty for plain words.
    pub class: &'static str,
    /// Icon of the reading.
    pub icon: &'static str,
    /// The reading in words.
    pub reading: String,
}

/// A table by group.
pub(crate) struct GroupTable {
    /// Title.
    pub title: String,
    /// What the dotted line is.
    pub note: String,
    /// Head of the first column.
    pub head: String,
    /// Rows; empty when there is nothing to compare.
    pub rows: Vec<GroupRow>,
    /// Some groups are hidden by the floor of anonymity.
    pub has_hidden: bool,
}

/// The curve over time.
pub(crate) fn trend(t: T, report: &IndicatorReport, may_read: bool) -> Safe<String> {
    let grouping = report.query.grouping;
    let unit = report.measure.unit();
    let points: Vec<TrendPoint> = report
        .trend
        .iter()
        .map(|step| TrendPoint {
            label: words::step(t, grouping, step.from),
            value: step.figure.value,
            interval: step.figure.interval.map(|i| (i.low, i.high)),
            n: step.figure.n,
            definition: step.figure.definition.version.to_string(),
            href: if may_read { step.figure.rows.clone() } else { String::new() },
        })
        .collect();
    let by = t.get(&format!("indicator-trend-{}", grouping.name()));
    let mut with_value = points.iter().filter_map(|p| Some((p.label.as_str(), p.value?)));
    let summary = match (with_value.next(), with_value.next_back()) {
        (Some((first, was)), Some((last, is))) => t.all(
            "indicator-trend-summary",
            &[
                ("name", name(t, report.measure).into()),
                ("by", by.as_str().into()),
                ("first", first.into()),
                ("was", written(t, unit, was).into()),
                ("last", last.into()),
                ("is", written(t, unit, is).into()),
            ],
        ),
        _ => name(t, report.measure),
    };
    let note = match (points.iter().any(|p| p.interval.is_some()), may_read) {
        (true, true) => "indicator-trend-note",
        (true, false) => "indicator-trend-note-closed",
        (false, _) => "indicator-trend-note-plain",
    };
    let chart = Trend {
        title: t.two("indicator-trend-title", "by", by, "unit", unit_words(t, report.measure)),
        note: t.get(note),
        summary,
        label_head: t.get(&format!("indicator-step-{}", grouping.name())),
        of: Of::Answers,
        unit,
        limits: report.measure.limits(),
        points,
    };
    chart.html(t)
}

/// A handful of answers makes dots, not a curve.
pub(crate) fn is_worth_a_trend(report: &IndicatorReport) -> bool {
    report.trend.iter().map(|step| step.figure.n).sum::<u64>() >= FLOOR
}

/// Short name of a measure.
pub(crate) fn name(t: T, measure: Measure) -> String {
    t.get(&format!("indicator-{}", measure.name()))
}

fn unit_words(t: T, measure: Measure) -> String {
    t.get(&format!("indicator-{}-unit", measure.name()))
}

/// How many gave each answer; `None` when there is none, or it is hidden.
pub(crate) fn distribution(t: T, report: &IndicatorReport, may_read: bool) -> Option<Safe<String>> {
    if report.distribution.is_empty() {
        return None;
    }
    let bars: Vec<Bar> = report
        .distribution
        .iter()
        .map(|score| Bar {
            label: score.value.to_string(),
            n: score.n,
            share: score.share,
            tone: tone(score.class),
            href: if may_read { score.rows.clone() } else { String::new() },
        })
        .collect();
    let brackets = Class::ALL.into_iter().map(|class| bracket(t, report, class)).collect();
    let scale = report.measure.scale();
    let summary = t.two("indicator-distribution-summary", "low", scale.min(), "high", scale.max());
    Some(Distribution { summary, label_head: t.get("indicator-score-head"), bars, brackets }.html(t))
}

const fn tone(class: Class) -> Tone {
    match class {
        Class::Low => Tone::Low,
        Class::Middle => Tone::Middle,
        Class::High => Tone::High,
    }
}

fn bracket(t: T, report: &IndicatorReport, class: Class) -> Bracket {
    let of_class = || report.distribution.iter().filter(|score| score.class == class);
    let n: u64 = of_class().map(|score| score.n).sum();
    let share: f64 = of_class().map(|score| score.share).sum();
    let label = t.all(
        "indicator-bracket",
        &[
            ("class", words::class(t, report.measure, class).into()),
            ("n", t.count(n).into()),
            ("share", t.percent(share, 1).into()),
        ],
    );
    Bracket { tone: tone(class), label }
}

/// The table by site.
pub(crate) fn by_site(t: T, report: &IndicatorReport, may_read: bool) -> GroupTable {
    table(t, report, &report.by_site, "site", may_read)
}

/// The table by channel.
pub(crate) fn by_channel(t: T, report: &IndicatorReport, may_read: bool) -> GroupTable {
    table(t, report, &report.by_channel, "channel", may_read)
}

fn table(t: T, report: &IndicatorReport, groups: &Breakdown, kind: &str, may_read: bool) -> GroupTable {
    let unit = report.measure.unit();
    let figures = || groups.iter().filter_map(|group| group.figure.as_ref());
    let values = figures().flat_map(|figure| {
        let bounds = figure.interval.map(|i| [i.low, i.high]);
        figure.value.into_iter().chain(bounds.into_iter().flatten())
    });
    let scale = Ranges::new(values, report.figure.value);
    let rows = groups
        .iter()
        .map(|group| {
            let (class, icon, reading) = words::reading(t, group.reading);
            let figure = group.figure.as_ref();
            let value = figure.and_then(|f| f.value);
            let interval = figure.and_then(|f| f.interval).map(|i| (i.low, i.high));
            let weak = figure.is_none_or(kernel::figures::Figure::is_weak);
            let drawing = value.map(|value| scale.row(value, interval, weak));
            GroupRow {
                name: group_name(t, &group.key, &group.name),
                value: value.map(|value| written(t, unit, value)).unwrap_or_default(),
                range: interval.map(|(low, high)| written_range(t, unit, low, high)).unwrap_or_default(),
                drawing: drawing.unwrap_or_else(|| Safe(String::new())),
                n: figure.map(|f| t.count(f.n)).unwrap_or_default(),
                rows: figure.filter(|_| may_read).map(|f| f.rows.clone()).unwrap_or_default(),
                class,
                icon,
                reading,
            }
        })
        .collect();
    let whole = report.figure.value.map(|value| written(t, unit, value)).unwrap_or_default();
    GroupTable {
        title: t.get(&format!("indicator-by-{kind}")),
        note: t.one("indicator-dotted", "value", whole),
        head: t.get(&format!("indicator-{kind}")),
        rows,
        has_hidden: groups.iter().any(|group| group.figure.is_none()),
    }
}

/// Name of a group as shown.
pub(crate) fn group_name(t: T, key: &GroupKey, name: &str) -> String {
    match key {
        GroupKey::Site(None) => t.get("indicator-no-site"),
        GroupKey::Site(Some(_)) => name.to_owned(),
        GroupKey::Channel(channel) => words::channel(t, channel),
    }
}
