//! From counted answers to a figure.

use kernel::figures::{Collection, Definition, Figure, Generalisable, Interval, Period, Unit};
use kernel::{Error, Message, Result};
use measures::{Confidence, effort, nps, satisfaction};

use super::Bag;
use crate::indicators::model::{FLOOR, Measure};

/// Text key of the method of a weighted score's interval: `interval-` and this.
const WEIGHTED: &str = "weighted";

/// A value with the interval its formula gives, whether or not it may be shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Estimate {
    pub(super) value: f64,
    pub(super) interval: Option<measures::Interval>,
    pub(super) method: &'static str,
}

/// What a figure is about, beside its answers.
#[derive(Clone, Debug)]
pub(crate) struct Side {
    /// Weights count.
    pub weighted: bool,
    /// Which days.
    pub period: Period,
    /// Whom it speaks of.
    pub population: String,
    /// How the answers were collected.
    pub collection: Vec<Collection>,
    /// Hide it below the floor of anonymity.
    pub floored: bool,
    /// Where its answers are.
    pub rows: String,
}

/// The estimate of a measure; `None` without an answer that weighs anything.
pub(super) fn estimate(measure: Measure, weighted: bool, bag: &Bag) -> Result<Option<Estimate>> {
    let found = match measure {
        Measure::Nps if weighted => weighted_nps(bag),
        Measure::Nps => plain_nps(bag),
        Measure::Csat => csat(bag),
        Measure::Ces2 => ease(bag),
    };
    match found {
        Ok(estimate) => Ok(Some(estimate)),
        Err(measures::Error::EmptySample | measures::Error::ZeroWeight) => Ok(None),
        Err(error) => Err(Error::caused(error)),
    }
}

/// The answers as the score counts them.
pub(super) fn nps_answers(bag: &Bag) -> Result<nps::Accumulator, measures::Error> {
    let mut answers = nps::Accumulator::new();
    for counted in bag.values() {
        answers.push_count(counted.value, counted.n)?;
    }
    Ok(answers)
}

/// The answers as the weighted score counts them.
pub(super) fn weighted_answers(bag: &Bag) -> Result<nps::WeightedAccumulator, measures::Error> {
    let mut answers = nps::WeightedAccumulator::new();
    for counted in bag.values() {
        answers.push_group(counted.value, counted.n, counted.weight, counted.square)?;
    }
    Ok(answers)
}

/// The answers as the effort score counts them.
pub(super) fn ease_answers(bag: &Bag) -> Result<effort::v2::Accumulator, measures::Error> {
    let mut answers = effort::v2::Accumulator::new();
    for counted in bag.values() {
        answers.push_count(counted.value, counted.n)?;
    }
    Ok(answers)
}

/// The answers as the satisfaction score counts them.
pub(super) fn csat_answers(bag: &Bag) -> Result<satisfaction::Accumulator, measures::Error> {
    let mut answers = satisfaction::Accumulator::new(satisfaction::Question::FIVE_POINTS);
    for counted in bag.values() {
        answers.push_count(counted.value, counted.n)?;
    }
    Ok(answers)
}

fn plain_nps(bag: &Bag) -> Result<Estimate, measures::Error> {
    let summary = nps_answers(bag)?.summary(Confidence::P95)?;
    Ok(Estimate { value: summary.nps, interval: Some(summary.ci_score), method: "score" })
}

fn weighted_nps(bag: &Bag) -> Result<Estimate, measures::Error> {
    let summary = weighted_answers(bag)?.summary(Confidence::P95)?;
    let interval = summary.ci.clipped(-100.0, 100.0);
    Ok(Estimate { value: summary.nps, interval: Some(interval), method: WEIGHTED })
}

fn csat(bag: &Bag) -> Result<Estimate, measures::Error> {
    let summary = csat_answers(bag)?.summary(Confidence::P95)?;
    Ok(Estimate { value: summary.share, interval: Some(summary.ci_wilson), method: "wilson" })
}

fn ease(bag: &Bag) -> Result<Estimate, measures::Error> {
    let summary = ease_answers(bag)?.summary(Confidence::P95)?;
    let interval = summary.ci_mean_t.map(|ci| ci.clipped(1.0, 7.0));
    Ok(Estimate { value: summary.mean, interval, method: "t" })
}

/// The figure of a measure: its interval only where every way of collecting gives one a meaning.
pub(crate) fn figure(measure: Measure, bag: &Bag, side: &Side) -> Result<Figure> {
    let found = estimate(measure, side.weighted, bag)?;
    Ok(dress(measure.definition(side.weighted), measure.unit(), found, bag, side))
}

/// The share of answers 5 to 7 that goes with the mean of the effort score.
pub(super) fn agreement(bag: &Bag, side: &Side) -> Result<Figure> {
    let summary = match ease_answers(bag).and_then(|answers| answers.summary(Confidence::P95)) {
        Ok(summary) => Some(summary),
        Err(measures::Error::EmptySample) => None,
        Err(error) => return Err(Error::caused(error)),
    };
    let found = summary.map(|summary| Estimate {
        value: summary.share_agree,
        interval: Some(summary.ci_share_agree_wilson),
        method: "wilson",
    });
    let side = Side { weighted: false, ..side.clone() };
    Ok(dress(Definition { id: "ces_v2_agree", version: 1 }, Unit::Share, found, bag, &side))
}

fn dress(definition: Definition, unit: Unit, found: Option<Estimate>, bag: &Bag, side: &Side) -> Figure {
    let n = bag.n();
    let hidden = side.floored && n > 0 && n < FLOOR;
    let found = found.filter(|_| !hidden);
    let is_sample = !side.collection.is_empty() && side.collection.iter().all(|c| c.is_probability());
    let interval = found.filter(|_| is_sample).and_then(|found| {
        let interval = found.interval?;
        Some(Interval {
            low: interval.low,
            high: interval.high,
            confidence: Confidence::P95.level(),
            method: found.method,
        })
    });
    let generalisable = if hidden {
        Generalisable::Indicative(Message::new("indicator-floor").with("floor", FLOOR))
    } else {
        Generalisable::judge(&side.collection, n)
    };
    Figure {
        definition,
        value: found.map(|found| found.value),
        unit,
        n,
        missing: bag.missing,
        interval,
        weighted: side.weighted,
        period: side.period,
        population: side.population.clone(),
        collection: side.collection.clone(),
        generalisable,
        rows: side.rows.clone(),
    }
}
