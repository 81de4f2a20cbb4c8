//! Which answers fit a survey.

use std::collections::HashSet;

use kernel::{FieldError, Instant, Message};

use super::model::{Answer, Gate, Given, Target};
use crate::surveys::model::{Band, Content, Question, QuestionKind, State};
use crate::surveys::rules::band;

/// Characters of a comment at most.
pub const COMMENT: usize = 5_000;
/// Characters of an address to be reached at.
const REACH: usize = 200;
/// Fields of the page that are no answers.
const BESIDE: [&str; 5] = ["csrf", "nonce", "site", "via", "lang"];
/// What follows the key of a contact question, in the field for where to reach them.
pub const REACH_FIELD: &str = ".reach";

/// Whether one may answer now.
pub fn gate(target: &Target, now: Instant) -> Gate {
    if let Some(invited) = &target.invited {
        if invited.answered_at.is_some() {
            return Gate::Answered;
        }
        if target.state == State::Open && invited.expires_at <= now {
            return Gate::Expired;
        }
    }
    if target.state == State::Open { Gate::Open } else { Gate::Closed }
}

/// The answers of a form that fit the survey, or everything that does not, one error a field.
pub fn read_form(content: &Content, fields: &[(String, String)]) -> Result<Vec<Answer>, Vec<FieldError>> {
    let (given, mut errors) = from_form(content, fields);
    match check(content, &given) {
        Ok(answers) if errors.is_empty() => Ok(answers),
        Ok(_) => Err(errors),
        Err(more) => {
            for error in more {
                // What could not be read is not missing.
                if !errors.iter().any(|known| known.field == error.field) {
                    errors.push(error);
                }
            }
            Err(errors)
        }
    }
}

/// Whether a number can be the weight of an answer: 0 or between a millionth and a million. Beyond, one answer would
/// be the whole figure, and sums of squares would leave what a number can hold.
pub fn is_weight(weight: f64) -> bool {
    weight == 0.0 || (1e-6..=1e6).contains(&weight)
}

/// The answers of a form, and what could not be read. Fields of the page itself are left out; any other field is
/// taken for an answer, so that an unknown one is refused.
fn from_form(content: &Content, fields: &[(String, String)]) -> (Vec<Given>, Vec<FieldError>) {
    let (mut given, mut errors): (Vec<Given>, Vec<FieldError>) = (Vec::new(), Vec::new());
    for (name, value) in fields.iter().filter(|(name, _)| !BESIDE.contains(&name.as_str())) {
        let (key, is_reach) = match name.strip_suffix(REACH_FIELD) {
            Some(key) => (key, true),
            None => (name.as_str(), false),
        };
        let is_text = content.question(key).is_some_and(|q| q.kind == QuestionKind::Text);
        let mut one = Given { question: key.to_owned(), ..Given::default() };
        if is_text || is_reach {
            one.text = Some(value.clone());
        } else if !value.is_empty() {
            match value.parse() {
                Ok(number) => one.value = Some(number),
                Err(_) => errors.push(FieldError::new(name.clone(), "answer-error-value")),
            }
        }
        match given.iter_mut().find(|g| g.question == one.question && is_reach != g.text.is_some()) {
            Some(other) if is_reach => other.text = one.text,
            Some(other) if !is_text => other.value = one.value,
            _ => given.push(one),
        }
    }
    (given, errors)
}

/// The answers that fit, in the order of the questions, or everything that does not.
pub fn check(content: &Content, given: &[Given]) -> Result<Vec<Answer>, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut seen = HashSet::new();
    for one in given {
        if content.question(&one.question).is_none() {
            errors.push(FieldError::new("answers", "answer-error-unknown"));
        } else if !seen.insert(one.question.as_str()) {
            errors.push(FieldError::new(one.question.clone(), "answer-error-twice"));
        }
    }
    let required = content.first_score().map(|q| q.key.as_str());
    let mut answers = Vec::new();
    for question in &content.questions {
        let one = given.iter().find(|g| g.question == question.key);
        match one.map(|one| fit(question, one)).transpose() {
            Ok(Some(Some(answer))) => answers.push(answer),
            Ok(_) if required == Some(question.key.as_str()) => {
                errors.push(FieldError::new(question.key.clone(), "answer-error-required"));
            }
            Ok(_) => {}
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(answers) } else { Err(errors) }
}

/// One answer that fits its question; `None` when it was skipped.
fn fit(question: &Question, given: &Given) -> Result<Option<Answer>, FieldError> {
    let bad = |message: Message| FieldError::new(question.key.clone(), message);
    let text = given.text.as_deref().filter(|text| !text.trim().is_empty());
    if text.is_some_and(|text| text.contains('\0')) {
        return Err(bad("answer-error-nul".into()));
    }
    let most = if question.kind == QuestionKind::Text { COMMENT } else { REACH };
    // A browser sends a line break as two characters and counts it as one.
    if text.is_some_and(|text| text.replace("\r\n", "\n").chars().count() > most) {
        return Err(bad(Message::new("answer-error-long").with("most", most)));
    }
    let takes_text = matches!(question.kind, QuestionKind::Text | QuestionKind::ContactOk);
    let takes_value = question.kind != QuestionKind::Text;
    if (text.is_some() && !takes_text) || (given.value.is_some() && !takes_value) {
        return Err(bad("answer-error-value".into()));
    }
    if let Some(value) = given.value {
        let (least, greatest) = bounds(question);
        if !(least..=greatest).contains(&value) {
            return Err(bad(Message::new("answer-error-range").with("least", least).with("most", greatest)));
        }
    }
    // Without a yes there is nobody to reach.
    let text = text.filter(|_| question.kind == QuestionKind::Text || given.value == Some(1));
    if given.value.is_none() && text.is_none() {
        return Ok(None);
    }
    Ok(Some(Answer { question: question.key.clone(), value: given.value, text: text.map(str::to_owned) }))
}

fn bounds(question: &Question) -> (i64, i64) {
    match question.kind.scale() {
        Some(scale) => (*scale.start(), *scale.end()),
        None if question.kind == QuestionKind::Choice => (1, question.options.len() as i64),
        None => (0, 1),
    }
}

/// The score of each measure the survey asks for, `None` where it was skipped.
pub fn scores(content: &Content, answers: &[Answer]) -> Vec<(&'static str, Option<i64>)> {
    let value = |key: &str| answers.iter().find(|a| a.question == key).and_then(|a| a.value);
    content
        .questions
        .iter()
        .filter_map(|q| q.kind.measure().map(|measure| (measure, value(&q.key))))
        .collect()
}

/// Everything the customer wrote, answer by answer, untouched.
pub fn words(content: &Content, answers: &[Answer]) -> String {
    let is_text = |key: &str| content.question(key).is_some_and(|q| q.kind == QuestionKind::Text);
    let written = answers.iter().filter(|a| is_text(&a.question)).filter_map(|a| a.text.as_deref());
    written.collect::<Vec<_>>().join("\n\n")
}

/// Whether the customer accepts to be called back.
pub fn contact_ok(content: &Content, answers: &[Answer]) -> bool {
    let key = content.questions.iter().find(|q| q.kind == QuestionKind::ContactOk).map(|q| q.key.as_str());
    answers.iter().any(|a| Some(a.question.as_str()) == key && a.value == Some(1))
}

/// Refuses answers of somebody unknown who wants a call and leaves no way to be reached: the thanks would promise what
/// nobody can do. A number has six digits at least; anything with an at sign passes for an address.
pub fn reachable(content: &Content, answers: Vec<Answer>) -> Result<Vec<Answer>, Vec<FieldError>> {
    let asked = content.questions.iter().find(|q| q.kind == QuestionKind::ContactOk);
    let Some(question) = asked.filter(|_| contact_ok(content, &answers)) else { return Ok(answers) };
    let answer = answers.iter().find(|a| a.question == question.key);
    let reach = answer.and_then(|a| a.text.as_deref()).unwrap_or_default();
    if reach.contains('@') || reach.chars().filter(char::is_ascii_digit).count() >= 6 {
        return Ok(answers);
    }
    Err(vec![FieldError::new(question.key.clone(), "answer-error-reach")])
}

/// Which thanks fit, by the first score.
pub fn thanks_band(content: &Content, first_score: Option<i64>) -> Band {
    let kind = content.first_score().map(|q| q.kind);
    kind.zip(first_score).and_then(|(kind, score)| band(kind, score)).unwrap_or(Band::Middle)
}

/// The first score as written: `9/10`.
pub fn score_in_short(content: &Content, answers: &[Answer]) -> Option<String> {
    let question = content.first_score()?;
    let value = answers.iter().find(|a| a.question == question.key)?.value?;
    Some(format!("{value}/{}", question.kind.scale()?.end()))
}
