//! A comparison in words.

use kernel::texts::T;
use understand::indicators::Measure;

use crate::improvements::model::{Attained, Effect, Improvement, Side, Told, Verdict};
use crate::improvements::outcome;

/// One side of the comparison, in words.
pub(super) struct SideView {
    pub(super) days: String,
    pub(super) value: String,
    pub(super) interval: String,
    pub(super) n: String,
}

fn side(t: T, measure: Measure, side: &Side) -> SideView {
    let value = |v: f64| value_in_words(t, measure, v);
    SideView {
        days: t.two("improvement-days", "from", t.day(side.from), "to", t.day(side.to)),
        value: side.value.map_or_else(|| t.get("improvement-no-answers"), value),
        interval: side
            .interval
            .map(|(low, high)| t.two("improvement-between", "low", value(low), "high", value(high)))
            .unwrap_or_default(),
        n: t.one("improvement-n", "n", side.n),
    }
}

/// A value in the unit people read.
fn value_in_words(t: T, measure: Measure, value: f64) -> String {
    match measure {
        Measure::Nps => t.signed(value, 1),
        Measure::Csat => t.percent(value, 1),
        Measure::Ces2 => t.decimal(value, 2),
    }
}

/// A change in points, of a hundred or of the scale.
fn difference_in_words(t: T, measure: Measure, value: f64) -> String {
    match measure {
        Measure::Nps => t.signed(value, 1),
        Measure::Csat => t.signed(value * 100.0, 1),
        Measure::Ces2 => t.signed(value, 2),
    }
}

/// A verdict in words.
pub(super) struct VerdictView {
    pub(super) before: SideView,
    pub(super) after: SideView,
    pub(super) difference: String,
    pub(super) range: String,
    pub(super) definition: String,
}

pub(super) fn verdict(t: T, measure: Measure, v: &Verdict) -> VerdictView {
    let difference = |d: f64| difference_in_words(t, measure, d);
    VerdictView {
        before: side(t, measure, &v.before),
        after: side(t, measure, &v.after),
        difference: v.difference.map(difference).unwrap_or_default(),
        range: v
            .interval
            .map(|(low, high)| t.two("improvement-between", "low", difference(low), "high", difference(high)))
            .unwrap_or_default(),
        definition: v.definition.clone(),
    }
}

/// Whether what was expected was reached, in a sentence for whoever decides.
pub(super) fn attained(t: T, i: &Improvement, v: &Verdict) -> String {
    let expected = match i.measure {
        Measure::Nps | Measure::Csat => t.signed(i.expected, 1),
        Measure::Ces2 => t.signed(i.expected, 2),
    };
    let key = match outcome::attained(i.measure, i.expected, v.interval) {
        Attained::CannotTell if v.interval.is_none() => "improvement-attained-no-margin-said".to_owned(),
        said => format!("{}-said", said.key()),
    };
    t.one(&key, "expected", expected)
}

/// What became of the mails customers were told by.
pub(super) fn mails(t: T, told: &Told) -> String {
    let all = [
        ("improvement-mails-left", told.left),
        ("improvement-mails-waiting", told.waiting),
        ("improvement-mails-failed", told.failed),
        ("improvement-mails-doubtful", told.doubtful),
    ];
    let some = all.into_iter().filter(|(_, n)| *n > 0);
    some.map(|(key, n)| t.one(key, "n", n)).collect::<Vec<_>>().join(", ")
}

/// What a verdict came to, as a tag.
pub(super) struct EffectView {
    pub(super) name: String,
    pub(super) class: &'static str,
}

pub(super) fn effect(t: T, effect: Effect) -> EffectView {
    let class = match effect {
        Effect::Better => "tag tag--good",
        Effect::Worse => "tag tag--late",
        _ => "tag tag--line",
    };
    EffectView { name: t.get(effect.key()), class }
}
