//! Figures in words: how pages, fragments and files write what a report holds.

use kernel::Day;
use kernel::figures::{Figure, Generalisable, Period, Unit};
use kernel::texts::T;
use web_kit::charts::{written, written_range};

use super::model::{Class, FLOOR, Grouping, Measure};
use super::rules::{Change, Conclusion, Reading};

/// A figure as templates show it.
#[derive(Clone, Debug)]
pub(crate) struct FigureView {
    /// The value, or why there is none.
    pub value: String,
    /// Says that they are too few for a figure; empty when they are not, or when there are none.
    pub few: String,
    /// The value to six decimals, for programs that read the page.
    pub exact: String,
    /// The interval with its confidence; empty when there is none.
    pub range: String,
    /// How the interval was computed; empty when there is none.
    pub method: String,
    /// Number of answers.
    pub n: String,
    /// The same, as a sentence.
    pub answers: String,
    /// Questions left unanswered; empty when there are none.
    pub missing: String,
    /// Name of the badge.
    pub badge: String,
    /// Class of the badge.
    pub badge_class: &'static str,
    /// Icon of the badge.
    pub badge_icon: &'static str,
    /// Why, when it is not a plain yes; empty otherwise.
    pub because: String,
    /// From when to when.
    pub period: String,
    /// Whom it speaks of.
    pub population: String,
    /// How the answers were collected.
    pub collection: String,
    /// Version of the definition.
    pub definition: String,
    /// Its page.
    pub definition_href: String,
    /// Address of the answers; empty when the reader may not see them.
    pub rows: String,
}

impl FigureView {
    /// Puts a figure into words; `may_read` opens the answers behind it.
    pub(crate) fn new(t: T, figure: &Figure, may_read: bool) -> Self {
        let (badge_class, badge_icon) = match figure.generalisable {
            Generalisable::Yes => ("tag tag--good", "check"),
            Generalisable::Indicative(_) => ("tag tag--soon", "warn"),
            Generalisable::No(_) => ("tag tag--line", "warn"),
        };
        let interval = figure.interval.as_ref();
        let ways: Vec<String> = figure.collection.iter().map(|c| t.get(c.key())).collect();
        Self {
            value: figure.value.map_or_else(|| "–".to_owned(), |value| large(t, figure.unit, value)),
            few: if (1..FLOOR).contains(&figure.n) {
                t.one("indicator-too-few", "n", figure.n)
            } else {
                String::new()
            },
            exact: figure.value.map(|value| format!("{value:.6}")).unwrap_or_default(),
            range: interval.map(|i| in_full(t, figure.unit, i.low, i.high)).unwrap_or_default(),
            method: interval.map(|i| t.get(&format!("interval-{}", i.method))).unwrap_or_default(),
            n: t.count(figure.n),
            answers: t.one("chart-answers", "n", figure.n),
            missing: if figure.missing > 0 {
                t.one("indicator-missing", "n", figure.missing)
            } else {
                String::new()
            },
            badge: t.get(figure.generalisable.key()),
            badge_class,
            badge_icon,
            because: figure.generalisable.because().map(|because| t.message(because)).unwrap_or_default(),
            period: days(t, figure.period),
            population: figure.population.clone(),
            collection: ways.join(", "),
            definition: t.one(
                if figure.weighted {
                    "indicator-definition-weighted"
                } else {
                    "indicator-definition-version"
                },
                "version",
                figure.definition.version,
            ),
            definition_href: format!("/definitions/{}", figure.definition.id),
            rows: if may_read && figure.n > 0 { figure.rows.clone() } else { String::new() },
        }
    }
}

/// A value as pages show it large: tenths of a point are finer than any interval allows.
fn large(t: T, unit: Unit, value: f64) -> String {
    if unit == Unit::Points { t.signed(value, 0) } else { written(t, unit, value) }
}

/// "de +36,1 à +43,2, à 95 %".
fn in_full(t: T, unit: Unit, low: f64, high: f64) -> String {
    t.one("indicator-interval", "range", written_range(t, unit, low, high))
}

/// "1er oct. – 22 nov. 2026".
pub(crate) fn days(t: T, period: Period) -> String {
    if period.from == period.to {
        return t.day(period.from);
    }
    let same_year = period.from.year() == period.to.year();
    let from = if same_year { t.day_and_month(period.from) } else { t.day(period.from) };
    format!("{from} – {}", t.day(period.to))
}

/// Short name of a step of a trend.
pub(crate) fn step(t: T, grouping: Grouping, from: Day) -> String {
    match grouping {
        Grouping::Week => t.day_and_month(from),
        Grouping::Month => t.month(from),
        Grouping::Quarter => {
            let quarter = (from.date().month() - 1) / 3 + 1;
            t.two("indicator-quarter", "n", i32::from(quarter), "year", from.year().to_string())
        }
    }
}

/// A channel as people call it; its stored name when nobody gave it another.
pub(crate) fn channel(t: T, name: &str) -> String {
    let plain = name.replace('_', "-");
    // Channels of surveys are named here, those of contacts by the room that keeps contacts.
    let keys = [format!("indicator-channel-{plain}"), format!("channel-{plain}")];
    keys.iter().find(|key| t.has(key)).map_or_else(|| name.to_owned(), |key| t.get(key))
}

/// The same inside a sentence: « par téléphone », but « par SMS ».
pub(crate) fn channel_within(t: T, name: &str) -> String {
    let whole = channel(t, name);
    let mut letters = whole.chars();
    let Some(first) = letters.next() else { return whole };
    let rest = letters.as_str();
    if rest.starts_with(|c: char| c.is_uppercase()) {
        return whole;
    }
    first.to_lowercase().chain(rest.chars()).collect()
}

/// A difference with its unit: "+4,5 points".
pub(crate) fn difference(t: T, unit: Unit, value: f64) -> String {
    match unit {
        Unit::Points => t.one("indicator-points", "value", t.signed(value, 1)),
        // A share moves by percentage points, not by percents.
        Unit::Share => t.one("indicator-points", "value", t.signed(100.0 * value, 1)),
        Unit::Mean | Unit::Hours | Unit::Count => t.signed(value, 2),
    }
}

/// What changed since the period before, and what may be concluded.
pub(crate) fn change(t: T, change: &Change) -> (String, String) {
    let unit = change.previous.unit;
    let number = |value: f64| match unit {
        Unit::Points => t.signed(value, 1),
        Unit::Share => t.signed(100.0 * value, 1),
        Unit::Mean | Unit::Hours | Unit::Count => t.signed(value, 2),
    };
    let mut args = vec![
        ("difference", difference(t, unit, change.difference).into()),
        ("period", days(t, change.previous.period).into()),
    ];
    let key = match change.interval {
        None => "indicator-change",
        Some((low, high)) => {
            let range = t.two("chart-range", "low", number(low), "high", number(high));
            args.push(("range", range.into()));
            "indicator-change-range"
        }
    };
    let conclusion = match change.conclusion {
        Conclusion::Rise => "indicator-conclude-rise",
        Conclusion::Fall => "indicator-conclude-fall",
        Conclusion::Unclear if change.difference < 0.0 => "indicator-conclude-no-fall",
        Conclusion::Unclear => "indicator-conclude-no-rise",
        Conclusion::TooFew => "indicator-conclude-few",
        Conclusion::NotASample => "indicator-conclude-no-sample",
    };
    (t.all(key, &args), t.get(conclusion))
}

/// How a group reads: class, icon and words; without a class it is plain text.
pub(crate) fn reading(t: T, reading: Reading) -> (&'static str, &'static str, String) {
    let (class, icon, key) = match reading {
        Reading::Higher => ("tag tag--good", "check", "indicator-reading-higher"),
        Reading::Lower => ("tag tag--late", "warn", "indicator-reading-lower"),
        Reading::Same => ("", "", "indicator-reading-same"),
        Reading::TooFew => ("tag tag--soon", "warn", "indicator-reading-few"),
        Reading::NotASample => ("", "", "indicator-reading-no-sample"),
        Reading::Hidden => ("", "", "indicator-reading-hidden"),
    };
    (class, icon, t.get(key))
}

/// What a class of answers is called.
pub(crate) fn class(t: T, measure: Measure, class: Class) -> String {
    t.get(&format!("indicator-{}-{}", measure.name(), class.name()))
}

/// "9 sur 10", or that the question was left unanswered.
pub(crate) fn score(t: T, measure: Measure, value: Option<i64>) -> String {
    match value {
        Some(value) => t.two("indicator-score", "value", value, "most", measure.scale().max()),
        None => t.get("indicator-unanswered"),
    }
}
