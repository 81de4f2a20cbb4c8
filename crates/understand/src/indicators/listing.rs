//! Which answers a page or a program asks to list.

use kernel::{Day, Error, FieldError, Id, Result};
use serde::Deserialize;

use super::model::{Class, CollectionGroup, Measure};
use super::rules::selection::{channels, days, optional, sites};
use super::store::{Chosen, Place};

/// A choice of answers as typed in an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct ListInput {
    /// First day.
    pub from: String,
    /// Last day.
    pub to: String,
    /// Survey, or empty for all.
    pub survey: String,
    /// Sites: identifiers, or `none`.
    pub site: Vec<String>,
    /// Channels.
    pub channel: Vec<String>,
    /// `probability`, `quota`, `self_selected` or `unknown`.
    pub collection: String,
    /// One answer of the scale.
    pub value: String,
    /// `low`, `middle` or `high`.
    pub class: String,
    /// `yes` for answers with words only.
    pub words: String,
    /// Where the previous page ended.
    pub cursor: String,
    /// Rows wanted.
    pub limit: String,
}

/// Reads a choice; every wrong part is named.
///
/// # Errors
/// [`Error::Invalid`] with one entry for each part that cannot be read.
pub fn parse(measure: Measure, input: &ListInput) -> Result<(Chosen, Option<Place>)> {
    let mut errors = Vec::new();
    let mut chosen = Chosen::new(measure);
    chosen.days = days(&input.from, &input.to, &mut errors);
    chosen.survey = optional(&input.survey, |text| text.parse::<Id>().ok(), "survey", &mut errors);
    chosen.sites = sites(&input.site, &mut errors);
    chosen.channels = channels(&input.channel, &mut errors);
    let group = |text: &str| CollectionGroup::ALL.into_iter().find(|g| g.name() == text);
    chosen.collection = optional(&input.collection, group, "collection", &mut errors);
    chosen.values = values(measure, input, &mut errors);
    let flag = |text: &str| (text == "yes").then_some(true);
    chosen.with_words = optional(&input.words, flag, "words", &mut errors).unwrap_or_default();
    let cursor = place(&input.cursor, &mut errors);
    if errors.is_empty() { Ok((chosen, cursor)) } else { Err(Error::Invalid(errors)) }
}

fn values(measure: Measure, input: &ListInput, errors: &mut Vec<FieldError>) -> Option<(i64, i64)> {
    let on_scale = |text: &str| text.parse().ok().and_then(|value| measure.scale().check(value).ok());
    if let Some(value) = optional(&input.value, on_scale, "value", errors) {
        return Some((value, value));
    }
    let class = |text: &str| Class::ALL.into_iter().find(|class| class.name() == text);
    optional(&input.class, class, "class", errors).map(|class| measure.bounds(class))
}

/// Reads a cursor: the day and the response a page ended with.
pub(crate) fn place(text: &str, errors: &mut Vec<FieldError>) -> Option<Place> {
    if text.is_empty() {
        return None;
    }
    let parts = text.split_once('.').and_then(|(day, response)| {
        Some(Place { day: day.parse::<Day>().ok()?, response: response.parse::<Id>().ok()? })
    });
    if parts.is_none() {
        errors.push(FieldError::new("cursor", "kit-bad-cursor"));
    }
    parts
}

/// Writes a cursor.
pub(crate) fn cursor(place: Place) -> String {
    format!("{}.{}", place.day, place.response)
}
