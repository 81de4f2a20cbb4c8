//! Decisions of the room, as pure functions.

use std::collections::HashSet;

use kernel::texts::Locale;
use kernel::{Day, Error, FieldError, Id, Message, Result, mail};
use understand::indicators::Measure;

use super::model::{Concerned, Improvement, ImprovementInput, LeftOut, State};
use super::outcome;
use crate::cases::rules::{TEXT, TITLE, amount, amount_in_form};

/// Characters of what customers are told, either way.
const WORDS: usize = 500;

/// What was typed, checked but for the rows it names.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// What is done.
    pub title: String,
    /// More about it.
    pub description: String,
    /// The cause.
    pub cause: Option<Id>,
    /// The case it comes from.
    pub case: Option<Id>,
    /// Where.
    pub site: Option<Id>,
    /// Who sees to it.
    pub owner: Id,
    /// Cost, in minor units.
    pub cost: i64,
    /// The figure.
    pub measure: Measure,
    /// In one survey only.
    pub survey: Option<Id>,
    /// Expected difference.
    pub expected: f64,
    /// In place until.
    pub due_day: Day,
    /// Measured again on.
    pub remeasure_day: Day,
    /// « Vous avez dit ».
    pub said: String,
    /// « Nous avons fait ».
    pub did: String,
    /// The same in the other language.
    pub said_other: String,
    /// The same in the other language.
    pub did_other: String,
}

/// The most a measure can rise by, as an effect is typed: from one end of its scale to the other, a share in points of a
/// hundred.
fn greatest_effect(measure: Measure) -> f64 {
    let (low, high) = measure.limits();
    (high - low) * outcome::points(measure)
}

/// Checks what was typed about an improvement.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn check(input: &ImprovementInput) -> Result<Checked> {
    let mut errors = Vec::new();
    let mut wrong = |field: &'static str, key: &'static str| errors.push(FieldError::new(field, key));
    if input.title.trim().is_empty() {
        wrong("title", "improvement-error-title");
    }
    let owner = input.owner.trim().parse::<Id>().ok();
    if owner.is_none() {
        wrong("owner", "improvement-error-owner");
    }
    let cost = amount(&input.cost);
    if cost.is_none() {
        wrong("cost", "case-error-cost");
    }
    let measure = Measure::ALL.into_iter().find(|m| m.name() == input.measure);
    if measure.is_none() {
        wrong("measure", "improvement-error-measure");
    }
    let most = measure.map_or(100.0, greatest_effect);
    let expected = number(&input.expected).filter(|n| *n > 0.0 && *n <= most);
    if expected.is_none() {
        errors
            .push(FieldError::new("expected", Message::new("improvement-error-expected").with("most", most)));
    }
    let mut wrong = |field: &'static str, key: &'static str| errors.push(FieldError::new(field, key));
    let due = input.due.trim().parse::<Day>().ok();
    if due.is_none() {
        wrong("due", "improvement-error-due");
    }
    let remeasure = input.remeasure.trim().parse::<Day>().ok();
    if remeasure.is_none_or(|day| due.is_some_and(|due| day <= due)) {
        wrong("remeasure", "improvement-error-remeasure");
    }
    let mut optional = |field: &'static str, text: &str, key: &'static str| match text.trim() {
        "" => None,
        text => {
            let id = text.parse::<Id>().ok();
            if id.is_none() {
                wrong(field, key);
            }
            id
        }
    };
    let cause = optional("cause", &input.cause, "case-error-cause");
    let case = optional("case", &input.case, "improvement-error-case");
    let site = optional("site", &input.site, "case-error-site");
    let survey = optional("survey", &input.survey, "improvement-error-survey");
    for (field, text, most) in [
        ("title", &input.title, TITLE),
        ("description", &input.description, TEXT),
        ("said", &input.said, WORDS),
        ("did", &input.did, WORDS),
    ] {
        if text.chars().count() > most {
            errors.push(FieldError::new(field, Message::new("case-error-long").with("most", most)));
        }
    }
    check_other(&input.said_other, &input.did_other, &mut errors);
    let (Some(owner), Some(cost), Some(measure), Some(expected), Some(due_day), Some(remeasure_day), true) =
        (owner, cost, measure, expected, due, remeasure, errors.is_empty())
    else {
        return Err(Error::Invalid(errors));
    };
    Ok(Checked {
        title: input.title.trim().to_owned(),
        description: input.description.trim().to_owned(),
        cause,
        case,
        site,
        owner,
        cost,
        measure,
        survey,
        expected,
        due_day,
        remeasure_day,
        said: input.said.trim().to_owned(),
        did: input.did.trim().to_owned(),
        said_other: input.said_other.trim().to_owned(),
        did_other: input.did_other.trim().to_owned(),
    })
}

/// Words for customers: what they said, and what was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// « Vous avez dit ».
    pub said: String,
    /// « Nous avons fait ».
    pub did: String,
}

/// Checks what customers are told in the other language: both, or nothing.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn other_words(said: &str, did: &str) -> Result<Words> {
    let mut errors = Vec::new();
    check_other(said, did, &mut errors);
    if errors.is_empty() {
        Ok(Words { said: said.trim().to_owned(), did: did.trim().to_owned() })
    } else {
        Err(Error::Invalid(errors))
    }
}

/// Notes what is wrong with the words in the other language.
fn check_other(said: &str, did: &str, errors: &mut Vec<FieldError>) {
    for (field, text, twin) in [("said_other", said, did), ("did_other", did, said)] {
        if text.trim().is_empty() && !twin.trim().is_empty() {
            errors.push(FieldError::new(field, "improvement-error-half"));
        }
        if text.chars().count() > WORDS {
            errors.push(FieldError::new(field, Message::new("case-error-long").with("most", WORDS)));
        }
    }
}

/// What a customer of a language reads, and in which language; half of it in another would be no letter.
pub fn read_in(i: &Improvement, house: Locale, reader: Option<Locale>) -> (Locale, &str, &str) {
    pick(house, reader, (&i.said, &i.did), (&i.said_other, &i.did_other))
}

/// The words in the language of the organisation, or those in the other one for who reads it, when they are whole.
fn pick<'w>(
    house: Locale,
    reader: Option<Locale>,
    own: (&'w str, &'w str),
    other: (&'w str, &'w str),
) -> (Locale, &'w str, &'w str) {
    match reader {
        Some(reader) if reader != house && !other.0.is_empty() && !other.1.is_empty() => {
            (reader, other.0, other.1)
        }
        _ => (house, own.0, own.1),
    }
}

/// Checks what customers are told: what they said and what was done, both of them.
///
/// # Errors
/// [`Error::Invalid`] with every wrong field.
pub fn words(said: &str, did: &str) -> Result<(String, String)> {
    let mut errors = Vec::new();
    for (field, text) in [("said", said), ("did", did)] {
        if text.trim().is_empty() {
            errors.push(FieldError::new(field, "improvement-error-unsaid"));
        }
        if text.chars().count() > WORDS {
            errors.push(FieldError::new(field, Message::new("case-error-long").with("most", WORDS)));
        }
    }
    if errors.is_empty() {
        Ok((said.trim().to_owned(), did.trim().to_owned()))
    } else {
        Err(Error::Invalid(errors))
    }
}

/// Whether an improvement in place keeps what its verdict rests on: its figure, survey, place and expected effect stay,
/// and the day it is measured again only moves later. Otherwise the verdict would choose its proof.
///
/// # Errors
/// [`Error::Invalid`] with every field that would change what was promised.
pub fn keeps_its_proof(before: &Improvement, after: &Checked) -> Result<()> {
    if before.state != State::InPlace {
        return Ok(());
    }
    let mut errors = Vec::new();
    if after.measure != before.measure || after.survey != before.survey || after.site != before.site {
        errors.push(FieldError::new("measure", "improvement-error-fixed"));
    }
    if (after.expected - before.expected).abs() > 1e-9 {
        errors.push(FieldError::new("expected", "improvement-error-fixed-expected"));
    }
    if after.remeasure_day < before.remeasure_day {
        errors.push(FieldError::new("remeasure", "improvement-error-earlier"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Whether the days of a plan can still be kept: what is planned or planned anew lies ahead, and nothing is measured
/// again before it is in place. A day that was set before and has passed may stay.
///
/// # Errors
/// [`Error::Invalid`] with every day that cannot be.
pub fn check_days(before: Option<&Improvement>, after: &Checked, today: Day) -> Result<()> {
    let mut errors = Vec::new();
    if after.due_day < today && before.is_none_or(|i| i.due_day != after.due_day) {
        errors.push(FieldError::new("due", "improvement-error-due-past"));
    }
    let is_moved = before.is_none_or(|i| i.remeasure_day != after.remeasure_day);
    if before.and_then(|i| i.in_place_day).is_some_and(|day| after.remeasure_day <= day) {
        errors.push(FieldError::new("remeasure", "improvement-error-remeasure"));
    } else if is_moved && after.remeasure_day <= today {
        errors.push(FieldError::new("remeasure", "improvement-error-remeasure-past"));
    }
    if errors.is_empty() { Ok(()) } else { Err(Error::Invalid(errors)) }
}

/// Since when it is in place, as typed; today when nothing is. It is measured again later.
///
/// # Errors
/// At `since`: no day, one to come, or not before the day it is measured again.
pub fn since(text: &str, today: Day, remeasure: Day) -> Result<Day> {
    let day = match text.trim() {
        "" => Some(today),
        text => text.parse::<Day>().ok(),
    };
    match day {
        Some(day) if day > today => Err(Error::field("since", "improvement-error-since-future")),
        Some(day) if day >= remeasure => Err(Error::field("since", "improvement-error-since-remeasure")),
        Some(day) => Ok(day),
        None => Err(Error::field("since", "improvement-error-since")),
    }
}

/// Whether something was done that customers can be told of.
pub const fn is_done(i: &Improvement) -> bool {
    matches!(i.state, State::InPlace | State::Judged)
}

/// Why a customer concerned is not written to, if so: the customers told before, the addresses that bounced.
pub fn left_out(one: &Concerned, told: &HashSet<Id>, bounced: &HashSet<String>) -> Option<LeftOut> {
    if told.contains(&one.customer) {
        return Some(LeftOut::Already);
    }
    if one.has_refused {
        return Some(LeftOut::Refused);
    }
    if one.has_withdrawn {
        return Some(LeftOut::Withdrawn);
    }
    let Some(address) = one.address.as_deref().filter(|text| mail::rules::address(text).is_ok()) else {
        return Some(LeftOut::NoAddress);
    };
    bounced.contains(&mail::rules::address_key(address)).then_some(LeftOut::Bounced)
}

/// A number as people write it, comma or point.
fn number(text: &str) -> Option<f64> {
    let plain = text.trim().replace(',', ".");
    let is_plain = !plain.is_empty() && plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    plain.parse::<f64>().ok().filter(|n| is_plain && n.is_finite())
}

/// The same as a reader would type it, for a form.
pub fn to_input(i: &Improvement, locale: Locale) -> ImprovementInput {
    let id = |id: Option<Id>| id.map(|id| id.to_string()).unwrap_or_default();
    let written = |number: String| match locale {
        Locale::Fr => number.replace('.', ","),
        Locale::En => number.replace(',', "."),
    };
    ImprovementInput {
        title: i.title.clone(),
        description: i.description.clone(),
        cause: id(i.cause),
        case: String::new(),
        site: id(i.site),
        owner: i.owner.to_string(),
        cost: written(amount_in_form(i.cost)),
        measure: i.measure.name().to_owned(),
        survey: id(i.survey),
        expected: written(i.expected.to_string()),
        due: i.due_day.to_string(),
        remeasure: i.remeasure_day.to_string(),
        said: i.said.clone(),
        did: i.did.clone(),
        said_other: i.said_other.clone(),
        did_other: i.did_other.clone(),
        csrf: String::new(),
        version: i.version.to_string(),
    }
}

/// What is to be done about an improvement on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    /// It should be in place.
    Start,
    /// It is to be measured again.
    Remeasure,
    /// Nothing yet.
    Nothing,
    /// Nothing any more.
    Over,
}

/// What is to be done on `today`.
pub fn due(i: &Improvement, today: Day) -> Due {
    match i.state {
        State::Planned if i.due_day <= today => Due::Start,
        State::InPlace if i.remeasure_day <= today => Due::Remeasure,
        State::Planned | State::InPlace => Due::Nothing,
        State::Judged | State::Abandoned => Due::Over,
    }
}

/// Weight of a cause among others: how often, how badly, and how much it matters.
///
/// `n` cases × mean weight of their severity (1 minor, 2 major, 4 critical) × importance (1 to 5). An ordering, not a
/// measure: usage, no firm evidence (`domain.md` U22).
pub fn weight(n: i64, severity_sum: i64, importance: i64) -> i64 {
    if n <= 0 { 0 } else { severity_sum.max(0) * importance }
}

/// Cases from which on a few voices can be told from many.
pub const VOCAL_FROM: i64 = 4;

/// Whether few people said most of it: at least [`VOCAL_FROM`] cases, by half as many people or fewer.
pub const fn is_vocal_minority(n: i64, people: i64) -> bool {
    n >= VOCAL_FROM && people * 2 <= n
}

#[cfg(test)]
mod tests {
    use super::*;

    fn input() -> ImprovementInput {
        ImprovementInput {
            title: "Ouvrir une seconde caisse".into(),
            owner: "7".into(),
            cost: "120".into(),
            measure: "nps".into(),
            expected: "5,5".into(),
            due: "2026-12-01".into(),
            remeasure: "2027-03-01".into(),
            ..ImprovementInput::default()
        }
    }

    #[test]
    fn an_improvement_without_a_date_of_measure_is_no_improvement() {
        assert!((check(&input()).unwrap().expected - 5.5).abs() < 1e-9);
        for (field, wrong) in [
            ("title", ImprovementInput { title: " ".into(), ..input() }),
            ("owner", ImprovementInput { owner: String::new(), ..input() }),
            ("measure", ImprovementInput { measure: "cli".into(), ..input() }),
            ("expected", ImprovementInput { expected: "beaucoup".into(), ..input() }),
            ("expected", ImprovementInput { expected: "-3".into(), ..input() }),
            ("expected", ImprovementInput { expected: "inf".into(), ..input() }),
            ("remeasure", ImprovementInput { remeasure: String::new(), ..input() }),
            ("remeasure", ImprovementInput { remeasure: "2026-12-01".into(), ..input() }),
        ] {
            let Err(Error::Invalid(errors)) = check(&wrong) else { panic!("{field} passed") };
            assert_eq!(errors[0].field, field);
        }
    }

    #[test]
    fn no_effect_is_expected_beyond_the_range_of_its_measure() {
        for (measure, most, beyond) in [("nps", "200", "201"), ("csat", "100", "100,5"), ("ces2", "6", "6,1")]
        {
            let of = |expected: &str| ImprovementInput {
                measure: measure.into(),
                expected: expected.into(),
                ..input()
            };
            assert!(check(&of(most)).is_ok(), "{measure}");
            let Err(Error::Invalid(errors)) = check(&of(beyond)) else { panic!("{measure} passed") };
            assert_eq!(errors[0].field, "expected");
        }
    }

    #[test]
    fn customers_are_told_both_what_they_said_and_what_was_done() {
        assert_eq!(
            words(" Trop long. ", "Plus court.").unwrap(),
            ("Trop long.".into(), "Plus court.".into())
        );
        for (said, did, wrong) in
            [(" ", "Fait.", "said"), ("Dit.", "", "did"), ("Dit.", &"x".repeat(501), "did")]
        {
            let Err(Error::Invalid(errors)) = words(said, did) else { panic!("{wrong} passed") };
            assert_eq!(errors[0].field, wrong);
        }
    }

    #[test]
    fn a_letter_is_all_in_one_language() {
        let told = |said_other: &str, did_other: &str, reader: Option<Locale>| {
            let (locale, said, did) = pick(Locale::Fr, reader, ("Dit.", "Fait."), (said_other, did_other));
            (locale, said.to_owned(), did.to_owned())
        };
        let french = (Locale::Fr, "Dit.".to_owned(), "Fait.".to_owned());
        let english = (Locale::En, "Said.".to_owned(), "Done.".to_owned());
        assert_eq!(told("Said.", "Done.", Some(Locale::En)), english);
        assert_eq!(told("Said.", "Done.", None), french, "whose language nobody knows");
        assert_eq!(told("", "", Some(Locale::En)), french, "nobody wrote it in English");
        assert_eq!(told("Said.", "", Some(Locale::En)), french, "half a letter is none");
        assert!(other_words("Said.", "").is_err() && other_words("", "").is_ok());
    }

    #[test]
    fn a_vocal_minority_is_few_people_with_many_cases() {
        let told =
            [(4, 2), (4, 3), (3, 1), (40, 20), (40, 21)].map(|(n, people)| is_vocal_minority(n, people));
        assert_eq!(told, [true, false, false, true, false]);
    }

    #[test]
    fn causes_are_weighed_by_how_often_how_badly_and_how_much_it_matters() {
        // Ten annoyances of middling importance weigh less than three dangers that matter most.
        assert!(weight(10, 10, 3) < weight(3, 12, 5));
        assert_eq!(weight(0, 0, 5), 0);
    }
}
