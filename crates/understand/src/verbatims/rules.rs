//! What was looked for, and whether a text holds it.

use kernel::{Error, Id, Result};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::model::{Input, Query};
use crate::indicators::selection::{days, optional, sites};
use crate::indicators::{Class, Measure, Span, place};

/// Longest search.
const LETTERS: usize = 200;

/// A text without case and accents, so that "délai" finds "DELAI" and the other way round.
pub(crate) fn folded(text: &str) -> String {
    let plain = text.nfd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    plain.collect::<String>().replace('œ', "oe").replace('æ', "ae").replace('’', "'")
}

/// Whether a text holds every word, given folded.
pub(crate) fn holds(text: &str, words: &[String]) -> bool {
    if words.is_empty() {
        return true;
    }
    let text = folded(text);
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Reads a choice; every wrong part is named.
///
/// # Errors
/// [`Error::Invalid`] with one entry for each part that cannot be read.
pub fn parse(input: &Input) -> Result<Query> {
    let mut errors = Vec::new();
    let typed: String = input.q.chars().take(LETTERS).collect();
    let measure = |text: &str| Measure::ALL.into_iter().find(|measure| measure.name() == text);
    let class = |text: &str| Class::ALL.into_iter().find(|class| class.name() == text);
    let query = Query {
        words: folded(&typed).split_whitespace().map(str::to_owned).collect(),
        measure: optional(&input.measure, measure, "measure", &mut errors),
        class: optional(&input.class, class, "class", &mut errors),
        sites: sites(&input.site, &mut errors),
        survey: optional(&input.survey, |text| text.parse::<Id>().ok(), "survey", &mut errors),
        span: span(input, &mut errors),
        after: place(&input.cursor, &mut errors),
    };
    if errors.is_empty() { Ok(query) } else { Err(Error::Invalid(errors)) }
}

/// Without a period, everything is read.
fn span(input: &Input, errors: &mut Vec<kernel::FieldError>) -> Span {
    let has_days = !(input.from.trim().is_empty() && input.to.trim().is_empty());
    if input.period == "custom" || (input.period.is_empty() && has_days) {
        let (from, to) = days(&input.from, &input.to, errors);
        return Span::Custom(from, to);
    }
    let named = |text: &str| Span::NAMED.into_iter().find(|span| span.name() == text);
    optional(&input.period, named, "period", errors).unwrap_or(Span::All)
}
